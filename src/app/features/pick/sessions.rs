//! The list of sessions.

use std::collections::BTreeMap;

use crate::app::features::{elsewhere, reading, saving};
use crate::app::input::key::Key;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::msg::{Asked, Effect, OpenWhat};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Confirm, Overlay, Picker, Prompt};
use crate::app::state::{Screen, State, clock};
use crate::core::display::clean;
use crate::core::model::Time;
use crate::core::summary::Summary;

/// What the list is called.
const TITLE: &str = "Sessions";

/// Asks for the list.
pub fn open(state: &mut State) -> Done {
    state.busy = Some("listing the sessions".into());
    Ok(vec![Effect::ListSessions])
}

/// Shows the list: over the workbench where a session is open, else as a screen of its own, or the first start where
/// there is no session yet.
pub fn listed(state: &mut State, list: Vec<Summary>) -> Vec<Effect> {
    state.busy = None;
    let empty = list.is_empty();
    let items = lines(state, &list);
    let at_start = state.bench.is_none();
    if at_start && empty {
        state.screen = Screen::Start;
        return Vec::new();
    }
    if at_start {
        state.screen = Screen::Sessions;
        state.overlays.clear();
    }
    let current = state.bench.as_ref().map(|b| b.session().name.clone());
    let mut picker = Picker::new(TITLE, items, chosen)
        .creating(|_| "opens this article", |t| t.contains(['/', '\\']))
        .empty("no session is kept yet")
        .verb("resumes it")
        .over_all()
        .clearing()
        .extra_staying(Key::ctrl('e'), "renames", rename)
        .extra_staying(Key::ctrl('x'), "deletes", delete)
        .extra(Key::ctrl('r'), "reads the list anew", |s, _| open(s));
    if let Some(name) = current {
        picker = picker.preselect(&Pick::Session(name));
    }
    state.lay(Overlay::Picker(picker));
    Vec::new()
}

/// Asks what the selected session is to be called.
fn rename(state: &mut State, pick: Pick) -> Done {
    let name = idle(state, pick, "renamed")?;
    let title = format!("New name of “{}”", clean(&name));
    let prompt = Prompt::line("rename_session", title, &name.clone(), move |_, to| {
        let (name, to) = (name.clone(), to.trim().to_string());
        match to.is_empty() || to == name {
            true => Err(Refusal::mild("It keeps its name.")),
            false => Ok(vec![Effect::RenameSession { name, to }]),
        }
    });
    state.open(Overlay::Prompt(prompt))
}

/// Asks whether the selected session is to be deleted.
fn delete(state: &mut State, pick: Pick) -> Done {
    let name = idle(state, pick, "deleted")?;
    let question = format!(
        "Delete “{}”, with all that was checked in it?",
        clean(&name)
    );
    let way_back =
        "It goes into the trash folder beside the sessions, from where it can be moved back.";
    let confirm = Confirm::new(question, 'k', "keep it")
        .about(vec![way_back.into()])
        .answer(
            'd',
            "delete it",
            Box::new(move |_| Ok(vec![Effect::DiscardSession(name)])),
        );
    state.open(Overlay::Confirm(confirm))
}

/// The selected session, which must not be the one that is open here.
fn idle(state: &State, pick: Pick, done: &str) -> Result<String, Refusal> {
    let Pick::Session(name) = pick else {
        return Err(Refusal::no_such_line());
    };
    let open = state.bench.as_ref().map(|b| &b.session().name);
    match open == Some(&name) {
        true => Err(Refusal::mild(format!(
            "“{}” is open here, so it cannot be {done}.",
            clean(&name)
        ))),
        false => Ok(name),
    }
}

/// Says what was done to a session, or why it was not, and reads the list anew.
pub fn changed_here(state: &mut State, done: Result<String, String>) -> Vec<Effect> {
    match done {
        Ok(said) => state.say(Level::Info, said),
        Err(why) => state.say(Level::Error, why),
    }
    changed(state)
}

