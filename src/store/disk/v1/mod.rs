//! Version 1 of every file of a session.

pub(crate) mod article;
pub(crate) mod aside;
pub(crate) mod claims;
pub(crate) mod edits;
pub(crate) mod form;
pub(crate) mod proposals;
pub(crate) mod records;
pub(crate) mod session;
pub(crate) mod spans;
pub(crate) mod steps;
pub(crate) mod values;
pub(crate) mod words;
