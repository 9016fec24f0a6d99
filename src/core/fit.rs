//! Edits that fit exactly, or are not applied at all: every value is the one expected, every record as it was left.

use super::edit::{Change, Edit, inverse};
use super::ids::ClaimId;
use super::join::{Field, Record};
use super::kind::Kind;
use super::model::*;

/// What takes back edits that [`Session::try_apply`] applied, as if they had never been.
#[derive(Debug)]
pub struct Applied {
    undo: Vec<Edit>,
    updated_at: Time,
    /// Who had changed the claims last that the edits touched.
    updated: Vec<(ClaimId, Stamp)>,
}

impl Applied {
    /// Takes the edits back; to be called before anything else is applied.
    pub fn take_back(self, session: &mut Session) {
        let (at, by) = (self.updated_at, crate::core::ids::CheckerId::of(""));
        session.apply(&self.undo, &Stamp { at, by });
        for (id, stamp) in self.updated {
            if let Some(claim) = session.claims.get_mut(&id) {
                claim.updated = stamp;
            }
        }
    }
}

impl Session {
    /// Applies `edits` if every one of them fits.
    ///
    /// # Errors
    /// The place of the first one that does not; the session is as it was then.
    pub fn try_apply(&mut self, edits: &[Edit], stamp: &Stamp) -> Result<Applied, usize> {
        let mut applied = Applied {
            undo: Vec::new(),
            updated_at: self.updated_at,
            updated: Vec::new(),
        };
        for (n, edit) in edits.iter().enumerate() {
            let claim = self.claim_of(edit);
            let claim = claim.and_then(|id| Some((id, self.claims.get(&id)?.updated.clone())));
            if !self.fits(edit) {
                applied.undo = inverse(edits.get(..n).unwrap_or_default());
                applied.take_back(self);
                return Err(n);
            }
            if let Some((id, stamp)) = claim
                && applied.updated.iter().all(|(known, _)| *known != id)
            {
                applied.updated.push((id, stamp));
            }
            self.apply(std::slice::from_ref(edit), stamp);
        }
        applied.undo = inverse(edits);
        Ok(applied)
    }

    /// The claim that an edit touches.
    pub fn claim_of(&self, edit: &Edit) -> Option<ClaimId> {
        match edit {
            Edit::Claim(id, _) => Some(*id),
            Edit::Attribution(id, c) => match c {
                Change::Create(r) | Change::Remove(r) => Some(r.claim),
                Change::Set(..) | Change::Add(_) | Change::Drop(_) => {
                    self.attributions.get(id).map(|a| a.claim)
                }
            },
            Edit::Held(id, c) => match c {
                Change::Create(r) | Change::Remove(r) => Some(r.claim),
                Change::Set(..) | Change::Add(_) | Change::Drop(_) => {
                    self.held.get(id).map(|h| h.claim)
                }
            },
            Edit::Session(_)
            | Edit::Checker(_)
            | Edit::Article(..)
            | Edit::Version(..)
            | Edit::Statement(..)
            | Edit::Source(..)
            | Edit::Evidence(..)
            | Edit::Forward(..)
            | Edit::Conflict(..) => None,
        }
    }

    /// Whether an edit finds what it expects.
    pub fn fits(&self, edit: &Edit) -> bool {
        match edit {
            Edit::Session(_) | Edit::Checker(_) => true,
            Edit::Article(from, _) => self.article.get(from.key()) == *from,
            Edit::Version(id, c) => fits(self, id, c),
            Edit::Statement(id, c) => fits(self, id, c),
            // Who changed a claim last is no value that somebody set.
            Edit::Claim(id, c) if c.field().map(ClaimField::key) == Some(ClaimKey::Updated) => {
                self.claims.contains_key(id)
            }
            Edit::Claim(id, c) => fits(self, id, c),
            Edit::Attribution(id, c) => fits(self, id, c),
            Edit::Source(id, c) => fits(self, id, c),
            Edit::Evidence(id, c) => fits(self, id, c),
            Edit::Held(id, c) => fits(self, id, c),
            Edit::Forward(id, c) => fits(self, id, c),
            Edit::Conflict(id, c) => fits(self, id, c),
        }
    }
}

