//! The change of one record: made, removed, one field set, or members of a set added or dropped.
//!
//! A field that holds a set changes by its members and never as a whole, so that what two people add and drop comes to the
//! same in whatever order it happens. Journals from before hold whole sets as [`Change::Set`].

use super::join::Field;

/// The change of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<R, F> {
    /// The record was not there and is now this; one that is there stays as it is.
    Create(Box<R>),
    /// The record was this and is no longer there.
    Remove(Box<R>),
    /// One field held the first value and now holds the second; both are the same field.
    Set(F, F),
    /// The members, none of which it held, were added to a set.
    Add(Members<F>),
    /// The members, all of which it held, were dropped from a set.
    Drop(Members<F>),
}

/// At least one member of a field that holds a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members<F>(F);

impl<F: Field> Members<F> {
    /// The members in `field`; none where it is no set, or holds none.
    pub fn of(field: F) -> Option<Self> {
        let is_set = field.with(&field).is_some();
        (is_set && !field.is_blank()).then_some(Self(field))
    }
}

impl<F> Members<F> {
    /// The members as a value of their field.
    pub fn field(&self) -> &F {
        &self.0
    }
}

impl<R, F: Field> Change<R, F> {
    /// The changes that lead from one value of a field to another: of a set its members, of anything else the value. None
    /// where both are the same.
    pub fn between(from: F, to: F) -> Vec<Self> {
        if from == to {
            return Vec::new();
        }
        match (from.without(&to), to.without(&from)) {
            (Some(dropped), Some(added)) => {
                let dropped = Members::of(dropped).map(Self::Drop);
                dropped
                    .into_iter()
                    .chain(Members::of(added).map(Self::Add))
                    .collect()
            }
            _ => vec![Self::Set(from, to)],
        }
    }

    /// Whether it finds in `now`, the present value of its field, what it expects; a record is no field.
    pub fn fits(&self, now: &F) -> bool {
        match self {
            Self::Create(_) | Self::Remove(_) => false,
            Self::Set(from, _) => now == from,
            Self::Add(m) => now.without(&m.0).as_ref() == Some(now),
            Self::Drop(m) => now.with(&m.0).as_ref() == Some(now),
        }
    }

    /// What becomes of `now`, the present value of its field.
    pub fn applied(&self, now: F) -> F {
        match self {
            Self::Create(_) | Self::Remove(_) => now,
            Self::Set(_, to) => to.clone(),
            Self::Add(m) => now.with(&m.0).unwrap_or(now),
            Self::Drop(m) => now.without(&m.0).unwrap_or(now),
        }
    }

    /// Whether two changes of a record cannot be made in either order with the same end: they set the same field, share a
    /// member of a set, or one makes or removes the record.
    pub fn meets(&self, other: &Self) -> bool
    where
        F::Key: PartialEq,
    {
        match (self, other) {
            (Self::Create(_) | Self::Remove(_), _) | (_, Self::Create(_) | Self::Remove(_)) => true,
            (Self::Add(a) | Self::Drop(a), Self::Add(b) | Self::Drop(b)) => {
                a.0.name() == b.0.name() && a.0.without(&b.0).as_ref() != Some(&a.0)
            }
            _ => self.field().map(Field::name) == other.field().map(Field::name),
        }
    }
}

impl<R, F> Change<R, F> {
    /// The record that was made.
    pub fn created(&self) -> Option<&R> {
        match self {
            Self::Create(record) => Some(record),
            Self::Remove(_) | Self::Set(..) | Self::Add(_) | Self::Drop(_) => None,
        }
    }

    /// The record that was removed.
    pub fn removed(&self) -> Option<&R> {
        match self {
            Self::Remove(record) => Some(record),
            Self::Create(_) | Self::Set(..) | Self::Add(_) | Self::Drop(_) => None,
        }
    }

    /// The field that changes: with the value that it holds now, or with the members that were added or dropped.
    pub fn field(&self) -> Option<&F> {
        match self {
            Self::Set(_, to) => Some(to),
            Self::Add(m) | Self::Drop(m) => Some(&m.0),
            Self::Create(_) | Self::Remove(_) => None,
        }
    }

    /// The value that a field holds now, or the members that it holds now and did not before.
    pub fn gained(&self) -> Option<&F> {
        match self {
            Self::Set(_, to) => Some(to),
            Self::Add(m) => Some(&m.0),
            Self::Create(_) | Self::Remove(_) | Self::Drop(_) => None,
        }
    }

    /// Shows `see` each value that it holds of its field, to be changed.
    pub fn each(&mut self, see: &mut dyn FnMut(&mut F)) {
        match self {
            Self::Create(_) | Self::Remove(_) => {}
            Self::Set(from, to) => {
                see(from);
                see(to);
            }
            Self::Add(m) | Self::Drop(m) => see(&mut m.0),
        }
    }

