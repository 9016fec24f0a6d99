//! The export dialog: format, target, what the format leaves open, protection, and what would be lost before the file is
//! written.

use super::dialog_row::{DialogRow, RowControl, RowName};
use super::panel::{Focus, Panel, PanelText, path};
use crate::app::input::key::{Code, Key};
use crate::app::layers::reply::Reply;
use crate::app::msg::{Effect, ExportRequest};
use crate::app::refusal::Done;
use crate::core::handover::{ExportOptions, FormatInfo, Layout, OffsetUnit, Protected, Published};

/// What becomes of protected names, in the order of the dialog.
const PROTECTION: [(Protected, &str); 3] = [
    (Protected::Refuse, "refuse where one still stands in a text"),
    (Protected::Redact, "mask them"),
    (Protected::Include, "write them"),
];
/// The shapes of reviews.
const SHAPES: [&str; 2] = ["data: a list of reviews", "script blocks for a page"];

/// An option of an export as the dialog asks for it.
struct OptionRow {
    label: &'static str,
    /// Whether it is asked for: of this format, of a session that protects a source or does not.
    asked: fn(&FormatInfo, bool) -> bool,
    asks: Asks,
    /// Sets the option to what the row says.
    put: fn(&mut ExportOptions, &DialogRow, &FormatInfo),
}

/// What an option asks for.
enum Asks {
    /// A text, with what is said in the place of an empty one.
    Text(&'static str),
    /// One of these.
    Choice(fn(&FormatInfo) -> Vec<String>),
}

/// Every option of an export, in the order of the dialog.
const OPTIONS: [OptionRow; 6] = [
    OptionRow {
        label: "offsets",
        asked: |format, _| format.units.len() > 1,
        asks: Asks::Choice(|format| format.units.iter().map(|u| unit(*u).into()).collect()),
        put: |options, row, format| {
            options.offset_unit = format.units.get(row.selected()).copied();
        },
    },
    OptionRow {
        label: "as",
        asked: |format, _| format.published == Published::Whole,
        asks: Asks::Choice(|_| SHAPES.map(String::from).into()),
        put: |options, row, _| options.embed = row.selected() == 1,
    },
    OptionRow {
        label: "page",
        asked: |format, _| format.published != Published::No,
        asks: Asks::Text("the address at which the checks are published"),
        put: |options, row, _| options.page_url = typed(row),
    },
    OptionRow {
        label: "publisher",
        asked: |format, _| format.published == Published::Whole,
        asks: Asks::Text("who publishes them; else the checkers"),
        put: |options, row, _| options.publisher = typed(row),
    },
    OptionRow {
        label: "its page",
        asked: |format, _| format.published == Published::Whole,
        asks: Asks::Text("the publisher's own address"),
        put: |options, row, _| options.publisher_url = typed(row),
    },
    OptionRow {
        label: "protected",
        asked: |_, protects| protects,
        asks: Asks::Choice(|_| PROTECTION.map(|(_, words)| words.to_string()).into()),
        put: |options, row, _| {
            let chosen = PROTECTION.get(row.selected());
            options.protected = chosen.map_or(Protected::Refuse, |(protected, _)| *protected);
        },
    },
];

impl OptionRow {
    /// The row of the dialog.
    fn row(&self, format: &FormatInfo) -> DialogRow {
        let name = RowName::Option(self.label);
        match self.asks {
            Asks::Text(hint) => DialogRow::text(name, self.label, "", hint),
            Asks::Choice(entries) => DialogRow::choice(name, self.label, entries(format)),
        }
    }
}

/// What was typed in a row; none where that is nothing.
fn typed(row: &DialogRow) -> Option<String> {
    Some(row.value().trim().to_string()).filter(|text| !text.is_empty())
}

/// The export dialog.
pub struct ExportDialog<S> {
    /// The formats.
    pub formats: Vec<FormatInfo>,
    /// Which one is chosen.
    pub selected: usize,
    /// The rows, what is told, the focus.
    pub panel: Panel,
    /// The session's name, from which the target's is made.
    session: String,
    /// Whether a source is protected.
    protects: bool,
    /// Whether the target was typed, and no longer follows the format.
    typed: bool,
    /// Whether something has been typed since what the export would do was worked out.
    pub(in crate::app) stale: bool,
    preview: Ask<S>,
    write: Ask<S>,
}

/// Asks for something of the dialog that is open.
type Ask<S> = fn(&mut S) -> Done;

impl<S: 'static> ExportDialog<S> {
    /// A dialog about `session`, which `protects` a source or does not. `preview` asks what an export would do, `write`
    /// asks for it.
    pub(in crate::app) fn new(
        formats: Vec<FormatInfo>,
        (session, protects): (&str, bool),
        preview: Ask<S>,
        write: Ask<S>,
    ) -> Self {
        let mut dialog = Self {
            formats,
            selected: 0,
            panel: Panel::new(Vec::new(), Focus::List, PREVIEWING),
            session: session.to_string(),
            protects,
            typed: false,
            stale: false,
            preview,
            write,
        };
        dialog.ask();
        dialog
    }

