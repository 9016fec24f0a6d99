//! The one writer of a session: it appends steps, writes checkpoints and the small files beside them.
//!
//! Everything goes through one value that a thread can own; it lets go of the lock when it is dropped.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::StoreError;
use super::disk::v1::aside::{DraftForm, PlaceForm};
use super::disk::v1::values::Form;
use super::disk::{CURRENT, v1};
use super::files::{
    SharedDisk, make_folder, parent, private, replace, sync_folder, write_atomic, write_once,
};
use super::journal;
use super::layout::*;
use super::lock::Lock;
use crate::core::history::Step;
use crate::core::model::{EvidenceFile, Session};
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;

/// Writes to one session, whose lock it holds.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    disk: SharedDisk,
    journal: File,
    /// The length of the journal that is known to be sound and kept.
    sound: u64,
    /// The last step kept.
    seq: u64,
    /// Whether something may stand behind the sound part.
    dirty: bool,
    /// The older version that the session is still in.
    older: Option<u32>,
    /// Held, never read; none where the file system has no locks.
    _lock: Option<Lock>,
}

/// What a writer is made from.
pub(crate) struct Start {
    pub folder: PathBuf,
    pub disk: SharedDisk,
    pub sound: u64,
    pub seq: u64,
    pub older: Option<u32>,
    pub lock: Option<Lock>,
}

impl Writer {
    /// A writer that goes on behind the sound part of the journal.
    pub(crate) fn begin(start: Start) -> Result<Self, StoreError> {
        let path = start.folder.join(JOURNAL_FILE);
        let mut how = private();
        how.read(true).write(true).create(true).truncate(false);
        let failed = |e: io::Error| StoreError::write(&path, e);
        let journal = start.disk.open(&path, &how).map_err(failed)?;
        let len = journal.metadata().map_err(failed)?.len();
        Ok(Self {
            dirty: len > start.sound,
            folder: start.folder,
            disk: start.disk,
            journal,
            sound: start.sound,
            seq: start.seq,
            older: start.older,
            _lock: start.lock,
        })
    }

    /// Cuts off what a crash has left behind the sound part of the journal.
    pub(crate) fn settle(&mut self) -> Result<(), StoreError> {
        if !self.dirty {
            return Ok(());
        }
        self.cut_back()
            .and_then(|()| self.disk.sync_data(&self.journal))
            .map_err(|e| StoreError::write(&self.folder.join(JOURNAL_FILE), e))
    }

    /// The session's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The number of the last step kept; 0 before the first.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Keeps `step`: one line, written at once and synced. When it returns, the step survives anything.
    ///
    /// # Errors
    /// When the disk refuses. What was written of the line is cut off before the next attempt, so that the same
    /// step can be handed in again.
    pub fn append(&mut self, step: &Step) -> Result<(), StoreError> {
        if step.seq != self.seq + 1 {
            let (last, got) = (self.seq, step.seq);
            return Err(StoreError::OutOfOrder { last, got });
        }
        self.migrate()?;
        self.append_bytes(&journal::line(step))?;
        self.seq = step.seq;
        Ok(())
    }

    fn append_bytes(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        let written = self.cut_back().and_then(|()| {
            self.dirty = true;
            self.journal.seek(SeekFrom::Start(self.sound))?;
            self.disk.write(&self.journal, bytes)?;
            self.disk.sync_data(&self.journal)
        });
        match written {
            Ok(()) => {
                self.sound += bytes.len() as u64;
                self.dirty = false;
                Ok(())
            }
            Err(e) => {
                // Now, if the disk lets us; else before the next attempt.
                let _ = self.cut_back();
                Err(StoreError::write(&self.folder.join(JOURNAL_FILE), e))
            }
        }
    }

    /// Cuts off what an append that failed has left.
    fn cut_back(&mut self) -> io::Result<()> {
        if self.dirty {
            self.disk.truncate(&self.journal, self.sound)?;
            self.dirty = false;
        }
        Ok(())
    }

    /// Before the first step on a session of an older version: keeps its checkpoint as `session.json.vN` and says in
    /// the journal that what follows is of the version written now.
    fn migrate(&mut self) -> Result<(), StoreError> {
        let Some(version) = self.older else {
            return Ok(());
        };
        let path = self.folder.join(CHECKPOINT);
        let kept = self.folder.join(format!("{CHECKPOINT}.v{version}"));
        if let Some(bytes) = super::files::read_if_there(&path)? {
            write_once(&*self.disk, &kept, &bytes)?;
        }
        self.append_bytes(&journal::header())?;
        self.older = None;
        Ok(())
    }

