//! The engine as a whole: constructions with their hard negatives, and what holds on any input.
#![allow(clippy::unwrap_used, clippy::panic)]

mod languages;

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::super::{blocks, propose};
use crate::core::proposal::{AttributionView, Proposals};
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::{Certainty, QuotationType, SourceType, Stance};

fn read(words: &str) -> (ArticleText, Proposals) {
    let text = ArticleText::new(words.to_owned());
    let layout = blocks::plain(text.as_str());
    let p = propose(&text, &layout, "en", 0..layout.len(), true, &|| false);
    (text, p)
}

/// The only attribution of `words`.
fn only(words: &str) -> (ArticleText, AttributionView<'static>) {
    let (text, p) = read(words);
    assert_eq!(p.attributions.len(), 1, "{words}\n{:#?}", p.attributions);
    // A view may not outlive its list, and there is one list a test.
    let p: &'static Proposals = Box::leak(Box::new(p));
    (text, p.attributions.get(0).unwrap())
}

#[test]
fn stance_and_negation_follow_cue_and_clause() {
    use Stance::*;
    for (words, stance, negated) in [
        ("Oduya said that the pier leaks.", Asserts, false),
        ("Oduya denied that the pier leaks.", Denies, true),
        ("Oduya has not said whether the pier leaks.", None, true),
        ("Oduya never said that the pier leaks.", None, true),
        ("Oduya does not think the pier leaks.", Denies, true),
        ("Oduya doubts that the pier leaks.", Denies, true),
        ("Oduya asked whether the pier leaks.", Questions, false),
        ("Oduya declined to say whether the pier leaks.", None, true),
        (
            "Oduya rejected the claim that the pier leaks.",
            Denies,
            true,
        ),
        (
            "Oduya retracted her statement about the pier.",
            Retracts,
            false,
        ),
        ("Oduya did not deny that the pier leaks.", None, true),
        (
            "Oduya insisted that the pier does not leak.",
            Asserts,
            false,
        ),
        ("No officials said that the pier leaks.", None, true),
    ] {
        let (_, a) = only(words);
        assert_eq!((a.stance, a.negated), (stance, negated), "{words}");
    }
}

#[test]
fn certainty_comes_from_cue_hedges_and_strong_adverbs() {
    use Certainty::*;
    for (words, certainty) in [
        ("Oduya said the pier leaks.", Unspecified),
        ("Oduya confirmed that the pier leaks.", Certain),
        ("Oduya said the pier may leak.", Possible),
        ("Oduya said the pier is likely to leak.", Probable),
        ("Oduya reportedly said that the pier leaks.", Probable),
        ("Oduya suggested that the pier leaks.", Possible),
        ("Oduya believes that the pier leaks.", Probable),
    ] {
        let (_, a) = only(words);
        assert_eq!(a.certainty, certainty, "{words}");
    }
}

#[test]
fn an_accusation_names_its_target() {
    let (text, a) = only("Oduya accused the harbour board of hiding the report.");
    assert_eq!(text.exact(&a.about), "the harbour board");
    assert_eq!(a.stance, Stance::Asserts);
    let (_, a) = only("Oduya said the harbour board hid the report.");
    assert!(a.about.is_empty());
}

#[test]
fn a_voice_that_quotes_another_is_its_via() {
    let (text, p) = read("“We saw nothing,” the Tarn Herald quoted a deckhand as saying.");
    let inner = p
        .attributions
        .iter()
        .find(|a| a.rule == "quoted-as-saying")
        .unwrap();
    assert_eq!(text.exact(&inner.source), "a deckhand");
    let outer = p.attributions.get(inner.via.unwrap() as usize).unwrap();
    assert_eq!(outer.stance, Stance::Relays);
    assert_eq!(text.exact(&outer.source), "the Tarn Herald");

    let (text, p) =
        read("Oduya said that the engineers had warned the council that the piles were rotten.");
    let inner = p
        .attributions
        .iter()
        .find(|a| text.exact(&a.source) == "the engineers")
        .unwrap();
    let outer = p.attributions.get(inner.via.unwrap() as usize).unwrap();
    assert_eq!(text.exact(&outer.source), "Oduya");
}

