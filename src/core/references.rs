//! Which records name records that are not there. A session that was worked on in order has none.

use super::edit::Edit;
use super::join::Record;
use super::kind::{EachKind, Kind, each_kind};
use super::model::*;
use super::refers::NamedRecord;

/// A record that points to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// The record, by kind and id.
    pub record: String,
    /// The kind of what it points to.
    pub to: &'static str,
}

impl Session {
    /// Whether the record is there. Where only a version's number is known there is no record of it, and none is missing.
    pub fn is_there(&self, name: &NamedRecord) -> bool {
        match name {
            NamedRecord::Version(id) => {
                id.number_alone().is_some() || self.versions.contains_key(id)
            }
            NamedRecord::Statement(id) => self.statements.contains_key(id),
            NamedRecord::Claim(id) => self.claims.contains_key(id),
            NamedRecord::Source(id) => self.sources.contains_key(id),
            NamedRecord::Evidence(id) => self.evidence.contains_key(id),
        }
    }
}

/// Every record that another one of `s` names and that is not there, each once.
pub fn missing(s: &Session) -> Vec<NamedRecord> {
    struct Missing<'a>(&'a Session, Vec<NamedRecord>);
    impl Missing<'_> {
        fn look(&mut self, record: &impl Record) {
            let Self(session, all) = self;
            record.names(&mut |name| {
                if !session.is_there(&name) && !all.contains(&name) {
                    all.push(name);
                }
            });
        }
    }
    impl EachKind for Missing<'_> {
        fn on<R: Kind>(&mut self) {
            R::all(self.0).values().for_each(|record| self.look(record));
        }
    }
    let mut missing = Missing(s, Vec::new());
    missing.look(&s.article);
    each_kind(&mut missing);
    missing.1
}

/// Every record of `s` that points to a record that is not there, once for each kind of what is missing.
pub fn dangling(s: &Session) -> Vec<Dangling> {
    let mut looking = Looking::at(s);
    looking.article();
    each_kind(&mut looking);
    s.claims.values().for_each(|c| looking.home(c));
    looking.found
}

/// Whether `edits`, which `after` has seen, leave a record that points to nothing: one that they are about, or one that
/// pointed to what they removed.
pub fn break_references(edits: &[Edit], after: &Session) -> bool {
    let mut looking = Looking::at(after);
    edits.iter().any(|edit| {
        match edit {
            Edit::Session(_) | Edit::Checker(_) => {}
            Edit::Article(..) => looking.article(),
            Edit::Version(id, _) => looking.one::<Version>(id),
            Edit::Statement(id, _) => looking.one::<Statement>(id),
            Edit::Claim(id, _) => {
                looking.one::<Claim>(id);
                after
                    .claims
                    .get(id)
                    .into_iter()
                    .for_each(|c| looking.home(c));
            }
            Edit::Attribution(id, _) => looking.one::<Attribution>(id),
            Edit::Source(id, _) => looking.one::<Source>(id),
            Edit::Evidence(id, _) => looking.one::<Evidence>(id),
            Edit::Held(id, _) => looking.one::<Held>(id),
            Edit::Forward(id, _) => looking.one::<Forward>(id),
            Edit::Conflict(id, _) => looking.one::<Conflict>(id),
        }
        if edit.removes() && edit.about().is_some() {
            looking.found.extend(dangling(after));
        }
        !looking.found.is_empty()
    })
}

/// What was found so far.
struct Looking<'a> {
    session: &'a Session,
    found: Vec<Dangling>,
}

impl<'a> Looking<'a> {
    fn at(session: &'a Session) -> Self {
        let found = Vec::new();
        Self { session, found }
    }

    fn article(&mut self) {
        self.look(&self.session.article, || "article".into());
    }

    /// Looks at the record called `id`, if there is one.
    fn one<R: Kind>(&mut self, id: &R::Id) {
        if let Some(record) = R::all(self.session).get(id) {
            self.look(record, || format!("{} {id}", R::NAME));
        }
    }

    fn look(&mut self, record: &impl Record, called: impl Fn() -> String) {
        let before = self.found.len();
        record.names(&mut |name| {
            if !self.session.is_there(&name) {
                self.note(before, &called, name.kind());
            }
        });
    }

    /// A claim stands at its home.
    fn home(&mut self, claim: &Claim) {
        if !claim.is_at_home() {
            let called = || format!("{} {}", Claim::NAME, claim.id);
            let of_it = self.found.iter().position(|d| d.record == called());
            self.note(of_it.unwrap_or(self.found.len()), &called, "statement");
        }
    }

