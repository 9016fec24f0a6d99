//! Values of the model as they are written in files: vocabulary words, ids and moments.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::core::model::Time;
use crate::core::vocabulary::Vocabulary;

/// A vocabulary value, written as its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct VocabularyWord<V>(pub V);

impl<V: Vocabulary> Serialize for VocabularyWord<V> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.0.word())
    }
}

impl<'de, V: Vocabulary> Deserialize<'de> for VocabularyWord<V> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Words<V>(PhantomData<V>);
        impl<V: Vocabulary> Visitor<'_> for Words<V> {
            type Value = VocabularyWord<V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a {}: {}", V::NAME, list::<V>())
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<VocabularyWord<V>, E> {
                V::from_word(word).map(VocabularyWord).ok_or_else(|| {
                    E::custom(format_args!(
                        "`{word}` is no {}: it is {}",
                        V::NAME,
                        list::<V>()
                    ))
                })
            }
        }
        d.deserialize_str(Words(PhantomData))
    }
}

/// The words of a vocabulary for an error message.
pub fn list<V: Vocabulary>() -> String {
    let words: Vec<_> = V::ALL.iter().map(|v| v.word()).collect();
    format!("one of {}", words.join(", "))
}

impl<V: Vocabulary> JsonSchema for VocabularyWord<V> {
    fn schema_name() -> Cow<'static, str> {
        V::NAME.into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<_> = V::ALL.iter().map(|v| v.word()).collect();
        json_schema!({"type": "string", "enum": words})
    }
}

/// A half-open range `[start, end]` of the article's text, counted in Unicode scalar values.
pub type Pair = [u32; 2];

/// An id, written with hyphens in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(pub Uuid);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.0.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = Cow::<'de, str>::deserialize(d)?;
        Uuid::parse_str(&s).map(Self).map_err(D::Error::custom)
    }
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "id".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "uuid"})
    }
}

/// A moment in UTC: RFC 3339 with milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub Time);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&format_args!("{:.3}", self.0))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = Cow::<'de, str>::deserialize(d)?;
        s.parse().map(Self).map_err(D::Error::custom)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "moment".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date-time"})
    }
}
