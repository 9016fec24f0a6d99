//! What a list shows of the session in a folder: hundreds of sessions in a few milliseconds.
//!
//! It is in the head of the checkpoint. That can be believed where the session's files are sound: where nobody has touched
//! one since the last writer left it, which their times and that of the lock tell, or where all of them are read and their
//! sums and hashes are right. What is seen by neither is a change that leaves no trace in a file's times, such as a bit
//! that the medium loses. Evidence copies and earlier versions of the article are not looked at. `check` reads everything.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::SystemTime;

use super::files::last_change;
use super::journal::Journal;
use super::layout::*;
use super::load::{Want, load};
use super::lock;
use crate::core::damage::Damage;
use crate::core::ids::{SessionId, VersionId};
use crate::core::model::{Time, Version};
use crate::core::session::numbered;
use crate::core::summary::{Summary, Twins};
use crate::store::StoreError;
use crate::store::chain::Last;
use crate::store::disk::known::Known;
use crate::store::disk::v1;
use crate::store::disk::v1::form::Plain;
use crate::store::disk::v1::proposals::read_header;
use crate::store::disk::v1::session::{HEAD_ENDS, HeadForm, SummaryForm, sum_is_right};
use crate::store::disk::{SESSION, unmarked, version_of};

/// What the head of a checkpoint says.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub id: SessionId,
    pub updated_at: Time,
    /// The article's title.
    pub title: String,
    pub versions: BTreeMap<VersionId, Version>,
    /// The current one.
    pub current: Option<VersionId>,
    pub counts: SummaryForm,
}

impl Head {
    /// The current version of the article, with its number.
    fn current(&self) -> Option<(u32, &Version)> {
        let all = numbered(&self.versions);
        all.into_iter().find(|(_, v)| Some(v.id) == self.current)
    }
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
        None => slow(folder).map(|whole| whole.head),
    }
}

/// What is told by all of a session.
struct Whole {
    head: Head,
    damage: Damage,
    rebuilt: Option<String>,
}

