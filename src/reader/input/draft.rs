//! What a format's reader hands over, before hashes, language and the fields that the blocks tell.

use std::collections::BTreeSet;

use crate::core::proposal::Block;
use crate::core::stored::LeftOut;
use crate::core::vocabulary::BlockKind;
use crate::reader::blocks::{self, who_and_when};
use crate::reader::dates;

use super::account::Account;
use super::build::DocumentBuilder;

/// A document before it is finished.
#[derive(Debug, Default)]
pub(super) struct DocumentDraft {
    pub text: String,
    pub blocks: Vec<Block>,
    pub title: String,
    pub byline: String,
    pub url: Option<String>,
    pub published_at: Option<String>,
    pub language: String,
    pub notes: Vec<String>,
    /// What became of the source's letters.
    pub account: Account,
    /// As [`crate::reader::Document::lacks_letters`].
    pub lacks_letters: bool,
    /// Whether the text is the bytes as they came.
    pub verbatim: bool,
}

impl DocumentDraft {
    /// The text and blocks that `builder` holds; the other fields are empty.
    pub fn of(builder: DocumentBuilder) -> Self {
        let built = builder.finish();
        let mut draft = Self {
            blocks: blocks::finish(&built.text, built.raws),
            text: built.text,
            account: built.account,
            ..Self::default()
        };
        draft.left_out(built.left_out);
        draft
    }

    /// Notes what the stored text does not hold.
    pub fn left_out(&mut self, what: LeftOut) {
        self.notes.extend(what.notes());
    }

    /// Fills title, byline and date from the blocks where the format did not tell them.
    pub fn fill_from_blocks(&mut self) {
        let mut at = (0, 0);
        for block in self.blocks.iter().take(16) {
            if !matches!(block.kind, BlockKind::Headline | BlockKind::Byline) {
                continue;
            }
            let mut byte = |scalar: u32| {
                let skip = self.text[at.1..].chars().take((scalar - at.0) as usize);
                at = (scalar, at.1 + skip.map(char::len_utf8).sum::<usize>());
                at.1
            };
            let (start, end) = (byte(block.span.start), byte(block.span.end));
            let words = &self.text[start..end];
            if block.kind == BlockKind::Headline {
                if self.title.is_empty() {
                    self.title = one_line(words);
                }
                continue;
            }
            let (who, when) = who_and_when(words);
            let date = |words: &str| dates::iso(words, &self.language);
            // Many a line that says when says nobody's name.
            let (name, when) = match date(who) {
                Some(_) => ("", who),
                None => (who, when),
            };
            if self.published_at.is_none() {
                self.published_at = date(when);
            }
            if self.byline.is_empty() && name.contains(char::is_alphabetic) {
                self.byline = one_line(name);
            }
        }
    }
}

/// "3 comments by Jon Pell were left out."; none where there were none.
pub(super) fn comments_left_out(count: usize, by: &BTreeSet<String>) -> Option<String> {
    let (s, were) = match count {
        0 => return None,
        1 => ("", "was"),
        _ => ("s", "were"),
    };
    Some(format!(
        "{count} comment{s}{} {were} left out.",
        by_whom(by)
    ))
}

/// " by Jon Pell, Ada Holm": the first few of those who did something; nothing where nobody is named.
pub(super) fn by_whom(names: &BTreeSet<String>) -> String {
    let first: Vec<String> = names.iter().take(5).map(|n| one_line(n)).collect();
    match first.is_empty() {
        true => String::new(),
        false => format!(" by {}", first.join(", ")),
    }
}

/// `words` on one line.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
