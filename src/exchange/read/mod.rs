//! Reading: files of other tools, and our own, back to sessions.
//!
//! A reader makes a session of its own from a file and says what it could not take; [`merge()`] brings that session into
//! another as one step. Sizes, depths and counts are bounded, and nothing comes into being where a reader fails.

pub(super) mod anchor;
mod bring;
pub mod detect;
pub mod limits;
pub(super) mod marks;
pub mod merge;

mod averitec;
mod brat;
pub(super) mod cas;
mod claimreview;
mod csv;
pub(super) mod doccano;
mod fields;
mod json;
mod known;
pub(super) mod labelstudio;
mod links;
mod speakers;
mod standing;
mod table;
mod versions;
pub(super) mod webannotation;

pub use detect::detect;
#[cfg(test)]
pub(super) use json::HOLDS as JSON_HOLDS;
pub use merge::merge;

pub(super) use self::{
    averitec::read as averitec, brat::read as brat, cas::read_json as casjson,
    cas::read_xmi as xmi, claimreview::read as claimreview, csv::read as csv,
    doccano::read as doccano, json::read as json, labelstudio::read as labelstudio,
    webannotation::read as webannotation,
};

use serde::Serialize;

use super::error::ExchangeError;
use super::report::{bundled, noted};
use super::{File, Note};
use crate::core::handover::OffsetUnit;
use crate::core::handover::loss::{Loss, LossFate};
use crate::core::ids::{SessionId, VersionId};
use crate::core::model::*;
use crate::core::proposal::Block;
use crate::core::stored::LeftOut;
use crate::core::text::ArticleText;
use crate::core::veil::{Lifted, Veil};

/// A file to read.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// The files that the format wants beside it (see [`super::Format::beside`]), as far as they are there.
    pub beside: &'a [File],
    /// The unit of its offsets; none means: find out.
    pub unit: Option<OffsetUnit>,
    /// Who reads it, and when.
    pub stamp: &'a Stamp,
    /// The session that it is read into, with its current text, where there is one.
    pub into: Option<(&'a Session, &'a ArticleText)>,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The records, on version 1 of the text.
    pub session: Session,
    /// The text that they stand on; none where the file does not carry it.
    pub text: Option<ArticleText>,
    /// The layout, where the file carries it.
    pub blocks: Vec<Block>,
    /// The fields that the format holds: the others say nothing about a record that is there already.
    pub holds: Holds,
    /// What was moved, lost and turned into tags.
    pub report: ReadReport,
}

/// The fields that a format holds, record by record.
#[derive(Clone, Copy, Debug)]
pub struct Holds {
    /// Of statements.
    pub statement: &'static [StatementKey],
    /// Of claims.
    pub claim: &'static [ClaimKey],
    /// Of attributions.
    pub attribution: &'static [AttributionKey],
    /// Of sources.
    pub source: &'static [SourceKey],
    /// Of evidence items.
    pub evidence: &'static [EvidenceKey],
    /// Of items held against claims.
    pub held: &'static [HeldKey],
}

impl Holds {
    /// No field: what is there stays as it is.
    pub const NOTHING: Self = Self {
        statement: &[],
        claim: &[],
        attribution: &[],
        source: &[],
        evidence: &[],
        held: &[],
    };
}

/// Whose value stays where the session and a file differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// The session's; the file's is listed.
    #[default]
    Ours,
    /// The file's; the session's is listed. Never a blank one.
    Theirs,
}

/// A field that says one thing in the session and another in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The words of the claim, or the name of the source or the item, that it is about.
    pub about: String,
    /// What the field is called on the screen.
    pub field: &'static str,
    /// What it says in the session.
    pub here: String,
    /// What it says in the file.
    pub there: String,
    /// Which of the two stays.
    pub stays: Stays,
}

/// Which of two values that differ stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stays {
    /// The session's, unless the file's are asked for.
    Ours,
    /// The file's, which was asked for.
    Theirs,
    /// The session's, whichever is asked for: the session would not be sound with the other one.
    OursAlways,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            about,
            field,
            here,
            there,
            ..
        } = self;
        write!(f, "{about}: {field}: here “{here}”, in the file “{there}”")
    }
}

