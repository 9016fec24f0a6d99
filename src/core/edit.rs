//! Edits: one change of a session as data, with the value before and the value after, so that every edit has an inverse.
//!
//! A record of a conflict holds an edit, and edits make such records; so both are here.

pub use super::change::{Change, Members};
use super::ids::*;
use super::join::Record;
use super::record::record;
use super::records::*;
use super::refers::{NamedRecord, Refers};

/// The birth of a session: what a journal needs to rebuild one from nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Birth {
    /// The session's id.
    pub id: SessionId,
    /// The name it was made with.
    pub name: String,
    /// When.
    pub created_at: Time,
}

/// One change of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The session comes into being; the first edit of every journal, never undone.
    Session(Birth),
    /// A checker joins, or is called by another name; never undone, since steps keep naming them.
    Checker(Checker),
    /// A field of the article.
    Article(ArticleField, ArticleField),
    /// A version of the article.
    Version(VersionId, Change<Version, VersionField>),
    /// A statement.
    Statement(StatementId, Change<Statement, StatementField>),
    /// A claim.
    Claim(ClaimId, Change<Claim, ClaimField>),
    /// An attribution.
    Attribution(AttributionId, Change<Attribution, AttributionField>),
    /// A source.
    Source(SourceId, Change<Source, SourceField>),
    /// An evidence item.
    Evidence(EvidenceId, Change<Evidence, EvidenceField>),
    /// The holding of an item against a claim.
    Held(HeldId, Change<Held, HeldField>),
    /// Where a merged record went.
    Forward(RecordId, Change<Forward, ForwardField>),
    /// What two people's steps say differently.
    Conflict(ConflictId, Change<Conflict, ConflictField>),
}

impl Edit {
    /// The edit that takes this one back; none for those that are never undone.
    pub fn inverse(&self) -> Option<Self> {
        Some(match self {
            Self::Session(_) | Self::Checker(_) => return None,
            Self::Article(from, to) => Self::Article(to.clone(), from.clone()),
            Self::Version(id, c) => Self::Version(*id, c.inverse()),
            Self::Statement(id, c) => Self::Statement(id.clone(), c.inverse()),
            Self::Claim(id, c) => Self::Claim(*id, c.inverse()),
            Self::Attribution(id, c) => Self::Attribution(*id, c.inverse()),
            Self::Source(id, c) => Self::Source(*id, c.inverse()),
            Self::Evidence(id, c) => Self::Evidence(*id, c.inverse()),
            Self::Held(id, c) => Self::Held(*id, c.inverse()),
            Self::Forward(id, c) => Self::Forward(*id, c.inverse()),
            Self::Conflict(id, c) => Self::Conflict(*id, c.inverse()),
        })
    }

    /// Whether it removes a record.
    pub fn removes(&self) -> bool {
        match self {
            Self::Session(_) | Self::Checker(_) | Self::Article(..) => false,
            Self::Version(_, c) => c.makes() == Some(false),
            Self::Statement(_, c) => c.makes() == Some(false),
            Self::Claim(_, c) => c.makes() == Some(false),
            Self::Attribution(_, c) => c.makes() == Some(false),
            Self::Source(_, c) => c.makes() == Some(false),
            Self::Evidence(_, c) => c.makes() == Some(false),
            Self::Held(_, c) => c.makes() == Some(false),
            Self::Forward(_, c) => c.makes() == Some(false),
            Self::Conflict(_, c) => c.makes() == Some(false),
        }
    }
}

impl Edit {
    /// The record that it is about, if that is one that others name.
    pub fn about(&self) -> Option<NamedRecord> {
        Some(match self {
            Self::Version(id, _) => NamedRecord::Version(*id),
            Self::Statement(id, _) => NamedRecord::Statement(id.clone()),
            Self::Claim(id, _) => NamedRecord::Claim(*id),
            Self::Source(id, _) => NamedRecord::Source(*id),
            Self::Evidence(id, _) => NamedRecord::Evidence(*id),
            Self::Session(_)
            | Self::Checker(_)
            | Self::Article(..)
            | Self::Attribution(..)
            | Self::Held(..)
            | Self::Forward(..)
            | Self::Conflict(..) => return None,
        })
    }

    /// Shows `see` each record that is named since it: by the record that it made, or by what a field gained.
    pub fn names(&self, see: &mut dyn FnMut(NamedRecord)) {
        match self {
            Self::Session(_) | Self::Checker(_) => {}
            Self::Article(_, to) => to.names(see),
            Self::Version(_, c) => named_since(c, see),
            Self::Statement(_, c) => named_since(c, see),
            Self::Claim(_, c) => named_since(c, see),
            Self::Attribution(_, c) => named_since(c, see),
            Self::Source(_, c) => named_since(c, see),
            Self::Evidence(_, c) => named_since(c, see),
            Self::Held(_, c) => named_since(c, see),
            Self::Forward(_, c) => named_since(c, see),
            Self::Conflict(_, c) => named_since(c, see),
        }
    }
}

