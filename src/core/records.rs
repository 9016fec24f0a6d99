//! The records of a session: flat, and pointing to each other by id.
//!
//! Every record is a struct whose fields are each a value of the record's field enum, so that an edit is one field with
//! its value before and after (see [`super::edit`]). A row says of its field what holds for every value of it (see
//! [`super::facts`]). Records hold no reference to one another, only ids; the maps are
//! ordered by id: first what was taken up, in order of the text, then what was made by hand, in order of creation (see
//! [`super::derived`]). When something was made is never read from where it stands there.

use super::facts::FilterKey;
use super::ids::*;
use super::record::record;
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
    /// The article version that the spans count in.
    pub version: VersionId,
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

/// How somebody was asked: in an interview, a call, a message.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Contact {
    /// Who was asked, by name.
    pub who: String,
    /// When (RFC 3339, a date, or in words).
    pub at: String,
    /// How: by telephone, by mail, face to face.
    pub how: String,
    /// Whether they could be reached; an attempt is evidence of what was tried.
    pub reached: bool,
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

record! {
    /// What is known of the article besides its text.
    Article: Default, fields ArticleField, keys ArticleKey {
        /// There is one article in a session.
        id: (),
        /// The title; empty where none is known.
        title: String, Title "title" = label "title", join Ask, edited Form, exchange Carried, written Prose,
            blind Carried, signed Exempt, search Never;
        /// Who wrote it, as printed.
        byline: String, Byline "byline" = label "byline", join Ask, edited Form, exchange Carried, written Prose,
            blind Carried, signed Exempt, search Never;
        /// Its canonical address.
        url: Option<String>, Url "url" = label "address", join Ask, edited Form, exchange Carried, written Link,
            blind Carried, signed Exempt, search Never;
        /// When it was published, as precisely as known (RFC 3339 or a date).
        published_at: Option<String>, PublishedAt "published_at" = label "published", join Ask, edited Form, exchange Carried, written Note,
            blind Carried, signed Exempt, search Never;
        /// Its language, a BCP 47 tag; empty where not known.
        language: String, Language "language" = label "language", join Ask, edited Form, exchange Carried, written Note,
            blind Carried, signed Exempt, search Never;
        /// The version that is checked now.
        current: Option<VersionId>, Current "current_version" = label "current version", join Ask, edited Never, exchange Carried, written Nothing,
            blind Carried, signed Exempt, search Never;
    }
}

record! {
    /// One frozen version of the article's text.
    Version, fields VersionField, keys VersionKey {
        /// The hash of the stored text.
        id: VersionId,
        /// SHA-256 of the bytes as they were read.
        original_sha256: String, OriginalSha256 "original_sha256" = label "sum of the original", join Keep, edited Never, exchange Carried, written Sum,
            blind Carried, signed Exempt, search Never;
        /// Where it was read from: a path, a URL or `-`.
        origin: String, Origin "origin" = label "origin", join Keep, edited Never, exchange Carried, written Link,
            blind Carried, signed Exempt, search Never;
        /// When it came into the session.
        added_at: Time, AddedAt "added_at" = label "added", join Keep, edited Never, exchange Carried, written Nothing,
            blind Carried, signed Exempt, search Never;
        /// The reader whose proposals are in use, as in the name of the proposals' file: `builtin-1`. A newer reader
        /// changes nothing until it is asked to propose again, which is an edit of this field.
        reader: String, Reader "reader" = label "reader", join Ask, edited Elsewhere, exchange Carried, written Note,
            blind Carried, signed Exempt, search Never;
        /// What reading left out of what was given, by reason, in a sentence; empty where nothing was.
        left_out: String, LeftOut "left_out" = label "left out", join Keep, edited Never, exchange Carried, written Note,
            blind Carried, signed Exempt, search Never;
    }
}

