//! `label-studio`: a task with the decided work as an annotation and the open proposals as a prediction, and the labelling
//! configuration that fits.
//!
//! A region is one id shared by several result items: its label, a choice for each closed field, a text for each other.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::layout::{Each, json_bytes};
use super::marks::{Flat, Label, LinkKind, MarkSpan, Marks};
use super::read::labelstudio::Item;
use super::units::{Ruler, Slicer};
use super::words::Id;
use super::{ExchangeError, Export, ExportName, File, Job, Report};
use crate::core::handover::OffsetUnit;
use crate::core::vocabulary::{Origin, Vocabulary};

/// Writes `tasks.json` and `label-config.xml`.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a region does not cut out its words.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let marks = Marks::new(job, &mut report);
    let flat = marks.flat();
    let ruler = Ruler::new(job.text, OffsetUnit::Codepoint);
    let items = |open: bool| {
        let pieces = flat.pieces.iter().filter(move |p| is_open(p) == open);
        pieces.flat_map(|p| region(job.text.slice(p.span), p, ruler.ends(p.span)))
    };
    let relations = || {
        flat.links.iter().map(|l| {
            Written::Linked(Linked {
                r#type: "relation",
                from_id: Id(flat.pieces[l.from].id()),
                to_id: Id(flat.pieces[l.to].id()),
                direction: "right",
                labels: [l.kind.word()],
            })
        })
    };
    let article = &job.session.article;
    let reader = job.session.current().map_or("", |v| &v.reader);
    let task = Task {
        data: Data {
            text: job.text.as_str(),
            claimdesk: json!({
                "session": job.session.id.to_string(),
                "title": article.title,
                "byline": article.byline,
                "url": article.url,
                "published_at": article.published_at,
                "language": article.language,
            }),
        },
        annotations: [Annotation {
            result: Each(|| items(false).chain(relations())),
            ground_truth: false,
        }],
        predictions: flat.pieces.iter().any(is_open).then(|| {
            [Prediction {
                model_version: format!("claimdesk-{reader}"),
                result: Each(|| items(true)),
            }]
        }),
    };
    let tasks = json_bytes("label-studio", &[task], LEVELS)?;
    check(job, &flat, &tasks)?;
    Ok(Export {
        files: vec![
            File {
                name: ExportName::own(&["tasks.json"]),
                bytes: tasks,
            },
            File {
                name: ExportName::own(&["label-config.xml"]),
                bytes: configuration().into_bytes(),
            },
        ],
        report,
    })
}

/// Results are the entries of the fifth level: tasks, task, annotations, annotation, result.
const LEVELS: usize = 5;

#[derive(Serialize)]
struct Task<'a, A, P> {
    data: Data<'a>,
    annotations: [Annotation<A>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    predictions: Option<[Prediction<P>; 1]>,
}

#[derive(Serialize)]
struct Data<'a> {
    text: &'a str,
    claimdesk: Value,
}

#[derive(Serialize)]
struct Annotation<R> {
    result: R,
    ground_truth: bool,
}

#[derive(Serialize)]
struct Prediction<R> {
    model_version: String,
    result: R,
}

/// A result: what is said of a region, or a link between two.
#[derive(Serialize)]
#[serde(untagged)]
enum Written<'a> {
    Said(Said<'a>),
    Linked(Linked),
}

#[derive(Serialize)]
struct Said<'a> {
    id: Id,
    from_name: &'a str,
    to_name: &'static str,
    r#type: &'static str,
    value: Region<'a>,
}

#[derive(Serialize)]
struct Region<'a> {
    start: u32,
    end: u32,
    text: Words<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<[&'a str; 1]>,
}

