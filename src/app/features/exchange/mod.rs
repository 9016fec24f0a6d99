//! Handing over: what the export dialog and the import dialog ask for, and what comes back. The work is done elsewhere; a
//! dialog shows how far it is, and Esc stops it.

pub mod dialog;
pub mod export;
pub mod import;
mod losses;
