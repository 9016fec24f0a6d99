//! Opening: the first part of an article, the whole of it, a session resumed; and the reader's proposals as they come.

use std::sync::Arc;

use super::proposing;
use super::reading;
use super::saving;
use super::take_over;
use super::taking;
use crate::app::input::action::{Action, ActionGroup, KeyContext};
use crate::app::input::key::Key;
use crate::app::input::keymap::Lookup;
use crate::app::msg::{Asked, Effect, OpenWhat, OpenedSession};
use crate::app::refusal::DONE;
use crate::app::screen::notices::Level;
use crate::app::state::bench::{Bench, Proposing};
use crate::app::state::laid::{Confirm, Overlay};
use crate::app::state::row_words::restore_row;
use crate::app::state::working::Writing;
use crate::app::state::{Screen, State};
use crate::core::check::Check;
use crate::core::display::capitalized;
use crate::core::history::History;
use crate::core::ids::VersionId;
use crate::core::model::{Article, Session, VersionField};
use crate::core::proposal::{Block, Proposals};
use crate::core::rows::RowKey;
use crate::core::text::ArticleText;

/// Shows the first part of an article; steps wait until the rest is read.
pub fn preview(
    state: &mut State,
    text: ArticleText,
    blocks: Vec<Block>,
    article: Article,
    whole: bool,
) -> Vec<Effect> {
    let mut session = Session::new(state.new_id().into(), "", state.now);
    session.article = article;
    let proposals = Proposals {
        blocks,
        ..Proposals::default()
    };
    let mut bench = Bench::new(
        Check::new(session, text, Arc::new(proposals)),
        History::default(),
        false,
    );
    bench.identified = false;
    bench.previewed_whole = whole;
    state.bench = Some(bench);
    state.screen = Screen::Bench;
    Vec::new()
}

/// Whether the first rows are still to come: the article is being read, or the reader has proposed nothing yet.
pub fn is_waiting(state: &State) -> bool {
    let bench = state.bench.as_ref();
    bench.is_some_and(|b| !b.identified || b.proposing == Proposing::Nothing)
}

/// Whether a key has to wait for the first rows, which come in a moment: what is pressed meanwhile means them.
///
/// While a long article is read, one can walk in its first part, as long as nothing else waits.
pub fn must_wait(state: &State, key: Key) -> bool {
    let at_once = [Key::ctrl('c'), Key::ctrl('l'), Key::ctrl('z')];
    if !is_waiting(state) || at_once.contains(&key) {
        return false;
    }
    let meant = state.keymap.lookup(KeyContext::Workbench, &[key]);
    if state.reading.is_some()
        && state.early_keys.is_empty()
        && meant == Lookup::Action(Action::Quit)
    {
        return false;
    }
    if !state.early_keys.is_empty() || !state.overlays.is_empty() {
        return state.overlays.is_empty();
    }
    let long = state
        .bench
        .as_ref()
        .is_some_and(|b| !b.identified && !b.previewed_whole);
    let walks = matches!(meant, Lookup::Action(a) if a.info().group == ActionGroup::Move);
    !(long && walks)
}

