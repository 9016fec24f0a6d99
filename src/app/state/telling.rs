//! Saying on the status line what happened to a row.

use super::working::Working;
use crate::app::screen::notices::Level;
use crate::core::display::{clean, truncate};
use crate::core::rows::RowKey;

/// How many cells of a row's words the status line shows.
const WORDS: usize = 40;

/// Says what happened to the current row.
pub fn tell(state: &mut Working<'_>, what: &str) {
    let row = state.bench.cursor().clone();
    tell_row(state, &row, what);
}

/// Says what happened to a row.
pub fn tell_row(state: &mut Working<'_>, row: &RowKey, what: &str) {
    let bench = &*state.bench;
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
