//! Importing: a file is read, what it comes to is shown, and then its edits become one step.

use super::dialog::{failed, snapshot};
use super::losses;
use crate::app::layers::exchange::dialog_row::RowName;
use crate::app::layers::exchange::import_dialog::HINT;
use crate::app::layers::exchange::panel::{Focus, PanelText};
use crate::app::msg::{Effect, ImportReport, ImportRequest};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::bench::Bench;
use crate::app::state::laid::{ImportDialog, Overlay, TextView};
use crate::app::state::working::{Working, Writing};
use crate::app::state::{Program, State};
use crate::core::describe::counted;
use crate::core::handover::loss::LossFate;

fn dialog(state: &mut Program) -> Option<&mut ImportDialog> {
    state.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Import(d) => Some(d),
        _ => None,
    })
}

/// Asks what to import.
pub fn open(state: &mut Writing<'_>) -> Done {
    let dialog = ImportDialog::new(state.readable.clone(), |s| enter(&mut s.writing()?));
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
    if d.panel.text(RowName::File).is_empty() {
        d.panel.focus = Focus::Row(0);
        return Err(Refusal::new("Say which file is to be read."));
    }
    match std::mem::replace(&mut d.panel.told, PanelText::Hint(HINT)) {
        PanelText::Import(report) => take_in(state, report),
        _ => read(state),
    }
}

fn gone() -> Refusal {
    Refusal::gone("The import")
}

fn read(state: &mut Working<'_>) -> Done {
    let d = dialog(state.program).ok_or_else(gone)?;
    let snapshot = snapshot(&mut d.panel, state.bench);
    let request = d.request();
    d.asked = Some(request.clone());
    d.panel.running = true;
    d.panel.tell(PanelText::Begun("reading"));
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
            d.panel.tell(PanelText::Import(report));
            Vec::new()
        }
        Err(why) => failed(state, why),
    }
}

/// Makes the step; where the session went on meanwhile the file is read again.
fn take_in(state: &mut Writing<'_>, report: ImportReport) -> Done {
    let claims = counted(report.claims, "claim");
    let Ok(done) = state.make(report.plan) else {
        let why = "The session went on while the file was read; it is read again.";
        state.say(Level::Warning, why);
        return read(state);
    };
    state.overlays.retain(|o| !matches!(o, Overlay::Import(_)));
    let lost = report.losses.iter().any(|l| l.fate == LossFate::Lost);
    let said = match done.is_changed() {
        false if lost => format!("{claims} read; nothing of it can be taken in."),
        false => format!("{claims} read; the session holds all of it already."),
        true => format!("{claims} read; undo takes them back."),
    };
    let effects = done.told(state, |_| {});
    state.say(Level::Info, said);
    if !report.losses.is_empty() {
        let lines = losses::lines(&report.losses);
        let reader = TextView::new("Moved, left out and noticed", lines, "", false);
        state.lay(Overlay::TextView(reader));
    }
    Ok(effects)
}
