//! What every command needs from its surroundings: where things are, who works, what time it is.

use jiff::{Timestamp, Unit};
use uuid::Uuid;

use super::args::Global;
use crate::core::ids::CheckerId;
use crate::core::model::{Checker, Time};
use crate::store::{Library, Mode, Opened, Paths, StoreError};

/// The surroundings of a command.
#[derive(Debug)]
pub struct Context {
    /// Where things are.
    pub paths: Paths,
    /// The folder of sessions.
    pub library: Library,
    /// Who works.
    pub checker: Checker,
    at: Option<Time>,
}

impl Context {
    /// Finds everything; nothing is made.
    pub fn new(global: &Global) -> anyhow::Result<Self> {
        let paths = Paths::find(global.sessions.as_deref(), global.config.as_deref());
        let name = global.checker.clone().unwrap_or_else(login);
        Ok(Self {
            library: Library::new(&paths),
            paths,
            checker: Checker {
                id: CheckerId::of(&name),
                name,
            },
            at: global.at,
        })
    }

    /// Now, or the moment that the command line fixes, in whole milliseconds.
    pub fn now(&self) -> Time {
        let now = self.at.unwrap_or_else(Timestamp::now);
        // Only a moment at the end of time cannot be rounded.
        now.round(Unit::Millisecond).unwrap_or(now)
    }

    /// A new id.
    pub fn id<I: From<Uuid>>(&self) -> I {
        Uuid::now_v7().into()
    }

    /// Opens a session to look at it.
    pub fn look(&self, name: &str) -> Result<Opened, StoreError> {
        self.library
            .open(name, Mode::Read, &self.checker.name, self.now())
    }
}

/// The user's login, `checker` where none is known.
fn login() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "checker".into())
}

/// A moment as reports show it: to the minute, in UTC.
pub fn minute(at: Time) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}
