//! What hangs on what: built once from a session in one pass, so that nobody searches all records for one claim's.

use std::collections::HashMap;

use super::ids::*;
use super::model::Session;

/// The attributions and held evidence of each claim, and the claims of each statement, each in order of creation.
#[derive(Clone, Debug, Default)]
pub struct Index {
    attributions: HashMap<ClaimId, Vec<AttributionId>>,
    held: HashMap<ClaimId, Vec<HeldId>>,
    claims: HashMap<StatementId, Vec<ClaimId>>,
    uses: HashMap<EvidenceId, usize>,
}

impl Index {
    /// Indexes `session`.
    pub fn new(session: &Session) -> Self {
        let mut index = Self::default();
        for a in session.attributions.values() {
            index.attributions.entry(a.claim).or_default().push(a.id);
        }
        for h in session.held.values() {
            index.held.entry(h.claim).or_default().push(h.id);
            *index.uses.entry(h.evidence).or_default() += 1;
        }
        for c in session.claims.values() {
            for s in &c.statements {
                index.claims.entry(s.clone()).or_default().push(c.id);
            }
        }
        index
    }

    /// The attributions of a claim, oldest first.
    pub fn attributions(&self, claim: ClaimId) -> &[AttributionId] {
        self.attributions.get(&claim).map_or(&[], Vec::as_slice)
    }

    /// What is held against a claim, oldest first.
    pub fn held(&self, claim: ClaimId) -> &[HeldId] {
        self.held.get(&claim).map_or(&[], Vec::as_slice)
    }

    /// The claims that belong to a statement, oldest first.
    pub fn claims_at(&self, statement: &StatementId) -> &[ClaimId] {
        self.claims.get(statement).map_or(&[], Vec::as_slice)
    }

    /// Against how many claims an evidence item is held.
    pub fn uses(&self, evidence: EvidenceId) -> usize {
        self.uses.get(&evidence).copied().unwrap_or(0)
    }
}
