//! The keeper: the one thread that writes steps, and does nothing else that could take long. Steps are appended in order,
//! one write and one sync each; what cannot be written waits in memory and is tried again.
//!
//! A checkpoint of a large session takes long, so another thread writes it, from a state that no longer changes. The keeper
//! says before what the checkpoint is of, puts it in its place after, and appends steps meanwhile.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::events::Event;
use crate::app::msg::Msg;
use crate::app::screen::notices::Level;
use crate::core::birth::Newborn;
use crate::core::history::Step;
use crate::core::ids::CheckerId;
use crate::core::model::{Checker, Session};
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::store::{Accepted, Opened, Pen, ReadyCheckpoint, Shelf, StoreError};

/// Work for the keeper.
pub enum Keep {
    /// Writes with this pen from now on; none where the session is read-only or not kept yet.
    Take(Option<Box<dyn Pen>>),
    /// Makes the session with its first step.
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
    /// Appends these steps in place of all that is still to be appended: steps of others came before those.
    Instead(Vec<Step>),
    /// Tries again what could not be written, and looks whether all that was written is still there.
    Retry,
    /// Writes the checkpoint, if every step before it is written.
    Checkpoint(Box<Session>, u64),
    /// Puts the checkpoint with this number in its place: the thread that writes it has ended. The keeper tells itself.
    PutCheckpoint(u64),
    /// Keeps the proposals of the text with this hash.
    Proposals(Arc<Proposals>, String),
    /// Keeps where the checker is.
    Place(CheckerId, Place),
    /// Keeps what stands in a form.
    Draft(CheckerId, Option<Draft>),
    /// What could not be written is saved elsewhere, or given up.
    Forget,
    /// Ends once everything before it is done.
    Stop,
}

