//! Opening articles and sessions: jobs that read, hash, find the session that belongs to the text, and hand it over.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::events::{Event, Open};
use crate::app::msg::{Asked, ChapterLine, Chapters, Msg, OpenWhat, OpenedSession};
use crate::core::history::History;
use crate::core::ids::SessionId;
use crate::core::model::{Article, Checker, Session, Time, Version};
use crate::core::progress::Progress;
use crate::core::proposal::Proposals;
use crate::reader::input::url::is_url;
use crate::reader::input::{self, Chapter, FIRST_SCREEN, InputHint, ReadError, ReadWatch};
use crate::reader::{Document, READER};
use crate::store::{
    self, Damage, Fault, Find, HeldAs, Mode, OpenRequest, SessionName, Shelf, StoreError, regular,
};
use crate::work::article::{HowToRead, RawArticle};

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

/// The address under which an article is known: a path is made absolute, so that it is found from anywhere.
pub fn origin(what: impl AsRef<Path>) -> String {
    let what = what.as_ref();
    let given = what.to_string_lossy();
    if given == "-" || is_url(&given) {
        return given.into_owned();
    }
    match what.canonicalize() {
        Ok(path) => path.to_string_lossy().into_owned(),
        Err(_) => given.into_owned(),
    }
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
    let article = Box::new(article_of(&document, what));
    Some(Msg::Preview {
        text: document.text,
        blocks: document.blocks,
        article,
        whole,
    })
}

/// What the document says of the article.
pub fn article_of(document: &Document, what: &str) -> Article {
    Article {
        title: document.title.clone(),
        byline: document.byline.clone(),
        url: document
            .url
            .clone()
            .or_else(|| is_url(what).then(|| what.to_string())),
        published_at: document.published_at.clone(),
        language: document.language.clone(),
        ..Article::default()
    }
}

/// The version that the document is.
fn version_of(document: &Document, what: &str, now: Time) -> Version {
    Version {
        id: document.version(),
        original_sha256: document.original_sha256.clone(),
        origin: origin(what),
        added_at: now,
        reader: READER.into(),
    }
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
        self.read(asked, id, watch).unwrap_or_else(Event::Done)
    }

    /// Reads an article and finds its session; the error is the message that says why not.
    fn read(&self, asked: &Asked, id: SessionId, watch: &ReadWatch) -> Result<Event, Msg> {
        let unread = |e: ReadError| Msg::OpenFailed(format!("{e}."));
        let what = asked.what.as_str();
        let reading = HowToRead {
            chapter: match &asked.chapters {
                Chapters::These(chapters) => Some(chapters.clone()),
                Chapters::Ask | Chapters::All => None,
            },
            ..self.reading.clone()
        };
        let raw = RawArticle::get(Path::new(what), self.stdin.as_ref(), &reading, watch)
            .map_err(unread)?;
        if asked.chapters == Chapters::Ask && raw.is_book() {
            let chapters = raw.chapters(watch).map_err(unread)?;
            if chapters.len() > 1 {
                return Ok(Event::Done(Msg::Chapters {
                    asked: asked.clone(),
                    chapters: chapters.into_iter().map(line).collect(),
                    sessions: self
                        .find(Find::Hash(&raw.sha256()))?
                        .iter()
                        .map(SessionName::to_string)
                        .collect(),
                }));
            }
        }
        let document = raw.read(watch).map_err(unread)?;
        let part = asked.chapters != Chapters::Ask;
        let mut found = self.find(Find::Hash(&document.text_sha256))?;
        if found.is_empty() && !part {
            // The same book may be there by other chapters; another file's bytes are its identity.
            found = self.find(Find::Hash(&document.original_sha256))?;
        }
        if let Some(name) = found.first() {
            return Ok(self.session(name));
        }
        if !asked.anyway
            && !part
            && what != "-"
            && let Some(session) = self.find(Find::Origin(&origin(what)))?.first()
        {
            return Ok(Event::Done(Msg::OtherText {
                asked: asked.clone(),
                session: session.to_string(),
            }));
        }
        let chosen = matches!(asked.chapters, Chapters::These(_));
        let wish = name_for(&document, what, chosen);
        let name = self.shelf.free_name(&wish).map_err(failed)?;
        let mut session = Session::new(id, name.to_string(), self.now);
        let version = version_of(&document, what, self.now);
        session.begin_with(article_of(&document, what), version);
        let report = document.notes.clone();
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
            damage: Vec::new(),
            report,
        }));
        Ok(Event::Opened(Box::new(Open {
            msg,
            pen: None,
            earlier: None,
            remote: None,
        })))
    }

    /// The sessions that `what` leads to; the error is the message that says why that is not known.
    fn find(&self, what: Find<'_>) -> Result<Vec<SessionName>, Msg> {
        self.shelf.find(what).map_err(failed)
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
        let name = SessionName::new(name).map_err(failed)?;
        let asking = OpenRequest {
            mode: self.mode(),
            history: false,
            checker: &self.me,
            now: self.now,
        };
        let opened = self.shelf.open(&name, &asking).map_err(failed)?;
        let mut damage = Vec::new();
        // The report goes to the screen with the session.
        let opened = opened.hear(|_, found: &Damage| {
            damage = found.faults().iter().map(Fault::sentence).collect();
        });
        let store::Opened {
            session,
            history,
            text,
            proposals,
            place,
            draft,
            held,
            report,
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
            report,
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

fn line(chapter: Chapter) -> ChapterLine {
    ChapterLine {
        title: chapter.title,
        length: chapter.length,
    }
}

/// A name for a new session: the file's name, else the title's first words; of chapters of a book both.
pub fn name_for(document: &Document, what: &str, chapters: bool) -> String {
    let file = PathBuf::from(what);
    let stem = file
        .file_stem()
        .filter(|s| *s != "-" && !is_url(what))
        .map(|s| s.to_string_lossy().into_owned());
    let title = document
        .title
        .split_whitespace()
        .take(6)
        .collect::<Vec<_>>()
        .join(" ");
    match (stem, title.is_empty()) {
        (Some(stem), false) if chapters => format!("{stem} {title}"),
        (Some(stem), _) => stem,
        (None, false) => title,
        (None, true) => "article".into(),
    }
}
