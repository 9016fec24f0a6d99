//! Version 1: a proposal on a line of its own, with every member named, as files were first written, of which only
//! sources are still written so; and what proposals that are kept as rows have in common.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rows::{Steps, Walk};
use crate::core::proposal::{
    AttributionKind, Block, ProposedAttribution, ProposedSource, ProposedStatement, StatementKind,
};
use crate::core::text::Span;
use crate::core::vocabulary::*;
use crate::store::disk::v1::form::{Form, Plain};
use crate::store::disk::v1::spans::{SpanForm, SpansForm};
use crate::store::disk::v1::values::*;

/// One part of the article's layout.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "proposed_block")]
pub(crate) struct BlockForm<'a> {
    /// Where it stands.
    span: SpanForm,
    /// What it is.
    kind: Word<BlockKind>,
    /// Where it came from in the source; empty for plain text.
    locator: Text<'a>,
}

/// A span that says something.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "proposed_statement")]
pub(crate) struct StatementForm<'a> {
    /// In order, disjoint.
    spans: SpansForm<'a>,
    /// The block it stands in.
    block: u32,
    /// How much it is worth checking.
    check_worthiness: Word<CheckWorthiness>,
    /// What kind of proposition it is.
    claim_type: Word<ClaimType>,
    /// Why it is worth that much.
    why: Text<'a>,
}

/// A place where a voice takes a stance.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "proposed_attribution")]
pub(crate) struct AttributionForm<'a> {
    /// The statement.
    statement: u32,
    /// The words that name the source.
    source: SpansForm<'a>,
    /// The words that show the attribution.
    cue: SpansForm<'a>,
    /// The words attributed.
    content: SpansForm<'a>,
    /// How the content is given.
    quotation_type: Word<QuotationType>,
    /// The source's stance.
    stance: Word<Stance>,
    /// How sure the source sounds.
    certainty: Word<Certainty>,
    /// Whether the cue or its clause is a negation or a denial.
    negated: bool,
    /// The attribution that quotes this one.
    via: Option<u32>,
    /// The words that name whom an accusation is about.
    about: SpansForm<'a>,
    /// The source record.
    source_record: Option<u32>,
    /// The rule that fired.
    rule: Text<'a>,
    /// Why, one line.
    why: Text<'a>,
}

/// A source as the reader understands it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "proposed_source")]
pub(crate) struct SourceForm<'a> {
    /// The fullest name seen.
    name: Text<'a>,
    /// What it is; unknown where missing.
    #[serde(rename = "type", default, skip_serializing_if = "is_blank")]
    source_type: Word<SourceType>,
    /// Its role, as printed; none where missing.
    #[serde(default, skip_serializing_if = "is_blank")]
    role: Text<'a>,
    /// What it belongs to, as printed; none where missing.
    #[serde(default, skip_serializing_if = "is_blank")]
    affiliation: Text<'a>,
    /// Every place where the article names it, as files were first written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<SpanForm>,
    /// Every place where the article names it, from its start.
    #[serde(default, skip_serializing_if = "Steps::is_empty")]
    mentioned: Steps,
}

/// What statements that were judged alike have in common.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "statement_kind")]
pub(crate) struct StatementKindForm<'a> {
    /// How much they are worth checking; routine where missing.
    #[serde(default, skip_serializing_if = "is_blank")]
    check_worthiness: Word<CheckWorthiness>,
    /// What kind of proposition they are; other where missing.
    #[serde(default, skip_serializing_if = "is_blank")]
    claim_type: Word<ClaimType>,
    /// Why they are worth that much; nothing to say where missing.
    #[serde(default, skip_serializing_if = "is_blank")]
    why: Text<'a>,
}

/// What attributions that were found alike have in common.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "attribution_kind")]
pub(crate) struct AttributionKindForm<'a> {
    /// How the content is given; none where missing.
    #[serde(default, skip_serializing_if = "is_blank")]
    quotation_type: Word<QuotationType>,
    /// The source's stance; none where missing.
    #[serde(default, skip_serializing_if = "is_blank")]
    stance: Word<Stance>,
    /// How sure the source sounds; unspecified where missing.
    #[serde(default, skip_serializing_if = "is_blank")]
    certainty: Word<Certainty>,
    /// Whether the cue or its clause is a negation or a denial; not where missing.
    #[serde(default, skip_serializing_if = "is_blank")]
    negated: bool,
    /// The rule that fired.
    #[serde(default, skip_serializing_if = "is_blank")]
    rule: Text<'a>,
    /// Why, one line.
    #[serde(default, skip_serializing_if = "is_blank")]
    why: Text<'a>,
}

