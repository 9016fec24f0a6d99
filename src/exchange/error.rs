//! Why an export or an import did not happen.

use std::fmt;
use std::path::PathBuf;

/// A place where the name of a protected source still stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePlace {
    /// The record and field, or the line of the article.
    pub at: String,
    /// The words that would get out.
    pub words: String,
}

/// Why an export or an import did not happen. What to do next is said by whoever asked for it.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The name of a protected source stands where it would be handed over.
    #[error("the export would name a protected source in {}.", Places(places))]
    Protected {
        /// Every place.
        places: Vec<NamePlace>,
    },
    /// The name of a protected source stands where it cannot be masked, or where nobody can tell that it is meant.
    #[error(
        "the export would name a protected source where no mask is safe, in {}.",
        Places(places)
    )]
    Unmaskable {
        /// Every place.
        places: Vec<NamePlace>,
    },
    /// A span did not come out of the written bytes as it went in: a fault of the program.
    #[error(
        "{format} was not written: {what} does not read back as it was written; please report this."
    )]
    Internal {
        /// The format's name.
        format: &'static str,
        /// What does not read back.
        what: String,
    },
    /// A file that is to be read is not what it should be.
    #[error("{file} is no readable {format} file: {place}: {what}.")]
    Input {
        /// The file's name as given.
        file: String,
        /// The format's name.
        format: &'static str,
        /// Where in the file: a line and column, or a path of keys.
        place: String,
        /// What is wrong there.
        what: String,
    },
    /// Somebody asked for the end of it.
    #[error("Stopped; nothing was written.")]
    Stopped,
    /// A target exists already.
    #[error("{} exists already.", .0.display())]
    Exists(PathBuf),
    /// A target could not be written.
    #[error("{} could not be written: {why}.", path.display())]
    Write {
        /// The target.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
}

/// The places in words, each once.
struct Places<'a>(&'a [NamePlace]);

impl fmt::Display for Places<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.0.len();
        write!(f, "{n} place{}: ", if n == 1 { "" } else { "s" })?;
        let (mut started, mut seen) = (true, std::collections::HashSet::new());
        for p in self.0.iter().filter(|p| seen.insert((&p.at, &p.words))) {
            let first = std::mem::take(&mut started);
            write!(
                f,
                "{}{} (“{}”)",
                if first { "" } else { "; " },
                p.at,
                p.words
            )?;
        }
        Ok(())
    }
}
