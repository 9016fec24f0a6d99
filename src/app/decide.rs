//! Deciding about statements: take up, dismiss, withdraw, pair, mark; and copying and opening what the row holds.

use super::marking::{Marking, Purpose};
use super::msg::Effect;
use super::notices::Level;
use super::state::State;
use super::steps::Stepped;
use crate::core::display::{clean, truncate};
use crate::core::ids::AttributionId;
use crate::core::model::AttributionField as F;
use crate::core::ops::{self, Dismissed};
use crate::core::place::Pane;
use crate::core::rows::RowKey;
use crate::core::vocabulary::Decision;

/// How many cells of a row's words the status line shows.
const WORDS: usize = 40;

/// Takes the proposal up and stays; on a row that is taken up it goes to the next open one.
pub fn take_up(state: &mut State) -> Vec<Effect> {
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    match bench.cursor().clone() {
        RowKey::Claim(_) => super::walk::walk(state, super::action::Action::OpenNext),
        RowKey::Statement(_) | RowKey::Proposal(_) | RowKey::Block(_) => {
            let done = state.tag(|_, _| {});
            done.told(state, |state| tell(state, "taken up"))
        }
    }
}

/// Says what happened to the current row.
pub(super) fn tell(state: &mut State, what: &str) {
    let Some(bench) = &state.bench else { return };
    let row = bench.cursor().clone();
    tell_row(state, &row, what);
}

/// Says what happened to a row.
pub(super) fn tell_row(state: &mut State, row: &RowKey, what: &str) {
    let Some(bench) = &state.bench else { return };
    let number = match row == bench.cursor() {
        true => Some(bench.cursor_index()),
        false => bench.index_of(row),
    };
    // The filter may hide the row.
    let number = number.map_or("A hidden row".into(), |n| format!("Row {}", n + 1));
    let view = bench.check().view(row);
    let words = view.map(|v| clean(&v.text)).unwrap_or_default();
    let words = truncate(&words, WORDS);
    state.say(Level::Info, format!("{number}: {what} · {words}"));
}

/// Dismisses the row's statement; one that is dismissed already is opened again.
pub fn dismiss(state: &mut State) -> Vec<Effect> {
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    let row = bench.cursor().clone();
    let mut what = "dismissed: nothing to check";
    let done = match row {
        RowKey::Proposal(n) => state.step(move |tx, text, p| {
            ops::dismiss(tx, text, p, Dismissed::Proposal(n), "").map(RowKey::Statement)
        }),
        RowKey::Block(n) => state.step(move |tx, text, p| {
            let span = p.blocks.get(n as usize)?.span;
            ops::dismiss(tx, text, p, Dismissed::Words(&[span]), "").map(RowKey::Statement)
        }),
        RowKey::Statement(id) => {
            let dismissed = bench
                .session()
                .statements
                .get(&id)
                .is_some_and(|s| s.decision == Decision::Dismissed);
            if dismissed {
                what = "open again";
                state.step(move |tx, _, _| {
                    ops::reopen_statement(tx, &id);
                    None
                })
            } else {
                state.step(move |tx, text, p| {
                    ops::dismiss(tx, text, p, Dismissed::Statement(&id), "").map(RowKey::Statement)
                })
            }
        }
        RowKey::Claim(_) => {
            let Some(statement) = bench.statement_at_cursor() else {
                return Vec::new();
            };
            what = "dismissed, its claim withdrawn; undo brings it back";
            state.step(move |tx, text, p| {
                ops::dismiss(tx, text, p, Dismissed::Statement(&statement), "")
                    .map(RowKey::Statement)
            })
        }
    };
    done.told(state, |state| tell(state, what))
}

/// Withdraws the claim.
pub fn withdraw(state: &mut State) -> Vec<Effect> {
    let Some(claim) = state.bench.as_ref().and_then(|b| b.claim_at_cursor()) else {
        return Vec::new();
    };
    let done = state.step(move |tx, _, _| {
        ops::withdraw(tx, claim, None);
        None
    });
    done.told(state, |state| {
        tell(state, "withdrawn; undo brings it back");
    })
}

/// Makes the pair of a quotation.
pub fn both(state: &mut State) -> Vec<Effect> {
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    let target = bench.cursor().clone();
    let done = state.step(move |tx, text, proposals| {
        let claim = super::steps::claim_of(tx, text, proposals, &target)?;
        ops::pair(tx, text, claim).map(RowKey::Claim)
    });
    done.told(state, |state| {
        tell(
            state,
            "two claims now: was it said (this one), and is it so",
        );
    })
}

