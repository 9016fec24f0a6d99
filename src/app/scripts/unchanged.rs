//! What is confirmed without a change is no step: no session comes into being, nobody joins, and the status line says so.

use super::Script;
use crate::app::msg::Effect;

/// Keys that confirm what is there already, on the row that the keys before them made.
const CONFIRMED: &[(&str, &str)] = &[
    // The article's details, before anything else was done.
    ("", "A Ctrl-d"),
    // The texts of a row that nobody has taken up.
    ("j", "w Ctrl-d"),
    ("j", "c Ctrl-d"),
    ("j", "J Ctrl-d"),
    ("j", "# Enter"),
    // The same texts of a claim.
    ("j Space w new Ctrl-d", "w Ctrl-d"),
    ("j Space c note Ctrl-d", "c Ctrl-d"),
    ("j Space J why Ctrl-d", "J Ctrl-d"),
    ("j Space # legal Enter", "# Enter"),
    ("j Space # legal Enter", "# \", legal\" Enter"),
    // Its form, and those that it leads to.
    ("j v a", "Enter Ctrl-d"),
    ("j p \" 90 million\" Ctrl-d", "p Ctrl-d"),
    ("j Space", "L Enter Ctrl-d"),
    ("j e minutes Enter s Esc", "E Enter Ctrl-d"),
    // Why a statement was dismissed.
    ("j d", "J Ctrl-d"),
    ("j d", "Enter Ctrl-d"),
    // The source and the voice that it has.
    ("j Space s Enter", "s Enter"),
    ("j Space S kell Enter", "S kell Enter"),
];

#[test]
fn confirming_an_unchanged_form_or_text_is_no_step() {
    for (before, keys) in CONFIRMED {
        let mut s = Script::new();
        s.keys(before);
        let (steps, session) = (s.steps(), s.state.bench.as_ref().unwrap().session().clone());
        s.asked.clear();
        s.works("Ben");
        s.keys(keys);
        assert_eq!(s.said(), "Nothing was changed.", "{before:?} then {keys:?}");
        let top = s.top();
        let left = top == "nothing" || top.starts_with("list ");
        assert!(left, "{top} is still open: {before:?} then {keys:?}");
        assert_eq!(s.steps(), steps, "{before:?} then {keys:?}");
        let bench = s.state.bench.as_ref().unwrap();
        assert_eq!(bench.session(), &session, "{before:?} then {keys:?}");
        let writes = |e: &Effect| matches!(e, Effect::Create { .. } | Effect::Append(_));
        assert!(!s.asked.iter().any(writes), "{before:?} then {keys:?}");
    }
}

#[test]
fn a_value_that_is_there_already_is_no_step() {
    for (keys, said) in [
        ("v a", "accurate already, nothing was changed"),
        ("r 5", "rating 5 True already, nothing was changed"),
        ("W w", "waiting already, nothing was changed"),
        ("t d", "denies that already, nothing was changed"),
    ] {
        let mut s = Script::new();
        s.keys("j").keys(keys);
        let steps = s.steps();
        s.works("Ben").keys(keys);
        assert!(s.said().contains(said), "{keys}: {}", s.said());
        assert_eq!(s.steps(), steps, "{keys}");
    }
}

#[test]
fn protecting_a_source_twice_is_two_steps_and_each_says_what_it_did() {
    let mut s = Script::new();
    s.keys("j Space L");
    let steps = s.steps();
    s.keys("Ctrl-t");
    assert_eq!(s.steps(), steps + 1);
    assert!(
        s.said().ends_with("is protected: exports do not name it."),
        "{}",
        s.said()
    );
    s.keys("Ctrl-t");
    assert_eq!(s.steps(), steps + 2);
    assert!(
        s.said().ends_with("is no longer protected."),
        "{}",
        s.said()
    );
}

#[test]
fn a_session_is_born_and_a_second_checker_joins_with_the_first_change() {
    let mut s = Script::new();
    s.keys("A Ctrl-d j c Ctrl-d");
    assert_eq!((s.steps(), s.effects().is_empty()), (0, true));
    s.keys("v a");
    assert_eq!(s.steps(), 2);
    s.works("Ben").keys("v a A Ctrl-d");
    assert_eq!(s.steps(), 2);
    s.keys("v i");
    assert_eq!(s.steps(), 4);
}
