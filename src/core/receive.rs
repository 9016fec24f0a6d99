//! Taking in what somebody else did to the same session meanwhile: their edits were made for the state as they knew it.
//!
//! What fits is done. What says the same already is done. Members of sets and paragraphs of notes are brought together.
//! What is about a merged record goes to the one that it was merged into, and a removed record that is named again comes
//! back. Where two people set one field differently, the value here stays and the edit that could not be made becomes a
//! record of a conflict: nothing of either is lost, and nothing is decided.

use std::collections::{BTreeMap, BTreeSet};

use super::derived;
use super::edit::{Change, Conflict, Edit, Forward};
use super::facts::Edited;
use super::fit::same;
use super::forward::Mergeable;
use super::history::Step;
use super::ids::*;
use super::join::{Field, Join, Joined};
use super::kind::{EachKind, Kind, each_kind};
use super::model::*;
use super::references::missing;
use super::refers::{NamedRecord, Reference, Refers};

/// Rebases the edits of `step` on `session` and applies them there; `past` are the steps that led to it.
///
/// Returns the edits that were made: each of them fits.
pub fn take_in(session: &mut Session, past: &[Step], step: &Step) -> Vec<Edit> {
    let stamp = step.stamp();
    let mut taking = Taking {
        session,
        past,
        step,
        stamp: stamp.clone(),
        turn: 0,
        touched: BTreeSet::new(),
        before: BTreeMap::new(),
        edits: Vec::new(),
    };
    for (turn, edit) in step.edits.iter().enumerate() {
        taking.turn = turn;
        let touched = taking.touch(edit);
        taking.take(edit);
        if !touched {
            // What it is about was gone, and may be back.
            taking.touch(edit);
        }
    }
    taking.keep_homes();
    taking.keep_what_is_named();
    taking.keep_later_stamps();
    let edits = taking.edits;
    session.apply(&[], &stamp);
    edits
}

struct Taking<'a> {
    session: &'a mut Session,
    past: &'a [Step],
    step: &'a Step,
    stamp: Stamp,
    /// Which of the step's edits is taken.
    turn: usize,
    /// The claims that the step is about, whether or not it changes them here.
    touched: BTreeSet<ClaimId>,
    /// Who had changed which claim last, of those that are changed or touched.
    before: BTreeMap<ClaimId, Stamp>,
    edits: Vec<Edit>,
}

