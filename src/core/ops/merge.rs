//! Making one record of two that turn out to be the same: claims, sources, evidence items. What both say is kept, by the
//! rules of [`crate::core::join`]; where they differ, whoever asks for it answers.

use super::sources::other_names;
use crate::core::ids::*;
use crate::core::join::{Answer, Field, Joining, Question, Value, appended, join};
use crate::core::labels::Labels;
use crate::core::model::*;
use crate::core::tx::Tx;
use crate::core::values::{InWords, Words, in_words};

/// What joining two records did to the one that stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// What the fields are called that it took over or added to.
    pub fields: Vec<&'static str>,
    /// How many voices came over.
    pub voices: usize,
    /// How many held items came over.
    pub held: usize,
    /// What the fields are called whose other value is kept in the note.
    pub noted: Vec<&'static str>,
}

/// What joining claim `from` into `into` comes to, and what has to be asked.
pub fn claims_joined(session: &Session, from: ClaimId, into: ClaimId) -> Joining<ClaimField> {
    match (session.claims.get(&into), session.claims.get(&from)) {
        (Some(kept), Some(gone)) => joined(kept, gone),
        _ => nothing(),
    }
}

/// What joining source `gone` into `kept` comes to, and what has to be asked.
pub fn sources_joined(kept: &Source, gone: &Source) -> Joining<SourceField> {
    let mut joining = join(kept, gone);
    if kept.id == SourceId::ARTICLE {
        // The article's own voice is what it is.
        let own = |f: &SourceField| matches!(f.key(), SourceKey::Type | SourceKey::ProtectIdentity);
        joining.sets.retain(|f| !own(f));
        joining.asked.retain(|q| !q.kept.iter().any(own));
    }
    joining
}

/// What joining evidence item `from` into `into` comes to, and what has to be asked.
pub fn evidence_joined(
    session: &Session,
    from: EvidenceId,
    into: EvidenceId,
) -> Joining<EvidenceField> {
    match (session.evidence.get(&into), session.evidence.get(&from)) {
        (Some(kept), Some(gone)) => join(kept, gone),
        _ => nothing(),
    }
}

fn nothing<F>() -> Joining<F> {
    Joining {
        sets: Vec::new(),
        asked: Vec::new(),
    }
}

/// Joins two claims field by field, and puts together what goes together.
fn joined(kept: &Claim, gone: &Claim) -> Joining<ClaimField> {
    use ClaimKey as K;
    let Joining { mut sets, asked } = join(kept, gone);
    let mut questions = Vec::new();
    for question in asked {
        match question.about() {
            // What the reader proposed gives way to what somebody set.
            Some(k) if gone.proposed.contains(&k) => {}
            Some(k) if kept.proposed.contains(&k) => sets.extend(question.gone),
            _ => questions.push(question),
        }
    }
    let finding = K::FINDING;
    let about = |q: &Question<ClaimField>, k| q.about() == Some(k);
    if questions.iter().any(|q| about(q, K::VerificationStatus)) {
        // A rating and a ground belong to the finding that they were given with.
        sets.retain(|f| !finding.contains(&f.key()));
        questions.retain(|q| q.about().is_none_or(|k| !finding.contains(&k)));
        let of = |claim: &Claim| finding.iter().map(|k| claim.get(*k)).collect();
        let question = Question {
            kept: of(kept),
            gone: of(gone),
        };
        questions.insert(0, question);
    }
    if kept.wording.is_blank() && !gone.wording.is_blank() {
        // The exact words are a wording too: what a claim says is never changed unasked.
        sets.retain(|f| f.key() != K::Wording);
        questions.push(Question {
            kept: vec![kept.get(K::Wording)],
            gone: vec![gone.get(K::Wording)],
        });
    }
    Joining {
        sets,
        asked: questions,
    }
}

