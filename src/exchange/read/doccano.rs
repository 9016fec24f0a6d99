//! Reads `doccano` JSONL of both kinds of project; our own fields come back as metadata.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::SeqAccess;

use super::anchor::Placer;
use super::marks::{Meta, ReadLink, ReadMark, build};
use super::{Imported, Incoming, ReadReport, limits};
use crate::core::handover::OffsetUnit;
use crate::core::text::ArticleText;
use crate::core::tx::Ids;
use crate::exchange::error::ExchangeError;
use crate::exchange::lenient::{Any, Atom, Entries, Many, Object};
use crate::exchange::report::first_words;

const NAME: &str = "doccano";

/// Reads the first document of the file.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let mut report = ReadReport::default();
    let (number, document) = document(file, &mut report)?;
    let text = document.text().ok_or_else(|| {
        file.error(
            NAME,
            format!("line {number}, text"),
            "it is missing or no text",
        )
    })?;
    let text = ArticleText::new(text.into());

    let own = &document.claimdesk.0;
    let said = OffsetUnit::from_word(own.offset_unit.words());
    let found = entities(file, &document, number)?;
    let unit = file.unit.or(said).unwrap_or(OffsetUnit::Utf16);
    if file.unit.or(said).is_none() && !text.as_str().is_ascii() {
        report.remarks.push("offsets are taken as UTF-16 units, as the editor counts; give --offset-unit codepoint if they are not".into());
    }
    let placer = Placer::new(&text, Some(unit), &[], std::iter::empty());
    let mut fields = fields(own);
    let mut marks = Vec::new();
    let mut by_id = HashMap::new();
    let mut by_own = HashMap::new();
    for (start, end, label, id) in found {
        let Some(span) = placer.span(start, end).filter(|s| !s.is_empty()) else {
            report.lose(
                format!("{label} {start}–{end}"),
                format!(
                    "its offsets are no borders of the text in {} units",
                    unit.word()
                ),
            );
            continue;
        };
        let mut mark = ReadMark {
            label: label.into(),
            spans: vec![span],
            ..ReadMark::default()
        };
        if let Some((own_id, m)) = fields.get_mut(&(start, end, label)).and_then(Vec::pop) {
            by_own.insert(own_id, marks.len());
            let texts = m.0.iter().filter(|(k, _)| k != "label");
            mark.fields
                .extend(texts.filter_map(|(k, v)| Some((k.to_string(), v.text()?.to_string()))));
        }
        if let Some(id) = id {
            by_id.insert(id, marks.len());
        }
        marks.push(mark);
    }
    let links = links(&document, &by_id, &by_own, &mut report);
    let comments = document
        .comments
        .all
        .iter()
        .chain(&document.old_comments.all);
    report.remarks.extend(comments.map(|c| {
        let words = first_words(c.text.words());
        format!("a comment is left out: {words}")
    }));
    limits::records(file.name, NAME, marks.len(), "marks")?;
    let meta = own.meta();
    Ok(build(file, ids, text.clone(), &meta, marks, &links, report))
}

/// The first document, and the number of its line.
fn document<'a>(
    file: &'a Incoming<'_>,
    report: &mut ReadReport,
) -> Result<(usize, DoccanoDocument<'a>), ExchangeError> {
    let all = file.text(NAME)?;
    let mut lines = (1..).zip(all.lines()).filter(|(_, l)| !l.trim().is_empty());
    let (number, line) = lines
        .next()
        .ok_or_else(|| file.error(NAME, "line 1", "it is empty"))?;
    let others = lines.count();
    if others > 0 {
        report.lose(
            format!("{others} more documents"),
            "a session is one article: the first line is read",
        );
    }
    let document: DoccanoDocument<'a> =
        limits::json(file.name, NAME, line).map_err(|e| match e {
            ExchangeError::Input { place, what, .. } => file.error(
                NAME,
                format!("line {number}, {}", place.replace("line 1, ", "")),
                what,
            ),
            e => e,
        })?;
    Ok((number, document))
}

/// Our fields by place and label, in order, since doccano gives entities new ids.
fn fields<'a>(own: &'a Own<'_>) -> HashMap<Place<'a>, Vec<(u32, &'a Entries<'a>)>> {
    let mut fields: HashMap<Place<'_>, Vec<(u32, &Entries<'_>)>> = HashMap::new();
    for m in own.marks.all.iter().rev() {
        let n = |k: &str| m.get(k).and_then(Atom::offset).unwrap_or(u32::MAX);
        let label = m.get("label").map_or("", Atom::words);
        let key = (n("start"), n("end"), label);
        fields.entry(key).or_default().push((n("id"), m));
    }
    fields
}

/// Start, end and label.
type Place<'a> = (u32, u32, &'a str);

/// An entity with the id that relations call it by.
type Found<'a> = (u32, u32, &'a str, Option<u64>);

/// A document of either kind of project.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::exchange) struct DoccanoDocument<'a> {
    #[serde(borrow)]
    text: Atom<'a>,
    #[serde(borrow)]
    entities: Many<Entity<'a>>,
    #[serde(borrow)]
    label: Many<Entity<'a>>,
    #[serde(borrow)]
    labels: Many<Entity<'a>>,
    #[serde(borrow)]
    relations: Many<Relation<'a>>,
    #[serde(borrow)]
    claimdesk: Any<Own<'a>>,
    #[serde(borrow)]
    comments: Many<Comment<'a>>,
    #[serde(borrow, rename = "Comments")]
    old_comments: Many<Comment<'a>>,
}

