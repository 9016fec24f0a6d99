//! The texts of a claim that a prompt edits: justification, wording, note, tags.

use super::bench::Bench;
use super::decide::tell;
use super::msg::Effect;
use super::notices::Level;
use super::overlay::Overlay;
use super::prompt::Prompt;
use super::saving::{go_to_words, row_words};
use super::state::State;
use super::steps::Stepped;
use crate::core::ids::ClaimId;
use crate::core::model::{Claim, ClaimField, Statement, StatementField};
use crate::core::rows::RowKey;
use crate::core::tx::Tx;
use crate::core::vocabulary::Decision;

/// The name in drafts of the prompt for the justification.
pub const JUSTIFICATION: &str = "justification";
/// The name in drafts of the prompt for the reason of a dismissal.
pub const REASON: &str = "reason";
/// The name in drafts of the prompt for the wording.
pub const WORDING: &str = "wording";
/// The name in drafts of the prompt for the note.
pub const NOTE: &str = "note";

const SAVE: &str = "Ctrl-d saves · Ctrl-e opens the editor · Esc leaves it as it was";

fn current(state: &State) -> Option<&Claim> {
    let bench = state.bench.as_ref()?;
    bench.session().claims.get(&bench.claim_at_cursor()?)
}

/// The statement of the current row, where that is a dismissed one.
fn dismissed(state: &State) -> Option<&Statement> {
    let bench = state.bench.as_ref()?;
    let RowKey::Statement(id) = bench.cursor() else {
        return None;
    };
    let statement = bench.session().statements.get(id)?;
    (statement.decision == Decision::Dismissed).then_some(statement)
}

/// Asks for a text of several lines about the current row.
fn ask(
    state: &mut State,
    name: &'static str,
    title: &str,
    text: &str,
    hint: String,
    save: fn(&mut State, String) -> Vec<Effect>,
) -> Vec<Effect> {
    let record = state.bench.as_ref().and_then(row_words).unwrap_or_default();
    let (back, before) = (record.clone(), text.to_string());
    let prompt = Prompt::text(name, title, text, move |s, text| {
        if text == before {
            return Stepped::Unchanged.shown(s);
        }
        // The rows may have changed meanwhile, so the text goes where it was asked for, or nowhere.
        let there = s.bench.as_mut().is_some_and(|b| go_to_words(b, &back));
        if let Some(why) = s.locked() {
            s.say(Level::Warning, why);
            return Vec::new();
        }
        if there { save(s, text) } else { Vec::new() }
    });
    state.open(Overlay::Prompt(prompt.hint(hint).about(record)))
}

/// Edits why the finding is what it is; on a dismissed row why it was dismissed.
pub fn justification(state: &mut State) -> Vec<Effect> {
    if let Some(reason) = dismissed(state).map(|s| s.reason.clone()) {
        let title = "Why there is nothing to check";
        return ask(state, REASON, title, &reason, SAVE.into(), save_reason);
    }
    let text = current(state)
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

fn save_reason(state: &mut State, text: String) -> Vec<Effect> {
    let Some(RowKey::Statement(id)) = state.bench.as_ref().map(|b| b.cursor().clone()) else {
        return Vec::new();
    };
    let done = state.step(move |tx, _, _| {
        tx.set_statement(&id, StatementField::Reason(text.trim().to_string()));
        None
    });
    done.shown(state)
}

fn save_justification(state: &mut State, text: String) -> Vec<Effect> {
    told(state, "justification", |tx, c| {
        tx.set_claim(&c, ClaimField::Justification(text.trim().to_string()));
    })
}

/// Edits the wording that stands alone; it begins with the exact words.
pub fn wording(state: &mut State) -> Vec<Effect> {
    let text = match (current(state), &state.bench) {
        (Some(c), Some(b)) => b.session().claim_text(c).to_string(),
        (None, Some(b)) => b
            .check()
            .view(b.cursor())
            .map(|v| v.text.into_owned())
            .unwrap_or_default(),
        _ => String::new(),
    };
    let hint = format!(
        "who, what, when, where: it has to stand alone; empty means the exact words · {SAVE}"
    );
    let title = "Wording that stands alone";
    ask(state, WORDING, title, &text, hint, save_wording)
}

fn save_wording(state: &mut State, text: String) -> Vec<Effect> {
    let exact = state.bench.as_ref().and_then(exact_words);
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
fn told(state: &mut State, what: &str, work: impl FnOnce(&mut Tx<'_>, ClaimId)) -> Vec<Effect> {
    let done = state.tag(work);
    done.told(state, |state| {
        tell(state, what);
    })
}

/// Edits the note.
pub fn note(state: &mut State) -> Vec<Effect> {
    let text = current(state).map(|c| c.notes.clone()).unwrap_or_default();
    ask(state, NOTE, "Note", &text, SAVE.into(), save_note)
}

fn save_note(state: &mut State, text: String) -> Vec<Effect> {
    told(state, "note", |tx, c| {
        tx.set_claim(&c, ClaimField::Notes(text.trim_end().to_string()));
    })
}

/// Edits the tags: words parted by commas.
pub fn tags(state: &mut State) -> Vec<Effect> {
    let text = current(state)
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
        let tags = tag_list(&text);
        if tags == before {
            return Stepped::Unchanged.shown(s);
        }
        told(s, "tags", |tx, c| {
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
