//! PDF: the text layer, put back into paragraphs. Blocks keep their page.
//!
//! `hayro` reads the file, decodes its fonts and tells where each letter stands; the layout is ours, because only
//! positions and sizes tell paragraphs, headings and running heads apart. It runs guarded, and reads whatever it can.

mod added;
mod again;
mod bomb;
mod columns;
mod elsewhere;
mod fates;
mod fonts;
mod glyph_letters;
mod glyphs;
mod guessed;
mod heads;
mod ink;
mod layout;
mod lines;
mod page;
mod raised;
mod rows;
mod sheet;
mod spacing;
mod strings;
mod turned;
mod words;

use std::time::Duration;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};

use super::draft::{DocumentDraft, comments_left_out};
use super::error::ReadError;
use super::guard::{self, Lost, Stop};
use super::watch::ReadWatch;
use super::{InputHint, ReadElsewhere};
use crate::core::progress::{ProgressUnit, size};
use added::Remarks;
use fonts::Fonts;
use guessed::Guesses;
use lines::PageText;

/// The largest file that is read.
const LARGEST: usize = 64 * 1024 * 1024;
/// The most that a file's streams may unpack to.
const UNPACKED: u64 = 256 * 1024 * 1024;
/// The longest that reading may take.
const LIMIT: Duration = Duration::from_secs(30);
/// The most pages that are read.
const PAGES: usize = 3000;
/// Bytes at a file's start among which it may begin.
const HEAD: usize = 4096;

/// What came of a file.
enum Read {
    Pages(Pages),
    Damaged(&'static str),
    Encrypted,
    Bomb,
}

/// The pages of a file, and what could not be read.
#[derive(Default)]
struct Pages {
    pages: Vec<PageText>,
    remarks: Remarks,
    /// Pages whose text could not be read.
    lost: Vec<u32>,
    /// Pages with letters that no font tells for certain.
    guessed: Vec<u32>,
    /// Pages that broke off.
    broken: Vec<u32>,
    /// Pages beyond those that are read.
    more: usize,
    /// Pages that another program has read, and which.
    taken: (Vec<u32>, String),
}

/// Reads a PDF.
///
/// # Errors
/// [`ReadError::TooLarge`], [`ReadError::Bomb`], [`ReadError::Encrypted`], [`ReadError::Damaged`], [`ReadError::Scanned`],
/// [`ReadError::NoLetters`], [`ReadError::TooSlow`], [`ReadError::Cancelled`].
pub(super) fn read(
    bytes: Vec<u8>,
    hint: &InputHint,
    watch: &ReadWatch,
) -> Result<DocumentDraft, ReadError> {
    let name = hint.said();
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge {
            name,
            format: "PDF".into(),
            size: size(bytes.len() as u64),
            limit: size(LARGEST as u64),
        });
    }
    let damaged = |reason: &str| ReadError::Damaged {
        name: name.clone(),
        format: "PDF".into(),
        reason: reason.into(),
    };
    let ends_early = memchr::memmem::rfind(&bytes, b"%%EOF").is_none();
    let told = watch.clone();
    let mut read = match guard::run(LIMIT, watch, move |stop| extract(bytes, stop, &told)) {
        Ok(Read::Pages(read)) => read,
        Ok(Read::Damaged(reason)) => return Err(damaged(reason)),
        Ok(Read::Encrypted) => return Err(ReadError::Encrypted { name }),
        Ok(Read::Bomb) => {
            return Err(ReadError::Bomb {
                name,
                limit: size(UNPACKED),
            });
        }
        Err(Lost::Panic) => return Err(damaged("its structure is broken")),
        Err(Lost::Stopped) => return Err(ReadError::Cancelled { name }),
        Err(Lost::Time) => return Err(ReadError::TooSlow { name, limit: LIMIT }),
    };
    if let Some(other) = &hint.elsewhere {
        read.take(other);
    }
    let is_empty = |p: &PageText| p.lines.is_empty() && p.elsewhere.is_none();
    if read.pages.iter().all(is_empty) {
        return Err(match () {
            () if !read.lost.is_empty() => ReadError::NoLetters { name },
            () if !read.broken.is_empty() => damaged("none of its pages can be read"),
            () if ends_early => damaged("it ends too early"),
            () => ReadError::Scanned { name },
        });
    }
    let said = said(&read);
    let poor = |page| elsewhere::is_poor(page, &read.lost);
    let lacks_letters = read.pages.iter().any(poor);
    let mut draft = layout::draft(read.pages);
    draft.lacks_letters = lacks_letters;
    draft.notes.extend(said);
    Ok(draft)
}

impl Pages {
    /// Takes what another program has read of pages whose letters the file does not tell.
    fn take(&mut self, other: &ReadElsewhere) {
        let taken = elsewhere::take(&mut self.pages, &self.lost, other);
        for pages in [&mut self.lost, &mut self.guessed] {
            pages.retain(|page| !taken.contains(page));
        }
        self.taken = (taken, other.by.clone());
    }
}

