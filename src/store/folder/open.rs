//! Opening a session: reading it, taking its lock, and the repair of what a crash has left.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::blobs::FolderBlobs;
use super::files::{SharedDisk, numbered, read_if_there, write_atomic};
use super::journal::Torn;
use super::layout::*;
use super::load::{Loaded, Want, earlier, load};
use super::lock::{Attempt, Lock, take};
use super::strays::{Stray, copies};
use super::summary::is_session;
use super::writer::{Start, Writer, older};
use crate::core::damage::Damage;
use crate::core::history::History;
use crate::core::ids::CheckerId;
use crate::core::model::Session;
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::summary::Holder;
use crate::core::text::ArticleText;
use crate::store::disk::known::Known;
use crate::store::disk::{Unreadable, read_draft, read_place};
use crate::store::name::SessionName;
use crate::store::opened::{Earlier, HeldAs, Mode, Opened, OpeningFound, ReadOnly, Unheard};
use crate::store::pen::Pen;
use crate::store::{Spot, StoreError};

/// An open session in a folder.
#[derive(Debug)]
pub struct InFolder {
    /// The name of its folder.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The state after the last step.
    pub session: Session,
    /// Every step; of a session that was opened quickly only those made since, until `earlier` has been read.
    pub history: History,
    /// The steps still to be read; none where `history` holds them all.
    pub earlier: Option<Earlier>,
    /// The texts of the article's versions.
    pub texts: TextFiles,
    /// The text of the current version; where that is damaged, what was found in its place.
    pub text: ArticleText,
    /// What the reader proposed for the current version; none where that is lost and must be made again.
    pub proposals: Option<Proposals>,
    /// Where the checker left it.
    pub place: Option<Place>,
    /// A form that was open.
    pub draft: Option<Draft>,
    /// Writes to it; none where it is read-only.
    pub writer: Option<Writer>,
    /// Why it is read-only; none where it is not.
    pub read_only: Option<ReadOnly>,
    /// What was found and repaired, one sentence each.
    pub report: Vec<String>,
    /// What it may lack of what was once kept.
    pub damage: Damage,
}

impl OpeningFound for InFolder {
    fn report(&self) -> &[String] {
        &self.report
    }

    fn damage(&self) -> &Damage {
        &self.damage
    }
}

impl InFolder {
    /// The session as everybody sees it who does not know that it is in a folder.
    pub(crate) fn on_shelf(self, disk: &SharedDisk) -> Result<Opened, StoreError> {
        let held = match (self.writer, self.read_only) {
            (Some(pen), _) => HeldAs::Exclusive(Box::new(pen)),
            (None, why) => HeldAs::ReadOnly(why.unwrap_or(ReadOnly::Asked)),
        };
        Ok(Opened {
            name: SessionName::new(&self.name)?,
            session: self.session,
            history: self.history,
            earlier: self.earlier,
            blobs: Arc::new(FolderBlobs::on(disk.clone(), &self.folder)),
            text: self.text,
            proposals: self.proposals,
            place: self.place,
            draft: self.draft,
            held,
            report: self.report,
            damage: self.damage,
        })
    }
}

