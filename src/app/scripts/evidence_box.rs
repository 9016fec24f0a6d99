//! The box for evidence: what is typed is understood at once, items go by number, and each thing is told by a key of its own.

use super::Script;
use crate::app::msg::{Effect, Msg, SeenFile};
use crate::core::model::{Evidence, EvidenceFile, Held};
use crate::core::vocabulary::EvidenceKind;

/// What the list says of what is typed.
fn told(s: &Script) -> String {
    s.picker().told.map_or(String::new(), |told| told(&s.state))
}

fn items(s: &Script) -> Vec<Evidence> {
    let bench = s.state.bench.as_ref().unwrap();
    bench.session().evidence.values().cloned().collect()
}

/// How the first item is held.
fn held(s: &Script) -> Held {
    let bench = s.state.bench.as_ref().unwrap();
    bench.session().held.values().next().unwrap().clone()
}

/// The last file that was looked at is there, or not.
fn seen(s: &mut Script, found: Result<u64, &str>) {
    let path = s.asked.iter().rev().find_map(|e| match e {
        Effect::LookAtFile { paths, .. } => paths.first().cloned(),
        _ => None,
    });
    let path = path.unwrap().into();
    let found = found.map(|bytes| SeenFile { path, bytes });
    let (id, found) = (s.state.works, found.map_err(String::from));
    s.msg(Msg::FileSeen { id, found });
}

#[test]
fn item_stance_and_finding_are_four_keys() {
    let mut s = Script::new();
    s.keys("j e minutes Enter s Esc e figures Enter s Esc e letter Enter m Esc j");
    s.keys("e");
    insta::assert_snapshot!(s.list(), @r#"
    > letter | message | 1×
      figures | dataset | 1×
      minutes | document or law | 1×
    "#);
    s.keys("3 s a");
    assert_eq!(
        (s.claim().as_str(), s.top().as_str()),
        (
            "accurate worth=high type=numerical [Mara Oduya asserts certain] (minutes supports)",
            "nothing"
        )
    );
    assert!(s.said().starts_with("Row 3: accurate"), "{}", s.said());
    // The item used last has the first number; Enter leaves the finding as it is.
    s.keys("e 1 r Enter");
    assert_eq!(
        s.claim(),
        "accurate worth=high type=numerical [Mara Oduya asserts certain] (minutes refutes)"
    );
    // What is so already is no step.
    let steps = s.steps();
    s.keys("e 1 r");
    assert_eq!((s.said(), s.steps()), ("Nothing was changed.", steps));
    s.keys("Esc");
    // No letter implies another: neither without a number, nor with one that no line has.
    s.keys("e s Esc e 4 s Esc");
    assert_eq!(s.top(), "nothing");
    assert_eq!(items(&s).len(), 3);
}

#[test]
fn what_is_typed_is_told_with_its_kind_and_a_key_changes_it() {
    let mut s = Script::new();
    s.keys("j e");
    assert_eq!(told(&s), "");
    s.keys("example.org/page");
    assert_eq!(told(&s), "web page: example.org/page");
    s.keys("Ctrl-k");
    assert_eq!(told(&s), "document or law: example.org/page");
    s.keys("Enter s Esc");
    assert_eq!(items(&s)[0].kind, EvidenceKind::DocumentOrLaw);
    s.keys("e \"10,000 + 40,000 = 60,000\"");
    assert_eq!(told(&s), "calculation: wrong: it is 50,000");
    s.keys("Enter s Esc");
    let sum = &items(&s)[1];
    assert_eq!(
        (&*sum.calculation, sum.kind, &*sum.title),
        ("10,000 + 40,000 = 60,000", EvidenceKind::Calculation, "")
    );
    assert!(
        s.claim().contains("(10,000 + 40,000 = 60,000 supports)"),
        "{}",
        s.claim()
    );
    s.keys("e \"Call with Ana Hale\"");
    assert_eq!(told(&s), "interview or call: “Call with Ana Hale”");
    // Of an item that is there the list of items changes it.
    s.keys("Ctrl-u Ctrl-k");
    assert!(s.said().contains("(E)"), "{}", s.said());
}

#[test]
fn a_missing_file_is_said_while_one_types_and_one_look_is_under_way_at_a_time() {
    let mut s = Script::new();
    s.keys("j e ./min");
    assert_eq!(told(&s), "other: looking whether there is such a file");
    s.keys("utes.pdf");
    assert_eq!(s.effects(), ["LookAtFile"]);
    // The answer is of what was typed before; what is typed now comes next.
    seen(&mut s, Err("There is no file ./."));
    assert_eq!(s.effects(), ["LookAtFile", "LookAtFile"]);
    assert_eq!(
        told(&s),
        "document or law: looking whether there is such a file"
    );
    seen(&mut s, Err("There is no file ./minutes.pdf."));
    assert_eq!(told(&s), "There is no file ./minutes.pdf.");
    s.keys("x");
    seen(&mut s, Ok(1_200_000));
    assert_eq!(told(&s), "other: file ./minutes.pdfx, 1 MB");
    s.keys("Esc");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 0));
}

