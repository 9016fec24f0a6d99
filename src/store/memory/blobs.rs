//! The blobs of a session in memory.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::Memory;
use crate::core::model::{EvidenceFile, Version};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::StoreError;
use crate::store::evidence::{FileFacts, Original, TakeError, read_through};
use crate::store::name::SessionName;
use crate::store::pen::Blobs;
use crate::store::shelf::Shelf;

/// The blobs of a session in memory.
#[derive(Debug)]
pub(super) struct MemoryBlobs {
    shelf: Memory,
    name: SessionName,
}

impl MemoryBlobs {
    /// Those of the session called `name`.
    pub(super) fn new(shelf: Memory, name: SessionName) -> Self {
        Self { shelf, name }
    }
}

impl Blobs for MemoryBlobs {
    fn text(&self, version: &Version) -> Result<ArticleText, StoreError> {
        let text = self.shelf.with(&self.name, |kept| {
            kept.texts.get(&version.id.to_string()).cloned()
        })?;
        text.ok_or_else(|| StoreError::Damaged {
            at: self.shelf.spot(),
            what: "the article's text is missing".into(),
        })
    }

    fn proposals(&self, version: &Version) -> Result<Option<Proposals>, StoreError> {
        let of = (version.id.to_string(), version.reader.clone());
        self.shelf
            .with(&self.name, |kept| kept.proposals.get(&of).cloned())
    }

    fn file(&self, file: &EvidenceFile) -> Result<Box<dyn Original>, TakeError> {
        let found = self
            .shelf
            .with(&self.name, |kept| kept.files.get(&file.sha256).cloned())?;
        match found {
            Some((_, bytes)) => Ok(Box::new(InMemory { bytes, at: 0 })),
            None => Err(TakeError::Missing(file.name.clone().into())),
        }
    }

    fn room(&self) -> Option<u64> {
        None
    }

    fn take_in(
        &self,
        path: &Path,
        original: &mut dyn Original,
        wanted: &dyn Fn(u64) -> bool,
    ) -> Result<EvidenceFile, TakeError> {
        let mut bytes = Vec::new();
        let mut keep = |piece: &[u8]| {
            bytes.extend_from_slice(piece);
            Ok(())
        };
        let file = read_through(path, original, wanted, &mut keep)?;
        self.shelf.writing(&self.name, |kept| {
            let kept = kept.files.entry(file.sha256.clone());
            kept.or_insert_with(|| (file.clone(), bytes.into()));
        })?;
        Ok(file)
    }
}

/// A file in memory that is read.
#[derive(Debug)]
struct InMemory {
    bytes: Arc<[u8]>,
    at: usize,
}

impl Original for InMemory {
    fn about(&self) -> FileFacts {
        FileFacts::of_bytes(self.bytes.len() as u64)
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut left = self.bytes.get(self.at..).unwrap_or_default();
        let n = io::Read::read(&mut left, buffer)?;
        self.at += n;
        Ok(n)
    }

    fn about_now(&mut self) -> io::Result<FileFacts> {
        Ok(self.about())
    }
}
