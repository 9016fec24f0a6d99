//! A row in words that hold after the session is closed and opened again, for places and drafts.

use super::bench::Bench;
use crate::core::ids::StatementId;
use crate::core::place::Place;
use crate::core::rows::RowKey;

/// The cursor's row in words that hold after the session is closed and opened again, for places and drafts.
pub(in crate::app) fn row_words(bench: &Bench) -> Option<String> {
    match bench.cursor() {
        RowKey::Claim(c) => Some(format!("claim {c}")),
        RowKey::Block(n) => Some(format!("block {n}")),
        RowKey::Statement(_) | RowKey::Proposal(_) => bench
            .statement_at_cursor()
            .map(|s| format!("statement {s}")),
    }
}

/// The row that [`row_words`] names; none where there is no such row.
pub(in crate::app) fn row_of_words(bench: &Bench, words: &str) -> Option<RowKey> {
    let (kind, id) = words.split_once(' ')?;
    let key = match kind {
        "claim" => id.parse().ok().map(RowKey::Claim),
        "block" => id.parse().ok().map(RowKey::Block),
        "statement" => {
            // Older files name a statement by the number of its version.
            let session = bench.session();
            let id = StatementId::read(id, |n| session.version_numbered(n));
            bench.row_of_statement(&id.ok()?)
        }
        _ => None,
    };
    key.filter(|k| bench.has(k))
}

/// Puts the cursor on the row that [`row_words`] names; false where there is no such row.
pub(in crate::app) fn go_to_words(bench: &mut Bench, words: &str) -> bool {
    row_of_words(bench, words).is_some_and(|k| bench.go_to(k))
}

/// Puts the cursor on the row that it was on.
pub(in crate::app) fn restore_row(bench: &mut Bench, place: &Place) -> bool {
    place.row.as_deref().is_some_and(|w| go_to_words(bench, w))
}
