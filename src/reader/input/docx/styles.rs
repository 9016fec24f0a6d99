//! A document's styles: which of them are headings, quotations, captions, lists.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::core::vocabulary::BlockKind;
use crate::reader::input::draft::one_line;
use crate::reader::input::zipped::attribute;

/// The kinds of a document's paragraph styles, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    kinds: HashMap<String, BlockKind>,
    /// The language that the document is set in; empty where it does not say.
    pub language: String,
}

impl Styles {
    /// Reads `styles.xml`; what is broken in it is passed over.
    pub fn read(xml: &[u8]) -> Self {
        let mut styles = Self::default();
        let mut based: Vec<(String, String)> = Vec::new();
        let mut id = String::new();
        let mut reader = Reader::from_reader(xml);
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(e) | Event::Empty(e)) => match e.local_name().as_ref() {
                    "style" => id = attribute(&e, "styleId").unwrap_or_default(),
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
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
            buffer.clear();
        }
        // A house's own heading is based on a heading.
        for (own, base) in based {
            if let Some(&kind) = styles.kinds.get(&base) {
                styles.kinds.entry(own).or_insert(kind);
            }
        }
        styles
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
