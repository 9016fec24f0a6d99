//! Writing a checkpoint in two parts, so that nobody waits for the long one: a plan is carried out by any thread, from a
//! state that no longer changes, and only the writer puts what comes of it in the place of the old one.

use std::io::{self, Write};
use std::path::Path;

use super::files::{Replacement, SharedDisk};
use super::layout::CHECKPOINT;
use crate::core::model::Session;
use crate::store::StoreError;
use crate::store::chain::Tip;
use crate::store::disk::v1;
use crate::store::pen::{CheckpointPlan, ReadyCheckpoint};

/// The plan of a checkpoint in `folder`, of the state after the step that is the last one at `tip`; `bytes` is the length of
/// the journal up to its line.
pub(crate) fn plan(disk: &SharedDisk, folder: &Path, tip: Tip, bytes: u64) -> CheckpointPlan {
    let (disk, path) = (disk.clone(), folder.join(CHECKPOINT));
    CheckpointPlan::new(move |session, wanted| {
        let file = Replacement::write(&*disk, &path, |out| {
            let mut out = WhileWanted { out, wanted };
            v1::session::write(&mut out, session, &tip, bytes)
        })?;
        Ok(ReadyCheckpoint::new(move || file.put()))
    })
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
    let plan = plan(disk, folder, *tip, bytes);
    plan.write(session, &|| true)?.put()
}
