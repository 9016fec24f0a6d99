//! Evidence on its way into the session: looked at and copied, each file by a thread of its own. Nobody waits for them:
//! a step that refers to a file is made when its copy is there, and leaving gives up what is not.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::events::Event;
use super::handed::{self, Task};
use crate::app::msg::{Msg, SeenFile};
use crate::core::model::EvidenceFile;
use crate::core::progress::{Progress, ProgressUnit};
use crate::store::evidence::{FileFacts, Original, TakeError};
use crate::store::{Blobs, Shelf, fits};
use crate::work::program;

/// How often a copy says how far it is.
const PACE: Duration = Duration::from_millis(100);
/// How long the program waits at its end for copies that were given up to take their parts away. What stays is taken away
/// when the session is opened again.
const SWEEP: Duration = Duration::from_millis(150);

/// How files are had; tests put another way in its place.
pub trait Files: Send + Sync {
    /// Looks at a file.
    ///
    /// # Errors
    /// When it is none.
    fn look(&self, path: &Path, task: &Task) -> Result<FileFacts, TakeError>;
    /// Opens a file.
    ///
    /// # Errors
    /// When it is none, or cannot be had.
    fn open(&self, path: &Path, task: &Task) -> Result<Box<dyn Original>, TakeError>;
    /// Lists what stands in the folder of a path under names that begin as its last part does.
    ///
    /// # Errors
    /// When there is no such folder.
    fn names(&self, path: &Path, task: &Task) -> Result<Vec<String>, TakeError>;
}

/// Files that a child hands over.
struct ByChild;

impl Files for ByChild {
    fn look(&self, path: &Path, task: &Task) -> Result<FileFacts, TakeError> {
        let program = program().map_err(|e| TakeError::of(path, e))?;
        handed::look(&program, path, task)
    }

    fn open(&self, path: &Path, task: &Task) -> Result<Box<dyn Original>, TakeError> {
        let program = program().map_err(|e| TakeError::of(path, e))?;
        Ok(Box::new(handed::open(&program, path, task)?))
    }

    fn names(&self, path: &Path, task: &Task) -> Result<Vec<String>, TakeError> {
        let program = program().map_err(|e| TakeError::of(path, e))?;
        handed::names(&program, path, task)
    }
}

/// What is under way, and where it goes.
pub struct Copies {
    events: Sender<Event>,
    files: Arc<dyn Files>,
    /// Where the session keeps its copies; none where it is still to be made.
    blobs: Option<Arc<dyn Blobs>>,
    tasks: HashMap<u64, Arc<Task>>,
    /// Files that wait for the session to be made.
    waiting: Vec<(u64, PathBuf)>,
}

impl Copies {
    /// Nothing is under way yet.
    pub fn new(events: Sender<Event>) -> Self {
        Self::with(events, Arc::new(ByChild))
    }

    fn with(events: Sender<Event>, files: Arc<dyn Files>) -> Self {
        Self {
            events,
            files,
            blobs: None,
            tasks: HashMap::new(),
            waiting: Vec::new(),
        }
    }

    /// The session on the screen keeps its copies there from now on.
    pub fn go_to(&mut self, blobs: Option<Arc<dyn Blobs>>) {
        self.blobs = blobs;
        if self.blobs.is_some() {
            for (id, path) in std::mem::take(&mut self.waiting) {
                if let Some(task) = self.tasks.get(&id).cloned() {
                    self.begin(id, path, task);
                }
            }
        }
    }

    /// Looks which of `paths` is there first, and whether it fits; a session that is still to be made comes on `shelf`.
    pub fn look(&mut self, id: u64, paths: Vec<PathBuf>, shelf: Arc<dyn Shelf>) {
        let task = self.task(id);
        let files = self.files.clone();
        let blobs = self.blobs.clone();
        self.spawn(id, move || {
            let found = first_there(&paths, &task, &*files).and_then(|(path, about)| {
                let room = blobs.map_or_else(|| shelf.room(), |b| b.room());
                fits(room, path, &about)?;
                Ok(SeenFile {
                    path: path.to_owned(),
                    bytes: about.bytes,
                })
            });
            Msg::FileSeen {
                id,
                found: found.map_err(|e| e.to_string()),
            }
        });
    }

