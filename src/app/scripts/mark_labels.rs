//! Marking by two letters a word: how few keys a passage takes, and what else the keys mean there.

use super::Script;
use crate::app::input::key::Key;
use crate::app::msg::Msg;
use crate::app::state::marking::Awaited;
use crate::core::text::ArticleText;

/// The keys of the label of the first word in view that reads `word`.
fn label(s: &Script, word: &str) -> String {
    let bench = s.state.bench.as_ref().unwrap();
    let all = bench.mark_labels();
    let found = all
        .iter()
        .find(|l| bench.text().as_str().get(l.word.clone()) == Some(word));
    let [a, b] = found
        .unwrap_or_else(|| panic!("no label on {word}"))
        .letters;
    format!("{a} {b}")
}

/// The words that have labels.
fn labelled(s: &Script) -> String {
    let bench = s.state.bench.as_ref().unwrap();
    let text = bench.text().as_str();
    let words: Vec<&str> = bench
        .mark_labels()
        .into_iter()
        .map(|l| &text[l.word])
        .collect();
    words.join("|")
}

/// The words that are marked, spans parted by `…`; nothing where no mark is under way.
fn marked(s: &Script) -> String {
    let bench = s.state.bench.as_ref().unwrap();
    let mark = bench.marking.as_ref();
    mark.map_or(String::new(), |m| {
        bench.text().exact(&m.spans(bench.text()))
    })
}

fn awaited(s: &Script) -> Option<Awaited> {
    let bench = s.state.bench.as_ref().unwrap();
    bench.marking.as_ref().map(|m| m.awaited)
}

/// Presses `m` and the labels of both words; how many keys that took.
fn by_labels(s: &mut Script, start: &str, end: &str) -> usize {
    s.keys("m");
    let first = label(s, start);
    s.keys(&first);
    let second = label(s, end);
    s.keys(&second);
    1 + first.split(' ').count() + second.split(' ').count()
}

#[test]
fn a_passage_inside_a_sentence_takes_six_keys() {
    let mut s = Script::new();
    s.keys("j j");
    let keys = by_labels(&mut s, "double", "signed");
    assert_eq!(marked(&s), "double what the council signed");
    s.keys("Enter");
    assert_eq!(keys + 1, 6);
    assert_eq!(
        (s.row().as_str(), s.steps()),
        (
            "unchecked | Mara Oduya asserts | double what the council sign…",
            2
        )
    );
}

#[test]
fn the_labels_are_those_of_the_block_and_of_words_of_two_cells() {
    let mut s = Script::new();
    s.keys("j j j m");
    assert_eq!(
        labelled(&s),
        "Kell|Ferry|Operators|denied|on|Monday|that|passenger|numbers|had|fallen|since|the|opening|Officials|said|the\
         |ferry|may|lose|third|of|its|passengers|within|year"
    );
    s.keys("Esc Esc } m");
    assert_eq!(
        labelled(&s),
        "The|bridge|at|dusk|seen|from|the|ferry",
        "the caption, which is no row"
    );
}

#[test]
fn the_two_words_may_come_in_any_order_and_one_word_is_a_passage() {
    let mut s = Script::new();
    s.keys("j j");
    by_labels(&mut s, "signed", "double");
    assert_eq!(marked(&s), "double what the council signed");
    by_labels(&mut s, "city", "city");
    assert_eq!(marked(&s), "city");
    s.keys("m");
    let start = label(&s, "cost");
    s.keys(&start);
    assert_eq!(marked(&s), "cost");
    s.keys("Enter");
    assert_eq!(s.row(), "unchecked | Mara Oduya asserts | cost");
}

#[test]
fn what_is_typed_leaves_the_labels_that_go_with_it_and_is_taken_back() {
    let mut s = Script::new();
    s.keys("j j m");
    let all = labelled(&s);
    s.keys("a");
    assert_eq!(awaited(&s), Some(Awaited::Start(Some('a'))));
    assert_eq!(
        labelled(&s),
        "This|bridge|has|cost|the|city|double|what|the"
    );
    s.keys("Backspace");
    assert_eq!(labelled(&s), all);
    s.keys("p");
    assert_eq!(s.said(), "No label begins with “p”.");
    s.keys("s p");
    assert_eq!(s.said(), "No word has the label “sp”.");
    assert_eq!(awaited(&s), Some(Awaited::Start(None)));
    s.keys("a s");
    assert_eq!(awaited(&s), Some(Awaited::End(None)));
    s.keys("Backspace");
    assert_eq!(awaited(&s), Some(Awaited::Start(None)));
    assert_eq!(s.steps(), 0);
}

#[test]
fn esc_and_space_drop_the_labels_a_move_too_and_a_second_esc_leaves() {
    let mut s = Script::new();
    for (keys, want) in [
        ("Esc", "“This"),
        ("Space", "“This"),
        ("Ctrl-c", "“This"),
        ("Right", "“This"),
        (
            ")",
            "“This bridge has cost the city double what the council signed off,” said Mara Oduya, who leads the opposition.",
        ),
        ("3 w", "“This bridge has cost"),
    ] {
        s.keys("g j j m").keys(keys);
        assert_eq!(
            (marked(&s).as_str(), labelled(&s).as_str()),
            (want, ""),
            "{keys}"
        );
        assert_eq!(awaited(&s), Some(Awaited::Move), "{keys}");
        s.keys("Esc");
        assert_eq!(awaited(&s), None, "{keys}");
    }
    s.keys("m ?");
    assert_eq!(s.said(), "“?” does nothing here; F1 shows every key.");
    assert_eq!(awaited(&s), Some(Awaited::Start(None)));
    s.keys("F1 Esc");
    assert_eq!(awaited(&s), Some(Awaited::Start(None)));
}

