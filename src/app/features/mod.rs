//! What a person can do, one file a feature.

pub(super) mod appearance;
pub(super) mod arriving;
pub(super) mod decide;
pub mod elsewhere;
pub mod exchange;
pub(super) mod find;
pub mod forms;
pub mod hints;
pub(super) mod holding;
pub(super) mod joining;
pub(super) mod lists;
pub(super) mod loose_ends;
pub(super) mod opening;
pub mod pick;
pub(super) mod proposing;
pub mod reading;
pub mod repeat;
pub mod saving;
pub(super) mod tags;
pub mod taking;
pub(super) mod texts;
pub mod typed;
pub(super) mod voices;
pub(super) mod walk;
pub(super) mod who;
