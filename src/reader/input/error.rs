//! Why an article could not be read. Each message is one sentence: what failed, on what, what to do next.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Why an article could not be read.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadError {
    /// No such file.
    #[error("{name} is not there: check how it is spelled and in which folder it is")]
    Missing {
        /// The file's name.
        name: String,
    },
    /// A folder instead of a file.
    #[error("{name} is a folder: name a file in it")]
    Folder {
        /// The folder's name.
        name: String,
    },
    /// Something that is no file: a pipe, a device, a socket.
    #[error(
        "{name} is {what}, not a file: save what it gives as a file, or hand it over on standard input, named -"
    )]
    NotAFile {
        /// Its name.
        name: String,
        /// What it is: "a pipe".
        what: Cow<'static, str>,
    },
    /// A file that the user may not read.
    #[error("{name} may not be read by you: check its permissions")]
    Forbidden {
        /// The file's name.
        name: String,
    },
    /// The system could not read the file.
    #[error("{name} could not be read ({reason}): check the disk or the connection and try again")]
    Unreadable {
        /// The file's name.
        name: String,
        /// What the system says.
        reason: String,
    },
    /// Whoever waited for it stopped the reading.
    #[error("{name} was not read to its end, since that was cancelled: nothing was made")]
    Cancelled {
        /// The file's name or address.
        name: String,
    },
    /// Nothing but white space.
    #[error("{name} holds no text: check that it is the right file and that it was saved whole")]
    Empty {
        /// The file's name or address.
        name: String,
    },
    /// Not an article in any known format.
    #[error(
        "{name} is {what}, not a text: hand over plain text, Markdown, HTML, PDF, DOCX or EPUB"
    )]
    NotText {
        /// The file's name or address.
        name: String,
        /// What it is: "a PNG image".
        what: Cow<'static, str>,
    },
    /// A known format that is not read.
    #[error("{name} is {what}, which is not read here: save it as {instead} and open that")]
    Unsupported {
        /// The file's name or address.
        name: String,
        /// What it is: "an old Word document".
        what: Cow<'static, str>,
        /// What to save it as: "DOCX".
        instead: Cow<'static, str>,
    },
    /// The file is too large for its format.
    #[error(
        "{name} is too large to be read as {format} ({size}, at most {limit}): save its article alone, as text"
    )]
    TooLarge {
        /// The file's name or address.
        name: String,
        /// The format: "PDF".
        format: Cow<'static, str>,
        /// Its size, as said to people.
        size: String,
        /// The most that is read.
        limit: String,
    },
    /// A file that would unpack to far more than an article.
    #[error(
        "{name} unpacks to more than {limit}, which no article does: check where the file comes from"
    )]
    Bomb {
        /// The file's name or address.
        name: String,
        /// The most that is unpacked.
        limit: String,
    },
    /// The format's own structure is broken.
    #[error(
        "{name} is not a whole {format} file ({reason}): get it anew, or save its text as a text file"
    )]
    Damaged {
        /// The file's name or address.
        name: String,
        /// The format: "PDF".
        format: Cow<'static, str>,
        /// What the format's reader says.
        reason: String,
    },
    /// The file asks for a password.
    #[error(
        "{name} is encrypted: remove the password with the program that made it and open the copy"
    )]
    Encrypted {
        /// The file's name or address.
        name: String,
    },
    /// A PDF of pictures.
    #[error(
        "{name} has no text layer, its pages are pictures: run text recognition (OCR) on it first"
    )]
    Scanned {
        /// The file's name or address.
        name: String,
    },
    /// A PDF whose fonts draw shapes and do not say which letters they are.
    #[error(
        "{name} does not tell which letters its fonts show: run text recognition (OCR) on it first"
    )]
    NoLetters {
        /// The file's name or address.
        name: String,
    },
    /// As [`Self::NoLetters`], where a program is installed that may know them.
    #[error(
        "{name} does not tell which letters its fonts show: `pdftotext` is installed and may; set pdf_fallback = \"always\" under [reader] in the configuration to have it read such pages, or run text recognition (OCR) first"
    )]
    NoLettersHere {
        /// The file's name or address.
        name: String,
    },
    /// Reading took longer than is allowed.
    #[error("{name} was not read within {} seconds: save its text as a text file and open that", .limit.as_secs())]
    TooSlow {
        /// The file's name or address.
        name: String,
        /// The most time that reading may take.
        limit: Duration,
    },
    /// Reading took more memory than is allowed.
    #[error(
        "{name} needs more than {limit} of memory to be read: save its text as a text file and open that"
    )]
    TooMuch {
        /// The file's name or address.
        name: String,
        /// The most memory that reading may take.
        limit: String,
    },
    /// The process that reads files of its kind could not be started.
    #[error(
        "{name} could not be read, since claimdesk could not start itself a second time for it ({reason}): save its text as a text file and open that"
    )]
    NotStarted {
        /// The file's name or address.
        name: String,
        /// What the system says.
        reason: String,
    },
    /// No such chapter.
    #[error("{name} has no chapter {chapter:?}: choose one of {known}")]
    NoChapter {
        /// The file's name or address.
        name: String,
        /// What was asked for.
        chapter: String,
        /// The chapters that there are.
        known: String,
    },
    /// A chapter was asked for, of something that is no book.
    #[error("{name} is no EPUB book and has no chapters: leave out which one to read")]
    NoBook {
        /// The file's name or address.
        name: String,
    },
    /// Words that stand in several chapters' titles.
    #[error("{name} has several chapters with {chapter:?} in their titles: choose one of {known}")]
    ManyChapters {
        /// The file's name or address.
        name: String,
        /// What was asked for.
        chapter: String,
        /// Those that fit, with their numbers.
        known: String,
    },
    /// An address that cannot be fetched as it is.
    #[error(
        "{url} is not an address that can be fetched ({reason}): give a full http or https address"
    )]
    Address {
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An address inside the own network.
    #[error(
        "{url} leads to {address}, an address of a private network: use --allow-local if that is meant"
    )]
    Private {
        /// The address.
        url: String,
        /// Where it leads to.
        address: String,
    },
    /// The page could not be fetched.
    #[error(
        "{url} could not be fetched ({reason}): open it in a browser, save the page and open the file"
    )]
    Fetch {
        /// The address.
        url: String,
        /// What went wrong.
        reason: String,
    },
}

