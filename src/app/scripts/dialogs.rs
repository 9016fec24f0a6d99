//! Sessions, export, leaving.

use super::Script;
use crate::app::export::FormatInfo;
use crate::app::msg::{Effect, ExportReport, Msg, OpenWhat, SessionSummary};
use crate::app::overlay::Overlay;
use crate::app::state::Screen;

fn summary(name: &str, at: &str) -> SessionSummary {
    SessionSummary {
        name: name.into(),
        title: format!("Title of {name}"),
        version: 1,
        checked: 3,
        claims: 9,
        waiting: 0,
        updated_at: at.parse().ok(),
        held_by: None,
        problem: None,
    }
}

fn listed() -> Vec<SessionSummary> {
    let mut waits = summary("ferry", "2026-11-24T09:30:00Z");
    waits.version = 2;
    waits.waiting = 2;
    waits.held_by = Some("Ben on harbour".into());
    let mut broken = summary("old", "2026-11-01T09:30:00Z");
    broken.problem = Some("its journal is damaged in line 4.".into());
    vec![
        summary("kell-bridge", "2026-11-23T09:30:00Z"),
        broken,
        waits,
    ]
}

#[test]
fn the_sessions_are_listed_with_their_progress_at_the_start() {
    let mut s = Script::bare();
    s.msg(Msg::Sessions(listed()));
    assert_eq!(s.state.screen, Screen::Sessions);
    insta::assert_snapshot!(s.list(), @r#"
    > ferry | Title of ferry · version 2 · 2 waiting · held by Ben on harbour | 3/9 checked · 30 min ago
      kell-bridge | Title of kell-bridge | 3/9 checked · 24 h ago
      old | Title of old · its journal is damaged in line 4. | 23 days ago
    "#);
    s.keys("Enter");
    assert!(matches!(s.asked.last(), Some(Effect::Open(OpenWhat::Session(n))) if n == "ferry"));
    assert_eq!(s.state.busy.as_deref(), Some("opening ferry"));
}

#[test]
fn without_a_session_there_is_the_first_start() {
    let mut s = Script::bare();
    s.msg(Msg::Sessions(Vec::new()));
    assert_eq!(s.state.screen, Screen::Start);
    s.keys("Enter");
    assert!(matches!(
        s.asked.last(),
        Some(Effect::Open(OpenWhat::Sample))
    ));
}

#[test]
fn esc_never_leaves_and_ctrl_c_does() {
    let mut s = Script::bare();
    s.msg(Msg::Sessions(listed()));
    s.keys("Esc");
    assert_eq!((s.top().as_str(), s.effects()), ("list Sessions", vec![]));
    s.keys("F1");
    assert_eq!(s.top(), "list Help");
    s.keys("Esc");
    assert_eq!(s.top(), "list Sessions");
    s.keys("Ctrl-c");
    assert_eq!(s.effects(), ["Quit"]);
}

#[test]
fn a_session_that_cannot_be_read_says_why() {
    let mut s = Script::bare();
    s.msg(Msg::Sessions(listed()));
    s.keys("old Enter");
    assert_eq!(
        s.said(),
        "“old” cannot be opened: its journal is damaged in line 4."
    );
}

#[test]
fn an_article_can_be_opened_from_the_list() {
    let mut s = Script::bare();
    s.msg(Msg::Sessions(listed()));
    s.keys("./draft.md Enter");
    assert!(
        matches!(s.asked.last(), Some(Effect::Open(OpenWhat::Article(p))) if p.what == "./draft.md")
    );
}

#[test]
fn the_workbench_keeps_its_session_until_another_is_chosen() {
    let mut s = Script::new();
    s.keys("j v a Ctrl-o");
    assert_eq!(s.effects(), ["ListSessions"]);
    s.msg(Msg::Sessions(listed()));
    s.keys("Esc");
    assert_eq!(
        (s.top().as_str(), s.state.screen),
        ("nothing", Screen::Bench)
    );
    s.msg(Msg::Sessions(listed()));
    s.keys("Enter");
    assert_eq!(s.said(), "“kell-bridge” is open already.");
    s.asked.clear();
    s.msg(Msg::Sessions(listed()));
    s.keys("ferry Enter");
    assert_eq!(s.effects(), ["Checkpoint", "KeepPlace", "Open"]);
}

#[test]
fn a_session_that_is_not_saved_stays_open() {
    let mut s = Script::new();
    s.keys("j v a");
    s.msg(Msg::SaveFailed("the disk is full.".into()));
    s.msg(Msg::Sessions(listed()));
    s.keys("ferry Enter");
    assert_eq!(
        s.said(),
        "This session is not saved, so it stays open: the disk is full."
    );
}

fn formats() -> Vec<FormatInfo> {
    let format = |name: &str, extension: &str, folder| FormatInfo {
        name: name.into(),
        title: format!("The {name} format"),
        about: "for tests".into(),
        extension: extension.into(),
        folder,
    };
    vec![
        format("json", "json", false),
        format("claimreview", "json", false),
        format("brat", "ann", true),
        format("markdown", "md", false),
    ]
}

fn exporting() -> Script {
    let mut s = Script::new();
    s.state.formats = formats();
    s.keys("j v a x");
    s
}

fn request(s: &Script) -> (String, String, bool, bool, bool) {
    let r = s.asked.iter().rev().find_map(|e| match e {
        Effect::PreviewExport(_, r) | Effect::Export(_, r) => Some(r.clone()),
        _ => None,
    });
    let r = r.unwrap();
    (
        r.format,
        r.target.display().to_string(),
        r.force,
        r.redact,
        r.include_protected,
    )
}

#[test]
fn an_export_is_previewed_as_the_choice_changes() {
    let mut s = exporting();
    assert_eq!(
        request(&s),
        (
            "json".into(),
            "kell-bridge.json".into(),
            false,
            false,
            false
        )
    );
    s.keys("Down");
    assert_eq!(
        request(&s),
        (
            "claimreview".into(),
            "kell-bridge.claimreview.json".into(),
            false,
            false,
            false
        )
    );
    s.keys("Down");
    assert_eq!(
        request(&s),
        (
            "brat".into(),
            "kell-bridge-brat".into(),
            false,
            false,
            false
        )
    );
    s.keys("j Tab Tab Right");
    assert_eq!(
        request(&s),
        (
            "markdown".into(),
            "kell-bridge.md".into(),
            false,
            true,
            false
        )
    );
    s.keys("Right");
    assert_eq!(
        request(&s),
        (
            "markdown".into(),
            "kell-bridge.md".into(),
            false,
            false,
            true
        )
    );
    s.keys("Esc");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 2));
}

