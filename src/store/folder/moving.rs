//! Sessions that are given another name, or put into the trash: their folder is moved, whole.

use std::fs;
use std::path::Path;

use super::files::{Disk, make_folder, numbered, parent, sync_folder};
use super::layout::name_of;
use super::lock::{Attempt, Lock, me, take};
use super::sample::is_sample;
use crate::core::model::Time;
use crate::store::name::SessionName;
use crate::store::{Spot, StoreError};

/// The folder, beside the sessions, that those are in which were taken off the shelf; no session is called so.
const TRASH: &str = ".trash";

/// Gives the session in `folder` the name `to`.
pub(crate) fn rename(disk: &dyn Disk, folder: &Path, to: &SessionName) -> Result<(), StoreError> {
    let target = parent(folder).join(&**to);
    if target.symlink_metadata().is_ok() {
        return Err(StoreError::Taken(to.to_string()));
    }
    move_to(disk, folder, &target)
}

/// Moves the session in `folder` into the trash beside it, and gives the place where it is then.
pub(crate) fn discard(disk: &dyn Disk, folder: &Path) -> Result<Spot, StoreError> {
    let trash = parent(folder).join(TRASH);
    make_folder(&trash).map_err(|e| StoreError::write(&trash, e))?;
    let wish = trash.join(name_of(folder));
    let target = match wish.symlink_metadata() {
        Ok(_) => numbered(&wish),
        Err(_) => wish,
    };
    move_to(disk, folder, &target)?;
    Ok(Spot::from(&target))
}

fn move_to(disk: &dyn Disk, folder: &Path, target: &Path) -> Result<(), StoreError> {
    if is_sample(folder) {
        return Err(StoreError::NotWritable {
            at: Spot::from(folder),
            why: "a sample is never changed".into(),
        });
    }
    let _lock = hold(disk, folder)?;
    fs::rename(folder, target).map_err(|e| StoreError::write(target, e))?;
    let (from, to) = (parent(folder), parent(target));
    sync_folder(&from);
    if to != from {
        sync_folder(&to);
    }
    Ok(())
}

/// Holds the session in `folder`, so that nobody works in it while it is moved.
fn hold(disk: &dyn Disk, folder: &Path) -> Result<Option<Lock>, StoreError> {
    // It is held for a moment: nobody needs to know since when.
    match take(disk, folder, &me("claimdesk", Time::UNIX_EPOCH)) {
        Ok(Attempt::Taken(lock)) => Ok(Some(lock)),
        Ok(Attempt::NoLocks) => Ok(None),
        Ok(Attempt::Held(by)) => Err(StoreError::Held {
            name: name_of(folder),
            by: by.map_or_else(|| "another program".into(), |h| h.to_string()),
        }),
        Err(e) => Err(StoreError::write(folder, e)),
    }
}
