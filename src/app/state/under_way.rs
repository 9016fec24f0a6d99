//! What is under way: an article being read, files looked at and copied, the session being saved in another folder.

use crate::core::display::{clean, truncate};
use crate::core::ids::EvidenceId;
use crate::core::model::HeldField;
use crate::core::progress::Progress;
use crate::core::vocabulary::{Credibility, EvidenceKind, EvidenceStance, Vocabulary};

/// An article that is being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingArticle {
    /// What: a path, a URL or `-`.
    pub what: String,
    /// How far that is, as soon as it is known.
    pub progress: Option<Progress>,
}

impl ReadingArticle {
    /// Reading `what` begins.
    pub fn of(what: &str) -> Self {
        Self {
            what: what.into(),
            progress: None,
        }
    }

    /// What is read, as shown: nothing in it acts on the terminal.
    pub fn name(&self) -> String {
        match self.what.as_str() {
            "-" => "standard input".into(),
            what => clean(what),
        }
    }

    /// What is read, without the folders that it stands in.
    pub fn short_name(&self) -> String {
        let name = self.name();
        let short = name.trim_end_matches('/').rsplit('/').next();
        truncate(short.unwrap_or(&name), 40).into_owned()
    }

    /// How far it is, in words; empty where that is not known.
    pub fn words(&self) -> String {
        let words = self.progress.map(|p| match p.percent() {
            Some(share) => format!("{} ({share}%)", p.words()),
            None => p.words(),
        });
        words.unwrap_or_default()
    }
}

/// A session that is being saved elsewhere, by somebody who leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavingElsewhere {
    /// The number of the work.
    pub(in crate::app) id: u64,
    pub(in crate::app) folder: String,
    /// How much of it is written, as soon as that is known.
    pub(in crate::app) progress: Option<Progress>,
}

impl SavingElsewhere {
    /// What is under way, how far, and how to stop it.
    pub fn words(&self) -> String {
        let mut parts = vec![format!("saving in {}", truncate(&clean(&self.folder), 40))];
        parts.extend(self.progress.map(|p| p.words()));
        parts.push("Esc cancels".into());
        parts.join(" · ")
    }
}

/// What is to become of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// An item that is held against nothing yet.
    Item,
    /// An item that is held against a row; what it says of that is still to be asked.
    Hold {
        /// The row, in words that hold until it is there.
        row: String,
        /// What is said of it besides the stance.
        details: HeldDetails,
    },
    /// The file of an item that is there already, in place of the one that it has.
    FileOf(EvidenceId),
}

/// What is said of an item against one claim besides its stance; nothing leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldDetails {
    /// Where in it.
    pub locator: Option<String>,
    /// The words that matter.
    pub excerpt: Option<String>,
    /// How credible it is for the claim.
    pub credibility: Option<Credibility>,
}

impl HeldDetails {
    /// The fields that it sets.
    pub(in crate::app) fn fields(&self) -> impl Iterator<Item = HeldField> {
        let locator = self.locator.clone().map(HeldField::Locator);
        let excerpt = self.excerpt.clone().map(HeldField::Excerpt);
        let credibility = self.credibility.map(HeldField::Credibility);
        locator.into_iter().chain(excerpt).chain(credibility)
    }

    /// What it says, in words.
    pub(in crate::app) fn words(&self) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        said.extend(self.locator.as_ref().map(|l| format!("at {l}")));
        said.extend(self.excerpt.as_ref().map(|x| format!("“{x}”")));
        said.extend(self.credibility.map(|c| c.label().to_string()));
        said
    }
}

/// A file that is being looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookingAtFile {
    /// The number of the work.
    pub(in crate::app) id: u64,
    /// What was typed.
    pub(in crate::app) text: String,
    /// The kind of the item that it becomes.
    pub(in crate::app) kind: EvidenceKind,
    pub(in crate::app) wish: Wish,
}

impl LookingAtFile {
    /// What is under way, and how to stop it.
    pub fn words(&self) -> String {
        format!("looking at {} · Esc cancels", name_of(&self.text))
    }
}

/// The row that a file is to be held against, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The row, in words that hold until the copy is there.
    pub row: String,
    /// What is said of it besides the stance.
    pub details: HeldDetails,
    /// What the file says of the claim.
    pub stance: EvidenceStance,
}

/// A file that is being copied, with what is to happen to it then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyingFile {
    /// The number of the work.
    pub(in crate::app) id: u64,
    /// Which file.
    pub path: String,
    /// How much of it is copied, as soon as that is known.
    pub(in crate::app) progress: Option<Progress>,
    /// The kind of the item that it becomes.
    pub(in crate::app) kind: EvidenceKind,
    pub(in crate::app) becomes: Becomes,
}

/// What a file is copied for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// An item that is held against nothing yet.
    Item,
    /// An item that is held against a row.
    Held(Hold),
    /// The file of an item that is there.
    FileOf(EvidenceId),
}

impl CopyingFile {
    /// What is under way, how far, and how to stop it.
    pub fn words(&self) -> String {
        let mut parts = vec![format!("copying {}", name_of(&self.path))];
        parts.extend(self.progress.map(|p| p.words()));
        parts.push("Esc cancels".into());
        parts.join(" · ")
    }

    /// The same in as few words as can be.
    pub fn share(&self) -> String {
        match self.progress.and_then(|p| p.percent()) {
            Some(share) => format!("copying {share}%"),
            None => "copying".into(),
        }
    }
}

/// The file's name, without the folders that it stands in and what could act on a terminal.
pub(in crate::app) fn name_of(path: &str) -> String {
    let name = path.trim_end_matches('/').rsplit('/').next();
    truncate(&clean(name.unwrap_or(path)), 40).into_owned()
}
