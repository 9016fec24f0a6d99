//! The list of the session's sources: edit, merge, protect, remove.

use super::sources::{item, uses};
use crate::app::form;
use crate::app::joining::{self, Asking};
use crate::app::key::Key;
use crate::app::msg::Effect;
use crate::app::notices::Level;
use crate::app::overlay::Overlay;
use crate::app::picker::{Item, Pick, Picker};
use crate::app::state::State;
use crate::core::display::clean;
use crate::core::ids::SourceId;
use crate::core::model::{Source, SourceField};
use crate::core::ops;

/// Lists the sources.
pub fn open(state: &mut State) -> Vec<Effect> {
    let picker = Picker::new("Sources", lines(state), |s, pick| match pick {
        Pick::Source(id) => form::source::open(s, id),
        Pick::New(name) => form::source::open_new(s, &name),
        _ => Vec::new(),
    })
    .creating(|_| "new source", |_| false)
    .verb("edits")
    .following(lines)
    .extra_staying(Key::ctrl('g'), "merges it into another", merge)
    .extra_staying(Key::ctrl('t'), "protects it, or not", protect)
    .extra_staying(Key::ctrl('x'), "removes it if unused", remove);
    state.open(Overlay::Picker(picker))
}

/// The sources, those named most often first.
fn lines(state: &State) -> Vec<Item> {
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    let session = bench.session();
    let uses = uses(session);
    let mut sources: Vec<&Source> = session.sources.values().collect();
    sources.sort_by_key(|s| {
        let n = uses.get(&s.id).copied().unwrap_or(0);
        (std::cmp::Reverse(n), s.name.to_lowercase(), s.id)
    });
    sources.into_iter().map(|s| item(s, &uses)).collect()
}

fn record(state: &State, pick: &Pick) -> Option<Source> {
    match pick {
        Pick::Source(id) => state.bench.as_ref()?.session().sources.get(id).cloned(),
        _ => None,
    }
}

fn merge(state: &mut State, pick: Pick) -> Vec<Effect> {
    let Some(from) = record(state, &pick) else {
        return Vec::new();
    };
    if from.id == SourceId::ARTICLE {
        state.say(
            Level::Warning,
            "The article's own voice stays; merge the other one into it.",
        );
        return Vec::new();
    }
    let items = lines(state)
        .into_iter()
        .filter(|i| i.pick != pick)
        .collect();
    let name = from.name.clone();
    let picker = Picker::new(
        format!("Merge “{name}” into"),
        items,
        move |s, into| match record(s, &into) {
            Some(target) => merge_into(s, &from, &target),
            None => Vec::new(),
        },
    )
    .verb("merges");
    state.open(Overlay::Picker(picker))
}

/// Makes one source of two; asks where they differ.
fn merge_into(state: &mut State, from: &Source, target: &Source) -> Vec<Effect> {
    if target.id == SourceId::ARTICLE && from.protect_identity {
        let why = format!(
            "“{}” is protected, and the article's own voice is always named; take the protection off first.",
            from.name
        );
        state.say(Level::Warning, why);
        return Vec::new();
    }
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    let asking = Asking {
        questions: ops::sources_joined(bench.session(), from.id, target.id).asked,
        gone: format!("“{}”", clean(&from.name)),
        kept: format!("“{}”", clean(&target.name)),
        blank: |_| "",
    };
    let (from_id, into_id) = (from.id, target.id);
    let said = format!("{} is {} now", asking.gone, asking.kept);
    asking.ask(state, move |s, answers| {
        let mut merged = None;
        let done = s.step(|tx, _, _| {
            merged = ops::merge_sources(tx, from_id, into_id, |q| answers.to(q));
            None
        });
        done.told(s, |s| {
            let what = merged.as_ref().map(joining::done).unwrap_or_default();
            s.say(Level::Info, format!("{said}{what}; undo parts them again."));
        })
    })
}

fn protect(state: &mut State, pick: Pick) -> Vec<Effect> {
    let Some(source) = record(state, &pick).filter(|s| s.id != SourceId::ARTICLE) else {
        return Vec::new();
    };
    let protect = !source.protect_identity;
    let done = state.step(|tx, _, _| {
        tx.set_source(&source.id, SourceField::ProtectIdentity(protect));
        None
    });
    done.told(state, |state| {
        let said = match protect {
            true => format!("“{}” is protected: exports do not name it.", source.name),
            false => format!("“{}” is no longer protected.", source.name),
        };
        state.say(Level::Info, said);
    })
}

fn remove(state: &mut State, pick: Pick) -> Vec<Effect> {
    let Some(source) = record(state, &pick) else {
        return Vec::new();
    };
    let used = state
        .bench
        .as_ref()
        .and_then(|b| uses(b.session()).get(&source.id).copied());
    if source.id == SourceId::ARTICLE || used.is_some() {
        let why = match used {
            _ if source.id == SourceId::ARTICLE => "The article's own voice stays.".to_string(),
            Some(1) => format!(
                "“{}” is used in one place; merge it into another instead.",
                source.name
            ),
            n => format!(
                "“{}” is used in {} places; merge it into another instead.",
                source.name,
                n.unwrap_or(0)
            ),
        };
        state.say(Level::Warning, why);
        return Vec::new();
    }
    let done = state.step(|tx, _, _| {
        tx.remove_source(&source.id);
        None
    });
    done.told(state, |state| {
        state.say(
            Level::Info,
            format!("“{}” is removed; undo brings it back.", source.name),
        );
    })
}
