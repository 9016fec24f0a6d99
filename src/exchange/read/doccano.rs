//! Reads `doccano` JSONL of both kinds of project; our own fields come back as metadata.

use std::collections::HashMap;

use serde_json::Value;

use super::anchor::Placer;
use super::marks::{Link, Mark, Meta, build};
use super::{Imported, Incoming, ReadReport, limits};
use crate::core::text::ArticleText;
use crate::core::tx::Ids;
use crate::exchange::error::ExchangeError;
use crate::exchange::report::first_words;
use crate::exchange::units::Unit;

const NAME: &str = "doccano";

/// Reads the first document of the file.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let all = file.text(NAME)?;
    let mut report = ReadReport::default();
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
    let value = limits::json(file.name, NAME, line).map_err(|e| match e {
        ExchangeError::Input { place, what, .. } => file.error(
            NAME,
            format!("line {number}, {}", place.replace("line 1, ", "")),
            what,
        ),
        e => e,
    })?;
    let text = value["text"].as_str().ok_or_else(|| {
        file.error(
            NAME,
            format!("line {number}, text"),
            "it is missing or no text",
        )
    })?;
    let text = ArticleText::new(text.into());

    let own = &value["claimdesk"];
    let said = own["offset_unit"].as_str().and_then(Unit::from_word);
    let found = entities(file, &value, number)?;
    let unit = file.unit.or(said).unwrap_or(Unit::Utf16);
    if file.unit.or(said).is_none() && !text.as_str().is_ascii() {
        report.remarks.push("offsets are taken as UTF-16 units, as the editor counts; give --offset-unit codepoint if they are not".into());
    }
    let placer = Placer::new(&text, Some(unit), &[], std::iter::empty());
    // Our fields by place and label, in order, since doccano gives entities new ids.
    let mut fields: HashMap<Place, Vec<(usize, &Value)>> = HashMap::new();
    for m in own["marks"].as_array().into_iter().flatten().rev() {
        let n = |k: &str| number_of(&m[k]).unwrap_or(u32::MAX);
        let key = (
            n("start"),
            n("end"),
            m["label"].as_str().unwrap_or("").to_string(),
        );
        fields.entry(key).or_default().push((n("id") as usize, m));
    }
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
        let mut mark = Mark {
            label: label.clone(),
            spans: vec![span],
            ..Mark::default()
        };
        if let Some((own_id, m)) = fields.get_mut(&(start, end, label)).and_then(Vec::pop) {
            by_own.insert(own_id, marks.len());
            let texts = m
                .as_object()
                .into_iter()
                .flatten()
                .filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_string())));
            mark.fields.extend(texts.filter(|(k, _)| k != "label"));
        }
        if let Some(id) = id {
            by_id.insert(id, marks.len());
        }
        marks.push(mark);
    }
    let links = links(&value, &by_id, &by_own, &mut report);
    for key in ["comments", "Comments"] {
        for c in value[key].as_array().into_iter().flatten() {
            let words = c["text"].as_str().or(c.as_str()).unwrap_or("");
            report
                .remarks
                .push(format!("a comment is left out: {}", first_words(words)));
        }
    }
    Ok(build(file, ids, text, Meta::of(own), marks, &links, report))
}

fn number_of(v: &Value) -> Option<u32> {
    v.as_u64().and_then(|n| u32::try_from(n).ok())
}

/// Start, end and label.
type Place = (u32, u32, String);

/// An entity with the id that relations call it by.
type Entity = (u32, u32, String, Option<i64>);

/// `label`, `labels` or `entities`, as lists or objects.
fn entities(file: &Incoming<'_>, value: &Value, line: usize) -> Result<Vec<Entity>, ExchangeError> {
    let (key, all) = ["entities", "label", "labels"]
        .iter()
        .find_map(|k| Some((*k, value[*k].as_array()?)))
        .ok_or_else(|| {
            file.error(
                NAME,
                format!("line {line}"),
                "it has neither label nor entities",
            )
        })?;
    all.iter()
        .enumerate()
        .map(|(n, v)| {
            let entity = match v {
                Value::Array(_) => (number_of(&v[0]), number_of(&v[1]), v[2].as_str(), None),
                v => (
                    number_of(&v["start_offset"]),
                    number_of(&v["end_offset"]),
                    v["label"].as_str(),
                    v["id"].as_i64(),
                ),
            };
            match entity {
                (Some(s), Some(e), Some(label), id) => Ok((s, e, label.to_string(), id)),
                _ => Err(file.error(
                    NAME,
                    format!("line {line}, {key}[{n}]"),
                    "it is no start, end and label",
                )),
            }
        })
        .collect()
}

fn links(
    value: &Value,
    by_id: &HashMap<i64, usize>,
    by_own: &HashMap<usize, usize>,
    report: &mut ReadReport,
) -> Vec<Link> {
    if let Some(all) = value["relations"].as_array() {
        let end = |v: &Value| by_id.get(&v.as_i64()?).copied();
        let mut links = Vec::new();
        for r in all {
            match (end(&r["from_id"]), end(&r["to_id"])) {
                (Some(from), Some(to)) => links.push(Link {
                    from,
                    to,
                    kind: r["type"].as_str().unwrap_or("").into(),
                }),
                _ => report.lose(r.to_string(), "it links entities that are not there"),
            }
        }
        return links;
    }
    let end = |v: &Value| by_own.get(&(number_of(v)? as usize)).copied();
    value["claimdesk"]["links"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|l| {
            Some(Link {
                from: end(&l[0])?,
                to: end(&l[1])?,
                kind: l[2].as_str()?.into(),
            })
        })
        .collect()
}
