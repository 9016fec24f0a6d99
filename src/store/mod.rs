//! Where sessions are kept: nothing that was shown as saved is ever lost.
//!
//! Two traits stand between the program and what keeps its sessions. A [`Shelf`] lists, finds, makes, opens and watches them;
//! a [`Pen`] writes to one that is open. [`shelf()`] is the one place that decides which store is meant. There are two:
//! [`Library`], a folder of this machine, and [`Memory`].
//!
//! ```text
//! shelf(&Paths::find(--sessions, --config)) → Arc<dyn Shelf>
//! shelf.list() / latest() / find(Find::Hash(sha)) / has(&name) / free_name(wish)
//! shelf.create(&Newborn { … }) → Opened            it is there with its first step
//! shelf.open(&name, &OpenRequest { … }) → Unheard       what was found has to be told before there is a session
//! unheard.hear(|report, damage| …) → Opened { session, history, text, proposals, place, draft, held, … }
//! opened.held → HeldAs::{Exclusive(pen), Shared(pen), ReadOnly(why)}
//! opened.earlier.load()                            the steps that a quick opening did not read
//! shelf.watch(&name, seq) → Remote::{Steps, Link}  what others do after that step
//! shelf.watch_holder(&name) → Remote::Free         when nobody holds it any more
//! shelf.claims(&name)                              what they say, for a search in all sessions
//! shelf.rename(&name, &to) / discard(&name) → spot where it is kept then
//! pen.append(&step) → Accepted::{At, Here, Behind} on an error hand the same step in again
//! pen.since(seq)                                   the steps after that one
//! pen.look() / kept()                              whether all is still there; a way to the lines if not
//! pen.plan_checkpoint(seq) → plan                  plan.write(&session, …) takes long and is done on another
//! pen.put_checkpoint(ready)                        thread, while steps go on being appended
//! pen.add_text / add_proposals                     before the step that refers to them
//! pen.blobs() → Arc<dyn Blobs>                     texts, proposals and evidence, for other threads
//! pen.save_place / save_draft                      of one checker
//! save_elsewhere(dir, &Everything { … }, told)     when the session's own place cannot be written
//! shelf.care()?.check(&name) / repair(…)           where the sessions are files
//! ```
//!
//! The files of a folder and their exact shapes: `folder::journal` for the lines, `disk::v1` for the rest; [`schema`]
//! describes them all. A folder with a `.sample` file in it is a sample: opened for writing, it is copied to the user's own
//! sessions first, and from then on whoever asks for it by its name, to read or to write, is given that copy.

mod care;
mod chain;
#[cfg(test)]
mod contract;
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

use std::sync::Arc;

pub use crate::core::damage::{Damage, Fault};
pub use crate::core::hash::sha256;
pub use crate::core::summary::{Holder, Summary};
pub use care::{Care, Finding, Repaired, Repairer};
pub use disk::RELEASED;
pub use error::{JournalChange, Spot, StoreError};
#[cfg(test)]
pub(crate) use folder::Disk;
pub use folder::{
    Everything, FolderBlobs, InFolder, Library, SAMPLE_MARK, Told, Writer, check_integrity,
    file_path, save_elsewhere,
};
pub use memory::Memory;
pub use name::SessionName;
pub use opened::{Earlier, HeldAs, Mode, Opened, ReadOnly, Unheard};
pub use paths::Paths;
pub use pen::{Accepted, Blobs, CheckpointPlan, Kept, Pen, ReadyCheckpoint, Remote, fits};
pub use shelf::{Find, OpenRequest, Shelf};

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
