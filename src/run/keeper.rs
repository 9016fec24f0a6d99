//! The keeper: the one thread that writes steps, and does nothing else that could take long. Steps are appended in order,
//! one write and one sync each; what cannot be written waits in memory and is tried again.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::events::Event;
use crate::app::msg::Msg;
use crate::core::birth::Newborn;
use crate::core::history::Step;
use crate::core::model::{Checker, Session};
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::{Library, Opened, StoreError, Writer};

/// Work for the keeper.
pub enum Keep {
    /// Writes to this session from now on; none where it is read-only or not on the disk yet.
    Take(Option<Writer>),
    /// Makes the session's folder with its first step.
    Create {
        /// The name wished for.
        name: String,
        /// The first step.
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
    /// Tries again what could not be written, and looks whether all that was written is still there.
    Retry,
    /// Writes the checkpoint, if every step before it is written.
    Checkpoint(Box<Session>, u64),
    /// Keeps the proposals of the text with this hash.
    Proposals(Arc<Proposals>, String),
    /// Keeps where the checker is.
    Place(Place),
    /// Keeps what stands in a form.
    Draft(Option<Draft>),
    /// What could not be written is saved elsewhere, or given up.
    Forget,
    /// Ends once everything before it is done.
    Stop,
}

impl Keep {
    /// Whether this work makes an earlier one needless. A step does so to a checkpoint that it would have to wait for: that
    /// would lack the step, and another is written when it is quiet again.
    fn replaces(&self, earlier: &Self) -> bool {
        matches!(
            (self, earlier),
            (Self::Draft(_), Self::Draft(_))
                | (Self::Place(_), Self::Place(_))
                | (Self::Checkpoint(..) | Self::Append(_), Self::Checkpoint(..))
        )
    }
}

/// How long the end of the program waits for a keeper that is still at work.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// The running keeper.
pub struct Keeper {
    work: Sender<Keep>,
    /// Disconnected once it has ended; none where nobody waits for that any more.
    ended: Option<Receiver<()>>,
}

/// Tells the main loop that the keeper has ended, however that came.
struct Ended(Sender<Event>, #[allow(dead_code)] Sender<()>);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.send(Event::KeeperEnded);
    }
}

impl Keeper {
    /// Starts the keeper.
    pub fn start(library: Library, events: Sender<Event>) -> std::io::Result<Self> {
        let (work, todo) = channel();
        let (alive, ended) = channel();
        let end = Ended(events.clone(), alive);
        let worker = Worker {
            library,
            events,
            writer: None,
            unwritten: VecDeque::new(),
            creating: None,
        };
        std::thread::Builder::new()
            .name("keeper".into())
            .spawn(move || {
                let _end = end;
                worker.run(&todo);
            })?;
        Ok(Self {
            work,
            ended: Some(ended),
        })
    }

    /// Gives the keeper work; whether it is still there to take it.
    pub fn send(&self, work: Keep) -> bool {
        self.work.send(work).is_ok()
    }

    /// Asks it to end once everything given so far is done; [`Event::KeeperEnded`] says that it has.
    pub fn stop(&self) {
        self.send(Keep::Stop);
    }

    /// Nobody waits for its end any more.
    pub fn let_go(&mut self) {
        self.ended = None;
    }
}

impl Drop for Keeper {
    /// What was given is written even where the program ends by a panic, if the disk lets it.
    fn drop(&mut self) {
        if let Some(ended) = &self.ended {
            self.stop();
            let _ = ended.recv_timeout(PATIENCE);
        }
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
                    self.tell_kept(writer.as_ref());
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
                Keep::Retry => self.retry(),
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
                Keep::Forget => {
                    self.unwritten.clear();
                    self.creating = None;
                }
            }
        }
    }

    fn tell(&self, msg: Msg) {
        let _ = self.events.send(Event::Msg(msg));
    }

    fn tell_kept(&self, writer: Option<&Writer>) {
        let _ = self.events.send(Event::Kept(writer.and_then(Writer::kept)));
    }

    /// Writes what waits; where nothing does, looks whether all that was written is still there.
    fn retry(&mut self) {
        if !self.unwritten.is_empty() || self.creating.is_some() {
            return self.write();
        }
        if let Some(writer) = &mut self.writer {
            let told = match writer.look() {
                Ok(()) => Msg::Saved { seq: writer.seq() },
                Err(e) => Msg::SaveFailed(e.to_string()),
            };
            self.tell(told);
        }
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
            name,
            step,
            text,
            proposals,
            checker,
        }) = &self.creating
        {
            let newborn = Newborn {
                name,
                step: step.clone(),
                text,
                proposals,
                checker,
            };
            match self.library.create(&newborn) {
                Ok(Opened { name, writer, .. }) => {
                    self.tell_kept(writer.as_ref());
                    let intake = writer.as_ref().map(Writer::intake);
                    self.writer = writer;
                    self.creating = None;
                    let _ = self.events.send(Event::Made(name, intake));
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
            // Steps that were shown as saved may not be there any more.
            Some(Err(e @ StoreError::Changed { .. })) => self.tell(Msg::SaveFailed(e.to_string())),
            failed => self.report(failed),
        }
    }
}
