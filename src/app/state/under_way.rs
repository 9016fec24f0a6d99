//! What is under way: an article being read, files looked at and copied, the session being saved in another folder.

use crate::core::display::{clean, truncate};
use crate::core::progress::Progress;
use crate::core::vocabulary::EvidenceStance;

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
        /// Where in the file.
        locator: Option<String>,
    },
}

/// A file that is being looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookingAtFile {
    /// The number of the work.
    pub(in crate::app) id: u64,
    /// What was typed.
    pub(in crate::app) text: String,
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
    /// Where in the file.
    pub locator: Option<String>,
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
    /// None where it only becomes an item.
    pub(in crate::app) hold: Option<Hold>,
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
