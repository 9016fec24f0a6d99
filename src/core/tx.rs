//! A step in the making: edits are applied as they are added, so that later ones see the earlier, and can be taken back.

use uuid::Uuid;

use super::edit::{Change, Edit, inverse};
use super::ids::*;
use super::model::*;

/// Hands out ids for new records. They are made outside core: UUIDv7 in the program, counted in tests.
pub trait Ids {
    /// An id that was never handed out before. It sorts after all that were, and after all derived ones.
    fn next(&mut self) -> Uuid;
}

impl<F: FnMut() -> Uuid> Ids for F {
    fn next(&mut self) -> Uuid {
        self()
    }
}

/// Collects the edits of one step while it applies them to the session.
pub struct Tx<'a> {
    /// The session as it stands after the edits so far.
    pub session: &'a mut Session,
    /// Who makes the step, and when.
    pub stamp: Stamp,
    ids: &'a mut dyn Ids,
    edits: Vec<Edit>,
}

macro_rules! setters {
    ($(#[$doc:meta])* $set:ident, $create:ident, $remove:ident, $map:ident, $edit:ident, $id:ident, $record:ident, $field:ident) => {
        $(#[$doc])*
        pub fn $set(&mut self, id: &$id, value: $field) {
            let Some(record) = self.session.$map.get(id) else { return };
            let from = record.get(value.key());
            for change in Change::between(from, value) {
                self.push(Edit::$edit(id.clone(), change));
            }
        }

        /// Adds the record, whose id none of its kind has.
        pub fn $create(&mut self, record: $record) {
            if self.session.$map.contains_key(&record.id) {
                // An edit of it would change nothing now, and its inverse would take away the one that is there.
                debug_assert!(false, "two records called {}", record.id);
                return;
            }
            self.push(Edit::$edit(record.id.clone(), Change::Create(Box::new(record))));
        }

        /// Removes the record, if it is there.
        pub fn $remove(&mut self, id: &$id) {
            if let Some(record) = self.session.$map.get(id) {
                self.push(Edit::$edit(id.clone(), Change::Remove(Box::new(record.clone()))));
            }
        }
    };
}

impl<'a> Tx<'a> {
    /// Begins a step.
    pub fn new(session: &'a mut Session, stamp: Stamp, ids: &'a mut dyn Ids) -> Self {
        Self {
            session,
            stamp,
            ids,
            edits: Vec::new(),
        }
    }

    /// Applies one edit and keeps it.
    pub fn push(&mut self, edit: Edit) {
        if let Some(before) = self.session.forgets_merging(&edit) {
            self.push(before);
        }
        self.session.apply(std::slice::from_ref(&edit), &self.stamp);
        self.edits.push(edit);
    }

    /// A new id.
    pub fn id<T: From<Uuid>>(&mut self) -> T {
        self.ids.next().into()
    }

    /// `derived` for a claim; a new id where a claim has it now.
    pub fn claim_id(&mut self, derived: ClaimId) -> ClaimId {
        match self.session.claims.contains_key(&derived) {
            true => self.id(),
            false => derived,
        }
    }

    /// `derived` for an attribution; a new id where an attribution has it now.
    pub fn attribution_id(&mut self, derived: AttributionId) -> AttributionId {
        match self.session.attributions.contains_key(&derived) {
            true => self.id(),
            false => derived,
        }
    }

    /// `derived` for a source; a new id where a source has it now.
    pub fn source_id(&mut self, derived: SourceId) -> SourceId {
        match self.session.sources.contains_key(&derived) {
            true => self.id(),
            false => derived,
        }
    }

    /// Whether nothing has been changed so far.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Ends the step and hands out its edits, which are all applied.
    pub fn finish(self) -> Vec<Edit> {
        self.edits
    }

    /// Takes every edit back.
    pub fn cancel(self) {
        self.session.apply(&inverse(&self.edits), &self.stamp);
    }

    setters!(
        /// Sets a field of an article version, if that changes it.
        set_version, create_version, remove_version, versions, Version, VersionId, Version, VersionField
    );
    setters!(
        /// Sets a field of a statement, if that changes it.
        set_statement, create_statement, remove_statement, statements, Statement, StatementId, Statement, StatementField
    );
    setters!(
        /// Sets a field of a source, if that changes it.
        set_source, create_source, remove_source, sources, Source, SourceId, Source, SourceField
    );
    setters!(
        /// Sets a field of an evidence item, if that changes it.
        set_evidence, create_evidence, remove_evidence, evidence, Evidence, EvidenceId, Evidence, EvidenceField
    );
    setters!(
        /// Sets a field of a held item, if that changes it.
        set_held, create_held, remove_held, held, Held, HeldId, Held, HeldField
    );
    setters!(
        /// Sets a field of a claim, and nothing that follows from it.
        put_claim, create_claim, remove_claim, claims, Claim, ClaimId, Claim, ClaimField
    );
    setters!(
        /// Sets a field of an attribution as it is handed in, if that changes it. See [`Tx::set_attribution`].
        set_attribution_raw, create_attribution, remove_attribution, attributions, Attribution, AttributionId, Attribution, AttributionField
    );

    /// Sets a field of a claim as it is handed in, if that changes it. See [`Tx::set_claim`] for what a checker sets.
    ///
    /// A claim that stands no longer at its home is at home at the first of its other statements, and one that is given
    /// another home stands there.
    pub fn set_claim_raw(&mut self, id: &ClaimId, value: ClaimField) {
        if let ClaimField::Statements(all) = &value
            && all.is_empty()
        {
            // A claim stands somewhere.
            return;
        }
        let moves = value.key() == ClaimKey::Home;
        self.put_claim(id, value);
        let settled = match moves {
            true => self.session.standing_at_home(*id),
            false => self.session.at_home_again(*id),
        };
        settled.into_iter().for_each(|edit| self.push(edit));
    }

    /// Notes that the record `from` is gone because it was merged into `into`.
    pub fn forward(&mut self, from: RecordId, into: RecordId) {
        let forward = Forward { id: from, into };
        if !self.session.forwards.contains_key(&from) {
            self.push(Edit::Forward(from, Change::Create(Box::new(forward))));
        }
    }

    /// Sets a field of the article, if that changes it.
    pub fn set_article(&mut self, value: ArticleField) {
        let from = self.session.article.get(value.key());
        if from != value {
            self.push(Edit::Article(from, value));
        }
    }

    /// Sets a field of a claim by the checker's hand: from then on it no longer counts as the reader's proposal.
    pub fn set_claim(&mut self, id: &ClaimId, value: ClaimField) {
        let key = value.key();
        self.set_claim_raw(id, value);
        let Some(claim) = self.session.claims.get(id) else {
            return;
        };
        if claim.proposed.contains(&key) {
            let left = claim
                .proposed
                .iter()
                .copied()
                .filter(|k| *k != key)
                .collect();
            self.set_claim_raw(id, ClaimField::Proposed(left));
        }
    }

    /// Sets a field of an attribution by the checker's hand: from then on it no longer counts as the reader's proposal.
    pub fn set_attribution(&mut self, id: &AttributionId, value: AttributionField) {
        let key = value.key();
        self.set_attribution_raw(id, value);
        let Some(attribution) = self.session.attributions.get(id) else {
            return;
        };
        if attribution.proposed.contains(&key) {
            let left = attribution
                .proposed
                .iter()
                .copied()
                .filter(|k| *k != key)
                .collect();
            self.set_attribution_raw(id, AttributionField::Proposed(left));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::set::Set;
    use crate::core::testing::stamp;
    use crate::core::vocabulary::*;

    #[test]
    fn what_a_checker_sets_is_proposed_no_longer_and_all_else_still_is() {
        let mut session = Session::new(Uuid::nil().into(), "s", Time::UNIX_EPOCH);
        let mut ids = || Uuid::from_u128(99);
        let mut tx = Tx::new(&mut session, stamp(), &mut ids);
        let at = StatementId::of(VersionId::NONE, &[]);
        let mut claim = Claim::on(Uuid::from_u128(1).into(), at.clone(), stamp());
        claim.proposed = Set::from(vec![ClaimKey::CheckWorthiness, ClaimKey::ClaimType]);
        let mut voice = Attribution::on(Uuid::from_u128(2).into(), claim.id, at);
        voice.proposed = Set::from(vec![AttributionKey::Stance, AttributionKey::Certainty]);
        let (id, said) = (claim.id, voice.id);
        tx.create_claim(claim);
        tx.create_attribution(voice);
        tx.set_claim(&id, ClaimField::ClaimType(ClaimType::Quote));
        tx.set_claim(&id, ClaimField::Notes("ask".into()));
        tx.set_attribution(&said, AttributionField::Stance(Stance::Denies));
        tx.set_attribution(&said, AttributionField::Cue(Vec::new()));
        assert_eq!(tx.session.claims[&id].proposed, [ClaimKey::CheckWorthiness]);
        assert_eq!(
            tx.session.attributions[&said].proposed,
            [AttributionKey::Certainty]
        );
    }
}
