//! The workbench as a state machine: [`state::State`], the action table, the keymap and [`dispatch::update`]. It draws
//! nothing and does nothing itself: it asks for work by returning effects.

pub mod config;
pub mod dispatch;
pub mod features;
pub mod handover;
pub mod input;
pub mod layers;
pub mod msg;
pub mod refusal;
pub mod screen;
#[cfg(test)]
mod scripts;
pub mod state;
