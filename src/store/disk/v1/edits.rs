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
//!
//! The forms are plain data. What they mean is told by [`EditForm::into_edits`], in the light of what was read before.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::article::*;
use super::claims::{ClaimFieldForm, ClaimForm, places_changed};
use super::form::Form;
use super::records::*;
use super::values::*;
use super::words::Written;
use crate::core::edit::{Birth, Change, Edit, Members};
use crate::core::ids::{ConflictId, SessionId, StepId};
use crate::core::join;
use crate::core::model::{ArticleField, Conflict, ConflictField, ConflictKey, VersionKey};
use crate::store::disk::known::{Known, Unresolved};

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

/// The change of one record: a record, one of its fields twice, or a field with members.
#[derive(Clone, Debug)]
pub(crate) enum RecordEdit<R, F> {
    /// The record was made.
    Create(Box<R>),
    /// It was removed.
    Remove(Box<R>),
    /// A field held the first value and holds the second.
    Set(F, F),
    /// The members were added to a field.
    Add(F),
    /// The members were dropped from a field.
    Drop(F),
}

/// What an edit does to a record of the form `R`.
type ChangeOf<'a, R> = RecordEdit<R, <R as Record<'a>>::Field>;

/// The change in the model that a form stands for.
type Changed<'a, R> = Change<<R as Form<'a>>::Model, <<R as Record<'a>>::Field as Form<'a>>::Model>;

