//! Puts a stored text together, block by block, for the formats whose text is not their bytes.

use super::account::{Account, Omission, OmissionPlace};
use crate::core::stored::{LeftOut, stored};
use crate::core::vocabulary::BlockKind;
use crate::reader::blocks::RawBlock;

/// Builds a stored text and its raw blocks. Runs of white space become one space; what no stored text
/// holds never gets in.
#[derive(Debug, Default)]
pub(super) struct DocumentBuilder {
    text: String,
    raws: Vec<RawBlock>,
    open: Option<(usize, BlockKind, Box<str>)>,
    /// White space is owed before the next word.
    gap: bool,
    left_out: LeftOut,
    account: Account,
}

/// What was built.
#[derive(Debug, Default)]
pub(super) struct Built {
    /// The stored text.
    pub text: String,
    /// Its raw blocks.
    pub raws: Vec<RawBlock>,
    /// Characters that no stored text holds.
    pub left_out: LeftOut,
    /// What became of the source's letters.
    pub account: Account,
}

impl DocumentBuilder {
    /// Ends the open block, if any, and begins one. `locator` says where it stands in the source.
    pub fn open(&mut self, kind: BlockKind, locator: impl Into<Box<str>>) {
        self.close();
        let apart = match self.raws.last() {
            None => "",
            Some(last) if last.kind == BlockKind::ListItem && kind == BlockKind::ListItem => "\n",
            Some(_) => "\n\n",
        };
        self.text.push_str(apart);
        self.open = Some((self.text.len(), kind, locator.into()));
    }

    /// Ends the open block; one without words leaves nothing behind.
    pub fn close(&mut self) {
        self.gap = false;
        let Some((start, kind, locator)) = self.open.take() else {
            return;
        };
        let end = self.text.trim_end().len().max(start);
        if self.text[start..end].trim().is_empty() {
            let end = self.raws.last().map_or(0, |r| r.range.end);
            self.text.truncate(end);
            return;
        }
        self.text.truncate(end);
        self.raws.push(RawBlock {
            range: start..end,
            kind,
            locator,
        });
    }

    /// Bytes built so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Makes the open block one of another kind.
    pub fn set_kind(&mut self, to: BlockKind) {
        if let Some((_, kind, _)) = &mut self.open {
            *kind = to;
        }
    }

    /// The words of the open block so far.
    pub fn open_words(&self) -> &str {
        let start = self.open.as_ref().map_or(self.text.len(), |o| o.0);
        self.text[start..].trim_end()
    }

    /// Drops the open block, for a reason.
    pub fn drop_open(&mut self, why: Omission) {
        if let Some((start, ..)) = &self.open {
            self.account.take_back(why, &self.text[*start..]);
            self.text.truncate(*start);
        }
        self.close();
    }

    /// Counts words of the source that do not go into the text; `apart` says that they do not go on from those before.
    pub fn leave_out(&mut self, why: Omission, place: OmissionPlace, apart: bool, words: &str) {
        self.account.leave_out(why, place, apart, words);
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Adds words of the source to the open block, or to a paragraph that is opened for them; white space is collapsed.
    pub fn words(&mut self, words: &str) {
        let made = stored(words);
        let words = made.as_ref().map_or(words, |made| {
            self.left_out += made.left_out;
            &made.text
        });
        self.account.keep(words);
        self.put(words);
    }

    /// As [`Self::words`], of marks that the source shows in another way: they are none of its letters.
    pub fn put(&mut self, words: &str) {
        let ends = memchr::memchr3_iter(b' ', b'\t', b'\n', words.as_bytes());
        let mut from = 0;
        for end in ends.chain([words.len()]) {
            let word = &words[from..end];
            self.gap |= from > 0;
            from = end + 1;
            if word.is_empty() {
                continue;
            }
            if self.open.is_none() {
                self.open(BlockKind::Paragraph, "");
            }
            let start = self.open.as_ref().map_or(0, |o| o.0);
            if std::mem::take(&mut self.gap)
                && self.text.len() > start
                && !self.text.ends_with('\n')
            {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    /// Breaks the line inside the open block.
    pub fn line_break(&mut self) {
        if let Some((start, ..)) = self.open {
            let end = self.text.trim_end_matches(' ').len().max(start);
            self.text.truncate(end);
            if end > start {
                self.text.push('\n');
            }
            self.gap = false;
        }
    }

    /// What was built.
    pub fn finish(mut self) -> Built {
        self.close();
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        Built {
            text: self.text,
            raws: self.raws,
            left_out: self.left_out,
            account: self.account,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses_and_empty_blocks_vanish() {
        let mut b = DocumentBuilder::default();
        b.open(BlockKind::Headline, "line 1");
        b.words("  The ");
        b.words(" pier\n");
        b.open(BlockKind::Paragraph, "");
        b.words("  \n ");
        b.open(BlockKind::ListItem, "");
        b.words("one");
        b.line_break();
        b.words(" two\0");
        b.open(BlockKind::ListItem, "");
        b.words("three");
        b.close();
        b.words("Loose words.");
        let Built {
            text,
            raws,
            left_out,
            ..
        } = b.finish();
        assert_eq!(text, "The pier\n\none\ntwo\nthree\n\nLoose words.\n");
        assert_eq!(left_out.controls, 1);
        let parts: Vec<_> = raws
            .iter()
            .map(|r| (&text[r.range.clone()], r.kind))
            .collect();
        use BlockKind::*;
        assert_eq!(
            parts,
            [
                ("The pier", Headline),
                ("one\ntwo", ListItem),
                ("three", ListItem),
                ("Loose words.", Paragraph)
            ]
        );
    }
}