/// What could not be read and what was left out, one sentence each.
fn said(read: &Pages) -> Vec<String> {
    let mut said = Vec::new();
    let unread: usize = read.pages.iter().map(|p| p.unread).sum();
    if unread > 0 {
        let (s, are) = match unread {
            1 => ("", "is"),
            _ => ("s", "are"),
        };
        let on = read.pages.iter().filter(|p| p.unread > 0);
        let on = numbers(on.map(|p| p.number));
        said.push(format!(
            "{unread} character{s} {are} missing on {on}: the file does not tell which letters their fonts show."
        ));
    }
    let (taken, by) = &read.taken;
    if !taken.is_empty() {
        let pages = numbers(taken.iter().copied());
        said.push(format!(
            "The text of {pages} was read by `{by}`, since the file does not tell claimdesk its letters: compare with the \
             file."
        ));
    }
    if !read.guessed.is_empty() {
        let pages = numbers(read.guessed.iter().copied());
        said.push(format!(
            "The file does not tell the letters of some fonts on {pages}; they were read by the usual order of letters: \
             compare with the file."
        ));
    }
    if !read.lost.is_empty() {
        let pages = numbers(read.lost.iter().copied());
        said.push(format!(
            "The text of {pages} could not be read: compare with the file."
        ));
    }
    if !read.broken.is_empty() {
        let pages = numbers(read.broken.iter().copied());
        said.push(format!(
            "The file is damaged on {pages}: text may be missing there."
        ));
    }
    let unshown: usize = read.pages.iter().map(|p| p.unshown).sum();
    if unshown > 0 {
        let on = read.pages.iter().filter(|p| p.unshown > 0);
        let on = numbers(on.map(|p| p.number));
        said.push(format!(
            "About {unshown} characters on {on} were left out: they belong to a layer that is not shown, or to no font of \
             the file."
        ));
    }
    let stamps: Vec<&String> = read.pages.iter().flat_map(|p| &p.stamps).collect();
    if let Some(first) = stamps.first() {
        let more = match stamps.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        said.push(format!(
            "Text that runs across the page or up its margin was left out (\"{first}\"{more})."
        ));
    }
    said.extend(comments_left_out(read.remarks.count, &read.remarks.by));
    if read.more > 0 {
        said.push(format!(
            "Only the first {PAGES} pages were read; {} more follow.",
            read.more
        ));
    }
    said
}

/// "page 3", "pages 3, 5, 7 and others".
fn numbers(pages: impl Iterator<Item = u32>) -> String {
    let all: Vec<String> = pages.map(|n| n.to_string()).collect();
    let first = all[..all.len().min(8)].join(", ");
    match all.len() {
        1 => format!("page {first}"),
        n if n > 8 => format!("pages {first} and others"),
        _ => format!("pages {first}"),
    }
}

fn extract(bytes: Vec<u8>, stop: &Stop, watch: &ReadWatch) -> Read {
    if bomb::unpacks_beyond(&bytes, UNPACKED) {
        return Read::Bomb;
    }
    // What comes before the file's own first line moves all places that the file names.
    let start = memchr::memmem::find(&bytes[..bytes.len().min(HEAD)], b"%PDF-").unwrap_or(0);
    let bytes = match start {
        0 => bytes,
        _ => bytes[start..].to_vec(),
    };
    let pdf = match Pdf::new(bytes) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => return Read::Encrypted,
        Err(LoadPdfError::Invalid) => return Read::Damaged("its structure is broken"),
    };
    let count = pdf.pages().len();
    if count == 0 {
        return Read::Damaged("it has no pages");
    }
    let mut read = Pages {
        more: count.saturating_sub(PAGES),
        ..Pages::default()
    };
    let mut cache = InterpreterCache::new();
    let fonts = Fonts::of(&pdf);
    let mut guesses = Guesses::default();
    for (number, page) in (1..).zip(pdf.pages().iter().take(PAGES)) {
        if stop.is_set() {
            break;
        }
        let of = count.min(PAGES) as u64;
        watch.at(ProgressUnit::Pages, u64::from(number), Some(of));
        let done = page::read(page, number, &cache, &fonts, &mut guesses, stop);
        if done.broken {
            read.broken.push(number);
            // What it was about to change may be half done.
            cache = InterpreterCache::new();
        }
        if done.lost {
            read.lost.push(number);
        }
        read.remarks.count += done.remarks.count;
        read.remarks.by.extend(done.remarks.by);
        read.pages.push(done.text);
    }
    read.guessed = guesses.settle(&mut read.pages);
    let holds_none = |p: &&PageText| p.lines.is_empty() && p.stamps.is_empty() && p.unread > 0;
    read.lost
        .extend(read.pages.iter().filter(holds_none).map(|p| p.number));
    read.lost.sort_unstable();
    read.lost.dedup();
    Read::Pages(read)
}

#[cfg(test)]
mod tests;
