//! The one maker of steps: it owns a session with its history, text and proposals, and nothing else changes them.
//!
//! A step is made by work on the session ([`Desk::step`]), by taking back or making again one of one's own
//! ([`Desk::undo`], [`Desk::redo`]), or by a beginning alone ([`Desk::begin`]). Whatever comes of it is an [`Outcome`], which
//! holds the steps to be kept, in order.

pub mod arrive;
mod last_change;
mod meets;
pub mod plan;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::birth;
use super::check::Check;
use super::diff::diff;
use super::edit::Edit;
use super::history::{History, Step, StepKind};
use super::ids::*;
use super::kind::Kind;
use super::model::*;
use super::proposal::Proposals;
use super::references::break_references;
use super::rows::RowKey;
use super::text::ArticleText;
use super::tx::{Ids, Tx};
use meets::meets;

/// Who makes a step, and when; hands out the ids that it needs.
pub struct Who<'a> {
    /// The checker.
    pub checker: &'a Checker,
    /// Now, in whole milliseconds.
    pub at: Time,
    /// Ids for the step and for new records.
    pub ids: &'a mut dyn Ids,
}

impl Who<'_> {
    /// Who, and when.
    pub fn stamp(&self) -> Stamp {
        Stamp {
            at: self.at,
            by: self.checker.id.clone(),
        }
    }
}

/// What came of making a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The steps to be kept, in order: a beginning, where there was one, and the step itself. None where nothing changed.
    pub steps: Vec<Step>,
    /// The row that the cursor is to be on.
    pub follow: Option<RowKey>,
}

impl Outcome {
    /// Whether the session changed.
    pub fn changed(&self) -> bool {
        !self.steps.is_empty()
    }
}

/// Why one's own last step was not taken back, or not made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is none.
    Nothing,
    /// What it did does not stand any more as it left it: this later step is in the way.
    InTheWay {
        /// The number of the step in the way; none where none is known.
        step: Option<u64>,
        /// Who made it.
        by: Option<CheckerId>,
    },
}

/// Whether a step is taken back or made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Takes back.
    Undo,
    /// Makes again.
    Redo,
}

/// A session that is worked on.
#[derive(Clone, Debug)]
pub struct Desk {
    check: Check,
    history: History,
}

impl Desk {
    /// Puts a session and its history together.
    pub fn new(check: Check, history: History) -> Self {
        Self { check, history }
    }

    /// The session with its text, its proposals and what follows from them.
    pub fn check(&self) -> &Check {
        &self.check
    }

    /// The steps.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Puts the `earlier` steps in front of those known so far.
    pub fn prepend(&mut self, earlier: History) {
        let later = std::mem::take(&mut self.history);
        self.history = later.follow(earlier);
    }

    /// Takes other proposals for the same text, and returns those before. A proposal is no part of the session.
    pub fn propose(&mut self, proposals: Arc<Proposals>) -> Arc<Proposals> {
        self.check.propose(proposals)
    }

    /// Calls the session by the name of the place where it is kept, which is no part of the record.
    pub fn rename(&mut self, name: &str) {
        self.check.session_mut().name = name.into();
    }

