//! The list of sessions.

use crate::app::features::{elsewhere, reading, saving};
use crate::app::input::key::Key;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::msg::{Asked, Effect, OpenWhat};
use crate::app::refusal::{Done, Refusal};
use crate::app::state::laid::{Overlay, Picker};
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
        .extra(Key::ctrl('r'), "reads the list anew", |s, _| open(s));
    if let Some(name) = current {
        picker = picker.preselect(&Pick::Session(name));
    }
    state.lay(Overlay::Picker(picker));
    Vec::new()
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
    let line = |s| line(s, current, state.now);
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
        right.push(format!("{}/{} checked", s.checked, s.claims));
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
