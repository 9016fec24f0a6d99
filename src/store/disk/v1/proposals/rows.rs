//! Version 1: many proposals on a line, each a row of a few numbers.
//!
//! A long article has a hundred thousand of them, so that a row names nothing and repeats nothing: places are told by
//! steps from the place before, and what proposals have in common stands on a line of its own, once, and is named by its
//! number. What is blank at the end of a row is left out.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::core::text::Span;
use crate::core::vocabulary::BlockKind;
use crate::store::disk::v1::values::{Text, Word};

/// Spans as steps: for each the gap between the end of the one before and its start, and its length.
#[derive(Clone, Debug, Default)]
pub(crate) struct Steps {
    /// Nearly always the only one.
    first: Option<(i64, u32)>,
    others: Vec<(i64, u32)>,
}

/// A place from which the next step is counted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Walk(pub(crate) u32);

impl Walk {
    /// The way through `spans`.
    pub(crate) fn steps(&mut self, spans: &[Span]) -> Steps {
        let mut steps = spans.iter().map(|s| {
            let gap = i64::from(s.start) - i64::from(self.0);
            self.0 = s.end;
            (gap, s.len())
        });
        Steps {
            first: steps.next(),
            others: steps.collect(),
        }
    }

    /// Goes the way of `steps`; `spans` holds where it led.
    pub(crate) fn follow(&mut self, steps: &Steps, spans: &mut Vec<Span>) -> Result<(), String> {
        spans.clear();
        for (gap, length) in steps.first.iter().chain(&steps.others) {
            spans.push(self.step(*gap, *length)?);
        }
        Ok(())
    }

    /// Goes over a gap and the length of a span, and says where that stands.
    pub(crate) fn step(&mut self, gap: i64, length: u32) -> Result<Span, String> {
        let start = i64::from(self.0).checked_add(gap);
        let start = start.and_then(|s| u32::try_from(s).ok());
        let end = start.and_then(|s| s.checked_add(length));
        let (Some(start), Some(end)) = (start, end) else {
            return Err(format!("a step of {gap} from {} leads nowhere", self.0));
        };
        self.0 = end;
        Ok(Span::new(start, end))
    }
}

impl Steps {
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_none()
    }
}

impl Serialize for Steps {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let all = || self.first.iter().chain(&self.others);
        s.collect_seq(all().flat_map(|(gap, length)| [*gap, i64::from(*length)]))
    }
}

/// Reads a row of a line, `what` it is called in messages.
macro_rules! read_row {
    ([$($life:lifetime),+] $row:ty as $owned:ty, $what:literal, $seq:ident => $read:expr) => {
        impl<$($life),+> Deserialize<'de> for $row {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Visit;
                impl<'de> Visitor<'de> for Visit {
                    type Value = $owned;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($what)
                    }
                    fn visit_seq<A: SeqAccess<'de>>(self, mut $seq: A) -> Result<$owned, A::Error> {
                        let row = $read;
                        match $seq.next_element::<serde::de::IgnoredAny>()? {
                            None => Ok(row),
                            Some(_) => Err(A::Error::custom(concat!("there is more than ", $what))),
                        }
                    }
                }
                d.deserialize_seq(Visit)
            }
        }
    };
}

/// The next member of a row, which must be there.
fn needed<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(seq: &mut A) -> Result<T, A::Error> {
    seq.next_element()?
        .ok_or_else(|| A::Error::custom("the row ends too soon"))
}

/// The next member of a row; blank where the row has ended.
fn blank<'de, A: SeqAccess<'de>, T: Deserialize<'de> + Default>(
    seq: &mut A,
) -> Result<T, A::Error> {
    Ok(seq.next_element()?.unwrap_or_default())
}

read_row! { ['de] Steps as Steps, "steps of two numbers each", seq => {
    let mut steps = Steps::default();
    while let Some(gap) = seq.next_element()? {
        let step = (gap, needed(&mut seq)?);
        match steps.first {
            None => steps.first = Some(step),
            Some(_) => steps.others.push(step),
        }
    }
    steps
} }

/// One part of the article's layout: `[gap, length, kind, locator]`.
#[derive(Clone, Debug)]
pub(crate) struct BlockRow<'a> {
    /// Where it starts, from the end of the block before.
    pub(crate) gap: i64,
    /// How long it is.
    pub(crate) length: u32,
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Where it came from in the source.
    pub(crate) locator: Text<'a>,
}

impl Serialize for BlockRow<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut row = s.serialize_seq(None)?;
        row.serialize_element(&self.gap)?;
        row.serialize_element(&self.length)?;
        if self.kind != BlockKind::default() || !self.locator.is_empty() {
            row.serialize_element(&Word(self.kind))?;
        }
        if !self.locator.is_empty() {
            row.serialize_element(&self.locator)?;
        }
        row.end()
    }
}

read_row! { ['de, 'a] BlockRow<'a> as BlockRow<'static>, "a block", seq => BlockRow {
    gap: needed(&mut seq)?,
    length: needed(&mut seq)?,
    kind: seq.next_element::<Word<BlockKind>>()?.map(|w| w.0).unwrap_or_default(),
    locator: blank(&mut seq)?,
} }

/// A span that says something: `[steps, kind, block]`.
#[derive(Clone, Debug)]
pub(crate) struct StatementRow {
    /// Where it stands, from the end of the statement before.
    pub(crate) at: Steps,
    /// The number of its kind.
    pub(crate) kind: usize,
    /// How many blocks after that of the statement before.
    pub(crate) block: i64,
}

