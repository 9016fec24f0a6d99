//! The texts of a claim that a prompt edits: justification, wording, note, tags.

use crate::app::refusal::{Done, Refusal};
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Overlay, Prompt};
use crate::app::state::row_words::{go_to_words, row_words};
use crate::app::state::steps::{Stepped, claim_of};
use crate::app::state::telling::tell;
use crate::app::state::working::Writing;
use crate::core::ids::ClaimId;
use crate::core::model::{Claim, ClaimField, Statement, StatementField};
use crate::core::ops;
use crate::core::rows::RowKey;
use crate::core::tx::Tx;
use crate::core::vocabulary::Decision;

/// The name in drafts of the prompt for the justification.
pub const JUSTIFICATION: &str = "justification";
/// The name in drafts of the prompt for the reason of a dismissal.
pub const REASON: &str = "reason";
/// The name in drafts of the prompt for the wording.
pub const WORDING: &str = "wording";
/// The name in drafts of the prompt for the wording of one more claim on the same words.
pub const ONE_MORE: &str = "one_more";
/// The name in drafts of the prompt for the note.
pub const NOTE: &str = "note";

const SAVE: &str = "Ctrl-d saves · Ctrl-e opens the editor · Esc leaves it as it was";

fn current(bench: &Bench) -> Option<&Claim> {
    bench.session().claims.get(&bench.claim_at_cursor()?)
}

/// The statement of a row, where that is a dismissed one.
fn dismissed<'b>(bench: &'b Bench, row: &RowKey) -> Option<&'b Statement> {
    let RowKey::Statement(id) = row else {
        return None;
    };
    let statement = bench.session().statements.get(id)?;
    (statement.decision == Decision::Dismissed).then_some(statement)
}

