//! The annotated JSON, `claimdesk.export` version 1: its shape, borrowed from the session when written and owned by
//! nothing when read. The schema that `claimdesk schema export` prints is derived from these types.

mod by_status;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use by_status::ByStatus;

use super::words::{Id, Moment, Word};
use crate::core::vocabulary::*;

/// What the format calls itself.
pub const FORMAT: &str = "claimdesk.export";
/// The version of the shape below.
pub const VERSION: u32 = 1;

/// A half-open range `[start, end]` of the article's text, counted in Unicode scalar values.
pub type Pair = [u32; 2];

macro_rules! shape {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $f:ident: $ty:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name<'a> { $($(#[$fdoc])* pub $f: $ty,)+ }
    )+};
}

shape! {
    /// A session as it is handed over, complete in itself.
    Document {
        /// Always `claimdesk.export`.
        #[serde(borrow)]
        format: Cow<'a, str>,
        /// The version of the shape.
        version: u32,
        /// The program that wrote it, with its version.
        #[serde(borrow)]
        generator: Cow<'a, str>,
        /// When it was written.
        exported_at: Moment,
        /// The session.
        #[serde(borrow)]
        session: Session<'a>,
        /// The article with its current text.
        #[serde(borrow)]
        article: Article<'a>,
        /// Every source, by id: those taken up in order of the text, then those made by hand in order of creation.
        #[serde(borrow)]
        sources: Vec<Source<'a>>,
        /// Every evidence item, in order of creation.
        #[serde(borrow)]
        evidence: Vec<Evidence<'a>>,
        /// Every claim, in order of the article.
        #[serde(borrow)]
        claims: Vec<Claim<'a>>,
        /// Every statement, decided or not, in order of the article.
        #[serde(borrow)]
        statements: Vec<Statement<'a>>,
        /// How far the check has come.
        #[serde(borrow)]
        progress: Progress<'a>,
    }

    /// The session.
    Session {
        /// Names the session for good.
        id: Id,
        /// Its name.
        #[serde(borrow)]
        name: Cow<'a, str>,
        /// When it was made.
        created_at: Moment,
        /// When it last changed.
        updated_at: Moment,
        /// Who has worked on it.
        #[serde(borrow)]
        checkers: Vec<Checker<'a>>,
    }

    /// A person who has worked on the session.
    Checker {
        /// The word that `created_by` and `updated_by` hold.
        #[serde(borrow)]
        id: Cow<'a, str>,
        /// The name.
        #[serde(borrow)]
        name: Cow<'a, str>,
    }

    /// The article with its current text.
    Article {
        /// The title; empty where none is known.
        #[serde(borrow)]
        title: Cow<'a, str>,
        /// Who wrote it, as printed.
        #[serde(borrow)]
        byline: Cow<'a, str>,
        /// Its canonical address.
        #[serde(borrow)]
        url: Option<Cow<'a, str>>,
        /// When it was published, as precisely as known.
        #[serde(borrow)]
        published_at: Option<Cow<'a, str>>,
        /// A BCP 47 tag; empty where not known.
        #[serde(borrow)]
        language: Cow<'a, str>,
        /// The number of the current version.
        version: u32,
        /// The stored text of the current version. All offsets count its Unicode scalar values.
        #[serde(borrow)]
        text: Cow<'a, str>,
        /// SHA-256 of `text` in UTF-8, 64 lower-case hex digits.
        #[serde(borrow)]
        text_sha256: Cow<'a, str>,
        /// SHA-256 of the bytes that the text was read from; none where the text is redacted.
        #[serde(borrow)]
        original_sha256: Option<Cow<'a, str>>,
        /// Whether names of protected sources are masked in the text and in records.
        redacted: bool,
        /// The layout, in order of the text.
        #[serde(borrow)]
        blocks: Vec<Block<'a>>,
        /// The frozen versions, oldest first.
        #[serde(borrow)]
        versions: Vec<ArticleVersion<'a>>,
    }

    /// A part of the article's layout.
    Block {
        /// Where it starts.
        start: u32,
        /// Where it ends.
        end: u32,
        /// What it is.
        kind: Word<BlockKind>,
        /// Where it stood in the file that was read; empty for plain text.
        #[serde(borrow)]
        locator: Cow<'a, str>,
    }

    /// One frozen version of the article.
    ArticleVersion {
        /// 1 for the first.
        number: u32,
        /// SHA-256 of its stored text; none where the text is redacted.
        #[serde(borrow)]
        text_sha256: Option<Cow<'a, str>>,
        /// SHA-256 of the bytes that it was read from; none where the text is redacted.
        #[serde(borrow)]
        original_sha256: Option<Cow<'a, str>>,
        /// Where it was read from: a file's name, a URL or `-`.
        #[serde(borrow)]
        origin: Cow<'a, str>,
        /// When it came into the session.
        added_at: Moment,
        /// The reader whose proposals are in use.
        #[serde(borrow)]
        reader: Cow<'a, str>,
    }

    /// A person, organisation, document, dataset, media outlet or anonymous voice.
    Source {
        /// Names the source.
        id: Id,
        /// What it is.
        r#type: Word<SourceType>,
        /// Its name; "Protected source N" where it must not be named.
        #[serde(borrow)]
        name: Cow<'a, str>,
        /// Its role.
        #[serde(borrow)]
        role: Cow<'a, str>,
        /// What it belongs to.
        #[serde(borrow)]
        affiliation: Cow<'a, str>,
        /// Its address on the web.
        #[serde(borrow)]
        url: Option<Cow<'a, str>>,
        /// Admiralty reliability.
        reliability: Word<Reliability>,
        /// Notes.
        #[serde(borrow)]
        note: Cow<'a, str>,
        /// Whether it must not be named.
        protect_identity: bool,
        /// Sources with the same non-empty group do not corroborate one another.
        #[serde(borrow)]
        independence_group: Cow<'a, str>,
        /// Other names that it is known by; none of a source that must not be named.
        #[serde(borrow, default)]
        also_called: Vec<Cow<'a, str>>,
    }

    /// A source where a record refers to it.
    SourceRef {
        /// Names the source.
        id: Id,
        /// Its name.
        #[serde(borrow)]
        name: Cow<'a, str>,
        /// What it is.
        r#type: Word<SourceType>,
        /// Its role.
        #[serde(borrow)]
        role: Cow<'a, str>,
    }

    /// A source in two words.
    SourceName {
        /// Names the source.
        id: Id,
        /// Its name.
        #[serde(borrow)]
        name: Cow<'a, str>,
    }

    /// One item from one source: what is held against claims.
    Evidence {
        /// Names the item.
        id: Id,
        /// Where it comes from.
        #[serde(borrow)]
        source: Option<SourceName<'a>>,
        /// Its title.
        #[serde(borrow)]
        title: Cow<'a, str>,
        /// Its address.
        #[serde(borrow)]
        url: Option<Cow<'a, str>>,
        /// The address of an archived copy.
        #[serde(borrow)]
        archived_url: Option<Cow<'a, str>>,
        /// When it was looked at.
        #[serde(borrow)]
        accessed_at: Option<Cow<'a, str>>,
        /// When it was published.
        #[serde(borrow)]
        published_at: Option<Cow<'a, str>>,
        /// The copy kept with the session.
        #[serde(borrow)]
        file: Option<EvidenceFile<'a>>,
        /// Notes.
        #[serde(borrow)]
        note: Cow<'a, str>,
    }

    /// A file kept with a session as an evidence copy.
    EvidenceFile {
        /// SHA-256 of its bytes, 64 lower-case hex digits; none where the copy could confirm who a protected source is.
        #[serde(borrow)]
        sha256: Option<Cow<'a, str>>,
        /// Its size; none where there is no hash.
        bytes: Option<u64>,
        /// Its media type.
        #[serde(borrow)]
        media_type: Cow<'a, str>,
        /// Its name when it was taken in.
        #[serde(borrow)]
        name: Cow<'a, str>,
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
        stance: Word<Stance>,
        /// How sure it sounds.
        certainty: Word<Certainty>,
        /// How its words are given.
        quotation_type: Word<QuotationType>,
        /// Every place where a voice takes a stance on the claim, those of its first statement first.
        #[serde(borrow)]
        attributions: Vec<Attribution<'a>>,
        /// How much it is worth checking.
        check_worthiness: Word<CheckWorthiness>,
        /// What kind of proposition it is.
        claim_type: Word<ClaimType>,
        /// The checker's finding.
        verification_status: Word<VerificationStatus>,
        /// The publication rating, 1 False to 5 True.
        #[schemars(range(min = 1, max = 5))]
        rating: Option<u8>,
        /// Why the finding is what it is.
        #[serde(borrow)]
        justification: Cow<'a, str>,
        /// Where it stands in the house's workflow.
        workflow_state: Word<WorkflowState>,
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
        stance: Word<Stance>,
        /// How sure the source sounds.
        certainty: Word<Certainty>,
        /// How the content is given.
        quotation_type: Word<QuotationType>,
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
        evidence_stance: Word<EvidenceStance>,
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
        state: Word<ChangeState>,
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

    /// A span of the article that says something.
    Statement {
        /// Names the statement: the article version and the spans.
        #[serde(borrow)]
        id: Cow<'a, str>,
        /// Where the first span starts.
        start: u32,
        /// Where the last span ends.
        end: u32,
        /// The spans, in order, disjoint.
        spans: Vec<Pair>,
        /// The words.
        #[serde(borrow)]
        exact: Cow<'a, str>,
        /// The article version that the spans count in.
        article_version: u32,
        /// Whether the words are no longer in the current version.
        orphaned: bool,
        /// The kind of block it stands in.
        block: Word<BlockKind>,
        /// What the checker has decided about it.
        decision: Word<Decision>,
        /// Why it was dismissed.
        #[serde(borrow)]
        reason: Cow<'a, str>,
        /// Proposed by the reader, or marked by a checker.
        origin: Word<Origin>,
        /// Why the reader proposed it.
        #[serde(borrow)]
        why: Cow<'a, str>,
    }

    /// How far the check has come.
    Progress {
        /// All statements.
        statements: usize,
        /// Statements not decided.
        undecided: usize,
        /// Statements taken up.
        taken_up: usize,
        /// Statements dismissed.
        dismissed: usize,
        /// Claims.
        claims: usize,
        /// Undecided statements, and claims that are unchecked or in progress.
        open: usize,
        /// Claims with a finding.
        checked: usize,
        /// Claims by verification status; every status is there.
        #[serde(borrow)]
        by_status: ByStatus<'a>,
    }
}

/// The JSON Schema (draft 2020-12) that every annotated JSON meets.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Document<'static>);
    schema.insert("title".into(), FORMAT.into());
    schema.to_value()
}
