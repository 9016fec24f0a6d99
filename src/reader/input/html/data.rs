//! The structured data of a page (JSON-LD), read as forgivingly as pages write it: in comments, with line breaks inside of
//! strings, one broken block beside good ones, entries that name each other.

use std::sync::LazyLock;

use dom_query::Document as Page;
use regex::Regex;
use serde_json::{Map, Value};

use crate::reader::input::draft::one_line;
use crate::reader::input::tags;

/// Blocks of data that are read.
const BLOCKS: usize = 32;
/// Entries that are looked at.
const ENTRIES: usize = 2_000;
/// Names that are taken of a list.
const NAMES: usize = 12;

/// What the data say of the article; empty where they say nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PageData {
    pub headline: Option<String>,
    pub author: Option<String>,
    pub published: Option<String>,
    /// Names of the site and of who runs it.
    pub publishers: Vec<String>,
    /// The article's words.
    pub body: Option<String>,
}

/// Reads the data of a page. What an article's own entry says comes before what others say.
pub(super) fn read(page: &Page) -> PageData {
    let scripts = page.select("script[type*='ld+json']");
    let values: Vec<Value> = scripts
        .iter()
        .take(BLOCKS)
        .filter_map(|s| parse(&s.text()))
        .collect();
    let mut entries = Vec::new();
    for value in &values {
        collect(value, &mut entries);
    }
    let mut ranked: Vec<(u8, &Map<String, Value>)> = entries
        .iter()
        .filter_map(|e| Some((rank(e)?, *e)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut data = PageData::default();
    let text = |e: &Map<String, Value>, key: &str| {
        let text = one_line(e.get(key)?.as_str()?);
        (!text.is_empty()).then(|| tags::entities(&text).into_owned())
    };
    for (rank, entry) in ranked {
        data.published = data
            .published
            .or_else(|| text(entry, "datePublished"))
            .or_else(|| text(entry, "dateCreated"));
        let author = || {
            let keys = ["author", "creator"];
            keys.iter().find_map(|k| names(entry.get(*k)?, &entries))
        };
        data.author = data.author.or_else(author);
        if rank == 0 {
            data.headline = data.headline.or_else(|| text(entry, "headline"));
        }
        let body = entry.get("articleBody").and_then(Value::as_str);
        data.body = data.body.or_else(|| body.map(String::from));
        let publisher = entry.get("publisher").and_then(|p| names(p, &entries));
        data.publishers.extend(publisher);
    }
    for entry in &entries {
        let kind = kinds(entry);
        if kind.contains("Organization") || kind.contains("WebSite") || kind.contains("NewsMedia") {
            data.publishers.extend(text(entry, "name"));
        }
    }
    data
}

/// Names under which a page's own program keeps the day of its article.
static PUBLISHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = "(?:publi(?:sh|cation|shed|shing)|creat(?:ed|ion))_?(?:at|date|time|datetime)";
    let pattern = format!(
        r#"(?i)["'](?:date_?published|[a-z]*{names})\\?["']\s*:\s*\\?["'](\d{{4}}-\d\d-\d\d[^"'\\]*)"#
    );
    Regex::new(&pattern).ok()
});

/// The day that the page's own program keeps of its article.
pub(super) fn published(page: &Page) -> Option<String> {
    let scripts = page.select("script");
    scripts.nodes().iter().find_map(|script| {
        let words = script.text();
        let found = PUBLISHED.as_ref()?.captures(&words)?;
        Some(found.get(1)?.as_str().to_string())
    })
}

/// Letters of a text in a page's data that may be an article.
const LONG: usize = 200;

/// The long texts in the data that a page's own program draws it from, in their order; for a page that shows none.
pub(super) fn long_texts(page: &Page) -> String {
    let scripts = page.select("script[type='application/json']");
    let mut texts: Vec<String> = Vec::new();
    for script in scripts.iter().take(BLOCKS) {
        collect_texts(&script.text(), &mut texts);
    }
    if texts.is_empty() {
        let root = page.root();
        let elements = root.descendants_it().filter(|n| n.is_element());
        let values = elements.flat_map(|n| n.attrs().into_iter().map(|a| a.value));
        let data = values.filter(|v| v.len() > LONG && v.starts_with(['{', '[']));
        for value in data.take(BLOCKS) {
            collect_texts(&value, &mut texts);
        }
    }
    texts.join("\n")
}

/// Adds the long texts of a piece of data.
fn collect_texts(source: &str, texts: &mut Vec<String>) {
    let Some(value) = parse(source) else {
        return;
    };
    let mut stack = vec![&value];
    while let Some(value) = stack.pop() {
        match value {
            Value::String(text)
                if text.len() >= LONG && text.matches(' ').count() * 12 > text.len() =>
            {
                let words = tags::without_tags(text);
                if !texts.contains(&words) {
                    texts.push(words);
                }
            }
            Value::Array(all) => stack.extend(all.iter().rev()),
            Value::Object(entry) => stack.extend(entry.values().rev()),
            _ => {}
        }
    }
}

/// A block of data; none where it is broken beyond repair.
fn parse(source: &str) -> Option<Value> {
    let mut rest = source.trim();
    for wrapper in ["//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "<!--"] {
        rest = rest.strip_prefix(wrapper).unwrap_or(rest).trim_start();
    }
    for wrapper in ["//]]>", "/*]]>*/", "]]>", "-->", ";"] {
        rest = rest.trim_end().strip_suffix(wrapper).unwrap_or(rest);
    }
    let rest = rest.trim().trim_end_matches("//").trim_end();
    serde_json::from_str(rest)
        .ok()
        .or_else(|| serde_json::from_str(&mended(rest)).ok())
}

