//! Sessions and leaving.

use super::Script;
use crate::app::features::saving;
use crate::app::msg::{Effect, Msg, OpenWhat};
use crate::app::screen::areas::Size;
use crate::app::state::Screen;
use crate::core::model::Time;
use crate::core::progress::{Progress, ProgressUnit};
use crate::core::summary::{Holder, Summary, with_twins};

fn summary(name: &str, at: &str) -> Summary {
    Summary {
        name: name.into(),
        title: format!("Title of {name}"),
        version: 1,
        statements: 15,
        taken_up: 8,
        dismissed: 1,
        checked: 2,
        claims: 8,
        updated_at: at.parse().ok(),
        ..Summary::default()
    }
}

fn listed() -> Vec<Summary> {
    let mut waits = summary("ferry", "2026-11-24T09:30:00Z");
    waits.version = 2;
    waits.waiting = 2;
    waits.holder = Some(Holder {
        name: "Ben".into(),
        pid: 7,
        host: "harbour".into(),
        since: Time::UNIX_EPOCH,
    });
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
    > ferry | Title of ferry · version 2 · 2 waiting · held by Ben (process 7 on harbour) | 3 of 15 closed · 30 min ago
      kell-bridge | Title of kell-bridge | 3 of 15 closed · 24 h ago
      old | Title of old · its journal is damaged in line 4. | 23 days ago
    "#);
    s.keys("Enter");
    assert!(matches!(s.asked.last(), Some(Effect::Open(OpenWhat::Session(n))) if n == "ferry"));
    assert_eq!(s.state.busy.as_deref(), Some("opening ferry"));
}