    /// Whether it makes the record, or removes it; none where it changes a field.
    pub fn makes(&self) -> Option<bool> {
        match self {
            Self::Create(_) => Some(true),
            Self::Remove(_) => Some(false),
            Self::Set(..) | Self::Add(_) | Self::Drop(_) => None,
        }
    }
}

impl<R: Clone, F: Clone> Change<R, F> {
    /// The change that takes this one back.
    pub fn inverse(&self) -> Self {
        match self {
            Self::Create(r) => Self::Remove(r.clone()),
            Self::Remove(r) => Self::Create(r.clone()),
            Self::Set(from, to) => Self::Set(to.clone(), from.clone()),
            Self::Add(m) => Self::Drop(m.clone()),
            Self::Drop(m) => Self::Add(m.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::model::{Claim, ClaimField};
    use crate::core::set::Set;
    use crate::core::testing::stamp;

    type Of = Change<Claim, ClaimField>;

    fn tags(all: &[&str]) -> ClaimField {
        ClaimField::Tags(all.iter().map(|t| (*t).to_string()).collect())
    }

    #[test]
    fn a_set_changes_by_its_members_and_anything_else_as_a_whole() {
        let between = |a: &[&str], b: &[&str]| -> Vec<Of> { Change::between(tags(a), tags(b)) };
        let added = |all: &[&str]| Members::of(tags(all)).map(Of::Add);
        let dropped = |all: &[&str]| Members::of(tags(all)).map(Of::Drop);
        assert_eq!(between(&["a"], &["a"]), []);
        assert_eq!(between(&["a"], &["b", "a"]), Vec::from_iter(added(&["b"])));
        let both = dropped(&["a"]).into_iter().chain(added(&["b", "c"]));
        assert_eq!(between(&["a"], &["c", "b"]), Vec::from_iter(both));
        let notes = |n: &str| ClaimField::Notes(n.into());
        let set: Vec<Of> = Change::between(notes("a"), notes("b"));
        assert_eq!(set, [Of::Set(notes("a"), notes("b"))]);
        assert_eq!(Members::of(notes("a")), None);
        assert_eq!(Members::of(ClaimField::Tags(Set::default())), None);
    }

    #[test]
    fn members_fit_exactly_and_meet_only_themselves() {
        let add = |m: &str| Members::of(tags(&[m])).map(Of::Add).unwrap();
        let drop = |m: &str| Members::of(tags(&[m])).map(Of::Drop).unwrap();
        let now = tags(&["a", "b"]);
        assert!(add("c").fits(&now) && !add("a").fits(&now));
        assert!(drop("a").fits(&now) && !drop("c").fits(&now));
        assert_eq!(add("c").applied(now.clone()), tags(&["a", "b", "c"]));
        assert_eq!(drop("a").applied(now), tags(&["b"]));
        assert!(add("a").meets(&add("a")) && add("a").meets(&drop("a")));
        assert!(!add("a").meets(&add("b")));
        let whole = Of::Set(tags(&[]), tags(&["z"]));
        assert!(whole.meets(&add("a")) && add("a").meets(&whole));
        let notes = Of::Set(ClaimField::Notes("".into()), ClaimField::Notes("b".into()));
        assert!(!notes.meets(&add("a")) && notes.meets(&notes));
    }

    #[test]
    fn making_a_record_meets_everything_and_other_fields_meet_nothing() {
        let id = crate::core::ids::ClaimId(uuid::Uuid::nil());
        let at = crate::core::ids::StatementId::of(crate::core::ids::VersionId::NONE, &[]);
        let stamp = stamp();
        let made = Box::new(Claim::on(id, at, stamp));
        let notes = Of::Set(ClaimField::Notes("a".into()), ClaimField::Notes("b".into()));
        for whole in [Of::Create(made.clone()), Of::Remove(made)] {
            assert!(whole.meets(&notes) && notes.meets(&whole));
        }
        let tag = Members::of(tags(&["a"])).map(Of::Add).unwrap();
        let proposed = ClaimField::Proposed(Set::one(crate::core::model::ClaimKey::Tags));
        let proposed = Members::of(proposed).map(Of::Add).unwrap();
        assert!(!tag.meets(&proposed) && !proposed.meets(&tag));
    }

    #[test]
    fn what_a_field_gains_and_all_that_it_holds_is_seen() {
        let of = |n: &str| ClaimField::Notes(n.into());
        let add = Members::of(tags(&["a"])).map(Of::Add).unwrap();
        assert_eq!(add.gained(), Some(&tags(&["a"])));
        assert_eq!(add.inverse().gained(), None);
        assert_eq!(Of::Set(of("a"), of("b")).gained(), Some(&of("b")));
        let mut set = Of::Set(of("a"), of("b"));
        set.each(&mut |f| {
            if let ClaimField::Notes(n) = f {
                n.push('!');
            }
        });
        assert_eq!(set, Of::Set(of("a!"), of("b!")));
    }
}
