//! `doccano`: JSONL for its two kinds of project, sequence labelling and relations; two files, since one project cannot
//! take both.
//!
//! The editor counts UTF-16 code units and stores what it is given, so that is the unit by default; Python consumers ask
//! for code points. Fields that a label cannot hold travel in the `claimdesk` key, which comes back as metadata.

use serde_json::{Map, Value, json};

use super::marks::{Marks, json_bytes};
use super::units::{Ruler, Slicer, Unit};
use super::{ExchangeError, Export, File, Job, Report};

/// Writes `sequence-labelling.jsonl` and `relations.jsonl`.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a label does not cut out its words.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let marks = Marks::new(job, &mut report);
    let flat = marks.flat();
    let ruler = Ruler::new(job.text, job.options.offset_unit.unwrap_or(Unit::Utf16));
    if ruler.differs() {
        report.remarks.push(format!(
            "offsets count {} units; import with encoding utf_8, never Auto",
            ruler.unit().word()
        ));
    }
    if !marks.links.is_empty() {
        report.remarks.push("sequence-labelling.jsonl has no relations: they are in relations.jsonl and in its claimdesk key".into());
    }
    let mut labels = Vec::new();
    let mut entities = Vec::new();
    let mut fields = Vec::new();
    for (id, piece) in flat.pieces.iter().enumerate() {
        let (start, end) = ruler.ends(piece.span);
        let label = piece.mark.label.word();
        labels.push(json!([start, end, label]));
        entities.push(json!({"id": id, "start_offset": start, "end_offset": end, "label": label}));
        // Matched by place and label, since doccano gives entities new ids.
        let mut object = Map::from_iter([
            ("id".to_string(), Value::from(id)),
            ("start".into(), start.into()),
            ("end".into(), end.into()),
            ("label".into(), label.into()),
        ]);
        object.extend(
            piece
                .fields()
                .iter()
                .map(|(n, v)| ((*n).to_string(), Value::from(v.as_str()))),
        );
        fields.push(Value::Object(object));
    }
    let relations: Vec<_> = flat
        .links
        .iter()
        .enumerate()
        .map(|(id, l)| json!({"id": id, "from_id": l.from, "to_id": l.to, "type": l.kind.word()}))
        .collect();
    let links: Vec<_> = flat
        .links
        .iter()
        .map(|l| json!([l.from, l.to, l.kind.word()]))
        .collect();
    let article = &job.session.article;
    let own = json!({
        "session": job.session.id.to_string(),
        "title": article.title,
        "byline": article.byline,
        "url": article.url,
        "published_at": article.published_at,
        "language": article.language,
        "offset_unit": ruler.unit().word(),
        "marks": fields,
        "links": links,
    });
    let sequence = json!({"text": job.text.as_str(), "label": labels, "claimdesk": own.clone()});
    let relational = json!({"text": job.text.as_str(), "entities": entities, "relations": relations, "claimdesk": own});
    let files = vec![
        File {
            name: "sequence-labelling.jsonl".into(),
            bytes: json_bytes("doccano", &sequence, false)?,
        },
        File {
            name: "relations.jsonl".into(),
            bytes: json_bytes("doccano", &relational, false)?,
        },
    ];
    check(job, &marks, &files[0].bytes, ruler.unit())?;
    Ok(Export { files, report })
}

fn check(job: &Job<'_>, marks: &Marks, bytes: &[u8], unit: Unit) -> Result<(), ExchangeError> {
    let fault = |what: String| ExchangeError::Internal {
        format: "doccano",
        what,
    };
    let line: Value = serde_json::from_slice(bytes).map_err(|e| fault(e.to_string()))?;
    let slicer = Slicer::new(line["text"].as_str().unwrap_or(""), unit);
    let labels = line["label"].as_array().map_or(&[][..], Vec::as_slice);
    for (piece, label) in marks.flat().pieces.iter().zip(labels) {
        let end = |n: usize| {
            label[n]
                .as_u64()
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(u32::MAX)
        };
        slicer.expect(
            "doccano",
            piece.mark.label.word(),
            (end(0), end(1)),
            job.text.slice(piece.span),
        )?;
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
    fn the_unit_is_the_editors_unless_asked() {
        let f = Fixture::rich();
        let line: Value = serde_json::from_str(&f.text_of("doccano", 0)).unwrap();
        let units: Vec<u16> = f.text.as_str().encode_utf16().collect();
        for l in line["label"].as_array().unwrap() {
            let n = |i: usize| l[i].as_u64().unwrap() as usize;
            assert!(String::from_utf16(&units[n(0)..n(1)]).is_ok());
        }
        assert_eq!(line["label"][1], json!([41, 120, "Claim"]));
        let options = Options {
            offset_unit: Some(Unit::Codepoint),
            ..Options::default()
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
