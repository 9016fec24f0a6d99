//! The import dialog: a file, its format and unit, what it comes to.

use super::dialog_row::{DialogRow, RowControl, RowName};
use super::export_dialog::unit;
use super::panel::{Focus, Panel, PanelText, path};
use crate::app::input::key::{Code, Key};
use crate::app::layers::reply::Reply;
use crate::app::msg::ImportRequest;
use crate::app::refusal::Done;
use crate::core::handover::{FormatInfo, OffsetUnit};

/// What is told before a file is named.
pub(in crate::app) const HINT: &str = "Enter reads the file and shows what it comes to; nothing changes before Enter is pressed once more.";

/// Whose value stays where the session and the file differ.
const WHOSE: [&str; 2] = [
    "the session's values stay",
    "theirs: the file's values are taken",
];

/// The import dialog.
pub struct ImportDialog<S> {
    /// The formats that can be read.
    formats: Vec<FormatInfo>,
    /// The rows, what is told, the focus.
    pub panel: Panel,
    /// What was asked for last.
    pub(in crate::app) asked: Option<ImportRequest>,
    enter: fn(&mut S) -> Done,
}

impl<S: 'static> ImportDialog<S> {
    /// A dialog that knows `formats`; `enter` reads the file, or takes in what was read.
    pub(in crate::app) fn new(formats: Vec<FormatInfo>, enter: fn(&mut S) -> Done) -> Self {
        let mut entries = vec!["found out from the file".to_string()];
        entries.extend(formats.iter().map(|f| f.title.to_string()));
        let mut units = vec!["found out from the file".to_string()];
        units.extend(OffsetUnit::ALL.iter().map(|u| unit(*u).to_string()));
        let rows = vec![
            DialogRow::text(RowName::File, "file", "", "its path"),
            DialogRow::choice(RowName::Format, "format", entries),
            DialogRow::choice(RowName::Offsets, "offsets", units),
            DialogRow::choice(
                RowName::Differing,
                "differing",
                WHOSE.map(String::from).into(),
            ),
        ];
        Self {
            formats,
            panel: Panel::new(rows, Focus::Row(0), PanelText::Hint(HINT)),
            asked: None,
            enter,
        }
    }

    /// What is to be read.
    pub(in crate::app) fn request(&self) -> ImportRequest {
        let chosen = |name| {
            let row = self.panel.row(name)?;
            row.selected().checked_sub(1)
        };
        let format = chosen(RowName::Format).and_then(|n| self.formats.get(n));
        ImportRequest {
            path: path(&self.panel.text(RowName::File)),
            format: format.map(|f| f.name),
            offset_unit: chosen(RowName::Offsets).and_then(|n| OffsetUnit::ALL.get(n).copied()),
            theirs: self
                .panel
                .row(RowName::Differing)
                .is_some_and(|row| row.selected() == 1),
        }
    }

    /// Takes a key: Tab walks the parts, Enter reads the file and then takes it in, Esc leaves, or stops the reading.
    pub fn key(&mut self, key: Key) -> Reply<S> {
        if let Some(reply) = self.panel.under_way(key) {
            return reply;
        }
        match (self.panel.focus, key.code) {
            (_, Code::Esc) => Reply::Close,
            (_, Code::Enter | Code::Char('d')) if key.code == Code::Enter || key.ctrl => {
                Reply::also(self.enter)
            }
            (_, Code::Tab) => {
                self.panel.move_focus(!key.shift, false);
                Reply::Stay
            }
            _ if self.panel.scroll(key) => Reply::Stay,
            (Focus::Row(_), Code::Up | Code::Down) => {
                self.panel.move_focus(key.code == Code::Down, false);
                Reply::Stay
            }
            _ => {
                let changed = self.panel.focused().and_then(|r| r.key(key));
                match changed {
                    None => Reply::Ignored,
                    Some(changed) => {
                        self.changed(changed);
                        Reply::Stay
                    }
                }
            }
        }
    }

    /// What was read is no longer what the rows say.
    fn changed(&mut self, changed: bool) {
        if changed && !matches!(self.panel.told, PanelText::Hint(_)) {
            self.panel.tell(PanelText::Hint(HINT));
        }
    }

    /// Takes pasted text: it can only be the file's path.
    pub fn paste(&mut self, text: &str) {
        if self.panel.running {
            return;
        }
        self.panel.focus = Focus::Row(0);
        if let Some(RowControl::Text(field)) = self.panel.focused().map(|r| &mut r.control) {
            field.insert(text);
            self.changed(true);
        }
    }
}
