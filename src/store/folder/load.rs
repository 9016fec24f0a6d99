//! Reading what the files of a session say: the checkpoint, and the later lines of the journal. Nothing is touched.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::conflict;
use super::files::read_if_there;
use super::journal::{Journal, Lines, Torn};
use super::layout::{CHECKPOINT, JOURNAL_FILE, name_of};
use crate::core::damage::Damage;
use crate::core::describe::counted;
use crate::core::diff::differences;
use crate::core::edit::Edit;
use crate::core::history::{History, Step, StepKind};
use crate::core::model::{Session, Time};
use crate::store::chain::{Last, LineHash};
use crate::store::disk::known::Known;
use crate::store::disk::{Checkpoint, Unreadable, read_checkpoint};
use crate::store::opened::Earlier;
use crate::store::{Spot, StoreError};

/// Every step of the journal at `path`, whose lines are `lines`, still to be read.
pub(crate) fn earlier(lines: Lines, path: PathBuf) -> Earlier {
    Earlier::new(move || {
        let (steps, bad) = lines.steps_behind(0, Known::default());
        match bad {
            Some(bad) => Err(StoreError::unreadable(&path, bad.why)),
            None => Ok(History::fold(steps)),
        }
    })
}

/// How much of the journal is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Want {
    /// Every step, and every line verified to be of one chain.
    Chain,
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
    pub damage: Damage,
}

impl Loaded {
    /// Notes the last step where it was whole once and cannot be read any more. An opening that may write sets it aside
    /// and says so; whoever only reads is without it.
    pub(crate) fn note_lost_tail(&mut self) {
        let journal = &self.journal;
        if let (Some(bad), Some(Torn::Changed)) = (&journal.bad, journal.torn) {
            self.damage.add(
                format!("{JOURNAL_FILE}:{}", bad.number),
                format!("the last step of the journal cannot be read ({})", bad.why),
            );
        }
    }
}

/// What the opening stands on: the checkpoint at `path` with these `bytes`, where it can be used.
///
/// # Errors
/// When a newer claimdesk wrote it.
fn basis_of(
    checkpoint: Option<Result<Checkpoint, Unreadable>>,
    bytes: Option<&[u8]>,
    path: &Path,
    journal: &mut Journal,
) -> Result<Basis, StoreError> {
    Ok(match checkpoint {
        Some(Ok(c)) => Basis::of(c, journal),
        // The journal is the truth: where it is understood, the checkpoint is made of it again.
        Some(Err(Unreadable::Damaged(what) | Unreadable::Foreign(what))) => {
            Basis::none(match bytes.is_some_and(conflict::is_in) {
                true => conflict::MERGED.into(),
                false => what,
            })
        }
        Some(Err(newer)) => return Err(StoreError::unreadable(path, newer)),
        None => Basis::none("it was missing".into()),
    })
}

