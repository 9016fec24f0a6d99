//! `.`: the evidence and the finding of the row that was finished last, on another row.

use super::Script;
use crate::core::ids::ClaimId;

/// What is held against the claim under the cursor: stance and title.
fn held(s: &Script) -> Vec<String> {
    let bench = s.state.bench.as_ref().unwrap();
    let claim: ClaimId = bench.claim_at_cursor().unwrap();
    let held = bench.check().held(claim);
    held.map(|(h, e)| format!("{:?} {}", h.evidence_stance, e.title))
        .collect()
}

/// The hints as they are shown.
fn hints(s: &Script) -> String {
    let hints = crate::app::features::hints::laid_out(&s.state);
    let words = hints
        .iter()
        .map(|(_, h)| format!("{} {}", h.shown, h.label));
    words.collect::<Vec<_>>().join("  ")
}

#[test]
fn a_point_repeats_evidence_and_finding_and_goes_on() {
    let mut s = Script::new();
    s.keys("j e \"the minutes\" Enter s Enter J \"p. 4 says so\" Ctrl-d c seen Ctrl-d V a");
    assert!(hints(&s).contains(". ✓ ↑1 the minutes"), "{}", hints(&s));
    let steps = s.steps();
    s.keys(".");
    assert_eq!(s.steps(), steps + 1, "taken up, held and found in one step");
    assert!(
        s.said().starts_with("Row 3: repeated: ✓ ↑1 the minutes · "),
        "{}",
        s.said()
    );
    assert!(s.row().starts_with("undecided"), "on the next open row");
    s.keys("k");
    assert_eq!(held(&s), ["Supports the minutes"]);
    assert_eq!(
        s.claim(),
        "accurate worth=high type=numerical [Mara Oduya asserts certain] (the minutes supports)",
        "neither justification nor note is taken over"
    );
    s.keys("j .");
    assert_eq!(
        s.steps(),
        steps + 2,
        "the row that was repeated on can be repeated from"
    );
}

#[test]
fn what_is_repeated_is_said_in_the_signs_that_are_drawn() {
    let mut s = Script::new();
    s.state.look.ascii = true;
    s.keys("j e \"40 + 40 = 80\" Enter s Enter v a j");
    assert!(hints(&s).contains(". v f1 40 + 40 = 80"), "{}", hints(&s));
    s.keys(".");
    let said = "Row 3: repeated: v f1 40 + 40 = 80 · ";
    assert!(s.said().starts_with(said), "{}", s.said());
}

#[test]
fn a_number_before_the_point_takes_that_item() {
    let mut s = Script::new();
    s.keys("j e \"the minutes\" Enter s Enter e \"the account\" Enter r Enter V i");
    s.keys("2 .").keys("k");
    assert_eq!(held(&s), ["Supports the minutes"]);
    assert!(s.row().starts_with("inaccurate"));
    s.keys("j 7 .");
    assert_eq!(s.said(), "There is no item 7.");
}

#[test]
fn a_point_refuses_where_something_would_be_covered_unseen() {
    let mut s = Script::new();
    s.keys("j .");
    assert!(
        s.said().ends_with("there is nothing to repeat."),
        "{}",
        s.said()
    );
    s.keys("e \"the minutes\" Enter s Enter v a");
    for (keys, why) in [
        (".", "Not repeated: the row has a finding."),
        (
            "j e \"another\" Enter r Enter .",
            "Not repeated: the row has evidence of its own.",
        ),
        ("j v w .", "Not repeated: the row has a finding."),
        (
            "j W r .",
            "Not repeated: the row was opened again, and wants a look of its own.",
        ),
        ("j d k j .", "Not repeated: the row is dismissed."),
    ] {
        s.keys(keys);
        let steps = s.steps();
        assert_eq!(s.said(), why, "{keys}");
        s.keys(".");
        assert_eq!(s.steps(), steps);
    }
    let mut s = Script::new();
    s.keys("j v a j c x Ctrl-d u .");
    assert!(
        s.said().ends_with("there is nothing to repeat."),
        "after an undo: {}",
        s.said()
    );
}
