//! Where merged records went: what names the one that is gone means the one that stays.

use super::edit::{Change, Edit};
use super::ids::*;
use super::model::*;

/// The id of a record that can be merged into another of its kind.
pub trait Mergeable: Copy {
    /// The record with its kind.
    fn record(self) -> RecordId;
    /// The id of `record`, if it is of this kind.
    fn of(record: RecordId) -> Option<Self>;
    /// Whether the record is there.
    fn is_in(self, session: &Session) -> bool;
}

macro_rules! mergeable {
    ($($id:ident $kind:ident in $map:ident;)+) => {$(
        impl Mergeable for $id {
            fn record(self) -> RecordId { RecordId::$kind(self) }
            fn of(record: RecordId) -> Option<Self> {
                match record {
                    RecordId::$kind(id) => Some(id),
                    _ => None,
                }
            }
            fn is_in(self, session: &Session) -> bool { session.$map.contains_key(&self) }
        }
    )+};
}

mergeable! {
    ClaimId Claim in claims;
    SourceId Source in sources;
    EvidenceId Evidence in evidence;
}

impl Session {
    /// Whether the record is there.
    pub fn holds(&self, id: RecordId) -> bool {
        match id {
            RecordId::Claim(id) => id.is_in(self),
            RecordId::Source(id) => id.is_in(self),
            RecordId::Evidence(id) => id.is_in(self),
        }
    }

    /// The record that `id` was merged into, and that one, and so on; itself where it never was.
    pub fn forwarded(&self, id: RecordId) -> RecordId {
        let next = |id: &RecordId| self.forwards.get(id).map(|f: &Forward| f.into);
        // Each forwarding is followed once at most, whatever a damaged file says.
        let chain = std::iter::successors(Some(id), next);
        chain.take(self.forwards.len() + 1).last().unwrap_or(id)
    }

    /// What `id` means: itself where it is there, else the record that it was merged into.
    pub fn meant<I: Mergeable>(&self, id: I) -> I {
        match id.is_in(self) {
            true => id,
            false => I::of(self.forwarded(id.record())).unwrap_or(id),
        }
    }

    /// The edit that comes before `edit` where that makes a merged record again: what names it means it from then on.
    pub fn forgets_merging(&self, edit: &Edit) -> Option<Edit> {
        let made = match edit {
            Edit::Claim(id, c) => c.created().map(|_| id.record()),
            Edit::Source(id, c) => c.created().map(|_| id.record()),
            Edit::Evidence(id, c) => c.created().map(|_| id.record()),
            Edit::Session(_)
            | Edit::Checker(_)
            | Edit::Article(..)
            | Edit::Version(..)
            | Edit::Statement(..)
            | Edit::Attribution(..)
            | Edit::Held(..)
            | Edit::Forward(..)
            | Edit::Conflict(..) => None,
        };
        let forward = self.forwards.get(&made?)?.clone();
        Some(Edit::Forward(forward.id, Change::Remove(Box::new(forward))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::testing::stamp;
    use crate::core::tx::Tx;
    use uuid::Uuid;

    fn source(n: u128) -> SourceId {
        Uuid::from_u128(n).into()
    }

    #[test]
    fn a_merged_record_that_is_made_again_means_itself() {
        let mut session = Session::new(Uuid::nil().into(), "s", Time::UNIX_EPOCH);
        let before = session.clone();
        let stamp = stamp();
        let mut ids = || Uuid::from_u128(99);
        let mut tx = Tx::new(&mut session, stamp, &mut ids);
        for n in [7, 8] {
            tx.create_source(Source::unnamed(source(n)));
            tx.remove_source(&source(n));
        }
        tx.create_source(Source::unnamed(source(9)));
        tx.forward(source(7).record(), source(8).record());
        tx.forward(source(8).record(), source(9).record());
        assert_eq!(tx.session.meant(source(7)), source(9), "over two merges");
        assert_eq!(tx.session.meant(source(6)), source(6));
        tx.create_source(Source::unnamed(source(7)));
        assert_eq!(tx.session.meant(source(7)), source(7));
        assert_eq!(tx.session.forwards.len(), 1);
        assert_eq!(tx.session.meant(source(8)), source(9));
        tx.cancel();
        assert_eq!(session, before);
    }

    #[test]
    fn forwardings_in_a_circle_come_to_an_end() {
        let mut session = Session::new(Uuid::nil().into(), "s", Time::UNIX_EPOCH);
        for (from, into) in [(7, 8), (8, 7)] {
            let (id, into) = (source(from).record(), source(into).record());
            session.forwards.insert(id, Forward { id, into });
        }
        assert!([source(7), source(8)].contains(&session.meant(source(7))));
    }

    #[test]
    fn a_record_that_is_there_means_itself_whatever_a_damaged_file_says() {
        let mut session = Session::new(Uuid::nil().into(), "s", Time::UNIX_EPOCH);
        let here = Source::unnamed(source(7));
        session.sources.insert(here.id, here);
        let (id, into) = (source(7).record(), source(8).record());
        session.forwards.insert(id, Forward { id, into });
        assert_eq!(session.meant(source(7)), source(7));
    }

    #[test]
    fn a_record_goes_to_one_other_alone() {
        let mut session = Session::new(Uuid::nil().into(), "s", Time::UNIX_EPOCH);
        let mut ids = || Uuid::from_u128(99);
        let mut tx = Tx::new(&mut session, stamp(), &mut ids);
        for into in [8, 9] {
            tx.forward(source(7).record(), source(into).record());
        }
        assert_eq!(tx.session.meant(source(7)), source(8));
        assert_eq!(tx.finish().len(), 1);
    }
}
