//! Watching work that may take long: how far it is, and whether it is still wanted.

use std::fmt;

use super::error::ExchangeError;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A file is read, in bytes.
    Reading,
    /// What was read is taken apart; nobody knows how long that takes.
    Understanding,
    /// What was read is brought into the session.
    Merging,
    /// Claims are written in the format.
    Claims,
    /// The files are put in place, in bytes.
    Putting,
}

/// Takes how much of a stage is done of how much (0 where nobody knows), and says whether the work is still wanted.
pub type Told<'a> = dyn Fn(Stage, u64, u64) -> bool + Sync + 'a;

/// Whoever watches, or nobody.
#[derive(Clone, Copy, Default)]
pub struct ExchangeWatch<'a>(Option<&'a Told<'a>>);

impl fmt::Debug for ExchangeWatch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

impl<'a> ExchangeWatch<'a> {
    /// Tells `told`.
    pub fn by(told: &'a Told<'a>) -> Self {
        Self(Some(told))
    }

    /// Tells how far the work is; whether it is still wanted.
    pub fn at(self, stage: Stage, done: u64, of: u64) -> bool {
        self.0.is_none_or(|told| told(stage, done, of))
    }

    /// Tells how far the work is.
    ///
    /// # Errors
    ///
    /// [`ExchangeError::Stopped`] where it is no longer wanted.
    pub fn check(self, stage: Stage, done: u64, of: u64) -> Result<(), ExchangeError> {
        match self.at(stage, done, of) {
            true => Ok(()),
            false => Err(ExchangeError::Stopped),
        }
    }
}
