//! Tags: before and after a row is taken up, staying and going on.

use super::Script;

/// Presses keys on the ferry's row, which nobody has decided about.
#[track_caller]
fn ferry(keys: &str, claim: &str) {
    let mut s = Script::new();
    s.keys("j j j").keys(keys);
    assert_eq!(s.claim(), claim, "{keys}");
}

#[test]
fn space_takes_up_and_stays_then_goes_on() {
    let mut s = Script::new();
    s.keys("j Space");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "unchecked | its minutes asserts | The council approved 80 mill…",
            "Row 2: taken up · The council approved 80 million for the…"
        )
    );
    assert_eq!(s.steps(), 2, "the session, and one step");
    s.keys("Space");
    assert_eq!(
        (s.row().as_str(), s.steps()),
        (
            "undecided | Mara Oduya asserts | “This bridge has cost the ci…",
            2
        )
    );
}

#[test]
fn a_finding_takes_the_row_up_in_the_same_step() {
    let mut s = Script::new();
    s.keys("j v a");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "accurate | its minutes asserts | The council approved 80 mill…",
            "Row 2: accurate · The council approved 80 million for the…"
        )
    );
    assert_eq!(s.steps(), 2);
    s.keys("u");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "undecided | its minutes asserts | The council approved 80 mill…",
            "Undone: took up “The council approved 80 million for the…” with the finding: accurate"
        )
    );
}

#[test]
fn a_right_proposal_costs_two_presses() {
    let mut s = Script::new();
    s.keys("j V a");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "undecided | Mara Oduya asserts | “This bridge has cost the ci…",
            "Row 2: accurate · The council approved 80 million for the…"
        )
    );
    s.keys("V i");
    insta::assert_snapshot!(s.rows(), @r#"
      undecided | the article asserts | Kell Bridge opens at last
      accurate | its minutes asserts | The council approved 80 mill…
      inaccurate | Mara Oduya asserts | “This bridge has cost the ci…
    > undecided | Kell Ferry Operators denies | Kell Ferry Operators denied …
      undecided | Officials asserts | Officials said the ferry may…
      undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…
      undecided | Mara Oduya asserts | The bridge was approved by t…
    "#);
}

#[test]
fn the_last_open_row_says_that_nothing_is_left() {
    let mut s = Script::new();
    s.keys("d j d j d j d j d j d j V a");
    assert_eq!(
        s.said(),
        "Row 7: accurate · The bridge was approved by the council … · Nothing is open any more. ; walks 2 loose ends."
    );
}

#[test]
fn every_finding_has_its_letter() {
    for (key, word) in [
        ("x", "unchecked"),
        ("w", "in_progress"),
        ("a", "accurate"),
        ("p", "partly_accurate"),
        ("m", "misleading"),
        ("i", "inaccurate"),
        ("d", "disputed"),
        ("u", "unverifiable"),
        ("n", "not_checkable"),
    ] {
        let mut s = Script::new();
        s.keys(&format!("j v {key}"));
        assert!(s.row().starts_with(word), "{key}: {}", s.row());
    }
}

#[test]
fn stances_and_certainties_are_of_the_first_voice() {
    ferry(
        "t a",
        "unchecked worth=high type=numerical [Kell Ferry Operators asserts certain]",
    );
    ferry(
        "t q",
        "unchecked worth=high type=numerical [Kell Ferry Operators questions certain]",
    );
    ferry(
        "t r",
        "unchecked worth=high type=numerical [Kell Ferry Operators relays certain]",
    );
    ferry(
        "t x",
        "unchecked worth=high type=numerical [Kell Ferry Operators retracts certain]",
    );
    ferry(
        "t 0",
        "unchecked worth=high type=numerical [Kell Ferry Operators none certain]",
    );
    ferry(
        "t d T p",
        "unchecked worth=high type=numerical [Kell Ferry Operators denies probable]",
    );
    ferry(
        "T s",
        "unchecked worth=high type=numerical [Kell Ferry Operators denies possible]",
    );
    ferry(
        "T 0",
        "unchecked worth=high type=numerical [Kell Ferry Operators denies]",
    );
    ferry(
        "T c",
        "unchecked worth=high type=numerical [Kell Ferry Operators denies certain]",
    );
}

#[test]
fn a_rating_is_set_and_taken_away() {
    ferry(
        "r 4",
        "unchecked rating=4 worth=high type=numerical [Kell Ferry Operators denies certain]",
    );
    ferry(
        "r 4 r 0",
        "unchecked worth=high type=numerical [Kell Ferry Operators denies certain]",
    );
}

#[test]
fn the_workflow_has_its_own_keys() {
    ferry(
        "W w",
        "unchecked worth=high type=numerical workflow=waiting [Kell Ferry Operators denies certain]",
    );
    ferry(
        "W 2",
        "unchecked worth=high type=numerical workflow=second_read [Kell Ferry Operators denies certain]",
    );
}

#[test]
fn a_tag_leaves_the_other_proposed_fields_proposed() {
    let mut s = Script::new();
    s.keys("j j j t a");
    let bench = s.state.bench.as_ref().unwrap();
    let claim = bench.claim_at_cursor().unwrap();
    let a = bench.check().attributions(claim).next().unwrap();
    let left: Vec<_> = a.proposed.iter().map(|k| k.word()).collect();
    assert_eq!(
        left,
        [
            "source",
            "source_span",
            "cue",
            "content",
            "certainty",
            "quotation_type"
        ]
    );
}

#[test]
fn a_caption_is_taken_up_whole() {
    let mut s = Script::new();
    s.keys("} } } } } v a");
    assert_eq!(
        (s.row().as_str(), s.claim().as_str()),
        (
            "accurate | the article asserts | The bridge at dusk, seen fro…",
            "accurate worth=routine type=other [the article asserts]"
        )
    );
}

#[test]
fn texts_of_a_claim_are_saved_with_ctrl_d() {
    ferry(
        "w \"Numbers fell\" Ctrl-d",
        "unchecked wording=Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening.Numbers fell worth=high type=numerical [Kell Ferry Operators denies certain]",
    );
    ferry(
        "J \"the port's figures\" Ctrl-d",
        "unchecked why=the port's figures worth=high type=numerical [Kell Ferry Operators denies certain]",
    );
    ferry(
        "c \"ask the port\" Ctrl-d",
        "unchecked worth=high type=numerical notes=ask the port [Kell Ferry Operators denies certain]",
    );
    ferry(
        "# \"money, ferry,  money\" Enter",
        "unchecked worth=high type=numerical tags=ferry+money [Kell Ferry Operators denies certain]",
    );
}

#[test]
fn a_text_left_with_esc_changes_nothing_and_asks_for_a_second_esc() {
    let mut s = Script::new();
    s.keys("j c x Esc");
    assert_eq!(s.top(), "prompt Note");
    s.keys("Esc");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 0));
    s.keys("c Esc");
    assert_eq!(s.top(), "nothing");
}

#[test]
fn enter_in_a_text_begins_a_new_line() {
    ferry(
        "c one Enter two Ctrl-d",
        "unchecked worth=high type=numerical notes=one\ntwo [Kell Ferry Operators denies certain]",
    );
}

#[test]
fn ctrl_e_sends_the_text_to_the_editor_and_takes_it_back() {
    let mut s = Script::new();
    s.keys("j c abc Ctrl-e");
    assert_eq!(s.effects(), ["Editor"]);
    s.msg(crate::app::msg::Msg::Edited(Ok("from the editor\n".into())));
    s.keys("Ctrl-d");
    assert!(s.claim().contains("notes=from the editor"), "{}", s.claim());
}
