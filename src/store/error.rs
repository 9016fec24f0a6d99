//! What can go wrong with a session on disk, each in one sentence for the person who meets it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Where something of a session is, in words for people: in a folder the path of a file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Spot(Box<str>);

impl Spot {
    /// The place that `words` name.
    pub fn named(words: impl Into<Box<str>>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&Path> for Spot {
    fn from(path: &Path) -> Self {
        Self(path.display().to_string().into())
    }
}

impl From<&PathBuf> for Spot {
    fn from(path: &PathBuf) -> Self {
        Self::from(path.as_path())
    }
}

/// Why something could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No session, or no folder, of that name.
    #[error("There is no session called {0:?}; `claimdesk list` shows those there are.")]
    NotFound(String),
    /// The name cannot be that of a session.
    #[error("{0:?} cannot be the name of a session: use letters, digits and hyphens.")]
    BadName(String),
    /// Another session has the name.
    #[error("There is a session called {0:?} already; choose another name.")]
    Taken(String),
    /// Somebody else has the session open.
    #[error("The session {name:?} is held by {by}; close it there, or open it read-only.")]
    Held {
        /// The session.
        name: String,
        /// The holder, as far as known.
        by: String,
    },
    /// The folder or a file in it cannot be written.
    #[error("{at} cannot be written ({why}); check its permissions, or save elsewhere.")]
    NotWritable {
        /// What.
        at: Spot,
        /// The system's words.
        why: String,
    },
    /// A file is not what it should be.
    #[error("{at} is damaged: {what}; run `claimdesk check` on the session.")]
    Damaged {
        /// Which file.
        at: Spot,
        /// What is wrong with it.
        what: String,
    },
    /// The session is damaged, and must be repaired before it can be written to.
    #[error(
        "The session {name:?} is damaged: {what}; run `claimdesk repair {name}` to make a writable one of what there is."
    )]
    NeedsRepair {
        /// The session.
        name: String,
        /// What is wrong.
        what: String,
    },
    /// So little of the session can be read that it cannot be opened.
    #[error(
        "The session {name:?} cannot be opened: {what}; run `claimdesk repair {name}` to make one of what there is."
    )]
    Unopenable {
        /// The session.
        name: String,
        /// What is wrong.
        what: String,
    },
    /// The folder of sessions is there and cannot be read.
    #[error(
        "The folder of sessions {at} cannot be read: {why}; check it, or name another with --sessions."
    )]
    Library {
        /// The folder.
        at: Spot,
        /// The system's words.
        why: io::Error,
    },
    /// A newer claimdesk wrote it.
    #[error(
        "{at} has version {version}, which this claimdesk does not know; it was left untouched: use a newer claimdesk."
    )]
    Newer {
        /// Which file.
        at: Spot,
        /// The version that it names.
        version: u32,
    },
    /// A newer claimdesk wrote it, in the version that this one knows.
    #[error(
        "{at} was written by a newer claimdesk ({what}); it was left untouched: use a newer claimdesk."
    )]
    Foreign {
        /// Which file.
        at: Spot,
        /// What is not known here.
        what: String,
    },
    /// Another program changed the journal while it was open here.
    #[error(
        "Another program changed the journal ({how}), so nothing more is written to it; save elsewhere, then look at both: {at}."
    )]
    Changed {
        /// The journal.
        at: Spot,
        /// In which way.
        how: JournalChange,
    },
    /// There is no room.
    #[error("There is no room left for {at}; make some and save again: nothing is lost meanwhile.")]
    Full {
        /// What did not fit.
        at: Spot,
    },
    /// The work was no longer wanted.
    #[error("It was given up; nothing is left in {at}.")]
    GivenUp {
        /// Where it would have been.
        at: Spot,
    },
    /// A step was handed in out of order: a fault of the program.
    #[error("Step {got} cannot follow step {last}; please report this.")]
    OutOfOrder {
        /// The last step kept.
        last: u64,
        /// The step handed in.
        got: u64,
    },
    /// The sessions cannot be reached at the moment.
    #[error("{at} cannot be reached ({why}); try again when it can.")]
    Away {
        /// What.
        at: Spot,
        /// Why not.
        why: String,
    },
    /// It is kept in a way that leaves nothing to do what was asked.
    #[error("The sessions in {at} have no files of their own, so none can be checked or repaired.")]
    NoFiles {
        /// The store.
        at: Spot,
    },
    /// A store that this program cannot speak to.
    #[error("{at} is a shared store, which is not built in yet; name a folder with --sessions.")]
    NotBuiltIn {
        /// The address.
        at: Spot,
    },
    /// Anything else that the system reports.
    #[error("{at} could not be {doing}: {why}.")]
    Io {
        /// What was tried, as a past participle.
        doing: &'static str,
        /// On what.
        at: Spot,
        /// The system's error. The sentence tells it, so it is no source that would be told once more.
        why: io::Error,
    },
}

