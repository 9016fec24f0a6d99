//! Sources: one record each, found by name, merged when two turn out to be one.

use crate::core::ids::*;
use crate::core::model::*;
use crate::core::tx::Tx;

/// The source called `name` (case and white space aside), made with `fill` if there is none.
pub fn source_named(tx: &mut Tx<'_>, name: &str, fill: impl FnOnce(&mut Source)) -> SourceId {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let key = name.to_lowercase();
    if let Some(s) = tx
        .session
        .sources
        .values()
        .find(|s| s.name.to_lowercase() == key)
    {
        return s.id;
    }
    let mut record = Source::unnamed(tx.id());
    fill(&mut record);
    record.name = name;
    let id = record.id;
    tx.create_source(record);
    id
}

/// Makes every record that points to `from` point to `into`, fills `into`'s empty fields from it, and removes it.
///
/// The built-in source is never merged away.
pub fn merge_sources(tx: &mut Tx<'_>, from: SourceId, into: SourceId) {
    if from == into || from == SourceId::ARTICLE {
        return;
    }
    let (Some(old), Some(new)) = (
        tx.session.sources.get(&from).cloned(),
        tx.session.sources.get(&into).cloned(),
    ) else {
        return;
    };
    let attributions: Vec<Attribution> = tx.session.attributions.values().cloned().collect();
    for a in attributions {
        if a.source == Some(from) {
            tx.set_attribution_raw(&a.id, AttributionField::Source(Some(into)));
        }
        if a.via == Some(from) {
            tx.set_attribution_raw(&a.id, AttributionField::Via(Some(into)));
        }
        if a.about.contains(&from) {
            let mut about: Vec<SourceId> = a
                .about
                .iter()
                .map(|s| if *s == from { into } else { *s })
                .collect();
            about.dedup();
            tx.set_attribution_raw(&a.id, AttributionField::About(about));
        }
    }
    let items: Vec<EvidenceId> = tx
        .session
        .evidence
        .values()
        .filter(|e| e.source == Some(from))
        .map(|e| e.id)
        .collect();
    for e in items {
        tx.set_evidence(&e, EvidenceField::Source(Some(into)));
    }
    for key in SourceKey::ALL {
        let (mine, theirs) = (new.get(*key), old.get(*key));
        if mine == Source::unnamed(into).get(*key) && theirs != mine {
            tx.set_source(&into, theirs);
        }
    }
    tx.remove_source(&from);
}
