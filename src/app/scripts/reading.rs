//! An article that takes long to read: told, cancelled, and a book's chapters chosen.

use super::*;
use crate::app::msg::{Asked, Chapters, OpenWhat};
use crate::app::state::Screen;
use crate::core::chapter::Chapter;
use crate::core::progress::{Progress, ProgressUnit};
use crate::core::summary::Summary;

fn page(done: u64) -> Msg {
    Msg::Reading(Progress {
        unit: ProgressUnit::Pages,
        done,
        of: Some(210),
    })
}

fn asked(s: &Script) -> Asked {
    match s.asked.last() {
        Some(Effect::Open(OpenWhat::Article(asked))) => asked.clone(),
        other => panic!("{other:?}"),
    }
}

fn session() -> Summary {
    Summary {
        name: "ferry".into(),
        version: 1,
        ..Summary::default()
    }
}

#[test]
fn esc_stops_reading_and_leads_back_to_the_first_start() {
    let mut s = Script::bare();
    s.msg(Msg::Sessions(Vec::new()));
    s.keys("o \"kell.pdf\" Enter");
    assert_eq!(asked(&s), Asked::of("kell.pdf"));
    s.msg(page(3));
    let reading = s.state.reading.clone().unwrap();
    assert_eq!(reading.words(), "page 3 of 210 (1%)");
    s.asked.clear();
    s.keys("Esc");
    assert_eq!(s.effects(), ["CancelOpening", "ListSessions"]);
    assert_eq!(
        s.said(),
        "Reading kell.pdf was cancelled; nothing was made."
    );
    // What was on its way comes too late.
    s.msg(page(4)).msg(Msg::Sessions(Vec::new()));
    assert_eq!(
        (s.state.screen, s.state.reading.clone()),
        (Screen::Start, None)
    );
}

#[test]
fn a_session_that_was_open_stays_when_reading_another_article_is_cancelled() {
    let mut s = Script::new();
    s.keys("j v a Ctrl-o");
    s.msg(Msg::Sessions(vec![session()]));
    s.keys("./big.pdf Enter");
    assert_eq!(asked(&s), Asked::of("./big.pdf"));
    let before = s.rows();
    s.asked.clear();
    s.keys("Ctrl-c");
    assert_eq!(s.effects(), ["CancelOpening"]);
    assert_eq!((s.rows(), s.state.screen), (before, Screen::Bench));
    // With nothing being read the key is what it always was.
    s.keys("Ctrl-c");
    assert_eq!(s.said(), "Ctrl-c once more saves and leaves.");
}

#[test]
fn esc_ends_what_is_on_top_before_it_stops_reading() {
    let mut s = Script::new();
    s.state.reading = Some(crate::app::state::under_way::ReadingArticle::of("big.pdf"));
    s.keys("v Esc c Esc m Esc Esc");
    assert!(s.state.reading.is_some());
    s.keys("Esc");
    assert!(s.state.reading.is_none());
}

#[test]
fn the_first_part_of_a_long_article_goes_when_reading_is_cancelled_and_one_can_leave_at_once() {
    let open = || {
        let mut s = Script::bare();
        s.state.reading = Some(crate::app::state::under_way::ReadingArticle::of("long.txt"));
        let text = ArticleText::new(TEXT.into());
        let blocks = proposals(&text).blocks;
        s.msg(Msg::Preview {
            text,
            blocks,
            article: Box::default(),
            whole: false,
        });
        s.asked.clear();
        s
    };
    let mut s = open();
    s.keys("Esc");
    assert!(s.state.bench.is_none());
    assert_eq!(s.effects(), ["CancelOpening", "ListSessions"]);
    let mut s = open();
    s.keys("q");
    assert_eq!(s.effects(), ["Quit"]);
}

#[test]
fn of_a_book_all_or_some_chapters_are_chosen_or_a_session_of_it() {
    let book = |sessions: &[&str]| {
        let mut s = Script::bare();
        s.msg(Msg::Chapters {
            asked: Asked::of("piers.epub"),
            chapters: [("The Pier", 1240), ("", 30), ("The Boat", 12_400_000)]
                .map(|(title, length)| Chapter {
                    title: title.into(),
                    length,
                })
                .into(),
            sessions: sessions.iter().map(|n| n.to_string()).collect(),
        });
        s
    };
    let mut s = book(&["piers"]);
    insta::assert_snapshot!(s.list(), @r"
    > piers | resumes it
      the whole book | 3 chapters | 12,401,270 characters
      1 · The Pier |  | 1,240 characters
      2 · without a title |  | 30 characters
      3 · The Boat |  | 12,400,000 characters
    ");
    s.keys("Enter");
    assert!(matches!(s.asked.last(), Some(Effect::Open(OpenWhat::Session(n))) if n == "piers"));
    for (keys, chapters) in [
        ("Enter", Chapters::All),
        ("boat Enter", Chapters::These("3".into())),
        (
            "Down Tab Down Down Tab Enter",
            Chapters::These("1,3".into()),
        ),
    ] {
        let mut s = book(&[]);
        s.keys(keys);
        let want = Asked {
            chapters,
            ..Asked::of("piers.epub")
        };
        assert_eq!(asked(&s), want, "{keys}");
        assert!(s.state.reading.is_some());
    }
    let mut s = book(&[]);
    s.keys("Esc");
    assert_eq!(s.effects(), ["ListSessions"]);
}