/// Begins to mark.
pub fn mark(state: &mut State, purpose: Purpose) -> Vec<Effect> {
    if let Some(bench) = &mut state.bench {
        bench.pane = Pane::Article;
        bench.begin_marking(purpose);
    }
    Vec::new()
}

/// Changes the mark.
pub fn with_mark(state: &mut State, change: fn(&mut Marking)) -> Vec<Effect> {
    if let Some(bench) = &mut state.bench {
        if let Some(mark) = &mut bench.marking {
            change(mark);
        }
        bench.reveal_mark();
    }
    Vec::new()
}

/// Takes the marked words up, or cuts the statement at the mark's moving end.
pub fn mark_taken_up(state: &mut State) -> Vec<Effect> {
    let Some(mark) = state.bench.as_mut().and_then(|b| b.marking.take()) else {
        return Vec::new();
    };
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    bench.pane = Pane::Claims;
    let spans = mark.spans(bench.check().text());
    let row = bench.cursor().clone();
    let at = bench.check().text().scalar(mark.moving);
    if spans.is_empty() && mark.purpose != Purpose::Split {
        state.say(Level::Warning, "Nothing was marked.");
        return Vec::new();
    }
    let (done, what) = match mark.purpose {
        Purpose::Split => (split(state, row, at), "split in two"),
        Purpose::Statement | Purpose::Part => {
            let done = state.step(move |tx, text, p| {
                ops::mark(tx, text, p, &spans).map(|t| RowKey::Claim(t.claim))
            });
            (done, "marked and taken up")
        }
        Purpose::Content(a) => (words_of(state, a, F::Content(spans)), "its words"),
        Purpose::Cue(a) => (words_of(state, a, F::Cue(spans)), "what shows it"),
        Purpose::SourceWords(a) => (
            words_of(state, a, F::SourceSpan(spans)),
            "what names the source",
        ),
    };
    if mark.purpose == Purpose::Split && matches!(done, Stepped::Unchanged) {
        state.say(
            Level::Warning,
            "Nothing was split: the place has to stand between two words of the statement.",
        );
        return Vec::new();
    }
    done.told(state, |state| tell(state, what))
}

/// Cuts the row's statement in two, as one step with taking it up.
fn split(state: &mut State, row: RowKey, at: u32) -> Stepped {
    let fits = state.bench.as_ref().is_some_and(|b| {
        let hull = b.cursor_hull().unwrap_or_default();
        hull.start < at && at < hull.end
    });
    match fits {
        false => Stepped::Unchanged,
        true => state.step(move |tx, text, p| {
            let claim = super::steps::claim_of(tx, text, p, &row)?;
            ops::split(tx, text, p, claim, at);
            Some(RowKey::Claim(claim))
        }),
    }
}

/// Sets the words of an attribution that were marked anew.
fn words_of(state: &mut State, id: AttributionId, words: F) -> Stepped {
    state.step(move |tx, _, _| {
        let claim = tx.session.attributions.get(&id)?.claim;
        tx.set_attribution(&id, words);
        Some(RowKey::Claim(claim))
    })
}

/// Leaves without marking.
pub fn mark_cancelled(state: &mut State) -> Vec<Effect> {
    if let Some(bench) = &mut state.bench {
        bench.marking = None;
        bench.pane = Pane::Claims;
        bench.reveal_cursor();
    }
    Vec::new()
}

/// Copies the words of the current row: what is marked, else the wording or the exact words.
pub fn copy(state: &mut State) -> Vec<Effect> {
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    match bench.check().view(bench.cursor()) {
        Some(v) => vec![Effect::Copy(v.text.into_owned())],
        None => Vec::new(),
    }
}

/// Opens the address of the claim's evidence, else of its source, else of the article.
pub fn open_link(state: &mut State) -> Vec<Effect> {
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    let mut links: Vec<(String, String)> = Vec::new();
    if let Some(claim) = bench.claim_at_cursor() {
        for (_, e) in bench.check().held(claim) {
            links.extend(
                e.url
                    .clone()
                    .or(e.archived_url.clone())
                    .map(|u| (e.title.clone(), u)),
            );
        }
        for a in bench.check().attributions(claim) {
            let source = a.source.and_then(|s| bench.session().sources.get(&s));
            links.extend(source.and_then(|s| Some((s.name.clone(), s.url.clone()?))));
        }
    }
    if links.is_empty() {
        links.extend(
            bench
                .session()
                .article
                .url
                .clone()
                .map(|u| ("the article".to_string(), u)),
        );
    }
    match links.as_slice() {
        [] => {
            state.say(
                Level::Info,
                "There is no address on this row: no evidence or source with one.",
            );
            Vec::new()
        }
        [(_, url)] => vec![Effect::OpenLink(url.clone())],
        _ => super::pick::links::open(state, links),
    }
}
