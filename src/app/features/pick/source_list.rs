//! The list of the session's sources: edit, merge, protect, remove.

use super::sources::{item, uses};
use crate::app::features::joining::Asking;
use crate::app::features::{forms, joining};
use crate::app::input::key::Key;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::Program;
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Overlay, Picker};
use crate::app::state::working::{Working, Writing};
use crate::core::display::clean;
use crate::core::fold::folded;
use crate::core::ids::SourceId;
use crate::core::model::{Source, SourceField};
use crate::core::ops;

/// Lists the sources.
pub fn open(state: &mut Working<'_>) -> Done {
    let now = lines(state.bench, state.program);
    let picker = Picker::new("Sources", now, |s, pick| match pick {
        Pick::Source(id) => forms::source::open(&mut s.working()?, id),
        Pick::New(name) => forms::source::open_new(s, &name),
        _ => Err(Refusal::no_such_line()),
    })
    .creating(|_| "new source", |_| false)
    .verb("edits")
    .following(|s| s.bench.as_ref().map_or(Vec::new(), |b| lines(b, s)))
    .extra_staying(Key::ctrl('g'), "merges it into another", |s, pick| {
        merge(&mut s.writing()?, pick)
    })
    .extra_staying(Key::ctrl('t'), "protects it, or not", |s, pick| {
        protect(&mut s.writing()?, pick)
    })
    .extra_staying(Key::ctrl('x'), "removes it if unused", |s, pick| {
        remove(&mut s.writing()?, pick)
    });
    state.open(Overlay::Picker(picker))
}

/// The sources, those named most often first.
fn lines(bench: &Bench, program: &Program) -> Vec<PickItem> {
    let session = bench.session();
    let uses = uses(session);
    let mut sources: Vec<&Source> = session.sources.values().collect();
    sources.sort_by_key(|s| {
        let n = uses.get(&s.id).copied().unwrap_or(0);
        (std::cmp::Reverse(n), folded(&s.name), s.id)
    });
    sources
        .into_iter()
        .map(|s| item(s, &uses, &program.config.labels))
        .collect()
}

fn record(bench: &Bench, pick: &Pick) -> Result<Source, Refusal> {
    let Pick::Source(id) = pick else {
        return Err(Refusal::no_such_line());
    };
    let source = bench.session().sources.get(id).cloned();
    source.ok_or_else(|| Refusal::gone("The source"))
}

fn merge(state: &mut Writing<'_>, pick: Pick) -> Done {
    let from = record(state.bench, &pick)?;
    if from.id == SourceId::ARTICLE {
        return Err(Refusal::new(
            "The article's own voice stays; merge the other one into it.",
        ));
    }
    let items = lines(state.bench, state.program)
        .into_iter()
        .filter(|i| i.pick != pick)
        .collect();
    let name = from.name.clone();
    let picker = Picker::new(format!("Merge “{name}” into"), items, move |s, into| {
        let s = &mut s.writing()?;
        let target = record(s.bench, &into)?;
        merge_into(s, &from, &target)
    })
    .verb("merges");
    state.open(Overlay::Picker(picker))
}

/// Makes one source of two; asks where they differ.
fn merge_into(state: &mut Writing<'_>, from: &Source, target: &Source) -> Done {
    if target.id == SourceId::ARTICLE && from.protect_identity {
        let why = format!(
            "“{}” is protected, and the article's own voice is always named; take the protection off first.",
            from.name
        );
        return Err(Refusal::new(why));
    }
    let asking = Asking {
        questions: ops::sources_joined(state.bench.session(), from.id, target.id).asked,
        gone: format!("“{}”", clean(&from.name)),
        kept: format!("“{}”", clean(&target.name)),
        blank: |_| "",
    };
    let (from_id, into_id) = (from.id, target.id);
    let said = format!("{} is {} now", asking.gone, asking.kept);
    asking.ask(state, move |s, answers| {
        let labels = s.config.labels.clone();
        let mut merged = None;
        let done = s.step(|tx, _, _| {
            merged = ops::merge_sources(tx, from_id, into_id, |q| answers.to(q), &labels);
            None
        });
        Ok(done.told(s, |s| {
            let what = merged.as_ref().map(joining::done).unwrap_or_default();
            s.say(Level::Info, format!("{said}{what}; undo parts them again."));
        }))
    })
}

fn protect(state: &mut Writing<'_>, pick: Pick) -> Done {
    let source = record(state.bench, &pick)?;
    if source.id == SourceId::ARTICLE {
        let why = "The article's own voice has no identity to protect.";
        return Err(Refusal::new(why));
    }
    let protect = !source.protect_identity;
    let done = state.step(|tx, _, _| {
        tx.set_source(&source.id, SourceField::ProtectIdentity(protect));
        None
    });
    Ok(done.told(state, |state| {
        let said = match protect {
            true => format!("“{}” is protected: exports do not name it.", source.name),
            false => format!("“{}” is no longer protected.", source.name),
        };
        state.say(Level::Info, said);
    }))
}

fn remove(state: &mut Writing<'_>, pick: Pick) -> Done {
    let source = record(state.bench, &pick)?;
    let used = uses(state.bench.session()).get(&source.id).copied();
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
        return Err(Refusal::new(why));
    }
    let done = state.step(|tx, _, _| {
        tx.remove_source(&source.id);
        None
    });
    Ok(done.told(state, |state| {
        state.say(
            Level::Info,
            format!("“{}” is removed; undo brings it back.", source.name),
        );
    }))
}
