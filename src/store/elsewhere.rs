//! Saving a session somewhere else, from what is held in memory: the way out when its own folder cannot be written.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::v1::aside::{DraftForm, PlaceForm};
use super::disk::v1::values::Form;
use super::files::{
    copy_private, make_folder, new_folder, parent, real_disk, sync_folder, write_atomic,
};
use super::layout::*;
use super::writer::{add_proposals, add_text, aside_bytes, write_new};
use super::{Library, StoreError};
use crate::core::history::Step;
use crate::core::model::Session;
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;

/// All that the memory holds of a session.
#[derive(Clone, Copy, Debug)]
pub struct Everything<'a> {
    /// The state after the last step.
    pub session: &'a Session,
    /// Every step, those that could not be kept included.
    pub steps: &'a [Step],
    /// The texts of the article's versions, each with its hash.
    pub texts: &'a [(String, ArticleText)],
    /// The proposals in use for the current version.
    pub proposals: Option<&'a Proposals>,
    /// Where the checker is.
    pub place: Option<&'a Place>,
    /// The form that is open.
    pub draft: Option<&'a Draft>,
    /// The session's own folder, from which evidence copies are taken as far as they can be read.
    pub from: Option<&'a Path>,
}

/// Saves `all` as a new session in the folder `dir`, which is made if need be, and says where it is.
///
/// Evidence copies that cannot be read are left out; `check` tells them.
///
/// # Errors
/// When the disk refuses; nothing is left behind then.
pub fn save_elsewhere(dir: &Path, all: &Everything<'_>) -> Result<PathBuf, StoreError> {
    let disk = real_disk();
    let failed = |e| StoreError::write(dir, e);
    let temp = new_folder(dir)?;
    let folder = temp.path();
    for (sha256, text) in all.texts {
        add_text(&disk, folder, text, sha256)?;
    }
    if let (Some(p), Some(v)) = (all.proposals, all.session.article.versions.last()) {
        add_proposals(&disk, folder, p, &v.text_sha256)?;
    }
    if let Some(from) = all.from {
        for file in all
            .session
            .evidence
            .values()
            .filter_map(|e| e.file.as_ref())
        {
            if let (Some(old), Some(new)) = (file_path(from, file), file_path(folder, file)) {
                make_folder(&parent(&new)).map_err(failed)?;
                let _ = copy_private(&*disk, &old, &new);
            }
        }
    }
    if let Some(place) = all.place {
        write_atomic(
            &*disk,
            &folder.join(PLACE_FILE),
            &aside_bytes(&PlaceForm::of(place)),
        )?;
    }
    if let Some(draft) = all.draft {
        write_atomic(
            &*disk,
            &folder.join(DRAFT_FILE),
            &aside_bytes(&DraftForm::of(draft)),
        )?;
    }
    write_new(&disk, folder, all.session, all.steps)?;
    let home = dir.join(Library::at(dir).free_name(&all.session.name));
    fs::rename(folder, &home).map_err(failed)?;
    let _ = temp.keep();
    sync_folder(dir);
    Ok(home)
}
