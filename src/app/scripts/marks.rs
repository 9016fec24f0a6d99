//! Marking passages: parts of a sentence, across paragraphs, over other statements.

use super::Script;

#[test]
fn a_part_of_a_sentence_is_a_claim_said_by_the_same() {
    let mut s = Script::new();
    s.keys("j j m Space w w Enter");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "unchecked | Mara Oduya asserts | “This bridge has",
            "Row 4: marked and taken up · “This bridge has"
        )
    );
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
fn a_mark_goes_across_paragraphs() {
    let mut s = Script::new();
    s.keys("j m ) ) Enter");
    assert_eq!(
        s.row(),
        "unchecked | its minutes+Mara Oduya asserts | The council approved 80 mill…"
    );
    let bench = s.state.bench.as_ref().unwrap();
    let id = bench.statement_at_cursor().unwrap();
    let words = &bench.session().statements[&id].anchor.exact;
    assert!(words.contains("minutes show.\n\n“This bridge"), "{words}");
}

#[test]
fn overlapping_marks_are_claims_of_their_own() {
    let mut s = Script::new();
    s.keys("j m Space w w w Enter j m Space o w o w w w Enter");
    insta::assert_snapshot!(s.rows(), @r#"
      undecided | the article asserts | Kell Bridge opens at last
      undecided | its minutes asserts | The council approved 80 mill…
      unchecked | its minutes asserts | The council approved 80
      undecided | Mara Oduya asserts | “This bridge has cost the ci…
    > unchecked | Mara Oduya asserts | bridge has cost
      undecided | Kell Ferry Operators denies | Kell Ferry Operators denied …
      undecided | Officials asserts | Officials said the ferry may…
      undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…
      undecided | Mara Oduya asserts | The bridge was approved by t…
    "#);
}

#[test]
fn the_whole_sentence_marked_is_the_proposal_taken_up() {
    let mut s = Script::new();
    s.keys("j m ) Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain]"
    );
}

#[test]
fn a_mark_moves_both_ends_and_back() {
    let mut s = Script::new();
    s.keys("j m Space l l h w b } { ( o Esc");
    assert!(s.state.bench.as_ref().unwrap().marking.is_none());
    assert_eq!(s.steps(), 0);
}

#[test]
fn two_spans_make_one_statement() {
    let mut s = Script::new();
    s.keys("j m Space w + w w o w o Enter");
    assert_eq!(
        s.row(),
        "unchecked | its minutes asserts | The council … 80"
    );
}

#[test]
fn an_empty_mark_is_refused() {
    let mut s = Script::new();
    s.keys("j m Space b Enter");
    assert_eq!((s.said(), s.steps()), ("Nothing was marked.", 0));
}

#[test]
fn the_same_words_marked_twice_are_two_claims_at_one_statement() {
    let mut s = Script::new();
    s.keys("j j m Space w w Enter");
    let rows = s.rows().lines().count();
    s.keys("k m Space w w Enter");
    assert_eq!(s.rows().lines().count(), rows + 1);
}

#[test]
fn a_mark_whose_claim_is_withdrawn_is_undecided() {
    let mut s = Script::new();
    s.keys("j j m Space w w Enter X");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya asserts | “This bridge has cost the ci…"
    );
    s.keys("Space");
    assert_eq!(
        s.row(),
        "unchecked | Mara Oduya asserts | “This bridge has cost the ci…"
    );
}

#[test]
fn a_dragged_mark_is_taken_up() {
    use crate::app::input::mouse::{Mouse, MouseKind};
    use crate::app::msg::Msg;
    let mut s = Script::new();
    let area = s.state.areas().article;
    let mouse = |kind, dx, dy| {
        Msg::Mouse(Mouse {
            kind,
            x: area.x + 2 + dx,
            y: area.y + dy,
        })
    };
    s.msg(mouse(MouseKind::Press, 0, 4));
    s.msg(mouse(MouseKind::Drag, 10, 4));
    s.msg(mouse(MouseKind::Release, 10, 4));
    assert!(s.state.bench.as_ref().unwrap().marking.is_some());
    s.keys("Enter");
    assert_eq!(s.row(), "unchecked | its minutes asserts | The council");
}

#[test]
fn keys_of_marking_do_nothing_elsewhere() {
    let mut s = Script::new();
    s.keys("j m ?");
    assert_eq!(s.said(), "“?” does nothing here; F1 shows every key.");
    s.keys("Esc Esc");
    s.act(crate::app::input::action::Action::MarkTakeUp);
    assert_eq!(s.said(), "Nothing is being marked; m begins.");
}