/// Takes a session that is ready to be worked on.
pub fn opened(state: &mut State, opened: OpenedSession) -> Vec<Effect> {
    let taken_over = take_over::place(state, &opened);
    // What the checker did while only the first part was there (scrolling, the pane) stays.
    let before = state
        .bench
        .take()
        .filter(|b| !b.identified)
        .map(|b| (b.article.top, b.pane, b.cursor_start()));
    let whole = opened.proposals.is_some();
    let proposals = opened.proposals.unwrap_or_else(|| {
        Arc::new(Proposals {
            blocks: opened.blocks,
            ..Proposals::default()
        })
    });
    let check = Check::new(opened.session, opened.text, proposals);
    let mut bench = Bench::new(check, opened.history, opened.on_disk);
    bench.saved.checkpointed = true;
    bench.read_only = opened.read_only;
    bench.damage = opened.damage;
    bench.proposing = if whole {
        Proposing::Whole
    } else {
        Proposing::Nothing
    };
    bench.recent_evidence = recent_evidence(bench.session());
    state.bench = Some(bench);
    state.screen = Screen::Bench;
    state.overlays.clear();
    state.pending.clear();
    state.busy = None;
    state.reading = None;
    state.kept_draft = None;
    let mut effects = taking::give_up(state);
    state.fit();
    match (taken_over.as_ref().or(opened.place.as_ref()), before) {
        (Some(place), _) if taken_over.is_some() => {
            saving::restore(state, place);
            state.say(Level::Info, "You hold this session now.");
        }
        (Some(place), _) => {
            saving::restore(state, place);
            welcome_back(state, place, opened.draft.is_some());
        }
        (None, Some((top, pane, at))) => {
            if let Some(b) = &mut state.bench {
                b.pane = pane;
                b.go_near(at);
                b.article.top = top;
            }
        }
        (None, None) => {}
    }
    for (level, line) in opened.report {
        state.say(level, line);
    }
    if opened.language_in_doubt {
        let key = state.keymap.shown(Action::ArticleDetails);
        // The key comes first: a narrow screen cuts the end.
        let said =
            format!("{key} sets the language: it is in doubt, so the article was read as English.");
        state.say(Level::Warning, said);
    }
    if let Some(why) = state.bench.as_ref().and_then(|b| b.read_only.clone()) {
        state.say(Level::Warning, format!("Read-only: {why}"));
    }
    tell_damage(state);
    state.place_to_restore = taken_over.or(opened.place);
    state.offered_draft = opened.draft;
    offer_draft(state);
    let bench = state.bench.as_ref();
    let bench = bench.filter(|b| b.proposing != Proposing::Whole);
    effects.extend(bench.map(|b| proposing::ask(b, false)));
    effects
}

/// Says last, so that nothing else stands in its place, that the session is damaged, and what to do.
fn tell_damage(state: &mut State) {
    let Some(bench) = &state.bench else { return };
    let (damage, name) = (&bench.damage, &bench.session().name);
    let Some(first) = damage.faults().first() else {
        return;
    };
    let said = format!(
        "{}; {}. {}",
        capitalized(damage.word()),
        damage.remedy(name),
        first.sentence()
    );
    state.say(Level::Error, said);
}

fn welcome_back(state: &mut State, place: &crate::core::place::Place, draft: bool) {
    let Some(bench) = &state.bench else { return };
    let row = bench.cursor_index() + 1;
    let time = state.local_time(place.left_at);
    let kept = if draft { "; a draft was kept" } else { "" };
    state.say(Level::Info, format!("You left row {row} {time}{kept}."));
}

/// Evidence items in the order of their last use, the last first.
fn recent_evidence(session: &Session) -> Vec<crate::core::ids::EvidenceId> {
    let mut recent: Vec<_> = session.held.values().rev().map(|h| h.evidence).collect();
    recent.extend(session.evidence.keys().rev());
    let mut seen = std::collections::HashSet::new();
    recent.retain(|e| seen.insert(*e));
    recent
}

/// Takes the reader's proposals.
pub fn proposed(
    state: &mut State,
    proposals: Arc<Proposals>,
    whole: bool,
    version: VersionId,
    again: bool,
) -> Vec<Effect> {
    let State { bench, program } = &mut *state;
    let Some(bench) = bench else {
        return Vec::new();
    };
    if bench.session().version() != version || !bench.identified {
        return Vec::new();
    }
    let proposals = match again {
        true => proposing::told_apart(bench, proposals),
        false => proposals,
    };
    let first = bench.proposing == Proposing::Nothing;
    let untouched =
        first && matches!(bench.cursor(), RowKey::Block(_)) && bench.cursor_start() == 0;
    bench.set_proposals(proposals.clone());
    bench.proposing = if whole {
        Proposing::Whole
    } else {
        Proposing::Part
    };
    match program.place_to_restore.clone() {
        Some(place) if whole => {
            // The row may be one that only these proposals know.
            restore_row(bench, &place);
            program.place_to_restore = None;
        }
        Some(_) => {}
        None if untouched => bench.go_to_index(0),
        None => {}
    }
    let keep = whole && bench.on_disk && bench.read_only.is_none();
    if again && whole {
        let n = proposals.statements.len();
        state.say(
            Level::Info,
            format!("Proposed again: {n} statements; every decision stands."),
        );
    }
    let mut effects = Vec::new();
    if keep {
        // The proposals are on the disk before a step names their reader.
        effects.push(Effect::KeepProposals(proposals.clone()));
        let done = state.writing();
        let done = done.map(|mut writing| name_reader(&mut writing, &proposals.reader));
        effects.extend(state.said(done));
    }
    // A draft about a row that was still to come.
    if whole && let Some(draft) = state.offered_draft.take() {
        let done = super::forms::reopen::reopen(state, &draft);
        effects.extend(state.said(done));
    }
    effects
}