#[test]
fn marks_alone_before_a_german_verb_are_no_subject() {
    let text = ArticleText::new(",,sagte".into());
    let layout = blocks::plain(text.as_str());
    let p = propose(&text, &layout, "de", 0..layout.len(), true, &|| false);
    assert!(p.attributions.is_empty());
}

#[test]
fn a_spanish_body_of_two_names_is_no_person() {
    let words = "El titular del Ministerio del Interior aseguró que no ha hablado con nadie.";
    let text = ArticleText::new(words.into());
    let layout = blocks::plain(text.as_str());
    let p = propose(&text, &layout, "es", 0..layout.len(), true, &|| false);
    assert_eq!(&*p.sources[0].name, "titular del Ministerio del Interior");
    assert_ne!(p.sources[0].source_type, SourceType::Person);
}

#[test]
fn sentences_without_a_voice_propose_statements_only() {
    for words in [
        "The pier was built in 1911 and rebuilt in 1954.",
        "The works went according to plan.",
        "The so-called “miracle pump” broke in March.",
        "He told a long story.",
        "The sea claimed three boats.",
        "Workers reported for duty at six.",
        "The letter reached the office and was answered.",
        "You know the way.",
    ] {
        let (_, p) = read(words);
        assert_eq!(p.statements.len(), 1, "{words}");
        assert!(p.attributions.is_empty(), "{words}\n{:#?}", p.attributions);
    }
}

#[test]
fn sources_become_records_with_role_and_affiliation() {
    let (_, p) = read(
        "Norhaven fire service spokeswoman Lena Moss said two boats had burned.\n\n\
         Moss said the crew was safe. She added that the fuel was gone.\n\n\
         According to the Tarn News Agency, the owner is abroad. TNA said he would return.\n\n\
         Two officials said the fire was set.",
    );
    let names: Vec<_> = p
        .sources
        .iter()
        .map(|s| (&*s.name, s.source_type, s.mentions.len()))
        .collect();
    assert_eq!(
        names,
        [
            ("Lena Moss", SourceType::Person, 3),
            ("Tarn News Agency", SourceType::Media, 2),
            ("Two officials", SourceType::Anonymous, 1),
        ]
    );
    assert_eq!(&*p.sources[0].role, "spokeswoman");
    assert_eq!(&*p.sources[0].affiliation, "Norhaven fire service");
}

#[test]
fn one_surname_and_two_given_names_are_two_people() {
    let (_, p) = read("Ana Moss said the pier leaks.\n\nTom Moss said the pier is dry.");
    assert_eq!(p.sources.len(), 2);
    let (_, p) = read(
        "Ana Moss said the pier leaks.\n\nMr. Moss said the pier is dry.\n\nHe said it was dry.",
    );
    assert_eq!(
        p.sources.len(),
        1,
        "a title alone parts nobody whose sex is not known"
    );
}

#[test]
fn a_quotation_goes_on_over_blocks_and_stops_with_its_mark() {
    let (text, p) = read(
        "Pell said: “The pier fed us.\n\n“It fed our parents.\n\n“It will feed our children.”\n\nThe hall was full.",
    );
    let spoken: Vec<_> = p
        .attributions
        .iter()
        .map(|a| text.exact(&a.content))
        .collect();
    assert_eq!(spoken.len(), 3, "{spoken:?}");
    assert!(
        p.attributions
            .iter()
            .all(|a| text.exact(&a.source) == "Pell")
    );
    assert_eq!(p.statements.len(), 4);
}

#[test]
fn a_wide_space_before_a_name_is_a_space() {
    let (_, p) = read("\u{a0} Oduya said that the pier leaks.");
    assert_eq!(&*p.sources[0].name, "Oduya");
}

#[test]
fn every_proposal_says_why_in_one_line() {
    let (_, p) = read("“The pier\nleaks,” said Mara Oduya. Pell denied that it leaks.");
    for a in p.attributions.iter() {
        assert!(
            !a.rule.is_empty() && !a.why.is_empty() && !a.why.contains('\n'),
            "{a:?}"
        );
    }
}

