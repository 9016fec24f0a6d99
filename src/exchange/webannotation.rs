//! `webannotation`: the W3C Web Annotation data model as JSON-LD, an annotation a mark.
//!
//! Every target has a quote selector and a position selector, since readers refuse either alone. The specification counts
//! code points; browser tools count UTF-16 units and ask for that. Fields and links are bodies; what the vocabulary lacks
//! is declared in a second context, since processors drop undeclared keys silently.

use serde_json::{Value, json};

use super::marks::{LinkKind, Mark, Marks, json_bytes};
use super::units::{Ruler, Slicer, Unit};
use super::{ExchangeError, Export, Job, Report};
use crate::core::text::Span;

/// The namespace of our own terms.
const NAMESPACE: &str = "urn:claimdesk:ns:";
/// How many characters of context a quote has on either side.
const CONTEXT: u32 = 32;

/// Writes an annotation collection with its one page.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a target does not cut out its words.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let marks = Marks::new(job, &mut report);
    let ruler = Ruler::new(job.text, job.options.offset_unit.unwrap_or(Unit::Codepoint));
    if ruler.differs() {
        report
            .remarks
            .push(format!("positions count {} units", ruler.unit().word()));
    } else if ruler.unit() == Unit::Codepoint && Ruler::new(job.text, Unit::Utf16).differs() {
        report.remarks.push(
            "positions count code points, as specified; for browser tools give --offset-unit utf16"
                .into(),
        );
    }
    let items: Vec<Value> = marks
        .marks
        .iter()
        .enumerate()
        .map(|(n, m)| annotation(job, &marks, &ruler, n, m))
        .collect();
    let id = format!("urn:uuid:{}", job.session.id);
    let article = &job.session.article;
    let collection = json!({
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            {
                "claimdesk": NAMESPACE,
                "field": "claimdesk:field",
                "article": {"@id": "claimdesk:article", "@type": "@json"},
                "offsetUnit": "claimdesk:offsetUnit",
            },
        ],
        "id": id,
        "type": "AnnotationCollection",
        "label": format!("Check of {}", if article.title.is_empty() { &job.session.name } else { &article.title }),
        "total": items.len(),
        "offsetUnit": ruler.unit().word(),
        "article": {
            "text": job.text.as_str(),
            "title": article.title,
            "byline": article.byline,
            "url": article.url,
            "published_at": article.published_at,
            "language": article.language,
        },
        "first": {
            "id": format!("{id}#page-1"),
            "type": "AnnotationPage",
            "partOf": id,
            "startIndex": 0,
            "items": items,
        },
    });
    let bytes = json_bytes("webannotation", &collection, true)?;
    check(job, &bytes, ruler.unit())?;
    Ok(job.single("jsonld", bytes, report))
}

fn annotation(job: &Job<'_>, marks: &Marks, ruler: &Ruler<'_>, n: usize, m: &Mark) -> Value {
    let mut bodies =
        vec![json!({"type": "TextualBody", "purpose": "tagging", "value": m.label.word()})];
    for (name, value) in &m.fields {
        let closed = m
            .label
            .fields()
            .iter()
            .any(|f| f.name == *name && f.values.is_some());
        bodies.push(if closed {
            json!({"type": "TextualBody", "purpose": "classifying", "value": format!("{name}:{value}"), "field": name})
        } else {
            json!({"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": value, "field": name})
        });
    }
    let from = marks.links.partition_point(|l| l.from < n);
    for l in marks.links[from..]
        .iter()
        .take_while(|l| l.from == n && l.kind != LinkKind::PartOf)
    {
        bodies.push(json!({
            "type": "SpecificResource",
            "purpose": "linking",
            "source": format!("urn:uuid:{}", marks.marks[l.to].id),
            "field": l.kind.word(),
        }));
    }
    let source = job
        .session
        .article
        .url
        .clone()
        .unwrap_or_else(|| format!("urn:uuid:{}#article", job.session.id));
    let targets: Vec<Value> = m
        .spans
        .iter()
        .map(|s| target(job, ruler, &source, *s))
        .collect();
    let mut annotation = json!({
        "id": format!("urn:uuid:{}", m.id),
        "type": "Annotation",
        "motivation": "classifying",
        "created": job.session.created_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "modified": job.session.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    });
    let people: Vec<Value> = job
        .session
        .checkers
        .iter()
        .map(|c| json!({"id": format!("urn:claimdesk:checker:{}", percent(&c.id.0)), "type": "Person", "name": c.name}))
        .collect();
    if !people.is_empty() {
        annotation["creator"] = people.into();
    }
    annotation["generator"] =
        json!({"id": "urn:claimdesk:program", "type": "Software", "name": job.generator});
    annotation["body"] = bodies.into();
    annotation["target"] = match targets.as_slice() {
        [one] => one.clone(),
        _ => targets.into(),
    };
    annotation
}

/// A word as a part of an IRI.
fn percent(word: &str) -> String {
    word.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b == b'-' {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

fn target(job: &Job<'_>, ruler: &Ruler<'_>, source: &str, span: Span) -> Value {
    let (start, end) = ruler.ends(span);
    let before = Span::new(span.start.saturating_sub(CONTEXT), span.start);
    let behind = Span::new(span.end, span.end.saturating_add(CONTEXT));
    json!({
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": job.text.slice(span),
                "prefix": job.text.slice(before),
                "suffix": job.text.slice(behind),
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    })
}

fn check(job: &Job<'_>, bytes: &[u8], unit: Unit) -> Result<(), ExchangeError> {
    let fault = |what: &str| ExchangeError::Internal {
        format: "webannotation",
        what: what.into(),
    };
    let all: Value = serde_json::from_slice(bytes).map_err(|_| fault("the collection"))?;
    let slicer = Slicer::new(job.text.as_str(), unit);
    for a in all["first"]["items"]
        .as_array()
        .ok_or_else(|| fault("the page"))?
    {
        let targets = match &a["target"] {
            Value::Array(all) => all.clone(),
            one => vec![one.clone()],
        };
        for t in &targets {
            let n = |k: &str| {
                t["selector"][1][k]
                    .as_u64()
                    .and_then(|n| u32::try_from(n).ok())
                    .unwrap_or(u32::MAX)
            };
            let words = t["selector"][0]["exact"].as_str().unwrap_or("");
            slicer.expect("webannotation", "a target", (n("start"), n("end")), words)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exchange::Options;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn targets_have_quote_and_position_in_the_unit_asked_for() {
        let f = Fixture::rich();
        let v: Value = serde_json::from_str(&f.text_of("webannotation", 0)).unwrap();
        let items = v["first"]["items"].as_array().unwrap();
        assert_eq!(v["total"], items.len());
        let cue = items
            .iter()
            .find(|a| a["body"][0]["value"] == "Cue" && a.to_string().contains("\"said\""))
            .unwrap();
        let position = |a: &Value| a["target"]["selector"][1].clone();
        let options = Options {
            offset_unit: Some(Unit::Utf16),
            ..Options::default()
        };
        let export = f.try_export("webannotation", &options).unwrap();
        let w: Value = serde_json::from_slice(&export.files[0].bytes).unwrap();
        let same = w["first"]["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|a| a["id"] == cue["id"])
            .unwrap();
        assert_eq!(
            position(cue)["start"].as_u64().unwrap() + 1,
            position(same)["start"].as_u64().unwrap()
        );
        let two = items.iter().find(|a| a["target"].is_array()).unwrap();
        assert_eq!(two["target"].as_array().unwrap().len(), 2);
    }
}
