//! Work on other threads: reading, proposing, listing, exporting. Each job ends with one message, even when it panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::events::Event;
use super::{exporting, importing};
use crate::app::msg::{ExportReport, ExportRequest, ImportRequest, Msg};
use crate::app::screen::notices::Level;
use crate::core::display::clean;
use crate::core::handover::snapshot::Snapshot;
use crate::core::ids::VersionId;
use crate::core::model::{Stamp, Time};
use crate::core::proposal::{Block, Proposals};
use crate::core::proposer::Proposer;
use crate::core::text::ArticleText;
use crate::exchange::watch::ExchangeWatch;
use crate::reader;
use crate::store::{SessionName, Shelf};
use crate::work::proposer;

/// Texts up to this size are proposed for as a whole; of longer ones the part around the view.
const WHOLE: usize = 16 << 20;
/// How much of a longer text is proposed for at a time, in bytes.
const PART: usize = 2 << 20;
/// How often long work says how far it is.
pub(super) const PACE: Duration = Duration::from_millis(100);

/// Starts jobs, and counts those that have not ended.
pub struct Jobs {
    events: Sender<Event>,
    running: usize,
    /// Proposals of an earlier number are for a text that is no longer on the screen.
    current: Arc<AtomicU64>,
    /// An export or import of an earlier number is no longer wanted.
    wanted: Arc<AtomicU64>,
    /// One export or import works at a time.
    lane: Arc<Mutex<()>>,
}

impl Jobs {
    /// Nothing is under way yet.
    pub fn new(events: Sender<Event>) -> Self {
        Self {
            events,
            running: 0,
            current: Arc::default(),
            wanted: Arc::default(),
            lane: Arc::default(),
        }
    }

    /// A job ended.
    pub fn ended(&mut self) {
        self.running = self.running.saturating_sub(1);
    }

    /// Something else that ends with [`Event::Done`] was started.
    pub fn started(&mut self) {
        self.running += 1;
    }

    /// Whether nothing is under way.
    pub fn idle(&self) -> bool {
        self.running == 0
    }

    /// Runs `work` on a thread of its own; what it returns is the job's end.
    pub fn run(&mut self, name: &str, work: impl FnOnce(&Sender<Event>) -> Event + Send + 'static) {
        let events = self.events.clone();
        let what = name.to_string();
        self.running += 1;
        let spawned = std::thread::Builder::new()
            .name(name.into())
            .spawn(move || {
                let event = catch_unwind(AssertUnwindSafe(|| work(&events))).unwrap_or_else(|_| {
                    Event::Done(Msg::Notice(
                        Level::Error,
                        format!(
                            "A fault of ours while {what}; please report this. Nothing is lost."
                        ),
                    ))
                });
                let _ = events.send(event);
            });
        if let Err(e) = spawned {
            self.running -= 1;
            let _ = self.events.send(Event::Msg(Msg::Notice(
                Level::Error,
                format!("No thread could be started ({e}); try again."),
            )));
        }
    }

