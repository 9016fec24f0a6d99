//! Evidence: made of addresses, files and titles, held with a stance, used again.

use super::{Script, now};
use crate::app::msg::{Effect, Msg};
use crate::core::model::EvidenceFile;

fn file() -> EvidenceFile {
    EvidenceFile {
        sha256: "ab".repeat(32),
        bytes: 1200,
        media_type: "application/pdf".into(),
        name: "minutes.pdf".into(),
    }
}

#[test]
fn an_address_becomes_an_item_and_is_held_in_one_step() {
    let mut s = Script::new();
    s.keys("j e https://www.kell.example/minutes/2021?page=4 Enter");
    assert_eq!(
        s.top(),
        "choose What “kell.example/minutes/2021” says of the claim"
    );
    s.keys("s");
    assert_eq!(
        (s.claim().as_str(), s.said(), s.steps()),
        (
            "unchecked worth=high type=numerical [its minutes asserts certain] (kell.example/minutes/2021 supports)",
            "Row 2: “kell.example/minutes/2021” supports · The council approved 80 million for the…",
            2
        )
    );
    let bench = s.state.bench.as_ref().unwrap();
    let item = bench.session().evidence.values().next().unwrap();
    assert_eq!(item.accessed_at.as_deref(), Some("2026-11-24"));
    assert_eq!(
        item.url.as_deref(),
        Some("https://www.kell.example/minutes/2021?page=4")
    );
}

#[test]
fn tab_asks_for_the_locator_first() {
    let mut s = Script::new();
    s.keys("j e \"Council minutes\" Tab \"p. 4\" Enter r");
    assert_eq!(
        (s.claim().as_str(), s.steps()),
        (
            "unchecked worth=high type=numerical [its minutes asserts certain] (Council minutes refutes at p. 4)",
            2
        )
    );
}

#[test]
fn the_item_used_last_stands_first_and_serves_other_claims() {
    let mut s = Script::new();
    s.keys("j e \"Council minutes\" Enter s e \"Port figures\" Enter m j e");
    insta::assert_snapshot!(s.list(), @r#"
    > Port figures |  | 1×
      Council minutes |  | 1×
    "#);
    s.keys("Down Enter r");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain] (Council minutes refutes)"
    );
    s.keys("j e");
    insta::assert_snapshot!(s.list(), @r#"
    > Council minutes |  | 2×
      Port figures |  | 1×
    "#);
}

#[test]
fn an_address_that_is_there_already_is_that_item() {
    let mut s = Script::new();
    s.keys("j e https://kell.example/a Enter s j e https://kell.example/a Enter r");
    assert_eq!(s.state.bench.as_ref().unwrap().session().evidence.len(), 1);
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain] (kell.example/a refutes)"
    );
}

#[test]
fn holding_it_again_changes_the_stance() {
    let mut s = Script::new();
    s.keys("j e \"Council minutes\" Enter s e Enter Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (Council minutes supports)"
    );
    s.keys("e Enter m");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (Council minutes mixed)"
    );
}

#[test]
fn a_file_is_held_when_its_copy_is_there() {
    let mut s = Script::new();
    s.keys("j e ./minutes.pdf Enter s");
    assert_eq!((s.effects(), s.steps()), (vec!["TakeFile".to_string()], 0));
    assert_eq!(s.state.busy.as_deref(), Some("copying ./minutes.pdf"));
    s.keys("j j");
    s.msg(Msg::FileTaken {
        path: "./minutes.pdf".into(),
        result: Ok(file()),
    });
    assert_eq!(
        (s.claim().as_str(), s.state.busy.as_deref()),
        (
            "unchecked worth=high type=numerical [its minutes asserts certain] (minutes.pdf supports)",
            None
        )
    );
}

#[test]
fn a_file_that_is_not_there_makes_no_step() {
    let mut s = Script::new();
    s.keys("j e ./nothing.pdf Enter s");
    s.msg(Msg::FileTaken {
        path: "./nothing.pdf".into(),
        result: Err("There is no file ./nothing.pdf.".into()),
    });
    assert_eq!(
        (s.said(), s.steps()),
        ("There is no file ./nothing.pdf.", 0)
    );
}

#[test]
fn esc_anywhere_on_the_way_makes_no_step() {
    let mut s = Script::new();
    s.keys("j e minutes Enter Esc e minutes Tab p4 Esc e x Esc");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 0));
}

