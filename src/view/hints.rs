//! Keys that help here, from the keymap: the line at the bottom, and the box of what follows a prefix key.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hint_row::{KeyHint, row};
use super::labels::{short_title, value_of};
use super::popup;
use super::theme::Role;
use crate::app::input::action::{ACTIONS, Action, KeyContext};
use crate::app::input::key::{Key, spelled};
use crate::app::input::keymap::Lookup;
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::core::rows::RowKey;
use crate::core::vocabulary::*;

/// The first key of an action's sequence, where all values share it.
fn prefix(state: &State, action: Action) -> String {
    state
        .keymap
        .keys(action)
        .first()
        .and_then(|k| k.split_last())
        .map(|(_, k)| spelled(k))
        .unwrap_or_default()
}

/// The hints for what the cursor is on, the most useful first.
fn of_bench<'a>(state: &State, bench: &Bench) -> Vec<KeyHint<'a>> {
    use Action as A;
    let finding_next = (
        prefix(state, A::FindingNext(VerificationStatus::Accurate)),
        "finding, next",
    );
    let key = |a: A, label: &'a str| (state.keymap.shown(a), label);
    if bench.marking.is_some() {
        return vec![
            key(A::MarkTakeUp, "take it up"),
            key(A::MarkWordNext, "word"),
            key(A::MarkSentenceNext, "sentence"),
            key(A::MarkSwap, "other end"),
            key(A::MarkAddSpan, "further span"),
            key(A::MarkCancel, "leave"),
        ];
    }
    match bench.cursor() {
        RowKey::Proposal(_) => vec![
            key(A::TakeUp, "take up"),
            finding_next,
            key(A::Dismiss, "nothing to check"),
            key(A::SaidBy, "said by"),
            key(A::Evidence, "evidence"),
            key(A::OpenNext, "next open"),
        ],
        RowKey::Claim(id) => {
            let open = bench
                .session()
                .claims
                .get(id)
                .is_none_or(|c| c.verification_status.is_open());
            if open {
                vec![
                    finding_next,
                    key(A::Evidence, "evidence"),
                    key(A::SaidBy, "said by"),
                    key(A::Justification, "justification"),
                    key(A::TakeUp, "next open"),
                    key(A::EditRow, "form"),
                ]
            } else {
                vec![
                    key(A::TakeUp, "next open"),
                    key(A::Justification, "justification"),
                    key(A::Evidence, "evidence"),
                    key(A::ProposeChange, "change"),
                    key(A::Undo, "undo"),
                ]
            }
        }
        RowKey::Statement(_) => vec![
            key(A::TakeUp, "take up"),
            key(A::Dismiss, "dismiss or take back"),
            key(A::Justification, "reason"),
            key(A::OpenNext, "next open"),
        ],
        RowKey::Block(_) => vec![
            key(A::TakeUp, "take up"),
            key(A::Dismiss, "nothing to check"),
            key(A::Mark, "mark a passage"),
            key(A::BlockNext, "next block"),
        ],
    }
}

/// Draws the hints of the bench; those that do not fit are left out from the right, but for help.
pub fn line(state: &State, area: Rect, c: &mut Canvas<'_>) {
    let Some(bench) = &state.bench else { return };
    if !state.overlays.is_empty() {
        return;
    }
    if !state.pending.is_empty() {
        let typed = spelled(&state.pending);
        let x = c.text(area, (0, 0), &typed, c.role(Role::Key)) + 1;
        let x = c.text(area, (x, 0), c.glyphs.ellipsis, c.role(Role::Dim)) + 2;
        row(&[("Esc".into(), "ends it")], None, area, x, c);
        return;
    }
    let help = (state.keymap.shown(Action::Help), "help");
    row(&of_bench(state, bench), Some(help), area, 0, c);
}

/// Draws the box of what can follow the keys pressed so far.
pub fn draw(state: &State, screen: Rect, c: &mut Canvas<'_>) {
    let marking = state.bench.as_ref().is_some_and(|b| b.marking.is_some());
    let context = if marking {
        KeyContext::Mark
    } else {
        KeyContext::Workbench
    };
    let Lookup::Prefix(mut next) = state.keymap.lookup(context, &state.pending) else {
        return;
    };
    // In the order of the table, which is the order of the vocabulary.
    next.sort_by_key(|(_, a)| ACTIONS.iter().position(|i| i.action == *a));
    let entries: Vec<(String, Option<&'static Entry>, &str)> = next
        .iter()
        .map(|(key, action)| next_key(state, *key, *action))
        .collect();
    let widest = entries
        .iter()
        .map(|(k, _, l)| c.width(k) + 1 + 2 + c.width(l))
        .max()
        .unwrap_or(0)
        + 2;
    let room = screen.width.saturating_sub(4).min(76);
    let count = entries.len() as u16;
    let columns = (room / widest.max(1)).clamp(1, count.max(1)).min(3);
    let rows = count.div_ceil(columns);
    let title = entries_title(&next);
    let width = (columns * widest + 2).max(c.width(title) + 6);
    let inner = popup::at_bottom(screen, (width + 2, rows + 2), title, &[], c);
    for (n, (key, entry, label)) in entries.iter().enumerate() {
        let (column, row) = (n as u16 / rows.max(1), n as u16 % rows.max(1));
        let x = 1 + column * widest;
        let mut x = c.text(inner, (x, row), key, c.role(Role::Key)) + 1;
        if let Some(entry) = entry {
            x = c.text(inner, (x, row), c.value(entry), c.meaning(entry.meaning)) + 1;
        }
        c.text(inner, (x, row), label, c.role(Role::Text));
    }
}

fn next_key(state: &State, key: Key, action: Action) -> (String, Option<&'static Entry>, &str) {
    let entry = value_of(state, action).map(|(_, e)| e);
    (key.to_string(), entry, short_title(state, action))
}

/// What the keys have in common: the part of the title before the value.
fn entries_title(next: &[(Key, Action)]) -> &'static str {
    next.first()
        .and_then(|(_, a)| a.info().title.split_once(": "))
        .map_or("", |(lead, _)| lead)
}
