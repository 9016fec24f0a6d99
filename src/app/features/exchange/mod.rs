//! Handing over: the export dialog and the import dialog, and what they share. The work is done elsewhere; a dialog shows
//! how far it is, and Esc stops it.

mod dialog_row;
pub mod export;
pub mod import;

use std::path::PathBuf;
use std::sync::Arc;

pub use crate::app::handover::{ExchangeWork, Fate, FormatInfo, Loss};
pub use dialog_row::{Control, DialogRow, Name};

use crate::app::input::key::{Code, Key};
use crate::app::layers::overlay::Reply;
use crate::app::layers::text_view::TextLine;
use crate::app::msg::{ExportReport, ImportReport, Snapshot};
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::core::display::clean;
use crate::core::vocabulary::Meaning;

/// What work does that was asked to end.
const STOPPING: &str = "stopping";

/// What a dialog tells below its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nothing was asked for yet; what to do.
    Hint(&'static str),
    /// What is under way.
    Working(ExchangeWork),
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
    pub told: Told,
    /// The first line told that is shown.
    pub top: usize,
    /// Whether work that is to be waited for is under way.
    pub running: bool,
    /// The session as it was copied last, with the number of its last step: a copy takes time where there is much in it.
    copy: Option<(u64, Snapshot)>,
}

impl Panel {
    fn new(rows: Vec<DialogRow>, focus: Focus, told: Told) -> Self {
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
    fn tell(&mut self, told: Told) {
        self.told = told;
        self.top = 0;
    }

    /// What a key does while work that is to be waited for is under way, if any is: Esc asks for its end, and what is told
    /// says so until the work has answered.
    fn under_way(&mut self, key: Key) -> Option<Reply> {
        if !self.running {
            return None;
        }
        if key.code != Code::Esc {
            return Some(Reply::Stay);
        }
        self.tell(Told::Working(ExchangeWork::new(STOPPING)));
        Some(Reply::also(|_| {
            Ok(vec![crate::app::msg::Effect::StopExchange])
        }))
    }

    /// Takes how far the work is, if there is any that was not asked to end.
    fn progress(&mut self, work: ExchangeWork) {
        if let Told::Working(now) = &mut self.told
            && now.doing != STOPPING
        {
            *now = work;
        }
    }

    /// The session as it stands, copied anew only where it has changed since.
    fn snapshot(&mut self, bench: &Bench) -> Snapshot {
        let seq = bench.history().seq();
        let stands = |(at, s): &(u64, Snapshot)| {
            *at == seq && Arc::ptr_eq(&s.proposals, bench.check().proposals()) && s.former.is_some()
        };
        let copy = self.copy.take().filter(stands);
        let (seq, snapshot) = copy.unwrap_or_else(|| (seq, bench.snapshot()));
        self.copy = Some((seq, snapshot.clone()));
        snapshot
    }

    fn row(&self, name: Name) -> Option<&DialogRow> {
        self.rows.iter().find(|r| r.name == name)
    }

    /// The text of a row, trimmed; empty where there is no such row.
    fn text(&self, name: Name) -> String {
        self.row(name)
            .map_or(String::new(), |r| r.value().trim().to_string())
    }

    /// The row with the focus.
    fn focused(&mut self) -> Option<&mut DialogRow> {
        match self.focus {
            Focus::Row(n) => self.rows.get_mut(n),
            _ => None,
        }
    }

    /// The next part, or the one before; a list comes before the rows.
    fn move_focus(&mut self, forward: bool, list: bool) {
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
    fn scroll(&mut self, key: Key) -> bool {
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

impl Told {
    /// How many lines it has before they wrap.
    fn lines(&self) -> usize {
        match self {
            Self::Hint(_) | Self::Working(_) | Self::Failed(_) => 1,
            Self::Export(r) => {
                1 + usize::from(r.taken.is_some()) + r.refused.len() + r.losses.len()
            }
            Self::Import(r) => 1 + r.losses.len(),
        }
    }
}

/// A path as it was typed or pasted: without spaces around it, and without the quotes that terminals put around a file
/// dropped on them.
fn path(typed: &str) -> PathBuf {
    let typed = typed.trim();
    let bare = ['\'', '"'].iter().find_map(|q| {
        let inner = typed.strip_prefix(*q)?.strip_suffix(*q)?;
        (!inner.contains(*q)).then_some(inner)
    });
    PathBuf::from(bare.unwrap_or(typed))
}

/// What became of things, for reading at leisure: a line for each kind, and one for each of them below it.
fn lines(losses: &[Loss]) -> Vec<TextLine> {
    let line = |lead: &str, text: &str, meaning| TextLine {
        lead: lead.into(),
        text: clean(text),
        meaning,
        goes_to: None,
    };
    let mut lines = Vec::new();
    for loss in losses {
        let meaning = match loss.fate {
            Fate::Noted => Meaning::Plain,
            _ => Meaning::Warning,
        };
        lines.push(line(&loss.lead(), &loss.reason, meaning));
        lines.extend(loss.words.iter().map(|w| line("", w, Meaning::Muted)));
        if let Some(more) = loss.count.checked_sub(loss.words.len()).filter(|n| *n > 0)
            && !loss.words.is_empty()
        {
            lines.push(line("", &format!("and {more} more"), Meaning::Muted));
        }
    }
    lines
}

/// The panel of the dialog that is open, if one is.
fn panel(state: &mut State) -> Option<&mut Panel> {
    use crate::app::layers::overlay::Overlay;
    state.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Export(d) => Some(&mut d.panel),
        Overlay::Import(d) => Some(&mut d.panel),
        _ => None,
    })
}

/// Takes how far the work is.
pub fn progressed(state: &mut State, work: ExchangeWork) -> Vec<crate::app::msg::Effect> {
    if let Some(p) = panel(state) {
        p.progress(work);
    }
    Vec::new()
}

/// Nothing came of it: says why, as an error unless its end was asked for.
fn failed(state: &mut State, why: String) -> Vec<crate::app::msg::Effect> {
    let mut level = Level::Error;
    if let Some(p) = panel(state) {
        if matches!(p.told, Told::Working(w) if w.doing == STOPPING) {
            level = Level::Info;
        }
        p.tell(Told::Failed(why.clone()));
    }
    state.say(level, why);
    Vec::new()
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