record! {
    /// A span of the article that says something, once the checker has decided about it or marked it.
    Statement, fields StatementField, keys StatementKey {
        /// That of the version and the spans that it was born with; it stays, wherever the anchor moves.
        id: StatementId,
        /// Where it stands.
        anchor: Anchor, Anchor "anchor" = label "place", join Keep, edited Elsewhere, exchange Carried, written Parts,
            blind Carried, signed Covered, search Words;
        /// The kind of block it stands in.
        block: BlockKind, Block "block" = label "block", join Keep, edited Never, exchange Carried, written Nothing,
            blind Carried, signed Exempt, search Key(FilterKey::Block);
        /// Taken up or dismissed; an undecided one with origin checker is a mark whose claims were withdrawn.
        decision: Decision, Decision "decision" = label "decision", join Ask, edited Elsewhere, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Key(FilterKey::Status);
        /// Why it was dismissed; empty otherwise or where no reason was given.
        reason: String, Reason "reason" = label "reason", join Ask, edited Form, exchange Carried, written Note,
            blind Withheld, signed Covered, search Words;
        /// Proposed by the reader, or marked by a checker.
        origin: Origin, Origin "origin" = label "origin", join Keep, edited Never, exchange Carried, written Nothing,
            blind Carried, signed Exempt, search Never;
        /// Why the reader proposed it, one line; empty for marks.
        why: String, Why "why" = label "why proposed", join Keep, edited Never, exchange Carried, written Note,
            blind Carried, signed Exempt, search Never;
    }
}

record! {
    /// One proposition under check.
    Claim, fields ClaimField, keys ClaimKey {
        /// Derived from the text where it was taken up, a UUIDv7 where it was made by hand.
        id: ClaimId,
        /// The statement where its row stands: one of its statements. Of two claims that become one, that of the one that stays.
        home: StatementId, Home "home" = label "home", join Keep, edited Elsewhere, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// The statements it belongs to; those besides its home are "also at".
        statements: Set<StatementId>, Statements "statements" = label "places", join Union, edited Elsewhere, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// A wording that stands alone; none means: the statement's exact words.
        wording: Option<String>, Wording "wording" = label "wording", join Ask, edited Form, exchange Carried, written Prose,
            blind Carried, signed Covered, search Words;
        /// How much it is worth checking.
        check_worthiness: CheckWorthiness, CheckWorthiness "check_worthiness" = label "worth", join Ask, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Exempt, search Key(FilterKey::Worth);
        /// What kind of proposition it is.
        claim_type: ClaimType, ClaimType "claim_type" = label "type", join Ask, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Exempt, search Key(FilterKey::Type);
        /// The checker's finding.
        verification_status: VerificationStatus, VerificationStatus "verification_status" = label "finding", join Ask, edited Form, exchange Carried, written Nothing,
            blind Withheld, signed Covered, search Key(FilterKey::Status);
        /// The publication rating.
        rating: Option<Rating>, Rating "rating" = label "rating", join Ask, edited Form, exchange Carried, written Nothing,
            blind Withheld, signed Covered, search Key(FilterKey::Rating);
        /// Why the finding is what it is.
        justification: String, Justification "justification" = label "justification", join Append, edited Form, exchange Carried, written Note,
            blind Withheld, signed Covered, search Words;
        /// Where it stands in the house's workflow.
        workflow_state: WorkflowState, WorkflowState "workflow_state" = label "workflow", join Ask, edited Form, exchange Carried, written Nothing,
            blind Withheld, signed Exempt, search Key(FilterKey::State);
        /// The house's own tags.
        tags: Set<String>, Tags "tags" = label "tags", join Union, edited Form, exchange Carried, written Link,
            blind Withheld, signed Exempt, search Words;
        /// The checker's notes.
        notes: String, Notes "notes" = label "note", join Append, edited Form, exchange Carried, written Note,
            blind Withheld, signed Exempt, search Words;
        /// A proposed change of the text.
        change: Option<TextChange>, Change "change" = label "change", join Ask, edited Elsewhere, exchange Carried, written Parts,
            blind Withheld, signed Covered, search Key(FilterKey::Change);
        /// The fields that still hold what the reader proposed.
        proposed: Set<ClaimKey>, Proposed "proposed" = label "proposed", join Keep, edited Never, exchange Carried, written Nothing,
            blind Withheld, signed Exempt, search Never;
        /// When it was taken up, and by whom.
        created: Stamp, Created "created" = label "taken up", join Keep, edited Never, exchange Carried, written Parts,
            blind Withheld, signed Exempt, search Never;
        /// When it or what hangs on it last changed, and by whom. Kept by [`super::apply`]; an edit of it comes last in
        /// its step and is of an import, which says whose work it took in, or of a repair.
        updated: Stamp, Updated "updated" = label "last change", join Keep, edited Never, exchange Carried, written Parts,
            blind Withheld, signed Exempt, search Key(FilterKey::By);
    }
}