    /// Lists what a path may go on with.
    pub fn complete(&mut self, id: u64, path: PathBuf) {
        let task = self.task(id);
        let files = self.files.clone();
        self.spawn(id, move || Msg::PathCompleted {
            id,
            names: files.names(&path, &task).map_err(|e| e.to_string()),
        });
    }

    /// Copies a file into the session, as soon as that has a folder.
    pub fn take(&mut self, id: u64, path: PathBuf) {
        let task = self.task(id);
        match self.blobs {
            Some(_) => self.begin(id, path, task),
            None => self.waiting.push((id, path)),
        }
    }

    fn begin(&mut self, id: u64, path: PathBuf, task: Arc<Task>) {
        let Some(blobs) = self.blobs.clone() else {
            return;
        };
        let (files, events) = (self.files.clone(), self.events.clone());
        self.spawn(id, move || {
            let result = files
                .open(&path, &task)
                .and_then(|mut original| copy(id, &path, &mut *original, &*blobs, &task, &events));
            Msg::FileTaken {
                id,
                result: result.map_err(|e| e.to_string()),
            }
        });
    }

    fn task(&mut self, id: u64) -> Arc<Task> {
        let task = Arc::new(Task::default());
        self.tasks.insert(id, task.clone());
        task
    }

    fn spawn(&self, id: u64, work: impl FnOnce() -> Msg + Send + 'static) {
        let events = self.events.clone();
        let spawned = std::thread::Builder::new()
            .name("copying".into())
            .spawn(move || {
                // At the program's end nobody is left to hear of it.
                let _ = events.send(Event::File(id, work()));
            });
        if let Err(e) = spawned {
            let why = format!("No thread could be started ({e}); try again.");
            let _ = self.events.send(Event::File(
                id,
                Msg::FileTaken {
                    id,
                    result: Err(why),
                },
            ));
        }
    }

    /// Takes note that something has ended; whether it was still wanted.
    pub fn ended(&mut self, id: u64) -> bool {
        self.tasks.remove(&id).is_some()
    }

    /// Gives something up, whatever it waits for; whether it was under way.
    pub fn give_up(&mut self, id: u64) -> bool {
        self.waiting.retain(|(waits, _)| *waits != id);
        let task = self.tasks.remove(&id);
        task.is_some_and(|t| {
            t.give_up();
            true
        })
    }

    /// Gives everything up at the program's end, and leaves it a moment to take its parts away.
    pub fn leave(&mut self) {
        let tasks: Vec<_> = self.tasks.drain().map(|(_, task)| task).collect();
        tasks.iter().for_each(|t| t.give_up());
        let until = Instant::now() + SWEEP;
        // A thread that has ended has let go of its task.
        while tasks.iter().any(|t| Arc::strong_count(t) > 1) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The first of `paths` that is there, and what it is.
fn first_there<'a>(
    paths: &'a [PathBuf],
    task: &Task,
    files: &dyn Files,
) -> Result<(&'a Path, FileFacts), TakeError> {
    let mut missing = TakeError::Missing(PathBuf::new());
    for path in paths {
        match files.look(path, task) {
            Ok(about) => return Ok((path, about)),
            Err(e @ TakeError::Missing(_)) => missing = e,
            Err(other) => return Err(other),
        }
    }
    Err(missing)
}

/// Copies, and says now and then how far that is.
fn copy(
    id: u64,
    path: &Path,
    original: &mut dyn Original,
    blobs: &dyn Blobs,
    task: &Task,
    events: &Sender<Event>,
) -> Result<EvidenceFile, TakeError> {
    let of = original.about().bytes;
    let said = Mutex::new(Instant::now());
    let wanted = |done| {
        let mut last = said.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() >= PACE {
            *last = Instant::now();
            let progress = Progress {
                unit: ProgressUnit::Bytes,
                done,
                of: Some(of),
            };
            let _ = events.send(Event::Msg(Msg::Copying { id, progress }));
        }
        task.is_wanted()
    };
    blobs.take_in(path, original, &wanted)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::sync::mpsc::channel;

    use super::*;
    use crate::core::model::Time;
    use crate::run::keeper::{Keep, Keeper};
    use crate::run::testing::{PATIENCE, made, next, pen, step};
    use crate::store::evidence::Here;
    use crate::store::{Library, Mode};

    /// A disk on which reading the file `hangs` never ends, whatever anybody does.
    struct Dead;

    struct Hanging(Here);

    impl Original for Hanging {
        fn about(&self) -> FileFacts {
            self.0.about()
        }
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            loop {
                std::thread::park();
            }
        }
        fn about_now(&mut self) -> std::io::Result<FileFacts> {
            self.0.about_now()
        }
    }

