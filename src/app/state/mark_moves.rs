//! Moving the ends of a mark over words, sentences, blocks and lines of the screen.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::bench::Bench;
use super::mark_words::is_word;
use super::marking::{Awaited, Marking, Motion, Purpose};
use crate::core::display::width_measured;
use crate::core::vocabulary::Origin;

impl Bench {
    /// Begins to mark: with labels on the words of the block, on the row's first word until one is chosen. A passage
    /// starts at the search's hit where the cursor is on it.
    pub fn begin_marking(&mut self, purpose: Purpose) {
        let text = self.check().text();
        let passage = matches!(purpose, Purpose::Statement | Purpose::Part);
        let mark = match self.hit_here().filter(|_| passage) {
            Some(hit) => Marking {
                awaited: Awaited::End(None),
                ..Marking::new(purpose, hit.start, hit.end)
            },
            None => {
                let start = text.bytes(self.cursor_hull().unwrap_or_default()).start;
                let first = word_border(text.as_str(), start, true);
                let mark = Marking::new(purpose, start, first);
                match mark.purpose {
                    Purpose::Split => mark,
                    _ => mark.labelled(),
                }
            }
        };
        self.marking = Some(mark);
        self.reveal_mark();
    }

    /// The mark to move the borders of the checker's mark on the cursor's row, as they are now; none where the row is no
    /// such mark.
    pub fn borders(&self) -> Option<Marking> {
        let id = self.statement_at_cursor()?;
        let statement = self.session().statements.get(&id)?;
        if statement.origin != Origin::Checker || !self.session().stands(statement) {
            return None;
        }
        let spans = statement.anchor.spans.iter();
        let mut spans: Vec<Range<usize>> = spans.map(|s| self.text().bytes(*s)).collect();
        let last = spans.pop()?;
        let mut mark = Marking::new(Purpose::Borders(id), last.start, last.end);
        mark.finished = spans;
        Some(mark)
    }

    /// The search's hit, in bytes, while the cursor is on the row that it led to.
    fn hit_here(&self) -> Option<Range<usize>> {
        let hit = self.search.as_ref()?.hit.clone()?;
        let row = self.row_near(self.check().text().scalar(hit.start));
        (row == *self.cursor()).then_some(hit)
    }

    /// The mark with its moving end moved, as often as its count says.
    pub fn moved(&self, mut mark: Marking, motion: Motion, forward: bool) -> Marking {
        let count = mark.count.take().unwrap_or(1);
        mark.awaited = Awaited::Move;
        for _ in 0..count {
            let before = mark.moving;
            mark = self.moved_once(mark, motion, forward);
            if mark.moving == before {
                break;
            }
        }
        mark
    }

    /// The mark with its moving end behind the next `character` of the block, or before the previous one, as often as
    /// its count says; none where there is none. A small letter finds a capital too.
    pub fn at_character(
        &self,
        mut mark: Marking,
        character: char,
        forward: bool,
    ) -> Option<Marking> {
        let text = self.check().text().as_str();
        let at = mark.moving;
        let border = self.block_border(at, forward);
        let nth = usize::from(mark.count.unwrap_or(1).max(1)) - 1;
        let is_it = |cluster: &str| {
            cluster.starts_with(character)
                || character.is_lowercase() && cluster.to_lowercase().starts_with(character)
        };
        mark.moving = if forward {
            let mut all = text.get(at..border)?.grapheme_indices(true);
            let found = all.by_ref().filter(|(_, c)| is_it(c)).nth(nth)?;
            at + found.0 + found.1.len()
        } else {
            let all = text.get(border..at)?.grapheme_indices(true).rev();
            border + all.filter(|(_, c)| is_it(c)).nth(nth)?.0
        };
        Some(mark.settled())
    }

    fn moved_once(&self, mut mark: Marking, motion: Motion, forward: bool) -> Marking {
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
        let width = |words: &str| width_measured(words, self.article.ambiguous);
        let column = column.unwrap_or_else(|| width(text.as_str().get(start..at).unwrap_or("")));
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
        let mut before = 0;
        for (i, cluster) in words.grapheme_indices(true) {
            if before >= column {
                return (line.start + row.bytes.start + i, column);
            }
            before += width(cluster);
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
            if is_word(word) {
                break;
            }
        }
        end
    } else {
        let from = text.floor_char_boundary(at.saturating_sub(1024));
        let mut start = at;
        for word in text[from..at].split_word_bounds().rev() {
            start -= word.len();
            if is_word(word) {
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
}