/// In which way another program changed a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalChange {
    /// Nothing of its name is there.
    Gone,
    /// What is there is no file.
    NoFile,
    /// It cannot be read; the system's words.
    Unreadable(String),
    /// Lines that were kept are missing.
    Shorter,
    /// There are more lines than were written here.
    Longer,
    /// It holds other lines than those that were kept.
    Other,
    /// The folder was replaced, and somebody has the new one open.
    Taken(String),
}

impl fmt::Display for JournalChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str("it is gone"),
            Self::NoFile => f.write_str("it is no file any more"),
            Self::Unreadable(why) => write!(f, "it cannot be read: {why}"),
            Self::Shorter => f.write_str("lines that were kept are missing"),
            Self::Longer => f.write_str("it holds lines that were not written here"),
            Self::Other => f.write_str("it holds other lines than were kept"),
            Self::Taken(by) => write!(f, "its folder was replaced, and {by} has the new one open"),
        }
    }
}

impl StoreError {
    /// The error for the journal at `at` that another program changed.
    pub(crate) fn changed(at: impl Into<Spot>, how: JournalChange) -> Self {
        let at = at.into();
        Self::Changed { at, how }
    }

    /// The exit code of a command that ends with it.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::BadName(_) | Self::Taken(_) | Self::NoFiles { .. } | Self::NotBuiltIn { .. } => 2,
            Self::NotFound(_)
            | Self::Damaged { .. }
            | Self::Unopenable { .. }
            | Self::Newer { .. }
            | Self::Foreign { .. } => 3,
            Self::Held { .. }
            | Self::NotWritable { .. }
            | Self::NeedsRepair { .. }
            | Self::Library { .. }
            | Self::Changed { .. }
            | Self::Full { .. }
            | Self::Away { .. }
            | Self::GivenUp { .. } => 4,
            Self::Io { doing, .. } if *doing == READ => 3,
            Self::Io { .. } => 4,
            Self::OutOfOrder { .. } => 70,
        }
    }

    /// The error for a read of `at` that failed.
    pub(crate) fn read(at: impl Into<Spot>, why: io::Error) -> Self {
        let at = at.into();
        Self::Io {
            doing: READ,
            at,
            why,
        }
    }

    /// The error for a folder of sessions that is there and cannot be read.
    pub(crate) fn library(at: impl Into<Spot>, why: io::Error) -> Self {
        let at = at.into();
        Self::Library { at, why }
    }

    /// The error for a write to `at` that failed: full, not writable, or another.
    pub(crate) fn write(at: impl Into<Spot>, source: io::Error) -> Self {
        let at = at.into();
        match source.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::Full { at },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::NotWritable {
                    at,
                    why: source.to_string(),
                }
            }
            _ => Self::Io {
                doing: "written",
                at,
                why: source,
            },
        }
    }

    /// The error for what the file at `at` was found to be.
    pub(crate) fn unreadable(at: impl Into<Spot>, why: super::disk::Unreadable) -> Self {
        let at = at.into();
        match why {
            super::disk::Unreadable::Newer(version) => Self::Newer { at, version },
            super::disk::Unreadable::Foreign(what) => Self::Foreign { at, what },
            super::disk::Unreadable::Damaged(what) => Self::Damaged { at, what },
        }
    }
}

const READ: &str = "read";
