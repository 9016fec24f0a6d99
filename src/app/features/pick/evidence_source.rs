//! Where an evidence item comes from: picked from the sources, or typed.

use super::sources::anybody;
use crate::app::features::who::Somebody;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Overlay, Picker};
use crate::app::state::working::Writing;
use crate::core::display::clean;
use crate::core::ids::EvidenceId;
use crate::core::model::EvidenceField;

/// Asks where an item comes from.
pub(super) fn open(state: &mut Writing<'_>, id: EvidenceId) -> Done {
    let item = state.bench.session().evidence.get(&id);
    let item = item.ok_or_else(|| Refusal::gone("The item"))?;
    let title = format!("Where “{}” comes from", clean(item.called()));
    let now = item.source.map(Pick::Source);
    let mut items = anybody(state);
    items.push(PickItem::new(Pick::Nothing, "nobody named"));
    let mut picker = Picker::new(title, items, move |s, pick| {
        set(&mut s.writing()?, id, pick)
    })
    .creating(|_| "new source", |_| false)
    .verb("sets it");
    if let Some(now) = now {
        picker = picker.preselect(&now);
    }
    state.open(Overlay::Picker(picker))
}

fn set(state: &mut Writing<'_>, id: EvidenceId, pick: Pick) -> Done {
    let who = Somebody::of(state.bench, pick)?;
    let name = clean(&who.name(state.bench));
    let item = state.bench.session().evidence.get(&id);
    let title = clean(item.map_or("", |e| e.called()));
    let done = state.step(move |tx, _, _| {
        let source = who.source(tx);
        tx.set_evidence(&id, EvidenceField::Source(source));
        None
    });
    Ok(done.told(state, |s| {
        s.say(Level::Info, format!("“{title}” is from {name}."));
    }))
}
