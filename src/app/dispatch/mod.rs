//! What comes in goes to what it is for: messages, keys, clicks, and the actions that they mean.

pub mod act;
mod marking;
mod mouse;
pub mod palette;
mod small;
mod start;
pub mod update;
