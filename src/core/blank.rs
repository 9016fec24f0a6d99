//! Records as they begin: every field at its default, only what they hang on set.

use super::ids::*;
use super::model::*;
use super::set::Set;
use super::vocabulary::*;

impl Claim {
    /// A claim on `statement` with every field at its default.
    pub fn on(id: ClaimId, statement: StatementId, created: Stamp) -> Self {
        Self {
            id,
            statements: Set::one(statement.clone()),
            home: statement,
            wording: None,
            check_worthiness: CheckWorthiness::default(),
            claim_type: ClaimType::default(),
            verification_status: VerificationStatus::default(),
            rating: None,
            justification: String::new(),
            workflow_state: WorkflowState::default(),
            tags: Set::default(),
            notes: String::new(),
            change: None,
            proposed: Set::default(),
            updated: created.clone(),
            created,
        }
    }
}

impl Attribution {
    /// An attribution of `claim` at `statement` with every other field empty.
    pub fn on(id: AttributionId, claim: ClaimId, statement: StatementId) -> Self {
        Self {
            id,
            claim,
            statement,
            source: None,
            source_span: Vec::new(),
            cue: Vec::new(),
            content: Vec::new(),
            stance: Stance::default(),
            certainty: Certainty::default(),
            quotation_type: QuotationType::default(),
            via: None,
            about: Set::default(),
            proposed: Set::default(),
        }
    }
}

impl Source {
    /// The article's own voice, as a new session has it.
    pub fn article() -> Self {
        Self {
            source_type: SourceType::Article,
            name: "the article".into(),
            ..Self::unnamed(SourceId::ARTICLE)
        }
    }

    /// A source of unknown type without a name.
    pub fn unnamed(id: SourceId) -> Self {
        Self {
            id,
            source_type: SourceType::default(),
            name: String::new(),
            role: String::new(),
            affiliation: String::new(),
            url: None,
            contact: String::new(),
            reliability: Reliability::default(),
            note: String::new(),
            protect_identity: false,
            independence_group: String::new(),
            also_called: Set::default(),
        }
    }
}

impl Evidence {
    /// An item without any field set.
    pub fn empty(id: EvidenceId) -> Self {
        Self {
            id,
            kind: EvidenceKind::default(),
            source: None,
            title: String::new(),
            url: None,
            archived_url: None,
            accessed_at: None,
            published_at: None,
            contact: None,
            calculation: String::new(),
            file: None,
            note: String::new(),
        }
    }
}

impl Held {
    /// `evidence` held against `claim`, neutral and not judged.
    pub fn against(id: HeldId, claim: ClaimId, evidence: EvidenceId) -> Self {
        Self {
            id,
            claim,
            evidence,
            evidence_stance: EvidenceStance::default(),
            locator: String::new(),
            excerpt: String::new(),
            credibility: Credibility::default(),
        }
    }
}
