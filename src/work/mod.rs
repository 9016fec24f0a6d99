//! The use cases: what a command and the workbench both do with an article, a session or a file, each once.
//!
//! Nothing here knows of a terminal, of the command line or of the state machine. Whoever calls says where words go, how
//! far work is shown, and what is done with the result.

pub mod apart;
pub mod article;
pub mod error;
pub mod export;
pub mod import;
pub mod make;
pub mod open;
mod outside_program;
mod pdftotext;
mod program;
pub mod proposer;
mod tell;

use crate::core::model::Time;

pub use program::program;
pub use tell::tell;

/// The program's name and version, as exports and files name it.
pub const GENERATOR: &str = concat!("claimdesk ", env!("CARGO_PKG_VERSION"));

/// The present time in whole milliseconds, as files hold it; `fixed` stands in for the clock.
pub fn now(fixed: Option<Time>) -> Time {
    fixed.unwrap_or_else(|| {
        let now = Time::now();
        Time::from_millisecond(now.as_millisecond()).unwrap_or(now)
    })
}