    /// Notes that a record points to something of the kind `to`, unless that is said of it: after the first `before`.
    fn note(&mut self, before: usize, called: &impl Fn() -> String, to: &'static str) {
        let said = self.found.iter().skip(before);
        let record = called();
        if said.filter(|d| d.record == record).all(|d| d.to != to) {
            self.found.push(Dangling { record, to });
        }
    }
}

impl EachKind for Looking<'_> {
    fn on<R: Kind>(&mut self) {
        for (id, record) in R::all(self.session) {
            self.look(record, || format!("{} {id}", R::NAME));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::edit::Change;
    use crate::core::ids::*;
    use crate::core::testing::stamp;
    use uuid::Uuid;

    fn empty() -> Session {
        Session::new(Uuid::nil().into(), "s", Time::UNIX_EPOCH)
    }

    fn place(text: &str) -> StatementId {
        StatementId::of(VersionId::of_text(text), &[])
    }

    fn statement(at: &StatementId, version: VersionId) -> Edit {
        let anchor = Anchor {
            version,
            ..Anchor::default()
        };
        let made = Statement {
            id: at.clone(),
            anchor,
            block: Default::default(),
            decision: Default::default(),
            reason: String::new(),
            origin: Default::default(),
            why: String::new(),
        };
        Edit::Statement(at.clone(), Change::Create(Box::new(made)))
    }

    /// An edit for each kind of record that names others, none of which is there, and the kind of what it names.
    fn naming() -> Vec<(Edit, &'static str)> {
        let id = Uuid::from_u128(9);
        let gone = VersionId::of_text("gone");
        let claim = Claim::on(id.into(), place("gone"), stamp());
        let voice = Attribution::on(id.into(), id.into(), place("gone"));
        let mut item = Evidence::empty(id.into());
        item.source = Some(id.into());
        let held = Held::against(id.into(), id.into(), id.into());
        let current = ArticleField::Current;
        vec![
            (
                Edit::Article(current(None), current(Some(gone))),
                "article version",
            ),
            (statement(&place("here"), gone), "article version"),
            (
                Edit::Claim(claim.id, Change::Create(Box::new(claim))),
                "statement",
            ),
            (
                Edit::Attribution(voice.id, Change::Create(Box::new(voice))),
                "claim",
            ),
            (
                Edit::Evidence(item.id, Change::Create(Box::new(item))),
                "source",
            ),
            (
                Edit::Held(held.id, Change::Create(Box::new(held))),
                "evidence item",
            ),
        ]
    }

    #[test]
    fn whatever_names_nothing_is_found_and_refused() {
        for (edit, kind) in naming() {
            let mut s = empty();
            assert_eq!(s.apply(std::slice::from_ref(&edit), &stamp()), vec![]);
            let of_kind = |n: &NamedRecord| n.kind() == kind;
            assert!(missing(&s).iter().any(of_kind), "{edit:?}");
            assert!(dangling(&s).iter().any(|d| d.to == kind), "{edit:?}");
            assert!(break_references(&[edit], &s));
            assert!(!break_references(&[], &s));
        }
        assert_eq!((missing(&empty()), dangling(&empty())), (vec![], vec![]));
    }

    #[test]
    fn what_is_missing_is_told_once() {
        let mut s = empty();
        let gone = SourceId(Uuid::from_u128(9));
        for n in [1, 2] {
            let mut item = Evidence::empty(Uuid::from_u128(n).into());
            item.source = Some(gone);
            s.evidence.insert(item.id, item);
        }
        assert_eq!(missing(&s), [NamedRecord::Source(gone)]);
        assert_eq!(dangling(&s).len(), 2, "each record");
        s.evidence.clear();
        let id = Uuid::from_u128(3);
        let mut voice = Attribution::on(id.into(), id.into(), place("gone"));
        (voice.source, voice.via) = (Some(gone), Some(gone));
        s.attributions.insert(voice.id, voice);
        let found = dangling(&s);
        let to: Vec<&str> = found.iter().map(|d| d.to).collect();
        assert_eq!(to.iter().filter(|to| **to == "source").count(), 1, "{to:?}");
    }

    #[test]
    fn a_claim_that_does_not_stand_at_its_home_is_found() {
        let mut s = empty();
        let version = s.version();
        let mut claim = Claim::on(Uuid::from_u128(1).into(), place("a"), stamp());
        s.apply(
            &[
                statement(&place("a"), version),
                statement(&place("b"), version),
            ],
            &stamp(),
        );
        claim.home = place("b");
        let made = Edit::Claim(claim.id, Change::Create(Box::new(claim)));
        s.apply(std::slice::from_ref(&made), &stamp());
        assert!(dangling(&s).iter().any(|d| d.to == "statement"));
        assert!(break_references(&[made], &s));
    }
}
