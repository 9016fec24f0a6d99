//! Somebody who is picked or typed: a source of the session, one that the reader found, or a new one.

use std::collections::HashSet;

use crate::app::layers::picker::Pick;
use crate::app::refusal::Refusal;
use crate::app::state::bench::Bench;
use crate::core::fold::folded;
use crate::core::ids::SourceId;
use crate::core::ops;
use crate::core::proposal::ProposedSource;
use crate::core::text::ArticleText;
use crate::core::tx::Tx;

/// Somebody picked: a source of the session, or one to be made.
#[derive(Clone, Debug)]
pub enum Somebody {
    /// Nobody.
    Nobody,
    /// A source of the session.
    Known(SourceId),
    /// A name, with what the reader found of it, and the text in which it did.
    Named(String, Option<(ProposedSource, ArticleText)>),
}

impl Somebody {
    /// What was picked; refused for what is no source.
    pub fn of(bench: &Bench, pick: Pick) -> Result<Self, Refusal> {
        match pick {
            Pick::Nothing => Ok(Self::Nobody),
            Pick::Source(id) => Ok(Self::Known(id)),
            Pick::New(name) => Ok(Self::named(bench, &name)),
            _ => Err(Refusal::no_such_line()),
        }
    }

    /// The one called `name`; nobody where that is blank.
    pub fn named(bench: &Bench, name: &str) -> Self {
        if name.trim().is_empty() {
            return Self::Nobody;
        }
        let key = folded(name.trim());
        let mut all = bench.check().proposals().sources.iter();
        let found = all.find(|s| folded(&s.name) == key);
        let proposed = found.map(|s| (s.clone(), bench.check().text().clone()));
        Self::Named(name.trim().to_string(), proposed)
    }

    /// The name, as said to people.
    pub fn name(&self, bench: &Bench) -> String {
        match self {
            Self::Known(id) => bench.check().source_name(*id).to_string(),
            Self::Named(name, _) => name.clone(),
            Self::Nobody => "nobody named".into(),
        }
    }

    /// The record, made if it is not there.
    pub fn source(self, tx: &mut Tx<'_>) -> Option<SourceId> {
        match self {
            Self::Nobody => None,
            Self::Known(id) => Some(id),
            Self::Named(name, None) => Some(ops::source_named(tx, &name, |_| {})),
            Self::Named(name, Some((p, text))) => {
                Some(ops::source_proposed(tx, &text, &name, |s| {
                    s.source_type = p.source_type;
                    s.role = p.role.to_string();
                    s.affiliation = p.affiliation.to_string();
                }))
            }
        }
    }
}

/// The names of all sources, those of the session first: what a form's field may mean.
pub fn names(bench: &Bench) -> Vec<String> {
    let session = bench.session().sources.values().map(|s| s.name.clone());
    let proposed = bench.check().proposed_sources().into_iter();
    let mut names: Vec<String> = session
        .chain(proposed.map(|s| s.name.to_string()))
        .collect();
    let mut seen = HashSet::new();
    names.retain(|n| !n.is_empty() && seen.insert(folded(n)));
    names
}
