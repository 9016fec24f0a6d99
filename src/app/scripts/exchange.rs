//! The export dialog and the import dialog.

use super::Script;
use crate::app::input::action::Action;
use crate::app::layers::exchange::dialog_row::RowName;
use crate::app::layers::exchange::panel::{Focus, Panel, PanelText};
use crate::app::msg::{Effect, ExportReport, ExportRequest, ImportReport, ImportRequest, Msg};
use crate::app::state::laid::Overlay;
use crate::core::desk::plan::StepPlan;
use crate::core::handover::loss::{Loss, LossFate};
use crate::core::handover::{
    ExchangeWork, FormatInfo, Layout, OffsetUnit, Protected, Published, Stage,
};
use crate::core::model::SourceField;
use uuid::Uuid;

fn formats() -> Vec<FormatInfo> {
    let format = |name, title, extension| FormatInfo {
        name,
        title,
        about: "for tests",
        extension,
        ..FormatInfo::default()
    };
    vec![
        format("json", "The json format", "json"),
        FormatInfo {
            published: Published::Whole,
            ..format("claimreview", "The claimreview format", "json")
        },
        FormatInfo {
            layout: Layout::Folder,
            units: &[OffsetUnit::Codepoint, OffsetUnit::Utf16],
            ..format("brat", "The brat format", "ann")
        },
        format("markdown", "The markdown format", "md"),
        format("html", "The html format", "html"),
    ]
}

fn exporting() -> Script {
    let mut s = Script::new();
    s.state.formats = formats();
    s.keys("j v a x");
    s
}

fn protecting() -> Script {
    let mut s = Script::new();
    s.state.formats = formats();
    s.keys("j v a");
    let done = s.state.writing().unwrap().step(|tx, _, _| {
        let source = *tx.session.sources.keys().next_back().unwrap();
        tx.set_source(&source, SourceField::ProtectIdentity(true));
        None
    });
    assert!(done.is_changed());
    s.keys("x");
    s
}

#[test]
fn what_there_is_of_a_damaged_session_is_exported_only_when_that_is_confirmed() {
    let mut s = exporting();
    let damage = &mut s.state.bench.as_mut().unwrap().damage;
    damage.add("journal.jsonl, line 9", "line 9 is damaged");
    s.asked.clear();
    s.keys("Enter");
    assert!(
        s.top()
            .starts_with("question The session \"kell-bridge\" is damaged"),
        "{}",
        s.top()
    );
    assert_eq!(s.effects(), Vec::<String>::new());
    s.keys("n");
    assert_eq!(s.effects(), Vec::<String>::new(), "nothing is written");
    s.keys("Enter y");
    assert_eq!(s.effects(), ["Export"]);
    // Who has said yes is not asked again when the file is there already.
    s.msg(Msg::Exported(Ok(ExportReport {
        taken: Some("kell-bridge.json".into()),
        ..ExportReport::default()
    })));
    s.asked.clear();
    s.keys("y");
    assert_eq!(s.effects(), ["Export"]);
    assert!(asked(&s).force);
}

fn asked(s: &Script) -> ExportRequest {
    let r = s.asked.iter().rev().find_map(|e| match e {
        Effect::PreviewExport(_, r) | Effect::Export(_, r) => Some(r.clone()),
        _ => None,
    });
    r.unwrap()
}

/// The format, the target, whether it may be replaced, and what becomes of protected names.
fn request(s: &Script) -> (&'static str, String, bool, Protected) {
    let r = asked(s);
    let target = r.target.display().to_string();
    (r.format, target, r.force, r.options.protected)
}

fn wants(format: &'static str, target: &str) -> (&'static str, String, bool, Protected) {
    (format, target.into(), false, Protected::Refuse)
}

fn panel(s: &Script) -> &Panel {
    match s.state.overlays.last() {
        Some(Overlay::Export(d)) => &d.panel,
        Some(Overlay::Import(d)) => &d.panel,
        _ => panic!("no dialog on top but {}", s.top()),
    }
}

fn labels(s: &Script) -> Vec<&str> {
    panel(s).rows.iter().map(|r| r.label).collect()
}

fn lost(words: &str) -> Loss {
    Loss {
        fate: LossFate::Lost,
        reason: "it is not checkable".into(),
        words: vec![words.into()],
        count: 1,
    }
}

