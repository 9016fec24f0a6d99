//! Version 1: what the reader proposed for one text, `proposals/<text_sha256>.<reader>.jsonl`.
//!
//! A header with the counts, then blocks, statements, attributions and sources, in this order. Each line is an object with
//! one member that says what it is; indexes count from 0 within their kind. Blocks, statements and attributions are
//! written as rows, many on a line (see `rows`), after lines with the kinds that the rows name. Files that were written
//! before there were rows have a line for each.

mod rows;
mod whole;

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::form::{Form, Plain};
use super::values::*;
use crate::core::proposal::{AttributionPlaces, Block, KindNumber, Proposals};
use crate::core::text::Span;
use crate::store::disk::{PROPOSALS, Unread};
use rows::{AttributionRow, BlockRow, StatementRow, Walk};
use whole::*;

/// For so many proposals room is made at once: some four times those of an article of 10 MB.
const MOST_ROOM: usize = 1 << 19;

/// How many rows a line holds.
const ROWS: usize = 128;

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
    /// One part of the article's layout, as files were first written.
    #[serde(skip_serializing)]
    Block(BlockForm<'a>),
    /// A span that says something, as files were first written.
    #[serde(skip_serializing)]
    Statement(StatementForm<'a>),
    /// A place where a voice takes a stance, as files were first written.
    #[serde(skip_serializing)]
    Attribution(AttributionForm<'a>),
    /// A source.
    Source(SourceForm<'a>),
    /// The next parts of the article's layout.
    Blocks(Vec<BlockRow<'a>>),
    /// The next kind of statement.
    StatementKind(StatementKindForm<'a>),
    /// The next spans that say something.
    Statements(Vec<StatementRow>),
    /// The next kind of attribution.
    AttributionKind(AttributionKindForm<'a>),
    /// The next places where a voice takes a stance.
    Attributions(Vec<AttributionRow>),
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
    let p = proposals;
    let count = |n: usize| u32::try_from(n).map_err(io::Error::other);
    let header = HeaderForm {
        format: PROPOSALS.into(),
        version: 1,
        reader: Form::of(&p.reader),
        text_sha256: text_sha256.into(),
        blocks: count(p.blocks.len())?,
        statements: count(p.statements.len())?,
        attributions: count(p.attributions.len())?,
        sources: count(p.sources.len())?,
    };
    line(out, &header)?;
    lines_of_rows(out, block_rows(&p.blocks), LineForm::Blocks)?;
    for kind in p.statements.kinds() {
        line(out, &LineForm::StatementKind(StatementKindForm::of(kind)))?;
    }
    lines_of_rows(out, statement_rows(p), LineForm::Statements)?;
    for kind in p.attributions.kinds() {
        let form = AttributionKindForm::of(kind);
        line(out, &LineForm::AttributionKind(form))?;
    }
    lines_of_rows(out, attribution_rows(p), LineForm::Attributions)?;
    for s in &p.sources {
        line(out, &LineForm::Source(SourceForm::of(s)))?;
    }
    Ok(())
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

fn lines_of_rows<'a, R>(
    out: &mut impl Write,
    mut rows: impl Iterator<Item = R>,
    form: impl Fn(Vec<R>) -> LineForm<'a>,
) -> io::Result<()> {
    loop {
        let some: Vec<R> = rows.by_ref().take(ROWS).collect();
        if some.is_empty() {
            return Ok(());
        }
        line(out, &form(some))?;
    }
}

fn block_rows(blocks: &[Block]) -> impl Iterator<Item = BlockRow<'_>> {
    let mut end = 0;
    blocks.iter().map(move |b| BlockRow {
        gap: step(std::mem::replace(&mut end, b.span.end), b.span.start),
        length: b.span.len(),
        kind: b.kind,
        locator: Cow::Borrowed(&b.locator),
    })
}

fn statement_rows(p: &Proposals) -> impl Iterator<Item = StatementRow> {
    let mut walk = Walk::default();
    let mut block = 0;
    let kinds = p.statements.kind_numbers();
    p.statements
        .iter()
        .zip(kinds)
        .map(move |(s, kind)| StatementRow {
            at: walk.steps(&s.spans),
            kind: kind.index(),
            block: step(std::mem::replace(&mut block, s.block), s.block),
        })
}

fn attribution_rows(p: &Proposals) -> impl Iterator<Item = AttributionRow> {
    let mut statement = 0;
    let kinds = p.attributions.kind_numbers();
    let all = (0..).zip(p.attributions.iter().zip(kinds));
    all.map(move |(n, (a, kind))| {
        let mut walk = Walk(start_of(p, a.statement));
        AttributionRow {
            statement: step(std::mem::replace(&mut statement, a.statement), a.statement),
            kind: kind.index(),
            source: walk.steps(&a.source),
            cue: walk.steps(&a.cue),
            content: walk.steps(&a.content),
            source_record: a.source_record,
            via: a.via.map(|v| step(n, v)),
            about: walk.steps(&a.about),
        }
    })
}

/// From `a` to `b`.
fn step(a: u32, b: u32) -> i64 {
    i64::from(b) - i64::from(a)
}

/// Where statement `n` starts.
fn start_of(p: &Proposals, n: u32) -> u32 {
    let at = p.statements.get(n as usize).and_then(|s| s.hull());
    at.map_or(0, |s| s.start)
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

/// Reads the rest of a file whose first line is `head`: the proposals and the hash of the text that they are about.
/// Never more than a line of it is in memory.
///
/// # Errors
/// What is wrong with it, with the line; or what the disk says.
pub(crate) fn read(head: &[u8], rest: &mut impl BufRead) -> Result<(Proposals, String), Unread> {
    let header = read_header(head)?;
    let mut reading = Reading::default();
    // A list that grows is twice in memory while it moves. What a file only says of its size is not believed for ever.
    let room = |count: u32| (count as usize).min(MOST_ROOM);
    let p = &mut reading.proposals;
    p.blocks.reserve_exact(room(header.blocks));
    p.statements.reserve(room(header.statements));
    p.attributions.reserve(room(header.attributions));
    let mut line = Vec::new();
    for n in 2.. {
        line.clear();
        if rest.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii_end().is_empty() {
            continue;
        }
        let form = serde_json::from_slice(&line).map_err(|e| e.to_string());
        form.and_then(|form| reading.take(form))
            .map_err(|e| format!("line {n}: {e}"))?;
    }
    let mut p = reading.proposals;
    p.reader = header.reader.clone().into_value();
    p.blocks.shrink_to_fit();
    p.statements.fit();
    p.attributions.fit();
    sound(&p, &header)?;
    Ok((p, header.text_sha256.into_value()))
}

/// A file half read.
#[derive(Default)]
struct Reading {
    proposals: Proposals,
    /// The kinds by the numbers that they have in the file.
    statement_kinds: Vec<KindNumber>,
    attribution_kinds: Vec<KindNumber>,
    /// Where the last block and the last statement end.
    block_end: Walk,
    statement_end: Walk,
    /// The last statement's block, and the last attribution's statement.
    block: u32,
    statement: u32,
    /// The spans of the row that is read.
    spans: [Vec<Span>; 4],
}

impl Reading {
    /// Takes a line in.
    fn take(&mut self, line: LineForm<'_>) -> Result<(), String> {
        let p = &mut self.proposals;
        match line {
            LineForm::Block(b) => p.blocks.push(b.into_model()),
            LineForm::Statement(s) => p.statements.push(s.into_model()),
            LineForm::Attribution(a) => p.attributions.push(a.into_model()),
            LineForm::Source(s) => p.sources.push(s.into_model()?),
            LineForm::StatementKind(k) => {
                self.statement_kinds.push(p.statements.kind(k.into_model()));
            }
            LineForm::AttributionKind(k) => {
                self.attribution_kinds
                    .push(p.attributions.kind(k.into_model()));
            }
            LineForm::Blocks(rows) => rows.into_iter().try_for_each(|row| self.block(row))?,
            LineForm::Statements(rows) => rows.iter().try_for_each(|row| self.statement(row))?,
            LineForm::Attributions(rows) => {
                rows.iter().try_for_each(|row| self.attribution(row))?;
            }
        }
        Ok(())
    }

    fn block(&mut self, row: BlockRow<'_>) -> Result<(), String> {
        self.proposals.blocks.push(Block {
            span: self.block_end.step(row.gap, row.length)?,
            kind: row.kind,
            locator: row.locator.into(),
        });
        Ok(())
    }

    fn statement(&mut self, row: &StatementRow) -> Result<(), String> {
        let [spans, ..] = &mut self.spans;
        self.statement_end.follow(&row.at, spans)?;
        self.block = stepped(self.block, row.block)?;
        let kind = known(&self.statement_kinds, row.kind)?;
        self.proposals.statements.add(spans, self.block, kind);
        Ok(())
    }

    fn attribution(&mut self, row: &AttributionRow) -> Result<(), String> {
        let p = &mut self.proposals;
        self.statement = stepped(self.statement, row.statement)?;
        let mut walk = Walk(start_of(p, self.statement));
        let [source, cue, content, about] = &mut self.spans;
        walk.follow(&row.source, source)?;
        walk.follow(&row.cue, cue)?;
        walk.follow(&row.content, content)?;
        walk.follow(&row.about, about)?;
        let own = u32::try_from(p.attributions.len()).map_err(|e| e.to_string())?;
        let places = AttributionPlaces {
            statement: self.statement,
            source,
            cue,
            content,
            about,
            via: row.via.map(|v| stepped(own, v)).transpose()?,
            source_record: row.source_record,
        };
        let kind = known(&self.attribution_kinds, row.kind)?;
        p.attributions.add(places, kind);
        Ok(())
    }
}

/// The index that is `step` away from `from`.
fn stepped(from: u32, step: i64) -> Result<u32, String> {
    let to = i64::from(from).checked_add(step);
    to.and_then(|n| u32::try_from(n).ok())
        .ok_or_else(|| format!("a step of {step} from {from} leads nowhere"))
}

/// The kind that the file numbers `n`.
fn known(kinds: &[KindNumber], n: usize) -> Result<KindNumber, String> {
    let kind = kinds.get(n).copied();
    kind.ok_or_else(|| format!("there is no kind {n}"))
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
        && p.attributions.iter().is_sorted_by_key(|a| a.statement)
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

#[cfg(test)]
mod tests;