/// Whether a member is what it is read as where it is missing.
fn is_blank<T: Default + PartialEq>(member: &T) -> bool {
    *member == T::default()
}

/// Boxed text is the same on disk as other text.
fn boxed(text: Text<'_>) -> Box<str> {
    text.into_owned().into_boxed_str()
}

impl BlockForm<'_> {
    /// The block.
    pub(crate) fn into_model(self) -> Block {
        Block {
            span: self.span.into_value(),
            kind: self.kind.into_value(),
            locator: self.locator.into(),
        }
    }
}

impl StatementForm<'_> {
    /// The statement.
    pub(crate) fn into_model(self) -> ProposedStatement {
        ProposedStatement {
            spans: self.spans.into_value(),
            block: self.block,
            check_worthiness: self.check_worthiness.into_value(),
            claim_type: self.claim_type.into_value(),
            why: boxed(self.why),
        }
    }
}

impl AttributionForm<'_> {
    /// The attribution.
    pub(crate) fn into_model(self) -> ProposedAttribution {
        ProposedAttribution {
            statement: self.statement,
            source: self.source.into_value(),
            cue: self.cue.into_value(),
            content: self.content.into_value(),
            quotation_type: self.quotation_type.into_value(),
            stance: self.stance.into_value(),
            certainty: self.certainty.into_value(),
            negated: self.negated,
            via: self.via,
            about: self.about.into_value(),
            source_record: self.source_record,
            rule: self.rule.into_owned().into(),
            why: boxed(self.why),
        }
    }
}

impl<'a> SourceForm<'a> {
    /// The form of `m`.
    pub(crate) fn of(m: &'a ProposedSource) -> Self {
        Self {
            name: Cow::Borrowed(&m.name),
            source_type: Form::of(&m.source_type),
            role: Cow::Borrowed(&m.role),
            affiliation: Cow::Borrowed(&m.affiliation),
            mentions: Vec::new(),
            mentioned: Walk::default().steps(&m.mentions),
        }
    }

    /// The source.
    pub(crate) fn into_model(self) -> Result<ProposedSource, String> {
        let mut mentions: Vec<Span> = Vec::new();
        Walk::default().follow(&self.mentioned, &mut mentions)?;
        mentions.extend(self.mentions.into_iter().map(Plain::into_value));
        mentions.shrink_to_fit();
        Ok(ProposedSource {
            name: boxed(self.name),
            source_type: self.source_type.into_value(),
            role: boxed(self.role),
            affiliation: boxed(self.affiliation),
            mentions,
        })
    }
}

impl<'a> StatementKindForm<'a> {
    /// The form of `m`.
    pub(crate) fn of(m: &'a StatementKind) -> Self {
        Self {
            check_worthiness: Form::of(&m.check_worthiness),
            claim_type: Form::of(&m.claim_type),
            why: Cow::Borrowed(&m.why),
        }
    }

    /// The kind.
    pub(crate) fn into_model(self) -> StatementKind {
        StatementKind {
            check_worthiness: self.check_worthiness.into_value(),
            claim_type: self.claim_type.into_value(),
            why: boxed(self.why),
        }
    }
}

impl<'a> AttributionKindForm<'a> {
    /// The form of `m`.
    pub(crate) fn of(m: &'a AttributionKind) -> Self {
        Self {
            quotation_type: Form::of(&m.quotation_type),
            stance: Form::of(&m.stance),
            certainty: Form::of(&m.certainty),
            negated: m.negated,
            rule: Cow::Borrowed(&m.rule),
            why: Cow::Borrowed(&m.why),
        }
    }

    /// The kind.
    pub(crate) fn into_model(self) -> AttributionKind {
        AttributionKind {
            quotation_type: self.quotation_type.into_value(),
            stance: self.stance.into_value(),
            certainty: self.certainty.into_value(),
            negated: self.negated,
            rule: self.rule.into_owned().into(),
            why: boxed(self.why),
        }
    }
}