impl Serialize for StatementRow {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut row = s.serialize_seq(None)?;
        row.serialize_element(&self.at)?;
        row.serialize_element(&self.kind)?;
        if self.block != 0 {
            row.serialize_element(&self.block)?;
        }
        row.end()
    }
}

read_row! { ['de] StatementRow as StatementRow, "a statement", seq => StatementRow {
    at: needed(&mut seq)?,
    kind: needed(&mut seq)?,
    block: blank(&mut seq)?,
} }

/// A place where a voice takes a stance: `[statement, kind, source, cue, content, source record, via, about]`.
#[derive(Clone, Debug)]
pub(crate) struct AttributionRow {
    /// How many statements after that of the attribution before.
    pub(crate) statement: i64,
    /// The number of its kind.
    pub(crate) kind: usize,
    /// The words that name the source, from the start of the statement.
    pub(crate) source: Steps,
    /// The words that show the attribution, from where the source ends.
    pub(crate) cue: Steps,
    /// The words attributed, from where the cue ends.
    pub(crate) content: Steps,
    /// The source record.
    pub(crate) source_record: Option<u32>,
    /// How many attributions after this one the one that quotes it comes, as a rule less than none.
    pub(crate) via: Option<i64>,
    /// The words that name whom an accusation is about, from where the content ends.
    pub(crate) about: Steps,
}

impl Serialize for AttributionRow {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut row = s.serialize_seq(None)?;
        row.serialize_element(&self.statement)?;
        row.serialize_element(&self.kind)?;
        let last = [
            !self.source.is_empty(),
            !self.cue.is_empty(),
            !self.content.is_empty(),
            self.source_record.is_some(),
            self.via.is_some(),
            !self.about.is_empty(),
        ];
        let members = last.iter().rposition(|there| *there).map_or(0, |n| n + 1);
        for steps in [&self.source, &self.cue, &self.content]
            .iter()
            .take(members)
        {
            row.serialize_element(steps)?;
        }
        if members > 3 {
            row.serialize_element(&self.source_record)?;
        }
        if members > 4 {
            row.serialize_element(&self.via)?;
        }
        if members > 5 {
            row.serialize_element(&self.about)?;
        }
        row.end()
    }
}

read_row! { ['de] AttributionRow as AttributionRow, "an attribution", seq => AttributionRow {
    statement: needed(&mut seq)?,
    kind: needed(&mut seq)?,
    source: blank(&mut seq)?,
    cue: blank(&mut seq)?,
    content: blank(&mut seq)?,
    source_record: blank(&mut seq)?,
    via: blank(&mut seq)?,
    about: blank(&mut seq)?,
} }

impl JsonSchema for Steps {
    fn schema_name() -> Cow<'static, str> {
        "steps".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Spans as pairs of numbers: the gap between the end of the span before and the start, and the length, in Unicode scalar values.",
            "type": "array",
            "items": { "type": "integer" },
        })
    }
}

/// The schema of a row: `members` in their order, of which the first `needed` are always there.
fn row(description: &str, needed: usize, members: &[Schema]) -> Schema {
    json_schema!({
        "description": description,
        "type": "array",
        "prefixItems": members,
        "minItems": needed,
        "maxItems": members.len(),
    })
}

/// The schema of a number in a row.
fn number(description: &str) -> Schema {
    json_schema!({ "description": description, "type": "integer" })
}

/// The schema of a number from 0 in a row, or of null.
fn or_null(description: &str, least: Option<u32>) -> Schema {
    let mut schema = json_schema!({ "description": description, "type": ["integer", "null"] });
    if let Some(least) = least {
        schema.insert("minimum".into(), least.into());
    }
    schema
}

/// The schema of steps in a row.
fn steps(generator: &mut SchemaGenerator, description: &str) -> Schema {
    let mut schema = generator.subschema_for::<Steps>();
    schema.insert("description".into(), description.into());
    schema
}

impl JsonSchema for BlockRow<'_> {
    fn schema_name() -> Cow<'static, str> {
        "block_row".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let members = [
            number("The gap after the block before."),
            json_schema!({ "description": "The length.", "type": "integer", "minimum": 0 }),
            generator.subschema_for::<Word<BlockKind>>(),
            json_schema!({ "description": "Where it came from in the source.", "type": "string" }),
        ];
        row("One part of the article's layout.", 2, &members)
    }
}

impl JsonSchema for StatementRow {
    fn schema_name() -> Cow<'static, str> {
        "statement_row".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let members = [
            steps(
                generator,
                "Where it stands, from the end of the statement before.",
            ),
            json_schema!({ "description": "Its kind, from 0 in the order of the lines `statement_kind`.", "type": "integer", "minimum": 0 }),
            number("How many blocks after that of the statement before; none where left out."),
        ];
        row("A span that says something.", 2, &members)
    }
}

impl JsonSchema for AttributionRow {
    fn schema_name() -> Cow<'static, str> {
        "attribution_row".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let members = [
            number("How many statements after that of the attribution before."),
            json_schema!({ "description": "Its kind, from 0 in the order of the lines `attribution_kind`.", "type": "integer", "minimum": 0 }),
            steps(
                generator,
                "The words that name the source, from the start of the statement.",
            ),
            steps(
                generator,
                "The words that show the attribution, from where the source ends.",
            ),
            steps(generator, "The words attributed, from where the cue ends."),
            or_null("The source record.", Some(0)),
            or_null(
                "How many attributions after this one comes the one that quotes it.",
                None,
            ),
            steps(
                generator,
                "The words that name whom an accusation is about, from where the content ends.",
            ),
        ];
        row("A place where a voice takes a stance.", 2, &members)
    }
}
