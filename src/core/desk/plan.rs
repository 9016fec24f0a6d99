//! Steps that are worked out away from the desk: on a copy of the session, on a thread of its own. The desk makes one of them,
//! or says that the session went on meanwhile.

use super::{Desk, Outcome, Who};
use crate::core::edit::Edit;
use crate::core::handover::snapshot::Snapshot;
use crate::core::model::{Session, Stamp};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::core::tx::{Ids, Tx};

/// A step that was worked out on a snapshot and is still to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepPlan {
    /// The number of the step that it comes after.
    after: u64,
    edits: Vec<Edit>,
}

/// The session has gone on since a step was worked out, which therefore says nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overtaken;

impl StepPlan {
    /// Works out the step of what `work` does on a copy of the session in `on`. Returns what `work` returned, the session
    /// as it would be, and the step.
    pub fn work_out<R>(
        on: &Snapshot,
        stamp: &Stamp,
        ids: &mut dyn Ids,
        work: impl FnOnce(&mut Tx<'_>, &ArticleText, &Proposals) -> R,
    ) -> (R, Session, Self) {
        let mut session = Session::clone(&on.session);
        let mut tx = Tx::new(&mut session, stamp.clone(), ids);
        let done = work(&mut tx, &on.text, &on.proposals);
        let edits = tx.finish();
        let plan = Self {
            after: on.seq,
            edits,
        };
        (done, session, plan)
    }

    /// How many changes it makes.
    pub fn changes(&self) -> usize {
        self.edits.len()
    }
}

impl Desk {
    /// Makes a step that was worked out on this session.
    ///
    /// # Errors
    /// [`Overtaken`] where the session has gone on since; nothing is made then.
    pub fn make(&mut self, who: &mut Who<'_>, plan: StepPlan) -> Result<Outcome, Overtaken> {
        if plan.after != self.history().seq() {
            return Err(Overtaken);
        }
        Ok(self.step(who, |tx, _, _| {
            plan.edits.into_iter().for_each(|e| tx.push(e));
            None
        }))
    }
}
