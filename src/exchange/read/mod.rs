//! Reading: files of other tools, and our own, back to sessions.

pub mod limits;
