//! Dismissing, withdrawing, splitting, adding, tying, pairing.

use super::Script;
use crate::app::state::laid::Overlay;

#[test]
fn d_dismisses_and_takes_back() {
    let mut s = Script::new();
    s.keys("j d");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "dismissed |  | The council approved 80 mill…",
            "Row 2: dismissed: nothing to check · The council approved 80 million for the…"
        )
    );
    s.keys("d");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "undecided | its minutes asserts | The council approved 80 mill…",
            "Row 2: open again · The council approved 80 million for the…"
        )
    );
}

#[test]
fn a_dismissal_has_a_reason() {
    let mut s = Script::new();
    s.keys("j d J \"a matter of taste\" Ctrl-d J");
    assert_eq!(s.top(), "prompt Why there is nothing to check");
    s.keys("Esc Enter");
    insta::assert_snapshot!(s.form(), @r#"
      words: · The council approved 80 million for the bridge in March 2021, its minutes show.
      proposed: · the cue
    > reason: a matter of taste
      open again: → takes the dismissal back
    "#);
}

#[test]
fn a_dismissed_row_is_taken_up_with_what_was_proposed_for_it() {
    let mut s = Script::new();
    s.keys("j d J taste Ctrl-d v a");
    assert_eq!(
        s.claim(),
        "accurate worth=high type=numerical [its minutes asserts certain]"
    );
    s.keys("X");
    assert_eq!(
        s.row(),
        "undecided | its minutes asserts | The council approved 80 mill…"
    );
}

#[test]
fn a_dismissed_caption_is_undecided_again() {
    let mut s = Script::new();
    s.keys("} } } } } d");
    assert_eq!(s.row(), "dismissed |  | The bridge at dusk, seen fro…");
    s.keys("d");
    assert_eq!(s.row(), "undecided |  | The bridge at dusk, seen fro…");
}

#[test]
fn dismissing_a_claim_withdraws_it_and_undo_brings_it_back() {
    let mut s = Script::new();
    s.keys("j v a c note Ctrl-d d");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "dismissed |  | The council approved 80 mill…",
            "Row 2: dismissed, its claim withdrawn; undo brings it back · The council approved 80 million for the…"
        )
    );
    s.keys("u");
    assert_eq!(
        s.claim(),
        "accurate worth=high type=numerical notes=note [its minutes asserts certain]"
    );
}

#[test]
fn a_withdrawn_claim_leaves_its_row_undecided() {
    let mut s = Script::new();
    s.keys("j v a X");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "undecided | its minutes asserts | The council approved 80 mill…",
            "Row 2: withdrawn; undo brings it back · The council approved 80 million for the…"
        )
    );
    s.keys("X");
    assert_eq!(s.said(), "There is no claim on this row.");
}

