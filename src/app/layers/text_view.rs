//! A text to read in a box: messages, the audit trail, problems. Lines may lead to a row.

use super::reply::Reply;
use crate::app::input::key::{Code, Key};
use crate::app::input::mouse::{Mouse, MouseKind};
use crate::app::refusal::Done;
use crate::core::rows::RowKey;
use crate::core::vocabulary::Meaning;

/// A line of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// What stands in front, in a column of its own.
    pub lead: String,
    /// The text; it wraps.
    pub text: String,
    /// How it looks.
    pub meaning: Meaning,
    /// The row that Enter goes to.
    pub goes_to: Option<RowKey>,
}

/// Goes to the row that a line leads to.
pub type Go<S> = fn(&mut S, RowKey) -> Done;

/// A text in a box.
pub struct TextView<S> {
    /// The title.
    pub title: String,
    /// The lines.
    pub lines: Vec<TextLine>,
    /// What is shown where there is no line.
    pub empty: String,
    /// The selected line.
    pub selected: usize,
    go: Option<Go<S>>,
}

impl<S: 'static> TextView<S> {
    /// A box with `lines`, the cursor on the last one if `at_end`.
    pub fn new(
        title: impl Into<String>,
        lines: Vec<TextLine>,
        empty: impl Into<String>,
        at_end: bool,
    ) -> Self {
        let selected = if at_end {
            lines.len().saturating_sub(1)
        } else {
            0
        };
        Self {
            title: title.into(),
            lines,
            empty: empty.into(),
            selected,
            go: None,
        }
    }

    /// Says how Enter goes to the row that a line leads to.
    pub fn going(mut self, go: Go<S>) -> Self {
        self.go = Some(go);
        self
    }

    fn step(&mut self, by: isize) {
        let last = self.lines.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Reply<S> {
        match key.code {
            Code::Esc | Code::Char('q') => return Reply::Close,
            Code::Down | Code::Char('j') => self.step(1),
            Code::Up | Code::Char('k') => self.step(-1),
            Code::PageDown => self.step(10),
            Code::PageUp => self.step(-10),
            Code::Home | Code::Char('g') => self.selected = 0,
            Code::End | Code::Char('G') => self.selected = self.lines.len().saturating_sub(1),
            Code::Enter => {
                let line = self.lines.get(self.selected);
                return match (line.and_then(|l| l.goes_to.clone()), self.go) {
                    (Some(row), Some(go)) => Reply::then(move |s| go(s, row)),
                    _ => Reply::Stay,
                };
            }
            _ => return Reply::Ignored,
        }
        Reply::Stay
    }

    /// Takes the wheel.
    pub fn mouse(&mut self, mouse: Mouse) -> Reply<S> {
        match mouse.kind {
            MouseKind::WheelDown => self.step(3),
            MouseKind::WheelUp => self.step(-3),
            _ => {}
        }
        Reply::Stay
    }
}
