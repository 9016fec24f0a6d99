//! What reading has learned of a session so far. A form on disk may say a thing in a way that only what was read before
//! makes clear: the number of an article version means the text that the session had under it.

use std::collections::BTreeMap;
use std::fmt;

use crate::core::edit::Edit;
use crate::core::model::{Article, ArticleField, ArticleVersion, Session};

/// What is known of a session where the next part of it is read. It grows with every edit that is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// The hash of the text of each article version, by the version's number.
    texts: BTreeMap<u32, Box<str>>,
}

impl Known {
    /// What `session` tells: that of a checkpoint, after which the journal is read.
    pub(crate) fn of(session: &Session) -> Self {
        Self::of_article(&session.article)
    }

    /// What `article` tells.
    pub(crate) fn of_article(article: &Article) -> Self {
        let mut known = Self::default();
        known.versions(&article.versions);
        known
    }

    /// Learns what `edit`, the next one of the session, tells.
    pub(crate) fn learn(&mut self, edit: &Edit) {
        if let Edit::Article(_, ArticleField::Versions(all)) = edit {
            self.versions(all);
        }
    }

    /// The hash of the text that article version `number` has.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "statement ids still name the number")
    )]
    pub(crate) fn text_of(&self, number: u32) -> Option<&str> {
        self.texts.get(&number).map(|hash| &**hash)
    }

    fn versions(&mut self, all: &[ArticleVersion]) {
        let texts = all.iter().map(|v| (v.number, (*v.text_sha256).into()));
        self.texts.extend(texts);
    }
}

/// Why a form cannot be turned into the model: part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unresolved(Box<str>);

impl From<String> for Unresolved {
    fn from(why: String) -> Self {
        Self(why.into())
    }
}

impl From<&str> for Unresolved {
    fn from(why: &str) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::disk::{read_checkpoint, read_step};

    const TEXT: &str = "ea3dcc573c58f80e776c288a2b7d775ae32c25446173c08c9337145bcbbd4ee7";

    #[test]
    fn the_lines_of_a_journal_tell_which_text_a_number_means_and_so_does_its_checkpoint() {
        let golden = include_str!("../../../tests/golden/session-v1/journal.jsonl");
        let mut known = Known::default();
        for (n, line) in golden.lines().skip(1).enumerate() {
            let (object, _) = line.rsplit_once(",\"crc\":").unwrap();
            let before = known.text_of(1).is_some();
            assert_eq!(before, n > 0, "the first step tells it");
            read_step(1, format!("{object}}}").as_bytes(), &mut known).unwrap();
        }
        assert_eq!(known.text_of(1), Some(TEXT));
        assert_eq!(known.text_of(2), None);
        let golden = include_bytes!("../../../tests/golden/session-v1/session.json");
        let known = Known::of(&read_checkpoint(golden).unwrap().session);
        assert_eq!(known.text_of(1), Some(TEXT));
    }
}
