//! The forms of records, one file a record; each is saved as one step.

pub mod article;
pub mod attribution;
pub mod change;
pub mod claim;
pub mod evidence;
pub mod of_row;
pub mod reopen;
mod save;
pub mod source;
pub mod statement;
pub mod valid;
