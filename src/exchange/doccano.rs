//! `doccano`: JSONL for its two kinds of project, sequence labelling and relations; two files, since one project cannot
//! take both.
//!
//! The editor counts UTF-16 code units and stores what it is given, so that is the unit by default; Python consumers ask
//! for code points. Fields that a label cannot hold travel in the `claimdesk` key, which comes back as metadata.

use serde::Serialize;

use super::layout::{Each, json_bytes};
use super::marks::{Fields, Flat, Marks};
use super::read::doccano::DoccanoDocument;
use super::units::{Ruler, Slicer};
use super::words::Id;
use super::{ExchangeError, Export, ExportName, File, Job, Report};
use crate::core::handover::OffsetUnit;

/// Writes `sequence-labelling.jsonl` and `relations.jsonl`.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a label does not cut out its words.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let marks = Marks::new(job, &mut report);
    let flat = marks.flat();
    let ruler = Ruler::new(
        job.text,
        job.options.offset_unit.unwrap_or(OffsetUnit::Utf16),
    );
    report.remarks.extend(remarks(&ruler, &marks));
    let ends: Vec<(u32, u32)> = flat.pieces.iter().map(|p| ruler.ends(p.span)).collect();
    let pieces = || ends.iter().zip(&flat.pieces).enumerate();
    let links = || flat.links.iter().enumerate();
    let article = &job.session.article;
    let own = Own {
        session: Id(job.session.id.0),
        title: &article.title,
        byline: &article.byline,
        url: article.url.as_deref(),
        published_at: article.published_at.as_deref(),
        language: &article.language,
        offset_unit: ruler.unit().word(),
        marks: Each(|| {
            pieces().map(|(id, (&(start, end), piece))| OwnMark {
                id,
                start,
                end,
                label: piece.mark.label.word(),
                fields: Fields(piece.fields()),
            })
        }),
        links: Each(|| links().map(|(_, l)| (l.from, l.to, l.kind.word()))),
    };
    let sequence = Sequence {
        text: job.text.as_str(),
        label: Each(|| {
            pieces().map(|(_, (ends, piece))| (ends.0, ends.1, piece.mark.label.word()))
        }),
        claimdesk: &own,
    };
    let relational = Relational {
        text: job.text.as_str(),
        entities: Each(|| {
            pieces().map(|(id, (ends, piece))| Entity {
                id,
                start_offset: ends.0,
                end_offset: ends.1,
                label: piece.mark.label.word(),
            })
        }),
        relations: Each(|| {
            links().map(|(id, l)| Relation {
                id,
                from_id: l.from,
                to_id: l.to,
                r#type: l.kind.word(),
            })
        }),
        claimdesk: &own,
    };
    let files = vec![
        File {
            name: ExportName::own(&["sequence-labelling.jsonl"]),
            bytes: json_bytes("doccano", &sequence, 0)?,
        },
        File {
            name: ExportName::own(&["relations.jsonl"]),
            bytes: json_bytes("doccano", &relational, 0)?,
        },
    ];
    for file in &files {
        check(job, &flat, &file.bytes, ruler.unit())?;
    }
    Ok(Export { files, report })
}

/// What whoever imports the files has to know.
fn remarks(ruler: &Ruler<'_>, marks: &Marks) -> Vec<String> {
    let mut remarks = Vec::new();
    if ruler.differs() {
        remarks.push(format!(
            "offsets count {} units; import with encoding utf_8, never Auto",
            ruler.unit().word()
        ));
    }
    if !marks.links.is_empty() {
        remarks.push("sequence-labelling.jsonl has no relations: they are in relations.jsonl and in its claimdesk key".into());
    }
    remarks
}

/// A document of a sequence labelling project.
#[derive(Serialize)]
struct Sequence<'a, L, O> {
    text: &'a str,
    label: L,
    claimdesk: &'a O,
}

/// A document of a relation project.
#[derive(Serialize)]
struct Relational<'a, E, R, O> {
    text: &'a str,
    entities: E,
    relations: R,
    claimdesk: &'a O,
}

#[derive(Serialize)]
struct Entity {
    id: usize,
    start_offset: u32,
    end_offset: u32,
    label: &'static str,
}

#[derive(Serialize)]
struct Relation {
    id: usize,
    from_id: usize,
    to_id: usize,
    r#type: &'static str,
}

/// What doccano keeps as metadata.
#[derive(Serialize)]
struct Own<'a, M, L> {
    session: Id,
    title: &'a str,
    byline: &'a str,
    url: Option<&'a str>,
    published_at: Option<&'a str>,
    language: &'a str,
    offset_unit: &'static str,
    marks: M,
    links: L,
}

/// A mark with its fields: matched by place and label, since doccano gives entities new ids.
#[derive(Serialize)]
struct OwnMark<'a> {
    id: usize,
    start: u32,
    end: u32,
    label: &'static str,
    #[serde(flatten)]
    fields: Fields<'a>,
}

fn check(
    job: &Job<'_>,
    flat: &Flat<'_>,
    bytes: &[u8],
    unit: OffsetUnit,
) -> Result<(), ExchangeError> {
    let fault = |what: String| ExchangeError::Internal {
        format: "doccano",
        what,
    };
    let written: DoccanoDocument<'_> =
        serde_json::from_slice(bytes).map_err(|e| fault(e.to_string()))?;
    let entities = written.entities();
    if entities.len() != flat.pieces.len() || written.text() != Some(job.text.as_str()) {
        return Err(fault("the text or the number of labels".into()));
    }
    let slicer = Slicer::new(job.text.as_str(), unit);
    for (piece, e) in flat.pieces.iter().zip(entities) {
        let (start, end) = e.ends();
        slicer.expect(
            "doccano",
            piece.mark.label.word(),
            (start.unwrap_or(u32::MAX), end.unwrap_or(u32::MAX)),
            job.text.slice(piece.span),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::{Value, json};

    use super::*;
    use crate::core::handover::ExportOptions;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn the_unit_is_the_editors_unless_asked() {
        let f = Fixture::rich();
        let line: Value = serde_json::from_str(&f.text_of("doccano", 0)).unwrap();
        let units: Vec<u16> = f.text.as_str().encode_utf16().collect();
        for l in line["label"].as_array().unwrap() {
            let n = |i: usize| l[i].as_u64().unwrap() as usize;
            assert!(String::from_utf16(&units[n(0)..n(1)]).is_ok());
        }
        assert_eq!(line["label"][1], json!([41, 120, "Claim"]));
        let options = ExportOptions {
            offset_unit: Some(OffsetUnit::Codepoint),
            ..ExportOptions::default()
        };
        let export = f.try_export("doccano", &options).unwrap();
        let line: Value = serde_json::from_slice(&export.files[1].bytes).unwrap();
        assert_eq!(
            line["entities"][1],
            json!({"id": 1, "start_offset": 40, "end_offset": 119, "label": "Claim"})
        );
        assert_eq!(
            export.files[1]
                .bytes
                .iter()
                .filter(|b| **b == b'\n')
                .count(),
            1
        );
    }
}
