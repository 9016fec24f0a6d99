//! Kills at scale: the program is killed at random moments while it is typed into, leaves, imports, repairs and makes a
//! session, and each time the next opening has to be right. It takes minutes, so it is run on request:
//!
//! ```text
//! CLAIMDESK_KILLS=1000 cargo nextest run --test suite --run-ignored only kills --no-capture
//! ```
//!
//! `CLAIMDESK_SEED` gives the moments; the one that was used is printed.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::harbour::{home, journal, session};
use crate::tty::Tty;

/// So many kills hit one session before the next one is made.
const EACH: u64 = 40;

/// Numbers that look random and are the same for the same seed (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn moment(&mut self, most: u64) {
        std::thread::sleep(Duration::from_micros(self.below(most * 1000)));
    }
}

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |n| n.parse().unwrap())
}

/// What the program does when it is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    /// Steps, one after the other.
    Typing,
    /// The last steps and the checkpoint, on leaving.
    Leaving,
    /// A step of many edits by another command.
    Importing,
    /// A repair of a damaged copy.
    Repairing,
    /// A new session.
    Making,
}

const ALL: [Doing; 5] = [
    Doing::Typing,
    Doing::Leaving,
    Doing::Importing,
    Doing::Repairing,
    Doing::Making,
];

/// What a list says of damage, in two fields.
const DAMAGE: [&str; 2] = ["damage", "problem"];
/// The same, and that the checkpoint has to be made anew.
const ALL_FIELDS: [&str; 3] = ["damage", "problem", "checkpoint"];

/// What is counted over all rounds.
#[derive(Debug, Default)]
struct Tally {
    kills: [u64; 5],
    /// Lines that had been shown as saved before a kill.
    shown: u64,
    /// Openings that set an unfinished line aside.
    torn: u64,
}

