//! What can go wrong with a session on disk, each in one sentence for the person who meets it.

use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No session, or no folder, of that name.
    #[error("There is no session called {0:?}; `claimdesk list` shows those there are.")]
    NotFound(String),
    /// The name cannot be that of a session.
    #[error("{0:?} cannot be the name of a session: use letters, digits and hyphens.")]
    BadName(String),
    /// Somebody else has the session open.
    #[error("The session {name:?} is held by {by}; close it there, or open it read-only.")]
    Held {
        /// The session.
        name: String,
        /// The holder, as far as known.
        by: String,
    },
    /// The folder or a file in it cannot be written.
    #[error("{} cannot be written ({why}); check its permissions, or save elsewhere.", path.display())]
    NotWritable {
        /// What.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
    /// A file is not what it should be.
    #[error("{} is damaged: {what}; run `claimdesk check` on the session.", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
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
    #[error("The folder of sessions {} cannot be read: {why}; check it, or name another with --sessions.", path.display())]
    Library {
        /// The folder.
        path: PathBuf,
        /// The system's words.
        why: io::Error,
    },
    /// A newer claimdesk wrote it.
    #[error("{} has version {version}, which this claimdesk does not know; it was left untouched: use a newer claimdesk.", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// The version that it names.
        version: u32,
    },
    /// A newer claimdesk wrote it, in the version that this one knows.
    #[error("{} was written by a newer claimdesk ({what}); it was left untouched: use a newer claimdesk.", path.display())]
    Foreign {
        /// Which file.
        path: PathBuf,
        /// What is not known here.
        what: String,
    },
    /// Another program changed the journal while it was open here.
    #[error("Another program changed the journal ({how}), so nothing more is written to it; save elsewhere, then look at both: {}.", path.display())]
    Changed {
        /// The journal.
        path: PathBuf,
        /// In which way.
        how: JournalChange,
    },
    /// There is no room.
    #[error("There is no room left for {}; make some and save again: nothing is lost meanwhile.", path.display())]
    Full {
        /// What did not fit.
        path: PathBuf,
    },
    /// The work was no longer wanted.
    #[error("It was given up; nothing is left in {}.", path.display())]
    GivenUp {
        /// Where it would have been.
        path: PathBuf,
    },
    /// A step was handed in out of order: a fault of the program.
    #[error("Step {got} cannot follow step {last}; please report this.")]
    OutOfOrder {
        /// The last step kept.
        last: u64,
        /// The step handed in.
        got: u64,
    },
    /// Anything else that the system reports.
    #[error("{} could not be {doing}: {why}.", path.display())]
    Io {
        /// What was tried, as a past participle.
        doing: &'static str,
        /// On what.
        path: PathBuf,
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

impl std::fmt::Display for JournalChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
    /// The error for the journal at `path` that another program changed.
    pub(crate) fn changed(path: &Path, how: JournalChange) -> Self {
        let path = path.to_owned();
        Self::Changed { path, how }
    }

    /// The exit code of a command that ends with it.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::BadName(_) => 2,
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
            | Self::GivenUp { .. } => 4,
            Self::Io { doing, .. } if *doing == READ => 3,
            Self::Io { .. } => 4,
            Self::OutOfOrder { .. } => 70,
        }
    }

    /// The error for a read of `path` that failed.
    pub(crate) fn read(path: &Path, why: io::Error) -> Self {
        let path = path.to_owned();
        Self::Io {
            doing: READ,
            path,
            why,
        }
    }

    /// The error for a folder of sessions that is there and cannot be read.
    pub(crate) fn library(path: &Path, why: io::Error) -> Self {
        let path = path.to_owned();
        Self::Library { path, why }
    }

    /// The error for a write to `path` that failed: full, not writable, or another.
    pub(crate) fn write(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::Full { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::NotWritable {
                    path,
                    why: source.to_string(),
                }
            }
            _ => Self::Io {
                doing: "written",
                path,
                why: source,
            },
        }
    }

    /// The error for what the file at `path` was found to be.
    pub(crate) fn unreadable(path: &Path, why: super::disk::Unreadable) -> Self {
        let path = path.to_owned();
        match why {
            super::disk::Unreadable::Newer(version) => Self::Newer { path, version },
            super::disk::Unreadable::Foreign(what) => Self::Foreign { path, what },
            super::disk::Unreadable::Damaged(what) => Self::Damaged { path, what },
        }
    }
}

const READ: &str = "read";
