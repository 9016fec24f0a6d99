//! What a list shows of a session, read from the head of its checkpoint: hundreds of sessions in a few milliseconds.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::StoreError;
use super::chain::Last;
use super::damage::Damage;
use super::disk::v1;
use super::disk::v1::proposals::read_header;
use super::disk::v1::session::{HEAD_ENDS, HeadForm, SummaryForm};
use super::disk::v1::values::Form;
use super::disk::{SESSION, unmarked, version_of};
use super::journal::Journal;
use super::layout::*;
use super::load::{Want, load};
use super::lock::{Holder, holder};
use crate::core::ids::SessionId;
use crate::core::model::{Article, ArticleVersion, Time};

/// What a list shows of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The name of its folder.
    pub name: String,
    /// The article's title; empty where none is known.
    pub title: String,
    /// The current article version.
    pub version: u32,
    /// How many statements the current version has: those proposed and those marked.
    pub statements: u32,
    /// Statements taken up.
    pub taken_up: u32,
    /// Statements dismissed.
    pub dismissed: u32,
    /// Claims.
    pub claims: u32,
    /// Claims with a finding.
    pub checked: u32,
    /// Claims that wait for a source or the author.
    pub waiting: u32,
    /// When the last step was made; none where the session cannot be read.
    pub updated_at: Option<Time>,
    /// Who holds it at this moment.
    pub holder: Option<Holder>,
    /// Whether it is a sample, which is opened as a copy.
    pub sample: bool,
    /// Whether it can only be looked at, since its folder cannot be written.
    pub read_only: bool,
    /// Other folders that hold the same session, by their names.
    pub twins: Vec<String>,
    /// What it may lack of what was once kept.
    pub damage: Damage,
    /// Why it cannot be read; none where it can.
    pub problem: Option<String>,
}

impl Summary {
    /// What is to be known before it is opened, each in a few words: damaged, read-only, a copy of another. Of damage
    /// the word alone, or what is wrong too.
    pub fn marks(&self, what_is_wrong: bool) -> Vec<String> {
        let mut marks = Vec::new();
        if !self.damage.is_empty() {
            let word = self.damage.word();
            marks.push(match what_is_wrong {
                true => format!("{word}: {}", self.damage),
                false => word.into(),
            });
        }
        if self.read_only {
            marks.push("read-only".into());
        }
        if !self.twins.is_empty() {
            marks.push(format!("the same session as {}", self.twins.join(", ")));
        }
        marks
    }
}

/// What the head of a checkpoint says.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub id: SessionId,
    pub updated_at: Time,
    pub article: Article,
    pub counts: SummaryForm,
}

/// Whether `folder` holds a session, or what is left of one; a folder that cannot be looked into counts as one.
pub(crate) fn is_session(folder: &Path) -> bool {
    let seen = |name: &str| match fs::metadata(folder.join(name)) {
        Ok(_) => true,
        // A file of that name is no folder; whatever else keeps us from looking is worth telling.
        Err(e) => !matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
    };
    [CHECKPOINT, JOURNAL_FILE].into_iter().any(seen) || !kept_texts(folder).is_empty()
}

/// The head of the session in `folder`: from the checkpoint alone where it is up to date, else from all of it.
pub(crate) fn head(folder: &Path) -> Result<Head, StoreError> {
    match quick(folder) {
        Some(head) => Ok(head),
        None => slow(folder).map(|(head, _)| head),
    }
}

/// The head with what is damaged, from all of the session.
fn slow(folder: &Path) -> Result<(Head, Damage), StoreError> {
    let mut loaded = load(folder, Want::State)?;
    loaded.note_lost_tail();
    let session = loaded.session;
    let head = Head {
        id: session.id,
        updated_at: session.updated_at,
        counts: SummaryForm::of(&session),
        article: session.article,
    };
    Ok((head, loaded.damage))
}

