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
        session.updated_at = self.updated_at;
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
