//! Sessions in a folder of this machine: a folder each, with a journal, a checkpoint and what belongs to them.

mod check;
mod checkpoint;
mod conflict;
mod elsewhere;
pub(crate) mod files;
mod git;
mod journal;
mod journal_file;
pub(crate) mod layout;
mod library;
mod load;
mod lock;
pub(crate) mod open;
mod repair;
mod salvage;
mod sample;
mod strays;
mod summary;
#[cfg(test)]
mod tests;
mod writer;

pub use check::{Finding, check_integrity};
pub use checkpoint::{CheckpointPlan, ReadyCheckpoint};
pub use elsewhere::{Everything, Told, save_elsewhere};
#[cfg(test)]
pub(crate) use files::Disk;
pub use journal_file::Kept;
pub use layout::{SAMPLE_MARK, Texts, file_path};
pub use library::Library;
pub use load::Earlier;
pub use lock::Holder;
pub use open::{Mode, Opened, ReadOnly};
pub use repair::{Repaired, Repairer};
pub use summary::Summary;
pub use writer::Writer;