#[test]
fn an_export_is_previewed_as_the_choice_changes() {
    let mut s = exporting();
    assert_eq!(request(&s), wants("json", "kell-bridge.json"));
    s.keys("Down");
    assert_eq!(
        request(&s),
        wants("claimreview", "kell-bridge.claimreview.json")
    );
    s.keys("Down");
    assert_eq!(request(&s), wants("brat", "kell-bridge-brat"));
    s.keys("j");
    assert_eq!(request(&s), wants("markdown", "kell-bridge.md"));
    s.keys("Esc");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 2));
    assert_eq!(s.effects().last().unwrap(), "StopExchange");
}

#[test]
fn protected_names_are_asked_about_where_there_are_any() {
    assert_eq!(labels(&exporting()), ["to"]);
    let mut s = protecting();
    assert_eq!(labels(&s), ["to", "protected"]);
    for protected in [Protected::Redact, Protected::Include, Protected::Refuse] {
        s.keys("Tab Tab Right Tab Tab");
        assert_eq!(request(&s).3, protected);
    }
}

#[test]
fn each_format_asks_what_it_leaves_open() {
    let mut s = exporting();
    s.keys("j j");
    assert_eq!(labels(&s), ["to", "offsets"]);
    assert_eq!(asked(&s).options.offset_unit, Some(OffsetUnit::Codepoint));
    s.keys("Tab Tab Right");
    assert_eq!(asked(&s).options.offset_unit, Some(OffsetUnit::Utf16));
    s.keys("Shift-Tab Shift-Tab k");
    assert_eq!(labels(&s), ["to", "as", "page", "publisher", "its page"]);
    // What is typed is previewed when it is left, and a name that was not typed follows the choice.
    s.keys("Tab Tab Right Tab https://checks.example/p Tab Gazette Tab");
    let r = asked(&s);
    assert_eq!(
        (
            r.options.embed,
            r.options.page_url.as_deref(),
            r.options.publisher.as_deref(),
            r.target.to_str()
        ),
        (
            true,
            Some("https://checks.example/p"),
            Some("Gazette"),
            Some("kell-bridge.claimreview.html")
        )
    );
    assert_eq!(r.options.offset_unit, None);
}

#[test]
fn a_typed_target_stays_and_is_previewed_when_it_is_left() {
    let mut s = exporting();
    s.keys("Tab Ctrl-u out/page.json");
    let before = s.asked.len();
    s.keys("Shift-Tab");
    assert_eq!(s.asked.len(), before + 1);
    s.keys("Down");
    assert_eq!(request(&s), wants("claimreview", "out/page.json"));
}

#[test]
fn a_late_preview_of_another_choice_is_not_shown() {
    let mut s = exporting();
    let late = asked(&s);
    s.keys("Down");
    let report = ExportReport {
        written: 3,
        ..ExportReport::default()
    };
    s.msg(Msg::ExportPreview(Box::new(late), report.clone()));
    assert!(matches!(panel(&s).told, PanelText::Begun(_)));
    let now = asked(&s);
    s.msg(Msg::ExportPreview(Box::new(now), report));
    assert!(matches!(&panel(&s).told, PanelText::Export(r) if r.written == 3));
}

#[test]
fn long_work_says_how_far_it_is_and_esc_stops_it() {
    let mut s = exporting();
    s.keys("Enter");
    let far = ExchangeWork {
        stage: Stage::Claims,
        done: 400,
        of: 10_000,
    };
    s.msg(Msg::Exchanging(far));
    assert_eq!(panel(&s).told, PanelText::Working(far));
    // No other key does anything while it writes.
    s.asked.clear();
    s.keys("Enter j Tab x");
    assert_eq!((s.top().as_str(), s.effects()), ("export", vec![]));
    s.keys("Esc");
    assert_eq!(s.effects(), ["StopExchange"]);
    s.msg(Msg::Exchanging(far));
    assert!(matches!(&panel(&s).told, PanelText::Stopping));
    s.msg(Msg::Exported(Err("Stopped; nothing was written.".into())));
    assert_eq!(
        (s.top().as_str(), s.said()),
        ("export", "Stopped; nothing was written.")
    );
    assert!(!panel(&s).running && s.state.busy.is_none());
    s.keys("Enter");
    assert!(panel(&s).running, "and it can be tried again");
}

