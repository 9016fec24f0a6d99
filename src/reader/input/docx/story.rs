//! The text of a document as it is read, element by element.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbers::{InList, ListNumbers};
use super::styles::{Height, RunLook, Style, Styles};
use crate::core::progress::ProgressUnit;
use crate::core::vocabulary::BlockKind;
use crate::reader::input::account::{Omission, OmissionPlace};
use crate::reader::input::build::DocumentBuilder;
use crate::reader::input::draft::by_whom;
use crate::reader::input::signs;
use crate::reader::input::symbols;
use crate::reader::input::tags::entities;
use crate::reader::input::watch::ReadWatch;
use crate::reader::input::zipped::attribute;

/// Paragraphs between two looks at whether reading is to end.
const LOOK: usize = 64;

/// The text of a document as it is read.
pub(super) struct Story<'a> {
    styles: &'a Styles,
    numbers: ListNumbers,
    watch: &'a ReadWatch,
    pub builder: DocumentBuilder,
    paragraphs: usize,
    /// Table, row and cell, counted from 1, while inside of one; tables inside of cells are read as part of their cell.
    table: usize,
    tables: usize,
    row: usize,
    cell: usize,
    /// What the open paragraph is, from its properties; it is opened with its first words.
    kind: BlockKind,
    started: bool,
    /// Whether the open element says how a paragraph looks, not what it says.
    in_properties: bool,
    /// The open paragraph's style, its list, and the number that it gets automatically.
    style: Style,
    in_list: InList,
    number: String,
    /// How the open run of words looks, by itself and by its style.
    look: RunLook,
    /// Raised or lowered words that may go on.
    aside: Option<(Height, String)>,
    /// Whether the open paragraph is a letter set large that belongs to the next one; such a letter.
    in_cap: bool,
    cap: String,
    /// Signs that nobody knows.
    unknown: usize,
    /// Elements whose inside is left out, by depth.
    skipped: usize,
    inserted: usize,
    deleted: usize,
    changed_by: BTreeSet<String>,
    notes: usize,
    /// The note that is being read: its word and number.
    note: Option<String>,
    in_text: bool,
}

/// Elements whose inside is no text of the document: field codes, deleted and moved text, older copies of drawings,
/// looks before a change.
const SKIPPED: &[&str] = &[
    "instrText",
    "del",
    "moveFrom",
    "Fallback",
    "delText",
    "rubyPr",
    "rt",
    "sectPr",
    "pPrChange",
    "rPrChange",
];

impl<'a> Story<'a> {
    pub fn new(styles: &'a Styles, numbers: ListNumbers, watch: &'a ReadWatch) -> Self {
        Self {
            styles,
            numbers,
            watch,
            in_properties: false,
            style: Style::default(),
            in_list: InList::default(),
            number: String::new(),
            look: RunLook::default(),
            aside: None,
            in_cap: false,
            cap: String::new(),
            unknown: 0,
            builder: DocumentBuilder::default(),
            paragraphs: 0,
            table: 0,
            tables: 0,
            row: 0,
            cell: 0,
            kind: BlockKind::Paragraph,
            started: false,
            skipped: 0,
            inserted: 0,
            deleted: 0,
            changed_by: BTreeSet::new(),
            notes: 0,
            note: None,
            in_text: false,
        }
    }

