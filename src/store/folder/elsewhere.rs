//! Saving a session somewhere else: the way out when its own folder cannot be written. The lines that are kept are copied
//! byte for byte from the journal that was open, so that the copy's past is that of the session; the steps that could not
//! be kept come from memory.
//!
//! A stick is slow and a share may be dead, so whoever asked hears how far it is, and can give it up: the new folder gets its
//! name last, and is taken away where it does not come to that.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::files::{
    Disk, SharedDisk, copy_private, make_folder, new_folder, parent, real_disk, sync_folder,
    write_atomic,
};
use super::git::add_git_files;
use super::journal;
use super::layout::*;
use super::library::Library;
use super::writer::{add_proposals, add_text, aside_bytes, write_new};
use crate::core::history::Step;
use crate::core::ids::CheckerId;
use crate::core::model::Session;
use crate::core::place::Place;
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::chain::Tip;
use crate::store::disk::v1::aside::PlaceForm;
use crate::store::disk::v1::form::Form;
use crate::store::pen::{Blobs, Kept};
use crate::store::{Spot, StoreError};

/// All that there is of a session, in memory and where it was kept. It is owned, so that a thread of its own can save it.
#[derive(Debug)]
pub struct Everything {
    /// The state after the last step.
    pub session: Box<Session>,
    /// The steps that could not be kept, and of those before them as many as are known.
    pub steps: Vec<Step>,
    /// The text of the article's current version.
    pub text: ArticleText,
    /// The proposals in use for it.
    pub proposals: Option<Arc<Proposals>>,
    /// Who works on it.
    pub checker: CheckerId,
    /// Where they are.
    pub place: Option<Place>,
    /// What was kept of it: lines, other versions, evidence copies. They are taken as far as they can be read.
    pub kept: Option<Arc<dyn Kept>>,
}

/// Hears how many bytes of how many are written, and says whether the rest is still wanted.
pub type Told = Arc<dyn Fn(u64, u64) -> bool + Send + Sync>;

/// Saves `all` as a new session in the folder `dir`, which is made if need be, and says where it is.
///
/// Evidence copies that cannot be read are left out; `check` tells them.
///
/// # Errors
/// When the disk refuses, when it is no longer wanted, and when neither memory nor the journal holds the first steps any
/// more; nothing is left there then.
pub fn save_elsewhere(dir: &Path, all: &Everything, told: Told) -> Result<PathBuf, StoreError> {
    let paced = Arc::new(Paced::new(real_disk(), told));
    let given_up = || StoreError::GivenUp {
        at: Spot::from(dir),
    };
    if !paced.is_wanted() {
        return Err(given_up());
    }
    let temp = new_folder(dir)?;
    let written = write_all(&paced, temp.path(), all);
    if !paced.is_wanted() {
        return Err(given_up());
    }
    written?;
    let home = dir.join(Library::at(dir).free_name(&all.session.name));
    fs::rename(temp.path(), &home).map_err(|e| StoreError::write(dir, e))?;
    let _ = temp.keep();
    sync_folder(dir);
    Ok(home)
}

/// Writes `all` into the empty `folder`.
fn write_all(paced: &Arc<Paced>, folder: &Path, all: &Everything) -> Result<(), StoreError> {
    let disk: SharedDisk = paced.clone();
    let (lines, tip) = all.lines()?;
    paced.expect(lines.len() as u64 + all.copied());
    add_git_files(folder)?;
    let version = all.session.current();
    if let Some(v) = version {
        add_text(&disk, folder, &all.text, &v.id.to_string())?;
    }
    if let (Some(p), Some(v)) = (&all.proposals, version) {
        // They can be made anew: that there are none yet, or no room, must not keep the steps from being saved.
        let _ = add_proposals(&disk, folder, p, &v.id.to_string());
    }
    if let Some(kept) = &all.kept {
        copy_blobs(&disk, &*kept.blobs(), &all.session, folder)?;
    }
    if let Some(place) = &all.place {
        write_atomic(
            &*disk,
            &folder.join(place_file(&all.checker)),
            &aside_bytes(&PlaceForm::of(place)),
        )?;
    }
    write_new(&disk, folder, &all.session, &lines, &tip).map(|_| ())
}

/// A disk that tells how much is written to it, and takes no more once that is not wanted.
struct Paced {
    disk: SharedDisk,
    told: Told,
    done: AtomicU64,
    of: AtomicU64,
    wanted: AtomicBool,
}

impl Paced {
    /// So much is written between two looks, and between two syncs: otherwise the last of them would take all the time.
    const PIECE: usize = 8 << 20;

