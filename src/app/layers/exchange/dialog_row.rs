//! A row of a dialog: a text to type, or one of a few choices.

use crate::app::input::key::{Code, Key};
use crate::app::layers::textfield::TextField;

/// Which row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowName {
    /// Where an export goes: a file or a folder.
    Target,
    /// The file that is read.
    File,
    /// The format of the file that is read.
    Format,
    /// What offsets count in.
    Offsets,
    /// Whose value stays where the session and the file differ.
    Differing,
    /// An option of an export, by the label of its row.
    Option(&'static str),
}

/// What a row holds.
pub enum RowControl {
    /// A text.
    Text(TextField),
    /// One of a few.
    Choice {
        /// The words of each.
        entries: Vec<String>,
        /// Which one it is.
        selected: usize,
    },
}

/// A row.
pub struct DialogRow {
    /// Which it is.
    pub name: RowName,
    /// Its label.
    pub label: &'static str,
    /// What it holds.
    pub control: RowControl,
    /// What stands in the place of an empty text.
    pub hint: &'static str,
}

impl DialogRow {
    /// A row with a text.
    pub(super) fn text(name: RowName, label: &'static str, text: &str, hint: &'static str) -> Self {
        let control = RowControl::Text(TextField::line(text));
        Self {
            name,
            label,
            control,
            hint,
        }
    }

    /// A row with choices, the first of them chosen.
    pub(super) fn choice(name: RowName, label: &'static str, entries: Vec<String>) -> Self {
        let control = RowControl::Choice {
            entries,
            selected: 0,
        };
        Self {
            name,
            label,
            control,
            hint: "",
        }
    }

    /// Its text, or the words of what is chosen.
    pub fn value(&self) -> String {
        match &self.control {
            RowControl::Text(t) => t.text(),
            RowControl::Choice { entries, selected } => {
                entries.get(*selected).cloned().unwrap_or_default()
            }
        }
    }

    /// Which choice it is; 0 for a text.
    pub fn selected(&self) -> usize {
        match self.control {
            RowControl::Choice { selected, .. } => selected,
            RowControl::Text(_) => 0,
        }
    }

    /// Whether it offers what the `other` row offers.
    pub(super) fn offers_as(&self, other: &Self) -> bool {
        match (&self.control, &other.control) {
            (RowControl::Text(_), RowControl::Text(_)) => true,
            (
                RowControl::Choice { entries, .. },
                RowControl::Choice {
                    entries: others, ..
                },
            ) => entries == others,
            (RowControl::Text(_) | RowControl::Choice { .. }, _) => false,
        }
    }

    /// Puts a text in.
    pub(super) fn set(&mut self, text: &str) {
        if let RowControl::Text(t) = &mut self.control {
            t.set(text);
        }
    }

    /// Takes a key; none where it means nothing to the row, else whether it changed something.
    pub(super) fn key(&mut self, key: Key) -> Option<bool> {
        match &mut self.control {
            RowControl::Text(t) => {
                let before = t.text();
                t.key(key).then(|| t.text() != before)
            }
            RowControl::Choice { entries, selected } => {
                let n = entries.len().max(1);
                *selected = match key.code {
                    Code::Right | Code::Char(' ') => (*selected + 1) % n,
                    Code::Left => (*selected + n - 1) % n,
                    _ => return None,
                };
                Some(true)
            }
        }
    }
}
