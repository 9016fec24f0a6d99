//! What can be done to many rows at once, which rows it leaves alone and why.

use crate::app::features::holding::What;
use crate::app::features::voices::set_source;
use crate::app::features::who::Somebody;
use crate::app::state::bench::Bench;
use crate::app::state::steps::claim_of;
use crate::core::check::Check;
use crate::core::ids::*;
use crate::core::model::{Claim, ClaimField, HeldField};
use crate::core::ops::{self, Dismissed};
use crate::core::proposal::Proposals;
use crate::core::row_view::RowView;
use crate::core::rows::RowKey;
use crate::core::text::ArticleText;
use crate::core::tx::Tx;
use crate::core::vocabulary::*;

/// What is to be done to every marked row.
#[derive(Clone, Debug)]
pub enum Work {
    /// Sets the finding, one that asks for no look at each row.
    Finding(VerificationStatus),
    /// Sets where the claim stands in the workflow.
    Workflow(WorkflowState),
    /// Adds tags to those that are there.
    Tags(Vec<String>),
    /// Sets who says it.
    SaidBy(Somebody),
    /// Holds an item.
    Hold(What, EvidenceStance),
    /// Dismisses the row for this reason.
    Dismiss(String),
}

/// Why a row is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skip {
    /// It has a finding, which would be covered without a look.
    Finding,
    /// There is nothing to check in it.
    Dismissed,
    /// Two people's steps say different things about it.
    Conflict,
    /// It was opened again, and wants a look of its own.
    Reopened,
    /// What a checker wrote or held there would go.
    Work,
    /// Other rows would go with it.
    Shared,
    /// It has several voices, and nobody says which is meant.
    Voices,
    /// It is so already.
    Same,
}

impl Skip {
    /// `n` rows that are left alone, in words: `2 have findings`.
    pub fn counted(self, n: usize) -> String {
        let (one, more) = match self {
            Self::Finding => ("has a finding", "have findings"),
            Self::Dismissed => ("is dismissed", "are dismissed"),
            Self::Conflict => ("is in conflict", "are in conflict"),
            Self::Reopened => ("was opened again", "were opened again"),
            Self::Work => ("holds a checker's work", "hold a checker's work"),
            Self::Shared => ("shares its words", "share their words"),
            Self::Voices => ("has several voices", "have several voices"),
            Self::Same => ("is so already", "are so already"),
        };
        match n {
            1 => format!("1 {one}"),
            n => format!("{n} {more}"),
        }
    }
}

impl Work {
    /// Why this leaves `row` alone; none where it is done there.
    pub fn skips(&self, bench: &Bench, row: &RowKey) -> Option<Skip> {
        let check = bench.check();
        let Some(view) = check.view(row) else {
            return Some(Skip::Same);
        };
        if view.decision == Decision::Dismissed {
            return Some(Skip::Dismissed);
        }
        let covers = matches!(self, Self::Finding(_) | Self::Dismiss(_));
        if covers && let Some(skip) = covered(check, row, &view) {
            return Some(skip);
        }
        let claim = match row {
            RowKey::Claim(id) => check.session().claims.get(id),
            RowKey::Statement(_) | RowKey::Proposal(_) | RowKey::Block(_) => None,
        };
        if let Self::SaidBy(_) = self
            && voices(check, row) > 1
        {
            return Some(Skip::Voices);
        }
        let claim = claim?;
        match self {
            Self::Dismiss(_) if is_shared(check, claim) => Some(Skip::Shared),
            Self::Dismiss(_) if is_worked_on(claim, &view) => Some(Skip::Work),
            _ if self.is_done(check, claim) => Some(Skip::Same),
            _ => None,
        }
    }

    /// Whether a claim is already as this would make it.
    fn is_done(&self, check: &Check, claim: &Claim) -> bool {
        match self {
            Self::Finding(v) => claim.verification_status == *v,
            Self::Workflow(v) => claim.workflow_state == *v,
            Self::Tags(tags) => tags.iter().all(|t| claim.tags.contains(t)),
            Self::SaidBy(who) => {
                let voice = check.attributions(claim.id).next();
                let source = voice.and_then(|v| v.source);
                match who {
                    Somebody::Known(id) => source == Some(*id),
                    Somebody::Nobody => source.is_none(),
                    Somebody::Named(..) => false,
                }
            }
            // What it says of the claim there was decided with a look.
            Self::Hold(What::Item(id), _) => check.held(claim.id).any(|(_, e)| e.id == *id),
            Self::Hold(What::New(_), _) | Self::Dismiss(_) => false,
        }
    }