/// Reads the session in `folder` without touching it.
pub(crate) fn load(folder: &Path, want: Want) -> Result<Loaded, StoreError> {
    let checkpoint_path = folder.join(CHECKPOINT);
    let journal_path = folder.join(JOURNAL_FILE);
    let checkpoint_bytes = read_if_there(&checkpoint_path)?;
    let journal_bytes = read_if_there(&journal_path)?;
    if checkpoint_bytes.is_none() && journal_bytes.is_none() {
        return Err(unopenable(
            folder,
            "session.json and journal.jsonl are missing".into(),
        ));
    }
    let no_journal = journal_bytes.is_none();
    let (checkpoint, journal) = std::thread::scope(|scope| {
        let journal = scope.spawn(|| {
            let mut journal = Journal::scan(journal_bytes.unwrap_or_default());
            let all = (want != Want::State).then(|| journal.steps_behind(0, Known::default()));
            (journal, all)
        });
        let checkpoint = checkpoint_bytes.as_deref().map(read_checkpoint);
        (checkpoint, journal.join())
    });
    let (mut journal, all) = journal.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    if let Some(Unreadable::Newer(version)) = journal.bad.as_ref().map(|b| &b.why) {
        let (at, version) = (Spot::from(&journal_path), *version);
        return Err(StoreError::Newer { at, version });
    }
    let bytes = checkpoint_bytes.as_deref();
    let mut basis = basis_of(checkpoint, bytes, &checkpoint_path, &mut journal)?;
    let known = basis.usable.as_ref().map_or(0, |c| c.seq);
    let sure = match want {
        // Where the line that the checkpoint names is gone, none is known to be right.
        Want::History | Want::State if known <= journal.seq() => known,
        Want::Chain | Want::History | Want::State => 0,
    };
    journal.verify(sure, &basis.named);
    let (before, steps) = match all {
        Some(mut all) => {
            all.truncate(usize::try_from(journal.seq()).unwrap_or(usize::MAX));
            (0, all)
        }
        None => {
            let context = basis.usable.as_ref().map(|c| Known::of(&c.session));
            let steps = journal.steps_behind(known, context.unwrap_or_default());
            (known.min(journal.seq()), steps)
        }
    };
    let mut damage = Damage::default();
    journal_faults(&journal, no_journal, basis.usable.as_ref(), &mut damage);
    let (mut session, from, version) = basis.state(folder, &steps, before, journal.version)?;
    let tail = steps.partition_point(|s| s.seq <= from);
    let tail = steps.get(tail..).unwrap_or_default();
    let witness = basis.instead.filter(|c| !settled(&steps, c));
    let (shared, later) = match &witness {
        Some(c) => tail.split_at(tail.partition_point(|s| s.seq <= c.seq)),
        None => (tail, &[][..]),
    };
    // A repair leads to a state that is right whatever came before it.
    let mended = steps.iter().rfind(|s| s.kind == StepKind::Repair);
    let mended = mended.map_or(0, |s| s.seq);
    replay(&mut session, shared, mended, &mut damage);
    if let Some(c) = &witness {
        contradiction(c, &session, &mut damage);
    }
    replay(&mut session, later, mended, &mut damage);
    session.name = name_of(folder);
    Ok(Loaded {
        session,
        version: version.min(journal.version.max(1)),
        journal,
        steps,
        before,
        rebuilt: basis.unusable,
        damage,
    })
}

/// The error for a session of which too little is left; `what` says why, as part of a sentence.
fn unopenable(folder: &Path, what: String) -> StoreError {
    let name = name_of(folder);
    StoreError::Unopenable { name, what }
}

/// What the state is read from: the checkpoint, or the journal alone.
#[derive(Debug)]
struct Basis {
    /// The checkpoint, where it can be gone on from.
    usable: Option<Checkpoint>,
    /// Why not, where it cannot.
    unusable: Option<String>,
    /// A whole checkpoint that is no place in this journal.
    instead: Option<Checkpoint>,
    /// The line that the checkpoint names.
    named: HashSet<LineHash>,
}

impl Basis {
    /// The checkpoint, if its place in the journal is one.
    fn of(c: Checkpoint, journal: &mut Journal) -> Self {
        let there = journal.last(c.seq);
        let changed = |(named, there): (Last, Last)| named.step == there.step && named != there;
        if c.last.zip(there).is_some_and(changed) {
            journal.disbelieve(c.seq, "it is not the line that session.json names");
        }
        let why = if c.seq > journal.seq() {
            // Where the journal has lost lines, the checkpoint is the better witness.
            disowned(&c, journal)
        } else {
            let fits = journal.end_of(c.seq) == Some(c.bytes);
            let named = c.last.is_none() || c.last == there;
            (!fits || !named).then_some("it does not fit the journal")
        };
        let named = c.last.iter().map(|l| l.hash).collect();
        let (usable, instead) = match why {
            None => (Some(c), None),
            Some(_) => (None, Some(c)),
        };
        Self {
            usable,
            unusable: why.map(String::from),
            instead,
            named,
        }
    }

    fn none(why: String) -> Self {
        Self {
            usable: None,
            unusable: Some(why),
            instead: None,
            named: HashSet::new(),
        }
    }

    /// The state that the steps are applied to, the number of its step and its version: that of the checkpoint, else the
    /// one before the first of `steps`, which come after step `before`.
    fn state(
        &mut self,
        folder: &Path,
        steps: &[Step],
        before: u64,
        version: u32,
    ) -> Result<(Session, u64, u32), StoreError> {
        if let Some(c) = self.usable.take() {
            return Ok((c.session, c.seq, c.version));
        }
        let birth = steps.first().and_then(|s| s.edits.first());
        if before == 0 && matches!(birth, Some(Edit::Session(_))) {
            return Ok((unborn(), 0, version));
        }
        let what = self.unusable.take().unwrap_or_default();
        Err(unopenable(
            folder,
            format!(
                "session.json is of no use ({what}), and the journal does not begin with the session"
            ),
        ))
    }
}

