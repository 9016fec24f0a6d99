//! Reads the UIMA CAS, as `cas-json` and as `xmi`: one text and its annotations.
//!
//! Document types are refused, so no entity is ever expanded; nothing is kept but attributes of annotations.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use quick_xml::events::Event;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::anchor::Placer;
use super::marks::{Meta, ReadLink, ReadMark, build};
use super::{Imported, Incoming, ReadReport, limits};
use crate::core::handover::OffsetUnit;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Ids;
use crate::exchange::cas::META;
use crate::exchange::error::ExchangeError;
use crate::exchange::lenient::{Atom, Entries, JsonKey};
use crate::exchange::marks::LinkKind;
use crate::exchange::xml::attribute_text;

/// An annotation, or another structure, with its features.
#[derive(Default)]
struct Structure<'a> {
    id: Cow<'a, str>,
    /// The type with its package: `claimdesk.Claim`.
    kind: Cow<'a, str>,
    features: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl Structure<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.features.iter();
        all.rfind(|(k, _)| k == name).map(|(_, v)| v.as_ref())
    }
}

/// CAS JSON, as far as it is read.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(in crate::exchange) struct Cas<'a> {
    #[serde(borrow, rename = "%FEATURE_STRUCTURES")]
    structures: Structures<'a>,
}

impl Cas<'_> {
    /// The structures in order; none where they are no list.
    pub fn structures(&self) -> Option<&[Features<'_>]> {
        self.structures.0.as_deref()
    }
}

/// Structures as a list, or as an object by their numbers.
#[derive(Default)]
struct Structures<'a>(Option<Vec<Features<'a>>>);

/// A structure: its number where that is its key, and its features with the names as they are written.
pub(in crate::exchange) struct Features<'a> {
    key: Option<Cow<'a, str>>,
    all: Entries<'a>,
}

impl Features<'_> {
    /// The value of a feature.
    pub fn get(&self, name: &str) -> Option<&Atom<'_>> {
        self.all.get(name)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Structures<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(StructuresVisitor).map(Structures)
    }
}

struct StructuresVisitor;

