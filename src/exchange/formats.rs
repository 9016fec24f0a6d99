//! The table of formats, from which `--list-formats`, help, the documentation and the export dialog are generated.

use super::error::ExchangeError;
use super::units::Unit;
use super::{Export, Job, json, jsonl, markdown};

/// Whether an export is one file or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One file, which may go to standard output.
    File,
    /// Several files, which go to a folder.
    Folder,
}

/// One format of the hand-over.
#[derive(Clone, Copy, Debug)]
pub struct Format {
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
    /// The unit of its offsets unless the caller asks for another; none where it has no offsets.
    pub unit: Option<Unit>,
    /// The units that the caller may ask for.
    pub units: &'static [Unit],
    /// Writes it.
    pub write: fn(&Job<'_>) -> Result<Export, ExchangeError>,
}

const CODEPOINT: &[Unit] = &[Unit::Codepoint];

/// Every format, in the order in which lists show them.
pub const FORMATS: &[Format] = &[
    Format {
        name: "json",
        title: "Annotated JSON",
        about: "everything in one self-contained object, names resolved; for programs, and to be read back",
        layout: Layout::File,
        extension: "json",
        unit: Some(Unit::Codepoint),
        units: CODEPOINT,
        write: json::write,
    },
    Format {
        name: "jsonl",
        title: "JSON lines",
        about: "a claim a line, in the shape of the annotated JSON; for pipelines over many articles",
        layout: Layout::File,
        extension: "jsonl",
        unit: Some(Unit::Codepoint),
        units: CODEPOINT,
        write: jsonl::write,
    },
    Format {
        name: "markdown",
        title: "Editor's page",
        about: "what must and could be fixed, what cannot stand up, and the article with numbered notes; for the editor",
        layout: Layout::File,
        extension: "md",
        unit: None,
        units: &[],
        write: markdown::write,
    },
];

/// The format called `name`.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name == name)
}
