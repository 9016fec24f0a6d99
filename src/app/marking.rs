//! Marking a passage: two ends that keys or the mouse move, over sentences, paragraphs and other statements.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::bench::Bench;
use crate::core::anchor::snap;
use crate::core::ids::AttributionId;
use crate::core::text::{ArticleText, Span};

/// What the mark is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A statement of its own.
    Statement,
    /// The place where the current row's statement is cut in two: only the moving end counts.
    Split,
    /// A part of the current row's statement, as a claim of its own.
    Part,
    /// The words that an attribution attributes.
    Content(AttributionId),
    /// The words that show an attribution.
    Cue(AttributionId),
    /// The words that name an attribution's source.
    SourceWords(AttributionId),
}

/// A passage being marked, in bytes of the text, both ends on borders of grapheme clusters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marking {
    /// What it is for.
    pub purpose: Purpose,
    /// The end that stays.
    pub anchor: usize,
    /// The end that moves.
    pub moving: usize,
    /// Spans that were finished before this one, of the same statement.
    pub finished: Vec<Range<usize>>,
    /// The column that moving up and down keeps to.
    column: Option<usize>,
}

/// Where the moving end goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One grapheme cluster.
    Cluster,
    /// One word.
    Word,
    /// One sentence.
    Sentence,
    /// One block.
    Block,
    /// One line of the screen.
    Line,
}

impl Marking {
    /// A mark from `anchor` to `moving`, in bytes.
    pub fn new(purpose: Purpose, anchor: usize, moving: usize) -> Self {
        Self {
            purpose,
            anchor,
            moving,
            finished: Vec::new(),
            column: None,
        }
    }

    /// The bytes marked by the two ends.
    pub fn range(&self) -> Range<usize> {
        self.anchor.min(self.moving)..self.anchor.max(self.moving)
    }

    /// Everything marked, in bytes, in order and merged where it meets; without the white space around each span.
    pub fn ranges(&self, text: &ArticleText) -> Vec<Range<usize>> {
        let mut all: Vec<_> = self
            .finished
            .iter()
            .cloned()
            .chain([self.range()])
            .map(|r| trimmed(text, r))
            .filter(|r| !r.is_empty())
            .collect();
        all.sort_by_key(|r| r.start);
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(all.len());
        for r in all {
            match merged.last_mut() {
                Some(last) if r.start <= last.end => last.end = last.end.max(r.end),
                _ => merged.push(r),
            }
        }
        merged
    }

    /// Everything marked, in scalar values, snapped to borders of grapheme clusters.
    pub fn spans(&self, text: &ArticleText) -> Vec<Span> {
        self.ranges(text)
            .into_iter()
            .map(|r| snap(text, r))
            .collect()
    }

    /// The mark whose other end moves from now on.
    pub fn swapped(mut self) -> Self {
        std::mem::swap(&mut self.anchor, &mut self.moving);
        self.column = None;
        self
    }

    /// The mark with a further span begun after what is marked.
    pub fn with_further_span(mut self) -> Self {
        let range = self.range();
        if !range.is_empty() {
            self.finished.push(range);
        }
        self.anchor = self.moving;
        self.column = None;
        self
    }
}

fn trimmed(text: &ArticleText, r: Range<usize>) -> Range<usize> {
    let Some(words) = text.as_str().get(r.clone()) else {
        return r.start..r.start;
    };
    let start = r.start + (words.len() - words.trim_start().len());
    start..(start + words.trim().len()).max(start)
}

impl Bench {
    /// Begins to mark: on the cursor's words, or at the top of the view where the cursor stands elsewhere.
    pub fn begin_marking(&mut self, purpose: Purpose) {
        let hull = self.cursor_hull().unwrap_or_default();
        let bytes = self.check().text().bytes(hull);
        let moving = word_border(self.check().text().as_str(), bytes.start, true);
        self.marking = Some(Marking::new(purpose, bytes.start, moving));
        self.reveal_mark();
    }

    /// The mark with its moving end moved.
    pub fn moved(&self, mut mark: Marking, motion: Motion, forward: bool) -> Marking {
        let text = self.check().text().as_str();
        let at = mark.moving;
        if motion == Motion::Line {
            let (to, column) = self.line_away(at, mark.column, forward);
            mark.moving = to;
            mark.column = Some(column);
        } else {
            mark.column = None;
            mark.moving = match motion {
                Motion::Cluster => cluster_border(text, at, forward),
                Motion::Word => word_border(text, at, forward),
                Motion::Sentence => self.sentence_border(at, forward),
                Motion::Block => self.block_border(at, forward),
                Motion::Line => at,
            };
        }
        mark
    }

    /// Brings the moving end into view.
    pub fn reveal_mark(&mut self) {
        if let Some(at) = self.marking.as_ref().map(|m| m.moving) {
            self.article.reveal(self.desk.check().text(), at, at + 1);
        }
    }

