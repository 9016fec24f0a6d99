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
