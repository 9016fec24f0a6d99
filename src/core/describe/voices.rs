//! What a step did about who says it: voices and their sources.

use super::{Seen, list, name};
use crate::core::edit::Change;
use crate::core::ids::*;
use crate::core::model::*;

impl Seen<'_> {
    pub(super) fn sources_merged(&self) -> Option<String> {
        let gone = self.sources.iter().find_map(|(_, c)| c.removed())?;
        let into = self
            .attributions
            .iter()
            .find_map(|(_, c)| match c {
                Change::Set(_, AttributionField::Source(to) | AttributionField::Via(to)) => *to,
                _ => None,
            })
            .or_else(|| {
                self.evidence.iter().find_map(|(_, c)| match c {
                    Change::Set(_, EvidenceField::Source(to)) => *to,
                    _ => None,
                })
            })
            .or_else(|| {
                self.sources.iter().find_map(|(id, c)| match c.gained() {
                    Some(SourceField::AlsoCalled(_)) => Some(*id),
                    _ => None,
                })
            });
        Some(match into {
            Some(to) => format!(
                "merged source {} into {}",
                name(&gone.name),
                self.source_name(to)
            ),
            None => format!("removed source {}", name(&gone.name)),
        })
    }

    pub(super) fn attributions(&self) -> Option<String> {
        let mut sets = Vec::new();
        for (_, change) in &self.attributions {
            match change {
                Change::Create(a) => {
                    return Some(format!(
                        "added: {} {}",
                        self.speaker(a),
                        self.labels.of(a.stance)
                    ));
                }
                Change::Remove(a) => {
                    return Some(format!(
                        "took away: {} {}",
                        self.speaker(a),
                        self.labels.of(a.stance)
                    ));
                }
                Change::Set(..) | Change::Add(_) | Change::Drop(_) => {
                    let told = |f: &&AttributionField| f.key() != AttributionKey::Proposed;
                    sets.extend(change.field().filter(told).map(|f| (f, *change)));
                }
            }
        }
        let (first, change) = *sets.first()?;
        let sets: Vec<&AttributionField> = sets.iter().map(|(f, _)| *f).collect();
        if sets.iter().any(|f| f.key() != first.key()) {
            let fields = list(sets.iter().map(|f| f.key().word()));
            return Some(format!("edited who says it ({fields})"));
        }
        let source = |s: &Option<SourceId>| s.map_or("nobody".to_string(), |s| self.source_name(s));
        Some(match first {
            AttributionField::Source(s) => format!("said by: {}", source(s)),
            AttributionField::Via(s) => format!("via: {}", source(s)),
            AttributionField::Stance(s) => format!("stance: {}", self.labels.of(*s)),
            AttributionField::Certainty(c) => self.labels.of(*c).to_string(),
            AttributionField::QuotationType(q) => format!("quotation: {}", self.labels.of(*q)),
            AttributionField::About(about) => {
                let names = list(about.iter().map(|s| self.source_name(*s)));
                match change {
                    Change::Drop(_) => format!("no longer about: {names}"),
                    _ => format!("about: {names}"),
                }
            }
            other => format!("edited who says it ({})", other.key().word()),
        })
    }

    pub(super) fn sources(&self) -> Option<String> {
        let (id, change) = *self.sources.first()?;
        Some(match change {
            Change::Create(s) => format!("new source: {}", name(&s.name)),
            Change::Remove(s) => format!("removed source {}", name(&s.name)),
            Change::Set(..) | Change::Add(_) | Change::Drop(_) => {
                let fields = self.sources.iter().filter_map(|(_, c)| c.field());
                let mut fields: Vec<&str> = fields.map(|f| f.key().word()).collect();
                fields.dedup();
                let fields = list(fields);
                // After a change of name the old one is what the checker knows it by.
                let known = match change {
                    Change::Set(SourceField::Name(old), _) if !old.is_empty() => name(old),
                    _ => self.source_name(id),
                };
                format!("edited source {known} ({fields})")
            }
        })
    }

    pub(super) fn source_name(&self, id: SourceId) -> String {
        let made = self
            .sources
            .iter()
            .filter(|(other, _)| *other == id)
            .find_map(|(_, c)| c.created().or(c.removed()));
        let source = self.session.sources.get(&id).or(made);
        source.map_or_else(|| "a source".to_string(), |s| name(&s.name))
    }

    pub(super) fn speaker(&self, a: &Attribution) -> String {
        a.source
            .map_or("nobody".to_string(), |s| self.source_name(s))
    }
}
