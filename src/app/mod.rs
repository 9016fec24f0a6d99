//! The workbench as a state machine: [`state::State`], the action table, the keymap and [`update::update`]. It draws
//! nothing and does nothing itself: it asks for work by returning effects.

pub mod act;
pub mod action;
pub mod bench;
pub mod choose;
pub mod clock;
pub mod config;
pub mod confirm;
mod cursor;
mod decide;
pub mod exchange;
mod find;
pub mod form;
mod joining;
pub mod key;
pub mod keymap;
pub mod layout;
mod lists;
pub mod marking;
mod mouse;
pub mod msg;
pub mod notices;
mod opening;
pub mod overlay;
pub mod pick;
pub mod picker;
pub mod prompt;
pub mod reader;
pub mod reading;
pub mod saving;
#[cfg(test)]
mod scripts;
mod small;
mod start;
pub mod state;
mod steps;
mod tags;
pub mod taking;
pub mod textfield;
mod texts;
pub mod update;
pub mod viewport;
mod voices;
mod walk;