/// Opens the session in `folder`.
pub(crate) fn open(
    disk: &SharedDisk,
    folder: &Path,
    mode: Mode,
    want: Want,
    me: &Holder,
) -> Result<Unheard<InFolder>, StoreError> {
    let name = name_of(folder);
    if !is_session(folder) {
        return Err(StoreError::NotFound(name));
    }
    let mut early = Vec::new();
    let held = hold(disk, folder, mode, me, &mut early)?;
    let mut loaded = load(folder, want)?;
    if mode == Mode::Read {
        loaded.note_lost_tail();
    }
    let mut report = early;
    let texts = TextFiles::of(folder);
    let (text, right) = texts.as_found(&loaded.session, &mut loaded.damage);
    let (writer, read_only) = match (held, forbidden(folder, &loaded)) {
        (Err(reason), _) => (None, Some(reason)),
        (Ok(_), Some((e, _))) if mode == Mode::MustWrite => return Err(e),
        (Ok(_), Some((_, reason))) => (None, Some(reason)),
        (Ok(lock), None) => match begin(disk, folder, &loaded, lock, &mut report) {
            Ok(writer) => (Some(writer), None),
            Err(e) if mode == Mode::MustWrite => return Err(e),
            Err(e) => (None, Some(ReadOnly::NotWritable(e.to_string()))),
        },
    };
    if writer.is_none() {
        tell_unrepaired(&loaded, &mut report);
    }
    report.extend(copies(folder).iter().map(Stray::sentence));
    let proposals = match loaded.session.current() {
        None => None,
        // What was proposed for the right text says nothing of this one.
        Some(version) if !right => Some(Proposals {
            reader: version.reader.clone(),
            ..Proposals::default()
        }),
        Some(version) => load_proposals(folder, version).unwrap_or_else(|e| {
            report.push(e.to_string());
            None
        }),
    };
    let who = CheckerId::of(&me.name);
    let (history, earlier) = match loaded.before {
        0 => (History::fold(loaded.steps), None),
        _ => {
            let path = folder.join(JOURNAL_FILE);
            let later = History::behind(loaded.journal.seq());
            let lines = loaded.journal.into_lines();
            (later, Some(earlier(lines, path)))
        }
    };
    let known = Known::of(&loaded.session);
    let place = |bytes: &[u8]| read_place(bytes, &known);
    let draft = |bytes: &[u8]| read_draft(bytes, &known);
    Ok(Unheard::new(InFolder {
        place: aside(folder, &[&place_file(&who), PLACE_FILE], place, &mut report),
        draft: aside(folder, &[&draft_file(&who), DRAFT_FILE], draft, &mut report),
        name,
        texts,
        text,
        folder: folder.to_owned(),
        session: loaded.session,
        history,
        earlier,
        proposals,
        writer,
        read_only,
        report,
        damage: loaded.damage,
    }))
}

/// Takes the lock, or says why the session is read-only.
fn hold(
    disk: &SharedDisk,
    folder: &Path,
    mode: Mode,
    me: &Holder,
    report: &mut Vec<String>,
) -> Result<Result<Option<Lock>, ReadOnly>, StoreError> {
    if mode == Mode::Read {
        return Ok(Err(ReadOnly::Asked));
    }
    Ok(match take(&**disk, folder, me) {
        Ok(Attempt::Taken(lock)) => Ok(Some(lock)),
        Ok(Attempt::NoLocks) => {
            report.push(
                "This file system has no locks: make sure that nobody else has the session open."
                    .into(),
            );
            Ok(None)
        }
        Ok(Attempt::Held(by)) if mode == Mode::MustWrite => {
            return Err(StoreError::Held {
                name: name_of(folder),
                by: by.map_or_else(|| "another program".into(), |h| h.to_string()),
            });
        }
        Ok(Attempt::Held(by)) => Err(ReadOnly::Held(by)),
        Err(e) if mode == Mode::MustWrite => return Err(StoreError::write(folder, e)),
        Err(e) => Err(ReadOnly::NotWritable(e.to_string())),
    })
}

/// Why nothing may be added to the session, as an error and as a reason to open it read-only; none where it may.
fn forbidden(folder: &Path, loaded: &Loaded) -> Option<(StoreError, ReadOnly)> {
    if let Some(bad) = &loaded.journal.bad
        && let Unreadable::Foreign(what) = &bad.why
    {
        let at = Spot::from(&folder.join(JOURNAL_FILE));
        let what = format!("line {} of the journal: {what}", bad.number);
        let reason = ReadOnly::Newer(what.clone());
        return Some((StoreError::Foreign { at, what }, reason));
    }
    if loaded.damage.is_empty() {
        return None;
    }
    let (name, what) = (name_of(folder), loaded.damage.to_string());
    let reason = ReadOnly::Damaged(what.clone());
    Some((StoreError::NeedsRepair { name, what }, reason))
}

