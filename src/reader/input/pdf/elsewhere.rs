//! The text of a PDF that another program has read: pages parted by form feeds, lines as they stand on the page.

use super::lines::{PageText, RunOfWords};
use super::words::{DocumentWords, join};
use crate::core::vocabulary::BlockKind;
use crate::reader::blocks::list_mark;
use crate::reader::input::build::DocumentBuilder;
use crate::reader::input::draft::{DocumentDraft, one_line};

/// Puts lines together to paragraphs: an empty line, or a list's mark, parts two. Blocks keep their page.
pub(in crate::reader::input) fn draft(text: &str) -> DocumentDraft {
    let words = words(text);
    let mut builder = DocumentBuilder::default();
    for (number, page) in (1..).zip(text.split('\u{c}')) {
        let mut open = String::new();
        for line in page.lines().map(one_line) {
            let ends = line.is_empty() || list_mark(&line).is_some();
            if ends {
                put(&mut builder, std::mem::take(&mut open), number);
            }
            match open.is_empty() {
                true => open = line,
                false => join(&mut open, &line, &words),
            }
        }
        put(&mut builder, open, number);
    }
    DocumentDraft::of(builder)
}

fn put(builder: &mut DocumentBuilder, words: String, page: u32) {
    if words.is_empty() {
        return;
    }
    let kind = match list_mark(&words) {
        Some(_) => BlockKind::ListItem,
        None => BlockKind::Paragraph,
    };
    builder.open(kind, format!("p. {page}"));
    builder.words(&words);
}

fn words(text: &str) -> DocumentWords {
    let line = |text: &str| RunOfWords {
        text: text.to_string(),
        ..RunOfWords::default()
    };
    DocumentWords::of(&[PageText {
        lines: text.lines().map(line).collect(),
        ..PageText::default()
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs_and_keep_their_page() {
        let text = "The board met\non Mon-\nday.\n\n\n- It approved\n- It closed\n\u{c}The plan.\n";
        let draft = draft(text);
        assert_eq!(
            draft.text,
            "The board met on Monday.\n\n- It approved\n- It closed\n\nThe plan.\n"
        );
        let pages: Vec<_> = draft.blocks.iter().map(|b| b.locator.as_str()).collect();
        assert_eq!(pages, ["p. 1", "p. 1", "p. 1", "p. 2"]);
    }
}
