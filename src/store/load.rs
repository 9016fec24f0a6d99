//! Reading what the files of a session say: the checkpoint, and the lines of the journal behind it. Nothing is touched.

use std::path::{Path, PathBuf};

use super::StoreError;
use super::disk::{Checkpoint, Unreadable, read_checkpoint};
use super::files::read_if_there;
use super::journal::Journal;
use super::layout::{CHECKPOINT, JOURNAL_FILE, name_of};
use crate::core::edit::Edit;
use crate::core::history::{History, Step};
use crate::core::model::{Session, Stamp, Time};

/// The steps of a session that was opened quickly, still to be read.
#[derive(Debug)]
pub struct Earlier {
    pub(crate) journal: Journal,
    pub(crate) path: PathBuf,
}

impl Earlier {
    /// Reads every step that the session had when it was opened.
    ///
    /// # Errors
    /// When a line is no step although its sum is right: the session should then be closed, and checked.
    pub fn load(mut self) -> Result<History, StoreError> {
        let steps = self.journal.steps_behind(0);
        match self.journal.bad {
            Some(bad) => Err(StoreError::unreadable(&self.path, bad.why)),
            None => Ok(History::fold(steps)),
        }
    }
}

/// How much of the journal is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Want {
    /// Every step.
    History,
    /// What the checkpoint does not hold.
    State,
}

/// What the files of a session say, before anything is repaired.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub session: Session,
    pub journal: Journal,
    /// Every step, or those from `first` on.
    pub steps: Vec<Step>,
    /// The number of the step before the first of `steps`.
    pub before: u64,
    /// The version that the oldest of its files was written in.
    pub version: u32,
    /// What is wrong with the checkpoint, if it had to be rebuilt from the journal.
    pub rebuilt: Option<String>,
    /// What is wrong in a way that forbids writing.
    pub damage: Option<String>,
    pub report: Vec<String>,
}

/// Reads the session in `folder` without touching it.
pub(crate) fn load(folder: &Path, want: Want) -> Result<Loaded, StoreError> {
    let checkpoint_path = folder.join(CHECKPOINT);
    let journal_path = folder.join(JOURNAL_FILE);
    let checkpoint_bytes = read_if_there(&checkpoint_path)?;
    let journal_bytes = read_if_there(&journal_path)?;
    if checkpoint_bytes.is_none() && journal_bytes.is_none() {
        return Err(StoreError::NotFound(name_of(folder)));
    }
    let (checkpoint, journal) = std::thread::scope(|scope| {
        let journal = scope.spawn(|| {
            let mut journal = Journal::scan(journal_bytes.unwrap_or_default());
            let all = (want == Want::History).then(|| journal.steps_behind(0));
            (journal, all)
        });
        let checkpoint = checkpoint_bytes.as_deref().map(read_checkpoint);
        (checkpoint, journal.join())
    });
    let (mut journal, all) = journal.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let newer = |version: u32| StoreError::Newer {
        path: journal_path.clone(),
        version,
    };
    if let Some(Unreadable::Newer(version)) = journal.bad.as_ref().map(|b| &b.why) {
        return Err(newer(*version));
    }
    let checkpoint = match checkpoint {
        Some(Ok(c)) => fits(c, &journal),
        Some(Err(Unreadable::Damaged(what))) => Err(what),
        Some(Err(newer)) => return Err(StoreError::unreadable(&checkpoint_path, newer)),
        None => Err("it was missing".into()),
    };
    let known = checkpoint.as_ref().map_or(0, |c| c.seq);
    let (before, steps) = match all {
        Some(all) => (0, all),
        None => (known.min(journal.seq()), journal.steps_behind(known)),
    };
    assemble(folder, checkpoint, journal, before, steps)
}

/// The checkpoint, if its place in the journal is one.
fn fits(c: Checkpoint, journal: &Journal) -> Result<Checkpoint, String> {
    // Where the journal has lost lines, the checkpoint is the better witness.
    let fits = c.seq > journal.seq() || journal.end_of(c.seq).map(|e| e as u64) == Some(c.bytes);
    match fits {
        true => Ok(c),
        false => Err("it does not fit the journal".into()),
    }
}

fn assemble(
    folder: &Path,
    checkpoint: Result<Checkpoint, String>,
    journal: Journal,
    before: u64,
    steps: Vec<Step>,
) -> Result<Loaded, StoreError> {
    let mut report = Vec::new();
    let mut damage = None;
    if let Some(bad) = journal.bad.as_ref().filter(|_| !journal.torn) {
        damage = Some(format!(
            "line {} of the journal is damaged ({}); nothing behind it was read",
            bad.number, bad.why
        ));
    }
    let (mut session, from, version, rebuilt) = match checkpoint {
        Ok(c) => {
            if c.seq > journal.seq() && damage.is_none() {
                damage = Some(format!(
                    "the journal ends with step {}, but the checkpoint holds step {}",
                    journal.seq(),
                    c.seq
                ));
            }
            (c.session, c.seq, c.version, None)
        }
        Err(what) => {
            let birth = steps.first().and_then(|s| s.edits.first());
            if before > 0 || !matches!(birth, Some(Edit::Session(_))) {
                return Err(StoreError::Damaged {
                    path: folder.join(CHECKPOINT),
                    what: format!("{what}, and the journal does not begin with the session"),
                });
            }
            (unborn(), 0, journal.version, Some(what))
        }
    };
    let tail = steps.partition_point(|s| s.seq <= from);
    replay(
        &mut session,
        steps.get(tail..).unwrap_or_default(),
        &mut report,
    );
    session.name = name_of(folder);
    report.extend(damage.iter().map(|d| sentence(d)));
    Ok(Loaded {
        session,
        version: version.min(journal.version.max(1)),
        journal,
        steps,
        before,
        rebuilt,
        damage,
        report,
    })
}

/// A session before its first step.
pub(crate) fn unborn() -> Session {
    Session::new(uuid::Uuid::nil().into(), "", Time::UNIX_EPOCH)
}

/// Applies `steps`; what does not fit is told, at most a few times.
pub(crate) fn replay(session: &mut Session, steps: &[Step], report: &mut Vec<String>) {
    const TOLD: usize = 5;
    let mut misfits = 0;
    for step in steps {
        let stamp = Stamp {
            at: step.at,
            by: step.by.clone(),
        };
        for m in session.apply(&step.edits, &stamp) {
            misfits += 1;
            if misfits <= TOLD {
                report.push(format!("Step {} did not fit: {}", step.seq, m.what));
            }
        }
    }
    if misfits > TOLD {
        report.push(format!("{} more edits did not fit.", misfits - TOLD));
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}
