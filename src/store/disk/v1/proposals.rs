//! Version 1: what the reader proposed for one text, `proposals/<text_sha256>.<reader>.jsonl`.
//!
//! A header with the counts, then every block, statement, attribution and source on a line of its own, in this order.
//! Each line is an object with one member that says what it is; indexes count from 0 within their kind.

use std::borrow::Cow;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::*;
use crate::core::proposal::{
    Block, Proposals, ProposedAttribution, ProposedSource, ProposedStatement,
};
use crate::core::text::Span;
use crate::core::vocabulary::*;
use crate::store::disk::PROPOSALS;

/// The first line.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "proposals_header")]
pub(crate) struct HeaderForm<'a> {
    /// `claimdesk.proposals`.
    #[schemars(extend("const" = PROPOSALS))]
    pub(crate) format: Text<'a>,
    /// 1.
    #[schemars(extend("const" = 1))]
    pub(crate) version: u32,
    /// What proposed it.
    pub(crate) reader: Text<'a>,
    /// SHA-256 of the text that it is about.
    pub(crate) text_sha256: Text<'a>,
    /// How many blocks follow.
    pub(crate) blocks: u32,
    /// How many statements follow.
    pub(crate) statements: u32,
    /// How many attributions follow.
    pub(crate) attributions: u32,
    /// How many sources follow.
    pub(crate) sources: u32,
}

/// Any later line.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "proposal")]
pub(crate) enum LineForm<'a> {
    /// One part of the article's layout.
    Block(BlockForm<'a>),
    /// A span that says something.
    Statement(StatementForm<'a>),
    /// A place where a voice takes a stance.
    Attribution(AttributionForm<'a>),
    /// A source.
    Source(SourceForm<'a>),
}

/// One part of the article's layout.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
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
    /// What it is.
    #[serde(rename = "type")]
    source_type: Word<SourceType>,
    /// Its role, as printed.
    role: Text<'a>,
    /// What it belongs to, as printed.
    affiliation: Text<'a>,
    /// Every place where the article names it.
    mentions: Vec<SpanForm>,
}

/// Writes `proposals`, made for the text with the hash `text_sha256`.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(
    out: &mut impl Write,
    proposals: &Proposals,
    text_sha256: &str,
) -> io::Result<()> {
    let count = |n: usize| u32::try_from(n).map_err(io::Error::other);
    let header = HeaderForm {
        format: PROPOSALS.into(),
        version: 1,
        reader: Form::of(&proposals.reader),
        text_sha256: text_sha256.into(),
        blocks: count(proposals.blocks.len())?,
        statements: count(proposals.statements.len())?,
        attributions: count(proposals.attributions.len())?,
        sources: count(proposals.sources.len())?,
    };
    line(out, &header)?;
    for b in &proposals.blocks {
        line(out, &LineForm::Block(BlockForm::of(b)))?;
    }
    for s in &proposals.statements {
        line(out, &LineForm::Statement(StatementForm::of(s)))?;
    }
    for a in &proposals.attributions {
        line(out, &LineForm::Attribution(AttributionForm::of(a)))?;
    }
    for s in &proposals.sources {
        line(out, &LineForm::Source(SourceForm::of(s)))?;
    }
    Ok(())
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Reads the header line.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn read_header(line: &[u8]) -> Result<HeaderForm<'_>, String> {
    let header: HeaderForm<'_> = serde_json::from_slice(line).map_err(|e| e.to_string())?;
    match header.format == PROPOSALS && header.version == 1 {
        true => Ok(header),
        false => Err(format!(
            "{} {} is not {PROPOSALS} 1",
            header.format, header.version
        )),
    }
}

/// Reads a whole file: the proposals and the hash of the text that they are about.
///
/// # Errors
/// What is wrong with it, with the line.
pub(crate) fn read(bytes: &[u8]) -> Result<(Proposals, String), String> {
    let mut lines = bytes.split(|b| *b == b'\n');
    let header = read_header(lines.next().unwrap_or_default())?;
    let mut p = Proposals {
        reader: header.reader.clone().into_model(),
        ..Proposals::default()
    };
    for (n, line) in lines.enumerate() {
        if line.trim_ascii_end().is_empty() {
            continue;
        }
        match serde_json::from_slice(line).map_err(|e| format!("line {}: {e}", n + 2))? {
            LineForm::Block(b) => p.blocks.push(b.into_model()),
            LineForm::Statement(s) => p.statements.push(s.into_model()),
            LineForm::Attribution(a) => p.attributions.push(a.into_model()),
            LineForm::Source(s) => p.sources.push(s.into_model()),
        }
    }
    sound(&p, &header)?;
    Ok((p, header.text_sha256.into_model()))
}

/// Whether the counts are those of the header and every index points inside.
fn sound(p: &Proposals, header: &HeaderForm<'_>) -> Result<(), String> {
    let is = |list: usize, count: u32| usize::try_from(count) == Ok(list);
    let inside = |i: u32, count: u32| i < count;
    let whole = is(p.blocks.len(), header.blocks)
        && is(p.statements.len(), header.statements)
        && is(p.attributions.len(), header.attributions)
        && is(p.sources.len(), header.sources);
    if !whole {
        return Err("lines are missing".into());
    }
    let sound = p.statements.iter().all(|s| inside(s.block, header.blocks))
        && p.attributions.is_sorted_by_key(|a| a.statement)
        && p.attributions.iter().all(|a| {
            inside(a.statement, header.statements)
                && a.via.is_none_or(|v| inside(v, header.attributions))
                && a.source_record.is_none_or(|s| inside(s, header.sources))
        });
    match sound {
        true => Ok(()),
        false => Err("an index points outside".into()),
    }
}

/// Boxed text is the same on disk as other text.
fn boxed(text: Text<'_>) -> Box<str> {
    text.into_owned().into_boxed_str()
}

impl<'a> Form<'a> for BlockForm<'a> {
    type Model = Block;
    fn of(m: &'a Block) -> Self {
        Self {
            span: Form::of(&m.span),
            kind: Form::of(&m.kind),
            locator: Cow::Borrowed(&m.locator),
        }
    }
    fn into_model(self) -> Block {
        Block {
            span: self.span.into_model(),
            kind: self.kind.into_model(),
            locator: boxed(self.locator),
        }
    }
}

