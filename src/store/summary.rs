//! What a list shows of a session, read from the head of its checkpoint: hundreds of sessions in a few milliseconds.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::StoreError;
use super::disk::v1::proposals::read_header;
use super::disk::v1::session::{HEAD_ENDS, HeadForm, SummaryForm};
use super::disk::v1::values::Form;
use super::disk::{SESSION, version_of};
use super::layout::*;
use super::load::{Want, load};
use super::lock::{Holder, holder};
use crate::core::ids::SessionId;
use crate::core::model::{Article, Time};

/// What a list shows of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The name of its folder.
    pub name: String,
    /// The article's title; empty where none is known.
    pub title: String,
    /// The current article version.
    pub version: u32,
    /// How many statements the current version has: those proposed and those marked.
    pub statements: u32,
    /// Statements taken up.
    pub taken_up: u32,
    /// Statements dismissed.
    pub dismissed: u32,
    /// Claims.
    pub claims: u32,
    /// Claims with a finding.
    pub checked: u32,
    /// Claims that wait for a source or the author.
    pub waiting: u32,
    /// When the last step was made; none where the session cannot be read.
    pub updated_at: Option<Time>,
    /// Who holds it at this moment.
    pub holder: Option<Holder>,
    /// Whether it is a sample, which is opened as a copy.
    pub sample: bool,
    /// Why it cannot be read; none where it can.
    pub problem: Option<String>,
}

/// What the head of a checkpoint says.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub id: SessionId,
    pub updated_at: Time,
    pub article: Article,
    pub counts: SummaryForm,
}

/// Whether `folder` holds a session.
pub(crate) fn is_session(folder: &Path) -> bool {
    folder.join(CHECKPOINT).is_file() || folder.join(JOURNAL_FILE).is_file()
}

/// The head of the session in `folder`: from the checkpoint alone where it is up to date, else from all of it.
pub(crate) fn head(folder: &Path) -> Result<Head, StoreError> {
    if let Some(head) = quick(folder) {
        return Ok(head);
    }
    let session = load(folder, Want::State)?.session;
    Ok(Head {
        id: session.id,
        updated_at: session.updated_at,
        counts: SummaryForm::of(&session),
        article: session.article,
    })
}

/// The head, if the checkpoint begins with one and the journal holds no later step.
fn quick(folder: &Path) -> Option<Head> {
    let bytes = first_bytes(&folder.join(CHECKPOINT))?;
    if version_of(&bytes, SESSION) != Ok(1) {
        return None;
    }
    let end = memchr::memmem::find(&bytes, HEAD_ENDS)?;
    let mut object = bytes;
    object.truncate(end);
    object.push(b'}');
    let head: HeadForm<'_> = serde_json::from_slice(&object).ok()?;
    let journal = fs::metadata(folder.join(JOURNAL_FILE)).ok()?.len();
    (journal == head.journal_bytes).then(|| Head {
        id: head.id.into_model(),
        updated_at: head.updated_at.into_model(),
        article: head.article.into_model(),
        counts: head.summary,
    })
}

/// Enough of the file's beginning for a usual head.
fn first_bytes(path: &Path) -> Option<Vec<u8>> {
    const ENOUGH: u64 = 16 * 1024;
    let mut bytes = Vec::new();
    File::open(path)
        .ok()?
        .take(ENOUGH)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// What a list shows of the session in `folder`.
pub(crate) fn of(folder: &Path) -> Summary {
    let mut summary = Summary {
        name: name_of(folder),
        title: String::new(),
        version: 0,
        statements: 0,
        taken_up: 0,
        dismissed: 0,
        claims: 0,
        checked: 0,
        waiting: 0,
        updated_at: None,
        holder: holder(folder),
        sample: folder.join(SAMPLE_MARK).exists(),
        problem: None,
    };
    match head(folder) {
        Ok(head) => {
            let version = head.article.versions.last();
            summary.version = version.map_or(0, |v| v.number);
            summary.statements = head.counts.marked
                + version
                    .and_then(|v| proposed(folder, &v.text_sha256, &v.reader))
                    .unwrap_or(0);
            summary.title = head.article.title;
            summary.taken_up = head.counts.taken_up;
            summary.dismissed = head.counts.dismissed;
            summary.claims = head.counts.claims;
            summary.checked = head.counts.checked;
            summary.waiting = head.counts.waiting;
            summary.updated_at = Some(head.updated_at);
        }
        Err(e) => summary.problem = Some(e.to_string()),
    }
    summary
}

/// How many statements the reader proposed, from the head of its file.
fn proposed(folder: &Path, text_sha256: &str, reader: &str) -> Option<u32> {
    let bytes = first_bytes(&proposals_path(folder, text_sha256, reader)?)?;
    let line = bytes.split(|b| *b == b'\n').next()?;
    read_header(line).ok().map(|h| h.statements)
}