/// The id of the session in `folder`, from the first bytes of its files alone; none where they do not tell it.
pub(crate) fn quick_id(folder: &Path) -> Option<SessionId> {
    let read = |file: &str, mark: &[u8]| {
        let mut bytes = [0; 512];
        let length = File::open(folder.join(file)).ok()?.read(&mut bytes).ok()?;
        let bytes = bytes.get(..length)?;
        let at = memchr::memmem::find(bytes, mark)? + mark.len();
        let id = std::str::from_utf8(bytes.get(at..at + 36)?).ok()?;
        id.parse::<uuid::Uuid>().ok().map(SessionId::from)
    };
    read(CHECKPOINT, b"\n\"id\":\"").or_else(|| read(JOURNAL_FILE, b"\"session\":{\"id\":\""))
}

/// The head, if the checkpoint begins with one and the journal holds no later step.
fn quick(folder: &Path) -> Option<Head> {
    let (head, end) = first_head(folder)?;
    is_of_length(&folder.join(JOURNAL_FILE), end.length).then_some(head)
}

/// Where the journal ended when a checkpoint was written.
struct End {
    seq: u64,
    /// The last line; none in a file from before there was a chain.
    last: Option<Last>,
    /// In bytes.
    length: u64,
}

/// The head at the beginning of the checkpoint, and where the journal ends that it knows of.
fn first_head(folder: &Path) -> Option<(Head, End)> {
    let bytes = first_bytes(&folder.join(CHECKPOINT))?;
    if version_of(&bytes, SESSION) != Ok(1) {
        return None;
    }
    let bytes = unmarked(&bytes);
    let end = memchr::memmem::find(bytes, HEAD_ENDS)?;
    let mut object = bytes.get(..end)?.to_vec();
    object.push(b'}');
    let head: HeadForm<'_> = serde_json::from_slice(&object).ok()?;
    let end = End {
        seq: head.journal_seq,
        last: v1::session::last(head.journal_step, head.journal_hash),
        length: head.journal_bytes,
    };
    let head = Head {
        id: head.id.into_model(),
        updated_at: head.updated_at.into_model(),
        article: head.article.into_model(),
        counts: head.summary,
    };
    Some((head, end))
}

fn is_of_length(path: &Path, length: u64) -> bool {
    fs::metadata(path).is_ok_and(|m| m.len() == length)
}

/// The longest journal that a list reads to see whether it is damaged; of a longer one the opening says so.
const VERIFIED: u64 = 16 << 20;

/// The head of a session whose checkpoint is up to date and of whose journal every line is sound.
fn sound_head(folder: &Path) -> Option<Head> {
    let (head, end) = first_head(folder)?;
    let path = folder.join(JOURNAL_FILE);
    let sound = match end.length > VERIFIED {
        true => is_of_length(&path, end.length),
        false => {
            let journal = Journal::scan(read_of_length(&path, end.length)?);
            let named = end.last.is_none() || end.last == journal.last(end.seq);
            journal.bad.is_none() && named
        }
    };
    sound.then_some(head)
}

