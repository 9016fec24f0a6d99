//! A claim in the annotated JSON, with everything that hangs on it.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::core::vocabulary::*;
use crate::exchange::words::{Id, Moment, Pair, VocabularyWord};

shape! {
    /// A source where a record refers to it.
    SourceRef {
        /// Names the source.
        id: Id,
        /// Its name.
        #[serde(borrow)]
        name: Cow<'a, str>,
        /// What it is.
        r#type: VocabularyWord<SourceType>,
        /// Its role.
        #[serde(borrow)]
        role: Cow<'a, str>,
    }

    /// One proposition under check.
    Claim {
        /// Names the claim.
        id: Id,
        /// The wording, else the exact words.
        #[serde(borrow)]
        text: Cow<'a, str>,
        /// A wording that stands alone.
        #[serde(borrow)]
        wording: Option<Cow<'a, str>>,
        /// The statement where it stands.
        #[serde(borrow)]
        statement: Option<Anchor<'a>>,
        /// The other statements that it belongs to.
        #[serde(borrow)]
        also_at: Vec<Anchor<'a>>,
        /// The source of the first attribution.
        #[serde(borrow)]
        source: Option<SourceRef<'a>>,
        /// The stance of that source.
        stance: VocabularyWord<Stance>,
        /// How sure it sounds.
        certainty: VocabularyWord<Certainty>,
        /// How its words are given.
        quotation_type: VocabularyWord<QuotationType>,
        /// Every place where a voice takes a stance on the claim, those of its first statement first.
        #[serde(borrow)]
        attributions: Vec<Attribution<'a>>,
        /// How much it is worth checking.
        check_worthiness: VocabularyWord<CheckWorthiness>,
        /// What kind of proposition it is.
        claim_type: VocabularyWord<ClaimType>,
        /// The checker's finding.
        verification_status: VocabularyWord<VerificationStatus>,
        /// The publication rating, 1 False to 5 True.
        #[schemars(range(min = 1, max = 5))]
        rating: Option<u8>,
        /// Why the finding is what it is.
        #[serde(borrow)]
        justification: Cow<'a, str>,
        /// Where it stands in the house's workflow.
        workflow_state: VocabularyWord<WorkflowState>,
        /// The house's own tags.
        #[serde(borrow)]
        tags: Vec<Cow<'a, str>>,
        /// The checker's notes.
        #[serde(borrow)]
        notes: Cow<'a, str>,
        /// What is held against it, oldest first.
        #[serde(borrow)]
        evidence: Vec<Held<'a>>,
        /// A proposed change of the text.
        #[serde(borrow)]
        change: Option<Change<'a>>,
        /// The fields that still hold what the reader proposed.
        #[serde(borrow)]
        proposed: Vec<Cow<'a, str>>,
        /// When and by whom.
        #[serde(borrow)]
        history: History<'a>,
    }

    /// Where words stand in the article.
    Anchor {
        /// Names the statement.
        #[serde(borrow)]
        statement_id: Cow<'a, str>,
        /// Where the first span starts.
        start: u32,
        /// Where the last span ends.
        end: u32,
        /// The spans, in order, disjoint.
        spans: Vec<Pair>,
        /// The words, several spans joined by ` … `.
        #[serde(borrow)]
        exact: Cow<'a, str>,
        /// Up to 32 characters before.
        #[serde(borrow)]
        prefix: Cow<'a, str>,
        /// Up to 32 characters behind.
        #[serde(borrow)]
        suffix: Cow<'a, str>,
    }

    /// One place where a voice takes a stance on a claim.
    Attribution {
        /// Names the attribution.
        id: Id,
        /// The statement where it stands.
        #[serde(borrow)]
        statement_id: Cow<'a, str>,
        /// Who speaks.
        #[serde(borrow)]
        source: Option<SourceRef<'a>>,
        /// The words that name the source.
        source_span: Vec<Pair>,
        /// Those words.
        #[serde(borrow)]
        source_text: Cow<'a, str>,
        /// The words that show the attribution.
        cue: Vec<Pair>,
        /// Those words.
        #[serde(borrow)]
        cue_text: Cow<'a, str>,
        /// The words attributed.
        content: Vec<Pair>,
        /// Those words.
        #[serde(borrow)]
        content_text: Cow<'a, str>,
        /// The source's stance on the content.
        stance: VocabularyWord<Stance>,
        /// How sure the source sounds.
        certainty: VocabularyWord<Certainty>,
        /// How the content is given.
        quotation_type: VocabularyWord<QuotationType>,
        /// Who quoted the source.
        #[serde(borrow)]
        via: Option<SourceRef<'a>>,
        /// Whom an accusation names.
        #[serde(borrow)]
        about: Vec<SourceRef<'a>>,
        /// The fields that still hold what the reader proposed.
        #[serde(borrow)]
        proposed: Vec<Cow<'a, str>>,
    }

    /// One evidence item held against one claim.
    Held {
        /// Names the evidence item.
        id: Id,
        /// Names the holding of it against this claim.
        held_id: Id,
        /// The item's title.
        #[serde(borrow)]
        title: Cow<'a, str>,
        /// The item's address.
        #[serde(borrow)]
        url: Option<Cow<'a, str>>,
        /// What the item says of the claim.
        evidence_stance: VocabularyWord<EvidenceStance>,
        /// Where in the item.
        #[serde(borrow)]
        locator: Cow<'a, str>,
        /// The words that matter.
        #[serde(borrow)]
        excerpt: Cow<'a, str>,
        /// Admiralty credibility, 1 to 6.
        #[schemars(range(min = 1, max = 6))]
        credibility: u8,
    }

    /// A proposed change of the text.
    Change {
        /// What should stand instead; empty means: cut the words.
        #[serde(borrow)]
        replacement: Cow<'a, str>,
        /// Why.
        #[serde(borrow)]
        reason: Cow<'a, str>,
        /// Whether it must be made.
        must: bool,
        /// What became of it.
        state: VocabularyWord<ChangeState>,
    }

    /// When a claim came and last changed, and by whom.
    History {
        /// When it was taken up.
        created_at: Moment,
        /// The checker's id.
        #[serde(borrow)]
        created_by: Cow<'a, str>,
        /// When it or what hangs on it last changed.
        updated_at: Moment,
        /// The checker's id.
        #[serde(borrow)]
        updated_by: Cow<'a, str>,
    }
}
