//! Lists to pick from, one file each: sources, evidence, claims, sessions.

pub mod also_here;
pub mod chapters;
pub mod evidence;
pub mod evidence_list;
mod evidence_merge;
mod evidence_source;
pub mod links;
pub mod sessions;
pub mod source_list;
pub mod sources;
