//! Version 1: how single values are written. Each form stands for one type of the model and converts both ways.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::form::{Form, Plain};
use super::words::Written;
use crate::core::ids::*;
use crate::core::model::Time;
use crate::core::place::Pane;
use crate::core::proposal::Spans;
use crate::core::vocabulary::{Credibility, Rating, Vocabulary};
use crate::store::disk::known::{Known, Unresolved};

/// Text.
pub(crate) type Text<'a> = Cow<'a, str>;

impl<'a> Plain<'a> for Text<'a> {
    type Value = String;
    fn from_value(value: &'a String) -> Self {
        Cow::Borrowed(value)
    }
    fn into_value(self) -> String {
        self.into_owned()
    }
}

/// Declares how a form that is one JSON string is written, read and described.
macro_rules! string_form {
    ([$($g:tt)*] $form:ty, $name:expr, write $write:expr, read $read:expr, schema $schema:expr) => {
        impl<$($g)*> Serialize for $form {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                let write: fn(&Self, S) -> Result<S::Ok, S::Error> = $write;
                write(self, s)
            }
        }
        impl<'de, $($g)*> Deserialize<'de> for $form {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                d.deserialize_str(StrVisitor($read, PhantomData))
            }
        }
        impl<$($g)*> JsonSchema for $form {
            fn schema_name() -> Cow<'static, str> { $name.into() }
            fn json_schema(_: &mut SchemaGenerator) -> Schema { $schema }
        }
    };
}

/// Reads a JSON string with a function that says what is wrong with it.
struct StrVisitor<T, F: Fn(&str) -> Result<T, String>>(F, PhantomData<T>);

impl<T, F: Fn(&str) -> Result<T, String>> Visitor<'_> for StrVisitor<T, F> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }
    fn visit_str<E: Error>(self, s: &str) -> Result<T, E> {
        (self.0)(s).map_err(E::custom)
    }
}

/// A value of a closed vocabulary, or the name of a field, by its word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Word<V>(pub V);

impl<V: Default + PartialEq> Word<V> {
    /// Whether it is the value that a record begins with.
    pub(crate) fn is_default(&self) -> bool {
        self.0 == V::default()
    }
}

string_form!([V: Written] Word<V>, V::NAME,
write |w, s| s.serialize_str(w.0.written()),
read |s: &str| V::read(s).map(Word).ok_or_else(|| format!("unknown {} {s:?}", V::NAME)),
schema {
    let words: Vec<&str> = V::ALL.iter().map(|(word, _)| *word).collect();
    json_schema!({ "type": "string", "enum": words })
});

impl<'a, V: Written> Plain<'a> for Word<V> {
    type Value = V;
    fn from_value(value: &'a V) -> Self {
        Self(*value)
    }
    fn into_value(self) -> V {
        self.0
    }
}

/// An id that is a UUID.
pub(crate) trait Ident: Copy + From<Uuid> + 'static {
    /// The UUID.
    fn uuid(self) -> Uuid;
}

macro_rules! idents { ($($t:ty),+) => { $(impl Ident for $t { fn uuid(self) -> Uuid { self.0 } })+ }; }
idents!(
    SessionId,
    ClaimId,
    AttributionId,
    SourceId,
    EvidenceId,
    HeldId,
    ConflictId,
    StepId
);

/// A UUID in its hyphenated form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Id<I>(pub I);

string_form!([I: Ident] Id<I>, "uuid",
write |i, s| s.serialize_str(i.0.uuid().hyphenated().encode_lower(&mut Uuid::encode_buffer())),
read |s: &str| Uuid::try_parse(s).map(|u| Id(I::from(u))).map_err(|_| format!("{s:?} is no UUID")),
schema json_schema!({
    "type": "string",
    "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
}));

impl<'a, I: Ident> Plain<'a> for Id<I> {
    type Value = I;
    fn from_value(value: &'a I) -> Self {
        Self(*value)
    }
    fn into_value(self) -> I {
        self.0
    }
}

/// A record by its kind and its id, `claim:<id>`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordRef<'a>(RecordId, PhantomData<&'a ()>);

