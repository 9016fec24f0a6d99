//! Version 1: how the article and its versions are written. A version is a record, named by the hash of its text; a
//! checkpoint lists them all with their numbers, and older journals changed that whole list.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::MapAccess;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize};

use super::form::{Form, Plain};
use super::records::{Field, Record, field_form, record_form};
use super::values::*;
use super::words::{ArticleWord, Written};
use crate::core::ids::VersionId;
use crate::core::model::*;
use crate::store::disk::known::{Known, Unresolved};

/// How a version is named where its number is not known: by its hash, or by the number where that is all there is.
pub(crate) fn named(version: &VersionId) -> (Option<u32>, Option<VersionRef>) {
    match version.number_alone() {
        Some(number) => (Some(number), None),
        None => (None, Some(VersionRef::of(version))),
    }
}

/// The version that is named by its hash, or else by its number.
///
/// # Errors
/// When it is not named at all.
pub(crate) fn meant(
    number: Option<u32>,
    hash: Option<VersionRef>,
    known: &Known,
) -> Result<VersionId, Unresolved> {
    match (hash, number) {
        (Some(hash), _) => Ok(hash.into_value()),
        (None, Some(number)) => Ok(known.version(number)),
        (None, None) => Err("it names no article version".into()),
    }
}

/// One frozen version of the article's text, in the list of all.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "article_version")]
pub(crate) struct ListedForm<'a> {
    /// 1 for the first.
    number: u32,
    /// SHA-256 of the stored text.
    text_sha256: Text<'a>,
    /// SHA-256 of the bytes as they were read.
    original_sha256: Text<'a>,
    /// A path, a URL or `-`.
    origin: Text<'a>,
    /// When it came into the session.
    added_at: When,
    /// The reader whose proposals are in use.
    reader: Text<'a>,
    /// What reading left out.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    left_out: Text<'a>,
}

impl<'a> ListedForm<'a> {
    fn of(number: u32, v: &'a Version) -> Self {
        Self {
            number,
            text_sha256: v.id.to_string().into(),
            original_sha256: Form::of(&v.original_sha256),
            origin: Form::of(&v.origin),
            added_at: Form::of(&v.added_at),
            reader: Form::of(&v.reader),
            left_out: Form::of(&v.left_out),
        }
    }

    /// The version, with its number.
    fn into_version(self) -> Result<(u32, Version), Unresolved> {
        let version = Version {
            id: self.text_sha256.parse().map_err(Unresolved::from)?,
            original_sha256: self.original_sha256.into_value(),
            origin: self.origin.into_value(),
            added_at: self.added_at.into_value(),
            reader: self.reader.into_value(),
            left_out: self.left_out.into_value(),
        };
        Ok((self.number, version))
    }
}

/// A list of versions in order of their numbers.
pub(crate) struct Listed {
    /// Those that there are.
    pub(crate) versions: BTreeMap<VersionId, Version>,
    /// The last one.
    pub(crate) last: Option<VersionId>,
}

/// Reads a list of versions, and lets `known` learn their numbers.
pub(crate) fn listed(forms: Vec<ListedForm<'_>>, known: &mut Known) -> Result<Listed, Unresolved> {
    let mut listed = Listed {
        versions: BTreeMap::new(),
        last: None,
    };
    for form in forms {
        let (number, version) = form.into_version()?;
        known.learn(number, version.id);
        listed.last = Some(version.id);
        listed.versions.insert(version.id, version);
    }
    Ok(listed)
}

record_form! {
    /// One frozen version of the article's text.
    VersionForm<'a> of Version "version", id VersionRef,
    fields VersionFieldForm of VersionField, key VersionKey {
        /// SHA-256 of the bytes as they were read.
        original_sha256 OriginalSha256: Text<'a>,
        /// A path, a URL or `-`.
        origin Origin: Text<'a>,
        /// When it came into the session.
        added_at AddedAt: When,
        /// The reader whose proposals are in use.
        reader Reader: Text<'a>,
        /// What reading left out.
        #[serde(default, skip_serializing_if = "str::is_empty")]
        left_out LeftOut: Text<'a>,
    }
}

/// The article besides its text.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "article")]
pub(crate) struct ArticleForm<'a> {
    /// The title; empty where none is known.
    title: Text<'a>,
    /// Who wrote it, as printed.
    byline: Text<'a>,
    /// Its canonical address.
    url: Option<Text<'a>>,
    /// When it was published (RFC 3339 or a date).
    published_at: Option<Text<'a>>,
    /// A BCP 47 tag; empty where not known.
    language: Text<'a>,
    /// The frozen versions, oldest first.
    versions: Vec<ListedForm<'a>>,
    /// The version that is checked now; in an older file the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    current_version: Option<VersionRef>,
}

impl<'a> ArticleForm<'a> {
    /// The form of the article of `session`.
    pub(crate) fn of(session: &'a Session) -> Self {
        let m = &session.article;
        let listed = session.numbered().map(|(n, v)| ListedForm::of(n, v));
        Self {
            title: Form::of(&m.title),
            byline: Form::of(&m.byline),
            url: Form::of(&m.url),
            published_at: Form::of(&m.published_at),
            language: Form::of(&m.language),
            versions: listed.collect(),
            current_version: Form::of(&m.current),
        }
    }

