//! The workbench as a state machine: [`state::State`], the action table, the keymap and [`dispatch::update`]. It draws
//! nothing and does nothing itself: it asks for work by returning effects.
//!
//! The folders are floors: a file names nothing of a floor above its own.

pub mod config;
pub mod dispatch;
pub mod features;
pub mod input;
pub mod layers;
pub mod msg;
pub mod refusal;
pub mod screen;
#[cfg(test)]
mod scripts;
pub mod state;
