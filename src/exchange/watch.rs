//! Watching work that may take long: how far it is, and whether it is still wanted.

use std::fmt;

use super::error::ExchangeError;
use crate::core::handover::{ExchangeWork, Stage};

/// Takes how far the work is, and says whether it is still wanted.
pub type Told<'a> = dyn Fn(ExchangeWork) -> bool + Sync + 'a;

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

    /// Tells how much of a stage is done, and of how much (0 where nobody knows); whether the work is still wanted.
    pub fn at(self, stage: Stage, done: u64, of: u64) -> bool {
        self.0
            .is_none_or(|told| told(ExchangeWork { stage, done, of }))
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
