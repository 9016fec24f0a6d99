//! Rows with several voices: the chosen one is what every key for a voice acts on.

use super::Script;

/// Onto the row on which Oduya asserts what the council denies.
const TOLL: &str = "j j j j j";

fn chosen(s: &Script) -> usize {
    s.state.bench.as_ref().unwrap().chosen_voice()
}

#[test]
fn every_key_for_a_voice_acts_on_the_chosen_one_and_asks_nothing() {
    let mut s = Script::new();
    s.keys(TOLL).keys("t q");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=prediction [Mara Oduya questions certain] [the council denies certain]"
    );
    s.keys(",");
    assert_eq!(
        s.said(),
        "Voice 2 of 2: the council denies that: the toll will double"
    );
    s.keys("t r T p");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=prediction [Mara Oduya questions certain] [the council relays probable]"
    );
    s.keys("s");
    assert_eq!(s.top(), "list Said by · voice 2 of 2, the council");
    s.keys("officials Enter S");
    assert_eq!(
        s.top(),
        "list Via: who quoted the source · voice 2 of 2, officials"
    );
    s.keys("Oduya Enter B ferry Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=prediction [Mara Oduya questions certain] [officials relays probable via Mara Oduya about Kell Ferry Operators]"
    );
    assert_eq!(chosen(&s), 1);
}

#[test]
fn the_choice_lasts_while_the_row_is_changed_and_ends_with_it() {
    let mut s = Script::new();
    // Taking the row up is a change of it too.
    s.keys(TOLL).keys(", Space");
    assert_eq!(chosen(&s), 1);
    s.keys("v a c note Ctrl-d u");
    assert_eq!(chosen(&s), 1);
    s.keys(",");
    assert_eq!(chosen(&s), 0);
    s.keys(", k j");
    assert_eq!(chosen(&s), 0);
    s.keys("k ,");
    assert_eq!(s.said(), "There is no other voice on this row.");
}

#[test]
fn a_wrong_voice_is_dropped_in_two_keys_and_comes_back_in_one() {
    let mut s = Script::new();
    s.keys(TOLL).keys(", Backspace");
    assert_eq!(
        (s.claim().as_str(), s.said()),
        (
            "unchecked worth=high type=prediction [Mara Oduya asserts certain]",
            "Row 6: voice dropped, the council; 1 left · Oduya says that the toll will double, w…"
        )
    );
    // Whoever was known by that voice alone is no source of the session.
    let sources = |s: &Script| s.state.bench.as_ref().unwrap().session().sources.len();
    let with_one = sources(&s);
    s.keys("u");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…"
    );
    s.keys("Space");
    assert_eq!(sources(&s), with_one + 1);
    s.keys("Backspace");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=prediction [the council denies certain]"
    );
}

#[test]
fn the_last_voice_dropped_leaves_the_claim_to_the_article() {
    let mut s = Script::new();
    s.keys("j Backspace");
    assert_eq!(
        (s.claim().as_str(), s.said()),
        (
            "unchecked worth=high type=numerical [the article asserts]",
            "Row 2: voice dropped, its minutes: the article says it now · The council approved 80 million for the…"
        )
    );
    s.keys("Backspace");
    assert_eq!(
        s.said(),
        "The article itself says it: there is no voice to drop."
    );
    s.keys("u g Backspace");
    assert_eq!(
        s.said(),
        "The article itself says it: there is no voice to drop."
    );
    assert_eq!(
        s.row(),
        "undecided | the article asserts | Kell Bridge opens at last"
    );
}

#[test]
fn a_voice_that_is_added_is_the_chosen_one() {
    let mut s = Script::new();
    s.keys("j s officials Ctrl-t d T p");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] [officials denies probable]"
    );
    assert_eq!(chosen(&s), 1);
}
