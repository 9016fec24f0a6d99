//! Deciding about statements: take up, dismiss, withdraw, pair, mark; and copying and opening what the row holds.

use crate::app::msg::Effect;
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::state::bench::Bench;
use crate::app::state::marking::{Marking, Purpose};
use crate::app::state::steps::Stepped;
use crate::app::state::telling::tell;
use crate::app::state::working::{Working, Writing};
use crate::core::ids::{AttributionId, ClaimId};
use crate::core::model::AttributionField as F;
use crate::core::ops::{self, Dismissed};
use crate::core::place::Pane;
use crate::core::rows::RowKey;
use crate::core::vocabulary::Decision;

/// Takes the proposal up and stays; on a row that is taken up it goes to the next open one.
pub fn take_up(state: &mut Working<'_>, row: RowKey) -> Done {
    match row {
        RowKey::Claim(_) => super::walk::open_row(state, true),
        RowKey::Statement(_) | RowKey::Proposal(_) | RowKey::Block(_) => {
            let done = state.writing()?.tag(|_, _| {});
            Ok(done.told(state, |state| tell(state, "taken up")))
        }
    }
}

/// Dismisses the row's statement; one that is dismissed already is opened again.
pub fn dismiss(state: &mut Writing<'_>, row: RowKey) -> Done {
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
            let statement = state.bench.session().statements.get(&id);
            if statement.is_some_and(|s| s.decision == Decision::Dismissed) {
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
            let statement = state.bench.statement_at_cursor();
            let statement = statement.ok_or_else(|| Refusal::gone("The claim's statement"))?;
            what = "dismissed, its claim withdrawn; undo brings it back";
            state.step(move |tx, text, p| {
                ops::dismiss(tx, text, p, Dismissed::Statement(&statement), "")
                    .map(RowKey::Statement)
            })
        }
    };
    Ok(done.told(state, |state| tell(state, what)))
}

/// Withdraws the claim.
pub fn withdraw(state: &mut Writing<'_>, claim: ClaimId) -> Done {
    let done = state.step(move |tx, _, _| {
        ops::withdraw(tx, claim, None);
        None
    });
    Ok(done.told(state, |state| {
        tell(state, "withdrawn; undo brings it back");
    }))
}

/// Makes the pair of a quotation.
pub fn both(state: &mut Writing<'_>, row: RowKey) -> Done {
    let done = state.step(move |tx, text, proposals| {
        let claim = crate::app::state::steps::claim_of(tx, text, proposals, &row)?;
        ops::pair(tx, text, claim).map(RowKey::Claim)
    });
    Ok(done.told(state, |state| {
        tell(
            state,
            "two claims now: was it said (this one), then is it so",
        );
    }))
}

/// Begins to mark.
pub fn mark(state: &mut Working<'_>, purpose: Purpose) -> Done {
    state.bench.pane = Pane::Article;
    state.bench.begin_marking(purpose);
    DONE
}

/// Takes the marked words up, or cuts the statement at the mark's moving end.
pub fn mark_taken_up(state: &mut Writing<'_>, mark: Marking) -> Done {
    let bench = &mut *state.bench;
    bench.pane = Pane::Claims;
    let spans = mark.spans(bench.check().text());
    let row = bench.cursor().clone();
    let at = bench.check().text().scalar(mark.moving);
    if spans.is_empty() && mark.purpose != Purpose::Split {
        return Err(Refusal::new("Nothing was marked."));
    }
    let (done, what) = match mark.purpose {
        Purpose::Split => (split(state, row, at)?, "split in two"),
        Purpose::Statement | Purpose::Part => {
            let done = state.step(move |tx, text, p| {
                ops::mark(tx, text, p, &spans).map(|t| RowKey::Claim(t.claim))
            });
            (done, "marked and taken up")
        }
        Purpose::Borders(id) => (super::borders::set(state, &id, &spans)?, "its borders"),
        Purpose::Content(a) => (words_of(state, a, F::Content(spans)), "its words"),
        Purpose::Cue(a) => (words_of(state, a, F::Cue(spans)), "what shows it"),
        Purpose::SourceWords(a) => (
            words_of(state, a, F::SourceSpan(spans)),
            "what names the source",
        ),
    };
    Ok(done.told(state, |state| tell(state, what)))
}

