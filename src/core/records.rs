//! The records of a session: flat, and pointing to each other by id.
//!
//! Every record is a struct whose fields are each a value of the record's field enum, so that an edit is one field with
//! its value before and after (see [`super::edit`]). Records hold no reference to one another, only ids; the maps are
//! ordered by id: first what was taken up, in order of the text, then what was made by hand, in order of creation (see
//! [`super::derived`]). When something was made is never read from where it stands there.

use super::ids::*;
use super::join::{self, Join, Joined};
use super::set::Set;
use super::text::Span;
use super::vocabulary::*;

/// A moment in UTC; files write it as RFC 3339 with milliseconds.
pub type Time = jiff::Timestamp;

/// Where words stand in the article, with enough around them to find them again when the article changes.
///
/// The shape is the same everywhere (W3C Web Annotation's quote and position selectors in one).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Anchor {
    /// The number of the article version that the spans count in.
    pub article_version: u32,
    /// The statement that the anchor belongs to, where it belongs to one.
    pub statement_id: Option<StatementId>,
    /// Scalar values, in order, disjoint.
    pub spans: Vec<Span>,
    /// The words, several spans joined by ` … `.
    pub exact: String,
    /// Up to 32 characters before the first span.
    pub prefix: String,
    /// Up to 32 characters behind the last span.
    pub suffix: String,
    /// Whether the words are no longer in the current version.
    pub orphaned: bool,
}

/// One frozen version of the article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleVersion {
    /// 1 for the first.
    pub number: u32,
    /// SHA-256 of the stored text, 64 lower-case hex digits.
    pub text_sha256: String,
    /// SHA-256 of the bytes as they were read.
    pub original_sha256: String,
    /// Where it was read from: a path, a URL or `-`.
    pub origin: String,
    /// When it came into the session.
    pub added_at: Time,
    /// The reader whose proposals are in use, as in the name of the proposals' file: `builtin-1`. A newer reader
    /// changes nothing until it is asked to propose again, which is an edit of this field.
    pub reader: String,
}

/// A file kept with a session as an evidence copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFile {
    /// SHA-256 of its bytes, 64 lower-case hex digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Its media type, guessed from name and content.
    pub media_type: String,
    /// Its name when it was taken in.
    pub name: String,
}

/// A proposed change of the article's text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TextChange {
    /// What should stand instead; empty means: cut the words.
    pub replacement: String,
    /// Why.
    pub reason: String,
    /// Whether it must be made (else it could be).
    pub must: bool,
    /// What became of it.
    pub state: ChangeState,
}

