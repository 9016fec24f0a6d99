//! Words and sentences for the formats that are made of rows: `prodigy`, `webanno-tsv` and `bio`.
//!
//! Words are cut wherever a mark starts or ends, so that every mark falls on borders of words. Sentences are the lines of
//! the text, cut once more where a proposed statement ends.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use super::Job;
use super::marks::Marks;
use crate::core::text::{ArticleText, Span};

/// The borders at which words are cut.
pub(super) fn borders(marks: &Marks) -> BTreeSet<u32> {
    marks
        .marks
        .iter()
        .flat_map(|m| &m.spans)
        .flat_map(|s| [s.start, s.end])
        .collect()
}

/// The words of `span`: runs of letters and digits, and every other visible cluster by itself; white space is no word.
pub(super) fn words(text: &ArticleText, span: Span, borders: &BTreeSet<u32>) -> Vec<Span> {
    let mut words: Vec<Span> = Vec::new();
    let mut at = span.start;
    let mut joinable = false;
    for cluster in text.slice(span).graphemes(true) {
        let start = at;
        at += cluster.chars().count() as u32;
        if cluster.chars().all(char::is_whitespace) {
            joinable = false;
            continue;
        }
        // A border inside a cluster comes from a tool that cuts clusters; the words follow it.
        let mut pieces = vec![start];
        pieces.extend(borders.range(start + 1..at).copied());
        pieces.push(at);
        let wordy = cluster.starts_with(char::is_alphanumeric);
        for pair in pieces.windows(2) {
            let (&[from, to], cut) = (pair, borders.contains(&pair[0])) else {
                continue;
            };
            match words.last_mut() {
                Some(last) if joinable && wordy && !cut && last.end == from => last.end = to,
                _ => words.push(Span::new(from, to)),
            }
            joinable = wordy;
        }
    }
    words
}

/// The sentences: spans without white space around them, in order, disjoint.
pub(super) fn sentences(job: &Job<'_>) -> Vec<Span> {
    let ends: BTreeSet<u32> = job
        .proposals
        .iter()
        .flat_map(|p| &p.statements)
        .filter_map(|s| s.spans.hull())
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
            let borders = borders.iter().copied().collect();
            words(&text, all, &borders)
                .iter()
                .map(|w| text.slice(*w))
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
