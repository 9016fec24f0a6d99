//! Making a session of an article that was read: its name, what is known of the article, and what is proposed for it.

use std::path::Path;

use crate::core::birth::NewSession;
use crate::core::desk::Who;
use crate::core::ids::SessionId;
use crate::core::model::{Article, Session, Time, Version};
use crate::core::proposal::{Block, Proposals};
use crate::core::text::ArticleText;
use crate::reader::input::url::is_url;
use crate::reader::{self, Document, READER};
use crate::store::{Opened, Shelf, StoreError};

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

/// What the document says of the article that was called `what`.
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

/// A name for a session of the article that was called `what`: the file's name, else the title's first words; of chapters of
/// a book both.
pub fn name_for(document: &Document, what: &str, chapters: bool) -> String {
    let stem = Path::new(what)
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

/// A session of the article that was called `what`, in memory alone: it is kept with its first step.
pub fn session_of(
    document: &Document,
    what: &str,
    (id, name): (SessionId, &str),
    now: Time,
) -> Session {
    let mut session = Session::new(id, name, now);
    let version = Version {
        id: document.version(),
        original_sha256: document.original_sha256.clone(),
        origin: origin(what),
        left_out: document.left_out(),
        added_at: now,
        reader: READER.into(),
    };
    session.begin_with(article_of(document, what), version);
    session
}

/// Makes a session of the article that was called `what` on `shelf`, under a name like `wish`.
///
/// # Errors
/// When it cannot be made; nothing is left of it then.
pub fn keep(
    shelf: &dyn Shelf,
    (document, what): (&Document, &str),
    wish: &str,
    proposals: &Proposals,
    who: &mut Who<'_>,
) -> Result<Opened, StoreError> {
    let new = NewSession {
        name: wish,
        id: who.ids.next().into(),
        article: &article_of(document, what),
        text: &document.text,
        version: document.version(),
        original_sha256: &document.original_sha256,
        origin: &origin(what),
        left_out: &document.left_out(),
        proposals,
        checker: who.checker,
        now: who.at,
        step: who.ids.next().into(),
    };
    shelf.create(&new.newborn())
}

/// What the built-in reader proposes for all of `text`, whose layout is `blocks`.
pub fn proposals(text: &ArticleText, blocks: &[Block], language: &str) -> Proposals {
    reader::propose(text, blocks, language, 0..blocks.len(), true, &|| false)
}
