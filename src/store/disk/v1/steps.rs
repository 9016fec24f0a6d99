//! Version 1: how steps are written, one line of the journal each.
//!
//! A line begins with `v`, `seq`, `id` and `parents`, in this order and without spaces, so that its place in the chain is
//! known without reading its edits. Lines from before there was a chain lack `v` and `parents`.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::edits::EditForm;
use super::form::{Form, Plain};
use super::values::*;
use crate::core::history::{Step, StepKind};
use crate::core::ids::StepId;
use crate::store::chain::{LineHash, Parents};
use crate::store::disk::known::{Known, Unresolved};

/// What a step is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "step_kind")]
pub(crate) enum KindForm {
    /// Something new.
    Do,
    /// Takes the step `of` back.
    Undo,
    /// Makes the step `of` again.
    Redo,
    /// Brings in what another copy of the session holds.
    Join,
    /// Leads to the best state there was of a damaged session.
    Repair,
}

impl<'a> Plain<'a> for KindForm {
    type Value = StepKind;
    fn from_value(value: &'a StepKind) -> Self {
        match value {
            StepKind::Do => Self::Do,
            StepKind::Undo => Self::Undo,
            StepKind::Redo => Self::Redo,
            StepKind::Join => Self::Join,
            StepKind::Repair => Self::Repair,
        }
    }
    fn into_value(self) -> StepKind {
        match self {
            Self::Do => StepKind::Do,
            Self::Undo => StepKind::Undo,
            Self::Redo => StepKind::Redo,
            Self::Join => StepKind::Join,
            Self::Repair => StepKind::Repair,
        }
    }
}

/// One step: one line of the journal, to which the line's sum is added.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "step")]
pub(crate) struct StepForm<'a> {
    /// The version of the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    v: Option<One>,
    /// 1 for the first; without gaps.
    seq: u64,
    /// UUIDv7.
    id: Id<StepId>,
    /// The hash of the line before it, and of a join after that the hash of the last line of the other copy. Empty in the
    /// first line; missing in lines from before there was a chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parents: Option<ParentsForm>,
    /// When.
    at: When,
    /// Who.
    by: CheckerRef<'a>,
    /// New, undo, redo, join or repair.
    kind: KindForm,
    /// The `do` step that an undo or a redo is about.
    of: Option<Id<StepId>>,
    /// The edits in the order to apply them.
    edits: Vec<EditForm<'a>>,
}

impl<'a> StepForm<'a> {
    /// The line of `step`, which goes on from `parents`, as number `seq`.
    pub(crate) fn of(step: &'a Step, seq: u64, parents: Parents) -> Self {
        Self {
            v: Some(One),
            seq,
            id: Id::of(&step.id),
            parents: Some(ParentsForm(parents)),
            at: When::of(&step.at),
            by: CheckerRef::of(&step.by),
            kind: KindForm::of(&step.kind),
            of: Option::of(&step.of),
            edits: step.edits.iter().map(EditForm::of).collect(),
        }
    }

    /// The step in a line, where `known` is what the lines before it told; it learns what this one tells.
    ///
    /// # Errors
    /// When a line that is no join names the line of another copy, or an edit means nothing.
    pub(crate) fn into_step(self, known: &mut Known) -> Result<Step, Unresolved> {
        let other = self.parents.and_then(|p| p.0.other);
        let kind = self.kind.into_value();
        if other.is_some() && kind != StepKind::Join {
            return Err("it names the line of another copy, and is no join".into());
        }
        let mut edits = Vec::with_capacity(self.edits.len());
        for form in self.edits {
            form.into_edits(known, &mut edits)?;
        }
        Ok(Step {
            seq: self.seq,
            id: self.id.into_value(),
            at: self.at.into_value(),
            by: self.by.into_value(),
            kind,
            of: self.of.map(Id::into_value),
            edits,
        })
    }
}

/// The number 1: the version of these lines.
#[derive(Clone, Copy, Debug)]
struct One;

impl Serialize for One {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_u32(1)
    }
}

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        match u32::deserialize(d)? {
            1 => Ok(Self),
            n => Err(D::Error::custom(format!("a line of version {n}"))),
        }
    }
}

