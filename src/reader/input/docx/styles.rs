//! A document's styles: which of them are headings, quotations, captions, lists.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbers::InList;
use crate::core::vocabulary::BlockKind;
use crate::reader::input::draft::one_line;
use crate::reader::input::zipped::attribute;

/// How a run of words looks, as far as it says what the words are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RunLook {
    pub hidden: Option<bool>,
    pub struck: Option<bool>,
    pub height: Option<Height>,
}

/// Whether words are set above or below their line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Height {
    Level,
    Raised,
    Lowered,
}

impl RunLook {
    /// Takes in a run's property.
    pub fn set(&mut self, e: &BytesStart<'_>) {
        let value = attribute(e, "val");
        let on = !matches!(value.as_deref(), Some("0" | "false" | "off" | "none"));
        match e.local_name().as_ref() {
            "vanish" => self.hidden = Some(on),
            "strike" | "dstrike" => self.struck = Some(on),
            "vertAlign" => {
                self.height = Some(match value.as_deref() {
                    Some("superscript") => Height::Raised,
                    Some("subscript") => Height::Lowered,
                    _ => Height::Level,
                });
            }
            _ => {}
        }
    }

    /// What is not said here is as in `base`.
    pub fn or(self, base: Self) -> Self {
        Self {
            hidden: self.hidden.or(base.hidden),
            struck: self.struck.or(base.struck),
            height: self.height.or(base.height),
        }
    }
}

/// What a style says besides its kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub look: RunLook,
    pub in_list: InList,
}

/// The kinds of a document's paragraph styles, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    kinds: HashMap<String, BlockKind>,
    styles: HashMap<String, Style>,
    /// The language that the document is set in; empty where it does not say.
    pub language: String,
}

impl Styles {
    /// Reads `styles.xml`; what is broken in it is passed over.
    pub fn read(xml: &[u8]) -> Self {
        let mut styles = Self::default();
        let mut based: Vec<(String, String)> = Vec::new();
        let mut id = String::new();
        // What stands before the first style is the default of all, and tells nothing of one.
        let mut own = Style::default();
        let mut reader = Reader::from_reader(xml);
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(e) | Event::Empty(e)) => match e.local_name().as_ref() {
                    "style" => {
                        id = attribute(&e, "styleId").unwrap_or_default();
                        own = Style::default();
                    }
                    "numId" => own.in_list.list = attribute(&e, "val"),
                    "ilvl" => {
                        own.in_list.level = attribute(&e, "val").and_then(|l| l.parse().ok());
                    }
                    "vanish" | "strike" | "dstrike" | "vertAlign" => {
                        own.look.set(&e);
                    }
                    "name" => {
                        if let Some(kind) = attribute(&e, "val").and_then(|n| by_name(&n)) {
                            styles.kinds.insert(id.clone(), kind);
                        }
                    }
                    "basedOn" => based.extend(attribute(&e, "val").map(|b| (id.clone(), b))),
                    "lang" if styles.language.is_empty() => {
                        styles.language = attribute(&e, "val").unwrap_or_default();
                    }
                    _ => {}
                },
                Ok(Event::End(e)) if e.local_name().as_ref() == "style" => {
                    styles.styles.insert(id.clone(), std::mem::take(&mut own));
                }
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
            buffer.clear();
        }
        // A house's own heading is based on a heading.
        for (own, base) in based {
            if let Some(&kind) = styles.kinds.get(&base) {
                styles.kinds.entry(own.clone()).or_insert(kind);
            }
            if let Some(base) = styles.styles.get(&base).cloned() {
                let own = styles.styles.entry(own).or_default();
                own.look = std::mem::take(&mut own.look).or(base.look);
                own.in_list = std::mem::take(&mut own.in_list).or(&base.in_list);
            }
        }
        styles
    }

    /// What the style `id` says of its words and paragraphs; nothing where there is no such style.
    pub fn style(&self, id: &str) -> Style {
        self.styles.get(id).cloned().unwrap_or_default()
    }

    /// What a paragraph in style `id` is; none where the style does not tell.
    pub fn kind(&self, id: &str) -> Option<BlockKind> {
        self.kinds.get(id).copied().or_else(|| by_name(id))
    }
}

/// What a style with this name is. Names are English in every language's files; ids often are not.
fn by_name(name: &str) -> Option<BlockKind> {
    let name = name.to_lowercase().replace(['-', '_'], " ");
    Some(match name.as_str() {
        n if n.starts_with("heading") || n == "title" || n == "subtitle" || n == "headline" => {
            BlockKind::Headline
        }
        "quote" | "intense quote" | "block text" | "block quote" | "blockquote" => {
            BlockKind::QuoteBlock
        }
        "caption" => BlockKind::Caption,
        "byline" | "author" => BlockKind::Byline,
        n if n.starts_with("list") => BlockKind::ListItem,
        _ => return None,
    })
}

/// The text of the first element with this local name.
pub(super) fn element(xml: &[u8], name: &str) -> Option<String> {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    let mut inside = false;
    let mut text = String::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(e) if e.local_name().as_ref() == name => inside = true,
            Event::End(e) if e.local_name().as_ref() == name => return Some(one_line(&text)),
            Event::Text(e) if inside => text.push_str(&e),
            Event::GeneralRef(e) if inside => {
                let name = format!("&{};", &*e);
                text.push_str(&crate::reader::input::tags::entities(&name));
            }
            Event::Eof => return None,
            _ => {}
        }
        buffer.clear();
    }
}
