//! What hangs on what: built once from a session in one pass, so that nobody searches all records for one claim's.

use std::collections::HashMap;

use super::fold::{folded, spaced};
use super::ids::*;
use super::model::Session;

/// The attributions and held evidence of each claim, and the claims of each statement.
#[derive(Clone, Debug, Default)]
pub struct Index {
    attributions: HashMap<ClaimId, Vec<AttributionId>>,
    held: HashMap<ClaimId, Vec<HeldId>>,
    claims: HashMap<StatementId, Vec<(bool, ClaimId)>>,
    uses: HashMap<EvidenceId, usize>,
    /// Names that sources had before they were renamed or merged, folded, but for those that another source has now.
    former: HashMap<String, SourceId>,
}

impl Index {
    /// Indexes `session`.
    pub fn new(session: &Session) -> Self {
        let mut index = Self::default();
        for a in session.attributions.values() {
            index.attributions.entry(a.claim).or_default().push(a.id);
        }
        for (claim, all) in index
            .attributions
            .iter_mut()
            .filter(|(_, all)| all.len() > 1)
        {
            // At its only statement they are in order as they come.
            let several = session
                .claims
                .get(claim)
                .is_none_or(|c| c.statements.len() > 1);
            if several {
                let of = |id: &AttributionId| session.attributions.get(id);
                all.sort_by_cached_key(|id| of(id).map(|a| session.turn_of(a)));
            }
        }
        for h in session.held.values() {
            index.held.entry(h.claim).or_default().push(h.id);
            *index.uses.entry(h.evidence).or_default() += 1;
        }
        for c in session.claims.values() {
            for s in &c.statements {
                let here = index.claims.entry(s.clone()).or_default();
                // The claims that are at home here come before those that stand here too.
                let at_home = c.home == *s;
                here.push((!at_home, c.id));
            }
        }
        for here in index.claims.values_mut() {
            here.sort_unstable();
        }
        index.former = former(session);
        index
    }

    /// The source that a name means which the article goes on using although the source is called otherwise now; none
    /// where no source was corrected so.
    pub fn formerly(&self, name: &str) -> Option<SourceId> {
        match self.former.is_empty() {
            true => None,
            false => self.former.get(&folded(&spaced(name))).copied(),
        }
    }

    /// The attributions of a claim, in the order of [`Session::attributions_of`].
    pub fn attributions(&self, claim: ClaimId) -> &[AttributionId] {
        self.attributions.get(&claim).map_or(&[], Vec::as_slice)
    }

    /// What is held against a claim, oldest first.
    pub fn held(&self, claim: ClaimId) -> &[HeldId] {
        self.held.get(&claim).map_or(&[], Vec::as_slice)
    }

    /// The claims that belong to a statement: those at home there, then those that stand there too, each by id.
    pub fn claims_at(&self, statement: &StatementId) -> impl Iterator<Item = ClaimId> {
        let here = self.claims.get(statement);
        here.into_iter().flatten().map(|(_, id)| *id)
    }

    /// Against how many claims an evidence item is held.
    pub fn uses(&self, evidence: EvidenceId) -> usize {
        self.uses.get(&evidence).copied().unwrap_or(0)
    }
}

fn former(session: &Session) -> HashMap<String, SourceId> {
    let mut former = HashMap::new();
    for s in session.sources.values() {
        for name in &s.also_called {
            former.entry(folded(&spaced(name))).or_insert(s.id);
        }
    }
    if !former.is_empty() {
        // A name of today comes before one of the past.
        for s in session.sources.values() {
            former.remove(&folded(&s.name));
        }
    }
    former
}
