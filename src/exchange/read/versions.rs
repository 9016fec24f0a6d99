//! The article versions of our own `json`, which gives each a number.

use std::collections::{BTreeMap, HashMap};

use crate::core::ids::VersionId;
use crate::core::model::Version;
use crate::exchange::shape;

/// The versions of a document by the numbers that it gives them.
pub(super) struct Versions(HashMap<u32, VersionId>);

impl Versions {
    /// Those of `article`: the current one is that of the text in it, and one without a hash is known by its number alone.
    pub(super) fn of(article: &shape::Article<'_>) -> Self {
        let all = article.versions.iter().map(|v| {
            let hash = v.text_sha256.as_ref().and_then(|hash| hash.parse().ok());
            let id = match v.number == article.version {
                true => VersionId::of_text(&article.text),
                false => hash.unwrap_or(VersionId::numbered(v.number)),
            };
            (v.number, id)
        });
        Self(all.collect())
    }

    /// The version that the document gives this number.
    pub(super) fn known(&self, number: u32) -> Option<VersionId> {
        self.0.get(&number).copied()
    }

    /// The version that the document gives this number; what stands for it where it gives it to none.
    pub(super) fn meant(&self, number: u32) -> VersionId {
        self.known(number).unwrap_or(VersionId::numbered(number))
    }

    /// What the document says of each.
    pub(super) fn records(&self, article: &shape::Article<'_>) -> BTreeMap<VersionId, Version> {
        let all = article.versions.iter().map(|v| {
            let id = self.meant(v.number);
            let (original, left_out) = (v.original_sha256.as_ref(), v.left_out.as_ref());
            let version = Version {
                id,
                original_sha256: original.map_or_else(String::new, ToString::to_string),
                origin: v.origin.to_string(),
                added_at: v.added_at.0,
                reader: v.reader.to_string(),
                left_out: left_out.map_or_else(String::new, ToString::to_string),
            };
            (id, version)
        });
        all.collect()
    }
}
