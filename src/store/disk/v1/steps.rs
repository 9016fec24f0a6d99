//! Version 1: how steps are written, one line of the journal each.
//!
//! A line begins with `v`, `seq`, `id` and `parents`, in this order and without spaces, so that its place in the chain is
//! known without reading its edits. Lines from before there was a chain lack `v` and `parents`. The order of the other
//! members is part of the format, too.
//!
//! Reading turns each edit into the model before it reads the next: a journal is long, and lists of forms take their time.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::edits::EditForm;
use super::form::{Form, Plain};
use super::values::*;
use crate::core::edit::Edit;
use crate::core::history::{Step, StepKind};
use crate::core::ids::StepId;
use crate::store::chain::{LineHash, Parents};
use crate::store::disk::known::Known;

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
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "step", deny_unknown_fields)]
pub(crate) struct StepForm<'a> {
    /// The version of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    v: Option<One>,
    /// 1 for the first; without gaps.
    seq: u64,
    /// UUIDv7.
    id: Id<StepId>,
    /// The hash of the line before it, and of a join after that the hash of the last line of the other copy. Empty in the
    /// first line; missing in lines from before there was a chain.
    #[serde(skip_serializing_if = "Option::is_none")]
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
}

/// Reads the step in `line`, with or without its sum, where `known` is what the lines before it told; it learns what this
/// one tells.
///
/// # Errors
/// When the line is not written as a step is, one that is no join names the line of another copy, or an edit means nothing.
pub(crate) fn read(line: &[u8], known: &mut Known) -> serde_json::Result<Step> {
    let mut json = serde_json::Deserializer::from_slice(line);
    let step = json.deserialize_map(StepVisitor(known))?;
    json.end()?;
    Ok(step)
}

/// The members of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Member {
    V,
    Seq,
    Id,
    Parents,
    At,
    By,
    Kind,
    Of,
    Edits,
    Crc,
}

struct StepVisitor<'k>(&'k mut Known);

impl<'de> Visitor<'de> for StepVisitor<'_> {
    type Value = Step;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a step")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Step, A::Error> {
        let mut line = InOrder { map, next: None };
        line.go_on()?;
        line.may_have::<One>(Member::V)?;
        let seq = line.has("seq", Member::Seq)?;
        let id = line.has::<Id<StepId>>("id", Member::Id)?;
        let parents = line.may_have::<ParentsForm>(Member::Parents)?;
        let at = line.has::<When>("at", Member::At)?;
        let by = line.has::<CheckerRef<'_>>("by", Member::By)?;
        let kind = line.has::<KindForm>("kind", Member::Kind)?.into_value();
        let of = line.may_have::<Option<Id<StepId>>>(Member::Of)?;
        let edits = line.reads(Member::Edits, EditsVisitor(self.0))?;
        line.may_have::<IgnoredAny>(Member::Crc)?;
        line.ends()?;
        if parents.is_some_and(|p| p.0.other.is_some()) && kind != StepKind::Join {
            let why = "it names the line of another copy, and is no join";
            return Err(A::Error::custom(why));
        }
        Ok(Step {
            seq,
            id: id.into_value(),
            at: at.into_value(),
            by: by.into_value(),
            kind,
            of: of.flatten().map(Id::into_value),
            edits: edits.ok_or_else(|| A::Error::missing_field("edits"))?,
        })
    }
}

/// An object whose members come in one order.
struct InOrder<A> {
    map: A,
    /// The member whose value is read next; none at the end.
    next: Option<Member>,
}

impl<'de, A: MapAccess<'de>> InOrder<A> {
    fn go_on(&mut self) -> Result<(), A::Error> {
        self.next = self.map.next_key()?;
        Ok(())
    }

    /// Reads `member` with `seed`, if it comes next.
    fn reads<S: DeserializeSeed<'de>>(
        &mut self,
        member: Member,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        if self.next != Some(member) {
            return Ok(None);
        }
        let value = self.map.next_value_seed(seed)?;
        self.go_on()?;
        Ok(Some(value))
    }

    /// Reads `member`, if it comes next.
    fn may_have<T: Deserialize<'de>>(&mut self, member: Member) -> Result<Option<T>, A::Error> {
        self.reads(member, PhantomData)
    }

    /// Reads `member`, which is called `name` and must come next.
    fn has<T: Deserialize<'de>>(
        &mut self,
        name: &'static str,
        member: Member,
    ) -> Result<T, A::Error> {
        let value = self.may_have(member)?;
        value.ok_or_else(|| A::Error::missing_field(name))
    }

    fn ends(&self) -> Result<(), A::Error> {
        match self.next {
            None => Ok(()),
            Some(member) => Err(A::Error::custom(format!(
                "{member:?} is not where it should be"
            ))),
        }
    }
}

/// Reads the edits of a line.
struct EditsVisitor<'k>(&'k mut Known);

impl<'de> DeserializeSeed<'de> for EditsVisitor<'_> {
    type Value = Vec<Edit>;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Vec<Edit>, D::Error> {
        d.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for EditsVisitor<'_> {
    type Value = Vec<Edit>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of edits")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Edit>, A::Error> {
        let mut edits = Vec::new();
        while let Some(form) = list.next_element::<EditForm<'_>>()? {
            form.into_edits(self.0, &mut edits)
                .map_err(A::Error::custom)?;
        }
        // It is kept as long as the session is open.
        edits.shrink_to_fit();
        Ok(edits)
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
        d.deserialize_str(HashVisitor)
    }
}

struct HashVisitor;

impl Visitor<'_> for HashVisitor {
    type Value = HashForm;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a hash of a line")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<HashForm, E> {
        let hash = LineHash::parse(text.as_bytes()).map(HashForm);
        hash.ok_or_else(|| E::custom(format!("{text:?} is no hash of a line")))
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
