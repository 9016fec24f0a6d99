//! The pen: whoever may write to an open session holds one, and nothing else writes to it.
//!
//! A pen belongs to one thread, the keeper's in the workbench. What takes long is not done by the pen itself but by what it
//! gives out, which any thread may use meanwhile: the way to the blobs, a plan for a checkpoint, a way to what is kept.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::chain::Tip;
use super::evidence::{FileFacts, Original, TakeError};
use super::{Spot, StoreError};
use crate::core::history::Step;
use crate::core::ids::CheckerId;
use crate::core::link::StoreLink;
use crate::core::model::{EvidenceFile, Session, Version};
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;

/// What became of a step that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "only a step that is kept counts as saved"]
pub enum Accepted {
    /// It is kept, for good, and has this number in the order of the session. Of a step that was kept before it is the
    /// number that it has had since.
    At(u64),
    /// It is kept on this machine and still has no number, since the shared store cannot be reached. Once it can, the step
    /// is to be handed in again.
    Here,
    /// It was not kept, since these steps of others came first: they are to be taken in, and what the step is after them
    /// is to be handed in.
    Behind(Vec<Step>),
}

/// What happens to a session that others write to as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remote {
    /// Steps of others, in order and with their numbers. The store has kept them, here too: nobody hands them in.
    Steps(Vec<Step>),
    /// The shared store can be reached again, or no longer.
    Link(StoreLink),
    /// Nobody holds the session any more.
    Free,
}

/// Writes to one session. Dropped, it lets go of it.
///
/// Every method may fail and says why; after an error the same may be tried again.
pub trait Pen: fmt::Debug + Send {
    /// The number of the last step kept; 0 before the first.
    fn seq(&self) -> u64;

    /// Keeps `step`, which was made after step `step.seq - 1`. When it answers [`Accepted::At`], the step survives
    /// anything. A step is known by its id: handing it in again changes nothing.
    ///
    /// # Errors
    /// When it cannot be kept at the moment, or another program has changed what is kept: nothing is written then.
    fn append(&mut self, step: &Step) -> Result<Accepted, StoreError>;

    /// The steps after step `seq`, in order, whoever made them.
    ///
    /// # Errors
    /// When they cannot be read.
    fn since(&mut self, seq: u64) -> Result<Vec<Step>, StoreError>;

    /// Looks whether all that is kept is still there.
    ///
    /// # Errors
    /// When it is not.
    fn look(&mut self) -> Result<(), StoreError>;

    /// What is to be done for a checkpoint of the state after step `seq`, which must be the last step kept. Steps can be
    /// appended while it is written. None where the session is to have none now.
    ///
    /// # Errors
    /// When the step is not the last one, or another program has changed what is kept.
    fn plan_checkpoint(&mut self, seq: u64) -> Result<Option<CheckpointPlan>, StoreError>;

    /// Puts a checkpoint that this pen planned in the place of the one before it.
    ///
    /// # Errors
    /// When that cannot be; the old checkpoint then stays.
    fn put_checkpoint(&mut self, ready: ReadyCheckpoint) -> Result<(), StoreError>;

    /// Writes the checkpoint of `session`, the state after step `seq`, at once: for whoever need not hurry.
    ///
    /// # Errors
    /// As those of the two parts.
    fn checkpoint(&mut self, session: &Session, seq: u64) -> Result<(), StoreError> {
        match self.plan_checkpoint(seq)? {
            Some(plan) => self.put_checkpoint(plan.write(session, &|| true)?),
            None => Ok(()),
        }
    }

    /// Keeps the stored text of an article version, before the step that brings it in. `text_sha256` is its hash.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn add_text(&mut self, text: &ArticleText, text_sha256: &str) -> Result<(), StoreError>;

    /// Keeps what a reader proposed for the text with the hash `text_sha256`, before the step that names the reader.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn add_proposals(&mut self, proposals: &Proposals, text_sha256: &str)
    -> Result<(), StoreError>;

    /// Keeps where `checker` is; where others are stays.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn save_place(&mut self, checker: &CheckerId, place: &Place) -> Result<(), StoreError>;

    /// Keeps what stands in a form that `checker` has open, or forgets it; what others have open stays.
    ///
    /// # Errors
    /// When it cannot be kept, or forgotten.
    fn save_draft(&mut self, checker: &CheckerId, draft: Option<&Draft>) -> Result<(), StoreError>;

    /// The way to the session's blobs, for other threads.
    fn blobs(&self) -> Arc<dyn Blobs>;

    /// The way to what is kept so far, for a copy of it elsewhere; none where there is none.
    fn kept(&self) -> Option<Arc<dyn Kept>>;
}

