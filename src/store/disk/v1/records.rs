//! Version 1: how records are written. Each form is a struct of its own, so that the model may change its shape
//! without changing a file; the order of the fields is the order on disk.

use serde::de::MapAccess;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::article::{meant, named};
use super::form::{Form, SetForm};
use super::spans::SpanForm;
use super::values::*;
use super::words::Written;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::vocabulary::*;
use crate::store::disk::known::{Known, Unresolved};

/// A form that is a JSON object with the same fields as a struct of the model.
macro_rules! object_form {
    ($(#[$doc:meta])* $form:ident $([$l:lifetime])? of $model:ident { $($(#[$fdoc:meta])* $f:ident: $ty:ty,)+ }) => {
        #[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        $(#[$doc])*
        pub(crate) struct $form $(<$l>)? { $($(#[$fdoc])* pub(crate) $f: $ty,)+ }

        impl<'a> Form<'a> for $form $(<$l>)? {
            type Model = $model;
            fn of(m: &'a $model) -> Self { Self { $($f: <$ty as Form>::of(&m.$f),)+ } }
            fn into_model(self, known: &Known) -> Result<$model, Unresolved> {
                Ok($model { $($f: self.$f.into_model(known)?,)+ })
            }
        }
    };
}
pub(crate) use object_form;

/// Where words stand in the article, with enough around them to find them again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "anchor")]
pub(crate) struct AnchorForm<'a> {
    /// The number of the article version that the spans count in; a checkpoint has it for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) article_version: Option<u32>,
    /// The article version that the spans count in; an older file names its number alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) text_sha256: Option<VersionRef>,
    /// The statement that the anchor belongs to, if it belongs to one.
    pub(crate) statement_id: Option<StatementRef<'a>>,
    /// In order, disjoint.
    pub(crate) spans: Vec<SpanForm>,
    /// The words, several spans joined by ` … `.
    pub(crate) exact: Text<'a>,
    /// Up to 32 characters before the first span.
    pub(crate) prefix: Text<'a>,
    /// Up to 32 characters behind the last span.
    pub(crate) suffix: Text<'a>,
    /// Whether the words are no longer in the current version.
    pub(crate) orphaned: bool,
}

impl<'a> Form<'a> for AnchorForm<'a> {
    type Model = Anchor;
    fn of(m: &'a Anchor) -> Self {
        let (article_version, text_sha256) = named(&m.version);
        Self {
            article_version,
            text_sha256,
            statement_id: Form::of(&m.statement_id),
            spans: Form::of(&m.spans),
            exact: Form::of(&m.exact),
            prefix: Form::of(&m.prefix),
            suffix: Form::of(&m.suffix),
            orphaned: m.orphaned,
        }
    }
    fn into_model(self, known: &Known) -> Result<Anchor, Unresolved> {
        Ok(Anchor {
            version: meant(self.article_version, self.text_sha256, known)?,
            statement_id: self.statement_id.into_model(known)?,
            spans: self.spans.into_model(known)?,
            exact: self.exact.into_model(known)?,
            prefix: self.prefix.into_model(known)?,
            suffix: self.suffix.into_model(known)?,
            orphaned: self.orphaned,
        })
    }
}

object_form! {
    /// A file kept as an evidence copy, in `files/<sha256>.<ext>`.
    #[schemars(rename = "evidence_file")]
    FileForm['a] of EvidenceFile {
        /// SHA-256 of its bytes.
        sha256: Text<'a>,
        /// Its size.
        bytes: u64,
        /// Its media type.
        media_type: Text<'a>,
        /// Its name when it was taken in.
        name: Text<'a>,
    }
}

object_form! {
    /// How somebody was asked.
    #[schemars(rename = "contact")]
    ContactForm['a] of Contact {
        /// Who, by name.
        who: Text<'a>,
        /// When.
        at: Text<'a>,
        /// How: by telephone, by mail, face to face.
        how: Text<'a>,
        /// Whether they could be reached.
        reached: bool,
    }
}

object_form! {
    /// A proposed change of the text.
    #[schemars(rename = "text_change")]
    ChangeForm['a] of TextChange {
        /// What should stand instead; empty means: cut the words.
        replacement: Text<'a>,
        /// Why.
        reason: Text<'a>,
        /// Whether it must be made.
        must: bool,
        /// What became of it.
        state: Word<ChangeState>,
    }
}

object_form! {
    /// Who did something, and when.
    #[schemars(rename = "stamp")]
    StampForm['a] of Stamp {
        /// When.
        at: When,
        /// Who.
        by: CheckerRef<'a>,
    }
}

object_form! {
    /// A person who works on the session.
    #[schemars(rename = "checker")]
    CheckerForm['a] of Checker {
        /// The stable id that steps carry.
        id: CheckerRef<'a>,
        /// The name.
        name: Text<'a>,
    }
}

/// A record that edits change field by field.
pub(crate) trait Record<'a>:
    Form<'a> + Serialize + JsonSchema + for<'de> Deserialize<'de>
{
    /// What the record is called in an edit.
    const KIND: &'static str;
    /// The form of its id.
    type Id: Form<'a> + Serialize + JsonSchema + for<'de> Deserialize<'de>;
    /// One of its fields with a value.
    type Field: Field<'a>;
}

/// One field of a record with a value, or with members, as edits write it.
pub(crate) trait Field<'a>: Form<'a> {
    /// The name of a field.
    type Key: Written;
    /// The name of the field.
    fn word(&self) -> &'static str;
    /// Writes the value as the member `name`.
    fn write<M: SerializeMap>(&self, map: &mut M, name: &str) -> Result<(), M::Error>;
    /// Reads the next value as one of the field `key`.
    fn read<'de, A: MapAccess<'de>>(map: &mut A, key: Self::Key) -> Result<Self, A::Error>;
    /// Every field's name with the schema of its values, and whether it changes by members.
    fn all(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema, bool)>;
}

/// Declares the form of a record's fields in edits.
macro_rules! field_form {
    ($(#[$doc:meta])* $fields:ident<$l:lifetime> of $field:ident, key $key:ident {
        $($(#[$fdoc:meta])* $variant:ident: $ty:ty,)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) enum $fields<$l> { $($(#[$fdoc])* $variant($ty),)+ }

        impl<$l> Form<$l> for $fields<$l> {
            type Model = $field;
            fn of(m: &$l $field) -> Self {
                match m { $($field::$variant(v) => Self::$variant(Form::of(v)),)+ }
            }
            fn into_model(self, known: &Known) -> Result<$field, Unresolved> {
                Ok(match self { $(Self::$variant(v) => $field::$variant(v.into_model(known)?),)+ })
            }
        }

        impl<$l> Field<$l> for $fields<$l> {
            type Key = $key;
            fn word(&self) -> &'static str {
                match self { $(Self::$variant(_) => $key::$variant.written(),)+ }
            }
            fn write<M: SerializeMap>(&self, map: &mut M, name: &str) -> Result<(), M::Error> {
                match self { $(Self::$variant(v) => map.serialize_entry(name, v),)+ }
            }
            fn read<'de, A: MapAccess<'de>>(map: &mut A, key: $key) -> Result<Self, A::Error> {
                Ok(match key { $($key::$variant => Self::$variant(map.next_value()?),)+ })
            }
            fn all(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema, bool)> {
                vec![$(($key::$variant.written(), generator.subschema_for::<$ty>(), <$ty as Form>::IS_SET),)+]
            }
        }
    };
}

/// Declares a record: an object with an id whose fields edits change one by one.
macro_rules! record_form {
    ($(#[$doc:meta])* $form:ident<$l:lifetime> of $model:ident $kind:literal, id $id:ty,
     fields $fields:ident of $field:ident, key $key:ident {
        $($(#[$fdoc:meta])* $f:ident $variant:ident: $ty:ty,)+
    }) => {
        #[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        $(#[$doc])*
        #[schemars(rename = $kind)]
        pub(crate) struct $form<$l> {
            /// Its id.
            pub(crate) id: $id,
            $($(#[$fdoc])* pub(crate) $f: $ty,)+
        }

        impl<$l> Form<$l> for $form<$l> {
            type Model = $model;
            fn of(m: &$l $model) -> Self {
                Self { id: Form::of(&m.id), $($f: Form::of(&m.$f),)+ }
            }
            fn into_model(self, known: &Known) -> Result<$model, Unresolved> {
                Ok($model { id: self.id.into_model(known)?, $($f: self.$f.into_model(known)?,)+ })
            }
        }

        impl<$l> Record<$l> for $form<$l> {
            const KIND: &'static str = $kind;
            type Id = $id;
            type Field = $fields<$l>;
        }

        field_form! {
            #[doc = concat!("One field of a ", $kind, ".")]
            $fields<$l> of $field, key $key { $($variant: $ty,)+ }
        }
    };
}

pub(crate) use {field_form, record_form};

record_form! {
    /// A decided or marked statement.
    StatementForm<'a> of Statement "statement", id StatementRef<'a>,
    fields StatementFieldForm of StatementField, key StatementKey {
        /// Where it stands.
        anchor Anchor: AnchorForm<'a>,
        /// The kind of block it stands in.
        block Block: Word<BlockKind>,
        /// What the checker decided.
        decision Decision: Word<Decision>,
        /// Why it was dismissed.
        reason Reason: Text<'a>,
        /// Proposed by the reader, or marked by a checker.
        origin Origin: Word<Origin>,
        /// Why the reader proposed it.
        why Why: Text<'a>,
    }
}

record_form! {
    /// One place where a voice takes a stance on a claim.
    AttributionForm<'a> of Attribution "attribution", id Id<AttributionId>,
    fields AttributionFieldForm of AttributionField, key AttributionKey {
        /// The claim.
        claim Claim: Id<ClaimId>,
        /// The statement where it stands.
        statement Statement: StatementRef<'a>,
        /// Who speaks.
        source Source: Option<Id<SourceId>>,
        /// The words that name the source.
        source_span SourceSpan: Vec<SpanForm>,
        /// The words that show the attribution.
        cue Cue: Vec<SpanForm>,
        /// The words attributed.
        content Content: Vec<SpanForm>,
        /// The source's stance on the content.
        stance Stance: Word<Stance>,
        /// How sure the source sounds.
        certainty Certainty: Word<Certainty>,
        /// How the content is given.
        quotation_type QuotationType: Word<QuotationType>,
        /// Who quoted the source.
        via Via: Option<Id<SourceId>>,
        /// Whom an accusation names.
        about About: SetForm<Id<SourceId>>,
        /// The fields that still hold what the reader proposed.
        proposed Proposed: SetForm<Word<AttributionKey>>,
    }
}

record_form! {
    /// One item from one source: what is held against claims.
    EvidenceForm<'a> of Evidence "evidence", id Id<EvidenceId>,
    fields EvidenceFieldForm of EvidenceField, key EvidenceKey {
        /// What it is; left out where nobody has told.
        #[serde(default, skip_serializing_if = "Word::is_default")]
        kind Kind: Word<EvidenceKind>,
        /// Where it comes from.
        source Source: Option<Id<SourceId>>,
        /// Its title.
        title Title: Text<'a>,
        /// Its address.
        url Url: Option<Text<'a>>,
        /// The address of an archived copy.
        archived_url ArchivedUrl: Option<Text<'a>>,
        /// When it was looked at.
        accessed_at AccessedAt: Option<Text<'a>>,
        /// When it was published.
        published_at PublishedAt: Option<Text<'a>>,
        /// How somebody was asked; left out where nobody was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact Contact: Option<ContactForm<'a>>,
        /// A sum of the checker's own as it was typed; left out where there is none.
        #[serde(default, skip_serializing_if = "str::is_empty")]
        calculation Calculation: Text<'a>,
        /// A copy kept with the session.
        file File: Option<FileForm<'a>>,
        /// Notes.
        note Note: Text<'a>,
    }
}

record_form! {
    /// One evidence item held against one claim.
    HeldForm<'a> of Held "held", id Id<HeldId>,
    fields HeldFieldForm of HeldField, key HeldKey {
        /// The claim.
        claim Claim: Id<ClaimId>,
        /// The item.
        evidence Evidence: Id<EvidenceId>,
        /// What the item says of the claim.
        evidence_stance EvidenceStance: Word<EvidenceStance>,
        /// Where in the item.
        locator Locator: Text<'a>,
        /// The words that matter.
        excerpt Excerpt: Text<'a>,
        /// Admiralty credibility, 1 to 6.
        credibility Credibility: CredibilityForm,
    }
}

record_form! {
    /// A person, organisation, document, dataset, media outlet or anonymous voice.
    SourceForm<'a> of Source "source", id Id<SourceId>,
    fields SourceFieldForm of SourceField, key SourceKey {
        /// What it is.
        #[serde(rename = "type")]
        source_type Type: Word<SourceType>,
        /// Its name.
        name Name: Text<'a>,
        /// Its role.
        role Role: Text<'a>,
        /// What it belongs to.
        affiliation Affiliation: Text<'a>,
        /// Its address on the web.
        url Url: Option<Text<'a>>,
        /// How to reach it; never exported.
        contact Contact: Text<'a>,
        /// Admiralty reliability.
        reliability Reliability: Word<Reliability>,
        /// Notes.
        note Note: Text<'a>,
        /// Whether exports must not name it.
        protect_identity ProtectIdentity: bool,
        /// Sources with the same non-empty group do not corroborate one another.
        independence_group IndependenceGroup: Text<'a>,
        /// Other names that it is known by; left out where there are none.
        #[serde(default, skip_serializing_if = "SetForm::is_empty")]
        also_called AlsoCalled: SetForm<Text<'a>>,
    }
}

record_form! {
    /// Where a merged record went.
    ForwardForm<'a> of Forward "forward", id RecordRef<'a>,
    fields ForwardFieldForm of ForwardField, key ForwardKey {
        /// The record that it was merged into.
        into Into: RecordRef<'a>,
    }
}

/// `true`: stands for the id of the article, of which a session has one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct True;

impl Serialize for True {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_bool(true)
    }
}

impl<'de> Deserialize<'de> for True {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        match bool::deserialize(d)? {
            true => Ok(Self),
            false => Err(serde::de::Error::custom("expected true")),
        }
    }
}

impl JsonSchema for True {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "true".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "const": true })
    }
}
