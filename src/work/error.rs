//! Why a use case came to nothing: one sentence for each reason, whoever asked. What to do next differs between a command
//! and a dialog, and is theirs to say.

use std::io::ErrorKind;
use std::path::Path;

use crate::core::describe::counted;
use crate::core::suggest;
use crate::exchange::error::NamePlace;
use crate::exchange::{ExchangeError, FORMATS};
use crate::reader::input::ReadError;
use crate::store::StoreError;

/// Why a use case came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// A file cannot be read.
    #[error(transparent)]
    Unread(#[from] ReadError),
    /// A session cannot be opened, made or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An export or an import did not happen.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// No format has this name.
    #[error("there is no format called {0:?}")]
    NoSuchFormat(String),
    /// No format that can be read has this name.
    #[error("there is no format called {0:?} that can be read")]
    NoReadableFormat(String),
    /// Nothing in a file says which format it has.
    #[error("nothing in {0} says which format it has")]
    NotRecognised(String),
    /// The format cannot count its offsets in what was asked for.
    #[error("{format} cannot count in {unit:?}")]
    NoSuchUnit {
        /// The format's name.
        format: &'static str,
        /// The unit, as it was named.
        unit: String,
    },
    /// A file that is to become a session holds no article.
    #[error("{0} carries no article text")]
    NoText(String),
    /// A file is larger than any annotation of one article.
    #[error("{0} is too large")]
    TooLarge(String),
    /// The steps that know what protected sources were called are not there yet.
    #[error("the earlier steps are still being read")]
    StillReading,
    /// Somebody else made a step meanwhile.
    #[error("somebody else changed the session meanwhile")]
    Overtaken,
    /// The reading of a file was stopped.
    #[error("stopped; nothing was read")]
    Stopped,
}

/// What somebody can do next, in the words of the one who asks: options of a command, or choices of a dialog.
#[derive(Clone, Copy, Debug)]
pub struct Remedies {
    /// Where the formats are listed: a sentence with a space before it, or nothing.
    pub formats: &'static str,
    /// To say which format a file has.
    pub format: &'static str,
    /// What the unit of offsets is asked for with.
    pub unit: &'static str,
    /// To say which session a file without a text belongs to.
    pub session: &'static str,
    /// To say what becomes of a protected source that is named.
    pub protected: &'static str,
    /// To name a source that cannot be masked: a further way, with what sets it apart from the one before it, or nothing.
    pub unmaskable: &'static str,
    /// To replace a file that is there.
    pub replace: &'static str,
}

impl WorkError {
    /// The whole sentence.
    pub fn sentence(&self, remedies: &Remedies) -> String {
        match self {
            Self::Unread(e) => e.to_string(),
            Self::Store(e) => e.to_string(),
            Self::Exchange(e) => exchange_sentence(e, remedies),
            Self::NoSuchFormat(name) => {
                let hint = suggest::hint(name, FORMATS.iter().map(|f| f.info.name));
                let hint = if hint.is_empty() { remedies.formats } else { &hint };
                format!("There is no format called {name:?}.{hint}")
            }
            Self::NoReadableFormat(name) => {
                let readable = FORMATS.iter().filter(|f| f.read.is_some());
                let names: Vec<&str> = readable.map(|f| f.info.name).collect();
                let hint = match suggest::hint(name, names.iter().copied()) {
                    none if none.is_empty() => format!(" There are {}.", names.join(", ")),
                    hint => hint,
                };
                format!("There is no format called {name:?} that can be read.{hint}")
            }
            Self::NotRecognised(file) => format!(
                "Nothing in {file} says which format it has; {}.",
                remedies.format
            ),
            Self::NoSuchUnit { format, unit } => unit_sentence(format, unit, remedies),
            Self::NoText(file) => format!("{file} carries no article text; {}.", remedies.session),
            Self::TooLarge(file) => format!("{file} is larger than 512 MB, as no annotation of one article is; it was not read."),
            Self::StillReading => "The earlier steps, which know what protected sources were called, are still being read; try again in a moment.".into(),
            Self::Overtaken => "Somebody else changed the session meanwhile, so nothing was read into it; try again.".into(),
            Self::Stopped => "Stopped; nothing was read.".into(),
        }
    }
}

impl WorkError {
    /// Why an export was refused, a line each: what is the matter, and every place. None where it was not refused.
    pub fn refusal(&self, remedies: &Remedies) -> Option<Vec<String>> {
        let Self::Exchange(error) = self else {
            return None;
        };
        let Named {
            what,
            places,
            remedy,
        } = named(error, remedies)?;
        let mut lines = vec![format!("{what}; {remedy}:")];
        let said = |(at, words): (String, String)| format!("{at}: “{words}”");
        lines.extend(once(places).into_iter().map(said));
        Some(lines)
    }
}

