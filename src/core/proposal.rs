//! What the reader proposes for one article version: blocks, statements, attributions and sources.
//!
//! Proposals are data without identity of their own: a statement's id follows from its spans, the rest is numbered.
//! They are compact, because a long article has tens of thousands of them, and immutable once made. `made` holds a
//! single one as the reader makes it and as it is read, `lists` how many of them are kept, `compact` of what.

mod compact;
mod lists;
mod made;

use ecow::EcoString;

pub use lists::{AttributionAt, Attributions, KindNumber, Statements};
pub use made::*;

use super::ids::{StatementId, VersionId};
use super::text::Span;
use super::vocabulary::*;

/// How many statements before and behind its own a quotation is looked for in.
const RUN: u32 = 24;

/// One part of the article's layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in the stored text, in scalar values, without the line ends around it.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Where it came from in the source: `p. 3`, `#chapter-2`, `line 14`. One so short takes no room of its own.
    pub locator: EcoString,
}

/// A source as the reader understands it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ProposedSource {
    /// The fullest name seen.
    pub name: Box<str>,
    /// What it is.
    pub source_type: SourceType,
    /// Its role, as printed.
    pub role: Box<str>,
    /// What it belongs to, as printed.
    pub affiliation: Box<str>,
    /// Every place where the article names it, in order.
    pub mentions: Vec<Span>,
}

/// Who says what a proposed attribution gives as said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposedVoice<'a> {
    /// A source that the reader has understood.
    Source(&'a ProposedSource),
    /// Whoever these words name.
    Words(SpansView<'a>),
    /// The article itself: in a correction it takes its own words back.
    Article,
    /// Somebody whom the article does not name.
    Unnamed,
}

/// Everything proposed for one text. Indexes point inside it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Proposals {
    /// The name and version of what proposed it, as in the file's name: `builtin-1`.
    pub reader: String,
    /// The layout, in order of the text.
    pub blocks: Vec<Block>,
    /// In order of the text.
    pub statements: Statements,
    /// In order of their statements.
    pub attributions: Attributions,
    /// In order of first mention.
    pub sources: Vec<ProposedSource>,
}

impl Proposals {
    /// The name of the external program that proposed all this; none where the built-in reader did.
    pub fn proposer(&self) -> Option<&str> {
        let (name, _) = self.reader.rsplit_once('-')?;
        (name != "builtin").then_some(name)
    }

    /// The id of the statement that is born of statement `n` in article version `version`.
    pub fn statement_id(&self, version: VersionId, n: u32) -> Option<StatementId> {
        self.statements
            .get(n as usize)
            .map(|s| StatementId::of(version, &s.spans))
    }

