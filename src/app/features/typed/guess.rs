//! Which kind of evidence is most likely meant: guessed, shown, and changed with a key. Where nothing tells, nothing is told.

use super::Meant;
use crate::core::fold::folded;
use crate::core::vocabulary::EvidenceKind::{self, *};

/// Kinds by what a file's name ends with.
const ENDINGS: &[(EvidenceKind, &[&str])] = &[
    (
        PictureOrRecording,
        &[
            "jpg", "jpeg", "png", "gif", "webp", "heic", "tif", "tiff", "mp4", "mov", "avi", "mkv",
            "webm", "mp3", "wav", "m4a", "ogg", "flac",
        ],
    ),
    (
        Dataset,
        &["csv", "tsv", "xls", "xlsx", "ods", "json", "parquet"],
    ),
    (Message, &["eml", "msg", "mbox"]),
    (
        DocumentOrLaw,
        &["pdf", "doc", "docx", "odt", "rtf", "epub", "txt", "md"],
    ),
    (
        WebPage,
        &["html", "htm", "webarchive", "mhtml", "warc", "wacz"],
    ),
];

/// Kinds by a word of a title, the likeliest to be meant first.
const WORDS: &[(EvidenceKind, &[&str])] = &[
    (
        InterviewOrCall,
        &[
            "interview",
            "call",
            "phone",
            "telephone",
            "conversation",
            "anruf",
            "telefonat",
            "gespräch",
        ],
    ),
    (
        Message,
        &[
            "mail", "email", "e-mail", "letter", "sms", "whatsapp", "signal", "brief", "fax",
        ],
    ),
    (OnAuthor, &["author", "author's", "o/a", "autor", "autorin"]),
    (
        PictureOrRecording,
        &[
            "photo",
            "photograph",
            "picture",
            "video",
            "footage",
            "recording",
            "foto",
            "bild",
            "aufnahme",
        ],
    ),
    (
        Dataset,
        &[
            "figures",
            "statistics",
            "census",
            "poll",
            "survey",
            "dataset",
            "statistik",
            "umfrage",
        ],
    ),
    (
        ReferenceWork,
        &[
            "dictionary",
            "encyclopedia",
            "encyclopaedia",
            "almanac",
            "atlas",
            "duden",
            "lexikon",
            "merriam-webster",
            "britannica",
        ],
    ),
    (
        DocumentOrLaw,
        &[
            "minutes",
            "report",
            "act",
            "law",
            "ruling",
            "judgment",
            "statute",
            "treaty",
            "contract",
            "bericht",
            "gesetz",
            "urteil",
            "protokoll",
            "vertrag",
        ],
    ),
];

impl Meant {
    /// The kind that is most likely meant; [`Other`] where nothing tells.
    pub fn kind(&self) -> EvidenceKind {
        match self {
            Self::Nothing => Other,
            Self::Calculation(_) => Calculation,
            Self::Address(url) => match of_ending(url.split(['?', '#']).next().unwrap_or(url)) {
                Some(kind) if url.matches('/').count() > 2 => kind,
                _ => WebPage,
            },
            Self::File(paths) => paths.first().and_then(|p| of_ending(p)).unwrap_or(Other),
            Self::Title(title) => of_words(title).unwrap_or(Other),
        }
    }
}

fn of_ending(path: &str) -> Option<EvidenceKind> {
    let (_, ending) = path.rsplit_once('.')?;
    let ending = ending.to_lowercase();
    let of = ENDINGS.iter().find(|(_, all)| all.contains(&&*ending));
    of.map(|(kind, _)| *kind)
}

fn of_words(title: &str) -> Option<EvidenceKind> {
    let all = folded(title);
    let words: Vec<&str> = all
        .split(|c: char| c.is_whitespace() || ",;:()“”\"".contains(c))
        .collect();
    let of = WORDS
        .iter()
        .find(|(_, all)| words.iter().any(|w| all.iter().any(|a| folded(a) == *w)));
    of.map(|(kind, _)| *kind)
}
