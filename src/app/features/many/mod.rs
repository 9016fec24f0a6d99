//! Many rows at once: marking them, what is asked before something is done to all of them, and doing it as one step.

pub mod all;
pub mod ask;
pub mod rows;
pub mod work;