/// Repairs what a crash has left, and makes the writer.
fn begin(
    disk: &SharedDisk,
    folder: &Path,
    loaded: &Loaded,
    lock: Option<Lock>,
    report: &mut Vec<String>,
) -> Result<Writer, StoreError> {
    let checkpoint = folder.join(CHECKPOINT);
    if let Some(what) = &loaded.rebuilt {
        if checkpoint.exists() {
            let kept = numbered(&folder.join(format!("{CHECKPOINT}.damaged")));
            fs::rename(&checkpoint, &kept).map_err(|e| StoreError::write(&kept, e))?;
        }
        report.push(format!(
            "session.json was rebuilt from the journal: {what}."
        ));
    }
    if let Some(torn) = loaded.journal.torn {
        let kept = numbered(&folder.join("journal.damaged"));
        write_atomic(&**disk, &kept, loaded.journal.unsound())?;
        report.push(told(torn, &name_of(&kept)));
    }
    sweep(folder);
    if loaded.journal.unfinished {
        report.push("The last line of the journal lacked its line feed, which was added.".into());
    }
    let damaged = || StoreError::Damaged {
        at: Spot::from(&folder.join(JOURNAL_FILE)),
        what: "it cannot be gone on with".into(),
    };
    let mut writer = Writer::begin(Start {
        folder: folder.to_owned(),
        disk: disk.clone(),
        kept: loaded.journal.extent().ok_or_else(damaged)?,
        tip: loaded.journal.tip(),
        older: older(loaded.version),
        lock,
    })?;
    if loaded.rebuilt.is_some() {
        // Where this fails, the next opening rebuilds it again.
        let _ = writer.checkpoint(&loaded.session, loaded.journal.seq());
    }
    Ok(writer)
}

/// What is said of what was set aside in the file `kept`.
fn told(torn: Torn, kept: &str) -> String {
    match torn {
        Torn::Unfinished => format!(
            "One unfinished step was set aside in {kept}, as after a crash; every step that was shown as saved is here."
        ),
        Torn::Changed => format!(
            "The last step cannot be read (its sum is wrong) and was set aside in {kept}; every step before it is here."
        ),
        Torn::Repeated => {
            format!(
                "The journal's last step was there twice; the copy was set aside in {kept}, and nothing is missing."
            )
        }
    }
}

/// Removes temporary files that a crash has left.
fn sweep(folder: &Path) {
    let folders = [
        folder.to_owned(),
        folder.join("files"),
        folder.join("articles"),
        folder.join("proposals"),
    ];
    for entry in folders
        .iter()
        .filter_map(|f| fs::read_dir(f).ok())
        .flatten()
        .flatten()
    {
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with(".claimdesk-")
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn tell_unrepaired(loaded: &Loaded, report: &mut Vec<String>) {
    if let Some(what) = &loaded.rebuilt {
        report.push(format!(
            "session.json could not be used ({what}); the journal was read instead."
        ));
    }
    if let (Some(bad), Some(torn)) = (&loaded.journal.bad, loaded.journal.torn) {
        let what = match torn {
            Torn::Unfinished => "is not whole",
            Torn::Changed => "cannot be read (its sum is wrong)",
            Torn::Repeated => "is there twice",
        };
        let number = bad.number;
        report.push(format!(
            "Line {number} of the journal {what} and was left out; the next opening that may write sets it aside."
        ));
    }
}

/// Reads the first of these small files in `folder` that is there; one that cannot be read is told and left out.
fn aside<T>(
    folder: &Path,
    names: &[&str],
    read: impl Fn(&[u8]) -> Result<T, Unreadable>,
    report: &mut Vec<String>,
) -> Option<T> {
    for path in names.iter().map(|name| folder.join(name)) {
        let told = match read_if_there(&path) {
            Ok(None) => continue,
            Ok(Some(bytes)) => match read(&bytes) {
                Ok(value) => return Some(value),
                Err(e) => StoreError::unreadable(&path, e),
            },
            Err(e) => e,
        };
        report.push(told.to_string());
        return None;
    }
    None
}
