//! The names that sources have had: what changes of name and merges have left behind in the history.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::edit::{Change, Edit};
use super::history::{History, Step, StepKind};
use super::ids::{SourceId, StepId};
use super::model::{AttributionField, EvidenceField, SourceField};

/// The names that each source has ever had.
///
/// A record keeps its former names itself (`also_called`); the history knows those from before records did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormerNames(BTreeMap<SourceId, BTreeSet<String>>);

impl FormerNames {
    /// The names in `history`.
    ///
    /// A name that was given and taken back counts: it was the name of this source to somebody. A merge that was taken back
    /// does not: it was a mistake about two sources.
    pub fn of_history(history: &History) -> Self {
        let mut names = Self::default();
        let mut merges: Vec<(SourceId, SourceId)> = Vec::new();
        let undone = undone(history.steps());
        for step in history.steps() {
            for edit in &step.edits {
                let Edit::Source(id, change) = edit else {
                    continue;
                };
                match change {
                    Change::Create(s) => names.add(*id, &s.name),
                    Change::Remove(s) => {
                        names.add(*id, &s.name);
                        s.also_called.iter().for_each(|n| names.add(*id, n));
                    }
                    Change::Set(SourceField::Name(from), SourceField::Name(to)) => {
                        names.add(*id, from);
                        names.add(*id, to);
                    }
                    Change::Set(..) | Change::Add(_) | Change::Drop(_) => {}
                }
            }
            if step.kind == StepKind::Do && !undone.contains(&step.id) {
                merges.extend(merged(step));
            }
        }
        for (from, into) in merges {
            let of_old: Vec<String> = names.of(from).map(String::from).collect();
            of_old.iter().for_each(|n| names.add(into, n));
        }
        names
    }