impl Taking<'_> {
    fn push(&mut self, edit: Edit) {
        if let Some(before) = self.session.forgets_merging(&edit) {
            self.push(before);
        }
        if let Some(id) = self.session.claim_of(&edit) {
            self.remember(id);
        }
        let misfits = self.session.apply(std::slice::from_ref(&edit), &self.stamp);
        debug_assert_eq!(misfits, [], "only what fits is made");
        self.edits.push(edit);
    }

    /// Notes the claim that an edit of theirs is about; whether it is known.
    fn touch(&mut self, edit: &Edit) -> bool {
        let claim = self.session.claim_of(edit);
        if let Some(id) = claim {
            let id = self.session.meant(id);
            self.touched.insert(id);
            self.remember(id);
        }
        claim.is_some()
    }

    /// Remembers who had changed the claim last.
    fn remember(&mut self, id: ClaimId) {
        if let Some(claim) = self.session.claims.get(&id) {
            let updated = || claim.updated.clone();
            self.before.entry(id).or_insert_with(updated);
        }
    }

    fn take(&mut self, edit: &Edit) {
        match edit {
            // The session is there.
            Edit::Session(_) => {}
            Edit::Checker(c) => {
                if !self.session.checkers.contains(c) {
                    self.push(edit.clone());
                }
            }
            Edit::Article(from, to) => {
                let now = self.session.article.get(to.key());
                if now == *from && from != to {
                    self.push(edit.clone());
                } else if now != *to {
                    self.conflict(edit.clone());
                }
            }
            Edit::Version(id, c) => self.record::<Version>(*id, c),
            Edit::Statement(id, c) => self.record::<Statement>(id.clone(), c),
            // Who changed a claim last follows from the edits.
            Edit::Claim(_, c) if c.field().map(ClaimField::key) == Some(ClaimKey::Updated) => {}
            Edit::Claim(id, c) => self.mergeable::<Claim>(*id, c),
            Edit::Attribution(id, c) => self.record::<Attribution>(*id, c),
            Edit::Source(id, c) => self.mergeable::<Source>(*id, c),
            Edit::Evidence(id, c) => self.mergeable::<Evidence>(*id, c),
            Edit::Held(id, c) => self.record::<Held>(*id, c),
            // They merged a record that stays here: the conflict about its removal says so, or the two are one already.
            Edit::Forward(id, c) if c.makes() == Some(true) && self.session.holds(*id) => {}
            Edit::Forward(id, c) => self.record::<Forward>(*id, c),
            Edit::Conflict(id, c) => self.record::<Conflict>(*id, c),
        }
    }

    /// Takes a change of a record that may have been merged into another: what sets a field of it sets one of that.
    fn mergeable<R: Kind>(&mut self, id: R::Id, change: &Change<R, R::Field>)
    where
        R::Id: Mergeable,
    {
        match change.makes() {
            None => self.record::<R>(self.session.meant(id), change),
            Some(false) if self.is_one_already(id.record()) => {}
            Some(_) => self.record::<R>(id, change),
        }
    }

    /// Whether the step merges the record `id` into one that was merged into `id` here: the two are one already, and it is
    /// this one that stays.
    fn is_one_already(&self, id: RecordId) -> bool {
        let into = self.step.edits.iter().find_map(|edit| match edit {
            Edit::Forward(from, change) if *from == id => change.created().map(|f| f.into),
            _ => None,
        });
        into.is_some_and(|into| into != id && self.session.forwarded(into) == id)
    }

    /// Takes a change of one record.
    fn record<R: Kind>(&mut self, id: R::Id, change: &Change<R, R::Field>) {
        let here = R::all(self.session).get(&id).cloned();
        match (change, here) {
            (Change::Create(made), None) => {
                let made = self.following(&**made);
                self.push(R::edit(id, Change::Create(Box::new(made))));
            }
            (Change::Create(made), Some(here)) => self.meet::<R>(&id, made, &here),
            (Change::Remove(_), None) => {}
            (Change::Remove(left), Some(here)) => match same(&**left, &here) {
                true => self.push(R::edit(id, Change::Remove(Box::new(here)))),
                false => self.conflict(R::edit(id, change.clone())),
            },
            (Change::Set(..) | Change::Add(_) | Change::Drop(_), here) => {
                let here = here.or_else(|| self.brought_back(&id));
                if let (Some(here), Some(field)) = (here, change.field()) {
                    let mut change = change.clone();
                    change.each(&mut |value| self.follow(value));
                    self.bring(&id, here.value(field.name()), &change);
                }
            }
        }
    }

    /// Brings a record that both made together: what was made here and is now `here`, and what somebody else `made`. Where
    /// theirs says what ours did when it was made, what was done to ours since stays.
    fn meet<R: Kind>(&mut self, id: &R::Id, made: &R, here: &R) {
        let Some((step, ours)) = self.last(id, |c: &Change<R, R::Field>| c.created().cloned())
        else {
            return;
        };
        let first = self.is_before(step);
        for key in R::KEYS {
            let (mut was, mut theirs) = (ours.value(*key), made.value(*key));
            self.follow(&mut was);
            self.follow(&mut theirs);
            // Who changed a claim last follows from the edits.
            if was == theirs || R::word(*key) == ClaimKey::Updated.word() {
                continue;
            }
            let now = here.value(*key);
            let both = match theirs.without(&was) {
                _ if was.facts().join == Join::Keep => Some(Joined::One(self.told_first::<R>(
                    id,
                    first,
                    [was, theirs, now.clone()],
                ))),
                Some(members) => now.with(&members).map(Joined::One),
                None => Some(now.clone().join(theirs)),
            };
            match both {
                Some(Joined::One(both)) => {
                    let changes = Change::between(now, both);
                    changes
                        .into_iter()
                        .for_each(|c| self.push(R::edit(id.clone(), c)));
                }
                Some(Joined::Two(now, theirs)) => {
                    self.conflict(R::edit(id.clone(), Change::Set(now, theirs)));
                }
                None => {}
            }
        }
    }

    /// The value of a field of the record `id` that both made, where nobody is asked: that of whoever made it `first`, in
    /// whatever order the two arrive. What has been done to it since by hand stays. Of ours it is what the field was when it
    /// was made, and what it is now.
    fn told_first<R: Kind>(
        &self,
        id: &R::Id,
        first: bool,
        [was, theirs, now]: [R::Field; 3],
    ) -> R::Field {
        let changes = Change::<R, R::Field>::between(was.clone(), theirs.clone());
        match changes.as_slice() {
            [Change::Set(..)] if now == was && first => theirs,
            // Somebody made it before both.
            [Change::Set(..)] if now != was && was.facts().edited == Edited::Never => {
                let set = |c: &Change<R, R::Field>| {
                    c.field().filter(|f| f.name() == now.name()).map(|_| ())
                };
                let before = self
                    .last(id, set)
                    .is_some_and(|(step, ())| self.is_before(step));
                if before { theirs } else { now }
            }
            [Change::Set(..)] => now,
            // Of a set, the members in which the two differ.
            members if first => members.iter().fold(now, |now, c| c.applied(now)),
            _ => now,
        }
    }

    /// Whether the step was made before `other`, which is here.
    fn is_before(&self, other: &Step) -> bool {
        (self.step.at, &self.step.by) < (other.at, &other.by)
    }

    /// The last step here with a change of the record `id` in which `find` finds something, and what that is.
    fn last<R: Kind, T>(
        &self,
        id: &R::Id,
        find: impl Fn(&Change<R, R::Field>) -> Option<T>,
    ) -> Option<(&Step, T)> {
        self.past.iter().rev().find_map(|step| {
            let found = step.edits.iter().rev().find_map(|edit| {
                let (other, change) = R::of(edit)?;
                find(change).filter(|_| other == id)
            });
            Some((step, found?))
        })
    }

    /// Brings a field, which holds `now`, and what somebody else did to it together.
    fn bring<R: Kind>(&mut self, id: &R::Id, now: R::Field, change: &Change<R, R::Field>) {
        let wanted = match change {
            Change::Create(_) | Change::Remove(_) => return,
            // Of a set, the members that came and went.
            Change::Set(from, to) if from.with(from).is_some() => {
                let parts: Vec<Change<R, R::Field>> = Change::between(from.clone(), to.clone());
                parts.iter().fold(now.clone(), |now, c| c.applied(now))
            }
            Change::Add(_) | Change::Drop(_) => change.applied(now.clone()),
            Change::Set(from, to) if now == *from => to.clone(),
            Change::Set(_, to) if now == *to => return,
            Change::Set(_, to) => match (now.facts().join, now.clone().join(to.clone())) {
                (Join::Append | Join::Union, Joined::One(both)) => both,
                _ => return self.conflict(R::edit(id.clone(), change.clone())),
            },
        };
        for change in Change::between(now, wanted) {
            self.push(R::edit(id.clone(), change));
        }
    }

    /// Notes that `theirs` could not be made.
    fn conflict(&mut self, theirs: Edit) {
        self.conflict_of(theirs, self.step.id, self.turn, self.stamp.clone());
    }

    fn conflict_of(&mut self, theirs: Edit, step: StepId, turn: usize, made: Stamp) {
        // The first id may be in use: by another field of the same record, or by what the step noted when it was brought in
        // before, with other edits at its places.
        let mut more = 0;
        let mut id = derived::conflict(step, turn, more);
        while self.session.conflicts.contains_key(&id) {
            more += 1;
            id = derived::conflict(step, turn, more);
        }
        let record = Conflict {
            id,
            theirs: Box::new(theirs),
            step,
            made,
        };
        self.push(Edit::Conflict(id, Change::Create(Box::new(record))));
    }

    /// Lets what names a merged record name the one that it was merged into, and brings back a removed one.
    fn follow<F: Refers>(&mut self, value: &mut F) {
        let session = &*self.session;
        value.each_name(&mut |reference| session.follow(reference));
        let mut missing = Vec::new();
        value.names(&mut |name| missing.extend(Some(name).filter(|n| !session.is_there(n))));
        for name in missing {
            self.bring_back(&name);
        }
    }

    /// The record with everything that it names there, under the name that it has now.
    fn following<R: Kind>(&mut self, record: &R) -> R {
        let mut record = record.clone();
        for key in R::KEYS {
            let mut value = record.value(*key);
            self.follow(&mut value);
            record.put(value);
        }
        record
    }

    /// Brings back the record called `id`, which a step here removed and somebody else changed.
    fn brought_back<R: Kind>(&mut self, id: &R::Id) -> Option<R> {
        let removed = |edit: &Edit| {
            let (other, change) = R::of(edit)?;
            change.removed().filter(|_| other == id).cloned()
        };
        let (step, turn, record) = self.past.iter().rev().find_map(|s| {
            let mut edits = s.edits.iter().enumerate().rev();
            edits.find_map(|(n, e)| Some((s, n, removed(e)?)))
        })?;
        let back = self.following(&record);
        self.push(R::edit(id.clone(), Change::Create(Box::new(back.clone()))));
        // They want it changed, and we want it gone.
        let made = step.stamp();
        let removal = R::edit(id.clone(), Change::Remove(Box::new(record)));
        self.conflict_of(removal, step.id, turn, made);
        Some(back)
    }

    /// Makes the record called `name` again as it was when it was removed last, with what it names.
    fn bring_back(&mut self, name: &NamedRecord) {
        let removed = |s: &Step| {
            let mut edits = s.edits.iter().rev();
            edits
                .find(|e| e.removes() && e.about().as_ref() == Some(name))
                .cloned()
        };
        let steps = [self.step].into_iter().chain(self.past.iter().rev());
        let Some(back) = steps.filter_map(removed).next().and_then(|e| e.inverse()) else {
            return;
        };
        self.take(&back);
    }

    /// Lets each claim stand at its home: one of the two moved it there, and the other one took it away from there.
    fn keep_homes(&mut self) {
        for id in self.touched.clone() {
            if let Some(edit) = self.session.standing_at_home(id) {
                self.push(edit);
            }
        }
    }

    /// Lets what names a record that the step merged name the one that stays, and brings back what it removed and something
    /// still names.
    fn keep_what_is_named(&mut self) {
        if !self.step.edits.iter().any(Edit::removes) {
            return;
        }
        if !self.session.forwards.is_empty() {
            each_kind(&mut Renaming(self));
        }
        // What comes back brings back what it names itself.
        for name in missing(self.session) {
            self.bring_back(&name);
        }
    }

    /// Lets each claim say who changed it last of all, whose step arrived last or not.
    fn keep_later_stamps(&mut self) {
        let later = |a: &Stamp, b: &Stamp| (b.at, &b.by) > (a.at, &a.by);
        for (id, was) in std::mem::take(&mut self.before) {
            let Some(claim) = self.session.claims.get(&id) else {
                continue;
            };
            let theirs = self.touched.contains(&id) && later(&was, &self.stamp);
            let wanted = if theirs { self.stamp.clone() } else { was };
            if claim.updated != wanted {
                let now = ClaimField::Updated(claim.updated.clone());
                let set = Change::Set(now, ClaimField::Updated(wanted));
                self.push(Edit::Claim(id, set));
            }
        }
    }
}

