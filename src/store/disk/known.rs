//! What reading has learned of a session so far. A form on disk may say a thing in a way that only what was read before
//! makes clear: the number of an article version means the text that the session had under it.

use std::collections::BTreeMap;
use std::fmt;

use crate::core::ids::VersionId;
use crate::core::model::Session;

/// What is known of a session where the next part of it is read. It grows with every edit that is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// The article versions by their numbers.
    versions: BTreeMap<u32, VersionId>,
}

impl Known {
    /// What `session` tells: that of a checkpoint, after which the journal is read.
    pub(crate) fn of(session: &Session) -> Self {
        let all = session.numbered().map(|(number, v)| (number, v.id));
        Self {
            versions: all.collect(),
        }
    }

    /// Learns that `version` has the number `number` from here on.
    pub(crate) fn learn(&mut self, number: u32, version: VersionId) {
        self.versions.insert(number, version);
    }

    /// The article version that has the number `number`; what stands for it where none is known.
    pub(crate) fn version(&self, number: u32) -> VersionId {
        let known = self.versions.get(&number).copied();
        known.unwrap_or(VersionId::numbered(number))
    }
}

/// Why a form cannot be turned into the model: part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unresolved(Box<str>);

impl From<String> for Unresolved {
    fn from(why: String) -> Self {
        Self(why.into())
    }
}

impl From<&str> for Unresolved {
    fn from(why: &str) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::edit::{Change, Edit};
    use crate::core::model::ArticleField;
    use crate::store::disk::{read_checkpoint, read_step};

    /// As steps were written that changed what was known of a version.
    #[test]
    fn a_change_of_the_list_of_versions_is_read_as_changes_of_records() {
        let listed = |number: u32, text: &str, reader: &str| {
            let hash = VersionId::of_text(text);
            format!(
                r#"{{"number":{number},"text_sha256":"{hash}","original_sha256":"","origin":"-","added_at":"2026-11-27T10:00:00.000Z","reader":"{reader}"}}"#
            )
        };
        let (old, new) = (listed(1, "a", "r-1"), listed(1, "a", "r-2"));
        let second = listed(2, "b", "r-2");
        let mut told = Vec::new();
        for (from, to) in [
            (String::new(), old.clone()),
            (old, new.clone()),
            (new.clone(), format!("{new},{second}")),
            (format!("{new},{second}"), new),
        ] {
            let line = format!(
                r#"{{"v":1,"seq":1,"id":"01a21d8e-f13f-726b-8985-a7bbaa9e4e86","parents":[],"at":"2026-11-27T10:00:00.000Z","by":"ana","kind":"do","of":null,"edits":[{{"article":true,"field":"versions","from":[{from}],"to":[{to}]}}]}}"#
            );
            let mut known = Known::default();
            let step = read_step(1, line.as_bytes(), &mut known).unwrap();
            told.push(step.edits.iter().map(said).collect::<Vec<_>>().join(", "));
        }
        assert_eq!(
            told,
            [
                "made ca978112, current none to ca978112",
                "set reader",
                "made 3e23e816, current ca978112 to 3e23e816",
                "current 3e23e816 to ca978112, removed 3e23e816",
            ]
        );
    }

    fn said(edit: &Edit) -> String {
        let short = |id: &VersionId| id.to_string()[..8].to_string();
        let current = |id: &Option<VersionId>| id.as_ref().map_or("none".into(), short);
        match edit {
            Edit::Version(id, Change::Create(_)) => format!("made {}", short(id)),
            Edit::Version(id, Change::Remove(_)) => format!("removed {}", short(id)),
            Edit::Version(_, Change::Set(_, to)) => format!("set {}", to.key().word()),
            Edit::Article(ArticleField::Current(a), ArticleField::Current(b)) => {
                format!("current {} to {}", current(a), current(b))
            }
            other => format!("{other:?}"),
        }
    }

    const TEXT: &str = "ea3dcc573c58f80e776c288a2b7d775ae32c25446173c08c9337145bcbbd4ee7";

    #[test]
    fn the_lines_of_a_journal_tell_which_text_a_number_means_and_so_does_its_checkpoint() {
        let golden = include_str!("../../../tests/golden/session-v1/journal.jsonl");
        let mut known = Known::default();
        for (n, line) in golden.lines().skip(1).enumerate() {
            let (object, _) = line.rsplit_once(",\"crc\":").unwrap();
            let before = known.version(1).number_alone().is_none();
            assert_eq!(before, n > 0, "the first step tells it");
            read_step(1, format!("{object}}}").as_bytes(), &mut known).unwrap();
        }
        assert_eq!(known.version(1).to_string(), TEXT);
        assert_eq!(known.version(2), VersionId::numbered(2));
        let golden = include_bytes!("../../../tests/golden/session-v1/session.json");
        let known = Known::of(&read_checkpoint(golden).unwrap().session);
        assert_eq!(known.version(1).to_string(), TEXT);
    }
}
