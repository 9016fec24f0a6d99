//! Pages of a PDF that another program has read: lines as they stand on the page.

use super::lines::PageText;
use super::words::{DocumentWords, join};
use crate::reader::blocks::list_mark;
use crate::reader::input::ReadElsewhere;
use crate::reader::input::account::letters;
use crate::reader::input::draft::one_line;

/// Where less than one letter in so many could not be told, the page was read.
const SHARE: u64 = 20;

/// Whether so many letters of a page could not be told that another program may read more of it. `lost` are pages of which
/// nothing could be read.
pub(super) fn is_poor(page: &PageText, lost: &[u32]) -> bool {
    let unread = page.unread as u64;
    lost.contains(&page.number) || unread > 0 && unread * SHARE >= told(page) + unread
}

/// Letters of a page that were told.
fn told(page: &PageText) -> u64 {
    match &page.elsewhere {
        Some(text) => letters(text),
        None => page.lines.iter().map(|line| letters(&line.text)).sum(),
    }
}

/// Puts what another program has read in the place of poor pages of which it tells more, and gives their numbers.
pub(super) fn take(pages: &mut [PageText], lost: &[u32], other: &ReadElsewhere) -> Vec<u32> {
    let mut taken = Vec::new();
    for (page, text) in pages.iter_mut().zip(other.text.split('\u{c}')) {
        if is_poor(page, lost) && letters(text) > told(page) {
            taken.push(page.number);
            *page = PageText {
                number: page.number,
                height: page.height,
                elsewhere: Some(text.to_string()),
                ..PageText::default()
            };
        }
    }
    taken
}

/// Puts lines together to paragraphs: an empty line, or a list's mark, parts two.
pub(super) fn paragraphs(text: &str, words: &DocumentWords) -> Vec<String> {
    let mut all = Vec::new();
    let mut open = String::new();
    for line in text.lines().map(one_line) {
        if line.is_empty() || list_mark(&line).is_some() {
            all.push(std::mem::take(&mut open));
        }
        match open.is_empty() {
            true => open = line,
            false => join(&mut open, &line, words),
        }
    }
    all.push(open);
    all.retain(|paragraph| !paragraph.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::input::pdf::lines::RunOfWords;

    #[test]
    fn lines_become_paragraphs() {
        let text = "The board met\non Mon-\nday.\n\n\n- It approved\n- It closed\n";
        let paragraphs = paragraphs(text, &DocumentWords::default());
        let want = ["The board met on Monday.", "- It approved", "- It closed"];
        assert_eq!(paragraphs, want);
    }

    #[test]
    fn poor_pages_of_which_it_tells_more_are_taken() {
        let page = |number, words: &str, unread| PageText {
            number,
            lines: vec![RunOfWords {
                text: words.into(),
                ..RunOfWords::default()
            }],
            unread,
            ..PageText::default()
        };
        let read = |other: &str| {
            let mut pages = [
                page(1, "The pier is shut.", 0),
                page(2, "So is", 12),
                page(3, "", 0),
                page(4, "The quay is open to all of us.", 1),
            ];
            let other = ReadElsewhere {
                by: "another".into(),
                text: other.into(),
            };
            take(&mut pages, &[3], &other)
        };
        let more = "The pier is shut for good.\u{c}So is the bridge.\u{c}And the quay.\u{c}The quay is open to all of us here.";
        assert_eq!(read(more), [2, 3]);
        assert_eq!(read("\u{c}So\u{c}"), [0_u32; 0]);
    }
}
