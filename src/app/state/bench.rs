//! The workbench's own state: the check under way, the current row, the two panes.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::marked_rows::MarkedRows;
use super::marking::Marking;
use crate::app::refusal::Refusal;
use crate::app::screen::viewport::Viewport;
use crate::core::check::Check;
use crate::core::damage::Damage;
use crate::core::desk::Desk;
use crate::core::filter::Filter;
use crate::core::handover::snapshot::Snapshot;
use crate::core::history::History;
use crate::core::ids::*;
use crate::core::link::StoreLink;
use crate::core::model::{Session, Time};
use crate::core::place::Pane;
use crate::core::proposal::Proposals;
use crate::core::rows::RowKey;
use crate::core::text::ArticleText;

/// How safe the work is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Saved {
    /// The last step known to be kept.
    pub seq: u64,
    /// The last step known to be kept on this machine only, for the time when the shared store can be reached.
    pub here: u64,
    /// Whether the shared store can be reached.
    pub link: StoreLink,
    /// When that was.
    pub at: Option<Time>,
    /// Why the last write failed; the work is in memory and is tried again.
    pub error: Option<String>,
    /// Whether a step has waited for the disk longer than it may.
    pub late: bool,
    /// Whether the checkpoint holds the last step.
    pub checkpointed: bool,
}

/// A search in the article.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ArticleSearch {
    /// What was typed.
    pub text: String,
    /// The hit that the cursor is on, in bytes of the text.
    pub hit: Option<std::ops::Range<usize>>,
    /// How many hits there are and which one this is, from 1; counted up to a limit.
    pub count: Option<(usize, usize)>,
}

/// How much the reader has proposed so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Proposing {
    /// Nothing yet: it is at work.
    #[default]
    Nothing,
    /// The visible part.
    Part,
    /// Everything.
    Whole,
}

/// Everything about the session on the screen.
#[derive(Debug)]
pub struct Bench {
    /// The session, its history, its text and its proposals.
    pub desk: Desk,
    /// Whether the session's folder exists.
    pub on_disk: bool,
    /// Why it cannot be changed, one sentence; none where it can.
    pub read_only: Option<String>,
    /// Whether it is read-only although nobody holds it any more, so that it can be taken over.
    pub free: bool,
    /// What it may lack of what was once kept.
    pub damage: Damage,
    /// Whether the text is whole and its identity known; steps wait until it is.
    pub identified: bool,
    /// Whether the text shown before it was identified is all of it.
    pub previewed_whole: bool,
    /// How safe the work is.
    pub saved: Saved,
    /// How much is proposed.
    pub proposing: Proposing,
    /// Which pane has the focus.
    pub pane: Pane,
    /// The article pane.
    pub article: Viewport,
    /// The first row shown in the list.
    pub list_top: usize,
    /// How far the detail is scrolled.
    pub detail_scroll: u16,
    /// How far it can be scrolled, as it was drawn last.
    pub detail_end: Cell<u16>,
    /// The loose end that was visited last: the row that the cursor was on then, and where its words begin.
    pub loose_end: Option<(RowKey, u32)>,
    /// The filter as typed, with what was read from it; none where all rows show.
    pub filter: Option<(String, Filter)>,
    /// The search.
    pub search: Option<ArticleSearch>,
    /// The passage being marked.
    pub marking: Option<Marking>,
    /// The claim that a finding was set on last, to be repeated on other rows.
    pub last_finished: Option<ClaimId>,
    /// The voice chosen on the cursor's row, counted from 0; it may be past the end where voices went: see
    /// [`Bench::chosen_voice`].
    pub voice: usize,
    /// The rows that are marked, for what is done to many at once.
    pub marked_rows: MarkedRows,
    /// Evidence items in the order of their last use, the last first.
    pub recent_evidence: Vec<EvidenceId>,
    /// Proposals of other readers for this text, by the reader, so that a change of reader can be undone.
    pub other_proposals: HashMap<String, Arc<Proposals>>,
    /// Where a search began: the byte, what was in view, the search before it.
    pub search_from: Option<(
        usize,
        crate::app::screen::viewport::Position,
        Option<ArticleSearch>,
    )>,
    /// The filter before it was edited, and the row that the cursor was on then.
    pub filter_before: Option<(String, RowKey)>,
    /// Where the mouse went down in the article, in bytes.
    pub pressed: Option<usize>,
    /// The row that the cursor is on.
    pub(in crate::app) cursor: RowKey,
    /// Where its words began when it was last there.
    pub(in crate::app) was_at: u32,
    /// The rows that the filter lets through, indexes into the check's rows; none where all show.
    shown: Option<Vec<u32>>,
}

