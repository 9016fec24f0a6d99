//! The export dialog: format, target, what the format leaves open, protection, and what would be lost before the file is
//! written.

use super::{Control, DialogRow, ExchangeWork, Focus, FormatInfo, Name, Panel, Told, path};
use crate::app::input::key::{Code, Key};
use crate::app::layers::confirm::Confirm;
use crate::app::layers::overlay::{Overlay, Reply};
use crate::app::layers::text_view::{TextLine, TextView};
use crate::app::msg::{Effect, ExportReport, ExportRequest};
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::bench::Bench;
use crate::app::state::working::Working;
use crate::app::state::{Program, State};
use crate::core::describe::counted;
use crate::core::display::clean;
use crate::core::vocabulary::Meaning;

/// What becomes of protected names, in the order of the dialog.
const PROTECTION: [&str; 3] = [
    "refuse where one still stands in a text",
    "mask them",
    "write them",
];
/// The shapes of reviews.
const SHAPES: [&str; 2] = ["data: a list of reviews", "script blocks for a page"];

/// The export dialog.
pub struct ExportDialog {
    /// The formats.
    pub formats: Vec<FormatInfo>,
    /// Which one is chosen.
    pub selected: usize,
    /// The rows, what is told, the focus.
    pub panel: Panel,
    /// The session's name, from which the target's is made.
    session: String,
    /// Whether a source is protected.
    protects: bool,
    /// Whether the target was typed, and no longer follows the format.
    typed: bool,
    /// Whether something has been typed since what the export would do was worked out.
    stale: bool,
}

impl ExportDialog {
    fn new(formats: Vec<FormatInfo>, session: &str, protects: bool) -> Self {
        let mut dialog = Self {
            formats,
            selected: 0,
            panel: Panel::new(Vec::new(), Focus::List, working()),
            session: session.to_string(),
            protects,
            typed: false,
            stale: false,
        };
        dialog.ask();
        dialog
    }

    /// The format that is chosen.
    pub fn format(&self) -> Option<&FormatInfo> {
        self.formats.get(self.selected)
    }

    /// Asks what the format leaves open; what was typed or chosen before stays.
    fn ask(&mut self) {
        let Some(format) = self.format().cloned() else {
            return;
        };
        let words = |all: &[&str]| all.iter().map(|w| w.to_string()).collect();
        let target = self.default_target();
        let mut rows = vec![DialogRow::text(
            Name::Target,
            "to",
            &target,
            "a file or a folder",
        )];
        if format.units.len() > 1 {
            let units = format.units.iter().map(|u| unit(u).to_string()).collect();
            rows.push(DialogRow::choice(Name::Offsets, "offsets", units));
        }
        if format.published {
            rows.push(DialogRow::choice(Name::Shape, "as", words(&SHAPES)));
        }
        if format.page {
            let hint = "the address at which the checks are published";
            rows.push(DialogRow::text(Name::Page, "page", "", hint));
        }
        if format.published {
            let hint = "who publishes them; else the checkers";
            rows.push(DialogRow::text(Name::Publisher, "publisher", "", hint));
            let hint = "the publisher's own address";
            rows.push(DialogRow::text(Name::PublisherPage, "its page", "", hint));
        }
        if self.protects {
            rows.push(DialogRow::choice(
                Name::Protection,
                "protected",
                words(&PROTECTION),
            ));
        }
        for old in std::mem::take(&mut self.panel.rows) {
            let keeps = match old.name {
                Name::Target => self.typed,
                Name::Offsets => false,
                _ => true,
            };
            if let Some(new) = rows.iter_mut().find(|r| keeps && r.name == old.name) {
                *new = old;
            }
        }
        self.panel.rows = rows;
    }

