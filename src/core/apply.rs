//! Applying edits to a session.
//!
//! A step is the group of edits that one action makes; it is applied whole, and undone whole by the inverses in
//! reverse order. Applying never fails: what does not fit the session (a record that is not there, a value that is not
//! the one expected) is reported as a [`Misfit`] and the rest is applied, because a damaged history must still open.
//! A record that is there is never overwritten by the making of another with its id.

use std::collections::btree_map::Entry;

use super::edit::{Change, Edit};
use super::ids::*;
use super::join::Field;
use super::kind::Kind;
use super::model::*;

/// An edit that did not fit the session that it was applied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// One sentence for a report.
    pub what: String,
}

impl Session {
    /// Applies `edits`, stamping the session and every claim that they touch with `stamp`.
    ///
    /// Returns what did not fit; what fits is applied all the same.
    pub fn apply(&mut self, edits: &[Edit], stamp: &Stamp) -> Vec<Misfit> {
        let mut misfits = Vec::new();
        for edit in edits {
            if let Err(m) = self.apply_one(edit, stamp) {
                misfits.push(m);
            }
        }
        self.updated_at = stamp.at;
        misfits
    }

    fn apply_one(&mut self, edit: &Edit, stamp: &Stamp) -> Result<(), Misfit> {
        match edit {
            Edit::Session(b) => {
                self.id = b.id;
                self.name.clone_from(&b.name);
                self.created_at = b.created_at;
                Ok(())
            }
            Edit::Checker(c) => {
                self.call(c);
                Ok(())
            }
            Edit::Article(from, to) => {
                let found = self.article.get(to.key());
                self.article.set(to.clone());
                match found == *from {
                    true => Ok(()),
                    false => Err(Misfit {
                        what: format!(
                            "the {} of the article was not what the step expected.",
                            to.key().word()
                        ),
                    }),
                }
            }
            Edit::Version(id, c) => change(self, id, c),
            Edit::Statement(id, c) => change(self, id, c),
            Edit::Claim(id, c) => self.apply_to_claim(id, c, stamp),
            Edit::Attribution(id, c) => {
                let claim = owner(c, self.attributions.get(id).map(|a| a.claim), |a| a.claim);
                let done = change(self, id, c);
                let claim = claim.filter(|_| done.is_ok() || c.created().is_none());
                claim.into_iter().for_each(|c| self.touch(c, stamp));
                done
            }
            Edit::Source(id, c) => change(self, id, c),
            Edit::Evidence(id, c) => change(self, id, c),
            Edit::Held(id, c) => {
                let claim = owner(c, self.held.get(id).map(|h| h.claim), |h| h.claim);
                let done = change(self, id, c);
                let claim = claim.filter(|_| done.is_ok() || c.created().is_none());
                claim.into_iter().for_each(|c| self.touch(c, stamp));
                done
            }
            Edit::Forward(id, c) => change(self, id, c),
            Edit::Conflict(id, c) => change(self, id, c),
        }
    }

    /// Lets a checker join, or calls one who is here by another name.
    pub(super) fn call(&mut self, checker: &Checker) {
        match self.checkers.iter_mut().find(|c| c.id == checker.id) {
            Some(here) => here.name.clone_from(&checker.name),
            None => self.checkers.push(checker.clone()),
        }
    }

    fn apply_to_claim(
        &mut self,
        id: &ClaimId,
        c: &Change<Claim, ClaimField>,
        stamp: &Stamp,
    ) -> Result<(), Misfit> {
        // Who changed a claim last follows from the steps, but for what an import took in with its history, or a repair.
        // The step itself has touched the claim before, so that no value is expected there.
        if let Change::Set(_, ClaimField::Updated(by)) = c {
            let Some(claim) = self.claims.get_mut(id) else {
                return Err(Misfit {
                    what: format!("claim {id} was changed, but was not there."),
                });
            };
            claim.updated = by.clone();
            return Ok(());
        }
        let done = change(self, id, c);
        if done.is_ok() || c.created().is_none() {
            self.touch(*id, stamp);
        }
        done
    }

    fn touch(&mut self, claim: ClaimId, stamp: &Stamp) {
        if let Some(c) = self.claims.get_mut(&claim) {
            c.updated = stamp.clone();
        }
    }
}

/// The claim that a dependent record belongs to, from the change or from the record as it stands.
fn owner<R, F>(
    change: &Change<R, F>,
    present: Option<ClaimId>,
    of: impl Fn(&R) -> ClaimId,
) -> Option<ClaimId> {
    match change {
        Change::Create(r) | Change::Remove(r) => Some(of(r)),
        Change::Set(..) | Change::Add(_) | Change::Drop(_) => present,
    }
}

