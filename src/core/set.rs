//! A set with a fixed order: what is added to it and dropped from it by different people comes to the same, in whatever
//! order it happens.

use std::ops::Deref;

/// Members, each once, in the order of their values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Set<T>(Vec<T>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Set<T> {
    /// The set of `member` alone.
    pub fn one(member: T) -> Self {
        Self(vec![member])
    }

    /// Adds `member`; whether it was new.
    pub fn insert(&mut self, member: T) -> bool {
        match self.0.binary_search(&member) {
            Ok(_) => false,
            Err(at) => {
                self.0.insert(at, member);
                true
            }
        }
    }

    /// Drops `member`; whether it was there.
    pub fn remove(&mut self, member: &T) -> bool {
        match self.0.binary_search(member) {
            Ok(at) => {
                self.0.remove(at);
                true
            }
            Err(_) => false,
        }
    }

    /// Changes each member; those that are alike afterwards are one.
    pub fn change(&mut self, change: impl FnMut(&mut T)) {
        self.0.iter_mut().for_each(change);
        self.0.sort();
        self.0.dedup();
    }

    /// Keeps the members that `keep` says yes to.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.0.retain(keep);
    }
}

impl<T: Ord + Clone> Set<T> {
    /// The members of both.
    pub fn with(&self, more: &Self) -> Self {
        self.iter().chain(more.iter()).cloned().collect()
    }

    /// The members that `less` has not.
    pub fn without(&self, less: &Self) -> Self {
        let left = self.iter().filter(|m| less.0.binary_search(m).is_err());
        Self(left.cloned().collect())
    }
}

impl<T> Deref for Set<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut all: Vec<T> = members.into_iter().collect();
        // What a file holds is in order.
        if !all.is_sorted_by(|a, b| a < b) {
            all.sort();
            all.dedup();
        }
        Self(all)
    }
}

impl<T: Ord> From<Vec<T>> for Set<T> {
    fn from(members: Vec<T>) -> Self {
        members.into_iter().collect()
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        self.0.extend(members);
        self.0.sort();
        self.0.dedup();
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for Set<T> {
    fn eq(&self, other: &[U; N]) -> bool {
        self.0 == other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_there_once_and_in_order() {
        let mut set: Set<u8> = [3, 1, 3, 2].into_iter().collect();
        assert_eq!(set, [1, 2, 3]);
        assert!(!set.insert(2) && set.insert(0) && set.remove(&3) && !set.remove(&3));
        assert_eq!(set, [0, 1, 2]);
        set.extend([5, 1]);
        assert_eq!(set, [0, 1, 2, 5]);
        assert_eq!(set.without(&[1, 9].into_iter().collect()), [0, 2, 5]);
        assert_eq!(set.with(&Set::one(4)), [0, 1, 2, 4, 5]);
    }

    #[test]
    fn adding_and_dropping_other_members_commutes() {
        let (a, b): (Set<u8>, Set<u8>) = (Set::one(1), Set::one(2));
        let start: Set<u8> = [2, 7].into_iter().collect();
        assert_eq!(start.with(&a).without(&b), start.without(&b).with(&a));
    }

    #[test]
    fn members_that_are_changed_are_in_order_again_and_alike_ones_are_one() {
        let mut set: Set<u8> = [1, 2, 3, 4].into_iter().collect();
        set.change(|n| *n = if *n == 4 { 0 } else { *n / 2 });
        assert_eq!(set, [0, 1]);
        set.change(|n| *n = 9 - *n);
        assert_eq!(set, [8, 9]);
    }
}