    /// Writes the checkpoint of `session`, the state after step `seq`, which must be the last step kept.
    ///
    /// # Errors
    /// When the disk refuses; the old checkpoint then stands.
    pub fn checkpoint(&mut self, session: &Session, seq: u64) -> Result<(), StoreError> {
        if seq != self.seq {
            let last = self.seq;
            return Err(StoreError::OutOfOrder { last, got: seq });
        }
        if self.older.is_some() {
            // An older version is migrated with a step, never by looking at it.
            return Ok(());
        }
        write_checkpoint(&self.disk, &self.folder, session, seq, self.sound)
    }

    /// Keeps where the checker is.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn save_place(&mut self, place: &Place) -> Result<(), StoreError> {
        self.save_aside(PLACE_FILE, &PlaceForm::of(place))
    }

    /// Keeps the text of a form that is open.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        self.save_aside(DRAFT_FILE, &DraftForm::of(draft))
    }

    /// Forgets the draft; it is no error if there is none.
    ///
    /// # Errors
    /// When it is there and cannot be removed.
    pub fn clear_draft(&mut self) -> Result<(), StoreError> {
        let path = self.folder.join(DRAFT_FILE);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::write(&path, e)),
            _ => Ok(()),
        }
    }

    fn save_aside(&self, name: &str, form: &impl Serialize) -> Result<(), StoreError> {
        let path = self.folder.join(name);
        write_atomic(&*self.disk, &path, &aside_bytes(form))
    }

    /// Keeps the stored text of an article version, before the step that brings it in. `text_sha256` is its hash.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn add_version(&mut self, text: &ArticleText, text_sha256: &str) -> Result<(), StoreError> {
        add_text(&self.disk, &self.folder, text, text_sha256)
    }

    /// Keeps what the reader proposed for the text with the hash `text_sha256`, before the step that names the reader.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn add_proposals(
        &mut self,
        proposals: &Proposals,
        text_sha256: &str,
    ) -> Result<(), StoreError> {
        add_proposals(&self.disk, &self.folder, proposals, text_sha256)
    }

    /// Copies the file at `path` into the session and says what it is. Its size is bounded by the disk only.
    ///
    /// # Errors
    /// When it cannot be read or the copy not be written.
    pub fn add_file(&mut self, path: &Path) -> Result<EvidenceFile, StoreError> {
        super::evidence::take_in(&*self.disk, &self.folder, path)
    }
}

/// Writes the checkpoint of `session` after step `seq`, whose line ends at byte `sound` of the journal.
fn write_checkpoint(
    disk: &SharedDisk,
    folder: &Path,
    session: &Session,
    seq: u64,
    sound: u64,
) -> Result<(), StoreError> {
    let path = folder.join(CHECKPOINT);
    replace(&**disk, &path, |out| {
        v1::session::write(out, session, seq, sound)
    })
}

/// The text of a small file.
pub(crate) fn aside_bytes(form: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(form).expect("every key of a form is a string");
    bytes.push(b'\n');
    bytes
}

fn no_name(folder: &Path, what: &str) -> StoreError {
    StoreError::Damaged {
        path: folder.to_owned(),
        what: format!("{what:?} names no file"),
    }
}

pub(crate) fn add_text(
    disk: &SharedDisk,
    folder: &Path,
    text: &ArticleText,
    text_sha256: &str,
) -> Result<(), StoreError> {
    let path = text_path(folder, text_sha256).ok_or_else(|| no_name(folder, text_sha256))?;
    write_once(&**disk, &path, text.as_str().as_bytes())
}

pub(crate) fn add_proposals(
    disk: &SharedDisk,
    folder: &Path,
    proposals: &Proposals,
    text_sha256: &str,
) -> Result<(), StoreError> {
    let path = proposals_path(folder, text_sha256, &proposals.reader)
        .ok_or_else(|| no_name(folder, &proposals.reader))?;
    if path.exists() {
        return Ok(());
    }
    let home = parent(&path);
    make_folder(&home).map_err(|e| StoreError::write(&home, e))?;
    replace(&**disk, &path, |out| {
        v1::proposals::write(out, proposals, text_sha256)
    })
}

/// Writes the first files of a session into the empty `folder`: the journal with `steps`, and the checkpoint.
pub(crate) fn write_new(
    disk: &SharedDisk,
    folder: &Path,
    session: &Session,
    steps: &[Step],
) -> Result<u64, StoreError> {
    let mut lines = journal::header();
    for step in steps {
        lines.extend_from_slice(&journal::line(step));
    }
    let len = lines.len() as u64;
    write_atomic(&**disk, &folder.join(JOURNAL_FILE), &lines)?;
    let seq = steps.last().map_or(0, |s| s.seq);
    write_checkpoint(disk, folder, session, seq, len)?;
    sync_folder(folder);
    Ok(len)
}

/// The version that a session of version `version` is older than what is written, if it is.
pub(crate) fn older(version: u32) -> Option<u32> {
    (version < CURRENT).then_some(version)
}