    /// What would be written.
    pub fn request(&self, force: bool) -> ExportRequest {
        let chosen = |name| self.panel.row(name).map_or(0, DialogRow::selected);
        let some = |name| Some(self.panel.text(name)).filter(|t| !t.is_empty());
        let format = self.format().cloned().unwrap_or_default();
        let units = self.panel.row(Name::Offsets).map(DialogRow::selected);
        ExportRequest {
            target: path(&self.panel.text(Name::Target)),
            force,
            redact: chosen(Name::Protection) == 1,
            include_protected: chosen(Name::Protection) == 2,
            offset_unit: units.and_then(|n| format.units.get(n).cloned()),
            embed: chosen(Name::Shape) == 1,
            page_url: some(Name::Page),
            publisher: some(Name::Publisher),
            publisher_url: some(Name::PublisherPage),
            format: format.name,
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
                let embeds = self
                    .panel
                    .row(Name::Shape)
                    .is_some_and(|r| r.selected() == 1);
                let extension = match embeds && f.published {
                    true => "html",
                    false => &f.extension,
                };
                let shared = self.formats.iter().filter(|o| o.extension == extension);
                if shared.count() > 1 && f.name != extension || extension != f.extension {
                    format!("{name}.{}.{extension}", f.name)
                } else {
                    format!("{name}.{extension}")
                }
            }
            None => name.to_string(),
        }
    }

    fn choose(&mut self, forward: bool) -> Reply {
        let n = self.formats.len().max(1);
        let to = if forward {
            self.selected + 1
        } else {
            self.selected + n - 1
        };
        self.selected = to % n;
        self.ask();
        self.changed()
    }

    /// What the export would do has to be worked out anew.
    fn changed(&mut self) -> Reply {
        self.stale = false;
        Reply::also(|s| preview(&mut s.working()?))
    }

    fn move_focus(&mut self, forward: bool) -> Reply {
        self.panel.move_focus(forward, true);
        match self.stale {
            true => self.changed(),
            false => Reply::Stay,
        }
    }

    /// Takes a key: Tab walks the parts, arrows choose, Enter writes, Esc leaves, or stops what is under way.
    pub fn key(&mut self, key: Key) -> Reply {
        if let Some(reply) = self.panel.under_way(key) {
            return reply;
        }
        match (self.panel.focus, key.code) {
            (_, Code::Esc) => Reply::then(|_| Ok(vec![Effect::StopExchange])),
            (_, Code::Enter | Code::Char('d')) if key.code == Code::Enter || key.ctrl => {
                Reply::also(|s| write(&mut s.working()?, Sure::default()))
            }
            (_, Code::Tab) => self.move_focus(!key.shift),
            _ if self.panel.scroll(key) => Reply::Stay,
            (Focus::List, Code::Down | Code::Char('j')) => self.choose(true),
            (Focus::List, Code::Up | Code::Char('k')) => self.choose(false),
            (Focus::List, Code::Right) => self.move_focus(true),
            (Focus::Row(_), Code::Down) => self.move_focus(true),
            (Focus::Row(_), Code::Up) => self.move_focus(false),
            (Focus::Row(_), _) => self.row_key(key),
            _ => Reply::Ignored,
        }
    }

    fn row_key(&mut self, key: Key) -> Reply {
        let Some(row) = self.panel.focused() else {
            return Reply::Ignored;
        };
        let name = row.name;
        let text = matches!(row.control, Control::Text(_));
        match row.key(key) {
            None => Reply::Ignored,
            Some(false) => Reply::Stay,
            Some(true) if text => {
                self.note_typing(name);
                Reply::Stay
            }
            Some(true) => {
                self.follow();
                self.changed()
            }
        }
    }

    fn note_typing(&mut self, name: Name) {
        self.typed |= name == Name::Target;
        self.stale = true;
    }

    /// The target's name follows what is chosen until it is typed.
    fn follow(&mut self) {
        let name = self.default_target();
        let target = self.panel.rows.iter_mut().find(|r| r.name == Name::Target);
        if let Some(row) = target.filter(|_| !self.typed) {
            row.set(&name);
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if !matches!(self.panel.focus, Focus::Row(n) if matches!(self.panel.rows[n].control, Control::Text(_)))
        {
            self.panel.focus = Focus::Row(0);
        }
        if let Some(row) = self.panel.focused()
            && let Control::Text(field) = &mut row.control
        {
            field.insert(text);
            let name = row.name;
            self.note_typing(name);
        }
    }
}

/// What a unit of offsets is called.
pub(super) fn unit(word: &str) -> &'static str {
    match word {
        "utf16" => "UTF-16 units, as browsers and Java count",
        "byte" => "bytes of UTF-8",
        _ => "characters, as Python counts",
    }
}

fn working() -> Told {
    Told::Working(ExchangeWork::new("working out what would be in it"))
}

fn dialog(state: &mut Program) -> Option<&mut ExportDialog> {
    state.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Export(d) => Some(d),
        _ => None,
    })
}

/// Opens the dialog.
pub fn open(state: &mut Working<'_>) -> Done {
    let session = state.bench.session();
    let dialog = ExportDialog::new(state.formats.clone(), &session.name, session.protects());
    state.lay(Overlay::Export(dialog));
    preview(state)
}

/// Why nothing can be exported, one sentence; none where something can.
pub(in crate::app) fn no_format(_: &Bench, program: &Program) -> Option<String> {
    let none = program.formats.is_empty();
    none.then(|| "There is no format to write.".into())
}

/// The dialog that is open, with the session.
fn on_dialog<'w>(state: &'w mut Working<'_>) -> Result<(&'w mut ExportDialog, &'w Bench), Refusal> {
    let dialog = dialog(state.program).ok_or_else(|| Refusal::gone("The export"))?;
    Ok((dialog, state.bench))
}