impl Bench {
    /// A workbench on `check` with the cursor on the first row.
    pub fn new(check: Check, history: History, on_disk: bool) -> Self {
        let mut bench = Self {
            desk: Desk::new(check, history),
            on_disk,
            read_only: None,
            free: false,
            damage: Damage::default(),
            identified: true,
            previewed_whole: false,
            saved: Saved::default(),
            proposing: Proposing::Nothing,
            pane: Pane::Claims,
            article: Viewport::default(),
            list_top: 0,
            detail_scroll: 0,
            detail_end: Cell::new(0),
            loose_end: None,
            filter: None,
            search: None,
            marking: None,
            last_finished: None,
            voice: 0,
            marked_rows: MarkedRows::default(),
            recent_evidence: Vec::new(),
            other_proposals: HashMap::new(),
            search_from: None,
            filter_before: None,
            pressed: None,
            cursor: RowKey::Block(0),
            was_at: 0,
            shown: None,
        };
        bench.saved.seq = bench.history().seq();
        bench.rows_changed(None);
        bench.go_to_index(0);
        bench
    }

    /// Since when a step waits to be written; none where none does.
    pub fn waiting_since(&self) -> Option<Time> {
        let steps = self.history().steps();
        let safe = self.saved.seq.max(self.saved.here);
        let first = steps.partition_point(|s| s.seq <= safe);
        steps.get(first).map(|s| s.at)
    }

    /// Scrolls the detail by so many rows, as far as there is something to show.
    pub fn scroll_detail(&mut self, by: i16) {
        let to = self.detail_scroll.saturating_add_signed(by);
        self.detail_scroll = to.min(self.detail_end.get());
    }

    /// The session's evidence items in the order in which they are numbered: those used last first.
    pub fn numbered_evidence(&self) -> Vec<EvidenceId> {
        let there = &self.session().evidence;
        let mut order = self.recent_evidence.clone();
        order.extend(there.keys().rev());
        let mut seen = HashSet::new();
        order.retain(|id| there.contains_key(id) && seen.insert(*id));
        order
    }

    /// Whether every step is kept, be it on this machine only.
    pub fn is_safe(&self) -> bool {
        self.saved.seq.max(self.saved.here) >= self.history().seq()
    }

    /// Refuses where the session cannot be changed now.
    pub fn writable(&self) -> Result<(), Refusal> {
        if let Some(why) = &self.read_only {
            return Err(Refusal::new(format!("This session is read-only: {why}")));
        }
        if !self.identified {
            let why = "The article is still being read; try again in a moment.";
            return Err(Refusal::new(why));
        }
        Ok(())
    }

    /// The session as it stands, for work on another thread.
    pub fn snapshot(&self) -> Snapshot {
        let check = self.check();
        let (text, proposals) = (check.text().clone(), check.proposals().clone());
        Snapshot::new(check.session().clone(), text, proposals, self.history())
    }

    /// The session with all that follows from it.
    pub fn check(&self) -> &Check {
        self.desk.check()
    }

    /// The session's steps.
    pub fn history(&self) -> &History {
        self.desk.history()
    }

    /// The session.
    pub fn session(&self) -> &Session {
        self.check().session()
    }

    /// The stored text.
    pub fn text(&self) -> &ArticleText {
        self.check().text()
    }

