//! Evidence: items, and which of them is held against which claim.

use crate::core::ids::*;
use crate::core::model::*;
use crate::core::tx::Tx;

/// Adds an evidence item filled by `fill`.
pub fn new_evidence(tx: &mut Tx<'_>, fill: impl FnOnce(&mut Evidence)) -> EvidenceId {
    let mut item = Evidence::empty(tx.id());
    fill(&mut item);
    let id = item.id;
    tx.create_evidence(item);
    id
}

/// Holds an item against a claim; one that is held already stays as it is.
pub fn hold(tx: &mut Tx<'_>, claim: ClaimId, evidence: EvidenceId) -> HeldId {
    if let Some(h) = tx
        .session
        .held_against(claim)
        .find(|h| h.evidence == evidence)
    {
        return h.id;
    }
    let id: HeldId = tx.id();
    tx.create_held(Held::against(id, claim, evidence));
    id
}

/// Lets go of a held item; the item itself stays in the session.
pub fn drop_held(tx: &mut Tx<'_>, held: HeldId) {
    tx.remove_held(&held);
}