    /// The attributions of statement `n` with their indexes: first the voices that speak to the article's reader, then
    /// those that others quote, each in order of the text.
    ///
    /// An attribution belongs to one statement, but a quotation may run over several sentences, each of them a
    /// statement: whoever is quoted says them all, so that an attribution whose content covers at least half of
    /// statement `n` counts as one of its own.
    pub fn attributions_of(&self, n: u32) -> impl Iterator<Item = (u32, AttributionView<'_>)> {
        let spans = self.statements.get(n as usize);
        let spans = spans.map_or(SpansView::Kept(&[]), |s| s.spans);
        let length: u32 = spans.iter().map(|s| s.len()).sum();
        let (start, end) = hull(&spans).map_or((0, 0), |h| (h.start, h.end));
        let covers = move |a: AttributionAt<'_>| {
            let content = a.content();
            // Most say nothing near it.
            let begins = content.first().is_some_and(|c| c.start < end);
            if !begins || content.last().is_none_or(|c| c.end <= start) {
                return false;
            }
            let shared = content
                .iter()
                .flat_map(|c| spans.iter().map(|s| s.shared(*c)));
            length > 0 && 2 * shared.sum::<u32>() >= length
        };
        let all = move |quoted: bool| {
            self.attributions
                .since(n.saturating_sub(RUN))
                .take_while(move |a| a.statement() <= n.saturating_add(RUN))
                .filter(move |a| a.is_quoted() == quoted)
                .filter(move |a| a.statement() == n || covers(*a))
        };
        all(false).chain(all(true)).map(|a| (a.number(), a.view()))
    }

    /// Who says what `a`, one of the attributions, gives as said.
    pub fn voice_of<'a>(&'a self, a: &AttributionView<'a>) -> ProposedVoice<'a> {
        let record = a
            .source_record
            .and_then(|n| self.sources.get(n as usize))
            .filter(|s| !s.name.is_empty());
        match record {
            Some(source) => ProposedVoice::Source(source),
            None if !a.source.is_empty() => ProposedVoice::Words(a.source),
            None => match self.block_of(a.statement) {
                BlockKind::Correction => ProposedVoice::Article,
                _ => ProposedVoice::Unnamed,
            },
        }
    }

    /// The kind of the block that statement `n` is in.
    pub fn block_of(&self, n: u32) -> BlockKind {
        let statement = self.statements.get(n as usize);
        let block = statement.and_then(|s| self.blocks.get(s.block as usize));
        block.map_or_else(BlockKind::default, |b| b.kind)
    }

    /// The block that holds scalar value `at`, else the next one behind it.
    pub fn block_at(&self, at: u32) -> Option<usize> {
        let n = self.blocks.partition_point(|b| b.span.end <= at);
        (n < self.blocks.len()).then_some(n)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn attribution() -> ProposedAttribution {
        ProposedAttribution {
            statement: 0,
            source: Spans::None,
            cue: Spans::None,
            content: Spans::None,
            quotation_type: QuotationType::Direct,
            stance: Stance::Asserts,
            certainty: Certainty::Unspecified,
            negated: false,
            via: None,
            about: Spans::None,
            source_record: None,
            rule: "quote-before".into(),
            why: "".into(),
        }
    }

    #[test]
    fn every_sentence_of_a_quotation_is_its_speakers() {
        let statement = |start, end| ProposedStatement {
            spans: Span::new(start, end).into(),
            block: 0,
            check_worthiness: CheckWorthiness::Routine,
            claim_type: ClaimType::Other,
            why: "".into(),
        };
        let said = ProposedAttribution {
            statement: 1,
            content: vec![Span::new(12, 30), Span::new(40, 60), Span::new(60, 64)].into(),
            ..attribution()
        };
        let p = Proposals {
            // The article's own, its own words around the quotation, quoted, a few quoted words only.
            statements: vec![
                statement(0, 10),
                statement(11, 39),
                statement(40, 59),
                statement(60, 80),
            ]
            .into(),
            attributions: vec![said].into(),
            ..Proposals::default()
        };
        let counts: Vec<_> = (0..5).map(|n| p.attributions_of(n).count()).collect();
        assert_eq!(counts, [0, 1, 1, 0, 0]);
    }

    /// Spans near and far, short and long, of which a record has room for the near and short ones alone.
    fn any_spans() -> impl Strategy<Value = Vec<Span>> {
        let place = prop_oneof![0u32..300, 65_000u32..66_000, 0u32..10_000_000];
        let length = prop_oneof![4 => 0u32..200, 1 => 65_530u32..65_540, 1 => 0u32..3_000_000];
        let span = (place, length).prop_map(|(at, length)| Span::new(at, at + length));
        prop::collection::vec(span, 0..3)
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_as_it_was_made(
            places in prop::collection::vec((any_spans(), any_spans(), any_spans(), any_spans()), 1..12),
            via in prop::collection::vec((0usize..12, prop::option::of(0u32..400)), 0..6),
        ) {
            let mut made: Vec<ProposedAttribution> = Vec::new();
            let mut kept = Attributions::default();
            let mut statements = Statements::default();
            for (n, (source, cue, content, about)) in places.iter().enumerate() {
                let a = ProposedAttribution {
                    statement: n as u32,
                    source: source.clone().into(),
                    cue: cue.clone().into(),
                    content: content.clone().into(),
                    about: about.clone().into(),
                    via: Some(n as u32 * 60).filter(|n| n % 3 != 1),
                    source_record: Some(n as u32 * 70_000).filter(|n| n % 2 == 0),
                    ..attribution()
                };
                made.push(a.clone());
                kept.push(a);
                statements.push(ProposedStatement {
                    spans: content.clone().into(),
                    block: n as u32,
                    check_worthiness: CheckWorthiness::Routine,
                    claim_type: ClaimType::Other,
                    why: "".into(),
                });
            }
            for (n, via) in via {
                if let Some(made) = made.get_mut(n) {
                    made.via = via;
                }
                kept.set_via(n, via);
            }
            kept.fit();
            statements.fit();
            for (n, (made, kept)) in made.iter().zip(kept.iter()).enumerate() {
                prop_assert_eq!(&*kept.source, made.source.as_slice());
                prop_assert_eq!(&*kept.cue, made.cue.as_slice());
                prop_assert_eq!(&*kept.content, made.content.as_slice());
                prop_assert_eq!(&*kept.about, made.about.as_slice());
                prop_assert_eq!((kept.statement, kept.via), (made.statement, made.via));
                prop_assert_eq!(kept.source_record, made.source_record);
                prop_assert_eq!(&*statements.get(n).unwrap().spans, made.content.as_slice());
            }
        }
    }

    #[test]
    fn spans_of_one_take_no_allocation() {
        assert_eq!(
            Spans::from(vec![Span::new(1, 2)]),
            Spans::One(Span::new(1, 2))
        );
        let many = Spans::from(vec![Span::new(1, 2), Span::new(4, 6)]);
        assert_eq!(many.hull(), Some(Span::new(1, 6)));
        assert!(std::mem::size_of::<ProposedStatement>() <= 48);
    }
}
