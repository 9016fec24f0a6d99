//! Evidence: made of addresses, files and titles, held with a stance, used again.

use super::{Script, now};
use crate::app::msg::{Effect, Msg, SeenFile};
use crate::core::model::EvidenceFile;
use crate::core::progress::{Progress, ProgressUnit};

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
    s.keys("j e \"Council minutes\" Tab \"p. 4\" Enter r Esc");
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
    s.keys("j e \"Council minutes\" Enter s Esc e \"Port figures\" Enter m Esc j e");
    insta::assert_snapshot!(s.list(), @r#"
    > Port figures | dataset | 1×
      Council minutes | document or law | 1×
    "#);
    s.keys("Down Enter r Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain] (Council minutes refutes)"
    );
    s.keys("j e");
    insta::assert_snapshot!(s.list(), @r#"
    > Council minutes | document or law | 2×
      Port figures | dataset | 1×
    "#);
}

#[test]
fn an_address_that_is_there_already_is_that_item() {
    let mut s = Script::new();
    s.keys("j e https://kell.example/a Enter s Esc j e https://kell.example/a Enter r Esc");
    assert_eq!(s.state.bench.as_ref().unwrap().session().evidence.len(), 1);
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain] (kell.example/a refutes)"
    );
}

#[test]
fn an_address_without_its_scheme_is_that_address_and_no_title() {
    let mut s = Script::new();
    s.keys("j e example.org/page");
    assert_eq!(s.list(), "> new item at this address: example.org/page");
    s.keys("Enter s Esc j e https://example.org/page Enter r Esc");
    let items = s.state.bench.as_ref().unwrap().session().evidence.values();
    let all: Vec<_> = items.map(|e| (&*e.title, e.url.as_deref())).collect();
    assert_eq!(
        all,
        [("example.org/page", Some("https://example.org/page"))]
    );
}

#[test]
fn holding_it_again_changes_the_stance() {
    let mut s = Script::new();
    s.keys("j e \"Council minutes\" Enter s Esc e Enter Enter Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (Council minutes supports)"
    );
    s.keys("e Enter m Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (Council minutes mixed)"
    );
}

/// The last file that was asked for is there, so large.
fn seen(s: &mut Script, bytes: u64) {
    let file = SeenFile {
        path: "/desk/minutes.pdf".into(),
        bytes,
    };
    let (id, found) = (s.state.works, Ok(file));
    s.msg(Msg::FileSeen { id, found });
}

/// Looking for the last file, or copying it, fails.
fn fails(s: &mut Script, why: &str) {
    let id = s.state.works;
    match s.state.looking {
        Some(_) => s.msg(Msg::FileSeen {
            id,
            found: Err(why.into()),
        }),
        None => s.msg(Msg::FileTaken {
            id,
            result: Err(why.into()),
        }),
    };
}

/// The last file is copied.
fn copied(s: &mut Script) {
    let (id, result) = (s.state.works, Ok(file()));
    s.msg(Msg::FileTaken { id, result });
}

/// What is under way, as the status line says it.
fn copying(s: &Script) -> Option<String> {
    s.state.taking.last().map(|t| t.words())
}

#[test]
fn a_file_is_held_when_its_copy_is_there_and_the_cursor_stays() {
    let mut s = Script::new();
    s.keys("Space j e ./minutes.pdf Enter");
    assert!(
        matches!(s.asked.last(), Some(Effect::LookAtFile { paths, .. }) if paths == &["./minutes.pdf"])
    );
    seen(&mut s, 1200);
    assert_eq!(s.top(), "choose What “minutes.pdf” says of the claim");
    s.keys("s");
    assert_eq!(
        s.top(),
        "choose What you find: The council approved 80 million for the bri…"
    );
    s.keys("Esc");
    assert_eq!(
        s.effects(),
        [
            "LookAtFile",
            "GiveUpFile",
            "LookAtFile",
            "TakeFile",
            "KeepDraft"
        ]
    );
    assert_eq!(
        copying(&s).as_deref(),
        Some("copying minutes.pdf · Esc cancels")
    );
    s.keys("j j");
    let row = s.row();
    copied(&mut s);
    assert_eq!(
        (s.row(), s.said(), copying(&s)),
        (
            row,
            "Row 2: “minutes.pdf” supports · The council approved 80 million for the…",
            None
        )
    );
    s.keys("k k");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (minutes.pdf supports)"
    );
}

