//! Making one record of two: nothing of either is lost, what differs is asked, undo goes to what it brought back.

use super::Script;

/// The rows two and three, each taken up with what the review found dropped.
fn two_claims() -> Script {
    let mut s = Script::new();
    s.keys("j Space # legal Enter c \"note one\" Ctrl-d W w");
    s.keys("j Space c \"note two\" Ctrl-d");
    s.keys("k");
    s
}

#[test]
fn joining_two_claims_keeps_tags_note_and_workflow_state_of_both() {
    let mut s = two_claims();
    s.keys("a");
    assert_eq!(s.top(), "list Also here: which claim does this say again?");
    s.keys("Enter j");
    assert_eq!(s.top(), "nothing");
    assert_eq!(
        s.said(),
        "Row 2 is one claim now with “This bridge has cost the city double wh…” · taken over: workflow, tags, note, 1 voice"
    );
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical workflow=waiting tags=legal notes=note two\n\nnote one places=2 [Mara Oduya asserts certain] [its minutes asserts certain]"
    );
}

#[test]
fn undo_of_a_join_goes_to_the_row_that_it_brought_back() {
    let mut s = two_claims();
    let (row, claim, rows) = (s.row(), s.claim(), s.rows());
    s.keys("a Enter j G u");
    assert_eq!(
        s.said(),
        "Undone: joined “The council approved 80 million for the…” with ““This bridge has cost the city double w…”"
    );
    assert_eq!((s.row(), s.claim(), s.rows()), (row, claim, rows));
}

#[test]
fn two_findings_that_differ_are_asked_about() {
    let mut s = Script::new();
    s.keys("j j b v a J \"heard it\" Ctrl-d j v d J \"two figures\" Ctrl-d k");
    s.keys("a Enter j");
    let question = |s: &Script| match s.state.overlays.last() {
        Some(crate::app::layers::overlay::Overlay::Confirm(c)) => {
            let mut lines = vec![c.question.clone()];
            lines.extend(c.details.iter().cloned());
            lines.extend(c.answers.iter().map(|a| format!("{} {}", a.key, a.label)));
            lines.join("\n")
        }
        _ => "no question".into(),
    };
    insta::assert_snapshot!(question(&s), @r#"
    They become one, but each has its own finding. Which one stays? (1 of 2)
    This row: finding: accurate · justification: heard it
    The other claim: finding: disputed · justification: two figures
    t that of this row
    o that of the other claim
    b that of the other claim, with that of this row in the note
    n nothing is joined
    "#);
    s.keys("t");
    insta::assert_snapshot!(question(&s), @r#"
    They become one, but each has its own wording. Which one stays? (2 of 2)
    This row: Mara Oduya said: “This bridge has cost the city double what the council signed off”
    The other claim: the exact words
    t that of this row
    o that of the other claim
    b that of the other claim, with that of this row in the note
    n nothing is joined
    "#);
    s.keys("o");
    assert_eq!(s.top(), "nothing");
    assert_eq!(
        s.said(),
        "Row 3 is one claim now with “This bridge has cost the city double wh…” · taken over: worth, type, finding, rating, justification, 1 voice"
    );
    assert!(
        s.claim().starts_with("accurate why=heard it worth=routine"),
        "{}",
        s.claim()
    );
}

#[test]
fn esc_at_a_question_of_a_join_leaves_both_claims_as_they_are() {
    for keys in ["Esc", "Enter", "n", "t Esc", "b n"] {
        let mut s = Script::new();
        s.keys("j v a W w j v d W a k");
        let (steps, rows, claim) = (s.steps(), s.rows(), s.claim());
        s.keys("a Enter j").keys(keys);
        assert_eq!(s.top(), "nothing", "{keys}");
        assert_eq!(
            (s.steps(), s.rows(), s.claim()),
            (steps, rows, claim),
            "{keys}"
        );
    }
}

#[test]
fn each_answer_keeps_what_it_says() {
    for (answer, want) in [
        ("t", "accurate why=the minutes"),
        ("o", "disputed why=two figures"),
        ("b", "disputed why=two figures"),
    ] {
        let mut s = Script::new();
        s.keys("j v a J \"the minutes\" Ctrl-d j v d J \"two figures\" Ctrl-d k a Enter j")
            .keys(answer);
        assert_eq!(s.top(), "nothing");
        let said = s.said().to_string();
        assert!(s.claim().starts_with(want), "{answer}: {}", s.claim());
        let note = "notes=From “The council approved 80 million for the bridge in March 2021, its minutes show.”: finding: accurate; justification: the minutes";
        assert_eq!(s.claim().contains(note), answer == "b", "{}", s.claim());
        assert_eq!(
            said.contains(" · in the note: finding"),
            answer == "b",
            "{said}"
        );
    }
}

#[test]
fn evidence_that_both_claims_hold_keeps_both_places_in_it() {
    let mut s = Script::new();
    s.keys("j Space e minutes Enter s Esc E Enter");
    s.keys("Tab \"page 4\" Ctrl-d Esc");
    s.keys("j Space e minutes Enter s Esc E Enter");
    s.keys("Tab \"page 9\" Ctrl-d Esc");
    s.keys("k a Enter j");
    assert!(
        s.claim().contains("page 4") && s.claim().contains("page 9"),
        "{}",
        s.claim()
    );
}

#[test]
fn two_sources_that_differ_are_asked_about_and_keep_their_notes() {
    let mut s = Script::new();
    s.keys("j j Space L oduya Enter");
    assert!(s.top().starts_with("form"), "{}", s.top());
    s.keys("Ctrl-d Esc j Space L ferry Ctrl-g oduya Enter");
    assert!(s.top().starts_with("question"), "{}", s.top());
    let steps = s.steps();
    s.keys("Esc");
    assert_eq!(s.steps(), steps);
    s.keys("Ctrl-g oduya Enter b");
    assert!(s.said().contains("in the note: type"), "{}", s.said());
    assert_eq!(s.steps(), steps + 1);
}

#[test]
fn a_protected_source_does_not_become_the_articles_voice() {
    let mut s = Script::new();
    s.keys("j j Space L oduya Ctrl-t Ctrl-g article Enter");
    assert_eq!(
        s.said(),
        "“Mara Oduya” is protected, and the article's own voice is always named; take the protection off first."
    );
}
