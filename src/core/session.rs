//! The session: everything about the check of one article.

use std::collections::BTreeMap;

use super::edit::{Conflict, Forward};
use super::ids::*;
use super::records::*;
use super::vocabulary::*;

/// Everything about the check of one article, but for its texts and the reader's proposals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// UUIDv7.
    pub id: SessionId,
    /// The name of its folder.
    pub name: String,
    /// When it was made.
    pub created_at: Time,
    /// When the last step was made.
    pub updated_at: Time,
    /// The people who have worked on it, in order of appearance.
    pub checkers: Vec<Checker>,
    /// The article.
    pub article: Article,
    /// Decided and marked statements.
    pub statements: BTreeMap<StatementId, Statement>,
    /// Claims.
    pub claims: BTreeMap<ClaimId, Claim>,
    /// Attributions of all claims.
    pub attributions: BTreeMap<AttributionId, Attribution>,
    /// Sources; the built-in one is always there.
    pub sources: BTreeMap<SourceId, Source>,
    /// Evidence items.
    pub evidence: BTreeMap<EvidenceId, Evidence>,
    /// Which item is held against which claim.
    pub held: BTreeMap<HeldId, Held>,
    /// Where merged records went.
    pub forwards: BTreeMap<RecordId, Forward>,
    /// What two people's steps say differently, until somebody has said which stays.
    pub conflicts: BTreeMap<ConflictId, Conflict>,
}

impl Session {
    /// A session without statements, on an article without versions yet.
    pub fn new(id: SessionId, name: impl Into<String>, created_at: Time) -> Self {
        let article_voice = Source {
            source_type: SourceType::Article,
            name: "the article".into(),
            ..Source::unnamed(SourceId::ARTICLE)
        };
        Self {
            id,
            name: name.into(),
            created_at,
            updated_at: created_at,
            checkers: Vec::new(),
            article: Article::default(),
            statements: BTreeMap::new(),
            claims: BTreeMap::new(),
            attributions: BTreeMap::new(),
            sources: BTreeMap::from([(SourceId::ARTICLE, article_voice)]),
            evidence: BTreeMap::new(),
            held: BTreeMap::new(),
            forwards: BTreeMap::new(),
            conflicts: BTreeMap::new(),
        }
    }

    /// The number of the current article version; 0 before the first.
    pub fn version(&self) -> u32 {
        self.article.versions.last().map_or(0, |v| v.number)
    }

    /// The hash of the text of article version `version`; empty where there is none.
    pub fn text_sha256(&self, version: u32) -> &str {
        let mut all = self.article.versions.iter();
        all.find(|v| v.number == version)
            .map_or("", |v| &v.text_sha256)
    }

    /// Whether a source of it must not be named.
    pub fn protects(&self) -> bool {
        self.sources.values().any(|s| s.protect_identity)
    }

    /// The attributions of `claim`: statement by statement, its home first; at each those taken up in the order in which
    /// they were proposed, then those made by hand, oldest first.
    ///
    /// Looks at every attribution; whoever needs those of many claims builds [`super::index::Index`] once.
    pub fn attributions_of(&self, claim: ClaimId) -> impl Iterator<Item = &Attribution> {
        let all = self.attributions.values();
        let mut all: Vec<_> = all.filter(|a| a.claim == claim).collect();
        all.sort_by_key(|a| self.turn_of(a));
        all.into_iter()
    }

    /// At which of its claim's statements an attribution stands, and its id: what a claim's attributions are ordered by.
    pub fn turn_of(&self, a: &Attribution) -> (usize, AttributionId) {
        let claim = self.claims.get(&a.claim);
        let at = claim.and_then(|c| c.turn_at(&a.statement));
        (at.unwrap_or(usize::MAX), a.id)
    }

    /// What is held against `claim`, oldest first. The same remark holds as for [`Session::attributions_of`].
    pub fn held_against(&self, claim: ClaimId) -> impl Iterator<Item = &Held> {
        self.held.values().filter(move |h| h.claim == claim)
    }

    /// The claim's wording, else the exact words of its home.
    pub fn claim_text<'a>(&'a self, claim: &'a Claim) -> &'a str {
        if let Some(w) = claim.wording.as_deref().filter(|w| !w.trim().is_empty()) {
            return w;
        }
        let home = self.statements.get(&claim.home);
        home.map_or("", |s| &s.anchor.exact)
    }

    /// The name of the checker with this id, else the id.
    pub fn checker_name<'a>(&'a self, id: &'a CheckerId) -> &'a str {
        self.checkers
            .iter()
            .find(|c| c.id == *id)
            .map_or(&id.0, |c| &c.name)
    }
}
