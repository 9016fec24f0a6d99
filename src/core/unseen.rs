//! Words of the article that nobody has looked at, and what was found of a check and need not be looked for again.

use std::sync::OnceLock;

use super::describe::counted;
use super::text::Span;
use super::vocabulary::BlockKind;

/// Words of the article on which no statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// Where they stand, in scalar values: a sentence, or the whole of a caption or a headline.
    pub span: Span,
    /// The kind of their block.
    pub block: BlockKind,
}

/// What was looked for in a check as it stands; gone with its next change.
#[derive(Clone, Debug, Default)]
pub(super) struct FoundOnce {
    /// How many claims have a finding without ground.
    pub without_ground: OnceLock<usize>,
    /// The words that nobody has looked at.
    pub unseen: OnceLock<Vec<Unseen>>,
}

/// What was not looked at, in words: `1 caption, 2 sentences nobody looked at`; nothing where all was.
pub fn unseen_in_words(unseen: &[Unseen]) -> String {
    let count = |kind: &dyn Fn(BlockKind) -> bool| unseen.iter().filter(|u| kind(u.block)).count();
    let captions = count(&|b| b == BlockKind::Caption);
    let headlines = count(&|b| b == BlockKind::Headline);
    let sentences = unseen.len() - captions - headlines;
    let parts: Vec<String> = [
        (headlines, "headline"),
        (captions, "caption"),
        (sentences, "sentence"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, what)| counted(n, what))
    .collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!("{} nobody looked at", parts.join(", ")),
    }
}
