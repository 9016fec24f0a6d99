//! Sessions that cannot be changed, and articles that are still being read.

use super::Script;
use crate::app::input::action::Action;
use crate::app::msg::{Effect, Msg, OpenWhat, OpenedSession};
use crate::core::damage::Damage;
use crate::core::history::History;
use crate::core::vocabulary::VerificationStatus;

fn read_only() -> Script {
    let mut s = Script::new();
    s.keys("j v a e minutes Enter s Esc");
    let bench = s.state.bench.as_ref().unwrap();
    let (session, history) = (bench.session().clone(), bench.history().steps().to_vec());
    Script::with(|o| {
        o.session = session;
        o.history = History::fold(history);
        o.on_disk = true;
        o.read_only = Some("Ben holds it.".into());
    })
}

#[test]
fn every_key_that_changes_is_refused_with_the_reason() {
    for keys in [
        "Space", "v a", "V i", "t a", "T c", "r 3", "W w", "d", "m", "D o", "a", "b", "X", "Enter",
        "s", "S", "B", "e", "J", "w", "c", "#", "p", "A", "u", "Ctrl-r",
    ] {
        let mut s = read_only();
        let steps = s.steps();
        // An undecided row for `Space`, a claim for `X`.
        s.keys(if keys == "X" { "j" } else { "j j" }).keys(keys);
        assert_eq!(
            (s.said(), s.top().as_str()),
            ("This session is read-only: Ben holds it.", "nothing"),
            "{keys}"
        );
        assert_eq!(s.steps(), steps, "{keys}");
    }
}

#[test]
fn a_session_whose_holder_has_gone_is_taken_over_where_one_is() {
    let mut s = read_only();
    s.keys("j j K");
    assert_eq!(s.said(), "This session is read-only: Ben holds it.");
    let (steps, row) = (s.steps(), s.state.bench.as_ref().unwrap().cursor().clone());
    s.msg(Msg::HolderGone);
    assert_eq!(
        s.said(),
        "K takes this session over: nobody holds it any more."
    );
    s.keys("v a");
    assert_eq!(
        s.said(),
        "This session is read-only: nobody holds it any more; K takes it over"
    );
    s.keys("K");
    assert!(
        matches!(s.asked.last(), Some(Effect::Open(OpenWhat::Session(n))) if n == "kell-bridge")
    );
    let bench = s.state.bench.as_ref().unwrap();
    let opened = OpenedSession {
        session: bench.session().clone(),
        history: History::fold(bench.history().steps().to_vec()),
        text: bench.text().clone(),
        blocks: Vec::new(),
        proposals: Some(bench.check().proposals().clone()),
        on_disk: true,
        place: None,
        draft: None,
        read_only: None,
        damage: Damage::default(),
        language_in_doubt: false,
        report: Vec::new(),
    };
    s.msg(Msg::Opened(Box::new(opened)));
    assert_eq!(s.said(), "You hold this session now.");
    assert_eq!(*s.state.bench.as_ref().unwrap().cursor(), row);
    s.keys("v a");
    assert_eq!(s.steps(), steps + 1);
    s.keys("K");
    assert_eq!(s.said(), "You hold this session already.");
}

#[test]
fn walking_reading_and_finding_work() {
    let mut s = read_only();
    s.keys("j ] } / toll Enter f oduya Enter Esc Esc y");
    assert_eq!(s.effects(), ["Copy"]);
    for (keys, top) in [
        ("?", "list Help"),
        (":", "list Commands"),
        ("M", "reader Messages"),
        ("!", "reader Problems"),
    ] {
        s.keys(keys);
        assert_eq!(s.top(), top);
        s.keys("Esc");
    }
}

#[test]
fn the_lists_show_but_do_not_change() {
    let mut s = read_only();
    let steps = s.steps();
    s.keys("L article Enter Tab Tab x Ctrl-d");
    assert_eq!(s.said(), "This session is read-only: Ben holds it.");
    s.keys("Esc Esc Ctrl-t Ctrl-x Ctrl-g Esc Esc E Tab");
    assert_eq!(s.said(), "This session is read-only: Ben holds it.");
    assert_eq!(s.steps(), steps);
}

#[test]
fn steps_wait_until_the_article_is_read() {
    let mut s = Script::new();
    s.state.bench.as_mut().unwrap().identified = false;
    s.act(Action::Finding(VerificationStatus::Accurate));
    assert_eq!(
        (s.said(), s.steps()),
        ("The article is still being read; try again in a moment.", 0)
    );
}

#[test]
fn a_form_stays_open_when_the_session_becomes_locked() {
    let mut s = Script::new();
    s.keys("j Enter a");
    s.state.bench.as_mut().unwrap().read_only = Some("Ben took it.".into());
    s.keys("Ctrl-d");
    assert_eq!(
        (s.top().as_str(), s.said()),
        (
            "form Take up as a claim",
            "This session is read-only: Ben took it."
        )
    );
}

#[test]
fn viewing_asks_for_nothing_to_be_written() {
    let mut s = Script::new();
    s.keys("j j ? Esc : Esc L Esc E Esc s Esc e Esc Enter Esc p Esc A Esc m Esc Esc / toll Esc q");
    assert_eq!(s.effects(), ["Quit"]);
    assert_eq!(s.steps(), 0);
}
