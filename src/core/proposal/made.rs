//! Single proposals: as they are made, and as they are read out of the lists that keep them.

use std::borrow::Cow;

pub use crate::core::spans::{Spans, SpansView, hull};
use crate::core::text::Span;
use crate::core::vocabulary::*;

/// A span that the reader thinks says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedStatement {
    /// Scalar values, in order, disjoint; nearly always one.
    pub spans: Spans,
    /// The block it stands in, an index into the blocks.
    pub block: u32,
    /// How much it is worth checking.
    pub check_worthiness: CheckWorthiness,
    /// What kind of proposition it is.
    pub claim_type: ClaimType,
    /// Why it is worth that much: the rule's words, one line. Empty where there is nothing to say.
    pub why: Box<str>,
}

/// A place where the reader thinks that a voice takes a stance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedAttribution {
    /// The statement, an index into the statements.
    pub statement: u32,
    /// The words that name the source; empty where none stand there.
    pub source: Spans,
    /// The words that show the attribution.
    pub cue: Spans,
    /// The words attributed.
    pub content: Spans,
    /// How the content is given.
    pub quotation_type: QuotationType,
    /// The source's stance on the content.
    pub stance: Stance,
    /// How sure the source sounds.
    pub certainty: Certainty,
    /// Whether the cue or its clause is a negation or a denial.
    pub negated: bool,
    /// The attribution that quotes this one, an index into the attributions (A quotes B: B via A).
    pub via: Option<u32>,
    /// The words that name whom an accusation is about.
    pub about: Spans,
    /// The source record, an index into the sources.
    pub source_record: Option<u32>,
    /// The name of the rule that fired: a fixed word when proposed, an owned one when read back from a file.
    pub rule: Cow<'static, str>,
    /// Why, one line: the rule and the words that it fired on.
    pub why: Box<str>,
}

/// A proposed statement, read out of the list that keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementView<'a> {
    /// Scalar values, in order, disjoint; nearly always one.
    pub spans: SpansView<'a>,
    /// The block it stands in, an index into the blocks.
    pub block: u32,
    /// How much it is worth checking.
    pub check_worthiness: CheckWorthiness,
    /// What kind of proposition it is.
    pub claim_type: ClaimType,
    /// Why it is worth that much: the rule's words, one line. Empty where there is nothing to say.
    pub why: &'a str,
}

impl StatementView<'_> {
    /// The span from the first start to the last end.
    pub fn hull(&self) -> Option<Span> {
        hull(&self.spans)
    }
}

/// A proposed attribution, read out of the list that keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributionView<'a> {
    /// The statement, an index into the statements.
    pub statement: u32,
    /// The words that name the source; empty where none stand there.
    pub source: SpansView<'a>,
    /// The words that show the attribution.
    pub cue: SpansView<'a>,
    /// The words attributed.
    pub content: SpansView<'a>,
    /// How the content is given.
    pub quotation_type: QuotationType,
    /// The source's stance on the content.
    pub stance: Stance,
    /// How sure the source sounds.
    pub certainty: Certainty,
    /// Whether the cue or its clause is a negation or a denial.
    pub negated: bool,
    /// The attribution that quotes this one, an index into the attributions (A quotes B: B via A).
    pub via: Option<u32>,
    /// The words that name whom an accusation is about.
    pub about: SpansView<'a>,
    /// The source record, an index into the sources.
    pub source_record: Option<u32>,
    /// The name of the rule that fired.
    pub rule: &'a str,
    /// Why, one line: the rule and the words that it fired on.
    pub why: &'a str,
}

/// What statements that were judged alike have in common; they share one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StatementKind {
    /// How much they are worth checking.
    pub check_worthiness: CheckWorthiness,
    /// What kind of proposition they are.
    pub claim_type: ClaimType,
    /// Why they are worth that much.
    pub why: Box<str>,
}

/// What attributions that were found alike have in common; they share one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AttributionKind {
    /// How the content is given.
    pub quotation_type: QuotationType,
    /// The source's stance on the content.
    pub stance: Stance,
    /// How sure the source sounds.
    pub certainty: Certainty,
    /// Whether the cue or its clause is a negation or a denial.
    pub negated: bool,
    /// The name of the rule that fired.
    pub rule: Cow<'static, str>,
    /// Why, one line.
    pub why: Box<str>,
}

/// What each attribution has of its own: its places, and what it points to.
#[derive(Clone, Copy, Debug)]
pub struct AttributionPlaces<'a> {
    /// The statement, an index into the statements.
    pub statement: u32,
    /// The words that name the source.
    pub source: &'a [Span],
    /// The words that show the attribution.
    pub cue: &'a [Span],
    /// The words attributed.
    pub content: &'a [Span],
    /// The words that name whom an accusation is about.
    pub about: &'a [Span],
    /// The attribution that quotes this one, an index into the attributions.
    pub via: Option<u32>,
    /// The source record, an index into the sources.
    pub source_record: Option<u32>,
}
