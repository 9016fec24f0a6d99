//! Files in a session's folder that are none of its own: copies that sync programs make when two machines have written,
//! and whatever else was put there. They are named, never read as a part of the session, and never touched.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::layout::*;
use super::lock::LOCK_FILE;
use super::salvage::Salvaged;
use crate::core::describe::counted;
use crate::core::history::Step;
use crate::store::disk::known::Known;
use crate::store::disk::{JOURNAL, SESSION, version_of};

/// What a stray is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StrayKind {
    /// Another journal.
    Journal,
    /// Another checkpoint.
    Checkpoint,
    /// Another copy of something else that a session keeps, as its name tells.
    Copy,
    /// Nothing of a session's.
    Unknown,
}

/// A file that is none of the session's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stray {
    /// Its path in the session's folder.
    pub path: String,
    /// What it is.
    pub kind: StrayKind,
}

impl Stray {
    /// What is said of it, as a sentence.
    pub(crate) fn sentence(&self) -> String {
        let path = &self.path;
        match self.kind {
            StrayKind::Journal => format!(
                "“{path}” is another copy of the journal, as sync programs make one when two machines wrote; nothing of it is read."
            ),
            StrayKind::Checkpoint => format!(
                "“{path}” is another copy of session.json, as sync programs make one when two machines wrote; nothing of it is read."
            ),
            StrayKind::Copy => {
                format!("“{path}” is another copy of a file of the session; nothing of it is read.")
            }
            StrayKind::Unknown => {
                format!("“{path}” is no file of a session; nothing of it is read.")
            }
        }
    }

    /// What of the work in it is not in this session, whose steps are `steps`, as a sentence; none where all is.
    pub(crate) fn news(&self, folder: &Path, steps: &[Step]) -> Option<String> {
        if self.kind != StrayKind::Journal {
            return None;
        }
        let bytes = fs::read(folder.join(&self.path)).ok()?;
        let theirs = Salvaged::of(bytes, None, Known::default()).ok()?;
        let ours: HashSet<_> = steps.iter().map(|s| s.id).collect();
        let news = theirs.chain.iter().chain(&theirs.behind);
        match news.filter(|s| !ours.contains(&s.id)).count() {
            0 => Some("Every step in it is in this journal too.".into()),
            n => Some(format!(
                "It holds {} that this journal has not.",
                counted(n, "step")
            )),
        }
    }
}

/// Copies of the session's own files: what is said whenever the session is opened.
pub(crate) fn copies(folder: &Path) -> Vec<Stray> {
    let mut found = Vec::new();
    look(folder, "", is_own, &mut found);
    look(folder, ARTICLES, is_text, &mut found);
    found.retain(|s| s.kind != StrayKind::Unknown);
    found
}

/// Every stray, by its path.
pub(crate) fn strays(folder: &Path) -> Vec<Stray> {
    let mut found = Vec::new();
    look(folder, "", is_own, &mut found);
    look(folder, ARTICLES, is_text, &mut found);
    look(folder, PROPOSALS, is_proposals, &mut found);
    look(folder, FILES, is_evidence, &mut found);
    found
}

/// Adds the strays in the folder `under` of `folder`: what is hidden, or left by a desktop, is not worth a word.
fn look(folder: &Path, under: &str, own: fn(&str) -> bool, found: &mut Vec<Stray>) {
    let entries = fs::read_dir(folder.join(under)).into_iter().flatten();
    let mut names: Vec<String> = entries.flatten().map(|e| name_of(&e.path())).collect();
    names.sort();
    for name in names.into_iter().filter(|n| !own(n) && !is_noise(n)) {
        let path = match under {
            "" => name.clone(),
            under => format!("{under}/{name}"),
        };
        let kind = kind(&folder.join(&path), &name);
        found.push(Stray { path, kind });
    }
}

