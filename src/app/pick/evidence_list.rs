//! The list of the session's evidence items: edit, hold, drop, remove.

use super::evidence::{at_address, create_word, held_now, hold, is_path, lines, title_of};
use super::evidence_merge;
use super::typed;
use crate::app::form::{self, is_url};
use crate::app::key::{Code, Key};
use crate::app::msg::Effect;
use crate::app::notices::Level;
use crate::app::overlay::Overlay;
use crate::app::picker::{Pick, Picker};
use crate::app::state::State;
use crate::app::taking::{self, Wish};
use crate::core::ids::{EvidenceId, HeldId};
use crate::core::model::Evidence;
use crate::core::ops;

/// Lists the items to edit.
pub fn open(state: &mut State) -> Vec<Effect> {
    let picker = Picker::new("Evidence items", lines(state), |s, pick| match pick {
        Pick::Evidence(id) => {
            let held = held_now(s, &pick).map(|h| h.id);
            form::evidence::open(s, id, held)
        }
        Pick::New(text) if is_path(&text) => {
            let paths = typed::paths(&text);
            taking::look(s, text, paths, Wish::Item)
        }
        Pick::New(text) => {
            let item = if is_url(&text) {
                at_address(s, &text)
            } else {
                let mut item = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
                item.title = text;
                item
            };
            form::evidence::open_new(s, item)
        }
        _ => Vec::new(),
    })
    .creating(create_word, |t| is_url(t) || is_path(t))
    .empty("no item yet: type an address, a path or a title")
    .verb("edits")
    .following(lines)
    .extra(
        Key::plain(Code::Tab),
        "holds it against this row",
        |s, pick| match s.locked() {
            Some(why) => {
                s.say(Level::Warning, why);
                Vec::new()
            }
            None => hold(s, pick, None),
        },
    )
    .extra_staying(
        Key::ctrl('g'),
        "merges it into another",
        evidence_merge::open,
    )
    .extra_staying(Key::ctrl('t'), "drops it from this claim", drop_here)
    .extra_staying(Key::ctrl('x'), "removes it if unused", remove);
    state.open(Overlay::Picker(picker))
}

fn drop_here(state: &mut State, pick: Pick) -> Vec<Effect> {
    let Some(held) = held_now(state, &pick) else {
        state.say(Level::Warning, "The item is not held against this claim.");
        return Vec::new();
    };
    let held = held.id;
    let_go(state, held)
}

/// Lets go of a held item and says so.
pub(in crate::app) fn let_go(state: &mut State, held: HeldId) -> Vec<Effect> {
    let done = state.step(move |tx, _, _| {
        ops::drop_held(tx, held);
        None
    });
    done.told(state, |state| {
        state.say(
            Level::Info,
            "The item is no longer held against this claim; undo brings it back.",
        );
    })
}

fn remove(state: &mut State, pick: Pick) -> Vec<Effect> {
    let item = match (&pick, &state.bench) {
        (Pick::Evidence(id), Some(b)) => b
            .session()
            .evidence
            .get(id)
            .map(|e| (*id, title_of(e).to_string(), b.check().index().uses(*id))),
        _ => None,
    };
    let Some((id, title, uses)) = item else {
        return Vec::new();
    };
    let title = crate::core::display::clean(&title);
    if uses > 0 {
        let claims = if uses == 1 {
            "one claim"
        } else {
            "several claims"
        };
        state.say(
            Level::Warning,
            format!("“{title}” is held against {claims}; drop it there first."),
        );
        return Vec::new();
    }
    let done = state.step(|tx, _, _| {
        tx.remove_evidence(&id);
        None
    });
    done.told(state, |state| {
        state.say(
            Level::Info,
            format!("“{title}” is removed; undo brings it back."),
        );
    })
}
