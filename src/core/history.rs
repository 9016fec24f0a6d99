//! The history of a session: its steps in order, and the undo and redo stacks as a fold over them.
//!
//! Undo and redo are steps themselves and are appended like any other, so the history is the audit trail and survives
//! a restart. Each checker has stacks of their own, and only their own new `do` clears what they could redo.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use super::edit::{Edit, inverse, is_undoable};
use super::ids::{CheckerId, StepId};
use super::model::{Stamp, Time};

/// What a step is: something new, or another step taken back or made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// Something new.
    Do,
    /// Takes the step `of` back.
    Undo,
    /// Makes the step `of` again.
    Redo,
    /// Brings in what another copy of the session holds. It is not undone.
    Join,
    /// Leads to the best state there was of a damaged session, whatever came before it. It is not undone.
    Repair,
}

impl StepKind {
    /// The word on disk.
    pub fn word(self) -> &'static str {
        match self {
            Self::Do => "do",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Join => "join",
            Self::Repair => "repair",
        }
    }
}

/// The group of edits that one action makes; one line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// 1 for the first; without gaps.
    pub seq: u64,
    /// UUIDv7.
    pub id: StepId,
    /// When.
    pub at: Time,
    /// Who.
    pub by: CheckerId,
    /// New, undo, redo, join or repair.
    pub kind: StepKind,
    /// The `do` step that an undo or a redo is about.
    pub of: Option<StepId>,
    /// The edits in the order to apply them; those of an undo are the inverses.
    pub edits: Vec<Edit>,
}

impl Step {
    /// Who made it, and when.
    pub fn stamp(&self) -> Stamp {
        Stamp {
            at: self.at,
            by: self.by.clone(),
        }
    }
}

/// The steps of a session in order with the two stacks.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The number of the step before the first one here; 0 in a whole history.
    before: u64,
    steps: Vec<Step>,
    stacks: BTreeMap<CheckerId, Stacks>,
    /// The ids of the steps, once somebody has asked for one.
    ids: OnceLock<HashSet<StepId>>,
}

/// What one checker can take back and make again: places in the history, the next one last.
#[derive(Clone, Debug, Default)]
struct Stacks {
    undo: Vec<usize>,
    redo: Vec<usize>,
}

impl History {
    /// Folds `steps`, which must be in order.
    pub fn fold(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut h = Self::default();
        steps.into_iter().for_each(|s| h.push(s));
        h
    }

    /// A history that begins behind step `seq`: what is known until the earlier steps have been read.
    pub fn behind(seq: u64) -> Self {
        Self {
            before: seq,
            ..Self::default()
        }
    }

    /// Puts the `earlier` steps, all up to where this history begins, in front of its own.
    pub fn follow(self, mut earlier: Self) -> Self {
        self.steps.into_iter().for_each(|s| earlier.push(s));
        earlier
    }

    /// Takes the steps from number `from` on away, as if they had never been made, and returns them.
    pub fn split_off(&mut self, from: u64) -> Vec<Step> {
        let at = self.steps.partition_point(|s| s.seq < from);
        if at == self.steps.len() {
            return Vec::new();
        }
        let mut steps = std::mem::take(&mut self.steps);
        let later = steps.split_off(at);
        if let Some(ids) = self.ids.get_mut() {
            for step in &later {
                ids.remove(&step.id);
            }
        }
        self.stacks.clear();
        steps.into_iter().for_each(|s| self.push(s));
        later
    }

    /// Whether it begins with the first step.
    pub fn is_whole(&self) -> bool {
        self.before == 0
    }

    /// Adds the next step.
    pub fn push(&mut self, step: Step) {
        let n = self.steps.len();
        match step.kind {
            StepKind::Do => {
                if is_undoable(&step.edits) {
                    // A name is copied once, not with each step.
                    if !self.stacks.contains_key(&step.by) {
                        self.stacks.insert(step.by.clone(), Stacks::default());
                    }
                    if let Some(own) = self.stacks.get_mut(&step.by) {
                        own.undo.push(n);
                        own.redo.clear();
                    }
                }
            }
            StepKind::Undo => {
                if let Some((owner, i)) = self.take(step.of, |s| &mut s.undo) {
                    self.stacks.entry(owner).or_default().redo.push(i);
                }
            }
            StepKind::Redo => {
                if let Some((owner, i)) = self.take(step.of, |s| &mut s.redo) {
                    self.stacks.entry(owner).or_default().undo.push(i);
                }
            }
            // What comes of it is seen by an undo when it looks at its own values.
            StepKind::Join => {}
            StepKind::Repair => {
                // What came before may be about values that the repair has set: taking it back would undo the repair.
                if step.edits.iter().any(|e| e.inverse().is_some()) {
                    self.stacks.clear();
                }
            }
        }
        if let Some(ids) = self.ids.get_mut() {
            ids.insert(step.id);
        }
        self.steps.push(step);
    }

