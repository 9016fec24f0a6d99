//! The names of the files in a session's folder, and the reading of those that never change.

use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use crate::core::damage::Damage;
use crate::core::hash::sha256;
use crate::core::ids::CheckerId;
use crate::core::model::{EvidenceFile, Session, Version};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::disk::{Unread, read_proposals, unmarked};
use crate::store::{Spot, StoreError};

/// The checkpoint.
pub(crate) const CHECKPOINT: &str = "session.json";
/// The journal.
pub(crate) const JOURNAL_FILE: &str = "journal.jsonl";
/// The folder of the texts.
pub(crate) const ARTICLES: &str = "articles";
/// The folder of what readers proposed.
pub(crate) const PROPOSALS: &str = "proposals";
/// The folder of evidence copies.
pub(crate) const FILES: &str = "files";
/// Where everybody is who has not left the session since each checker has a file of their own.
pub(crate) const PLACE_FILE: &str = "place.json";
/// A form not yet saved, of whom nobody knows: from before each checker had a file of their own.
pub(crate) const DRAFT_FILE: &str = "draft.json";
/// Marks a session that is opened as a copy.
pub const SAMPLE_MARK: &str = ".sample";

/// `place-<checker>.json`: where the checker is.
pub(crate) fn place_file(checker: &CheckerId) -> String {
    format!("place-{}.json", file_word(checker))
}

/// `draft-<checker>.json`: a form that the checker has open.
pub(crate) fn draft_file(checker: &CheckerId) -> String {
    format!("draft-{}.json", file_word(checker))
}

/// A checker's id where it can be part of a file's name on every system, else its hash.
fn file_word(checker: &CheckerId) -> String {
    match is_file_word(&checker.0) {
        true => checker.0.to_string(),
        false => sha256(checker.0.as_bytes()).chars().take(32).collect(),
    }
}

fn is_file_word(word: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == '-';
    !word.is_empty() && word.len() <= 64 && word.chars().all(plain)
}

/// Whether a file of this name says where a checker is, or holds a form that one has open.
pub(crate) fn is_of_checker(name: &str) -> bool {
    let word = ["place-", "draft-"]
        .iter()
        .find_map(|p| name.strip_prefix(p));
    let word = word.and_then(|w| w.strip_suffix(".json"));
    word.is_some_and(is_file_word)
}

