//! The list of the session's evidence items: edit, hold, drop, remove.

use std::sync::Arc;

use super::evidence::{First, create_word, held_now, hold, is_meant_new, lines};
use super::{evidence_merge, evidence_source};
use crate::app::features::holding::{let_go, new_item};
use crate::app::features::typed::{self, Meant};
use crate::app::features::{evidence_typed, forms, item_file, taking};
use crate::app::input::key::{Code, Key};
use crate::app::layers::picker::{NumberLetter, Pick};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::laid::{Choose, Overlay, Picker};
use crate::app::state::under_way::Wish;
use crate::app::state::working::{Working, Writing};
use crate::core::ids::EvidenceId;
use crate::core::model::EvidenceField;

/// Lists the items to edit.
pub fn open(state: &mut Working<'_>) -> Done {
    let lines_now = lines(state.bench, state.program, state.bench.claim_at_cursor());
    let mut effects = evidence_typed::fresh(state.program);
    let picker = Picker::new("Evidence items", lines_now, |s, pick| {
        edit(&mut s.working()?, pick)
    })
    .creating(create_word, is_meant_new)
    .empty("no item yet: type an address, a path, a title or a calculation")
    .verb("edits")
    .following(|s| {
        s.bench
            .as_ref()
            .map_or(Vec::new(), |b| lines(b, s, b.claim_at_cursor()))
    })
    .numbered(letters())
    .live(evidence_typed::changed, evidence_typed::told)
    .extra_staying(Key::plain(Code::Tab), "completes the path", |s, _| {
        evidence_typed::complete(s)
    })
    .only_while(evidence_typed::is_path)
    .extra(Key::plain(Code::Tab), "evidence here", |s, pick| {
        hold(&mut s.writing()?, pick, First::Stance)
    })
    .extra_staying(Key::ctrl('l'), "archive link", archive)
    .extra_staying(Key::ctrl('f'), "file", file)
    .extra_staying(Key::ctrl('s'), "source", source)
    .extra_staying(Key::ctrl('k'), "kind", kind)
    .extra_staying(Key::ctrl('g'), "merges it into another", |s, pick| {
        evidence_merge::open(&mut s.writing()?, pick)
    })
    .extra_staying(Key::ctrl('t'), "drops it here", |s, pick| {
        drop_here(&mut s.writing()?, pick)
    })
    .extra_staying(Key::ctrl('x'), "removes it if unused", |s, pick| {
        remove(&mut s.writing()?, pick)
    });
    effects.extend(state.open(Overlay::Picker(picker))?);
    Ok(effects)
}

/// The letters that act on the item whose number is typed.
fn letters() -> Vec<NumberLetter<State>> {
    fn letter(
        key: char,
        label: &'static str,
        act: impl Fn(&mut State, Pick) -> Done + Send + Sync + 'static,
    ) -> NumberLetter<State> {
        let accept = Arc::new(act);
        NumberLetter { key, label, accept }
    }
    vec![
        letter('a', "archive link", archive),
        letter('f', "file", file),
        letter('s', "source", source),
        letter('k', "kind", kind),
        letter('h', "evidence here", |s, pick| {
            hold(&mut s.writing()?, pick, First::Stance)
        }),
        letter('l', "where in it", |s, pick| {
            hold(&mut s.writing()?, pick, First::Locator)
        }),
        letter('x', "excerpt", |s, pick| {
            hold(&mut s.writing()?, pick, First::Excerpt)
        }),
        letter('c', "credibility", |s, pick| {
            hold(&mut s.writing()?, pick, First::Credibility)
        }),
    ]
}

/// The item picked; what is only typed is none yet.
fn item(pick: &Pick) -> Result<EvidenceId, Refusal> {
    match pick {
        Pick::Evidence(id) => Ok(*id),
        _ => Err(Refusal::mild("This is no item yet; Enter makes it one.")),
    }
}

fn archive(state: &mut State, pick: Pick) -> Done {
    item_file::ask_archive(&mut *state.writing()?, item(&pick)?)
}

fn file(state: &mut State, pick: Pick) -> Done {
    item_file::ask_file(&mut *state.writing()?, item(&pick)?, "")
}

fn source(state: &mut State, pick: Pick) -> Done {
    evidence_source::open(&mut state.writing()?, item(&pick)?)
}

/// Asks what an item is; what is typed anew becomes of the next kind.
fn kind(state: &mut State, pick: Pick) -> Done {
    let Ok(id) = item(&pick) else {
        return evidence_typed::next_kind(state, &pick);
    };
    let bench = state.open_bench()?;
    let now = bench.session().evidence.get(&id);
    let now = now.ok_or_else(|| Refusal::gone("The item"))?;
    let title = format!("What “{}” is", crate::core::display::clean(now.called()));
    let choose = Choose::value(title, now.kind, move |s: &mut State, kind| {
        let s = &mut s.writing()?;
        let done = s.step(move |tx, _, _| {
            tx.set_evidence(&id, EvidenceField::Kind(kind));
            None
        });
        Ok(done.shown(s))
    });
    state.open(Overlay::Choose(choose))
}

/// Opens the form of the item picked, or of the one that was typed; a file is looked at first.
fn edit(state: &mut Working<'_>, pick: Pick) -> Done {
    match pick {
        Pick::Evidence(id) => {
            let held = held_now(state.bench, &pick).map(|h| h.id);
            forms::evidence::open(state, id, held)
        }
        Pick::New(text) => match typed::meant(&text) {
            Meant::File(paths) => taking::look(&mut state.writing()?, text, paths, Wish::Item),
            _ => {
                let item = new_item(state, &text);
                forms::evidence::open_new(state, item)
            }
        },
        _ => Err(Refusal::no_such_line()),
    }
}

fn drop_here(state: &mut Writing<'_>, pick: Pick) -> Done {
    let held = held_now(state.bench, &pick);
    let held = held.ok_or_else(|| Refusal::new("The item is no evidence of this claim."))?;
    Ok(let_go(state, held.id))
}

fn remove(state: &mut Writing<'_>, pick: Pick) -> Done {
    let Pick::Evidence(id) = pick else {
        return Err(Refusal::no_such_line());
    };
    let check = state.bench.check();
    let item = check.session().evidence.get(&id);
    let item = item.ok_or_else(|| Refusal::gone("The item"))?;
    let title = crate::core::display::clean(item.called());
    let uses = check.index().uses(id);
    if uses > 0 {
        let claims = if uses == 1 {
            "one claim"
        } else {
            "several claims"
        };
        return Err(Refusal::new(format!(
            "“{title}” is evidence of {claims}; drop it there first."
        )));
    }
    let done = state.step(|tx, _, _| {
        tx.remove_evidence(&id);
        None
    });
    Ok(done.told(state, |state| {
        state.say(
            Level::Info,
            format!("“{title}” is removed; undo brings it back."),
        );
    }))
}