/// What the file at `path` is, by what it begins with, else by its name.
fn kind(path: &Path, name: &str) -> StrayKind {
    const BEGINNING: u64 = 512;
    let mut bytes = Vec::new();
    // A pipe or a device is not opened: that might wait for ever.
    if path.is_file()
        && let Ok(file) = File::open(path)
    {
        let _ = file.take(BEGINNING).read_to_end(&mut bytes);
    }
    // A conflict that git has left in the copy itself does not keep it from being known.
    let first = bytes.iter().position(|b| *b == b'{').unwrap_or(0);
    let bytes = bytes.get(first..).unwrap_or_default();
    if version_of(bytes, JOURNAL).is_ok() {
        return StrayKind::Journal;
    }
    if version_of(bytes, SESSION).is_ok() {
        return StrayKind::Checkpoint;
    }
    let stem = name
        .split(['.', ' ', '(', '~', '_'])
        .next()
        .unwrap_or_default();
    let word = stem.split('-').next().unwrap_or_default();
    let ours = ["journal", "session"].contains(&stem)
        || ["place", "draft"].contains(&word)
        || is_hash(stem);
    match ours || name.to_lowercase().contains("conflict") {
        true => StrayKind::Copy,
        false => StrayKind::Unknown,
    }
}

/// Whether a file of this name is made by claimdesk in the folder of a session.
fn is_own(name: &str) -> bool {
    let known = [
        CHECKPOINT,
        JOURNAL_FILE,
        PLACE_FILE,
        DRAFT_FILE,
        LOCK_FILE,
        ARTICLES,
        PROPOSALS,
        FILES,
    ];
    let numbered = [
        ("journal.damaged-", ""),
        ("session.json.damaged-", ""),
        ("session.json.v", ""),
        ("session.json.before-repair-", ""),
        ("journal.before-repair-", ".jsonl"),
    ];
    known.contains(&name)
        || is_of_checker(name)
        || numbered.iter().any(|(prefix, suffix)| {
            let number = name
                .strip_prefix(prefix)
                .and_then(|n| n.strip_suffix(suffix));
            number.is_some_and(is_number)
        })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_text(name: &str) -> bool {
    let Some((hash, rest)) = name.split_at_checked(64) else {
        return false;
    };
    let before = rest.strip_prefix(".before-repair-");
    let before = before.and_then(|n| n.strip_suffix(".txt"));
    is_hash(hash) && (rest == ".txt" || before.is_some_and(is_number))
}

fn is_proposals(name: &str) -> bool {
    let parts = name.split_once('.').filter(|(hash, _)| is_hash(hash));
    let reader = parts.and_then(|(_, rest)| rest.strip_suffix(".jsonl"));
    reader.is_some_and(is_reader)
}

fn is_evidence(name: &str) -> bool {
    let (hash, ext) = name.split_once('.').unwrap_or((name, "none"));
    let usual = (1..=8).contains(&ext.len()) && ext.bytes().all(|b| b.is_ascii_alphanumeric());
    is_hash(hash) && usual
}

/// Whether a name is hidden, or one that desktops leave everywhere.
fn is_noise(name: &str) -> bool {
    name.starts_with('.') || ["Thumbs.db", "desktop.ini", "Icon\r"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_claimdesk_makes_is_no_stray() {
        let hash = "a".repeat(64);
        for name in [
            "session.json",
            "journal.jsonl",
            "session.lock",
            "articles",
            "journal.damaged-1",
            "session.json.damaged-12",
            "session.json.v1",
            "journal.before-repair-3.jsonl",
            "session.json.before-repair-3",
        ] {
            assert!(is_own(name), "{name}");
        }
        assert!(is_text(&format!("{hash}.txt")) && is_text(&format!("{hash}.before-repair-1.txt")));
        assert!(is_proposals(&format!("{hash}.builtin-1.jsonl")));
        assert!(is_evidence(&hash) && is_evidence(&format!("{hash}.pdf")));
        assert!(is_noise(".DS_Store") && is_noise(".gitattributes"));
    }

    #[test]
    fn copies_of_every_sync_program_are_strays() {
        for name in [
            "journal (Ana's conflicted copy 2026-11-26).jsonl",
            "journal (conflicted copy 2026-11-26 101010).jsonl",
            "journal.sync-conflict-20261126-101010-ABCDEF7.jsonl",
            "journal-DESKTOP7.jsonl",
            "journal 2.jsonl",
            "journal (1).jsonl",
            "journal.jsonl.orig",
            "journal_BACKUP_1234.jsonl",
            "session (conflicted copy).json",
            "session 2.json",
            "journal.damaged-",
            "session.json.before-repair-x",
        ] {
            assert!(!is_own(name) && !is_noise(name), "{name}");
        }
        let hash = "a".repeat(64);
        assert!(!is_text(&format!("{hash} (1).txt")) && !is_text("notes.txt"));
        assert!(!is_proposals(&format!("{hash}.jsonl")) && !is_evidence("x.pdf"));
    }
}
