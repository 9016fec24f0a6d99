//! What tests of this layer share: a session, its steps, a disk that does not answer, and waiting for an event.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use super::events::Event;
use super::main_loop::MainLoop;
use super::{Begin, Launch};
use crate::app::config::Config;
use crate::app::msg::OpenWhat;
use crate::core::birth::NewSession;
use crate::core::edit::Edit;
use crate::core::history::{Step, StepKind};
use crate::core::ids::{CheckerId, VersionId};
use crate::core::model::{Article, ArticleField, Checker, Time};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::{Disk, InFolder, Library, Pen, Shelf};
use crate::work::article::HowToRead;

/// Long enough for the slowest machine.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// A new session called `kell`, whose title is `Kell 1`.
pub(super) fn made(library: &Library) -> InFolder {
    let text = ArticleText::new("Kell Bridge opens.\n".into());
    let sha256 = crate::store::sha256(text.as_str().as_bytes());
    let new = NewSession {
        name: "kell",
        id: uuid::Uuid::from_u128(7).into(),
        article: &Article {
            title: "Kell 1".into(),
            ..Article::default()
        },
        text: &text,
        version: VersionId::of_text(text.as_str()),
        original_sha256: &sha256,
        origin: "kell.txt",
        left_out: "",
        proposals: &Proposals {
            reader: "builtin-1".into(),
            ..Proposals::default()
        },
        checker: &Checker {
            id: CheckerId::of("ana"),
            name: "Ana".into(),
        },
        now: Time::UNIX_EPOCH,
        step: uuid::Uuid::from_u128(1).into(),
    };
    library.create(&new.newborn()).unwrap()
}

/// The pen of a session that was made.
pub(super) fn pen(made: InFolder) -> Box<dyn Pen> {
    Box::new(made.writer.unwrap())
}

/// The workbench with the session called `name` open.
pub(super) fn at_work(shelf: Arc<dyn Shelf>, name: &str) -> MainLoop {
    let launch = Launch {
        begin: Begin::Pick,
        reading: HowToRead::default(),
        shelf: shelf.clone(),
        config: Config::default(),
        config_problems: Vec::new(),
        me: "Ana".into(),
        color: false,
        at: Some(Time::UNIX_EPOCH),
        keys: Vec::new(),
        print: None,
    };
    let mut main_loop = MainLoop::new(launch, shelf, None).unwrap();
    main_loop.open(OpenWhat::Session(name.into()));
    until(&mut main_loop, |m| {
        m.state.bench.as_ref().is_some_and(|b| b.identified)
    });
    main_loop
}

/// Lets the workbench take what happens until `there` holds.
pub(super) fn until(main_loop: &mut MainLoop, there: impl Fn(&MainLoop) -> bool) {
    while !there(main_loop) {
        let event = main_loop.inbox.recv_timeout(PATIENCE);
        main_loop.event(event.expect("it never came"));
    }
}

/// A step of that session, which changes the title to `Kell` and its number.
pub(super) fn step(seq: u64) -> Step {
    let title = |n: u64| ArticleField::Title(format!("Kell {n}"));
    Step {
        seq,
        id: uuid::Uuid::from_u128(u128::from(seq)).into(),
        at: Time::UNIX_EPOCH,
        by: CheckerId::of("ana"),
        kind: StepKind::Do,
        of: None,
        edits: vec![Edit::Article(title(seq - 1), title(seq))],
    }
}

/// Waits for the event that is `wanted`.
pub(super) fn next<T>(events: &Receiver<Event>, wanted: impl Fn(Event) -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let event = events.recv_timeout(left).expect("it never came");
        if let Some(found) = wanted(event) {
            return found;
        }
    }
}

/// What a disk does not answer to while it is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// Nothing.
    Nothing,
    /// The making of new files: appending to a journal goes on.
    NewFiles,
    /// The writing of anything.
    Writing,
}

/// A disk that can be stopped, and goes on where it was when it is let go.
#[derive(Debug)]
pub(super) struct Gate {
    state: Mutex<(Stopped, usize)>,
    changed: Condvar,
}

impl Gate {
    /// A disk that answers.
    pub(super) fn open() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new((Stopped::Nothing, 0)),
            changed: Condvar::new(),
        })
    }

    /// Stops it, or lets it go.
    pub(super) fn stop(&self, what: Stopped) {
        self.state.lock().unwrap().0 = what;
        self.changed.notify_all();
    }

    /// Waits until somebody waits for it.
    pub(super) fn until_it_is_waited_for(&self) {
        let state = self.state.lock().unwrap();
        let (_state, late) = self
            .changed
            .wait_timeout_while(state, PATIENCE, |s| s.1 == 0)
            .unwrap();
        assert!(!late.timed_out(), "nobody came");
    }

    fn pass(&self, what: Stopped) {
        let mut state = self.state.lock().unwrap();
        state.1 += 1;
        self.changed.notify_all();
        let mut state = self.changed.wait_while(state, |s| s.0 == what).unwrap();
        state.1 -= 1;
    }
}

impl Disk for Gate {
    fn open(&self, path: &Path, how: &OpenOptions) -> io::Result<File> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(".claimdesk-") {
            self.pass(Stopped::NewFiles);
        }
        how.open(path)
    }

    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        self.pass(Stopped::Writing);
        io::Write::write_all(&mut file, bytes)
    }
}
