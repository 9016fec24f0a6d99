//! The care for sessions that are kept in files: what is asked, and what it says of what it found and did.

use super::StoreError;
use super::name::SessionName;
use crate::core::damage::Damage;
use crate::core::history::Step;
use crate::core::ids::{SessionId, StepId};
use crate::core::model::{Checker, Session, Time};
use crate::core::problems::Severity;

/// What a repair is made with.
#[derive(Clone, Copy, Debug)]
pub struct Repairer<'a> {
    /// Who repairs.
    pub checker: &'a Checker,
    /// Now, in whole milliseconds.
    pub now: Time,
    /// The id of the step.
    pub step: StepId,
    /// The id of the session, should its own be lost.
    pub session: SessionId,
    /// Whether it is only found out what would be done.
    pub dry_run: bool,
}

/// What a repair found and did.
#[derive(Debug, Default)]
pub struct Repaired {
    /// What was damaged; nothing where there was nothing to repair.
    pub damage: Damage,
    /// How many steps of the journal stay as they are.
    pub kept: u64,
    /// The step of `session.json` whose state was taken; none where the journal tells the best one.
    pub from_checkpoint: Option<u64>,
    /// The steps after a gap whose edits are in the step of the repair, by their old numbers.
    pub applied: Vec<u64>,
    /// What became of each line that is not kept, and why, one sentence each.
    pub lines: Vec<String>,
    /// What is missing from now on, one sentence each.
    pub missing: Vec<String>,
    /// The step that was added; none where none was needed.
    pub step: Option<Step>,
    /// The old files, by the names that they have now.
    pub before: Vec<String>,
    /// What cannot be repaired.
    pub left: Damage,
    /// The session after it.
    pub session: Option<Session>,
}

/// Something that is not as it should be in a session's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Where: a file, perhaps with a line, or a record.
    pub place: String,
    /// One sentence: what is wrong.
    pub message: String,
}

/// The care for sessions that are kept in files, which others can damage.
pub trait Care {
    /// Looks at every file of a session and changes none.
    ///
    /// # Errors
    /// Only when there is no session at all; everything else is a finding.
    fn check(&self, name: &SessionName) -> Result<Vec<Finding>, StoreError>;

    /// Makes a writable session of the best state there is of a damaged one.
    ///
    /// # Errors
    /// When it is not there, is held or cannot be written, is a sample, was written to by a newer claimdesk, or when
    /// nothing is left of it.
    fn repair(&self, name: &SessionName, by: &Repairer<'_>) -> Result<Repaired, StoreError>;
}
