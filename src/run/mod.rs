//! The workbench running: the only place that touches the terminal, threads and signals.
//!
//! One thread decides and draws. It sleeps on one channel, takes all that waits, updates the state, and draws once, as a
//! synchronized update. Other threads read keys, write the session, and do what takes long; they answer with messages.

pub mod apart;
pub mod article;
mod copies;
mod effects;
mod elsewhere;
mod events;
mod exporting;
pub mod guardian;
pub mod handed;
mod importing;
mod input;
mod jobs;
mod keeper;
mod leaving;
mod main_loop;
mod opening;
mod outside;
mod print;
pub mod proposer;
mod signals;
mod tell;
mod terminal;
#[cfg(test)]
mod testing;
mod unsaved;
mod waiting;

use std::sync::Arc;

use crate::app::config::Config;
use crate::app::input::key::Key;
use crate::app::screen::areas::Size;
use crate::core::model::Time;
use crate::store::Shelf;

pub use importing::beside;
pub use opening::{article_of, name_for, origin};
pub use tell::tell;
pub use waiting::waiting;

/// The program's name and version, as exports and files name it.
pub const GENERATOR: &str = concat!("claimdesk ", env!("CARGO_PKG_VERSION"));

/// A path as it was typed in a dialog, where no shell has put the user's folder in the place of `~`.
fn at_home(path: &std::path::Path) -> std::path::PathBuf {
    match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(base)) => base.home_dir().join(rest),
        _ => path.to_path_buf(),
    }
}

/// What the workbench begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begin {
    /// The list of sessions, or the first start where there is none.
    Pick,
    /// This article: a path, a URL or `-`.
    Article(String),
    /// This session, or the latest.
    Resume(Option<String>),
}

/// How the workbench is started.
#[derive(Clone, Debug)]
pub struct Launch {
    /// What it begins with.
    pub begin: Begin,
    /// How articles are read.
    pub reading: article::HowToRead,
    /// Where sessions are kept.
    pub shelf: Arc<dyn Shelf>,
    /// The configuration.
    pub config: Config,
    /// What was wrong with the configuration, one sentence each.
    pub config_problems: Vec<String>,
    /// The checker's name.
    pub me: String,
    /// Whether colours may be used.
    pub color: bool,
    /// A fixed time instead of the clock's.
    pub at: Option<Time>,
    /// Keys to press at the start.
    pub keys: Vec<Key>,
    /// Print one frame of this size instead of taking the terminal.
    pub print: Option<Size>,
}

/// The present time in whole milliseconds, as files hold it.
pub fn now(fixed: Option<Time>) -> Time {
    fixed.unwrap_or_else(|| {
        let now = Time::now();
        Time::from_millisecond(now.as_millisecond()).unwrap_or(now)
    })
}

/// The time zone of the machine; UTC under a fixed clock, so that a document is the same wherever it is made.
fn zone(fixed: Option<Time>) -> jiff::tz::TimeZone {
    match fixed {
        Some(_) => jiff::tz::TimeZone::UTC,
        None => jiff::tz::TimeZone::system(),
    }
}

/// Runs the workbench to its end and returns the exit code.
///
/// # Errors
/// One sentence, where it could not begin.
pub fn workbench(launch: Launch) -> anyhow::Result<u8> {
    main_loop::run(launch)
}
