//! Claims: several on one statement, one at several statements, pairs, withdrawal.

use super::borders::move_claim;
use super::statements::{inherit_or_own, mark, mark_statement};
use super::take_up::{Made, TakenUp, claim_at, own_voice, proposed_attributions, record_statement};
use super::withdrawal::withdraw;

use crate::core::derived::Turn;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::phrases::{self, Speaker};
use crate::core::proposal::Proposals;
use crate::core::spans::common;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Tx;
use crate::core::vocabulary::*;

/// Adds one more claim on the words of `claim`'s home, said by the same.
pub fn add_claim(tx: &mut Tx<'_>, claim: ClaimId) -> Option<ClaimId> {
    let statement = tx.session.claims.get(&claim)?.home.clone();
    let id: ClaimId = tx.id();
    tx.create_claim(Claim::on(id, statement.clone(), tx.stamp.clone()));
    copy_attributions(tx, claim, id, &statement);
    Some(id)
}

fn copy_attributions(tx: &mut Tx<'_>, from: ClaimId, to: ClaimId, at: &StatementId) {
    let copies: Vec<Attribution> = tx
        .session
        .attributions_of(from)
        .filter(|a| a.statement == *at)
        .cloned()
        .collect();
    if copies.is_empty() {
        own_voice(tx, to, at, Made::ByHand);
    }
    for mut a in copies {
        a.id = tx.id();
        a.claim = to;
        tx.create_attribution(a);
    }
}

/// Splits the claim's statement in two at scalar value `at`: the claim keeps the words before, a new claim gets those
/// behind, both said by the same. White space around the cut belongs to neither. None if a part would be empty.
pub fn split(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    claim: ClaimId,
    at: u32,
) -> Option<TakenUp> {
    let statement = tx.session.claims.get(&claim)?.home.clone();
    let spans = tx.session.statements.get(&statement)?.anchor.spans.clone();
    let before = part(text, &spans, 0, at);
    let after = part(text, &spans, at, u32::MAX);
    if before.is_empty() || after.is_empty() {
        return None;
    }
    let second = mark(tx, text, proposals, &after)?;
    let first = mark(tx, text, proposals, &before)?;
    // The claim moves to the first part with everything that hangs on it; the one that marking made there goes again.
    let moved: Vec<AttributionId> = tx
        .session
        .attributions_of(claim)
        .filter(|a| a.statement == statement)
        .map(|a| a.id)
        .collect();
    withdraw(tx, first.claim, Some(&first.statement));
    move_claim(tx, claim, &statement, &first.statement)?;
    for a in moved {
        let said = &tx.session.attributions.get(&a)?.content;
        let content = match common(said, &before) {
            none if none.is_empty() => before.clone(),
            some => some,
        };
        tx.set_attribution_raw(&a, AttributionField::Statement(first.statement.clone()));
        tx.set_attribution(&a, AttributionField::Content(content));
    }
    if !tx
        .session
        .claims
        .values()
        .any(|c| c.statements.contains(&statement))
    {
        let reason = phrases::split_into_parts(&tx.session.article.language);
        // Its words live on in the two parts: as a statement of its own it has nothing left to check.
        tx.set_statement(&statement, StatementField::Decision(Decision::Dismissed));
        tx.set_statement(&statement, StatementField::Reason(reason.into()));
    }
    Some(second)
}

fn part(text: &ArticleText, spans: &[Span], from: u32, to: u32) -> Vec<Span> {
    spans
        .iter()
        .map(|s| Span::new(s.start.max(from), s.end.min(to).max(s.start.max(from))))
        .map(|s| trim(text, s))
        .filter(|s| !s.is_empty())
        .collect()
}

fn trim(text: &ArticleText, span: Span) -> Span {
    let bytes = text.bytes(span);
    let words = &text.as_str()[bytes.clone()];
    let start = bytes.start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    text.span(start..end)
}

/// What is tied to a claim.
#[derive(Clone, Copy, Debug)]
pub enum Tied<'a> {
    /// A proposal, by its index.
    Proposal(u32),
    /// Words of the article, a statement of the session or not yet one, in scalar values.
    Words(&'a [Span]),
}

/// Ties a statement to an existing claim, with an attribution of its own: the claim stands there too.
pub fn tie(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    what: Tied<'_>,
    claim: ClaimId,
) -> Option<StatementId> {
    let mut statements = tx.session.claims.get(&claim)?.statements.clone();
    let statement = match what {
        Tied::Proposal(n) => record_statement(tx, text, proposals, n, Decision::TakenUp)?,
        Tied::Words(spans) => mark_statement(tx, text, proposals, spans)?,
    };
    if !statements.insert(statement.clone()) {
        return Some(statement);
    }
    tx.set_claim_raw(&claim, ClaimField::Statements(statements));
    match what {
        Tied::Proposal(n) => proposed_attributions(tx, text, proposals, n, claim, &statement),
        Tied::Words(spans) => inherit_or_own(tx, text, proposals, spans, claim, &statement),
    }
    Some(statement)
}

/// Makes the pair of a quotation: `claim` stays *is it so?*; the new claim is *was it said?*, asserted by the article.
///
/// Its wording names who said what, so that it stands alone.
pub fn pair(tx: &mut Tx<'_>, text: &ArticleText, claim: ClaimId) -> Option<ClaimId> {
    let record = tx.session.claims.get(&claim)?;
    let statement = record.home.clone();
    let attribution = tx
        .session
        .attributions_of(claim)
        .find(|a| a.statement == statement)?
        .clone();
    let source = attribution.source.and_then(|s| tx.session.sources.get(&s));
    let speaker = match source {
        Some(s) if s.id == SourceId::ARTICLE => Speaker::Article,
        Some(s) => Speaker::Named(&s.name),
        None => Speaker::Unknown,
    };
    let words = match attribution.content.is_empty() {
        true => tx.session.statements.get(&statement)?.anchor.exact.clone(),
        false => text.exact(&attribution.content),
    };
    let words = words.trim();
    let words = words.trim_matches(|c| "\"“”\"„«»,".contains(c)).trim();
    let language = &tx.session.article.language;
    let wording = phrases::was_said(language, speaker, attribution.stance, words);
    let id = claim_at(tx, &statement, Turn::WasItSaid);
    let mut said = Claim::on(id, statement.clone(), tx.stamp.clone());
    said.claim_type = ClaimType::Quote;
    said.wording = Some(wording);
    tx.create_claim(said);
    own_voice(tx, id, &statement, Made::TakenUp);
    Some(id)
}
