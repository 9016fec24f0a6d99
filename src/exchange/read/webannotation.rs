//! Reads `webannotation`: a collection, a page, a list or one annotation. The text comes from our own collections, else
//! from the session that the file is read into.

use std::collections::HashMap;

use serde::Deserialize;

use super::anchor::{MarkPlace, MarkWords, Placer};
use super::marks::{Meta, ReadLink, ReadMark, build};
use super::{Imported, Incoming, ReadReport, limits};
use crate::core::handover::OffsetUnit;
use crate::core::text::ArticleText;
use crate::core::tx::Ids;
use crate::exchange::error::ExchangeError;
use crate::exchange::lenient::{Any, Atom, Entries, Many, Object};

const NAME: &str = "webannotation";

/// Reads the annotations.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let document: Document<'_> = limits::json(file.name, NAME, file.text(NAME)?)?;
    let items = annotations(&document)
        .ok_or_else(|| file.error(NAME, "its first entry", "it holds no annotations"))?;
    let collection = document.all.first().filter(|_| !document.list);
    let article = collection.and_then(|c| Some(&c.article.as_ref()?.0));
    let text = match (article.and_then(|a| a.text.text()), file.into) {
        (Some(text), _) => ArticleText::new(text.into()),
        (None, Some((_, text))) => text.clone(),
        (None, None) => {
            return Err(file.error(
                NAME,
                "article.text",
                "the file does not carry the article: read it into a session that does",
            ));
        }
    };
    let mut report = ReadReport::default();
    let quoted = items
        .iter()
        .flat_map(|a| &a.target.all)
        .filter_map(|t| Some((t.ends().0?, t.ends().1?, t.quote()?.exact)));
    let said = collection.and_then(|c| OffsetUnit::from_word(c.unit.words()));
    let mut placer = Placer::new(
        &text,
        file.unit.or(said),
        &[OffsetUnit::Codepoint, OffsetUnit::Utf16],
        quoted,
    );
    let mut marks = Vec::new();
    let mut by_id = HashMap::new();
    let mut wanted = Vec::new();
    for (n, a) in items.iter().enumerate() {
        let mut mark = ReadMark::default();
        for t in &a.target.all {
            let quote = t.quote();
            let words = quote.map_or("", |q| q.exact);
            let (start, end) = t.ends();
            let end_of_all = |n: Option<u32>| n.unwrap_or(u32::MAX);
            match placer.place(end_of_all(start), end_of_all(end), quote) {
                MarkPlace::There(span) => mark.spans.push(span),
                MarkPlace::Moved(span) => {
                    report.moved(words);
                    mark.spans.push(span);
                }
                MarkPlace::Nowhere => report.lose(
                    words,
                    format!("target of annotation {n} is not in the article"),
                ),
            }
        }
        if mark.spans.is_empty() {
            continue;
        }
        if let Some(id) = a.id.text() {
            by_id.insert(id, marks.len());
        }
        bodies(a, &mut mark, marks.len(), &mut wanted);
        marks.push(mark);
    }
    let links: Vec<ReadLink> = wanted
        .into_iter()
        .filter_map(|(from, to, kind)| {
            Some(ReadLink {
                from,
                to: *by_id.get(to)?,
                kind: kind.into(),
            })
        })
        .collect();
    limits::records(file.name, NAME, marks.len(), "marks")?;
    let unknown = Meta::default();
    let meta = article.unwrap_or(&unknown);
    Ok(build(file, ids, text.clone(), meta, marks, &links, report))
}

/// What a file can be: a collection, a page, an annotation, or a list of these.
type Document<'a> = Many<Node<'a>>;

/// A collection, a page or an annotation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Node<'a> {
    #[serde(borrow)]
    id: Atom<'a>,
    /// What an annotation says.
    #[serde(borrow)]
    body: Many<Body<'a>>,
    /// What an annotation points to.
    #[serde(borrow)]
    target: Many<Target<'a>>,
    /// Our ids, with an annotation.
    #[serde(borrow)]
    record: Entries<'a>,
    /// The annotations of a page.
    #[serde(borrow)]
    items: Many<Node<'a>>,
    /// The page of a collection.
    #[serde(borrow)]
    first: Option<Box<Any<Node<'a>>>>,
    /// Our article, with a collection.
    #[serde(borrow)]
    article: Option<Box<Any<Meta<'a>>>>,
    #[serde(borrow, rename = "offsetUnit")]
    unit: Atom<'a>,
}