    pub fn read(&mut self, xml: &[u8]) -> Result<(), String> {
        let mut reader = Reader::from_reader(xml);
        let mut buffer = Vec::new();
        let mut any = false;
        loop {
            match reader
                .read_event_into(&mut buffer)
                .map_err(|e| e.to_string())?
            {
                Event::Start(e) => {
                    any = true;
                    let paragraph = e.local_name().as_ref() == "p";
                    self.start(&e, false);
                    if paragraph && self.paragraphs.is_multiple_of(LOOK) {
                        if self.watch.is_stopped() {
                            break;
                        }
                        let (at, of) = (reader.buffer_position(), xml.len() as u64);
                        self.watch.at(ProgressUnit::Bytes, at, Some(of));
                    }
                }
                Event::Empty(e) => self.start(&e, true),
                Event::End(e) => self.end(e.local_name().as_ref()),
                Event::Text(e) => self.words(&e),
                Event::CData(e) => self.words(&e),
                Event::GeneralRef(e) => {
                    let name = format!("&{};", &*e);
                    self.words(&entities(&name));
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        self.builder.close();
        any.then_some(())
            .ok_or_else(|| "its text is missing".to_string())
    }

    pub fn read_notes(&mut self, xml: &[u8], name: &str) -> Result<(), String> {
        if xml.is_empty() {
            return Ok(());
        }
        self.note = Some(name.to_string());
        self.table = 0;
        let done = self.read(xml);
        self.note = None;
        done
    }

    fn start(&mut self, e: &BytesStart<'_>, empty: bool) {
        let name = e.local_name();
        let name = name.as_ref();
        if self.skipped > 0 || SKIPPED.contains(&name) {
            let change = self.skipped == 0 && matches!(name, "del" | "moveFrom");
            // Deleted paragraph marks stand empty in a paragraph's properties.
            if change {
                self.deleted += 1;
                self.changed_by
                    .extend(attribute(e, "author").filter(|a| !a.is_empty()));
            }
            self.skipped += usize::from(!empty);
            return;
        }
        if self.in_properties {
            self.property(name, e);
            return;
        }
        match name {
            "pPr" => self.in_properties = !empty,
            "r" => self.look = RunLook::default(),
            "rStyle" => {
                let style = attribute(e, "val").map(|id| self.styles.style(&id));
                self.look = self.look.or(style.unwrap_or_default().look);
            }
            "vanish" | "strike" | "dstrike" | "vertAlign" => {
                let mut own = RunLook::default();
                own.set(e);
                self.look = own.or(self.look);
            }
            "p" if !empty => {
                self.end_aside();
                (self.style, self.in_list) = Default::default();
                self.number.clear();
                self.in_cap = false;
                if self.cell == 0 || self.table == 0 {
                    self.builder.close();
                    self.started = false;
                    self.kind = BlockKind::Paragraph;
                } else if self.builder.is_open() {
                    self.builder.words(" ");
                }
                self.paragraphs += 1;
            }
            "t" => self.in_text = !empty,
            "tab" if self.builder.is_open() => {
                self.end_aside();
                self.builder.words(" ");
            }
            "br" | "cr" => {
                self.end_aside();
                self.builder.line_break();
            }
            "sym" => {
                let [font, code] = ["font", "char"].map(|k| attribute(e, k).unwrap_or_default());
                let sign = symbols::sign(&font, &code);
                self.unknown += usize::from(sign.is_none());
                self.say(sign.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
            }
            "noBreakHyphen" => self.say("\u{2011}"),
            "ins" | "moveTo" => {
                self.inserted += 1;
                self.changed_by
                    .extend(attribute(e, "author").filter(|a| !a.is_empty()));
            }
            "footnoteReference" | "endnoteReference" => {
                if let Some(id) = attribute(e, "id") {
                    self.end_aside();
                    self.add(&format!("[{id}]"));
                }
            }
            "footnote" | "endnote" => self.start_note(e, name),
            "tbl" | "tr" | "tc" => self.start_of_table(name),
            _ => {}
        }
    }

    /// Begins a table, a row or a cell.
    fn start_of_table(&mut self, name: &str) {
        match name {
            "tbl" => {
                self.table += 1;
                if self.table == 1 {
                    self.builder.close();
                    self.tables += 1;
                    self.row = 0;
                }
            }
            "tr" if self.table == 1 => {
                self.builder.close();
                self.started = false;
                self.row += 1;
                self.cell = 0;
            }
            "tc" if self.table == 1 => {
                self.cell += 1;
                if self.cell > 1 && self.builder.is_open() {
                    self.builder.words(" | ");
                }
            }
            _ => {}
        }
    }

    /// Takes in a property of the open paragraph.
    fn property(&mut self, name: &str, e: &BytesStart<'_>) {
        match name {
            "pStyle" => {
                let id = attribute(e, "val").unwrap_or_default();
                self.style = self.styles.style(&id);
                if let Some(kind) = self.styles.kind(&id) {
                    self.kind = kind;
                }
            }
            "numPr" if self.kind == BlockKind::Paragraph => self.kind = BlockKind::ListItem,
            "numId" => self.in_list.list = attribute(e, "val"),
            "ilvl" => self.in_list.level = attribute(e, "val").and_then(|l| l.parse().ok()),
            "outlineLvl" if attribute(e, "val").is_some_and(|v| v != "9") => {
                self.kind = BlockKind::Headline;
            }
            "framePr" => {
                let cap = attribute(e, "dropCap");
                self.in_cap = matches!(cap.as_deref(), Some("drop" | "margin"));
            }
            _ => {}
        }
    }

    /// Ends the open paragraph's properties: now its list is known, and its number.
    fn end_properties(&mut self) {
        self.in_properties = false;
        let own = std::mem::take(&mut self.in_list);
        self.in_list = own.or(&self.style.in_list);
        match self.in_list.list.as_deref() {
            None => {}
            Some("0") if self.kind == BlockKind::ListItem => self.kind = BlockKind::Paragraph,
            Some(_) if self.kind == BlockKind::Paragraph => self.kind = BlockKind::ListItem,
            Some(_) => {}
        }
        self.number = self.numbers.next(&self.in_list);
    }

    fn start_note(&mut self, e: &BytesStart<'_>, name: &str) {
        // Separators are kept as notes of a type of their own.
        if attribute(e, "type").is_some_and(|t| t != "normal") {
            self.note = None;
            return;
        }
        let id = attribute(e, "id").unwrap_or_default();
        self.notes += 1;
        self.note = Some(format!("{} {id}", name));
        self.builder.close();
        self.started = false;
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if matches!(name, "p" | "tc" | "tr" | "footnote" | "endnote") {
            self.end_aside();
        }
        match name {
            "pPr" => self.end_properties(),
            "p" if self.cell == 0 || self.table == 0 => self.builder.close(),
            "t" => self.in_text = false,
            "tr" if self.table == 1 => {
                self.builder.close();
                self.cell = 0;
            }
            "tbl" => self.table = self.table.saturating_sub(1),
            "footnote" | "endnote" => self.note = None,
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.in_text && self.skipped == 0 {
            self.say(words);
        }
    }

    /// Adds a run's words, as far as they are said.
    fn say(&mut self, words: &str) {
        let look = self.look.or(self.style.look);
        if look.hidden == Some(true) {
            return self.leave_out(Omission::Hidden, words);
        }
        if look.struck == Some(true) {
            return self.leave_out(Omission::Struck, words);
        }
        let height = look.height.unwrap_or(Height::Level);
        match &mut self.aside {
            Some((open, said)) if *open == height => said.push_str(words),
            _ => {
                self.end_aside();
                match height {
                    Height::Level => self.add(words),
                    height => self.aside = Some((height, words.to_string())),
                }
            }
        }
    }

    fn leave_out(&mut self, why: Omission, words: &str) {
        self.builder
            .leave_out(why, OmissionPlace::Around, false, words);
    }

    /// Ends raised or lowered words, which must not join what stands before them.
    fn end_aside(&mut self) {
        let Some((height, words)) = self.aside.take() else {
            return;
        };
        if words.trim().is_empty() {
            return self.add(&words);
        }
        let said = match height {
            Height::Raised => {
                let before = self.builder.open_words();
                let note = signs::marks_note(before, &words);
                signs::raised(&words, note, before.chars().next_back())
            }
            Height::Lowered => signs::lowered(&words),
            Height::Level => words.clone(),
        };
        self.add(&said);
        if words.ends_with(char::is_whitespace) {
            self.add(" ");
        }
    }

    fn add(&mut self, words: &str) {
        if self.in_cap {
            return self.cap.push_str(words.trim());
        }
        if !self.started || !self.builder.is_open() {
            if words.trim().is_empty() {
                return;
            }
            self.started = true;
            let locator = match (&self.note, self.table) {
                (Some(note), _) => note.clone(),
                (None, 0) => format!("paragraph {}", self.paragraphs),
                (None, _) => format!("table {}, row {}", self.tables, self.row),
            };
            let kind = match self.table {
                0 => self.kind,
                _ => BlockKind::ListItem,
            };
            self.builder.open(kind, locator);
            if let Some((_, id)) = self.note.as_deref().and_then(|n| n.split_once(' ')) {
                self.builder.words(&format!("[{id}] "));
            }
        }
        let number = std::mem::take(&mut self.number);
        if !number.is_empty() {
            self.builder.words(&format!("{number} "));
        }
        let cap = std::mem::take(&mut self.cap);
        self.builder.words(&cap);
        self.builder.words(words);
    }

    /// What was kept, left out and moved, one sentence each.
    pub fn said(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.inserted + self.deleted > 0 {
            said.push(format!(
                "The file has tracked changes{}: {} insertions were read as accepted, {} deletions were left out.",
                by_whom(&self.changed_by),
                self.inserted,
                self.deleted
            ));
        }
        if self.unknown > 0 {
            let (s, are) = match self.unknown {
                1 => ("", "is"),
                _ => ("s", "are"),
            };
            said.push(format!(
                "{} sign{s} of a font that claimdesk does not know {are} written as \u{fffd}.",
                self.unknown
            ));
        }
        if self.notes > 0 {
            let (s, stand) = match self.notes {
                1 => ("", "stands"),
                _ => ("s", "stand"),
            };
            said.push(format!(
                "{} footnote{s} {stand} after the text.",
                self.notes
            ));
        }
        said
    }
}
