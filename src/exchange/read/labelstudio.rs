//! Reads `label-studio` tasks: the first task's annotation, its prediction where there is none.

use std::collections::HashMap;

use serde_json::Value;

use super::anchor::{Found, Placer, Quote};
use super::marks::{Link, Mark, Meta, build};
use super::{Imported, Incoming, ReadReport, limits};
use crate::core::text::ArticleText;
use crate::core::tx::Ids;
use crate::exchange::error::ExchangeError;
use crate::exchange::units::Unit;

const NAME: &str = "label-studio";

/// Reads the first task.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let value = limits::json(file.name, NAME, file.text(NAME)?)?;
    let mut report = ReadReport::default();
    let task = match &value {
        Value::Array(all) => {
            if all.len() > 1 {
                report.lose(
                    format!("{} more tasks", all.len() - 1),
                    "a session is one article: the first task is read",
                );
            }
            all.first()
                .ok_or_else(|| file.error(NAME, "its first entry", "it has no task"))?
        }
        one => one,
    };
    let data = &task["data"];
    let text = data["text"]
        .as_str()
        .or_else(|| data.as_object()?.values().find_map(Value::as_str));
    let text = text.ok_or_else(|| file.error(NAME, "[0].data", "it holds no text"))?;
    let text = ArticleText::new(text.into());
    let work = ["annotations", "completions", "predictions"]
        .iter()
        .find_map(|k| {
            let all = task[*k].as_array()?;
            let used = all
                .iter()
                .find(|a| a["was_cancelled"] != true && a["result"].is_array())?;
            if all.len() > 1 {
                report.lose(
                    format!("{} more {k}", all.len() - 1),
                    "one annotator's work is read: the first",
                );
            }
            used["result"].as_array()
        });
    let results = work.ok_or_else(|| {
        file.error(
            NAME,
            "[0]",
            "it has neither annotations nor predictions with a result",
        )
    })?;

    let number = |v: &Value| v.as_u64().and_then(|n| u32::try_from(n).ok());
    let regions = results
        .iter()
        .filter(|r| r["type"] == "labels" || r["type"] == "hypertextlabels");
    let quoted = regions.clone().filter_map(|r| {
        let v = &r["value"];
        Some((
            number(&v["start"])?,
            number(&v["end"])?,
            v["text"].as_str()?,
        ))
    });
    let mut placer = Placer::new(&text, file.unit, &[Unit::Codepoint, Unit::Utf16], quoted);
    let mut marks: Vec<Mark> = Vec::new();
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    for (n, r) in results.iter().enumerate() {
        if r["type"] != "labels" && r["type"] != "hypertextlabels" {
            continue;
        }
        let v = &r["value"];
        let place = || format!("[0].result[{n}].value");
        let (Some(start), Some(end)) = (number(&v["start"]), number(&v["end"])) else {
            return Err(file.error(NAME, place(), "start and end are no whole numbers"));
        };
        let key = r["type"].as_str().unwrap_or("labels");
        let labels: Vec<&str> = v[key]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let quote = v["text"].as_str().map(|t| Quote {
            exact: t.into(),
            ..Quote::default()
        });
        let words = quote.as_ref().map_or("", |q| &q.exact).to_string();
        let spans = match placer.place(start, end, quote.as_ref()) {
            Found::There(span) => vec![span],
            Found::Moved(span) => {
                report.moved(&words);
                vec![span]
            }
            Found::Nowhere => {
                report.lose(
                    words,
                    "its offsets do not cut out its words, and they stand nowhere else",
                );
                Vec::new()
            }
        };
        if let Some(id) = r["id"].as_str() {
            by_id.insert(id, marks.len());
        }
        let mut mark = Mark {
            label: labels.first().copied().unwrap_or("").into(),
            spans,
            ..Mark::default()
        };
        for more in labels.iter().skip(1) {
            mark.fields.insert(format!("label_{more}"), String::new());
        }
        marks.push(mark);
    }
    let mut links = Vec::new();
    for r in results {
        match r["type"].as_str().unwrap_or("") {
            "labels" | "hypertextlabels" => {}
            "relation" => {
                let end = |k: &str| by_id.get(r[k].as_str()?).copied();
                match (end("from_id"), end("to_id")) {
                    (Some(from), Some(to)) => {
                        let kind = r["labels"][0].as_str().unwrap_or("").to_string();
                        let (from, to) = if r["direction"] == "left" {
                            (to, from)
                        } else {
                            (from, to)
                        };
                        links.push(Link { from, to, kind });
                    }
                    _ => report.lose(r.to_string(), "it links regions that are not there"),
                }
            }
            kind => {
                let key = if kind == "textarea" { "text" } else { kind };
                let v = &r["value"][key];
                let values: Vec<String> = match v {
                    Value::Array(all) => all
                        .iter()
                        .filter_map(|x| Some(x.as_str()?.to_string()))
                        .collect(),
                    Value::String(s) => vec![s.clone()],
                    Value::Number(n) => vec![n.to_string()],
                    _ => Vec::new(),
                };
                match r["id"]
                    .as_str()
                    .and_then(|id| by_id.get(id))
                    .and_then(|n| marks.get_mut(*n))
                {
                    Some(mark) => {
                        mark.fields.insert(
                            r["from_name"].as_str().unwrap_or(kind).into(),
                            values.join("\n"),
                        );
                    }
                    None => report.lose(
                        r.to_string(),
                        "it is about the whole text or a region that is not there",
                    ),
                }
            }
        }
    }
    Ok(build(
        file,
        ids,
        text.clone(),
        Meta::of(&data["claimdesk"]),
        marks,
        &links,
        report,
    ))
}