/// A home with a session in it.
struct Bench {
    home: tempfile::TempDir,
    article: String,
    /// An export of the session, to be taken in again.
    export: PathBuf,
    /// A damaged session.
    damaged: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let (home, article) = home();
        let mut t = Tty::start(home.path(), &[&article]);
        t.opened().press("Va").closed(1).saved();
        t.press("jd").closed(2).saved().press("q");
        assert_eq!(t.end(), 0);
        let export = home.path().join("harbour.json");
        let damaged = home.path().join("damaged/harbour");
        let bench = Self {
            article,
            export,
            damaged,
            home,
        };
        let out = bench.export.to_str().unwrap();
        bench.well(&["export", "harbour", "--format", "json", "-o", out]);
        copy(&session(bench.home.path()), &bench.damaged);
        let path = bench.damaged.join("journal.jsonl");
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        fs::write(path, bytes).unwrap();
        bench
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_claimdesk"));
        command
            .args(arguments)
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("CLAIMDESK_HOME", self.home.path().join("data"))
            .env("USER", "tester")
            .stdin(Stdio::null());
        command
    }

    fn well(&self, arguments: &[&str]) -> String {
        let ran = self.command(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{arguments:?}: {said}");
        String::from_utf8(ran.stdout).unwrap()
    }

    /// Starts a command and kills it at a random moment.
    fn killed(&self, arguments: &[&str], chance: &mut Chance) {
        let quiet = || Stdio::null();
        let mut child = self
            .command(arguments)
            .stdout(quiet())
            .stderr(quiet())
            .spawn()
            .unwrap();
        chance.moment(60);
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// What the list says in these fields is wrong with the session; empty where nothing is.
    fn marks(&self, sessions: &str, fields: &[&str]) -> String {
        let listed = self.well(&["list", "--json", "--sessions", sessions]);
        let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
        let all = listed.as_array().unwrap().iter();
        let said = all.flat_map(|s| fields.iter().filter_map(|f| s[f].as_str()));
        said.collect::<Vec<&str>>().join("; ")
    }

    fn type_and_kill(&self, leaving: bool, chance: &mut Chance, tally: &mut Tally) {
        let mut t = Tty::start(self.home.path(), &["resume"]);
        t.wait("the session", |s| {
            s.contains("saved") || s.contains("closed")
        });
        assert!(!t.text().contains("read-only"), "{}", t.text());
        tally.torn += u64::from(t.text().contains("was set aside"));
        t.press("gVa").saved();
        // All that is on the disk now was shown as saved.
        let shown = fs::read(journal(self.home.path())).unwrap();
        for _ in 0..chance.below(12) {
            let keys = ["Va", "Vi", "jd", "k ", "gVa", "jVi", "u", "U"];
            t.press(keys[chance.below(keys.len() as u64) as usize]);
            chance.moment(6);
        }
        if leaving {
            t.press("q");
            chance.moment(40);
        }
        t.signal("KILL");
        t.end();
        let kept = fs::read(journal(self.home.path())).unwrap();
        assert!(
            kept.starts_with(&shown),
            "a step that was shown as saved is lost"
        );
        tally.shown += shown.iter().filter(|b| **b == b'\n').count() as u64;
    }

    /// One kill, and what has to hold after it.
    fn round(&self, doing: Doing, chance: &mut Chance, tally: &mut Tally) {
        let home = self.home.path();
        let before = fs::read(journal(home)).unwrap();
        match doing {
            Doing::Typing => self.type_and_kill(false, chance, tally),
            Doing::Leaving => self.type_and_kill(true, chance, tally),
            Doing::Importing => {
                let file = self.export.to_str().unwrap();
                let into = ["import", file, "--format", "json", "--into", "harbour"];
                self.killed(&into, chance);
            }
            Doing::Repairing => {
                let there = home.join("repaired/harbour");
                copy(&self.damaged, &there);
                let sessions = there.parent().unwrap().to_str().unwrap();
                let repair = ["repair", "harbour", "--sessions", sessions];
                self.killed(&repair, chance);
                self.well(&repair);
                // One that was killed may have left the checkpoint to the next opening.
                assert_eq!(self.marks(sessions, &DAMAGE), "", "after a repair");
                fs::remove_dir_all(there).unwrap();
            }
            Doing::Making => {
                let there = home.join("made");
                let sessions = there.to_str().unwrap();
                self.killed(&["new", &self.article, "--sessions", sessions], chance);
                // It is there whole, or not at all.
                assert_eq!(self.marks(sessions, &ALL_FIELDS), "");
                if there.exists() {
                    fs::remove_dir_all(there).unwrap();
                }
            }
        }
        let kept = fs::read(journal(home)).unwrap();
        assert!(kept.starts_with(&before), "lines of the journal are lost");
        // A last line that is torn is no damage, and nothing else is wrong.
        let sessions = session(home).parent().unwrap().to_path_buf();
        let sessions = sessions.to_str().unwrap();
        assert_eq!(self.marks(sessions, &ALL_FIELDS), "", "{doing:?}");
    }

    /// The end of a session: the first opening after the last kill can be written to, and everything is in order.
    fn close(&self) {
        let mut t = Tty::start(self.home.path(), &["resume"]);
        t.opened();
        assert!(!t.text().contains("read-only"), "{}", t.text());
        t.press("gVa").saved().press("q");
        assert_eq!(t.end(), 0);
        // What the house rules say of it is another matter.
        let found = self.command(&["check", "harbour"]).output().unwrap();
        let found = String::from_utf8(found.stdout).unwrap();
        assert!(!found.contains("[integrity]"), "{found}");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &there),
            false => drop(fs::copy(&path, there).unwrap()),
        }
    }
}

#[test]
#[ignore = "a thousand kills take minutes"]
fn kills_at_any_moment_lose_nothing_that_was_shown_as_saved() {
    let rounds = from_environment("CLAIMDESK_KILLS", 1000);
    let seed = from_environment("CLAIMDESK_SEED", 0x5eed_0008);
    let mut chance = Chance(seed);
    let mut tally = Tally::default();
    let mut bench = Bench::new();
    for round in 0..rounds {
        if round % EACH == EACH - 1 {
            bench.close();
            bench = Bench::new();
        }
        // Typing and leaving are what is done all day.
        let n = [0, 0, 0, 1, 1, 2, 3, 4][chance.below(8) as usize];
        tally.kills[n] += 1;
        bench.round(ALL[n], &mut chance, &mut tally);
    }
    bench.close();
    let named: Vec<String> = ALL
        .iter()
        .zip(tally.kills)
        .map(|(doing, n)| format!("{doing:?} {n}"))
        .collect();
    let said = format!(
        "{rounds} kills with seed {seed} ({}); {} lines had been shown as saved, {} openings set a torn line aside",
        named.join(", "),
        tally.shown,
        tally.torn
    );
    writeln!(std::io::stderr(), "{said}").unwrap();
}
