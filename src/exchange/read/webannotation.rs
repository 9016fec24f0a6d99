//! Reads `webannotation`: a collection, a page, a list or one annotation. The text comes from our own collections, else
//! from the session that the file is read into.

use std::collections::HashMap;

use serde_json::Value;

use super::anchor::{Found, Placer, Quote};
use super::marks::{Link, Mark, Meta, build};
use super::{Imported, Incoming, ReadReport, limits};
use crate::core::text::ArticleText;
use crate::core::tx::Ids;
use crate::exchange::error::ExchangeError;
use crate::exchange::units::Unit;

const NAME: &str = "webannotation";

/// Reads the annotations.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let value = limits::json(file.name, NAME, file.text(NAME)?)?;
    let items = items(&value)
        .ok_or_else(|| file.error(NAME, "its first entry", "it holds no annotations"))?;
    let own = &value["article"];
    let text = match (own["text"].as_str(), file.into) {
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
    let said = value["offsetUnit"].as_str().and_then(Unit::from_word);
    let targets: Vec<Vec<Target>> = items.iter().map(|a| targets(&a["target"])).collect();
    let quoted = targets
        .iter()
        .flatten()
        .filter_map(|t| Some((t.start?, t.end?, t.quote.as_ref()?.exact.as_str())));
    let mut placer = Placer::new(
        &text,
        file.unit.or(said),
        &[Unit::Codepoint, Unit::Utf16],
        quoted,
    );
    let mut marks = Vec::new();
    let mut by_id = HashMap::new();
    let mut wanted = Vec::new();
    for (n, (a, targets)) in items.iter().zip(&targets).enumerate() {
        let mut mark = Mark::default();
        for t in targets {
            let words = t.quote.as_ref().map_or("", |q| &q.exact);
            match placer.place(
                t.start.unwrap_or(u32::MAX),
                t.end.unwrap_or(u32::MAX),
                t.quote.as_ref(),
            ) {
                Found::There(span) => mark.spans.push(span),
                Found::Moved(span) => {
                    report.moved(words);
                    mark.spans.push(span);
                }
                Found::Nowhere => report.lose(
                    words,
                    format!("target of annotation {n} is not in the article"),
                ),
            }
        }
        if mark.spans.is_empty() {
            continue;
        }
        if let Some(id) = a["id"].as_str() {
            by_id.insert(id, marks.len());
        }
        bodies(a, &mut mark, marks.len(), &mut wanted);
        marks.push(mark);
    }
    let links: Vec<Link> = wanted
        .into_iter()
        .filter_map(|(from, to, kind)| {
            Some(Link {
                from,
                to: *by_id.get(to)?,
                kind,
            })
        })
        .collect();
    Ok(build(
        file,
        ids,
        text.clone(),
        Meta::of(own),
        marks,
        &links,
        report,
    ))
}

fn items(value: &Value) -> Option<Vec<&Value>> {
    let page = |v: &'_ Value| -> bool { v["items"].is_array() };
    let list = match value {
        Value::Array(all) => all,
        v if page(v) => v["items"].as_array()?,
        v if page(&v["first"]) => v["first"]["items"].as_array()?,
        v if !v["target"].is_null() => return Some(vec![v]),
        _ => return None,
    };
    let all: Vec<&Value> = list.iter().filter(|a| !a["target"].is_null()).collect();
    (!all.is_empty() || list.is_empty()).then_some(all)
}

/// Where an annotation points: offsets and quote, as far as it has them.
struct Target {
    start: Option<u32>,
    end: Option<u32>,
    quote: Option<Quote>,
}

fn targets(value: &Value) -> Vec<Target> {
    let all: Vec<&Value> = match value {
        Value::Array(all) => all.iter().collect(),
        one => vec![one],
    };
    all.into_iter()
        .filter(|t| t.is_object())
        .map(|t| {
            let mut target = Target {
                start: None,
                end: None,
                quote: None,
            };
            let selectors: Vec<&Value> = match &t["selector"] {
                Value::Array(all) => all.iter().collect(),
                one => vec![one],
            };
            for s in selectors {
                let number = |k: &str| s[k].as_u64().and_then(|n| u32::try_from(n).ok());
                let text = |k: &str| s[k].as_str().unwrap_or("").to_string();
                match s["type"].as_str().unwrap_or("") {
                    "TextPositionSelector" => {
                        (target.start, target.end) = (number("start"), number("end"))
                    }
                    "TextQuoteSelector" => {
                        target.quote = Some(Quote {
                            exact: text("exact"),
                            prefix: text("prefix"),
                            suffix: text("suffix"),
                        });
                    }
                    _ => {}
                }
            }
            target
        })
        .collect()
}

fn bodies<'a>(a: &'a Value, mark: &mut Mark, n: usize, links: &mut Vec<(usize, &'a str, String)>) {
    let all: Vec<&Value> = match &a["body"] {
        Value::Array(all) => all.iter().collect(),
        one => vec![one],
    };
    for b in all {
        let value = b["value"].as_str().or(b.as_str()).unwrap_or("");
        let field = b["field"].as_str().unwrap_or("");
        match (b["purpose"].as_str().unwrap_or(""), field) {
            ("linking", kind) => {
                if let Some(to) = b["source"].as_str().or(b["id"].as_str()) {
                    links.push((n, to, kind.into()));
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
    if mark.label.is_empty() {
        mark.label = "Claim".into();
    }
}
