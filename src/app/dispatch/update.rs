//! One message in, effects out. This file only dispatches: what an action does stands in the file of its feature.

use super::act::act;
use super::{marking, mouse, small};
use crate::app::features::exchange::{export, import};
use crate::app::features::{
    appearance, arriving, elsewhere, evidence_typed, exchange, hints, opening, pick, reading,
    saving, take_over, taking,
};
use crate::app::input::action::{Action, KeyContext};
use crate::app::input::key::{Code, Key};
use crate::app::input::keymap::Lookup;
use crate::app::msg::{Effect, Msg};
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Overlay, Reply};
use crate::app::state::{Screen, State};

/// Takes a message and returns what is to be done.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::Paste(_) | Msg::Mouse(_) if !state.size.shows_work() => Vec::new(),
        Msg::Key(key) if state.size.shows_work() && is_esc_and_letter(state, key) => {
            let letter = Key { alt: false, ..key };
            return keys_pressed(state, vec![Key::plain(Code::Esc), letter]);
        }
        Msg::Key(key) => key_came(state, key),
        Msg::Paste(text) => paste_came(state, &text),
        Msg::Mouse(m) => match mouse::hint_clicked(state, m) {
            Some(keys) => return keys_pressed(state, keys),
            None => {
                let done = mouse::mouse(state, m);
                state.said(done)
            }
        },
        Msg::Resize(size) => small::resized(state, size),
        Msg::Background { dark } => appearance::background(state, dark),
        Msg::Ambiguous(ambiguous) => appearance::ambiguous(state, ambiguous),
        Msg::Preview {
            text,
            blocks,
            article,
            whole,
        } => opening::preview(state, text, blocks, *article, whole),
        Msg::Opened(opened) => opening::opened(state, *opened),
        Msg::Earlier(history) => opening::earlier(state, history),
        Msg::OpenFailed(why) => opening::failed(state, why),
        Msg::NoLibrary(why) => opening::no_library(state, why),
        Msg::OtherText { asked, session } => opening::other_text(state, asked, session),
        Msg::Reading(progress) => reading::progressed(state, progress),
        Msg::Chapters {
            asked,
            chapters,
            sessions,
        } => pick::chapters::open(state, asked, &chapters, &sessions),
        Msg::Proposed {
            proposals,
            whole,
            version,
            again,
        } => opening::proposed(state, proposals, whole, version, again),
        Msg::Saved { seq } => saving::saved(state, seq),
        Msg::KeptHere(seq) => saving::kept_here(state, seq),
        Msg::Arrived(steps) => arriving::arrived(state, &steps),
        Msg::Link(link) => arriving::link(state, link),
        Msg::SaveFailed(why) => saving::failed(state, why),
        Msg::SavingLate => saving::late(state),
        Msg::Quiet => saving::checkpoint(state),
        Msg::CheckpointWritten { seq } => saving::checkpoint_written(state, seq),
        Msg::SavingElsewhere { id, progress } => elsewhere::progressed(state, id, progress),
        Msg::SavedElsewhere { id, seq, result } => elsewhere::saved(state, id, seq, result),
        Msg::Created { name } => saving::created(state, name),
        Msg::Sessions(list) => pick::sessions::listed(state, list),
        Msg::ShelfChanged => pick::sessions::changed(state),
        Msg::ClaimsOfSessions(claims) => pick::sessions::claims_read(state, claims),
        Msg::HolderGone => take_over::holder_gone(state),
        Msg::ShelfChangedHere(done) => pick::sessions::changed_here(state, done),
        Msg::LinkOpened { url, result } => pick::links::opened(state, url, result),
        Msg::SessionsAgain(list) => pick::sessions::listed_again(state, &list),
        Msg::ExportPreview(request, report) => export::previewed(state, &request, report),
        Msg::Exported(result) => export::exported(state, result),
        Msg::Imported(request, result) => import::imported(state, &request, result),
        Msg::Exchanging(work) => exchange::dialog::progressed(state, work),
        Msg::Edited(result) => edited(state, result),
        Msg::FileSeen { id, found } => taking::seen(state, id, found, pick::evidence::ask_again),
        Msg::PathCompleted { id, names } => evidence_typed::completed(state, id, names),
        Msg::Copying { id, progress } => taking::progressed(state, id, progress),
        Msg::FileTaken { id, result } => taking::taken(state, id, result),
        Msg::Notice(level, text) => {
            state.say(level, text);
            Vec::new()
        }
        Msg::Terminate => saving::leave(state, true),
    };
    settle(state, &mut effects);
    effects
}