#[test]
fn a_typed_target_stays_and_is_previewed_when_it_is_left() {
    let mut s = exporting();
    s.keys("Tab Ctrl-u out/page.json");
    let before = s.asked.len();
    s.keys("Shift-Tab");
    assert_eq!(s.asked.len(), before + 1);
    s.keys("Down");
    assert_eq!(
        request(&s),
        (
            "claimreview".into(),
            "out/page.json".into(),
            false,
            false,
            false
        )
    );
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
    assert_eq!(
        (s.top().as_str(), s.said()),
        (
            "nothing",
            "The json format: 1 claim written to kell-bridge.json."
        )
    );
    s.keys("x Enter");
    s.msg(Msg::Exported(Ok(ExportReport {
        losses: vec!["1 note was left out.".into()],
        ..report
    })));
    assert_eq!(s.top(), "reader Exported: The json format");
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_asked() {
    let mut s = exporting();
    s.msg(Msg::ExportPreview(ExportReport {
        exists: true,
        ..ExportReport::default()
    }));
    s.keys("Enter");
    assert_eq!(
        s.top(),
        "question “kell-bridge.json” is there already. Replace it?"
    );
    s.keys("n Enter y");
    assert_eq!(
        request(&s),
        ("json".into(), "kell-bridge.json".into(), true, false, false)
    );
    // It may also turn out while writing.
    let mut s = exporting();
    s.keys("Enter");
    s.msg(Msg::Exported(Ok(ExportReport {
        exists: true,
        ..ExportReport::default()
    })));
    assert_eq!(
        s.top(),
        "question “kell-bridge.json” is there already. Replace it?"
    );
}

#[test]
fn a_refused_export_stays_with_its_reason() {
    let mut s = exporting();
    s.keys("Enter");
    s.msg(Msg::Exported(Ok(ExportReport {
        refused: vec!["Protected source 1 is named in a note.".into()],
        ..ExportReport::default()
    })));
    assert_eq!(
        (s.top().as_str(), s.said()),
        (
            "export",
            "Not exported: Protected source 1 is named in a note."
        )
    );
    let Some(Overlay::Export(d)) = s.state.overlays.last() else {
        panic!()
    };
    assert!(!d.running && d.report.is_some());
    s.keys("Enter");
    s.msg(Msg::Exported(Err(
        "The folder out is not there; make it first.".into(),
    )));
    assert_eq!(
        (s.top().as_str(), s.said()),
        ("export", "The folder out is not there; make it first.")
    );
}

#[test]
fn a_file_is_read_into_the_session_as_one_step() {
    use crate::app::action::Action;
    use crate::app::msg::ImportReport;
    let mut s = Script::new();
    s.state.readable = formats();
    s.keys("j v a").act(Action::Import);
    s.keys("brat Enter");
    assert_eq!(s.top(), "prompt Read The brat format: which file");
    s.keys("./a.ann Enter");
    let Some(Effect::Import(_, r)) = s.asked.last() else {
        panic!("no import")
    };
    assert_eq!(
        (r.format.as_str(), r.seq, s.state.busy.as_deref()),
        ("brat", 2, Some("reading ./a.ann"))
    );
    // The edits that another program would have made of the same session.
    let mut other = Script::new();
    other.keys("j v a G v i");
    let edits = other.state.bench.as_ref().unwrap().history.steps()[2]
        .edits
        .clone();
    let report = ImportReport {
        edits,
        seq: 2,
        claims: 1,
        notes: vec!["1 tag was left out.".into()],
    };
    s.msg(Msg::Imported(Ok(report.clone())));
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
    // Edits on a session that went on meanwhile are not made.
    s.msg(Msg::Imported(Ok(report)));
    assert_eq!(
        (s.steps(), s.said()),
        (
            4,
            "The session went on while the file was read; read it again."
        )
    );
    s.msg(Msg::Imported(Err("The file a.ann is not there.".into())));
    assert_eq!(s.said(), "The file a.ann is not there.");
}

#[test]
fn leaving_saves_and_keeps_the_place() {
    let mut s = Script::new();
    s.keys("j v a q");
    assert_eq!(s.effects(), ["Checkpoint", "KeepPlace", "Quit"]);
}

#[test]
fn ctrl_c_twice_leaves_and_once_does_not() {
    let mut s = Script::new();
    s.keys("Ctrl-c j Ctrl-c");
    assert_eq!(
        (s.said(), s.effects()),
        ("Ctrl-c once more saves and leaves.", vec![])
    );
    s.keys("Ctrl-c");
    assert_eq!(s.effects(), ["Quit"]);
}

#[test]
fn a_resumed_session_says_where_it_was_left() {
    let mut s = Script::new();
    s.keys("j j j v a q");
    let place = s.asked.iter().find_map(|e| match e {
        Effect::KeepPlace(p) => Some(p.clone()),
        _ => None,
    });
    let again = s.resumed(None, place);
    assert_eq!(
        (again.row().as_str(), again.said()),
        (
            "accurate | Kell Ferry Operators denies | Kell Ferry Operators denied …",
            "You left row 4 at 10:00."
        )
    );
}