record! {
    /// One place where a voice takes a stance on a claim.
    Attribution, fields AttributionField, keys AttributionKey {
        /// As a claim's. A claim's first attribution is that of [`super::session::Session::attributions_of`].
        id: AttributionId,
        /// The claim.
        claim: ClaimId, Claim "claim" = label "claim", join Keep, edited Never, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// The statement where it stands.
        statement: StatementId, Statement "statement" = label "statement", join Keep, edited Never, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// Who speaks; none where the checker has taken the source away or none was found.
        source: Option<SourceId>, Source "source" = label "said by", join Ask, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Words;
        /// The words that name the source, in scalar values.
        source_span: Vec<Span>, SourceSpan "source_span" = label "named as", join Ask, edited Elsewhere, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// The words that show the attribution ("said", "according to").
        cue: Vec<Span>, Cue "cue" = label "shown by", join Ask, edited Elsewhere, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// The words attributed.
        content: Vec<Span>, Content "content" = label "words", join Ask, edited Elsewhere, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// The source's stance on the content.
        stance: Stance, Stance "stance" = label "stance", join Ask, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Key(FilterKey::Stance);
        /// How sure the source sounds.
        certainty: Certainty, Certainty "certainty" = label "certainty", join Ask, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Key(FilterKey::Certainty);
        /// How the content is given.
        quotation_type: QuotationType, QuotationType "quotation_type" = label "quotation", join Ask, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// Who quoted the source (A quotes B: the source is B, via A).
        via: Option<SourceId>, Via "via" = label "via", join Ask, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// Whom an accusation names.
        about: Set<SourceId>, About "about" = label "about", join Union, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// The fields that still hold what the reader proposed.
        proposed: Set<AttributionKey>, Proposed "proposed" = label "proposed", join Keep, edited Never, exchange Carried, written Nothing,
            blind Carried, signed Exempt, search Never;
    }
}

record! {
    /// A person, organisation, document, dataset, media outlet or anonymous voice.
    Source, fields SourceField, keys SourceKey {
        /// As a claim's, or the built-in [`SourceId::ARTICLE`].
        id: SourceId,
        /// What it is. On disk, and in exports, `type`.
        source_type: SourceType, Type "type" = label "type", join Ask, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// Its name.
        name: String, Name "name" = label "name", join Fill, edited Form, exchange Carried, written Prose,
            blind Carried, signed Covered, search Words;
        /// Its role ("national security spokesman").
        role: String, Role "role" = label "role", join Ask, edited Form, exchange Carried, written Prose,
            blind Carried, signed Covered, search Never;
        /// What it belongs to ("White House").
        affiliation: String, Affiliation "affiliation" = label "belongs to", join Ask, edited Form, exchange Carried, written Prose,
            blind Carried, signed Covered, search Never;
        /// Its address on the web.
        url: Option<String>, Url "url" = label "address", join Ask, edited Form, exchange Carried, written Link,
            blind Carried, signed Exempt, search Never;
        /// How to reach it. Never exported.
        contact: String, Contact "contact" = label "contact", join Append, edited Form, exchange Kept, written Note,
            blind Withheld, signed Exempt, search Never;
        /// Admiralty reliability.
        reliability: Reliability, Reliability "reliability" = label "reliability", join Ask, edited Form, exchange Carried, written Nothing,
            blind Withheld, signed Covered, search Never;
        /// Notes.
        note: String, Note "note" = label "note", join Append, edited Form, exchange Carried, written Note,
            blind Withheld, signed Exempt, search Never;
        /// Whether exports must not name it.
        protect_identity: bool, ProtectIdentity "protect_identity" = label "protected", join Union, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Exempt, search Never;
        /// Sources with the same non-empty group do not corroborate one another.
        independence_group: String, IndependenceGroup "independence_group" = label "group", join Ask, edited Form, exchange Carried, written Note,
            blind Carried, signed Covered, search Never;
        /// Other names that it is known by: former ones, those of records merged into it, and what the checker adds.
        also_called: Set<String>, AlsoCalled "also_called" = label "also called", join Union, edited Form, exchange Carried, written Prose,
            blind Carried, signed Exempt, search Words;
    }
}