    fn new(disk: SharedDisk, told: Told) -> Self {
        Self {
            disk,
            told,
            done: AtomicU64::new(0),
            of: AtomicU64::new(0),
            wanted: AtomicBool::new(true),
        }
    }

    /// So many bytes are to come, as far as that can be known.
    fn expect(&self, bytes: u64) {
        self.of.store(bytes, Ordering::Relaxed);
    }

    /// Whether it is still wanted; what was given up once is so for good.
    fn is_wanted(&self) -> bool {
        let done = self.done.load(Ordering::Relaxed);
        let of = self.of.load(Ordering::Relaxed).max(done);
        if !(self.told)(done, of) {
            self.wanted.store(false, Ordering::Relaxed);
        }
        self.wanted.load(Ordering::Relaxed)
    }

    fn check(&self) -> io::Result<()> {
        match self.is_wanted() {
            true => Ok(()),
            false => Err(io::Error::other("it is no longer wanted")),
        }
    }
}

impl fmt::Debug for Paced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paced").finish_non_exhaustive()
    }
}

impl Disk for Paced {
    fn open(&self, path: &Path, how: &OpenOptions) -> io::Result<File> {
        self.check()?;
        self.disk.open(path, how)
    }

    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.chunks(Self::PIECE) {
            self.check()?;
            self.disk.write(file, piece)?;
            let step = Self::PIECE as u64;
            let before = self.done.fetch_add(piece.len() as u64, Ordering::Relaxed);
            if before / step != (before + piece.len() as u64) / step {
                self.disk.sync_data(file)?;
            }
        }
        Ok(())
    }

    fn sync_data(&self, file: &File) -> io::Result<()> {
        self.check()?;
        self.disk.sync_data(file)
    }
}

impl Everything {
    /// The number of the last step.
    pub fn seq(&self) -> u64 {
        self.steps.last().map_or(0, |s| s.seq)
    }

    /// How many bytes of evidence are copied.
    fn copied(&self) -> u64 {
        let Some(blobs) = self.kept.as_ref().map(|kept| kept.blobs()) else {
            return 0;
        };
        let files = self.session.evidence.values();
        let files = files.filter_map(|e| e.file.as_ref());
        let there = files.filter_map(|f| blobs.file(f).ok());
        there.map(|file| file.about().bytes).sum()
    }

    /// Every line of the journal, and where it ends: the kept ones as they are on the disk, then those that
    /// could not be kept.
    fn lines(&self) -> Result<(Vec<u8>, Tip), StoreError> {
        let (mut lines, mut tip) = match self.kept.as_ref().and_then(|kept| kept.lines()) {
            Some(kept) => (kept.bytes, kept.tip),
            None => (journal::header(), Tip::default()),
        };
        let later = self.steps.partition_point(|s| s.seq <= tip.seq);
        let later = self.steps.get(later..).unwrap_or_default();
        for step in later {
            if step.seq != tip.seq + 1 {
                return Err(StoreError::Damaged {
                    at: self.kept.as_ref().map(|k| k.spot()).unwrap_or_default(),
                    what: format!(
                        "steps {} to {} cannot be read any more",
                        tip.seq + 1,
                        step.seq - 1
                    ),
                });
            }
            let (line, after) = journal::line(&tip, step);
            lines.extend(line);
            tip = after;
        }
        Ok((lines, tip))
    }
}

/// Copies the texts and proposals of versions that are not in the folder `to` yet, and evidence copies, as far as they can be
/// read.
fn copy_blobs(
    disk: &SharedDisk,
    from: &dyn Blobs,
    session: &Session,
    to: &Path,
) -> Result<(), StoreError> {
    for version in session.versions.values() {
        let hash = &version.id.to_string();
        let path = text_path(to, hash);
        if path.is_some_and(|p| !p.exists())
            && let Ok(text) = from.text(version)
        {
            add_text(disk, to, &text, hash)?;
        }
        let path = proposals_path(to, hash, &version.reader);
        if path.is_some_and(|p| !p.exists())
            && let Ok(Some(proposals)) = from.proposals(version)
        {
            // That there is no room for them must not keep the steps from being saved.
            let _ = add_proposals(disk, to, &proposals, hash);
        }
    }
    for file in session.evidence.values().filter_map(|e| e.file.as_ref()) {
        let Some(path) = file_path(to, file).filter(|p| !p.exists()) else {
            continue;
        };
        if let Ok(mut original) = from.file(file) {
            make_folder(&parent(&path)).map_err(|e| StoreError::write(&path, e))?;
            // One that cannot be read, or has no room, must not keep the steps from being saved.
            if copy_private(&**disk, &mut *original, &path).is_err() {
                let _ = fs::remove_file(&path);
            }
        }
    }
    Ok(())
}
