//! The one writer of a session: it appends steps, writes checkpoints and the small files beside them.
//!
//! Everything goes through one value that a thread can own; it lets go of the lock when it is dropped.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Serialize;

use super::checkpoint::{CheckpointPlan, ReadyCheckpoint, write_checkpoint};
use super::files::{
    SharedDisk, last_change, make_folder, parent, replace, sync_folder, write_atomic, write_once,
};
use super::journal::{self, Extent};
use super::journal_file::{JournalFile, Kept};
use super::layout::*;
use super::lock::Lock;
use crate::core::history::Step;
use crate::core::model::Session;
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::StoreError;
use crate::store::chain::Tip;
use crate::store::disk::v1::aside::{DraftForm, PlaceForm};
use crate::store::disk::v1::form::Form;
use crate::store::disk::{CURRENT, v1};
use crate::store::evidence::Intake;

/// Writes to one session, whose lock it holds.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    disk: SharedDisk,
    journal: JournalFile,
    /// The last step kept, and its line.
    tip: Tip,
    /// The older version that the session is still in.
    older: Option<u32>,
    /// When the last checkpoint of its own came to be, by the clock that gives files their times.
    checkpoint: Option<SystemTime>,
}

/// What a writer is made from.
pub(crate) struct Start {
    pub folder: PathBuf,
    pub disk: SharedDisk,
    /// How far the journal is kept.
    pub kept: Extent,
    pub tip: Tip,
    pub older: Option<u32>,
    /// None where the file system has no locks.
    pub lock: Option<Lock>,
}

impl Writer {
    /// A writer that goes on after the kept part of the journal. What may be cut off after it is cut off.
    pub(crate) fn begin(start: Start) -> Result<Self, StoreError> {
        let path = start.folder.join(JOURNAL_FILE);
        let mut journal = JournalFile::open(start.disk.clone(), path, start.kept, start.lock)?;
        journal.settle()?;
        Ok(Self {
            folder: start.folder,
            disk: start.disk,
            journal,
            tip: start.tip,
            older: start.older,
            checkpoint: None,
        })
    }

    /// The session's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The number of the last step kept; 0 before the first.
    pub fn seq(&self) -> u64 {
        self.tip.seq
    }

    /// What is kept so far, to be copied elsewhere; none where the system gives no second way to the open journal.
    pub fn kept(&self) -> Option<Kept> {
        Some(Kept {
            folder: self.folder.clone(),
            tip: self.tip,
            older: self.older,
            file: self.journal.again().ok()?,
            content: self.journal.content(),
        })
    }

    /// Looks whether all that is kept is still in the folder.
    ///
    /// # Errors
    /// When it is not.
    pub fn look(&mut self) -> Result<(), StoreError> {
        self.journal.ours()
    }

    /// Keeps `step`: one line, written at once, synced, and seen to be in the folder. When it returns, the step survives
    /// anything.
    ///
    /// # Errors
    /// When the disk refuses; what was written of the line is cut off before the next attempt, so that the same step can
    /// be handed in again. And when another program has changed the journal: nothing is written then.
    pub fn append(&mut self, step: &Step) -> Result<(), StoreError> {
        if step.seq != self.tip.seq + 1 {
            let (last, got) = (self.tip.seq, step.seq);
            return Err(StoreError::OutOfOrder { last, got });
        }
        self.migrate()?;
        let (line, tip) = journal::line(&self.tip, step);
        self.journal.append(&line)?;
        self.tip = tip;
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
        self.journal.append(&journal::header())?;
        self.older = None;
        Ok(())
    }

    /// Writes the checkpoint of `session`, the state after step `seq`, which must be the last step kept.
    ///
    /// # Errors
    /// When the disk refuses, or another program has changed the journal; the old checkpoint then stands.
    pub fn checkpoint(&mut self, session: &Session, seq: u64) -> Result<(), StoreError> {
        match self.plan_checkpoint(seq)? {
            Some(plan) => self.put_checkpoint(plan.write(session, &|| true)?),
            None => Ok(()),
        }
    }

