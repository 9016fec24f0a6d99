//! The rows that are marked, for what is done to many at once. They are never kept: whoever opens the session again begins
//! without marks.

use std::collections::HashMap;

use crate::core::ids::StatementId;
use crate::core::rows::RowKey;

/// The rows that are marked.
#[derive(Clone, Debug, Default)]
pub struct MarkedRows {
    /// Each with its statement, by which it is found again once it is taken up or dismissed.
    rows: HashMap<RowKey, Option<StatementId>>,
    /// The row that was marked last by itself, from which a range goes.
    last: Option<RowKey>,
}

impl MarkedRows {
    /// How many they are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row is marked.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether this row is marked.
    pub fn holds(&self, row: &RowKey) -> bool {
        self.rows.contains_key(row)
    }

    /// Takes all marks away.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The row that was marked last by itself.
    pub(super) fn last(&self) -> Option<&RowKey> {
        self.last.as_ref()
    }

    /// Marks a row that stands for `statement`.
    pub(super) fn add(&mut self, row: RowKey, statement: Option<StatementId>) {
        self.rows.insert(row, statement);
    }

    /// Marks a row by itself.
    pub(super) fn add_last(&mut self, row: RowKey, statement: Option<StatementId>) {
        self.last = Some(row.clone());
        self.add(row, statement);
    }

    /// Takes the mark of a row away; whether it had one.
    pub(super) fn drop(&mut self, row: &RowKey) -> bool {
        self.last.take_if(|last| last == row);
        self.rows.remove(row).is_some()
    }

    /// The same marks on the rows that `now` says are there now; a mark goes where it names none.
    pub(super) fn moved(self, now: impl Fn(RowKey, Option<StatementId>) -> Option<RowKey>) -> Self {
        let last = self.last;
        let mut moved = Self::default();
        for (row, statement) in self.rows {
            let was_last = last.as_ref() == Some(&row);
            let Some(row) = now(row, statement.clone()) else {
                continue;
            };
            if was_last {
                moved.last = Some(row.clone());
            }
            moved.rows.insert(row, statement);
        }
        moved
    }
}