#[test]
fn what_is_pressed_while_a_file_is_looked_at_means_the_next_question() {
    let mut s = Script::new();
    s.keys("j e ./minutes.pdf Enter r Enter j");
    assert_eq!(s.steps(), 0);
    seen(&mut s, 1200);
    copied(&mut s);
    assert_eq!(
        s.rows().lines().nth(2).unwrap_or_default().get(..1),
        Some(">"),
        "{}",
        s.rows()
    );
    s.keys("k");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (minutes.pdf refutes)"
    );
}

#[test]
fn the_first_evidence_of_a_fresh_session_may_be_a_file() {
    let mut s = Script::new();
    s.keys("j e ./minutes.pdf Enter");
    seen(&mut s, 1200);
    s.keys("s Esc");
    let asked: Vec<_> = s.asked.iter().map(|e| format!("{e:?}")).collect();
    let at = |name: &str| asked.iter().position(|e| e.starts_with(name)).unwrap();
    assert!(at("Create") < at("TakeFile"), "{asked:?}");
    copied(&mut s);
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (minutes.pdf supports)"
    );
    s.keys("u u");
    assert_eq!(s.said(), "There is nothing to undo.");
}

#[test]
fn a_file_that_is_not_there_is_said_before_anything_is_asked_and_its_name_stays() {
    let mut s = Script::new();
    s.keys("j e ./nothing.pdf Enter s");
    fails(&mut s, "There is no file ./nothing.pdf.");
    assert_eq!(
        (s.said(), s.top().as_str(), s.list().as_str(), s.steps()),
        (
            "There is no file ./nothing.pdf.",
            "list Evidence",
            "> copies this file in: ./nothing.pdf",
            0
        )
    );
    s.keys("Esc e ./minutes.pdf Enter");
    seen(&mut s, 1200);
    s.keys("s");
    fails(&mut s, "minutes.pdf changed while it was copied.");
    assert_eq!(
        (s.said(), s.claim().as_str(), s.steps()),
        ("minutes.pdf changed while it was copied.", "no claim", 1)
    );
}

#[test]
fn a_dropped_file_is_that_file() {
    let mut s = Script::new();
    for (typed, path) in [
        ("'/some/my pic.png'", "/some/my pic.png"),
        ("file:///some/my%20pic.png", "/some/my pic.png"),
        ("~/minutes.pdf", "~/minutes.pdf"),
    ] {
        s.keys("e").msg(Msg::Paste(typed.into()));
        s.keys("Enter");
        let asked = s.asked.last();
        assert!(
            matches!(asked, Some(Effect::LookAtFile { paths, .. }) if paths[0] == path),
            "{typed}: {asked:?}"
        );
        s.keys("Esc");
        assert_eq!(s.effects().last().unwrap(), "GiveUpFile");
    }
    assert_eq!(s.steps(), 0);
}

#[test]
fn a_large_file_is_asked_about() {
    let question = "question “minutes.pdf” is 5.0 GB, and a copy in the session takes as much room again. Copy it?";
    let mut s = Script::new();
    // What was pressed for the stance answers no other question.
    s.keys("j e ./minutes.pdf Enter n");
    seen(&mut s, 5_000_000_000);
    assert_eq!(s.top(), question);
    s.keys("n e ./minutes.pdf Enter");
    assert_eq!((s.steps(), s.state.taking.len()), (0, 0));
    seen(&mut s, 5_000_000_000);
    s.keys("y s Esc");
    let id = s.state.works;
    let progress = Progress {
        unit: ProgressUnit::Bytes,
        done: 1_200_000_000,
        of: Some(5_000_000_000),
    };
    s.msg(Msg::Copying { id, progress });
    assert_eq!(
        copying(&s).as_deref(),
        Some("copying minutes.pdf · 1.2 of 5.0 GB · Esc cancels")
    );
    s.keys("j e ./minutes.pdf Enter");
    seen(&mut s, 5_000_000_000);
    s.keys("l r Esc");
    let bench = s.state.bench.as_ref().unwrap();
    let item = bench.session().evidence.values().next().unwrap();
    assert_eq!(
        (&*item.title, &*item.note, &item.file, &item.url),
        (
            "minutes.pdf",
            "Not copied (5.0 GB): /desk/minutes.pdf",
            &None,
            &None
        )
    );
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain] (minutes.pdf refutes)"
    );
}