/// Asks for the list once more, if it is open: somebody has made a session, or worked on one.
pub fn changed(state: &mut State) -> Vec<Effect> {
    Vec::from_iter(shown(state).map(|_| Effect::ListSessionsAgain))
}

/// Takes the lines of the list as they are now, if it is still open. What is typed stays, and so does the selected line.
pub fn listed_again(state: &mut State, list: &[Summary]) -> Vec<Effect> {
    let items = lines(state, list);
    if let Some(picker) = shown(state) {
        picker.set_items(items);
    }
    Vec::new()
}

/// Takes what the claims of each session say, by which it is found in the list too.
pub fn claims_read(state: &mut State, claims: BTreeMap<String, Vec<String>>) -> Vec<Effect> {
    state.claims_of_sessions = claims;
    let claims = state.claims_of_sessions.clone();
    if let Some(picker) = shown(state) {
        let mut items = picker.items.clone();
        for item in &mut items {
            let Pick::Session(name) = &item.pick else {
                continue;
            };
            item.inside = claims.get(name).cloned().unwrap_or_default();
        }
        picker.set_items(items);
    }
    Vec::new()
}

/// The list, where it is open.
fn shown(state: &mut State) -> Option<&mut Picker> {
    state.overlays.iter_mut().find_map(|layer| match layer {
        Overlay::Picker(picker) if picker.title == TITLE => Some(picker),
        _ => None,
    })
}

fn lines(state: &State, list: &[Summary]) -> Vec<PickItem> {
    let current = state.bench.as_ref().map(|b| b.session().name.as_str());
    let mut order: Vec<&Summary> = list.iter().collect();
    // The one changed last comes first.
    order.sort_by_key(|s| (std::cmp::Reverse(s.updated_at), &s.name));
    let inside = |s: &Summary| state.claims_of_sessions.get(&s.name).cloned();
    let line = |s| line(s, current, state.now).inside(inside(s).unwrap_or_default());
    order.into_iter().map(line).collect()
}

fn line(s: &Summary, current: Option<&str>, now: Time) -> PickItem {
    let mut parts = Vec::new();
    if current == Some(&s.name) {
        parts.push("open now".to_string());
    }
    // Before the title, which may fill the line.
    parts.extend(s.marks(false).iter().map(|m| clean(m)));
    if !s.title.is_empty() {
        parts.push(clean(&s.title));
    }
    if s.version > 1 {
        parts.push(format!("version {}", s.version));
    }
    if s.waiting > 0 {
        parts.push(format!("{} waiting", s.waiting));
    }
    parts.extend(
        s.holder
            .as_ref()
            .map(|who| format!("held by {}", clean(&who.to_string()))),
    );
    parts.extend(s.problem.as_deref().map(clean));
    let mut right = Vec::new();
    if s.problem.is_none() {
        let (closed, all) = s.closed();
        right.push(format!("{closed} of {all} closed"));
    }
    right.extend(s.updated_at.map(|at| clock::ago(at, now)));
    PickItem::new(Pick::Session(s.name.clone()), clean(&s.name))
        .detail(parts.join(" · "))
        .right(right.join(" · "))
        .disabled(
            s.problem
                .as_ref()
                .map(|p| format!("“{}” cannot be opened: {}", clean(&s.name), clean(p))),
        )
}

fn chosen(state: &mut State, pick: Pick) -> Done {
    let current = state.bench.as_ref().map(|b| b.session().name.clone());
    if let Pick::Session(name) = &pick
        && current.as_ref() == Some(name)
    {
        return Err(Refusal::mild(format!("“{name}” is open already.")));
    }
    if let Some(why) = elsewhere::unsaved(state) {
        return Err(Refusal::new(format!(
            "This session is not saved, so it stays open: {why}"
        )));
    }
    let mut effects = saving::checkpoint(state);
    match pick {
        Pick::Session(name) => {
            state.busy = Some(format!("opening {}", clean(&name)));
            effects.push(Effect::Open(OpenWhat::Session(name)));
        }
        Pick::New(article) => effects.extend(reading::open(state, Asked::of(article))),
        _ => return Err(Refusal::no_such_line()),
    }
    Ok(effects)
}
