//! A session at one moment, for work on another thread or in another format.

use std::sync::Arc;

use crate::core::former::FormerNames;
use crate::core::history::History;
use crate::core::model::Session;
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::core::veil::Veil;

/// A session as it is after one step.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The session.
    pub session: Arc<Session>,
    /// The stored text of its current version.
    pub text: ArticleText,
    /// What is proposed for it.
    pub proposals: Arc<Proposals>,
    /// The number of the last step.
    pub seq: u64,
    /// The names that its sources have had; none while the steps that tell are still being read. Nobody asks unless a
    /// source is protected.
    pub former: Option<Arc<FormerNames>>,
    /// What covered the ids in its exports; none where no source was protected so far.
    pub veil: Option<Veil>,
}

impl Snapshot {
    /// The session with what its `history` knows of it.
    pub fn new(
        session: Session,
        text: ArticleText,
        proposals: Arc<Proposals>,
        history: &History,
    ) -> Self {
        let former = match session.protects() {
            true if !history.is_whole() => None,
            true => Some(FormerNames::of_history(history).into()),
            false => Some(Arc::default()),
        };
        Self {
            session: Arc::new(session),
            text,
            proposals,
            seq: history.seq(),
            former,
            veil: Veil::of_history(history),
        }
    }
}