/// Makes one claim of two that turn out to be the same: `into` stands at the statements of `from` too, with the voices
/// and the evidence of both, and with every field joined. None where there are no such two claims.
pub fn merge_claims(
    tx: &mut Tx<'_>,
    from: ClaimId,
    into: ClaimId,
    answer: impl Fn(&Question<ClaimField>) -> Answer,
    labels: &Labels,
) -> Option<Merged> {
    let gone = tx.session.claims.get(&from)?.clone();
    let kept = tx
        .session
        .claims
        .get(&into)
        .filter(|_| from != into)?
        .clone();
    let settled = joined(&kept, &gone).settled(answer);
    let title = format!("“{}”", tx.session.claim_text(&gone));
    let (mut merged, note) = told(tx.session, labels, &settled.sets, &settled.noted, &title);
    for value in settled.sets {
        tx.set_claim_raw(&into, value);
    }
    if let Some(note) = note {
        let notes = tx.session.claims.get(&into)?.notes.clone();
        tx.set_claim_raw(&into, ClaimField::Notes(appended(notes, &note)));
    }
    let proposed = still_proposed(&kept, &gone, tx.session.claims.get(&into)?);
    tx.set_claim_raw(&into, ClaimField::Proposed(proposed.into()));
    merged.voices = move_voices(tx, from, into);
    let held: Vec<Held> = tx.session.held_against(from).cloned().collect();
    for h in held {
        merged.held += usize::from(move_held(tx, &h, into, h.evidence));
    }
    tx.remove_claim(&from);
    tx.forward(RecordId::Claim(from), RecordId::Claim(into));
    Some(merged)
}

/// The fields of `now`, which was joined from two claims, that hold what the reader proposed and nobody set.
fn still_proposed(kept: &Claim, gone: &Claim, now: &Claim) -> Vec<ClaimKey> {
    let by_reader = |claim: &Claim, k: ClaimKey| {
        let same = claim.get(k) == now.get(k);
        same.then(|| claim.proposed.contains(&k))
    };
    let proposed = |k: &ClaimKey| match (by_reader(kept, *k), by_reader(gone, *k)) {
        (Some(kept), Some(gone)) => kept && gone,
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => false,
    };
    ClaimKey::ALL.iter().copied().filter(proposed).collect()
}

/// Lets the voices of claim `from` speak for `into`, but for those that say word for word what one there says.
fn move_voices(tx: &mut Tx<'_>, from: ClaimId, into: ClaimId) -> usize {
    let voices: Vec<Attribution> = tx.session.attributions_of(from).cloned().collect();
    let mut moved = 0;
    for voice in voices {
        let same = |o: &Attribution| {
            let as_it = Attribution {
                id: voice.id,
                claim: voice.claim,
                ..o.clone()
            };
            as_it == voice
        };
        if tx.session.attributions_of(into).any(same) {
            tx.remove_attribution(&voice.id);
        } else {
            tx.set_attribution_raw(&voice.id, AttributionField::Claim(into));
            moved += 1;
        }
    }
    moved
}

/// Holds `item` against `claim` as `held` says: joined with a holding there that says nothing else, or beside it.
/// Returns whether it is a holding of its own.
fn move_held(tx: &mut Tx<'_>, held: &Held, claim: ClaimId, item: EvidenceId) -> bool {
    let there = tx.session.held_against(claim);
    let twin = there
        .filter(|o| o.evidence == item)
        .map(|o| (o.id, join(o, held)))
        .find(|(_, joining)| joining.asked.is_empty());
    match twin {
        Some((twin, joining)) => {
            for value in joining.sets {
                tx.set_held(&twin, value);
            }
            tx.remove_held(&held.id);
            false
        }
        None => {
            tx.set_held(&held.id, HeldField::Claim(claim));
            tx.set_held(&held.id, HeldField::Evidence(item));
            true
        }
    }
}

/// What joining did to the fields, and the paragraph of the note that keeps what the record called `title` said.
fn told<F: Field + InWords>(
    session: &Session,
    labels: &Labels,
    sets: &[F],
    noted: &[Vec<F>],
    title: &str,
) -> (Merged, Option<String>) {
    let words = Words { session, labels };
    let said: Vec<String> = noted.iter().map(|n| in_words(n, &words)).collect();
    let note = (!said.is_empty()).then(|| format!("From {title}: {}", said.join("; ")));
    let merged = Merged {
        fields: sets.iter().map(InWords::label).collect(),
        noted: noted
            .iter()
            .filter_map(|n| Some(n.first()?.label()))
            .collect(),
        ..Merged::default()
    };
    (merged, note)
}