#[test]
fn esc_gives_a_copy_up_and_steps_go_on_meanwhile() {
    let mut s = Script::new();
    s.keys("j e ./minutes.pdf Enter");
    seen(&mut s, 1200);
    s.keys("s Esc j Space k");
    assert_eq!(s.steps(), 2);
    s.keys("Esc");
    assert_eq!(
        (s.said(), copying(&s)),
        (
            "The copy of /desk/minutes.pdf was given up; nothing was added.",
            None
        )
    );
    let id = s.state.works;
    assert!(
        s.asked
            .iter()
            .any(|e| matches!(e, Effect::GiveUpFile(n) if *n == id))
    );
    copied(&mut s);
    assert_eq!((s.steps(), s.claim().as_str()), (2, "no claim"));
}

#[test]
fn leaving_never_waits_for_a_copy_which_is_offered_on_resuming() {
    let mut s = Script::new();
    s.keys("j e ./minutes.pdf Enter");
    seen(&mut s, 1200);
    s.keys("l \"p. 4\" Enter r Esc q");
    assert!(
        matches!(s.asked.last(), Some(Effect::Quit)),
        "{:?}",
        s.asked
    );
    let kept = s.asked.iter().rev().find_map(|e| match e {
        Effect::KeepDraft(draft) => Some(draft.clone()),
        _ => None,
    });
    let mut again = s.resumed(kept, None);
    assert_eq!(
        again.top(),
        "question Copying minutes.pdf was not finished (at 10:00). Copy it now?"
    );
    again.keys("y");
    let taken = |e: &Effect| matches!(e, Effect::TakeFile { path, .. } if path.as_os_str() == "/desk/minutes.pdf");
    assert!(again.asked.iter().any(taken), "{:?}", again.asked);
    copied(&mut again);
    again.keys("g j");
    assert_eq!(
        again.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (minutes.pdf refutes at p. 4)"
    );
}

#[test]
fn leaving_does_not_wait_for_a_file_that_cannot_even_be_looked_at() {
    for (keys, last) in [
        ("q", "Quit"),
        ("Esc", "GiveUpFile"),
        ("Ctrl-c", "GiveUpFile"),
    ] {
        let mut s = Script::new();
        s.keys("j e /mnt/dead/minutes.pdf Enter");
        s.keys(keys);
        assert_eq!(s.effects().last().unwrap(), last, "{keys}");
        assert!(s.effects().contains(&"GiveUpFile".to_string()));
        // An answer that comes after all changes nothing.
        seen(&mut s, 1200);
        assert_eq!((s.top().as_str(), s.steps()), ("nothing", 0));
    }
}

