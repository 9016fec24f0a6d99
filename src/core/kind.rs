//! The kinds of records: where those of a kind are in a session, and which edits change them. What is true of every kind
//! is written once, over this trait.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::edit::{Change, Edit};
use super::ids::*;
use super::join::Record;
use super::model::*;

/// A kind of records that edits make, change and remove.
pub trait Kind: Record + PartialEq {
    /// The id of such a record.
    type Id: Ord + Clone + Display;
    /// What one is called in a message.
    const NAME: &'static str;
    /// All of them.
    fn all(session: &Session) -> &BTreeMap<Self::Id, Self>;
    /// All of them, to be changed.
    fn all_mut(session: &mut Session) -> &mut BTreeMap<Self::Id, Self>;
    /// The edit that makes `change` in the record `id`.
    fn edit(id: Self::Id, change: Change<Self, Self::Field>) -> Edit;
    /// What `edit` does to a record of this kind, if it is about one.
    fn of(edit: &Edit) -> Option<Of<'_, Self>>;
}

/// The id of a record, and what an edit does to it.
pub type Of<'a, R> = (&'a <R as Kind>::Id, &'a Change<R, <R as Record>::Field>);

/// Work that is done for each kind of records.
pub trait EachKind {
    /// Does it for one kind.
    fn on<R: Kind>(&mut self);
}

macro_rules! kinds {
    ($($record:ident $id:ty, $name:literal in $map:ident;)+) => {
        /// Does `work` for every kind there is, so that whoever goes through all of them forgets none.
        pub fn each_kind(work: &mut impl EachKind) {
            $(work.on::<$record>();)+
        }

        $(
            impl Kind for $record {
                type Id = $id;
                const NAME: &'static str = $name;
                fn all(session: &Session) -> &BTreeMap<$id, Self> { &session.$map }
                fn all_mut(session: &mut Session) -> &mut BTreeMap<$id, Self> { &mut session.$map }
                fn edit(id: $id, change: Change<Self, Self::Field>) -> Edit { Edit::$record(id, change) }
                fn of(edit: &Edit) -> Option<Of<'_, Self>> {
                    match edit {
                        Edit::$record(id, change) => Some((id, change)),
                        _ => None,
                    }
                }
            }
        )+
    };
}

kinds! {
    Version VersionId, "article version" in versions;
    Statement StatementId, "statement" in statements;
    Claim ClaimId, "claim" in claims;
    Attribution AttributionId, "attribution" in attributions;
    Source SourceId, "source" in sources;
    Evidence EvidenceId, "evidence" in evidence;
    Held HeldId, "held evidence" in held;
    Forward RecordId, "forwarding of" in forwards;
    Conflict ConflictId, "conflict" in conflicts;
}
