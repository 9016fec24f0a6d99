//! Texts as people paste them (`tests/gold/pasted`): the page's own lines are never proposed, the headline is the title, and
//! whatever is somebody's is known as that.
//!
//! The first letter of each line says what the line is: `#` title, `@` byline, `~` the page's, `.` the article's, which is
//! proposed, `:` neither, `c` correction, `l` live post, `p` thread post, `q` question, `a` answer, `t` turn, `s`
//! self-description.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::input::{InputHint, read};
use super::{Document, propose};
use crate::core::proposal::{Proposals, ProposedVoice};
use crate::core::vocabulary::{BlockKind, CheckWorthiness, Stance};

const SAMPLES: [(&str, &str); 9] = [
    ("page", include_str!("../../tests/gold/pasted/page.txt")),
    ("seite", include_str!("../../tests/gold/pasted/seite.txt")),
    ("live", include_str!("../../tests/gold/pasted/live.txt")),
    (
        "interview",
        include_str!("../../tests/gold/pasted/interview.txt"),
    ),
    (
        "transcript",
        include_str!("../../tests/gold/pasted/transcript.txt"),
    ),
    ("press", include_str!("../../tests/gold/pasted/press.txt")),
    ("thread", include_str!("../../tests/gold/pasted/thread.txt")),
    ("letter", include_str!("../../tests/gold/pasted/letter.txt")),
    ("agency", include_str!("../../tests/gold/pasted/agency.txt")),
];

/// A sample as it is pasted, read and proposed for.
struct Pasted {
    name: &'static str,
    /// Each line with what it is.
    lines: Vec<(char, &'static str)>,
    document: Document,
    proposals: Proposals,
}

fn pasted(name: &'static str, marked: &'static str) -> Pasted {
    let lines: Vec<(char, &str)> = marked
        .lines()
        .map(|l| {
            (
                l.chars().next().unwrap_or(' '),
                l.get(2..).unwrap_or_default(),
            )
        })
        .collect();
    let text: String = lines
        .iter()
        .map(|(_, words)| format!("{words}\n"))
        .collect();
    let hint = InputHint {
        name: Some(format!("{name}.txt")),
        ..InputHint::default()
    };
    let document = read(text.into(), &hint).unwrap();
    let blocks = document.blocks.len();
    let proposals = propose(
        &document.text,
        &document.blocks,
        &document.language,
        0..blocks,
        true,
        &|| false,
    );
    Pasted {
        name,
        lines,
        document,
        proposals,
    }
}

fn all() -> Vec<Pasted> {
    SAMPLES
        .into_iter()
        .map(|(name, marked)| pasted(name, marked))
        .collect()
}

impl Pasted {
    /// The lines marked `code`, with their bytes in the text.
    fn of(&self, code: char) -> Vec<(&'static str, std::ops::Range<usize>)> {
        let mut at = 0;
        let mut out = Vec::new();
        for (c, words) in &self.lines {
            if *c == code {
                out.push((*words, at..at + words.len()));
            }
            at += words.len() + 1;
        }
        out
    }

    /// The statements that stand in the bytes `line`, with their worth.
    fn proposed(&self, line: &std::ops::Range<usize>) -> Vec<(String, CheckWorthiness)> {
        let text = &self.document.text;
        self.proposals
            .statements
            .iter()
            .filter(|s| {
                s.spans.iter().any(|span| {
                    let bytes = text.bytes(*span);
                    bytes.start < line.end && line.start < bytes.end
                })
            })
            .map(|s| (text.slice(s.spans[0]).to_string(), s.check_worthiness))
            .collect()
    }

    fn kind(&self, line: &std::ops::Range<usize>) -> BlockKind {
        let at = self.document.text.scalar(line.start);
        self.document
            .blocks
            .iter()
            .find(|b| b.span.start <= at && at < b.span.end)
            .map_or(BlockKind::Paragraph, |b| b.kind)
    }

