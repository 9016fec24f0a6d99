//! The one writer of a session: it appends steps, writes checkpoints and the small files beside them.
//!
//! Everything goes through one value that a thread can own; it lets go of the lock when it is dropped.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::Serialize;

use super::blobs::FolderBlobs;
use super::checkpoint::{self, write_checkpoint};
use super::files::{
    SharedDisk, last_change, make_folder, parent, replace, sync_folder, write_atomic, write_once,
};
use super::journal::{self, Extent, Journal};
use super::journal_file::JournalFile;
use super::kept::FolderKept;
use super::layout::*;
use super::lock::Lock;
use crate::core::history::Step;
use crate::core::ids::CheckerId;
use crate::core::model::Session;
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::chain::Tip;
use crate::store::disk::known::Known;
use crate::store::disk::v1::aside::{DraftForm, PlaceForm};
use crate::store::disk::v1::form::Form;
use crate::store::disk::{CURRENT, v1};
use crate::store::error::JournalChange;
use crate::store::pen::{Accepted, Blobs, CheckpointPlan, Kept, Pen, ReadyCheckpoint};
use crate::store::{Spot, StoreError};

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

    /// What is kept so far; none where the system gives no second way to the open journal.
    fn kept_in_folder(&self) -> Option<FolderKept> {
        Some(FolderKept {
            folder: self.folder.clone(),
            disk: self.disk.clone(),
            tip: self.tip,
            older: self.older,
            file: self.journal.again().ok()?,
            content: self.journal.content(),
        })
    }

    /// Keeps `step`: one line, written at once, synced, and seen to be in the folder. When it returns, the step survives
    /// anything. Returns its number.
    ///
    /// # Errors
    /// When the disk refuses; what was written of the line is cut off before the next attempt, so that the same step can
    /// be handed in again. And when another program has changed the journal: nothing is written then.
    pub fn append(&mut self, step: &Step) -> Result<u64, StoreError> {
        if step.seq != self.tip.seq + 1 {
            return self.kept_as(step);
        }
        self.migrate()?;
        let (line, tip) = journal::line(&self.tip, step);
        self.journal.append(&line)?;
        self.tip = tip;
        Ok(tip.seq)
    }

    /// The number under which a step that is out of order is kept already.
    fn kept_as(&mut self, step: &Step) -> Result<u64, StoreError> {
        if self.tip.last.is_some_and(|last| last.step == step.id) {
            return Ok(self.tip.seq);
        }
        let kept = match step.seq <= self.tip.seq {
            true => self.steps_after(0)?,
            false => Vec::new(),
        };
        let (last, got) = (self.tip.seq, step.seq);
        let there = kept.iter().find(|s| s.id == step.id);
        there
            .map(|s| s.seq)
            .ok_or(StoreError::OutOfOrder { last, got })
    }

    /// The steps after step `seq`, read from the journal.
    fn steps_after(&mut self, seq: u64) -> Result<Vec<Step>, StoreError> {
        if seq >= self.tip.seq {
            return Ok(Vec::new());
        }
        self.journal.ours()?;
        let bytes = self.kept_in_folder().and_then(|k| k.read());
        let path = self.folder.join(JOURNAL_FILE);
        let bytes = bytes.ok_or_else(|| StoreError::changed(&path, JournalChange::Other))?;
        // What the earlier ones say is needed to understand the later ones.
        let mut steps = Journal::scan(bytes).steps_behind(0, Known::default());
        steps.retain(|s| s.seq > seq);
        Ok(steps)
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

    fn save_aside(&mut self, name: &str, form: &impl Serialize) -> Result<(), StoreError> {
        self.journal.ours()?;
        let path = self.folder.join(name);
        write_atomic(&*self.disk, &path, &aside_bytes(form))
    }

    /// Removes a small file; it is no error if there is none.
    fn remove_aside(&mut self, name: &str) -> Result<(), StoreError> {
        let path = self.folder.join(name);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::write(&path, e)),
            _ => Ok(()),
        }
    }
}

impl Pen for Writer {
    fn seq(&self) -> u64 {
        self.tip.seq
    }

    fn append(&mut self, step: &Step) -> Result<Accepted, StoreError> {
        Self::append(self, step).map(Accepted::At)
    }

    fn since(&mut self, seq: u64) -> Result<Vec<Step>, StoreError> {
        self.steps_after(seq)
    }

    fn look(&mut self) -> Result<(), StoreError> {
        self.journal.ours()
    }

    /// A session of an older version is to have none: it is migrated with a step, never by looking at it.
    fn plan_checkpoint(&mut self, seq: u64) -> Result<Option<CheckpointPlan>, StoreError> {
        if seq != self.tip.seq {
            let last = self.tip.seq;
            return Err(StoreError::OutOfOrder { last, got: seq });
        }
        if self.older.is_some() {
            return Ok(None);
        }
        self.journal.ours()?;
        let bytes = self.journal.content().bytes();
        Ok(Some(checkpoint::plan(
            &self.disk,
            &self.folder,
            self.tip,
            bytes,
        )))
    }

    fn put_checkpoint(&mut self, ready: ReadyCheckpoint) -> Result<(), StoreError> {
        self.journal.ours()?;
        ready.put()?;
        self.checkpoint = changed_at(&self.folder.join(CHECKPOINT));
        Ok(())
    }

    fn add_text(&mut self, text: &ArticleText, text_sha256: &str) -> Result<(), StoreError> {
        self.journal.ours()?;
        add_text(&self.disk, &self.folder, text, text_sha256)
    }

    fn add_proposals(
        &mut self,
        proposals: &Proposals,
        text_sha256: &str,
    ) -> Result<(), StoreError> {
        self.journal.ours()?;
        add_proposals(&self.disk, &self.folder, proposals, text_sha256)
    }

    fn save_place(&mut self, checker: &CheckerId, place: &Place) -> Result<(), StoreError> {
        self.save_aside(&place_file(checker), &PlaceForm::of(place))
    }

    fn save_draft(&mut self, checker: &CheckerId, draft: Option<&Draft>) -> Result<(), StoreError> {
        match draft {
            Some(draft) => self.save_aside(&draft_file(checker), &DraftForm::of(draft))?,
            None => {
                self.journal.ours()?;
                self.remove_aside(&draft_file(checker))?;
            }
        }
        // One from before drafts had an owner was offered to this checker, too.
        self.remove_aside(DRAFT_FILE)
    }

    fn blobs(&self) -> Arc<dyn Blobs> {
        Arc::new(FolderBlobs::on(self.disk.clone(), &self.folder))
    }

    fn kept(&self) -> Option<Arc<dyn Kept>> {
        Some(Arc::new(self.kept_in_folder()?))
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
        at: Spot::from(folder),
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
