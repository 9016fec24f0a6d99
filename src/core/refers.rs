//! Which fields name other records. A field that is added has to say so here: the matches know every one.

use super::ids::*;
use super::model::*;

/// A name of another record, which may be changed.
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

/// A field that may name other records.
pub trait Refers {
    /// Shows `see` each of them.
    fn refer(&mut self, see: &mut dyn FnMut(Reference<'_>));
}

impl Refers for ArticleField {
    fn refer(&mut self, see: &mut dyn FnMut(Reference<'_>)) {
        match self {
            Self::Current(id) => id.iter_mut().for_each(|id| see(Reference::Version(id))),
            Self::Title(_)
            | Self::Byline(_)
            | Self::Url(_)
            | Self::PublishedAt(_)
            | Self::Language(_) => {}
        }
    }
}

impl Refers for VersionField {
    fn refer(&mut self, _see: &mut dyn FnMut(Reference<'_>)) {
        match self {
            Self::OriginalSha256(_) | Self::Origin(_) | Self::AddedAt(_) | Self::Reader(_) => {}
        }
    }
}

impl Refers for StatementField {
    fn refer(&mut self, see: &mut dyn FnMut(Reference<'_>)) {
        match self {
            // An anchor's statement is the one that it is the anchor of.
            Self::Anchor(a) => see(Reference::Version(&mut a.version)),
            Self::Block(_)
            | Self::Decision(_)
            | Self::Reason(_)
            | Self::Origin(_)
            | Self::Why(_) => {}
        }
    }
}

impl Refers for ClaimField {
    fn refer(&mut self, see: &mut dyn FnMut(Reference<'_>)) {
        match self {
            Self::Home(id) => see(Reference::Statement(id)),
            Self::Statements(all) => all.change(|s| see(Reference::Statement(s))),
            Self::Wording(_)
            | Self::CheckWorthiness(_)
            | Self::ClaimType(_)
            | Self::VerificationStatus(_)
            | Self::Rating(_)
            | Self::Justification(_)
            | Self::WorkflowState(_)
            | Self::Tags(_)
            | Self::Notes(_)
            | Self::Change(_)
            | Self::Proposed(_)
            | Self::Created(_)
            | Self::Updated(_) => {}
        }
    }
}

impl Refers for AttributionField {
    fn refer(&mut self, see: &mut dyn FnMut(Reference<'_>)) {
        match self {
            Self::Claim(id) => see(Reference::Claim(id)),
            Self::Statement(id) => see(Reference::Statement(id)),
            Self::Source(id) | Self::Via(id) => {
                id.iter_mut().for_each(|id| see(Reference::Source(id)));
            }
            Self::About(all) => all.change(|id| see(Reference::Source(id))),
            Self::SourceSpan(_)
            | Self::Cue(_)
            | Self::Content(_)
            | Self::Stance(_)
            | Self::Certainty(_)
            | Self::QuotationType(_)
            | Self::Proposed(_) => {}
        }
    }
}

impl Refers for SourceField {
    fn refer(&mut self, _see: &mut dyn FnMut(Reference<'_>)) {
        match self {
            Self::Type(_)
            | Self::Name(_)
            | Self::Role(_)
            | Self::Affiliation(_)
            | Self::Url(_)
            | Self::Contact(_)
            | Self::Reliability(_)
            | Self::Note(_)
            | Self::ProtectIdentity(_)
            | Self::IndependenceGroup(_)
            | Self::AlsoCalled(_) => {}
        }
    }
}

impl Refers for EvidenceField {
    fn refer(&mut self, see: &mut dyn FnMut(Reference<'_>)) {
        match self {
            Self::Source(id) => id.iter_mut().for_each(|id| see(Reference::Source(id))),
            Self::Title(_)
            | Self::Url(_)
            | Self::ArchivedUrl(_)
            | Self::AccessedAt(_)
            | Self::PublishedAt(_)
            | Self::File(_)
            | Self::Note(_) => {}
        }
    }
}

impl Refers for HeldField {
    fn refer(&mut self, see: &mut dyn FnMut(Reference<'_>)) {
        match self {
            Self::Claim(id) => see(Reference::Claim(id)),
            Self::Evidence(id) => see(Reference::Evidence(id)),
            Self::EvidenceStance(_)
            | Self::Locator(_)
            | Self::Excerpt(_)
            | Self::Credibility(_) => {}
        }
    }
}

impl Refers for ForwardField {
    fn refer(&mut self, _see: &mut dyn FnMut(Reference<'_>)) {
        match self {
            // Where it leads may itself be gone again: that is followed when it is asked for.
            Self::Into(_) => {}
        }
    }
}

impl Refers for ConflictField {
    fn refer(&mut self, _see: &mut dyn FnMut(Reference<'_>)) {
        match self {
            // What somebody wanted is kept as it was said.
            Self::Theirs(_) | Self::Step(_) | Self::Made(_) => {}
        }
    }
}
