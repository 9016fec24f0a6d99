//! Statements: marked by the checker, dismissed, opened again.

use super::take_up::{Made, TakenUp, id_at, own_voice, record_statement, say_as_proposed, take_up};
use super::withdrawal::{untie, withdraw};

use crate::core::anchor::anchor;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::proposal::Proposals;
use crate::core::set::Set;
use crate::core::spans::{common, joined};
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Tx;
use crate::core::vocabulary::*;

/// Marks `spans` (scalar values, in order, disjoint, already snapped to grapheme borders) and takes them up as a claim.
///
/// The claim takes over the proposed or recorded attributions whose content the mark shares words with, because a part
/// of what somebody said was said by the same, each with the words that are in the mark; where there are none it is the
/// article's own. A claim is added where the
/// very same words are a statement already.
pub fn mark(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    spans: &[Span],
) -> Option<TakenUp> {
    let id = id_at(tx, text, spans);
    if let Some(n) = proposals.statements.iter().position(|s| *s.spans == *spans)
        && !tx
            .session
            .claims
            .values()
            .any(|c| c.statements.contains(&id))
    {
        // Also where it was dismissed before: what was proposed for it holds again.
        return take_up(tx, text, proposals, n as u32);
    }
    let id = mark_statement(tx, text, proposals, spans)?;
    let claim: ClaimId = tx.id();
    tx.create_claim(Claim::on(claim, id.clone(), tx.stamp.clone()));
    inherit_or_own(tx, text, proposals, spans, claim, &id);
    Some(TakenUp {
        statement: id,
        claim,
    })
}

/// Records `spans` as a taken-up statement; one that is there already only gets the decision.
pub(super) fn mark_statement(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    spans: &[Span],
) -> Option<StatementId> {
    let id = id_at(tx, text, spans);
    if tx.session.statements.contains_key(&id) {
        tx.set_statement(&id, StatementField::Decision(Decision::TakenUp));
        tx.set_statement(&id, StatementField::Reason(String::new()));
    } else {
        create_mark(tx, text, proposals, spans, Decision::TakenUp)?;
    }
    Some(id)
}

/// Records a checker's mark on words that are no statement yet.
pub(super) fn create_mark(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    spans: &[Span],
    decision: Decision,
) -> Option<StatementId> {
    let start = spans.first()?.start;
    let version = tx.session.version();
    let id = StatementId::of(version, spans);
    tx.create_statement(Statement {
        anchor: Anchor {
            statement_id: Some(id.clone()),
            ..anchor(text, version, spans)
        },
        id: id.clone(),
        block: block_kind(proposals, start),
        decision,
        reason: String::new(),
        origin: Origin::Checker,
        why: String::new(),
    });
    Some(id)
}

/// Gives `claim` the voices that said these words elsewhere, at `statement`; the article's own where there are none.
pub(super) fn inherit_or_own(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    spans: &[Span],
    claim: ClaimId,
    statement: &StatementId,
) {
    if !inherited(tx, text, proposals, spans, claim, statement) {
        own_voice(tx, claim, statement, Made::ByHand);
    }
}

fn block_kind(proposals: &Proposals, at: u32) -> BlockKind {
    proposals
        .block_at(at)
        .and_then(|n| proposals.blocks.get(n))
        .map_or_else(BlockKind::default, |b| b.kind)
}

/// Copies who said these words from the session's claims and from what is proposed there; whether there was anything.
fn inherited(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    spans: &[Span],
    claim: ClaimId,
    statement: &StatementId,
) -> bool {
    let shares = |content: &[Span]| content.iter().any(|c| spans.iter().any(|s| s.overlaps(*c)));
    let mut found: Vec<Attribution> = tx
        .session
        .attributions
        .values()
        .filter(|a| a.claim != claim && a.source != Some(SourceId::ARTICLE) && shares(&a.content))
        .cloned()
        .collect();
    let recorded = found.len();
    for p in proposals.attributions.iter().filter(|p| shares(&p.content)) {
        let at = proposals.statements.get(p.statement as usize);
        let there = || at.and_then(|s| tx.session.statement_at(&s.spans));
        if recorded > 0 && there().is_some() {
            continue;
        }
        let mut a = Attribution::on(tx.id(), claim, statement.clone());
        say_as_proposed(tx, text, proposals, &p, &mut a);
        a.content = p.content.to_vec();
        found.push(a);
    }
    let mut said: Vec<Attribution> = Vec::new();
    for mut a in found {
        a.content = common(&a.content, spans);
        // Of several claims on the same words each has the voice.
        let mut before = said.iter_mut();
        match before.find(|b| (b.source, &b.cue) == (a.source, &a.cue)) {
            Some(same) => same.content = joined(&same.content, &a.content),
            None => said.push(a),
        }
    }
    let any = !said.is_empty();
    for mut a in said {
        a.id = tx.id();
        a.claim = claim;
        a.statement = statement.clone();
        a.proposed = Set::default();
        tx.create_attribution(a);
    }
    any
}

/// Dismisses statement `n` of the proposals, or one that the session holds: nothing to check there.
///
/// Claims that begin there are withdrawn; one that only stands there too stays at its other places. `reason` may be empty.
pub fn dismiss(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    what: Dismissed<'_>,
    reason: &str,
) -> Option<StatementId> {
    let id = match what {
        Dismissed::Proposal(n) => record_statement(tx, text, proposals, n, Decision::Dismissed)?,
        Dismissed::Statement(id) => {
            let claims: Vec<(ClaimId, bool)> = tx
                .session
                .claims
                .values()
                .filter(|c| c.statements.contains(id))
                .map(|c| (c.id, c.home == *id))
                .collect();
            for (claim, begins_here) in claims {
                if begins_here {
                    withdraw(tx, claim, Some(id));
                } else {
                    untie(tx, claim, id);
                }
            }
            tx.set_statement(id, StatementField::Decision(Decision::Dismissed));
            id.clone()
        }
        Dismissed::Words(spans) => {
            let id = id_at(tx, text, spans);
            if tx.session.statements.contains_key(&id) {
                return dismiss(tx, text, proposals, Dismissed::Statement(&id), reason);
            }
            create_mark(tx, text, proposals, spans, Decision::Dismissed)?
        }
    };
    if !reason.is_empty() {
        tx.set_statement(&id, StatementField::Reason(reason.to_string()));
    }
    Some(id)
}

/// What is dismissed.
#[derive(Clone, Copy, Debug)]
pub enum Dismissed<'a> {
    /// A proposal, by its index.
    Proposal(u32),
    /// A statement that the session holds.
    Statement(&'a StatementId),
    /// Words that are no statement yet (a caption that holds nothing to check), in scalar values.
    Words(&'a [Span]),
}