/// Declares the edits of records, one kind a line.
macro_rules! edit_forms {
    ($($kind:ident $form:ident,)+) => {
        /// One edit.
        #[derive(Clone, Debug)]
        pub(crate) enum EditForm<'a> {
            /// The session comes into being.
            Session(BirthForm<'a>),
            /// A checker joins.
            Checker(CheckerForm<'a>),
            /// A field of the article held the first value and holds the second.
            Article(ArticleFieldForm<'a>, ArticleFieldForm<'a>),
            $(
                #[doc = concat!("The change of a ", stringify!($kind), ".")]
                $kind(<$form<'a> as Record<'a>>::Id, ChangeOf<'a, $form<'a>>),
            )+
        }

        impl<'a> EditForm<'a> {
            /// The form of `edit`.
            pub(crate) fn of(edit: &'a Edit) -> Self {
                match edit {
                    Edit::Session(birth) => Self::Session(Form::of(birth)),
                    Edit::Checker(checker) => Self::Checker(Form::of(checker)),
                    Edit::Article(from, to) => Self::Article(Form::of(from), Form::of(to)),
                    $(Edit::$kind(id, change) => Self::$kind(Form::of(id), form_of::<$form<'a>>(change)),)+
                }
            }

            /// Adds to `edits` what the form means where `known` is what was read before: one edit, or those that stand for
            /// one today. `known` learns what it tells.
            ///
            /// # Errors
            /// When it means nothing: it names what is not known, or changes what cannot be changed so.
            pub(crate) fn into_edits(self, known: &mut Known, edits: &mut Vec<Edit>) -> Result<(), Unresolved> {
                edits.push(match self {
                    // From before the home was a field.
                    Self::Claim(id, RecordEdit::Set(ClaimFieldForm::Statements(from), ClaimFieldForm::Statements(to))) => {
                        return places_changed(id.0, from, to, known, edits);
                    }
                    Self::Article(ArticleFieldForm::Versions(from), ArticleFieldForm::Versions(to)) => {
                        return relisted(from, to, known, edits);
                    }
                    Self::Session(birth) => Edit::Session(birth.into_model(known)?),
                    Self::Checker(checker) => Edit::Checker(checker.into_model(known)?),
                    Self::Article(from, to) => Edit::Article(from.into_model(known)?, to.into_model(known)?),
                    $(Self::$kind(id, change) => {
                        Edit::$kind(id.into_model(known)?, meant::<$form<'a>>(change, known)?)
                    })+
                });
                Ok(())
            }
        }

        impl Serialize for EditForm<'_> {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                let mut map = s.serialize_map(None)?;
                match self {
                    Self::Session(birth) => map.serialize_entry("session", birth)?,
                    Self::Checker(checker) => map.serialize_entry("checker", checker)?,
                    Self::Article(from, to) => {
                        map.serialize_entry("article", &True)?;
                        write_set(&mut map, from, to)?;
                    }
                    $(Self::$kind(id, change) => write::<$form<'_>, _>(&mut map, id, change)?,)+
                }
                map.end()
            }
        }

        /// The members of an edit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Member {
            Session,
            Checker,
            Article,
            $($kind,)+
            Field,
            From,
            To,
            Add,
            Drop,
        }

        /// Reads the rest of an edit whose first member is called `kind`.
        fn read<'de, 'a, A: MapAccess<'de>>(kind: Member, map: &mut A) -> Result<EditForm<'a>, A::Error> {
            Ok(match kind {
                Member::Session => EditForm::Session(map.next_value()?),
                Member::Checker => EditForm::Checker(map.next_value()?),
                Member::Article => {
                    map.next_value::<True>()?;
                    match read_change::<ArticleForm<'a>, ArticleFieldForm<'a>, A>(map)? {
                        RecordEdit::Set(from, to) => EditForm::Article(from, to),
                        _ => return Err(A::Error::custom("the article is never made or removed")),
                    }
                }
                $(Member::$kind => {
                    let id = map.next_value()?;
                    EditForm::$kind(id, read_change::<$form<'a>, _, A>(map)?)
                })+
                Member::Field | Member::From | Member::To | Member::Add | Member::Drop => {
                    return Err(A::Error::custom("an edit must begin with what it is about"));
                }
            })
        }

        impl JsonSchema for EditForm<'_> {
            fn schema_name() -> Cow<'static, str> {
                "edit".into()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let birth = generator.subschema_for::<BirthForm<'_>>();
                let checker = generator.subschema_for::<CheckerForm<'_>>();
                let mut any = vec![single("session", &birth), single("checker", &checker)];
                let article = generator.subschema_for::<True>();
                sets::<ArticleFieldForm<'_>>(generator, "article", &article, &mut any);
                $(schemas::<$form<'_>>(generator, &mut any);)+
                json_schema!({
                    "description": "One change of a session, with the value before and after.",
                    "oneOf": any,
                })
            }
        }
    };
}

edit_forms! {
    Version VersionForm,
    Statement StatementForm,
    Claim ClaimForm,
    Attribution AttributionForm,
    Source SourceForm,
    Evidence EvidenceForm,
    Held HeldForm,
    Forward ForwardForm,
    Conflict ConflictForm,
}

record_form! {
    /// What two people's steps say differently.
    ConflictForm<'a> of Conflict "conflict", id Id<ConflictId>,
    fields ConflictFieldForm of ConflictField, key ConflictKey {
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
pub(crate) struct BoxedEditForm<'a>(Box<EditForm<'a>>);

impl<'a> Form<'a> for BoxedEditForm<'a> {
    type Model = Box<Edit>;
    fn of(model: &'a Box<Edit>) -> Self {
        Self(Box::new(EditForm::of(model)))
    }
    fn into_model(self, known: &Known) -> Result<Box<Edit>, Unresolved> {
        let mut edits = Vec::with_capacity(1);
        self.0.into_edits(&mut known.clone(), &mut edits)?;
        match (edits.pop(), edits.pop()) {
            (Some(one), None) => Ok(Box::new(one)),
            _ => Err("an edit within a record stands for several".into()),
        }
    }
}

/// Adds to `edits` what the change of the whole list of versions means, as files had it before each was a record.
fn relisted(
    from: Vec<ListedForm<'_>>,
    to: Vec<ListedForm<'_>>,
    known: &mut Known,
    edits: &mut Vec<Edit>,
) -> Result<(), Unresolved> {
    let (from, to) = (listed(from, known)?, listed(to, known)?);
    for (id, new) in &to.versions {
        match from.versions.get(id) {
            None => edits.push(Edit::Version(*id, Change::Create(Box::new(new.clone())))),
            Some(old) => {
                let keys = VersionKey::ALL.iter();
                let changes = keys.flat_map(|k| Change::between(old.get(*k), new.get(*k)));
                edits.extend(changes.map(|change| Edit::Version(*id, change)));
            }
        }
    }
    if from.last != to.last {
        let [from, to] = [from.last, to.last].map(ArticleField::Current);
        edits.push(Edit::Article(from, to));
    }
    for (id, old) in from.versions {
        if !to.versions.contains_key(&id) {
            edits.push(Edit::Version(id, Change::Remove(Box::new(old))));
        }
    }
    Ok(())
}

/// The form of the change of a record.
fn form_of<'a, R: Record<'a>>(change: &'a Changed<'a, R>) -> ChangeOf<'a, R> {
    match change {
        Change::Create(record) => RecordEdit::Create(Box::new(R::of(record))),
        Change::Remove(record) => RecordEdit::Remove(Box::new(R::of(record))),
        Change::Set(from, to) => RecordEdit::Set(Form::of(from), Form::of(to)),
        Change::Add(members) => RecordEdit::Add(Form::of(members.field())),
        Change::Drop(members) => RecordEdit::Drop(Form::of(members.field())),
    }
}

/// The change that a form means.
fn meant<'a, R: Record<'a>>(
    change: ChangeOf<'a, R>,
    known: &Known,
) -> Result<Changed<'a, R>, Unresolved>
where
    <R::Field as Form<'a>>::Model: join::Field,
{
    let members = |field: R::Field| {
        let word = field.word();
        let none = || Unresolved::from(format!("{word} holds no members"));
        Members::of(field.into_model(known)?).ok_or_else(none)
    };
    Ok(match change {
        RecordEdit::Create(record) => Change::Create(Box::new(record.into_model(known)?)),
        RecordEdit::Remove(record) => Change::Remove(Box::new(record.into_model(known)?)),
        RecordEdit::Set(from, to) => Change::Set(from.into_model(known)?, to.into_model(known)?),
        RecordEdit::Add(field) => Change::Add(members(field)?),
        RecordEdit::Drop(field) => Change::Drop(members(field)?),
    })
}

fn write<'a, R: Record<'a>, M: SerializeMap>(
    map: &mut M,
    id: &R::Id,
    change: &ChangeOf<'a, R>,
) -> Result<(), M::Error> {
    map.serialize_entry(R::KIND, id)?;
    match change {
        RecordEdit::Create(record) => {
            map.serialize_entry("from", &())?;
            map.serialize_entry("to", record)
        }
        RecordEdit::Remove(record) => {
            map.serialize_entry("from", record)?;
            map.serialize_entry("to", &())
        }
        RecordEdit::Set(from, to) => write_set(map, from, to),
        RecordEdit::Add(members) => write_members(map, "add", members),
        RecordEdit::Drop(members) => write_members(map, "drop", members),
    }
}

fn write_set<'a, F: Field<'a>, M: SerializeMap>(
    map: &mut M,
    from: &F,
    to: &F,
) -> Result<(), M::Error> {
    map.serialize_entry("field", to.word())?;
    from.write(map, "from")?;
    to.write(map, "to")
}

fn write_members<'a, F: Field<'a>, M: SerializeMap>(
    map: &mut M,
    how: &str,
    members: &F,
) -> Result<(), M::Error> {
    map.serialize_entry("field", members.word())?;
    members.write(map, how)
}

impl<'de> Deserialize<'de> for EditForm<'_> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_map(EditVisitor(PhantomData))
    }
}

