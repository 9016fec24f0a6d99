//! Which other records a value names. It follows from the value's type: a field need not say it, and none can forget it.

use super::ids::*;
use super::set::Set;

/// A name of another record within a value, which may be changed.
#[derive(Debug)]
pub enum Reference<'a> {
    /// A version of the article.
    Version(&'a mut VersionId),
    /// A statement.
    Statement(&'a mut StatementId),
    /// A claim.
    Claim(&'a mut ClaimId),
    /// A source.
    Source(&'a mut SourceId),
    /// An evidence item.
    Evidence(&'a mut EvidenceId),
}

/// A record that others name, by its kind and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedRecord {
    /// A version of the article.
    Version(VersionId),
    /// A statement.
    Statement(StatementId),
    /// A claim.
    Claim(ClaimId),
    /// A source.
    Source(SourceId),
    /// An evidence item.
    Evidence(EvidenceId),
}

impl NamedRecord {
    /// What a record of its kind is called in a message.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Version(_) => "article version",
            Self::Statement(_) => "statement",
            Self::Claim(_) => "claim",
            Self::Source(_) => "source",
            Self::Evidence(_) => "evidence item",
        }
    }
}

/// A value that may name other records.
pub trait Refers {
    /// Shows `see` each record that it names.
    fn names(&self, see: &mut dyn FnMut(NamedRecord));
    /// Hands `see` each of these names, to be changed.
    fn each_name(&mut self, see: &mut dyn FnMut(Reference<'_>));
}

macro_rules! names_a_record {
    ($($id:ident is $kind:ident;)+) => {$(
        impl Refers for $id {
            fn names(&self, see: &mut dyn FnMut(NamedRecord)) { see(NamedRecord::$kind(self.clone())); }
            fn each_name(&mut self, see: &mut dyn FnMut(Reference<'_>)) { see(Reference::$kind(self)); }
        }
    )+};
}

names_a_record! {
    VersionId is Version;
    StatementId is Statement;
    ClaimId is Claim;
    SourceId is Source;
    EvidenceId is Evidence;
}

impl<T: Refers> Refers for Option<T> {
    fn names(&self, see: &mut dyn FnMut(NamedRecord)) {
        self.iter().for_each(|value| value.names(see));
    }
    fn each_name(&mut self, see: &mut dyn FnMut(Reference<'_>)) {
        self.iter_mut().for_each(|value| value.each_name(see));
    }
}

impl<T: Refers> Refers for Vec<T> {
    fn names(&self, see: &mut dyn FnMut(NamedRecord)) {
        self.iter().for_each(|value| value.names(see));
    }
    fn each_name(&mut self, see: &mut dyn FnMut(Reference<'_>)) {
        self.iter_mut().for_each(|value| value.each_name(see));
    }
}

/// Members that are alike after a change are one.
impl<T: Refers + Ord + Clone> Refers for Set<T> {
    fn names(&self, see: &mut dyn FnMut(NamedRecord)) {
        self.iter().for_each(|member| member.names(see));
    }
    fn each_name(&mut self, see: &mut dyn FnMut(Reference<'_>)) {
        self.change(|member| member.each_name(see));
    }
}

/// Declares values that name no record.
macro_rules! names_nothing {
    ($($value:ty,)+) => {
        $(impl $crate::core::refers::Refers for $value {
            fn names(&self, _see: &mut dyn FnMut($crate::core::refers::NamedRecord)) {}
            fn each_name(&mut self, _see: &mut dyn FnMut($crate::core::refers::Reference<'_>)) {}
        })+
    };
}

names_nothing! {
    bool, String, StepId,
    // Where a merged record went may itself be gone again: that is followed when it is asked for.
    RecordId,
}

pub(super) use names_nothing;