string_form!(['a] RecordRef<'a>, "record",
write |r, s| s.collect_str(&r.0),
read |s: &str| s.parse().map(|r| RecordRef(r, PhantomData)),
schema json_schema!({
    "type": "string",
    "pattern": "^(claim|source|evidence):[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
}));

impl<'a> Plain<'a> for RecordRef<'a> {
    type Value = RecordId;
    fn from_value(value: &'a RecordId) -> Self {
        Self(*value, PhantomData)
    }
    fn into_value(self) -> RecordId {
        self.0
    }
}

/// The id of a statement: the beginning of its text's hash and the spans, `5f2d0c9a31b7e846:120-245` or
/// `5f2d0c9a31b7e846:120-130,140-150`. Older files name the version by its number: `1:120-245`.
#[derive(Clone, Debug)]
pub(crate) struct StatementRef<'a> {
    id: Cow<'a, StatementId>,
    /// The number that names the version, which only what was read before makes clear.
    number: Option<u32>,
}

string_form!(['a] StatementRef<'a>, "statement_id",
write |r, s| match r.number {
    None => s.serialize_str(&r.id.text()),
    Some(number) => {
        let spans = r.id.born_in(VersionId::numbered(number)).unwrap_or_default();
        s.collect_str(&format_args!("{number}:{}", Spans::from(spans)))
    }
},
read |s: &str| {
    let mut number = None;
    let id = StatementId::read(s, |n| {
        number = Some(n);
        VersionId::numbered(n)
    })?;
    Ok(StatementRef { id: Cow::Owned(id), number })
},
schema json_schema!({
    "type": "string",
    "pattern": r"^[0-9]+:[0-9]+-[0-9]+(,[0-9]+-[0-9]+)*$|^[0-9a-f]{16}:[0-9]+-[0-9]+(,[0-9]+-[0-9]+)*$",
    "description": "The id of a statement: the first 16 hex digits of its text's SHA-256 and the spans. Older files name the article version by its number: `1:120-245`.",
}));

impl<'a> Form<'a> for StatementRef<'a> {
    type Model = StatementId;
    fn of(model: &'a StatementId) -> Self {
        let id = Cow::Borrowed(model);
        Self { id, number: None }
    }
    fn into_model(self, known: &Known) -> Result<StatementId, Unresolved> {
        Ok(match self.number {
            None => self.id.into_owned(),
            Some(number) => self.id.with_mark(known.version(number).mark()),
        })
    }
}

/// An article version by the hash of its stored text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VersionRef(VersionId);

string_form!([] VersionRef, "text_sha256",
write |v, s| s.serialize_str(v.0.digits().as_str()),
read |s: &str| s.parse().map(VersionRef),
schema json_schema!({
    "type": "string",
    "pattern": "^[0-9a-f]{64}$",
    "description": "SHA-256 of the stored text of an article version, 64 lower-case hex digits.",
}));

impl<'a> Plain<'a> for VersionRef {
    type Value = VersionId;
    fn from_value(value: &'a VersionId) -> Self {
        Self(*value)
    }
    fn into_value(self) -> VersionId {
        self.0
    }
}

/// The id of a checker, as in `checkers`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(rename = "checker_id")]
pub(crate) struct CheckerRef<'a>(Text<'a>);

impl<'a> Plain<'a> for CheckerRef<'a> {
    type Value = CheckerId;
    fn from_value(value: &'a CheckerId) -> Self {
        Self(Cow::Borrowed(&value.0))
    }
    fn into_value(self) -> CheckerId {
        CheckerId(self.0.into_owned().into_boxed_str())
    }
}

/// A moment: RFC 3339, UTC, milliseconds. Finer parts are cut off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct When(pub Time);

string_form!([] When, "time",
write |t, s| match t.digits() {
        Some(digits) => s.serialize_str(
            std::str::from_utf8(&digits).map_err(serde::ser::Error::custom)?,
        ),
        None => s.collect_str(&format_args!("{:.3}", t.0)),
    },
read |s: &str| match When::of_digits(s.as_bytes()) {
    Some(when) => Ok(when),
    None => s.parse().map(When).map_err(|_| format!("{s:?} is no RFC 3339 time")),
},
schema json_schema!({
    "type": "string",
    "format": "date-time",
    "pattern": r"^-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$",
}));

