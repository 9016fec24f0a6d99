//! Two letters on every word of the current block: typed, they say where a mark starts and where it ends.
//!
//! Nothing is kept but what was typed: the labels follow from the words in view, so that after scrolling or in another
//! size of the screen a label is what it is drawn as.

use std::ops::Range;

use super::bench::Bench;
use super::mark_words::words;
use super::marking::{Awaited, Marking, Purpose};
use crate::app::refusal::Refusal;
use crate::core::display::{StandIns, cells};

/// The letters of labels: those under resting fingers first, and none that a keyboard has on another level.
const LETTERS: &[u8; 26] = b"asdfghjklqwertyuiopzxcvbnm";
/// How many of them lie on the home row.
const HOME: usize = 9;
/// How many cells a label takes.
const CELLS: usize = 2;
/// How far beyond what is in view words are looked for, in bytes, so that one at its edge is whole.
const AROUND: usize = 512;

/// A label on a word in view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkLabel {
    /// The word, in bytes of the text. Its first cluster, or its first two, take just the two cells of the label.
    pub word: Range<usize>,
    /// Its letters.
    pub letters: [char; 2],
}

impl Bench {
    /// The labels on the words of the block in which the mark stands, as far as they are in view and go with what has
    /// been typed; none where no label is awaited.
    pub fn mark_labels(&self) -> Vec<MarkLabel> {
        let Some(typed) = self.marking.as_ref().and_then(Marking::typed_label) else {
            return Vec::new();
        };
        let words = self.words_for_labels();
        let letters = letters(words.len());
        words
            .into_iter()
            .zip(letters)
            .map(|(word, letters)| MarkLabel { word, letters })
            .filter(|l| typed.is_none_or(|c| l.letters[0] == c))
            .collect()
    }

    /// Takes a letter of a label.
    ///
    /// # Errors
    /// Where no label in view goes with what has been typed; then the label is typed from its beginning.
    pub(in crate::app) fn type_label(&mut self, letter: char) -> Result<(), Refusal> {
        let labels = self.mark_labels();
        let Some(mark) = &mut self.marking else {
            return Ok(());
        };
        let (Awaited::Start(typed) | Awaited::End(typed)) = &mut mark.awaited else {
            return Ok(());
        };
        let Some(first) = *typed else {
            if !labels.iter().any(|l| l.letters[0] == letter) {
                return Err(no_label(&[letter]));
            }
            *typed = Some(letter);
            return Ok(());
        };
        let label = labels.into_iter().find(|l| l.letters[1] == letter);
        let Some(MarkLabel { word, .. }) = label else {
            *typed = None;
            return Err(no_label(&[first, letter]));
        };
        mark.pick(word);
        self.reveal_mark();
        Ok(())
    }

    /// The words that get a label: of the mark's block, in view, and wide enough.
    fn words_for_labels(&self) -> Vec<Range<usize>> {
        let text = self.text();
        let rows = self.article.visible(text);
        let (Some((_, first)), Some((_, last))) = (rows.first(), rows.last()) else {
            return Vec::new();
        };
        let block = self.mark_block().unwrap_or(first.start..last.end);
        let seen = first.start.max(block.start)..last.end.min(block.end);
        if seen.is_empty() {
            return Vec::new();
        }
        let all = text.as_str();
        let from = all.floor_char_boundary(seen.start.saturating_sub(AROUND));
        let from = from.max(text.line(text.line_of(seen.start)).start);
        let to = all.ceil_char_boundary((seen.end + AROUND).min(all.len()));
        let words = words(all.get(from..to).unwrap_or("")).into_iter();
        let mut rows = rows.into_iter().map(|(_, bytes)| bytes).peekable();
        words
            .map(|w| from + w.start..from + w.end)
            .filter(|w| seen.contains(&w.start))
            .filter(|w| {
                while rows.next_if(|r| r.end <= w.start).is_some() {}
                let shown = rows.peek().map(|r| w.start.max(r.start)..w.end.min(r.end));
                shown.is_some_and(|r| r.start == w.start && has_room(all.get(r).unwrap_or("")))
            })
            .take(LETTERS.len() * LETTERS.len())
            .collect()
    }

