//! The session model: the session, and the records that it is made of.

pub use super::edit::{Conflict, ConflictField, ConflictKey, Forward, ForwardField, ForwardKey};
pub use super::records::*;
pub use super::session::Session;
