//! Where a claim stands: at its home, where its row is, and at other statements too.
//!
//! The statements are a set, and which of them is the home is a field: two people who let a claim stand at one more
//! statement each, and a third who moves its home, come to the same in any order. The home is always one of the statements.

use super::edit::{Change, Edit};
use super::ids::{ClaimId, StatementId};
use super::model::{Claim, ClaimField, Session};

impl Claim {
    /// Where it stands: its home first, then the others in order of the text.
    pub fn places(&self) -> impl Iterator<Item = &StatementId> {
        std::iter::once(&self.home).chain(self.also_at())
    }

    /// Where it stands besides its home, in order of the text.
    pub fn also_at(&self) -> impl Iterator<Item = &StatementId> {
        self.statements.iter().filter(|s| **s != self.home)
    }

    /// How far from its home a statement is among its places: 0 for the home; none where it does not stand there.
    pub fn turn_at(&self, statement: &StatementId) -> Option<usize> {
        self.places().position(|s| s == statement)
    }

    /// Whether its home is one of its statements.
    pub fn is_at_home(&self) -> bool {
        self.statements.binary_search(&self.home).is_ok()
    }
}

impl Session {
    /// The edit after which claim `id` is at home at one of its statements, if it is not: the one that it left is no longer
    /// its home, and the first of the others is.
    pub fn at_home_again(&self, id: ClaimId) -> Option<Edit> {
        let claim = self.claims.get(&id).filter(|c| !c.is_at_home())?;
        let first = claim.statements.first()?;
        let from = ClaimField::Home(claim.home.clone());
        let to = ClaimField::Home(first.clone());
        Some(Edit::Claim(id, Change::Set(from, to)))
    }

    /// The edit after which claim `id` stands at its home, if it does not.
    pub fn standing_at_home(&self, id: ClaimId) -> Option<Edit> {
        let claim = self.claims.get(&id).filter(|c| !c.is_at_home())?;
        let now = ClaimField::Statements(claim.statements.clone());
        let mut then = claim.statements.clone();
        then.insert(claim.home.clone());
        let added = Change::between(now, ClaimField::Statements(then));
        added.into_iter().next().map(|c| Edit::Claim(id, c))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::ids::{SessionId, VersionId};
    use crate::core::model::Time;
    use crate::core::testing::stamp;
    use uuid::Uuid;

    #[test]
    fn a_claim_stands_at_each_of_its_places_once_and_first_at_home() {
        let place = |text: &str| StatementId::of(VersionId::of_text(text), &[]);
        let mut all = [place("a"), place("b"), place("c")];
        all.sort();
        let [a, b, c] = all;
        let mut claim = Claim::on(Uuid::from_u128(1).into(), b.clone(), stamp());
        claim.statements.extend([c.clone(), a.clone()]);
        assert_eq!(claim.also_at().collect::<Vec<_>>(), [&a, &c]);
        assert_eq!(claim.places().collect::<Vec<_>>(), [&b, &a, &c]);
        assert_eq!(
            [&b, &a, &c].map(|s| claim.turn_at(s)),
            [Some(0), Some(1), Some(2)]
        );
        let mut s = Session::new(SessionId(Uuid::nil()), "s", Time::UNIX_EPOCH);
        s.claims.insert(claim.id, claim.clone());
        assert_eq!(
            (s.standing_at_home(claim.id), s.at_home_again(claim.id)),
            (None, None)
        );
        s.claims.get_mut(&claim.id).unwrap().statements.remove(&b);
        for (edit, home) in [
            (s.standing_at_home(claim.id), &b),
            (s.at_home_again(claim.id), &a),
        ] {
            let mut s = s.clone();
            assert_eq!(s.apply(&[edit.unwrap()], &stamp()), vec![]);
            let now = &s.claims[&claim.id];
            assert!(now.is_at_home() && now.home == *home);
        }
    }
}