/// The name of the session in `folder`.
pub(crate) fn name_of(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Whether `name` is a SHA-256 in hex and nothing that could lead out of a folder.
pub(crate) fn is_hash(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

pub(crate) fn is_reader(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !name.is_empty() && name.len() <= 64 && !name.starts_with('.') && name.bytes().all(plain)
}

/// `articles/<text_sha256>.txt`; none where that is no hash.
pub(crate) fn text_path(folder: &Path, text_sha256: &str) -> Option<PathBuf> {
    is_hash(text_sha256).then(|| folder.join(ARTICLES).join(format!("{text_sha256}.txt")))
}

/// The hashes that name the texts kept in `folder`, in no order.
pub(crate) fn kept_texts(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join(ARTICLES));
    let names = entries.into_iter().flatten().flatten();
    names
        .filter_map(|e| Some(name_of(&e.path()).strip_suffix(".txt")?.to_owned()))
        .filter(|name| is_hash(name))
        .collect()
}

/// `proposals/<text_sha256>.<reader>.jsonl`; none where these are no names.
pub(crate) fn proposals_path(folder: &Path, text_sha256: &str, reader: &str) -> Option<PathBuf> {
    let named = is_hash(text_sha256) && is_reader(reader);
    named.then(|| {
        folder
            .join(PROPOSALS)
            .join(format!("{text_sha256}.{reader}.jsonl"))
    })
}

/// `files/<sha256>.<ext>`, the extension being that of the file's own name; none where that is no hash.
pub fn file_path(folder: &Path, file: &EvidenceFile) -> Option<PathBuf> {
    is_hash(&file.sha256).then(|| folder.join(FILES).join(file_name(&file.sha256, &file.name)))
}

pub(crate) fn file_name(sha256: &str, name: &str) -> String {
    let ext = Path::new(name)
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    let usual = (1..=8).contains(&ext.len()) && ext.bytes().all(|b| b.is_ascii_alphanumeric());
    match usual {
        true => format!("{sha256}.{}", ext.to_ascii_lowercase()),
        false => sha256.to_owned(),
    }
}

/// The texts of a session's article versions.
#[derive(Clone, Debug)]
pub struct TextFiles {
    folder: PathBuf,
}

impl TextFiles {
    /// Those of the session in `folder`.
    pub(crate) fn of(folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self { folder }
    }

    /// The stored text of `version`, verified against its hash. Line ends and a byte order mark that git or an editor has
    /// brought in are taken out again: the file is as it was but for them, and is left as it is.
    ///
    /// # Errors
    /// When it is missing, unreadable or not the text that the session is about.
    pub fn load(&self, version: &Version) -> Result<ArticleText, StoreError> {
        let damaged = |path: PathBuf, what: &str| StoreError::Damaged {
            at: Spot::from(&path),
            what: what.to_owned(),
        };
        let Some(path) = text_path(&self.folder, &version.id.to_string()) else {
            let articles = self.folder.join(ARTICLES);
            return Err(damaged(articles, "the session names no text"));
        };
        let bytes = std::fs::read(&path).map_err(|e| StoreError::read(&path, e))?;
        let Some(bytes) = as_stored(bytes, &version.id.to_string()) else {
            let what =
                "another program changed the article's text, so that marks may be at other words";
            return Err(damaged(path, what));
        };
        let text = String::from_utf8(bytes).map_err(|_| damaged(path, "it is not UTF-8"))?;
        Ok(ArticleText::new(text))
    }

    /// The stored text of the current version, and whether it is the right one: where it is not, what is wrong is noted
    /// and the text is what was found in its place, nothing where there is none.
    pub(crate) fn as_found(&self, session: &Session, damage: &mut Damage) -> (ArticleText, bool) {
        let Some(version) = session.current() else {
            return (ArticleText::default(), true);
        };
        let what = match self.load(version) {
            Ok(text) => return (text, true),
            Err(e) => in_words(e),
        };
        let path = text_path(&self.folder, &version.id.to_string());
        let bytes = path.and_then(|p| std::fs::read(p).ok()).unwrap_or_default();
        let found = String::from_utf8_lossy(unmarked(&bytes)).replace(['\r', '\0'], "");
        damage.add(format!("article version {}", session.number()), what);
        (ArticleText::new(found), false)
    }

    /// Notes what is wrong with the text of the current version, where there is one, with its number.
    pub(crate) fn note_fault(&self, current: Option<(u32, &Version)>, damage: &mut Damage) {
        if let Some((number, version)) = current
            && let Some((what, _)) = self.fault(version)
        {
            damage.add(format!("article version {number}"), what);
        }
    }

    /// What is wrong with the text of `version`, as part of a sentence, and where it should be; none where it is right.
    pub(crate) fn fault(&self, version: &Version) -> Option<(String, Option<PathBuf>)> {
        let what = in_words(self.load(version).err()?);
        Some((what, text_path(&self.folder, &version.id.to_string())))
    }
}

/// Why a text could not be read, as part of a sentence.
fn in_words(e: StoreError) -> String {
    match e {
        StoreError::Damaged { what, .. } => format!("the article is damaged: {what}"),
        StoreError::Io { why, .. } if why.kind() == ErrorKind::NotFound => {
            "the article's text is missing".into()
        }
        StoreError::Io { why, .. } => format!("the article's text cannot be read ({why})"),
        e => e.to_string(),
    }
}

/// What a repair calls the journal that was there before it.
pub(crate) fn before_journal(n: u32) -> String {
    format!("journal.before-repair-{n}.jsonl")
}

/// What a repair calls the checkpoint that was there before it.
pub(crate) fn before_checkpoint(n: u32) -> String {
    format!("{CHECKPOINT}.before-repair-{n}")
}

/// What a repair calls a text that was in the place of the one with this hash.
pub(crate) fn before_text(text_sha256: &str, n: u32) -> String {
    format!("{text_sha256}.before-repair-{n}.txt")
}

/// The text with this hash in `bytes`: they themselves, or what they were before git or an editor changed line ends and
/// put a byte order mark in front; none where they are another text.
fn as_stored(bytes: Vec<u8>, text_sha256: &str) -> Option<Vec<u8>> {
    if sha256(&bytes) == text_sha256 {
        return Some(bytes);
    }
    let mut plain = Vec::with_capacity(bytes.len());
    for line in unmarked(&bytes).split_inclusive(|b| *b == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(line) => plain.extend_from_slice(&[line, b"\n"].concat()),
            None => plain.extend_from_slice(line),
        }
    }
    (sha256(&plain) == text_sha256).then_some(plain)
}

/// The proposals in use for `version`; none where there are none.
///
/// # Errors
/// When they are there and cannot be read, or are about another text.
pub(crate) fn load_proposals(
    folder: &Path,
    version: &Version,
) -> Result<Option<Proposals>, StoreError> {
    let Some(path) = proposals_path(folder, &version.id.to_string(), &version.reader) else {
        return Ok(None);
    };
    let failed = |e| match e {
        Unread::Disk(e) => StoreError::read(&path, e),
        Unread::Unreadable(what) => StoreError::unreadable(&path, what),
    };
    let file = match File::open(&path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        file => file.map_err(|e| failed(e.into()))?,
    };
    let (proposals, text) = read_proposals(&mut BufReader::new(file)).map_err(failed)?;
    if text != version.id.to_string() {
        let what = "it is about another text".into();
        return Err(StoreError::Damaged {
            at: Spot::from(&path),
            what,
        });
    }
    Ok(Some(proposals))
}
