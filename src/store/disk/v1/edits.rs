//! Version 1: how edits are written.
//!
//! An edit is one object whose first member names what it is about:
//!
//! ```text
//! {"claim":"<id>","field":"verification_status","from":"unchecked","to":"accurate"}   a field changed
//! {"claim":"<id>","field":"tags","add":["…"]}                                        members added to a set
//! {"claim":"<id>","field":"tags","drop":["…"]}                                       members dropped from a set
//! {"claim":"<id>","from":null,"to":{…}}                                              made
//! {"claim":"<id>","from":{…},"to":null}                                              removed
//! {"article":true,"field":"title","from":"","to":"…"}                                the article
//! {"session":{…}}  {"checker":{…}}                                                   never undone
//! ```
//!
//! The order of the members is part of the format (what, `field`, `from`, `to`, or `add` or `drop`), so that an edit is read in one pass
//! into the type of its field.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::records::*;
use super::values::*;
use super::words::Written;
use crate::core::edit::{Birth, Change, Edit, Members};
use crate::core::ids::{ConflictId, SessionId, StepId};
use crate::core::join::Field;
use crate::core::model::{Conflict, ConflictField, ConflictKey};

object_form! {
    /// The birth of a session.
    #[schemars(rename = "birth")]
    BirthForm['a] of Birth {
        /// The session's id.
        id: Id<SessionId>,
        /// The name it was made with.
        name: Text<'a>,
        /// When.
        created_at: When,
    }
}

/// One edit.
#[derive(Clone, Debug)]
pub(crate) struct EditForm<'a>(Cow<'a, Edit>);

impl<'a> Form<'a> for EditForm<'a> {
    type Model = Edit;
    fn of(model: &'a Edit) -> Self {
        Self(Cow::Borrowed(model))
    }
    fn into_model(self) -> Edit {
        self.0.into_owned()
    }
}

impl Serialize for EditForm<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        match &*self.0 {
            Edit::Session(b) => map.serialize_entry("session", &BirthForm::of(b))?,
            Edit::Checker(c) => map.serialize_entry("checker", &CheckerForm::of(c))?,
            Edit::Article(from, to) => {
                map.serialize_entry(ArticleForm::KIND, &True)?;
                write_set::<ArticleForm<'_>, _>(&mut map, from, to)?;
            }
            Edit::Statement(id, c) => write::<StatementForm<'_>, _>(&mut map, id, c)?,
            Edit::Claim(id, c) => write::<ClaimForm<'_>, _>(&mut map, id, c)?,
            Edit::Attribution(id, c) => write::<AttributionForm<'_>, _>(&mut map, id, c)?,
            Edit::Source(id, c) => write::<SourceForm<'_>, _>(&mut map, id, c)?,
            Edit::Evidence(id, c) => write::<EvidenceForm<'_>, _>(&mut map, id, c)?,
            Edit::Held(id, c) => write::<HeldForm<'_>, _>(&mut map, id, c)?,
            Edit::Forward(id, c) => write::<ForwardForm<'_>, _>(&mut map, id, c)?,
            Edit::Conflict(id, c) => write::<ConflictForm<'_>, _>(&mut map, id, c)?,
        }
        map.end()
    }
}

record_form! {
    /// What two people's steps say differently.
    ConflictForm<'a> of Conflict "conflict", key ConflictKey, field ConflictField, id Id<ConflictId> {
        /// The edit that did not fit, as it was made.
        theirs Theirs: BoxedEditForm<'a>,
        /// The step that it is of.
        step Step: Id<StepId>,
        /// Who made it, and when.
        made Made: StampForm<'a>,
    }
}

/// An edit within a record.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct BoxedEditForm<'a>(EditForm<'a>);

impl<'a> Form<'a> for BoxedEditForm<'a> {
    type Model = Box<Edit>;
    fn of(model: &'a Box<Edit>) -> Self {
        Self(EditForm::of(model))
    }
    fn into_model(self) -> Box<Edit> {
        Box::new(self.0.into_model())
    }
}