/// Asks for a text of several lines about the current row.
fn ask(
    state: &mut Writing<'_>,
    name: &'static str,
    title: &str,
    text: &str,
    hint: String,
    save: fn(&mut Writing<'_>, String) -> Done,
) -> Done {
    let record = row_words(state.bench).unwrap_or_default();
    let (back, before) = (record.clone(), text.to_string());
    let prompt = Prompt::text(name, title, text, move |s, text| {
        let mut working = s.working()?;
        if text == before {
            return Ok(Stepped::Unchanged.shown(&mut working));
        }
        // The rows may have changed meanwhile, so the text goes where it was asked for, or nowhere.
        let there = go_to_words(working.bench, &back);
        let mut writing = working.writing()?;
        match there {
            true => save(&mut writing, text),
            false => Err(Refusal::gone("The row")),
        }
    });
    state.open(Overlay::Prompt(prompt.hint(hint).about(record)))
}

/// Edits why the finding is what it is; on a dismissed row why it was dismissed.
pub fn justification(state: &mut Writing<'_>, row: RowKey) -> Done {
    if let Some(reason) = dismissed(state.bench, &row).map(|s| s.reason.clone()) {
        let title = "Why there is nothing to check";
        return ask(state, REASON, title, &reason, SAVE.into(), save_reason);
    }
    let text = current(state.bench)
        .map(|c| c.justification.clone())
        .unwrap_or_default();
    let title = "Justification of the finding";
    ask(
        state,
        JUSTIFICATION,
        title,
        &text,
        SAVE.into(),
        save_justification,
    )
}

fn save_reason(state: &mut Writing<'_>, text: String) -> Done {
    let RowKey::Statement(id) = state.bench.cursor().clone() else {
        return Err(Refusal::new("The statement is no longer dismissed."));
    };
    let done = state.step(move |tx, _, _| {
        tx.set_statement(&id, StatementField::Reason(text.trim().to_string()));
        None
    });
    Ok(done.shown(state))
}

fn save_justification(state: &mut Writing<'_>, text: String) -> Done {
    told(state, "justification", |tx, c| {
        tx.set_claim(&c, ClaimField::Justification(text.trim().to_string()));
    })
}

/// Edits the wording that stands alone; it begins with the exact words.
pub fn wording(state: &mut Writing<'_>, row: RowKey) -> Done {
    let bench = &*state.bench;
    let text = match current(bench) {
        Some(c) => bench.session().claim_text(c).to_string(),
        None => {
            let view = bench.check().view(&row);
            view.map(|v| v.text.into_owned()).unwrap_or_default()
        }
    };
    let hint = format!(
        "who, what, when, where: it has to stand alone; empty means the exact words · {SAVE}"
    );
    let title = "Wording that stands alone";
    ask(state, WORDING, title, &text, hint, save_wording)
}

/// Asks for the wording of one more claim on the words of the row; with it the claim is made, said by the same.
pub fn one_more(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let hint = format!("what else these words claim: it has to stand alone · {SAVE}");
    let title = "One more claim on these words";
    ask(state, ONE_MORE, title, "", hint, save_one_more)
}

/// Adds the claim, as one step with taking the row up.
fn save_one_more(state: &mut Writing<'_>, text: String) -> Done {
    let wording = text.trim().to_string();
    if wording.is_empty() {
        return Ok(Stepped::Unchanged.shown(state));
    }
    let row = state.bench.cursor().clone();
    let done = state.step(move |tx, text, proposals| {
        let claim = claim_of(tx, text, proposals, &row)?;
        let more = ops::add_claim(tx, claim)?;
        tx.set_claim(&more, ClaimField::Wording(Some(wording)));
        Some(RowKey::Claim(more))
    });
    Ok(done.told(state, |state| {
        tell(state, "one more claim on these words");
    }))
}

fn save_wording(state: &mut Writing<'_>, text: String) -> Done {
    let exact = exact_words(state.bench);
    let text = text.trim().to_string();
    let wording = Some(text).filter(|t| !t.is_empty() && exact.as_ref() != Some(t));
    told(state, "wording", |tx, c| {
        tx.set_claim(&c, ClaimField::Wording(wording))
    })
}

/// The words of the current row's statement, whether it is taken up or not.
fn exact_words(bench: &Bench) -> Option<String> {
    if let Some(s) = bench.statement_at_cursor()
        && let Some(s) = bench.session().statements.get(&s)
    {
        return Some(s.anchor.exact.trim().to_string());
    }
    bench
        .check()
        .view(bench.cursor())
        .map(|v| v.text.trim().to_string())
}

/// Makes a step on the current row's claim and names the row on the status line.
fn told(state: &mut Writing<'_>, what: &str, work: impl FnOnce(&mut Tx<'_>, ClaimId)) -> Done {
    let done = state.tag(work);
    Ok(done.told(state, |state| {
        tell(state, what);
    }))
}

/// Edits the note.
pub fn note(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let text = current(state.bench)
        .map(|c| c.notes.clone())
        .unwrap_or_default();
    ask(state, NOTE, "Note", &text, SAVE.into(), save_note)
}

fn save_note(state: &mut Writing<'_>, text: String) -> Done {
    told(state, "note", |tx, c| {
        tx.set_claim(&c, ClaimField::Notes(text.trim_end().to_string()));
    })
}

/// Edits the tags: words parted by commas.
pub fn tags(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let text = current(state.bench)
        .map(|c| c.tags.join(", "))
        .unwrap_or_default();
    let hint = match state.config.tags.is_empty() {
        true => "parted by commas · Enter saves · Esc leaves it as it was".to_string(),
        false => format!(
            "parted by commas; the house's: {}",
            state.config.tags.join(", ")
        ),
    };
    let before = tag_list(&text);
    let prompt = Prompt::line("tags", "Tags", &text, move |s, text| {
        let mut writing = s.writing()?;
        let tags = tag_list(&text);
        if tags == before {
            return Ok(Stepped::Unchanged.shown(&mut writing));
        }
        told(&mut writing, "tags", |tx, c| {
            tx.set_claim(&c, ClaimField::Tags(tags.into()))
        })
    });
    state.open(Overlay::Prompt(prompt.hint(hint)))
}

/// Reads tags parted by commas, each once, in the order given.
pub fn tag_list(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text
        .split([',', '\n'])
        .map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "))
    {
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}
