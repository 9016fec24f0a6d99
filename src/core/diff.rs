//! What two states of a session differ in, in words and as edits.

use super::describe::counted;
use super::edit::{Birth, Change, Edit};
use super::kind::{EachKind, Kind, each_kind};
use super::model::*;

/// What `a` and `b` differ in; nothing where they are equal.
pub fn differences(a: &Session, b: &Session) -> Vec<&'static str> {
    let same = [
        (
            a.id == b.id && a.name == b.name && a.created_at == b.created_at,
            "birth",
        ),
        (a.updated_at == b.updated_at, "time of the last change"),
        (a.checkers == b.checkers, "checkers"),
        (a.article == b.article, "article details"),
        (a.versions == b.versions, "article versions"),
        (a.statements == b.statements, "statements"),
        (a.claims == b.claims, "claims"),
        (a.attributions == b.attributions, "attributions"),
        (a.sources == b.sources, "sources"),
        (a.evidence == b.evidence, "evidence items"),
        (a.held == b.held, "the evidence of claims"),
        (a.forwards == b.forwards, "forwardings"),
        (a.conflicts == b.conflicts, "conflicts"),
    ];
    same.iter()
        .filter(|(same, _)| !same)
        .map(|(_, what)| *what)
        .collect()
}

/// The edits of a step, stamped with `stamp`, that lead from `a` to `b`.
///
/// After it a session is `b` in everything but the time of its last change, which is the stamp's, and its checkers: they
/// are added and renamed, never taken away, since steps keep naming them. Who changed a claim last stays who it was.
pub fn diff(a: &Session, b: &Session, stamp: &Stamp) -> Vec<Edit> {
    let mut edits = Vec::new();
    if (a.id, a.created_at) != (b.id, b.created_at) {
        edits.push(Edit::Session(Birth {
            id: b.id,
            name: b.name.clone(),
            created_at: b.created_at,
        }));
    }
    let unknown = b.checkers.iter().filter(|c| !a.checkers.contains(c));
    edits.extend(unknown.cloned().map(Edit::Checker));
    for key in ArticleKey::ALL {
        let (from, to): (ArticleField, ArticleField) = (a.article.get(*key), b.article.get(*key));
        if from != to {
            edits.push(Edit::Article(from, to));
        }
    }
    let mut differing = Differing { a, b, edits };
    each_kind(&mut differing);
    let mut edits = differing.edits;
    keep_stamps(a, b, stamp, &mut edits);
    edits
}

/// What the edits of a repair did, in a few words: `repaired: 9 claims and 2 sources came back, 1 field set`.
pub fn repair_name(edits: &[Edit]) -> String {
    match what_came(edits, "came back", "went") {
        None => "repaired: nothing had to be changed".into(),
        Some(what) => format!("repaired: {what}"),
    }
}

/// What the edits of a join did, in a few words: `joined another copy: 2 claims came, 1 field set`.
pub fn join_name(edits: &[Edit]) -> String {
    match what_came(edits, "came", "went") {
        None => "joined another copy: nothing in it was new".into(),
        Some(what) => format!("joined another copy: {what}"),
    }
}

/// How many records of which kind `came` and `went`, and how many fields were set; none where nothing was.
fn what_came(edits: &[Edit], came: &str, went: &str) -> Option<String> {
    let mut back = Tally::default();
    let mut gone = Tally::default();
    let mut set = 0;
    for edit in edits {
        let (kind, made) = match edit {
            // Who makes the step joins the checkers, and who changed a claim last stays who it was: neither is work that came back.
            Edit::Checker(_) | Edit::Claim(_, Change::Set(_, ClaimField::Updated(_))) => continue,
            Edit::Session(_) => ("session", Some(true)),
            Edit::Article(..) => ("field", None),
            Edit::Version(_, c) => ("article version", c.makes()),
            Edit::Statement(_, c) => ("statement", c.makes()),
            Edit::Claim(_, c) => ("claim", c.makes()),
            Edit::Attribution(_, c) => ("attribution", c.makes()),
            Edit::Source(_, c) => ("source", c.makes()),
            Edit::Evidence(_, c) => ("evidence item", c.makes()),
            Edit::Held(_, c) => ("held item", c.makes()),
            Edit::Conflict(_, c) => ("conflict", c.makes()),
            // It is a part of what made the merged record go.
            Edit::Forward(..) => continue,
        };
        match made {
            Some(true) => back.add(kind),
            Some(false) => gone.add(kind),
            None => set += 1,
        }
    }
    let mut parts = Vec::new();
    parts.extend(back.words().into_iter().map(|w| format!("{w} {came}")));
    parts.extend(gone.words().into_iter().map(|w| format!("{w} {went}")));
    if set > 0 {
        parts.push(format!("{} set", counted(set, "field")));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How many of each kind, in the order in which they came.
#[derive(Default)]
struct Tally(Vec<(&'static str, usize)>);

impl Tally {
    fn add(&mut self, kind: &'static str) {
        match self.0.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, n)) => *n += 1,
            None => self.0.push((kind, 1)),
        }
    }

    fn words(&self) -> Option<String> {
        let words: Vec<String> = self.0.iter().map(|(k, n)| counted(*n, k)).collect();
        match words.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            [rest @ .., last] => Some(format!("{} and {last}", rest.join(", "))),
        }
    }
}

/// Two states, and the edits so far that lead from one to the other.
struct Differing<'a> {
    a: &'a Session,
    b: &'a Session,
    edits: Vec<Edit>,
}

