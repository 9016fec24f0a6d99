//! What the reader proposes for one article version: blocks, statements, attributions and sources.
//!
//! Proposals are data without identity of their own: a statement's id follows from its spans, the rest is numbered.
//! They are compact, because a long article has tens of thousands of them, and immutable once made. `made` holds a
//! single one as the reader makes it and as it is read, `lists` how many of them are kept.

mod lists;
mod made;

use ecow::EcoString;

pub use lists::{Attributions, KindNumber, Statements};
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
            .map(|s| StatementId::of(version, s.spans))
    }

    /// The attributions of statement `n` with their indexes: first the voices that speak to the article's reader, then
    /// those that others quote, each in order of the text.
    ///
    /// An attribution belongs to one statement, but a quotation may run over several sentences, each of them a
    /// statement: whoever is quoted says them all, so that an attribution whose content covers at least half of
    /// statement `n` counts as one of its own.
    pub fn attributions_of(&self, n: u32) -> impl Iterator<Item = (u32, AttributionView<'_>)> {
        let spans = self.statements.get(n as usize).map_or(&[][..], |s| s.spans);
        let length: u32 = spans.iter().map(|s| s.len()).sum();
        let covers = move |a: &AttributionView<'_>| {
            let content = a.content.iter();
            let shared = content.flat_map(|c| spans.iter().map(|s| s.shared(*c)));
            length > 0 && 2 * shared.sum::<u32>() >= length
        };
        let all = move || {
            self.attributions
                .since(n.saturating_sub(RUN))
                .take_while(move |(_, a)| a.statement <= n.saturating_add(RUN))
                .filter(move |(_, a)| a.statement == n || covers(a))
        };
        let outer = all().filter(|(_, a)| a.via.is_none());
        outer.chain(all().filter(|(_, a)| a.via.is_some()))
    }

    /// The block that holds scalar value `at`, else the next one behind it.
    pub fn block_at(&self, at: u32) -> Option<usize> {
        let n = self.blocks.partition_point(|b| b.span.end <= at);
        (n < self.blocks.len()).then_some(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            source: Spans::None,
            cue: Spans::None,
            content: vec![Span::new(12, 30), Span::new(40, 60), Span::new(60, 64)].into(),
            quotation_type: QuotationType::Direct,
            stance: Stance::Asserts,
            certainty: Certainty::Unspecified,
            negated: false,
            via: None,
            about: Spans::None,
            source_record: None,
            rule: "quote-before".into(),
            why: "".into(),
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
