//! The road from one version of a file to the next, on a version 2 of a claim that exists in this test alone: a type of
//! its own, a function between disk types, and one more arm where the version is looked at. The model has no part in it.

use serde::{Deserialize, Serialize};

use crate::store::disk::v1::records::ClaimForm as ClaimV1;

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
        rating: v1.rating.map(|r| RatingV2 {
            value: r.0.number(),
            of: 5,
        }),
        deadline: None,
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