/// The file's bytes, if it is `length` bytes long: to ask for one byte more tells a longer one, so that nothing need be
/// asked of the system but to open and to read.
fn read_of_length(path: &Path, length: u64) -> Option<Vec<u8>> {
    let length = usize::try_from(length).ok()?;
    let mut bytes = vec![0; length + 1];
    let mut file = File::open(path).ok()?;
    let mut read = 0;
    while read < length {
        match file.read(bytes.get_mut(read..)?) {
            Ok(0) => return None,
            Ok(n) => read += n,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    bytes.truncate(length);
    (read == length).then_some(bytes)
}

/// Whether the session in `folder` holds a source that must not be named; one that cannot be read may hold one.
pub(crate) fn protects(folder: &Path) -> bool {
    /// What a checkpoint says of such a source; a quotation mark inside of a text is escaped.
    const MARK: &[u8] = b"\"protect_identity\":true";
    if quick(folder).is_some()
        && let Ok(bytes) = fs::read(folder.join(CHECKPOINT))
    {
        return memchr::memmem::find(&bytes, MARK).is_some();
    }
    load(folder, Want::State).map_or(true, |l| l.session.protects())
}

/// Enough of the file's beginning for a usual head, in one read.
fn first_bytes(path: &Path) -> Option<Vec<u8>> {
    const ENOUGH: usize = 16 * 1024;
    let mut bytes = vec![0; ENOUGH];
    let length = File::open(path).ok()?.read(&mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}

/// What a list shows of the session in `folder`, and its id, where that is known; none where there is no session.
pub(crate) fn of(folder: &Path) -> Option<(Summary, Option<SessionId>)> {
    let found = match sound_head(folder) {
        Some(head) => Ok((head, Damage::default())),
        None if is_session(folder) => slow(folder),
        None => return None,
    };
    let mut summary = Summary {
        name: name_of(folder),
        title: String::new(),
        version: 0,
        statements: 0,
        taken_up: 0,
        dismissed: 0,
        claims: 0,
        checked: 0,
        waiting: 0,
        updated_at: None,
        holder: holder(folder),
        sample: folder.join(SAMPLE_MARK).exists(),
        read_only: false,
        twins: Vec::new(),
        damage: Damage::default(),
        problem: None,
    };
    let (head, mut damage) = match found {
        Ok(found) => found,
        Err(e) => {
            summary.problem = Some(e.to_string());
            return Some((summary, None));
        }
    };
    let version = head.article.versions.last();
    let there = |v: &ArticleVersion| text_path(folder, &v.text_sha256).is_some_and(|p| p.exists());
    if version.is_some_and(|v| !there(v)) {
        damage.add(ARTICLES, "the article's text is missing");
    }
    summary.version = version.map_or(0, |v| v.number);
    summary.statements = head.counts.marked
        + version
            .and_then(|v| proposed(folder, &v.text_sha256, &v.reader))
            .unwrap_or(0);
    summary.title = head.article.title;
    summary.taken_up = head.counts.taken_up;
    summary.dismissed = head.counts.dismissed;
    summary.claims = head.counts.claims;
    summary.checked = head.counts.checked;
    summary.waiting = head.counts.waiting;
    summary.updated_at = Some(head.updated_at);
    summary.read_only = !is_writable(folder);
    summary.damage = damage;
    Some((summary, Some(head.id)))
}

/// Tells each session which others of them are the same one; a sample and the copy of it are meant to be.
pub(crate) fn with_twins(found: Vec<(Summary, Option<SessionId>)>) -> Vec<Summary> {
    let mut folders: BTreeMap<SessionId, Vec<String>> = BTreeMap::new();
    for (s, id) in &found {
        if let Some(id) = id.filter(|_| !s.sample) {
            folders.entry(id).or_default().push(s.name.clone());
        }
    }
    let of = |(mut s, id): (Summary, Option<SessionId>)| {
        let same = id.filter(|_| !s.sample).and_then(|id| folders.get(&id));
        let others = same.into_iter().flatten().filter(|n| **n != s.name);
        s.twins = others.cloned().collect();
        s.twins.sort();
        s
    };
    found.into_iter().map(of).collect()
}

/// Whether steps can be appended to the session in `folder`, as far as the system tells without trying.
fn is_writable(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        let refused = |path: &Path| {
            let refused = access(path, Access::WRITE_OK).err();
            refused.is_some_and(|e| e != rustix::io::Errno::NOENT)
        };
        !refused(folder) && !refused(&folder.join(JOURNAL_FILE))
    }
    #[cfg(not(unix))]
    {
        let journal = fs::metadata(folder.join(JOURNAL_FILE));
        !journal.is_ok_and(|m| m.permissions().readonly())
    }
}

/// How many statements the reader proposed, from the head of its file.
fn proposed(folder: &Path, text_sha256: &str, reader: &str) -> Option<u32> {
    let bytes = first_bytes(&proposals_path(folder, text_sha256, reader)?)?;
    let line = unmarked(&bytes).split(|b| *b == b'\n').next()?;
    read_header(line).ok().map(|h| h.statements)
}