    impl Files for Dead {
        fn look(&self, path: &Path, _: &Task) -> Result<FileFacts, TakeError> {
            Here::look(path)
        }
        fn open(&self, path: &Path, _: &Task) -> Result<Box<dyn Original>, TakeError> {
            let file = Here::open(path)?;
            Ok(match path.ends_with("hangs") {
                true => Box::new(Hanging(file)),
                false => Box::new(file),
            })
        }
        fn names(&self, path: &Path, _: &Task) -> Result<Vec<String>, TakeError> {
            Err(TakeError::Missing(path.to_owned()))
        }
    }

    #[test]
    fn steps_are_saved_and_the_program_ends_while_a_copy_hangs_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["hangs", "minutes.pdf"] {
            std::fs::write(dir.path().join(name), name).unwrap();
        }
        let library = Library::at(&dir.path().join("sessions"));
        let made = made(&library);
        let (sender, events) = channel();
        let mut keeper = Keeper::start(Arc::new(library.clone()), sender.clone()).unwrap();
        let mut copies = Copies::with(sender, Arc::new(Dead));
        // Both are asked for before the folder is there.
        copies.take(1, dir.path().join("hangs"));
        copies.take(2, dir.path().join("minutes.pdf"));
        let pen = pen(made);
        copies.go_to(Some(pen.blobs()));
        keeper.send(Keep::Take(Some(pen)));
        for seq in 2..5 {
            keeper.send(Keep::Append(step(seq)));
            next(&events, |e| {
                matches!(e, Event::Msg(Msg::Saved { seq: saved }) if saved == seq).then_some(())
            });
        }
        // Another file is copied all the same.
        copies.take(3, dir.path().join("minutes.pdf"));
        next(&events, |e| match e {
            Event::File(3, Msg::FileTaken { result, .. }) => Some(result.unwrap()),
            _ => None,
        });
        assert!(copies.ended(3) && !copies.ended(3));
        let begun = Instant::now();
        copies.leave();
        keeper.stop();
        next(&events, |e| matches!(e, Event::KeeperEnded).then_some(()));
        assert!(begun.elapsed() < PATIENCE / 4, "{:?}", begun.elapsed());
        keeper.let_go();
        let opened = library
            .open("kell", Mode::Read, "Ben", Time::UNIX_EPOCH)
            .unwrap()
            .hear(|_, _| {});
        assert_eq!(opened.history.seq(), 4);
    }

    #[test]
    fn the_first_path_that_is_there_is_the_one_meant() {
        let dir = tempfile::tempdir().unwrap();
        let (sender, events) = channel();
        let mut copies = Copies::with(sender, Arc::new(Dead));
        let there = dir.path().join("minutes.pdf");
        std::fs::write(&there, "minutes").unwrap();
        copies.look(
            1,
            vec![dir.path().join("nothing"), there.clone()],
            Arc::new(Library::at(dir.path())),
        );
        let found = next(&events, |e| match e {
            Event::File(1, Msg::FileSeen { found, .. }) => Some(found),
            _ => None,
        });
        assert_eq!(found.unwrap().path, there, "the first that is there");
        assert!(copies.give_up(1) && !copies.give_up(1));
    }
}
