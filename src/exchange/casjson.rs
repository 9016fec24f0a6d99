//! `cas-json`: UIMA CAS JSON 0.4.0, types and text in one file; offsets count UTF-16 code units.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::cas::{
    Annotation, META, META_FEATURES, Range, annotations, language, meta, type_name, types,
};
use super::layout::json_bytes;
use super::lenient::Atom;
use super::marks::{Flat, Marks};
use super::read::cas::Cas;
use super::units::{Ruler, Slicer};
use super::{ExchangeError, Export, Job, Report};
use crate::core::handover::OffsetUnit;

/// Writes the CAS.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where an annotation does not cut out its words.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let marks = Marks::new(job, &mut report);
    let flat = marks.flat();
    let ruler = Ruler::new(job.text, OffsetUnit::Utf16);
    let all = annotations(&flat, &ruler);
    let members: Vec<usize> = [2, 3].into_iter().chain(all.iter().map(|a| a.id)).collect();
    let file = File {
        types: declared(),
        structures: Structures {
            job,
            all: &all,
            end: ruler.out(job.text.len()),
        },
        views: json!({"_InitialView": {"%SOFA": 1, "%MEMBERS": members}}),
    };
    let bytes = json_bytes("cas-json", &file, LEVELS)?;
    check(job, &flat, &bytes)?;
    Ok(job.single(".json", bytes, report))
}

/// Structures are the entries of the second level.
const LEVELS: usize = 2;

#[derive(Serialize)]
struct File<'a> {
    #[serde(rename = "%TYPES")]
    types: Value,
    #[serde(rename = "%FEATURE_STRUCTURES")]
    structures: Structures<'a>,
    #[serde(rename = "%VIEWS")]
    views: Value,
}

/// The text, the document, the article and the annotations.
struct Structures<'a> {
    job: &'a Job<'a>,
    all: &'a [Annotation<'a>],
    /// The end of the text in UTF-16 code units.
    end: u32,
}

impl Serialize for Structures<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let job = self.job;
        let mut list = s.serialize_seq(Some(3 + self.all.len()))?;
        list.serialize_element(&json!({
            "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
            "mimeType": "text/plain", "sofaString": job.text.as_str(),
        }))?;
        list.serialize_element(&json!({
            "%ID": 2, "%TYPE": "uima.tcas.DocumentAnnotation", "@sofa": 1,
            "begin": 0, "end": self.end, "language": language(job),
        }))?;
        let mut article = json!({"%ID": 3, "%TYPE": META});
        for (name, value) in META_FEATURES.iter().zip(meta(job)) {
            article[*name] = value.into();
        }
        list.serialize_element(&article)?;
        for a in self.all {
            list.serialize_element(a)?;
        }
        list.end()
    }
}

impl Serialize for Annotation<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("%ID", &self.id)?;
        map.serialize_entry("%TYPE", type_name(self.label))?;
        map.serialize_entry("@sofa", &1)?;
        map.serialize_entry("begin", &self.ends.0)?;
        map.serialize_entry("end", &self.ends.1)?;
        for (name, value) in self.texts {
            map.serialize_entry(name, value)?;
        }
        for (kind, id) in &self.references {
            map.serialize_entry(&format_args!("@{}", kind.word()), id)?;
        }
        map.end()
    }
}

fn declared() -> Value {
    let mut declared = Map::new();
    let feature = |name: &str, range: &str| json!({"%NAME": name, "%RANGE": range});
    let mut article = json!({"%NAME": META, "%SUPER_TYPE": "uima.cas.TOP"});
    for name in META_FEATURES {
        article[name] = feature(name, "uima.cas.String");
    }
    declared.insert(META.into(), article);
    for (name, features) in types() {
        let mut t = json!({"%NAME": name, "%SUPER_TYPE": "uima.tcas.Annotation"});
        for (f, range) in features {
            t[f] = feature(
                f,
                match range {
                    Range::Text => "uima.cas.String",
                    Range::Reference => "uima.tcas.Annotation",
                },
            );
        }
        declared.insert(name.into(), t);
    }
    declared.into()
}

fn check(job: &Job<'_>, flat: &Flat<'_>, bytes: &[u8]) -> Result<(), ExchangeError> {
    let fault = |what: &str| ExchangeError::Internal {
        format: "cas-json",
        what: what.into(),
    };
    let cas: Cas<'_> = serde_json::from_slice(bytes).map_err(|_| fault("the file"))?;
    let all = cas.structures().unwrap_or_default();
    let text = all.first().and_then(|s| s.get("sofaString")?.text());
    if all.len() != 3 + flat.pieces.len() || text != Some(job.text.as_str()) {
        return Err(fault("the text or the number of annotations"));
    }
    let slicer = Slicer::new(job.text.as_str(), OffsetUnit::Utf16);
    for (piece, fs) in flat.pieces.iter().zip(all.iter().skip(3)) {
        let end = |name: &str| fs.get(name).and_then(Atom::offset).unwrap_or(u32::MAX);
        slicer.expect(
            "cas-json",
            "an annotation",
            (end("begin"), end("end")),
            job.text.slice(piece.span),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn annotations_count_utf16_and_point_to_one_another() {
        let f = Fixture::rich();
        let cas: Value = serde_json::from_str(&f.text_of("cas-json", 0)).unwrap();
        let all = cas["%FEATURE_STRUCTURES"].as_array().unwrap();
        assert_eq!(
            all[1]["end"].as_u64().unwrap() as usize,
            f.text.as_str().encode_utf16().count()
        );
        let cue = all.iter().find(|s| s["%TYPE"] == "claimdesk.Cue").unwrap();
        let claim = &all[cue["@of"].as_u64().unwrap() as usize - 1];
        assert_eq!(claim["%TYPE"], "claimdesk.Claim");
        assert_eq!(claim["verification_status"], "accurate");
    }
}