/// What became of a file's content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReadReport {
    /// How many claims were read.
    pub claims: usize,
    /// Spans that stood on other words than the file says, and were found again by their quotes.
    pub moved: Vec<Note>,
    /// What could not be taken, and why.
    pub lost: Vec<Note>,
    /// Fields that say one thing in the session and another in the file.
    pub differing: Vec<Difference>,
    /// Good to know.
    pub remarks: Vec<String>,
}

impl ReadReport {
    /// The notes by reason, for a screen: what could not be taken first.
    pub fn losses(&self) -> Vec<Loss> {
        let differing: Vec<Note> = self.differing.iter().map(Difference::note).collect();
        let lost = self.lost.iter().map(|n| (LossFate::Lost, n));
        let differing = differing.iter().map(|n| (LossFate::Differing, n));
        let moved = self.moved.iter().map(|n| (LossFate::Moved, n));
        let mut losses = bundled(lost.chain(differing).chain(moved));
        losses.extend(noted(&self.remarks));
        losses
    }

    fn moved(&mut self, words: &str) {
        self.moved.push(Note {
            claim: None,
            words: super::report::first_words(words),
            reason: "its offsets do not cut out its words; they were found elsewhere".into(),
        });
    }

    /// Says what the stored text does not hold of the file's.
    fn left_out(&mut self, what: &LeftOut) {
        let notes = what.notes();
        let notes = notes.iter().map(|n| n.trim_end_matches('.'));
        self.remarks
            .extend(notes.map(|n| format!("of the text {n}")));
    }

    fn lose(&mut self, words: impl Into<String>, reason: impl Into<String>) {
        self.lost.push(Note {
            claim: None,
            words: super::report::first_words(&words.into()),
            reason: reason.into(),
        });
    }
}

impl Difference {
    fn note(&self) -> Note {
        let reason = match self.stays {
            Stays::Theirs => "the session and the file differ; the file's is taken",
            Stays::Ours => "the session and the file differ; the session's stays",
            Stays::OursAlways => "the session's stays, since other records depend on it",
        };
        Note {
            claim: None,
            words: self.to_string(),
            reason: reason.into(),
        }
    }
}

/// Makes the ids in a file, and in those `beside` it, the session's own where the file left it with the ids under its
/// veil: done before any format is read, it holds for all of them.
pub fn lift(session: &Session, veil: &Veil, bytes: &mut [u8], beside: &mut [File]) {
    let ids = Lifted::of(session, veil);
    ids.put(bytes);
    beside.iter_mut().for_each(|f| ids.put(&mut f.bytes));
}

impl Incoming<'_> {
    /// An error at a place of the file.
    fn error(
        &self,
        format: &'static str,
        place: impl Into<String>,
        what: impl Into<String>,
    ) -> ExchangeError {
        ExchangeError::Input {
            file: self.name.into(),
            format,
            place: place.into(),
            what: what.into(),
        }
    }

    /// The file as text.
    fn text(&self, format: &'static str) -> Result<&str, ExchangeError> {
        limits::text(self.name, format, self.bytes)
    }

    /// The file beside it with this name, or the first that ends like it.
    fn beside(&self, suffix: &str) -> Option<&File> {
        self.beside.iter().find(|f| f.name.ends_with(suffix))
    }

    /// A session without records, on `text` where it is known before anything is read.
    fn session(&self, text: Option<&ArticleText>, ids: &mut dyn crate::core::tx::Ids) -> Session {
        let stem = self.name.rsplit(['/', '\\']).next().unwrap_or(self.name);
        let stem = stem.split('.').next().unwrap_or(stem);
        let mut session = Session::new(
            SessionId(ids.next()),
            super::name::file_stem(stem),
            self.stamp.at,
        );
        session.article.current = text.map(|t| VersionId::of_text(t.as_str()));
        session
    }
}

#[cfg(test)]
mod tests;
