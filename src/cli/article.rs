//! Getting an article: a file or standard input, read and laid out, with what the reader proposes for it.

use std::io::Read;
use std::path::Path;

use super::args::Reading;
use super::failure::Failure;
use crate::core::model::Article;
use crate::core::proposal::{Block, Proposals};
use crate::core::text::ArticleText;
use crate::reader::input::{self, Hint};
use crate::reader::{self, Document};

/// An article as it was read.
pub struct Got {
    /// The text with its layout.
    pub document: Document,
    /// Where it came from: an absolute path, or `-`.
    pub origin: String,
    /// Its file's name, for messages.
    pub name: String,
}

/// Reads `article`.
pub fn get(article: &Path, reading: &Reading) -> anyhow::Result<Got> {
    let (bytes, origin, name) = if article.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|e| Failure::input(format!("Standard input could not be read: {e}.")))?;
        (bytes, "-".to_string(), "standard input".to_string())
    } else {
        let bytes = std::fs::read(article).map_err(|e| cannot_read(article, &e))?;
        let path = article
            .canonicalize()
            .unwrap_or_else(|_| article.to_owned());
        let name = article
            .file_name()
            .unwrap_or(article.as_os_str())
            .to_string_lossy()
            .into_owned();
        (bytes, path.to_string_lossy().into_owned(), name)
    };
    let hint = Hint {
        name: (origin != "-").then(|| name.clone()),
        content_type: None,
        chapter: reading.chapter.clone(),
        language: reading.language.clone(),
    };
    let document = input::read(bytes, &hint)?;
    Ok(Got {
        document,
        origin,
        name,
    })
}

fn cannot_read(article: &Path, why: &std::io::Error) -> anyhow::Error {
    use std::io::ErrorKind;
    let article = article.display();
    Failure::input(match why.kind() {
        ErrorKind::NotFound => {
            format!("There is no file {article}; `claimdesk --help` lists the commands.")
        }
        ErrorKind::IsADirectory => format!("{article} is a folder; give a file in it."),
        ErrorKind::PermissionDenied => {
            format!("{article} may not be read; check its permissions.")
        }
        _ => format!("{article} could not be read: {why}."),
    })
}

/// What the reader proposes for all of `text`.
pub fn propose(text: &ArticleText, blocks: &[Block], language: &str) -> Proposals {
    reader::propose(text, blocks, language, 0..blocks.len(), true, &|| false)
}

impl Got {
    /// What the reader proposes for the whole article.
    pub fn proposals(&self) -> Proposals {
        let d = &self.document;
        propose(&d.text, &d.blocks, &d.language)
    }

    /// A name for a session on it: its file's name without the extension, else its title's first words.
    pub fn session_name(&self) -> String {
        if self.origin != "-" {
            let stem = self.name.rsplit_once('.').map(|(stem, _)| stem);
            return stem.filter(|s| !s.is_empty()).unwrap_or(&self.name).into();
        }
        let words = self.document.title.split_whitespace().take(6);
        words.collect::<Vec<_>>().join(" ")
    }

    /// What is known of the article, without versions.
    pub fn article(&self) -> Article {
        let d = &self.document;
        Article {
            title: d.title.clone(),
            byline: d.byline.clone(),
            url: d.url.clone(),
            published_at: d.published_at.clone(),
            language: d.language.clone(),
            ..Article::default()
        }
    }
}
