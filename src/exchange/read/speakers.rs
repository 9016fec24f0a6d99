//! Who speaks: the sources that marks name by an id, by a name, or both.

use std::collections::HashMap;

use super::fields::uuid;
use crate::core::ids::SourceId;
use crate::core::model::{Session, Source};
use crate::core::tx::Ids;
use crate::core::vocabulary::{SourceType, Vocabulary};

/// A source as a mark names it; what it does not say is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Named<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub kind: &'a str,
    pub role: &'a str,
}

/// The sources that were made of names so far.
#[derive(Default)]
pub(super) struct Speakers {
    names: HashMap<String, SourceId>,
}

impl Speakers {
    /// The source with this id, else with this name, made in `session` where there is none.
    pub fn source(
        &mut self,
        named: Named<'_>,
        session: &mut Session,
        ids: &mut dyn Ids,
    ) -> Option<SourceId> {
        let given = uuid(named.id).map(SourceId);
        if let Some(known) = given.filter(|id| session.sources.contains_key(id)) {
            let kind = SourceType::from_word(named.kind);
            if let Some(s) = session
                .sources
                .get_mut(&known)
                .filter(|s| s.id != SourceId::ARTICLE)
            {
                if s.source_type == SourceType::Unknown {
                    s.source_type = kind.unwrap_or_default();
                }
                if s.role.is_empty() {
                    s.role = named.role.into();
                }
            }
            return Some(known);
        }
        if given.is_none() {
            if named.name.trim().is_empty() {
                return None;
            }
            if let Some(known) = self.names.get(named.name) {
                return Some(*known);
            }
        }
        let id = given.unwrap_or_else(|| SourceId(ids.next()));
        let source = Source {
            name: named.name.into(),
            source_type: SourceType::from_word(named.kind).unwrap_or_default(),
            role: named.role.into(),
            ..Source::unnamed(id)
        };
        session.sources.insert(id, source);
        self.names.insert(named.name.into(), id);
        Some(id)
    }
}
