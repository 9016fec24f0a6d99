//! Taking up what the reader proposed: the whole proposal is copied into the step, each field marked as proposed.

use super::sources::source_proposed;
use crate::core::anchor::anchor;
use crate::core::derived::{self, Said, Turn};
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::proposal::{AttributionView, Proposals, ProposedVoice};
use crate::core::set::Set;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Tx;
use crate::core::vocabulary::*;

/// What taking a proposal up made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenUp {
    /// The statement.
    pub statement: StatementId,
    /// The claim.
    pub claim: ClaimId,
}

/// Takes statement `n` of the proposals up as a claim with everything that was proposed for it.
///
/// Where no voice is quoted, the claim is the article's own. None if there is no such statement.
pub fn take_up(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    n: u32,
) -> Option<TakenUp> {
    let proposed = proposals.statements.get(n as usize)?;
    let statement = record_statement(tx, text, proposals, n, Decision::TakenUp)?;
    let claim = claim_at(tx, &statement, Turn::TakenUp);
    let mut record = Claim::on(claim, statement.clone(), tx.stamp.clone());
    record.check_worthiness = proposed.check_worthiness;
    record.claim_type = proposed.claim_type;
    record.proposed = Set::from(vec![ClaimKey::CheckWorthiness, ClaimKey::ClaimType]);
    tx.create_claim(record);
    proposed_attributions(tx, text, proposals, n, claim, &statement);
    Some(TakenUp { statement, claim })
}

/// What the statement on `spans` of the current text is called: that of the one that stands there, wherever it was born,
/// else that of the one that is born there now.
pub fn id_at(tx: &mut Tx<'_>, text: &ArticleText, spans: &[Span]) -> StatementId {
    if let Some(there) = tx.session.statement_at(spans) {
        return there.id.clone();
    }
    let version = tx.session.version();
    let id = StatementId::of(version, spans);
    if tx.session.statements.contains_key(&id) {
        // It was born here and went elsewhere with an earlier text: these words are its own again.
        tx.set_statement(&id, StatementField::Anchor(anchor(text, version, spans)));
    }
    id
}

/// Records statement `n` of the proposals with a decision; a record that is there already only gets the decision.
pub fn record_statement(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    n: u32,
    decision: Decision,
) -> Option<StatementId> {
    let proposed = proposals.statements.get(n as usize)?;
    let version = tx.session.version();
    let id = id_at(tx, text, &proposed.spans);
    if tx.session.statements.contains_key(&id) {
        tx.set_statement(&id, StatementField::Decision(decision));
        if decision == Decision::TakenUp {
            tx.set_statement(&id, StatementField::Reason(String::new()));
        }
        return Some(id);
    }
    let mut why = proposed.why.to_string();
    for (_, a) in proposals.attributions_of(n) {
        if !why.is_empty() {
            why.push_str("; ");
        }
        why.push_str(a.why);
    }
    tx.create_statement(Statement {
        anchor: Anchor {
            statement_id: Some(id.clone()),
            ..anchor(text, version, &proposed.spans)
        },
        id: id.clone(),
        block: proposals.block_of(n),
        decision,
        reason: String::new(),
        origin: Origin::Proposal,
        why,
    });
    Some(id)
}

/// Gives `claim` the attributions that were proposed for statement `n`, standing at `statement`; the article's own voice
/// where there are none.
pub fn proposed_attributions(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    n: u32,
    claim: ClaimId,
    statement: &StatementId,
) {
    let mut any = false;
    for (turn, (_, a)) in proposals.attributions_of(n).enumerate() {
        any = true;
        let said = Said {
            source: &a.source,
            cue: &a.cue,
            content: &a.content,
        };
        let id = attribution_at(tx, statement, claim, said, turn);
        let mut record = Attribution::on(id, claim, statement.clone());
        record.content = a.content.to_vec();
        say_as_proposed(tx, text, proposals, &a, &mut record);
        use AttributionKey as K;
        record.proposed = [
            (K::Source, record.source.is_some()),
            (K::SourceSpan, !record.source_span.is_empty()),
            (K::Cue, !record.cue.is_empty()),
            (K::Content, !record.content.is_empty()),
            (K::Stance, true),
            (K::Certainty, true),
            (K::QuotationType, true),
            (K::Via, record.via.is_some()),
            (K::About, !record.about.is_empty()),
        ]
        .into_iter()
        .filter_map(|(key, there)| there.then_some(key))
        .collect();
        tx.create_attribution(record);
    }
    if !any {
        own_voice(tx, claim, statement, Made::TakenUp);
    }
}

