//! Saving a session somewhere else: the way out when its own folder cannot be written. The lines that are kept are copied
//! byte for byte from the journal that was open, so that the copy's past is that of the session; the steps that could not
//! be kept come from memory.

use std::fs;
use std::path::{Path, PathBuf};

use super::chain::Tip;
use super::disk::v1::aside::{DraftForm, PlaceForm};
use super::disk::v1::values::Form;
use super::files::{
    SharedDisk, copy_private, make_folder, new_folder, parent, real_disk, sync_folder, write_atomic,
};
use super::git::add_git_files;
use super::journal;
use super::journal_file::Kept;
use super::layout::*;
use super::writer::{add_proposals, add_text, aside_bytes, write_new};
use super::{Library, StoreError};
use crate::core::history::Step;
use crate::core::model::Session;
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;

/// All that there is of a session, in memory and where it was kept.
#[derive(Clone, Copy, Debug)]
pub struct Everything<'a> {
    /// The state after the last step.
    pub session: &'a Session,
    /// The steps that could not be kept, and of those before them as many as are known.
    pub steps: &'a [Step],
    /// The texts of the article's versions, each with its hash.
    pub texts: &'a [(String, ArticleText)],
    /// The proposals in use for the current version.
    pub proposals: Option<&'a Proposals>,
    /// Where the checker is.
    pub place: Option<&'a Place>,
    /// The form that is open.
    pub draft: Option<&'a Draft>,
    /// What was kept of it: lines, other versions, evidence copies. They are taken as far as they can be read.
    pub kept: Option<&'a Kept>,
}

/// Saves `all` as a new session in the folder `dir`, which is made if need be, and says where it is.
///
/// Evidence copies that cannot be read are left out; `check` tells them.
///
/// # Errors
/// When the disk refuses, and when neither memory nor the journal holds the first steps any more; nothing is left
/// there then.
pub fn save_elsewhere(dir: &Path, all: &Everything<'_>) -> Result<PathBuf, StoreError> {
    let disk = real_disk();
    let temp = new_folder(dir)?;
    let folder = temp.path();
    let (lines, tip) = all.lines()?;
    add_git_files(folder)?;
    for (sha256, text) in all.texts {
        add_text(&disk, folder, text, sha256)?;
    }
    if let (Some(p), Some(v)) = (all.proposals, all.session.article.versions.last()) {
        add_proposals(&disk, folder, p, &v.text_sha256)?;
    }
    if let Some(kept) = all.kept {
        copy_files(&disk, &kept.folder, all.session, folder)?;
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
    write_new(&disk, folder, all.session, &lines, &tip)?;
    let home = dir.join(Library::at(dir).free_name(&all.session.name));
    fs::rename(folder, &home).map_err(|e| StoreError::write(dir, e))?;
    let _ = temp.keep();
    sync_folder(dir);
    Ok(home)
}

impl Everything<'_> {
    /// Every line of the journal, and where it ends: the kept ones as they are on the disk, then those that
    /// could not be kept.
    fn lines(&self) -> Result<(Vec<u8>, Tip), StoreError> {
        let read = self.kept.and_then(|k| Some((k, k.read()?)));
        let (mut lines, mut tip) = match read {
            Some((kept, mut lines)) => {
                if !lines.ends_with(b"\n") {
                    lines.push(b'\n');
                }
                if kept.older.is_some() {
                    lines.extend(journal::header());
                }
                (lines, kept.tip)
            }
            None => (journal::header(), Tip::default()),
        };
        let later = self.steps.partition_point(|s| s.seq <= tip.seq);
        let later = self.steps.get(later..).unwrap_or_default();
        for step in later {
            if step.seq != tip.seq + 1 {
                return Err(StoreError::Damaged {
                    path: self
                        .kept
                        .map(|k| k.folder.join(JOURNAL_FILE))
                        .unwrap_or_default(),
                    what: format!(
                        "steps {} to {} cannot be read any more",
                        tip.seq + 1,
                        step.seq - 1
                    ),
                });
            }
            let (line, after) = journal::line(&tip, step);
            lines.extend(line);
            tip = after;
        }
        Ok((lines, tip))
    }
}

/// Copies the texts and proposals of versions that are not in `to` yet, and evidence copies, from the folder `from` as far
/// as they can be read.
fn copy_files(
    disk: &SharedDisk,
    from: &Path,
    session: &Session,
    to: &Path,
) -> Result<(), StoreError> {
    let texts = Texts::of(from);
    let mut files = Vec::new();
    for version in &session.article.versions {
        let path = text_path(to, &version.text_sha256);
        if path.is_some_and(|p| !p.exists())
            && let Ok(text) = texts.load(version)
        {
            add_text(disk, to, &text, &version.text_sha256)?;
        }
        let proposals = |folder| proposals_path(folder, &version.text_sha256, &version.reader);
        files.extend(proposals(from).zip(proposals(to)));
    }
    for file in session.evidence.values().filter_map(|e| e.file.as_ref()) {
        files.extend(file_path(from, file).zip(file_path(to, file)));
    }
    for (from, to) in files {
        if from.is_file() && !to.exists() {
            make_folder(&parent(&to)).map_err(|e| StoreError::write(&to, e))?;
            // One that cannot be read, or has no room, must not keep the steps from being saved.
            if copy_private(&**disk, &from, &to).is_err() {
                let _ = fs::remove_file(&to);
            }
        }
    }
    Ok(())
}
