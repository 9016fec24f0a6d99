//! A check under way: the session with its text, its proposals and what is computed from them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::edit::Edit;
use super::fold::folded;
use super::ids::*;
use super::index::Index;
use super::model::*;
use super::proposal::{AttributionView, Proposals, ProposedSource, ProposedVoice};
use super::rows::{Rows, build_rows};
use super::short_names::ShortNames;
use super::text::ArticleText;
use super::tx::{Ids, Tx};
use super::unseen::FoundOnce;
use super::vocabulary::*;

/// A session, the text of its current version, what the reader proposed for it, and the rows that follow from the three.
#[derive(Clone, Debug)]
pub struct Check {
    /// The session.
    session: Session,
    /// The stored text of the current version.
    text: ArticleText,
    /// What the reader proposed for that text.
    proposals: Arc<Proposals>,
    index: Index,
    rows: Rows,
    /// Made when somebody asks; gone when a source or what names it changes.
    names: OnceLock<Arc<ShortNames>>,
    found: FoundOnce,
}

impl Check {
    /// Puts the three together.
    pub fn new(session: Session, text: ArticleText, proposals: impl Into<Arc<Proposals>>) -> Self {
        let mut check = Self {
            session,
            text,
            proposals: proposals.into(),
            index: Index::default(),
            rows: Rows::default(),
            names: OnceLock::new(),
            found: FoundOnce::default(),
        };
        check.refresh();
        check
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The stored text of the current version.
    pub fn text(&self) -> &ArticleText {
        &self.text
    }

    /// What the reader proposed for that text.
    pub fn proposals(&self) -> &Arc<Proposals> {
        &self.proposals
    }

    /// The session, its text and its proposals, without what follows from them.
    pub fn into_parts(self) -> (Session, ArticleText, Arc<Proposals>) {
        (self.session, self.text, self.proposals)
    }

    /// The session, to be changed; [`Check::refresh`] is due afterwards where rows may follow from the change.
    pub(super) fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// Takes other proposals for the same text, and returns those before.
    pub(super) fn propose(&mut self, proposals: Arc<Proposals>) -> Arc<Proposals> {
        let before = std::mem::replace(&mut self.proposals, proposals);
        self.refresh();
        before
    }

    /// Applies what `work` adds to a step; returns what `work` returned and the edits.
    pub(super) fn edit<R>(
        &mut self,
        stamp: Stamp,
        ids: &mut dyn Ids,
        work: impl FnOnce(&mut Tx<'_>, &ArticleText, &Proposals) -> R,
    ) -> (R, Vec<Edit>) {
        let mut tx = Tx::new(&mut self.session, stamp, ids);
        let result = work(&mut tx, &self.text, &self.proposals);
        let edits = tx.finish();
        if !edits.is_empty() {
            let names = self.names.clone();
            self.refresh();
            if !edits.iter().any(changes_names) {
                self.names = names;
            }
        }
        (result, edits)
    }

    /// Recomputes what follows from the session.
    pub(super) fn refresh(&mut self) {
        self.index = Index::new(&self.session);
        self.rows = build_rows(&self.session, &self.proposals);
        self.names = OnceLock::new();
        self.found = FoundOnce::default();
    }

    /// What was looked for since the last change.
    pub(super) fn found(&self) -> &FoundOnce {
        &self.found
    }

    /// What sources are called where there is little room.
    pub fn short_names(&self) -> &ShortNames {
        self.names
            .get_or_init(|| Arc::new(ShortNames::new(&self.session, &self.proposals, &self.text)))
    }

    /// What hangs on what.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The rows of the claims panel, in order of the text, and the progress.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The attributions of `claim`, in the order of [`Session::attributions_of`].
    pub fn attributions(&self, claim: ClaimId) -> impl Iterator<Item = &Attribution> {
        self.index
            .attributions(claim)
            .iter()
            .filter_map(|a| self.session.attributions.get(a))
    }

    /// What is held against `claim` with the items, oldest first.
    pub fn held(&self, claim: ClaimId) -> impl Iterator<Item = (&Held, &Evidence)> {
        self.index.held(claim).iter().filter_map(|h| {
            let held = self.session.held.get(h)?;
            Some((held, self.session.evidence.get(&held.evidence)?))
        })
    }

    /// The name of a source, `unnamed` where it has none.
    pub fn source_name(&self, source: SourceId) -> &str {
        match self.session.sources.get(&source) {
            Some(s) if !s.name.is_empty() => &s.name,
            _ => "unnamed",
        }
    }

    /// The name of whoever says what `a` gives as said, else the words that name them; none where nobody is named.
    pub fn proposed_source_name<'a>(&'a self, a: &AttributionView<'a>) -> Option<Cow<'a, str>> {
        match self.proposals.voice_of(a) {
            ProposedVoice::Source(source) => Some(self.corrected(Cow::Borrowed(&source.name))),
            ProposedVoice::Words(words) => {
                Some(self.corrected(Cow::Owned(self.text.exact(&words))))
            }
            ProposedVoice::Article => Some(Cow::Borrowed(self.source_name(SourceId::ARTICLE))),
            ProposedVoice::Unnamed => None,
        }
    }

    /// The source that a proposed voice means by a name that was corrected: one from before a change of name or a merge.
    pub fn corrected_source(&self, a: &AttributionView<'_>) -> Option<SourceId> {
        match self.proposals.voice_of(a) {
            ProposedVoice::Source(source) => self.index.formerly(&source.name),
            ProposedVoice::Words(words) => self.index.formerly(&self.text.exact(&words)),
            ProposedVoice::Article | ProposedVoice::Unnamed => None,
        }
    }

    /// The name of today of whoever was called `name` once, before a change of name or a merge; else `name`.
    pub fn corrected<'a>(&'a self, name: Cow<'a, str>) -> Cow<'a, str> {
        match self.index.formerly(&name) {
            Some(id) => Cow::Borrowed(self.source_name(id)),
            None => name,
        }
    }

    /// What the reader proposed of sources that nobody has taken up yet, in order of the text.
    pub fn proposed_sources(&self) -> Vec<&ProposedSource> {
        let names: HashSet<String> = self
            .session
            .sources
            .values()
            .map(|s| folded(&s.name))
            .collect();
        let all = self.proposals.sources.iter();
        let named = all.filter(|s| !s.name.is_empty() && !names.contains(&folded(&s.name)));
        named
            .filter(|s| self.index.formerly(&s.name).is_none())
            .collect()
    }

    /// The kind of the block that holds scalar value `at`.
    pub fn block_kind(&self, at: u32) -> BlockKind {
        self.proposals
            .block_at(at)
            .and_then(|n| self.proposals.blocks.get(n))
            .map_or_else(BlockKind::default, |b| b.kind)
    }
}

/// Whether what sources are called may follow from an edit.
fn changes_names(edit: &Edit) -> bool {
    match edit {
        Edit::Source(..) | Edit::Attribution(..) | Edit::Version(..) | Edit::Session(_) => true,
        Edit::Checker(_)
        | Edit::Article(..)
        | Edit::Statement(..)
        | Edit::Claim(..)
        | Edit::Evidence(..)
        | Edit::Held(..)
        | Edit::Forward(..)
        | Edit::Conflict(..) => false,
    }
}
