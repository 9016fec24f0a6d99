//! The export dialog: format, target, what the format leaves open, protection, and what would be lost before the file is
//! written.

use super::dialog_row::{DialogRow, RowControl, RowName};
use super::panel::{Focus, Panel, PanelText, path};
use crate::app::handover::{ExchangeWork, FormatInfo};
use crate::app::input::key::{Code, Key};
use crate::app::layers::reply::Reply;
use crate::app::msg::{Effect, ExportRequest};
use crate::app::refusal::Done;

/// What becomes of protected names, in the order of the dialog.
const PROTECTION: [&str; 3] = [
    "refuse where one still stands in a text",
    "mask them",
    "write them",
];
/// The shapes of reviews.
const SHAPES: [&str; 2] = ["data: a list of reviews", "script blocks for a page"];

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
            panel: Panel::new(Vec::new(), Focus::List, working()),
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
        let Some(format) = self.format().cloned() else {
            return;
        };
        let words = |all: &[&str]| all.iter().map(|w| w.to_string()).collect();
        let target = self.default_target();
        let mut rows = vec![DialogRow::text(
            RowName::Target,
            "to",
            &target,
            "a file or a folder",
        )];
        if format.units.len() > 1 {
            let units = format.units.iter().map(|u| unit(u).to_string()).collect();
            rows.push(DialogRow::choice(RowName::Offsets, "offsets", units));
        }
        if format.published {
            rows.push(DialogRow::choice(RowName::Shape, "as", words(&SHAPES)));
        }
        if format.page {
            let hint = "the address at which the checks are published";
            rows.push(DialogRow::text(RowName::Page, "page", "", hint));
        }
        if format.published {
            let hint = "who publishes them; else the checkers";
            rows.push(DialogRow::text(RowName::Publisher, "publisher", "", hint));
            let hint = "the publisher's own address";
            rows.push(DialogRow::text(
                RowName::PublisherPage,
                "its page",
                "",
                hint,
            ));
        }
        if self.protects {
            rows.push(DialogRow::choice(
                RowName::Protection,
                "protected",
                words(&PROTECTION),
            ));
        }
        for old in std::mem::take(&mut self.panel.rows) {
            let keeps = match old.name {
                RowName::Target => self.typed,
                RowName::Offsets => false,
                _ => true,
            };
            if let Some(new) = rows.iter_mut().find(|r| keeps && r.name == old.name) {
                *new = old;
            }
        }
        self.panel.rows = rows;
    }

    /// What would be written.
    pub fn request(&self, force: bool) -> ExportRequest {
        let chosen = |name| self.panel.row(name).map_or(0, DialogRow::selected);
        let some = |name| Some(self.panel.text(name)).filter(|t| !t.is_empty());
        let format = self.format().cloned().unwrap_or_default();
        let units = self.panel.row(RowName::Offsets).map(DialogRow::selected);
        ExportRequest {
            target: path(&self.panel.text(RowName::Target)),
            force,
            redact: chosen(RowName::Protection) == 1,
            include_protected: chosen(RowName::Protection) == 2,
            offset_unit: units.and_then(|n| format.units.get(n).cloned()),
            embed: chosen(RowName::Shape) == 1,
            page_url: some(RowName::Page),
            publisher: some(RowName::Publisher),
            publisher_url: some(RowName::PublisherPage),
            format: format.name,
        }
    }

    /// A name after the session and the format: `kell-bridge.md`, `kell-bridge.claimreview.json`, `kell-bridge-brat`.
    fn default_target(&self) -> String {
        let name = match self.session.as_str() {
            "" => "check",
            name => name,
        };
        match self.format() {
            Some(f) if f.folder => format!("{name}-{}", f.name),
            Some(f) => {
                let embeds = self
                    .panel
                    .row(RowName::Shape)
                    .is_some_and(|r| r.selected() == 1);
                let extension = match embeds && f.published {
                    true => "html",
                    false => &f.extension,
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
pub(super) fn unit(word: &str) -> &'static str {
    match word {
        "utf16" => "UTF-16 units, as browsers and Java count",
        "byte" => "bytes of UTF-8",
        _ => "characters, as Python counts",
    }
}

/// What is told while it is worked out what an export would do.
pub(in crate::app) fn working() -> PanelText {
    PanelText::Working(ExchangeWork::new("working out what would be in it"))
}
