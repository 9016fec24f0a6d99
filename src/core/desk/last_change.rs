//! Who changed a claim last, as the steps tell: looked for from the last one on, since voices and held items may have
//! hung on another claim before.

use std::collections::{BTreeMap, BTreeSet};

use crate::core::edit::{Change, Edit};
use crate::core::history::Step;
use crate::core::ids::*;
use crate::core::model::*;

/// Who changed each of `claims` last in `steps`, which led to `session`; nothing of a claim that none of them changed.
pub(super) fn last_changes(
    claims: &BTreeSet<ClaimId>,
    steps: &[Step],
    session: &Session,
) -> BTreeMap<ClaimId, Stamp> {
    let mut found = BTreeMap::new();
    let mut back = Back::to(session);
    for step in steps.iter().rev() {
        if found.len() == claims.len() {
            break;
        }
        for edit in step.edits.iter().rev() {
            let stamp = match edit {
                Edit::Claim(_, Change::Set(_, ClaimField::Updated(stamp))) => stamp.clone(),
                _ => step.stamp(),
            };
            if let Some(claim) = back.over(edit).filter(|c| claims.contains(c)) {
                found.entry(claim).or_insert(stamp);
            }
        }
    }
    found
}

/// Where voices and held items hung, edit by edit back from a session.
struct Back<'a> {
    session: &'a Session,
    voices: BTreeMap<AttributionId, ClaimId>,
    held: BTreeMap<HeldId, ClaimId>,
}

impl<'a> Back<'a> {
    fn to(session: &'a Session) -> Self {
        Self {
            session,
            voices: BTreeMap::new(),
            held: BTreeMap::new(),
        }
    }

    /// Goes back over the edit before those so far; the claim that it touched.
    fn over(&mut self, edit: &Edit) -> Option<ClaimId> {
        match edit {
            Edit::Attribution(id, Change::Remove(r)) => {
                self.voices.insert(*id, r.claim);
            }
            Edit::Attribution(id, Change::Set(AttributionField::Claim(from), _)) => {
                self.voices.insert(*id, *from);
            }
            Edit::Held(id, Change::Remove(r)) => {
                self.held.insert(*id, r.claim);
            }
            Edit::Held(id, Change::Set(HeldField::Claim(from), _)) => {
                self.held.insert(*id, *from);
            }
            _ => {}
        }
        let hung = match edit {
            Edit::Attribution(id, change) if change.makes().is_none() => self.voices.get(id),
            Edit::Held(id, change) if change.makes().is_none() => self.held.get(id),
            _ => None,
        };
        hung.copied().or_else(|| self.session.claim_of(edit))
    }
}
