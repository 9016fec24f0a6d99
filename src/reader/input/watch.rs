//! Reading that can be watched and stopped.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::ReadError;
use crate::core::progress::{Progress, ProgressUnit};

/// Who waits for an article: is told how far reading is, and may stop it. Clones are one and the same.
#[derive(Clone, Default)]
pub struct ReadWatch {
    stop: Arc<AtomicBool>,
    tell: Option<Arc<dyn Fn(Progress) + Send + Sync>>,
}

impl fmt::Debug for ReadWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("stop", &self.stop).finish()
    }
}

impl ReadWatch {
    /// Reading ends soon once `stop` is set; `tell` hears of each page, chapter or piece that was read, on whichever
    /// thread reads.
    pub fn new(stop: Arc<AtomicBool>, tell: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self {
            stop,
            tell: Some(Arc::new(tell)),
        }
    }

    /// Asks the reading to end.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether the reading should end.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Says how far reading is.
    pub fn tell(&self, progress: Progress) {
        if let Some(tell) = &self.tell {
            tell(progress);
        }
    }

    /// Says how much is done, and of how much, where that is known.
    pub fn at(&self, unit: ProgressUnit, done: u64, of: Option<u64>) {
        self.tell(Progress { unit, done, of });
    }

    /// Goes on, unless reading is to end.
    ///
    /// # Errors
    /// [`ReadError::Cancelled`] of `name`.
    pub fn check(&self, name: &str) -> Result<(), ReadError> {
        match self.is_stopped() {
            true => Err(ReadError::Cancelled { name: name.into() }),
            false => Ok(()),
        }
    }
}