impl When {
    /// The usual form, `2026-11-15T10:12:01.123Z`, which a checkpoint holds twice a claim; none for a year of more or
    /// less than four digits, or before the first.
    fn digits(self) -> Option<[u8; 24]> {
        let at = Offset::UTC.to_datetime(self.0);
        let millis = u16::try_from(at.subsec_nanosecond() / 1_000_000).ok()?;
        let year = u16::try_from(at.year()).ok()?;
        let [month, day, hour, minute, second] =
            [at.month(), at.day(), at.hour(), at.minute(), at.second()]
                .map(|n| u16::from(n.unsigned_abs()));
        let mut text = *b"0000-00-00T00:00:00.000Z";
        let fields = [
            (0..4, year),
            (5..7, month),
            (8..10, day),
            (11..13, hour),
            (14..16, minute),
            (17..19, second),
            (20..23, millis),
        ];
        for (place, mut number) in fields {
            for digit in text.get_mut(place)?.iter_mut().rev() {
                *digit += u8::try_from(number % 10).ok()?;
                number /= 10;
            }
        }
        Some(text)
    }

    /// Reads the usual form; none where `text` has another one or names no moment.
    fn of_digits(text: &[u8]) -> Option<Self> {
        let text: &[u8; 24] = text.try_into().ok()?;
        let number = |place: Range<usize>| {
            text.get(place)?.iter().try_fold(0_i32, |number, byte| {
                byte.is_ascii_digit()
                    .then(|| number * 10 + i32::from(byte - b'0'))
            })
        };
        let small = |place| number(place).and_then(|n| i8::try_from(n).ok());
        for (at, sign) in [
            (4, b'-'),
            (7, b'-'),
            (10, b'T'),
            (13, b':'),
            (16, b':'),
            (19, b'.'),
            (23, b'Z'),
        ] {
            if text.get(at) != Some(&sign) {
                return None;
            }
        }
        let year = i16::try_from(number(0..4)?).ok()?;
        let at = DateTime::new(
            year,
            small(5..7)?,
            small(8..10)?,
            small(11..13)?,
            small(14..16)?,
            small(17..19)?,
            number(20..23)? * 1_000_000,
        );
        Offset::UTC.to_timestamp(at.ok()?).ok().map(Self)
    }
}

impl<'a> Plain<'a> for When {
    type Value = Time;
    fn from_value(value: &'a Time) -> Self {
        Self(*value)
    }
    fn into_value(self) -> Time {
        self.0
    }
}

/// A small whole number with its bounds.
macro_rules! number_form {
    ($(#[$doc:meta])* $form:ident, $name:literal, $model:ty, 1 to $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $form(pub $model);
        impl Serialize for $form {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_u8(self.0.number()) }
        }
        impl<'de> Deserialize<'de> for $form {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let n = u8::deserialize(d)?;
                Self::from_number(n).ok_or_else(|| D::Error::custom(format!("{} {n} is not 1 to {}", $name, $max)))
            }
        }
        impl JsonSchema for $form {
            fn schema_name() -> Cow<'static, str> { $name.into() }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "integer", "minimum": 1, "maximum": $max })
            }
        }
        impl<'a> Plain<'a> for $form {
            type Value = $model;
            fn from_value(value: &'a $model) -> Self { Self(*value) }
            fn into_value(self) -> $model { self.0 }
        }
    };
}
number_form!(
    /// The publication rating.
    RatingForm, "rating", Rating, 1 to 5
);
number_form!(
    /// Admiralty credibility.
    CredibilityForm, "credibility", Credibility, 1 to 6
);

impl RatingForm {
    fn from_number(n: u8) -> Option<Self> {
        Rating::new(n).map(Self)
    }
}

impl CredibilityForm {
    fn from_number(n: u8) -> Option<Self> {
        Credibility::ALL
            .iter()
            .copied()
            .find(|c| c.number() == n)
            .map(Self)
    }
}

/// A pane of the workbench.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "pane")]
pub(crate) enum PaneForm {
    /// The article.
    Article,
    /// The claims panel.
    Claims,
}

impl<'a> Plain<'a> for PaneForm {
    type Value = Pane;
    fn from_value(value: &'a Pane) -> Self {
        match value {
            Pane::Article => Self::Article,
            Pane::Claims => Self::Claims,
        }
    }
    fn into_value(self) -> Pane {
        match self {
            Self::Article => Pane::Article,
            Self::Claims => Pane::Claims,
        }
    }
}