#[test]
fn the_list_edits_holds_drops_and_removes() {
    let mut s = Script::new();
    s.keys("j e \"Council minutes\" Enter s E Enter");
    insta::assert_snapshot!(s.form(), @r#"
    > says: supports
      where:
      excerpt:
      credibility: 6
      title: Council minutes
      from:
      address:
      archived at:
      looked at:
      published:
      file: · none; a path typed in the list of evidence (e) copies one in
      note:
    "#);
    s.keys("Tab \"p. 7\" Enter");
    assert_eq!(s.top(), "list Evidence items");
    s.keys("Ctrl-x");
    assert_eq!(
        s.said(),
        "“Council minutes” is held against one claim; drop it there first."
    );
    s.keys("Ctrl-t");
    assert_eq!(
        s.said(),
        "The item is no longer held against this claim; undo brings it back."
    );
    s.keys("Ctrl-x");
    assert_eq!(
        (s.said(), s.list().as_str()),
        ("“Council minutes” is removed; undo brings it back.", "")
    );
    s.keys("Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain]"
    );
}

#[test]
fn the_list_holds_an_item_against_the_current_row() {
    let mut s = Script::new();
    s.keys("j e \"Council minutes\" Enter s j E Tab r");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain] (Council minutes refutes)"
    );
}

#[test]
fn the_list_makes_items_that_are_held_nowhere() {
    let mut s = Script::new();
    s.keys("E https://kell.example/x Enter Enter");
    assert_eq!(
        s.list(),
        "> kell.example/x | https://kell.example/x\n  new item at this address: https://kell.example/x"
    );
    s.keys("Ctrl-u ./a.pdf Enter");
    assert_eq!(s.effects(), ["TakeFile"]);
    s.msg(Msg::FileTaken {
        path: "./a.pdf".into(),
        result: Ok(file()),
    });
    s.keys("Ctrl-u");
    insta::assert_snapshot!(s.list(), @r#"
    > minutes.pdf | file minutes.pdf
      kell.example/x | https://kell.example/x
    "#);
}

#[test]
fn an_item_is_checked_before_it_is_saved() {
    let mut s = Script::new();
    s.keys("E x Enter Ctrl-u Tab Tab Tab kell Tab Ctrl-u \"last week\" Enter");
    insta::assert_snapshot!(s.form(), @r#"
    > title:  ! An item needs a title or an address.
      from:
      address:
      archived at: kell ! An address begins with http:// or https:// and has no spaces.
      looked at: last week ! A date is written 2026-11-15; 2026-11, 2026 and 2026-11-15T09:30:00Z do too.
      published:
      file: · none; a path typed in the list of evidence (e) copies one in
      note:
    "#);
    assert_eq!(s.steps(), 0);
}

#[test]
fn the_form_names_a_new_source_of_the_item() {
    let mut s = Script::new();
    s.keys("j e minutes Enter s E Enter Tab Tab Tab Tab Tab \"Kell Council Archive\" Enter Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (minutes supports)"
    );
    let bench = s.state.bench.as_ref().unwrap();
    let item = bench.session().evidence.values().next().unwrap();
    assert_eq!(
        bench.check.source_name(item.source.unwrap()),
        "Kell Council Archive"
    );
}

#[test]
fn links_of_a_row_are_opened() {
    let mut s = Script::new();
    s.keys("j o");
    assert_eq!(
        s.said(),
        "There is no address on this row: no evidence or source with one."
    );
    s.keys("e https://kell.example/a Enter s o");
    assert!(matches!(s.asked.last(), Some(Effect::OpenLink(u)) if u == "https://kell.example/a"));
    s.keys("e https://kell.example/b Enter s o");
    assert_eq!(
        s.list(),
        "> kell.example/a | https://kell.example/a\n  kell.example/b | https://kell.example/b"
    );
    s.keys("Down Enter");
    assert!(matches!(s.asked.last(), Some(Effect::OpenLink(u)) if u == "https://kell.example/b"));
    assert_eq!(s.state.now, now());
}

#[test]
fn the_words_are_copied() {
    let mut s = Script::new();
    s.keys("y");
    assert!(matches!(s.asked.last(), Some(Effect::Copy(t)) if t == "Kell Bridge opens at last"));
}
