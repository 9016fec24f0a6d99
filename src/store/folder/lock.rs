//! Who holds a session: a real lock on `session.lock`, with the holder's name in the file.
//!
//! What the file says counts only while the file is locked, so a crash leaves nothing behind that stands in the way. An
//! empty file says that its last holder left every other file of the session sound, and when: a list need not read
//! again what nobody has touched since.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime};

use super::files::{Disk, FileId, last_change, private};
use crate::core::model::Time;
use crate::core::summary::Holder;
use crate::store::disk::LOCK;
use crate::store::disk::v1::aside::LockForm;
use crate::store::disk::v1::form::{Form, Plain};
use crate::store::disk::v1::values::When;
use crate::store::pen::Remote;

/// The name of the lock file in a session's folder.
pub(crate) const LOCK_FILE: &str = "session.lock";

/// A listing looks at a lock by taking it for a moment; an opener that meets it tries again after this pause.
const PAUSE: Duration = Duration::from_millis(8);
const TRIES: u32 = 4;

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    holder: Holder,
    /// Whether the session's files are known to be sound.
    sound: bool,
}

/// What a lock tells whoever only looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Who holds it; an unknown holder has an empty name.
    pub holder: Option<Holder>,
    /// When its last holder let go of it and knew that the session was sound.
    pub left: Option<SystemTime>,
}

/// How it went to hold the lock that is there now.
#[derive(Debug)]
pub(crate) enum Follow {
    /// It is held.
    Holds,
    /// Somebody else has it.
    Held(Option<Holder>),
    /// This file system has no locks.
    NoLocks,
}

/// How an attempt to take a lock ended.
#[derive(Debug)]
pub(crate) enum Attempt {
    /// Taken.
    Taken(Lock),
    /// Somebody else has it.
    Held(Option<Holder>),
    /// This file system has no locks.
    NoLocks,
}

/// Tries to take the lock of the session in `folder`, in the name of `holder`.
///
/// # Errors
/// When the lock file cannot be opened for writing.
pub(crate) fn take(disk: &dyn Disk, folder: &Path, holder: &Holder) -> io::Result<Attempt> {
    let path = folder.join(LOCK_FILE);
    let mut how = private();
    how.read(true).write(true).create(true).truncate(false);
    let file = disk.open(&path, &how)?;
    for n in 0..TRIES {
        match disk.lock(&file) {
            Ok(()) => {
                let holder = holder.clone();
                let sound = false;
                let lock = Lock {
                    file,
                    holder,
                    sound,
                };
                // The name is a courtesy: a full disk must not keep anybody from opening a session.
                let _ = lock.sign();
                return Ok(Attempt::Taken(lock));
            }
            Err(TryLockError::WouldBlock) if n + 1 < TRIES => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => break,
            Err(TryLockError::Error(_)) => return Ok(Attempt::NoLocks),
        }
    }
    Ok(Attempt::Held(read_holder(&file)))
}

/// Looks at the lock of the session in `folder`.
pub(crate) fn look(folder: &Path) -> Seen {
    let path = folder.join(LOCK_FILE);
    let Ok(found) = std::fs::metadata(&path) else {
        return Seen::default();
    };
    if found.len() == 0 {
        return Seen {
            holder: None,
            left: emptied(&found),
        };
    }
    let holder = File::open(path)
        .ok()
        .and_then(|file| match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => read_holder(&file),
            _ => None,
        });
    Seen { holder, left: None }
}

/// Says once that nobody holds the session in `folder` any more. The system wakes whoever waits for a lock, so that nothing
/// has to be looked at again and again.
pub(crate) fn holder_watched(folder: PathBuf) -> Receiver<Remote> {
    let (tell, told) = channel();
    std::thread::spawn(move || {
        if wait_until_free(&folder) {
            // Nobody may be listening any more.
            let _ = tell.send(Remote::Free);
        }
    });
    told
}

/// Waits until nobody holds the session in `folder`; whether that came to be known.
fn wait_until_free(folder: &Path) -> bool {
    let file = File::open(folder.join(LOCK_FILE));
    file.is_ok_and(|file| file.lock_shared().is_ok() && file.unlock().is_ok())
}

/// When the empty file that `found` describes was emptied; none where it was made empty, as a copy is, or where its times
/// were set.
fn emptied(found: &std::fs::Metadata) -> Option<SystemTime> {
    let at = found.modified().ok()?;
    let as_it_was = found.created().ok()? < at && last_change(found)? == at;
    as_it_was.then_some(at)
}

fn read_holder(mut file: &File) -> Option<Holder> {
    let mut text = Vec::new();
    file.rewind().ok()?;
    file.take(4096).read_to_end(&mut text).ok()?;
    let form: LockForm<'_> = serde_json::from_slice(&text).ok()?;
    Some(Holder {
        name: form.holder.into_value(),
        pid: form.pid,
        host: form.host.into_value(),
        since: form.since.into_value(),
    })
}

impl Lock {
    /// Holds the lock of the session in `folder` from now on, if it is another than this one: the whole folder may have
    /// been replaced.
    ///
    /// # Errors
    /// When its lock file cannot be opened for writing.
    pub(crate) fn follow(&mut self, disk: &dyn Disk, folder: &Path) -> io::Result<Follow> {
        let here = FileId::of(&self.file.metadata()?);
        if std::fs::metadata(folder.join(LOCK_FILE)).is_ok_and(|m| FileId::of(&m) == here) {
            return Ok(Follow::Holds);
        }
        Ok(match take(disk, folder, &self.holder)? {
            Attempt::Taken(lock) => {
                *self = lock;
                Follow::Holds
            }
            Attempt::Held(by) => Follow::Held(by),
            Attempt::NoLocks => Follow::NoLocks,
        })
    }

    /// Since when it is held, by the clock that gives files their times.
    pub(crate) fn since(&self) -> Option<SystemTime> {
        let signed = self.file.metadata().ok()?;
        last_change(&signed).filter(|_| signed.len() > 0)
    }

    /// Takes note that every file of the session is sound, and that nobody writes to one any more before the lock is let
    /// go of.
    pub(crate) fn all_is_sound(&mut self) {
        self.sound = true;
    }

    fn sign(&self) -> io::Result<()> {
        let holder = &self.holder;
        let form = LockForm {
            format: LOCK.into(),
            version: 1,
            holder: Form::of(&holder.name),
            pid: holder.pid,
            host: Form::of(&holder.host),
            since: When::of(&holder.since),
        };
        let mut line = serde_json::to_vec(&form)?;
        line.push(b'\n');
        let mut file = &self.file;
        file.rewind()?;
        file.set_len(0)?;
        file.write_all(&line)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.sound {
            let _ = self.file.set_len(0);
        }
        let _ = self.file.unlock();
    }
}

/// This program as a holder, in the name of `checker`.
pub(crate) fn me(checker: &str, now: Time) -> Holder {
    Holder {
        name: checker.to_owned(),
        pid: std::process::id(),
        host: host(),
        since: now,
    }
}

/// The name of this machine, as far as it is known.
fn host() -> String {
    let named = |name: String| Some(name.trim().to_owned()).filter(|n| !n.is_empty());
    ["/proc/sys/kernel/hostname", "/etc/hostname"]
        .iter()
        .find_map(|file| named(std::fs::read_to_string(file).ok()?))
        .or_else(|| named(std::env::var("HOSTNAME").ok()?))
        .or_else(|| named(std::env::var("COMPUTERNAME").ok()?))
        .unwrap_or_else(|| "this machine".into())
}