    fn sentence_border(&self, at: usize, forward: bool) -> usize {
        let text = self.check().text();
        let statements = &self.check().proposals().statements;
        let here = text.scalar(at);
        let hulls = |n: usize| statements.get(n).and_then(|s| s.hull());
        let to = if forward {
            // Statements are in order of their starts; the next end lies in the one that holds this place, or behind it.
            let n = statements.partition_point(|s| s.hull().is_some_and(|h| h.start <= here));
            (n.saturating_sub(1)..statements.len())
                .filter_map(hulls)
                .map(|h| h.end)
                .find(|e| *e > here)
        } else {
            let n = statements.partition_point(|s| s.hull().is_some_and(|h| h.start < here));
            n.checked_sub(1).and_then(hulls).map(|h| h.start)
        };
        to.map_or_else(|| self.block_border(at, forward), |t| text.byte(t))
    }

    fn block_border(&self, at: usize, forward: bool) -> usize {
        let text = self.check().text();
        let here = text.scalar(at);
        let blocks = &self.check().proposals().blocks;
        let to = if forward {
            blocks[blocks
                .partition_point(|b| b.span.end <= here)
                .min(blocks.len())..]
                .first()
                .map(|b| b.span.end)
        } else {
            blocks
                .partition_point(|b| b.span.start < here)
                .checked_sub(1)
                .and_then(|n| blocks.get(n))
                .map(|b| b.span.start)
        };
        to.map_or(if forward { text.as_str().len() } else { 0 }, |t| {
            text.byte(t)
        })
    }

    /// The place one row of the screen away in the same column, and that column.
    fn line_away(&self, at: usize, column: Option<usize>, forward: bool) -> (usize, usize) {
        let text = self.check().text();
        let here = self.article.position_of(text, at);
        let start = self.article.byte_of(text, here);
        let column = column.unwrap_or_else(|| {
            crate::core::display::width(text.as_str().get(start..at).unwrap_or(""))
        });
        let mut to = self.article.moved(text, here, if forward { 1 } else { -1 });
        // A blank line between paragraphs is no place for an end of a mark.
        if text.line(to.line).is_empty() {
            to = self.article.moved(text, to, if forward { 1 } else { -1 });
        }
        let rows = self.article.rows(text, to.line);
        let line = text.line(to.line);
        let Some(row) = rows.get(to.row) else {
            return (at, column);
        };
        let words = &text.as_str()[line.start + row.bytes.start..line.start + row.bytes.end];
        let mut width = 0;
        for (i, cluster) in words.grapheme_indices(true) {
            if width >= column {
                return (line.start + row.bytes.start + i, column);
            }
            width += crate::core::display::width(cluster);
        }
        (line.start + row.bytes.end, column)
    }
}

/// The next border between grapheme clusters.
fn cluster_border(text: &str, at: usize, forward: bool) -> usize {
    if forward {
        text[at..]
            .graphemes(true)
            .next()
            .map_or(text.len(), |g| at + g.len())
    } else {
        // A cluster is short: a window before the place holds the last one whole, but for absurd ones.
        let from = text.floor_char_boundary(at.saturating_sub(256));
        text[from..at]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(i, _)| from + i)
    }
}

/// The end of the word behind `at`, or the start of the word before it.
fn word_border(text: &str, at: usize, forward: bool) -> usize {
    if forward {
        let mut end = at;
        for word in text[at..].split_word_bounds() {
            end += word.len();
            if word.chars().any(char::is_alphanumeric) {
                break;
            }
        }
        end
    } else {
        let from = text.floor_char_boundary(at.saturating_sub(1024));
        let mut start = at;
        for word in text[from..at].split_word_bounds().rev() {
            start -= word.len();
            if word.chars().any(char::is_alphanumeric) {
                break;
            }
        }
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_clusters_are_whole() {
        let t = "One, two 👩‍👩‍👧 e\u{301}nd.";
        assert_eq!(&t[..word_border(t, 0, true)], "One");
        assert_eq!(&t[..word_border(t, 3, true)], "One, two");
        let family = t.find('👩').unwrap_or(0);
        assert_eq!(&t[family..cluster_border(t, family, true)], "👩‍👩‍👧");
        assert_eq!(
            cluster_border(t, cluster_border(t, family, true), false),
            family
        );
        assert_eq!(&t[word_border(t, t.len(), false)..], "e\u{301}nd.");
    }

    #[test]
    fn spans_are_merged_and_trimmed() {
        let text = ArticleText::new("alpha beta gamma delta".into());
        let m = Marking::new(Purpose::Statement, 0, 6);
        let mut m = m.with_further_span();
        m.anchor = 11;
        m.moving = 16;
        assert_eq!(m.spans(&text), vec![Span::new(0, 5), Span::new(11, 16)]);
        let mut m = m.swapped();
        assert_eq!((m.anchor, m.moving), (16, 11));
        m.finished.push(3..12);
        assert_eq!(m.spans(&text), vec![Span::new(0, 16)]);
    }
}
