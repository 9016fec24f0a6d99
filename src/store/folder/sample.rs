//! Samples are never changed: opening one works on a copy, and from then on its name means that copy.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::{SharedDisk, make_folder, new_folder, parent, sync_folder, write_atomic};
use super::git::add_git_files;
use super::layout::{SAMPLE_MARK, name_of};
use super::lock::LOCK_FILE;
use super::summary::quick_id;
use crate::store::StoreError;
use crate::store::name::SessionName;

/// Whether the session in `folder` is a sample.
pub(crate) fn is_sample(folder: &Path) -> bool {
    folder.join(SAMPLE_MARK).exists()
}

/// The copy of the sample in `folder` among these folders, the first by name; none where there is none.
pub(crate) fn copy_among(folder: &Path, others: &[PathBuf]) -> Option<PathBuf> {
    let id = quick_id(folder)?;
    let is_copy =
        |f: &&PathBuf| SessionName::is_one(&name_of(f)) && !is_sample(f) && quick_id(f) == Some(id);
    others.iter().filter(is_copy).min().cloned()
}

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