/// Cuts the row's statement in two, as one step with taking it up.
fn split(state: &mut Writing<'_>, row: RowKey, at: u32) -> Result<Stepped, Refusal> {
    let refused = "Nothing was split: the place has to stand between two words of the statement.";
    let hull = state.bench.cursor_hull().unwrap_or_default();
    if at <= hull.start || hull.end <= at {
        return Err(Refusal::new(refused));
    }
    let done = state.step(move |tx, text, p| {
        let claim = crate::app::state::steps::claim_of(tx, text, p, &row)?;
        ops::split(tx, text, p, claim, at);
        Some(RowKey::Claim(claim))
    });
    match done {
        Stepped::Unchanged => Err(Refusal::new(refused)),
        done => Ok(done),
    }
}

/// Sets the words of an attribution that were marked anew.
fn words_of(state: &mut Writing<'_>, id: AttributionId, words: F) -> Stepped {
    state.step(move |tx, _, _| {
        let claim = tx.session.attributions.get(&id)?.claim;
        tx.set_attribution(&id, words);
        Some(RowKey::Claim(claim))
    })
}

/// Dismisses the marked words.
pub fn mark_dismissed(state: &mut Writing<'_>, mark: Marking) -> Done {
    let spans = mark.spans(state.bench.check().text());
    state.bench.pane = Pane::Claims;
    if spans.is_empty() {
        return Err(Refusal::new("Nothing was marked."));
    }
    let done = state.step(move |tx, text, p| {
        ops::dismiss(tx, text, p, Dismissed::Words(&spans), "").map(RowKey::Statement)
    });
    Ok(done.told(state, |state| tell(state, "dismissed: nothing to check")))
}

/// Leaves without marking.
pub fn mark_cancelled(state: &mut Working<'_>, _mark: Marking) -> Done {
    state.bench.pane = Pane::Claims;
    state.bench.reveal_cursor();
    DONE
}

/// Copies the words of a row: what is marked, else the wording or the exact words.
pub fn copy(state: &mut Working<'_>, row: RowKey) -> Done {
    match state.bench.check().view(&row) {
        Some(v) => Ok(vec![Effect::Copy(v.text.into_owned())]),
        None => Err(Refusal::new("There are no words on this row to copy.")),
    }
}

/// Opens the address of the claim's evidence, else of its source, else of the article.
pub fn open_link(state: &mut Working<'_>) -> Done {
    let links = links(state.bench);
    match links.as_slice() {
        [] => Err(Refusal::mild(
            "There is no address on this row: no evidence or source with one.",
        )),
        [(_, url)] => Ok(vec![Effect::OpenLink(url.clone())]),
        _ => super::pick::links::open(state, links),
    }
}

/// The addresses of the current row, each with what it is the address of.
fn links(bench: &Bench) -> Vec<(String, String)> {
    let mut links: Vec<(String, String)> = Vec::new();
    if let Some(claim) = bench.claim_at_cursor() {
        for (_, e) in bench.check().held(claim) {
            links.extend(
                e.url
                    .clone()
                    .or(e.archived_url.clone())
                    .map(|u| (e.called().to_string(), u)),
            );
        }
        for a in bench.check().attributions(claim) {
            let source = a.source.and_then(|s| bench.session().sources.get(&s));
            links.extend(source.and_then(|s| Some((s.name.clone(), s.url.clone()?))));
        }
    }
    if links.is_empty() {
        let article = bench.session().article.url.clone();
        links.extend(article.map(|u| ("the article".to_string(), u)));
    }
    links
}