    /// The bytes of the block in which the mark starts.
    fn mark_block(&self) -> Option<Range<usize>> {
        let text = self.text();
        let start = self.marking.as_ref()?.range().start;
        let proposals = self.check().proposals();
        let n = proposals.block_at(text.scalar(start))?;
        Some(text.bytes(proposals.blocks.get(n)?.span))
    }
}

impl Marking {
    /// What has been typed of a label; none where no label is awaited.
    pub fn typed_label(&self) -> Option<Option<char>> {
        match self.awaited {
            Awaited::Start(typed) | Awaited::End(typed) => Some(typed),
            Awaited::Move | Awaited::Character { .. } => None,
        }
    }

    /// Starts or ends the mark at a word: whichever of the two stands first in the text, both are marked whole.
    fn pick(&mut self, word: Range<usize>) {
        self.column = None;
        match self.awaited {
            // A statement is cut before the word.
            Awaited::Start(_) if self.purpose == Purpose::Split => {
                (self.anchor, self.moving) = (word.start, word.start);
                self.awaited = Awaited::Move;
            }
            Awaited::Start(_) => {
                (self.anchor, self.moving) = (word.start, word.end);
                self.awaited = Awaited::End(None);
            }
            Awaited::End(_) => {
                let start = self.range();
                self.anchor = start.start.min(word.start);
                self.moving = start.end.max(word.end);
                self.awaited = Awaited::Move;
            }
            Awaited::Move | Awaited::Character { .. } => {}
        }
    }

    /// Takes the last letter of a label back, else the word at which the mark starts.
    pub(in crate::app) fn untype_label(&mut self) {
        self.awaited = match self.awaited {
            Awaited::Start(_) | Awaited::End(None) => Awaited::Start(None),
            Awaited::End(Some(_)) => Awaited::End(None),
            other => other,
        };
    }
}

fn no_label(letters: &[char]) -> Refusal {
    let letters: String = letters.iter().collect();
    match letters.len() {
        1 => Refusal::mild(format!("No label begins with “{letters}”.")),
        _ => Refusal::mild(format!("No word has the label “{letters}”.")),
    }
}

/// Whether the first clusters of a word take just the cells of a label, so that it hides no half of a wide one.
fn has_room(word: &str) -> bool {
    let mut used = 0;
    for cell in cells(word, StandIns::default()) {
        used += usize::from(cell.width);
        if used >= CELLS {
            break;
        }
    }
    used == CELLS
}

/// The labels of `count` words, all different: of the home row alone, as long as that is enough for all.
fn letters(count: usize) -> impl Iterator<Item = [char; 2]> {
    let side = count.isqrt() + usize::from(count.isqrt().pow(2) < count);
    let side = side.clamp(HOME, LETTERS.len());
    let used = &LETTERS[..side];
    used.iter()
        .flat_map(move |a| used.iter().map(move |b| [char::from(*a), char::from(*b)]))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn labels_are_different_and_of_the_home_row_as_long_as_it_lasts() {
        for count in [0, 1, 81, 82, 100, 101, 675, 676, 5000] {
            let all: Vec<_> = letters(count).take(count).collect();
            assert_eq!(all.len(), count.min(676), "{count}");
            let different: HashSet<_> = all.iter().collect();
            assert_eq!(different.len(), all.len(), "{count}");
            assert!(all.iter().flatten().all(char::is_ascii_lowercase));
            let home = all.iter().flatten().all(|c| "asdfghjkl".contains(*c));
            assert_eq!(home, count <= 81, "{count}");
        }
    }

    #[test]
    fn a_label_takes_the_cells_of_two_letters_or_of_one_wide_one() {
        for (word, room) in [
            ("of", true),
            ("e\u{301}a", true),
            ("橋", true),
            ("橋の", true),
            ("a", false),
            ("a橋", false),
            ("", false),
        ] {
            assert_eq!(has_room(word), room, "{word}");
        }
    }
}
