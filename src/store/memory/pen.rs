//! The pen of a session in memory.

use std::sync::Arc;

use super::Memory;
use super::blobs::MemoryBlobs;
use crate::core::history::Step;
use crate::core::ids::CheckerId;
use crate::core::link::StoreLink;
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::StoreError;
use crate::store::name::SessionName;
use crate::store::pen::{Accepted, Blobs, CheckpointPlan, Kept, Pen, ReadyCheckpoint};

/// Writes to a session in memory.
#[derive(Debug)]
pub(super) struct MemoryPen {
    shelf: Memory,
    name: SessionName,
}

impl MemoryPen {
    /// The pen of the session called `name`.
    pub(super) fn new(shelf: Memory, name: SessionName) -> Self {
        Self { shelf, name }
    }
}

impl Drop for MemoryPen {
    fn drop(&mut self) {
        // A session that is gone is held by nobody.
        let _ = self.shelf.with(&self.name, super::Kept::let_go);
    }
}

impl Pen for MemoryPen {
    fn seq(&self) -> u64 {
        self.shelf.with(&self.name, |kept| kept.seq()).unwrap_or(0)
    }

    /// Of steps that are kept here the first is handed to the store first.
    fn append(&mut self, step: &Step) -> Result<Accepted, StoreError> {
        let down = self.shelf.all().link == StoreLink::Down;
        let accepted = self.shelf.writing(&self.name, |kept| {
            if let Some(there) = kept.steps.iter().find(|s| s.id == step.id) {
                return Ok(Accepted::At(there.seq));
            }
            let others = kept.here.first().is_some_and(|first| first.id != step.id);
            if down || others {
                match kept.here.iter_mut().find(|s| s.id == step.id) {
                    Some(there) => there.clone_from(step),
                    None => kept.here.push(step.clone()),
                }
                return Ok(Accepted::Here);
            }
            let last = kept.seq();
            if step.seq <= last && self.shelf.shared {
                let after = usize::try_from(step.seq - 1).unwrap_or(usize::MAX);
                let theirs = kept.steps.get(after..).unwrap_or_default();
                return Ok(Accepted::Behind(theirs.to_vec()));
            }
            if step.seq != last + 1 {
                let got = step.seq;
                return Err(StoreError::OutOfOrder { last, got });
            }
            kept.here.retain(|s| s.id != step.id);
            kept.add(vec![step.clone()]);
            Ok(Accepted::At(step.seq))
        })?;
        if let Ok(Accepted::At(_)) = accepted {
            self.shelf.list_changed();
        }
        accepted
    }

    fn since(&mut self, seq: u64) -> Result<Vec<Step>, StoreError> {
        self.shelf.with(&self.name, |kept| {
            let later = kept.steps.partition_point(|s| s.seq <= seq);
            kept.steps.get(later..).unwrap_or_default().to_vec()
        })
    }

    fn look(&mut self) -> Result<(), StoreError> {
        self.shelf.writing(&self.name, |_| ())
    }

    fn plan_checkpoint(&mut self, seq: u64) -> Result<Option<CheckpointPlan>, StoreError> {
        let last = self.seq();
        if seq != last {
            return Err(StoreError::OutOfOrder { last, got: seq });
        }
        let (shelf, name) = (self.shelf.clone(), self.name.clone());
        Ok(Some(CheckpointPlan::new(move |_, wanted| {
            if !wanted() {
                return Err(StoreError::GivenUp {
                    at: crate::store::shelf::Shelf::spot(&shelf),
                });
            }
            // The steps are the state: there is nothing to keep but which one it is of.
            Ok(ReadyCheckpoint::new(move || {
                shelf.writing(&name, |kept| kept.checkpoint = seq)
            }))
        })))
    }

    fn put_checkpoint(&mut self, ready: ReadyCheckpoint) -> Result<(), StoreError> {
        ready.put()
    }

    fn add_text(&mut self, text: &ArticleText, text_sha256: &str) -> Result<(), StoreError> {
        self.shelf.writing(&self.name, |kept| {
            let texts = &mut kept.texts;
            texts.entry(text_sha256.into()).or_insert(text.clone());
        })
    }

    fn add_proposals(
        &mut self,
        proposals: &Proposals,
        text_sha256: &str,
    ) -> Result<(), StoreError> {
        self.shelf.writing(&self.name, |kept| {
            let of = (text_sha256.to_string(), proposals.reader.clone());
            kept.proposals
                .entry(of)
                .or_insert_with(|| proposals.clone());
        })
    }

    fn save_place(&mut self, checker: &CheckerId, place: &Place) -> Result<(), StoreError> {
        self.shelf.writing(&self.name, |kept| {
            kept.places.insert(checker.clone(), place.clone());
        })
    }

    fn save_draft(&mut self, checker: &CheckerId, draft: Option<&Draft>) -> Result<(), StoreError> {
        self.shelf.writing(&self.name, |kept| {
            match draft {
                Some(draft) => kept.drafts.insert(checker.clone(), draft.clone()),
                None => kept.drafts.remove(checker),
            };
        })
    }

    fn blobs(&self) -> Arc<dyn Blobs> {
        Arc::new(MemoryBlobs::new(self.shelf.clone(), self.name.clone()))
    }

    /// What is only in memory is copied from memory.
    fn kept(&self) -> Option<Arc<dyn Kept>> {
        None
    }
}
