//! What exports and imports tell of themselves: the formats, how far the work is, what became of things on the way.

use crate::core::progress::Progress;

/// A format that an export can write or an import can read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormatInfo {
    /// Its name on the command line.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What it is and for whom, one sentence.
    pub about: String,
    /// The extension of its file, or of the main one.
    pub extension: String,
    /// Whether it is several files, which go to a folder.
    pub folder: bool,
    /// The units that its offsets may count in, its own first.
    pub units: Vec<String>,
    /// Whether it may be written as script blocks for a page, and names who publishes the checks.
    pub published: bool,
    /// Whether it names the page on which the checks are published.
    pub page: bool,
}

/// Work on another thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExchangeWork {
    /// What it does, in a word or two ("reading").
    pub doing: &'static str,
    /// How far it is, where anybody knows.
    pub at: Option<Progress>,
}

impl ExchangeWork {
    /// Work that has just begun.
    pub(super) fn new(doing: &'static str) -> Self {
        Self { doing, at: None }
    }
}

/// What became of something on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossFate {
    /// It is not there.
    Lost,
    /// It is there with less than it was.
    Flattened,
    /// It is another one in the session.
    Differing,
    /// It was found elsewhere than the file says.
    Moved,
    /// Good to know.
    Noted,
}

/// What became of all things of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What became of them.
    pub fate: LossFate,
    /// Why, one sentence without a full stop.
    pub reason: String,
    /// The first words of each; not of more than a few hundred.
    pub words: Vec<String>,
    /// How many there are in all.
    pub count: usize,
}

impl Loss {
    /// What became of how many, in a word or two.
    pub fn lead(&self) -> String {
        let word = match self.fate {
            LossFate::Lost => "not in it",
            LossFate::Flattened => "shortened",
            LossFate::Differing => "differ",
            LossFate::Moved => "moved",
            LossFate::Noted => return "note".into(),
        };
        match self.count {
            1 => word.into(),
            n => format!("{word} ({n})"),
        }
    }
}
