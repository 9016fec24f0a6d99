//! The table of formats, from which `--list-formats`, help, the documentation and the export dialog are generated.

use super::error::ExchangeError;
use super::read::{self, Imported, Incoming};
use super::{
    Export, Job, averitec, bio, brat, casjson, claimreview, csv, doccano, fever, html, json, jsonl,
    labelstudio, markdown, prodigy, webannotation, webannotsv, xlsx, xmi,
};
use crate::core::handover::{FormatInfo, Layout, OffsetUnit, Published};
use crate::core::tx::Ids;

/// One format of the hand-over.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What people need to know of it.
    pub info: FormatInfo,
    /// The unit of its offsets unless the caller asks for another; none where it has no offsets.
    pub unit: Option<OffsetUnit>,
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
        info: FormatInfo {
            name: "json",
            title: "Annotated JSON",
            about: "everything in one self-contained object, names resolved; for programs, and to be read back",
            layout: Layout::File,
            extension: "json",
            units: CODEPOINT,
            published: Published::No,
        },
        unit: Some(OffsetUnit::Codepoint),
        write: json::write,
        read: Some(read::json),
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "jsonl",
            title: "JSON lines",
            about: "a claim a line, in the shape of the annotated JSON; for pipelines over many articles",
            layout: Layout::File,
            extension: "jsonl",
            units: CODEPOINT,
            published: Published::No,
        },
        unit: Some(OffsetUnit::Codepoint),
        write: jsonl::write,
        read: None,
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "markdown",
            title: "Editor's page",
            about: "what must and could be fixed, what cannot stand up, and the article with numbered notes; for the editor",
            layout: Layout::File,
            extension: "md",
            units: &[],
            published: Published::No,
        },
        unit: None,
        write: markdown::write,
        read: None,
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "csv",
            title: "Newsroom sheet",
            about: "a row a claim, with evidence and source list and the schema of the columns; for spreadsheets, and to be read back",
            layout: Layout::Folder,
            extension: "csv",
            units: CODEPOINT,
            published: Published::No,
        },
        unit: Some(OffsetUnit::Codepoint),
        write: csv::write,
        read: Some(read::csv),
        beside: &["evidence.csv", "sources.csv"],
    },
    Format {
        info: FormatInfo {
            name: "claimreview",
            title: "ClaimReview",
            about: "schema.org reviews of finished claims as JSON-LD, or as script blocks for a page; for publishers",
            layout: Layout::File,
            extension: "json",
            units: &[],
            published: Published::Whole,
        },
        unit: None,
        write: claimreview::write,
        read: Some(read::claimreview),
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "averitec",
            title: "AVeriTeC",
            about: "claims with questions, answers and labels; for research on automated checking",
            layout: Layout::File,
            extension: "json",
            units: &[],
            published: Published::Page,
        },
        unit: None,
        write: averitec::write,
        read: Some(read::averitec),
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "fever",
            title: "FEVER",
            about: "claims with labels and evidence sentences, and the corpus that they point into; for research",
            layout: Layout::Folder,
            extension: "jsonl",
            units: &[],
            published: Published::No,
        },
        unit: None,
        write: fever::write,
        read: None,
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "webannotation",
            title: "W3C Web Annotation",
            about: "an annotation a mark, as JSON-LD with quote and position selectors; for annotation servers and browsers",
            layout: Layout::File,
            extension: "jsonld",
            units: &[OffsetUnit::Codepoint, OffsetUnit::Utf16],
            published: Published::No,
        },
        unit: Some(OffsetUnit::Codepoint),
        write: webannotation::write,
        read: Some(read::webannotation),
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "brat",
            title: "brat standoff",
            about: "the text, its annotations and the configuration that shows them; for brat",
            layout: Layout::Folder,
            extension: "ann",
            units: CODEPOINT,
            published: Published::No,
        },
        unit: Some(OffsetUnit::Codepoint),
        write: brat::write,
        read: Some(read::brat),
        beside: &["*.txt", "*.ann"],
    },
    Format {
        info: FormatInfo {
            name: "doccano",
            title: "doccano",
            about: "JSON lines for a sequence labelling project and for a relation project",
            layout: Layout::Folder,
            extension: "jsonl",
            units: &[OffsetUnit::Utf16, OffsetUnit::Codepoint],
            published: Published::No,
        },
        unit: Some(OffsetUnit::Utf16),
        write: doccano::write,
        read: Some(read::doccano),
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "label-studio",
            title: "Label Studio",
            about: "a task with annotation and predictions, and the labelling configuration that fits",
            layout: Layout::Folder,
            extension: "json",
            units: CODEPOINT,
            published: Published::No,
        },
        unit: Some(OffsetUnit::Codepoint),
        write: labelstudio::write,
        read: Some(read::labelstudio),
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "prodigy",
            title: "Prodigy",
            about: "a task with tokens, spans and relations; for Prodigy and spaCy",
            layout: Layout::File,
            extension: "jsonl",
            units: CODEPOINT,
            published: Published::No,
        },
        unit: Some(OffsetUnit::Codepoint),
        write: prodigy::write,
        read: None,
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "cas-json",
            title: "UIMA CAS JSON",
            about: "types, text and annotations in one file; for INCEpTION and UIMA",
            layout: Layout::File,
            extension: "json",
            units: &[OffsetUnit::Utf16],
            published: Published::No,
        },
        unit: Some(OffsetUnit::Utf16),
        write: casjson::write,
        read: Some(read::casjson),
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "xmi",
            title: "UIMA CAS XMI",
            about: "text and annotations, and the type system that they need; for INCEpTION and UIMA",
            layout: Layout::Folder,
            extension: "xmi",
            units: &[OffsetUnit::Utf16],
            published: Published::No,
        },
        unit: Some(OffsetUnit::Utf16),
        write: xmi::write,
        read: Some(read::xmi),
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "webanno-tsv",
            title: "WebAnno TSV 3.3",
            about: "rows of words with spans and relations on the built-in layers; for INCEpTION",
            layout: Layout::File,
            extension: "tsv",
            units: &[OffsetUnit::Utf16],
            published: Published::No,
        },
        unit: Some(OffsetUnit::Utf16),
        write: webannotsv::write,
        read: None,
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "bio",
            title: "BIO tags",
            about: "rows of word and tag, a file a layer; for sequence taggers",
            layout: Layout::Folder,
            extension: "bio",
            units: &[],
            published: Published::No,
        },
        unit: None,
        write: bio::write,
        read: None,
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "xlsx",
            title: "Newsroom workbook",
            about: "the newsroom sheet, its evidence, sources and columns as one workbook; for spreadsheets",
            layout: Layout::File,
            extension: "xlsx",
            units: CODEPOINT,
            published: Published::No,
        },
        unit: Some(OffsetUnit::Codepoint),
        write: xlsx::write,
        read: None,
        beside: &[],
    },
    Format {
        info: FormatInfo {
            name: "html",
            title: "HTML report",
            about: "the article with its findings, every claim and source in one page without scripts; for readers and print",
            layout: Layout::File,
            extension: "html",
            units: &[],
            published: Published::No,
        },
        unit: None,
        write: html::write,
        read: None,
        beside: &[],
    },
];

/// The format called `name`.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.info.name == name)
}
