//! Marking passages: parts of a sentence, across paragraphs, over other statements.

use super::Script;
use crate::app::state::marking::Purpose;

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

/// What each voice of the current claim says, with its words, in the order of the claim.
fn voices(s: &Script) -> Vec<String> {
    let bench = s.state.bench.as_ref().unwrap();
    let check = bench.check();
    let all = check.attributions(bench.claim_at_cursor().unwrap());
    all.map(|a| {
        let name = a.source.map_or("nobody", |s| check.source_name(s));
        format!("{name}: {}", bench.text().exact(&a.content))
    })
    .collect()
}

#[test]
fn a_mark_takes_over_what_each_voice_says_of_its_words() {
    let mut s = Script::new();
    // “Oduya says that the toll will double, which the council denies.”
    s.keys("j j j j j m Space 6 w o 5 w Enter");
    assert_eq!(
        s.row(),
        "unchecked | Mara Oduya+the council asserts | will double"
    );
    assert_eq!(
        voices(&s),
        ["Mara Oduya: will double", "the council: will double"]
    );
    s.keys("u g j j j j j m Space 8 w o 6 w Enter");
    assert_eq!(
        s.row(),
        "unchecked | Mara Oduya+the council asserts | double, which the"
    );
    assert_eq!(voices(&s), ["Mara Oduya: double", "the council: double"]);
    s.keys("u g j j j j j m Space 8 w o 7 w Enter");
    assert_eq!(voices(&s), ["the article: , which the"]);
}

#[test]
fn the_borders_of_a_mark_move_with_all_that_hangs_on_it() {
    let mut s = Script::new();
    s.keys("j j j j j m Space 6 w o 5 w Enter v a e minutes Enter s Esc t d");
    let (id, before) = (s.state.bench.as_ref().unwrap().claim_at_cursor(), s.claim());
    let steps = s.steps();
    s.keys("m Tab");
    let mark = s.state.bench.as_ref().unwrap().marking.clone().unwrap();
    assert!(matches!(mark.purpose, Purpose::Borders(_)));
    s.keys("3 w o 2 b Enter");
    assert_eq!(
        s.said(),
        "Row 7: its borders · the toll will double, which the council"
    );
    assert_eq!(s.steps(), steps + 1);
    assert_eq!(
        (s.state.bench.as_ref().unwrap().claim_at_cursor(), s.claim()),
        (id, before.clone())
    );
    assert_eq!(
        voices(&s),
        [
            "Mara Oduya: the toll will double",
            "the council: the toll will double"
        ]
    );
    s.keys("u");
    assert_eq!(
        s.said(),
        "Undone: moved the borders of “will double” to “the toll will double, which the council”"
    );
    assert_eq!(
        (s.row().as_str(), s.claim()),
        (
            "accurate | Mara Oduya+the council denies | will double",
            before
        )
    );
    s.keys("D b w Enter Ctrl-r");
    assert_eq!(s.said(), "There is nothing to redo.");
    assert_eq!(
        s.row(),
        "accurate | Mara Oduya+the council denies | will double, which"
    );
}

#[test]
fn only_a_checkers_mark_has_borders_to_move() {
    let mut s = Script::new();
    s.keys("j m Tab");
    assert_eq!(
        s.said(),
        "This row is no checker's mark: its borders are those of the sentence."
    );
    assert!(s.state.bench.as_ref().unwrap().marking.is_some());
    s.keys("Esc");
    s.keys("m Space w o w Enter X j");
    assert_eq!(s.row(), "undecided |  | council");
    // Without a claim the mark moves alone, and never onto another statement.
    s.keys("m Tab w Enter");
    assert_eq!(s.row(), "undecided |  | council approved");
    s.keys("u");
    assert_eq!(
        s.said(),
        "Undone: moved the borders of “council” to “council approved”"
    );
    s.keys("m Tab ) o ( Enter");
    assert_eq!(
        s.said(),
        "Not moved: these words are a statement already, and the mark has no claim."
    );
}

#[test]
fn borders_moved_onto_the_words_of_a_proposal_take_its_place() {
    let mut s = Script::new();
    let rows = s.rows().lines().count();
    s.keys("j m Space w Enter v i m Tab ) Enter");
    assert_eq!(s.rows().lines().count(), rows);
    assert_eq!(
        s.row(),
        "inaccurate | its minutes asserts | The council approved 80 mill…"
    );
}
