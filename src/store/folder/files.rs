//! Writing to files so that either the old or the new stands there, whatever happens between; and the one seam where
//! tests let a disk fail.

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::store::StoreError;
use crate::store::evidence::Original;

/// The calls by which sessions reach a disk. Tests put one in their place that is full, read-only or torn.
pub(crate) trait Disk: Debug + Send + Sync {
    /// Opens a file.
    fn open(&self, path: &Path, how: &OpenOptions) -> io::Result<File> {
        how.open(path)
    }
    /// Writes all of `bytes` at the file's position, in one call where the system takes them at once.
    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }
    /// Waits until the file's bytes are on the medium.
    fn sync_data(&self, file: &File) -> io::Result<()> {
        file.sync_data()
    }
    /// Takes the lock on the file, if nobody has it.
    fn lock(&self, file: &File) -> Result<(), TryLockError> {
        file.try_lock()
    }
    /// Cuts the file.
    fn truncate(&self, file: &File, len: u64) -> io::Result<()> {
        file.set_len(len)
    }
}

/// The disk as it is.
#[derive(Debug)]
pub(crate) struct RealDisk;

impl Disk for RealDisk {}

/// A disk shared by all that write to one session.
pub(crate) type SharedDisk = Arc<dyn Disk>;

/// The disk as it is.
pub(crate) fn real_disk() -> SharedDisk {
    Arc::new(RealDisk)
}

/// Puts `bytes` in the file at `path`, as [`replace`] does.
///
/// # Errors
/// What the disk says; the old file is then as it was.
pub(crate) fn write_atomic(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    replace(disk, path, |out| out.write_all(bytes))
}

/// Replaces the file at `path` by what `content` writes, as [`Replacement`] does.
///
/// # Errors
/// What the disk says; the old file is then as it was.
pub(crate) fn replace(
    disk: &dyn Disk,
    path: &Path,
    content: impl FnOnce(&mut BufWriter<OnDisk<'_>>) -> io::Result<()>,
) -> Result<(), StoreError> {
    Replacement::write(disk, path, content)?.put()
}

/// What is to stand in the place of a file: a temporary file in the same folder, written and synced. Renaming it and
/// syncing the folder is all that is left; where it is dropped before, nothing is left of it.
#[derive(Debug)]
pub(crate) struct Replacement {
    temp: tempfile::NamedTempFile,
    target: PathBuf,
}

impl Replacement {
    /// Writes what `content` gives, to take the place of the file at `path`.
    ///
    /// A file that stands there keeps its mode, and a symbolic link keeps pointing to the file that is replaced.
    ///
    /// # Errors
    /// What the disk says; nothing is left behind then.
    pub(crate) fn write(
        disk: &dyn Disk,
        path: &Path,
        content: impl FnOnce(&mut BufWriter<OnDisk<'_>>) -> io::Result<()>,
    ) -> Result<Self, StoreError> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let failed = |e: io::Error| StoreError::write(&target, e);
        let mode = fs::metadata(&target).ok().map(|m| m.permissions());
        let temp = tempfile::Builder::new()
            .prefix(".claimdesk-")
            .make_in(parent(&target), |p| disk.open(p, &new_file()))
            .map_err(failed)?;
        let file = temp.as_file();
        // Pieces of this size are copied while they are in the processor's cache, and a full disk is met early.
        let mut out = BufWriter::with_capacity(256 * 1024, OnDisk { disk, file });
        content(&mut out)
            .and_then(|()| out.flush())
            .map_err(failed)?;
        drop(out);
        if let Some(mode) = mode {
            file.set_permissions(mode).map_err(failed)?;
        }
        disk.sync_data(file).map_err(failed)?;
        Ok(Self { temp, target })
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// What the disk says; the old file is then as it was.
    pub(crate) fn put(self) -> Result<(), StoreError> {
        let Self { temp, target } = self;
        temp.persist(&target)
            .map_err(|e| StoreError::write(&target, e.error))?;
        sync_folder(&parent(&target));
        Ok(())
    }
}

/// A file that is written through a [`Disk`].
#[derive(Debug)]
pub(crate) struct OnDisk<'a> {
    disk: &'a dyn Disk,
    file: &'a File,
}

impl Write for OnDisk<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.write(self.file, bytes).map(|()| bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn new_file() -> OpenOptions {
    let mut how = private();
    how.read(true).write(true).create_new(true);
    how
}

/// How a file of a session is opened: where that makes it, only its owner may read it, whatever the user's mask says.
pub(crate) fn private() -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut how = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    how
}

/// Makes the folder at `path` and those that it stands in, as far as they are missing; only their owner may enter them.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    let mut how = fs::DirBuilder::new();
    how.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut how, 0o700);
    how.create(path)
}

