//! Plain data about exports and imports that more than one layer needs: what the formats are, what an export is asked for,
//! how far the work is, and what became of things on the way.

pub mod loss;
pub mod snapshot;

use super::progress::{Progress, ProgressUnit};

/// How a tool counts offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OffsetUnit {
    /// Unicode scalar values (code points): Python, and claimdesk itself.
    Codepoint,
    /// UTF-16 code units: JavaScript and Java.
    Utf16,
    /// UTF-8 bytes.
    Byte,
}

impl OffsetUnit {
    /// Every unit.
    pub const ALL: &'static [Self] = &[Self::Codepoint, Self::Utf16, Self::Byte];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Codepoint => "codepoint",
            Self::Utf16 => "utf16",
            Self::Byte => "byte",
        }
    }

    /// The unit called `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|u| u.word() == word)
    }
}

/// Whether an export is one file or several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One file, which may go to standard output.
    #[default]
    File,
    /// Several files, which go to a folder.
    Folder,
}

/// What a format says of where the checks are published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Published {
    /// Nothing.
    #[default]
    No,
    /// The address of the page.
    Page,
    /// The page and who publishes it; and it may be written as script blocks for that page.
    Whole,
}

/// What people and dialogs need to know of a format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormatInfo {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it is and for whom, one sentence.
    pub about: &'static str,
    /// One file or several.
    pub layout: Layout,
    /// The extension of the file, or of the main one.
    pub extension: &'static str,
    /// The units that the caller may ask for, its own first.
    pub units: &'static [OffsetUnit],
    /// What the caller may say about the page and the publisher.
    pub published: Published,
}

/// What the caller of an export asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// The unit of offsets, where the format leaves a choice; none means the format's own.
    pub offset_unit: Option<OffsetUnit>,
    /// What becomes of protected sources.
    pub protected: Protected,
    /// ClaimReview: write HTML script blocks instead of a JSON array.
    pub embed: bool,
    /// ClaimReview and AVeriTeC: the address of the page on which the checks are published.
    pub page_url: Option<String>,
    /// ClaimReview: who publishes the checks; none means the session's checkers.
    pub publisher: Option<String>,
    /// ClaimReview: the publisher's address.
    pub publisher_url: Option<String>,
}

impl ExportOptions {
    /// Hands every text of the caller's to `visit`: they are written as they are, so whoever looks for words looks here too.
    pub fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            offset_unit: _,
            protected: _,
            embed: _,
            page_url,
            publisher,
            publisher_url,
        } = self;
        for text in [page_url, publisher, publisher_url].into_iter().flatten() {
            visit(text);
        }
    }
}

/// What becomes of the places where the name of a protected source still stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protected {
    /// The export is refused and lists them.
    #[default]
    Refuse,
    /// They are masked, scalar value by scalar value, so that every offset stands.
    Redact,
    /// Names are written as they are, in source records too.
    Include,
}

/// What an export or an import is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A file is read, in bytes.
    Reading,
    /// What was read is taken apart; nobody knows how long that takes.
    Understanding,
    /// What was read is brought into the session.
    Merging,
    /// Claims are written in the format.
    Claims,
    /// The files are put in place, in bytes.
    Putting,
}

impl Stage {
    /// What is being done, in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Understanding => "taking the file apart",
            Self::Merging => "looking for its words in the article",
            Self::Claims => "going through the claims",
            Self::Putting => "writing to the disk",
        }
    }

    /// What it is counted in.
    fn unit(self) -> ProgressUnit {
        match self {
            Self::Reading | Self::Understanding | Self::Putting => ProgressUnit::Bytes,
            Self::Merging | Self::Claims => ProgressUnit::Claims,
        }
    }
}

/// How far an export or an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExchangeWork {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done.
    pub done: u64,
    /// How much there is; 0 where nobody knows.
    pub of: u64,
}

impl ExchangeWork {
    /// How far it is, where anybody knows.
    pub fn progress(self) -> Option<Progress> {
        (self.of > 0).then_some(Progress {
            unit: self.stage.unit(),
            done: self.done,
            of: Some(self.of),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_the_options_is_seen_wherever_it_was_given() {
        let mut options = ExportOptions {
            page_url: Some("page".into()),
            publisher_url: Some("address".into()),
            ..ExportOptions::default()
        };
        let mut seen = Vec::new();
        options.each_text(&mut |text| seen.push(std::mem::take(text)));
        assert_eq!(seen, ["page", "address"]);
        assert_eq!(options.page_url.as_deref(), Some(""));
        assert_eq!(options.publisher, None);
    }

    #[test]
    fn work_is_counted_only_where_its_extent_is_known() {
        let work = |of| ExchangeWork {
            stage: Stage::Claims,
            done: 3,
            of,
        };
        assert_eq!(work(0).progress(), None);
        let progress = work(9).progress().map(|p| p.words());
        assert_eq!(progress.as_deref(), Some("3 of 9 claims"));
    }
}
