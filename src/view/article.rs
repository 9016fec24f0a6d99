//! The article pane: the visible rows with their gutter, the words of the current row told apart by who says what, the
//! search's hits and the mark being made.
//!
//! What is still to be done is bright, what is finished is plain, and the current row is the loudest: there the source's
//! words, the cue and the content each have a look of their own, and nothing else is underlined.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::canvas::Canvas;
use super::gutter::{self, Standing, Stretch};
use super::rich::Run;
use super::theme::Role;
use crate::app::screen::areas::GUTTER;
use crate::app::state::bench::Bench;
use crate::core::check::Check;
use crate::core::rows::RowKey;
use crate::core::search::Pattern;
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::*;

/// Draws the pane.
pub fn draw(bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    let text = bench.text();
    let rows = bench.article.visible(text);
    let (Some((_, first)), Some((_, last))) = (rows.first(), rows.last()) else {
        return;
    };
    let seen = first.start..last.end;
    let stretches = stretches(bench, &seen);
    let voices = voices(bench, c);
    let hits = hits(bench, &seen, c);
    let marks = marked(bench, c);
    let current = current_bytes(bench, &stretches);
    let columns = Rect {
        x: area.x.saturating_add(GUTTER),
        width: area.width.saturating_sub(GUTTER),
        ..area
    };
    let mut runs: Vec<Run> = Vec::new();
    for ((_, bytes), y) in rows.iter().zip(0..area.height) {
        let base = block_style(bench, bytes, c);
        let statements = statement_runs(&stretches, bytes, c);
        let layers = [&statements, &voices, &hits, &marks].into_iter().flatten();
        flatten(layers, bytes, &mut runs);
        let words = text.as_str().get(bytes.clone()).unwrap_or("");
        c.words(columns, (0, y), (words, bytes.start), base, &runs);
        gutter::draw(c, (area, y), bytes, &stretches, &current);
    }
}

/// The layer of the statements on one row: what is open is bright, but for the current row, whose voices tell it apart.
fn statement_runs(stretches: &[Stretch], row: &Range<usize>, c: &Canvas<'_>) -> Vec<Run> {
    stretches
        .iter()
        .filter(|s| s.bytes.start < row.end && s.bytes.end > row.start)
        .filter_map(|s| {
            let role = match (s.current, s.open) {
                (true, _) => Role::CurrentWords,
                (false, true) => Role::Open,
                (false, false) => return None,
            };
            Some((s.bytes.clone(), c.role(role)))
        })
        .collect()
}

/// The layer of who says what on the current row: the contents, over them the sources' words and the cues.
fn voices(bench: &Bench, c: &Canvas<'_>) -> Vec<Run> {
    let check = bench.check();
    let text = bench.text();
    let mut runs: Vec<Run> = Vec::new();
    let mut add = |spans: &[Span], role: Role| {
        runs.extend(spans.iter().map(|s| (text.bytes(*s), c.role(role))));
    };
    let mut named: Vec<(Vec<Span>, Role)> = Vec::new();
    match bench.cursor() {
        RowKey::Claim(id) => {
            for a in check.attributions(*id) {
                add(&a.content, Role::Content);
                named.push((a.source_span.to_vec(), Role::SourceWords));
                named.push((a.cue.to_vec(), Role::Cue));
            }
        }
        RowKey::Proposal(n) => {
            for (_, a) in check.proposals().attributions_of(*n) {
                add(&a.content, Role::Content);
                named.push((a.source.to_vec(), Role::SourceWords));
                named.push((a.cue.to_vec(), Role::Cue));
            }
        }
        RowKey::Statement(_) | RowKey::Block(_) => {}
    }
    for (spans, role) in named {
        add(&spans, role);
    }
    runs
}

/// Cuts overlapping layers into runs that follow each other; later layers lie on top.
fn flatten<'a>(
    layers: impl Iterator<Item = &'a Run> + Clone,
    row: &Range<usize>,
    out: &mut Vec<Run>,
) {
    out.clear();
    let mut borders: Vec<usize> = layers
        .clone()
        .flat_map(|(r, _)| [r.start, r.end])
        .map(|b| b.clamp(row.start, row.end))
        .collect();
    borders.sort_unstable();
    borders.dedup();
    for (from, to) in borders.iter().zip(borders.iter().skip(1)) {
        let over = layers
            .clone()
            .filter(|(r, _)| r.start <= *from && r.end >= *to)
            .fold(None, |s: Option<Style>, (_, over)| {
                Some(s.unwrap_or_default().patch(*over))
            });
        out.extend(over.map(|style| (*from..*to, style)));
    }
}

/// The statements in view.
fn stretches(bench: &Bench, seen: &Range<usize>) -> Vec<Stretch> {
    let check = bench.check();
    let text = bench.text();
    let mut found: Vec<Stretch> = check
        .marks_in(text.span(seen.clone()))
        .into_iter()
        .map(|(span, key)| {
            let current =
                key == *bench.cursor() || is_also(check, &key, bench.cursor(), span.start);
            let standing = Standing::of(check, &key, span.start);
            Stretch {
                bytes: text.bytes(span),
                open: standing.is_open(),
                standing: starts(check, &key, span.start).then_some(standing),
                current,
            }
        })
        .collect();
    // The current words lie on top of those that overlap them.
    found.sort_by_key(|s| s.current);
    found
}

