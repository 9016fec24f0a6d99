//! Opening: a session by its name, or whatever an article leads to.

use super::article::RawArticle;
use super::error::WorkError;
use super::make;
use crate::core::chapter::Chapter;
use crate::core::check::Check;
use crate::core::history::History;
use crate::core::model::{Checker, Time};
use crate::reader::input::ReadWatch;
use crate::reader::{self, Document};
use crate::store::{Find, Mode, OpenRequest, Opened, SessionName, Shelf, StoreError, Unheard};

/// Opens the session called `name`, with all its steps or those made since the last checkpoint.
///
/// # Errors
/// When there is no such session, or it cannot be opened in this way.
pub fn session(
    shelf: &dyn Shelf,
    name: &str,
    mode: Mode,
    history: bool,
    (checker, now): (&Checker, Time),
) -> Result<Unheard, StoreError> {
    let asking = OpenRequest {
        mode,
        history,
        checker,
        now,
    };
    shelf.open(&SessionName::new(name)?, &asking)
}

/// A session that is looked at.
pub struct Looked {
    /// The session with everything that follows from it.
    pub check: Check,
    /// Every step.
    pub history: History,
}

/// The session to look at, with its text and with what is proposed for it; that is made again where it is lost.
pub fn looked_at(opened: Opened) -> Looked {
    let (session, text) = (opened.session, opened.text);
    let proposals = opened.proposals.unwrap_or_else(|| {
        let blocks = reader::blocks::plain(text.as_str());
        make::proposals(&text, &blocks, &session.article.language)
    });
    Looked {
        check: Check::new(session, text, proposals),
        history: opened.history,
    }
}

/// What is known of an article that is to be opened.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    /// What it was called: a path, an address or `-`.
    pub what: &'a str,
    /// What is done about the chapters of a book.
    pub chapters: ChapterChoice,
    /// Whether a session of the same place with another text is passed over.
    pub anyway: bool,
}

/// What is done about the chapters of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChapterChoice {
    /// Whoever opens it is to choose.
    Ask,
    /// All of them are read.
    All,
    /// Some were chosen, and only those are read.
    Chosen,
}

/// What an article leads to.
#[derive(Debug)]
pub enum LedTo {
    /// A book: these chapters are to be chosen from, and these sessions are of the book already.
    Chapters(Vec<Chapter>, Vec<SessionName>),
    /// The session of this very text.
    Session(SessionName),
    /// A session that was made from the same place, of another text.
    OtherText(SessionName),
    /// No session so far: what was read, and a free name for it.
    New(Box<Document>, SessionName),
}

/// Finds out what an article leads to: its session if there is one. Of a book with several chapters the choice comes first.
///
/// # Errors
/// When it cannot be read, or when it is not known which sessions there are.
pub fn article(
    shelf: &dyn Shelf,
    raw: RawArticle,
    sought: Sought<'_>,
    watch: &ReadWatch,
) -> Result<LedTo, WorkError> {
    let part = sought.chapters != ChapterChoice::Ask;
    if !part && raw.is_book() {
        let chapters = raw.chapters(watch)?;
        if chapters.len() > 1 {
            let sessions = shelf.find(Find::Hash(&raw.sha256()))?;
            return Ok(LedTo::Chapters(chapters, sessions));
        }
    }
    let document = raw.read(watch)?;
    let mut found = shelf.find(Find::Hash(&document.text_sha256))?;
    if found.is_empty() && !part {
        // The same book may be there by other chapters; another file's bytes are its identity.
        found = shelf.find(Find::Hash(&document.original_sha256))?;
    }
    if let Some(name) = found.into_iter().next() {
        return Ok(LedTo::Session(name));
    }
    if !sought.anyway && !part && sought.what != "-" {
        let of_place = shelf.find(Find::Origin(&make::origin(sought.what)))?;
        if let Some(name) = of_place.into_iter().next() {
            return Ok(LedTo::OtherText(name));
        }
    }
    let chosen = sought.chapters == ChapterChoice::Chosen;
    let name = shelf.free_name(&make::name_for(&document, sought.what, chosen))?;
    Ok(LedTo::New(Box::new(document), name))
}
