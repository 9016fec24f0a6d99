//! The hand-over: sessions out to the formats of the field, and back.
//!
//! One file per format; each writes a [`Job`] to named byte streams and says in a [`Report`] what it wrote, skipped and
//! flattened. Everything is pure and deterministic; the one function that touches a disk is [`write::put`]. A format is
//! added by one file and one row of [`formats::FORMATS`].

pub mod averitec;
pub mod bio;
pub mod brat;
mod cas;
pub mod casjson;
pub mod claimreview;
mod controls;
pub mod csv;
pub mod doccano;
pub mod error;
pub mod fever;
pub mod formats;
pub mod html;
pub mod json;
pub mod jsonl;
mod labels;
pub mod labelstudio;
mod layout;
mod lenient;
pub mod lint;
mod mapping;
pub mod markdown;
mod marks;
mod name;
pub mod order;
pub mod prodigy;
mod protect;
pub mod read;
pub mod report;
pub mod shape;
mod sheet;
mod tokens;
pub mod units;
pub mod watch;
pub mod webannotation;
pub mod webannotsv;
pub mod words;
pub mod write;
pub mod xlsx;
pub mod xmi;
mod xml;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod held_fields;

pub use error::ExchangeError;
pub use formats::{FORMATS, Format, format};
pub use name::ExportName;
pub use report::{Note, Report};

use crate::core::former::FormerNames;
use crate::core::handover::{ExportOptions, Stage};
use crate::core::model::{Claim, Session, Time};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::core::veil::Veil;
use order::Order;
use protect::Wordless;
use watch::ExchangeWatch;

/// A session as it is handed over: with its text, what the reader proposes for it, and how it is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Handover<'a> {
    /// The session.
    pub session: &'a Session,
    /// The stored text of the session's current article version.
    pub text: &'a ArticleText,
    /// What the reader proposed for that text: undecided statements and the layout.
    pub proposals: Option<&'a Proposals>,
    /// When the export is made; the only value that differs between two exports of the same session.
    pub exported_at: Time,
    /// The name and version of the program.
    pub generator: &'a str,
    /// What the caller asks for.
    pub options: &'a ExportOptions,
    /// The names that its sources have had, from the session's history.
    pub former: &'a FormerNames,
    /// Covers ids that were computed from words, where a source is protected.
    pub veil: &'a Veil,
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without folders.
    pub name: ExportName,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What an export gives: files and what to say about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// One file, or several that belong in one folder.
    pub files: Vec<File>,
    /// What was written, skipped and flattened.
    pub report: Report,
}

/// A hand-over made ready for writing: protected sources are dealt with, and what hangs on what is known.
#[derive(Debug)]
pub struct Job<'a> {
    /// The session; its protected sources are already called "Protected source N".
    pub session: &'a Session,
    /// The text, masked where that was asked for.
    pub text: &'a ArticleText,
    /// Proposals for the text.
    pub proposals: Option<&'a Proposals>,
    /// What hangs on what.
    pub order: Order<'a>,
    /// When the export is made.
    pub exported_at: Time,
    /// The name and version of the program.
    pub generator: &'a str,
    /// What the caller asks for.
    pub options: &'a ExportOptions,
    /// Whether words of the text or of records were masked.
    pub redacted: bool,
    /// Who is told how far the work is.
    watch: ExchangeWatch<'a>,
}

/// Writes `handover` in `format`.
///
/// # Errors
///
/// [`ExchangeError::Protected`] where the name of a protected source would get out, [`ExchangeError::Unmaskable`] where
/// it cannot be masked; what the format refuses; and [`ExchangeError::Internal`] where a span does not come out of the written bytes as it went in.
pub fn export(format: &Format, handover: &Handover<'_>) -> Result<Export, ExchangeError> {
    export_watched(format, handover, ExchangeWatch::default())
}

/// Writes `handover` in `format`, and tells `watch` of each claim.
///
/// # Errors
///
/// Those of [`export`], and [`ExchangeError::Stopped`] where the work is no longer wanted.
pub fn export_watched(
    format: &Format,
    handover: &Handover<'_>,
    watch: ExchangeWatch<'_>,
) -> Result<Export, ExchangeError> {
    watch.check(Stage::Claims, 0, handover.session.claims.len() as u64)?;
    let guarded = protect::guard(handover)?;
    let session = guarded.session.as_ref().unwrap_or(handover.session);
    let text = guarded.text.as_ref().unwrap_or(handover.text);
    let job = Job {
        session,
        text,
        proposals: guarded.proposals.as_ref().or(handover.proposals),
        order: Order::new(session),
        exported_at: handover.exported_at,
        generator: handover.generator,
        options: handover.options,
        redacted: guarded.redacted,
        watch,
    };
    let written = (format.write)(&job);
    // What was broken off is no export, and why it is none is no fault of the format's.
    let all = session.claims.len() as u64;
    watch.check(Stage::Claims, all, all)?;
    let mut export = written?;
    export.report.format = format.info.name;
    if format.read.is_some() {
        for file in export
            .files
            .iter()
            .filter(|f| f.bytes.len() > read::limits::SIZE)
        {
            export.report.remarks.push(format!(
                "{} has {} MiB, more than the {} that an import reads",
                file.name,
                file.bytes.len() >> 20,
                read::limits::SIZE >> 20
            ));
        }
    }
    controls::tame(&mut export);
    guarded.look_at(&mut export, || wordless(format, &job))?;
    Ok(export)
}

/// The same export without the words of the session; none where it cannot be written.
fn wordless(format: &Format, job: &Job<'_>) -> Option<Export> {
    let bare = Wordless::of(job.session, job.text, job.proposals, job.options);
    let job = Job {
        session: &bare.session,
        text: &bare.text,
        proposals: bare.proposals.as_ref(),
        order: Order::new(&bare.session),
        options: &bare.options,
        exported_at: job.exported_at,
        generator: job.generator,
        redacted: job.redacted,
        watch: ExchangeWatch::default(),
    };
    let mut export = (format.write)(&job).ok()?;
    controls::tame(&mut export);
    Some(export)
}

impl<'a> Job<'a> {
    /// All claims in order of the article; whoever watches is told of each, and there are no more of them once the export
    /// is no longer wanted.
    fn claims<'j>(&'j self) -> impl Iterator<Item = &'a Claim> + use<'a, 'j> {
        let all = self.order.claims();
        let (watch, of) = (self.watch, all.len() as u64);
        (0..)
            .zip(all)
            .take_while(move |(n, _)| watch.at(Stage::Claims, *n, of))
            .map(|(_, c)| *c)
    }

    /// The name of the session's file with this `ending`.
    fn named(&self, ending: &'static str) -> ExportName {
        ExportName::of_session(&self.session.name, ending)
    }

    /// The one-file result.
    fn single(&self, ending: &'static str, bytes: Vec<u8>, report: Report) -> Export {
        let name = self.named(ending);
        Export {
            files: vec![File { name, bytes }],
            report,
        }
    }
}