fn write<'a, R: Record<'a>, M: SerializeMap>(
    map: &mut M,
    id: &'a <R::Id as Form<'a>>::Model,
    change: &'a Change<R::Model, R::Field>,
) -> Result<(), M::Error> {
    map.serialize_entry(R::KIND, &R::Id::of(id))?;
    match change {
        Change::Create(r) => {
            map.serialize_entry("from", &())?;
            map.serialize_entry("to", &R::of(r))
        }
        Change::Remove(r) => {
            map.serialize_entry("from", &R::of(r))?;
            map.serialize_entry("to", &())
        }
        Change::Set(from, to) => write_set::<R, M>(map, from, to),
        Change::Add(members) => write_members::<R, M>(map, "add", members.field()),
        Change::Drop(members) => write_members::<R, M>(map, "drop", members.field()),
    }
}

fn write_set<'a, R: Record<'a>, M: SerializeMap>(
    map: &mut M,
    from: &'a R::Field,
    to: &'a R::Field,
) -> Result<(), M::Error> {
    map.serialize_entry("field", R::word(to))?;
    R::write(map, "from", from)?;
    R::write(map, "to", to)
}

fn write_members<'a, R: Record<'a>, M: SerializeMap>(
    map: &mut M,
    how: &str,
    members: &'a R::Field,
) -> Result<(), M::Error> {
    map.serialize_entry("field", R::word(members))?;
    R::write(map, how, members)
}

impl<'de> Deserialize<'de> for EditForm<'_> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_map(EditVisitor).map(|e| Self(Cow::Owned(e)))
    }
}

/// The members of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Member {
    Session,
    Checker,
    Article,
    Statement,
    Claim,
    Attribution,
    Source,
    Evidence,
    Held,
    Forward,
    Conflict,
    Field,
    From,
    To,
    Add,
    Drop,
}

struct EditVisitor;

impl<'de> Visitor<'de> for EditVisitor {
    type Value = Edit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an edit")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Edit, A::Error> {
        let Some(kind) = map.next_key::<Member>()? else {
            return Err(A::Error::custom("an edit without members"));
        };
        let edit = match kind {
            Member::Session => Edit::Session(map.next_value::<BirthForm<'static>>()?.into_model()),
            Member::Checker => {
                Edit::Checker(map.next_value::<CheckerForm<'static>>()?.into_model())
            }
            Member::Article => match read::<ArticleForm<'static>, A>(&mut map)?.1 {
                Change::Set(from, to) => Edit::Article(from, to),
                _ => return Err(A::Error::custom("the article is never made or removed")),
            },
            Member::Statement => {
                let (id, change) = read::<StatementForm<'static>, A>(&mut map)?;
                Edit::Statement(id, change)
            }
            Member::Claim => {
                let (id, change) = read::<ClaimForm<'static>, A>(&mut map)?;
                Edit::Claim(id, change)
            }
            Member::Attribution => {
                let (id, change) = read::<AttributionForm<'static>, A>(&mut map)?;
                Edit::Attribution(id, change)
            }
            Member::Source => {
                let (id, change) = read::<SourceForm<'static>, A>(&mut map)?;
                Edit::Source(id, change)
            }
            Member::Evidence => {
                let (id, change) = read::<EvidenceForm<'static>, A>(&mut map)?;
                Edit::Evidence(id, change)
            }
            Member::Held => {
                let (id, change) = read::<HeldForm<'static>, A>(&mut map)?;
                Edit::Held(id, change)
            }
            Member::Forward => {
                let (id, change) = read::<ForwardForm<'static>, A>(&mut map)?;
                Edit::Forward(id, change)
            }
            Member::Conflict => {
                let (id, change) = read::<ConflictForm<'static>, A>(&mut map)?;
                Edit::Conflict(id, change)
            }
            Member::Field | Member::From | Member::To | Member::Add | Member::Drop => {
                return Err(A::Error::custom("an edit must begin with what it is about"));
            }
        };
        match map.next_key::<Member>()? {
            None => Ok(edit),
            Some(_) => Err(A::Error::custom("an edit with a member too many")),
        }
    }
}

type Read<R> = (
    <<R as Record<'static>>::Id as Form<'static>>::Model,
    Change<<R as Form<'static>>::Model, <R as Record<'static>>::Field>,
);

