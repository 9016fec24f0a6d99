//! The best state there is of a damaged session: that of the checkpoint or of the chain of steps, whichever is later, and
//! after it what still fits of the steps after a gap.

use std::path::Path;

use super::texts::versions_of;
use crate::core::describe::counted;
use crate::core::diff::differences;
use crate::core::display::capitalized;
use crate::core::edit::Edit;
use crate::core::history::Step;
use crate::core::model::Session;
use crate::core::references::break_references;
use crate::store::StoreError;
use crate::store::care::{Repaired, Repairer};
use crate::store::disk::Checkpoint;
use crate::store::folder::layout::name_of;
use crate::store::folder::load::{settled, unborn};
use crate::store::folder::salvage::{Fate, Salvaged};

/// The best state in the making.
pub(super) struct Best<'a> {
    pub folder: &'a Path,
    pub by: &'a Repairer<'a>,
    pub done: &'a mut Repaired,
    pub session: Session,
    /// The step that the state is that of.
    pub seq: u64,
}

impl Best<'_> {
    /// Takes the state of the checkpoint where it is a later one than the chain tells; where there is neither, a new
    /// session on the text that was kept.
    pub(super) fn take_checkpoint(
        &mut self,
        checkpoint: Option<&Checkpoint>,
        salvaged: &Salvaged,
    ) -> Result<(), StoreError> {
        let chain = &salvaged.chain;
        let born = matches!(
            chain.first().and_then(|s| s.edits.first()),
            Some(Edit::Session(_))
        );
        let usable = checkpoint.filter(|c| !settled(chain, c));
        if let Some(c) = usable {
            if born && c.session.id != self.session.id {
                let what = "session.json is of another session; nothing of it was taken.";
                self.done.missing.push(what.into());
            } else if c.seq > self.seq || !born {
                self.session = c.session.clone();
                self.session.name = name_of(self.folder);
                self.seq = c.seq.max(self.seq);
                self.done.from_checkpoint = Some(c.seq);
                return Ok(());
            } else {
                self.contradicted(c, chain);
            }
        }
        match born {
            true => Ok(()),
            false => self.be_born(salvaged),
        }
    }

    /// Says what a checkpoint that the journal contradicts held.
    fn contradicted(&mut self, c: &Checkpoint, chain: &[Step]) {
        let mut then = unborn();
        let seq = usize::try_from(c.seq).unwrap_or(usize::MAX);
        play(&mut then, chain.get(..seq).unwrap_or_default());
        then.name.clone_from(&c.session.name);
        let differ = differences(&c.session, &then);
        if !differ.is_empty() {
            self.done.missing.push(format!(
                "session.json held other {} than the journal tells; the journal was believed.",
                differ.join(", ")
            ));
        }
    }

    /// Makes a session on the texts that were kept, since the step that made it is lost.
    fn be_born(&mut self, salvaged: &Salvaged) -> Result<(), StoreError> {
        let versions = versions_of(
            self.folder,
            salvaged.behind.first().map_or(self.by.now, |s| s.at),
        );
        if versions.is_empty() {
            return Err(StoreError::Unopenable {
                name: name_of(self.folder),
                what: "neither its beginning nor its article can be read, so nothing can be made of it".into(),
            });
        }
        let first = versions.first().map_or(self.by.now, |v| v.added_at);
        self.session = Session::new(self.by.session, name_of(self.folder), first);
        self.session.article.current = versions.last().map(|v| v.id);
        self.session.versions = versions.into_iter().map(|v| (v.id, v)).collect();
        self.done.missing.push(
            "The step that made the session is lost: its id is a new one, and the article's title, byline, address and origin are not known.".into(),
        );
        Ok(())
    }

    /// Applies the steps after a gap as far as they still fit.
    pub(super) fn take_behind(&mut self, salvaged: &Salvaged) {
        let last = salvaged.behind.last().map_or(self.seq, |s| s.seq);
        let first = salvaged.chain.len() as u64 + 1;
        let there = |seq| salvaged.behind.iter().any(|s| s.seq == seq);
        let lost: Vec<u64> = (first..=last.max(self.seq))
            .filter(|n| !there(*n))
            .collect();
        let (held, gone): (Vec<u64>, Vec<u64>) = lost.into_iter().partition(|n| *n <= self.seq);
        if !held.is_empty() {
            self.done.missing.push(format!(
                "{} cannot be read one by one any more; what {} did is in the state that was kept.",
                capitalized(&steps(&held)),
                they(&held)
            ));
        }
        if !gone.is_empty() {
            self.done.missing.push(format!(
                "{} {} lost.",
                capitalized(&steps(&gone)),
                are(&gone)
            ));
        }
        let mut sure = self.session.clone();
        let mut since: Vec<&Step> = Vec::new();
        let mut not_applied = Vec::new();
        for step in salvaged.behind.iter().filter(|s| s.seq > self.seq) {
            let misfits = self.session.apply(&step.edits, &step.stamp());
            let why = match misfits.first() {
                Some(m) => m.what.trim_end_matches('.').to_string(),
                None if break_references(&step.edits, &self.session) => {
                    "it is about a record that is lost".into()
                }
                None => {
                    self.done.applied.push(step.seq);
                    since.push(step);
                    continue;
                }
            };
            not_applied.push(step.seq);
            self.done.missing.push(format!(
                "Step {} no longer fits and was left out: {why}.",
                step.seq
            ));
            for fits in since.drain(..) {
                sure.apply(&fits.edits, &fits.stamp());
            }
            self.session = sure.clone();
        }
    }

    /// Says what became of each line that is not kept as it is.
    pub(super) fn tell_lines(&mut self, salvaged: &Salvaged) {
        for line in &salvaged.lines {
            let n = line.number;
            let told = match &line.fate {
                Fate::Header | Fate::Kept(_) => continue,
                Fate::Marker => format!("Line {n} is a conflict marker of git."),
                Fate::Repeated => format!("Line {n} is there already."),
                Fate::Unreadable(why) => format!("Line {n} cannot be read: {why}."),
                Fate::Contradicted(seq) => format!(
                    "Line {n} holds step {seq} as no other line knows it: it was changed or added later; nothing of it was taken."
                ),
                Fate::Other(seq) => {
                    format!("Line {n} is step {seq} of another copy; nothing of it was taken.")
                }
                Fate::Behind(seq) if self.done.applied.contains(seq) => {
                    format!(
                        "Line {n}, step {seq}, is after a gap; what it did is in the step of the repair."
                    )
                }
                Fate::Behind(seq) if *seq <= self.seq => {
                    format!("Line {n}, step {seq}, is after a gap; what it did is in session.json.")
                }
                Fate::Behind(seq) => {
                    format!("Line {n}, step {seq}, is after a gap and does not fit.")
                }
            };
            self.done.lines.push(told);
        }
        let others = salvaged.lines.iter();
        let others = others.filter(|l| matches!(l.fate, Fate::Other(_))).count();
        if others > 0 {
            self.done.missing.push(format!(
                "{} of another copy {} not taken; the old journal keeps them.",
                counted(others, "step"),
                if others == 1 { "was" } else { "were" }
            ));
        }
    }
}

/// Applies `steps`, whether they fit or not.
pub(super) fn play(session: &mut Session, steps: &[Step]) {
    for step in steps {
        session.apply(&step.edits, &step.stamp());
    }
}

/// `step 4`, `steps 4 to 6`, `steps 4, 7 and 9`; many are counted.
fn steps(numbers: &[u64]) -> String {
    match numbers {
        [] => "no step".into(),
        [one] => format!("step {one}"),
        [first, .., last] if last - first + 1 == numbers.len() as u64 => {
            format!("steps {first} to {last}")
        }
        [rest @ .., last] if rest.len() < 8 => {
            let rest: Vec<String> = rest.iter().map(u64::to_string).collect();
            format!("steps {} and {last}", rest.join(", "))
        }
        [first, .., last] => format!(
            "{} between {first} and {last}",
            counted(numbers.len(), "step")
        ),
    }
}

fn they(numbers: &[u64]) -> &'static str {
    if numbers.len() == 1 { "it" } else { "they" }
}

fn are(numbers: &[u64]) -> &'static str {
    if numbers.len() == 1 { "is" } else { "are" }
}