    /// The article and its versions, whose numbers `known` learns.
    ///
    /// # Errors
    /// When a version is named by something that is no hash.
    pub(crate) fn into_article(
        self,
        known: &mut Known,
    ) -> Result<(Article, BTreeMap<VersionId, Version>), Unresolved> {
        let listed = listed(self.versions, known)?;
        let current = self.current_version.map(VersionRef::into_value);
        let article = Article {
            id: (),
            title: self.title.into_value(),
            byline: self.byline.into_value(),
            url: self.url.map(Plain::into_value),
            published_at: self.published_at.map(Plain::into_value),
            language: self.language.into_value(),
            current: current.or(listed.last),
        };
        Ok((article, listed.versions))
    }
}

/// One field of the article.
#[derive(Clone, Debug)]
pub(crate) enum ArticleFieldForm<'a> {
    Title(Text<'a>),
    Byline(Text<'a>),
    Url(Option<Text<'a>>),
    PublishedAt(Option<Text<'a>>),
    Language(Text<'a>),
    CurrentVersion(Option<VersionRef>),
    /// All versions, the last of which is the current one, as files had them before each was a record.
    Versions(Vec<ListedForm<'a>>),
}

impl<'a> Form<'a> for ArticleFieldForm<'a> {
    type Model = ArticleField;
    fn of(m: &'a ArticleField) -> Self {
        match m {
            ArticleField::Title(v) => Self::Title(Form::of(v)),
            ArticleField::Byline(v) => Self::Byline(Form::of(v)),
            ArticleField::Url(v) => Self::Url(Form::of(v)),
            ArticleField::PublishedAt(v) => Self::PublishedAt(Form::of(v)),
            ArticleField::Language(v) => Self::Language(Form::of(v)),
            ArticleField::Current(v) => Self::CurrentVersion(Form::of(v)),
        }
    }
    fn into_model(self, known: &Known) -> Result<ArticleField, Unresolved> {
        Ok(match self {
            Self::Title(v) => ArticleField::Title(v.into_model(known)?),
            Self::Byline(v) => ArticleField::Byline(v.into_model(known)?),
            Self::Url(v) => ArticleField::Url(v.into_model(known)?),
            Self::PublishedAt(v) => ArticleField::PublishedAt(v.into_model(known)?),
            Self::Language(v) => ArticleField::Language(v.into_model(known)?),
            Self::CurrentVersion(v) => ArticleField::Current(v.into_model(known)?),
            // Two of them are several edits: see `EditForm::into_edits`.
            Self::Versions(_) => return Err("a list of versions is no single value".into()),
        })
    }
}

impl<'a> Field<'a> for ArticleFieldForm<'a> {
    type Key = ArticleWord;
    fn word(&self) -> &'static str {
        let word = match self {
            Self::Title(_) => ArticleWord::Title,
            Self::Byline(_) => ArticleWord::Byline,
            Self::Url(_) => ArticleWord::Url,
            Self::PublishedAt(_) => ArticleWord::PublishedAt,
            Self::Language(_) => ArticleWord::Language,
            Self::CurrentVersion(_) => ArticleWord::CurrentVersion,
            Self::Versions(_) => ArticleWord::Versions,
        };
        word.written()
    }
    fn write<M: SerializeMap>(&self, map: &mut M, name: &str) -> Result<(), M::Error> {
        match self {
            Self::Title(v) | Self::Byline(v) | Self::Language(v) => map.serialize_entry(name, v),
            Self::Url(v) | Self::PublishedAt(v) => map.serialize_entry(name, v),
            Self::CurrentVersion(v) => map.serialize_entry(name, v),
            Self::Versions(v) => map.serialize_entry(name, v),
        }
    }
    fn read<'de, A: MapAccess<'de>>(map: &mut A, key: ArticleWord) -> Result<Self, A::Error> {
        Ok(match key {
            ArticleWord::Title => Self::Title(map.next_value()?),
            ArticleWord::Byline => Self::Byline(map.next_value()?),
            ArticleWord::Url => Self::Url(map.next_value()?),
            ArticleWord::PublishedAt => Self::PublishedAt(map.next_value()?),
            ArticleWord::Language => Self::Language(map.next_value()?),
            ArticleWord::CurrentVersion => Self::CurrentVersion(map.next_value()?),
            ArticleWord::Versions => Self::Versions(map.next_value()?),
        })
    }
    fn all(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema, bool)> {
        let text = generator.subschema_for::<Text<'_>>();
        let option = generator.subschema_for::<Option<Text<'_>>>();
        let all = ArticleWord::ALL.iter().map(|(word, key)| {
            let schema = match key {
                ArticleWord::Title | ArticleWord::Byline | ArticleWord::Language => text.clone(),
                ArticleWord::Url | ArticleWord::PublishedAt => option.clone(),
                ArticleWord::CurrentVersion => generator.subschema_for::<Option<VersionRef>>(),
                ArticleWord::Versions => generator.subschema_for::<Vec<ListedForm<'_>>>(),
            };
            (*word, schema, false)
        });
        all.collect()
    }
}