/// Reads the rest of an edit whose first name has been read.
fn read<'de, R, A>(map: &mut A) -> Result<Read<R>, A::Error>
where
    R: Record<'static>,
    R::Field: Field,
    A: MapAccess<'de>,
{
    let id = map.next_value::<R::Id>()?.into_model();
    let change = match map.next_key::<Member>()? {
        Some(Member::Field) => {
            let word = map.next_value::<Cow<'de, str>>()?;
            let key = R::key(&word)
                .ok_or_else(|| A::Error::custom(format!("a {} has no field {word:?}", R::KIND)))?;
            let how = map.next_key::<Member>()?;
            let value = R::read(map, key)?;
            let members = |value| {
                let none = || A::Error::custom(format!("{word} holds no members"));
                Members::of(value).ok_or_else(none)
            };
            match how {
                Some(Member::From) => {
                    expect(map, Member::To)?;
                    Change::Set(value, R::read(map, key)?)
                }
                Some(Member::Add) => Change::Add(members(value)?),
                Some(Member::Drop) => Change::Drop(members(value)?),
                _ => return Err(A::Error::custom("expected `from`, `add` or `drop`")),
            }
        }
        Some(Member::From) => {
            let from = map.next_value::<Option<R>>()?;
            expect(map, Member::To)?;
            match (from, map.next_value::<Option<R>>()?) {
                (None, Some(to)) => Change::Create(Box::new(to.into_model())),
                (Some(from), None) => Change::Remove(Box::new(from.into_model())),
                _ => {
                    return Err(A::Error::custom(
                        "exactly one of `from` and `to` must be null",
                    ));
                }
            }
        }
        _ => return Err(A::Error::custom("expected `field` or `from`")),
    };
    Ok((id, change))
}

fn expect<'de, A: MapAccess<'de>>(map: &mut A, member: Member) -> Result<(), A::Error> {
    match map.next_key::<Member>()? {
        Some(m) if m == member => Ok(()),
        _ => Err(A::Error::custom(format!(
            "expected {member:?} next in an edit"
        ))),
    }
}

impl JsonSchema for EditForm<'_> {
    fn schema_name() -> Cow<'static, str> {
        "edit".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let birth = generator.subschema_for::<BirthForm<'_>>();
        let checker = generator.subschema_for::<CheckerForm<'_>>();
        let mut any = vec![single("session", &birth), single("checker", &checker)];
        sets::<ArticleForm<'static>>(generator, &mut any);
        schemas::<StatementForm<'static>>(generator, &mut any);
        schemas::<ClaimForm<'static>>(generator, &mut any);
        schemas::<AttributionForm<'static>>(generator, &mut any);
        schemas::<SourceForm<'static>>(generator, &mut any);
        schemas::<EvidenceForm<'static>>(generator, &mut any);
        schemas::<HeldForm<'static>>(generator, &mut any);
        schemas::<ForwardForm<'static>>(generator, &mut any);
        schemas::<ConflictForm<'static>>(generator, &mut any);
        json_schema!({
            "description": "One change of a session, with the value before and after.",
            "oneOf": any,
        })
    }
}

fn single(name: &str, of: &Schema) -> Schema {
    json_schema!({
        "type": "object", "properties": { name: of }, "required": [name], "additionalProperties": false,
    })
}

fn schemas<R: Record<'static>>(generator: &mut SchemaGenerator, any: &mut Vec<Schema>) {
    let id = generator.subschema_for::<R::Id>();
    let record = generator.subschema_for::<R>();
    let null = json_schema!({ "type": "null" });
    for (from, to) in [(&null, &record), (&record, &null)] {
        any.push(json_schema!({
            "type": "object",
            "properties": { R::KIND: id, "from": from, "to": to },
            "required": [R::KIND, "from", "to"],
            "additionalProperties": false,
        }));
    }
    sets::<R>(generator, any);
}

fn sets<R: Record<'static>>(generator: &mut SchemaGenerator, any: &mut Vec<Schema>) {
    let id = generator.subschema_for::<R::Id>();
    for (field, value, is_set) in R::fields(generator) {
        any.push(json_schema!({
            "type": "object",
            "properties": { R::KIND: id, "field": { "const": field }, "from": value, "to": value },
            "required": [R::KIND, "field", "from", "to"],
            "additionalProperties": false,
        }));
        for how in ["add", "drop"].into_iter().filter(|_| is_set) {
            any.push(json_schema!({
                "type": "object",
                "properties": { R::KIND: id, "field": { "const": field }, how: value },
                "required": [R::KIND, "field", how],
                "additionalProperties": false,
            }));
        }
    }
}