#[test]
fn tab_completes_a_path_as_far_as_it_goes() {
    let mut s = Script::new();
    let completed = |s: &mut Script, names: &[&str]| {
        let id = s.state.works;
        let names = Ok(names.iter().map(|n| n.to_string()).collect());
        s.msg(Msg::PathCompleted { id, names });
        s.picker().field().text()
    };
    s.keys("j e ./desk/m Tab");
    assert!(
        matches!(s.asked.last(), Some(Effect::CompletePath { path, .. }) if path == "./desk/m")
    );
    assert_eq!(
        completed(&mut s, &["minutes 1.pdf", "minutes 2.pdf"]),
        "./desk/minutes "
    );
    assert_eq!(told(&s), "minutes 1.pdf  minutes 2.pdf");
    s.keys("2 Tab");
    assert_eq!(
        completed(&mut s, &["minutes 2.pdf"]),
        "./desk/minutes 2.pdf"
    );
    // What was typed meanwhile stands.
    s.keys("Ctrl-u ./desk/p Tab i");
    assert_eq!(completed(&mut s, &["pile.pdf"]), "./desk/pi");
    s.keys("Tab");
    assert_eq!(completed(&mut s, &[]), "./desk/pi");
    assert_eq!(s.said(), "No file there begins like that.");
    // A quoted path is completed as the path that it means.
    s.keys("Ctrl-u \"'/some/my p\" Tab");
    assert!(
        matches!(s.asked.last(), Some(Effect::CompletePath { path, .. }) if path == "'/some/my p"),
        "{:?}",
        s.asked.last()
    );
    s.keys("Ctrl-u \"file:///some/my%20p\" Tab");
    assert!(
        matches!(s.asked.last(), Some(Effect::CompletePath { path, .. }) if path == "/some/my p")
    );
    assert_eq!(completed(&mut s, &["my pic.png"]), "/some/my pic.png");
    // Where no path is typed, Tab asks for the locator first.
    s.keys("Ctrl-u minutes Tab");
    assert_eq!(s.top(), "prompt Where in the item");
}

#[test]
fn locator_excerpt_and_credibility_are_two_keys_from_the_stance() {
    let mut s = Script::new();
    s.keys("j e minutes Enter l \"p. 4\" Enter c 2 x \"80 million\" Ctrl-d s Esc");
    let h = held(&s);
    assert_eq!(
        (&*h.locator, &*h.excerpt, h.credibility.number(), s.steps()),
        ("p. 4", "80 million", 2, 2)
    );
    // On an item that is held here each is set at once.
    s.keys("e 1 Enter l Ctrl-u \"p. 7\" Enter");
    assert_eq!((&*held(&s).locator, s.top().as_str()), ("p. 7", "nothing"));
    s.keys("E 1 c 1");
    assert_eq!(
        (held(&s).credibility.number(), s.top().as_str()),
        (1, "list Evidence items")
    );
}

#[test]
fn an_items_archive_link_source_and_kind_are_set_from_the_list() {
    let mut s = Script::new();
    s.keys("j e minutes Enter s Esc e figures Enter s Esc");
    s.keys("E 2 a web.archive.org/a Enter");
    assert_eq!(
        items(&s)[0].archived_url.as_deref(),
        Some("https://web.archive.org/a")
    );
    s.keys("Ctrl-l Ctrl-u \"no link\" Enter");
    assert!(
        s.said().starts_with("An archive link is an address"),
        "{}",
        s.said()
    );
    assert_eq!(s.top(), "prompt Archived at");
    s.keys("Esc 1 s \"Port of Kell\" Enter");
    let bench = s.state.bench.as_ref().unwrap();
    let source = items(&s)[1].source.unwrap();
    assert_eq!(bench.check().source_name(source), "Port of Kell");
    s.keys("1 k r");
    assert_eq!(items(&s)[1].kind, EvidenceKind::ReferenceWork);
    assert_eq!(s.top(), "list Evidence items");
}

#[test]
fn a_file_is_added_to_an_item_and_the_one_in_its_place_is_kept() {
    let file = |name: &str, sum: &str| EvidenceFile {
        sha256: sum.repeat(32),
        bytes: 1200,
        media_type: "application/pdf".into(),
        name: name.into(),
    };
    let take = |s: &mut Script, keys: &str, file: EvidenceFile| {
        s.keys(keys);
        seen(s, Ok(1200));
        let (id, result) = (s.state.works, Ok(file));
        s.msg(Msg::FileTaken { id, result });
    };
    let mut s = Script::new();
    s.keys("j e minutes Enter s Esc");
    take(&mut s, "E 1 f ./a.pdf Enter", file("a.pdf", "ab"));
    assert_eq!(s.said(), "a.pdf is the file of “minutes” now.");
    take(&mut s, "Ctrl-f ./b.pdf Enter", file("b.pdf", "cd"));
    assert_eq!(
        s.said(),
        "b.pdf is the file of “minutes” now; a.pdf is kept."
    );
    let item = items(&s).remove(0);
    assert_eq!(item.file.unwrap().name, "b.pdf");
    assert_eq!(
        item.note,
        format!("Earlier file: a.pdf, SHA-256 {}", "ab".repeat(32))
    );
    take(&mut s, "Ctrl-f ./b.pdf Enter", file("b.pdf", "cd"));
    assert_eq!(s.said(), "b.pdf is the file of “minutes” already.");
    // The item's form leads there too.
    s.keys("1 Enter Shift-Tab Shift-Tab Enter");
    assert_eq!(s.top(), "list File of “minutes” in place of b.pdf");
    s.keys("Esc Esc u");
    assert_eq!(items(&s)[0].file.as_ref().unwrap().name, "a.pdf");
    // A missing file asks again, with what was typed.
    s.keys("E 1 f ./nothing.pdf Enter");
    seen(&mut s, Err("There is no file ./nothing.pdf."));
    assert_eq!(s.said(), "There is no file ./nothing.pdf.");
    assert_eq!(s.picker().field().text(), "./nothing.pdf");
}
