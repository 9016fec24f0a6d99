//! PDF: the text layer, put back into paragraphs. Blocks keep their page.
//!
//! `pdf-extract` decodes fonts and tells where each character stands; the layout is ours, because only positions and
//! sizes tell paragraphs, headings and running heads apart. It runs guarded: malformed files make it panic.

mod bomb;
mod glyphs;
mod heads;
mod layout;
mod repair;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use pdf_extract::Document as Pdf;

use super::InputHint;
use super::draft::DocumentDraft;
use super::error::ReadError;
use super::guard::{self, Lost, Stop};
use super::watch::ReadWatch;
use crate::core::progress::{ProgressUnit, size};
use glyphs::{Device, PageText};

/// The largest file that is read.
const LARGEST: usize = 64 * 1024 * 1024;
/// The most that a file's streams may unpack to.
const UNPACKED: u64 = 256 * 1024 * 1024;
/// The longest that reading may take.
const LIMIT: Duration = Duration::from_secs(30);
/// The most pages that are read.
const PAGES: usize = 3000;

/// What came of a file.
enum Read {
    Pages {
        pages: Vec<PageText>,
        lost: Vec<u32>,
        more: usize,
    },
    Damaged(String),
    Encrypted,
    Bomb,
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
    let damaged = |reason: String| ReadError::Damaged {
        name: name.clone(),
        format: "PDF".into(),
        reason,
    };
    let told = watch.clone();
    let pages = match guard::run(LIMIT, watch, move |stop| extract(&bytes, stop, &told)) {
        Ok(Read::Pages { pages, lost, more }) => (pages, lost, more),
        Ok(Read::Damaged(reason)) => return Err(damaged(reason)),
        Ok(Read::Encrypted) => return Err(ReadError::Encrypted { name }),
        Ok(Read::Bomb) => {
            return Err(ReadError::Bomb {
                name,
                limit: size(UNPACKED),
            });
        }
        Err(Lost::Panic) => return Err(damaged("its structure is broken".into())),
        Err(Lost::Stopped) => return Err(ReadError::Cancelled { name }),
        Err(Lost::Time) => return Err(ReadError::TooSlow { name, limit: LIMIT }),
    };
    let (pages, lost, more) = pages;
    if pages.iter().all(|p| p.lines.is_empty()) {
        let unread: usize = pages.iter().map(|p| p.unread).sum();
        return Err(match lost.is_empty() {
            true if unread > 0 => ReadError::NoLetters { name },
            true => ReadError::Scanned { name },
            false => damaged("none of its pages can be read".into()),
        });
    }
    let unread: usize = pages.iter().map(|p| p.unread).sum();
    let mut draft = layout::draft(pages);
    if unread > 0 {
        let (s, are) = if unread == 1 {
            ("", "is")
        } else {
            ("s", "are")
        };
        draft.notes.push(format!(
            "{unread} character{s} {are} missing: the file does not tell which letters their fonts show."
        ));
    }
    if !lost.is_empty() {
        let numbers: Vec<String> = lost.iter().take(8).map(u32::to_string).collect();
        let rest = if lost.len() > 8 { " and others" } else { "" };
        draft.notes.push(format!(
            "Pages that could not be read: {}{rest}.",
            numbers.join(", ")
        ));
    }
    if more > 0 {
        draft.notes.push(format!(
            "Only the first {PAGES} pages were read; {more} more follow."
        ));
    }
    Ok(draft)
}

fn extract(bytes: &[u8], stop: &Stop, watch: &ReadWatch) -> Read {
    if bomb::unpacks_beyond(bytes, UNPACKED) {
        return Read::Bomb;
    }
    let mut pdf = match Pdf::load_mem(bytes) {
        Ok(pdf) => pdf,
        Err(error) => {
            let said = error.to_string();
            return match said.contains("password") || said.contains("ncrypt") {
                true => Read::Encrypted,
                false => Read::Damaged(
                    said.split(['\n', ';'])
                        .next()
                        .unwrap_or_default()
                        .to_string(),
                ),
            };
        }
    };
    if pdf.is_encrypted() && pdf.decrypt("").is_err() {
        return Read::Encrypted;
    }
    let (numbers, ids): (Vec<u32>, Vec<_>) = pdf.get_pages().into_iter().unzip();
    if numbers.is_empty() {
        // Without its password nothing of such a file can be found, not even its pages.
        return match memchr::memmem::find(bytes, b"/Encrypt").is_some() {
            true => Read::Encrypted,
            false => Read::Damaged("it has no pages".into()),
        };
    }
    repair::fonts(&mut pdf);
    repair::parents(&mut pdf, &ids);
    let count = numbers.len().min(PAGES) as u64;
    let (mut pages, mut lost) = (Vec::new(), Vec::new());
    for &number in numbers.iter().take(PAGES) {
        if stop.is_set() {
            break;
        }
        watch.at(ProgressUnit::Pages, pages.len() as u64 + 1, Some(count));
        let mut device = Device::new(number, stop);
        let done = catch_unwind(AssertUnwindSafe(|| {
            pdf_extract::output_doc_page(&pdf, &mut device, number).is_ok()
        }));
        // What was read before the page broke is kept.
        let page = device.finish();
        if !done.unwrap_or(false) && page.lines.is_empty() {
            lost.push(number);
        }
        pages.push(page);
    }
    Read::Pages {
        pages,
        lost,
        more: numbers.len().saturating_sub(PAGES),
    }
}

#[cfg(test)]
mod tests;