/// Why the checkpoint is no later state of what the journal tells.
fn disowned(c: &Checkpoint, journal: &mut Journal) -> Option<&'static str> {
    let steps = journal.steps_behind(0, Known::default());
    let birth = steps.first().and_then(|s| s.edits.first());
    match birth {
        Some(Edit::Session(b)) if b.id != c.session.id => Some("it is of another session"),
        _ if settled(&steps, c) => Some("it is older than the last repair"),
        _ => None,
    }
}

/// Whether a repair, which had looked at the checkpoint, came after it.
pub(crate) fn settled(steps: &[Step], c: &Checkpoint) -> bool {
    let later = |s: &Step| s.kind == StepKind::Repair && s.at >= c.session.updated_at;
    steps.iter().any(later)
}

/// Notes what the checkpoint holds and `replayed`, the state that the journal tells for its step, does not.
fn contradiction(c: &Checkpoint, replayed: &Session, damage: &mut Damage) {
    let mut replayed = replayed.clone();
    replayed.name.clone_from(&c.session.name);
    let differ = differences(&c.session, &replayed);
    if !differ.is_empty() {
        let what = format!(
            "session.json holds other {} than the journal tells, which was read instead",
            differ.join(", ")
        );
        damage.add(CHECKPOINT, what);
    }
}

/// Notes what is wrong with the lines of the journal.
fn journal_faults(
    journal: &Journal,
    missing: bool,
    checkpoint: Option<&Checkpoint>,
    damage: &mut Damage,
) {
    if let Some(bad) = journal.bad.as_ref().filter(|_| journal.torn.is_none()) {
        let lost = journal.unsound();
        let behind = lost.split(|b| *b == b'\n').skip(1);
        let behind = behind.filter(|l| !l.is_empty()).count();
        let number = bad.number;
        let what = match &bad.why {
            Unreadable::Foreign(why) => format!(
                "line {number} of the journal was written by a newer claimdesk ({why}); {}",
                match behind {
                    0 => "it was not read".to_string(),
                    1 => "it and the line after it were not read".to_string(),
                    n => format!("it and the {n} lines after it were not read"),
                }
            ),
            _ if conflict::is_in(lost) => format!(
                "{} (line {number} of the journal); nothing after that line was read",
                conflict::MERGED
            ),
            why => format!(
                "line {number} of the journal is damaged ({why}); {}",
                match behind {
                    0 => "it is the last one".to_string(),
                    1 => "the line after it was not read".to_string(),
                    n => format!("the {n} lines after it were not read"),
                }
            ),
        };
        let place = format!("{JOURNAL_FILE}:{number}");
        if matches!(bad.why, Unreadable::Foreign(_)) {
            // The checkpoint may well hold steps of the newer one: that is no damage of its own.
            return damage.add_newer(place, what);
        }
        damage.add(place, what);
    }
    let Some(c) = checkpoint.filter(|c| c.seq > journal.seq()) else {
        return;
    };
    let kept = match (missing, journal.seq()) {
        (true, _) => "the journal is missing".to_string(),
        (false, 0) => "the journal holds no step that can be read".to_string(),
        (false, last) => format!("the journal ends with step {last}"),
    };
    damage.add(
        JOURNAL_FILE,
        format!("{kept}, but session.json holds step {}", c.seq),
    );
}

/// A session before its first step.
pub(crate) fn unborn() -> Session {
    Session::new(uuid::Uuid::nil().into(), "", Time::UNIX_EPOCH)
}

/// Applies `steps`; what does not fit is noted, at most a few times, unless step `mended` or an earlier one made it.
pub(crate) fn replay(session: &mut Session, steps: &[Step], mended: u64, damage: &mut Damage) {
    const TOLD: usize = 5;
    let mut misfits = 0;
    for step in steps {
        let stamp = step.stamp();
        let found = session.apply(&step.edits, &stamp);
        for m in found.iter().filter(|_| step.seq > mended) {
            misfits += 1;
            if misfits <= TOLD {
                let what = format!(
                    "step {} did not fit: {}",
                    step.seq,
                    m.what.trim_end_matches('.')
                );
                damage.add(format!("step {}", step.seq), what);
            }
        }
    }
    if misfits > TOLD {
        let more = counted(misfits - TOLD, "more edit");
        damage.add(JOURNAL_FILE, format!("{more} did not fit"));
    }
}
