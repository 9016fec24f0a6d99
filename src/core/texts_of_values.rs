//! The texts within the values of the model's own types.

use super::edit::Edit;
use super::facts::Written;
use super::ids::*;
use super::model::*;
use super::text::Span;
use super::texts::{How, Piece, Texts};
use super::vocabulary::*;

impl Texts for TextChange {
    const SOME: bool = true;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        show(&self.replacement);
        show(&self.reason);
    }
    fn each(&mut self, _: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        let Self {
            replacement,
            reason,
            must: _,
            state: _,
        } = self;
        show(Piece::part("the replacement", How::Prose), replacement);
        show(Piece::part("the reason of the change", How::Note), reason);
    }
}

impl Texts for Contact {
    const SOME: bool = true;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        show(&self.who);
        show(&self.at);
        show(&self.how);
    }
    fn each(&mut self, _: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        let Self {
            who,
            at,
            how,
            reached: _,
        } = self;
        show(Piece::part("the one who was asked", How::Prose), who);
        show(Piece::part("the time of the contact", How::Note), at);
        show(Piece::part("the way of the contact", How::Note), how);
    }
}

impl Texts for EvidenceFile {
    const SOME: bool = true;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        show(&self.name);
    }
    fn each(&mut self, _: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        let Self {
            sha256,
            bytes: _,
            media_type,
            name,
        } = self;
        show(Piece::part("the sum of the file", How::Sum), sha256);
        show(Piece::part("the file name", How::Link), name);
        show(Piece::part("the media type", How::Link), media_type);
    }
}

/// Ids of checkers are made from names.
impl Texts for Stamp {
    const SOME: bool = true;
    fn each(&mut self, _: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        let Self { at: _, by } = self;
        by.each(Written::Note, show);
    }
}

impl Texts for CheckerId {
    const SOME: bool = true;
    fn each(&mut self, _: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        let mut word = self.0.to_string();
        show(Piece::part("the id of a checker", How::Note), &mut word);
        if *word != *self.0 {
            self.0 = word.into();
        }
    }
}

impl Texts for Anchor {
    const SOME: bool = true;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        show(&self.exact);
    }
    fn each(&mut self, _: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        let Self {
            version: _,
            statement_id: _,
            spans: _,
            exact,
            prefix,
            suffix,
            orphaned: _,
        } = self;
        show(Piece::part("the words", How::Prose), exact);
        show(Piece::part("the words before", How::Prose), prefix);
        show(Piece::part("the words after", How::Prose), suffix);
    }
}

/// Declares values that hold no text.
macro_rules! without_texts {
    ($($value:ty,)+) => { $(impl Texts for $value { const SOME: bool = false; })+ };
}

without_texts! {
    AttributionKey, BlockKind, Certainty, CheckWorthiness, ClaimId, ClaimKey, ClaimType, Credibility, Decision, EvidenceId,
    EvidenceKind, EvidenceStance, Origin, QuotationType, Rating, RecordId, Reliability, SourceId, SourceType, Span, Stance, StatementId,
    StepId, Time, VerificationStatus, VersionId, WorkflowState,
}

/// The words of an edit that was not made are in a conflict, which never leaves the house.
impl Texts for Box<Edit> {
    const SOME: bool = false;
}