/// Whether the cursor's claim stands on the statement that starts at scalar value `at`, where another claim's row stands
/// for it.
fn is_also(check: &Check, key: &RowKey, cursor: &RowKey, at: u32) -> bool {
    let (RowKey::Claim(_), RowKey::Claim(here)) = (key, cursor) else {
        return false;
    };
    let claim = check.session().claims.get(here);
    claim.is_some_and(|c| check.statement_at(c, at).is_some())
}

/// Whether the first span of a statement of this row starts at scalar value `at`.
fn starts(check: &Check, key: &RowKey, at: u32) -> bool {
    let session = check.session();
    let first = |s: &crate::core::model::Statement| s.anchor.spans.first().map(|s| s.start);
    match key {
        RowKey::Claim(c) => session.claims.get(c).is_some_and(|c| {
            c.statements
                .iter()
                .filter_map(|s| session.statements.get(s))
                .any(|s| first(s) == Some(at))
        }),
        RowKey::Statement(s) => session
            .statements
            .get(s)
            .is_some_and(|s| first(s) == Some(at)),
        RowKey::Proposal(n) => check
            .proposals()
            .statements
            .get(*n as usize)
            .and_then(|s| s.hull())
            .is_some_and(|h| h.start == at),
        RowKey::Block(_) => false,
    }
}

/// How the words of a row look by their block.
fn block_style(bench: &Bench, row: &Range<usize>, c: &Canvas<'_>) -> Style {
    let kind = bench.check().block_kind(bench.text().scalar(row.start));
    match kind {
        BlockKind::Headline => c.role(Role::Title),
        BlockKind::Byline
        | BlockKind::Caption
        | BlockKind::Boilerplate
        | BlockKind::SelfDescription => c.role(Role::Aside),
        BlockKind::Paragraph
        | BlockKind::QuoteBlock
        | BlockKind::ListItem
        | BlockKind::Correction
        | BlockKind::LivePost
        | BlockKind::ThreadPost
        | BlockKind::Question
        | BlockKind::Answer
        | BlockKind::Turn => c.role(Role::Text),
    }
}

/// The bytes of the current row: its statements' spans, or the block that the cursor rests on.
fn current_bytes(bench: &Bench, stretches: &[Stretch]) -> Vec<Range<usize>> {
    let mut here: Vec<_> = stretches
        .iter()
        .filter(|s| s.current)
        .map(|s| s.bytes.clone())
        .collect();
    if let (RowKey::Block(_), Some(hull)) = (bench.cursor(), bench.cursor_hull()) {
        here.push(bench.text().bytes(hull));
    }
    here
}

/// The hits of the search in view.
fn hits(bench: &Bench, seen: &Range<usize>, c: &Canvas<'_>) -> Vec<Run> {
    let Some(search) = &bench.search else {
        return Vec::new();
    };
    let Some(pattern) = Pattern::new(&search.text) else {
        return Vec::new();
    };
    // A hit never crosses a line's end, but may cross a row's.
    let text: &ArticleText = bench.text();
    let from = text.line(text.line_of(seen.start)).start;
    let to = text.line(text.line_of(seen.end)).end.max(seen.end);
    let Some(words) = text.as_str().get(from..to) else {
        return Vec::new();
    };
    pattern
        .find_all(words)
        .map(|r| from + r.start..from + r.end)
        .filter(|r| r.start < seen.end && r.end > seen.start)
        .map(|r| {
            let here = search.hit.as_ref() == Some(&r);
            let role = if here { Role::Hit } else { Role::OtherHit };
            (r, c.role(role).remove_modifier(Modifier::DIM))
        })
        .collect()
}

/// The passage being marked, and the cluster at the end that moves.
fn marked(bench: &Bench, c: &Canvas<'_>) -> Vec<Run> {
    let Some(marking) = &bench.marking else {
        return Vec::new();
    };
    let text = bench.text().as_str();
    let style = c.role(Role::Marked).remove_modifier(Modifier::DIM);
    let mut runs: Vec<Run> = marking
        .finished
        .iter()
        .cloned()
        .chain([marking.range()])
        .map(|r| (r, style))
        .collect();
    let at = marking.moving;
    // The moving end is the last cluster inside the mark, or the first where it moves backward.
    let end = if at > marking.anchor {
        let from = text.floor_char_boundary(at.saturating_sub(64));
        text.get(from..at).and_then(|t| {
            crate::core::display::cells(t, Default::default())
                .last()
                .map(|c| from + c.bytes.start..at)
        })
    } else {
        text.get(at..text.floor_char_boundary((at + 64).min(text.len())))
            .and_then(|t| {
                crate::core::display::cells(t, Default::default())
                    .next()
                    .map(|c| at..at + c.bytes.end)
            })
    };
    runs.extend(end.map(|r| (r, c.role(Role::MarkEnd))));
    runs
}