impl Keep {
    /// Whether this work makes an earlier one needless. A step does so to a checkpoint that is not begun: that would lack
    /// the step, and another is written when it is quiet again.
    fn replaces(&self, earlier: &Self) -> bool {
        matches!(
            (self, earlier),
            (Self::Draft(..), Self::Draft(..))
                | (Self::Place(..), Self::Place(..))
                | (
                    Self::Checkpoint(..) | Self::Append(_) | Self::Instead(_),
                    Self::Checkpoint(..)
                )
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
    pub fn start(shelf: Arc<dyn Shelf>, events: Sender<Event>) -> std::io::Result<Self> {
        let (work, todo) = channel();
        let (alive, ended) = channel();
        let end = Ended(events.clone(), alive);
        let worker = Worker {
            shelf,
            events,
            own: work.clone(),
            pen: None,
            unwritten: VecDeque::new(),
            here: VecDeque::new(),
            behind: false,
            creating: None,
            begun: 0,
            under_way: None,
            next: None,
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
    shelf: Arc<dyn Shelf>,
    events: Sender<Event>,
    /// The way to its own work.
    own: Sender<Keep>,
    pen: Option<Box<dyn Pen>>,
    unwritten: VecDeque<Step>,
    /// Steps that are kept on this machine only, until the shared store can be reached.
    here: VecDeque<Step>,
    /// Whether steps of others came first: what was made before those were known is not written any more.
    behind: bool,
    /// A session that could not be made yet.
    creating: Option<Keep>,
    /// How many checkpoints were begun.
    begun: u64,
    /// The checkpoint that is being written.
    under_way: Option<UnderWay>,
    /// The one that is to be written after it.
    next: Option<(Box<Session>, u64)>,
}

/// A checkpoint that a thread is writing.
struct UnderWay {
    number: u64,
    /// The step that it is the state after.
    seq: u64,
    wanted: Arc<AtomicBool>,
    /// What comes of it; nothing where the thread ends by a fault of ours.
    written: Receiver<Result<ReadyCheckpoint, StoreError>>,
}

/// Tells the keeper that a checkpoint is written, or that its thread has ended in another way.
struct Written(Sender<Keep>, u64);

impl Drop for Written {
    fn drop(&mut self) {
        let _ = self.0.send(Keep::PutCheckpoint(self.1));
    }
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
                Keep::Stop => return self.end_checkpoints(),
                Keep::Take(pen) => {
                    // Nothing of the next session waits for this: its steps come after.
                    self.end_checkpoints();
                    self.tell_kept(pen.as_deref());
                    self.pen = pen;
                    self.forget();
                }
                create @ Keep::Create { .. } => {
                    self.creating = Some(create);
                    self.write();
                }
                Keep::Append(step) => {
                    self.unwritten.push_back(step);
                    self.write();
                }
                Keep::Instead(steps) => {
                    self.forget();
                    self.unwritten.extend(steps);
                    self.write();
                }
                Keep::Retry => self.retry(),
                Keep::Checkpoint(session, seq) => self.checkpoint(session, seq),
                Keep::PutCheckpoint(number) => {
                    if self.under_way.as_ref().is_some_and(|c| c.number == number) {
                        self.put_checkpoint();
                        self.begin_checkpoint();
                    }
                }
                Keep::Proposals(proposals, text) => {
                    let pen = self.pen.as_mut();
                    let done = pen.map(|p| p.add_proposals(&proposals, &text));
                    self.report(done);
                }
                Keep::Place(who, place) => {
                    let done = self.pen.as_mut().map(|p| p.save_place(&who, &place));
                    self.report(done);
                }
                Keep::Draft(who, draft) => {
                    let pen = self.pen.as_mut();
                    let done = pen.map(|p| p.save_draft(&who, draft.as_ref()));
                    self.report(done);
                }
                Keep::Forget => self.forget(),
            }
        }
    }

    /// Forgets what is still to be written.
    fn forget(&mut self) {
        self.unwritten.clear();
        self.here.clear();
        self.behind = false;
        self.creating = None;
    }

    fn tell(&self, msg: Msg) {
        let _ = self.events.send(Event::Msg(msg));
    }

    fn tell_kept(&self, pen: Option<&dyn Pen>) {
        let _ = self.events.send(Event::Kept(pen.and_then(Pen::kept)));
    }

    /// Writes what waits; where nothing does, looks whether all that was written is still there.
    fn retry(&mut self) {
        // What is kept on this machine comes first.
        self.here.append(&mut self.unwritten);
        std::mem::swap(&mut self.here, &mut self.unwritten);
        if !self.unwritten.is_empty() || self.creating.is_some() {
            return self.write();
        }
        if let Some(pen) = &mut self.pen {
            let told = match pen.look() {
                Ok(()) => Msg::Saved { seq: pen.seq() },
                Err(e) => Msg::SaveFailed(e.to_string()),
            };
            self.tell(told);
        }
    }

    /// What stands beside the journal is worth a word when it fails, and no more: nothing of the work is in it.
    fn report(&self, done: Option<Result<(), StoreError>>) {
        if let Some(Err(e)) = done {
            self.warn(e.to_string());
        }
    }

    fn warn(&self, said: String) {
        self.tell(Msg::Notice(Level::Warning, said));
    }

    /// Makes the session if that is due, then writes every step that waits, in order.
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
            match self.shelf.create(&newborn) {
                Ok(Opened { name, held, .. }) => {
                    let pen = held.into_pen().ok();
                    self.tell_kept(pen.as_deref());
                    let blobs = pen.as_ref().map(|p| p.blobs());
                    self.pen = pen;
                    self.creating = None;
                    let _ = self.events.send(Event::Made(name, blobs));
                    self.tell(Msg::Saved { seq: 1 });
                }
                Err(e) => return self.tell(Msg::SaveFailed(e.to_string())),
            }
        }
        while let Some(step) = self.unwritten.front().filter(|_| !self.behind) {
            let Some(pen) = &mut self.pen else {
                return self.tell(Msg::SaveFailed(
                    "The session is not open for writing.".into(),
                ));
            };
            match pen.append(step) {
                Ok(Accepted::At(seq)) => {
                    self.unwritten.pop_front();
                    self.tell(Msg::Saved { seq });
                }
                Ok(Accepted::Here) => {
                    let seq = step.seq;
                    self.here.extend(self.unwritten.pop_front());
                    self.tell(Msg::KeptHere(seq));
                }
                Ok(Accepted::Behind(steps)) => {
                    // What becomes of the step after those comes back as `Keep::Instead`.
                    self.behind = true;
                    self.tell(Msg::Arrived(steps));
                }
                Err(e) => return self.tell(Msg::SaveFailed(e.to_string())),
            }
        }
    }

    fn checkpoint(&mut self, session: Box<Session>, seq: u64) {
        if !self.unwritten.is_empty() || self.creating.is_some() {
            return self.write();
        }
        if self.under_way.as_ref().is_some_and(|c| c.seq == seq) {
            return;
        }
        self.next = Some((session, seq));
        self.begin_checkpoint();
    }

    /// Begins the next checkpoint, if there is one that still is the state after the last step, and no other is under way.
    fn begin_checkpoint(&mut self) {
        if self.under_way.is_some() {
            return;
        }
        let (Some((session, seq)), Some(pen)) = (self.next.take(), &mut self.pen) else {
            return;
        };
        if pen.seq() != seq || !self.here.is_empty() {
            return;
        }
        let plan = match pen.plan_checkpoint(seq) {
            Ok(Some(plan)) => plan,
            Ok(None) => return self.tell(Msg::CheckpointWritten { seq }),
            Err(e) => return self.checkpoint_failed(e),
        };
        self.begun += 1;
        let tell = Written(self.own.clone(), self.begun);
        let wanted = Arc::new(AtomicBool::new(true));
        let still = wanted.clone();
        let (answer, written) = channel();
        let spawned = std::thread::Builder::new()
            .name("checkpoint".into())
            .spawn(move || {
                let _ = answer.send(plan.write(&session, &|| still.load(Ordering::Relaxed)));
                drop(tell);
                // To take a large session apart takes as long as to write it, and nobody waits for that.
                drop(session);
            });
        match spawned {
            Ok(_) => {
                self.under_way = Some(UnderWay {
                    number: self.begun,
                    seq,
                    wanted,
                    written,
                });
            }
            Err(e) => self.warn(format!("No thread could be started ({e}); try again.")),
        }
    }

    /// Waits until the checkpoint that is under way is written, and puts it in its place.
    fn put_checkpoint(&mut self) {
        let Some(UnderWay {
            seq,
            wanted,
            written,
            ..
        }) = self.under_way.take()
        else {
            return;
        };
        let Ok(written) = written.recv() else {
            let said =
                "A fault of ours while writing session.json; please report this. Nothing is lost.";
            return self.warn(said.into());
        };
        let put = written.and_then(|ready| match &mut self.pen {
            Some(pen) => pen.put_checkpoint(ready),
            None => Ok(()),
        });
        match put {
            Ok(()) => self.tell(Msg::CheckpointWritten { seq }),
            Err(_) if !wanted.load(Ordering::Relaxed) => {}
            Err(e) => self.checkpoint_failed(e),
        }
    }

    /// Waits until every checkpoint is written; of two the later one is enough.
    fn end_checkpoints(&mut self) {
        while let Some(under_way) = &self.under_way {
            let last = self.pen.as_ref().map(|p| p.seq());
            if self
                .next
                .as_ref()
                .is_some_and(|(_, seq)| Some(*seq) == last)
            {
                under_way.wanted.store(false, Ordering::Relaxed);
            }
            self.put_checkpoint();
            self.begin_checkpoint();
        }
    }

    fn checkpoint_failed(&self, e: StoreError) {
        match e {
            // Steps that were shown as saved may not be there any more.
            StoreError::Changed { .. } => self.tell(Msg::SaveFailed(e.to_string())),
            e => self.warn(e.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::model::Time;
    use crate::run::testing::{Gate, Stopped, made, next, pen, step};
    use crate::store::{InFolder, Library, Mode};

    /// A keeper of a session whose disk can be stopped.
    struct Setting {
        _dir: tempfile::TempDir,
        library: Library,
        disk: Arc<Gate>,
        session: Session,
        keeper: Keeper,
        events: Receiver<Event>,
    }

    fn setting() -> Setting {
        let dir = tempfile::tempdir().unwrap();
        let mut library = Library::at(&dir.path().join("sessions"));
        let disk = Gate::open();
        library.disk = disk.clone();
        let made = made(&library);
        let session = made.session.clone();
        let (sender, events) = channel();
        let keeper = Keeper::start(Arc::new(library.clone()), sender).unwrap();
        keeper.send(Keep::Take(Some(pen(made))));
        Setting {
            _dir: dir,
            library,
            disk,
            session,
            keeper,
            events,
        }
    }

    impl Setting {
        /// The state after step `seq`.
        fn after(&self, seq: u64) -> Box<Session> {
            let mut session = self.session.clone();
            for step in (2..=seq).map(step) {
                let stamp = step.stamp();
                session.apply(&step.edits, &stamp);
            }
            Box::new(session)
        }

        fn until_saved(&self, seq: u64) {
            next(&self.events, |e| match e {
                Event::Msg(Msg::CheckpointWritten { .. }) => unreachable!("the disk is stopped"),
                Event::Msg(Msg::Saved { seq: saved }) => (saved == seq).then_some(()),
                _ => None,
            });
        }

        fn until_checkpoint(&self) -> u64 {
            next(&self.events, |e| match e {
                Event::Msg(Msg::CheckpointWritten { seq }) => Some(seq),
                _ => None,
            })
        }

        /// The step that the checkpoint on the disk is of.
        fn checkpoint_on_disk(&self) -> u64 {
            let path = self.library.dir().join("kell").join("session.json");
            let text = std::fs::read_to_string(path).unwrap();
            let after = text.split("\"journal_seq\":").nth(1).unwrap();
            after.split(',').next().unwrap().parse().unwrap()
        }

        fn opened(&self) -> InFolder {
            self.library
                .open("kell", Mode::Read, "Ben", Time::UNIX_EPOCH)
                .unwrap()
                .hear(|report, damage| assert!(report.is_empty() && damage.is_empty()))
        }
    }

    #[test]
    fn steps_are_saved_while_a_checkpoint_is_being_written() {
        let s = setting();
        s.disk.stop(Stopped::NewFiles);
        s.keeper.send(Keep::Checkpoint(s.after(1), 1));
        s.disk.until_it_is_waited_for();
        for seq in 2..5 {
            s.keeper.send(Keep::Append(step(seq)));
            s.until_saved(seq);
        }
        assert_eq!(s.opened().history.seq(), 4, "they are in the journal");
        s.disk.stop(Stopped::Nothing);
        assert_eq!(s.until_checkpoint(), 1);
        assert_eq!(s.checkpoint_on_disk(), 1);
        assert_eq!(s.opened().session.article.title, "Kell 4");
    }

    #[test]
    fn the_end_waits_for_the_last_checkpoint() {
        let s = setting();
        s.disk.stop(Stopped::NewFiles);
        s.keeper.send(Keep::Checkpoint(s.after(1), 1));
        s.disk.until_it_is_waited_for();
        for seq in 2..5 {
            s.keeper.send(Keep::Append(step(seq)));
            s.until_saved(seq);
            s.keeper.send(Keep::Checkpoint(s.after(seq), seq));
        }
        s.keeper.stop();
        s.disk.stop(Stopped::Nothing);
        // The first may have been written before it was given up.
        while s.until_checkpoint() < 4 {}
        next(&s.events, |e| matches!(e, Event::KeeperEnded).then_some(()));
        assert_eq!(s.checkpoint_on_disk(), 4);
        let left = s.library.dir().join("kell").read_dir().unwrap();
        let left = left.map(|e| e.unwrap().file_name());
        let left: Vec<_> = left
            .filter(|n| n.to_string_lossy().starts_with(".claimdesk"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn a_checkpoint_of_the_session_before_is_put_in_its_place_before_the_next_is_taken() {
        let s = setting();
        s.disk.stop(Stopped::NewFiles);
        s.keeper.send(Keep::Append(step(2)));
        s.until_saved(2);
        s.keeper.send(Keep::Checkpoint(s.after(2), 2));
        s.disk.until_it_is_waited_for();
        s.keeper.send(Keep::Take(None));
        s.disk.stop(Stopped::Nothing);
        assert_eq!(s.until_checkpoint(), 2);
        next(&s.events, |e| matches!(e, Event::Kept(None)).then_some(()));
        assert_eq!(s.checkpoint_on_disk(), 2);
    }

    #[test]
    fn a_checkpoint_that_fails_is_said_and_the_next_one_is_written() {
        let s = setting();
        let folder = s.library.dir().join("kell");
        s.disk.stop(Stopped::NewFiles);
        s.keeper.send(Keep::Checkpoint(s.after(1), 1));
        s.disk.until_it_is_waited_for();
        // Nothing can take the place of a folder.
        let path = folder.join("session.json");
        let kept = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        s.disk.stop(Stopped::Nothing);
        let said = next(&s.events, |e| match e {
            Event::Msg(Msg::Notice(Level::Warning, said)) => Some(said),
            _ => None,
        });
        assert!(said.contains("session.json"), "{said}");
        std::fs::remove_dir(&path).unwrap();
        std::fs::write(&path, kept).unwrap();
        s.keeper.send(Keep::Append(step(2)));
        s.keeper.send(Keep::Checkpoint(s.after(2), 2));
        assert_eq!(s.until_checkpoint(), 2);
        assert_eq!(s.checkpoint_on_disk(), 2);
    }
}
