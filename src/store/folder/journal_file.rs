//! The open journal: the only place that writes to it, and only while it is ours.
//!
//! Sync clients, `git checkout` and other machines replace, cut and extend files under a program that has them open, and
//! no lock stops them. So before each append and after its sync the file that the path names is compared with the one
//! that is open. The same lines in another file are gone on with; anything else is [`StoreError::Changed`]: nothing is
//! written over lines that are not ours, and no step counts as kept that is not in the folder.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::files::{FileId, SharedDisk, parent};
use super::journal::{Content, Extent, end_of_content, same_line};
use super::lock::{Follow, Lock};
use crate::store::StoreError;
use crate::store::error::JournalChange;

/// A file is replaced under us so often at most while one step is kept.
const TRIES: u32 = 4;

/// The journal of a session that is written to, and the session's lock.
#[derive(Debug)]
pub(crate) struct JournalFile {
    disk: SharedDisk,
    path: PathBuf,
    file: File,
    /// What the open file was like when it was last known to be ours.
    seen: Seen,
    /// How far it is kept.
    kept: Extent,
    /// None where the file system has no locks.
    lock: Option<Lock>,
}

/// What tells one file from another, and whether somebody wrote to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    id: FileId,
    len: u64,
    modified: Option<SystemTime>,
}

impl Seen {
    fn of(file: &Metadata) -> Self {
        Self {
            id: FileId::of(file),
            len: file.len(),
            modified: file.modified().ok(),
        }
    }
}

/// What was found where the path leads.
enum Found {
    /// What is kept, and nothing more.
    Kept,
    /// What is kept, and after it the whole line of the append that was not known to have succeeded.
    WithLine,
}

impl JournalFile {
    /// Opens the journal at `path`, which was found to be kept as far as `kept` says.
    pub(crate) fn open(
        disk: SharedDisk,
        path: PathBuf,
        kept: Extent,
        lock: Option<Lock>,
    ) -> Result<Self, StoreError> {
        let file = open_existing(&disk, &path)?;
        let now = file.metadata().map_err(|e| StoreError::write(&path, e))?;
        let seen = Seen::of(&now);
        if seen.len != kept.len + kept.left.len() as u64 {
            return Err(StoreError::changed(&path, JournalChange::Other));
        }
        Ok(Self {
            disk,
            path,
            file,
            seen,
            kept,
            lock,
        })
    }

    /// What is kept.
    pub(crate) fn content(&self) -> Content {
        self.kept.content
    }

    /// The session's lock, if the journal is as it was left; else none.
    pub(crate) fn lock_if_ours(&mut self) -> Option<&mut Lock> {
        let now = fs::metadata(&self.path).ok()?;
        self.lock.as_mut().filter(|_| Seen::of(&now) == self.seen)
    }

    /// Cuts off what was set aside, and ends the last line.
    pub(crate) fn settle(&mut self) -> Result<(), StoreError> {
        self.ours()?;
        let unfinished = self.kept.unfinished;
        let settled = self.cut_back().and_then(|cut| {
            if unfinished {
                self.disk.write(&self.file, b"\n")?;
            }
            match cut || unfinished {
                true => self.disk.sync_data(&self.file),
                false => Ok(()),
            }
        });
        let now = settled.and_then(|()| self.file.metadata());
        self.seen = Seen::of(&now.map_err(|e| StoreError::write(&self.path, e))?);
        self.kept.len += u64::from(unfinished);
        self.kept.unfinished = false;
        Ok(())
    }

    /// Keeps `line`: written in one call, synced, and seen to be in the folder.
    ///
    /// # Errors
    /// When the disk refuses, and when the journal is not ours. What was written of the line is cut off before the next
    /// attempt.
    pub(crate) fn append(&mut self, line: &[u8]) -> Result<(), StoreError> {
        for _ in 0..TRIES {
            self.ours()?;
            let written = self.cut_back().and_then(|_| self.write(line));
            if let Err(e) = written {
                // Now, if the disk lets us; else before the next attempt.
                let _ = self.ours().map(|()| self.cut_back());
                return Err(StoreError::write(&self.path, e));
            }
            if self.is_written()? {
                return Ok(());
            }
        }
        Err(StoreError::changed(&self.path, JournalChange::Other))
    }

    /// Makes sure that the path leads to what is kept.
    ///
    /// # Errors
    /// When it does not.
    pub(crate) fn ours(&mut self) -> Result<(), StoreError> {
        let now = fs::metadata(&self.path).map(|m| Seen::of(&m));
        if !now.is_ok_and(|now| now == self.seen) {
            self.look()?;
        }
        Ok(())
    }

