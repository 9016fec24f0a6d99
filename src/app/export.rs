//! The export dialog: format, target, protection, and what would be lost before the file is written.

use std::path::PathBuf;

use super::confirm::Confirm;
use super::key::{Code, Key};
use super::msg::{Effect, ExportReport, ExportRequest};
use super::notices::Level;
use super::overlay::{Overlay, Reply};
use super::reader::{Line, Reader};
use super::state::State;
use super::textfield::TextField;
use crate::core::display::clean;
use crate::core::vocabulary::Meaning;

/// A format that an export can write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatInfo {
    /// Its name on the command line.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What it is and for whom, one sentence.
    pub about: String,
    /// The extension of its file, or of the main one.
    pub extension: String,
    /// Whether it is several files, which go to a folder.
    pub folder: bool,
}

/// What becomes of protected names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Protection {
    /// An export that would name one is refused.
    #[default]
    Refuse,
    /// They are masked.
    Redact,
    /// They are written.
    Include,
}

impl Protection {
    /// All, in the order of the dialog.
    pub const ALL: [Self; 3] = [Self::Refuse, Self::Redact, Self::Include];

    /// The words of the dialog.
    pub fn label(self) -> &'static str {
        match self {
            Self::Refuse => "refuse where one still stands in a text",
            Self::Redact => "mask them",
            Self::Include => "write them",
        }
    }
}

/// The parts of the dialog that can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Part {
    /// The list of formats.
    #[default]
    Format,
    /// Where to.
    Target,
    /// What becomes of protected names.
    Protection,
}

/// The export dialog.
pub struct ExportDialog {
    /// The formats.
    pub formats: Vec<FormatInfo>,
    /// Which one is chosen.
    pub selected: usize,
    /// Where to: a file, or a folder for formats of several files.
    pub target: TextField,
    /// What becomes of protected names.
    pub protection: Protection,
    /// What has the focus.
    pub focus: Part,
    /// What the export would do, once worked out; what was wrong, after one that was refused.
    pub report: Option<ExportReport>,
    /// Whether an export is under way.
    pub running: bool,
    /// The session's name, from which the target's is made.
    session: String,
    /// Whether the target was typed, and no longer follows the format.
    typed: bool,
    /// Whether the target has changed since what the export would do was worked out.
    stale: bool,
}

impl ExportDialog {
    fn new(formats: Vec<FormatInfo>, session: &str) -> Self {
        let mut dialog = Self {
            formats,
            selected: 0,
            target: TextField::default(),
            protection: Protection::default(),
            focus: Part::default(),
            report: None,
            running: false,
            session: session.to_string(),
            typed: false,
            stale: false,
        };
        dialog.target = TextField::line(&dialog.default_target());
        dialog
    }

    /// The format that is chosen.
    pub fn format(&self) -> Option<&FormatInfo> {
        self.formats.get(self.selected)
    }

    /// What would be written.
    pub fn request(&self, force: bool) -> ExportRequest {
        ExportRequest {
            format: self.format().map(|f| f.name.clone()).unwrap_or_default(),
            target: PathBuf::from(self.target.text().trim()),
            force,
            redact: self.protection == Protection::Redact,
            include_protected: self.protection == Protection::Include,
        }
    }

    /// A name after the session and the format: `kell-bridge.md`, `kell-bridge.claimreview.json`, `kell-bridge-brat`.
    fn default_target(&self) -> String {
        let name = match self.session.as_str() {
            "" => "check",
            name => name,
        };
        match self.format() {
            Some(f) if f.folder => format!("{name}-{}", f.name),
            Some(f) => {
                let shared = self.formats.iter().filter(|o| o.extension == f.extension);
                if shared.count() > 1 && f.name != f.extension {
                    format!("{name}.{}.{}", f.name, f.extension)
                } else {
                    format!("{name}.{}", f.extension)
                }
            }
            None => name.to_string(),
        }
    }

    fn choose(&mut self, forward: bool) -> Reply {
        let n = self.formats.len().max(1);
        self.selected = if forward {
            (self.selected + 1) % n
        } else {
            (self.selected + n - 1) % n
        };
        if !self.typed {
            let name = self.default_target();
            self.target.set(&name);
        }
        self.changed()
    }

    fn protect(&mut self, forward: bool) -> Reply {
        let all = Protection::ALL;
        let at = all.iter().position(|p| *p == self.protection).unwrap_or(0);
        let to = if forward { at + 1 } else { at + all.len() - 1 };
        self.protection = all[to % all.len()];
        self.changed()
    }

    /// What the export would do has to be worked out anew.
    fn changed(&mut self) -> Reply {
        self.report = None;
        self.stale = false;
        Reply::also(preview)
    }

    fn move_focus(&mut self, forward: bool) -> Reply {
        use Part::{Format, Protection, Target};
        self.focus = match (self.focus, forward) {
            (Format, true) | (Protection, false) => Target,
            (Target, true) | (Format, false) => Protection,
            (Protection, true) | (Target, false) => Format,
        };
        if self.stale {
            self.changed()
        } else {
            Reply::Stay
        }
    }

