//! The texts within the values of a record, so that whoever has to look at each of them forgets none.

use super::edit::Edit;
use super::facts::Written;
use super::ids::*;
use super::model::*;
use super::set::Set;
use super::text::Span;
use super::vocabulary::*;

/// One text of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is within the value; none where the value is this one text.
    pub part: Option<&'static str>,
    /// How it is written.
    pub how: How,
}

/// How one text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// To be read: names have capitals.
    Prose,
    /// For the desk: small letters mean nothing.
    Note,
    /// A link, a file's name, a tag: words are joined.
    Link,
    /// A sum, which names nobody, but shows what was summed to who can guess it.
    Sum,
}

impl Piece {
    /// The one text of a value of a field whose texts are `written` so.
    fn whole(written: Written) -> Self {
        let how = match written {
            Written::Prose => How::Prose,
            Written::Link => How::Link,
            // A value of one text has no parts, and one without texts shows none.
            Written::Note | Written::Nothing | Written::Parts => How::Note,
        };
        Self { part: None, how }
    }

    fn part(part: &'static str, how: How) -> Self {
        Self {
            part: Some(part),
            how,
        }
    }
}

/// A value that can show its texts.
pub trait Texts {
    /// Whether it holds any. A type has to say so itself, since a forgotten one would be a leak.
    const SOME: bool;
    /// Shows every text of the value to `show`.
    fn read<'a>(&'a self, _show: &mut dyn FnMut(&'a str)) {}
    /// Hands every text of the value to `show`, to be changed; those of a field are `written` so.
    fn each(&mut self, _written: Written, _show: &mut dyn FnMut(Piece, &mut String)) {}
}

impl Texts for String {
    const SOME: bool = true;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        show(self);
    }
    fn each(&mut self, written: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        show(Piece::whole(written), self);
    }
}

impl<T: Texts> Texts for Option<T> {
    const SOME: bool = T::SOME;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        if let Some(value) = self {
            value.read(show);
        }
    }
    fn each(&mut self, written: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        if let Some(value) = self {
            value.each(written, show);
        }
    }
}

impl<T: Texts> Texts for Vec<T> {
    const SOME: bool = T::SOME;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        self.iter().for_each(|value| value.read(show));
    }
    fn each(&mut self, written: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        self.iter_mut().for_each(|value| value.each(written, show));
    }
}

/// Members that are alike after a change are one.
impl<T: Texts + Ord + Clone> Texts for Set<T> {
    const SOME: bool = T::SOME;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        self.iter().for_each(|member| member.read(show));
    }
    fn each(&mut self, written: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        if T::SOME {
            self.change(|member| member.each(written, show));
        }
    }
}

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
            article_version: _,
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

impl Texts for ArticleVersion {
    const SOME: bool = true;
    fn each(&mut self, _: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        let Self {
            number: _,
            text_sha256,
            original_sha256,
            origin,
            added_at: _,
            reader,
        } = self;
        show(Piece::part("the sum of a version", How::Sum), text_sha256);
        show(
            Piece::part("the sum of an original", How::Sum),
            original_sha256,
        );
        show(Piece::part("the origin", How::Link), origin);
        show(Piece::part("the reader", How::Note), reader);
    }
}

/// Declares values that hold no text.
macro_rules! without_texts {
    ($($value:ty,)+) => { $(impl Texts for $value { const SOME: bool = false; })+ };
}

without_texts! {
    AttributionKey, BlockKind, Certainty, CheckWorthiness, ClaimId, ClaimKey, ClaimType, Credibility, Decision, EvidenceId,
    EvidenceStance, Origin, QuotationType, Rating, RecordId, Reliability, SourceId, SourceType, Span, Stance, StatementId,
    StepId, VerificationStatus, WorkflowState, bool,
}

/// The words of an edit that was not made are in a conflict, which never leaves the house.
impl Texts for Box<Edit> {
    const SOME: bool = false;
}