/// Takes keys one after the other, as if they were pressed.
fn keys_pressed(state: &mut State, keys: Vec<Key>) -> Vec<Effect> {
    let keys = keys.into_iter().map(Msg::Key);
    keys.flat_map(|key| update(state, key)).collect()
}

/// Makes the screen fit what a message did, takes the keys that have waited for it, and keeps what is typed.
fn settle(state: &mut State, effects: &mut Vec<Effect>) {
    state.fit();
    follow(state);
    while !opening::is_waiting(state)
        && state.looking.is_none()
        && let Some(key) = state.early_keys.pop_front()
    {
        let done = key_pressed(state, key);
        effects.extend(state.said(done));
        state.fit();
        follow(state);
    }
    effects.extend(draft_kept(state));
}

/// Takes a key: what is under way and what must be waited for come before what the key means.
fn key_came(state: &mut State, key: Key) -> Vec<Effect> {
    state.notices.key_pressed();
    if key.code == Code::Esc {
        state.notices.seen();
    }
    if !state.size.shows_work() {
        small::key(state, key)
    } else if reading::is_cancel(state, key) {
        reading::cancel(state)
    } else if elsewhere::is_cancel(state, key) {
        elsewhere::cancel(state)
    } else if taking::is_cancel(state, key) {
        taking::cancel(state)
    } else if state.looking.is_some() {
        taking::key_while_looking(state, key).unwrap_or_default()
    } else if opening::must_wait(state, key) {
        state.early_keys.push_back(key);
        Vec::new()
    } else {
        let done = key_pressed(state, key);
        state.said(done)
    }
}

/// Whether a key with Alt is really Esc and a letter that were pressed in quick succession, which terminals write alike;
/// where nothing is bound to the key with Alt, nothing else can be meant.
fn is_esc_and_letter(state: &State, key: Key) -> bool {
    let bound = |c| state.keymap.lookup(c, &[key]) != Lookup::None;
    key.alt
        && matches!(key.code, Code::Char(_))
        && ![KeyContext::Workbench, KeyContext::Mark]
            .into_iter()
            .any(bound)
}

fn key_pressed(state: &mut State, key: Key) -> Done {
    let was_cancelled = std::mem::take(&mut state.cancelled);
    if key == Key::ctrl('c')
        && state.pending.is_empty()
        && state.overlays.is_empty()
        && state.bench.as_ref().is_none_or(|b| b.marking.is_none())
    {
        if was_cancelled {
            return Ok(saving::leave(state, false));
        }
        state.cancelled = true;
        state.say(Level::Info, "Ctrl-c once more saves and leaves.");
        return DONE;
    }
    let list = state.screen == Screen::Sessions && state.overlays.len() == 1;
    if key == Key::ctrl('c') && list {
        return Ok(saving::leave(state, false));
    }
    if let Some(done) = overlay_key(state, key) {
        return done;
    }
    match state.screen {
        Screen::Start => return super::start::key(state, latin(state, key)),
        Screen::Sessions | Screen::Bench => {}
    }
    sequence_key(state, key)
}

/// Gives the key to the top layer; none where there is no layer, or the key means nothing to it.
fn overlay_key(state: &mut State, key: Key) -> Option<Done> {
    let mut top = state.overlays.pop()?;
    if key == Key::ctrl('e')
        && let Some(field) = top.text_field()
    {
        let text = field.text();
        state.overlays.push(top);
        return Some(Ok(vec![Effect::Editor(text)]));
    }
    let key = match top.takes_text() {
        _ if key == Key::ctrl('c') => Key::plain(Code::Esc),
        true => key,
        false => latin(state, key),
    };
    Some(match top.key(key) {
        Reply::Ignored => {
            state.overlays.push(top);
            match state.keymap.lookup(KeyContext::Global, &[key]) {
                Lookup::Action(action) => act(state, action),
                // A key that means nothing in a form or a list is let go, as everywhere where one types.
                _ => DONE,
            }
        }
        Reply::Stay => {
            state.overlays.push(top);
            DONE
        }
        Reply::Close => {
            if state.screen == Screen::Sessions && state.overlays.is_empty() {
                // Without a session there is nothing behind the list to go back to, and Esc never leaves.
                state.overlays.push(top);
                let why = "Enter resumes a session; Ctrl-c leaves.";
                return Some(Err(Refusal::mild(why)));
            }
            DONE
        }
        Reply::Then(then) => then(state),
        Reply::Also(then) => {
            state.overlays.push(top);
            then(state)
        }
    })
}

