//! Getting an article: a file, an address or standard input, read and laid out, with what the reader proposes for it.

use std::io::{ErrorKind, Read};
use std::path::Path;

use super::args::Reading;
use super::failure::Failure;
use crate::core::proposal::{Block, Proposals};
use crate::core::text::ArticleText;
use crate::reader::input::url::{self, Limits};
use crate::reader::input::{self, Hint};
use crate::reader::{self, Document};
use crate::run;

/// An article as it was read.
pub struct Got {
    /// The text with its layout.
    pub document: Document,
    /// Where it came from: an absolute path, an address, or `-`.
    pub origin: String,
    /// Its file's name, its address, or `-`.
    pub name: String,
}

/// Reads `article`.
pub fn get(article: &Path, reading: &Reading) -> anyhow::Result<Got> {
    let given = article.to_string_lossy().into_owned();
    let mut hint = Hint {
        chapter: reading.chapter.clone(),
        language: reading.language.clone(),
        ..Hint::default()
    };
    if url::is_url(&given) {
        let limits = Limits {
            allow_local: reading.allow_local,
            ..Limits::default()
        };
        let document = url::read_url(&given, &hint, &limits, &|_| true)?;
        return Ok(Got {
            document,
            origin: given.clone(),
            name: given,
        });
    }
    let bytes = bytes(article)?;
    if given == "-" {
        return Ok(Got {
            document: input::read(bytes, &hint)?,
            origin: given.clone(),
            name: given,
        });
    }
    let name = article.file_name().unwrap_or(article.as_os_str());
    let name = name.to_string_lossy().into_owned();
    hint.name = Some(name.clone());
    Ok(Got {
        document: input::read(bytes, &hint)?,
        origin: run::origin(article),
        name,
    })
}

/// All of a file, or of standard input where it is called `-`.
pub fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file.as_os_str() != "-" {
        return std::fs::read(file).map_err(|e| cannot_read(file, &e));
    }
    let mut bytes = Vec::new();
    match std::io::stdin().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(e) => Err(Failure::input(format!(
            "Standard input could not be read: {e}."
        ))),
    }
}

fn cannot_read(file: &Path, why: &std::io::Error) -> anyhow::Error {
    let file = file.display();
    Failure::input(match why.kind() {
        ErrorKind::NotFound => {
            format!("There is no file {file}; `claimdesk --help` lists the commands.")
        }
        ErrorKind::IsADirectory => format!("{file} is a folder; give a file in it."),
        ErrorKind::PermissionDenied => format!("{file} may not be read; check its permissions."),
        _ => format!("{file} could not be read: {why}."),
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
}