    /// What is to be done for a checkpoint of the state after step `seq`, which must be the last step kept. Steps can be
    /// appended while it is written. None where the session is to have none yet.
    ///
    /// # Errors
    /// When another program has changed the journal.
    pub fn plan_checkpoint(&mut self, seq: u64) -> Result<Option<CheckpointPlan>, StoreError> {
        if seq != self.tip.seq {
            let last = self.tip.seq;
            return Err(StoreError::OutOfOrder { last, got: seq });
        }
        if self.older.is_some() {
            // An older version is migrated with a step, never by looking at it.
            return Ok(None);
        }
        self.journal.ours()?;
        Ok(Some(CheckpointPlan {
            disk: self.disk.clone(),
            folder: self.folder.clone(),
            tip: self.tip,
            bytes: self.journal.content().bytes(),
        }))
    }

    /// Puts a checkpoint that this writer planned in the place of the one before it.
    ///
    /// # Errors
    /// When the disk refuses, or another program has changed the journal; the old checkpoint then stands.
    pub fn put_checkpoint(&mut self, ready: ReadyCheckpoint) -> Result<(), StoreError> {
        self.journal.ours()?;
        ready.file.put()?;
        self.checkpoint = changed_at(&self.folder.join(CHECKPOINT));
        Ok(())
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
        self.journal.ours()?;
        let path = self.folder.join(DRAFT_FILE);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::write(&path, e)),
            _ => Ok(()),
        }
    }

    fn save_aside(&mut self, name: &str, form: &impl Serialize) -> Result<(), StoreError> {
        self.journal.ours()?;
        let path = self.folder.join(name);
        write_atomic(&*self.disk, &path, &aside_bytes(form))
    }

    /// Keeps the stored text of an article version, before the step that brings it in. `text_sha256` is its hash.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn add_version(&mut self, text: &ArticleText, text_sha256: &str) -> Result<(), StoreError> {
        self.journal.ours()?;
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
        self.journal.ours()?;
        add_proposals(&self.disk, &self.folder, proposals, text_sha256)
    }

    /// The place where evidence copies go, for a thread that has the time to make them.
    pub fn intake(&self) -> Intake {
        Intake::on(self.disk.clone(), &self.folder)
    }
}

impl Drop for Writer {
    /// Where nobody else has touched what a list shows, the lock says so.
    fn drop(&mut self) {
        let texts = fs::read_dir(self.folder.join(ARTICLES)).into_iter();
        let texts = texts.flatten().map(|t| changed_at(&t.ok()?.path()));
        let texts: Option<Vec<SystemTime>> = texts.collect();
        let checkpoint = changed_at(&self.folder.join(CHECKPOINT));
        let own = checkpoint == self.checkpoint;
        if let (Some(lock), Some(texts), Some(checkpoint)) =
            (self.journal.lock_if_ours(), texts, checkpoint)
            && let Some(since) = lock.since()
            && (own || checkpoint < since)
            && texts.iter().all(|text| *text < since)
        {
            lock.all_is_sound();
        }
    }
}

/// When the file at `path` was last changed, where that can be told.
fn changed_at(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok().and_then(|m| last_change(&m))
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

/// Writes the first files of a session into the empty `folder`: the journal with `lines`, which end at `tip`, and the
/// checkpoint. Says how far the journal is kept.
pub(crate) fn write_new(
    disk: &SharedDisk,
    folder: &Path,
    session: &Session,
    lines: &[u8],
    tip: &Tip,
) -> Result<Extent, StoreError> {
    write_atomic(&**disk, &folder.join(JOURNAL_FILE), lines)?;
    let kept = Extent::of(lines);
    write_checkpoint(disk, folder, session, tip, kept.content.bytes())?;
    sync_folder(folder);
    Ok(kept)
}

/// The version that a session of version `version` is older than what is written, if it is.
pub(crate) fn older(version: u32) -> Option<u32> {
    (version < CURRENT).then_some(version)
}
