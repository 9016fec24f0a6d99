//! `label-studio`: a task with the decided work as an annotation and the open proposals as a prediction, and the labelling
//! configuration that fits.
//!
//! A region is one id shared by several result items: its label, a choice for each closed field, a text for each other.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::marks::{Label, LinkKind, Marks, Piece, json_bytes};
use super::units::{Ruler, Slicer, Unit};
use super::{ExchangeError, Export, File, Job, Report};
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
    let ruler = Ruler::new(job.text, Unit::Codepoint);
    let (mut decided, mut proposed) = (Vec::new(), Vec::new());
    for piece in &flat.pieces {
        let open = piece.mark.label == Label::Statement
            && piece.mark.field("origin") == Some(Origin::Proposal.word());
        region(
            job,
            piece,
            &ruler,
            if open { &mut proposed } else { &mut decided },
        );
    }
    for l in &flat.links {
        decided.push(json!({
            "type": "relation",
            "from_id": flat.pieces[l.from].id().to_string(),
            "to_id": flat.pieces[l.to].id().to_string(),
            "direction": "right",
            "labels": [l.kind.word()],
        }));
    }
    let article = &job.session.article;
    let mut task = json!({
        "data": {
            "text": job.text.as_str(),
            "claimdesk": {
                "session": job.session.id.to_string(),
                "title": article.title,
                "byline": article.byline,
                "url": article.url,
                "published_at": article.published_at,
                "language": article.language,
            },
        },
        "annotations": [{"result": decided, "ground_truth": false}],
    });
    if !proposed.is_empty() {
        let reader = article.versions.last().map_or("", |v| &v.reader);
        task["predictions"] =
            json!([{"model_version": format!("claimdesk-{reader}"), "result": proposed}]);
    }
    let tasks = json_bytes("label-studio", &json!([task]), true)?;
    check(job, &marks, &tasks)?;
    Ok(Export {
        files: vec![
            File {
                name: "tasks.json".into(),
                bytes: tasks,
            },
            File {
                name: "label-config.xml".into(),
                bytes: configuration().into_bytes(),
            },
        ],
        report,
    })
}

fn region(job: &Job<'_>, piece: &Piece<'_>, ruler: &Ruler<'_>, results: &mut Vec<Value>) {
    let (start, end) = ruler.ends(piece.span);
    let id = piece.id().to_string();
    let mut item = |name: &str, kind: &str, key: &str, value: Value| {
        let mut v = json!({"start": start, "end": end, "text": job.text.slice(piece.span)});
        v[key] = value;
        results.push(
            json!({"id": id, "from_name": name, "to_name": "text", "type": kind, "value": v}),
        );
    };
    item("span", "labels", "labels", json!([piece.mark.label.word()]));
    for (name, value) in piece.fields() {
        let closed = piece
            .mark
            .label
            .fields()
            .iter()
            .any(|f| f.name == *name && f.values.is_some());
        if closed {
            item(name, "choices", "choices", json!([value]));
        } else {
            // The list stands where the words of the span do: that is how the editor keeps texts of a region.
            item(name, "textarea", "text", json!([value]));
        }
    }
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

fn check(job: &Job<'_>, marks: &Marks, bytes: &[u8]) -> Result<(), ExchangeError> {
    let fault = |what: String| ExchangeError::Internal {
        format: "label-studio",
        what,
    };
    let tasks: Value = serde_json::from_slice(bytes).map_err(|e| fault(e.to_string()))?;
    let task = &tasks[0];
    let slicer = Slicer::new(task["data"]["text"].as_str().unwrap_or(""), Unit::Codepoint);
    let results = |v: &Value| v["result"].as_array().cloned().unwrap_or_default();
    let all = [
        results(&task["annotations"][0]),
        results(&task["predictions"][0]),
    ]
    .concat();
    let mut labels = 0;
    for item in all.iter().filter(|i| i["type"] == "labels") {
        labels += 1;
        let v = &item["value"];
        let n = |k: &str| {
            v[k].as_u64()
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(u32::MAX)
        };
        let words = v["text"].as_str().unwrap_or("");
        slicer.expect("label-studio", "a region", (n("start"), n("end")), words)?;
    }
    if labels != marks.flat().pieces.len()
        || slicer.cut(0, job.text.len()).as_deref() != Some(job.text.as_str())
    {
        return Err(fault("the text or the number of regions".into()));
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
