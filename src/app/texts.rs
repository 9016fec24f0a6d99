//! The texts of a claim that a prompt edits: justification, wording, note, tags.

use super::msg::Effect;
use super::overlay::Overlay;
use super::prompt::Prompt;
use super::state::State;
use crate::core::model::{Claim, ClaimField, StatementField};
use crate::core::rows::RowKey;

const SAVE: &str = "Ctrl-d saves · Ctrl-e opens the editor · Esc leaves it as it was";

fn current(state: &State) -> Option<&Claim> {
    let bench = state.bench.as_ref()?;
    bench.session().claims.get(&bench.claim_at_cursor()?)
}

/// Edits why the finding is what it is; on a dismissed row why it was dismissed.
pub fn justification(state: &mut State) -> Vec<Effect> {
    if let Some(RowKey::Statement(id)) = state.bench.as_ref().map(|b| b.cursor().clone()) {
        let reason = state
            .bench
            .as_ref()
            .and_then(|b| b.session().statements.get(&id))
            .map(|s| s.reason.clone())
            .unwrap_or_default();
        return state.open(Overlay::Prompt(
            Prompt::text(
                "reason",
                "Why there is nothing to check",
                &reason,
                save_reason,
            )
            .hint(SAVE),
        ));
    }
    let text = current(state)
        .map(|c| c.justification.clone())
        .unwrap_or_default();
    state.open(Overlay::Prompt(
        Prompt::text(
            "justification",
            "Justification of the finding",
            &text,
            save_justification,
        )
        .hint(SAVE),
    ))
}

fn save_reason(state: &mut State, text: String) -> Vec<Effect> {
    let Some(RowKey::Statement(id)) = state.bench.as_ref().map(|b| b.cursor().clone()) else {
        return Vec::new();
    };
    state.step(move |tx, _, _| {
        tx.set_statement(&id, StatementField::Reason(text.trim().to_string()));
        None
    })
}

fn save_justification(state: &mut State, text: String) -> Vec<Effect> {
    state.tag(|tx, c| tx.set_claim(&c, ClaimField::Justification(text.trim().to_string())))
}

/// Edits the wording that stands alone; it begins with the exact words.
pub fn wording(state: &mut State) -> Vec<Effect> {
    let text = match (current(state), &state.bench) {
        (Some(c), Some(b)) => b.session().claim_text(c).to_string(),
        (None, Some(b)) => b
            .check
            .view(b.cursor())
            .map(|v| v.text.into_owned())
            .unwrap_or_default(),
        _ => String::new(),
    };
    let hint = format!(
        "who, what, when, where: it has to stand alone; empty means the exact words · {SAVE}"
    );
    state.open(Overlay::Prompt(
        Prompt::text("wording", "Wording that stands alone", &text, save_wording).hint(hint),
    ))
}

fn save_wording(state: &mut State, text: String) -> Vec<Effect> {
    let exact = match &state.bench {
        Some(b) => b.statement_at_cursor().and_then(|s| {
            b.session()
                .statements
                .get(&s)
                .map(|s| s.anchor.exact.clone())
        }),
        None => None,
    };
    let text = text.trim().to_string();
    let wording = Some(text).filter(|t| !t.is_empty() && exact.as_ref() != Some(t));
    state.tag(|tx, c| tx.set_claim(&c, ClaimField::Wording(wording)))
}

/// Edits the note.
pub fn note(state: &mut State) -> Vec<Effect> {
    let text = current(state).map(|c| c.notes.clone()).unwrap_or_default();
    state.open(Overlay::Prompt(
        Prompt::text("note", "Note", &text, save_note).hint(SAVE),
    ))
}

fn save_note(state: &mut State, text: String) -> Vec<Effect> {
    state.tag(|tx, c| tx.set_claim(&c, ClaimField::Notes(text.trim_end().to_string())))
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
    state.open(Overlay::Prompt(
        Prompt::line("tags", "Tags", &text, save_tags).hint(hint),
    ))
}

fn save_tags(state: &mut State, text: String) -> Vec<Effect> {
    let tags = tag_list(&text);
    state.tag(|tx, c| tx.set_claim(&c, ClaimField::Tags(tags)))
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