    /// The names that `source` has had.
    pub fn of(&self, source: SourceId) -> impl Iterator<Item = &str> {
        self.0
            .get(&source)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    fn add(&mut self, id: SourceId, name: &str) {
        if !name.trim().is_empty() {
            self.0.entry(id).or_default().insert(name.into());
        }
    }
}

/// The steps that are taken back at the end.
fn undone(steps: &[Step]) -> HashSet<StepId> {
    let mut undone = HashSet::new();
    for (kind, of) in steps.iter().filter_map(|s| Some((s.kind, s.of?))) {
        match kind {
            StepKind::Undo => {
                undone.insert(of);
            }
            StepKind::Redo => {
                undone.remove(&of);
            }
            StepKind::Do | StepKind::Join | StepKind::Repair => {}
        }
    }
    undone
}

/// The sources that the step has merged: one is removed, and what pointed to it points to another.
fn merged(step: &Step) -> Vec<(SourceId, SourceId)> {
    let removed: HashSet<SourceId> = step
        .edits
        .iter()
        .filter_map(|e| match e {
            Edit::Source(id, Change::Remove(_)) => Some(*id),
            _ => None,
        })
        .collect();
    if removed.is_empty() {
        return Vec::new();
    }
    let moved = step.edits.iter().filter_map(|e| match e {
        Edit::Attribution(id, Change::Drop(about)) => {
            let gone = about_whom(about.field()).find(|id| removed.contains(id))?;
            let new = step.edits.iter().find_map(|e| match e {
                Edit::Attribution(other, Change::Add(about)) if other == id => {
                    about_whom(about.field()).next()
                }
                _ => None,
            });
            Some((gone, new?))
        }
        Edit::Attribution(_, Change::Set(from, to)) => match (from, to) {
            (AttributionField::Source(from), AttributionField::Source(to))
            | (AttributionField::Via(from), AttributionField::Via(to)) => Some(((*from)?, (*to)?)),
            (AttributionField::About(from), AttributionField::About(to)) => {
                let gone = from.iter().find(|id| removed.contains(id))?;
                let new = to.iter().find(|id| !from.contains(id));
                Some((*gone, *new?))
            }
            _ => None,
        },
        Edit::Evidence(_, Change::Set(EvidenceField::Source(from), EvidenceField::Source(to))) => {
            Some(((*from)?, (*to)?))
        }
        _ => None,
    });
    moved.filter(|(from, _)| removed.contains(from)).collect()
}

/// The sources in a field that says whom an accusation names.
fn about_whom(field: &AttributionField) -> impl Iterator<Item = SourceId> {
    let about = match field {
        AttributionField::About(about) => about.iter(),
        _ => [].iter(),
    };
    about.copied()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::edit::inverse;
    use crate::core::ids::{AttributionId, ClaimId, StatementId, VersionId};
    use crate::core::join::Answer;
    use crate::core::labels;
    use crate::core::model::{Attribution, Session, Source, Time};
    use crate::core::ops::{merge_sources, rename_source};
    use crate::core::testing::stamp;
    use crate::core::tx::Tx;
    use uuid::Uuid;

    fn id<I: From<Uuid>>(n: u128) -> I {
        Uuid::from_u128(n).into()
    }

    fn named(n: u128, name: &str) -> Source {
        Source {
            name: name.into(),
            ..Source::unnamed(id(n))
        }
    }

    /// The steps that each of `acts` makes, one after the other; the edits of the last are taken back where `undo`.
    fn history(undo: bool, acts: &[&dyn Fn(&mut Tx<'_>)]) -> History {
        let mut session = Session::new(id(1), "s", Time::UNIX_EPOCH);
        let stamp = stamp();
        let mut steps: Vec<Step> = Vec::new();
        let mut step = |kind, of, edits| {
            let seq = steps.len() as u64 + 1;
            let (at, by) = (stamp.at, stamp.by.clone());
            steps.push(Step {
                seq,
                id: id(900 + u128::from(seq)),
                at,
                by,
                kind,
                of,
                edits,
            });
            steps.last().unwrap().id
        };
        let mut last = None;
        for act in acts {
            let mut ids = || Uuid::from_u128(99);
            let mut tx = Tx::new(&mut session, stamp.clone(), &mut ids);
            act(&mut tx);
            let mut edits = tx.finish();
            // As a program wrote them that did not keep former names.
            let old = |e: &Edit| {
                let called = |f: &SourceField| matches!(f, SourceField::AlsoCalled(_));
                !matches!(e, Edit::Source(_, c) if c.field().is_some_and(called))
            };
            edits.retain(old);
            last = Some((step(StepKind::Do, None, edits.clone()), edits));
        }
        if let Some((of, edits)) = last.filter(|_| undo) {
            step(StepKind::Undo, Some(of), inverse(&edits));
        }
        History::fold(steps)
    }

    fn names(history: &History, n: u128) -> Vec<String> {
        FormerNames::of_history(history)
            .of(id(n))
            .map(String::from)
            .collect()
    }

    #[test]
    fn names_are_known_from_changes_and_merges_of_old() {
        let make = |tx: &mut Tx<'_>| {
            tx.create_source(named(5, "Rina Falk"));
            tx.create_source(named(6, "Falk"));
            let said = Attribution::on(
                id::<AttributionId>(7),
                id::<ClaimId>(8),
                StatementId::of(
                    VersionId::numbered(1),
                    &[crate::core::text::Span::new(0, 4)],
                ),
            );
            tx.create_attribution(Attribution {
                source: Some(id(6)),
                ..said
            });
        };
        let rename = |tx: &mut Tx<'_>| rename_source(tx, id(5), "Nurse A");
        let merge = |tx: &mut Tx<'_>| {
            merge_sources(tx, id(6), id(5), |_| Answer::Both, &labels::DEFAULT).unwrap();
        };
        assert_eq!(
            names(&history(false, &[&make, &rename]), 5),
            ["Nurse A", "Rina Falk"]
        );
        assert_eq!(
            names(&history(true, &[&make, &rename]), 5),
            ["Nurse A", "Rina Falk"]
        );
        assert_eq!(
            names(&history(false, &[&make, &rename, &merge]), 5),
            ["Falk", "Nurse A", "Rina Falk"]
        );
        // A merge that was taken back was a mistake.
        assert_eq!(
            names(&history(true, &[&make, &rename, &merge]), 5),
            ["Nurse A", "Rina Falk"]
        );
    }
}