impl ReadError {
    /// The error of a file that the system does not hand over.
    pub fn of_file(name: impl Into<String>, error: &std::io::Error) -> Self {
        let name = name.into();
        match error.kind() {
            ErrorKind::NotFound => Self::Missing { name },
            ErrorKind::IsADirectory => Self::Folder { name },
            ErrorKind::PermissionDenied => Self::Forbidden { name },
            _ => Self::Unreadable {
                name,
                reason: error.to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::progress::size;

    #[test]
    fn every_message_is_one_sentence_that_names_the_file() {
        let name = || "kell.pdf".to_string();
        for e in [
            ReadError::Empty { name: name() },
            ReadError::Missing { name: name() },
            ReadError::Folder { name: name() },
            ReadError::Forbidden { name: name() },
            ReadError::Unreadable {
                name: name(),
                reason: "input/output error".into(),
            },
            ReadError::Cancelled { name: name() },
            ReadError::NoBook { name: name() },
            ReadError::ManyChapters {
                name: name(),
                chapter: "pier".into(),
                known: "1 (The Pier)".into(),
            },
            ReadError::NotText {
                name: name(),
                what: "a PNG image".into(),
            },
            ReadError::Unsupported {
                name: name(),
                what: "an old Word document".into(),
                instead: "DOCX".into(),
            },
            ReadError::TooLarge {
                name: name(),
                format: "PDF".into(),
                size: size(120_000_000),
                limit: size(64_000_000),
            },
            ReadError::Bomb {
                name: name(),
                limit: size(64_000_000),
            },
            ReadError::Damaged {
                name: name(),
                format: "PDF".into(),
                reason: "no cross-reference table".into(),
            },
            ReadError::Encrypted { name: name() },
            ReadError::Scanned { name: name() },
            ReadError::NoLetters { name: name() },
            ReadError::NoLettersHere { name: name() },
            ReadError::TooSlow {
                name: name(),
                limit: Duration::from_secs(20),
            },
            ReadError::TooMuch {
                name: name(),
                limit: size(1 << 30),
            },
            ReadError::NotStarted {
                name: name(),
                reason: "permission denied".into(),
            },
            ReadError::NoChapter {
                name: name(),
                chapter: "9".into(),
                known: "1 to 3".into(),
            },
            ReadError::Address {
                url: name(),
                reason: "no host".into(),
            },
            ReadError::Private {
                url: name(),
                address: "127.0.0.1".into(),
            },
            ReadError::Fetch {
                url: name(),
                reason: "connection refused".into(),
            },
        ] {
            let said = e.to_string();
            assert!(
                said.starts_with("kell.pdf ") && said.contains(": "),
                "{said}"
            );
            assert!(!said.contains('\n') && !said.ends_with('.'), "{said}");
        }
    }
}