    /// Takes a key: Tab walks the parts, arrows choose, Enter writes, Esc leaves.
    pub fn key(&mut self, key: Key) -> Reply {
        match (self.focus, key.code) {
            (_, Code::Esc) => Reply::Close,
            (_, Code::Enter) | (_, Code::Char('d')) if key.code == Code::Enter || key.ctrl => {
                Reply::also(|s| write(s, false))
            }
            (_, Code::Tab) => self.move_focus(!key.shift),
            (Part::Format, Code::Down | Code::Char('j')) => self.choose(true),
            (Part::Format, Code::Up | Code::Char('k')) => self.choose(false),
            (Part::Format, Code::Right) => self.move_focus(true),
            (Part::Protection, Code::Right | Code::Down | Code::Char(' ')) => self.protect(true),
            (Part::Protection, Code::Left | Code::Up) => self.protect(false),
            (Part::Target, Code::Down) => self.move_focus(true),
            (Part::Target, Code::Up) => self.move_focus(false),
            (Part::Target, _) => {
                let before = self.target.text();
                if !self.target.key(key) {
                    return Reply::Ignored;
                }
                self.note_typing(&before);
                Reply::Stay
            }
            _ => Reply::Ignored,
        }
    }

    fn note_typing(&mut self, before: &str) {
        if self.target.text() != before {
            self.typed = true;
            self.stale = true;
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        let before = self.target.text();
        self.focus = Part::Target;
        self.target.insert(text);
        self.note_typing(&before);
    }
}

fn dialog(state: &mut State) -> Option<&mut ExportDialog> {
    state.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Export(d) => Some(d),
        _ => None,
    })
}

/// Opens the dialog.
pub fn open(state: &mut State) -> Vec<Effect> {
    if state.formats.is_empty() {
        state.say(Level::Warning, "There is no format to write.");
        return Vec::new();
    }
    let name = state
        .bench
        .as_ref()
        .map(|b| b.session().name.clone())
        .unwrap_or_default();
    let dialog = ExportDialog::new(state.formats.clone(), &name);
    state.open(Overlay::Export(dialog));
    preview(state)
}

/// Asks what the export would do.
fn preview(state: &mut State) -> Vec<Effect> {
    let request = dialog(state).map(|d| d.request(false));
    match (state.snapshot(), request) {
        (Some(snapshot), Some(request)) => vec![Effect::PreviewExport(snapshot, request)],
        _ => Vec::new(),
    }
}

/// Asks for the export to be written.
fn write(state: &mut State, force: bool) -> Vec<Effect> {
    let snapshot = state.snapshot();
    let Some(d) = dialog(state) else {
        return Vec::new();
    };
    if d.target.is_blank() {
        d.focus = Part::Target;
        state.say(Level::Warning, "Say where the export is to be written.");
        return Vec::new();
    }
    if d.running {
        return Vec::new();
    }
    // Where the preview has found the target already, the question need not wait for the attempt.
    let exists = !d.stale && d.report.as_ref().is_some_and(|r| r.exists);
    if exists && !force {
        return ask_overwrite(state);
    }
    d.running = true;
    let request = d.request(force);
    state.busy = Some("exporting".into());
    match snapshot {
        Some(s) => vec![Effect::Export(s, request)],
        None => Vec::new(),
    }
}

fn ask_overwrite(state: &mut State) -> Vec<Effect> {
    let Some(d) = dialog(state) else {
        return Vec::new();
    };
    let question = format!(
        "“{}” is there already. Replace it?",
        clean(d.target.text().trim())
    );
    let ask = Confirm::new(question, 'n', "no").answer(
        'y',
        "yes, replace it",
        Box::new(|s| write(s, true)),
    );
    state.open(Overlay::Confirm(ask))
}

/// Takes what an export would do.
pub fn previewed(state: &mut State, report: ExportReport) -> Vec<Effect> {
    if let Some(d) = dialog(state) {
        d.report = Some(report);
    }
    Vec::new()
}

/// Takes what an export has done: the dialog goes when the files are written, and stays with the reason when not.
pub fn exported(state: &mut State, result: Result<ExportReport, String>) -> Vec<Effect> {
    state.busy = None;
    let title = dialog(state).and_then(|d| {
        d.running = false;
        d.format().map(|f| f.title.clone())
    });
    let report = match result {
        Ok(report) => report,
        Err(why) => {
            state.say(Level::Error, why);
            return Vec::new();
        }
    };
    if report.files.is_empty() {
        let (exists, refused) = (report.exists, report.refused.first().cloned());
        if let Some(d) = dialog(state) {
            d.report = Some(report);
            d.stale = false;
        }
        return match refused {
            Some(why) => {
                state.say(Level::Error, format!("Not exported: {why}"));
                Vec::new()
            }
            None if exists => ask_overwrite(state),
            None => {
                state.say(Level::Error, "Nothing was exported.");
                Vec::new()
            }
        };
    }
    state.overlays.retain(|o| !matches!(o, Overlay::Export(_)));
    tell(
        state,
        &report,
        &title.unwrap_or_else(|| "the export".into()),
    );
    Vec::new()
}

/// Says what was written; what was lost on the way is listed.
fn tell(state: &mut State, report: &ExportReport, title: &str) {
    let first = report.files.first().map(|f| f.display().to_string());
    let first = clean(&first.unwrap_or_default());
    let files = match report.files.len() {
        1 => first,
        n => format!("{first} and {} more", n - 1),
    };
    let claims = match report.written {
        1 => "1 claim".to_string(),
        n => format!("{n} claims"),
    };
    let said = format!("{title}: {claims} written to {files}.");
    state.say(Level::Info, said);
    if report.losses.is_empty() {
        return;
    }
    let line = |lead: &str, text: String, meaning| Line {
        lead: lead.into(),
        text: clean(&text),
        meaning,
        goes_to: None,
    };
    let files = report.files.iter();
    let mut lines: Vec<Line> = files
        .map(|f| line("written", f.display().to_string(), Meaning::Good))
        .collect();
    let losses = report.losses.iter();
    lines.extend(losses.map(|l| line("not in it", l.clone(), Meaning::Warning)));
    state.open(Overlay::Reader(Reader::new(
        format!("Exported: {title}"),
        lines,
        "",
        false,
    )));
}
