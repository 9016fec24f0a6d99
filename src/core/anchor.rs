//! Making anchors, and moving marks outward to whole grapheme clusters.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::ids::{StatementId, VersionId};
use super::model::Anchor;
use super::text::{ArticleText, Span};

/// How many characters before and behind the words an anchor keeps.
pub const CONTEXT: u32 = 32;

/// The anchor of the statement that is born on `spans` (scalar values, in order, disjoint) of article version `version`.
pub fn anchor(text: &ArticleText, version: VersionId, spans: &[Span]) -> Anchor {
    let (start, end) = match (spans.first(), spans.last()) {
        (Some(first), Some(last)) => (first.start, last.end),
        _ => (0, 0),
    };
    Anchor {
        version,
        statement_id: Some(StatementId::of(version, spans)),
        spans: spans.to_vec(),
        exact: text.exact(spans),
        prefix: text
            .slice(Span::new(start.saturating_sub(CONTEXT), start))
            .to_string(),
        suffix: text
            .slice(Span::new(end, end.saturating_add(CONTEXT)))
            .to_string(),
        orphaned: false,
    }
}

/// The span of the byte range `bytes` of `text`, moved outward to the borders of grapheme clusters.
///
/// Clusters are those of the text's lines (see [`ArticleText::line`]), as they are drawn. An empty range stays empty
/// unless it lies inside a cluster.
pub fn snap(text: &ArticleText, bytes: Range<usize>) -> Span {
    let start = border(text, bytes.start, Side::Before);
    let end = border(text, bytes.end, Side::Behind);
    text.span(start..end.max(start))
}

/// [`snap`] for a span.
pub fn snap_span(text: &ArticleText, span: Span) -> Span {
    snap(text, text.bytes(span))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// The cluster border at byte `at`, else the nearest one on `side`.
fn border(text: &ArticleText, at: usize, side: Side) -> usize {
    let line = text.line(text.line_of(at));
    // Behind the line's end stand its line feed and the next line's start: both are borders.
    let Some(words) = text
        .as_str()
        .get(line.clone())
        .filter(|_| line.contains(&at))
    else {
        return at.min(text.as_str().len());
    };
    let at = words.floor_char_boundary(at - line.start);
    let mut cursor = GraphemeCursor::new(at, words.len(), true);
    // The whole line is handed in, so the cursor never asks for more context.
    let found = match cursor.is_boundary(words, 0) {
        Ok(false) if side == Side::Before => cursor.prev_boundary(words, 0),
        Ok(false) => cursor.next_boundary(words, 0),
        _ => Ok(Some(at)),
    };
    line.start + found.ok().flatten().unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn an_anchor_keeps_the_words_and_what_stands_around_them() {
        let text = ArticleText::new(
            "Ferry numbers — so the operators — had not fallen since the bridge opened.".into(),
        );
        let a = anchor(
            &text,
            VersionId::numbered(2),
            &[Span::new(0, 13), Span::new(35, 49)],
        );
        assert_eq!(a.exact, "Ferry numbers … had not fallen");
        assert_eq!((a.prefix.as_str(), a.version), ("", VersionId::numbered(2)));
        assert_eq!(a.suffix, " since the bridge opened.");
        assert_eq!(
            a.statement_id.map(|s| s.to_string()).as_deref(),
            Some("0000000000000002:0-13,35-49")
        );
        let late = anchor(&text, VersionId::numbered(1), &[Span::new(60, 66)]);
        assert_eq!(
            (late.exact.as_str(), late.prefix.chars().count()),
            ("bridge", 32)
        );
    }

    #[test]
    fn a_mark_inside_a_cluster_takes_the_whole_cluster() {
        let text = ArticleText::new("ae\u{301}b\n👩‍👩‍👧 family".into());
        let family = text.as_str().find('👩').map_or(0, |b| b + 4);
        for (bytes, words) in [
            (2..3, "e\u{301}"),
            (1..2, "e\u{301}"),
            (4..5, "b"),
            (0..0, ""),
            (family..family + 1, "👩‍👩‍👧"),
            (5..6, "\n"),
            (400..500, ""),
        ] {
            let span = snap(&text, bytes.clone());
            assert_eq!(text.slice(span), words, "{bytes:?}");
            assert_eq!(snap_span(&text, span), span);
        }
    }

    proptest! {
        #[test]
        fn snapped_spans_stand_on_cluster_borders(
            s in "([a-z \n]|é|e\u{301}|\u{301}|👩‍👩‍👧|🇫🇷|\u{200d}|日){0,40}", a in 0u32..60, b in 0u32..60,
        ) {
            let text = ArticleText::new(s.clone());
            let span = snap_span(&text, Span::new(a.min(b), a.max(b)));
            let borders: Vec<usize> = s.grapheme_indices(true).map(|(i, _)| i).chain([s.len()]).collect();
            let bytes = text.bytes(span);
            prop_assert!(borders.contains(&bytes.start) && borders.contains(&bytes.end));
            prop_assert!(span.contains(Span::new(a.min(b).min(text.len()), a.max(b).min(text.len()))));
        }
    }
}
