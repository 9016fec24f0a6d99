//! The sessions that a list shows, looked into.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::summary;
use crate::core::ids::SessionId;
use crate::core::summary::Summary;

/// A session as a list has it.
pub(crate) struct ListedFolder {
    /// What it is asked for by.
    pub name: String,
    pub folder: PathBuf,
    /// Whether it is the user's copy of the sample that is called so.
    pub is_copy: bool,
}

impl ListedFolder {
    /// What a list shows of it.
    fn summary(&self) -> Option<(Summary, Option<SessionId>)> {
        let (mut summary, id) = summary::of(&self.folder)?;
        summary.name.clone_from(&self.name);
        summary.copy_in = self.is_copy.then(|| self.folder.display().to_string());
        Some((summary, id))
    }
}

/// What a list shows of the sessions in `folders`, in no order. Each thread takes the next folder that none has taken:
/// one that is damaged or long keeps no others waiting.
pub(crate) fn looked_into(folders: &[ListedFolder]) -> Vec<(Summary, Option<SessionId>)> {
    /// A thread for a handful would cost more than it saves.
    const HANDFUL: usize = 16;
    let next = AtomicUsize::new(0);
    let take = || folders.get(next.fetch_add(1, Ordering::Relaxed));
    let look = || -> Vec<_> {
        std::iter::from_fn(take)
            .filter_map(ListedFolder::summary)
            .collect()
    };
    let others = match folders.len() > HANDFUL {
        true => std::thread::available_parallelism().map_or(0, |n| n.get() - 1),
        false => 0,
    };
    let others = others.min(folders.len() / HANDFUL);
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..others).map(|_| scope.spawn(look)).collect();
        let mut found = look();
        for other in others {
            let theirs = other.join();
            found.extend(theirs.unwrap_or_else(|e| std::panic::resume_unwind(e)));
        }
        found
    })
}

/// What is said of the other folders that hold the same session.
pub(crate) fn twins_noted(others: &[String]) -> Option<String> {
    (!others.is_empty()).then(|| {
        format!(
            "The same session is in {} too: what is done in one folder is not in the other.",
            others.join(", ")
        )
    })
}
