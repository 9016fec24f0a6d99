//! How many claims have each finding: an object with a key for every one of them.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::core::vocabulary::*;
use crate::exchange::words::VocabularyWord;

/// Claims by verification status, in the vocabulary's order.
#[derive(Clone, Debug, PartialEq)]
pub struct ByStatus<'a>(pub Vec<(Cow<'a, str>, usize)>);

impl Serialize for ByStatus<'_> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(self.0.iter().map(|(k, v)| (k, v)))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for ByStatus<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let map =
            std::collections::BTreeMap::<VocabularyWord<VerificationStatus>, usize>::deserialize(
                d,
            )?;
        Ok(Self(
            map.into_iter()
                .map(|(k, v)| (k.0.word().into(), v))
                .collect(),
        ))
    }
}

impl JsonSchema for ByStatus<'_> {
    fn schema_name() -> Cow<'static, str> {
        "by_status".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let words: Vec<_> = VerificationStatus::ALL.iter().map(|v| v.word()).collect();
        let counts: serde_json::Map<_, _> = words
            .iter()
            .map(|w| {
                (
                    (*w).to_string(),
                    serde_json::json!({"type": "integer", "minimum": 0}),
                )
            })
            .collect();
        schemars::json_schema!({
            "type": "object", "properties": counts, "required": words, "additionalProperties": false
        })
    }
}
