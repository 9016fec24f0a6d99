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
