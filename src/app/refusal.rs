//! What comes of asking for something: it is done, or it is refused and the refusal says why.

use super::msg::Effect;
use super::screen::notices::Level;

/// What comes of something that a person asked for: what is to be done outside, or why it was not done.
///
/// Whoever dispatches says the refusal, once; an empty list of effects means that all is done.
pub type Done = Result<Vec<Effect>, Refusal>;

/// All is done, and nothing is left to be done outside.
pub const DONE: Done = Ok(Vec::new());

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// How much it weighs.
    pub level: Level,
    /// One sentence or a few.
    pub why: String,
}

impl Refusal {
    /// Something stands in the way that the person can change.
    pub fn new(why: impl Into<String>) -> Self {
        Self {
            level: Level::Warning,
            why: why.into(),
        }
    }

    /// There is nothing to do it with, which is no fault of anybody's.
    pub fn mild(why: impl Into<String>) -> Self {
        Self {
            level: Level::Info,
            why: why.into(),
        }
    }

    /// Something failed.
    pub fn error(why: impl Into<String>) -> Self {
        Self {
            level: Level::Error,
            why: why.into(),
        }
    }

    /// What it was about is not there any more: `what` names it, as in "The voice".
    pub fn gone(what: &str) -> Self {
        Self::new(format!("{what} is no longer there."))
    }

    /// A line of a list was picked that the list cannot have meant.
    pub fn no_such_line() -> Self {
        Self::new("This line does nothing here.")
    }
}
