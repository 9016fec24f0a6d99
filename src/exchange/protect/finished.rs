//! The last look: every string of every file that an export has made, as whoever gets the file will read it.
//!
//! It knows nothing of formats but how they wrap text, so that a format added tomorrow is looked at like the others.

use std::collections::BTreeSet;
use std::io::Read;

use serde_json::Value;

use super::search::{Kind, Search};
use crate::exchange::error::Place;
use crate::exchange::{Export, File};

/// What of `export` still names somebody, file by file. What the export says of itself is masked, not listed.
pub(super) fn look(
    export: &mut Export,
    search: &Search,
    masked: impl Fn(&str) -> String,
) -> Vec<Place> {
    let mut places = Vec::new();
    for file in &export.files {
        let mut look = Look {
            search,
            name: &file.name,
            places: &mut places,
        };
        look.at("the name", file.name.words(), Kind::Link);
        look.file(file);
    }
    let report = &mut export.report;
    for note in report.skipped.iter_mut().chain(&mut report.flattened) {
        note.words = masked(&note.words);
        note.reason = masked(&note.reason);
    }
    for remark in &mut report.remarks {
        *remark = masked(remark);
    }
    places
}

struct Look<'a> {
    search: &'a Search,
    name: &'a str,
    places: &'a mut Vec<Place>,
}

impl Look<'_> {
    fn file(&mut self, file: &File) {
        if file.bytes.starts_with(b"PK\x03\x04") {
            return self.archive(&file.bytes);
        }
        let text = String::from_utf8_lossy(&file.bytes);
        self.text(&file.name, &text);
    }

    fn text(&mut self, name: &str, text: &str) {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with(['{', '[']) && self.json(start) {
            return;
        }
        if start.starts_with('<') {
            let ending = name.rsplit('.').next().unwrap_or("");
            let Untagged {
                words,
                values,
                scripts,
            } = without_tags(text, ending.starts_with("htm"));
            self.at("the text", &words, Kind::Prose);
            // Each by itself: two values that stand side by side are no words in a row.
            for value in values {
                self.at("an attribute", value, Kind::Prose);
            }
            for script in scripts {
                self.text("script.json", &script);
            }
            return;
        }
        self.at("the text", text, Kind::Prose);
    }

    /// JSON, one value or one a line; false where it is none.
    fn json(&mut self, text: &str) -> bool {
        let values: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(text)
            .into_iter()
            .collect();
        let Ok(values) = values else { return false };
        values.iter().for_each(|v| self.value(v));
        true
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::String(s) => self.at("a string", s, Kind::Prose),
            Value::Array(all) => all.iter().for_each(|v| self.value(v)),
            Value::Object(members) => members.iter().for_each(|(k, v)| {
                self.at("a key", k, Kind::Prose);
                self.value(v);
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A workbook: its parts but for those that the library writes the same for everybody.
    fn archive(&mut self, bytes: &[u8]) {
        let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
            return self.unreadable();
        };
        for n in 0..archive.len() {
            let Ok(mut part) = archive.by_index(n) else {
                return self.unreadable();
            };
            let Ok(name) = part.name().map(|n| n.to_string()) else {
                return self.unreadable();
            };
            let mut text = String::new();
            if part.read_to_string(&mut text).is_err() {
                return self.unreadable();
            }
            let constant = name.contains("theme")
                || name.ends_with("styles.xml")
                || name.ends_with(".rels")
                || name.starts_with('[');
            if !constant {
                self.text(&name, &text);
            }
        }
    }

    fn unreadable(&mut self) {
        self.places.push(Place {
            at: format!("the file {}", self.name),
            words: "it cannot be looked through".into(),
        });
    }

    fn at(&mut self, what: &str, text: &str, kind: Kind) {
        for f in self.search.find(text, kind) {
            // Words that are common come up in what the program writes itself; the records were searched for them.
            if f.common.is_none() && !f.doubtful {
                self.places.push(Place {
                    at: format!("{what} of the file {}", self.name),
                    words: text[f.range].into(),
                });
            }
        }
    }
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