    /// Makes a step of what `work` does; `work` may name the row that the cursor is to be on afterwards.
    ///
    /// A session comes into being with its first step, and a checker joins with theirs: both are a step of their own before
    /// it. Where `work` changes nothing there is no step at all.
    pub fn step(
        &mut self,
        who: &mut Who<'_>,
        work: impl FnOnce(&mut Tx<'_>, &ArticleText, &Proposals) -> Option<RowKey>,
    ) -> Outcome {
        let beginning = self.prepare(who);
        let (follow, edits) = self.check.edit(who.stamp(), who.ids, work);
        if edits.is_empty() {
            beginning.take_back(&mut self.check);
            return Outcome::default();
        }
        let mut steps = self.began(who, beginning);
        steps.push(self.keep(who, StepKind::Do, None, edits));
        Outcome { steps, follow }
    }

    /// Brings the session into being without any work, for what is to be kept with it before it is changed.
    pub fn begin(&mut self, who: &mut Who<'_>) -> Outcome {
        let beginning = self.prepare(who);
        Outcome {
            steps: self.began(who, beginning),
            follow: None,
        }
    }

    /// Takes in a step that somebody else made meanwhile, and says what of it does not go together with what was done here.
    /// It counts as theirs: undo leaves it alone, and nothing of one's own is cleared. A step that is there already
    /// changes nothing.
    pub fn receive(&mut self, step: &Step) -> Vec<ConflictId> {
        if self.history.holds(step.id) {
            return Vec::new();
        }
        let (_, noted) = self.take_in(step);
        self.check.refresh();
        noted
    }

    /// The step that [`Desk::undo`] or [`Desk::redo`] of `checker` would be about.
    pub fn next(&self, again: Again, checker: &CheckerId) -> Option<&Step> {
        match again {
            Again::Undo => self.history.next_undo(checker),
            Again::Redo => self.history.next_redo(checker),
        }
    }

    /// Takes one's own last step back that has not been taken back: whole, or not at all.
    ///
    /// # Errors
    /// [`Unfit`] where there is none, where a value that it set has changed since, or where a record of another step points
    /// to what it made. The session is as it was then.
    pub fn undo(&mut self, who: &mut Who<'_>) -> Result<Outcome, Unfit> {
        self.again(Again::Undo, who)
    }

    /// Makes one's own last step again that was taken back and that no new step of one's own came after.
    ///
    /// # Errors
    /// As those of [`Desk::undo`].
    pub fn redo(&mut self, who: &mut Who<'_>) -> Result<Outcome, Unfit> {
        self.again(Again::Redo, who)
    }

    fn again(&mut self, again: Again, who: &mut Who<'_>) -> Result<Outcome, Unfit> {
        let me = &who.checker.id;
        let (kind, found) = match again {
            Again::Undo => (StepKind::Undo, self.history.undo_edits(me)),
            Again::Redo => (StepKind::Redo, self.history.redo_edits(me)),
        };
        let (of, edits) = found.ok_or(Unfit::Nothing)?;
        let before = touched_row(&edits, &self.check);
        let session = self.check.session_mut();
        let fits = session.try_apply(&edits, &who.stamp());
        let fits = fits.and_then(|undo| match break_references(&edits, session) {
            // Which of the edits broke one is not asked: the step in the way is looked for among all.
            true => {
                undo.take_back(session);
                Err(0)
            }
            false => Ok(()),
        });
        if let Err(n) = fits {
            let misfits = edits.get(n..).unwrap_or_default();
            return Err(self.in_the_way(of, misfits));
        }
        self.check.refresh();
        let follow = restored_row(&edits, &self.check).or(before);
        let steps = vec![self.keep(who, kind, Some(of), edits)];
        Ok(Outcome { steps, follow })
    }

    /// The last step after `of` that is about a record that one of `edits` is about.
    fn in_the_way(&self, of: StepId, edits: &[Edit]) -> Unfit {
        let later = self.history.steps().iter().rev();
        let later = later.take_while(|s| s.id != of && s.of != Some(of));
        let mut touching =
            later.filter(|s| s.edits.iter().any(|e| edits.iter().any(|o| meets(e, o))));
        let step = touching.next();
        Unfit::InTheWay {
            step: step.map(|s| s.seq),
            by: step.map(|s| s.by.clone()),
        }
    }

    /// Brings a new session, or a checker who is new to it, into being in memory, before the work of a step.
    fn prepare(&mut self, who: &Who<'_>) -> Beginning {
        let new = self.history.seq() == 0;
        let reader = self.check.proposals().reader.clone();
        let session = self.check.session_mut();
        let joins = session.checkers.iter().all(|c| c.id != who.checker.id);
        if !new && !joins {
            return Beginning::default();
        }
        let before = Before {
            created_at: session.created_at,
            updated_at: session.updated_at,
            versions: session.versions.clone(),
            checkers: session.checkers.len(),
        };
        let edits = match new {
            true => {
                // Whenever the article was opened.
                session.created_at = who.at;
                for v in session.versions.values_mut() {
                    v.added_at = who.at;
                    if !reader.is_empty() {
                        v.reader.clone_from(&reader);
                    }
                }
                birth::edits(session, who.checker)
            }
            false => vec![Edit::Checker(who.checker.clone())],
        };
        session.checkers.push(who.checker.clone());
        session.updated_at = who.at;
        Beginning {
            edits,
            before: Some(before),
        }
    }

    /// Makes a step of what [`Desk::prepare`] did, if that was anything.
    fn began(&mut self, who: &mut Who<'_>, beginning: Beginning) -> Vec<Step> {
        match beginning.edits.is_empty() {
            true => Vec::new(),
            false => vec![self.keep(who, StepKind::Do, None, beginning.edits)],
        }
    }

    /// Adds a step that is applied already to the history.
    fn keep(
        &mut self,
        who: &mut Who<'_>,
        kind: StepKind,
        of: Option<StepId>,
        edits: Vec<Edit>,
    ) -> Step {
        let step = Step {
            seq: self.history.seq() + 1,
            id: StepId(who.ids.next()),
            at: who.at,
            by: who.checker.id.clone(),
            kind,
            of,
            edits,
        };
        self.history.push(step.clone());
        step
    }
}

/// The step of a repair, which leads from `past`, the state that the first `kept` steps tell, to `best`, the best state that
/// is known. Who repairs joins the session where they are new to it, and the step is no older than that state. `past` is
/// the state after it.
pub fn mended(past: &mut Session, mut best: Session, kept: u64, who: &mut Who<'_>) -> Step {
    if best.checkers.iter().all(|c| c.id != who.checker.id) {
        best.checkers.push(who.checker.clone());
    }
    let stamp = Stamp {
        at: who.at.max(best.updated_at),
        by: who.checker.id.clone(),
    };
    let edits = diff(past, &best, &stamp);
    past.apply(&edits, &stamp);
    Step {
        seq: kept + 1,
        id: StepId(who.ids.next()),
        at: stamp.at,
        by: stamp.by,
        kind: StepKind::Repair,
        of: None,
        edits,
    }
}

/// What begins with a step: the session where it is new, the checker where they are.
#[derive(Default)]
struct Beginning {
    edits: Vec<Edit>,
    before: Option<Before>,
}

/// The session's members that a beginning changes, as they were.
struct Before {
    created_at: Time,
    updated_at: Time,
    versions: BTreeMap<VersionId, Version>,
    checkers: usize,
}

impl Beginning {
    /// Forgets it: the work of the step changed nothing.
    fn take_back(self, check: &mut Check) {
        if let Some(before) = self.before {
            let session = check.session_mut();
            session.created_at = before.created_at;
            session.updated_at = before.updated_at;
            session.versions = before.versions;
            session.checkers.truncate(before.checkers);
        }
    }
}

/// The row that edits brought back: of a claim that is there again, of one that is at home where it was, or of a statement
/// that is there again, recorded or only proposed.
fn restored_row(edits: &[Edit], check: &Check) -> Option<RowKey> {
    let claims = &check.session().claims;
    let changed = || edits.iter().filter_map(Claim::of);
    let made = changed().find(|(id, c)| c.makes() == Some(true) && claims.contains_key(id));
    let at_home = || changed().find(|(_, c)| matches!(c.field(), Some(ClaimField::Home(_))));
    if let Some((id, _)) = made.or_else(at_home) {
        return Some(RowKey::Claim(*id));
    }
    let statements = edits.iter().filter_map(Statement::of);
    let mut statements = statements.filter(|(_, c)| c.makes().is_some());
    statements.find_map(|(id, _)| statement_row(id, check))
}

/// The row of a statement as it is now, which may be a proposal only; none where a claim has its words.
fn statement_row(id: &StatementId, check: &Check) -> Option<RowKey> {
    let recorded = RowKey::Statement(id.clone());
    if check.position(&recorded).is_some() {
        return Some(recorded);
    }
    let spans = id.born_in(check.session().version())?;
    let mut proposed = check.proposals().statements.iter();
    let n = proposed.position(|s| *s.spans == *spans)?;
    let row = RowKey::Proposal(u32::try_from(n).ok()?);
    check.position(&row).map(|_| row)
}

/// The row of the claim that edits are about, if it is there now.
fn touched_row(edits: &[Edit], check: &Check) -> Option<RowKey> {
    let session = check.session();
    let mut touched = edits.iter().filter_map(|e| session.claim_of(e));
    let id = touched.find(|id| session.claims.contains_key(id))?;
    Some(RowKey::Claim(id))
}

#[cfg(test)]
mod tests;