/// What holds for the proposals of any text.
fn sound(text: &ArticleText, p: &Proposals) {
    let borders: Vec<u32> = {
        let mut at = 0;
        let mut out = vec![0];
        for g in text.as_str().graphemes(true) {
            at += g.chars().count() as u32;
            out.push(at);
        }
        out
    };
    let whole = |s: &Span| {
        assert!(s.start < s.end && s.end <= text.len(), "{s:?}");
        for at in [s.start, s.end] {
            assert!(
                borders.binary_search(&at).is_ok(),
                "{at} is inside a cluster of {:?}",
                text.as_str()
            );
        }
        assert!(
            p.blocks.iter().any(|b| b.span.contains(*s)),
            "{s:?} is in no block"
        );
    };
    for s in p.statements.iter() {
        s.spans.iter().for_each(whole);
        assert!(p.blocks[s.block as usize].span.contains(s.hull().unwrap()));
    }
    let mut before = 0;
    for (n, a) in p.attributions.iter().enumerate() {
        assert!(before <= a.statement && (a.statement as usize) < p.statements.len());
        before = a.statement;
        assert!(
            a.via
                .is_none_or(|v| v as usize != n && (v as usize) < p.attributions.len())
        );
        assert!(
            a.source_record
                .is_none_or(|r| (r as usize) < p.sources.len())
        );
        assert!(!a.content.is_empty());
        let mut all: Vec<Span> = Vec::new();
        for part in [a.source, a.cue, a.content] {
            part.iter().for_each(whole);
            all.extend_from_slice(&part);
        }
        a.about.iter().for_each(whole);
        all.sort_unstable();
        assert!(
            all.windows(2).all(|w| w[0].end <= w[1].start),
            "{a:?} in {:?}",
            text.as_str()
        );
    }
}

/// What the first pass says of an attribution, without the indexes that count inside one run.
fn first_pass(p: &Proposals) -> Vec<String> {
    p.attributions
        .iter()
        .map(|a| {
            format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {} {} {}",
                a.source,
                a.cue,
                a.content,
                a.quotation_type,
                a.stance,
                a.certainty,
                a.negated,
                a.rule,
                a.why
            )
        })
        .collect()
}

/// Pieces that the rules are made of, so that random texts come near them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Oduya",
        "the board",
        "said",
        "says",
        "denied",
        "that",
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "«",
        "»",
        ",",
        ".",
        "?",
        ":",
        ";",
        "—",
        "(",
        ")",
        "according to",
        "quoted",
        "as saying",
        "he",
        "she",
        "is believed to",
        "not",
        "leaks",
        "the pier",
        "and",
        "but",
        "adding",
        "claim",
        "\n\n",
        "\n",
        "who",
        "which",
        "is",
        "accused",
        "of",
        "said:",
        "I",
        "think",
        "Mr.",
        "U.S.",
        "e\u{301}",
        "👩‍🔬",
        "日本",
        "it",
        "was",
        "like",
        "in the words of",
        "- ",
        "Image:",
        "KELL:",
    ]);
    prop::collection::vec((piece, prop::bool::weighted(0.85)), 0..60).prop_map(|v| {
        v.into_iter()
            .map(|(w, space)| if space { format!("{w} ") } else { w.to_owned() })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn proposals_are_sound_on_any_text(words in "(?s).{0,200}") {
        let (text, p) = read(&words);
        sound(&text, &p);
    }

    #[test]
    fn proposals_are_sound_on_texts_made_of_cues_and_marks(words in pieces()) {
        let (text, p) = read(&words);
        sound(&text, &p);
    }

    #[test]
    fn a_window_gives_what_the_whole_run_gives(texts in prop::collection::vec(pieces(), 1..24), at in 0usize..24) {
        let text = ArticleText::new(texts.join("\n\n"));
        let layout = blocks::plain(text.as_str());
        let n = layout.len();
        let from = at.min(n);
        let whole = propose(&text, &layout, "en", 0..n, false, &|| false);
        let window = propose(&text, &layout, "en", from..n, false, &|| false);
        let tail: Vec<_> = {
            let first = whole.statements.partition_point(|s| (s.block as usize) < from);
            let k = whole.attributions.iter().filter(|a| (a.statement as usize) < first).count();
            first_pass(&whole)[k..].to_vec()
        };
        prop_assert_eq!(first_pass(&window), tail);
    }
}
