//! Putting an export in place: the one function of the hand-over that touches a disk.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::File;
use super::error::ExchangeError;
use super::watch::ExchangeWatch;
use crate::core::handover::{Layout, Stage};

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
    put_watched(files, layout, target, force, ExchangeWatch::default())
}

/// Does what [`put`] does, and tells `watch` of the bytes.
///
/// # Errors
///
/// Those of [`put`], and [`ExchangeError::Stopped`] where the files are no longer wanted before the first is in place.
pub fn put_watched(
    files: &[File],
    layout: Layout,
    target: &Path,
    force: bool,
    watch: ExchangeWatch<'_>,
) -> Result<Vec<PathBuf>, ExchangeError> {
    let fail = |path: &Path| {
        let path = path.to_path_buf();
        move |why| ExchangeError::Write { path, why }
    };
    if let Some(taken) = taken(files, layout, target).filter(|_| !force) {
        return Err(ExchangeError::Exists(taken));
    }
    let places = places(files, layout, target);
    let folder = match layout {
        Layout::Folder => target,
        Layout::File => places
            .first()
            .and_then(|p| p.parent())
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new(".")),
    };
    if layout == Layout::Folder {
        std::fs::create_dir_all(folder).map_err(fail(folder))?;
    }
    let all = files.iter().map(|f| f.bytes.len() as u64).sum();
    let mut done = 0;
    let mut written = Vec::new();
    for (file, place) in files.iter().zip(&places) {
        let mut temp = ordinary().tempfile_in(folder).map_err(fail(place))?;
        for piece in file.bytes.chunks(PIECE) {
            watch.check(Stage::Putting, done, all)?;
            temp.write_all(piece).map_err(fail(place))?;
            done += piece.len() as u64;
        }
        keep_mode(temp.as_file(), place).map_err(fail(place))?;
        temp.as_file().sync_all().map_err(fail(place))?;
        written.push((temp, place));
    }
    // From here on it is done to the end: half of the files would be worse than all of them.
    watch.check(Stage::Putting, all, all)?;
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

/// How many bytes are written at a time.
const PIECE: usize = 1 << 20;

/// Where the files go: one file into a folder that is there under its own name, else to that very path.
fn places(files: &[File], layout: Layout, target: &Path) -> Vec<PathBuf> {
    let inside = layout == Layout::Folder || target.is_dir();
    let place = |f: &File| match inside {
        true => target.join(&*f.name),
        false => target.to_path_buf(),
    };
    files.iter().map(place).collect()
}

/// The first place that holds something already.
pub fn taken(files: &[File], layout: Layout, target: &Path) -> Option<PathBuf> {
    let mut places = places(files, layout, target).into_iter();
    places.find(|p| p.symlink_metadata().is_ok())
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
    use crate::core::handover::ExchangeWork;

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

    #[test]
    fn one_file_goes_into_a_folder_under_its_own_name() {
        let dir = tempfile::tempdir().unwrap();
        let paths = put(&[file("x.json", "one")], Layout::File, dir.path(), false).unwrap();
        assert_eq!(paths, [dir.path().join("x.json")]);
        let again = taken(&[file("x.json", "two")], Layout::File, dir.path());
        assert_eq!(again, Some(dir.path().join("x.json")));
    }

    #[test]
    fn what_is_stopped_leaves_nothing_and_takes_nothing_away() {
        let dir = tempfile::tempdir().unwrap();
        let files = [file("a.txt", &"1".repeat(3 * PIECE)), file("b.txt", "2")];
        put(&[file("a.txt", "old")], Layout::Folder, dir.path(), false).unwrap();
        for last in 0..=4 {
            let seen = std::sync::atomic::AtomicU64::new(0);
            let told = |work: ExchangeWork| {
                assert!(work.done <= work.of && work.of == 3 * PIECE as u64 + 1);
                seen.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < last
            };
            let stopped = put_watched(
                &files,
                Layout::Folder,
                dir.path(),
                true,
                ExchangeWatch::by(&told),
            );
            assert!(matches!(stopped, Err(ExchangeError::Stopped)), "{last}");
            let names: Vec<_> = std::fs::read_dir(dir.path()).unwrap().collect();
            assert_eq!(names.len(), 1, "{last}");
            assert_eq!(std::fs::read(dir.path().join("a.txt")).unwrap(), b"old");
        }
        put_watched(
            &files,
            Layout::Folder,
            dir.path(),
            true,
            ExchangeWatch::by(&|_| true),
        )
        .unwrap();
    }
}