    /// Whether the step called `id` is here.
    pub fn holds(&self, id: StepId) -> bool {
        let all = || self.steps.iter().map(|s| s.id).collect();
        self.ids.get_or_init(all).contains(&id)
    }

    /// Takes the step `of` off a stack of whoever made it; normally it is on top.
    fn take(
        &mut self,
        of: Option<StepId>,
        stack: fn(&mut Stacks) -> &mut Vec<usize>,
    ) -> Option<(CheckerId, usize)> {
        let steps = &self.steps;
        self.stacks.iter_mut().find_map(|(owner, own)| {
            let stack = stack(own);
            let is_of = |i: &usize| steps.get(*i).map(|s| s.id) == of;
            let at = stack.iter().rposition(is_of)?;
            Some((owner.clone(), stack.remove(at)))
        })
    }

    /// Every step, oldest first.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The number of the last step; 0 where there is none.
    pub fn seq(&self) -> u64 {
        self.steps.last().map_or(self.before, |s| s.seq)
    }

    /// The step that undo of `checker` would take back: the last one of theirs that has not been taken back.
    pub fn next_undo(&self, checker: &CheckerId) -> Option<&Step> {
        let last = self.stacks.get(checker)?.undo.last()?;
        self.steps.get(*last)
    }

    /// The step that redo of `checker` would make again.
    pub fn next_redo(&self, checker: &CheckerId) -> Option<&Step> {
        let last = self.stacks.get(checker)?.redo.last()?;
        self.steps.get(*last)
    }

    /// The step meant and the edits of the undo step to append.
    pub fn undo_edits(&self, checker: &CheckerId) -> Option<(StepId, Vec<Edit>)> {
        self.next_undo(checker).map(|s| (s.id, inverse(&s.edits)))
    }

