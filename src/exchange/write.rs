//! Putting an export in place: the one function of the hand-over that touches a disk.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::File;
use super::error::ExchangeError;
use super::formats::Layout;

/// Puts `files` at `target`: one file at that very path, or several in that folder.
///
/// Each file is written beside its place, synced and renamed, so that whoever reads the target finds the old content or
/// the new and nothing between. Nothing is replaced without `force`; with it, files of the folder that the export does
/// not name stay as they are.
///
/// Returns the paths written.
///
/// # Errors
///
/// [`ExchangeError::Exists`] where something would be replaced; [`ExchangeError::Write`] with what the system says.
pub fn put(
    files: &[File],
    layout: Layout,
    target: &Path,
    force: bool,
) -> Result<Vec<PathBuf>, ExchangeError> {
    let fail = |path: &Path| {
        let path = path.to_path_buf();
        move |why| ExchangeError::Write { path, why }
    };
    let places: Vec<PathBuf> = match layout {
        Layout::File => files.iter().map(|_| target.to_path_buf()).collect(),
        Layout::Folder => files.iter().map(|f| target.join(&f.name)).collect(),
    };
    if let Some(taken) = places
        .iter()
        .find(|p| !force && p.symlink_metadata().is_ok())
    {
        return Err(ExchangeError::Exists(taken.clone()));
    }
    let folder = match layout {
        Layout::Folder => target,
        Layout::File => target
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new(".")),
    };
    if layout == Layout::Folder {
        std::fs::create_dir_all(folder).map_err(fail(folder))?;
    }
    let mut written = Vec::new();
    for (file, place) in files.iter().zip(&places) {
        let mut temp = ordinary().tempfile_in(folder).map_err(fail(place))?;
        temp.write_all(&file.bytes).map_err(fail(place))?;
        keep_mode(temp.as_file(), place).map_err(fail(place))?;
        temp.as_file().sync_all().map_err(fail(place))?;
        written.push((temp, place));
    }
    let mut paths = Vec::new();
    for (temp, place) in written {
        let done = if force {
            temp.persist(place)
        } else {
            temp.persist_noclobber(place)
        };
        done.map_err(|e| match e.error.kind() {
            std::io::ErrorKind::AlreadyExists => ExchangeError::Exists(place.clone()),
            _ => ExchangeError::Write {
                path: place.clone(),
                why: e.error,
            },
        })?;
        paths.push(place.clone());
    }
    Ok(paths)
}

/// A builder of temporary files with the mode of ordinary ones: the system takes the user's mask away from it.
fn ordinary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".claimdesk-export-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Gives `file` the mode of what it replaces.
fn keep_mode(file: &std::fs::File, place: &Path) -> std::io::Result<()> {
    match std::fs::metadata(place) {
        Ok(old) => file.set_permissions(old.permissions()),
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn file(name: &str, bytes: &str) -> File {
        File {
            name: name.into(),
            bytes: bytes.into(),
        }
    }

    #[test]
    fn nothing_is_replaced_unless_asked_and_nothing_else_is_left_behind() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out.json");
        put(&[file("x.json", "one")], Layout::File, &target, false).unwrap();
        let refused = put(&[file("x.json", "two")], Layout::File, &target, false);
        assert!(matches!(refused, Err(ExchangeError::Exists(p)) if p == target));
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "one");
        put(&[file("x.json", "two")], Layout::File, &target, true).unwrap();
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "two");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_made_and_refused_whole_where_one_file_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("brat");
        put(&[file("a.txt", "1")], Layout::Folder, &target, false).unwrap();
        let both = [file("b.ann", "2"), file("a.txt", "3")];
        assert!(put(&both, Layout::Folder, &target, false).is_err());
        assert!(!target.join("b.ann").exists());
        put(&both, Layout::Folder, &target, true).unwrap();
        assert_eq!(std::fs::read_to_string(target.join("a.txt")).unwrap(), "3");
    }
}
