//! What a step did to several rows alike, with the words of each: whoever takes it back sees on which rows.

use super::{Seen, claim_change, item, quoted};
use crate::core::edit::Change;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::vocabulary::Decision;

impl Seen<'_> {
    /// Several rows were dismissed.
    pub(super) fn rows_dismissed(&self) -> Option<String> {
        let dismissed = |c: &Change<Statement, StatementField>| match c {
            Change::Create(s) => s.decision == Decision::Dismissed,
            Change::Set(_, StatementField::Decision(d)) => *d == Decision::Dismissed,
            _ => false,
        };
        let gone = self.statements.iter().filter(|(_, c)| dismissed(c));
        let words = gone.map(|(id, c)| {
            let kept = c.created().or_else(|| self.session.statements.get(id));
            quoted(kept.map_or("", |s| &s.anchor.exact))
        });
        let words: Vec<String> = words.collect();
        (words.len() > 1).then(|| on_rows("dismissed", &words))
    }

    /// Several rows were set alike: finding, workflow, tags, evidence, or who says it.
    pub(super) fn rows_alike(&self) -> Option<String> {
        let gone = self.claims.iter().any(|(_, c)| c.removed().is_some())
            || self.sources.iter().any(|(_, c)| c.removed().is_some())
            || self.evidence.iter().any(|(_, c)| c.removed().is_some());
        if gone {
            // Records became one, or went: that is what the step was about.
            return None;
        }
        let all = [self.fields_alike(), self.held_alike(), self.voices_alike()];
        let (what, mut claims) = all.into_iter().flatten().next()?;
        claims.dedup();
        if claims.len() < 2 {
            return None;
        }
        let words = claims.iter().map(|id| {
            let made = self.claims.iter().filter(|(other, _)| other == id);
            let made = made.filter_map(|(_, c)| c.created()).next();
            let claim = made.or_else(|| self.session.claims.get(id));
            quoted(claim.map_or("", |c| self.claim_words(c)))
        });
        Some(on_rows(&what, &words.collect::<Vec<_>>()))
    }

    fn fields_alike(&self) -> Option<(String, Vec<ClaimId>)> {
        let told = |f: &ClaimField| {
            matches!(
                f.key(),
                ClaimKey::VerificationStatus | ClaimKey::WorkflowState | ClaimKey::Tags
            )
        };
        let set = self.claims.iter().filter_map(|(id, c)| {
            let field = c.gained().filter(|f| told(f))?;
            Some((*id, field.key(), claim_change(c, self)))
        });
        let set: Vec<_> = set.collect();
        let (_, key, what) = set.first()?;
        let alike = set.iter().all(|(_, k, w)| k == key && w == what);
        let claims = set.iter().map(|(id, ..)| *id).collect();
        alike.then(|| (what.clone(), claims))
    }

    fn held_alike(&self) -> Option<(String, Vec<ClaimId>)> {
        let made: Vec<&Held> = self.held.iter().filter_map(|(_, c)| c.created()).collect();
        let first = *made.first()?;
        if made.iter().any(|h| h.evidence != first.evidence) {
            return None;
        }
        let set = self.held.iter().rev().find_map(|(id, c)| match c.field() {
            Some(HeldField::EvidenceStance(s)) if *id == first.id => Some(*s),
            _ => None,
        });
        let stance = self.labels.of(set.unwrap_or(first.evidence_stance));
        let new = self.evidence.iter().filter_map(|(_, c)| c.created());
        let known = self.session.evidence.get(&first.evidence);
        let title = new.chain(known).find(|e| e.id == first.evidence).map(item);
        let title = title.unwrap_or_else(|| "an item".into());
        let claims = made.iter().map(|h| h.claim).collect();
        Some((format!("evidence: {title} {stance}"), claims))
    }

    fn voices_alike(&self) -> Option<(String, Vec<ClaimId>)> {
        let set = self
            .attributions
            .iter()
            .filter_map(|(id, c)| match c.field() {
                Some(AttributionField::Source(to)) => Some((*id, *to)),
                _ => None,
            });
        let set: Vec<_> = set.collect();
        let (_, to) = *set.first()?;
        if set.iter().any(|(_, other)| *other != to) {
            return None;
        }
        let who = to.map_or_else(|| "nobody named".to_string(), |s| self.source_name(s));
        let claims = set.iter().filter_map(|(id, _)| {
            let mut made = self.attributions.iter().filter_map(|(_, c)| c.created());
            let made = made.find(|a| a.id == *id);
            Some(made.or_else(|| self.session.attributions.get(id))?.claim)
        });
        Some((format!("said by: {who}"), claims.collect()))
    }
}

/// `what on 3 rows: “…”, “…”, “…”`.
fn on_rows(what: &str, words: &[String]) -> String {
    format!("{what} on {} rows: {}", words.len(), words.join(", "))
}
