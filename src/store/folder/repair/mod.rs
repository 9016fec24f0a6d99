//! Repair: a writable session of the best state there is of a damaged one.
//!
//! Every line of the journal that belongs to the chain of steps stays as it is, so that the past stays common with
//! other copies; one step of the kind `repair` after it leads to the best state that the files tell. The old files are
//! kept beside the new ones, and what is missing is said.

mod best;
mod texts;

use std::path::Path;

use best::{Best, play};

use super::checkpoint::write_checkpoint;
use super::files::{SharedDisk, read_if_there, sync_folder, write_atomic};
use super::journal;
use super::layout::*;
use super::load::{Want, load, unborn};
use super::lock::{Attempt, take};
use super::salvage::Salvaged;
use super::summary::is_session;
use crate::core::desk::{Who, mended};
use crate::core::model::Time;
use crate::core::summary::Holder;
use crate::store::StoreError;
use crate::store::care::{Repaired, Repairer};
use crate::store::disk::known::Known;
use crate::store::disk::{Unreadable, read_checkpoint};

/// Makes a writable session of the best state there is in `folder`.
///
/// # Errors
/// When it is held or cannot be written, when a newer claimdesk wrote to it, or when nothing is left of it.
pub(crate) fn repair(
    disk: &SharedDisk,
    folder: &Path,
    me: &Holder,
    by: &Repairer<'_>,
) -> Result<Repaired, StoreError> {
    let name = name_of(folder);
    if !is_session(folder) {
        return Err(StoreError::NotFound(name));
    }
    let _lock = match by.dry_run {
        true => None,
        false => match take(&**disk, folder, me) {
            Ok(Attempt::Taken(lock)) => Some(lock),
            Ok(Attempt::NoLocks) => None,
            Ok(Attempt::Held(by)) => {
                let by = by.map_or_else(|| "another program".into(), |h| h.to_string());
                return Err(StoreError::Held { name, by });
            }
            Err(e) => return Err(StoreError::write(folder, e)),
        },
    };
    let mut done = Repaired::default();
    let found = match load(folder, Want::Chain) {
        Ok(mut loaded) => {
            loaded.note_lost_tail();
            Some(loaded)
        }
        Err(StoreError::Unopenable { what, .. }) => {
            done.damage.add(JOURNAL_FILE, what);
            None
        }
        Err(e) => return Err(e),
    };
    if let Some(loaded) = &found {
        let faults = loaded.damage.faults();
        faults
            .iter()
            .for_each(|f| done.damage.add(&*f.place, &*f.what));
    }
    match found.filter(|l| l.damage.is_empty()) {
        Some(sound) => done.session = Some(sound.session),
        None => rebuild(disk, folder, by, &mut done)?,
    }
    texts::put_back(disk, folder, by, &mut done)?;
    Ok(done)
}

/// Rebuilds the state, and writes the journal and the checkpoint that hold it.
fn rebuild(
    disk: &SharedDisk,
    folder: &Path,
    by: &Repairer<'_>,
    done: &mut Repaired,
) -> Result<(), StoreError> {
    let (journal_path, checkpoint_path) = (folder.join(JOURNAL_FILE), folder.join(CHECKPOINT));
    let journal_bytes = read_if_there(&journal_path)?;
    let checkpoint_bytes = read_if_there(&checkpoint_path)?;
    let checkpoint = match checkpoint_bytes.as_deref().map(read_checkpoint) {
        Some(Ok(c)) => Some(c),
        Some(Err(Unreadable::Damaged(_))) | None => None,
        Some(Err(newer)) => return Err(StoreError::unreadable(&checkpoint_path, newer)),
    };
    let named = checkpoint.as_ref().and_then(|c| c.last);
    // What the checkpoint tells holds where the lines that told it are lost.
    let known = checkpoint.as_ref().map(|c| Known::of(&c.session));
    let known = known.unwrap_or_default();
    let salvaged = Salvaged::of(journal_bytes.clone().unwrap_or_default(), named, known)
        .map_err(|why| StoreError::unreadable(&journal_path, why))?;
    done.kept = salvaged.chain.len() as u64;
    let mut past = unborn();
    play(&mut past, &salvaged.chain);
    past.name = name_of(folder);
    let mut best = Best {
        folder,
        by,
        done,
        session: past.clone(),
        seq: salvaged.chain.len() as u64,
    };
    best.take_checkpoint(checkpoint.as_ref(), &salvaged)?;
    best.take_behind(&salvaged);
    best.tell_lines(&salvaged);
    let target = best.session;
    // Later than whatever the repair has looked at, so that an older checkpoint never counts again.
    let seen = checkpoint.map_or(Time::UNIX_EPOCH, |c| c.session.updated_at);
    let mut who = Who {
        checker: by.checker,
        at: by.now.max(seen),
        ids: &mut || by.step.0,
    };
    let step = mended(&mut past, target, done.kept, &mut who);
    if !by.dry_run {
        done.before = keep_old(disk, folder, journal_bytes, checkpoint_bytes)?;
        let (line, tip) = journal::line(&salvaged.tip, &step);
        let lines = [salvaged.kept(), line].concat();
        write_atomic(&**disk, &journal_path, &lines)?;
        let bytes = journal::Content::default().and(&lines).bytes();
        write_checkpoint(disk, folder, &past, &tip, bytes)?;
        sync_folder(folder);
    }
    done.step = Some(step);
    done.session = Some(past);
    Ok(())
}

/// Keeps the old files beside the new ones, and says what they are called now.
fn keep_old(
    disk: &SharedDisk,
    folder: &Path,
    journal: Option<Vec<u8>>,
    checkpoint: Option<Vec<u8>>,
) -> Result<Vec<String>, StoreError> {
    let names = |n: u32| [before_journal(n), before_checkpoint(n)];
    let free = |n: &u32| names(*n).iter().all(|name| !folder.join(name).exists());
    let n = (1..).find(free).unwrap_or(u32::MAX);
    let mut kept = Vec::new();
    for (name, bytes) in names(n).into_iter().zip([journal, checkpoint]) {
        if let Some(bytes) = bytes {
            write_atomic(&**disk, &folder.join(&name), &bytes)?;
            kept.push(name);
        }
    }
    Ok(kept)
}
