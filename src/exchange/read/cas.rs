//! Reads the UIMA CAS, as `cas-json` and as `xmi`: one text and its annotations.
//!
//! Document types are refused, so no entity is ever expanded; nothing is kept but attributes of annotations.

use std::collections::{BTreeMap, HashMap};

use quick_xml::events::Event;
use serde_json::Value;

use super::anchor::Placer;
use super::marks::{Link, Mark, Meta, build};
use super::{Imported, Incoming, ReadReport, limits};
use crate::core::text::ArticleText;
use crate::core::tx::Ids;
use crate::exchange::cas::META;
use crate::exchange::error::ExchangeError;
use crate::exchange::marks::LinkKind;
use crate::exchange::units::Unit;
use crate::exchange::xml::attribute_text;

/// An annotation, or another structure, with its features.
#[derive(Default)]
struct Structure {
    id: String,
    /// The type with its package: `claimdesk.Claim`.
    kind: String,
    features: BTreeMap<String, String>,
}

/// Reads CAS JSON.
pub fn read_json(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    const NAME: &str = "cas-json";
    let value = limits::json(file.name, NAME, file.text(NAME)?)?;
    let all: Vec<(String, &Value)> = match &value["%FEATURE_STRUCTURES"] {
        Value::Array(all) => all.iter().map(|v| (word(&v["%ID"]), v)).collect(),
        Value::Object(all) => all.iter().map(|(id, v)| (id.clone(), v)).collect(),
        _ => return Err(file.error(NAME, "%FEATURE_STRUCTURES", "it is missing or no list")),
    };
    let structures = all
        .into_iter()
        .map(|(id, v)| Structure {
            id,
            kind: v["%TYPE"].as_str().unwrap_or("").into(),
            features: v
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(k, v)| {
                    !k.starts_with('%') && !v.is_object() && !v.is_array() && !v.is_null()
                })
                .map(|(k, v)| (k.trim_start_matches('@').to_string(), word(v)))
                .collect(),
        })
        .collect();
    read(file, ids, NAME, structures)
}

fn word(v: &Value) -> String {
    v.as_str().map_or_else(|| v.to_string(), str::to_string)
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
                        kind: tag.name().as_ref().replace(':', "."),
                        ..Structure::default()
                    };
                    for a in tag.attributes() {
                        let a = a.map_err(|e| {
                            file.error(NAME, place(at), format!("it is no XML: {e}"))
                        })?;
                        let value = attribute_text(&a.value);
                        match a.key.as_ref() {
                            "xmi:id" => s.id = value,
                            key => {
                                s.features.insert(key.into(), value);
                            }
                        }
                    }
                    structures.push(s);
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

/// Features that every annotation has.
const COMMON: &[&str] = &["sofa", "begin", "end"];

fn read(
    file: &Incoming<'_>,
    ids: &mut dyn Ids,
    format: &'static str,
    structures: Vec<Structure>,
) -> Result<Imported, ExchangeError> {
    let text = structures
        .iter()
        .find(|s| s.kind == "uima.cas.Sofa" || s.kind == "cas.Sofa")
        .and_then(|s| s.features.get("sofaString"))
        .ok_or_else(|| file.error(format, "the Sofa", "it is missing or holds no text"))?;
    let text = ArticleText::new(text.clone());
    let mut report = ReadReport::default();
    let mut meta = Meta::default();
    if let Some(s) = structures.iter().find(|s| s.kind == META) {
        let text = |k: &str| s.features.get(k).cloned().unwrap_or_default();
        meta = Meta {
            title: text("title"),
            byline: text("byline"),
            url: text("url"),
            published_at: text("published_at"),
            language: text("language"),
        };
    } else if let Some(l) = structures
        .iter()
        .find(|s| s.kind.ends_with("DocumentAnnotation"))
        .and_then(|s| s.features.get("language"))
        .filter(|l| *l != "x-unspecified")
    {
        meta.language.clone_from(l);
    }
    let placer = Placer::new(
        &text,
        Some(file.unit.unwrap_or(Unit::Utf16)),
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
        let (Some(begin), Some(end)) = (s.features.get("begin"), s.features.get("end")) else {
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
        let label = s.kind.rsplit('.').next().unwrap_or("");
        let named = (!s.kind.starts_with("claimdesk."))
            .then(|| s.features.get("label").or(s.features.get("value")))
            .flatten();
        let mut mark = Mark {
            label: named.map_or(label, String::as_str).into(),
            spans: vec![span],
            ..Mark::default()
        };
        for (k, v) in s
            .features
            .iter()
            .filter(|(k, _)| !COMMON.contains(&k.as_str()))
        {
            if LinkKind::ALL.iter().any(|l| l.word() == k) {
                wanted.push((marks.len(), v.clone(), k.clone()));
            } else if named.is_none_or(|n| n != v) {
                mark.fields.insert(k.clone(), v.clone());
            }
        }
        by_id.insert(s.id.clone(), marks.len());
        marks.push(mark);
    }
    if ignored > 0 {
        report.remarks.push(format!(
            "{ignored} annotations of words, sentences and tools are left out"
        ));
    }
    let links: Vec<Link> = wanted
        .into_iter()
        .filter_map(|(from, to, kind)| {
            Some(Link {
                from,
                to: *by_id.get(&to)?,
                kind,
            })
        })
        .collect();
    Ok(build(file, ids, text.clone(), meta, marks, &links, report))
}