    /// Proposes for a text, the visible blocks first.
    pub fn propose(&mut self, ask: ProposalRequest) {
        let number = self.current.fetch_add(1, Ordering::SeqCst) + 1;
        let current = self.current.clone();
        self.run("proposing", move |events| {
            let cancelled = || current.load(Ordering::Relaxed) != number;
            let tell = |proposals: Proposals, whole: bool| Msg::Proposed {
                proposals: Arc::new(proposals),
                whole,
                version: ask.version,
                again: ask.again,
            };
            let run = |range, resolve| {
                let work = || {
                reader::propose(&ask.text, &ask.blocks, &ask.language, range, resolve, &cancelled)
                };
                // A fault in the reader must not keep the checker from marking passages by hand.
                catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
                    let note = "A fault of ours while proposing; please report this. Passages can still be marked.";
                    let _ = events.send(Event::Msg(Msg::Notice(Level::Error, note.into())));
                    Proposals { blocks: ask.blocks.clone(), ..Proposals::default() }
                })
            };
            let range = if ask.text.as_str().len() > WHOLE {
                around(&ask.text, &ask.blocks, ask.visible.clone())
            } else {
                0..ask.blocks.len()
            };
            if range.len() > 200 {
                let _ = events.send(Event::Msg(tell(run(ask.visible.clone(), false), false)));
            }
            if range.len() < ask.blocks.len() {
                let note = "The article is longer than 16 MB: statements are proposed for the part around what is in view; \
                            “propose again” does so elsewhere.";
                let _ = events.send(Event::Msg(Msg::Notice(Level::Info, note.into())));
            }
            let own = tell(run(range, true), true);
            let Some(theirs) = &ask.proposer else {
                return Event::Done(own);
            };
            // The built-in proposals are there at once; those of the external one take their place when they come.
            let _ = events.send(Event::Msg(own));
            let article = (&ask.text, ask.blocks.as_slice(), ask.language.as_str());
            match proposer::ask(theirs, article, &cancelled) {
                Ok(proposals) => {
                    let (name, n) = (clean(&theirs.name), proposals.statements.len());
                    let said = format!("The proposer “{name}” proposes {n} statements.");
                    let _ = events.send(Event::Msg(Msg::Notice(Level::Info, said)));
                    Event::Done(tell(proposals, true))
                }
                Err(_) if cancelled() => Event::Ended,
                Err(why) => Event::Done(Msg::Notice(Level::Warning, why)),
            }
        });
    }

    /// Lists the sessions, then reads what their claims say.
    pub fn list(&mut self, shelf: Arc<dyn Shelf>) {
        self.run("listing the sessions", move |events| {
            let list = match shelf.list() {
                Ok(list) => list,
                Err(e) => return Event::Done(Msg::NoLibrary(e.to_string())),
            };
            let names: Vec<String> = list.iter().map(|s| s.name.clone()).collect();
            let _ = events.send(Event::Msg(Msg::Sessions(list)));
            // One that cannot be read says so in the list.
            let said = |name: String| {
                let claims = SessionName::new(&name).and_then(|n| shelf.claims(&n));
                claims.ok().map(|claims| (name, claims))
            };
            Event::Done(Msg::ClaimsOfSessions(
                names.into_iter().filter_map(said).collect(),
            ))
        });
    }

    /// Lists the sessions again, for a list that is open; one that cannot be read now stays as it is.
    pub fn list_again(&mut self, shelf: Arc<dyn Shelf>) {
        self.run("listing the sessions", move |_| match shelf.list() {
            Ok(list) => Event::Done(Msg::SessionsAgain(list)),
            Err(_) => Event::Ended,
        });
    }

    /// Gives the session called `name` another name.
    pub fn rename(&mut self, shelf: Arc<dyn Shelf>, name: String, to: String) {
        self.run("renaming a session", move |_| {
            let renamed = || shelf.rename(&SessionName::new(&name)?, &SessionName::new(to.trim())?);
            let done = renamed()
                .map(|()| format!("“{}” is called “{}” now.", clean(&name), clean(to.trim())));
            Event::Done(Msg::ShelfChangedHere(done.map_err(|e| e.to_string())))
        });
    }

    /// Puts the session called `name` into the trash.
    pub fn discard(&mut self, shelf: Arc<dyn Shelf>, name: String) {
        self.run("deleting a session", move |_| {
            let discarded = || shelf.discard(&SessionName::new(&name)?);
            let done = discarded().map(|spot| {
                let name = clean(&name);
                format!("“{name}” is deleted. It is kept as {spot}; move it back to have it again.")
            });
            Event::Done(Msg::ShelfChangedHere(done.map_err(|e| e.to_string())))
        });
    }

    /// Reads a file of another tool for the open session.
    pub fn import(&mut self, snapshot: Snapshot, request: ImportRequest, stamp: Stamp) {
        self.exchange("reading a file", move |watch| {
            let done = or_fault("reading the file", || {
                importing::import(&snapshot, &request, &stamp, watch)
            });
            Msg::Imported(Box::new(request), done)
        });
    }

    /// Works out what an export would do, or does it.
    pub fn export(&mut self, snapshot: Snapshot, request: ExportRequest, at: Time, write: bool) {
        self.exchange("exporting", move |watch| {
            let done = or_fault("exporting", || {
                exporting::export(&snapshot, &request, at, write, watch)
            });
            match (write, done) {
                (true, done) => Msg::Exported(done),
                (false, Ok(report)) => Msg::ExportPreview(Box::new(request), report),
                (false, Err(why)) => {
                    let report = ExportReport {
                        refused: vec![why],
                        ..ExportReport::default()
                    };
                    Msg::ExportPreview(Box::new(request), report)
                }
            }
        });
    }

    /// Whatever is exported or read is no longer wanted.
    pub fn stop_exchange(&mut self) {
        self.wanted.fetch_add(1, Ordering::SeqCst);
    }

    /// Runs an export or an import, which takes the place of the one before: that gives up, and this one begins when it
    /// has, so that ten formats looked at in a row are not ten exports at a time.
    fn exchange(
        &mut self,
        name: &str,
        work: impl FnOnce(ExchangeWatch<'_>) -> Msg + Send + 'static,
    ) {
        let number = self.wanted.fetch_add(1, Ordering::SeqCst) + 1;
        let (wanted, lane) = (self.wanted.clone(), self.lane.clone());
        self.run(name, move |events| {
            let _lane = lane.lock();
            let said = Mutex::new(Instant::now());
            let told = |work| {
                if let Ok(mut last) = said.try_lock()
                    && last.elapsed() >= PACE
                {
                    *last = Instant::now();
                    let _ = events.send(Event::Msg(Msg::Exchanging(work)));
                }
                wanted.load(Ordering::Relaxed) == number
            };
            Event::Done(work(ExchangeWatch::by(&told)))
        });
    }
}

/// What `work` gives; a fault of ours is an answer too, so that nobody waits for one.
pub(super) fn or_fault<T>(
    what: &str,
    work: impl FnOnce() -> Result<T, String>,
) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(format!(
            "A fault of ours while {what}; please report this. Nothing is lost."
        ))
    })
}

/// A wish for proposals.
pub struct ProposalRequest {
    /// The external proposer, if one is configured.
    pub proposer: Option<Proposer>,
    /// The text.
    pub text: ArticleText,
    /// The article version that it is of.
    pub version: VersionId,
    /// Its layout.
    pub blocks: Vec<Block>,
    /// Its language.
    pub language: String,
    /// The blocks in view.
    pub visible: std::ops::Range<usize>,
    /// Whether the session's proposals are to be replaced.
    pub again: bool,
}

/// The blocks within some bytes around `visible`.
fn around(
    text: &ArticleText,
    blocks: &[Block],
    visible: std::ops::Range<usize>,
) -> std::ops::Range<usize> {
    let at = |n: usize| {
        blocks
            .get(n)
            .map_or(text.as_str().len(), |b| text.byte(b.span.start))
    };
    let (from, to) = (
        at(visible.start).saturating_sub(PART),
        at(visible.end).saturating_add(PART),
    );
    let start = blocks.partition_point(|b| text.byte(b.span.end) < from);
    let end = blocks.partition_point(|b| text.byte(b.span.start) < to);
    start..end.max(start)
}