/// The same with line breaks inside of strings escaped, and without commas before a bracket that closes.
fn mended(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let (mut inside, mut escaped) = (false, false);
    for c in source.chars() {
        match c {
            c if inside && c.is_control() => {
                out.push(' ');
                continue;
            }
            '"' if !escaped => inside = !inside,
            '}' | ']' if !inside => {
                let end = out.trim_end().len();
                if out[..end].ends_with(',') {
                    out.truncate(end - 1);
                }
            }
            _ => {}
        }
        escaped = inside && c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// All objects in a value, the outer ones first.
fn collect<'a>(value: &'a Value, entries: &mut Vec<&'a Map<String, Value>>) {
    let mut queue = std::collections::VecDeque::from([value]);
    while let Some(value) = queue.pop_front() {
        match value {
            Value::Array(all) => queue.extend(all),
            Value::Object(entry) if entries.len() < ENTRIES => {
                entries.push(entry);
                queue.extend(entry.values().filter(|v| v.is_object() || v.is_array()));
            }
            _ => {}
        }
    }
}

fn kinds(entry: &Map<String, Value>) -> String {
    entry.get("@type").map(Value::to_string).unwrap_or_default()
}

/// How likely an entry is the article's own: 0 is most; none where it is something else.
fn rank(entry: &Map<String, Value>) -> Option<u8> {
    let kind = kinds(entry);
    let is = |names: &[&str]| names.iter().any(|n| kind.contains(n));
    if is(&["Article", "BlogPosting", "Report", "LiveBlog"]) {
        Some(0)
    } else if is(&[
        "Posting",
        "Recipe",
        "HowTo",
        "Review",
        "VideoObject",
        "Episode",
        "CreativeWork",
    ]) {
        Some(1)
    } else if is(&["WebPage", "AboutPage", "ItemPage", "FAQPage"]) {
        Some(2)
    } else {
        None
    }
}

/// The names in an entry: a string, a person, a list of either, or what an address leads to.
fn names(value: &Value, entries: &[&Map<String, Value>]) -> Option<String> {
    let all = all_names(value, entries, 4);
    let mut names: Vec<String> = Vec::new();
    for name in all.into_iter().take(NAMES) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

fn all_names(value: &Value, entries: &[&Map<String, Value>], deep: u8) -> Vec<String> {
    let Some(deeper) = deep.checked_sub(1) else {
        return Vec::new();
    };
    match value {
        Value::String(name) => vec![tags::entities(&one_line(name)).into_owned()],
        Value::Array(all) => all
            .iter()
            .flat_map(|v| all_names(v, entries, deeper))
            .collect(),
        Value::Object(one) => match (one.get("name"), one.get("@id")) {
            (Some(name), _) => all_names(name, entries, deeper),
            (None, Some(id)) => {
                let named = entries
                    .iter()
                    .find(|e| e.get("@id") == Some(id) && e.contains_key("name"));
                let name = named.and_then(|e| e.get("name"));
                name.map_or_else(Vec::new, |n| all_names(n, entries, deeper))
            }
            (None, None) => Vec::new(),
        },
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(scripts: &[&str]) -> PageData {
        let scripts: String = scripts
            .iter()
            .map(|s| format!("<script type='application/ld+json'>{s}</script>"))
            .collect();
        read(&Page::from(scripts.as_str()))
    }

    #[test]
    fn an_author_is_found_however_it_is_written() {
        for (source, want) in [
            (r#"{"@type":"NewsArticle","author":"Ada Holm"}"#, "Ada Holm"),
            (
                r#"{"@type":"NewsArticle","author":{"name":["Ada Holm","Ben Lysa"]}}"#,
                "Ada Holm, Ben Lysa",
            ),
            (
                r#"{"@type":"TechArticle","author":[{"name":"Ada Holm"},{"name":"Ada Holm"}]}"#,
                "Ada Holm",
            ),
            (
                r#"{"@type":"WebPage","mainEntity":{"@type":"Article","author":{"name":"Ada Holm"}}}"#,
                "Ada Holm",
            ),
            (
                r##"{"@graph":[{"@type":"Article","author":{"@id":"#ada"}},{"@type":"Person","@id":"#ada","name":"Ada Holm"}]}"##,
                "Ada Holm",
            ),
            (
                "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"author\":\"Ada Holm\"}\n//]]>",
                "Ada Holm",
            ),
            (
                "<!-- {\"@type\":\"NewsArticle\",\"x\":\"a\nb\",\"author\":\"Ada Holm\",}; -->",
                "Ada Holm",
            ),
        ] {
            assert_eq!(data(&[source]).author.as_deref(), Some(want), "{source}");
        }
    }

    #[test]
    fn a_broken_block_beside_a_good_one_costs_nothing() {
        let got = data(&[
            "{\"@type\": [",
            r#"{"@type":"WebPage","datePublished":"2026-05-01"}"#,
            r#"{"@type":"NewsArticle","headline":"Pier &amp; quay","datePublished":"2026-05-04","publisher":{"name":"Norvik Post"}}"#,
        ]);
        assert_eq!(got.headline.as_deref(), Some("Pier & quay"));
        assert_eq!(got.published.as_deref(), Some("2026-05-04"));
        assert_eq!(got.publishers, ["Norvik Post"]);
    }
}