fn named_since<R: Record>(change: &Change<R, R::Field>, see: &mut dyn FnMut(NamedRecord)) {
    match change.created() {
        Some(made) => made.names(see),
        None => change.gained().into_iter().for_each(|f| f.names(see)),
    }
}

/// The edits that take `edits` back, in the order to apply them.
pub fn inverse(edits: &[Edit]) -> Vec<Edit> {
    edits.iter().rev().filter_map(Edit::inverse).collect()
}

/// Whether a step of these edits can be undone: it does more than bring a session or a checker into being.
pub fn is_undoable(edits: &[Edit]) -> bool {
    !edits.iter().any(|e| matches!(e, Edit::Session(_)))
        && edits.iter().any(|e| e.inverse().is_some())
}

record! {
    /// Where a record went that was merged into another: what names the one that is gone means the one that stays.
    Forward, fields ForwardField, keys ForwardKey {
        /// The record that is gone.
        id: RecordId,
        /// The record that it was merged into; of the same kind.
        into: RecordId, Into "into" = label "merged into", join Keep, edited Never, exchange Kept, written Nothing,
            blind Withheld, signed Exempt, search Never;
    }
}

record! {
    /// What a step of somebody else would have done and could not, since the value was another one here: somebody has to
    /// say which of the two stays.
    Conflict, fields ConflictField, keys ConflictKey {
        /// Derived from the step and the place of the edit in it.
        id: ConflictId,
        /// The edit as it was made there: what it is about, the value before and the value after.
        theirs: Box<Edit>, Theirs "theirs" = label "said there", join Keep, edited Never, exchange Kept, written Nothing,
            blind Withheld, signed Exempt, search Never;
        /// The step that it is of.
        step: StepId, Step "step" = label "step", join Keep, edited Never, exchange Kept, written Nothing,
            blind Withheld, signed Exempt, search Never;
        /// Who made it, and when.
        made: Stamp, Made "made" = label "made", join Keep, edited Never, exchange Kept, written Parts,
            blind Withheld, signed Exempt, search Never;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::testing::stamp;
    use uuid::Uuid;

    #[test]
    fn the_removal_of_every_kind_of_record_is_one_and_its_making_is_none() {
        fn both<R: Clone, F: Clone>(
            record: R,
            edit: impl Fn(Change<R, F>) -> Edit,
        ) -> (Edit, Edit) {
            let made = Box::new(record);
            (
                edit(Change::Remove(made.clone())),
                edit(Change::Create(made)),
            )
        }
        let id = Uuid::from_u128(1);
        let place = StatementId::of(VersionId::NONE, &[]);
        let stamp = stamp();
        let claim = Claim::on(id.into(), place.clone(), stamp);
        let voice = Attribution::on(id.into(), id.into(), place.clone());
        let source = Source::unnamed(id.into());
        let item = Evidence::empty(id.into());
        let held = Held::against(id.into(), id.into(), id.into());
        let version = Version {
            id: VersionId::of_text("a"),
            original_sha256: String::new(),
            origin: String::new(),
            left_out: String::new(),
            added_at: Time::UNIX_EPOCH,
            reader: String::new(),
        };
        let statement = Statement {
            id: place.clone(),
            anchor: Anchor::default(),
            block: Default::default(),
            decision: Default::default(),
            reason: String::new(),
            origin: Default::default(),
            why: String::new(),
        };
        for (gone, made) in [
            both(version, |c| Edit::Version(VersionId::of_text("a"), c)),
            both(statement, |c| Edit::Statement(place.clone(), c)),
            both(claim, |c| Edit::Claim(id.into(), c)),
            both(voice, |c| Edit::Attribution(id.into(), c)),
            both(source, |c| Edit::Source(id.into(), c)),
            both(item, |c| Edit::Evidence(id.into(), c)),
            both(held, |c| Edit::Held(id.into(), c)),
        ] {
            assert!(gone.removes() && !made.removes(), "{gone:?}");
        }
    }

    #[test]
    fn an_edit_names_what_a_field_names_since_it() {
        let names = |edit: Edit| {
            let mut all = Vec::new();
            edit.names(&mut |name| all.push(name));
            all
        };
        let (id, source) = (AttributionId(Uuid::nil()), SourceId(Uuid::from_u128(1)));
        let (none, some) = (
            AttributionField::Source(None),
            AttributionField::Source(Some(source)),
        );
        let set = Change::Set(none, some);
        assert_eq!(
            names(Edit::Attribution(id, set.clone())),
            [NamedRecord::Source(source)]
        );
        assert_eq!(names(Edit::Attribution(id, set.inverse())), []);
    }
}
