//! A row's voices: a claim has one attribution or more. One of them is chosen, and every key for a voice acts on it; a
//! further one can be added, and the chosen one dropped.

use crate::app::refusal::{DONE, Done};
use crate::app::screen::notices::Level;
use crate::app::state::Program;
use crate::app::state::bench::Bench;
use crate::app::state::steps::Stepped;
use crate::app::state::telling::tell;
use crate::app::state::working::{Working, Writing};
use crate::core::display::{clean, truncate};
use crate::core::ids::*;
use crate::core::model::{Attribution, AttributionField};
use crate::core::ops;
use crate::core::proposal::ProposedVoice;
use crate::core::rows::RowKey;
use crate::core::tx::Tx;
use crate::core::vocabulary::Stance;

/// How many cells of a voice's words the status line shows.
const WORDS: usize = 40;

/// One of a claim's attributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The `n`th, counted from 0, in the order of [`crate::core::model::Session::attributions_of`].
    Nth(usize),
    /// One that is still to be added, with this stance.
    Another(Stance),
}

/// A voice of the current row, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceLine {
    /// Its source's name.
    pub name: String,
    /// Its stance.
    pub stance: Stance,
    /// The words attributed.
    pub words: String,
}

/// The voices of the current row, of a row that is not taken up those that taking it up would give it.
pub fn of_row(bench: &Bench) -> Vec<VoiceLine> {
    let check = bench.check();
    let lines: Vec<VoiceLine> = match bench.cursor() {
        RowKey::Claim(c) => check
            .attributions(*c)
            .map(|a| VoiceLine {
                name: a
                    .source
                    .map_or("nobody named", |s| check.source_name(s))
                    .into(),
                stance: a.stance,
                words: check.text().exact(&a.content),
            })
            .collect(),
        RowKey::Proposal(n) => check
            .proposals()
            .attributions_of(*n)
            .map(|(_, a)| VoiceLine {
                name: check
                    .proposed_source_name(&a)
                    .map_or_else(|| "nobody named".into(), |n| n.into_owned()),
                stance: a.stance,
                words: check.text().exact(&a.content),
            })
            .collect(),
        RowKey::Statement(_) | RowKey::Block(_) => Vec::new(),
    };
    if !lines.is_empty() {
        return lines;
    }
    vec![VoiceLine {
        name: check.source_name(SourceId::ARTICLE).into(),
        stance: Stance::Asserts,
        words: String::new(),
    }]
}

/// The chosen voice of the current row.
pub fn chosen(bench: &Bench) -> Voice {
    Voice::Nth(bench.chosen_voice())
}

/// The title of a list that is about one voice: of several it says which.
pub fn titled(bench: &Bench, title: &str) -> String {
    let (n, all) = (bench.chosen_voice(), of_row(bench));
    match all.get(n) {
        Some(voice) if all.len() > 1 => {
            let name = clean(&voice.name);
            format!("{title} · voice {} of {}, {name}", n + 1, all.len())
        }
        _ => title.into(),
    }
}

/// Chooses the next voice of the row, after the last one the first.
pub fn next(state: &mut Working<'_>, _row: RowKey) -> Done {
    let all = of_row(state.bench);
    let n = (state.bench.chosen_voice() + 1) % all.len().max(1);
    state.bench.voice = n;
    if let Some(voice) = all.get(n) {
        let stance = state.config.labels.of(voice.stance).trim_end_matches(':');
        let (name, words) = (clean(&voice.name), clean(&voice.words));
        let words = match truncate(&words, WORDS) {
            none if none.is_empty() => String::new(),
            words => format!(": {words}"),
        };
        let said = format!("Voice {} of {}: {name} {stance}{words}", n + 1, all.len());
        state.say(Level::Info, said);
    }
    DONE
}

/// Why there is no other voice to go to, one sentence; none where there is one.
pub(in crate::app) fn one_voice(bench: &Bench, _: &Program) -> Option<String> {
    let one = bench.voice_count() < 2;
    one.then(|| "There is no other voice on this row.".into())
}