/// Makes a step of the change to another reader's proposals, so that it can be taken back.
fn name_reader(state: &mut Writing<'_>, reader: &str) -> Vec<Effect> {
    let version = state.bench.session().version();
    let done = state.step(move |tx, _, _| {
        // Nothing, where the session names this reader already.
        tx.set_version(&version, VersionField::Reader(reader.into()));
        None
    });
    done.shown(state)
}

/// Takes the earlier steps; a journal that cannot be read through is not gone on with.
pub fn earlier(state: &mut State, earlier: Result<History, String>) -> Vec<Effect> {
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    match earlier {
        Ok(earlier) if !bench.history().is_whole() => {
            bench.desk.prepend(earlier);
        }
        Ok(_) => {}
        Err(why) => {
            bench.read_only = Some(why.clone());
            state.say(Level::Error, why);
        }
    }
    Vec::new()
}

/// Opening failed.
pub fn failed(state: &mut State, why: String) -> Vec<Effect> {
    state.say(Level::Error, why);
    reading::back(state)
}

/// The folder of sessions cannot be read: what is open stays, and nothing is taken for an empty list.
pub fn no_library(state: &mut State, why: String) -> Vec<Effect> {
    state.busy = None;
    state.reading = None;
    state.say(Level::Error, why);
    Vec::new()
}

/// The same path was opened before with another text: asks before it makes a new session.
pub fn other_text(state: &mut State, asked: Asked, session: String) -> Vec<Effect> {
    state.busy = None;
    state.reading = None;
    let question = format!(
        "“{session}” was made from the same place, but the text is another one now. Updating a session to a changed draft is not possible yet."
    );
    let resume = session.clone();
    let ask = Confirm::new(question, 'q', "neither")
        .answer(
            'r',
            format!("resume “{session}” with its own text"),
            Box::new(move |_| Ok(vec![Effect::Open(OpenWhat::Session(resume))])),
        )
        .answer(
            'n',
            "begin a new session with the new text",
            Box::new(move |s| {
                let anyway = true;
                Ok(reading::open(s, Asked { anyway, ..asked }))
            }),
        )
        .otherwise(Box::new(|s| match &s.bench {
            // Only the first part of the article is there, which nothing can be done with.
            Some(b) if !b.identified => Ok(vec![Effect::Quit]),
            _ => DONE,
        }));
    state.lay(Overlay::Confirm(ask));
    Vec::new()
}

/// Offers the draft that was kept of an open form.
fn offer_draft(state: &mut State) {
    let Some(draft) = state.offered_draft.take() else {
        return;
    };
    if state.writing().is_err() {
        return;
    }
    let time = state.local_time(draft.kept_at);
    let (question, yes) = match draft.form.as_str() {
        taking::DRAFT => {
            let files = taking::drafted(&draft);
            let question = format!("Copying {files} was not finished ({time}). Copy it now?");
            (question, "yes, copy it")
        }
        form => {
            let form = form.replace('_', " ");
            let question =
                format!("A form was open and not saved ({form}, {time}). Go on with it?");
            (question, "yes, open it")
        }
    };
    let ask = Confirm::new(
        question,
        'l',
        "later: it is kept until another form is opened",
    )
    .answer(
        'y',
        yes,
        Box::new(move |s| super::forms::reopen::reopen(s, &draft)),
    )
    .answer('d', "drop it", Box::new(|_| Ok(vec![Effect::DropDraft])));
    state.lay(Overlay::Confirm(ask));
}
