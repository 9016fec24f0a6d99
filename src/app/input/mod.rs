//! What is pressed and what it means: keys, the actions, which key does what.

pub mod action;
pub mod action_group;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod mouse;
pub mod remedy;
