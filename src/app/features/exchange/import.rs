//! The import dialog: a file, its format and unit, what it comes to, and then its edits as one step.

use super::export::unit;
use super::{Control, DialogRow, ExchangeWork, Fate, Focus, FormatInfo, Name, Panel, Told, path};
use crate::app::input::key::{Code, Key};
use crate::app::layers::overlay::{Overlay, Reply};
use crate::app::layers::text_view::TextView;
use crate::app::msg::{Effect, ImportReport, ImportRequest};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::bench::Bench;
use crate::app::state::working::{Working, Writing};
use crate::app::state::{Program, State};
use crate::core::describe::counted;

/// What is told before a file is named.
const HINT: &str = "Enter reads the file and shows what it comes to; nothing changes before Enter is pressed once more.";
/// The units that offsets may count in.
const UNITS: [&str; 3] = ["codepoint", "utf16", "byte"];

/// Whose value stays where the session and the file differ.
const WHOSE: [&str; 2] = [
    "the session's values stay",
    "theirs: the file's values are taken",
];

/// The import dialog.
pub struct ImportDialog {
    /// The formats that can be read.
    formats: Vec<FormatInfo>,
    /// The rows, what is told, the focus.
    pub panel: Panel,
    /// What was asked for last.
    asked: Option<ImportRequest>,
}

impl ImportDialog {
    fn new(formats: Vec<FormatInfo>) -> Self {
        let mut entries = vec!["found out from the file".to_string()];
        entries.extend(formats.iter().map(|f| f.title.clone()));
        let mut units = vec!["found out from the file".to_string()];
        units.extend(UNITS.iter().map(|u| unit(u).to_string()));
        let rows = vec![
            DialogRow::text(Name::File, "file", "", "its path"),
            DialogRow::choice(Name::Format, "format", entries),
            DialogRow::choice(Name::Offsets, "offsets", units),
            DialogRow::choice(Name::Differing, "differing", WHOSE.map(String::from).into()),
        ];
        Self {
            formats,
            panel: Panel::new(rows, Focus::Row(0), Told::Hint(HINT)),
            asked: None,
        }
    }

    /// What is to be read, into the session after step `seq`.
    fn request(&self, seq: u64) -> ImportRequest {
        let chosen = |name| {
            let row = self.panel.row(name)?;
            row.selected().checked_sub(1)
        };
        let format = chosen(Name::Format).and_then(|n| self.formats.get(n));
        ImportRequest {
            path: path(&self.panel.text(Name::File)),
            format: format.map(|f| f.name.clone()),
            offset_unit: chosen(Name::Offsets).and_then(|n| UNITS.get(n).map(|u| u.to_string())),
            theirs: self
                .panel
                .row(Name::Differing)
                .is_some_and(|row| row.selected() == 1),
            seq,
        }
    }

    /// Takes a key: Tab walks the parts, Enter reads the file and then takes it in, Esc leaves, or stops the reading.
    pub fn key(&mut self, key: Key) -> Reply {
        if let Some(reply) = self.panel.under_way(key) {
            return reply;
        }
        match (self.panel.focus, key.code) {
            (_, Code::Esc) => Reply::Close,
            (_, Code::Enter | Code::Char('d')) if key.code == Code::Enter || key.ctrl => {
                Reply::also(|s| enter(&mut s.writing()?))
            }
            (_, Code::Tab) => {
                self.panel.move_focus(!key.shift, false);
                Reply::Stay
            }
            _ if self.panel.scroll(key) => Reply::Stay,
            (Focus::Row(_), Code::Up | Code::Down) => {
                self.panel.move_focus(key.code == Code::Down, false);
                Reply::Stay
            }
            _ => {
                let changed = self.panel.focused().and_then(|r| r.key(key));
                match changed {
                    None => Reply::Ignored,
                    Some(changed) => {
                        self.changed(changed);
                        Reply::Stay
                    }
                }
            }
        }
    }

