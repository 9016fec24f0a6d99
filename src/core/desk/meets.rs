//! Which edits cannot be made in either order: what stands in the way of taking a step back.

use crate::core::edit::{Change, Edit};
use crate::core::kind::Kind;
use crate::core::model::*;

/// Whether two edits are about the same field of the same record, or `a` names the record that `b` is about.
pub(super) fn meets(a: &Edit, b: &Edit) -> bool {
    let same = match a {
        Edit::Session(_) | Edit::Checker(_) => false,
        Edit::Article(_, x) => matches!(b, Edit::Article(_, y) if x.key() == y.key()),
        Edit::Version(id, x) => meet(id, x, b),
        Edit::Statement(id, x) => meet(id, x, b),
        Edit::Claim(id, x) => {
            let moved =
                Claim::of(b).is_some_and(|(other, y)| id == other && (is_at(x, y) || is_at(y, x)));
            moved || meet(id, x, b)
        }
        Edit::Attribution(id, x) => meet(id, x, b),
        Edit::Source(id, x) => meet(id, x, b),
        Edit::Evidence(id, x) => meet(id, x, b),
        Edit::Held(id, x) => meet(id, x, b),
        Edit::Forward(id, x) => meet(id, x, b),
        Edit::Conflict(id, x) => meet(id, x, b),
    };
    same || names(a, b)
}

/// Whether the change `x` of the record `id` and `b` are about the same field of it, or about all of it.
fn meet<R: Kind>(id: &R::Id, x: &Change<R, R::Field>, b: &Edit) -> bool {
    R::of(b).is_some_and(|(other, y)| id == other && x.meets(y))
}

/// Whether `a` lets something name the record that `b` is about.
fn names(a: &Edit, b: &Edit) -> bool {
    let Some(about) = b.about() else {
        return false;
    };
    let mut named = false;
    a.names(&mut |name| named |= name == about);
    named
}

/// Whether one change of a claim is about its home, and the other lets it stand there or no longer.
fn is_at(home: &Change<Claim, ClaimField>, places: &Change<Claim, ClaimField>) -> bool {
    match (home, places.field()) {
        (
            Change::Set(ClaimField::Home(from), ClaimField::Home(to)),
            Some(ClaimField::Statements(all)),
        ) => all.contains(from) || all.contains(to),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::ids::*;
    use crate::core::set::Set;
    use uuid::Uuid;

    fn id<I: From<Uuid>>(n: u128) -> I {
        Uuid::from_u128(n).into()
    }

    fn place(text: &str) -> StatementId {
        StatementId::of(VersionId::of_text(text), &[])
    }

    fn home(from: &str, to: &str) -> Edit {
        let of = |text| ClaimField::Home(place(text));
        Edit::Claim(id(1), Change::Set(of(from), of(to)))
    }

    fn stands(at: &[&str]) -> Edit {
        let at: Set<StatementId> = at.iter().map(|text| place(text)).collect();
        let none = ClaimField::Statements(Set::default());
        let added = Change::between(none, ClaimField::Statements(at));
        Edit::Claim(id(1), added.into_iter().next().unwrap())
    }

    fn role(source: u128) -> Edit {
        let of = |role: &str| SourceField::Role(role.into());
        Edit::Source(id(source), Change::Set(of(""), of("clerk")))
    }

    fn note(source: u128) -> Edit {
        let of = |note: &str| SourceField::Note(note.into());
        Edit::Source(id(source), Change::Set(of(""), of("p. 4")))
    }

    #[test]
    fn edits_of_the_same_field_of_the_same_record_meet() {
        assert!(meets(&role(1), &role(1)));
        for other in [role(2), note(1), note(2), home("a", "b")] {
            assert!(!meets(&role(1), &other), "{other:?}");
            assert!(!meets(&other, &role(1)), "{other:?}");
        }
    }

    #[test]
    fn the_home_of_a_claim_and_where_it_stands_meet_where_they_are_about_one_place() {
        let moved = home("a", "b");
        for (places, meet) in [
            (&["a"][..], true),
            (&["b"], true),
            (&["b", "c"], true),
            (&["c"], false),
        ] {
            assert_eq!(meets(&moved, &stands(places)), meet, "{places:?}");
            assert_eq!(meets(&stands(places), &moved), meet, "{places:?}");
        }
        let Edit::Claim(_, change) = stands(&["a"]) else {
            unreachable!()
        };
        assert!(!meets(&moved, &Edit::Claim(id(2), change)), "another claim");
    }

    #[test]
    fn what_names_a_record_meets_what_is_done_to_it() {
        let named = |n: u128| AttributionField::Source(Some(id(n)));
        let none = AttributionField::Source(None);
        let says = Edit::Attribution(id(7), Change::Set(none.clone(), named(1)));
        assert!(meets(&says, &role(1)) && !meets(&says, &role(2)));
        let no_more = Edit::Attribution(id(7), Change::Set(named(1), none));
        assert!(!meets(&no_more, &role(1)));
    }
}
