//! What a list shows of a session.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::damage::Damage;
use super::ids::SessionId;
use super::model::Time;

/// Who holds a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The checker's name.
    pub name: String,
    /// The process.
    pub pid: u32,
    /// The machine.
    pub host: String,
    /// Since when.
    pub since: Time,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (process {} on {})", self.name, self.pid, self.host)
    }
}

/// What a list shows of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Where it is, if it is the user's copy of the sample whose name it goes by; none where it is no such copy.
    pub copy_in: Option<String>,
    /// Whether it can only be looked at, since its folder cannot be written.
    pub read_only: bool,
    /// Other folders that hold the same session.
    pub twins: Twins,
    /// What it may lack of what was once kept.
    pub damage: Damage,
    /// Why its checkpoint cannot be used; none where it can. The journal tells all that is shown then.
    pub rebuilt: Option<String>,
    /// Why it cannot be read; none where it can.
    pub problem: Option<String>,
}

impl Summary {
    /// How many rows are closed, and how many there are: claims with a finding and dismissed statements, of these, the
    /// open claims and the statements that nobody has decided about.
    pub fn closed(&self) -> (u32, u32) {
        let decided = self.taken_up + self.dismissed;
        let undecided = self.statements.saturating_sub(decided);
        (
            self.checked + self.dismissed,
            self.claims + self.dismissed + undecided,
        )
    }

    /// What is to be known before it is opened, each in a few words: damaged, read-only, a copy of another. With
    /// `at_length` also what is damaged, and where a copy is.
    pub fn marks(&self, at_length: bool) -> Vec<String> {
        let mut marks = Vec::new();
        if !self.damage.is_empty() {
            let word = self.damage.word();
            marks.push(match at_length {
                true => format!("{word}: {}", self.damage),
                false => word.into(),
            });
        }
        if let Some(why) = self.rebuilt.as_ref().filter(|_| self.damage.is_empty()) {
            marks.push(match at_length {
                true => format!("session.json cannot be used ({why}); the journal tells all of it"),
                false => "session.json cannot be used".into(),
            });
        }
        if let Some(place) = &self.copy_in {
            marks.push(match at_length {
                true => format!("your own copy of the sample, in {place}"),
                false => "your own copy of the sample".into(),
            });
        }
        if self.read_only {
            marks.push("read-only".into());
        }
        if !self.twins.is_empty() {
            marks.push(format!("the same session as {}", self.twins));
        }
        marks
    }
}

/// Folders that hold the same session as another one does. Where there are many, they share the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Twins {
    /// All that hold it, in order; none where it is in one folder only.
    all: Arc<[String]>,
    own: String,
}

impl Twins {
    /// The names of the other folders, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let others = self.all.iter().filter(|name| **name != self.own);
        others.map(String::as_str)
    }

    /// Whether the session is in one folder only.
    pub fn is_empty(&self) -> bool {
        self.all.len() < 2
    }
}

impl fmt::Display for Twins {
    /// The names, of many the first few and how many there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const TOLD: usize = 3;
        let told: Vec<&str> = self.names().take(TOLD).collect();
        f.write_str(&told.join(", "))?;
        match self.all.len().saturating_sub(TOLD + 1) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// Tells each session which others of them are the same one; a sample and the copy of it are meant to be.
pub(crate) fn with_twins(found: Vec<(Summary, Option<SessionId>)>) -> Vec<Summary> {
    let mut folders: BTreeMap<SessionId, Vec<String>> = BTreeMap::new();
    for (s, id) in &found {
        if let Some(id) = id.filter(|_| !s.sample) {
            folders.entry(id).or_default().push(s.name.clone());
        }
    }
    folders.retain(|_, names| names.len() > 1);
    let shared = |(id, mut names): (SessionId, Vec<String>)| {
        names.sort();
        (id, Arc::from(names))
    };
    let folders: BTreeMap<SessionId, Arc<[String]>> = folders.into_iter().map(shared).collect();
    let of = |(mut s, id): (Summary, Option<SessionId>)| {
        if let Some(all) = id.filter(|_| !s.sample).and_then(|id| folders.get(&id)) {
            s.twins.all = all.clone();
            s.twins.own.clone_from(&s.name);
        }
        s
    };
    found.into_iter().map(of).collect()
}