record! {
    /// One item from one source: what is held against claims.
    Evidence, fields EvidenceField, keys EvidenceKey {
        /// UUIDv7.
        id: EvidenceId,
        /// What it is; `other` where nobody has told.
        kind: EvidenceKind, Kind "kind" = label "kind", join Ask, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Key(FilterKey::Evidence);
        /// Where it comes from.
        source: Option<SourceId>, Source "source" = label "from", join Ask, edited Form, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// Its title.
        title: String, Title "title" = label "title", join Ask, edited Form, exchange Carried, written Prose,
            blind Carried, signed Covered, search Key(FilterKey::Evidence);
        /// Its address.
        url: Option<String>, Url "url" = label "address", join Ask, edited Form, exchange Carried, written Link,
            blind Carried, signed Covered, search Never;
        /// The address of an archived copy.
        archived_url: Option<String>, ArchivedUrl "archived_url" = label "archived at", join Ask, edited Form, exchange Carried, written Link,
            blind Carried, signed Covered, search Never;
        /// When it was looked at (RFC 3339 or a date).
        accessed_at: Option<String>, AccessedAt "accessed_at" = label "looked at", join Ask, edited Form, exchange Carried, written Note,
            blind Carried, signed Covered, search Never;
        /// When it was published (RFC 3339 or a date).
        published_at: Option<String>, PublishedAt "published_at" = label "published", join Ask, edited Form, exchange Carried, written Note,
            blind Carried, signed Covered, search Never;
        /// Who was asked, when and how, and whether they could be reached; none where nobody was.
        contact: Option<Contact>, Contact "contact" = label "contact", join Ask, edited Form, exchange Carried, written Parts,
            blind Carried, signed Covered, search Key(FilterKey::Evidence);
        /// A sum of the checker's own as it was typed (`10,000 + 40,000 = 50,000`); empty where there is none. What it comes
        /// to is worked out whenever it is shown (see [`super::calculation`]), and never kept.
        calculation: String, Calculation "calculation" = label "calculation", join Ask, edited Form, exchange Carried, written Note,
            blind Carried, signed Covered, search Key(FilterKey::Evidence);
        /// A copy kept with the session.
        file: Option<EvidenceFile>, File "file" = label "file", join Ask, edited Elsewhere, exchange Carried, written Parts,
            blind Carried, signed Covered, search Never;
        /// Notes.
        note: String, Note "note" = label "note", join Append, edited Form, exchange Carried, written Note,
            blind Withheld, signed Exempt, search Never;
    }
}

record! {
    /// One evidence item held against one claim.
    Held, fields HeldField, keys HeldKey {
        /// UUIDv7.
        id: HeldId,
        /// The claim.
        claim: ClaimId, Claim "claim" = label "claim", join Keep, edited Never, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// The item.
        evidence: EvidenceId, Evidence "evidence" = label "item", join Keep, edited Never, exchange Carried, written Nothing,
            blind Carried, signed Covered, search Never;
        /// What the item says of the claim.
        evidence_stance: EvidenceStance, EvidenceStance "evidence_stance" = label "what it says", join Ask, edited Form, exchange Carried, written Nothing,
            blind Withheld, signed Covered, search Key(FilterKey::Evidence);
        /// Where in the item: page, table, timecode.
        locator: String, Locator "locator" = label "where in it", join Ask, edited Form, exchange Carried, written Note,
            blind Carried, signed Covered, search Never;
        /// The words that matter.
        excerpt: String, Excerpt "excerpt" = label "excerpt", join Ask, edited Form, exchange Carried, written Prose,
            blind Carried, signed Covered, search Never;
        /// Admiralty credibility of the item for this claim.
        credibility: Credibility, Credibility "credibility" = label "credibility", join Ask, edited Form, exchange Carried, written Nothing,
            blind Withheld, signed Covered, search Never;
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
