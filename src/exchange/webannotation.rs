//! `webannotation`: the W3C Web Annotation data model as JSON-LD, an annotation a mark and a line.
//!
//! Every target has a quote selector and a position selector, since readers refuse either alone. The specification counts
//! code points; browser tools count UTF-16 units and ask for that. Fields and links are bodies; what the vocabulary lacks
//! is declared in a second context, since processors drop undeclared keys silently. Ids of records tell a reader nothing,
//! so they are no bodies: they stand under `record`.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};
use uuid::Uuid;

use super::labels::Label;
use super::layout::{Each, json_bytes};
use super::lenient::Many;
use super::marks::{LinkKind, Mark, Marks};
use super::units::{Ruler, Slicer};
use super::{ExchangeError, Export, Job, Report, read};
use crate::core::handover::OffsetUnit;
use crate::core::model::{Checker, Time};
use crate::core::text::Span;

/// The namespace of our own terms.
const NAMESPACE: &str = "urn:claimdesk:ns:";
/// The program, which the collection describes.
const PROGRAM: &str = "urn:claimdesk:program";
/// How many characters of context a quote has on either side.
const CONTEXT: u32 = 32;
/// The annotations are the entries of the third level: collection, page, items.
const LEVELS: usize = 3;

/// Writes an annotation collection with its one page.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a target does not cut out its words.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let marks = Marks::new(job, &mut report);
    let ruler = Ruler::new(
        job.text,
        job.options.offset_unit.unwrap_or(OffsetUnit::Codepoint),
    );
    if ruler.differs() {
        report
            .remarks
            .push(format!("positions count {} units", ruler.unit().word()));
    } else if ruler.unit() == OffsetUnit::Codepoint
        && Ruler::new(job.text, OffsetUnit::Utf16).differs()
    {
        report.remarks.push(
            "positions count code points, as specified; for browser tools give --offset-unit utf16"
                .into(),
        );
    }
    let author = Author::new(job, &marks, &ruler);
    let all = || marks.marks.iter().enumerate();
    let id = job.session.id.0;
    let article = &job.session.article;
    let collection = Collection {
        context: json!([
            "http://www.w3.org/ns/anno.jsonld",
            {
                "claimdesk": NAMESPACE,
                "field": "claimdesk:field",
                "record": {"@id": "claimdesk:record", "@type": "@json"},
                "article": {"@id": "claimdesk:article", "@type": "@json"},
                "offsetUnit": "claimdesk:offsetUnit",
            },
        ]),
        id: Urn(id),
        r#type: "AnnotationCollection",
        label: format!(
            "Check of {}",
            if article.title.is_empty() {
                &job.session.name
            } else {
                &article.title
            }
        ),
        generator: json!({"id": PROGRAM, "type": "Software", "name": job.generator}),
        total: marks.marks.len(),
        offset_unit: ruler.unit().word(),
        article: json!({
            "text": job.text.as_str(),
            "title": article.title,
            "byline": article.byline,
            "url": article.url,
            "published_at": article.published_at,
            "language": article.language,
        }),
        first: Page {
            id: format!("urn:uuid:{id}#page-1"),
            r#type: "AnnotationPage",
            part_of: Urn(id),
            start_index: 0,
            items: Each(|| all().map(|(n, m)| author.annotation(n, m))),
        },
    };
    let bytes = json_bytes("webannotation", &collection, LEVELS)?;
    check(job, &marks, &bytes, ruler.unit())?;
    Ok(job.single(".jsonld", bytes, report))
}

#[derive(Serialize)]
struct Collection<I> {
    #[serde(rename = "@context")]
    context: Value,
    id: Urn,
    r#type: &'static str,
    label: String,
    generator: Value,
    total: usize,
    #[serde(rename = "offsetUnit")]
    offset_unit: &'static str,
    article: Value,
    first: Page<I>,
}

#[derive(Serialize)]
struct Page<I> {
    id: String,
    r#type: &'static str,
    #[serde(rename = "partOf")]
    part_of: Urn,
    #[serde(rename = "startIndex")]
    start_index: usize,
    items: I,
}

/// `urn:uuid:` and the id.
struct Urn(Uuid);

impl Serialize for Urn {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.0.urn().encode_lower(&mut Uuid::encode_buffer()))
    }
}

/// What all annotations share.
struct Author<'a> {
    job: &'a Job<'a>,
    marks: &'a Marks,
    ruler: &'a Ruler<'a>,
    created: String,
    modified: String,
    people: Vec<Person<'a>>,
    source: Cow<'a, str>,
}

#[derive(Serialize)]
struct Person<'a> {
    id: String,
    r#type: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: Urn,
    r#type: &'static str,
    motivation: &'static str,
    created: &'a str,
    modified: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    creator: &'a [Person<'a>],
    generator: &'static str,
    target: OneOrMany<Target<'a>>,
    body: Vec<Body<'a>>,
    #[serde(skip_serializing_if = "Record::is_empty")]
    record: Record<'a>,
}

/// The ids of records among the fields.
struct Record<'a>(&'a Mark);

impl<'a> Record<'a> {
    fn holds(name: &str) -> bool {
        name.ends_with("_id") || name.ends_with("_ids")
    }

    fn entries(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        let all = self.0.fields.iter();
        all.map(|(name, value)| (*name, value.as_str()))
            .filter(|(name, _)| Self::holds(name))
    }