/// Lets the records of each kind name the records that stay instead of those merged into them.
struct Renaming<'t, 'a>(&'t mut Taking<'a>);

impl EachKind for Renaming<'_, '_> {
    fn on<R: Kind>(&mut self) {
        let session = &*self.0.session;
        let mut edits = Vec::new();
        for (id, record) in R::all(session) {
            let mut merged = false;
            record.names(&mut |name| merged |= session.was_merged(&name));
            for key in R::KEYS.iter().filter(|_| merged) {
                let now = record.value(*key);
                let mut then = now.clone();
                then.each_name(&mut |reference| session.follow(reference));
                let changes = Change::between(now, then).into_iter();
                edits.extend(changes.map(|change| R::edit(id.clone(), change)));
            }
        }
        edits.into_iter().for_each(|e| self.0.push(e));
    }
}

impl Session {
    fn follow(&self, reference: Reference<'_>) {
        match reference {
            Reference::Version(_) | Reference::Statement(_) => {}
            Reference::Claim(id) => *id = self.meant(*id),
            Reference::Source(id) => *id = self.meant(*id),
            Reference::Evidence(id) => *id = self.meant(*id),
        }
    }

    /// Whether the record is gone because it was merged into another one.
    fn was_merged(&self, name: &NamedRecord) -> bool {
        match name {
            NamedRecord::Version(_) | NamedRecord::Statement(_) => false,
            NamedRecord::Claim(id) => self.meant(*id) != *id,
            NamedRecord::Source(id) => self.meant(*id) != *id,
            NamedRecord::Evidence(id) => self.meant(*id) != *id,
        }
    }
}

#[cfg(test)]
mod tests;
