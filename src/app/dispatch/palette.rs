//! The command palette and help, both made from the action table.

use crate::app::input::action::{ACTIONS, Action, ActionGroup, ActionInfo, KeyContext};
use crate::app::input::key::spelled;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::refusal::{Done, Refusal};
use crate::app::state::State;
use crate::app::state::laid::{Overlay, Picker};
use crate::core::signs::legend;

/// What the keys do inside lists and forms; these are no actions of their own.
const INSIDE: &[(&str, &str, &str)] = &[
    (
        "Enter",
        "take it",
        "lists: picks the line; forms: saves from a field of one line, begins a new line in the others",
    ),
    ("Ctrl-d", "save", "saves a form or a text from any field"),
    (
        "Esc",
        "leave",
        "leaves without saving; asks for a second Esc where something was typed",
    ),
    (
        "Tab / Shift-Tab",
        "next field",
        "forms: goes to the next or the previous field; lists: as the hint line says",
    ),
    (
        "Up / Down",
        "move",
        "lists: moves the selection; forms: goes to another field, or to another line of a text",
    ),
    (
        "Left / Right / Space",
        "another value",
        "forms: goes through the values of a field; a value's letter picks it",
    ),
    (
        "Ctrl-n",
        "complete",
        "forms: takes the first name offered; lists: the next line, as Ctrl-p is the previous one",
    ),
    ("Ctrl-e", "editor", "opens the text in $VISUAL or $EDITOR"),
    (
        "Ctrl-x",
        "take away",
        "removes what the form or the selected line is about, as the hint line says",
    ),
    (
        "Ctrl-w / Ctrl-u / Ctrl-k",
        "delete",
        "texts: deletes a word, to the start of the line, to its end",
    ),
    (
        "Ctrl-z / Ctrl-r",
        "undo typing",
        "texts: takes typing back, makes it again",
    ),
];

/// How the lines of the lists do what they say.
#[derive(Clone, Copy)]
pub struct Acts {
    /// Why an action cannot be done now, one sentence; none where it can.
    pub disabled: fn(&State, Action) -> Option<String>,
    /// Does an action, or says why it cannot be done.
    pub act: fn(&mut State, Action) -> Done,
}

/// Lists every action; Enter does it.
pub fn palette(state: &mut State, acts: Acts) -> Done {
    let items = ACTIONS
        .iter()
        .filter(|i| i.action != Action::Palette)
        .map(|i| item(state, acts, i).detail(i.about.clone()))
        .collect();
    let picker = Picker::new("Commands", items, run(acts))
        .verb("does it")
        .over_all();
    state.open(Overlay::Picker(picker))
}

/// Shows every key; Enter does what the line says.
pub fn help(state: &mut State, acts: Acts) -> Done {
    let mut items: Vec<PickItem> = Vec::new();
    for group in ActionGroup::ALL {
        let of_group = ACTIONS.iter().filter(|i| i.group == *group);
        items.extend(of_group.map(|i| {
            item(state, acts, i)
                .detail(i.about.clone())
                .group(group.title())
        }));
    }
    items.extend(INSIDE.iter().map(|(keys, title, about)| {
        PickItem::new(Pick::Nothing, *title)
            .detail(*about)
            .right(*keys)
            .group("In forms and lists")
            .disabled(Some("This key works in forms and lists.".into()))
    }));
    for (about, entries) in legend() {
        items.extend(entries.into_iter().map(|e| {
            let sign = state.look.sign(e);
            PickItem::new(Pick::Nothing, format!("{sign} {}", e.label))
                .detail(e.about)
                .right("legend")
                .group(about)
                .disabled(Some("This is a sign on the screen.".into()))
        }));
    }
    let picker = Picker::new("Help", items, run(acts))
        .keys_first()
        .verb("does it")
        .over_all();
    state.open(Overlay::Picker(picker))
}

fn item(state: &State, acts: Acts, info: &ActionInfo) -> PickItem {
    let keys: Vec<String> = state
        .keymap
        .keys(info.action)
        .iter()
        .map(|k| spelled(k))
        .collect();
    // Over a form or a list only what works there too can be done; the rest waits until that is closed.
    let covered = !state.overlays.is_empty() && info.context != KeyContext::Global;
    let why = match covered {
        true => Some("Close the form or the list first.".to_string()),
        false => (acts.disabled)(state, info.action),
    };
    PickItem::new(Pick::Action(info.action), info.titled(&state.config.labels))
        .right(keys.join(" / "))
        .disabled(why)
}

fn run(acts: Acts) -> impl Fn(&mut State, Pick) -> Done {
    move |state, pick| match pick {
        Pick::Action(action) => (acts.act)(state, action),
        _ => Err(Refusal::no_such_line()),
    }
}
