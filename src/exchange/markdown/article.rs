//! The article with numbered notes: marks where claims end, and the notes in order below.

use std::collections::BTreeMap;

use super::text::plain;
use super::{Page, put};
use crate::core::text::Span;
use crate::core::vocabulary::*;
use crate::exchange::json::stands;

/// Writes the article block by block, then its notes.
pub(super) fn write(page: &Page<'_>, out: &mut String) {
    put!(out, "## The article\n");
    let marks = marks(page);
    let text = page.job.text;
    let blocks: Vec<(Span, BlockKind)> = match page.job.proposals {
        Some(p) if !p.blocks.is_empty() => p.blocks.iter().map(|b| (b.span, b.kind)).collect(),
        _ => (0..text.line_count())
            .map(|n| (text.span(text.line(n)), BlockKind::Paragraph))
            .collect(),
    };
    // A mark behind the last block, or between two, still shows at the next block's start.
    let mut from = 0;
    for (n, (span, kind)) in blocks.iter().enumerate() {
        let until = if n + 1 == blocks.len() {
            u32::MAX
        } else {
            span.end
        };
        let words = with_marks(page, *span, marks.range(from..=until));
        from = until.saturating_add(1);
        if words.trim().is_empty() {
            continue;
        }
        let lead = match kind {
            BlockKind::Headline => "### ",
            BlockKind::QuoteBlock => "> ",
            BlockKind::ListItem => "- ",
            BlockKind::Caption => "*Caption:* ",
            BlockKind::Byline
            | BlockKind::Paragraph
            | BlockKind::Boilerplate
            | BlockKind::LivePost
            | BlockKind::ThreadPost
            | BlockKind::Question
            | BlockKind::Answer
            | BlockKind::Turn
            | BlockKind::SelfDescription
            | BlockKind::Correction => "",
        };
        put!(out, "{lead}{words}\n");
    }
    notes(page, out);
}

/// The numbers of the claims by the scalar value at which their statements end.
fn marks(page: &Page<'_>) -> BTreeMap<u32, Vec<usize>> {
    let mut marks: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (n, c) in page.job.order.claims().iter().enumerate() {
        for s in c
            .places()
            .filter_map(|id| page.job.session.statements.get(id))
        {
            if let Some(last) = s.anchor.spans.last().filter(|_| stands(page.job, s)) {
                marks.entry(last.end).or_default().push(n + 1);
            }
        }
    }
    marks
}

fn with_marks<'m>(
    page: &Page<'_>,
    span: Span,
    marks: impl Iterator<Item = (&'m u32, &'m Vec<usize>)>,
) -> String {
    let mut words = String::new();
    let mut from = span.start;
    for (at, numbers) in marks {
        let piece = page
            .job
            .text
            .slice(Span::new(from, (*at).clamp(from, span.end)));
        join(&mut words, piece);
        numbers
            .iter()
            .for_each(|n| words.push_str(&format!("[^{n}]")));
        from = from.max((*at).min(span.end));
    }
    join(&mut words, page.job.text.slice(Span::new(from, span.end)));
    words
}

/// Appends `piece` escaped, with the white space at its ends kept as one space.
fn join(words: &mut String, piece: &str) {
    let escaped = plain(piece);
    if !words.is_empty() && piece.starts_with(char::is_whitespace) {
        words.push(' ');
    }
    words.push_str(&escaped);
    if !escaped.is_empty() && piece.ends_with(char::is_whitespace) {
        words.push(' ');
    }
}

fn notes(page: &Page<'_>, out: &mut String) {
    let claims = page.job.order.claims();
    if claims.is_empty() {
        put!(out, "No statement is taken up.\n");
    }
    for (n, c) in claims.iter().enumerate() {
        let wording = c.wording.as_deref().filter(|w| !w.trim().is_empty());
        let wording = wording
            .map(|w| format!(" — “{}”", plain(w)))
            .unwrap_or_default();
        let why = c.justification.trim();
        let why = if why.is_empty() {
            String::new()
        } else {
            format!(". {}", plain(why))
        };
        let held: Vec<_> = page
            .job
            .order
            .held_against(c.id)
            .iter()
            .map(|h| page.held_line(h))
            .collect();
        let held = if held.is_empty() {
            String::new()
        } else {
            format!(" [{}]", held.join("; "))
        };
        let lost = match page.statement(c) {
            Some(s) if stands(page.job, s) => "",
            _ => " (no longer in the article)",
        };
        put!(
            out,
            "[^{}]: {} {}{wording}{}{why}{held}{lost}",
            n + 1,
            c.verification_status.entry().glyph,
            page.finding(c),
            page.said_by(c)
        );
    }
    out.push('\n');
}