#[test]
fn counts_and_characters_move_the_end() {
    let mut s = Script::new();
    for (keys, want) in [
        ("4 w", "“This bridge has cost the"),
        ("1 0 l", "“This bridge ha"),
        ("f y", "“This bridge has cost the city"),
        ("2 f c", "“This bridge has cost the c"),
        (
            "f O 2 F d",
            "“This bridge has cost the city double what the council signe",
        ),
        ("3 o", "“This"),
    ] {
        s.keys("g j j m Space").keys(keys);
        assert_eq!(marked(&s), want, "{keys}");
        s.keys("Esc");
    }
    s.keys("m Space f q");
    assert_eq!(s.said(), "“q” does not stand in the rest of this block.");
    s.keys("F q");
    assert_eq!(
        s.said(),
        "“q” does not stand in the beginning of this block."
    );
    s.keys("f Esc");
    assert_eq!(awaited(&s), Some(Awaited::Move));
    // A count waits as a prefix does, and Esc ends it.
    s.keys("2");
    assert_eq!(s.state.pending, [Key::char('2')]);
    s.keys("Esc");
    assert!(s.state.pending.is_empty());
    assert_eq!(marked(&s), "“This");
}

#[test]
fn a_mark_starts_at_the_hit_of_the_search() {
    let mut s = Script::new();
    s.keys("/ \"double what\" Enter m");
    assert_eq!(marked(&s), "double what");
    assert_eq!(awaited(&s), Some(Awaited::End(None)));
    let end = label(&s, "off");
    s.keys(&end).keys("Enter");
    assert_eq!(
        s.row(),
        "unchecked | Mara Oduya asserts | double what the council sign…"
    );
    // On another row the hit is none of the mark's business; on its own another start can be chosen.
    s.keys("j j m");
    assert_eq!(awaited(&s), Some(Awaited::Start(None)));
    s.keys("Esc Esc n m Backspace");
    assert_eq!(awaited(&s), Some(Awaited::Start(None)));
    s.keys("Esc");
    assert_eq!(marked(&s), "double what");
}

#[test]
fn a_further_span_and_another_start_have_labels_on_m() {
    let mut s = Script::new();
    s.keys("j");
    by_labels(&mut s, "The", "council");
    s.keys("+");
    by_labels(&mut s, "80", "million");
    assert_eq!(marked(&s), "The council … 80 million");
}

#[test]
fn a_statement_is_cut_before_the_word_of_the_label() {
    let mut s = Script::new();
    s.keys("j j j D s m");
    let word = label(&s, "that");
    s.keys(&word).keys("Enter");
    assert_eq!(
        s.row(),
        "unchecked | Kell Ferry Operators denies | Kell Ferry Operators denied …"
    );
    assert_eq!(
        s.said(),
        "Row 4: split in two · Kell Ferry Operators denied on Monday"
    );
}

#[test]
fn labels_follow_what_is_in_view() {
    let words: String = (0..3000).map(|n| format!("word{n} ")).collect();
    let mut s = Script::with(|o| {
        o.text = ArticleText::new(words.clone());
        o.blocks = Vec::new();
        o.proposals = Some(std::sync::Arc::default());
    });
    s.keys("m");
    let bench = s.state.bench.as_ref().unwrap();
    let seen = bench.article.visible_bytes(bench.text());
    let labels = bench.mark_labels();
    assert!(
        labels.len() > 200 && labels.len() <= 676,
        "{}",
        labels.len()
    );
    assert!(labels.iter().all(|l| seen.contains(&l.word.start)));
    let bench = s.state.bench.as_mut().unwrap();
    bench.article.scroll(bench.desk.check().text(), 10);
    let bench = s.state.bench.as_ref().unwrap();
    let seen = bench.article.visible_bytes(bench.text());
    let labels = bench.mark_labels();
    assert!(labels.iter().all(|l| seen.contains(&l.word.start)));
    assert_eq!(labels[0].word.start, seen.start);
}

/// Presses the mouse at a cell of the article's text, drags it to another one and lets it go.
fn drag(s: &mut Script, from: (u16, u16), to: (u16, u16)) {
    use crate::app::input::mouse::{Mouse, MouseKind};
    let area = s.state.areas().article;
    for (kind, (x, y)) in [
        (MouseKind::Press, from),
        (MouseKind::Drag, to),
        (MouseKind::Release, to),
    ] {
        s.msg(Msg::Mouse(Mouse {
            kind,
            x: area.x + crate::app::screen::areas::GUTTER + x,
            y: area.y + y,
        }));
    }
}

#[test]
fn a_drag_marks_whole_words_whichever_way_it_goes() {
    // “The council approved 80 million …” stands in the fifth row.
    for (from, to, want) in [
        ((5, 4), (15, 4), "council approved"),
        ((15, 4), (5, 4), "council approved"),
        ((5, 4), (11, 4), "council"),
        ((0, 4), (1, 4), "The"),
        (
            (0, 0),
            (0, 4),
            "Kell Bridge opens at last\n\nBy Jon Pell\n\nThe",
        ),
    ] {
        let mut s = Script::new();
        drag(&mut s, from, to);
        assert_eq!(marked(&s), want);
    }
}

#[test]
fn a_drag_serves_what_the_mark_under_way_is_for() {
    let mut s = Script::new();
    s.keys("j m Space w Enter v a m Tab");
    let claim = s.claim();
    drag(&mut s, (5, 4), (15, 4));
    s.keys("Enter");
    assert_eq!(
        (s.row().as_str(), s.claim()),
        ("accurate | its minutes asserts | council approved", claim)
    );
    // A mark that is for nothing else ends where one clicks.
    s.keys("m");
    drag(&mut s, (0, 4), (0, 4));
    assert_eq!(awaited(&s), None);
}