    fn is_empty(&self) -> bool {
        self.entries().next().is_none()
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(self.entries())
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Body<'a> {
    TextualBody {
        purpose: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        format: Option<&'static str>,
        value: Cow<'a, str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        field: Option<&'static str>,
    },
    SpecificResource {
        purpose: &'static str,
        source: Urn,
        field: &'static str,
    },
}

#[derive(Serialize)]
struct Target<'a> {
    source: &'a str,
    selector: (QuoteSelector<'a>, PositionSelector),
}

#[derive(Serialize)]
struct QuoteSelector<'a> {
    r#type: &'static str,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

#[derive(Serialize)]
struct PositionSelector {
    r#type: &'static str,
    start: u32,
    end: u32,
}

impl<'a> Author<'a> {
    fn new(job: &'a Job<'a>, marks: &'a Marks, ruler: &'a Ruler<'a>) -> Self {
        let session = job.session;
        let moment = |t: Time| t.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let person = |c: &'a Checker| Person {
            id: format!("urn:claimdesk:checker:{}", percent(&c.id.0)),
            r#type: "Person",
            name: &c.name,
        };
        Self {
            job,
            marks,
            ruler,
            created: moment(session.created_at),
            modified: moment(session.updated_at),
            people: session.checkers.iter().map(person).collect(),
            source: match &session.article.url {
                Some(url) => url.into(),
                None => format!("urn:uuid:{}#article", session.id).into(),
            },
        }
    }

    fn annotation(&'a self, n: usize, m: &'a Mark) -> Annotation<'a> {
        let mut body = vec![Body::TextualBody {
            purpose: "tagging",
            format: None,
            value: m.label.word().into(),
            field: None,
        }];
        body.extend(
            m.fields
                .iter()
                .filter(|(name, _)| !Record::holds(name))
                .map(|(name, value)| field(m.label, name, value)),
        );
        let from = self.marks.links.partition_point(|l| l.from < n);
        let links = self.marks.links[from..].iter().take_while(|l| l.from == n);
        body.extend(
            links
                .filter(|l| l.kind != LinkKind::PartOf)
                .map(|l| Body::SpecificResource {
                    purpose: "linking",
                    source: Urn(self.marks.marks[l.to].id),
                    field: l.kind.word(),
                }),
        );
        Annotation {
            id: Urn(m.id),
            r#type: "Annotation",
            motivation: "classifying",
            created: &self.created,
            modified: &self.modified,
            creator: &self.people,
            generator: PROGRAM,
            target: match m.spans.as_slice() {
                [one] => OneOrMany::One(self.target(*one)),
                all => OneOrMany::Many(all.iter().map(|s| self.target(*s)).collect()),
            },
            body,
            record: Record(m),
        }
    }

    fn target(&'a self, span: Span) -> Target<'a> {
        let text = self.job.text;
        let (start, end) = self.ruler.ends(span);
        let before = Span::new(span.start.saturating_sub(CONTEXT), span.start);
        let behind = Span::new(span.end, span.end.saturating_add(CONTEXT));
        Target {
            source: &self.source,
            selector: (
                QuoteSelector {
                    r#type: "TextQuoteSelector",
                    exact: text.slice(span),
                    prefix: text.slice(before),
                    suffix: text.slice(behind),
                },
                PositionSelector {
                    r#type: "TextPositionSelector",
                    start,
                    end,
                },
            ),
        }
    }
}

/// A closed value as `name:value`, any other as a comment that says which field it is.
fn field<'a>(label: Label, name: &'static str, value: &'a str) -> Body<'a> {
    let closed = label.is_closed(name);
    Body::TextualBody {
        purpose: if closed { "classifying" } else { "commenting" },
        format: (!closed).then_some("text/plain"),
        value: if closed {
            format!("{name}:{value}").into()
        } else {
            value.into()
        },
        field: (!closed).then_some(name),
    }
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

/// What is read back of a written collection: the text, and where the annotations point.
#[derive(Deserialize)]
struct Written<'a> {
    #[serde(borrow)]
    article: WrittenText<'a>,
    #[serde(borrow)]
    first: WrittenPage<'a>,
}

#[derive(Deserialize)]
struct WrittenText<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Deserialize)]
struct WrittenPage<'a> {
    #[serde(borrow)]
    items: Vec<Pointing<'a>>,
}

#[derive(Deserialize)]
struct Pointing<'a> {
    #[serde(borrow)]
    target: Many<read::webannotation::Target<'a>>,
}

fn check(
    job: &Job<'_>,
    marks: &Marks,
    bytes: &[u8],
    unit: OffsetUnit,
) -> Result<(), ExchangeError> {
    let fault = |what: String| ExchangeError::Internal {
        format: "webannotation",
        what,
    };
    let written: Written<'_> = serde_json::from_slice(bytes).map_err(|e| fault(e.to_string()))?;
    let items = &written.first.items;
    if items.len() != marks.marks.len() || written.article.text != job.text.as_str() {
        return Err(fault("the text or the number of annotations".into()));
    }
    let slicer = Slicer::new(job.text.as_str(), unit);
    for t in items.iter().flat_map(|a| &a.target.all) {
        let (start, end) = t.ends();
        let ends = (start.unwrap_or(u32::MAX), end.unwrap_or(u32::MAX));
        let words = t.quote().map_or("", |q| q.exact);
        slicer.expect("webannotation", "a target", ends, words)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::handover::ExportOptions;
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
        let options = ExportOptions {
            offset_unit: Some(OffsetUnit::Utf16),
            ..ExportOptions::default()
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
