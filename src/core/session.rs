//! The session: everything about the check of one article.

use std::collections::BTreeMap;

use super::edit::{Conflict, Forward};
use super::ids::*;
use super::records::*;
use super::text::Span;

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
    /// The frozen versions of its text.
    pub versions: BTreeMap<VersionId, Version>,
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
        Self {
            id,
            name: name.into(),
            created_at,
            updated_at: created_at,
            checkers: Vec::new(),
            article: Article::default(),
            versions: BTreeMap::new(),
            statements: BTreeMap::new(),
            claims: BTreeMap::new(),
            attributions: BTreeMap::new(),
            sources: BTreeMap::from([(SourceId::ARTICLE, Source::article())]),
            evidence: BTreeMap::new(),
            held: BTreeMap::new(),
            forwards: BTreeMap::new(),
            conflicts: BTreeMap::new(),
        }
    }

    /// Puts the session at the beginning of work on `article`, whose only version is `version`.
    pub fn begin_with(&mut self, article: Article, version: Version) {
        let current = Some(version.id);
        self.article = Article { current, ..article };
        self.versions = BTreeMap::from([(version.id, version)]);
    }

    /// The current article version; [`VersionId::NONE`] before the first.
    pub fn version(&self) -> VersionId {
        self.article.current.unwrap_or(VersionId::NONE)
    }

    /// What is known of the current article version.
    pub fn current(&self) -> Option<&Version> {
        self.versions.get(&self.version())
    }

    /// The versions in the order in which they came, with their numbers.
    pub fn numbered(&self) -> impl Iterator<Item = (u32, &Version)> {
        numbered(&self.versions).into_iter()
    }

    /// The number of a version, for people: 1 for the one that came first; 0 for one that is not known. Where only the
    /// number is known it is that.
    pub fn number_of(&self, version: VersionId) -> u32 {
        let of = || self.numbered().find(|(_, v)| v.id == version);
        version
            .number_alone()
            .unwrap_or_else(|| of().map_or(0, |(n, _)| n))
    }

    /// The number of the current version, for people; 0 before the first.
    pub fn number(&self) -> u32 {
        self.number_of(self.version())
    }

    /// The version that had the number `number` where versions were named by it; what stands for it where there is none.
    pub fn version_numbered(&self, number: u32) -> VersionId {
        let found = self.numbered().find(|(n, _)| *n == number);
        found.map_or(VersionId::numbered(number), |(_, v)| v.id)
    }

    /// The hash of the text of a version that the session has; empty for another one.
    pub fn text_sha256(&self, version: VersionId) -> String {
        match self.versions.contains_key(&version) {
            true => version.to_string(),
            false => String::new(),
        }
    }

    /// Whether the spans of a statement count in the current text.
    pub fn stands(&self, statement: &Statement) -> bool {
        !statement.anchor.orphaned && statement.anchor.version == self.version()
    }

    /// The statement that stands on `spans` of the current text, wherever it was born.
    pub fn statement_at(&self, spans: &[Span]) -> Option<&Statement> {
        let here = |s: &&Statement| self.stands(s) && s.anchor.spans == spans;
        let born = StatementId::of(self.version(), spans);
        // Those that were born in this version stand where they were born; only what came from another one is looked for.
        let (mark, all) = (born.mark(), &self.statements);
        all.get(&born).filter(here).or_else(|| {
            let before = all.range(..StatementId::of(self.version(), &[]));
            let before = before.map(|(_, s)| s);
            let after = all.values().rev().take_while(|s| s.id.mark() > mark);
            before.chain(after).find(here)
        })
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

    /// What each claim says, in the order of the claims.
    pub fn claim_texts(&self) -> impl Iterator<Item = &str> {
        self.claims.values().map(|claim| self.claim_text(claim))
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

/// `versions` in the order in which they came, with their numbers, which are for people: of two that came at one moment the
/// hash says which is first. One of which only the number is known has that.
pub fn numbered(versions: &BTreeMap<VersionId, Version>) -> Vec<(u32, &Version)> {
    let alone = |v: &Version| v.id.number_alone();
    let mut all: Vec<(u32, &Version)> = Vec::with_capacity(versions.len());
    all.extend(versions.values().filter_map(|v| Some((alone(v)?, v))));
    let taken: Vec<u32> = all.iter().map(|(n, _)| *n).collect();
    let mut others: Vec<&Version> = versions.values().filter(|v| alone(v).is_none()).collect();
    others.sort_by_key(|v| (v.added_at, v.id));
    all.extend((1..).filter(|n| !taken.contains(n)).zip(others));
    all.sort_by_key(|(n, _)| *n);
    all
}