    /// Who says the words that stand in the bytes `line`, and with which stance.
    fn said_by(&self, line: &std::ops::Range<usize>) -> Vec<(Option<String>, Stance)> {
        let text = &self.document.text;
        self.proposals
            .attributions
            .iter()
            .filter(|a| {
                a.via.is_none()
                    && a.content.iter().any(|span| {
                        let bytes = text.bytes(*span);
                        bytes.start < line.end && line.start < bytes.end
                    })
            })
            .map(|a| {
                let name = match self.proposals.voice_of(&a) {
                    ProposedVoice::Source(source) => Some(source.name.to_string()),
                    ProposedVoice::Words(words) => Some(text.exact(&words)),
                    ProposedVoice::Article => Some("the article".to_string()),
                    ProposedVoice::Unnamed => None,
                };
                (name, a.stance)
            })
            .collect()
    }
}

#[test]
fn no_line_of_the_page_is_proposed() {
    for sample in all() {
        for (words, line) in sample.of('~') {
            assert_eq!(sample.proposed(&line), [], "{}: {words}", sample.name);
        }
    }
}

#[test]
fn the_headline_is_the_title() {
    for sample in all() {
        let want = sample.of('#').first().map_or("", |(words, _)| *words);
        assert_eq!(sample.document.title, want, "{}", sample.name);
        for (words, line) in sample.of('@') {
            assert_eq!(
                sample.kind(&line),
                BlockKind::Byline,
                "{}: {words}",
                sample.name
            );
        }
    }
    let byline = |name: &str| {
        let sample = all().into_iter().find(|s| s.name == name).unwrap();
        sample.document.byline
    };
    assert_eq!(byline("page"), "Mara Oduya");
    assert_eq!(byline("live"), "Tess Varga (now) and Jon Pell (earlier)");
    assert_eq!(byline("thread"), "Tess Varga");
}

#[test]
fn what_the_article_says_is_proposed() {
    for sample in all() {
        for code in ['.', 'c', 'l', 'p', 'q', 'a', 't', 's'] {
            for (words, line) in sample.of(code) {
                assert!(
                    !sample.proposed(&line).is_empty(),
                    "{}: {words}",
                    sample.name
                );
            }
        }
    }
}

#[test]
fn blocks_that_are_somebodys_are_known_as_that() {
    use BlockKind::*;
    for sample in all() {
        for (code, kind) in [
            ('c', Correction),
            ('l', LivePost),
            ('p', ThreadPost),
            ('q', Question),
            ('a', Answer),
            ('t', Turn),
            ('s', SelfDescription),
        ] {
            for (words, line) in sample.of(code) {
                assert_eq!(sample.kind(&line), kind, "{}: {words}", sample.name);
            }
        }
    }
}

#[test]
fn what_a_company_says_of_itself_is_never_ranked_high() {
    for sample in all() {
        for (words, line) in sample.of('s') {
            let high = sample
                .proposed(&line)
                .into_iter()
                .any(|(_, w)| w == CheckWorthiness::High);
            assert!(!high, "{}: {words}", sample.name);
        }
    }
}

#[test]
fn a_correction_takes_back_and_a_question_asks() {
    for sample in all() {
        for (words, line) in sample.of('c') {
            assert_eq!(
                sample.said_by(&line),
                [(Some("the article".to_string()), Stance::Retracts)],
                "{}: {words}",
                sample.name
            );
        }
        for (words, line) in sample.of('q') {
            let said = sample.said_by(&line);
            assert!(
                said.iter().all(|(_, s)| *s == Stance::Questions) && !said.is_empty(),
                "{}: {words}",
                sample.name
            );
        }
    }
}

#[test]
fn each_turn_post_and_answer_has_its_voice() {
    let voices = |name: &str, code: char| -> Vec<String> {
        let sample = all().into_iter().find(|s| s.name == name).unwrap();
        sample
            .of(code)
            .iter()
            .map(|(words, line)| {
                let said = sample.said_by(line);
                let asserts = said.iter().find(|(_, s)| *s == Stance::Asserts);
                asserts
                    .unwrap_or_else(|| panic!("{words}: {said:?}"))
                    .0
                    .clone()
                    .unwrap_or_default()
            })
            .collect()
    };
    assert_eq!(
        voices("transcript", 't'),
        [
            "ADA BRANDT",
            "JON PELL",
            "ADA BRANDT",
            "JON PELL",
            "SPEAKER 4",
            "SPEAKER 4",
            "ADA BRANDT"
        ]
    );
    assert_eq!(
        voices("thread", 'p'),
        ["Tess Varga", "Tess Varga", "Hans Weil", "Kell Post"]
    );
    assert_eq!(voices("interview", 'a'), ["Mara Lindt"; 3]);
    assert_eq!(voices("live", 'p'), ["Ada Brandt"]);
}

/// Else taking it up would make it the article's own.
#[test]
fn what_an_unnamed_person_says_without_asking_is_still_theirs() {
    let text = ": The transcript of the press conference on the quay.\n\n\
                q Q    Will the quay be built?\nt THE MAYOR:  Yes.\nt Q    Thank you. The price has doubled.\n";
    let sample = pasted("thanks", text);
    let thanks = &sample.of('t')[1];
    assert_eq!(sample.said_by(&thanks.1), [(None, Stance::Asserts)]);
}

#[test]
fn initials_stand_for_the_name_that_the_intro_gives() {
    let text = ": Lars Tveit has fished off Kell for forty years and says that the quay is his.\n\n\
                q NP: When did you hear of it?\nt LT: In May. Nobody asked us.\n\n\
                q NP: What will you do?\nt LT: We stay where we are.\n";
    let sample = pasted("initials", text);
    for (words, line) in sample.of('t') {
        let said = sample.said_by(&line);
        assert_eq!(said[0].0.as_deref(), Some("Lars Tveit"), "{words}");
    }
    for (words, line) in sample.of('q') {
        assert_eq!(sample.said_by(&line)[0].1, Stance::Questions, "{words}");
    }
}

#[test]
fn a_few_words_without_a_verb_are_never_ranked_high() {
    let text = ". The quay at Kell cost 42 million crowns, and the board paid for it in March.\n\n. 4,100 homes without power\n\n. The bridge at Kell cost 80 million crowns, and the board paid for it in May.\n";
    let sample = pasted("label", text);
    let worth: Vec<CheckWorthiness> = sample
        .of('.')
        .iter()
        .flat_map(|(_, l)| sample.proposed(l))
        .map(|p| p.1)
        .collect();
    assert_eq!(worth.first(), Some(&CheckWorthiness::High));
    assert!(
        !worth[1..worth.len() - 1].contains(&CheckWorthiness::High),
        "{worth:?}"
    );
}
