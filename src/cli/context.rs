//! What every command needs from its surroundings: where things are, who works, what time it is.

use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::args::Global;
use super::failure::Failure;
use super::log_file::LogFile;
use crate::app::config::Config;
use crate::app::input::keymap::Keymap;
use crate::core::display::clean;
use crate::core::ids::CheckerId;
use crate::core::model::{Checker, Time};
use crate::store::paths::Chosen;
use crate::store::regular::{self, NotOpened};
use crate::store::{self, Damage, Mode, Opened, Paths, SessionName, Shelf, StoreError, Unheard};
use crate::work::{self, open, tell};

/// The largest configuration that is read.
const LARGEST: u64 = 1 << 20;

/// The surroundings of a command.
#[derive(Debug)]
pub struct CommandContext {
    /// Where things are.
    pub paths: Paths,
    /// The settings.
    pub config: Config,
    /// What is odd in the configuration file, one sentence each.
    pub config_problems: Vec<String>,
    /// Who works.
    pub checker: Checker,
    log: LogFile,
    at: Option<Time>,
}

impl CommandContext {
    /// Finds everything; nothing is made.
    pub fn new(global: &Global) -> anyhow::Result<Self> {
        let paths = Paths::find(global.sessions.as_deref(), global.config.as_deref());
        let (config, config_problems) = configuration(&paths)?;
        let name = global.checker.clone().or_else(|| config.checker.clone());
        let name = name.unwrap_or_else(login);
        Ok(Self {
            paths,
            config,
            config_problems,
            checker: Checker {
                id: CheckerId::of(&name),
                name,
            },
            log: LogFile::open(global.log.as_deref())?,
            at: global.at,
        })
    }

    /// Where sessions are kept.
    ///
    /// # Errors
    /// When this program cannot speak to what is named.
    pub fn shelf(&self) -> Result<Arc<dyn Shelf>, StoreError> {
        store::shelf(&self.paths)
    }

    /// Notes something in the log file, if one was asked for. It must hold no words of an article or a session.
    pub fn log(&self, what: &str) {
        self.log.say(self.now(), what);
    }

    /// Which key does what in the workbench; what stands in the way of a key is said with the configuration.
    pub fn keymap(&self) -> Keymap {
        let mut keymap = Keymap::default();
        keymap.remap(&self.config.keys);
        keymap
    }

    /// Says on standard error what is odd in the configuration.
    pub fn say_config_problems(&self) {
        for problem in &self.config_problems {
            tell(format_args!("note: {problem}"));
        }
    }

    /// Now, or the moment that the command line fixes, in whole milliseconds.
    pub fn now(&self) -> Time {
        work::now(self.at)
    }

    /// Refuses a name wished for a new session that another one has.
    pub fn refuse_taken(&self, name: &str) -> anyhow::Result<()> {
        let there = match SessionName::new(name) {
            Ok(name) => self.shelf()?.has(&name)?,
            // The shelf gives a name like it.
            Err(_) => false,
        };
        if there {
            return Err(Failure::usage(format!(
                "There is a session called {name:?} already; choose another name."
            )));
        }
        Ok(())
    }

    /// A new id.
    pub fn id<I: From<Uuid>>(&self) -> I {
        Uuid::now_v7().into()
    }

    /// Opens a session to look at it, and says what is wrong with it.
    pub fn look(&self, name: &str) -> Result<Opened, StoreError> {
        Ok(self
            .open(name, Mode::Read)?
            .hear(|notes, damage| say(name, notes, damage)))
    }

    /// Opens a session to look at it for a command that tells by itself what is damaged; `tell` is given the notes.
    pub fn look_into(&self, name: &str, tell: fn(&[String])) -> Result<Opened, StoreError> {
        Ok(self.open(name, Mode::Read)?.hear(|notes, _| tell(notes)))
    }

    /// Opens a session to write to it, which fails where that cannot be.
    pub fn open_to_write(&self, name: &str) -> Result<Opened, StoreError> {
        Ok(self
            .open(name, Mode::MustWrite)?
            .hear(|notes, damage| say(name, notes, damage)))
    }

    fn open(&self, name: &str, mode: Mode) -> Result<Unheard, StoreError> {
        let who = (&self.checker, self.now());
        open::session(&*self.shelf()?, name, mode, true, who)
    }
}

/// Says on standard error what opening the session called `name` found.
fn say(name: &str, notes: &[String], damage: &Damage) {
    say_notes(notes);
    for fault in damage.faults() {
        tell(format_args!("damaged: {}", clean(&fault.sentence())));
    }
    if !damage.is_empty() {
        let remedy = clean(&damage.remedy(name));
        tell(format_args!(
            "damaged: This may lack work that was kept: {remedy}."
        ));
    }
}

/// Says on standard error what was noted or repaired when a session was opened.
pub fn say_notes(notes: &[String]) {
    for sentence in notes {
        tell(format_args!("note: {}", clean(sentence)));
    }
}

/// Reads the configuration file, if there is one; a file that was asked for must be there.
fn configuration(paths: &Paths) -> anyhow::Result<(Config, Vec<String>)> {
    let file = paths.config.display();
    let asked = paths.config_chosen == Chosen::Flag;
    let text = match small(&paths.config) {
        Ok(Some(text)) => text,
        Ok(None) if !asked => return Ok(Default::default()),
        Ok(None) => {
            let problem = format!("The configuration {file} is not there; check its path.");
            return Err(Failure::input(problem));
        }
        Err(why) => {
            let problem = format!("The configuration {file} {why}.");
            if asked {
                return Err(Failure::input(problem));
            }
            return Ok((Config::default(), vec![clean(&problem)]));
        }
    };
    let (config, problems) = Config::parse(&text);
    let mut said: Vec<String> = problems
        .iter()
        .map(|p| clean(&format!("{file}:{}: {}", p.line, p.message)))
        .collect();
    let clashes = Keymap::default().remap(&config.keys);
    said.extend(
        clashes
            .iter()
            .map(|c| clean(&format!("{file}: A key was left out: {c}."))),
    );
    Ok((config, said))
}

/// The text of a file of settings; none where there is no such file, and else what is wrong with it.
fn small(path: &Path) -> Result<Option<String>, String> {
    let failed = |e: std::io::Error| format!("could not be read: {e}");
    let (file, _) = match regular::open(path) {
        Ok(open) => open,
        Err(NotOpened::Io(e)) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(NotOpened::Io(e)) => return Err(failed(e)),
        Err(NotOpened::NotAFile(it)) => {
            return Err(format!(
                "is {}, not a file; name a file of settings",
                it.what()
            ));
        }
    };
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err("is larger than 1 MB, as no configuration is; check which file it is".into());
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The user's login, `checker` where none is known.
fn login() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "checker".into())
}

/// A moment as reports show it: to the minute, in UTC.
pub fn minute(at: Time) -> String {
    at.strftime("%Y-%m-%d %H:%MZ").to_string()
}