fn slow(folder: &Path) -> Result<Whole, StoreError> {
    let mut loaded = load(folder, Want::State)?;
    loaded.note_lost_tail();
    let session = loaded.session;
    let head = Head {
        id: session.id,
        updated_at: session.updated_at,
        counts: SummaryForm::of(&session),
        title: session.article.title,
        versions: session.versions,
        current: session.article.current,
    };
    Ok(Whole {
        head,
        damage: loaded.damage,
        rebuilt: loaded.rebuilt,
    })
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
    let mut checkpoint = File::open(folder.join(CHECKPOINT)).ok()?;
    let (head, end) = first_head(&mut checkpoint)?;
    let journal = fs::metadata(folder.join(JOURNAL_FILE)).ok()?;
    (journal.len() == end.length).then_some(head)
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
fn first_head(checkpoint: &mut File) -> Option<(Head, End)> {
    let bytes = beginning(checkpoint, HEAD_ENDS)?;
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
    let (article, versions) = head.article.into_article(&mut Known::default()).ok()?;
    let head = Head {
        id: head.id.into_value(),
        updated_at: head.updated_at.into_value(),
        title: article.title,
        versions,
        current: article.current,
        counts: head.summary,
    };
    Some((head, end))
}

/// The head of a session whose checkpoint is up to date, and whose journal, checkpoint and article are sound: since its
/// last writer found them so and nobody has touched one after that, which was at `left`, or since they are read here.
fn sound_head(folder: &Path, left: Option<SystemTime>) -> Option<Head> {
    let mut checkpoint = File::open(folder.join(CHECKPOINT)).ok()?;
    let (head, end) = first_head(&mut checkpoint)?;
    let path = folder.join(JOURNAL_FILE);
    let journal = fs::metadata(&path).ok()?;
    if journal.len() != end.length {
        return None;
    }
    let version = head.current().map(|(_, v)| v);
    let untouched = |left: SystemTime| {
        // At the same moment may mean after it: clocks that give files their times have a coarse tick.
        let before = |m: &fs::Metadata| last_change(m).is_some_and(|at| at < left);
        let text = version.and_then(|v| fs::metadata(text_path(folder, &v.id.to_string())?).ok());
        before(&journal)
            && checkpoint.metadata().is_ok_and(|m| before(&m))
            && (version.is_none() || text.is_some_and(|m| before(&m)))
    };
    let sound = left.is_some_and(untouched)
        || is_sound(&Journal::scan(fs::read(&path).ok()?), &end)
            && sum_is_right(&fs::read(folder.join(CHECKPOINT)).ok()?) == Some(true)
            && version.is_none_or(|v| TextFiles::of(folder).fault(v).is_none());
    sound.then_some(head)
}

/// Whether every line of the journal is sound, and it ends with the line that the checkpoint names.
fn is_sound(journal: &Journal, end: &End) -> bool {
    let named = end.last.is_none() || end.last == journal.last(end.seq);
    journal.bad.is_none() && named
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

/// The file from its beginning to the first `end`, and perhaps more of it.
fn beginning(file: &mut File, end: &[u8]) -> Option<Vec<u8>> {
    /// A usual head is shorter, and so is the first line of proposals.
    const FIRST: usize = 2048;
    /// Nothing is searched for longer.
    const ENOUGH: usize = 1 << 20;
    let mut bytes = vec![0; FIRST];
    let mut read = 0;
    while read < ENOUGH {
        match file.read(bytes.get_mut(read..)?) {
            Ok(0) => break,
            Ok(n) => read += n,
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return None,
        }
        if memchr::memmem::find(bytes.get(..read)?, end).is_some() {
            break;
        }
        if read == bytes.len() {
            bytes.resize(read * 2, 0);
        }
    }
    bytes.truncate(read);
    Some(bytes)
}

/// What a list shows of the session in `folder`, and its id, where that is known; none where there is no session.
pub(crate) fn of(folder: &Path) -> Option<(Summary, Option<SessionId>)> {
    let lock = lock::look(folder);
    let found = match sound_head(folder, lock.left) {
        Some(head) => Ok(Whole {
            head,
            damage: Damage::default(),
            rebuilt: None,
        }),
        None if is_session(folder) => slow(folder).map(|mut whole| {
            TextFiles::of(folder).note_fault(whole.head.current(), &mut whole.damage);
            whole
        }),
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
        holder: lock.holder,
        sample: folder.join(SAMPLE_MARK).exists(),
        copy_in: None,
        read_only: false,
        twins: Twins::default(),
        damage: Damage::default(),
        rebuilt: None,
        problem: None,
    };
    let Whole {
        head,
        damage,
        rebuilt,
    } = match found {
        Ok(found) => found,
        Err(e) => {
            summary.problem = Some(e.to_string());
            return Some((summary, None));
        }
    };
    let current = head.current();
    summary.version = current.map_or(0, |(number, _)| number);
    summary.statements = head.counts.marked
        + current
            .and_then(|(_, v)| proposed(folder, &v.id.to_string(), &v.reader))
            .unwrap_or(0);
    summary.title = head.title;
    summary.taken_up = head.counts.taken_up;
    summary.dismissed = head.counts.dismissed;
    summary.claims = head.counts.claims;
    summary.checked = head.counts.checked;
    summary.waiting = head.counts.waiting;
    summary.updated_at = Some(head.updated_at);
    summary.read_only = !is_writable(folder);
    summary.damage = damage;
    summary.rebuilt = rebuilt;
    Some((summary, Some(head.id)))
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
    let mut file = File::open(proposals_path(folder, text_sha256, reader)?).ok()?;
    let bytes = beginning(&mut file, b"\n")?;
    let line = unmarked(&bytes).split(|b| *b == b'\n').next()?;
    read_header(line).ok().map(|h| h.statements)
}
