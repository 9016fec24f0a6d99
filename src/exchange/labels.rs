//! The labels, links and fields that annotation formats share, and the closed values of fields.

use serde::Serialize;

use crate::core::vocabulary::*;

/// What a mark is about: the label that tools show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub(super) enum Label {
    /// A claim at one of its statements.
    Claim,
    /// Words that name a source.
    Source,
    /// Words that show an attribution.
    Cue,
    /// An attribution that no words show: it stands on its statement.
    Attribution,
    /// Words attributed.
    Content,
    /// A statement with nothing to check.
    Dismissed,
    /// A statement not decided yet.
    Statement,
}

impl Label {
    /// Every label.
    pub const ALL: &'static [Self] = &[
        Self::Claim,
        Self::Source,
        Self::Cue,
        Self::Attribution,
        Self::Content,
        Self::Dismissed,
        Self::Statement,
    ];

    /// The label in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Claim => "Claim",
            Self::Source => "Source",
            Self::Cue => "Cue",
            Self::Attribution => "Attribution",
            Self::Content => "Content",
            Self::Dismissed => "Dismissed",
            Self::Statement => "Statement",
        }
    }

    /// The fields that a mark with this label can have.
    pub fn fields(self) -> &'static [FieldKind] {
        match self {
            Self::Claim => CLAIM,
            Self::Source => SOURCE,
            Self::Cue | Self::Attribution => ATTRIBUTION,
            Self::Content => &[],
            Self::Dismissed | Self::Statement => STATEMENT,
        }
    }

    /// Whether the field has closed values.
    pub fn is_closed(self, name: &str) -> bool {
        let mut fields = self.fields().iter();
        fields.any(|f| f.name == name && f.values.is_some())
    }
}

/// How one mark hangs on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum LinkKind {
    /// From an attribution to its claim.
    Of,
    /// From an attribution to the words that name its source.
    SaidBy,
    /// From an attribution to the words attributed.
    HasContent,
    /// From a claim at a further statement to the claim at its first.
    SameClaim,
    /// From a further piece of a mark to its first.
    PartOf,
}

impl LinkKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Of,
        Self::SaidBy,
        Self::HasContent,
        Self::SameClaim,
        Self::PartOf,
    ];

    /// The label in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Of => "of",
            Self::SaidBy => "said_by",
            Self::HasContent => "has_content",
            Self::SameClaim => "same_claim",
            Self::PartOf => "part_of",
        }
    }
}

/// A field that marks can have: its name, and its values where they are closed.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldKind {
    pub name: &'static str,
    pub values: Option<fn() -> Vec<&'static str>>,
}

fn words<V: Vocabulary>() -> Vec<&'static str> {
    V::ALL.iter().map(|v| v.word()).collect()
}

const fn text(name: &'static str) -> FieldKind {
    FieldKind { name, values: None }
}

const fn closed(name: &'static str, values: fn() -> Vec<&'static str>) -> FieldKind {
    FieldKind {
        name,
        values: Some(values),
    }
}

const CLAIM: &[FieldKind] = &[
    text("claim_id"),
    closed("verification_status", words::<VerificationStatus>),
    closed("rating", || vec!["1", "2", "3", "4", "5"]),
    closed("check_worthiness", words::<CheckWorthiness>),
    closed("claim_type", words::<ClaimType>),
    closed("workflow_state", words::<WorkflowState>),
    text("wording"),
    text("justification"),
    text("notes"),
    text("tags"),
    text("change_replacement"),
    text("change_reason"),
    closed("change_must", || vec!["true", "false"]),
    closed("change_state", words::<ChangeState>),
    closed("origin", words::<Origin>),
];

const ATTRIBUTION: &[FieldKind] = &[
    text("attribution_id"),
    closed("stance", words::<Stance>),
    closed("certainty", words::<Certainty>),
    closed("quotation_type", words::<QuotationType>),
    text("source_id"),
    text("source_name"),
    closed("source_type", words::<SourceType>),
    text("source_role"),
    text("via_id"),
    text("via_name"),
    text("about_ids"),
    text("about_names"),
];

const SOURCE: &[FieldKind] = &[
    text("source_id"),
    text("source_name"),
    closed("source_type", words::<SourceType>),
    text("source_role"),
];

const STATEMENT: &[FieldKind] = &[text("reason"), closed("origin", words::<Origin>)];