/// Adds the key to the sequence under way and acts when it is complete.
fn sequence_key(state: &mut State, key: Key) -> Done {
    let context = hints::context(state);
    if state.pending.is_empty()
        && let Some(done) = marking::key(state, key)
    {
        return done;
    }
    let key = as_bound(state, context, key);
    if matches!(key.code, Code::Esc) || key == Key::ctrl('c') {
        if !state.pending.is_empty() {
            state.pending.clear();
            return DONE;
        }
        if context == KeyContext::Mark {
            return act(state, Action::MarkCancel);
        }
        // Esc never leaves: it takes away what narrows the view.
        return match state.working() {
            Ok(mut working) => crate::app::features::find::escape(&mut working),
            Err(_) => DONE,
        };
    }
    if context == KeyContext::Mark && marking::counts(&state.pending, key) {
        state.pending.push(key);
        return DONE;
    }
    state.pending.push(key);
    let (count, keys) = match context {
        KeyContext::Mark => marking::count(&state.pending),
        _ => (None, &*state.pending),
    };
    match state.keymap.lookup(context, keys) {
        Lookup::Action(action) => {
            state.pending.clear();
            if let Some(mark) = state.bench.as_mut().and_then(|b| b.marking.as_mut()) {
                mark.count = count;
            }
            act(state, action)
        }
        Lookup::Prefix(_) => DONE,
        Lookup::None => {
            let keys = crate::app::input::key::spelled(&std::mem::take(&mut state.pending));
            let help = state.keymap.shown_in(context, Action::Help);
            let why = format!("“{keys}” does nothing here; {help} shows every key.");
            Err(Refusal::mild(why))
        }
    }
}

/// The key that the configured keyboard has in the place of `key`.
fn latin(state: &State, key: Key) -> Key {
    state.config.layout.map_or(key, |l| l.latin(key))
}

/// `key` where it means something as it is after the keys before it, else the one in its place.
fn as_bound(state: &State, context: KeyContext, key: Key) -> Key {
    let mut keys = marking::count(&state.pending).1.to_vec();
    keys.push(key);
    match state.keymap.lookup(context, &keys) {
        Lookup::None => latin(state, key),
        Lookup::Action(_) | Lookup::Prefix(_) => key,
    }
}

/// Brings the lines of a list on top that follows the session up to date.
fn follow(state: &mut State) {
    let Some(bench) = &state.bench else { return };
    let seq = bench.history().seq();
    let Some(Overlay::Picker(p)) = state.overlays.last() else {
        return;
    };
    if p.seq == seq {
        return;
    }
    let Some(reload) = p.reload() else { return };
    let items = reload(state);
    if let Some(Overlay::Picker(p)) = state.overlays.last_mut() {
        p.set_items(items);
        p.seq = seq;
    }
}

/// Takes a paste, and says why where there is no place for it.
fn paste_came(state: &mut State, text: &str) -> Vec<Effect> {
    let done = pasted(state, text);
    state.said(done)
}

fn pasted(state: &mut State, text: &str) -> Done {
    let Some(top) = state.overlays.last_mut() else {
        let why = "Pasted text goes into a text field; open one first.";
        return Err(Refusal::mild(why));
    };
    top.paste(text);
    let pasted = match top {
        Overlay::Prompt(p) => p.pasted(),
        Overlay::Picker(p) => p.pasted(),
        _ => Reply::Stay,
    };
    match pasted {
        Reply::Also(then) => then(state),
        _ => DONE,
    }
}

fn edited(state: &mut State, result: Result<String, String>) -> Vec<Effect> {
    match result {
        Ok(text) => {
            if let Some(field) = state.overlays.last_mut().and_then(Overlay::text_field) {
                field.set(text.strip_suffix('\n').unwrap_or(&text));
            }
        }
        Err(why) => state.say(Level::Error, why),
    }
    vec![Effect::Redraw]
}

/// Keeps what stands in an open form, when it has changed.
fn draft_kept(state: &mut State) -> Vec<Effect> {
    let now = state.now;
    let draft = state.overlays.iter().rev().find_map(|o| match o {
        Overlay::Form(f) => f.draft(now),
        Overlay::Prompt(p) => p.draft(now),
        _ => None,
    });
    let draft = draft.or_else(|| taking::draft(state, now));
    let on_disk = state
        .bench
        .as_ref()
        .is_some_and(|b| b.on_disk && b.read_only.is_none());
    let same = match (&draft, &state.kept_draft) {
        (Some(a), Some(b)) => (&a.form, &a.record, &a.fields) == (&b.form, &b.record, &b.fields),
        (None, None) => true,
        _ => false,
    };
    if same || !on_disk {
        return Vec::new();
    }
    state.kept_draft.clone_from(&draft);
    vec![draft.map_or(Effect::DropDraft, Effect::KeepDraft)]
}
