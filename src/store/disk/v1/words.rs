//! Version 1: the words of closed vocabularies and of fields, as files of this version spell them.
//!
//! The words are the version's own: the ones on screen and in exports may change without a file changing. A value that is
//! added to the model does not compile until it has a word here, or a new version has one.

use crate::core::model::*;
use crate::core::vocabulary::*;

/// A value that is written as one word.
pub(crate) trait Written: Copy + 'static {
    /// What the words are called together, in messages and schemas.
    const NAME: &'static str;
    /// Every word with its value, in the order of the schema.
    const ALL: &'static [(&'static str, Self)];
    /// The value's word.
    fn written(self) -> &'static str;
    /// The value that `word` stands for, if there is one.
    fn read(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(w, _)| *w == word);
        found.map(|(_, value)| *value)
    }
}

/// Declares the words of a type. The match is exhaustive, so that no value is without one.
macro_rules! words {
    ($model:ty, $name:literal { $($variant:ident $word:literal,)+ }) => {
        impl Written for $model {
            const NAME: &'static str = $name;
            const ALL: &'static [(&'static str, Self)] = &[$(($word, Self::$variant),)+];
            fn written(self) -> &'static str { match self { $(Self::$variant => $word,)+ } }
        }
    };
}

words! { Decision, "decision" {
    Undecided "undecided",
    TakenUp "taken_up",
    Dismissed "dismissed",
} }
words! { Origin, "origin" {
    Proposal "proposal",
    Checker "checker",
} }
words! { Stance, "stance" {
    Asserts "asserts",
    Denies "denies",
    Questions "questions",
    Relays "relays",
    Retracts "retracts",
    None "none",
} }
words! { Certainty, "certainty" {
    Certain "certain",
    Probable "probable",
    Possible "possible",
    Unspecified "unspecified",
} }
words! { VerificationStatus, "verification_status" {
    Unchecked "unchecked",
    InProgress "in_progress",
    Accurate "accurate",
    PartlyAccurate "partly_accurate",
    Misleading "misleading",
    Inaccurate "inaccurate",
    Disputed "disputed",
    Unverifiable "unverifiable",
    NotCheckable "not_checkable",
} }
words! { EvidenceStance, "evidence_stance" {
    Supports "supports",
    Refutes "refutes",
    Mixed "mixed",
    Neutral "neutral",
    Unrelated "unrelated",
} }
words! { EvidenceKind, "evidence_kind" {
    WebPage "web_page",
    DocumentOrLaw "document_or_law",
    Dataset "dataset",
    PictureOrRecording "picture_or_recording",
    InterviewOrCall "interview_or_call",
    Message "message",
    ReferenceWork "reference_work",
    OwnStory "own_story",
    OnAuthor "on_author",
    Calculation "calculation",
    Other "other",
} }
words! { CheckWorthiness, "check_worthiness" {
    High "high",
    Routine "routine",
    None "none",
} }
words! { ClaimType, "claim_type" {
    EventProperty "event_property",
    Numerical "numerical",
    Quote "quote",
    Causal "causal",
    Position "position",
    Prediction "prediction",
    RuleOrLaw "rule_or_law",
    PersonalExperience "personal_experience",
    ImageMedia "image_media",
    Definition "definition",
    Other "other",
} }
words! { SourceType, "source_type" {
    Person "person",
    Organisation "organisation",
    Document "document",
    Dataset "dataset",
    Media "media",
    Anonymous "anonymous",
    Article "article",
    Checker "checker",
    Unknown "unknown",
} }
words! { QuotationType, "quotation_type" {
    Direct "direct",
    Indirect "indirect",
    Mixed "mixed",
    Free "free",
    None "none",
} }
words! { Reliability, "reliability" {
    A "A",
    B "B",
    C "C",
    D "D",
    E "E",
    F "F",
} }
words! { WorkflowState, "workflow_state" {
    Todo "todo",
    Assigned "assigned",
    Checking "checking",
    Waiting "waiting",
    Checked "checked",
    SecondRead "second_read",
    SignedOff "signed_off",
    Reopened "reopened",
    Cut "cut",
} }
words! { ChangeState, "change_state" {
    Proposed "proposed",
    Accepted "accepted",
    Stet "stet",
    Superseded "superseded",
} }
words! { BlockKind, "block" {
    Headline "headline",
    Byline "byline",
    Caption "caption",
    Paragraph "paragraph",
    QuoteBlock "quote_block",
    ListItem "list_item",
    Boilerplate "boilerplate",
    Correction "correction",
    LivePost "live_post",
    ThreadPost "thread_post",
    Question "question",
    Answer "answer",
    Turn "turn",
    SelfDescription "self_description",
} }
/// The fields of the article, with one that is read only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArticleWord {
    Title,
    Byline,
    Url,
    PublishedAt,
    Language,
    /// As files had the versions before each was a record.
    Versions,
    CurrentVersion,
}
words! { ArticleWord, "article_field" {
    Title "title",
    Byline "byline",
    Url "url",
    PublishedAt "published_at",
    Language "language",
    Versions "versions",
    CurrentVersion "current_version",
} }
words! { VersionKey, "version_field" {
    OriginalSha256 "original_sha256",
    Origin "origin",
    AddedAt "added_at",
    Reader "reader",
    LeftOut "left_out",
} }
words! { StatementKey, "statement_field" {
    Anchor "anchor",
    Block "block",
    Decision "decision",
    Reason "reason",
    Origin "origin",
    Why "why",
} }
words! { ClaimKey, "claim_field" {
    Home "home",
    Statements "statements",
    Wording "wording",
    CheckWorthiness "check_worthiness",
    ClaimType "claim_type",
    VerificationStatus "verification_status",
    Rating "rating",
    Justification "justification",
    WorkflowState "workflow_state",
    Tags "tags",
    Notes "notes",
    Change "change",
    Proposed "proposed",
    Created "created",
    Updated "updated",
} }
words! { AttributionKey, "attribution_field" {
    Claim "claim",
    Statement "statement",
    Source "source",
    SourceSpan "source_span",
    Cue "cue",
    Content "content",
    Stance "stance",
    Certainty "certainty",
    QuotationType "quotation_type",
    Via "via",
    About "about",
    Proposed "proposed",
} }
words! { SourceKey, "source_field" {
    Type "type",
    Name "name",
    Role "role",
    Affiliation "affiliation",
    Url "url",
    Contact "contact",
    Reliability "reliability",
    Note "note",
    ProtectIdentity "protect_identity",
    IndependenceGroup "independence_group",
    AlsoCalled "also_called",
} }
words! { EvidenceKey, "evidence_field" {
    Kind "kind",
    Source "source",
    Title "title",
    Url "url",
    ArchivedUrl "archived_url",
    AccessedAt "accessed_at",
    PublishedAt "published_at",
    Contact "contact",
    Calculation "calculation",
    File "file",
    Note "note",
} }
words! { HeldKey, "held_field" {
    Claim "claim",
    Evidence "evidence",
    EvidenceStance "evidence_stance",
    Locator "locator",
    Excerpt "excerpt",
    Credibility "credibility",
} }
words! { ForwardKey, "forward_field" {
    Into "into",
} }
words! { ConflictKey, "conflict_field" {
    Theirs "theirs",
    Step "step",
    Made "made",
} }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_back_as_the_value_that_it_was_written_for() {
        for (word, value) in ClaimKey::ALL.iter().map(|k| (k.written(), *k)) {
            assert_eq!(<ClaimKey as Written>::read(word), Some(value));
        }
        for value in <VerificationStatus as Vocabulary>::ALL {
            assert_eq!(
                <VerificationStatus as Written>::read(value.written()),
                Some(*value)
            );
        }
        assert_eq!(<Stance as Written>::read("shouts"), None);
    }
}
