//! The texts of a damaged session: the right one put back in its place, and what is known from the texts alone.

use std::fs;
use std::path::{Path, PathBuf};

use crate::core::hash::sha256;
use crate::core::ids::VersionId;
use crate::core::model::{Time, Version};
use crate::store::StoreError;
use crate::store::care::{Repaired, Repairer};
use crate::store::folder::files::{SharedDisk, read_if_there, write_atomic};
use crate::store::folder::layout::*;

/// The article versions of the texts that are whole, the oldest first, as far as they are known from the files alone.
pub(super) fn versions_of(folder: &Path, at: Time) -> Vec<Version> {
    let mut texts: Vec<(std::time::SystemTime, String)> = kept_texts(folder)
        .into_iter()
        .filter_map(|hash| {
            let path = text_path(folder, &hash)?;
            let whole = sha256(&fs::read(&path).ok()?) == hash;
            let made = fs::metadata(&path).and_then(|m| m.modified());
            whole.then(|| (made.unwrap_or(std::time::UNIX_EPOCH), hash))
        })
        .collect();
    texts.sort();
    let version = |(later, (_, hash)): (i64, (_, String))| {
        let id: VersionId = hash.parse().ok()?;
        Some(Version {
            id,
            reader: reader_of(folder, &hash),
            original_sha256: hash,
            origin: String::new(),
            left_out: String::new(),
            // One after the other: their numbers follow from when they came.
            added_at: at + jiff::SignedDuration::from_millis(later),
        })
    };
    (0..).zip(texts).filter_map(version).collect()
}

/// The reader whose proposals are kept for the text with this hash; the built-in one where none are.
fn reader_of(folder: &Path, hash: &str) -> String {
    let names = fs::read_dir(folder.join(PROPOSALS));
    let mut readers: Vec<String> = names
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|e| {
            let name = name_of(&e.path());
            let reader = name.strip_prefix(hash)?.strip_prefix('.')?;
            Some(reader.strip_suffix(".jsonl")?.to_owned())
        })
        .collect();
    readers.sort();
    readers.pop().unwrap_or_else(|| "builtin-1".into())
}

/// Puts the right text of each article version in its place where a copy of it is there, and notes where none is.
pub(super) fn put_back(
    disk: &SharedDisk,
    folder: &Path,
    by: &Repairer<'_>,
    done: &mut Repaired,
) -> Result<(), StoreError> {
    let Some(session) = &done.session else {
        return Ok(());
    };
    for (number, version) in session.numbered() {
        let Some((what, path)) = TextFiles::of(folder).fault(version) else {
            continue;
        };
        let hash = version.id.to_string();
        let place = format!("article version {number}");
        done.damage.add(&*place, &*what);
        let copy = path.as_ref().and_then(|_| copy_of_text(folder, &hash));
        let (Some(path), Some((copy, bytes))) = (path, copy) else {
            done.left.add(
                place,
                format!(
                    "{what}; what was quoted from it is in the session, which can be looked at"
                ),
            );
            continue;
        };
        done.lines.push(format!(
            "The text of article version {number} was taken from {copy}."
        ));
        if by.dry_run {
            continue;
        }
        if let Some(old) = read_if_there(&path)? {
            let kept = (1..).map(|n| before_text(&hash, n));
            let kept = kept.map(|name| path.with_file_name(name));
            let kept: PathBuf = kept.into_iter().find(|p| !p.exists()).unwrap_or_default();
            write_atomic(&**disk, &kept, &old)?;
            done.before.push(format!("{ARTICLES}/{}", name_of(&kept)));
        }
        write_atomic(&**disk, &path, &bytes)?;
    }
    Ok(())
}

/// A file beside the texts that is the text with this hash, whatever its name is.
fn copy_of_text(folder: &Path, hash: &str) -> Option<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder.join(ARTICLES)).ok()?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    paths.into_iter().find_map(|path| {
        let bytes = fs::read(&path).ok()?;
        (sha256(&bytes) == hash).then(|| (name_of(&path), bytes))
    })
}