    /// The step meant and the edits of the redo step to append.
    pub fn redo_edits(&self, checker: &CheckerId) -> Option<(StepId, Vec<Edit>)> {
        let of = self.next_redo(checker)?;
        // Checkers and births are not taken back by undo, so they are not made again either.
        Some((
            of.id,
            of.edits
                .iter()
                .filter(|e| e.inverse().is_some())
                .cloned()
                .collect(),
        ))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::model::{ArticleField, Session};
    use crate::core::testing::stamp;
    use uuid::Uuid;

    fn step(seq: u64, kind: StepKind, of: Option<StepId>, edits: Vec<Edit>) -> Step {
        Step {
            seq,
            id: StepId(Uuid::from_u128(u128::from(seq))),
            at: Time::UNIX_EPOCH,
            by: CheckerId::of("a"),
            kind,
            of,
            edits,
        }
    }

    fn title(from: &str, to: &str) -> Vec<Edit> {
        vec![Edit::Article(
            ArticleField::Title(from.into()),
            ArticleField::Title(to.into()),
        )]
    }

    #[test]
    fn undo_and_redo_walk_the_stacks_and_a_new_step_clears_redo() {
        let mut s = Session::new(Uuid::nil().into(), "x", Time::UNIX_EPOCH);
        let mut h = History::default();
        let stamp = stamp();
        let add = |h: &mut History, s: &mut Session, st: Step| {
            assert_eq!(s.apply(&st.edits, &stamp), vec![]);
            h.push(st);
        };
        add(&mut h, &mut s, step(1, StepKind::Do, None, title("", "A")));
        add(&mut h, &mut s, step(2, StepKind::Do, None, title("A", "B")));
        let (of, edits) = h.undo_edits(&CheckerId::of("a")).unwrap();
        add(&mut h, &mut s, step(3, StepKind::Undo, Some(of), edits));
        assert_eq!(s.article.title, "A");
        let (of, edits) = h.undo_edits(&CheckerId::of("a")).unwrap();
        add(&mut h, &mut s, step(4, StepKind::Undo, Some(of), edits));
        assert_eq!(s.article.title, "");
        assert!(h.undo_edits(&CheckerId::of("a")).is_none());
        let (of, edits) = h.redo_edits(&CheckerId::of("a")).unwrap();
        add(&mut h, &mut s, step(5, StepKind::Redo, Some(of), edits));
        assert_eq!(s.article.title, "A");
        add(&mut h, &mut s, step(6, StepKind::Do, None, title("A", "C")));
        assert!(h.redo_edits(&CheckerId::of("a")).is_none());
        assert_eq!(h.seq(), 6);
        let refold = History::fold(h.steps().to_vec());
        assert_eq!(
            refold.next_undo(&CheckerId::of("a")),
            h.next_undo(&CheckerId::of("a"))
        );
    }

    #[test]
    fn a_repair_is_not_undone_nor_anything_before_one_that_changes_something() {
        let mut h = History::fold([step(1, StepKind::Do, None, title("", "A"))]);
        h.push(step(2, StepKind::Repair, None, vec![]));
        assert_eq!(h.next_undo(&CheckerId::of("a")).map(|s| s.seq), Some(1));
        h.push(step(3, StepKind::Repair, None, title("A", "B")));
        assert_eq!(
            (
                h.next_undo(&CheckerId::of("a")),
                h.next_redo(&CheckerId::of("a"))
            ),
            (None, None)
        );
        h.push(step(4, StepKind::Do, None, title("B", "C")));
        assert_eq!(h.next_undo(&CheckerId::of("a")).map(|s| s.seq), Some(4));
    }

    #[test]
    fn earlier_steps_can_come_later() {
        let earlier = History::fold([
            step(1, StepKind::Do, None, title("", "A")),
            step(2, StepKind::Do, None, title("A", "B")),
        ]);
        let mut late = History::behind(2);
        assert_eq!((late.seq(), late.is_whole()), (2, false));
        let of = earlier.steps()[1].id;
        late.push(step(3, StepKind::Undo, Some(of), title("B", "A")));
        let whole = late.follow(earlier);
        assert!(whole.is_whole());
        assert_eq!(whole.seq(), 3);
        assert_eq!(whole.next_undo(&CheckerId::of("a")).map(|s| s.seq), Some(1));
        assert_eq!(whole.next_redo(&CheckerId::of("a")).map(|s| s.seq), Some(2));
    }

    #[test]
    fn a_step_is_known_by_its_id_whenever_it_came() {
        let id = |n: u128| StepId(Uuid::from_u128(n));
        let mut h = History::fold([step(1, StepKind::Do, None, title("", "A"))]);
        let held = |h: &History| [1, 2, 3].map(|n| h.holds(id(n)));
        assert_eq!(held(&h), [true, false, false]);
        h.push(step(2, StepKind::Do, None, title("A", "B")));
        assert_eq!(held(&h), [true, true, false]);
        assert_eq!(h.split_off(2).len(), 1);
        assert_eq!(held(&h), [true, false, false]);
        let mut late = History::behind(1);
        assert!(!late.holds(id(1)));
        late.push(step(3, StepKind::Do, None, title("A", "C")));
        assert_eq!(held(&late.follow(h)), [true, false, true]);
    }

    #[test]
    fn a_value_that_is_not_expected_is_reported_and_set_all_the_same() {
        let mut s = Session::new(Uuid::nil().into(), "x", Time::UNIX_EPOCH);
        let stamp = stamp();
        let misfits = s.apply(&title("other", "new"), &stamp);
        assert_eq!(misfits.len(), 1);
        assert_eq!(s.article.title, "new");
    }

    #[test]
    fn what_can_be_taken_back_is_known_again_once_later_steps_are_gone() {
        let mut h = History::fold((1..4).map(|n| step(n, StepKind::Do, None, title("", "A"))));
        let me = CheckerId::of("a");
        assert_eq!(h.split_off(3).len(), 1);
        for n in [2, 1] {
            let (of, edits) = h.undo_edits(&me).unwrap();
            assert_eq!(of, StepId(Uuid::from_u128(n)));
            h.push(step(h.seq() + 1, StepKind::Undo, Some(of), edits));
        }
        assert_eq!(h.undo_edits(&me), None);
    }

    #[test]
    fn a_checker_who_joined_in_a_step_does_not_join_again_with_its_redo() {
        let me = CheckerId::of("a");
        let joined = Edit::Checker(crate::core::model::Checker {
            id: me.clone(),
            name: "A".into(),
        });
        let edits = [vec![joined], title("", "A")].concat();
        let mut h = History::fold([step(1, StepKind::Do, None, edits)]);
        let (of, edits) = h.undo_edits(&me).unwrap();
        h.push(step(2, StepKind::Undo, Some(of), edits));
        assert_eq!(h.redo_edits(&me), Some((of, title("", "A"))));
    }
}
