//! From a file to proposals: formats in, then blocks, sentences, quotations, sources, cues, stances.
//!
//! Two halves meet in [`Document`]: what a file says once its format is taken away, and what [`propose`] makes of it.
//! Everything here is deterministic, offline and pure but for reading the bytes that it is given.

pub mod batch;
pub mod blocks;
pub mod dates;
mod engine;
pub mod external;
pub mod input;
pub mod language;
#[cfg(test)]
mod pasted;
pub mod sentences;
pub mod worth;

use std::ops::Range;

use crate::core::ids::VersionId;
use crate::core::proposal::{Block, Proposals};
use crate::core::text::ArticleText;
use input::account::Account;

/// The name and version of the built-in reader; proposals of another version are kept until asked for anew.
pub const READER: &str = "builtin-1";

/// An article as read from a file: the stored text, its layout and what the file says of itself.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The stored text; see [`crate::core::stored`].
    pub text: ArticleText,
    /// The layout, in order, disjoint; every non-blank character stands in one block.
    pub blocks: Vec<Block>,
    /// The title; empty where none was found.
    pub title: String,
    /// Who wrote it, as printed; empty where none was found.
    pub byline: String,
    /// The canonical address.
    pub url: Option<String>,
    /// When it was published, in ISO 8601.
    pub published_at: Option<String>,
    /// The language, a BCP 47 tag, given or detected; empty where not known.
    pub language: String,
    /// Whether its words leave open which language it is in, so that it is read as English.
    pub language_in_doubt: bool,
    /// SHA-256 of the bytes as they came, 64 lower-case hex digits.
    pub original_sha256: String,
    /// SHA-256 of the stored text in UTF-8.
    pub text_sha256: String,
    /// What was lost or changed in reading, one sentence each ("3 comments were left out").
    pub notes: Vec<String>,
    /// Whether there are pages of a PDF of whose letters the file tells few, so that another program may read more.
    pub lacks_letters: bool,
    /// What became of the source's letters.
    pub account: Account,
}

impl Document {
    /// What reading left out, in a sentence; empty where nothing was.
    pub fn left_out(&self) -> String {
        self.account.note().map_or_else(String::new, |n| n.sentence)
    }

    /// The article version that the text is.
    pub fn version(&self) -> VersionId {
        let read = || VersionId::of_text(self.text.as_str());
        self.text_sha256.parse().unwrap_or_else(|_| read())
    }
}

/// What the reader proposes for `text`.
///
/// `blocks` is the whole layout; only blocks of `range` are worked on, so that the visible part can come first. With
/// `resolve` the second pass runs too: it resolves sources over all that was found and adds fields, and never moves a
/// span. `language` is a BCP 47 tag; empty means English. `cancelled` is asked now and then; when it says so, what
/// was found until then is returned.
pub fn propose(
    text: &ArticleText,
    blocks: &[Block],
    language: &str,
    range: Range<usize>,
    resolve: bool,
    cancelled: &dyn Fn() -> bool,
) -> Proposals {
    let mut proposals = engine::run(text, blocks, language, range, cancelled);
    if resolve {
        engine::resolve(text, language, &mut proposals);
    }
    proposals.statements.fit();
    proposals.attributions.fit();
    proposals
}