/// Makes the folder at `path` in the one that has to be there already: a session that was moved away is not made again.
pub(crate) fn make_inner_folder(path: &Path) -> io::Result<()> {
    match path.parent().is_none_or(Path::is_dir) {
        true => make_folder(path),
        false => Err(io::ErrorKind::NotFound.into()),
    }
}

/// Copies `from` to `to`, which must not be there: its owner may do with the copy what they may do with the file, and nobody
/// else may do anything.
///
/// # Errors
/// What the system says of either.
pub(crate) fn copy_private(disk: &dyn Disk, from: &mut dyn Original, to: &Path) -> io::Result<()> {
    let target = disk.open(to, &new_file())?;
    // Whoever gives the copying up does so between two pieces.
    let mut buffer = vec![0; 8 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => disk.write(&target, buffer.get(..n).unwrap_or_default())?,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        target.set_permissions(fs::Permissions::from_mode(from.about().rights))?;
    }
    disk.sync_data(&target)
}

/// What tells a file from every other that is there at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileId(u64, u64);

impl FileId {
    /// That of the file that `metadata` describes. Where the system gives none, all files have the same.
    #[cfg_attr(not(unix), allow(unused_variables))]
    pub(crate) fn of(metadata: &fs::Metadata) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            Self(metadata.dev(), metadata.ino())
        }
        #[cfg(not(unix))]
        Self(0, 0)
    }
}

/// When the file that `metadata` describes was last changed in any way, its name and its rights included; none where the
/// system does not tell. A program that gives a file an older time changes it at that moment.
pub(crate) fn last_change(metadata: &fs::Metadata) -> Option<SystemTime> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let seconds = u64::try_from(metadata.ctime()).ok()?;
        let nanos = u32::try_from(metadata.ctime_nsec()).ok()?;
        let changed = SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanos))?;
        Some(metadata.modified().ok()?.max(changed))
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}

/// The folder that holds `path`.
pub(crate) fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(p) if !p.as_os_str().is_empty() => p.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Makes a rename or a new file in `folder` durable, where the system can; it is no error where it cannot.
pub(crate) fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(f) = File::open(folder)
    {
        let _ = f.sync_all();
    }
}

/// A new folder in `dir` that is removed again unless it is renamed and kept; only its owner may enter it.
///
/// # Errors
/// What the disk says.
pub(crate) fn new_folder(dir: &Path) -> Result<tempfile::TempDir, StoreError> {
    let failed = |e| StoreError::write(dir, e);
    make_folder(dir).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".new-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(dir).map_err(failed)
}

/// Reads a file that may be missing.
///
/// # Errors
/// When it is there and cannot be read.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(StoreError::read(path, e)),
    }
}

/// Writes a file that never changes once it is there.
///
/// # Errors
/// What the disk says.
pub(crate) fn write_once(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    if path.exists() {
        return Ok(());
    }
    let folder = parent(path);
    make_folder(&folder).map_err(|e| StoreError::write(&folder, e))?;
    write_atomic(disk, path, bytes)
}

/// The first of `path-1`, `path-2`, … that does not exist.
pub(crate) fn numbered(path: &Path) -> PathBuf {
    let mut n = 1u32;
    loop {
        let mut name = path.as_os_str().to_owned();
        name.push(format!("-{n}"));
        let free = PathBuf::from(name);
        if !free.exists() {
            return free;
        }
        n += 1;
    }
}