#[test]
fn a_list_that_is_open_follows_what_others_do_and_keeps_what_is_typed() {
    let mut s = Script::bare();
    s.msg(Msg::Sessions(listed())).keys("kell");
    assert_eq!(s.msg(Msg::ShelfChanged).effects(), ["ListSessionsAgain"]);
    let mut more = listed();
    more.push(summary("kell-ferry", "2026-11-24T09:31:00Z"));
    s.msg(Msg::SessionsAgain(more.clone()));
    insta::assert_snapshot!(s.list(), @r"
      kell-ferry | Title of kell-ferry | 3 of 15 closed · 29 min ago
    > kell-bridge | Title of kell-bridge | 3 of 15 closed · 24 h ago
      opens this article: kell
    ");
    s.keys("Enter");
    assert!(
        matches!(s.asked.last(), Some(Effect::Open(OpenWhat::Session(n))) if n == "kell-bridge")
    );
    // A list that is no longer open is neither read again nor laid over what is there.
    s.asked.clear();
    s.msg(Msg::ShelfChanged).msg(Msg::SessionsAgain(more));
    assert_eq!((s.top().as_str(), s.asked.len()), ("nothing", 0));
}

#[test]
fn damaged_and_doubled_sessions_are_marked_before_their_titles() {
    let mut s = Script::bare();
    let mut damaged = summary("kell-bridge", "2026-11-24T09:30:00Z");
    damaged
        .damage
        .add("journal.jsonl line 4", "line 4 is damaged");
    let twin = summary("kell-bridge-2", "2026-11-23T09:30:00Z");
    let id = Some(uuid::Uuid::from_u128(7).into());
    s.msg(Msg::Sessions(with_twins(vec![(damaged, id), (twin, id)])));
    insta::assert_snapshot!(s.list(), @r"
    > kell-bridge | damaged · the same session as kell-bridge-2 · Title of kell-bridge | 3 of 15 closed · 30 min ago
      kell-bridge-2 | the same session as kell-bridge · Title of kell-bridge-2 | 3 of 15 closed · 24 h ago
    ");
}

#[test]
fn a_folder_of_sessions_that_cannot_be_read_is_no_empty_list() {
    let mut s = Script::new();
    s.keys("Ctrl-o");
    s.msg(Msg::NoLibrary(
        "The folder of sessions x cannot be read.".into(),
    ));
    assert_eq!(s.said(), "The folder of sessions x cannot be read.");
    assert_eq!(
        (s.state.screen, s.state.busy.clone()),
        (Screen::Bench, None)
    );
    let mut s = Script::bare();
    s.msg(Msg::NoLibrary(
        "The folder of sessions x cannot be read.".into(),
    ));
    assert_eq!(
        s.effects(),
        Vec::<String>::new(),
        "it is not listed again and again"
    );
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
fn a_session_is_found_by_its_title_and_by_what_its_claims_say() {
    let mut s = Script::bare();
    s.msg(Msg::Sessions(listed())).keys("\"title kell\"");
    let first = |s: &Script| s.picker().matches().next().map(|(i, _)| i.label.clone());
    assert_eq!(first(&s).as_deref(), Some("kell-bridge"));
    let claims = [("ferry", "The toll was doubled.")];
    let claims = claims.map(|(name, claim)| (name.to_string(), vec![claim.to_string()]));
    s.keys("Esc toll").msg(Msg::ClaimsOfSessions(claims.into()));
    assert_eq!(first(&s).as_deref(), Some("ferry"));
    assert_eq!(s.picker().found_inside(0), Some("The toll was doubled."));
    // It is still found when the list is read again.
    s.msg(Msg::SessionsAgain(listed()));
    assert_eq!(first(&s).as_deref(), Some("ferry"));
}

#[test]
fn esc_takes_away_what_is_typed_before_it_says_how_to_leave() {
    let mut s = Script::bare();
    s.msg(Msg::Sessions(listed())).keys("ferry Esc");
    assert_eq!(
        (s.picker().field().text().as_str(), s.picker().len()),
        ("", 3)
    );
    s.keys("Esc");
    assert_eq!(s.said(), "Enter resumes a session; Ctrl-c leaves.");
    let mut s = Script::new();
    s.msg(Msg::Sessions(listed())).keys("ferry Esc");
    assert_eq!(s.top(), "list Sessions");
    s.keys("Esc");
    assert_eq!(s.top(), "nothing");
}

#[test]
fn a_session_is_renamed_in_the_list() {
    let mut s = Script::bare();
    s.msg(Msg::Sessions(listed())).keys("kell Ctrl-e Enter");
    assert_eq!((s.said(), s.effects()), ("It keeps its name.", vec![]));
    s.keys("Ctrl-e Ctrl-u bridge Enter");
    assert!(
        matches!(s.asked.last(), Some(Effect::RenameSession { name, to }) if name == "kell-bridge" && to == "bridge")
    );
    s.asked.clear();
    s.msg(Msg::ShelfChangedHere(Ok("done".into())));
    assert_eq!(
        (s.said(), s.effects()),
        ("done", vec!["ListSessionsAgain".to_string()])
    );
}

#[test]
fn a_session_is_deleted_when_that_is_answered_and_never_the_one_that_is_open() {
    let mut s = Script::new();
    s.msg(Msg::Sessions(listed())).keys("ferry Ctrl-x Enter");
    assert_eq!((s.top().as_str(), s.effects()), ("list Sessions", vec![]));
    s.keys("Ctrl-x d");
    assert!(matches!(s.asked.last(), Some(Effect::DiscardSession(n)) if n == "ferry"));
    s.msg(Msg::ShelfChangedHere(Err("It is held.".into())));
    assert_eq!(s.said(), "It is held.");
    s.keys("Esc kell Ctrl-x");
    assert_eq!(
        s.said(),
        "“kell-bridge” is open here, so it cannot be deleted."
    );
    s.keys("Ctrl-e");
    assert_eq!(
        s.said(),
        "“kell-bridge” is open here, so it cannot be renamed."
    );
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

#[test]
fn a_disk_that_does_not_answer_is_an_alarm_until_it_does() {
    let mut s = Script::new();
    s.keys("j Space").unanswered();
    s.msg(Msg::SavingLate);
    assert!(!s.state.bench.as_ref().unwrap().saved.late, "all is saved");
    s.keys("v a").msg(Msg::SavingLate);
    assert_eq!(
        s.said(),
        "Not saved: The disk has not answered since 10:00:00. The work is in memory and is written as soon as that is possible."
    );
    s.msg(Msg::Sessions(listed())).keys("ferry Enter");
    assert_eq!(
        s.said(),
        "This session is not saved, so it stays open: The disk has not answered since 10:00:00."
    );
    s.keys("j v a").msg(Msg::Saved { seq: 3 });
    assert!(
        s.state.bench.as_ref().unwrap().saved.late,
        "one still waits"
    );
    s.msg(Msg::Saved { seq: 4 });
    assert_eq!(s.said(), "Everything is saved again.");
    assert!(!s.state.bench.as_ref().unwrap().saved.late);
}

#[test]
fn who_leaves_waits_for_a_step_only_so_long_and_is_then_asked() {
    let question = "question The last steps could not be saved: The disk has not answered since 10:00:00. What now?";
    let mut s = Script::new();
    s.keys("j Space").unanswered().keys("v a q");
    assert_eq!(s.effects(), Vec::<String>::new(), "the step is on its way");
    s.msg(Msg::SavingLate);
    assert_eq!(s.top(), question);
    s.keys("s q");
    assert_eq!(s.top(), question, "nobody waits a second time");
    s.keys("e ./stick Enter");
    assert_eq!(s.effects(), ["SaveElsewhere"]);
    let seq = s.steps() as u64;
    s.msg(Msg::SavedElsewhere {
        id: 1,
        seq,
        result: Err("There is no room.".into()),
    });
    assert_eq!(
        (s.said(), s.top().as_str()),
        ("Not saved elsewhere: There is no room.", question)
    );
    s.keys("e ./stick Enter");
    s.msg(Msg::SavedElsewhere {
        id: 2,
        seq,
        result: Ok("./stick/kell-bridge".into()),
    });
    assert_eq!(s.effects()[1..], ["SaveElsewhere", "ForgetUnsaved", "Quit"]);
    let mut s = Script::new();
    s.keys("j Space").unanswered().keys("v a");
    s.msg(Msg::SavingLate).keys("q d");
    assert_eq!(s.effects(), ["Quit"]);
}

#[test]
fn saving_elsewhere_says_how_far_it_is_and_esc_gives_it_up() {
    let question = "question The last steps could not be saved: The disk has not answered since 10:00:00. What now?";
    let mut s = Script::new();
    s.keys("j Space").unanswered().keys("v a q");
    s.msg(Msg::SavingLate).keys("e ./stick Enter");
    let words = |s: &Script| s.state.elsewhere.as_ref().unwrap().words();
    assert_eq!(words(&s), "saving in ./stick · Esc cancels");
    let progress = Progress {
        unit: ProgressUnit::Bytes,
        done: 12_000_000,
        of: Some(64_000_000),
    };
    s.msg(Msg::SavingElsewhere { id: 1, progress });
    assert_eq!(words(&s), "saving in ./stick · 12 of 64 MB · Esc cancels");
    // The work goes on meanwhile.
    s.keys("j k");
    s.keys("Esc");
    assert_eq!(s.effects(), ["SaveElsewhere", "StopElsewhere"]);
    assert_eq!(
        (s.said(), s.top().as_str()),
        (
            "Saving in ./stick was cancelled; nothing is left there.",
            question
        )
    );
    let seq = s.steps() as u64;
    s.msg(Msg::SavingElsewhere { id: 1, progress });
    s.msg(Msg::SavedElsewhere {
        id: 1,
        seq,
        result: Err("It was given up; nothing is left in ./stick.".into()),
    });
    assert_eq!(
        s.said(),
        "Saving in ./stick was cancelled; nothing is left there."
    );
    // One that was done when the key came is said, and leads to nothing.
    s.keys("e ./stick Enter Esc");
    s.msg(Msg::SavedElsewhere {
        id: 2,
        seq,
        result: Ok("./stick/kell-bridge".into()),
    });
    assert_eq!(s.said(), "The session is saved in ./stick/kell-bridge.");
    assert_eq!(s.top(), question);
    assert!(!s.effects().contains(&"Quit".to_string()));
}

#[test]
fn leaving_saves_and_keeps_the_place() {
    let mut s = Script::new();
    s.keys("j v a q");
    assert_eq!(
        s.effects(),
        ["RetrySave", "Checkpoint", "KeepPlace", "Quit"]
    );
}

#[test]
fn leaving_asks_where_another_program_took_away_what_was_saved() {
    let mut s = Script::new();
    s.keys("j v a");
    s.unanswered();
    s.keys("q");
    assert_eq!(s.effects(), ["RetrySave"]);
    s.msg(Msg::SaveFailed("the journal is gone.".into()));
    assert_eq!(
        s.top(),
        "question The last steps could not be saved: the journal is gone. What now?"
    );
    s.keys("s");
    assert_eq!((&*s.top(), s.effects().len()), ("nothing", 1));
    s.asked.clear();
    s.keys("q r");
    assert_eq!(s.effects(), ["RetrySave"]);
    let seq = s.state.bench.as_ref().unwrap().history().seq();
    s.msg(Msg::Saved { seq });
    assert_eq!(
        s.effects(),
        ["RetrySave", "Checkpoint", "KeepPlace", "Quit"]
    );
}

#[test]
fn leaving_twice_does_not_wait_for_the_disk() {
    let mut s = Script::new();
    s.keys("j v a");
    s.unanswered();
    s.keys("q q");
    assert_eq!(
        s.effects(),
        ["RetrySave", "Checkpoint", "KeepPlace", "Quit"]
    );
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

#[test]
fn on_a_smaller_screen_the_current_row_is_in_view_when_a_session_is_resumed() {
    let mut s = Script::new();
    s.msg(Msg::Resize(Size {
        width: 120,
        height: 40,
    }));
    s.keys("v a G q");
    let place = s.asked.iter().find_map(|e| match e {
        Effect::KeepPlace(place) => Some(place.clone()),
        _ => None,
    });
    for (width, height) in [(80, 24), (60, 15)] {
        let mut again = s.resumed(None, None);
        again.msg(Msg::Resize(Size { width, height }));
        saving::restore(&mut again.state, place.as_ref().unwrap());
        let bench = again.state.bench.as_ref().unwrap();
        let seen = bench.article.visible_bytes(bench.text());
        let hull = bench.cursor_hull().unwrap();
        let words = bench.text().bytes(hull);
        assert!(seen.contains(&words.start), "{width}: {seen:?} {words:?}");
    }
}