impl JsonSchema for One {
    fn schema_name() -> Cow<'static, str> {
        "line_version".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "const": 1 })
    }
}

/// The hash of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HashForm(LineHash);

impl<'a> Plain<'a> for HashForm {
    type Value = LineHash;
    fn from_value(value: &'a LineHash) -> Self {
        Self(*value)
    }
    fn into_value(self) -> LineHash {
        self.0
    }
}

impl Serialize for HashForm {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.0.digits().as_str())
    }
}

impl<'de> Deserialize<'de> for HashForm {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(d)?;
        let hash = LineHash::parse(text.as_bytes());
        hash.map(Self)
            .ok_or_else(|| D::Error::custom(format!("{text:?} is no hash of a line")))
    }
}

impl JsonSchema for HashForm {
    fn schema_name() -> Cow<'static, str> {
        "line_hash".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "SHA-256 of a line of the journal without its sum, 64 lower-case hex digits.",
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
        })
    }
}

/// A list of none, one or two hashes.
#[derive(Clone, Copy, Debug)]
struct ParentsForm(Parents);

impl Serialize for ParentsForm {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let all = [self.0.before, self.0.other];
        s.collect_seq(all.into_iter().flatten().map(HashForm))
    }
}

impl<'de> Deserialize<'de> for ParentsForm {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_seq(ParentsVisitor)
    }
}

struct ParentsVisitor;

impl<'de> Visitor<'de> for ParentsVisitor {
    type Value = ParentsForm;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of at most two hashes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<ParentsForm, A::Error> {
        let mut next = || list.next_element().map(|h| h.map(HashForm::into_value));
        let (before, other) = (next()?, next()?);
        match next()? {
            None => Ok(ParentsForm(Parents { before, other })),
            Some(_) => Err(A::Error::custom("more than two parents")),
        }
    }
}

impl JsonSchema for ParentsForm {
    fn schema_name() -> Cow<'static, str> {
        "parents".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let hash = generator.subschema_for::<HashForm>();
        json_schema!({ "type": "array", "items": hash, "maxItems": 2 })
    }
}

/// The beginning of a line: what places it in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Beginning<'a> {
    /// The number of its step.
    pub seq: u64,
    /// The step's id, as it is written.
    pub id: &'a [u8],
    /// The lines that it names; none in a line from before there was a chain.
    pub parents: Option<Parents>,
    /// What the step is: everything after that.
    pub step: &'a [u8],
}

/// Reads the beginning of the line `line`; none where it is not written as one.
pub(crate) fn beginning(line: &[u8]) -> Option<Beginning<'_>> {
    let (seq, rest) = seq_and_rest(line)?;
    let (id, rest) = quoted(rest.strip_prefix(b",\"id\":")?)?;
    let Some(mut list) = rest.strip_prefix(b",\"parents\":[") else {
        return Some(Beginning {
            seq,
            id,
            parents: None,
            step: rest,
        });
    };
    let mut all = [None, None];
    for (n, parent) in all.iter_mut().enumerate() {
        if list.starts_with(b"]") {
            break;
        }
        if n > 0 {
            list = list.strip_prefix(b",")?;
        }
        let (hash, rest) = quoted(list)?;
        *parent = Some(LineHash::parse(hash)?);
        list = rest;
    }
    let [before, other] = all;
    Some(Beginning {
        seq,
        id,
        parents: Some(Parents { before, other }),
        step: list.strip_prefix(b"]")?,
    })
}

/// The number of the step that `line` holds.
pub(crate) fn seq(line: &[u8]) -> Option<u64> {
    seq_and_rest(line).map(|(seq, _)| seq)
}

fn seq_and_rest(line: &[u8]) -> Option<(u64, &[u8])> {
    let rest = line.strip_prefix(b"{")?;
    let rest = rest.strip_prefix(b"\"v\":1,").unwrap_or(rest);
    let rest = rest.strip_prefix(b"\"seq\":")?;
    let (digits, rest) = rest.split_at_checked(rest.iter().position(|b| *b == b',')?)?;
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// The string without escapes that `text` begins with, and what comes after it.
fn quoted(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = text.strip_prefix(b"\"")?;
    let end = memchr::memchr(b'"', text)?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}
