//! Words and sentences for the formats that are made of rows: `prodigy`, `webanno-tsv` and `bio`.
//!
//! Words are cut wherever a mark starts or ends, so that every mark falls on borders of words. Sentences are the lines of
//! the text, cut once more where a proposed statement ends.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use super::Job;
use super::marks::Marks;
use crate::core::text::{ArticleText, Span};

/// The borders at which words are cut, in order.
pub(super) fn borders(marks: &Marks) -> Vec<u32> {
    let spans = marks.marks.iter().flat_map(|m| &m.spans);
    let mut all: Vec<u32> = spans.flat_map(|s| [s.start, s.end]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The clusters of a text. Most of them are one ASCII character that nothing joins, which needs no tables.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (first, second) = (*rest.as_bytes().first()?, rest.as_bytes().get(1));
        let plain = first.is_ascii() && first != b'\r' && second.is_none_or(u8::is_ascii);
        let length = if plain {
            1
        } else {
            rest.graphemes(true).next().map_or(rest.len(), str::len)
        };
        let (cluster, behind) = rest.split_at(length);
        rest = behind;
        Some(cluster)
    })
}

/// A word of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextWord<'a> {
    pub span: Span,
    pub text: &'a str,
}

/// The words of `span`: runs of letters and digits, and every other visible cluster by itself; white space is no word.
/// `borders` are in order.
pub(super) fn words<'a>(text: &'a ArticleText, span: Span, borders: &[u32]) -> Vec<TextWord<'a>> {
    let all = text.slice(span);
    let mut words: Vec<TextWord<'_>> = Vec::new();
    // Where the present cluster starts, in scalar values and in bytes of `all`; and where the last word does, in bytes.
    let (mut at, mut byte, mut first) = (span.start, 0, 0);
    let mut joinable = false;
    let mut ahead = &borders[borders.partition_point(|b| *b < span.start)..];
    for cluster in clusters(all) {
        let (start, length) = (at, cluster.chars().count() as u32);
        at += length;
        byte += cluster.len();
        while let [border, behind @ ..] = ahead
            && *border < start
        {
            ahead = behind;
        }
        if cluster.chars().all(char::is_whitespace) {
            joinable = false;
            continue;
        }
        // A border inside a cluster comes from a tool that cuts clusters; the words follow it.
        let wordy = cluster.starts_with(char::is_alphanumeric);
        let mut rest = cluster;
        let mut from = start;
        while !rest.is_empty() {
            let cut = ahead.first() == Some(&from);
            if cut {
                ahead = &ahead[1..];
            }
            let to = ahead.first().map_or(at, |b| (*b).min(at));
            let piece = rest.char_indices().nth((to - from) as usize);
            let piece = piece.map_or(rest.len(), |(n, _)| n);
            let end = byte - rest.len() + piece;
            match words.last_mut() {
                Some(last) if joinable && wordy && !cut && last.span.end == from => {
                    last.span.end = to;
                    last.text = &all[first..end];
                }
                _ => {
                    first = byte - rest.len();
                    words.push(TextWord {
                        span: Span::new(from, to),
                        text: &all[first..end],
                    });
                }
            }
            joinable = wordy;
            from = to;
            rest = &rest[piece..];
        }
    }
    words
}

/// The sentences: spans without white space around them, in order, disjoint.
pub(super) fn sentences(job: &Job<'_>) -> Vec<Span> {
    let ends: BTreeSet<u32> = job
        .proposals
        .iter()
        .flat_map(|p| p.statements.iter())
        .filter_map(|s| s.hull())
        .map(|s| s.end)
        .collect();
    let mut all = Vec::new();
    for n in 0..job.text.line_count() {
        let line = job.text.span(job.text.line(n));
        let mut start = line.start;
        for end in ends
            .range(line.start + 1..line.end.max(line.start + 1))
            .copied()
            .chain([line.end])
        {
            all.extend(trimmed(job.text, Span::new(start, end)));
            start = end;
        }
    }
    all
}

/// The span without the white space at its ends; none where nothing else is in it.
pub(super) fn trimmed(text: &ArticleText, span: Span) -> Option<Span> {
    let words = text.slice(span);
    let lead = words.chars().take_while(|c| c.is_whitespace()).count() as u32;
    let tail = words
        .chars()
        .rev()
        .take_while(|c| c.is_whitespace())
        .count() as u32;
    (lead < span.len()).then(|| Span::new(span.start + lead, span.end - tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_at_the_borders_of_marks_and_nowhere_inside_clusters() {
        let text = ArticleText::new("Kell's 🌊 👩‍🚀 cost 40%\tin 2024. e\u{301}té".into());
        let all = Span::new(0, text.len());
        let show = |borders: &[u32]| {
            words(&text, all, borders)
                .iter()
                .inspect(|w| assert_eq!(text.slice(w.span), w.text))
                .map(|w| w.text)
                .collect::<Vec<_>>()
                .join("|")
        };
        assert_eq!(show(&[]), "Kell|'|s|🌊|👩‍🚀|cost|40|%|in|2024|.|e\u{301}té");
        assert_eq!(
            show(&[2, 15]),
            "Ke|ll|'|s|🌊|👩‍🚀|co|st|40|%|in|2024|.|e\u{301}té"
        );
    }
}
