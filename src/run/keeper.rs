//! The keeper: the one thread that writes. Steps are appended in order, one write and one sync each; what cannot be
//! written waits in memory and is tried again.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::events::Event;
use crate::app::msg::Msg;
use crate::core::history::Step;
use crate::core::model::{Checker, Session, Time};
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::{Library, NewSession, StoreError, Writer, save_elsewhere};

/// Work for the keeper.
pub enum Keep {
    /// Writes to this session from now on; none where it is read-only or not on the disk yet.
    Take(Option<Writer>),
    /// Makes the session's folder with its first step.
    Create {
        /// The session after the step.
        session: Box<Session>,
        /// The step.
        step: Step,
        /// The stored text.
        text: ArticleText,
        /// What is proposed so far.
        proposals: Arc<Proposals>,
        /// Who makes it.
        checker: Checker,
    },
    /// Appends a step.
    Append(Step),
    /// Tries again what could not be written.
    Retry,
    /// Writes the checkpoint, if every step before it is written.
    Checkpoint(Box<Session>, u64),
    /// Keeps the proposals of the text with this hash.
    Proposals(Arc<Proposals>, String),
    /// Keeps where the checker is.
    Place(Place),
    /// Keeps what stands in a form.
    Draft(Option<Draft>),
    /// Hashes a file and keeps a copy.
    File(String),
    /// Writes everything to another folder.
    Elsewhere(PathBuf, Box<Elsewhere>),
    /// Ends once everything before it is done.
    Stop,
}

impl Keep {
    /// Whether this work makes an earlier one needless.
    fn replaces(&self, earlier: &Self) -> bool {
        matches!(
            (self, earlier),
            (Self::Draft(_), Self::Draft(_))
                | (Self::Place(_), Self::Place(_))
                | (Self::Checkpoint(..), Self::Checkpoint(..))
        )
    }
}

/// All that [`Keep::Elsewhere`] writes.
pub struct Elsewhere {
    /// The session.
    pub session: Box<Session>,
    /// All its steps.
    pub steps: Vec<Step>,
    /// The stored text of the current version.
    pub text: ArticleText,
    /// The proposals.
    pub proposals: Arc<Proposals>,
    /// Where the checker is.
    pub place: Option<Place>,
}

/// The running keeper.
pub struct Keeper {
    work: Sender<Keep>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the keeper.
    pub fn start(library: Library, events: Sender<Event>) -> std::io::Result<Self> {
        let (work, todo) = channel();
        let worker = Worker {
            library,
            events,
            writer: None,
            unwritten: VecDeque::new(),
            creating: None,
        };
        let thread = std::thread::Builder::new()
            .name("keeper".into())
            .spawn(move || worker.run(&todo))?;
        Ok(Self {
            work,
            thread: Some(thread),
        })
    }

    /// Gives the keeper work; whether it is still there to take it.
    pub fn send(&self, work: Keep) -> bool {
        self.work.send(work).is_ok()
    }

