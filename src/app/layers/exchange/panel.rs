//! What both dialogs have: rows, what is told below them, and the focus.

use std::path::PathBuf;
use std::sync::Arc;

use super::dialog_row::{DialogRow, RowName};
use crate::app::input::key::{Code, Key};
use crate::app::layers::reply::Reply;
use crate::app::msg::{Effect, ExportReport, ImportReport};
use crate::core::handover::ExchangeWork;
use crate::core::handover::snapshot::Snapshot;
use crate::core::proposal::Proposals;

/// What a dialog tells below its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PanelText {
    /// Nothing was asked for yet; what to do.
    Hint(&'static str),
    /// What was asked for, in a few words; nothing is known yet of how far it is.
    Begun(&'static str),
    /// How far the work is.
    Working(ExchangeWork),
    /// The end of the work was asked for.
    Stopping,
    /// What an export would do, or why it was refused.
    Export(ExportReport),
    /// What a file comes to.
    Import(ImportReport),
    /// Why nothing came of it.
    Failed(String),
}

/// The part of a dialog that has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The list of formats.
    List,
    /// A row, by its place.
    Row(usize),
    /// What is told, to scroll in it.
    Told,
}

/// What both dialogs have: rows, what is told below them, and the focus.
pub struct Panel {
    /// The rows.
    pub rows: Vec<DialogRow>,
    /// What has the focus.
    pub focus: Focus,
    /// What is told.
    pub told: PanelText,
    /// The first line told that is shown.
    pub top: usize,
    /// Whether work that is to be waited for is under way.
    pub running: bool,
    /// The session as it was copied last: a copy takes time where there is much in it.
    copy: Option<Snapshot>,
}

impl Panel {
    pub(super) fn new(rows: Vec<DialogRow>, focus: Focus, told: PanelText) -> Self {
        Self {
            rows,
            focus,
            told,
            top: 0,
            running: false,
            copy: None,
        }
    }

    /// Tells something else, from its first line.
    pub(in crate::app) fn tell(&mut self, told: PanelText) {
        self.told = told;
        self.top = 0;
    }

    /// What a key does while work that is to be waited for is under way, if any is: Esc asks for its end, and what is told
    /// says so until the work has answered.
    pub(super) fn under_way<S>(&mut self, key: Key) -> Option<Reply<S>> {
        if !self.running {
            return None;
        }
        if key.code != Code::Esc {
            return Some(Reply::Stay);
        }
        self.tell(PanelText::Stopping);
        Some(Reply::also(|_| Ok(vec![Effect::StopExchange])))
    }

    /// Whether the end of what is under way was asked for.
    pub(in crate::app) fn is_stopping(&self) -> bool {
        self.told == PanelText::Stopping
    }

    /// Takes how far the work is, if there is any that was not asked to end.
    pub(in crate::app) fn progress(&mut self, work: ExchangeWork) {
        if let PanelText::Begun(_) | PanelText::Working(_) = self.told {
            self.told = PanelText::Working(work);
        }
    }

    /// The session as it stands after step `seq`, copied by `copy` only where it has changed since the last copy.
    pub(in crate::app) fn snapshot(
        &mut self,
        seq: u64,
        proposals: &Arc<Proposals>,
        copy: impl FnOnce() -> Snapshot,
    ) -> Snapshot {
        let stands = |s: &Snapshot| {
            s.seq == seq && Arc::ptr_eq(&s.proposals, proposals) && s.former.is_some()
        };
        let last = self.copy.take().filter(stands);
        self.copy.insert(last.unwrap_or_else(copy)).clone()
    }

    pub(super) fn row(&self, name: RowName) -> Option<&DialogRow> {
        self.rows.iter().find(|r| r.name == name)
    }

    /// The text of a row, trimmed; empty where there is no such row.
    pub(in crate::app) fn text(&self, name: RowName) -> String {
        self.row(name)
            .map_or(String::new(), |r| r.value().trim().to_string())
    }

    /// The row with the focus.
    pub(super) fn focused(&mut self) -> Option<&mut DialogRow> {
        match self.focus {
            Focus::Row(n) => self.rows.get_mut(n),
            _ => None,
        }
    }

    /// The next part, or the one before; a list comes before the rows.
    pub(super) fn move_focus(&mut self, forward: bool, list: bool) {
        let mut parts: Vec<Focus> = (0..self.rows.len()).map(Focus::Row).collect();
        if list {
            parts.insert(0, Focus::List);
        }
        parts.push(Focus::Told);
        let at = parts.iter().position(|p| *p == self.focus).unwrap_or(0);
        let to = if forward {
            at + 1
        } else {
            at + parts.len() - 1
        };
        self.focus = parts[to % parts.len()];
    }

    /// Scrolls what is told, where the key does; false where it means something else.
    pub(super) fn scroll(&mut self, key: Key) -> bool {
        let here = self.focus == Focus::Told;
        let by = match key.code {
            Code::PageDown => 5,
            Code::PageUp => -5,
            Code::Down | Code::Char('j') if here => 1,
            Code::Up | Code::Char('k') if here => -1,
            _ => return false,
        };
        let last = self.told.lines().saturating_sub(1);
        self.top = self.top.saturating_add_signed(by).min(last);
        true
    }
}

impl PanelText {
    /// How many lines it has before they wrap.
    fn lines(&self) -> usize {
        match self {
            Self::Hint(_)
            | Self::Begun(_)
            | Self::Working(_)
            | Self::Stopping
            | Self::Failed(_) => 1,
            Self::Export(r) => {
                1 + usize::from(r.taken.is_some()) + r.refused.len() + r.losses.len()
            }
            Self::Import(r) => 1 + r.losses.len(),
        }
    }
}

/// A path as it was typed or pasted: without spaces around it, and without the quotes that terminals put around a file
/// dropped on them.
pub(super) fn path(typed: &str) -> PathBuf {
    let typed = typed.trim();
    let bare = ['\'', '"'].iter().find_map(|q| {
        let inner = typed.strip_prefix(*q)?.strip_suffix(*q)?;
        (!inner.contains(*q)).then_some(inner)
    });
    PathBuf::from(bare.unwrap_or(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_path_loses_its_quotes_and_no_more() {
        for (typed, want) in [
            (" a b.ann ", "a b.ann"),
            ("'a b.ann' ", "a b.ann"),
            ("\"a\"", "a"),
            ("it's", "it's"),
            ("'a' 'b'", "'a' 'b'"),
            ("'", "'"),
        ] {
            assert_eq!(path(typed), PathBuf::from(want), "{typed}");
        }
    }
}
