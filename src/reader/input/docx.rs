//! DOCX: paragraphs by their styles, tables by their rows, footnotes at the end; what is left out is said.

mod styles;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::InputHint;
use super::build::DocumentBuilder;
use super::draft::{DocumentDraft, one_line};
use super::error::ReadError;
use super::tags::entities;
use super::watch::ReadWatch;
use super::zipped::{Zipped, attribute};
use crate::core::progress::ProgressUnit;
use crate::core::vocabulary::BlockKind;
use styles::Styles;

/// Paragraphs between two looks at whether reading is to end.
const LOOK: usize = 64;

/// Reads a DOCX file.
///
/// # Errors
/// [`ReadError::Damaged`], [`ReadError::Encrypted`], [`ReadError::Bomb`], [`ReadError::TooLarge`],
/// [`ReadError::Cancelled`].
pub(super) fn read(
    bytes: Vec<u8>,
    hint: &InputHint,
    watch: &ReadWatch,
) -> Result<DocumentDraft, ReadError> {
    let mut zip = Zipped::open(bytes, hint, "DOCX")?;
    let document = zip.required("word/document.xml")?;
    let styles = Styles::read(&zip.member("word/styles.xml")?.unwrap_or_default());
    let footnotes = zip.member("word/footnotes.xml")?.unwrap_or_default();
    let endnotes = zip.member("word/endnotes.xml")?.unwrap_or_default();
    let comments = zip.member("word/comments.xml")?.unwrap_or_default();
    let core = zip.member("docProps/core.xml")?.unwrap_or_default();
    let mut story = Story::new(&styles, watch);
    let done = story.read(&document);
    watch.check(&hint.said())?;
    done.map_err(|e| zip.damaged(e))?;
    for (notes, name) in [(&footnotes, "footnote"), (&endnotes, "endnote")] {
        // A broken part beside the text does not keep the text from being read.
        let _ = story.read_notes(notes, name);
    }
    let mut said = story.said();
    said.extend(said_of_comments(&comments));
    let mut draft = DocumentDraft::of(story.builder);
    draft.notes.extend(said);
    draft.fill_from_blocks();
    if draft.title.is_empty() {
        draft.title = styles::element(&core, "title").unwrap_or_default();
    }
    draft.language = styles.language;
    Ok(draft)
}

/// "3 comments by Jon Pell were left out."
fn said_of_comments(comments: &[u8]) -> Option<String> {
    let (mut count, mut by) = (0usize, BTreeSet::new());
    let mut reader = Reader::from_reader(comments);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e)) if e.local_name().as_ref() == "comment" => {
                count += 1;
                by.extend(attribute(&e, "author").filter(|a| !a.is_empty()));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        buffer.clear();
    }
    let (s, were) = if count == 1 {
        ("", "was")
    } else {
        ("s", "were")
    };
    (count > 0).then(|| format!("{count} comment{s}{} {were} left out.", by_whom(&by)))
}

fn by_whom(names: &BTreeSet<String>) -> String {
    match names.len() {
        0 => String::new(),
        _ => format!(
            " by {}",
            names
                .iter()
                .take(5)
                .map(|n| one_line(n))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}

/// The text of a document as it is read.
struct Story<'a> {
    styles: &'a Styles,
    watch: &'a ReadWatch,
    builder: DocumentBuilder,
    paragraphs: usize,
    /// Table, row and cell, counted from 1, while inside of one; tables inside of cells are read as part of their cell.
    table: usize,
    tables: usize,
    row: usize,
    cell: usize,
    /// What the open paragraph is, from its properties; it is opened with its first words.
    kind: BlockKind,
    started: bool,
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

/// Elements whose inside is no text of the document: field codes, deleted and moved text, older copies of drawings.
const SKIPPED: &[&str] = &[
    "instrText",
    "del",
    "moveFrom",
    "Fallback",
    "delText",
    "rubyPr",
    "rt",
    "sectPr",
];

impl<'a> Story<'a> {
    fn new(styles: &'a Styles, watch: &'a ReadWatch) -> Self {
        Self {
            styles,
            watch,
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

    fn read(&mut self, xml: &[u8]) -> Result<(), String> {
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

    fn read_notes(&mut self, xml: &[u8], name: &str) -> Result<(), String> {
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
        match name {
            "p" if !empty => {
                if self.cell == 0 || self.table == 0 {
                    self.builder.close();
                    self.started = false;
                    self.kind = BlockKind::Paragraph;
                } else if self.builder.is_open() {
                    self.builder.words(" ");
                }
                self.paragraphs += 1;
            }
            "pStyle" => {
                if let Some(kind) = attribute(e, "val").and_then(|id| self.styles.kind(&id)) {
                    self.kind = kind;
                }
            }
            "numPr" if self.kind == BlockKind::Paragraph => self.kind = BlockKind::ListItem,
            "outlineLvl" if attribute(e, "val").is_some_and(|v| v != "9") => {
                self.kind = BlockKind::Headline
            }
            "t" => self.in_text = !empty,
            "tab" if self.builder.is_open() => self.builder.words(" "),
            "br" | "cr" => self.builder.line_break(),
            "noBreakHyphen" => self.add("\u{2011}"),
            "ins" | "moveTo" => {
                self.inserted += 1;
                self.changed_by
                    .extend(attribute(e, "author").filter(|a| !a.is_empty()));
            }
            "footnoteReference" | "endnoteReference" => {
                if let Some(id) = attribute(e, "id") {
                    self.add(&format!("[{id}]"));
                }
            }
            "footnote" | "endnote" => self.start_note(e, name),
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
        match name {
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
            self.add(words);
        }
    }

    fn add(&mut self, words: &str) {
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
        self.builder.words(words);
    }

    /// What was kept, left out and moved, one sentence each.
    fn said(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.inserted + self.deleted > 0 {
            said.push(format!(
                "The file has tracked changes{}: {} insertions were read as accepted, {} deletions were left out.",
                by_whom(&self.changed_by),
                self.inserted,
                self.deleted
            ));
        }
        if self.notes > 0 {
            let (s, stand) = if self.notes == 1 {
                ("", "stands")
            } else {
                ("s", "stand")
            };
            said.push(format!(
                "{} footnote{s} {stand} behind the text.",
                self.notes
            ));
        }
        said
    }
}

#[cfg(test)]
mod tests;
