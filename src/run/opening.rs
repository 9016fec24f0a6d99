//! Opening articles and sessions: jobs that read, hash, find the session that belongs to the text, and hand it over.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::events::{Event, Open};
use super::exporting::CHOICES;
use super::full_stop;
use crate::app::msg::{Asked, Chapters, Msg, OpenWhat, OpenedSession};
use crate::app::screen::notices::Level;
use crate::core::damage::Damage;
use crate::core::history::History;
use crate::core::ids::SessionId;
use crate::core::model::{Checker, Time};
use crate::core::progress::Progress;
use crate::core::proposal::Proposals;
use crate::reader::Document;
use crate::reader::input::url::is_url;
use crate::reader::input::{self, FIRST_SCREEN, InputHint, ReadWatch};
use crate::store::{self, HeldAs, Mode, ReadOnly, SessionName, Shelf, StoreError, regular};
use crate::work::article::{HowToRead, RawArticle};
use crate::work::error::WorkError;
use crate::work::make;
use crate::work::open::{self, ChapterChoice, LedTo, Sought};

/// What the jobs need to know.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Where sessions are kept.
    pub shelf: Arc<dyn Shelf>,
    /// The checker.
    pub me: Checker,
    /// The time.
    pub now: Time,
    /// Nothing is to be locked or written: the session is looked at in memory only.
    pub in_memory: bool,
    /// The article on standard input, which can be read only once.
    pub stdin: Option<Arc<Vec<u8>>>,
    /// How articles are read.
    pub reading: HowToRead,
}

/// The sample article; the repository keeps it beside the sample session.
const SAMPLE: &str = include_str!("../../sessions/kell-bridge.txt");

fn hint(what: &str) -> InputHint {
    InputHint {
        name: (what != "-").then(|| what.to_string()),
        ..InputHint::default()
    }
}

/// How long the first frame waits for the first part of an article; a file on a disk that does not answer comes later.
const FIRST_FRAME: Duration = Duration::from_millis(300);

/// The first part of an article laid out, to be drawn before the rest is read; none where that is not possible.
pub fn preview(what: &str, stdin: Option<Arc<Vec<u8>>>) -> Option<Msg> {
    if is_url(what) {
        return None;
    }
    let (answer, preview) = channel();
    let what = what.to_string();
    std::thread::Builder::new()
        .name("first part".into())
        .spawn(move || answer.send(first_part(&what, stdin.as_deref().map(Vec::as_slice))))
        .ok()?;
    preview.recv_timeout(FIRST_FRAME).ok().flatten()
}

/// As [`preview`], however long that takes.
fn first_part(what: &str, stdin: Option<&[u8]>) -> Option<Msg> {
    let mut prefix = Vec::new();
    match stdin {
        Some(bytes) if what == "-" => {
            prefix.extend_from_slice(bytes.get(..FIRST_SCREEN.min(bytes.len()))?)
        }
        _ => {
            // What is no file is left to the job, which says so.
            let (file, _) = regular::open(Path::new(what)).ok()?;
            file.take(FIRST_SCREEN as u64)
                .read_to_end(&mut prefix)
                .ok()?;
        }
    }
    let whole = prefix.len() < FIRST_SCREEN;
    let document = input::first_screen(&prefix, &hint(what))?;
    let article = Box::new(make::article_of(&document, what));
    Some(Msg::Preview {
        text: document.text,
        blocks: document.blocks,
        article,
        whole,
    })
}

/// What opening found, as it is told.
fn warning(line: String) -> (Level, String) {
    (Level::Warning, line)
}

/// What a checker is told of how a document was read, what weighs most last.
fn told(document: &Document) -> Vec<(Level, String)> {
    let notes = document.notes.iter();
    let notes = notes.map(|note| (Level::Warning, note.clone()));
    let left_out = document.account.note().map(|note| match note.is_warning {
        true => (Level::Warning, note.sentence),
        false => (Level::Info, note.sentence),
    });
    let mut told: Vec<_> = notes.chain(left_out).collect();
    told.sort_by_key(|(level, _)| *level == Level::Warning);
    told
}

/// How often the screen hears how far reading is.
const TELL: Duration = Duration::from_millis(100);

/// A watch that sends how far reading is to the main loop, now and then.
pub fn watch(events: Sender<Event>) -> ReadWatch {
    let stop = Arc::new(AtomicBool::new(false));
    let theirs = ReadWatch::new(stop.clone(), |_| {});
    let last: Mutex<Option<(Instant, Progress)>> = Mutex::new(None);
    let events = Mutex::new(events);
    ReadWatch::new(stop, move |progress| {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        // Another stage is told at once.
        let same = |p: &Progress| (p.unit, p.of) == (progress.unit, progress.of);
        if last.is_some_and(|(at, p)| same(&p) && at.elapsed() < TELL) {
            return;
        }
        *last = Some((Instant::now(), progress));
        let event = Event::Msg(Msg::Reading(progress));
        let events = events.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = events.send(Event::Opening(theirs.clone(), Box::new(event)));
    })
}

impl Opening {
    fn mode(&self) -> Mode {
        if self.in_memory {
            Mode::Read
        } else {
            Mode::Write
        }
    }