/// A session's blobs, each under its hash: stored texts, what readers proposed for them, evidence copies. They never change,
/// and any thread may read them or take evidence in.
pub trait Blobs: fmt::Debug + Send + Sync {
    /// The stored text of `version`, verified against its hash.
    ///
    /// # Errors
    /// When it is missing, cannot be read or is another text.
    fn text(&self, version: &Version) -> Result<ArticleText, StoreError>;

    /// What the reader of `version` proposed for it; none where that is not kept.
    ///
    /// # Errors
    /// When it is there and cannot be read, or is about another text.
    fn proposals(&self, version: &Version) -> Result<Option<Proposals>, StoreError>;

    /// Opens an evidence copy.
    ///
    /// # Errors
    /// When it is missing, or cannot be opened.
    fn file(&self, file: &EvidenceFile) -> Result<Box<dyn Original>, TakeError>;

    /// How large a file may be that is taken in; none where nobody knows.
    fn room(&self) -> Option<u64>;

    /// Copies `original`, which is called `path`, a piece at a time; it is there under its hash when it is whole. `wanted`
    /// hears how many bytes are copied and says whether the rest is still wanted.
    ///
    /// # Errors
    /// When it cannot be read, changes meanwhile or is no longer wanted, or when the copy cannot be kept. Nothing is left
    /// of it then.
    fn take_in(
        &self,
        path: &Path,
        original: &mut dyn Original,
        wanted: &dyn Fn(u64) -> bool,
    ) -> Result<EvidenceFile, TakeError>;
}

/// Refuses a file for which there is no room; where nobody knows how much there is, it is tried.
///
/// # Errors
/// [`TakeError::NoRoom`].
pub fn fits(room: Option<u64>, path: &Path, about: &FileFacts) -> Result<(), TakeError> {
    match room {
        Some(room) if about.bytes > room => Err(TakeError::NoRoom {
            path: path.to_owned(),
            bytes: about.bytes,
            room,
        }),
        _ => Ok(()),
    }
}

/// What is kept of a session that is open, to be copied elsewhere: any thread may read it, whatever becomes of the session.
pub trait Kept: fmt::Debug + Send + Sync {
    /// Where it is.
    fn spot(&self) -> Spot;
    /// The lines that are kept and still are those that were; none where they cannot be read.
    fn lines(&self) -> Option<KeptLines>;
    /// The way to the blobs.
    fn blobs(&self) -> Arc<dyn Blobs>;
}

/// Lines of a journal, as they go on in a copy.
#[derive(Clone, Debug)]
pub struct KeptLines {
    /// Their bytes, whole and in the version that is written now or with a header of that version to come.
    pub(crate) bytes: Vec<u8>,
    /// Where they end.
    pub(crate) tip: Tip,
}

impl KeptLines {
    /// The number of the last step in them; 0 where there is none.
    pub fn seq(&self) -> u64 {
        self.tip.seq
    }
}

/// Writes a state, and asks again and again whether it is still wanted.
type Write = dyn FnOnce(&Session, &dyn Fn() -> bool) -> Result<ReadyCheckpoint, StoreError> + Send;

/// A checkpoint that is to be written: the long part, for a thread that has the time.
pub struct CheckpointPlan(Box<Write>);

impl CheckpointPlan {
    /// The plan that `write` carries out.
    pub(crate) fn new(
        write: impl FnOnce(&Session, &dyn Fn() -> bool) -> Result<ReadyCheckpoint, StoreError>
        + Send
        + 'static,
    ) -> Self {
        Self(Box::new(write))
    }

    /// Writes the checkpoint of `session`, which is the state after the step of the plan, beside the one that is there.
    /// `wanted` says again and again whether it still is.
    ///
    /// # Errors
    /// When it cannot be written, or is no longer wanted; nothing is left of it then.
    pub fn write(
        self,
        session: &Session,
        wanted: &dyn Fn() -> bool,
    ) -> Result<ReadyCheckpoint, StoreError> {
        (self.0)(session, wanted)
    }
}

impl fmt::Debug for CheckpointPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckpointPlan").finish_non_exhaustive()
    }
}

/// A checkpoint that is written and not yet in its place. Dropped, it leaves nothing.
pub struct ReadyCheckpoint(Box<dyn FnOnce() -> Result<(), StoreError> + Send>);

impl ReadyCheckpoint {
    /// The checkpoint that `put` puts in its place.
    pub(crate) fn new(put: impl FnOnce() -> Result<(), StoreError> + Send + 'static) -> Self {
        Self(Box::new(put))
    }

    /// Puts it in its place: only the pen that planned it does.
    pub(crate) fn put(self) -> Result<(), StoreError> {
        (self.0)()
    }
}

impl fmt::Debug for ReadyCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadyCheckpoint").finish_non_exhaustive()
    }
}
