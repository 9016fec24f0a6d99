//! Which records point to records that are not there. A session that was worked on in order has none.

use super::edit::{Change, Edit};
use super::ids::VersionId;
use super::model::*;

/// A record that points to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// The record, by kind and id.
    pub record: String,
    /// The kind of what it points to.
    pub to: &'static str,
}

/// Every record of `s` that points to a record that is not there, once for each kind of what is missing.
pub fn dangling(s: &Session) -> Vec<Dangling> {
    let mut found = Vec::new();
    article(s, &mut found);
    s.statements
        .values()
        .for_each(|x| statement(s, x, &mut found));
    s.claims.values().for_each(|c| claim(s, c, &mut found));
    let attributions = s.attributions.values();
    attributions.for_each(|a| attribution(s, a, &mut found));
    s.evidence.values().for_each(|e| evidence(s, e, &mut found));
    s.held.values().for_each(|h| held(s, h, &mut found));
    found
}

/// Whether `edits`, which `after` has seen, leave a record that points to nothing: one that they are about, or one that
/// pointed to what they removed.
pub fn break_references(edits: &[Edit], after: &Session) -> bool {
    let mut found = Vec::new();
    for edit in edits {
        let removes = match edit {
            Edit::Session(_) | Edit::Checker(_) | Edit::Forward(..) | Edit::Conflict(..) => false,
            Edit::Article(..) => {
                article(after, &mut found);
                false
            }
            Edit::Version(_, c) => removes(c),
            Edit::Statement(id, c) => {
                let record = after.statements.get(id);
                record
                    .into_iter()
                    .for_each(|r| statement(after, r, &mut found));
                removes(c)
            }
            Edit::Source(_, c) => removes(c),
            Edit::Claim(id, c) => {
                let record = after.claims.get(id);
                record.into_iter().for_each(|r| claim(after, r, &mut found));
                removes(c)
            }
            Edit::Attribution(id, _) => {
                let record = after.attributions.get(id);
                record
                    .into_iter()
                    .for_each(|r| attribution(after, r, &mut found));
                false
            }
            Edit::Evidence(id, c) => {
                let record = after.evidence.get(id);
                record
                    .into_iter()
                    .for_each(|r| evidence(after, r, &mut found));
                removes(c)
            }
            Edit::Held(id, _) => {
                let record = after.held.get(id);
                record.into_iter().for_each(|r| held(after, r, &mut found));
                false
            }
        };
        if removes {
            found.extend(dangling(after));
        }
        if !found.is_empty() {
            return true;
        }
    }
    false
}

fn removes<R, F>(change: &Change<R, F>) -> bool {
    matches!(change, Change::Remove(_))
}

/// Notes that the record called `record` points to something of the kind `to`, unless that is there.
fn note(there: bool, record: impl FnOnce() -> String, to: &'static str, found: &mut Vec<Dangling>) {
    if !there {
        let record = record();
        found.push(Dangling { record, to });
    }
}

/// Whether a version is there; of one of which only the number is known there is no record.
fn has(s: &Session, version: VersionId) -> bool {
    version.number_alone().is_some() || s.versions.contains_key(&version)
}

fn article(s: &Session, found: &mut Vec<Dangling>) {
    let there = has(s, s.version());
    note(there, || "article".into(), "article version", found);
}

fn statement(s: &Session, x: &Statement, found: &mut Vec<Dangling>) {
    let there = has(s, x.anchor.version);
    let record = || format!("statement {}", x.id);
    note(there, record, "article version", found);
}

fn claim(s: &Session, c: &Claim, found: &mut Vec<Dangling>) {
    let there = c.statements.iter().all(|id| s.statements.contains_key(id));
    let there = there && c.is_at_home();
    note(there, || format!("claim {}", c.id), "statement", found);
}

fn attribution(s: &Session, a: &Attribution, found: &mut Vec<Dangling>) {
    let record = || format!("attribution {}", a.id);
    note(s.claims.contains_key(&a.claim), record, "claim", found);
    let statement = s.statements.contains_key(&a.statement);
    note(statement, record, "statement", found);
    let mut sources = a.source.iter().chain(&a.via).chain(&a.about);
    let there = sources.all(|id| s.sources.contains_key(id));
    note(there, record, "source", found);
}

fn evidence(s: &Session, e: &Evidence, found: &mut Vec<Dangling>) {
    let there = e.source.iter().all(|id| s.sources.contains_key(id));
    note(there, || format!("evidence {}", e.id), "source", found);
}

fn held(s: &Session, h: &Held, found: &mut Vec<Dangling>) {
    let record = || format!("held {}", h.id);
    note(s.claims.contains_key(&h.claim), record, "claim", found);
    let item = s.evidence.contains_key(&h.evidence);
    note(item, record, "evidence item", found);
}