    /// Waits until everything given so far is done.
    pub fn finish(&mut self) {
        self.send(Keep::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Keeper {
    /// What was given is written even where the program ends by a panic.
    fn drop(&mut self) {
        self.finish();
    }
}

struct Worker {
    library: Library,
    events: Sender<Event>,
    writer: Option<Writer>,
    unwritten: VecDeque<Step>,
    /// A session whose folder could not be made yet.
    creating: Option<Keep>,
}

impl Worker {
    fn run(mut self, todo: &Receiver<Keep>) {
        let mut waiting: VecDeque<Keep> = VecDeque::new();
        loop {
            let work = match waiting.pop_front() {
                Some(work) => work,
                None => match todo.recv() {
                    Ok(work) => work,
                    Err(_) => return,
                },
            };
            waiting.extend(todo.try_iter());
            // Only the newest draft, place and checkpoint count; a step never waits for one that is out of date.
            if waiting.iter().any(|later| later.replaces(&work)) {
                continue;
            }
            match work {
                Keep::Stop => return,
                Keep::Take(writer) => {
                    self.writer = writer;
                    self.unwritten.clear();
                    self.creating = None;
                }
                create @ Keep::Create { .. } => {
                    self.creating = Some(create);
                    self.write();
                }
                Keep::Append(step) => {
                    self.unwritten.push_back(step);
                    self.write();
                }
                Keep::Retry => self.write(),
                Keep::Checkpoint(session, seq) => self.checkpoint(&session, seq),
                Keep::Proposals(proposals, text) => {
                    let done = self
                        .writer
                        .as_mut()
                        .map(|w| w.add_proposals(&proposals, &text));
                    self.report(done);
                }
                Keep::Place(place) => {
                    let done = self.writer.as_mut().map(|w| w.save_place(&place));
                    self.report(done);
                }
                Keep::Draft(draft) => {
                    let done = self.writer.as_mut().map(|w| match &draft {
                        Some(d) => w.save_draft(d),
                        None => w.clear_draft(),
                    });
                    self.report(done);
                }
                Keep::File(path) => self.take_file(path),
                Keep::Elsewhere(folder, all) => self.elsewhere(&folder, &all),
            }
        }
    }

    fn tell(&self, msg: Msg) {
        let _ = self.events.send(Event::Msg(msg));
    }

    /// What stands beside the journal is worth a word when it fails, and no more: nothing of the work is in it.
    fn report(&self, done: Option<Result<(), StoreError>>) {
        if let Some(Err(e)) = done {
            self.tell(Msg::Notice(
                crate::app::notices::Level::Warning,
                e.to_string(),
            ));
        }
    }

    /// Makes the folder if that is due, then writes every step that waits, in order.
    fn write(&mut self) {
        if let Some(Keep::Create {
            session,
            step,
            text,
            proposals,
            checker,
        }) = &self.creating
        {
            match create(&self.library, session, step, text, proposals, checker) {
                Ok((name, writer)) => {
                    self.writer = writer;
                    self.creating = None;
                    self.tell(Msg::Created { name });
                    self.tell(Msg::Saved { seq: 1 });
                }
                Err(e) => return self.tell(Msg::SaveFailed(e.to_string())),
            }
        }
        while let Some(step) = self.unwritten.front() {
            let Some(writer) = &mut self.writer else {
                return self.tell(Msg::SaveFailed(
                    "The session is not open for writing.".into(),
                ));
            };
            match writer.append(step) {
                Ok(()) => {
                    let seq = step.seq;
                    self.unwritten.pop_front();
                    self.tell(Msg::Saved { seq });
                }
                Err(e) => return self.tell(Msg::SaveFailed(e.to_string())),
            }
        }
    }

    fn checkpoint(&mut self, session: &Session, seq: u64) {
        if !self.unwritten.is_empty() || self.creating.is_some() {
            return self.write();
        }
        match self.writer.as_mut().map(|w| w.checkpoint(session, seq)) {
            Some(Ok(())) => self.tell(Msg::CheckpointWritten),
            failed => self.report(failed),
        }
    }

    fn take_file(&mut self, path: String) {
        let result = match &mut self.writer {
            Some(w) => w
                .add_file(std::path::Path::new(&path))
                .map_err(|e| e.to_string()),
            None => Err("The session is not saved yet: take a statement up first.".into()),
        };
        let _ = self
            .events
            .send(Event::Done(Msg::FileTaken { path, result }));
    }

    fn elsewhere(&mut self, folder: &std::path::Path, all: &Elsewhere) {
        let texts: Vec<(String, ArticleText)> = all
            .session
            .article
            .versions
            .last()
            .map(|v| (v.text_sha256.clone(), all.text.clone()))
            .into_iter()
            .collect();
        let kept = self.writer.as_ref().and_then(Writer::kept);
        let done = save_elsewhere(
            folder,
            &crate::store::Everything {
                session: &all.session,
                steps: &all.steps,
                texts: &texts,
                proposals: Some(&all.proposals),
                place: all.place.as_ref(),
                draft: None,
                kept: kept.as_ref(),
            },
        );
        match done {
            Ok(there) => {
                let seq = all.steps.last().map_or(0, |s| s.seq);
                self.unwritten.clear();
                self.creating = None;
                let said = format!("The session is saved in {}.", there.display());
                self.tell(Msg::Notice(crate::app::notices::Level::Info, said));
                self.tell(Msg::Saved { seq });
            }
            Err(e) => self.tell(Msg::SaveFailed(e.to_string())),
        }
    }
}

fn create(
    library: &Library,
    session: &Session,
    step: &Step,
    text: &ArticleText,
    proposals: &Proposals,
    checker: &Checker,
) -> Result<(String, Option<Writer>), StoreError> {
    let version = session.article.versions.last();
    let hash = |f: fn(&crate::core::model::ArticleVersion) -> &str| version.map_or("", f);
    let now: Time = step.at;
    let opened = library.create(&NewSession {
        name: &session.name,
        id: session.id,
        article: &session.article,
        text,
        text_sha256: hash(|v| &v.text_sha256),
        original_sha256: hash(|v| &v.original_sha256),
        origin: hash(|v| &v.origin),
        proposals,
        checker,
        now,
        step: step.id,
    })?;
    Ok((opened.name, opened.writer))
}