struct EditVisitor<'a>(PhantomData<EditForm<'a>>);

impl<'de, 'a> Visitor<'de> for EditVisitor<'a> {
    type Value = EditForm<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an edit")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<EditForm<'a>, A::Error> {
        let Some(kind) = map.next_key::<Member>()? else {
            return Err(A::Error::custom("an edit without members"));
        };
        let edit = read(kind, &mut map)?;
        match map.next_key::<Member>()? {
            None => Ok(edit),
            Some(_) => Err(A::Error::custom("an edit with a member too many")),
        }
    }
}

/// Reads what an edit does to a record whose id has been read.
fn read_change<'de, 'a, R, F, A>(map: &mut A) -> Result<RecordEdit<R, F>, A::Error>
where
    R: Deserialize<'de>,
    F: Field<'a>,
    A: MapAccess<'de>,
{
    match map.next_key::<Member>()? {
        Some(Member::Field) => {
            let Word(key) = map.next_value::<Word<F::Key>>()?;
            let how = map.next_key::<Member>()?;
            let first = F::read(map, key)?;
            match how {
                Some(Member::From) => {
                    expect(map, Member::To)?;
                    Ok(RecordEdit::Set(first, F::read(map, key)?))
                }
                Some(Member::Add) => Ok(RecordEdit::Add(first)),
                Some(Member::Drop) => Ok(RecordEdit::Drop(first)),
                _ => Err(A::Error::custom("expected `from`, `add` or `drop`")),
            }
        }
        Some(Member::From) => {
            let from = map.next_value::<Option<Box<R>>>()?;
            expect(map, Member::To)?;
            match (from, map.next_value::<Option<Box<R>>>()?) {
                (None, Some(to)) => Ok(RecordEdit::Create(to)),
                (Some(from), None) => Ok(RecordEdit::Remove(from)),
                _ => Err(A::Error::custom(
                    "exactly one of `from` and `to` must be null",
                )),
            }
        }
        _ => Err(A::Error::custom("expected `field` or `from`")),
    }
}

fn expect<'de, A: MapAccess<'de>>(map: &mut A, member: Member) -> Result<(), A::Error> {
    match map.next_key::<Member>()? {
        Some(m) if m == member => Ok(()),
        _ => Err(A::Error::custom(format!(
            "expected {member:?} next in an edit"
        ))),
    }
}

fn single(name: &str, of: &Schema) -> Schema {
    json_schema!({
        "type": "object", "properties": { name: of }, "required": [name], "additionalProperties": false,
    })
}

fn schemas<'a, R: Record<'a>>(generator: &mut SchemaGenerator, any: &mut Vec<Schema>) {
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
    sets::<R::Field>(generator, R::KIND, &id, any);
}

fn sets<'a, F: Field<'a>>(
    generator: &mut SchemaGenerator,
    kind: &str,
    id: &Schema,
    any: &mut Vec<Schema>,
) {
    for (field, value, is_set) in F::all(generator) {
        any.push(json_schema!({
            "type": "object",
            "properties": { kind: id, "field": { "const": field }, "from": value, "to": value },
            "required": [kind, "field", "from", "to"],
            "additionalProperties": false,
        }));
        for how in ["add", "drop"].into_iter().filter(|_| is_set) {
            any.push(json_schema!({
                "type": "object",
                "properties": { kind: id, "field": { "const": field }, how: value },
                "required": [kind, "field", how],
                "additionalProperties": false,
            }));
        }
    }
}
