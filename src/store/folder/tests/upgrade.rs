//! The road from one version of a file to the next, on a version 2 of a claim and of its edits that exists in this test
//! alone: types of their own, functions between disk types, and one more arm where the version is looked at. The model has
//! no part in it.

use serde::{Deserialize, Serialize};

use crate::store::disk::v1::claims::{ClaimFieldForm as FieldV1, ClaimForm as ClaimV1};
use crate::store::disk::v1::edits::{EditForm as EditV1, RecordEdit};
use crate::store::disk::v1::values::RatingForm;

/// A claim of version 2: the rating has moved into an object with its scale, and there is a deadline.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimV2 {
    id: String,
    verification_status: String,
    rating: Option<RatingV2>,
    /// Blank in what comes from version 1.
    deadline: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RatingV2 {
    value: u8,
    of: u8,
}

fn upgrade(v1: &ClaimV1<'_>) -> ClaimV2 {
    ClaimV2 {
        id: v1.id.0.to_string(),
        verification_status: crate::store::disk::v1::words::Written::written(
            v1.verification_status.0,
        )
        .into(),
        rating: v1.rating.map(rating),
        deadline: None,
    }
}

fn rating(v1: RatingForm) -> RatingV2 {
    RatingV2 {
        value: v1.0.number(),
        of: 5,
    }
}

/// An edit of version 2: what it says of a claim's rating, and of a claim as a whole, has the new shape. All else is as it
/// was.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum EditV2<'a> {
    Claim {
        claim: String,
        from: Option<ClaimV2>,
        to: Option<ClaimV2>,
    },
    Rating {
        claim: String,
        field: &'static str,
        from: Option<RatingV2>,
        to: Option<RatingV2>,
    },
    AsBefore(EditV1<'a>),
}

fn upgrade_edit(v1: EditV1<'_>) -> EditV2<'_> {
    match v1 {
        EditV1::Claim(id, RecordEdit::Create(made)) => EditV2::Claim {
            claim: id.0.to_string(),
            from: None,
            to: Some(upgrade(&made)),
        },
        EditV1::Claim(id, RecordEdit::Remove(gone)) => EditV2::Claim {
            claim: id.0.to_string(),
            from: Some(upgrade(&gone)),
            to: None,
        },
        EditV1::Claim(id, RecordEdit::Set(FieldV1::Rating(from), FieldV1::Rating(to))) => {
            EditV2::Rating {
                claim: id.0.to_string(),
                field: "rating",
                from: from.map(rating),
                to: to.map(rating),
            }
        }
        other => EditV2::AsBefore(other),
    }
}

/// Reads a claim of a file that names `version`, as the newest version has it.
fn read(version: u32, claim: &serde_json::Value) -> Result<ClaimV2, String> {
    let failed = |e: serde_json::Error| e.to_string();
    match version {
        1 => ClaimV1::deserialize(claim)
            .map(|v1| upgrade(&v1))
            .map_err(failed),
        2 => ClaimV2::deserialize(claim).map_err(failed),
        n => Err(format!("there is no version {n}")),
    }
}

#[test]
fn a_claim_of_the_golden_session_is_read_as_one_of_a_later_version() {
    let golden = include_str!("../../../../tests/golden/session-v1/session.json");
    let golden: serde_json::Value = serde_json::from_str(golden).unwrap();
    let claim = golden.pointer("/claims/0").unwrap();
    let read_v1 = read(1, claim).unwrap();
    assert_eq!(read_v1.verification_status, "accurate");
    assert_eq!(read_v1.rating, Some(RatingV2 { value: 5, of: 5 }));
    // What is written as the new version is read back the same, and never as the old one.
    let written = serde_json::to_value(&read_v1).unwrap();
    assert_eq!(read(2, &written), Ok(read_v1));
    assert!(read(1, &written).is_err());
    assert!(read(3, &written).is_err());
}

/// The edits of a line, of whatever version.
#[derive(Deserialize)]
struct Edits<E> {
    #[serde(default = "Vec::new")]
    edits: Vec<E>,
}

#[test]
fn the_edits_of_the_golden_session_are_read_as_those_of_a_later_version() {
    let golden = include_str!("../../../../tests/golden/session-v1/journal.jsonl");
    let (mut new, mut as_before) = (Vec::new(), 0);
    for line in golden.lines() {
        let v1: Edits<EditV1<'_>> = serde_json::from_str(line).unwrap();
        let written: Edits<serde_json::Value> = serde_json::from_str(line).unwrap();
        for (edit, written) in v1.edits.into_iter().zip(written.edits) {
            let upgraded = upgrade_edit(edit);
            let now = serde_json::to_value(&upgraded).unwrap();
            match upgraded {
                EditV2::AsBefore(_) => {
                    assert_eq!(now, written);
                    as_before += 1;
                }
                EditV2::Claim { .. } | EditV2::Rating { .. } => new.push(now),
            }
        }
    }
    assert_eq!((new.len(), as_before), (2, 14), "{new:?}");
    assert_eq!(
        new[0].pointer("/to/rating"),
        Some(&serde_json::Value::Null),
        "the claim as it was made"
    );
    assert_eq!(
        new[1],
        serde_json::json!({
            "claim": "00000000-0000-0000-0000-000000000064",
            "field": "rating",
            "from": null,
            "to": { "value": 5, "of": 5 },
        })
    );
}