#[test]
fn a_copy_whose_row_is_gone_becomes_an_item() {
    let mut s = Script::new();
    s.keys("j Space e ./minutes.pdf Enter");
    seen(&mut s, 1200);
    s.keys("s Esc X");
    copied(&mut s);
    assert_eq!(s.said(), "“minutes.pdf” is an item now; its row is gone.");
    assert_eq!(s.state.bench.as_ref().unwrap().session().evidence.len(), 1);
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
    s.keys("j e \"Council minutes\" Enter s Esc E Enter");
    insta::assert_snapshot!(s.form(), @r#"
    > says: supports
      where:
      excerpt:
      credibility: 6
      title: Council minutes
      kind: document_or_law
      from:
      address:
      archived at:
      looked at:
      published:
      file: → none
      note:
    "#);
    s.keys("Tab \"p. 7\" Enter");
    assert_eq!(s.top(), "list Evidence items");
    s.keys("Ctrl-x");
    assert_eq!(
        s.said(),
        "“Council minutes” is evidence of one claim; drop it there first."
    );
    s.keys("Ctrl-t");
    assert_eq!(
        s.said(),
        "The item is no evidence of this claim any more; undo brings it back."
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
    s.keys("j e \"Council minutes\" Enter s Esc j E Tab r Esc");
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
        "> kell.example/x | web page · https://kell.example/x\n  new item at this address: https://kell.example/x"
    );
    s.keys("Ctrl-u ./a.pdf Enter");
    seen(&mut s, 1200);
    assert_eq!(
        s.effects(),
        [
            "LookAtFile",
            "GiveUpFile",
            "LookAtFile",
            "TakeFile",
            "KeepDraft"
        ]
    );
    copied(&mut s);
    s.keys("Ctrl-u");
    insta::assert_snapshot!(s.list(), @r#"
    > minutes.pdf | document or law · file minutes.pdf
      kell.example/x | web page · https://kell.example/x
    "#);
}

#[test]
fn an_item_is_checked_before_it_is_saved() {
    let mut s = Script::new();
    s.keys("E x Enter Ctrl-u Tab Tab Tab Tab kell Tab Ctrl-u \"last week\" Enter");
    insta::assert_snapshot!(s.form(), @r#"
    > title:  ! An item needs a title or an address.
      kind: other
      from:
      address:
      archived at: kell ! An address begins with http:// or https:// and has no spaces.
      looked at: last week ! A date is written 2026-11-15; 2026-11, 2026 and 2026-11-15T09:30:00Z do too.
      published:
      file: · none; to be added once the item is there
      note:
    "#);
    assert_eq!(s.steps(), 0);
}

#[test]
fn the_form_names_a_new_source_of_the_item() {
    let mut s = Script::new();
    s.keys(
        "j e minutes Enter s Esc E Enter Tab Tab Tab Tab Tab Tab \"Kell Council Archive\" Enter Esc",
    );
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (minutes supports)"
    );
    let bench = s.state.bench.as_ref().unwrap();
    let item = bench.session().evidence.values().next().unwrap();
    assert_eq!(
        bench.check().source_name(item.source.unwrap()),
        "Kell Council Archive"
    );
}

#[test]
fn the_form_shows_the_fields_of_the_kind_and_whatever_holds_something() {
    let mut s = Script::new();
    s.keys("j e \"Ana Hale\" Enter s Esc E Enter Tab Tab Tab Tab Tab i");
    insta::assert_snapshot!(s.form(), @r#"
      says: supports
      where:
      excerpt:
      credibility: 6
      title: Ana Hale
    > kind: interview_or_call
      asked:
      when:
      how:
      reached: yes
      from:
      address:
      archived at:
      file: → none
      note:
    "#);
    s.keys("Tab \"Ana Hale\" Tab \"2026-11-15\" Tab \"by telephone\" Tab n Enter");
    let item = |s: &Script| {
        let bench = s.state.bench.as_ref().unwrap();
        bench.session().evidence.values().next().unwrap().clone()
    };
    let contact = item(&s).contact.unwrap();
    let said = crate::core::values::contact(&contact);
    assert_eq!(said, "Ana Hale, by telephone, 2026-11-15, not reached");
    // What a field holds is seen whatever the kind.
    s.keys("Enter Tab Tab Tab Tab Tab c Tab \"40 + 40 = 90\" Enter Enter");
    let form = s.form();
    assert!(
        form.contains("calculation: 40 + 40 = 90") && form.contains("reached: no"),
        "{form}"
    );
    assert_eq!(item(&s).calculation, "40 + 40 = 90");
}

#[test]
fn links_of_a_row_are_opened() {
    let mut s = Script::new();
    s.keys("j o");
    assert_eq!(
        s.said(),
        "There is no address on this row: no evidence or source with one."
    );
    s.keys("e https://kell.example/a Enter s Esc o");
    assert!(matches!(s.asked.last(), Some(Effect::OpenLink(u)) if u == "https://kell.example/a"));
    let url = "https://kell.example/a".to_string();
    s.asked.clear();
    s.msg(Msg::LinkOpened {
        url: url.clone(),
        result: Ok("xdg-open".into()),
    });
    assert_eq!(s.said(), "https://kell.example/a was opened with xdg-open.");
    s.msg(Msg::LinkOpened {
        url,
        result: Err("“xdg-open” ended with exit status: 3".into()),
    });
    assert_eq!(
        s.said(),
        "https://kell.example/a was not opened: “xdg-open” ended with exit status: 3. The address is copied instead."
    );
    assert!(matches!(s.asked.last(), Some(Effect::Copy(u)) if u == "https://kell.example/a"));
    s.keys("e https://kell.example/b Enter s Esc o");
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

#[test]
fn evidence_and_finding_on_a_caption_are_of_one_claim() {
    let mut s = Script::new();
    s.keys("} } } } } e \"agency record\" Enter s a");
    assert_eq!(
        s.claim(),
        "accurate worth=routine type=other [the article asserts] (agency record supports)"
    );
    assert_eq!(s.state.bench.as_ref().unwrap().session().claims.len(), 1);
}