    /// Takes other proposals for the same text.
    pub fn set_proposals(&mut self, proposals: Arc<Proposals>) {
        let at = self.cursor_start();
        let key = self.statement_at_cursor();
        let old = self.desk.propose(proposals);
        if !old.reader.is_empty() && self.proposing != Proposing::Part {
            self.other_proposals.insert(old.reader.clone(), old);
        }
        self.rows_changed(None);
        match key.and_then(|k| self.row_of_statement(&k)) {
            Some(row) => self.cursor = row,
            None => self.go_near(at),
        }
        self.after_move();
    }

    /// What the cursor is on.
    pub fn cursor(&self) -> &RowKey {
        &self.cursor
    }

    /// How many rows the list shows.
    pub fn row_count(&self) -> usize {
        self.real_count()
            + usize::from(matches!(self.cursor, RowKey::Block(_)) && self.block_row().is_some())
    }

    /// How many rows pass the filter.
    pub fn passing(&self) -> usize {
        self.real_count()
    }

    /// Whether the filter lets a row through; a block without rows always shows while the cursor is on it.
    pub fn shows(&self, row: &RowKey) -> bool {
        match (row, &self.shown, self.check().position(row)) {
            (RowKey::Block(_), ..) => true,
            (_, None, there) => there.is_some(),
            (_, Some(shown), Some(n)) => shown.binary_search(&(n as u32)).is_ok(),
            (_, Some(_), None) => false,
        }
    }

    pub(in crate::app) fn real_count(&self) -> usize {
        self.shown
            .as_ref()
            .map_or(self.check().row_count(), Vec::len)
    }

    pub(in crate::app) fn real_row(&self, i: usize) -> Option<crate::core::rows::ListRow> {
        let n = match &self.shown {
            Some(shown) => *shown.get(i)? as usize,
            None => i,
        };
        self.check().row(n)
    }

    /// Where the row of the block under the cursor stands in the list, while the cursor is on a block without rows.
    pub(in crate::app) fn block_row(&self) -> Option<usize> {
        let RowKey::Block(n) = self.cursor else {
            return None;
        };
        let start = self.check().proposals().blocks.get(n as usize)?.span.start;
        Some(self.first_row_from(start))
    }

    /// The first shown row that starts at scalar value `at` or behind it.
    pub(in crate::app) fn first_row_from(&self, at: u32) -> usize {
        let n = self.check().first_row_from(at);
        match &self.shown {
            Some(shown) => shown.partition_point(|i| (*i as usize) < n),
            None => n,
        }
    }

    /// The `i`th row that the list shows.
    pub fn row_at(&self, i: usize) -> Option<RowKey> {
        match self.block_row() {
            Some(at) if i == at => Some(self.cursor.clone()),
            Some(at) if i > at => self.real_row(i - 1).map(|r| r.key.clone()),
            _ => self.real_row(i).map(|r| r.key.clone()),
        }
    }

    /// Where the cursor's row stands in the list.
    pub fn cursor_index(&self) -> usize {
        if let Some(at) = self.block_row() {
            return at;
        }
        let Some(n) = self.check().position(&self.cursor) else {
            return 0;
        };
        match &self.shown {
            Some(shown) => shown
                .binary_search(&(n as u32))
                .unwrap_or_else(|i| i.min(shown.len().saturating_sub(1))),
            None => n,
        }
    }

    /// Where a row stands in the list; none where the filter hides it.
    pub fn index_of(&self, row: &RowKey) -> Option<usize> {
        let n = self.check().position(row)?;
        let i = match &self.shown {
            Some(shown) => shown.binary_search(&(n as u32)).ok()?,
            None => n,
        };
        Some(i + usize::from(self.block_row().is_some_and(|at| at <= i)))
    }

    /// Where the cursor's words begin, in scalar values; where they began, if its row is gone.
    pub fn cursor_start(&self) -> u32 {
        self.cursor_hull().map_or(self.was_at, |h| h.start)
    }

