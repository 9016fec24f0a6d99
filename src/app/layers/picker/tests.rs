use super::*;
use crate::app::input::key::script;
use crate::app::refusal::DONE;

fn press(p: &mut Picker<()>, keys: &str) {
    for k in script(keys).unwrap_or_default() {
        p.key(k);
    }
}

#[test]
fn typing_filters_and_the_last_line_makes_what_was_typed() {
    let items = ["John Kirby", "Korean Central News Agency", "the article"];
    let items = items
        .iter()
        .enumerate()
        .map(|(n, l)| PickItem::new(Pick::Way(n), *l))
        .collect();
    let mut p = Picker::new("said by", items, |_, _| DONE).creating(|_| "new source", |_| false);
    assert_eq!((p.len(), p.creates()), (3, None));
    press(&mut p, "kir");
    assert_eq!(
        p.matches().next().map(|(i, _)| i.label.as_str()),
        Some("John Kirby")
    );
    assert_eq!(p.creates().as_deref(), Some("kir"));
    press(&mut p, "Down Down Down");
    assert_eq!(p.picked(), Some(Ok(Pick::New("kir".into()))));
    press(&mut p, "Ctrl-u");
    press(&mut p, "\"the article\"");
    assert_eq!(p.creates(), None);
}

#[test]
fn accents_are_found_however_they_are_written() {
    for (label, typed) in [
        ("Jose\u{301} Pell", "jos\u{e9}"),
        ("Jos\u{e9} Pell", "jose\u{301}"),
    ] {
        let items = vec![
            PickItem::new(Pick::Way(0), label),
            PickItem::new(Pick::Way(1), "Jon"),
        ];
        let p = Picker::<()>::new("said by", items, |_, _| DONE)
            .creating(|_| "new source", |_| false)
            .typing(typed);
        let found: Vec<_> = p.matches().map(|(i, _)| i.label.as_str()).collect();
        assert_eq!(found, [label], "{typed}");
        let whole = p.typing("jos\u{e9} pell");
        assert_eq!(whole.creates(), None);
    }
}

#[test]
fn a_number_picks_its_line_and_a_letter_behind_it_acts_on_that() {
    let lines = ["Council minutes", "3 sons of Kell", "Port figures"];
    let items = lines.iter().enumerate();
    let items = items
        .map(|(n, l)| PickItem::new(Pick::Way(n), *l))
        .collect();
    let letters = vec![NumberLetter {
        key: 's',
        label: "supports",
        accept: Arc::new(|s: &mut Vec<Pick>, pick| {
            s.push(pick);
            DONE
        }),
    }];
    let mut p = Picker::<Vec<Pick>>::new("Evidence", items, |_, _| DONE)
        .creating(|_| "new item", |_| false)
        .numbered(letters);
    let press = |p: &mut Picker<Vec<Pick>>, keys: &str| {
        let mut done = Vec::new();
        for k in script(keys).unwrap_or_default() {
            if let Reply::Then(then) = p.key(k) {
                then(&mut done).unwrap_or_default();
            }
        }
        done
    };
    assert_eq!(press(&mut p, "3"), []);
    assert_eq!(p.picked(), Some(Ok(Pick::Way(2))));
    assert_eq!(press(&mut p, "s"), [Pick::Way(2)]);
    // A number that no line has, and one with words behind it, are looked for.
    press(&mut p, "Ctrl-u");
    assert_eq!(press(&mut p, "4s"), []);
    press(&mut p, "Ctrl-u");
    assert_eq!(press(&mut p, "\"3 s\""), []);
    assert_eq!(p.picked(), Some(Ok(Pick::Way(1))));
}

/// The labels that match what is typed, best first.
fn found(labels: &[&str], typed: &str) -> Vec<String> {
    let items = labels.iter().enumerate();
    let items = items
        .map(|(n, l)| PickItem::new(Pick::Way(n), *l))
        .collect();
    let p = Picker::<()>::new("", items, |_, _| DONE).typing(typed);
    p.matches().map(|(i, _)| i.label.clone()).collect()
}

#[test]
fn whole_words_come_before_beginnings_and_those_before_parts_of_words() {
    let labels = [
        "reprints it",
        "prints it",
        "footprint",
        "to print",
        "pick an interval",
    ];
    let order = ["to print", "prints it", "reprints it", "footprint"];
    assert_eq!(found(&labels, "print"), order);
    // Each word counts, in any order, and accents that nobody typed do not.
    assert_eq!(
        found(&["Jos\u{e9} Pell", "Josefa Pelling"], "pell jose")[0],
        "Jos\u{e9} Pell"
    );
}

#[test]
fn scattered_letters_match_only_where_nothing_holds_the_words() {
    let labels = [
        "save the session in one folder",
        "new version",
        "next version",
    ];
    assert_eq!(found(&labels, "version"), ["new version", "next version"]);
    assert_eq!(found(&labels, "nxv"), ["next version"]);
    assert!(found(&["values in order on screen"], "vesion").len() == 1);
}

#[test]
fn what_a_line_holds_besides_is_found_last_and_shown() {
    let items = vec![
        PickItem::new(Pick::Way(0), "ferry").inside(vec![
            "The ferry sank.".into(),
            "The toll was doubled.".into(),
        ]),
        PickItem::new(Pick::Way(1), "toll-road"),
        PickItem::new(Pick::Way(2), "kell"),
    ];
    let p = Picker::<()>::new("", items, |_, _| DONE).typing("toll");
    let labels: Vec<_> = p.matches().map(|(i, _)| i.label.as_str()).collect();
    assert_eq!(labels, ["toll-road", "ferry"]);
    assert_eq!(p.found_inside(0), None);
    assert_eq!(p.found_inside(1), Some("The toll was doubled."));
}

#[test]
fn what_stands_behind_a_label_is_found_by_its_words_alone() {
    let items = vec![
        PickItem::new(Pick::Way(0), "row down")
            .detail("visits every row, session by session, in order"),
        PickItem::new(Pick::Way(1), "report").detail("what a version was made of"),
    ];
    let p = Picker::<()>::new("", items, |_, _| DONE);
    let labels = |p: &Picker<()>| {
        p.matches()
            .map(|(i, _)| i.label.clone())
            .collect::<Vec<_>>()
    };
    let p = p.typing("version");
    assert_eq!(labels(&p), ["report"]);
    let p = p.typing("vsssn");
    assert_eq!(labels(&p), Vec::<String>::new());
}
