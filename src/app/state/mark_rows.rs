//! Marking rows of the list, and keeping the marks where they were put.

use super::bench::Bench;
use crate::core::ids::StatementId;
use crate::core::rows::RowKey;

impl Bench {
    /// Marks a row by itself, or takes its mark away.
    pub(in crate::app) fn toggle_row(&mut self, row: RowKey) {
        if !self.marked_rows.drop(&row) {
            let statement = self.statement_of(&row);
            self.marked_rows.add_last(row, statement);
        }
    }

    /// The row that was marked last by itself, from which a range goes.
    pub(in crate::app) fn range_start(&self) -> Option<&RowKey> {
        self.marked_rows.last()
    }

    /// Marks the rows of the list from its `from`th to its `to`th, in either order.
    pub(in crate::app) fn mark_between(&mut self, from: usize, to: usize) {
        for i in from.min(to)..=from.max(to) {
            if let Some(row) = self.row_at(i).filter(is_markable) {
                let statement = self.statement_of(&row);
                self.marked_rows.add(row, statement);
            }
        }
    }

    /// The marked rows in their order, each with its place in the list.
    pub(in crate::app) fn marked_in_order(&self) -> Vec<(usize, RowKey)> {
        let rows = (0..self.row_count()).filter_map(|i| Some((i, self.row_at(i)?)));
        rows.filter(|(_, row)| self.marked_rows.holds(row))
            .collect()
    }

    /// Leaves the marks on what they were put on, which a step may have taken up or dismissed; a mark goes with its row,
    /// and where the row is not shown.
    pub(super) fn marks_follow(&mut self) {
        if self.marked_rows.is_empty() {
            return;
        }
        let marked = std::mem::take(&mut self.marked_rows);
        let now = |row, statement| {
            self.row_now(row, statement)
                .filter(|row| self.shows(row) && is_markable(row))
        };
        let moved = marked.moved(now);
        self.marked_rows = moved;
    }

    fn row_now(&self, row: RowKey, statement: Option<StatementId>) -> Option<RowKey> {
        let is_claim = matches!(row, RowKey::Claim(_));
        if is_claim && self.has(&row) {
            return Some(row);
        }
        // An index into the proposals means something else once another reader has proposed, so the statement decides.
        let there = self.row_of_statement(&statement?)?;
        // Another claim on the same words is not what was marked.
        (!is_claim || !matches!(there, RowKey::Claim(_))).then_some(there)
    }
}

/// Whether a row can be marked: a block without rows of its own is none to be worked on with others.
pub(in crate::app) fn is_markable(row: &RowKey) -> bool {
    !matches!(row, RowKey::Block(_))
}
