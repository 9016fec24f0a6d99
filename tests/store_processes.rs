//! Sessions under several processes: killed at any moment, and held by one while another asks.
//!
//! This binary starts itself again as the other process: the ignored test `child` does what its environment says.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use claimdesk::core::birth::NewSession;
use claimdesk::core::edit::Edit;
use claimdesk::core::history::{Step, StepKind};
use claimdesk::core::ids::{CheckerId, VersionId};
use claimdesk::core::model::{Article, ArticleField, Checker, Stamp, Time};
use claimdesk::core::proposal::Proposals;
use claimdesk::core::text::ArticleText;
use claimdesk::store::{InFolder, Library, Mode, Pen, ReadOnly, check_integrity, sha256};
use uuid::Uuid;

const DIR: &str = "CLAIMDESK_TEST_DIR";
const TASK: &str = "CLAIMDESK_TEST_TASK";
const NAME: &str = "kell";

fn time(n: u64) -> Time {
    Time::from_millisecond(1_790_000_000_000 + i64::try_from(n).unwrap()).unwrap()
}

fn create(library: &Library) {
    let text = "Kell Bridge opens at last.\n";
    let article = Article::default();
    let proposals = Proposals {
        reader: "builtin-1".into(),
        ..Proposals::default()
    };
    let checker = Checker {
        id: CheckerId::of("Ana"),
        name: "Ana".into(),
    };
    let new = NewSession {
        name: NAME,
        id: Uuid::from_u128(7).into(),
        article: &article,
        text: &ArticleText::new(text.into()),
        version: VersionId::of_text(text),
        original_sha256: &sha256(text.as_bytes()),
        origin: "-",
        left_out: "",
        proposals: &proposals,
        checker: &checker,
        now: time(0),
        step: Uuid::from_u128(1).into(),
    };
    assert!(library.create(&new.newborn()).unwrap().writer.is_some());
}

/// The step that gives the article its next title; some are longer than a block of the disk.
fn next_step(opened: &InFolder, seq: u64) -> Step {
    let title = format!("Title {seq} {}", "x".repeat((seq as usize % 5) * 1500));
    let from = ArticleField::Title(opened.session.article.title.clone());
    Step {
        seq,
        id: Uuid::from_u128(u128::from(seq)).into(),
        at: time(seq),
        by: CheckerId::of("Ana"),
        kind: StepKind::Do,
        of: None,
        edits: vec![Edit::Article(from, ArticleField::Title(title))],
    }
}

#[test]
#[ignore = "what the other tests start as another process"]
fn child() {
    let Some(dir) = std::env::var_os(DIR) else {
        return;
    };
    let library = Library::at(Path::new(&dir));
    let mut opened = library
        .open(NAME, Mode::MustWrite, "Child", time(1))
        .unwrap()
        .hear(|_, _| {});
    let mut out = std::io::stdout();
    writeln!(out, "\nready").unwrap();
    if std::env::var(TASK).unwrap() == "hold" {
        std::io::stdin().lines().for_each(drop);
        return;
    }
    let mut writer = opened.writer.take().unwrap();
    for seq in writer.seq() + 1.. {
        let step = next_step(&opened, seq);
        writer.append(&step).unwrap();
        writeln!(out, "kept {seq}").unwrap();
        out.flush().unwrap();
        let stamp = Stamp {
            at: step.at,
            by: step.by.clone(),
        };
        opened.session.apply(&step.edits, &stamp);
        if seq % 7 == 0 {
            writer.checkpoint(&opened.session, seq).unwrap();
        }
    }
}

struct Other {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Other {
    fn start(dir: &Path, task: &str) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--ignored", "--nocapture"])
            .env(DIR, dir)
            .env(TASK, task)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut other = Self { process, lines };
        while other.lines.next().unwrap().unwrap() != "ready" {}
        other
    }

    /// Kills it (SIGKILL) and says the last step that it said was kept.
    fn kill(mut self) -> u64 {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        let rest = self.lines.map_while(Result::ok);
        rest.filter_map(|l| l.strip_prefix("kept ")?.parse().ok())
            .last()
            .unwrap_or(0)
    }
}

#[test]
fn killed_at_any_moment_every_kept_step_is_there_once() {
    let kills: u64 = std::env::var("CLAIMDESK_KILLS").map_or(30, |n| n.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let library = Library::at(dir.path());
    create(&library);
    let mut kept = 1;
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..kills {
        let mut other = Other::start(dir.path(), "append");
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        for _ in 0..(random >> 33) % 9 {
            if let Some(n) = other.lines.next().unwrap().unwrap().strip_prefix("kept ") {
                kept = n.parse().unwrap();
            }
        }
        for _ in 0..(random >> 40) % 200_000 {
            std::hint::spin_loop();
        }
        kept = kept.max(other.kill());

        let opened = library
            .open(NAME, Mode::MustWrite, "Ben", time(2))
            .unwrap()
            .hear(|_, _| {});
        let last = opened.history.seq();
        assert!(
            last == kept || last == kept + 1,
            "step {kept} was kept, {last} is the last"
        );
        let ids: BTreeSet<_> = opened.history.steps().iter().map(|s| s.id).collect();
        assert_eq!(ids.len() as u64, last, "a step is there twice");
        assert!(
            opened
                .session
                .article
                .title
                .starts_with(&format!("Title {last} "))
                || last == 1
        );
        let findings = check_integrity(&opened.folder).unwrap();
        let bad: Vec<_> = findings
            .iter()
            .filter(|f| !f.place.starts_with("journal.damaged"))
            .collect();
        assert!(bad.is_empty(), "{bad:?}");
        kept = last;
    }
    assert!(kept > kills, "the other process kept something");
}

#[test]
fn another_process_holds_the_session_until_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let library = Library::at(dir.path());
    create(&library);
    let other = Other::start(dir.path(), "hold");
    let second = library
        .open(NAME, Mode::Write, "Ben", time(2))
        .unwrap()
        .hear(|_, _| {});
    let Some(ReadOnly::Held(Some(holder))) = second.read_only else {
        panic!("{:?}", second.read_only);
    };
    assert_eq!((&*holder.name, holder.pid), ("Child", other.process.id()));
    let e = library
        .open(NAME, Mode::MustWrite, "Ben", time(2))
        .unwrap_err();
    assert_eq!(e.exit_code(), 4);
    other.kill();
    assert_eq!(
        library.list().unwrap()[0].holder,
        None,
        "what a killed holder wrote does not count"
    );
    let third = library
        .open(NAME, Mode::MustWrite, "Ben", time(2))
        .unwrap()
        .hear(|_, _| {});
    assert!(third.writer.is_some());
}