impl DoccanoDocument<'_> {
    /// The text.
    pub fn text(&self) -> Option<&str> {
        self.text.text()
    }

    /// What stands under the first of the keys that is a list.
    pub fn entities(&self) -> &[Entity<'_>] {
        self.list().map_or(&[], |(_, all)| all)
    }

    fn list(&self) -> Option<(&'static str, &[Entity<'_>])> {
        let all = [
            ("entities", &self.entities),
            ("label", &self.label),
            ("labels", &self.labels),
        ];
        let (key, found) = all.into_iter().find(|(_, many)| many.list)?;
        Some((key, &found.all))
    }
}

/// An entity, as an object or as a list of start, end and label.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::exchange) struct Entity<'a> {
    #[serde(borrow)]
    start_offset: Atom<'a>,
    #[serde(borrow)]
    end_offset: Atom<'a>,
    #[serde(borrow)]
    label: Atom<'a>,
    #[serde(borrow)]
    id: Atom<'a>,
}

impl<'de: 'a, 'a> Object<'de> for Entity<'a> {
    fn of_list<A: SeqAccess<'de>>(list: &mut A) -> Result<Self, A::Error> {
        let mut next = || Ok(list.next_element()?.unwrap_or_default());
        Ok(Self {
            start_offset: next()?,
            end_offset: next()?,
            label: next()?,
            id: Atom::Nothing,
        })
    }
}

impl Entity<'_> {
    /// The offsets, as far as they are any.
    pub fn ends(&self) -> (Option<u32>, Option<u32>) {
        (self.start_offset.offset(), self.end_offset.offset())
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Relation<'a> {
    #[serde(borrow)]
    from_id: Atom<'a>,
    #[serde(borrow)]
    to_id: Atom<'a>,
    #[serde(borrow)]
    r#type: Atom<'a>,
}

impl Object<'_> for Relation<'_> {}

/// A comment: an object with a text, or the text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Comment<'a> {
    #[serde(borrow)]
    text: Atom<'a>,
}

impl Object<'_> for Comment<'_> {
    fn of_text(text: &str) -> Self {
        Self {
            text: Atom::Text(text.to_string().into()),
        }
    }
}

/// What we keep as metadata.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Own<'a> {
    #[serde(borrow)]
    title: Atom<'a>,
    #[serde(borrow)]
    byline: Atom<'a>,
    #[serde(borrow)]
    url: Atom<'a>,
    #[serde(borrow)]
    published_at: Atom<'a>,
    #[serde(borrow)]
    language: Atom<'a>,
    #[serde(borrow)]
    offset_unit: Atom<'a>,
    #[serde(borrow)]
    marks: Many<Entries<'a>>,
    #[serde(borrow)]
    links: Many<OwnLink<'a>>,
}

impl Object<'_> for Own<'_> {}

impl Own<'_> {
    fn meta(&self) -> Meta<'_> {
        Meta {
            title: self.title.borrowed(),
            byline: self.byline.borrowed(),
            url: self.url.borrowed(),
            published_at: self.published_at.borrowed(),
            language: self.language.borrowed(),
            ..Meta::default()
        }
    }
}

/// A link as a list of two numbers of marks and its kind.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct OwnLink<'a> {
    #[serde(borrow)]
    from: Atom<'a>,
    #[serde(borrow)]
    to: Atom<'a>,
    #[serde(borrow)]
    kind: Atom<'a>,
}

impl<'de: 'a, 'a> Object<'de> for OwnLink<'a> {
    fn of_list<A: SeqAccess<'de>>(list: &mut A) -> Result<Self, A::Error> {
        let mut next = || Ok(list.next_element()?.unwrap_or_default());
        Ok(Self {
            from: next()?,
            to: next()?,
            kind: next()?,
        })
    }
}

/// The entities of the document, each with start, end and label.
fn entities<'a>(
    file: &Incoming<'_>,
    document: &'a DoccanoDocument<'_>,
    line: usize,
) -> Result<Vec<Found<'a>>, ExchangeError> {
    let (key, all) = document.list().ok_or_else(|| {
        file.error(
            NAME,
            format!("line {line}"),
            "it has neither label nor entities",
        )
    })?;
    let whole = |(n, e): (usize, &'a Entity<'_>)| match (e.ends(), e.label.text()) {
        ((Some(start), Some(end)), Some(label)) => Ok((start, end, label, e.id.whole())),
        _ => Err(file.error(
            NAME,
            format!("line {line}, {key}[{n}]"),
            "it is no start, end and label",
        )),
    };
    all.iter().enumerate().map(whole).collect()
}

fn links(
    document: &DoccanoDocument<'_>,
    by_id: &HashMap<u64, usize>,
    by_own: &HashMap<u32, usize>,
    report: &mut ReadReport,
) -> Vec<ReadLink> {
    if document.relations.list {
        let end = |v: &Atom<'_>| by_id.get(&v.whole()?).copied();
        let mut links = Vec::new();
        for r in &document.relations.all {
            match (end(&r.from_id), end(&r.to_id)) {
                (Some(from), Some(to)) => links.push(ReadLink {
                    from,
                    to,
                    kind: r.r#type.words().into(),
                }),
                _ => report.lose(
                    format!("{} {} {}", r.from_id, r.r#type, r.to_id),
                    "it links entities that are not there",
                ),
            }
        }
        return links;
    }
    let end = |v: &Atom<'_>| by_own.get(&v.offset()?).copied();
    let own = document.claimdesk.0.links.all.iter();
    own.filter_map(|l| {
        Some(ReadLink {
            from: end(&l.from)?,
            to: end(&l.to)?,
            kind: l.kind.text()?.into(),
        })
    })
    .collect()
}