    /// Where a row's words begin, in scalar values.
    pub fn start_of(&self, row: &RowKey) -> u32 {
        self.hull_of(row).map_or(0, |h| h.start)
    }

    /// From the first to the last scalar value of the cursor's words.
    pub fn cursor_hull(&self) -> Option<crate::core::text::Span> {
        self.hull_of(&self.cursor)
    }

    fn hull_of(&self, row: &RowKey) -> Option<crate::core::text::Span> {
        match row {
            RowKey::Block(n) => self
                .check()
                .proposals()
                .blocks
                .get(*n as usize)
                .map(|b| b.span),
            key => {
                let n = self.check().position(key)?;
                self.check().row(n).map(|r| r.hull)
            }
        }
    }

    /// The statement of the cursor's row: of a claim its first.
    pub fn statement_at_cursor(&self) -> Option<StatementId> {
        self.statement_of(&self.cursor)
    }

    /// The statement of a row: of a claim its first.
    pub(super) fn statement_of(&self, row: &RowKey) -> Option<StatementId> {
        match row {
            RowKey::Claim(c) => Some(self.session().claims.get(c)?.home.clone()),
            RowKey::Statement(s) => Some(s.clone()),
            RowKey::Proposal(n) => self
                .check()
                .proposals()
                .statement_id(self.session().version(), *n),
            RowKey::Block(_) => None,
        }
    }

    /// The claim that the cursor is on.
    pub fn claim_at_cursor(&self) -> Option<ClaimId> {
        match self.cursor {
            RowKey::Claim(c) => Some(c),
            _ => None,
        }
    }

    /// The row that stands for a statement: its first claim, else its own row.
    pub fn row_of_statement(&self, id: &StatementId) -> Option<RowKey> {
        if let Some(c) = self.check().index().claims_at(id).next() {
            return Some(RowKey::Claim(c));
        }
        let key = RowKey::Statement(id.clone());
        if self.check().position(&key).is_some() {
            return Some(key);
        }
        let version = self.session().version();
        let check = self.check();
        let start = id.born_in(version)?.first()?.start;
        let rows = (check.first_row_from(start)..).map_while(|n| check.row(n));
        rows.take_while(|r| r.hull.start == start)
            .map(|r| r.key)
            .find(|k| match k {
                RowKey::Proposal(n) => {
                    self.check().proposals().statement_id(version, *n).as_ref() == Some(id)
                }
                _ => false,
            })
    }

    /// The row whose words hold scalar value `at`: the shortest there is, a claim before a proposal.
    pub fn row_holding(&self, at: u32) -> Option<RowKey> {
        let here = crate::core::text::Span::new(at, at + 1);
        let mut marks = self.check().marks_in(here);
        marks.sort_by_key(|(s, k)| (matches!(k, RowKey::Proposal(_)), s.len()));
        marks.into_iter().next().map(|(_, key)| key)
    }

    /// Recomputes what follows from the rows; to be called when they or the filter changed.
    ///
    /// The row `keep` stays in the list even if the filter would hide it, so that a tag never makes its row vanish.
    pub fn rows_changed(&mut self, keep: Option<&RowKey>) {
        self.was_at = self.cursor_start();
        self.shown = self.filter.as_ref().map(|(_, filter)| {
            let shows = |key: &RowKey| {
                let check = self.check();
                let matches = |v| filter.matches(&v, || check.words_of(key));
                Some(key) == keep || check.view(key).is_some_and(matches)
            };
            let rows = self.check().each_row().zip(0..);
            rows.filter_map(|(row, n)| shows(&row.key).then_some(n))
                .collect()
        });
        self.marks_follow();
    }

    /// Shows the proposals of the reader that the session names, where a step or its undoing has changed that.
    pub(in crate::app) fn follow_reader(&mut self) {
        let Some(reader) = self.session().current().map(|v| v.reader.clone()) else {
            return;
        };
        if reader != self.check().proposals().reader
            && let Some(other) = self.other_proposals.get(&reader).cloned()
        {
            self.set_proposals(other);
        }
    }
}
