//! The list of the session's evidence items: edit, hold, drop, remove.

use super::evidence::{create_word, held_now, hold, is_path, lines};
use super::evidence_merge;
use crate::app::features::holding::{let_go, new_item};
use crate::app::features::{forms, taking, typed};
use crate::app::input::key::{Code, Key};
use crate::app::layers::picker::Pick;
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Overlay, Picker};
use crate::app::state::under_way::Wish;
use crate::app::state::working::{Working, Writing};

/// Lists the items to edit.
pub fn open(state: &mut Working<'_>) -> Done {
    let lines_now = lines(state.bench, state.program);
    let picker = Picker::new("Evidence items", lines_now, |s, pick| {
        edit(&mut s.working()?, pick)
    })
    .creating(create_word, |t| typed::address(t).is_some() || is_path(t))
    .empty("no item yet: type an address, a path or a title")
    .verb("edits")
    .following(|s| s.bench.as_ref().map_or(Vec::new(), |b| lines(b, s)))
    .extra(
        Key::plain(Code::Tab),
        "holds it against this row",
        |s, pick| hold(&mut s.writing()?, pick, None),
    )
    .extra_staying(Key::ctrl('g'), "merges it into another", |s, pick| {
        evidence_merge::open(&mut s.writing()?, pick)
    })
    .extra_staying(Key::ctrl('t'), "drops it from this claim", |s, pick| {
        drop_here(&mut s.writing()?, pick)
    })
    .extra_staying(Key::ctrl('x'), "removes it if unused", |s, pick| {
        remove(&mut s.writing()?, pick)
    });
    state.open(Overlay::Picker(picker))
}

/// Opens the form of the item picked, or of the one that was typed; a file is looked at first.
fn edit(state: &mut Working<'_>, pick: Pick) -> Done {
    match pick {
        Pick::Evidence(id) => {
            let held = held_now(state.bench, &pick).map(|h| h.id);
            forms::evidence::open(state, id, held)
        }
        Pick::New(text) if is_path(&text) => {
            let paths = typed::paths(&text);
            taking::look(&mut state.writing()?, text, paths, Wish::Item)
        }
        Pick::New(text) => {
            let item = new_item(state, text);
            forms::evidence::open_new(state, item)
        }
        _ => Err(Refusal::no_such_line()),
    }
}

fn drop_here(state: &mut Writing<'_>, pick: Pick) -> Done {
    let held = held_now(state.bench, &pick);
    let held = held.ok_or_else(|| Refusal::new("The item is not held against this claim."))?;
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
            "“{title}” is held against {claims}; drop it there first."
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