/// The words of the span; or what somebody wrote about it, in a list, as the editor keeps texts of a region.
#[derive(Serialize)]
#[serde(untagged)]
enum Words<'a> {
    Span(&'a str),
    Note([&'a str; 1]),
}

#[derive(Serialize)]
struct Linked {
    r#type: &'static str,
    from_id: Id,
    to_id: Id,
    direction: &'static str,
    labels: [&'static str; 1],
}

/// Whether nobody has decided about the piece yet: a prediction.
fn is_open(piece: &MarkSpan<'_>) -> bool {
    piece.mark.label == Label::Statement
        && piece.mark.field("origin") == Some(Origin::Proposal.word())
}

/// The results of one region: its label, a choice for each closed field, a text for each other.
fn region<'a>(
    text: &'a str,
    piece: &'a MarkSpan<'_>,
    (start, end): (u32, u32),
) -> impl Iterator<Item = Written<'a>> {
    let id = Id(piece.id());
    let label = piece.mark.label;
    let said = move |from_name, kind, text, labels, choices| {
        Written::Said(Said {
            id,
            from_name,
            to_name: "text",
            r#type: kind,
            value: Region {
                start,
                end,
                text,
                labels,
                choices,
            },
        })
    };
    let labels = Some([label.word()]);
    let labelled = said("span", "labels", Words::Span(text), labels, None);
    let fields = piece.fields().iter().map(move |(name, value)| {
        if label.is_closed(name) {
            let choices = Some([value.as_str()]);
            said(name, "choices", Words::Span(text), None, choices)
        } else {
            said(name, "textarea", Words::Note([value]), None, None)
        }
    });
    std::iter::once(labelled).chain(fields)
}

/// The labelling configuration that shows every label, field and relation.
fn configuration() -> String {
    const COLOURS: [&str; 7] = [
        "#1f77b4", "#2ca02c", "#ff7f0e", "#e377c2", "#9467bd", "#7f7f7f", "#bcbd22",
    ];
    let mut xml = String::from("<View>\n  <Labels name=\"span\" toName=\"text\">\n");
    for (label, colour) in Label::ALL.iter().zip(COLOURS) {
        let _ = writeln!(
            xml,
            "    <Label value=\"{}\" background=\"{colour}\"/>",
            label.word()
        );
    }
    xml.push_str("  </Labels>\n  <Relations>\n");
    for kind in LinkKind::ALL {
        let _ = writeln!(xml, "    <Relation value=\"{}\"/>", kind.word());
    }
    xml.push_str(
        "  </Relations>\n  <Text name=\"text\" value=\"$text\" granularity=\"symbol\"/>\n",
    );
    let mut fields: BTreeMap<&str, (Vec<&str>, Option<Vec<&str>>)> = BTreeMap::new();
    for label in Label::ALL {
        for f in label.fields() {
            let entry = fields
                .entry(f.name)
                .or_insert_with(|| (Vec::new(), f.values.map(|v| v())));
            entry.0.push(label.word());
        }
    }
    for (name, (labels, values)) in fields {
        let on = format!(
            "toName=\"text\" perRegion=\"true\" whenTagName=\"span\" whenLabelValue=\"{}\"",
            labels.join(",")
        );
        match values {
            Some(values) => {
                let _ = writeln!(xml, "  <Choices name=\"{name}\" {on} choice=\"single\">");
                for v in values {
                    let _ = writeln!(xml, "    <Choice value=\"{v}\"/>");
                }
                xml.push_str("  </Choices>\n");
            }
            None => {
                let _ = writeln!(xml, "  <TextArea name=\"{name}\" {on}/>");
            }
        }
    }
    xml.push_str("</View>\n");
    xml
}

/// Reads the text and the regions back, line by line, as they are laid out: nine of ten results say something of a region
/// that is there already.
fn check(job: &Job<'_>, flat: &Flat<'_>, bytes: &[u8]) -> Result<(), ExchangeError> {
    let fault = |what: &str| ExchangeError::Internal {
        format: "label-studio",
        what: what.into(),
    };
    let is_region = memchr::memmem::Finder::new("\"type\":\"labels\"");
    let slicer = Slicer::new(job.text.as_str(), OffsetUnit::Codepoint);
    let (mut texts, mut regions) = (0, 0);
    for line in bytes.split(|b| *b == b'\n').map(<[u8]>::trim_ascii) {
        let line = line.strip_suffix(b",").unwrap_or(line);
        if let Some(text) = line.strip_prefix(b"\"text\": ") {
            let text: Cow<'_, str> = serde_json::from_slice(text).map_err(|_| fault("the text"))?;
            texts += usize::from(text == job.text.as_str());
        } else if is_region.find(line).is_some() {
            let item: Item<'_> = serde_json::from_slice(line).map_err(|_| fault("a region"))?;
            let (start, end) = item.ends();
            let ends = (start.unwrap_or(u32::MAX), end.unwrap_or(u32::MAX));
            slicer.expect("label-studio", "a region", ends, item.words().unwrap_or(""))?;
            regions += 1;
        }
    }
    if (texts, regions) != (1, flat.pieces.len()) {
        return Err(fault("the text or the number of regions"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn a_region_is_one_id_with_its_label_choices_and_texts() {
        let f = Fixture::rich();
        let tasks: Value = serde_json::from_str(&f.text_of("label-studio", 0)).unwrap();
        let results = tasks[0]["annotations"][0]["result"].as_array().unwrap();
        let claim = results
            .iter()
            .find(|r| r["value"]["choices"][0] == "inaccurate")
            .unwrap();
        let items: Vec<_> = results
            .iter()
            .filter(|r| r["id"] == claim["id"])
            .map(|r| {
                format!(
                    "{} {}",
                    r["from_name"].as_str().unwrap(),
                    r["type"].as_str().unwrap()
                )
            })
            .collect();
        insta::assert_snapshot!(items.join("\n"), @r#"
span labels
claim_id textarea
verification_status choices
rating choices
check_worthiness choices
claim_type choices
workflow_state choices
wording textarea
justification textarea
notes textarea
tags textarea
change_replacement textarea
change_reason textarea
change_must choices
change_state choices
origin choices
"#);
        assert_eq!(
            tasks[0]["predictions"][0]["result"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
        let config = f.text_of("label-studio", 1);
        let names: Vec<_> = results
            .iter()
            .filter_map(|r| r["from_name"].as_str())
            .collect();
        assert!(
            names
                .iter()
                .all(|n| config.contains(&format!("name=\"{n}\"")))
        );
    }
}
