//! The last look: every string of every file that an export has made, as whoever gets the file will read it.
//!
//! It knows nothing of formats but how they wrap text, so that a format added tomorrow is looked at like the others.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::Range;

use serde_json::Value;

use super::search::{NameSearch, TextKind};
use super::wordless;
use crate::exchange::error::NamePlace;
use crate::exchange::{Export, File};

/// How an archive begins.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// What of `export` still names somebody, file by file, but for what stands in its `own` too, which has no words of others.
pub(super) fn look(export: &Export, own: Option<&Export>, search: &NameSearch) -> Vec<NamePlace> {
    let mut places = Vec::new();
    for (n, file) in export.files.iter().enumerate() {
        let mut look = Look {
            search,
            name: &file.name,
            places: &mut places,
        };
        look.at("the name", file.name.words(), None, TextKind::Link);
        look.file(file, own.and_then(|own| own.files.get(n)));
    }
    places
}

/// Masks what the export says of itself.
pub(super) fn say(export: &mut Export, masked: impl Fn(&str) -> String) {
    let report = &mut export.report;
    for note in report.skipped.iter_mut().chain(&mut report.flattened) {
        note.words = masked(&note.words);
        note.reason = masked(&note.reason);
    }
    for remark in &mut report.remarks {
        *remark = masked(remark);
    }
}

struct Look<'a> {
    search: &'a NameSearch,
    name: &'a str,
    places: &'a mut Vec<NamePlace>,
}

impl Look<'_> {
    fn file(&mut self, file: &File, own: Option<&File>) {
        if file.bytes.starts_with(ARCHIVE) {
            return self.archive(&file.bytes, own.map(|f| f.bytes.as_slice()));
        }
        let text = String::from_utf8_lossy(&file.bytes);
        let own = own.map(|f| String::from_utf8_lossy(&f.bytes));
        self.text(&file.name, &text, own.as_deref());
    }

    fn text(&mut self, name: &str, text: &str, own: Option<&str>) {
        let start = |text| str::trim_start(str::trim_start_matches(text, '\u{feff}'));
        if start(text).starts_with(['{', '[']) && self.json(start(text), own.map(start)) {
            return;
        }
        if start(text).starts_with('<') {
            let ending = name.rsplit('.').next().unwrap_or("");
            let html = ending.starts_with("htm");
            let this = without_tags(start(text), html);
            let own = own.map(|own| without_tags(start(own), html));
            let words = own.as_ref().map(|own| own.words.as_str());
            self.at("the text", &this.words, words, TextKind::Prose);
            // Each by itself: two values that stand side by side are no words in a row.
            for value in this.values {
                let own = own.as_ref().and_then(|own| own.values.get(value)).copied();
                self.at("an attribute", value, own, TextKind::Prose);
            }
            for (n, script) in this.scripts.iter().enumerate() {
                let own = own.as_ref().and_then(|own| own.scripts.get(n));
                self.text("script.json", script, own.map(String::as_str));
            }
            return;
        }
        self.at("the text", text, own, TextKind::Prose);
    }

    /// JSON, one value or one a line; false where it is none.
    fn json(&mut self, text: &str, own: Option<&str>) -> bool {
        let Ok(all) = values(text) else { return false };
        let own = own.and_then(|own| values(own).ok()).unwrap_or_default();
        for (n, value) in all.iter().enumerate() {
            self.value(value, own.get(n));
        }
        true
    }

    fn value(&mut self, value: &Value, own: Option<&Value>) {
        match value {
            Value::String(s) => {
                self.at("a string", s, own.and_then(Value::as_str), TextKind::Prose)
            }
            Value::Array(all) => {
                for (n, v) in all.iter().enumerate() {
                    self.value(v, own.and_then(|own| own.get(n)));
                }
            }
            Value::Object(members) => {
                for (k, v) in members {
                    let own = own.and_then(Value::as_object);
                    let known = own.and_then(|own| own.get_key_value(k));
                    self.at("a key", k, known.map(|(k, _)| k.as_str()), TextKind::Prose);
                    self.value(v, known.map(|(_, v)| v));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A workbook: its parts but for those that the library writes the same for everybody.
    fn archive(&mut self, bytes: &[u8], own: Option<&[u8]>) {
        let Some(all) = parts(bytes) else {
            return self.unreadable();
        };
        let own = own.and_then(parts).unwrap_or_default();
        for (name, text) in &all {
            let constant = name.contains("theme")
                || name.ends_with("styles.xml")
                || name.ends_with(".rels")
                || name.starts_with('[');
            if !constant {
                self.text(name, text, own.get(name).map(String::as_str));
            }
        }
    }

    fn unreadable(&mut self) {
        self.places.push(NamePlace {
            at: format!("the file {}", self.name),
            words: "it cannot be looked through".into(),
        });
    }

    fn at(&mut self, what: &str, text: &str, own: Option<&str>, kind: TextKind) {
        for f in self.search.find(text, kind) {
            // Words that are common come up in what the program writes itself; the records were searched for them.
            let said_by_itself = own.is_some_and(|own| stands_in(own, text, &f.range));
            if f.common.is_none() && !f.doubtful && !said_by_itself {
                self.places.push(NamePlace {
                    at: format!("{what} of the file {}", self.name),
                    words: text[f.range].into(),
                });
            }
        }
    }
}

/// Whether the words of `text` at `range` stand at the same place in its `own`.
fn stands_in(own: &str, text: &str, range: &Range<usize>) -> bool {
    let words = &text[range.clone()];
    let before = text[..range.start].chars().count();
    let mut there = own.chars().skip(before);
    !wordless::could_be(words) && words.chars().all(|c| there.next() == Some(c))
}

/// JSON, one value or one a line.
fn values(text: &str) -> serde_json::Result<Vec<Value>> {
    serde_json::Deserializer::from_str(text)
        .into_iter()
        .collect()
}

/// The parts of an archive by name; none where it cannot be read.
fn parts(bytes: &[u8]) -> Option<BTreeMap<String, String>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let mut parts = BTreeMap::new();
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).ok()?;
        let name = part.name().ok()?.to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).ok()?;
        parts.insert(name, text);
    }
    Some(parts)
}

