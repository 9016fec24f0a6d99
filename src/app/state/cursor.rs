//! Moving the cursor over the rows, and bringing its words into view.

use super::bench::Bench;
use crate::core::rows::RowKey;

impl Bench {
    /// Whether there is such a row, shown or not.
    pub fn has(&self, key: &RowKey) -> bool {
        match key {
            RowKey::Block(n) => (*n as usize) < self.check().proposals().blocks.len(),
            key => self.check().position(key).is_some(),
        }
    }

    /// Puts the cursor on a row; false where there is no such row.
    pub fn go_to(&mut self, key: RowKey) -> bool {
        let there = self.has(&key);
        if there {
            let voice = if key == self.cursor { self.voice } else { 0 };
            self.cursor = key;
            self.after_move();
            self.voice = voice;
        }
        there
    }

    /// Puts the cursor on the `i`th row of the list, or on the last.
    pub fn go_to_index(&mut self, i: usize) {
        let block = self.block_row();
        let i = match block {
            Some(at) if i > at => i - 1,
            _ => i,
        };
        let count = self.real_count();
        if let Some(row) = count
            .checked_sub(1)
            .and_then(|last| self.real_row(i.min(last)))
        {
            self.cursor = row.key;
        }
        self.after_move();
    }

    /// Puts the cursor on the row at scalar value `at`, else on the next one, else on the last.
    pub fn go_near(&mut self, at: u32) {
        self.cursor = self.row_near(at);
        self.after_move();
    }

    /// The row at scalar value `at`, else the next one, else the last; the block there, where the list is empty.
    pub(in crate::app) fn row_near(&self, at: u32) -> RowKey {
        let i = self.first_row_from(at);
        let before = i
            .checked_sub(1)
            .filter(|p| self.real_row(*p).is_some_and(|r| r.hull.end > at));
        let count = self.real_count();
        match count
            .checked_sub(1)
            .and_then(|last| self.real_row(before.unwrap_or(i).min(last)))
        {
            Some(row) => row.key,
            None => RowKey::Block(self.check().proposals().block_at(at).unwrap_or(0) as u32),
        }
    }

    /// The row in the list `by` steps from the cursor; stops at the ends.
    pub fn step_row(&mut self, by: isize) {
        let here = self.cursor_index() as isize;
        let mut to = here + by;
        // On a block without rows the next row is the one that stands behind it.
        if self.block_row().is_some() && by > 0 && self.row_at((here + by) as usize).is_none() {
            to = self.row_count() as isize - 1;
        }
        self.go_to_index(to.max(0) as usize);
    }

    /// The next (or previous) row that is still to be done, going round the end once; whether there was one.
    pub fn step_open(&mut self, forward: bool) -> bool {
        let count = self.real_count();
        let (start, block) = match self.block_row() {
            Some(at) => (at, true),
            None => (self.cursor_index(), false),
        };
        for n in 0..count {
            let i = match (forward, block) {
                (true, true) => (start + n) % count,
                (true, false) => (start + 1 + n) % count,
                (false, _) => (start + count - 1 - n) % count,
            };
            if let Some(row) = self.real_row(i).filter(|r| r.open) {
                self.cursor = row.key;
                self.after_move();
                return true;
            }
        }
        false
    }

    /// The next (or previous) block: on its first row, or on the block itself where it holds none.
    pub fn step_block(&mut self, forward: bool) {
        let blocks = &self.check().proposals().blocks;
        let here = match self.cursor {
            RowKey::Block(n) => n as usize,
            _ => self
                .check()
                .proposals()
                .block_at(self.cursor_start())
                .unwrap_or(0),
        };
        let to = if forward {
            (here + 1).min(blocks.len().saturating_sub(1))
        } else {
            here.saturating_sub(1)
        };
        let Some(block) = blocks.get(to).cloned() else {
            return;
        };
        let i = self.first_row_from(block.span.start);
        match self.real_row(i).filter(|r| r.hull.start < block.span.end) {
            Some(row) => self.cursor = row.key,
            None => self.cursor = RowKey::Block(to as u32),
        }
        self.after_move();
    }

    /// Brings the cursor's words into view and looks at the detail from its beginning, and at the row's first voice.
    pub(in crate::app) fn after_move(&mut self) {
        self.detail_scroll = 0;
        self.voice = 0;
        self.was_at = self.cursor_start();
        self.reveal_cursor();
    }

    /// Brings the cursor's words into view.
    pub fn reveal_cursor(&mut self) {
        if let Some(hull) = self.cursor_hull() {
            let bytes = self.check().text().bytes(hull);
            self.article
                .reveal(self.desk.check().text(), bytes.start, bytes.end);
        }
    }

    /// Scrolls the list, if need be, so that the cursor's row is in view among `height` rows.
    pub fn reveal_in_list(&mut self, height: usize) {
        let at = self.cursor_index();
        let height = height.max(1);
        if at < self.list_top {
            self.list_top = at;
        } else if at >= self.list_top + height {
            self.list_top = at + 1 - height;
        }
        self.list_top = self.list_top.min(self.row_count().saturating_sub(height));
    }
}
