//! The table of formats, from which `--list-formats`, help, the documentation and the export dialog are generated.

use super::error::ExchangeError;
use super::read::{self, Imported, Incoming};
use super::units::OffsetUnit;
use super::{
    Export, Job, averitec, bio, brat, casjson, claimreview, csv, doccano, fever, html, json, jsonl,
    labelstudio, markdown, prodigy, webannotation, webannotsv, xlsx, xmi,
};
use crate::core::tx::Ids;

/// Whether an export is one file or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One file, which may go to standard output.
    File,
    /// Several files, which go to a folder.
    Folder,
}

/// What a format says of where the checks are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// Nothing.
    No,
    /// The address of the page.
    Page,
    /// The page and who publishes it; and it may be written as script blocks for that page.
    Whole,
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
    pub unit: Option<OffsetUnit>,
    /// The units that the caller may ask for.
    pub units: &'static [OffsetUnit],
    /// What the caller may say about the page and the publisher.
    pub published: Published,
    /// Writes it.
    pub write: fn(&Job<'_>) -> Result<Export, ExchangeError>,
    /// Reads it back, where that can be done.
    pub read: Option<Read>,
    /// The files that reading wants beside the one named: whole names, or `*` and an ending for the same stem.
    pub beside: &'static [&'static str],
}