impl EachKind for Differing<'_> {
    /// The edits that lead from the records of one kind to those of the other state; who changed a claim last is left as it
    /// is.
    fn on<R: Kind>(&mut self) {
        let (a, b) = (R::all(self.a), R::all(self.b));
        let edits = &mut self.edits;
        let is_stamp = |key: &&R::Key| R::word(**key) == ClaimKey::Updated.word();
        for (id, old) in a.iter().filter(|(id, _)| !b.contains_key(id)) {
            edits.push(R::edit(id.clone(), Change::Remove(Box::new(old.clone()))));
        }
        for (id, new) in b {
            match a.get(id) {
                None => edits.push(R::edit(id.clone(), Change::Create(Box::new(new.clone())))),
                Some(old) if old == new => {}
                Some(old) => {
                    edits.extend(R::KEYS.iter().filter(|k| !is_stamp(k)).flat_map(|key| {
                        let changes = Change::between(old.value(*key), new.value(*key));
                        changes
                            .into_iter()
                            .map(|change| R::edit(id.clone(), change))
                    }))
                }
            }
        }
    }
}

/// Puts back who changed each claim last, which the edits so far have stamped anew.
fn keep_stamps(a: &Session, b: &Session, stamp: &Stamp, edits: &mut Vec<Edit>) {
    let mut after = a.clone();
    after.apply(edits, stamp);
    for (id, claim) in &b.claims {
        let updated = after.claims.get(id).map(|c| &c.updated);
        if let Some(from) = updated.filter(|u| **u != claim.updated) {
            let from = ClaimField::Updated(from.clone());
            let to = ClaimField::Updated(claim.updated.clone());
            edits.push(Edit::Claim(*id, Change::Set(from, to)));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::core::ids::*;
    use crate::core::testing::histories;

    fn stamp() -> Stamp {
        Stamp {
            at: Time::UNIX_EPOCH,
            by: CheckerId::of("whoever repairs"),
        }
    }

    /// `a` after the edits that lead to `b`, which must all fit.
    fn led(a: &Session, b: &Session) -> Session {
        let edits = diff(a, b, &stamp());
        let mut led = a.clone();
        assert_eq!(led.apply(&edits, &stamp()), vec![]);
        led
    }

    /// `s` but for what an edit cannot take away or does not carry.
    fn comparable(s: &Session) -> Session {
        Session {
            updated_at: Time::UNIX_EPOCH,
            checkers: Vec::new(),
            ..s.clone()
        }
    }

    proptest! {
        #[test]
        fn the_edits_of_a_difference_lead_from_one_state_to_the_other(
            a in histories(25), b in histories(25), cut in 0usize..25,
        ) {
            let mut past = Session::new(uuid::Uuid::nil().into(), "kell-bridge", Time::UNIX_EPOCH);
            for step in b.history.steps().iter().take(cut) {
                past.apply(&step.edits, &step.stamp());
            }
            for (from, to) in [(&a.session, &b.session), (&past, &b.session), (&b.session, &past)] {
                let led = led(from, to);
                prop_assert_eq!(comparable(&led), comparable(to));
                prop_assert!(to.checkers.iter().all(|c| led.checkers.contains(c)));
            }
            prop_assert_eq!(led(&past, &b.session).checkers, b.session.checkers.clone());
            prop_assert_eq!(diff(&b.session, &b.session, &stamp()), vec![]);
        }
    }

    #[test]
    fn a_repair_is_named_by_what_it_brought_back() {
        let born = crate::core::testing::Played::born().session;
        let mut other = born.clone();
        other.article.title = "Another".into();
        for n in [5, 6] {
            let source = Source::unnamed(uuid::Uuid::from_u128(n).into());
            other.sources.insert(source.id, source);
        }
        let name = |a, b| repair_name(&diff(a, b, &stamp()));
        assert_eq!(
            name(&born, &other),
            "repaired: 2 sources came back, 1 field set"
        );
        assert_eq!(name(&other, &born), "repaired: 2 sources went, 1 field set");
        assert_eq!(name(&born, &born), "repaired: nothing had to be changed");
        let join = |a, b| join_name(&diff(a, b, &stamp()));
        assert_eq!(
            join(&born, &other),
            "joined another copy: 2 sources came, 1 field set"
        );
        assert_eq!(
            join(&born, &born),
            "joined another copy: nothing in it was new"
        );
    }

    #[test]
    fn differences_are_named() {
        let born = crate::core::testing::Played::born().session;
        assert_eq!(differences(&born, &born), Vec::<&str>::new());
        let mut other = born.clone();
        other.article.title = "Another".into();
        other.sources.clear();
        assert_eq!(differences(&born, &other), ["article details", "sources"]);
    }

    #[test]
    fn who_changed_a_claim_last_is_put_back_once() {
        let mut a = crate::core::testing::Played::born().session;
        let at = StatementId::of(a.version(), &[]);
        let claim = Claim::on(uuid::Uuid::from_u128(3).into(), at, stamp());
        a.claims.insert(claim.id, claim.clone());
        let mut b = a.clone();
        let there = b.claims.entry(claim.id).or_insert(claim);
        there.notes = "ask the port".into();
        there.updated.by = CheckerId::of("Ben");
        // What hangs on it stamps it too.
        let voice = Attribution::on(
            uuid::Uuid::from_u128(4).into(),
            there.id,
            there.home.clone(),
        );
        b.attributions.insert(voice.id, voice);
        let edits = diff(&a, &b, &stamp());
        let is_stamp =
            |e: &&Edit| matches!(e, Edit::Claim(_, Change::Set(_, ClaimField::Updated(_))));
        assert_eq!((edits.len(), edits.iter().filter(is_stamp).count()), (3, 1));
        assert_eq!(led(&a, &b).claims, b.claims);
    }
}
