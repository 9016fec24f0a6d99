//! Taking back: a claim is withdrawn, or stands no longer at one of its statements; a statement is undecided again.

use super::take_up::{Made, own_voice};
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::tx::Tx;
use crate::core::vocabulary::*;

/// Lets a claim stand no longer at `statement`, one of several where it stands, and takes its voices there away. Where that
/// was its home, the first of the others is.
pub(super) fn untie(tx: &mut Tx<'_>, claim: ClaimId, statement: &StatementId) {
    let Some(record) = tx.session.claims.get(&claim) else {
        return;
    };
    let mut statements = record.statements.clone();
    statements.retain(|s| s != statement);
    tx.set_claim_raw(&claim, ClaimField::Statements(statements));
    let there: Vec<AttributionId> = tx
        .session
        .attributions_of(claim)
        .filter(|a| a.statement == *statement)
        .map(|a| a.id)
        .collect();
    for a in there {
        tx.remove_attribution(&a);
    }
    own_where_silent(tx, claim);
}

/// Takes a voice away from its claim, which is the article's own where nobody else says it.
pub fn drop_voice(tx: &mut Tx<'_>, voice: AttributionId) {
    let claim = tx.session.attributions.get(&voice).map(|a| a.claim);
    tx.remove_attribution(&voice);
    if let Some(claim) = claim {
        own_where_silent(tx, claim);
    }
}

fn own_where_silent(tx: &mut Tx<'_>, claim: ClaimId) {
    let silent = tx.session.attributions_of(claim).next().is_none();
    let home = tx.session.claims.get(&claim).map(|c| c.home.clone());
    if let Some(home) = home.filter(|_| silent) {
        own_voice(tx, claim, &home, Made::ByHand);
    }
}

/// Withdraws a claim with its attributions and with what is held against it.
///
/// Every statement that is left without a claim is undecided again, but for `keep`, whose decision is up to the caller.
pub fn withdraw(tx: &mut Tx<'_>, claim: ClaimId, keep: Option<&StatementId>) {
    let Some(record) = tx.session.claims.get(&claim).cloned() else {
        return;
    };
    let held: Vec<HeldId> = tx.session.held_against(claim).map(|h| h.id).collect();
    for h in held {
        tx.remove_held(&h);
    }
    let attributions: Vec<AttributionId> =
        tx.session.attributions_of(claim).map(|a| a.id).collect();
    for a in attributions {
        tx.remove_attribution(&a);
    }
    tx.remove_claim(&claim);
    for s in record.statements {
        let used = tx
            .session
            .claims
            .values()
            .any(|c| c.statements.contains(&s));
        if !used && keep != Some(&s) {
            reopen_statement(tx, &s);
        }
    }
}

/// Takes a dismissal back: the statement is undecided again.
pub fn reopen_statement(tx: &mut Tx<'_>, id: &StatementId) {
    let Some(s) = tx.session.statements.get(id) else {
        return;
    };
    if s.origin == Origin::Proposal {
        // The proposal stands in its file and shows again once nothing in the session overtakes it.
        tx.remove_statement(id);
    } else {
        tx.set_statement(id, StatementField::Decision(Decision::Undecided));
        tx.set_statement(id, StatementField::Reason(String::new()));
    }
}
