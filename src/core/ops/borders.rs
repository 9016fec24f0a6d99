//! The borders of a mark, moved: what hangs on it goes along.

use super::statements::create_mark;
use super::take_up::{id_at, record_statement};

use crate::core::ids::*;
use crate::core::model::*;
use crate::core::proposal::Proposals;
use crate::core::spans::{common, joined};
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Tx;
use crate::core::vocabulary::*;

/// Moves a checker's mark to `spans` (scalar values, in order, disjoint, snapped to grapheme borders).
///
/// Its claims stand there from then on, with their voices, their evidence, their findings, and under their ids. A
/// statement is named by the words that it was born with, so that on other words it is another one: the mark's record
/// goes, and the claims move to the one on the new words, which may be there already. None, and nothing is changed,
/// where `old` is no checker's mark, stands there already, or holds no claim and the new words are a statement or are
/// proposed as one.
pub fn move_borders(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    old: &StatementId,
    spans: &[Span],
) -> Option<StatementId> {
    let mark = tx.session.statements.get(old)?.clone();
    if mark.origin != Origin::Checker || mark.anchor.spans == spans || spans.is_empty() {
        return None;
    }
    let proposed = proposals.statements.iter().position(|s| *s.spans == *spans);
    let taken = proposed.is_some() || tx.session.statement_at(spans).is_some();
    if taken && mark.decision != Decision::TakenUp {
        return None;
    }
    let new = id_at(tx, text, spans);
    if tx.session.statements.contains_key(&new) {
        tx.set_statement(&new, StatementField::Decision(mark.decision));
        tx.set_statement(&new, StatementField::Reason(String::new()));
    } else {
        match proposed {
            Some(n) => record_statement(tx, text, proposals, n as u32, mark.decision)?,
            None => create_mark(tx, text, proposals, spans, mark.decision)?,
        };
        tx.set_statement(&new, StatementField::Reason(mark.reason));
    }
    let voices = tx.session.attributions.values();
    let voices: Vec<Attribution> = voices.filter(|a| a.statement == *old).cloned().collect();
    for claim in claims_at(tx.session, old) {
        move_claim(tx, claim, old, &new);
    }
    for voice in voices {
        let content = content_within(tx.session, proposals, &voice, &mark.anchor.spans, spans);
        tx.set_attribution_raw(&voice.id, AttributionField::Statement(new.clone()));
        tx.set_attribution(&voice.id, AttributionField::Content(content));
    }
    tx.remove_statement(old);
    Some(new)
}

fn claims_at(session: &Session, statement: &StatementId) -> Vec<ClaimId> {
    let claims = session.claims.values();
    let here = claims.filter(|c| c.statements.contains(statement));
    here.map(|c| c.id).collect()
}

/// Lets a claim stand at `new` where it stood at `old`; a claim that was at home there is at home here.
pub(super) fn move_claim(
    tx: &mut Tx<'_>,
    claim: ClaimId,
    old: &StatementId,
    new: &StatementId,
) -> Option<()> {
    let record = tx.session.claims.get(&claim)?;
    let (mut statements, at_home) = (record.statements.clone(), record.home == *old);
    statements.insert(new.clone());
    tx.set_claim_raw(&claim, ClaimField::Statements(statements.clone()));
    if at_home {
        tx.set_claim_raw(&claim, ClaimField::Home(new.clone()));
    }
    statements.remove(old);
    tx.set_claim_raw(&claim, ClaimField::Statements(statements));
    Some(())
}

/// What a voice of a mark says of `now`, where the mark's words were `before`.
///
/// A mark holds a part of what its voice says where it was taken from: there the words are looked for that the new
/// borders let in. Where it says nothing else, and of the words that it said none are left, its words are the mark's.
fn content_within(
    session: &Session,
    proposals: &Proposals,
    voice: &Attribution,
    before: &[Span],
    now: &[Span],
) -> Vec<Span> {
    let meets = |content: &[Span]| !common(content, &voice.content).is_empty();
    let named = !voice.cue.is_empty() || !voice.source_span.is_empty();
    let recorded = session.attributions.values().filter(|a| {
        let same = (a.source, &a.cue, &a.source_span);
        a.statement != voice.statement && same == (voice.source, &voice.cue, &voice.source_span)
    });
    let proposed = proposals
        .attributions
        .iter()
        .filter(|p| *p.cue == *voice.cue && *p.source == *voice.source_span);
    let elsewhere = recorded
        .map(|a| a.content.clone())
        .chain(proposed.map(|p| p.content.to_vec()))
        .filter(|content| named && meets(content));
    let whole = elsewhere.reduce(|a, b| joined(&a, &b));
    let said = match &whole {
        None if voice.content == before => return now.to_vec(),
        None => &voice.content,
        Some(whole) => whole,
    };
    let content = common(said, now);
    match content.is_empty() {
        true => now.to_vec(),
        false => content,
    }
}