#[test]
fn what_is_written_is_said_and_what_is_lost_is_listed() {
    let mut s = exporting();
    s.keys("Enter");
    assert_eq!(s.state.busy.as_deref(), Some("exporting"));
    let report = ExportReport {
        written: 1,
        files: vec!["kell-bridge.json".into()],
        ..ExportReport::default()
    };
    s.msg(Msg::Exported(Ok(report.clone())));
    let said = "The json format: 1 claim written to kell-bridge.json.";
    assert_eq!((s.top().as_str(), s.said()), ("nothing", said));
    s.keys("x Enter");
    s.msg(Msg::Exported(Ok(ExportReport {
        losses: vec![lost("Lovely as the view is")],
        ..report
    })));
    assert_eq!(s.top(), "reader Exported: The json format");
    let Some(Overlay::TextView(r)) = s.state.overlays.last() else {
        panic!()
    };
    let lines: Vec<String> = r
        .lines
        .iter()
        .map(|l| format!("{}|{}", l.lead, l.text))
        .collect();
    assert_eq!(
        lines,
        [
            "written|kell-bridge.json",
            "not in it|it is not checkable",
            "|Lovely as the view is"
        ]
    );
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_asked() {
    let taken = ExportReport {
        taken: Some("kell-bridge.json".into()),
        ..ExportReport::default()
    };
    let question = "question “kell-bridge.json” is there already. Replace it?";
    let mut s = exporting();
    let now = asked(&s);
    s.msg(Msg::ExportPreview(Box::new(now), taken.clone()));
    s.keys("Enter");
    assert_eq!(s.top(), question);
    s.keys("n Enter y");
    let replaced = ("json", "kell-bridge.json".into(), true, Protected::Refuse);
    assert_eq!(request(&s), replaced);
    // It may also turn out while writing.
    let mut s = exporting();
    s.keys("Enter");
    s.msg(Msg::Exported(Ok(taken)));
    assert_eq!(s.top(), question);
    s.keys("y");
    assert_eq!(request(&s), replaced);
}

#[test]
fn a_refused_export_stays_with_its_reason() {
    let mut s = exporting();
    s.keys("Enter");
    s.msg(Msg::Exported(Ok(ExportReport {
        refused: vec!["Protected source 1 is named in a note.".into()],
        ..ExportReport::default()
    })));
    let said = "Not exported: Protected source 1 is named in a note.";
    assert_eq!((s.top().as_str(), s.said()), ("export", said));
    assert!(!panel(&s).running);
    s.keys("Enter");
    let why = "The folder out is not there; make it first.";
    s.msg(Msg::Exported(Err(why.into())));
    assert_eq!((s.top().as_str(), s.said()), ("export", why));
    assert_eq!(panel(&s).told, PanelText::Failed(why.into()));
}

#[test]
fn what_would_be_lost_can_be_scrolled() {
    let mut s = exporting();
    let now = asked(&s);
    let report = ExportReport {
        losses: vec![lost("a"); 9],
        ..ExportReport::default()
    };
    s.msg(Msg::ExportPreview(Box::new(now), report));
    s.keys("PgDn");
    assert_eq!((panel(&s).focus, panel(&s).top), (Focus::List, 5));
    s.keys("PgDn PgDn");
    assert_eq!(panel(&s).top, 9);
    s.keys("Shift-Tab k k");
    assert_eq!((panel(&s).focus, panel(&s).top), (Focus::Told, 7));
    s.keys("Tab j");
    assert_eq!(panel(&s).top, 0, "another format begins at its first line");
}

fn importing() -> Script {
    let mut s = Script::new();
    s.state.readable = formats();
    s.keys("j v a").act(Action::Import);
    assert_eq!(s.top(), "import");
    s
}

fn import_asked(s: &Script) -> ImportRequest {
    let r = s.asked.iter().rev().find_map(|e| match e {
        Effect::Import(_, r) => Some(r.clone()),
        _ => None,
    });
    r.unwrap()
}

/// What another program would have made of the session as it is after its first `steps` steps.
fn report_after(steps: u64) -> ImportReport {
    let mut other = Script::new();
    other.keys(if steps < 2 { "" } else { "j v a" });
    let before = other.state.bench.as_ref().unwrap().snapshot();
    other.keys("G v i");
    let last = other.state.bench.as_ref().unwrap().history().steps();
    let last = last.last().unwrap();
    let (_, _, plan) = StepPlan::work_out(&before, &last.stamp(), &mut Uuid::nil, |tx, _, _| {
        last.edits.iter().for_each(|e| tx.push(e.clone()));
    });
    assert_eq!(plan.changes(), last.edits.len());
    ImportReport {
        plan,
        format: "brat standoff",
        claims: 1,
        new: 1,
        losses: vec![lost("1 tag")],
    }
}

fn report() -> ImportReport {
    report_after(2)
}

#[test]
fn a_file_is_read_then_shown_then_taken_in_as_one_step() {
    let mut s = importing();
    s.keys("Enter");
    assert_eq!(s.said(), "Say which file is to be read.");
    s.keys("./a.ann Enter");
    let wanted = ImportRequest {
        path: "./a.ann".into(),
        ..ImportRequest::default()
    };
    assert_eq!(import_asked(&s), wanted);
    assert!(panel(&s).running);
    s.msg(Msg::Imported(Box::new(wanted), Ok(report())));
    assert_eq!(
        (s.steps(), s.top().as_str()),
        (2, "import"),
        "nothing has changed so far"
    );
    assert!(matches!(panel(&s).told, PanelText::Import(_)));
    s.keys("Enter");
    assert_eq!(
        (s.steps(), s.top().as_str()),
        (3, "reader Moved, left out and noticed")
    );
    s.keys("Esc G");
    assert_eq!(
        s.row(),
        "inaccurate | Mara Oduya asserts | The bridge was approved by t…"
    );
    s.keys("u");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya asserts | The bridge was approved by t…"
    );
}