#[test]
fn a_statement_is_split_and_both_parts_are_said_by_the_same() {
    let mut s = Script::new();
    s.keys("j j j D s");
    assert_eq!(
        s.said(),
        "Move to where the statement is to be cut: h l w b; Enter cuts before the end of the mark."
    );
    s.keys("w w w w w Enter");
    insta::assert_snapshot!(s.rows(), @r#"
      undecided | the article asserts | Kell Bridge opens at last
      undecided | its minutes asserts | The council approved 80 mill…
      undecided | Mara Oduya asserts | “This bridge has cost the ci…
    > unchecked | Kell Ferry Operators denies | Kell Ferry Operators denied …
      unchecked | Kell Ferry Operators denies | that passenger numbers had f…
      undecided | Officials asserts | Officials said the ferry may…
      undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…
      undecided | Mara Oduya asserts | The bridge was approved by t…
    "#);
    assert_eq!(s.steps(), 2, "taking up and splitting are one step");
    s.keys("u");
    assert_eq!(
        s.row(),
        "undecided | Kell Ferry Operators denies | Kell Ferry Operators denied …"
    );
}

#[test]
fn a_split_at_the_edge_is_refused() {
    let mut s = Script::new();
    s.keys("j D s h h h h h h h h Enter");
    assert_eq!(
        (s.said(), s.steps()),
        (
            "Nothing was split: the place has to stand between two words of the statement.",
            0
        )
    );
}

#[test]
fn one_more_claim_on_the_same_words() {
    let mut s = Script::new();
    s.keys("j j D o \"It cost double\" Ctrl-d");
    insta::assert_snapshot!(s.rows(), @r#"
      undecided | the article asserts | Kell Bridge opens at last
      undecided | its minutes asserts | The council approved 80 mill…
      unchecked | Mara Oduya asserts | “This bridge has cost the ci…
    > unchecked | Mara Oduya asserts | It cost double
      undecided | Kell Ferry Operators denies | Kell Ferry Operators denied …
      undecided | Officials asserts | Officials said the ferry may…
      undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…
      undecided | Mara Oduya asserts | The bridge was approved by t…
    "#);
    assert_eq!(
        s.said(),
        "Row 4: one more claim on these words · It cost double"
    );
    s.keys("u");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya asserts | “This bridge has cost the ci…"
    );
}

#[test]
fn one_more_claim_is_worded_at_once_and_left_without_words_it_is_none() {
    let mut s = Script::new();
    s.keys("j j D o");
    assert_eq!(s.top(), "prompt One more claim on these words");
    s.keys("Ctrl-d");
    assert_eq!((s.said(), s.steps()), ("Nothing was changed.", 0));
    s.keys("D o \"even so dqX\" Esc Esc");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 0));
}

#[test]
fn a_part_is_marked_as_a_claim_of_its_own() {
    let mut s = Script::new();
    s.keys("j j D p Space l w w Enter");
    insta::assert_snapshot!(s.rows(), @r#"
      undecided | the article asserts | Kell Bridge opens at last
      undecided | its minutes asserts | The council approved 80 mill…
      undecided | Mara Oduya asserts | “This bridge has cost the ci…
    > unchecked | Mara Oduya asserts | “This bridge has
      undecided | Kell Ferry Operators denies | Kell Ferry Operators denied …
      undecided | Officials asserts | Officials said the ferry may…
      undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…
      undecided | Mara Oduya asserts | The bridge was approved by t…
    "#);
}

#[test]
fn a_row_is_tied_to_the_nearest_claim() {
    let mut s = Script::new();
    s.keys("j v a j v i G a");
    insta::assert_snapshot!(s.list(), @r#"
    > The council approved 80 million for the bridge in March 2021, its minutes show. | its minutes | accurate
      “This bridge has cost the city double what the council signed off,” said Mara Oduya, who leads the opposition. | Mara Oduya | inaccurate
    "#);
    s.keys("Enter");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…",
            "Row 7: says again · The council approved 80 million for the…"
        )
    );
    s.keys("g j");
    assert_eq!(
        s.claim(),
        "accurate worth=high type=numerical places=2 [its minutes asserts certain] [Mara Oduya asserts certain]"
    );
    s.keys("u G");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya asserts | The bridge was approved by t…"
    );
}

#[test]
fn a_claim_that_says_the_same_is_tied_with_its_voices_and_evidence() {
    let mut s = Script::new();
    s.keys("j v a G c \"same again\" Ctrl-d e \"Council minutes\" Enter s Esc a Enter j g j");
    assert_eq!(
        s.claim(),
        "accurate worth=high type=numerical notes=same again places=2 [its minutes asserts certain] [Mara Oduya asserts certain] (Council minutes supports)"
    );
    s.keys("u G");
    assert_eq!(
        s.claim(),
        "unchecked worth=routine type=event_property notes=same again [Mara Oduya asserts certain] (Council minutes supports)"
    );
}

