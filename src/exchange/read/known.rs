//! What of a file the session holds already, under other ids or because its claims did not come.

use std::collections::{HashMap, HashSet};

use super::Imported;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::vocabulary::Stance;

/// Items of the file that the session holds already under other ids: formats without ids of their own bring them anew.
#[derive(Default)]
pub(super) struct Known {
    pub(super) held: HashSet<HeldId>,
    /// Items that nothing but such records would hold.
    pub(super) evidence: HashSet<EvidenceId>,
    /// Sources that nothing speaks for but claims that did not come.
    pub(super) sources: HashSet<SourceId>,
    /// Who says the session's claims, and with what stance.
    pub(super) said: HashSet<(ClaimId, SourceId, Stance)>,
}

impl Known {
    pub(super) fn of(imported: &Imported, session: &Session) -> Self {
        let theirs = &imported.session;
        let mut here: HashMap<ClaimId, Vec<(&Held, &Evidence)>> = HashMap::new();
        for h in session.held.values() {
            if let Some(e) = session.evidence.get(&h.evidence) {
                here.entry(h.claim).or_default().push((h, e));
            }
        }
        let mut known = Self::default();
        let mut needed = HashSet::new();
        for h in theirs.held.values() {
            let item = theirs.evidence.get(&h.evidence);
            let new = !session.held.contains_key(&h.id);
            let ours = here.get(&h.claim).into_iter().flatten();
            let twin = |e| ours.clone().any(|(o, i)| same_item((h, e), (o, i)));
            if new && item.is_some_and(twin) {
                known.held.insert(h.id);
            } else {
                needed.insert(h.evidence);
            }
        }
        let only = theirs.held.values().map(|h| h.evidence);
        known.evidence = only.filter(|e| !needed.contains(e)).collect();
        let said = session.attributions.values();
        known.said = said
            .filter_map(|a| Some((a.claim, a.source?, a.stance)))
            .collect();
        known
    }

    /// Adds what belongs to nothing but claims of the file that did not come into the session.
    pub(super) fn without_a_claim(&mut self, imported: &Imported, session: &Session) {
        let theirs = &imported.session;
        let here = |c: &ClaimId| session.claims.contains_key(c);
        let held = theirs.held.values();
        let (with, without): (Vec<_>, Vec<_>) = held.partition(|h| here(&h.claim));
        let with: HashSet<EvidenceId> = with.iter().map(|h| h.evidence).collect();
        let lost = without.iter().map(|h| h.evidence);
        self.evidence.extend(lost.filter(|e| !with.contains(e)));

        let mut used: HashSet<SourceId> = HashSet::new();
        let mut unused = HashSet::new();
        for a in theirs.attributions.values() {
            let all = a
                .source
                .into_iter()
                .chain(a.via)
                .chain(a.about.iter().copied());
            match here(&a.claim) {
                true => used.extend(all),
                false => unused.extend(all),
            }
        }
        let items = theirs.evidence.values();
        let items = items.filter(|e| !self.evidence.contains(&e.id));
        used.extend(items.filter_map(|e| e.source));
        self.sources = unused.difference(&used).copied().collect();
    }
}

/// Whether two items held against one claim are the same: at one address, or without one and with the same words.
fn same_item((h, e): (&Held, &Evidence), (o, i): (&Held, &Evidence)) -> bool {
    match (&e.url, &i.url) {
        (Some(a), Some(b)) => a == b,
        (None, None) => {
            e.title == i.title
                || h.excerpt == i.title
                || !h.excerpt.is_empty() && h.excerpt == o.excerpt
        }
        _ => false,
    }
}