#[test]
fn format_and_unit_are_found_out_unless_they_are_chosen() {
    let mut s = importing();
    s.keys("x.json Tab Right Right Tab Right Right Enter");
    let r = import_asked(&s);
    assert_eq!(
        (r.format, r.offset_unit),
        (Some("claimreview"), Some(OffsetUnit::Utf16))
    );
    let shown = panel(&s)
        .rows
        .iter()
        .find(|r| r.name == RowName::Format)
        .unwrap();
    assert_eq!(shown.value(), "The claimreview format");
}

#[test]
fn another_choice_is_read_anew_before_anything_is_taken_in() {
    let mut s = importing();
    s.keys("a.ann Enter");
    let first = import_asked(&s);
    s.msg(Msg::Imported(Box::new(first.clone()), Ok(report())));
    s.keys("Tab Right");
    assert!(matches!(panel(&s).told, PanelText::Hint(_)));
    s.keys("Enter");
    assert_ne!(import_asked(&s), first);
    // The answer to what was asked first comes too late.
    s.msg(Msg::Imported(Box::new(first), Ok(report())));
    assert!(panel(&s).running);
    assert_eq!(s.steps(), 2);
}

#[test]
fn reading_is_stopped_by_esc_and_its_errors_stay_in_view() {
    let mut s = importing();
    s.keys("a.ann Enter Esc");
    assert_eq!(s.effects().last().unwrap(), "StopExchange");
    let asked = Box::new(import_asked(&s));
    let why = "Stopped; nothing was read.";
    s.msg(Msg::Imported(asked, Err(why.into())));
    assert_eq!(
        (panel(&s).told.clone(), s.said()),
        (PanelText::Failed(why.into()), why)
    );
    s.keys("Esc");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 2));
}

#[test]
fn a_session_that_went_on_is_read_for_again() {
    let mut s = importing();
    s.keys("a.ann Enter");
    let asked = Box::new(import_asked(&s));
    s.msg(Msg::Imported(asked, Ok(report_after(0))));
    s.asked.clear();
    s.keys("Enter");
    assert_eq!(
        s.said(),
        "The session went on while the file was read; it is read again."
    );
    assert_eq!((s.effects(), s.steps()), (vec!["Import".to_string()], 2));
}

#[test]
fn what_differs_is_listed_before_anything_is_done_and_theirs_is_asked_for() {
    let mut s = importing();
    s.keys("ben.json Enter");
    let first = import_asked(&s);
    assert!(!first.theirs);
    let differs = Loss {
        fate: LossFate::Differing,
        reason: "the session and the file differ; the session's stays".into(),
        words: vec!["The ferry: finding: here “disputed”, in the file “misleading”".into()],
        count: 1,
    };
    let told = ImportReport {
        plan: StepPlan::default(),
        losses: vec![differs],
        ..report()
    };
    let steps = s.steps();
    s.msg(Msg::Imported(Box::new(first), Ok(told)));
    assert_eq!((s.steps(), s.top().as_str()), (steps, "import"));
    s.keys("Tab Tab Tab Right Enter");
    assert!(import_asked(&s).theirs);
    assert_eq!(s.steps(), steps);
}
