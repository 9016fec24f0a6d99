//! The article of the report: blocks cut into segments by the statements that cover them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{class, safe};
use crate::core::text::Span;
use crate::core::vocabulary::*;
use crate::exchange::json::stands;
use crate::exchange::{ExchangeError, Job};

/// A block of the article with the notes that stand beside it.
#[derive(Debug, Serialize)]
pub(super) struct NotedBlock {
    kind: &'static str,
    segments: Vec<Segment>,
    /// The numbers of the claims whose notes stand here.
    notes: Vec<usize>,
}

/// A run of words that the same statements cover.
#[derive(Debug, Serialize)]
struct Segment {
    text: String,
    /// The class of the finding; empty where no statement is.
    meaning: &'static str,
    /// What the highlight means, in words.
    label: &'static str,
    /// The claims that end here: their numbers and glyphs.
    ends: Vec<(usize, &'static str)>,
}

/// A statement's pieces with what they look like.
struct Cover {
    span: Span,
    meaning: &'static str,
    label: &'static str,
    /// Which of several covers shows: higher first.
    rank: u8,
}

/// The rows of the article, in order.
///
/// Fails where the segments do not give back the words of the article.
pub(super) fn rows(job: &Job<'_>) -> Result<Vec<NotedBlock>, ExchangeError> {
    let text = job.text;
    let covers = covers(job);
    let (starts, ends) = ends(job);
    let borders: BTreeSet<u32> = covers
        .iter()
        .flat_map(|c| [c.span.start, c.span.end])
        .chain(ends.keys().copied())
        .collect();

    let lines = (0..text.line_count()).map(|n| (text.span(text.line(n)), BlockKind::Paragraph));
    let blocks: Vec<(Span, BlockKind)> = match job.proposals {
        Some(p) if !p.blocks.is_empty() => p.blocks.iter().map(|b| (b.span, b.kind)).collect(),
        _ => lines.collect(),
    };
    let mut rows = Vec::new();
    let mut active: Vec<&Cover> = Vec::new();
    let mut next = 0;
    let mut from = 0;
    for (n, (span, kind)) in blocks.iter().enumerate() {
        let mut cuts = vec![span.start];
        cuts.extend(
            borders
                .range(span.start + 1..span.end.max(span.start + 1))
                .copied(),
        );
        cuts.push(span.end);
        let mut segments = Vec::new();
        for pair in cuts.windows(2) {
            let piece = Span::new(pair[0], pair[1]);
            while let Some(c) = covers.get(next).filter(|c| c.span.start <= piece.start) {
                active.push(c);
                next += 1;
            }
            active.retain(|c| c.span.end > piece.start);
            let shown = active.iter().max_by_key(|c| c.rank);
            segments.push(Segment {
                text: safe(text.slice(piece)),
                meaning: shown.map_or("", |c| c.meaning),
                label: shown.map_or("", |c| c.label),
                ends: ends.get(&piece.end).cloned().unwrap_or_default(),
            });
        }
        let whole: String = segments.iter().map(|s| s.text.as_str()).collect();
        if whole != safe(text.slice(*span)) {
            return Err(ExchangeError::Internal {
                format: "html",
                what: format!("block {}", n + 1),
            });
        }
        let until = if n + 1 == blocks.len() {
            u32::MAX
        } else {
            span.end
        };
        rows.push(NotedBlock {
            kind: kind.word(),
            segments,
            notes: starts
                .range(from..until)
                .flat_map(|(_, all)| all.iter().copied())
                .collect(),
        });
        from = until;
    }
    Ok(rows)
}

/// The numbers of the claims by where they begin, and with their glyphs by where each of their statements ends.
#[allow(clippy::type_complexity)]
fn ends(
    job: &Job<'_>,
) -> (
    BTreeMap<u32, Vec<usize>>,
    BTreeMap<u32, Vec<(usize, &'static str)>>,
) {
    let mut starts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut ends: BTreeMap<u32, Vec<(usize, &'static str)>> = BTreeMap::new();
    for (n, c) in (1..).zip(job.order.claims()) {
        let standing = c
            .places()
            .filter_map(|id| job.session.statements.get(id))
            .filter(|s| stands(job, s));
        for (i, s) in standing.enumerate() {
            let (Some(first), Some(last)) = (s.anchor.spans.first(), s.anchor.spans.last()) else {
                continue;
            };
            ends.entry(last.end)
                .or_default()
                .push((n, c.verification_status.entry().glyph));
            if i == 0 {
                starts.entry(first.start).or_default().push(n);
            }
        }
    }
    (starts, ends)
}

/// Every statement's pieces, in order.
fn covers(job: &Job<'_>) -> Vec<Cover> {
    let mut all = Vec::new();
    let rank = |m: Meaning| match m {
        Meaning::Bad => 8,
        Meaning::Mixed => 7,
        Meaning::Unsettled => 6,
        Meaning::Warning => 5,
        Meaning::Active => 4,
        Meaning::Good => 3,
        Meaning::Open => 2,
        Meaning::Muted | Meaning::Plain => 1,
    };
    let mut add = |spans: &[Span], entry: &Entry, label: &'static str| {
        all.extend(spans.iter().map(|s| Cover {
            span: *s,
            meaning: class(entry.meaning),
            label,
            rank: rank(entry.meaning),
        }));
    };
    for s in job.order.statements().iter().filter(|s| stands(job, s)) {
        if s.decision != Decision::TakenUp {
            add(&s.anchor.spans, s.decision.entry(), s.decision.label());
        }
        for c in job.order.claims_on(&s.id) {
            add(
                &s.anchor.spans,
                c.verification_status.entry(),
                c.verification_status.label(),
            );
        }
    }
    let open = Decision::Undecided;
    if let Some(p) = job.proposals {
        for x in p.statements.iter() {
            if job.session.statement_at(&x.spans).is_none() {
                add(&x.spans, open.entry(), open.label());
            }
        }
    }
    all.sort_by_key(|c| (c.span.start, c.span.end));
    all
}
