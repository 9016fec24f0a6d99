//! Saving a session in another folder, on a thread of its own: neither a slow stick nor a dead share holds up a step, a key
//! or the end of the program.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::at_home;
use super::events::Event;
use super::jobs::{Jobs, PACE, or_fault};
use crate::app::msg::Msg;
use crate::core::progress::{Progress, ProgressUnit};
use crate::store::{Everything, Told, save_elsewhere};

/// How long the program waits at its end for what was given up to be taken away again.
const SWEEP: Duration = Duration::from_millis(300);

/// What is being saved elsewhere at the moment: one at a time.
#[derive(Default)]
pub struct Saving(Option<UnderWay>);

struct UnderWay {
    wanted: Arc<AtomicBool>,
    /// Disconnected once the thread has ended.
    ended: Receiver<()>,
}

impl Saving {
    /// Saves `all` in `folder`, in place of whatever is being saved; `id` is the number of the work in what is told.
    pub fn begin(&mut self, jobs: &mut Jobs, id: u64, all: Everything, folder: &Path) {
        self.give_up();
        let wanted = Arc::new(AtomicBool::new(true));
        let (alive, ended) = channel::<()>();
        let still = wanted.clone();
        let folder = at_home(folder);
        jobs.run("saving elsewhere", move |events| {
            let _alive = alive;
            let seq = all.seq();
            let told = told(id, still, events.clone());
            let result = or_fault("saving elsewhere", || {
                save_elsewhere(&folder, &all, told).map_err(|e| e.to_string())
            });
            Event::Done(Msg::SavedElsewhere { id, seq, result })
        });
        self.0 = Some(UnderWay { wanted, ended });
    }

    /// Gives up what is being saved: the thread takes away what is there of it, when the disk lets it.
    pub fn give_up(&mut self) {
        if let Some(under_way) = &self.0 {
            under_way.wanted.store(false, Ordering::Relaxed);
        }
    }

    /// Gives up what is being saved, and waits a moment until nothing is left of it.
    pub fn leave(&mut self) {
        self.give_up();
        if let Some(under_way) = self.0.take() {
            let _ = under_way.ended.recv_timeout(SWEEP);
        }
    }
}

/// Tells the main loop now and then how far it is.
fn told(id: u64, wanted: Arc<AtomicBool>, events: Sender<Event>) -> Told {
    let said = Mutex::new(Instant::now());
    Arc::new(move |done, of| {
        let mut last = said.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() >= PACE {
            *last = Instant::now();
            let progress = Progress {
                unit: ProgressUnit::Bytes,
                done,
                of: Some(of).filter(|of| *of > 0),
            };
            let _ = events.send(Event::Msg(Msg::SavingElsewhere { id, progress }));
        }
        wanted.load(Ordering::Relaxed)
    })
}