/// Makes every record that points to `from` point to `into`, joins every field, keeps the names, and removes `from`.
///
/// The built-in source is never merged away, and no protected source becomes the article's own voice, which is named.
pub fn merge_sources(
    tx: &mut Tx<'_>,
    from: SourceId,
    into: SourceId,
    answer: impl Fn(&Question<SourceField>) -> Answer,
    labels: &Labels,
) -> Option<Merged> {
    let gone = tx.session.sources.get(&from)?.clone();
    let kept = tx
        .session
        .sources
        .get(&into)
        .filter(|_| from != into)?
        .clone();
    if from == SourceId::ARTICLE || into == SourceId::ARTICLE && gone.protect_identity {
        return None;
    }
    let settled = sources_joined(&kept, &gone).settled(answer);
    let title = format!("“{}”", gone.name);
    let (mut merged, note) = told(tx.session, labels, &settled.sets, &settled.noted, &title);
    for value in settled.sets {
        tx.set_source(&into, value);
    }
    if let Some(note) = note {
        let present = tx.session.sources.get(&into)?.note.clone();
        tx.set_source(&into, SourceField::Note(appended(present, &note)));
    }
    let names = kept
        .also_called
        .iter()
        .chain([&gone.name])
        .chain(&gone.also_called);
    let name = tx.session.sources.get(&into).map_or("", |s| &s.name);
    let names = other_names(name, names);
    tx.set_source(&into, SourceField::AlsoCalled(names.into()));
    merged.voices = repoint(tx, from, into);
    let items = tx.session.evidence.values();
    let items: Vec<EvidenceId> = items
        .filter(|e| e.source == Some(from))
        .map(|e| e.id)
        .collect();
    for e in items {
        tx.set_evidence(&e, EvidenceField::Source(Some(into)));
    }
    tx.remove_source(&from);
    tx.forward(RecordId::Source(from), RecordId::Source(into));
    Some(merged)
}

/// Makes the attributions that name `from` name `into`, each once; returns how many did.
fn repoint(tx: &mut Tx<'_>, from: SourceId, into: SourceId) -> usize {
    let attributions: Vec<Attribution> = tx.session.attributions.values().cloned().collect();
    let mut changed = 0;
    for a in attributions {
        let mut fields = Vec::new();
        if a.source == Some(from) {
            fields.push(AttributionField::Source(Some(into)));
        }
        if a.via == Some(from) {
            fields.push(AttributionField::Via(Some(into)));
        }
        if a.about.contains(&from) {
            let about = a.about.into_iter();
            let about = about.map(|s| if s == from { into } else { s });
            fields.push(AttributionField::About(about.collect()));
        }
        changed += usize::from(!fields.is_empty());
        for field in fields {
            tx.set_attribution_raw(&a.id, field);
        }
    }
    changed
}

/// Makes one item of two that turn out to be the same: it is held against the claims of both, with every field joined.
pub fn merge_evidence(
    tx: &mut Tx<'_>,
    from: EvidenceId,
    into: EvidenceId,
    answer: impl Fn(&Question<EvidenceField>) -> Answer,
    labels: &Labels,
) -> Option<Merged> {
    let gone = tx.session.evidence.get(&from)?.clone();
    tx.session.evidence.get(&into).filter(|_| from != into)?;
    let settled = evidence_joined(tx.session, from, into).settled(answer);
    let title = format!("“{}”", gone.called());
    let (mut merged, note) = told(tx.session, labels, &settled.sets, &settled.noted, &title);
    for value in settled.sets {
        tx.set_evidence(&into, value);
    }
    if let Some(note) = note {
        let present = tx.session.evidence.get(&into)?.note.clone();
        tx.set_evidence(&into, EvidenceField::Note(appended(present, &note)));
    }
    let held = tx.session.held.values().filter(|h| h.evidence == from);
    let held: Vec<Held> = held.cloned().collect();
    for h in held {
        merged.held += usize::from(move_held(tx, &h, h.claim, into));
    }
    tx.remove_evidence(&from);
    tx.forward(RecordId::Evidence(from), RecordId::Evidence(into));
    Some(merged)
}

#[cfg(test)]
mod tests;