fn fits<R: Kind>(session: &Session, id: &R::Id, change: &Change<R, R::Field>) -> bool {
    match (change, R::all(session).get(id)) {
        (Change::Create(_), found) => found.is_none(),
        (Change::Remove(left), Some(found)) => same(found, &**left),
        (Change::Set(..) | Change::Add(_) | Change::Drop(_), Some(found)) => change
            .field()
            .is_some_and(|f| change.fits(&found.value(f.name()))),
        (_, None) => false,
    }
}

/// Whether two records are the same but for who changed them last, which is no value that somebody set.
pub(super) fn same<R: Record>(a: &R, b: &R) -> bool {
    let updated = ClaimKey::Updated.word();
    let keys = R::KEYS.iter().filter(|k| R::word(**k) != updated);
    keys.into_iter().all(|k| a.value(*k) == b.value(*k))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::ids::*;
    use uuid::Uuid;

    fn at(n: i64) -> Stamp {
        Stamp {
            at: Time::from_second(n).unwrap(),
            by: CheckerId::of("a"),
        }
    }

    fn notes(id: ClaimId, from: &str, to: &str) -> Edit {
        let of = |n: &str| ClaimField::Notes(n.into());
        Edit::Claim(id, Change::Set(of(from), of(to)))
    }

    /// A session with one claim and one voice, and the claim.
    fn session() -> (Session, Claim) {
        let mut s = Session::new(Uuid::nil().into(), "s", Time::UNIX_EPOCH);
        let place = StatementId::of(VersionId::NONE, &[]);
        let claim = Claim::on(ClaimId(Uuid::from_u128(1)), place.clone(), at(1));
        let voice = Attribution::on(AttributionId(Uuid::from_u128(2)), claim.id, place);
        s.claims.insert(claim.id, claim.clone());
        s.attributions.insert(voice.id, voice);
        (s, claim)
    }

    #[test]
    fn edits_that_do_not_all_fit_change_nothing_at_all() {
        let (mut s, claim) = session();
        let before = s.clone();
        let edits = [
            notes(claim.id, "", "a"),
            notes(claim.id, "a", "b"),
            notes(claim.id, "", "c"),
            notes(claim.id, "b", "d"),
        ];
        assert_eq!(s.try_apply(&edits, &at(9)).unwrap_err(), 2);
        assert_eq!(s, before);
        let applied = s.try_apply(&edits[..2], &at(9)).unwrap();
        assert_eq!(s.claims[&claim.id].notes, "b");
        assert_eq!(
            (&s.claims[&claim.id].updated, s.updated_at),
            (&at(9), at(9).at)
        );
        applied.take_back(&mut s);
        assert_eq!(s, before);
    }

    #[test]
    fn an_edit_fits_what_it_expects_and_nothing_else() {
        let (s, claim) = session();
        let other = ClaimId(Uuid::from_u128(7));
        let change = |c| Edit::Claim(claim.id, c);
        let with = |f: fn(&mut Claim)| {
            let mut claim = claim.clone();
            f(&mut claim);
            Box::new(claim)
        };
        let updated = |n| ClaimField::Updated(at(n));
        let title = |t: &str| ArticleField::Title(t.into());
        for (fits, edit) in [
            (true, notes(claim.id, "", "a")),
            (false, notes(claim.id, "x", "a")),
            (false, notes(other, "", "a")),
            (false, change(Change::Create(with(|_| {})))),
            (true, Edit::Claim(other, Change::Create(with(|_| {})))),
            (true, change(Change::Remove(with(|_| {})))),
            (
                true,
                change(Change::Remove(with(|c| c.updated.by = CheckerId::of("b")))),
            ),
            (
                false,
                change(Change::Remove(with(|c| c.notes = "x".into()))),
            ),
            (false, Edit::Claim(other, Change::Remove(with(|_| {})))),
            (true, change(Change::Set(updated(5), updated(6)))),
            (
                false,
                Edit::Claim(other, Change::Set(updated(5), updated(6))),
            ),
            (true, Edit::Article(title(""), title("a"))),
            (false, Edit::Article(title("x"), title("a"))),
        ] {
            assert_eq!(s.fits(&edit), fits, "{edit:?}");
        }
    }
}
