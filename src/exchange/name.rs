//! How the files of an export are called: words of the session, then what the format adds.

use std::fmt;
use std::ops::Deref;

/// The name of a file, without folders, that knows which part of it the program has made itself.
///
/// A part of the program's own names nobody, whatever it looks like: `s3.ann` looks like "Sean". Such a part is always
/// `'static`, so that no word of a session can get into it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExportName {
    text: String,
    /// How many bytes at the beginning are words of others.
    words: usize,
}

impl ExportName {
    /// A name that is the same for every session, in `parts`.
    pub(super) fn own(parts: &[&'static str]) -> Self {
        Self {
            text: parts.concat(),
            words: 0,
        }
    }

    /// The name of a session, with what file systems mind replaced by `-`, and an `ending` of the program's.
    pub(super) fn of_session(session: &str, ending: &'static str) -> Self {
        let stem = file_stem(session);
        Self {
            text: format!("{stem}{ending}"),
            words: stem.len(),
        }
    }

    /// The part that may hold words of others.
    pub fn words(&self) -> &str {
        self.text.get(..self.words).unwrap_or(&self.text)
    }
}

/// A name that somebody else has given: all of it is theirs.
impl From<String> for ExportName {
    fn from(text: String) -> Self {
        Self {
            words: text.len(),
            text,
        }
    }
}

impl From<&str> for ExportName {
    fn from(text: &str) -> Self {
        text.to_string().into()
    }
}

impl Deref for ExportName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for ExportName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

/// `name` with everything but letters, digits, `.`, `_` and `-` replaced by `-`; `session` where nothing is left.
pub(super) fn file_stem(name: &str) -> String {
    let stem: String = name
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') {
                c
            } else {
                '-'
            }
        })
        .collect();
    let stem = stem.trim_matches(['-', '.']);
    if stem.is_empty() {
        "session".into()
    } else {
        stem.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_knows_which_part_of_it_is_of_others() {
        for (name, whole, words) in [
            (ExportName::own(&["sheet", ".csv"]), "sheet.csv", ""),
            (ExportName::of_session("s3", ".ann"), "s3.ann", "s3"),
            (
                ExportName::of_session("a/b: c?", ".ann"),
                "a-b--c.ann",
                "a-b--c",
            ),
            (
                ExportName::of_session("..", ".txt"),
                "session.txt",
                "session",
            ),
            (
                ExportName::of_session("Núñez", ".txt"),
                "Núñez.txt",
                "Núñez",
            ),
            ("s3.ann".into(), "s3.ann", "s3.ann"),
            ("".into(), "", ""),
        ] {
            assert_eq!((&*name, name.words()), (whole, words));
        }
    }
}