impl<'de> Visitor<'de> for StructuresVisitor {
    type Value = Option<Vec<Features<'de>>>;
    crate::exchange::lenient::other!(visit_bool bool visit_u64 u64 visit_i64 i64 visit_f64 f64 visit_str &str);
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(all) = seq.next_element()? {
            list.push(Features { key: None, all });
        }
        Ok(Some(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some((JsonKey(key), all)) = map.next_entry()? {
            list.push(Features {
                key: Some(key),
                all,
            });
        }
        Ok(Some(list))
    }
}

/// Reads CAS JSON.
pub fn read_json(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    const NAME: &str = "cas-json";
    let cas: Cas<'_> = limits::json(file.name, NAME, file.text(NAME)?)?;
    let Some(all) = cas.structures() else {
        return Err(file.error(NAME, "%FEATURE_STRUCTURES", "it is missing or no list"));
    };
    limits::records(file.name, NAME, all.len(), "structures")?;
    let structures = all
        .iter()
        .map(|s| Structure {
            id: match &s.key {
                Some(key) => key.as_ref().into(),
                None => s.get("%ID").map(word).unwrap_or_default(),
            },
            kind: s.get("%TYPE").map_or("", Atom::words).into(),
            features: s
                .all
                .0
                .iter()
                .filter(|(k, v)| {
                    !k.starts_with('%') && !matches!(v, Atom::Nothing | Atom::Texts(_))
                })
                .map(|(k, v)| (k.trim_start_matches('@').into(), word(v)))
                .collect(),
        })
        .collect();
    read(file, ids, NAME, structures)
}

/// A value as a feature holds it.
fn word<'a>(v: &'a Atom<'_>) -> Cow<'a, str> {
    match v.text() {
        Some(text) => text.into(),
        None => v.to_string().into(),
    }
}

/// Reads XMI.
pub fn read_xmi(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    const NAME: &str = "xmi";
    let text = file.text(NAME)?;
    let mut reader = quick_xml::Reader::from_str(text);
    let place = |at: u64| {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
        limits::place(text.as_bytes().get(..at).unwrap_or(&[]))
    };
    let mut structures = Vec::new();
    let mut depth = 0usize;
    let mut rooted = false;
    loop {
        let event = reader.read_event();
        let at = reader.buffer_position();
        match event {
            Err(e) => {
                return Err(file.error(
                    NAME,
                    place(reader.error_position()),
                    format!("it is no XML: {e}"),
                ));
            }
            Ok(Event::Eof) => break,
            Ok(Event::DocType(_)) => {
                return Err(file.error(
                    NAME,
                    place(at),
                    "it declares a document type, which could define entities: remove it",
                ));
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(event @ (Event::Start(_) | Event::Empty(_))) => {
                let nested = matches!(event, Event::Start(_));
                let (Event::Start(tag) | Event::Empty(tag)) = event else {
                    continue;
                };
                if depth == 0 {
                    rooted = tag.name().as_ref().ends_with("XMI");
                } else if depth == 1 {
                    let mut s = Structure {
                        kind: tag.name().as_ref().replace(':', ".").into(),
                        ..Structure::default()
                    };
                    for a in tag.attributes() {
                        let a = a.map_err(|e| {
                            file.error(NAME, place(at), format!("it is no XML: {e}"))
                        })?;
                        if s.features.len() == FEATURES {
                            return Err(file.error(
                                NAME,
                                place(at),
                                "it has more attributes than any type has features",
                            ));
                        }
                        let value = attribute_text(&a.value);
                        match a.key.as_ref() {
                            "xmi:id" => s.id = value.into(),
                            key => s.features.push((key.to_string().into(), value.into())),
                        }
                    }
                    structures.push(s);
                    limits::records(file.name, NAME, structures.len(), "elements")?;
                }
                depth += usize::from(nested);
                if depth > 64 {
                    return Err(file.error(NAME, place(at), "it is nested deeper than any CAS"));
                }
            }
            Ok(_) => {}
        }
    }
    if !rooted || depth > 0 {
        let what = if rooted {
            "it breaks off: the file is cut short"
        } else {
            "it is no XMI document"
        };
        return Err(file.error(NAME, place(text.len() as u64), what));
    }
    read(file, ids, NAME, structures)
}

/// The most attributes that an element may have: the parser compares each with all before it.
const FEATURES: usize = 1_000;

/// Features that every annotation has.
const COMMON: &[&str] = &["sofa", "begin", "end"];

fn read(
    file: &Incoming<'_>,
    ids: &mut dyn Ids,
    format: &'static str,
    structures: Vec<Structure<'_>>,
) -> Result<Imported, ExchangeError> {
    let text = structures
        .iter()
        .find(|s| s.kind == "uima.cas.Sofa" || s.kind == "cas.Sofa")
        .and_then(|s| s.get("sofaString"))
        .ok_or_else(|| file.error(format, "the Sofa", "it is missing or holds no text"))?;
    let text = ArticleText::new(text.into());
    let mut report = ReadReport::default();
    let meta = meta(&structures);
    let placer = Placer::new(
        &text,
        Some(file.unit.unwrap_or(OffsetUnit::Utf16)),
        &[],
        std::iter::empty(),
    );
    let mut marks = Vec::new();
    let mut by_id = HashMap::new();
    let mut wanted = Vec::new();
    let mut ignored = 0;
    for s in &structures {
        // Words and sentences, and what the tools keep for themselves, say nothing about claims.
        let own = ["uima.", "cas.", "tcas.", "xmi."]
            .iter()
            .any(|p| s.kind.starts_with(p))
            || s.kind.contains(".segmentation.type.")
            || s.kind.starts_with("type.");
        let (Some(begin), Some(end)) = (s.get("begin"), s.get("end")) else {
            continue;
        };
        if own {
            ignored += usize::from(!s.kind.ends_with("DocumentAnnotation"));
            continue;
        }
        let span = begin
            .parse()
            .ok()
            .zip(end.parse().ok())
            .and_then(|(b, e)| placer.span(b, e))
            .filter(|s| !s.is_empty());
        let Some(span) = span else {
            report.lose(
                format!("{} {begin}–{end}", s.kind),
                "its offsets are no borders of the text in UTF-16 units",
            );
            continue;
        };
        let (mark, links) = mark(s, span);
        wanted.extend(links.into_iter().map(|(kind, to)| (marks.len(), to, kind)));
        by_id.insert(s.id.as_ref(), marks.len());
        marks.push(mark);
    }
    if ignored > 0 {
        report.remarks.push(format!(
            "{ignored} annotations of words, sentences and tools are left out"
        ));
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
    Ok(build(file, ids, text.clone(), &meta, marks, &links, report))
}

/// What the file says of the article: in our own structure, or of its language in that of the tools.
fn meta<'a>(structures: &'a [Structure<'_>]) -> Meta<'a> {
    let mut meta = Meta::default();
    if let Some(s) = structures.iter().find(|s| s.kind == META) {
        let text = |k: &str| s.get(k).map_or(Atom::Nothing, |t| Atom::Text(t.into()));
        meta = Meta {
            title: text("title"),
            byline: text("byline"),
            url: text("url"),
            published_at: text("published_at"),
            language: text("language"),
            ..Meta::default()
        };
    } else if let Some(l) = structures
        .iter()
        .find(|s| s.kind.ends_with("DocumentAnnotation"))
        .and_then(|s| s.get("language"))
        .filter(|l| *l != "x-unspecified")
    {
        meta.language = Atom::Text(l.into());
    }
    meta
}

/// The mark that a structure on `span` is, and what it is linked to.
fn mark<'a>(s: &'a Structure<'_>, span: Span) -> (ReadMark, Vec<(&'a str, &'a str)>) {
    let mut links = Vec::new();
    let label = s.kind.rsplit('.').next().unwrap_or("");
    let named = (!s.kind.starts_with("claimdesk."))
        .then(|| s.get("label").or(s.get("value")))
        .flatten();
    let mut mark = ReadMark {
        label: named.unwrap_or(label).into(),
        spans: vec![span],
        ..ReadMark::default()
    };
    for (k, v) in s
        .features
        .iter()
        .filter(|(k, _)| !COMMON.contains(&k.as_ref()))
    {
        if LinkKind::ALL.iter().any(|l| l.word() == k) {
            links.push((k.as_ref(), v.as_ref()));
        } else if named.is_none_or(|n| n != v) {
            mark.fields.insert(k.to_string(), v.to_string());
        }
    }
    (mark, links)
}
