//! A session without its words: what an export of it says is the program's own.
//!
//! The last look finds `blocks` where somebody is called Block, and `title` where somebody is called so. Those are keys and
//! headings that stand in every export, and no checker could reword them. So where it finds something, the same session is
//! written again with each letter and digit of others replaced by one that is nobody's. What stands at the same place in
//! both files did not come from the session. A record shows all of its texts itself (see [`crate::core::texts`]); and where
//! the two files do not run alike, nothing is let through.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::mask::MASK;
use crate::core::handover::ExportOptions;
use crate::core::ids::CheckerId;
use crate::core::join::Record;
use crate::core::model::*;
use crate::core::proposal::{Attributions, Block, Proposals, ProposedStatement};
use crate::core::text::ArticleText;

/// Letters of a script in which no name is searched for stand for all others: as many that two texts stay two.
const LETTERS: RangeInclusive<char> = 'ꀀ'..='ꒌ';

/// What an export is made of, without words.
#[derive(Debug)]
pub(in crate::exchange) struct Wordless {
    pub session: Session,
    pub text: ArticleText,
    pub proposals: Option<Proposals>,
    pub options: ExportOptions,
}

/// Whether `word` could have come of a text without words.
pub(super) fn could_be(word: &str) -> bool {
    word.chars().any(|c| LETTERS.contains(&c))
}

/// `text` without its words: as long, and with the same spaces and signs.
fn bare(text: &str) -> String {
    text.chars().map(other).collect()
}

/// Another letter or digit for `c`, always the same one.
fn other(c: char) -> char {
    let first = u32::from(*LETTERS.start());
    let count = u32::from(*LETTERS.end()) - first + 1;
    match c.to_digit(10) {
        Some(n) => char::from_digit((n + 1) % 10, 10).unwrap_or(c),
        None if c.is_whitespace() || c.is_ascii_punctuation() || c == MASK => c,
        None => char::from_u32(first + u32::from(c) % count).unwrap_or(*LETTERS.start()),
    }
}

/// The record without words.
fn without<R: Record>(mut record: R) -> R {
    record.each_text(&mut |_, _, text| *text = bare(text));
    record
}

impl Wordless {
    /// The parts of an export without their words.
    pub fn of(
        session: &Session,
        text: &ArticleText,
        proposals: Option<&Proposals>,
        options: &ExportOptions,
    ) -> Self {
        let mut options = options.clone();
        options.each_text(&mut |text| *text = bare(text));
        Self {
            session: bare_session(session),
            text: ArticleText::new(bare(text.as_str())),
            proposals: proposals.map(proposed),
            options,
        }
    }
}

fn bare_session(session: &Session) -> Session {
    let checker = |c: &Checker| Checker {
        id: CheckerId(bare(&c.id.0).into()),
        name: bare(&c.name),
    };
    Session {
        id: session.id,
        name: bare(&session.name),
        created_at: session.created_at,
        updated_at: session.updated_at,
        checkers: session.checkers.iter().map(checker).collect(),
        article: without(session.article.clone()),
        versions: each(&session.versions, without),
        statements: each(&session.statements, statement),
        claims: each(&session.claims, without),
        attributions: each(&session.attributions, without),
        sources: each(&session.sources, without),
        evidence: each(&session.evidence, without),
        held: each(&session.held, without),
        // No format writes them.
        forwards: BTreeMap::new(),
        conflicts: BTreeMap::new(),
    }
}

fn each<I: Ord + Clone, R: Clone>(records: &BTreeMap<I, R>, bare: fn(R) -> R) -> BTreeMap<I, R> {
    let all = records.iter();
    all.map(|(id, r)| (id.clone(), bare(r.clone()))).collect()
}

fn statement(s: Statement) -> Statement {
    let exact = joined(&s.anchor);
    let mut s = without(s);
    s.anchor.exact = exact;
    s
}

/// The words of an anchor; the sign between those of several spans is the program's.
fn joined(a: &Anchor) -> String {
    let pieces: Vec<String> = a.exact.split(" … ").map(bare).collect();
    match a.spans.len() == pieces.len() {
        true => pieces.join(" … "),
        false => bare(&a.exact),
    }
}

/// What of proposals an export may write; their sources and voices it does not.
fn proposed(p: &Proposals) -> Proposals {
    Proposals {
        reader: bare(&p.reader),
        blocks: p
            .blocks
            .iter()
            .map(|b| Block {
                span: b.span,
                kind: b.kind,
                locator: bare(&b.locator).into(),
            })
            .collect(),
        statements: p
            .statements
            .iter()
            .map(|s| ProposedStatement {
                spans: s.spans.to_vec().into(),
                block: s.block,
                check_worthiness: s.check_worthiness,
                claim_type: s.claim_type,
                why: bare(s.why).into(),
            })
            .collect(),
        attributions: Attributions::default(),
        sources: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::super::tests::{knowing, strings};
    use super::*;
    use crate::core::handover::Protected;
    use crate::exchange::fixture::Fixture;
    use crate::exchange::{ExchangeError, FORMATS};

    fn redact() -> ExportOptions {
        ExportOptions {
            protected: Protected::Redact,
            page_url: Some("https://checks.example.org/1".into()),
            ..ExportOptions::default()
        }
    }

    #[test]
    fn what_the_program_writes_itself_names_nobody() {
        // Keys, headings and labels of the formats.
        for name in [
            "Bill Block",
            "Al Title",
            "Kay Stance",
            "Clark Label",
            "Meg Schema",
            "Bo Token",
            "Ida Content",
            "Ann Task",
        ] {
            for format in FORMATS {
                let export = knowing(name).try_export(format.info.name, &redact());
                assert!(export.is_ok(), "{name}, {}: {export:?}", format.info.name);
            }
        }
    }

    #[test]
    fn words_of_others_at_the_same_place_are_found_as_before() {
        let f = knowing("Al Title");
        let options = ExportOptions {
            publisher: Some("The Title Gazette".into()),
            ..redact()
        };
        let refused = f.try_export("claimreview", &options).unwrap_err();
        let ExchangeError::Unmaskable { places } = refused else {
            panic!("{refused}");
        };
        let all: Vec<_> = places.iter().map(|p| (&*p.at, &*p.words)).collect();
        // Two reviews, and none of their keys.
        assert_eq!(all, [("a string of the file kell-bridge.json", "Title"); 2]);
    }

    #[test]
    fn no_word_of_a_session_is_left() {
        let f = Fixture::rich();
        let bare = Wordless::of(&f.session, &f.text, Some(&f.proposals), &redact());
        let mut g = f.clone();
        (g.session, g.text) = (bare.session, bare.text);
        g.proposals = bare.proposals.unwrap();
        let mut fields = 0;
        super::super::fields::visit(&mut g.session, &mut |at, _, text| {
            fields += 1;
            let left = text
                .chars()
                .find(|c| c.is_alphabetic() && !LETTERS.contains(c));
            assert_eq!(left, None, "{} {text}", at());
        });
        assert!(fields > 80);
        assert!(('\0'..='\u{2fff}').all(|c| !c.is_alphanumeric() || other(c) != c));
        assert_eq!(g.text.len(), f.text.len());
        for format in FORMATS {
            let said = strings(&g.try_export(format.info.name, &bare.options).unwrap());
            for word in ["Oduya", "Bridge", "Kell", "Köhler", "audit", "example"] {
                assert!(!said.contains(word), "{}: {word}", format.info.name);
            }
        }
    }
}
