//! Samples are never changed: opening one works on a copy.

use std::fs;
use std::path::Path;

use super::files::{SharedDisk, make_folder, new_folder, parent, sync_folder, write_atomic};
use super::git::add_git_files;
use super::layout::SAMPLE_MARK;
use super::lock::LOCK_FILE;
use crate::store::StoreError;

/// Copies a whole session, without its lock, to the folder `to`, which must not exist.
pub(crate) fn copy_session(disk: &SharedDisk, from: &Path, to: &Path) -> Result<(), StoreError> {
    let home = parent(to);
    let failed = |e| StoreError::write(to, e);
    let temp = new_folder(&home)?;
    copy_tree(disk, from, temp.path())?;
    add_git_files(temp.path())?;
    fs::rename(temp.path(), to).map_err(failed)?;
    let _ = temp.keep();
    sync_folder(&home);
    Ok(())
}

fn copy_tree(disk: &SharedDisk, from: &Path, to: &Path) -> Result<(), StoreError> {
    for entry in fs::read_dir(from).map_err(|e| StoreError::read(from, e))? {
        let entry = entry.map_err(|e| StoreError::read(from, e))?;
        let name = entry.file_name();
        if name == LOCK_FILE || name == SAMPLE_MARK {
            continue;
        }
        let target = to.join(&name);
        if entry.path().is_dir() {
            make_folder(&target).map_err(|e| StoreError::write(&target, e))?;
            copy_tree(disk, &entry.path(), &target)?;
        } else {
            let bytes = fs::read(entry.path()).map_err(|e| StoreError::read(&entry.path(), e))?;
            write_atomic(&**disk, &target, &bytes)?;
        }
    }
    Ok(())
}
