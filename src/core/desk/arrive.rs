//! Steps of others as they arrive from a shared store, whose order holds for everybody.
//!
//! What the store has not kept yet of one's own comes after them: it is taken back, theirs are made as they are, and one's
//! own is brought in again, as a step of somebody else would be. So every desk comes to the same state.

use std::collections::BTreeSet;

use super::Desk;
use super::last_change::last_changes;
use crate::core::edit::{Edit, inverse};
use crate::core::history::Step;
use crate::core::ids::ConflictId;
use crate::core::receive;

/// What came of steps that arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The steps of others that were new here, in order.
    pub theirs: Vec<Step>,
    /// One's own steps after them, as they are to be kept now: in place of what was to be kept before.
    pub again: Vec<Step>,
    /// What does not go together, noted for somebody to decide.
    pub conflicts: Vec<ConflictId>,
    /// Whether steps between those here and those that arrived are missing: nothing was taken in then.
    pub gap: bool,
}

impl Desk {
    /// Takes in `steps`, which others made and the store has kept under their numbers. One's own steps up to `kept` are known
    /// to be kept.
    ///
    /// Steps that are here already change nothing. The numbers of a store have no gaps: one's own steps with numbers before
    /// the first new one are kept, too.
    pub fn arrive(&mut self, steps: &[Step], kept: u64) -> Arrival {
        let theirs: Vec<Step> = steps
            .iter()
            .filter(|s| s.seq > kept && !self.history.holds(s.id))
            .cloned()
            .collect();
        let Some(first) = theirs.first().map(|s| s.seq) else {
            return Arrival::default();
        };
        if first > self.history.seq() + 1 {
            return Arrival {
                gap: true,
                ..Arrival::default()
            };
        }
        let own = self.lift(first);
        let mut conflicts = Vec::new();
        for step in &theirs {
            let session = self.check.session_mut();
            match session.try_apply(&step.edits, &step.stamp()) {
                Ok(_) => {
                    // Also where it has no edits: it is the last step now.
                    session.apply(&[], &step.stamp());
                    self.history.push(step.clone());
                }
                // It was made where this desk never was; what of it can be made is.
                Err(_) => conflicts.extend(self.take_in(step).1),
            }
        }
        let mut again = Vec::with_capacity(own.len());
        for step in &own {
            let (step, noted) = self.take_in(step);
            conflicts.extend(noted);
            again.push(step);
        }
        self.check.refresh();
        Arrival {
            theirs,
            again,
            conflicts,
            gap: false,
        }
    }

    /// Brings a step in that was made for another state: the step as it is here, and the conflicts that it noted.
    pub(super) fn take_in(&mut self, step: &Step) -> (Step, Vec<ConflictId>) {
        let session = self.check.session_mut();
        let edits = receive::take_in(session, self.history.steps(), step);
        let noted = edits.iter().filter_map(|e| match e {
            Edit::Conflict(id, c) if c.makes() == Some(true) => Some(*id),
            _ => None,
        });
        let noted = noted.collect();
        let step = Step {
            seq: self.history.seq() + 1,
            edits,
            ..step.clone()
        };
        self.history.push(step.clone());
        (step, noted)
    }

    /// Takes back the steps from number `from` on, and returns them. When the session changed last is up to what comes next.
    pub(super) fn lift(&mut self, from: u64) -> Vec<Step> {
        let lifted = self.history.split_off(from);
        for step in lifted.iter().rev() {
            self.take_off(step);
        }
        lifted
    }

    /// Takes the edits of the last step off the session.
    fn take_off(&mut self, step: &Step) {
        let session = self.check.session_mut();
        let mut claims = BTreeSet::new();
        let undo = inverse(&step.edits);
        for edit in &undo {
            claims.extend(session.claim_of(edit));
            session.apply(std::slice::from_ref(edit), &step.stamp());
            claims.extend(session.claim_of(edit));
        }
        for edit in &step.edits {
            if let Edit::Checker(joined) = edit {
                // An edit of a checker has no inverse: what they were called before, an earlier step says.
                let earlier = self.history.steps().iter().rev();
                let before = earlier
                    .flat_map(|s| s.edits.iter().rev())
                    .find_map(|e| match e {
                        Edit::Checker(c) if c.id == joined.id => Some(c),
                        _ => None,
                    });
                match before {
                    Some(before) => session.call(before),
                    None => session.checkers.retain(|c| c.id != joined.id),
                }
            }
        }
        let changed = last_changes(&claims, self.history.steps(), session);
        for (id, stamp) in changed {
            if let Some(claim) = session.claims.get_mut(&id) {
                claim.updated = stamp;
            }
        }
    }
}