fn change<R: Kind>(
    session: &mut Session,
    id: &R::Id,
    change: &Change<R, R::Field>,
) -> Result<(), Misfit> {
    let (map, kind) = (R::all_mut(session), R::NAME);
    let misfit = |what: String| Err(Misfit { what });
    match change {
        Change::Create(r) => match map.entry(id.clone()) {
            Entry::Vacant(free) => {
                free.insert((**r).clone());
                Ok(())
            }
            // What is there has lines of the journal that made it; to overwrite it would lose them.
            Entry::Occupied(_) => {
                misfit(format!("{kind} {id} was made twice; the first one stays."))
            }
        },
        Change::Remove(_) => match map.remove(id) {
            Some(_) => Ok(()),
            None => misfit(format!("{kind} {id} was removed, but was not there.")),
        },
        Change::Set(..) | Change::Add(_) | Change::Drop(_) => {
            let (Some(record), Some(field)) = (map.get_mut(id), change.field()) else {
                return misfit(format!("{kind} {id} was changed, but was not there."));
            };
            let found = record.value(field.name());
            let fits = change.fits(&found);
            record.put(change.applied(found));
            match fits {
                true => Ok(()),
                false => misfit(format!(
                    "the {} of {kind} {id} was not what the step expected.",
                    R::word(field.name())
                )),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::vocabulary::Stance;
    use uuid::Uuid;

    #[test]
    fn a_record_that_is_there_is_not_overwritten_by_the_making_of_another() {
        let at = |ms| Stamp {
            at: Time::from_millisecond(ms).unwrap(),
            by: CheckerId::of("a"),
        };
        let statement = || StatementId::of(VersionId::NONE, &[]);
        let claim = |notes: &str| {
            let claim = Claim::on(ClaimId(Uuid::nil()), statement(), at(1));
            Box::new(Claim {
                notes: notes.into(),
                ..claim
            })
        };
        let voice = |stance| {
            let voice = Attribution::on(AttributionId(Uuid::nil()), claim("").id, statement());
            Box::new(Attribution { stance, ..voice })
        };
        let make = |notes, stance| {
            let (c, a) = (claim(notes), voice(stance));
            [
                Edit::Claim(c.id, Change::Create(c)),
                Edit::Attribution(a.id, Change::Create(a)),
            ]
        };
        let mut s = Session::new(Uuid::nil().into(), "x", Time::UNIX_EPOCH);
        assert_eq!(s.apply(&make("first", Stance::Denies), &at(1)), vec![]);
        let before = s.clone();
        let misfits = s.apply(&make("second", Stance::Asserts), &at(2));
        assert_eq!(misfits.len(), 2, "{misfits:?}");
        // Nor does who changed it last change.
        s.updated_at = before.updated_at;
        assert_eq!(s, before);
    }

    #[test]
    fn what_hangs_on_a_claim_says_who_changed_it_last_unless_nothing_was_made() {
        let at = |n| Stamp {
            at: Time::from_second(n).unwrap(),
            by: CheckerId::of("a"),
        };
        let mut s = Session::new(Uuid::nil().into(), "x", Time::UNIX_EPOCH);
        let place = StatementId::of(VersionId::NONE, &[]);
        let claim = ClaimId(Uuid::from_u128(1));
        s.claims
            .insert(claim, Claim::on(claim, place.clone(), at(1)));
        let voice = Attribution::on(AttributionId(Uuid::from_u128(2)), claim, place);
        let held = Held::against(
            HeldId(Uuid::from_u128(3)),
            claim,
            EvidenceId(Uuid::from_u128(4)),
        );
        let stances = (Stance::None, Stance::Denies);
        let stances = (
            AttributionField::Stance(stances.0),
            AttributionField::Stance(stances.1),
        );
        let locator = |t: &str| HeldField::Locator(t.into());
        let made = Change::Create(Box::new(held.clone()));
        let said = Change::Create(Box::new(voice.clone()));
        let edits = [
            Edit::Attribution(voice.id, said.clone()),
            Edit::Attribution(voice.id, Change::Set(stances.0, stances.1)),
            Edit::Held(held.id, made.clone()),
            Edit::Held(held.id, Change::Set(locator(""), locator("p. 4"))),
        ];
        for (n, edit) in (2..).zip(&edits) {
            assert_eq!(
                s.apply(std::slice::from_ref(edit), &at(n)),
                vec![],
                "{edit:?}"
            );
            assert_eq!(s.claims[&claim].updated, at(n), "{edit:?}");
        }
        // Both are there already.
        let again = [Edit::Attribution(voice.id, said), Edit::Held(held.id, made)];
        assert_eq!(s.apply(&again, &at(50)).len(), 2);
        assert_eq!(s.claims[&claim].updated, at(5));
        // A value that is not the one expected is set all the same, and reported.
        let set = Edit::Held(held.id, Change::Set(locator("x"), locator("p. 5")));
        assert_eq!(s.apply(&[set], &at(51)).len(), 1);
        assert_eq!(s.held[&held.id].locator, "p. 5");
    }
}
