//! The annotated JSON, `claimdesk.export` version 1: its shape, borrowed from the session when written and owned by
//! nothing when read. The schema that `claimdesk schema export` prints is derived from these types.

/// Declares a part of the shape.
macro_rules! shape {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $f:ident: $ty:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name<'a> { $($(#[$fdoc])* pub $f: $ty,)+ }
    )+};
}

mod by_status;
mod claim;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use by_status::ByStatus;
pub use claim::{Anchor, Attribution, Change, Claim, Held, History, SourceRef};

pub use super::words::Pair;
use super::words::{Id, Moment, VocabularyWord};
use crate::core::vocabulary::*;

/// What the format calls itself.
pub const FORMAT: &str = "claimdesk.export";
/// The version of the shape below.
pub const VERSION: u32 = 1;

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
        kind: VocabularyWord<BlockKind>,
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
        /// What reading left out, by reason; none where nothing was.
        #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
        left_out: Option<Cow<'a, str>>,
    }

    /// A person, organisation, document, dataset, media outlet or anonymous voice.
    Source {
        /// Names the source.
        id: Id,
        /// What it is.
        r#type: VocabularyWord<SourceType>,
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
        reliability: VocabularyWord<Reliability>,
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
        /// What it is; `other` where nobody has told.
        #[serde(default)]
        kind: VocabularyWord<EvidenceKind>,
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
        /// How somebody was asked; none where nobody was.
        #[serde(borrow, default)]
        contact: Option<Contact<'a>>,
        /// A sum of the checker's own as it was typed; none where there is none.
        #[serde(borrow, default)]
        calculation: Option<Cow<'a, str>>,
        /// The copy kept with the session.
        #[serde(borrow)]
        file: Option<EvidenceFile<'a>>,
        /// Notes.
        #[serde(borrow)]
        note: Cow<'a, str>,
    }

    /// How somebody was asked: in an interview, a call, a message.
    Contact {
        /// Who, by name.
        #[serde(borrow)]
        who: Cow<'a, str>,
        /// When.
        #[serde(borrow)]
        at: Cow<'a, str>,
        /// How: by telephone, by mail, face to face.
        #[serde(borrow)]
        how: Cow<'a, str>,
        /// Whether they could be reached.
        reached: bool,
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
        block: VocabularyWord<BlockKind>,
        /// What the checker has decided about it.
        decision: VocabularyWord<Decision>,
        /// Why it was dismissed.
        #[serde(borrow)]
        reason: Cow<'a, str>,
        /// Proposed by the reader, or marked by a checker.
        origin: VocabularyWord<Origin>,
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
