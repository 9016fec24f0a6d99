//! Sessions in a folder of this machine: a folder each, with a journal, a checkpoint and what belongs to them.

mod blobs;
mod check;
mod checkpoint;
mod conflict;
mod elsewhere;
mod files;
mod git;
mod journal;
mod journal_file;
mod kept;
mod layout;
mod library;
mod listed;
mod load;
mod lock;
mod moving;
mod open;
mod repair;
mod salvage;
mod sample;
mod strays;
mod summary;
#[cfg(test)]
mod tests;
mod writer;

pub use blobs::FolderBlobs;
pub use check::check_integrity;
pub use elsewhere::{Everything, Told, save_elsewhere};
#[cfg(test)]
pub(crate) use files::Disk;
pub use layout::{SAMPLE_MARK, file_path};
pub use library::Library;
pub use open::InFolder;
pub use writer::Writer;
