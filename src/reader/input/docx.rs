//! DOCX: paragraphs by their styles, tables by their rows, footnotes at the end; what is left out is said.

mod numbers;
mod parts;
mod story;
mod styles;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::InputHint;
use super::draft::{DocumentDraft, comments_left_out};
use super::error::ReadError;
use super::watch::ReadWatch;
use super::zipped::{Zipped, attribute};
use numbers::ListNumbers;
use parts::Relations;
use story::Story;
use styles::Styles;

/// Reads a DOCX file.
///
/// # Errors
/// [`ReadError::Damaged`], [`ReadError::Encrypted`], [`ReadError::Bomb`], [`ReadError::TooLarge`],
/// [`ReadError::Cancelled`].
pub(super) fn read(
    bytes: Vec<u8>,
    hint: &InputHint,
    watch: &ReadWatch,
) -> Result<DocumentDraft, ReadError> {
    let mut zip = Zipped::open(bytes, hint, "DOCX")?;
    let main = Relations::read(&mut zip, "")?;
    let core = main.path("core-properties", "docProps/core.xml");
    let main = main.path("officeDocument", "word/document.xml");
    let document = zip.required(&main)?;
    let beside = Relations::read(&mut zip, &main)?;
    let mut part = |kind: &str| {
        let path = beside.path(kind, &format!("word/{kind}.xml"));
        zip.member(&path).map(Option::unwrap_or_default)
    };
    let styles = Styles::read(&part("styles")?);
    let numbers = ListNumbers::read(&part("numbering")?);
    let footnotes = part("footnotes")?;
    let endnotes = part("endnotes")?;
    let comments = part("comments")?;
    let core = zip.member(&core)?.unwrap_or_default();
    let mut story = Story::new(&styles, numbers, watch);
    let done = story.read(&document);
    watch.check(&hint.said())?;
    done.map_err(|e| zip.damaged(e))?;
    for (notes, name) in [(&footnotes, "footnote"), (&endnotes, "endnote")] {
        // A broken part beside the text does not keep the text from being read.
        let _ = story.read_notes(notes, name);
    }
    let mut said = story.said();
    said.extend(said_of_comments(&comments));
    let mut draft = DocumentDraft::of(story.builder);
    draft.notes.extend(said);
    draft.fill_from_blocks();
    if draft.title.is_empty() {
        draft.title = styles::element(&core, "title").unwrap_or_default();
    }
    draft.language = styles.language;
    Ok(draft)
}

/// "3 comments by Jon Pell were left out."
fn said_of_comments(comments: &[u8]) -> Option<String> {
    let (mut count, mut by) = (0usize, BTreeSet::new());
    let mut reader = Reader::from_reader(comments);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e)) if e.local_name().as_ref() == "comment" => {
                count += 1;
                by.extend(attribute(&e, "author").filter(|a| !a.is_empty()));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        buffer.clear();
    }
    comments_left_out(count, &by)
}

#[cfg(test)]
mod tests;
