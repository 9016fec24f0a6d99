//! Opening articles and sessions: jobs that read, hash, find the session that belongs to the text, and hand it over.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::events::Event;
use crate::app::msg::{Msg, Opened};
use crate::core::history::History;
use crate::core::ids::SessionId;
use crate::core::model::{Article, ArticleVersion, Session, Time};
use crate::reader::input::url::{self, Limits, is_url};
use crate::reader::input::{self, FIRST_SCREEN, Hint};
use crate::reader::{Document, READER};
use crate::store::{self, Library, Mode};

/// What the jobs need to know.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The folder of sessions.
    pub library: Library,
    /// The checker's name.
    pub me: String,
    /// The time.
    pub now: Time,
    /// Nothing is to be locked or written: the session is looked at in memory only.
    pub in_memory: bool,
    /// The article on standard input, which can be read only once.
    pub stdin: Option<Arc<Vec<u8>>>,
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

fn hint(what: &str) -> Hint {
    Hint {
        name: (what != "-").then(|| what.to_string()),
        ..Hint::default()
    }
}

/// The first part of an article laid out, to be drawn before the rest is read; none where that is not possible.
pub fn preview(what: &str, stdin: Option<&[u8]>) -> Option<Msg> {
    let mut prefix = Vec::new();
    match stdin {
        Some(bytes) if what == "-" => {
            prefix.extend_from_slice(bytes.get(..FIRST_SCREEN.min(bytes.len()))?)
        }
        _ if is_url(what) => return None,
        _ => {
            let file = File::open(what).ok()?;
            // A folder, a pipe or a device is left to the job, which says what is wrong with it.
            if !file.metadata().ok()?.is_file() {
                return None;
            }
            file.take(FIRST_SCREEN as u64)
                .read_to_end(&mut prefix)
                .ok()?;
        }
    }
    let whole = prefix.len() < FIRST_SCREEN;
    let document = input::first_screen(&prefix, &hint(what))?;
    let article = Box::new(article_of(&document, what, Time::UNIX_EPOCH));
    Some(Msg::Preview {
        text: document.text,
        blocks: document.blocks,
        article,
        whole,
    })
}

/// What the document says of the article, with the text as its first version.
pub fn article_of(document: &Document, what: &str, now: Time) -> Article {
    Article {
        title: document.title.clone(),
        byline: document.byline.clone(),
        url: document
            .url
            .clone()
            .or_else(|| is_url(what).then(|| what.to_string())),
        published_at: document.published_at.clone(),
        language: document.language.clone(),
        versions: vec![ArticleVersion {
            number: 1,
            text_sha256: document.text_sha256.clone(),
            original_sha256: document.original_sha256.clone(),
            origin: origin(what),
            added_at: now,
            reader: READER.into(),
        }],
        ..Article::default()
    }
}

/// Reads an article; an error is one sentence.
pub fn read_article(what: &str, stdin: Option<&Arc<Vec<u8>>>) -> Result<Document, String> {
    let bytes = match stdin {
        Some(bytes) if what == "-" => bytes.as_ref().clone(),
        _ if is_url(what) => {
            return url::read_url(what, &Hint::default(), &Limits::default(), &|_| true)
                .map_err(|e| e.to_string());
        }
        _ => {
            let path = Path::new(what);
            if path.is_dir() {
                return Err(format!(
                    "“{what}” is a folder; name the file of an article in it."
                ));
            }
            std::fs::read(path)
                .map_err(|e| format!("“{what}” could not be read: {}.", reason(&e)))?
        }
    };
    input::read(bytes, &hint(what)).map_err(|e| e.to_string())
}

/// An I/O error in words that a checker knows.
pub fn reason(e: &std::io::Error) -> String {
    match e.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".into(),
        _ => e.to_string(),
    }
}

impl Opening {
    fn mode(&self) -> Mode {
        if self.in_memory {
            Mode::Read
        } else {
            Mode::Write
        }
    }

    /// Opens an article: the session of that very text if there is one, else a new one. With `anyway`, a session of the
    /// same place with another text is no reason to ask.
    pub fn article(&self, what: &str, anyway: bool, id: SessionId) -> Event {
        let document = match read_article(what, self.stdin.as_ref()) {
            Ok(d) => d,
            Err(why) => return Event::Done(Msg::OpenFailed(why)),
        };
        let mut found = self.library.find_by_hash(&document.text_sha256);
        if found.is_empty() {
            found = self.library.find_by_hash(&document.original_sha256);
        }
        if let Some(name) = found.first() {
            return self.session(name);
        }
        if !anyway
            && what != "-"
            && let Some(session) = self.library.find_by_origin(&origin(what)).first()
        {
            return Event::Done(Msg::OtherText {
                what: what.to_string(),
                session: session.clone(),
            });
        }
        let name = self.library.free_name(&name_for(&document, what));
        let mut session = Session::new(id, name, self.now);
        session.article = article_of(&document, what, self.now);
        let report = document.notes.clone();
        Event::Opened(
            Box::new(Msg::Opened(Box::new(Opened {
                session,
                history: History::default(),
                text: document.text,
                proposals: None,
                blocks: document.blocks,
                on_disk: false,
                place: None,
                draft: None,
                read_only: None,
                report,
            }))),
            None,
            None,
            None,
        )
    }

    /// Opens the sample article that the program carries, in a session of the user's own.
    pub fn sample(&self, id: SessionId) -> Event {
        let sample = Self {
            stdin: Some(Arc::new(SAMPLE.as_bytes().to_vec())),
            ..self.clone()
        };
        sample.article("-", true, id)
    }

    /// Opens a session by its name.
    pub fn session(&self, name: &str) -> Event {
        let opened = match self
            .library
            .open_quickly(name, self.mode(), &self.me, self.now)
        {
            Ok(o) => o,
            Err(e) => return Event::Done(Msg::OpenFailed(e.to_string())),
        };
        let store::Opened {
            session,
            history,
            texts,
            proposals,
            place,
            draft,
            writer,
            read_only,
            report,
            folder,
            earlier,
            ..
        } = opened;
        let Some(version) = session.article.versions.last() else {
            return Event::Done(Msg::OpenFailed(format!(
                "The session “{name}” has no article; `claimdesk check {name}` says more."
            )));
        };
        let text = match texts.load(version) {
            Ok(t) => t,
            Err(e) => return Event::Done(Msg::OpenFailed(e.to_string())),
        };
        let read_only = read_only.filter(|_| !self.in_memory).map(|why| {
            why.to_string()
                .trim_start_matches("read-only: ")
                .to_string()
        });
        let blocks = proposals.as_ref().map_or_else(
            || crate::reader::blocks::plain(text.as_str()),
            |p| p.blocks.clone(),
        );
        let proposals = proposals.filter(|p| !p.statements.is_empty()).map(Arc::new);
        let msg = Msg::Opened(Box::new(Opened {
            session,
            history,
            text,
            proposals,
            blocks,
            on_disk: true,
            place,
            draft,
            read_only,
            report,
        }));
        Event::Opened(Box::new(msg), writer, Some(folder), earlier)
    }
}

/// A name for a new session: the title's first words, else the file's name.
pub fn name_for(document: &Document, what: &str) -> String {
    let file = PathBuf::from(what);
    let stem = file
        .file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .filter(|s| s != "-");
    let title = document
        .title
        .split_whitespace()
        .take(6)
        .collect::<Vec<_>>()
        .join(" ");
    stem.filter(|_| !is_url(what))
        .or_else(|| Some(title).filter(|t| !t.is_empty()))
        .unwrap_or_else(|| "article".into())
}