/// A page or XML taken apart.
struct Untagged<'a> {
    /// The text without its tags.
    words: String,
    /// The values of attributes and the comments, each once.
    values: BTreeSet<&'a str>,
    /// The scripts of a page.
    scripts: Vec<String>,
}

/// Takes a page or XML apart.
fn without_tags(text: &str, html: bool) -> Untagged<'_> {
    const INLINE: &[&str] = &[
        "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small",
        "span", "strong", "sub", "sup", "u", "wbr",
    ];
    let (mut words, mut values, mut scripts) = (String::new(), BTreeSet::new(), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").unwrap_or(comment.len());
            values.insert(&comment[..end]);
            rest = comment.get(end + 3..).unwrap_or("");
            continue;
        }
        let end = tag_end(rest);
        let tag = &rest[1..end.saturating_sub(1).max(1)];
        rest = &rest[end..];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| !c.is_whitespace() && *c != '/')
            .collect();
        let mut quoted = tag.split(['"', '\'']);
        while let (Some(_), Some(value)) = (quoted.next(), quoted.next()) {
            values.insert(value);
        }
        if !(html && INLINE.contains(&name.as_str())) {
            words.push('\n');
        }
        if html && !tag.starts_with('/') && matches!(name.as_str(), "script" | "style") {
            let close = format!("</{name}");
            let end = rest.find(&close).unwrap_or(rest.len());
            if name == "script" {
                scripts.push(rest[..end].to_string());
            }
            rest = &rest[end..];
        }
    }
    words.push_str(rest);
    Untagged {
        words,
        values,
        scripts,
    }
}

/// Where the tag that begins `text` ends; a `>` in a value does not end it.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (n, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return n + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if c == q => quote = None,
            _ => {}
        }
    }
    text.len()
}