    /// The open file once more, which can be read whatever the path leads to by now.
    pub(crate) fn again(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        self.kept.left = line.to_vec();
        match self.kept.unfinished {
            true => self.disk.write(&self.file, &[b"\n", line].concat())?,
            false => self.disk.write(&self.file, line)?,
        }
        self.disk.sync_data(&self.file)
    }

    /// Whether the line that was written and synced is in the folder, and now kept. False where the folder holds another
    /// file without it, which is open now.
    fn is_written(&mut self) -> Result<bool, StoreError> {
        let now = fs::metadata(&self.path).map(|m| Seen::of(&m)).ok();
        let line = std::mem::take(&mut self.kept.left);
        let feed = u64::from(self.kept.unfinished);
        let len = self.kept.len + feed + line.len() as u64;
        let as_written = now.filter(|now| now.id == self.seen.id && now.len == len);
        if let Some(now) = as_written {
            self.seen = now;
            self.kept.len = len;
        } else {
            self.kept.left = line.clone();
            match self.look()? {
                Found::Kept => return Ok(false),
                Found::WithLine => {}
            }
            self.disk
                .sync_data(&self.file)
                .map_err(|e| StoreError::write(&self.path, e))?;
            self.kept.len = self.seen.len;
            self.kept.left.clear();
        }
        self.kept.content = self.kept.content.and(&line);
        self.kept.unfinished = false;
        Ok(true)
    }

    /// Reads the file that the path leads to, and goes on with it if it holds what is kept and nothing that is not ours.
    fn look(&mut self) -> Result<Found, StoreError> {
        let changed = |how| StoreError::changed(&self.path, how);
        let file = open_existing(&self.disk, &self.path)?;
        let mut bytes = Vec::new();
        let now = (&file)
            .read_to_end(&mut bytes)
            .and_then(|_| file.metadata())
            .map_err(|e| changed(JournalChange::Unreadable(e.to_string())))?;
        let seen = Seen::of(&now);
        let Some(len) = end_of_content(&bytes, &self.kept.content) else {
            return Err(changed(match seen.len < self.kept.len {
                true => JournalChange::Shorter,
                false => JournalChange::Other,
            }));
        };
        let (kept, more) = bytes.split_at_checked(len).unwrap_or((&bytes, &[]));
        let line = &self.kept.left;
        let whole = !line.is_empty() && more.ends_with(b"\n") && same_line(more, line);
        if !whole && !line.starts_with(more) || seen.len != bytes.len() as u64 {
            return Err(changed(JournalChange::Longer));
        }
        self.kept.unfinished = !kept.ends_with(b"\n");
        if seen.id != self.seen.id {
            self.follow_lock()?;
        }
        self.file = file;
        self.kept.len = len as u64;
        self.seen = seen;
        Ok(match whole {
            true => Found::WithLine,
            false => Found::Kept,
        })
    }

    /// Holds the lock that is beside the journal now: where the whole folder was replaced it is another one.
    fn follow_lock(&mut self) -> Result<(), StoreError> {
        let Some(lock) = &mut self.lock else {
            return Ok(());
        };
        match lock.follow(&*self.disk, &parent(&self.path)) {
            Ok(Follow::Holds) => Ok(()),
            Ok(Follow::NoLocks) => {
                self.lock = None;
                Ok(())
            }
            Ok(Follow::Held(by)) => {
                let by = by.map_or_else(|| "another program".into(), |h| h.to_string());
                Err(StoreError::changed(&self.path, JournalChange::Taken(by)))
            }
            Err(e) => Err(StoreError::write(&self.path, e)),
        }
    }

    /// Cuts off what stands after the kept part, which was seen to be ours; whether there was anything.
    fn cut_back(&mut self) -> io::Result<bool> {
        let more = self.seen.len != self.kept.len;
        if more {
            let now = Seen::of(&self.file.metadata()?);
            if now != self.seen {
                // Somebody writes to it this very moment; the next look tells what.
                return Err(io::ErrorKind::ResourceBusy.into());
            }
            self.disk.truncate(&self.file, self.kept.len)?;
            self.seen = Seen::of(&self.file.metadata()?);
        }
        self.kept.left.clear();
        Ok(more)
    }
}

/// Opens the journal at `path` to read it and to add to it; none is made.
fn open_existing(disk: &SharedDisk, path: &Path) -> Result<File, StoreError> {
    let changed = |how| Err(StoreError::changed(path, how));
    match fs::metadata(path) {
        Ok(m) if m.is_file() => {}
        Ok(_) => return changed(JournalChange::NoFile),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return changed(JournalChange::Gone),
        Err(e) => return changed(JournalChange::Unreadable(e.to_string())),
    }
    let mut how = fs::OpenOptions::new();
    how.read(true).append(true);
    disk.open(path, &how)
        .map_err(|e| StoreError::write(path, e))
}