fn unit_sentence(format: &str, unit: &str, remedies: &Remedies) -> String {
    let info = FORMATS.iter().find(|f| f.info.name == format);
    let units = info.map_or(&[][..], |f| f.info.units);
    let units: Vec<&str> = units.iter().map(|u| u.word()).collect();
    match units.is_empty() {
        true => format!(
            "{format} has no offsets, so {} says nothing to it.",
            remedies.unit
        ),
        false => format!(
            "{format} cannot count in {unit:?}; it can in {}.",
            units.join(" or ")
        ),
    }
}

/// Why an export or an import did not happen, as a whole sentence.
pub fn exchange_sentence(error: &ExchangeError, remedies: &Remedies) -> String {
    match named(error, remedies) {
        Some(Named {
            what,
            places,
            remedy,
        }) => {
            let said = |(at, words): (String, String)| format!("{at} (“{words}”)");
            let places: Vec<String> = once(places).into_iter().map(said).collect();
            format!("{what}: {}; {remedy}.", places.join("; "))
        }
        None => match error {
            ExchangeError::Exists(path) => {
                format!("{} exists already; {}.", path.display(), remedies.replace)
            }
            ExchangeError::Write { path, why } => unwritable(path, why),
            other => other.to_string(),
        },
    }
}

/// An export that would name a protected source.
struct Named<'a> {
    what: String,
    places: &'a [NamePlace],
    remedy: String,
}

fn named<'a>(error: &'a ExchangeError, remedies: &Remedies) -> Option<Named<'a>> {
    let counted = |places: &[NamePlace]| counted(places.len(), "place");
    match error {
        ExchangeError::Protected { places } => Some(Named {
            what: format!(
                "the export would name a protected source in {}",
                counted(places)
            ),
            places,
            remedy: remedies.protected.into(),
        }),
        ExchangeError::Unmaskable { places } => Some(Named {
            what: format!(
                "the export would name a protected source where no mask is safe, in {}",
                counted(places)
            ),
            places,
            remedy: format!(
                "reword these places, or change the name or the role of the source to what it is really known by{}",
                remedies.unmaskable
            ),
        }),
        _ => None,
    }
}

/// The places in words, each once.
fn once(places: &[NamePlace]) -> Vec<(String, String)> {
    let mut seen = std::collections::HashSet::new();
    let all = places.iter().map(|p| (p.at.clone(), p.words.clone()));
    all.filter(|p| seen.insert(p.clone())).collect()
}

/// Why nothing could be written at `path`.
fn unwritable(path: &Path, why: &std::io::Error) -> String {
    let why = match why.kind() {
        ErrorKind::NotFound => "the folder is not there; make it first".into(),
        ErrorKind::PermissionDenied => "you may not write there".into(),
        ErrorKind::StorageFull => "the disk is full".into(),
        ErrorKind::NotADirectory => "a part of the path is a file".into(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        _ => why.to_string(),
    };
    format!("{} could not be written: {why}.", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAGS: Remedies = Remedies {
        formats: " Ask for a list.",
        format: "say which",
        unit: "--unit",
        session: "say where to",
        protected: "mask it",
        unmaskable: "; or name it",
        replace: "force it",
    };

    fn named() -> ExchangeError {
        let place = |at: &str| NamePlace {
            at: at.into(),
            words: "Oduya".into(),
        };
        ExchangeError::Protected {
            places: vec![place("line 3"), place("a note"), place("line 3")],
        }
    }

    #[test]
    fn the_sentence_ends_with_what_the_caller_can_do() {
        for (error, says) in [
            (
                WorkError::NoSuchFormat("jsn".into()),
                "There is no format called \"jsn\". Did you mean \"json\"?",
            ),
            (
                WorkError::NoSuchFormat("zzzzzz".into()),
                "There is no format called \"zzzzzz\". Ask for a list.",
            ),
            (
                WorkError::NotRecognised("x".into()),
                "Nothing in x says which format it has; say which.",
            ),
            (
                WorkError::NoSuchUnit {
                    format: "bio",
                    unit: "byte".into(),
                },
                "bio has no offsets, so --unit says nothing to it.",
            ),
            (
                WorkError::NoSuchUnit {
                    format: "doccano",
                    unit: "byte".into(),
                },
                "doccano cannot count in \"byte\"; it can in utf16 or codepoint.",
            ),
            (
                ExchangeError::Exists("a/b".into()).into(),
                "a/b exists already; force it.",
            ),
            (
                ExchangeError::Write {
                    path: "a/b".into(),
                    why: ErrorKind::NotFound.into(),
                }
                .into(),
                "a/b could not be written: the folder is not there; make it first.",
            ),
            (
                named().into(),
                "the export would name a protected source in 3 places: line 3 (“Oduya”); a note (“Oduya”); mask it.",
            ),
        ] {
            assert_eq!(error.sentence(&FLAGS), says);
        }
    }

    #[test]
    fn a_refusal_lists_each_place_once() {
        let lines = WorkError::from(named()).refusal(&FLAGS);
        let said = [
            "the export would name a protected source in 3 places; mask it:",
            "line 3: “Oduya”",
            "a note: “Oduya”",
        ];
        assert_eq!(lines, Some(said.map(String::from).into()));
        assert_eq!(WorkError::Stopped.refusal(&FLAGS), None);
    }
}