/// Asks what the export would do.
fn preview(state: &mut Working<'_>) -> Done {
    let (d, bench) = on_dialog(state)?;
    let snapshot = d.panel.snapshot(bench);
    d.panel.tell(working());
    Ok(vec![Effect::PreviewExport(snapshot, d.request(false))])
}

/// What the checker has said yes to.
#[derive(Clone, Copy, Debug, Default)]
struct Sure {
    /// To replace what is there.
    replace: bool,
    /// To hand over what there is of a damaged session.
    damaged: bool,
}

/// Asks for the export to be written.
fn write(state: &mut Working<'_>, sure: Sure) -> Done {
    let (d, bench) = on_dialog(state)?;
    if d.panel.text(Name::Target).is_empty() {
        d.panel.focus = Focus::Row(0);
        return Err(Refusal::new("Say where the export is to be written."));
    }
    if let Some(damage) = bench.damage.first().filter(|_| !sure.damaged) {
        let damage = damage.clone();
        ask_damaged(state, &damage, sure);
        return DONE;
    }
    // Where the preview has found the target already, the question need not wait for the attempt.
    if let Told::Export(ExportReport {
        taken: Some(taken), ..
    }) = &d.panel.told
        && !d.stale
        && !sure.replace
    {
        let taken = taken.display().to_string();
        ask_overwrite(state, &taken);
        return DONE;
    }
    let snapshot = d.panel.snapshot(bench);
    let request = d.request(sure.replace);
    d.panel.running = true;
    d.panel.tell(Told::Working(ExchangeWork::new("writing")));
    state.busy = Some("exporting".into());
    Ok(vec![Effect::Export(snapshot, request)])
}

/// Asks before what there is of a damaged session is handed over.
fn ask_damaged(state: &mut Program, damage: &str, sure: Sure) {
    let question = format!(
        "This session is damaged, so the export may lack work: {} Export what there is?",
        clean(damage)
    );
    let damaged = true;
    let ask = Confirm::new(question, 'n', "no").answer(
        'y',
        "yes, what there is",
        Box::new(move |s| write(&mut s.working()?, Sure { damaged, ..sure })),
    );
    state.lay(Overlay::Confirm(ask));
}

/// Asks before a file that is there is replaced; whatever was to be asked before has been.
fn ask_overwrite(state: &mut Program, taken: &str) {
    let question = format!("“{}” is there already. Replace it?", clean(taken));
    let ask = Confirm::new(question, 'n', "no").answer(
        'y',
        "yes, replace it",
        Box::new(|s| {
            let (replace, damaged) = (true, true);
            write(&mut s.working()?, Sure { replace, damaged })
        }),
    );
    state.lay(Overlay::Confirm(ask));
}

/// Takes what an export would do, if it is still the one that the dialog shows.
pub fn previewed(state: &mut State, request: &ExportRequest, report: ExportReport) -> Vec<Effect> {
    if let Some(d) = dialog(state)
        && !d.panel.running
        && d.request(false) == *request
    {
        d.panel.tell(Told::Export(report));
    }
    Vec::new()
}

/// Takes what an export has done: the dialog goes when the files are written, and stays with the reason when not.
pub fn exported(state: &mut State, result: Result<ExportReport, String>) -> Vec<Effect> {
    state.busy = None;
    let title = dialog(state).and_then(|d| {
        d.panel.running = false;
        d.format().map(|f| f.title.clone())
    });
    let report = match result {
        Ok(report) => report,
        Err(why) => return super::failed(state, why),
    };
    if report.files.is_empty() {
        let (taken, refused) = (report.taken.clone(), report.refused.first().cloned());
        if let Some(d) = dialog(state) {
            d.panel.tell(Told::Export(report));
            d.stale = false;
        }
        match (refused, taken) {
            (Some(why), _) => state.say(Level::Error, format!("Not exported: {why}")),
            (None, Some(taken)) => ask_overwrite(state, &taken.display().to_string()),
            (None, None) => state.say(Level::Error, "Nothing was exported."),
        }
        return Vec::new();
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
    let claims = counted(report.written, "claim");
    let said = format!("{title}: {claims} written to {files}.");
    state.say(Level::Info, said);
    if report.losses.is_empty() {
        return;
    }
    let files = report.files.iter();
    let mut lines: Vec<TextLine> = files
        .map(|f| TextLine {
            lead: "written".into(),
            text: clean(&f.display().to_string()),
            meaning: Meaning::Good,
            goes_to: None,
        })
        .collect();
    lines.extend(super::lines(&report.losses));
    state.lay(Overlay::TextView(TextView::new(
        format!("Exported: {title}"),
        lines,
        "",
        false,
    )));
}