    /// The format that is chosen.
    pub fn format(&self) -> Option<&FormatInfo> {
        self.formats.get(self.selected)
    }

    /// Asks what the format leaves open; what was typed or chosen before stays.
    fn ask(&mut self) {
        let Some(format) = self.format().copied() else {
            return;
        };
        let target = self.default_target();
        let target = DialogRow::text(RowName::Target, "to", &target, "a file or a folder");
        let asked = OPTIONS.iter().filter(|o| (o.asked)(&format, self.protects));
        let mut rows: Vec<DialogRow> = std::iter::once(target)
            .chain(asked.map(|o| o.row(&format)))
            .collect();
        for old in std::mem::take(&mut self.panel.rows) {
            let keeps = self.typed || old.name != RowName::Target;
            let same = |new: &&mut DialogRow| new.name == old.name && new.offers_as(&old);
            if let Some(new) = rows.iter_mut().find(|new| keeps && same(new)) {
                *new = old;
            }
        }
        self.panel.rows = rows;
    }

    /// What would be written.
    pub fn request(&self, force: bool) -> ExportRequest {
        ExportRequest {
            format: self.format().map_or("", |f| f.name),
            target: path(&self.panel.text(RowName::Target)),
            force,
            options: self.options(),
        }
    }

    /// What the rows say of the options.
    fn options(&self) -> ExportOptions {
        let mut options = ExportOptions::default();
        let format = self.format().copied().unwrap_or_default();
        for option in &OPTIONS {
            if let Some(row) = self.panel.row(RowName::Option(option.label)) {
                (option.put)(&mut options, row, &format);
            }
        }
        options
    }

    /// A name after the session and the format: `kell-bridge.md`, `kell-bridge.claimreview.json`, `kell-bridge-brat`.
    fn default_target(&self) -> String {
        let name = match self.session.as_str() {
            "" => "check",
            name => name,
        };
        match self.format() {
            Some(f) if f.layout == Layout::Folder => format!("{name}-{}", f.name),
            Some(f) => {
                let extension = match self.options().embed {
                    true => "html",
                    false => f.extension,
                };
                let shared = self.formats.iter().filter(|o| o.extension == extension);
                if shared.count() > 1 && f.name != extension || extension != f.extension {
                    format!("{name}.{}.{extension}", f.name)
                } else {
                    format!("{name}.{extension}")
                }
            }
            None => name.to_string(),
        }
    }

    fn choose(&mut self, forward: bool) -> Reply<S> {
        let n = self.formats.len().max(1);
        let to = if forward {
            self.selected + 1
        } else {
            self.selected + n - 1
        };
        self.selected = to % n;
        self.ask();
        self.changed()
    }

    /// What the export would do has to be worked out anew.
    fn changed(&mut self) -> Reply<S> {
        self.stale = false;
        Reply::also(self.preview)
    }

    fn move_focus(&mut self, forward: bool) -> Reply<S> {
        self.panel.move_focus(forward, true);
        match self.stale {
            true => self.changed(),
            false => Reply::Stay,
        }
    }

