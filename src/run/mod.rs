//! The workbench running: the only place that touches the terminal, threads and signals.
//!
//! One thread decides and draws. It sleeps on one channel, takes all that waits, updates the state, and draws once, as a
//! synchronized update. Other threads read keys, write the session, and do what takes long; they answer with messages.

mod copies;
mod effects;
mod elsewhere;
mod events;
mod exporting;
mod guardian;
mod handed;
mod importing;
mod input;
mod jobs;
mod keeper;
mod leaving;
mod main_loop;
mod opening;
mod outside;
mod print;
mod signals;
mod terminal;
#[cfg(test)]
mod testing;
mod unsaved;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

use crate::app::config::Config;
use crate::app::input::key::Key;
use crate::app::screen::areas::Size;
use crate::core::model::Time;
use crate::store::Shelf;
use crate::work::apart;
use crate::work::article::HowToRead;

/// A path as it was typed in a dialog, where no shell has put the user's folder in the place of `~`.
fn at_home(path: &std::path::Path) -> std::path::PathBuf {
    match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(base)) => base.home_dir().join(rest),
        _ => path.to_path_buf(),
    }
}

/// The sentence with its full stop.
fn full_stop(sentence: impl std::fmt::Display) -> String {
    let sentence = sentence.to_string();
    match sentence.ends_with('.') {
        true => sentence,
        false => sentence + ".",
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
    pub reading: HowToRead,
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

/// The time zone of the machine; UTC under a fixed clock, so that a document is the same wherever it is made.
fn zone(fixed: Option<Time>) -> jiff::tz::TimeZone {
    match fixed {
        Some(_) => jiff::tz::TimeZone::UTC,
        None => jiff::tz::TimeZone::system(),
    }
}

/// Does what a child of the program is for, where `arguments` are those of one, and says with which code it ends. They
/// belong to no command line: the program calls itself with them.
pub fn child(arguments: &[OsString]) -> Option<ExitCode> {
    match arguments {
        [_, only] if only == apart::ARGUMENT => Some(apart::serve()),
        [_, only] if only == guardian::ARGUMENT => {
            guardian::guard();
            Some(ExitCode::SUCCESS)
        }
        [_, hand_over, want, path] if hand_over == handed::ARGUMENT => {
            Some(handed::serve(&want.to_string_lossy(), path.as_ref()))
        }
        _ => None,
    }
}

/// Runs the workbench to its end and returns the exit code.
///
/// # Errors
/// One sentence, where it could not begin.
pub fn workbench(launch: Launch) -> anyhow::Result<u8> {
    main_loop::run(launch)
}
