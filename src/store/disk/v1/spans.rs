//! Version 1: how spans of the stored text are written.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::form::{Form, Plain};
use crate::core::proposal::Spans;
use crate::core::text::Span;

/// A half-open span `[start, end]` of the stored text, counted in Unicode scalar values.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(rename = "span")]
pub(crate) struct SpanForm(u32, u32);

impl<'de> Deserialize<'de> for SpanForm {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let (start, end) = <(u32, u32)>::deserialize(d)?;
        if end < start {
            return Err(D::Error::custom(format!(
                "span [{start},{end}] runs backwards"
            )));
        }
        Ok(Self(start, end))
    }
}

impl<'a> Plain<'a> for SpanForm {
    type Value = Span;
    fn from_value(value: &'a Span) -> Self {
        Self(value.start, value.end)
    }
    fn into_value(self) -> Span {
        Span::new(self.0, self.1)
    }
}

/// A few spans in order.
#[derive(Clone, Debug)]
pub(crate) struct SpansForm<'a>(Cow<'a, Spans>);

impl Serialize for SpansForm<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.0.as_slice().iter().map(SpanForm::of))
    }
}

impl<'de> Deserialize<'de> for SpansForm<'_> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Spans;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of spans")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Spans, A::Error> {
                let Some(one) = seq.next_element::<SpanForm>()? else {
                    return Ok(Spans::None);
                };
                let Some(two) = seq.next_element::<SpanForm>()? else {
                    return Ok(Spans::One(one.into_value()));
                };
                let mut all = vec![one.into_value(), two.into_value()];
                while let Some(next) = seq.next_element::<SpanForm>()? {
                    all.push(next.into_value());
                }
                Ok(Spans::from(all))
            }
        }
        d.deserialize_seq(Visit).map(|s| Self(Cow::Owned(s)))
    }
}

impl JsonSchema for SpansForm<'_> {
    fn schema_name() -> Cow<'static, str> {
        "spans".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<SpanForm>::json_schema(generator)
    }
}

impl<'a> Plain<'a> for SpansForm<'a> {
    type Value = Spans;
    fn from_value(value: &'a Spans) -> Self {
        Self(Cow::Borrowed(value))
    }
    fn into_value(self) -> Spans {
        self.0.into_owned()
    }
}