/// Reads a file; ids of new records are handed in.
pub type Read = fn(&Incoming<'_>, &mut dyn Ids) -> Result<Imported, ExchangeError>;

impl Format {
    /// The names of the files that reading `name` wants beside it, as far as they are there.
    pub fn beside(&self, name: &str) -> Vec<String> {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let folder = name
            .rfind(['/', '\\'])
            .map_or("", |n| name.get(..=n).unwrap_or(""));
        self.beside
            .iter()
            .map(|wanted| match wanted.strip_prefix('*') {
                Some(ending) => format!("{stem}{ending}"),
                None => format!("{folder}{wanted}"),
            })
            .filter(|wanted| wanted != name)
            .collect()
    }
}

const CODEPOINT: &[OffsetUnit] = &[OffsetUnit::Codepoint];

/// Every format, in the order in which lists show them.
pub const FORMATS: &[Format] = &[
    Format {
        name: "json",
        title: "Annotated JSON",
        about: "everything in one self-contained object, names resolved; for programs, and to be read back",
        layout: Layout::File,
        extension: "json",
        unit: Some(OffsetUnit::Codepoint),
        units: CODEPOINT,
        published: Published::No,
        write: json::write,
        read: Some(read::json),
        beside: &[],
    },
    Format {
        name: "jsonl",
        title: "JSON lines",
        about: "a claim a line, in the shape of the annotated JSON; for pipelines over many articles",
        layout: Layout::File,
        extension: "jsonl",
        unit: Some(OffsetUnit::Codepoint),
        units: CODEPOINT,
        published: Published::No,
        write: jsonl::write,
        read: None,
        beside: &[],
    },
    Format {
        name: "markdown",
        title: "Editor's page",
        about: "what must and could be fixed, what cannot stand up, and the article with numbered notes; for the editor",
        layout: Layout::File,
        extension: "md",
        unit: None,
        units: &[],
        published: Published::No,
        write: markdown::write,
        read: None,
        beside: &[],
    },
    Format {
        name: "csv",
        title: "Newsroom sheet",
        about: "a row a claim, with evidence and source list and the schema of the columns; for spreadsheets, and to be read back",
        layout: Layout::Folder,
        extension: "csv",
        unit: Some(OffsetUnit::Codepoint),
        units: CODEPOINT,
        published: Published::No,
        write: csv::write,
        read: Some(read::csv),
        beside: &["evidence.csv", "sources.csv"],
    },
    Format {
        name: "claimreview",
        title: "ClaimReview",
        about: "schema.org reviews of finished claims as JSON-LD, or as script blocks for a page; for publishers",
        layout: Layout::File,
        extension: "json",
        unit: None,
        units: &[],
        published: Published::Whole,
        write: claimreview::write,
        read: Some(read::claimreview),
        beside: &[],
    },
    Format {
        name: "averitec",
        title: "AVeriTeC",
        about: "claims with questions, answers and labels; for research on automated checking",
        layout: Layout::File,
        extension: "json",
        unit: None,
        units: &[],
        published: Published::Page,
        write: averitec::write,
        read: Some(read::averitec),
        beside: &[],
    },
    Format {
        name: "fever",
        title: "FEVER",
        about: "claims with labels and evidence sentences, and the corpus that they point into; for research",
        layout: Layout::Folder,
        extension: "jsonl",
        unit: None,
        units: &[],
        published: Published::No,
        write: fever::write,
        read: None,
        beside: &[],
    },
    Format {
        name: "webannotation",
        title: "W3C Web Annotation",
        about: "an annotation a mark, as JSON-LD with quote and position selectors; for annotation servers and browsers",
        layout: Layout::File,
        extension: "jsonld",
        unit: Some(OffsetUnit::Codepoint),
        units: &[OffsetUnit::Codepoint, OffsetUnit::Utf16],
        published: Published::No,
        write: webannotation::write,
        read: Some(read::webannotation),
        beside: &[],
    },
    Format {
        name: "brat",
        title: "brat standoff",
        about: "the text, its annotations and the configuration that shows them; for brat",
        layout: Layout::Folder,
        extension: "ann",
        unit: Some(OffsetUnit::Codepoint),
        units: CODEPOINT,
        published: Published::No,
        write: brat::write,
        read: Some(read::brat),
        beside: &["*.txt", "*.ann"],
    },
    Format {
        name: "doccano",
        title: "doccano",
        about: "JSON lines for a sequence labelling project and for a relation project",
        layout: Layout::Folder,
        extension: "jsonl",
        unit: Some(OffsetUnit::Utf16),
        units: &[OffsetUnit::Utf16, OffsetUnit::Codepoint],
        published: Published::No,
        write: doccano::write,
        read: Some(read::doccano),
        beside: &[],
    },
    Format {
        name: "label-studio",
        title: "Label Studio",
        about: "a task with annotation and predictions, and the labelling configuration that fits",
        layout: Layout::Folder,
        extension: "json",
        unit: Some(OffsetUnit::Codepoint),
        units: CODEPOINT,
        published: Published::No,
        write: labelstudio::write,
        read: Some(read::labelstudio),
        beside: &[],
    },
    Format {
        name: "prodigy",
        title: "Prodigy",
        about: "a task with tokens, spans and relations; for Prodigy and spaCy",
        layout: Layout::File,
        extension: "jsonl",
        unit: Some(OffsetUnit::Codepoint),
        units: CODEPOINT,
        published: Published::No,
        write: prodigy::write,
        read: None,
        beside: &[],
    },
    Format {
        name: "cas-json",
        title: "UIMA CAS JSON",
        about: "types, text and annotations in one file; for INCEpTION and UIMA",
        layout: Layout::File,
        extension: "json",
        unit: Some(OffsetUnit::Utf16),
        units: &[OffsetUnit::Utf16],
        published: Published::No,
        write: casjson::write,
        read: Some(read::casjson),
        beside: &[],
    },
    Format {
        name: "xmi",
        title: "UIMA CAS XMI",
        about: "text and annotations, and the type system that they need; for INCEpTION and UIMA",
        layout: Layout::Folder,
        extension: "xmi",
        unit: Some(OffsetUnit::Utf16),
        units: &[OffsetUnit::Utf16],
        published: Published::No,
        write: xmi::write,
        read: Some(read::xmi),
        beside: &[],
    },
    Format {
        name: "webanno-tsv",
        title: "WebAnno TSV 3.3",
        about: "rows of words with spans and relations on the built-in layers; for INCEpTION",
        layout: Layout::File,
        extension: "tsv",
        unit: Some(OffsetUnit::Utf16),
        units: &[OffsetUnit::Utf16],
        published: Published::No,
        write: webannotsv::write,
        read: None,
        beside: &[],
    },
    Format {
        name: "bio",
        title: "BIO tags",
        about: "rows of word and tag, a file a layer; for sequence taggers",
        layout: Layout::Folder,
        extension: "bio",
        unit: None,
        units: &[],
        published: Published::No,
        write: bio::write,
        read: None,
        beside: &[],
    },
    Format {
        name: "xlsx",
        title: "Newsroom workbook",
        about: "the newsroom sheet, its evidence, sources and columns as one workbook; for spreadsheets",
        layout: Layout::File,
        extension: "xlsx",
        unit: Some(OffsetUnit::Codepoint),
        units: CODEPOINT,
        published: Published::No,
        write: xlsx::write,
        read: None,
        beside: &[],
    },
    Format {
        name: "html",
        title: "HTML report",
        about: "the article with its findings, every claim and source in one page without scripts; for readers and print",
        layout: Layout::File,
        extension: "html",
        unit: None,
        units: &[],
        published: Published::No,
        write: html::write,
        read: None,
        beside: &[],
    },
];

/// The format called `name`.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name == name)
}
