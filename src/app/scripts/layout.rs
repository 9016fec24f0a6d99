//! Keys of other scripts: taken for the default keys in their place, but where a text or a character is meant.

use super::Script;
use crate::app::input::layout::KeyLayout;

fn russian() -> Script {
    let mut s = Script::new();
    s.state.config.layout = KeyLayout::named("ru");
    s
}

#[test]
fn cyrillic_letters_are_the_keys_in_their_place() {
    let mut s = russian();
    // j, v a, t d, and Z is nothing.
    s.keys("о м ф е в");
    assert_eq!(
        s.claim(),
        "accurate worth=high type=numerical [its minutes denies certain]"
    );
    s.keys("Я");
    assert_eq!(s.said(), "“Z” does nothing here; ? shows every key.");
    // A text is what was typed; a question is answered by a key.
    s.keys("с \"да\" Ctrl-d");
    assert!(s.claim().contains("notes=да"), "{}", s.claim());
    s.keys("у отчёт Enter ы Esc");
    assert!(s.claim().contains("(отчёт supports)"), "{}", s.claim());
    // So is a value in a form: i, inaccurate.
    s.keys("Enter");
    while !s.form().contains("> finding") {
        s.keys("Tab");
    }
    s.keys("ш Ctrl-d");
    assert!(s.claim().starts_with("inaccurate"), "{}", s.claim());
}

#[test]
fn labels_are_typed_and_characters_are_found_as_they_are() {
    let mut s = russian();
    // m, then the labels “as” and “ad” of the second and of the third word.
    s.keys("о ь ф ы ф в Enter");
    assert_eq!(
        s.row(),
        "unchecked | its minutes asserts | council approved"
    );
    s.keys("ь Space а и");
    assert_eq!(s.said(), "“и” does not stand in the rest of this block.");
}

#[test]
fn a_key_that_was_given_to_an_action_stays_its_own() {
    let mut s = russian();
    let undo = crate::app::input::key::sequence("о").unwrap();
    let action = crate::app::input::action::Action::Undo;
    assert_eq!(
        s.state.keymap.remap(&[(action, vec![undo])]),
        Vec::<String>::new()
    );
    s.keys("Space о");
    assert!(s.said().starts_with("Undone: "), "{}", s.said());
}
