//! Writing a checkpoint in two parts, so that nobody waits for the long one: a plan is carried out by any thread, from a
//! state that no longer changes, and only the writer puts what comes of it in the place of the old one.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::files::{Replacement, SharedDisk};
use super::layout::CHECKPOINT;
use crate::core::model::Session;
use crate::store::StoreError;
use crate::store::chain::Tip;
use crate::store::disk::v1;

/// A checkpoint that is to be written.
#[derive(Debug)]
pub struct CheckpointPlan {
    pub(crate) disk: SharedDisk,
    pub(crate) folder: PathBuf,
    /// The step that it is the state after, and its line.
    pub(crate) tip: Tip,
    /// The length of the journal up to that line, in bytes.
    pub(crate) bytes: u64,
}

/// A checkpoint that is on the medium under another name. Dropped, it leaves nothing.
#[derive(Debug)]
pub struct ReadyCheckpoint {
    pub(crate) file: Replacement,
}

impl CheckpointPlan {
    /// Writes the checkpoint of `session`, which is the state after the step of the plan, beside the one that is there.
    /// `wanted` says again and again whether it still is.
    ///
    /// # Errors
    /// When the disk refuses, or it is no longer wanted; nothing is left of it then.
    pub fn write(
        self,
        session: &Session,
        wanted: &dyn Fn() -> bool,
    ) -> Result<ReadyCheckpoint, StoreError> {
        let path = self.folder.join(CHECKPOINT);
        let file = Replacement::write(&*self.disk, &path, |out| {
            let mut out = WhileWanted { out, wanted };
            v1::session::write(&mut out, session, &self.tip, self.bytes)
        })?;
        Ok(ReadyCheckpoint { file })
    }
}

/// What is written while it is wanted.
struct WhileWanted<'a, W> {
    out: &'a mut W,
    wanted: &'a dyn Fn() -> bool,
}

impl<W: Write> Write for WhileWanted<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match (self.wanted)() {
            true => self.out.write(bytes),
            false => Err(io::Error::other("it is no longer wanted")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes the checkpoint of `session` in a journal that ends at `tip` and is `bytes` long up to there.
pub(crate) fn write_checkpoint(
    disk: &SharedDisk,
    folder: &Path,
    session: &Session,
    tip: &Tip,
    bytes: u64,
) -> Result<(), StoreError> {
    let plan = CheckpointPlan {
        disk: disk.clone(),
        folder: folder.to_owned(),
        tip: *tip,
        bytes,
    };
    plan.write(session, &|| true)?.file.put()
}