    /// What was read is no longer what the rows say.
    fn changed(&mut self, changed: bool) {
        if changed && !matches!(self.panel.told, Told::Hint(_)) {
            self.panel.tell(Told::Hint(HINT));
        }
    }

    /// Takes pasted text: it can only be the file's path.
    pub fn paste(&mut self, text: &str) {
        if self.panel.running {
            return;
        }
        self.panel.focus = Focus::Row(0);
        if let Some(Control::Text(field)) = self.panel.focused().map(|r| &mut r.control) {
            field.insert(text);
            self.changed(true);
        }
    }
}

fn dialog(state: &mut Program) -> Option<&mut ImportDialog> {
    state.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Import(d) => Some(d),
        _ => None,
    })
}

/// Asks what to import.
pub fn open(state: &mut Writing<'_>) -> Done {
    let dialog = ImportDialog::new(state.readable.clone());
    state.open(Overlay::Import(dialog))
}

/// Why nothing can be imported, one sentence; none where something can.
pub(in crate::app) fn no_format(_: &Bench, program: &Program) -> Option<String> {
    let none = program.readable.is_empty();
    none.then(|| "There is no format to read.".into())
}

/// Reads the file, or takes in what was read.
fn enter(state: &mut Writing<'_>) -> Done {
    let d = dialog(state).ok_or_else(gone)?;
    if d.panel.text(Name::File).is_empty() {
        d.panel.focus = Focus::Row(0);
        return Err(Refusal::new("Say which file is to be read."));
    }
    match std::mem::replace(&mut d.panel.told, Told::Hint(HINT)) {
        Told::Import(report) => take_in(state, report),
        _ => read(state),
    }
}

fn gone() -> Refusal {
    Refusal::gone("The import")
}

fn read(state: &mut Working<'_>) -> Done {
    let d = dialog(state.program).ok_or_else(gone)?;
    let snapshot = d.panel.snapshot(state.bench);
    let request = d.request(state.bench.history().seq());
    d.asked = Some(request.clone());
    d.panel.running = true;
    d.panel.tell(Told::Working(ExchangeWork::new("reading")));
    state.busy = Some("reading a file".into());
    Ok(vec![Effect::Import(snapshot, request)])
}

/// Takes what a file comes to, and shows it.
pub fn imported(
    state: &mut State,
    request: &ImportRequest,
    result: Result<ImportReport, String>,
) -> Vec<Effect> {
    state.busy = None;
    let Some(d) = dialog(state).filter(|d| d.asked.as_ref() == Some(request)) else {
        return Vec::new();
    };
    d.panel.running = false;
    match result {
        Ok(report) => {
            d.panel.tell(Told::Import(report));
            Vec::new()
        }
        Err(why) => super::failed(state, why),
    }
}

/// Makes the step.
fn take_in(state: &mut Writing<'_>, report: ImportReport) -> Done {
    let seq = state.bench.history().seq();
    if seq != report.seq {
        let why = "The session went on while the file was read; it is read again.";
        state.say(Level::Warning, why);
        return read(state);
    }
    let claims = counted(report.claims, "claim");
    let edits = report.edits;
    let done = state.step(move |tx, _, _| {
        edits.into_iter().for_each(|e| tx.push(e));
        None
    });
    state.overlays.retain(|o| !matches!(o, Overlay::Import(_)));
    let lost = report.losses.iter().any(|l| l.fate == Fate::Lost);
    let said = match done.is_changed() {
        false if lost => format!("{claims} read; nothing of it can be taken in."),
        false => format!("{claims} read; the session holds all of it already."),
        true => format!("{claims} read; undo takes them back."),
    };
    let effects = done.told(state, |_| {});
    state.say(Level::Info, said);
    if !report.losses.is_empty() {
        let lines = super::lines(&report.losses);
        let reader = TextView::new("Moved, left out and noticed", lines, "", false);
        state.lay(Overlay::TextView(reader));
    }
    Ok(effects)
}
