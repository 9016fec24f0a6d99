//! Damage: the ways in which a session that was opened may lack something that was once kept.
//!
//! A last line that a crash has torn, line ends that git has changed and a checkpoint that the journal can rebuild are
//! no damage: nothing that was kept is missing.

use std::fmt;

use super::display::capitalized;

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

    /// What is to be known before the session called `name` is exported, and what to do; a sentence without its full stop.
    pub fn in_an_export(&self, name: &str) -> String {
        format!(
            "The session {name:?} is {}, so an export would lack work: {self}; {}",
            self.word(),
            self.remedy(name)
        )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_do_depends_on_what_is_wrong() {
        let mut damage = Damage::default();
        damage.add("journal.jsonl, line 4", "line 4 is damaged");
        assert_eq!(
            damage.in_an_export("kell"),
            "The session \"kell\" is damaged, so an export would lack work: line 4 is damaged; run `claimdesk repair kell`"
        );
        damage.add_newer(
            "journal.jsonl, line 5",
            "line 5 says more than is known here",
        );
        assert_eq!(damage.remedy("kell"), "use a newer claimdesk");
        assert_eq!(damage.word(), "written by a newer claimdesk");
    }
}
