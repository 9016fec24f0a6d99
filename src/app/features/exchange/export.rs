//! Exporting: what it would do, the questions before it, and what was written.

use super::dialog::{failed, snapshot};
use super::losses;
use crate::app::layers::exchange::dialog_row::RowName;
use crate::app::layers::exchange::export_dialog::PREVIEWING;
use crate::app::layers::exchange::panel::{Focus, PanelText};
use crate::app::layers::text_view::TextLine;
use crate::app::msg::{Effect, ExportReport, ExportRequest};
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Confirm, ExportDialog, Overlay, TextView};
use crate::app::state::working::Working;
use crate::app::state::{Program, State};
use crate::core::describe::counted;
use crate::core::display::clean;
use crate::core::vocabulary::Meaning;

fn dialog(state: &mut Program) -> Option<&mut ExportDialog> {
    state.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Export(d) => Some(d),
        _ => None,
    })
}

/// Opens the dialog.
pub fn open(state: &mut Working<'_>) -> Done {
    let session = state.bench.session();
    let dialog = ExportDialog::new(
        state.formats.clone(),
        (&session.name, session.protects()),
        |s| preview(&mut s.working()?),
        |s| write(&mut s.working()?, Sure::default()),
    );
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
    let snapshot = snapshot(&mut d.panel, bench);
    d.panel.tell(PREVIEWING);
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
    if d.panel.text(RowName::Target).is_empty() {
        d.panel.focus = Focus::Row(0);
        return Err(Refusal::new("Say where the export is to be written."));
    }
    if !bench.damage.is_empty() && !sure.damaged {
        let lacks = bench.damage.in_an_export(&bench.session().name);
        ask_damaged(state, &lacks, sure);
        return DONE;
    }
    // Where the preview has found the target already, the question need not wait for the attempt.
    if let PanelText::Export(ExportReport {
        taken: Some(taken), ..
    }) = &d.panel.told
        && !d.stale
        && !sure.replace
    {
        let taken = taken.display().to_string();
        ask_overwrite(state, &taken);
        return DONE;
    }
    let snapshot = snapshot(&mut d.panel, bench);
    let request = d.request(sure.replace);
    d.panel.running = true;
    d.panel.tell(PanelText::Begun("writing"));
    state.busy = Some("exporting".into());
    Ok(vec![Effect::Export(snapshot, request)])
}

/// Asks before what there is of a damaged session is handed over.
fn ask_damaged(state: &mut Program, lacks: &str, sure: Sure) {
    let question = format!("{}. Export what there is?", clean(lacks));
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
        d.panel.tell(PanelText::Export(report));
    }
    Vec::new()
}

/// Takes what an export has done: the dialog goes when the files are written, and stays with the reason when not.
pub fn exported(state: &mut State, result: Result<ExportReport, String>) -> Vec<Effect> {
    state.busy = None;
    let title = dialog(state).and_then(|d| {
        d.panel.running = false;
        d.format().map(|f| f.title)
    });
    let report = match result {
        Ok(report) => report,
        Err(why) => return failed(state, why),
    };
    if report.files.is_empty() {
        let (taken, refused) = (report.taken.clone(), report.refused.first().cloned());
        if let Some(d) = dialog(state) {
            d.panel.tell(PanelText::Export(report));
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
    tell(state, &report, title.unwrap_or("the export"));
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
    lines.extend(losses::lines(&report.losses));
    state.lay(Overlay::TextView(TextView::new(
        format!("Exported: {title}"),
        lines,
        "",
        false,
    )));
}
