//! Sessions on disk: nothing that was shown as saved is ever lost.
//!
//! [`Library`] is a folder of sessions: it makes, opens, finds and lists them. [`Opened`] is one session as it was left,
//! with everything that the workbench needs; its [`Writer`] is the only thing that writes, owns the lock, and is meant to
//! live on a thread of its own:
//!
//! ```text
//! Paths::find(--sessions, --config) → Library::new(&paths)
//! library.list() / latest() / find_by_hash(sha) / find_by_origin(origin) / free_name(wish)
//! library.create(&Newborn { … }) → Opened          the folder appears with its first step
//! library.open(name, Mode::Write, "Ana", now) → Unheard: what was found has to be told before there is a session
//! unheard.hear(|report, damage| …) → Opened { session, history, text, proposals, place, draft, writer, read_only, … }
//! library.open_quickly(…)                              the same without the history: opened.earlier.load() reads it,
//!                                                      history = history.follow(earlier) puts it in front
//! opened.texts.load(&version) → ArticleText            verified against its hash
//! writer.append(&step)                                 one line, one sync, seen to be in the folder; on an error hand
//!                                                      the same step in again
//! writer.look() / kept()                               whether all is still there; a way to the lines if not
//! writer.checkpoint(&session, seq)                     when quiet, on leaving, on request
//! writer.plan_checkpoint(seq) → plan                   the same in parts: plan.write(&session, …) takes long and is done
//! writer.put_checkpoint(ready)                         on another thread, while steps go on being appended
//! writer.add_version / add_proposals                   before the step that refers to them
//! writer.intake().take_in(path, &mut Here::open(path)?, &wanted)   the same for evidence, on another thread
//! writer.save_place / save_draft / clear_draft
//! save_elsewhere(dir, &Everything { … }, told) → folder   when the session's own folder cannot be written
//! check_integrity(folder) → findings                   for `claimdesk check`
//! ```
//!
//! The files and their exact shapes: `journal` for the lines, `disk::v1` for the rest; [`schema`] describes them all.
//! A folder with a `.sample` file in it is a sample: opened for writing, it is copied to the user's own sessions first,
//! and that copy is opened from then on.

mod care;
mod chain;
#[cfg(test)]
mod contract;
mod damage;
mod disk;
mod error;
pub mod evidence;
mod folder;
mod memory;
mod name;
mod opened;
pub mod paths;
mod pen;
pub mod regular;
pub mod schema;
mod shelf;
mod summary;

use std::sync::Arc;

pub use crate::core::hash::sha256;
pub use care::{Care, Finding, Repaired, Repairer};
pub use damage::{Damage, Fault};
pub use disk::RELEASED;
pub use error::{JournalChange, Spot, StoreError};
#[cfg(test)]
pub(crate) use folder::Disk;
pub use folder::{
    Everything, FolderBlobs, InFolder, Library, SAMPLE_MARK, Told, Writer, check_integrity,
    file_path, save_elsewhere,
};
pub use memory::Memory;
pub use name::Name;
pub use opened::{Earlier, Hold, Holder, Mode, Opened, ReadOnly, Unheard};
pub use paths::Paths;
pub use pen::{Accepted, Blobs, CheckpointPlan, Kept, Pen, ReadyCheckpoint, Remote, fits};
pub use shelf::{Asking, Find, Shelf};
pub use summary::Summary;

/// The shelf that `paths` name: the only place that decides which kind of store it is.
///
/// # Errors
/// When that is one that this program cannot speak to.
pub fn shelf(paths: &Paths) -> Result<Arc<dyn Shelf>, StoreError> {
    const SHARED: [&str; 2] = ["postgres://", "postgresql://"];
    let named = paths.sessions.to_string_lossy();
    if SHARED.iter().any(|scheme| named.starts_with(scheme)) {
        let at = Spot::from(&paths.sessions);
        return Err(StoreError::NotBuiltIn { at });
    }
    Ok(Arc::new(Library::new(paths)))
}