impl<'a> Form<'a> for StatementForm<'a> {
    type Model = ProposedStatement;
    fn of(m: &'a ProposedStatement) -> Self {
        Self {
            spans: Form::of(&m.spans),
            block: m.block,
            check_worthiness: Form::of(&m.check_worthiness),
            claim_type: Form::of(&m.claim_type),
            why: Cow::Borrowed(&m.why),
        }
    }
    fn into_model(self) -> ProposedStatement {
        ProposedStatement {
            spans: self.spans.into_model(),
            block: self.block,
            check_worthiness: self.check_worthiness.into_model(),
            claim_type: self.claim_type.into_model(),
            why: boxed(self.why),
        }
    }
}

impl<'a> Form<'a> for AttributionForm<'a> {
    type Model = ProposedAttribution;
    fn of(m: &'a ProposedAttribution) -> Self {
        Self {
            statement: m.statement,
            source: Form::of(&m.source),
            cue: Form::of(&m.cue),
            content: Form::of(&m.content),
            quotation_type: Form::of(&m.quotation_type),
            stance: Form::of(&m.stance),
            certainty: Form::of(&m.certainty),
            negated: m.negated,
            via: m.via,
            about: Form::of(&m.about),
            source_record: m.source_record,
            rule: Cow::Borrowed(&m.rule),
            why: Cow::Borrowed(&m.why),
        }
    }
    fn into_model(self) -> ProposedAttribution {
        ProposedAttribution {
            statement: self.statement,
            source: self.source.into_model(),
            cue: self.cue.into_model(),
            content: self.content.into_model(),
            quotation_type: self.quotation_type.into_model(),
            stance: self.stance.into_model(),
            certainty: self.certainty.into_model(),
            negated: self.negated,
            via: self.via,
            about: self.about.into_model(),
            source_record: self.source_record,
            rule: Cow::Owned(self.rule.into_owned()),
            why: boxed(self.why),
        }
    }
}

impl<'a> Form<'a> for SourceForm<'a> {
    type Model = ProposedSource;
    fn of(m: &'a ProposedSource) -> Self {
        Self {
            name: Cow::Borrowed(&m.name),
            source_type: Form::of(&m.source_type),
            role: Cow::Borrowed(&m.role),
            affiliation: Cow::Borrowed(&m.affiliation),
            mentions: Form::of(&m.mentions),
        }
    }
    fn into_model(self) -> ProposedSource {
        ProposedSource {
            name: boxed(self.name),
            source_type: self.source_type.into_model(),
            role: boxed(self.role),
            affiliation: boxed(self.affiliation),
            mentions: self
                .mentions
                .into_iter()
                .map(Form::into_model)
                .collect::<Vec<Span>>(),
        }
    }
}
