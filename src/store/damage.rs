//! Damage: the ways in which a session that was opened may lack something that was once kept.
//!
//! A last line that a crash has torn, line ends that git has changed and a checkpoint that the journal can rebuild are
//! no damage: nothing that was kept is missing.

use std::fmt;

use super::folder::open::Opened;
use crate::core::display::capitalized;

/// One thing that is wrong with a session's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: a file, perhaps with a line, or a record.
    pub place: String,
    /// A sentence without its full stop: what is wrong.
    pub what: String,
}

impl Fault {
    /// What is wrong, as a sentence.
    pub fn sentence(&self) -> String {
        capitalized(&self.what) + "."
    }
}

/// All that is damaged in a session; nothing where it is sound.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Damage {
    faults: Vec<Fault>,
    /// Whether a newer claimdesk wrote what is not understood here: no repair helps then.
    newer: bool,
}

impl Damage {
    /// Whether the session is sound.
    pub fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// What is wrong, the gravest first.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// In a word what the session is.
    pub fn word(&self) -> &'static str {
        match self.newer {
            true => "written by a newer claimdesk",
            false => "damaged",
        }
    }

    /// What to do about it in the session called `name`, as a part of a sentence.
    pub fn remedy(&self, name: &str) -> String {
        match self.newer {
            true => "use a newer claimdesk".into(),
            false => format!("run `claimdesk repair {name}`"),
        }
    }

    /// Adds what a newer claimdesk wrote at `place`.
    pub(crate) fn add_newer(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.newer = true;
        self.add(place, what);
    }

    /// Adds what is wrong at `place`.
    pub(crate) fn add(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.faults.push(Fault {
            place: place.into(),
            what: what.into(),
        });
    }
}

impl fmt::Display for Damage {
    /// What is wrong, as parts of one sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const TOLD: usize = 3;
        for (n, fault) in self.faults.iter().take(TOLD).enumerate() {
            if n > 0 {
                f.write_str("; ")?;
            }
            f.write_str(&fault.what)?;
        }
        match self.faults.len().saturating_sub(TOLD) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

/// A session that was opened and whose findings nobody has heard yet: the only way to the session is to hear them.
#[derive(Debug)]
#[must_use = "a session is read only after what its opening found has been told"]
pub struct Unheard(Opened);

impl Unheard {
    pub(crate) fn new(opened: Opened) -> Self {
        Self(opened)
    }

    /// Notes the other folders that hold the same session.
    pub(crate) fn note_twins(&mut self, others: &[String]) {
        if !others.is_empty() {
            self.0.report.push(format!(
                "The same session is in {} too: what is done in one folder is not in the other.",
                others.join(", ")
            ));
        }
    }

    /// Puts a sentence before the others.
    pub(crate) fn note_first(&mut self, sentence: String) {
        self.0.report.insert(0, sentence);
    }

    /// Hands the session out, after `tell` has been given what was repaired or noted, one sentence each, and what is
    /// damaged.
    pub fn hear(self, tell: impl FnOnce(&[String], &Damage)) -> Opened {
        tell(&self.0.report, &self.0.damage);
        self.0
    }
}