impl Object<'_> for Node<'_> {}

/// A body: in its place a text may stand.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Body<'a> {
    #[serde(borrow)]
    purpose: Atom<'a>,
    #[serde(borrow)]
    value: Atom<'a>,
    #[serde(borrow)]
    field: Atom<'a>,
    #[serde(borrow)]
    source: Atom<'a>,
    #[serde(borrow)]
    id: Atom<'a>,
}

impl Object<'_> for Body<'_> {
    fn of_text(text: &str) -> Self {
        Self {
            value: Atom::Text(text.to_string().into()),
            ..Self::default()
        }
    }
}

/// Where an annotation points.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::exchange) struct Target<'a> {
    #[serde(borrow)]
    selector: Many<Selector<'a>>,
}

impl Object<'_> for Target<'_> {}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Selector<'a> {
    #[serde(borrow)]
    r#type: Atom<'a>,
    #[serde(borrow)]
    start: Atom<'a>,
    #[serde(borrow)]
    end: Atom<'a>,
    #[serde(borrow)]
    exact: Atom<'a>,
    #[serde(borrow)]
    prefix: Atom<'a>,
    #[serde(borrow)]
    suffix: Atom<'a>,
}

impl Object<'_> for Selector<'_> {}

impl Target<'_> {
    fn selector(&self, kind: &str) -> Option<&Selector<'_>> {
        let mut all = self.selector.all.iter();
        all.rfind(|s| s.r#type.words() == kind)
    }

    /// The offsets of the position selector, as far as they are any.
    pub fn ends(&self) -> (Option<u32>, Option<u32>) {
        let position = self.selector("TextPositionSelector");
        position.map_or((None, None), |p| (p.start.offset(), p.end.offset()))
    }

    /// The words of the quote selector.
    pub fn quote(&self) -> Option<MarkWords<'_>> {
        let quote = self.selector("TextQuoteSelector")?;
        Some(MarkWords {
            exact: quote.exact.words(),
            prefix: quote.prefix.words(),
            suffix: quote.suffix.words(),
        })
    }
}

fn annotations<'a>(document: &'a Document<'_>) -> Option<Vec<&'a Node<'a>>> {
    let points = |n: &Node<'_>| n.target.list || !n.target.all.is_empty();
    let list = match document.all.as_slice() {
        all if document.list => all,
        [one] => match &one.first {
            _ if one.items.list => &one.items.all,
            Some(first) if first.0.items.list => &first.0.items.all,
            _ if points(one) => std::slice::from_ref(one),
            _ => return None,
        },
        _ => return None,
    };
    let all: Vec<&Node<'_>> = list.iter().filter(|a| points(a)).collect();
    (!all.is_empty() || list.is_empty()).then_some(all)
}

fn bodies<'a>(
    a: &'a Node<'_>,
    mark: &mut ReadMark,
    n: usize,
    links: &mut Vec<(usize, &'a str, &'a str)>,
) {
    for b in &a.body.all {
        let value = b.value.words();
        match (b.purpose.words(), b.field.words()) {
            ("linking", kind) => {
                if let Some(to) = b.source.text().or(b.id.text()) {
                    links.push((n, to, kind));
                }
            }
            ("tagging", "") if mark.label.is_empty() => mark.label = value.into(),
            ("tagging", "") => {
                mark.fields.insert(value.into(), String::new());
            }
            ("classifying", field) => {
                let (name, word) = value.split_once(':').unwrap_or(("class", value));
                let name = if field.is_empty() { name } else { field };
                mark.fields.insert(name.into(), word.into());
            }
            (_, "") => {
                let notes = mark.fields.entry("notes".into()).or_default();
                if !notes.is_empty() && !value.is_empty() {
                    notes.push('\n');
                }
                notes.push_str(value);
            }
            (_, field) => {
                mark.fields.insert(field.into(), value.into());
            }
        }
    }
    for (name, value) in &a.record.0 {
        if let Some(text) = value.text() {
            mark.fields.insert(name.to_string(), text.into());
        }
    }
    if mark.label.is_empty() {
        mark.label = "Claim".into();
    }
}
