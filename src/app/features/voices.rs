//! Which of a row's voices is meant: a claim has one attribution or more, and a further one can be added.

use crate::app::layers::picker::{Pick, PickItem};
use crate::app::refusal::{Done, Refusal};
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Overlay, Picker};
use crate::app::state::steps::Stepped;
use crate::app::state::working::Writing;
use crate::core::ids::*;
use crate::core::model::{Attribution, AttributionField};
use crate::core::rows::RowKey;
use crate::core::tx::Tx;
use crate::core::vocabulary::Stance;

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

/// Goes on with the row's one voice, or asks first which of several is meant.
pub fn ask(
    state: &mut Writing<'_>,
    title: &'static str,
    then: fn(&mut Writing<'_>, Voice) -> Done,
) -> Done {
    let voices = of_row(state.bench);
    if voices.len() < 2 {
        return then(state, Voice::Nth(0));
    }
    let labels = &state.config.labels;
    let items = voices
        .into_iter()
        .enumerate()
        .map(|(n, v)| {
            let detail = format!("{}: {}", labels.of(v.stance), v.words);
            PickItem::new(Pick::Way(n), v.name).detail(detail)
        })
        .collect();
    let picker = Picker::new(
        format!("{title}: which voice?"),
        items,
        move |s, pick| match pick {
            Pick::Way(n) => then(&mut s.writing()?, Voice::Nth(n)),
            _ => Err(Refusal::no_such_line()),
        },
    );
    state.open(Overlay::Picker(picker))
}

/// Makes a step on one voice of the current row, which is taken up first, in the same step, if need be.
pub fn set(
    state: &mut Writing<'_>,
    voice: Voice,
    work: impl FnOnce(&mut Tx<'_>, AttributionId),
) -> Stepped {
    state.tag(move |tx, claim| {
        let there = match voice {
            Voice::Nth(n) => tx.session.attributions_of(claim).nth(n).map(|a| a.id),
            Voice::Another(_) => None,
        };
        let Some(id) = there.or_else(|| add(tx, claim, voice)) else {
            return;
        };
        work(tx, id);
    })
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
    if let Some(old) = before.filter(|old| Some(*old) != source && !known.contains(old)) {
        let used = tx
            .session
            .attributions
            .values()
            .any(|a| a.source == Some(old) || a.via == Some(old) || a.about.contains(&old));
        if !used {
            tx.remove_source(&old);
        }
    }
}