/// Drops the chosen voice of the row, which is taken up first, in the same step, if need be.
pub fn drop_chosen(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let (n, all) = (state.bench.chosen_voice(), of_row(state.bench));
    let name = all.get(n).map_or(String::new(), |v| clean(&v.name));
    let what = match all.len() {
        0 | 1 => format!("voice dropped, {name}: the article says it now"),
        more => format!("voice dropped, {name}; {} left", more - 1),
    };
    let known: Vec<SourceId> = state.bench.session().sources.keys().copied().collect();
    let done = state.tag(|tx, claim| {
        let voice = tx.session.attributions_of(claim).nth(n);
        if let Some((id, source)) = voice.map(|v| (v.id, v.source)) {
            ops::drop_voice(tx, id);
            forget_unused(tx, source, &known);
        }
    });
    Ok(done.told(state, |state| tell(state, &what)))
}

/// Why there is no voice to drop, one sentence; none where there is one.
pub(in crate::app) fn nobody_else(bench: &Bench, _: &Program) -> Option<String> {
    let check = bench.check();
    let own = match bench.cursor() {
        RowKey::Claim(c) => {
            let mut all = check.attributions(*c);
            all.all(|a| a.source == Some(SourceId::ARTICLE))
        }
        RowKey::Proposal(n) => {
            let proposals = check.proposals();
            let mut all = proposals.attributions_of(*n);
            all.all(|(_, a)| matches!(proposals.voice_of(&a), ProposedVoice::Article))
        }
        RowKey::Statement(_) | RowKey::Block(_) => true,
    };
    (own && bench.voice_count() < 2)
        .then(|| "The article itself says it: there is no voice to drop.".into())
}

/// Makes a step on one voice of the current row, which is taken up first, in the same step, if need be.
pub fn set(
    state: &mut Writing<'_>,
    voice: Voice,
    work: impl FnOnce(&mut Tx<'_>, AttributionId),
) -> Stepped {
    let mut made = None;
    let done = state.tag(|tx, claim| {
        let there = match voice {
            Voice::Nth(n) => tx.session.attributions_of(claim).nth(n).map(|a| a.id),
            Voice::Another(_) => None,
        };
        if there.is_none() {
            made = add(tx, claim, voice);
        }
        if let Some(id) = there.or(made) {
            work(tx, id);
        }
    });
    // The next key for a voice is meant for the one that was added.
    let bench = &mut *state.bench;
    if let Some(claim) = bench.claim_at_cursor().filter(|_| made.is_some()) {
        let mut all = bench.check().attributions(claim);
        let added = all.position(|a| Some(a.id) == made);
        drop(all);
        bench.voice = added.unwrap_or(0);
    }
    done
}

/// Adds a voice to a claim: on the words of its first one, at the same statement.
fn add(tx: &mut Tx<'_>, claim: ClaimId, voice: Voice) -> Option<AttributionId> {
    let record = tx.session.claims.get(&claim)?;
    let statement = record.home.clone();
    let content = match tx.session.attributions_of(claim).next() {
        Some(first) if first.statement == statement => first.content.clone(),
        _ => tx.session.statements.get(&statement)?.anchor.spans.clone(),
    };
    let mut a = Attribution::on(tx.id(), claim, statement);
    a.content = content;
    if let Voice::Another(stance) = voice {
        a.stance = stance;
    }
    let id = a.id;
    tx.create_attribution(a);
    Some(id)
}

/// Sets who says it; the record of a source that this very step made, and that nothing uses now, goes again.
pub fn set_source(
    tx: &mut Tx<'_>,
    id: AttributionId,
    source: Option<SourceId>,
    known: &[SourceId],
) {
    let before = tx.session.attributions.get(&id).and_then(|a| a.source);
    tx.set_attribution(&id, AttributionField::Source(source));
    forget_unused(tx, before.filter(|old| Some(*old) != source), known);
}

/// Takes the record of a source away that this very step made, and that nothing uses now.
fn forget_unused(tx: &mut Tx<'_>, source: Option<SourceId>, known: &[SourceId]) {
    let Some(old) = source.filter(|s| !known.contains(s)) else {
        return;
    };
    let mut all = tx.session.attributions.values();
    if !all.any(|a| a.source == Some(old) || a.via == Some(old) || a.about.contains(&old)) {
        tx.remove_source(&old);
    }
}