    /// Does it to all of `rows`; returns the item that is held now, if that is what was done.
    pub fn make(
        self,
        tx: &mut Tx<'_>,
        text: &ArticleText,
        proposals: &Proposals,
        rows: &[RowKey],
    ) -> Option<EvidenceId> {
        let each = |tx: &mut Tx<'_>, work: &dyn Fn(&mut Tx<'_>, ClaimId)| {
            for row in rows {
                if let Some(claim) = claim_of(tx, text, proposals, row) {
                    work(tx, claim);
                }
            }
        };
        match self {
            Self::Finding(v) => each(tx, &|tx, c| {
                tx.set_claim(&c, ClaimField::VerificationStatus(v));
            }),
            Self::Workflow(v) => each(tx, &|tx, c| tx.set_claim(&c, ClaimField::WorkflowState(v))),
            Self::Tags(tags) => each(tx, &|tx, c| {
                let there = tx.session.claims.get(&c).map(|c| c.tags.iter().cloned());
                let all = there.into_iter().flatten().chain(tags.iter().cloned());
                let all: Vec<String> = all.collect();
                tx.set_claim(&c, ClaimField::Tags(all.into()));
            }),
            Self::SaidBy(who) => {
                let known: Vec<SourceId> = tx.session.sources.keys().copied().collect();
                let source = who.source(tx);
                each(tx, &|tx, c| {
                    let voice = tx.session.attributions_of(c).next().map(|a| a.id);
                    if let Some(voice) = voice {
                        set_source(tx, voice, source, &known);
                    }
                });
            }
            Self::Hold(what, stance) => {
                let item = what.item(tx);
                each(tx, &|tx, c| {
                    let held = ops::hold(tx, c, item);
                    tx.set_held(&held, HeldField::EvidenceStance(stance));
                });
                return Some(item);
            }
            Self::Dismiss(reason) => {
                for row in rows {
                    dismiss(tx, text, proposals, row, &reason);
                }
            }
        }
        None
    }
}

/// What would be covered on a row without a look at it, as far as repeating refuses it too.
fn covered(check: &Check, row: &RowKey, view: &RowView<'_>) -> Option<Skip> {
    if !view.status.is_open() {
        Some(Skip::Finding)
    } else if check.face(row).is_some_and(|f| f.flags.conflict) {
        Some(Skip::Conflict)
    } else if view.workflow == WorkflowState::Reopened {
        Some(Skip::Reopened)
    } else {
        None
    }
}

/// Whether a checker wrote or held something here that goes with the claim.
fn is_worked_on(claim: &Claim, view: &RowView<'_>) -> bool {
    !view.evidence.is_empty()
        || view.notes.iter().any(|n| !n.is_empty())
        || view.change.is_some()
        || view.rating.is_some()
        || !view.tags.is_empty()
        || claim.wording.is_some()
}

/// Whether dismissing a claim's words would take another claim, or another place of this one, along.
fn is_shared(check: &Check, claim: &Claim) -> bool {
    claim.statements.len() > 1 || check.index().claims_at(&claim.home).count() > 1
}

/// How many voices a row has, or would have once it is taken up.
fn voices(check: &Check, row: &RowKey) -> usize {
    match row {
        RowKey::Claim(c) => check.attributions(*c).count(),
        RowKey::Proposal(n) => check.proposals().attributions_of(*n).count(),
        RowKey::Statement(_) | RowKey::Block(_) => 1,
    }
}

fn dismiss(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    row: &RowKey,
    reason: &str,
) -> Option<StatementId> {
    let home;
    let what = match row {
        RowKey::Proposal(n) => Dismissed::Proposal(*n),
        RowKey::Statement(id) => Dismissed::Statement(id),
        RowKey::Claim(c) => {
            home = tx.session.claims.get(c)?.home.clone();
            Dismissed::Statement(&home)
        }
        RowKey::Block(_) => return None,
    };
    ops::dismiss(tx, text, proposals, what, reason)
}
