//! Getting an article for a command: read and laid out, with what the reader proposes for it.

use std::path::Path;

use super::args::ReadingArgs;
use super::waiting::waiting;
use crate::app::config::Config;
use crate::core::display::clean;
use crate::core::proposal::Proposals;
use crate::core::proposer::Proposer;
use crate::reader::input::{ReadError, ReadWatch};
use crate::reader::{self, Document};
use crate::work::{article, proposer, tell};

/// An article as it was read.
pub struct Got {
    /// The text with its layout.
    pub document: Document,
    /// The name as it was given.
    pub name: String,
    watch: ReadWatch,
}

/// Reads `article`; a long read says how far it is, and Ctrl-C ends it.
pub fn get(article: &Path, reading: &ReadingArgs, config: &Config) -> Result<Got, ReadError> {
    let name = article.to_string_lossy().into_owned();
    let (file, how) = (article.to_owned(), how(reading, config));
    let (document, watch) = waiting(&name, move |watch| {
        let raw = article::RawArticle::get(&file, None, &how, watch)?;
        Ok((raw.read(watch)?, watch.clone()))
    })?;
    Ok(Got {
        document,
        name,
        watch,
    })
}

/// How articles are read, as the command line and the configuration say.
pub fn how(given: &ReadingArgs, config: &Config) -> article::HowToRead {
    article::HowToRead {
        language: given.language.clone(),
        chapter: given.chapter.clone(),
        allow_local: given.allow_local,
        whole: given.whole,
        pdf_fallback: config.pdf_fallback,
    }
}

impl Got {
    /// Says what was lost, changed and left out in reading.
    pub fn tell_notes(&self) {
        for note in &self.document.notes {
            tell(format_args!("note: {}", clean(note)));
        }
        if self.document.language_in_doubt {
            tell(
                "note: The article's language is in doubt, so it was read as English; set it with --language.",
            );
        }
        if let Some(note) = self.document.account.note() {
            let gravity = if note.is_warning { "warning" } else { "note" };
            tell(format_args!("{gravity}: {}", clean(&note.sentence)));
        }
    }

    /// What is proposed for the whole article: by the external proposer of the configuration, where there is one and it
    /// answers, else by the built-in reader.
    ///
    /// # Errors
    /// [`ReadError::Cancelled`] where Ctrl-C was pressed.
    pub fn proposals(&self, proposer: Option<&Proposer>) -> Result<Proposals, ReadError> {
        let (d, all) = (&self.document, 0..self.document.blocks.len());
        let stopped = || self.watch.is_stopped();
        if let Some(external) = proposer {
            let article = (&d.text, d.blocks.as_slice(), d.language.as_str());
            let theirs = proposer::ask(external, article, &stopped);
            self.watch.check(&self.name)?;
            match theirs {
                Ok(proposals) => return Ok(proposals),
                Err(why) => tell(format_args!("note: {why}")),
            }
        }
        let proposals = reader::propose(&d.text, &d.blocks, &d.language, all, true, &stopped);
        self.watch.check(&self.name)?;
        Ok(proposals)
    }
}