/// Declares a record. A row says of a field: its name, its variant, its name on disk, how two values of it join (see
/// [`super::join`]), and its type.
macro_rules! record {
    (
        $(#[$doc:meta])* $name:ident $(: $derive:ident)?, fields $field:ident, keys $key:ident {
            $(#[$iddoc:meta])* id: $id:ty,
            $($(#[$fdoc:meta])* $f:ident $variant:ident $word:literal $how:ident : $ty:ty,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $(#[derive($derive)])?
        pub struct $name { $(#[$iddoc])* pub id: $id, $($(#[$fdoc])* pub $f: $ty,)+ }

        #[doc = concat!("One field of a [`", stringify!($name), "`] with a value.")]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $field { $($(#[$fdoc])* $variant($ty),)+ }

        #[doc = concat!("The name of one field of a [`", stringify!($name), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $key { $($(#[$fdoc])* $variant,)+ }

        impl $key {
            /// Every field, in the record's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// The field's name on disk.
            pub fn word(self) -> &'static str { match self { $(Self::$variant => $word,)+ } }
            /// The rule by which two values of the field join.
            pub fn join(self) -> Join { match self { $(Self::$variant => Join::$how,)+ } }
            /// The field called `word`, if there is one.
            pub fn from_word(word: &str) -> Option<Self> { Self::ALL.iter().copied().find(|k| k.word() == word) }
        }

        impl $field {
            /// Which field it is.
            pub fn key(&self) -> $key { match self { $(Self::$variant(_) => $key::$variant,)+ } }
        }

        impl join::Record for $name {
            type Key = $key;
            type Field = $field;
            const KEYS: &'static [$key] = $key::ALL;
            fn value(&self, key: $key) -> $field { self.get(key) }
            fn put(&mut self, value: $field) { self.set(value); }
            fn word(key: $key) -> &'static str { key.word() }
        }

        impl join::Field for $field {
            type Key = $key;
            fn name(&self) -> $key { self.key() }
            fn rule(&self) -> Join { self.key().join() }
            fn is_blank(&self) -> bool { match self { $(Self::$variant(v) => join::Value::is_blank(v),)+ } }
            // A record of one field has no other.
            #[allow(unreachable_patterns)]
            fn with(&self, more: &Self) -> Option<Self> {
                match (self, more) {
                    $((Self::$variant(a), Self::$variant(b)) => join::Value::with(a, b).map(Self::$variant),)+
                    _ => None,
                }
            }
            #[allow(unreachable_patterns)]
            fn without(&self, less: &Self) -> Option<Self> {
                match (self, less) {
                    $((Self::$variant(a), Self::$variant(b)) => join::Value::without(a, b).map(Self::$variant),)+
                    _ => None,
                }
            }
            #[allow(unreachable_patterns)]
            fn join(self, gone: Self) -> Joined<Self> {
                match (self, gone) {
                    $((Self::$variant(kept), Self::$variant(gone)) => join::rule::$how::join(kept, gone).map(Self::$variant),)+
                    // Values of two fields never meet.
                    (kept, _) => Joined::One(kept),
                }
            }
        }

        impl $name {
            /// The field's present value.
            pub fn get(&self, key: $key) -> $field { match key { $($key::$variant => $field::$variant(self.$f.clone()),)+ } }
            /// Puts a value in its field.
            pub fn set(&mut self, value: $field) { match value { $($field::$variant(v) => self.$f = v,)+ } }
        }
    };
}

pub(super) use record;

record! {
    /// What is known of the article besides its text.
    Article: Default, fields ArticleField, keys ArticleKey {
        /// There is one article in a session.
        id: (),
        /// The title; empty where none is known.
        title Title "title" Ask: String,
        /// Who wrote it, as printed.
        byline Byline "byline" Ask: String,
        /// Its canonical address.
        url Url "url" Ask: Option<String>,
        /// When it was published, as precisely as known (RFC 3339 or a date).
        published_at PublishedAt "published_at" Ask: Option<String>,
        /// Its language, a BCP 47 tag; empty where not known.
        language Language "language" Ask: String,
        /// The frozen versions, oldest first.
        versions Versions "versions" Keep: Vec<ArticleVersion>,
    }
}

record! {
    /// A span of the article that says something, once the checker has decided about it or marked it.
    Statement, fields StatementField, keys StatementKey {
        /// Derived from version and spans.
        id: StatementId,
        /// Where it stands.
        anchor Anchor "anchor" Keep: Anchor,
        /// The kind of block it stands in.
        block Block "block" Keep: BlockKind,
        /// Taken up or dismissed; an undecided one with origin checker is a mark whose claims were withdrawn.
        decision Decision "decision" Ask: Decision,
        /// Why it was dismissed; empty otherwise or where no reason was given.
        reason Reason "reason" Ask: String,
        /// Proposed by the reader, or marked by a checker.
        origin Origin "origin" Keep: Origin,
        /// Why the reader proposed it, one line; empty for marks.
        why Why "why" Keep: String,
    }
}

record! {
    /// One proposition under check.
    Claim, fields ClaimField, keys ClaimKey {
        /// Derived from the text where it was taken up, a UUIDv7 where it was made by hand.
        id: ClaimId,
        /// The statements it belongs to; the first is where its row stands, the others are "also at".
        statements Statements "statements" Union: Vec<StatementId>,
        /// A wording that stands alone; none means: the statement's exact words.
        wording Wording "wording" Ask: Option<String>,
        /// How much it is worth checking.
        check_worthiness CheckWorthiness "check_worthiness" Ask: CheckWorthiness,
        /// What kind of proposition it is.
        claim_type ClaimType "claim_type" Ask: ClaimType,
        /// The checker's finding.
        verification_status VerificationStatus "verification_status" Ask: VerificationStatus,
        /// The publication rating.
        rating Rating "rating" Ask: Option<Rating>,
        /// Why the finding is what it is.
        justification Justification "justification" Append: String,
        /// Where it stands in the house's workflow.
        workflow_state WorkflowState "workflow_state" Ask: WorkflowState,
        /// The house's own tags.
        tags Tags "tags" Union: Set<String>,
        /// The checker's notes.
        notes Notes "notes" Append: String,
        /// A proposed change of the text.
        change Change "change" Ask: Option<TextChange>,
        /// The fields that still hold what the reader proposed.
        proposed Proposed "proposed" Keep: Set<ClaimKey>,
        /// When it was taken up, and by whom.
        created Created "created" Keep: Stamp,
        /// When it or what hangs on it last changed, and by whom. Kept by [`super::apply`]; an edit of it comes last in
        /// its step and is of an import, which says whose work it took in, or of a repair.
        updated Updated "updated" Keep: Stamp,
    }
}

record! {
    /// One place where a voice takes a stance on a claim.
    Attribution, fields AttributionField, keys AttributionKey {
        /// As a claim's. A claim's first attribution is that of [`super::session::Session::attributions_of`].
        id: AttributionId,
        /// The claim.
        claim Claim "claim" Keep: ClaimId,
        /// The statement where it stands.
        statement Statement "statement" Keep: StatementId,
        /// Who speaks; none where the checker has taken the source away or none was found.
        source Source "source" Ask: Option<SourceId>,
        /// The words that name the source, in scalar values.
        source_span SourceSpan "source_span" Ask: Vec<Span>,
        /// The words that show the attribution ("said", "according to").
        cue Cue "cue" Ask: Vec<Span>,
        /// The words attributed.
        content Content "content" Ask: Vec<Span>,
        /// The source's stance on the content.
        stance Stance "stance" Ask: Stance,
        /// How sure the source sounds.
        certainty Certainty "certainty" Ask: Certainty,
        /// How the content is given.
        quotation_type QuotationType "quotation_type" Ask: QuotationType,
        /// Who quoted the source (A quotes B: the source is B, via A).
        via Via "via" Ask: Option<SourceId>,
        /// Whom an accusation names.
        about About "about" Union: Set<SourceId>,
        /// The fields that still hold what the reader proposed.
        proposed Proposed "proposed" Keep: Set<AttributionKey>,
    }
}

record! {
    /// A person, organisation, document, dataset, media outlet or anonymous voice.
    Source, fields SourceField, keys SourceKey {
        /// As a claim's, or the built-in [`SourceId::ARTICLE`].
        id: SourceId,
        /// What it is. On disk, and in exports, `type`.
        source_type Type "type" Ask: SourceType,
        /// Its name.
        name Name "name" Fill: String,
        /// Its role ("national security spokesman").
        role Role "role" Ask: String,
        /// What it belongs to ("White House").
        affiliation Affiliation "affiliation" Ask: String,
        /// Its address on the web.
        url Url "url" Ask: Option<String>,
        /// How to reach it. Never exported.
        contact Contact "contact" Append: String,
        /// Admiralty reliability.
        reliability Reliability "reliability" Ask: Reliability,
        /// Notes.
        note Note "note" Append: String,
        /// Whether exports must not name it.
        protect_identity ProtectIdentity "protect_identity" Union: bool,
        /// Sources with the same non-empty group do not corroborate one another.
        independence_group IndependenceGroup "independence_group" Ask: String,
        /// Other names that it is known by: former ones, those of records merged into it, and what the checker adds.
        also_called AlsoCalled "also_called" Union: Set<String>,
    }
}

record! {
    /// One item from one source: what is held against claims.
    Evidence, fields EvidenceField, keys EvidenceKey {
        /// UUIDv7.
        id: EvidenceId,
        /// Where it comes from.
        source Source "source" Ask: Option<SourceId>,
        /// Its title.
        title Title "title" Ask: String,
        /// Its address.
        url Url "url" Ask: Option<String>,
        /// The address of an archived copy.
        archived_url ArchivedUrl "archived_url" Ask: Option<String>,
        /// When it was looked at (RFC 3339 or a date).
        accessed_at AccessedAt "accessed_at" Ask: Option<String>,
        /// When it was published (RFC 3339 or a date).
        published_at PublishedAt "published_at" Ask: Option<String>,
        /// A copy kept with the session.
        file File "file" Ask: Option<EvidenceFile>,
        /// Notes.
        note Note "note" Append: String,
    }
}

record! {
    /// One evidence item held against one claim.
    Held, fields HeldField, keys HeldKey {
        /// UUIDv7.
        id: HeldId,
        /// The claim.
        claim Claim "claim" Keep: ClaimId,
        /// The item.
        evidence Evidence "evidence" Keep: EvidenceId,
        /// What the item says of the claim.
        evidence_stance EvidenceStance "evidence_stance" Ask: EvidenceStance,
        /// Where in the item: page, table, timecode.
        locator Locator "locator" Ask: String,
        /// The words that matter.
        excerpt Excerpt "excerpt" Ask: String,
        /// Admiralty credibility of the item for this claim.
        credibility Credibility "credibility" Ask: Credibility,
    }
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub at: Time,
    /// Who.
    pub by: CheckerId,
}

/// A person who works on the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checker {
    /// The stable id that steps carry.
    pub id: CheckerId,
    /// The name.
    pub name: String,
}
