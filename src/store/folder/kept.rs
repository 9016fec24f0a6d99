//! What is kept of a session that is open in a folder, and can be read whatever another program does to that.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::PathBuf;
use std::sync::Arc;

use super::blobs::FolderBlobs;
use super::files::SharedDisk;
use super::journal::{self, Content, end_of_content};
use super::layout::JOURNAL_FILE;
use crate::store::Spot;
use crate::store::chain::Tip;
use crate::store::pen::{Blobs, Kept, KeptLines};

/// What is kept of a session in a folder.
#[derive(Debug)]
pub(crate) struct FolderKept {
    pub(crate) folder: PathBuf,
    pub(crate) disk: SharedDisk,
    /// The last step kept, and its line.
    pub(crate) tip: Tip,
    /// The older version that the lines are in.
    pub(crate) older: Option<u32>,
    /// The file that holds the lines, even where its name is gone.
    pub(crate) file: File,
    /// What the lines hold.
    pub(crate) content: Content,
}

impl FolderKept {
    /// The bytes of the lines as they are on the disk, if they are still those that were kept.
    pub(crate) fn read(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut file = &self.file;
        file.rewind().ok()?;
        file.read_to_end(&mut bytes).ok()?;
        bytes.truncate(end_of_content(&bytes, &self.content)?);
        Some(bytes)
    }
}

impl Kept for FolderKept {
    fn spot(&self) -> Spot {
        Spot::from(&self.folder.join(JOURNAL_FILE))
    }

    fn lines(&self) -> Option<KeptLines> {
        let mut bytes = self.read()?;
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        if self.older.is_some() {
            bytes.extend(journal::header());
        }
        Some(KeptLines {
            bytes,
            tip: self.tip,
        })
    }

    fn blobs(&self) -> Arc<dyn Blobs> {
        Arc::new(FolderBlobs::on(self.disk.clone(), &self.folder))
    }
}
