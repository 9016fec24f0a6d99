//! `cas-json`: UIMA CAS JSON 0.4.0, types and text in one file; offsets count UTF-16 code units.

use serde_json::{Map, Value, json};

use super::cas::{META, META_FEATURES, Range, annotations, language, meta, type_name, types};
use super::marks::{Marks, json_bytes};
use super::units::{Ruler, Slicer, Unit};
use super::{ExchangeError, Export, Job, Report};

/// Writes the CAS.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where an annotation does not cut out its words.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let marks = Marks::new(job, &mut report);
    let flat = marks.flat();
    let ruler = Ruler::new(job.text, Unit::Utf16);
    let all = annotations(&flat, &ruler);
    let mut structures = vec![
        json!({
            "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
            "mimeType": "text/plain", "sofaString": job.text.as_str(),
        }),
        json!({
            "%ID": 2, "%TYPE": "uima.tcas.DocumentAnnotation", "@sofa": 1,
            "begin": 0, "end": ruler.out(job.text.len()), "language": language(job),
        }),
    ];
    let mut article = json!({"%ID": 3, "%TYPE": META});
    for (name, value) in META_FEATURES.iter().zip(meta(job)) {
        article[*name] = value.into();
    }
    structures.push(article);
    for a in &all {
        let mut fs = Map::from_iter([
            ("%ID".to_string(), Value::from(a.id)),
            ("%TYPE".into(), type_name(a.label).into()),
            ("@sofa".into(), 1.into()),
            ("begin".into(), a.ends.0.into()),
            ("end".into(), a.ends.1.into()),
        ]);
        fs.extend(
            a.texts
                .iter()
                .map(|(n, v)| ((*n).to_string(), Value::from(v.as_str()))),
        );
        fs.extend(
            a.references
                .iter()
                .map(|(n, id)| (format!("@{n}"), Value::from(*id))),
        );
        structures.push(fs.into());
    }
    let members: Vec<usize> = [2, 3].into_iter().chain(all.iter().map(|a| a.id)).collect();
    let cas = json!({
        "%TYPES": declared(),
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    });
    let bytes = json_bytes("cas-json", &cas, true)?;
    check(job, &marks, &bytes)?;
    Ok(job.single("json", bytes, report))
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
        declared.insert(name, t);
    }
    declared.into()
}

fn check(job: &Job<'_>, marks: &Marks, bytes: &[u8]) -> Result<(), ExchangeError> {
    let fault = |what: &str| ExchangeError::Internal {
        format: "cas-json",
        what: what.into(),
    };
    let cas: Value = serde_json::from_slice(bytes).map_err(|_| fault("the file"))?;
    let all = cas["%FEATURE_STRUCTURES"]
        .as_array()
        .ok_or_else(|| fault("the structures"))?;
    let slicer = Slicer::new(
        all.first()
            .and_then(|s| s["sofaString"].as_str())
            .unwrap_or(""),
        Unit::Utf16,
    );
    for (piece, fs) in marks.flat().pieces.iter().zip(all.iter().skip(3)) {
        let n = |k: &str| {
            fs[k]
                .as_u64()
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(u32::MAX)
        };
        slicer.expect(
            "cas-json",
            "an annotation",
            (n("begin"), n("end")),
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