#[test]
fn a_row_with_a_claim_of_its_own_is_joined_only_when_that_is_meant() {
    let mut s = Script::new();
    s.keys("j v a J Minutes Ctrl-d G v d e \"Council minutes\" Enter s Esc");
    let before = (s.claim(), s.rows(), s.steps());
    s.keys("a Enter");
    let Some(Overlay::Confirm(ask)) = s.state.overlays.last() else {
        panic!("nothing is asked but {}", s.top());
    };
    insta::assert_snapshot!(ask.details.join("\n"), @r#"
    This row: “The bridge was approved by the council in 2021, Oduya added.” · worth: routine · type: event or property · finding: disputed · Mara Oduya asserts · evidence: Council minutes (supports)
    The other: “The council approved 80 million for the bridge in March 2021, its minutes show.” · worth: high · type: number · finding: accurate · justification: Minutes · its minutes asserts
    What goes: this row's claim, as one of its own. They differ in finding: which goes is asked next. The other gets its 1 voice and 1 held item.
    "#);
    // What one presses without reading does nothing.
    for keys in ["Enter", "y", "Space"] {
        s.keys(keys);
        assert!(s.top().starts_with("question This row has"), "{keys}");
    }
    s.keys("Esc");
    assert_eq!((s.claim(), s.rows(), s.steps()), before);
    s.keys("a Enter l");
    assert_eq!((s.claim(), s.rows(), s.steps()), before);
    s.keys("a Enter j");
    assert_eq!(
        s.top(),
        "question They become one, but each has its own finding. Which one stays?"
    );
    s.keys("o g j");
    assert_eq!(
        s.claim(),
        "accurate why=Minutes worth=high type=numerical places=2 [its minutes asserts certain] [Mara Oduya asserts certain] (Council minutes supports)"
    );
    s.keys("g u");
    assert_eq!(
        s.row(),
        "disputed | Mara Oduya asserts | The bridge was approved by t…"
    );
}

#[test]
fn a_dismissed_row_and_a_caption_are_tied_too() {
    let mut s = Script::new();
    s.keys("j v a G d a Enter g j");
    assert_eq!(
        s.claim(),
        "accurate worth=high type=numerical places=2 [its minutes asserts certain] [Mara Oduya asserts certain]"
    );
    s.keys("} } } } a Enter g j");
    assert_eq!(
        s.claim(),
        "accurate worth=high type=numerical places=3 [its minutes asserts certain] [Mara Oduya asserts certain] [the council denies certain] [Mara Oduya asserts certain]"
    );
}

#[test]
fn dismissing_a_place_of_a_tied_claim_leaves_no_statement_without_one() {
    // Where the claim begins: it is withdrawn, and its other place is undecided again.
    let mut s = Script::new();
    s.keys("j v a G a Enter g j d G");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya asserts | The bridge was approved by t…"
    );
    s.keys("u g j");
    assert!(s.claim().contains("places=2"), "{}", s.claim());
}

#[test]
fn without_another_claim_there_is_nothing_to_tie_to() {
    let mut s = Script::new();
    s.keys("j v a a");
    assert_eq!(
        (s.said(), s.top().as_str()),
        (
            "There is no other claim yet that this row could say again.",
            "nothing"
        )
    );
}

#[test]
fn b_makes_the_pair_of_a_quotation_in_one_step() {
    let mut s = Script::new();
    s.keys("j j b");
    insta::assert_snapshot!(s.rows(), @r#"
      undecided | the article asserts | Kell Bridge opens at last
      undecided | its minutes asserts | The council approved 80 mill…
    > unchecked | the article asserts | Mara Oduya said: “This bridg…
      unchecked | Mara Oduya asserts | “This bridge has cost the ci…
      undecided | Kell Ferry Operators denies | Kell Ferry Operators denied …
      undecided | Officials asserts | Officials said the ferry may…
      undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…
      undecided | Mara Oduya asserts | The bridge was approved by t…
    "#);
    assert_eq!(
        (s.steps(), s.said()),
        (
            2,
            "Row 3: two claims now: was it said (this one), then is it so · Mara Oduya said: “This bridge has cost …"
        )
    );
    assert_eq!(
        s.claim(),
        "unchecked wording=Mara Oduya said: “This bridge has cost the city double what the council signed off” worth=routine type=quote [the article asserts]"
    );
}