/// Lets `record` tell who speaks and how, as `a` proposes it: everything but the words that are said.
pub(super) fn say_as_proposed(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    a: &AttributionView<'_>,
    record: &mut Attribution,
) {
    record.source = proposed_source(tx, text, proposals, a);
    record.source_span = a.source.to_vec();
    record.cue = a.cue.to_vec();
    record.stance = a.stance;
    record.certainty = a.certainty;
    record.quotation_type = a.quotation_type;
    record.via = a
        .via
        .and_then(|v| proposals.attributions.get(v as usize))
        .and_then(|v| proposed_source(tx, text, proposals, &v));
    record.about = match a.about.is_empty() {
        true => Set::default(),
        false => Set::one(proposed_subject(tx, text, proposals, a)),
    };
}

/// The session's record for whom `a` is about, made if it is not there.
fn proposed_subject(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    a: &AttributionView<'_>,
) -> SourceId {
    let about = proposals
        .sources
        .iter()
        .find(|s| a.about.iter().any(|at| s.mentions.contains(at)));
    let (name, source_type) = match about {
        Some(s) => (s.name.to_string(), s.source_type),
        None => (text.exact(&a.about), SourceType::Unknown),
    };
    source_proposed(tx, text, &name, |s| {
        s.source_type = source_type;
    })
}

/// How a record comes to be, on which its id depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// By taking up what was proposed: everybody who does makes the same record.
    TakenUp,
    /// By a checker's own hand.
    ByHand,
}

/// Gives `claim` the article's own voice at `statement`.
pub(super) fn own_voice(tx: &mut Tx<'_>, claim: ClaimId, statement: &StatementId, made: Made) {
    let content = place(tx.session, statement).1.to_vec();
    let id = match made {
        Made::TakenUp => {
            let content = &content;
            let said = Said {
                content,
                ..Said::default()
            };
            attribution_at(tx, statement, claim, said, 0)
        }
        Made::ByHand => tx.id(),
    };
    let mut record = Attribution::on(id, claim, statement.clone());
    record.source = Some(SourceId::ARTICLE);
    record.stance = Stance::Asserts;
    record.content = content;
    record.proposed = Set::from(vec![
        AttributionKey::Source,
        AttributionKey::Stance,
        AttributionKey::Content,
    ]);
    tx.create_attribution(record);
}

/// The session's record for whoever says what `a` gives as said, made if it is not there; none where nobody is named.
pub(super) fn proposed_source(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    a: &AttributionView<'_>,
) -> Option<SourceId> {
    match proposals.voice_of(a) {
        ProposedVoice::Source(s) => Some(source_proposed(tx, text, &s.name, |new| {
            new.source_type = s.source_type;
            new.role = s.role.to_string();
            new.affiliation = s.affiliation.to_string();
        })),
        ProposedVoice::Words(words) => {
            let name = text.exact(&words);
            Some(source_proposed(tx, text, &name, |_| {}))
        }
        ProposedVoice::Article => Some(SourceId::ARTICLE),
        ProposedVoice::Unnamed => None,
    }
}

/// The hash of the text that a statement stands in, and its spans there.
fn place<'a>(session: &'a Session, statement: &StatementId) -> (String, &'a [Span]) {
    session
        .statements
        .get(statement)
        .map_or((String::new(), &[]), |s| {
            let text = session.text_sha256(s.anchor.version);
            (text, s.anchor.spans.as_slice())
        })
}

/// The id of a claim that is taken up at `statement`: the same for everybody, unless a claim has it already.
pub(super) fn claim_at(tx: &mut Tx<'_>, statement: &StatementId, turn: Turn) -> ClaimId {
    let (text, spans) = place(tx.session, statement);
    let derived = derived::claim(&text, spans, turn);
    tx.claim_id(derived)
}

fn attribution_at(
    tx: &mut Tx<'_>,
    statement: &StatementId,
    claim: ClaimId,
    said: Said<'_>,
    turn: usize,
) -> AttributionId {
    let (text, spans) = place(tx.session, statement);
    let derived = derived::attribution(&text, spans, claim, said, turn);
    tx.attribution_id(derived)
}