    /// Takes a key: Tab walks the parts, arrows choose, Enter writes, Esc leaves, or stops what is under way.
    pub fn key(&mut self, key: Key) -> Reply<S> {
        if let Some(reply) = self.panel.under_way(key) {
            return reply;
        }
        match (self.panel.focus, key.code) {
            (_, Code::Esc) => Reply::then(|_| Ok(vec![Effect::StopExchange])),
            (_, Code::Enter | Code::Char('d')) if key.code == Code::Enter || key.ctrl => {
                Reply::also(self.write)
            }
            (_, Code::Tab) => self.move_focus(!key.shift),
            _ if self.panel.scroll(key) => Reply::Stay,
            (Focus::List, Code::Down | Code::Char('j')) => self.choose(true),
            (Focus::List, Code::Up | Code::Char('k')) => self.choose(false),
            (Focus::List, Code::Right) => self.move_focus(true),
            (Focus::Row(_), Code::Down) => self.move_focus(true),
            (Focus::Row(_), Code::Up) => self.move_focus(false),
            (Focus::Row(_), _) => self.row_key(key),
            _ => Reply::Ignored,
        }
    }

    fn row_key(&mut self, key: Key) -> Reply<S> {
        let Some(row) = self.panel.focused() else {
            return Reply::Ignored;
        };
        let name = row.name;
        let text = matches!(row.control, RowControl::Text(_));
        match row.key(key) {
            None => Reply::Ignored,
            Some(false) => Reply::Stay,
            Some(true) if text => {
                self.note_typing(name);
                Reply::Stay
            }
            Some(true) => {
                self.follow();
                self.changed()
            }
        }
    }

    fn note_typing(&mut self, name: RowName) {
        self.typed |= name == RowName::Target;
        self.stale = true;
    }

    /// The target's name follows what is chosen until it is typed.
    fn follow(&mut self) {
        let name = self.default_target();
        let target = self
            .panel
            .rows
            .iter_mut()
            .find(|r| r.name == RowName::Target);
        if let Some(row) = target.filter(|_| !self.typed) {
            row.set(&name);
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if !matches!(self.panel.focus, Focus::Row(n) if matches!(self.panel.rows[n].control, RowControl::Text(_)))
        {
            self.panel.focus = Focus::Row(0);
        }
        if let Some(row) = self.panel.focused()
            && let RowControl::Text(field) = &mut row.control
        {
            field.insert(text);
            let name = row.name;
            self.note_typing(name);
        }
    }
}

/// What a unit of offsets is called.
pub(super) fn unit(unit: OffsetUnit) -> &'static str {
    match unit {
        OffsetUnit::Codepoint => "characters, as Python counts",
        OffsetUnit::Utf16 => "UTF-16 units, as browsers and Java count",
        OffsetUnit::Byte => "bytes of UTF-8",
    }
}

/// What is told while it is worked out what an export would do.
pub(in crate::app) const PREVIEWING: PanelText =
    PanelText::Begun("working out what would be in it");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::refusal::DONE;

    #[test]
    fn every_option_of_an_export_has_a_row() {
        let format = FormatInfo {
            units: OffsetUnit::ALL,
            published: Published::Whole,
            ..FormatInfo::default()
        };
        let mut dialog = ExportDialog::<()>::new(vec![format], ("kell", true), |_| DONE, |_| DONE);
        for row in &mut dialog.panel.rows {
            row.set("x");
            row.key(Key::plain(Code::Right));
        }
        // A new option is named here, and then needs its row.
        let ExportOptions {
            offset_unit,
            protected,
            embed,
            page_url,
            publisher,
            publisher_url,
        } = dialog.request(false).options;
        let plain = ExportOptions::default();
        assert_eq!(offset_unit, Some(OffsetUnit::Utf16));
        assert_ne!(protected, plain.protected);
        assert_ne!(embed, plain.embed);
        let texts = [page_url, publisher, publisher_url];
        assert!(texts.iter().all(|t| t.as_deref() == Some("x")), "{texts:?}");
    }
}
