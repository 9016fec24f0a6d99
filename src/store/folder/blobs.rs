//! The blobs of a session in a folder: texts, proposals and evidence copies, each under its hash.

use std::io;
use std::path::{Path, PathBuf};

use super::files::{SharedDisk, make_inner_folder, private, real_disk, sync_folder};
use super::layout::{FILES, TextFiles, file_name, file_path, load_proposals};
use crate::core::model::{EvidenceFile, Version};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::StoreError;
use crate::store::evidence::{Here, Original, TakeError, read_through};
use crate::store::pen::{Blobs, fits};

/// How much of a disk a copy leaves free, so that steps go on being saved.
const RESERVE: u64 = 32 << 20;
/// How much is written between two syncs. What waits in the system's cache for the disk, a step waits behind.
const SYNCED: u64 = 8 << 20;

/// The blobs of a session in a folder.
#[derive(Clone, Debug)]
pub struct FolderBlobs {
    folder: PathBuf,
    disk: SharedDisk,
}

impl FolderBlobs {
    /// Those of the session in `folder`.
    pub fn of(folder: &Path) -> Self {
        Self::on(real_disk(), folder)
    }

    pub(crate) fn on(disk: SharedDisk, folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self { folder, disk }
    }
}

/// How large a file may be that the disk of `folder` takes; none where nobody knows.
pub(crate) fn room(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let disk = rustix::fs::statvfs(folder).ok()?;
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        Some(free.saturating_sub(RESERVE))
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}

impl Blobs for FolderBlobs {
    fn text(&self, version: &Version) -> Result<ArticleText, StoreError> {
        TextFiles::of(&self.folder).load(version)
    }

    fn proposals(&self, version: &Version) -> Result<Option<Proposals>, StoreError> {
        load_proposals(&self.folder, version)
    }

    fn file(&self, file: &EvidenceFile) -> Result<Box<dyn Original>, TakeError> {
        let Some(path) = file_path(&self.folder, file) else {
            return Err(TakeError::Missing(file.name.clone().into()));
        };
        Ok(Box::new(Here::open(&path)?))
    }

    fn room(&self) -> Option<u64> {
        room(&self.folder)
    }

    /// The copy is made beside the others and gets its name, `files/<sha256>.<ext>`, last.
    fn take_in(
        &self,
        path: &Path,
        original: &mut dyn Original,
        wanted: &dyn Fn(u64) -> bool,
    ) -> Result<EvidenceFile, TakeError> {
        let about = original.about();
        fits(self.room(), path, &about)?;
        let files = self.folder.join(FILES);
        let failed = |e: io::Error| StoreError::write(&files, e);
        make_inner_folder(&files).map_err(failed)?;
        let mut how = private();
        how.write(true).create_new(true);
        let temp = tempfile::Builder::new()
            .prefix(".claimdesk-")
            .make_in(&files, |p| self.disk.open(p, &how))
            .map_err(failed)?;
        let (mut bytes, mut synced) = (0u64, 0u64);
        let mut keep = |piece: &[u8]| {
            bytes += piece.len() as u64;
            self.disk.write(temp.as_file(), piece).map_err(failed)?;
            if bytes - synced >= SYNCED {
                self.disk.sync_data(temp.as_file()).map_err(failed)?;
                synced = bytes;
            }
            Ok(())
        };
        let copy = read_through(path, original, wanted, &mut keep)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // Whoever could read the file may read its copy, even where that was not as its owner.
            let rights = std::fs::Permissions::from_mode(about.rights | 0o400);
            temp.as_file().set_permissions(rights).map_err(failed)?;
        }
        self.disk.sync_data(temp.as_file()).map_err(failed)?;
        let kept = files.join(file_name(&copy.sha256, &copy.name));
        let there = std::fs::metadata(&kept).is_ok_and(|m| m.is_file() && m.len() == copy.bytes);
        if !there {
            temp.persist(&kept).map_err(|e| failed(e.error))?;
            sync_folder(&files);
        }
        Ok(copy)
    }
}
