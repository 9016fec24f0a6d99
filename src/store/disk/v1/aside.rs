//! Version 1: the small files beside a session: where the checker is, a form not yet saved, who holds the session.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::article::{meant, named};
use super::form::Form;
use super::values::*;
use crate::core::place::{Draft, Place};
use crate::store::disk::known::{Known, Unresolved};
use crate::store::disk::{DRAFT, LOCK, PLACE};

/// `place.json`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "place")]
pub(crate) struct PlaceForm<'a> {
    /// `claimdesk.place`.
    #[schemars(extend("const" = PLACE))]
    pub(crate) format: Text<'a>,
    /// 1.
    #[schemars(extend("const" = 1))]
    pub(crate) version: u32,
    /// The key of the current row.
    row: Option<Text<'a>>,
    /// The number of the article version that `scroll` counts in, in an older file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article_version: Option<u32>,
    /// The article version that `scroll` counts in; an older file names its number alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text_sha256: Option<VersionRef>,
    /// The first scalar value shown in the article pane.
    scroll: u32,
    /// The first row shown in the claims panel.
    list_scroll: u32,
    /// Which pane had the focus.
    pane: PaneForm,
    /// The filter as it was typed.
    filter: Text<'a>,
    /// The article pane's share of the width, in percent.
    split: Option<u8>,
    /// Whether the pane with the focus filled the screen.
    zoom: bool,
    /// When the session was left.
    left_at: When,
}

impl<'a> Form<'a> for PlaceForm<'a> {
    type Model = Place;
    fn of(m: &'a Place) -> Self {
        let (article_version, text_sha256) = named(&m.version);
        Self {
            format: PLACE.into(),
            version: 1,
            row: Form::of(&m.row),
            article_version,
            text_sha256,
            scroll: m.scroll,
            list_scroll: m.list_scroll,
            pane: Form::of(&m.pane),
            filter: Form::of(&m.filter),
            split: m.split,
            zoom: m.zoom,
            left_at: Form::of(&m.left_at),
        }
    }
    fn into_model(self, known: &Known) -> Result<Place, Unresolved> {
        Ok(Place {
            row: self.row.into_model(known)?,
            version: meant(self.article_version, self.text_sha256, known)?,
            scroll: self.scroll,
            list_scroll: self.list_scroll,
            pane: self.pane.into_model(known)?,
            filter: self.filter.into_model(known)?,
            split: self.split,
            zoom: self.zoom,
            left_at: self.left_at.into_model(known)?,
        })
    }
}

/// `draft.json`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "draft")]
pub(crate) struct DraftForm<'a> {
    /// `claimdesk.draft`.
    #[schemars(extend("const" = DRAFT))]
    pub(crate) format: Text<'a>,
    /// 1.
    #[schemars(extend("const" = 1))]
    pub(crate) version: u32,
    /// Which form.
    form: Text<'a>,
    /// The record or the row that it was about.
    record: Text<'a>,
    /// Every field's name and text.
    fields: Vec<(Text<'a>, Text<'a>)>,
    /// When it was last kept.
    kept_at: When,
}

impl<'a> Form<'a> for DraftForm<'a> {
    type Model = Draft;
    fn of(m: &'a Draft) -> Self {
        let fields = m.fields.iter();
        Self {
            format: DRAFT.into(),
            version: 1,
            form: Form::of(&m.form),
            record: Form::of(&m.record),
            fields: fields
                .map(|(n, t)| (Cow::Borrowed(&**n), Cow::Borrowed(&**t)))
                .collect(),
            kept_at: Form::of(&m.kept_at),
        }
    }
    fn into_model(self, known: &Known) -> Result<Draft, Unresolved> {
        let fields = self.fields.into_iter();
        Ok(Draft {
            form: self.form.into_model(known)?,
            record: self.record.into_model(known)?,
            fields: fields
                .map(|(n, t)| (n.into_owned(), t.into_owned()))
                .collect(),
            kept_at: self.kept_at.into_model(known)?,
        })
    }
}

/// `session.lock`: who holds the session, as long as the file is locked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "lock")]
pub(crate) struct LockForm<'a> {
    /// `claimdesk.lock`.
    #[schemars(extend("const" = LOCK))]
    pub(crate) format: Text<'a>,
    /// 1.
    #[schemars(extend("const" = 1))]
    pub(crate) version: u32,
    /// The checker's name.
    pub(crate) holder: Text<'a>,
    /// The process.
    pub(crate) pid: u32,
    /// The machine.
    pub(crate) host: Text<'a>,
    /// Since when.
    pub(crate) since: When,
}
