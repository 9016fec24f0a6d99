//! Saving a session in another folder, on a thread of its own: neither a slow stick nor a dead share holds up a step.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::core::history::Step;
use crate::core::model::Session;
use crate::core::place::Place;
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::{Everything, Kept, StoreError, save_elsewhere};

/// All that is written.
pub struct Elsewhere {
    /// The session.
    pub session: Box<Session>,
    /// Its steps, as far as they have been read.
    pub steps: Vec<Step>,
    /// The stored text of the current version.
    pub text: ArticleText,
    /// The proposals.
    pub proposals: Arc<Proposals>,
    /// Where the checker is.
    pub place: Option<Place>,
    /// What was kept of the session when it was opened or made.
    pub kept: Option<Arc<Kept>>,
}

impl Elsewhere {
    /// The number of the last step.
    pub fn seq(&self) -> u64 {
        self.steps.last().map_or(0, |s| s.seq)
    }

    /// Writes it in `folder`, and says where it is.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn save(&self, folder: &Path) -> Result<PathBuf, StoreError> {
        let version = self.session.article.versions.last();
        let texts: Vec<(String, ArticleText)> = version
            .map(|v| (v.text_sha256.clone(), self.text.clone()))
            .into_iter()
            .collect();
        save_elsewhere(
            folder,
            &Everything {
                session: &self.session,
                steps: &self.steps,
                texts: &texts,
                proposals: Some(&self.proposals),
                place: self.place.as_ref(),
                draft: None,
                kept: self.kept.as_deref(),
            },
        )
    }
}