    /// Opens something; a fault of ours is an error like any other.
    pub fn open(&self, what: &OpenWhat, id: SessionId, watch: &ReadWatch) -> Event {
        let work = || match what {
            OpenWhat::Session(name) => self.session(name),
            OpenWhat::Article(asked) => self.article(asked, id, watch),
            OpenWhat::Sample => self.sample(id, watch),
        };
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
            let why = "A fault of ours while opening; please report this. Nothing is lost.";
            Event::Done(Msg::OpenFailed(why.into()))
        })
    }

    /// Opens an article: the session of that very text if there is one, else a new one. Of a book with several chapters
    /// it is asked first which are meant.
    fn article(&self, asked: &Asked, id: SessionId, watch: &ReadWatch) -> Event {
        match self.led_to(asked, watch) {
            Ok(LedTo::Session(name)) => self.session(&name),
            Ok(LedTo::Chapters(chapters, sessions)) => Event::Done(Msg::Chapters {
                asked: asked.clone(),
                chapters,
                sessions: sessions.iter().map(SessionName::to_string).collect(),
            }),
            Ok(LedTo::OtherText(session)) => Event::Done(Msg::OtherText {
                asked: asked.clone(),
                session: session.to_string(),
            }),
            Ok(LedTo::New(document, name)) => self.begun(*document, &asked.what, (id, &name)),
            Err(WorkError::Store(e)) => Event::Done(failed(e)),
            Err(e) => Event::Done(Msg::OpenFailed(full_stop(e.sentence(&CHOICES)))),
        }
    }

    /// What an article leads to.
    fn led_to(&self, asked: &Asked, watch: &ReadWatch) -> Result<LedTo, WorkError> {
        let (chapters, wanted) = match &asked.chapters {
            Chapters::Ask => (ChapterChoice::Ask, None),
            Chapters::All => (ChapterChoice::All, None),
            Chapters::These(chapters) => (ChapterChoice::Chosen, Some(chapters.clone())),
        };
        let reading = HowToRead {
            chapter: wanted,
            ..self.reading.clone()
        };
        let what = asked.what.as_str();
        let raw = RawArticle::get(Path::new(what), self.stdin.as_ref(), &reading, watch)?;
        let sought = Sought {
            what,
            chapters,
            anyway: asked.anyway,
        };
        open::article(&*self.shelf, raw, sought, watch)
    }

    /// A session of an article that there is none of yet. It is in memory until its first step.
    fn begun(&self, document: Document, what: &str, named: (SessionId, &str)) -> Event {
        let session = make::session_of(&document, what, named, self.now);
        let report = told(&document);
        let msg = Msg::Opened(Box::new(OpenedSession {
            session,
            history: History::default(),
            text: document.text,
            proposals: None,
            blocks: document.blocks,
            on_disk: false,
            place: None,
            draft: None,
            read_only: None,
            damage: Damage::default(),
            language_in_doubt: document.language_in_doubt,
            report,
        }));
        Event::Opened(Box::new(Open {
            msg,
            pen: None,
            earlier: None,
            remote: None,
        }))
    }

    /// Opens the sample article that the program carries, in a session of the user's own.
    fn sample(&self, id: SessionId, watch: &ReadWatch) -> Event {
        let sample = Self {
            stdin: Some(Arc::new(SAMPLE.as_bytes().to_vec())),
            reading: HowToRead::default(),
            ..self.clone()
        };
        let anyway = true;
        let asked = Asked {
            anyway,
            ..Asked::of("-")
        };
        sample.article(&asked, id, watch)
    }

    /// Opens a session by its name.
    pub fn session(&self, name: &str) -> Event {
        self.resumed(name).unwrap_or_else(Event::Done)
    }

    /// Opens a session by its name; the error is the message that says why that cannot be.
    fn resumed(&self, name: &str) -> Result<Event, Msg> {
        let who = (&self.me, self.now);
        let opened = open::session(&*self.shelf, name, self.mode(), false, who).map_err(failed)?;
        // What it found goes to the screen with the session.
        let opened = opened.hear(|_, _| {});
        let store::Opened {
            name,
            session,
            history,
            text,
            proposals,
            place,
            draft,
            held,
            report,
            damage,
            earlier,
            ..
        } = opened;
        if session.current().is_none() {
            return Err(Msg::OpenFailed(format!(
                "The session “{name}” has no article; `claimdesk check {name}` says more."
            )));
        }
        let remote = match &held {
            HeldAs::Exclusive(_) => None,
            HeldAs::ReadOnly(ReadOnly::Held(_)) => {
                Some(self.shelf.watch_holder(&name).map_err(failed)?)
            }
            HeldAs::Shared(_) | HeldAs::ReadOnly(_) => {
                self.shelf.watch(&name, history.seq()).map_err(failed)?
            }
        };
        let (pen, read_only) = match held.into_pen() {
            Ok(pen) => (Some(pen), None),
            Err(why) => (None, Some(why.to_string())),
        };
        let read_only = read_only.filter(|_| !self.in_memory);
        let read_only = read_only.map(|why| why.trim_start_matches("read-only: ").to_string());
        // Nothing is proposed for a text that is not the right one.
        let keeps = |p: &Proposals| !p.statements.is_empty() || !damage.is_empty();
        let (proposals, blocks) = match proposals {
            Some(p) if keeps(&p) => (Some(Arc::new(p)), Vec::new()),
            Some(p) => (None, p.blocks),
            None => (None, crate::reader::blocks::plain(text.as_str())),
        };
        let msg = Msg::Opened(Box::new(OpenedSession {
            session,
            history,
            text,
            proposals,
            blocks,
            on_disk: true,
            place,
            draft,
            read_only,
            damage,
            language_in_doubt: false,
            report: report.into_iter().map(warning).collect(),
        }));
        Ok(Event::Opened(Box::new(Open {
            msg,
            pen,
            earlier,
            remote,
        })))
    }
}

/// The message of a session, or the folder of all of them, that could not be opened.
fn failed(e: StoreError) -> Msg {
    match e {
        StoreError::Library { .. } | StoreError::Away { .. } => Msg::NoLibrary(e.to_string()),
        e => Msg::OpenFailed(e.to_string()),
    }
}
