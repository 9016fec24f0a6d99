//! Marking a passage: two ends that keys or the mouse move, over sentences, paragraphs and other statements.

use std::ops::Range;

use crate::core::anchor::snap;
use crate::core::ids::{AttributionId, StatementId};
use crate::core::text::{ArticleText, Span};

/// What the mark is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A statement of its own.
    Statement,
    /// The place where the current row's statement is cut in two: only the moving end counts.
    Split,
    /// A part of the current row's statement, as a claim of its own.
    Part,
    /// The borders of a checker's mark, which move.
    Borders(StatementId),
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
    /// What the next key is taken for.
    pub awaited: Awaited,
    /// How often the next move is made; once where none is given.
    pub(in crate::app) count: Option<u16>,
    /// The column that moving up and down keeps to.
    pub(in crate::app) column: Option<usize>,
}

/// What the next key is taken for while a passage is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// A move of the mark's end.
    Move,
    /// A letter of the label of the word where the mark starts; the first one, where it was typed.
    Start(Option<char>),
    /// A letter of the label of the word where the mark ends; the first one, where it was typed.
    End(Option<char>),
    /// The character that the end goes to.
    Character {
        /// Behind the next one, or before the previous one.
        forward: bool,
    },
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
            awaited: Awaited::Move,
            count: None,
            column: None,
        }
    }

    /// The mark for whose ends labels are typed from now on.
    pub fn labelled(self) -> Self {
        Self {
            awaited: Awaited::Start(None),
            ..self.settled()
        }
    }

    /// The mark whose end goes to the character that is typed next.
    pub fn seeking(self, forward: bool) -> Self {
        Self {
            awaited: Awaited::Character { forward },
            ..self
        }
    }

    /// The mark whose end is moved from now on, with nothing half typed.
    pub fn settled(self) -> Self {
        Self {
            awaited: Awaited::Move,
            count: None,
            column: None,
            ..self
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
        self.settled()
    }

    /// The mark with a further span begun after what is marked.
    pub fn with_further_span(mut self) -> Self {
        let range = self.range();
        if !range.is_empty() {
            self.finished.push(range);
        }
        self.anchor = self.moving;
        self.settled()
    }
}

fn trimmed(text: &ArticleText, r: Range<usize>) -> Range<usize> {
    let Some(words) = text.as_str().get(r.clone()) else {
        return r.start..r.start;
    };
    let start = r.start + (words.len() - words.trim_start().len());
    start..(start + words.trim().len()).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

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
