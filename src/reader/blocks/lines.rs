//! The lines of a plain text put together to blocks.
//!
//! Blank lines part blocks. Where lines stand together the text is either hard-wrapped, and then lines belong together,
//! or each line is a block of its own; which of the two is measured once on the start of the text.

use std::ops::Range;

use memchr::memchr;

use super::RawBlock;
use super::phrases::{Class, leading};
use super::shape::{ends_as_sentence, is_byline, is_date_line, list_mark};
use crate::core::vocabulary::BlockKind;

/// Bytes of the text on which its manner is measured: what `first_screen` reads too, so that both see the same.
const SAMPLE: usize = 256 * 1024;
/// Lines longer than this many characters are never the work of a hard wrap.
const WRAP_MAX: usize = 120;
/// Lines shorter than this many characters are no wrapped text.
const WRAP_MIN: usize = 40;
/// Indentation, in columns, that sets a block apart.
const INDENT: usize = 4;

/// How the lines of a text are set.
struct Manner {
    /// The width at which lines were wrapped, in characters; none if they were not.
    width: Option<usize>,
    /// Whether indented blocks stand out from flush ones.
    indents: bool,
}

/// One line: its byte range without the line feed.
#[derive(Clone)]
struct BlockLine<'a> {
    range: Range<usize>,
    words: &'a str,
}

impl BlockLine<'_> {
    fn indent(&self) -> usize {
        self.words
            .bytes()
            .map_while(|b| match b {
                b' ' => Some(1),
                b'\t' => Some(INDENT),
                _ => None,
            })
            .sum()
    }
    fn trimmed(&self) -> &str {
        self.words.trim()
    }
    fn width(&self) -> usize {
        self.words.trim_end().chars().count()
    }
    fn quoted(&self) -> bool {
        self.words.trim_start().starts_with('>')
    }
}

fn is_blank(line: &str) -> bool {
    !line.as_bytes().first().is_some_and(u8::is_ascii_graphic) && line.trim().is_empty()
}

/// Calls `each` with every run of lines between blank ones.
fn groups<'a>(text: &'a str, mut each: impl FnMut(&[BlockLine<'a>])) {
    let mut group: Vec<BlockLine<'a>> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |n| start + n);
        let words = &text[start..end];
        if is_blank(words) {
            if !group.is_empty() {
                each(&group);
                group.clear();
            }
        } else {
            group.push(BlockLine {
                range: start..end,
                words,
            });
        }
        start = end + 1;
    }
    if !group.is_empty() {
        each(&group);
    }
}

/// The blocks of `text` in order; kinds are told only where the lines' marks show them.
pub(super) fn blocks(text: &str) -> Vec<RawBlock> {
    let manner = measure(&text[..text.floor_char_boundary(SAMPLE)]);
    let mut out = Vec::with_capacity(text.len() / 400);
    groups(text, |group| match group {
        [only] if only.indent() == 0 => out.push(single(only)),
        _ => part(group, &manner, &mut out),
    });
    out
}

fn single(line: &BlockLine<'_>) -> RawBlock {
    let kind = if line.quoted() {
        BlockKind::QuoteBlock
    } else if list_mark(line.words).is_some() {
        BlockKind::ListItem
    } else {
        BlockKind::Paragraph
    };
    RawBlock::new(line.range.clone(), kind)
}

fn measure(sample: &str) -> Manner {
    let (mut widths, mut flush, mut indented) = (Vec::new(), 0usize, 0usize);
    groups(sample, |group| {
        if group.iter().all(|l| l.indent() >= INDENT) {
            indented += 1;
        } else {
            flush += 1;
        }
        if let [before @ .., _] = group {
            widths.extend(before.iter().map(BlockLine::width));
        }
    });
    Manner {
        width: wrap_width(widths),
        indents: indented * 3 <= flush,
    }
}

/// The width at which lines were wrapped: most lines that have another behind them come near it.
fn wrap_width(mut widths: Vec<usize>) -> Option<usize> {
    widths.sort_unstable();
    let width = *widths.get(widths.len().saturating_sub(1) * 19 / 20)?;
    let near = widths.iter().filter(|w| **w * 4 >= width * 3).count();
    ((WRAP_MIN..=WRAP_MAX).contains(&width) && near * 2 >= widths.len()).then_some(width)
}

/// Parts a run of lines into blocks.
fn part(group: &[BlockLine<'_>], manner: &Manner, out: &mut Vec<RawBlock>) {
    if manner.indents
        && group.iter().all(|l| l.indent() >= INDENT && !l.quoted())
        && !group.iter().any(|l| list_mark(l.trimmed()).is_some())
    {
        out.extend(join(group, BlockKind::QuoteBlock));
        return;
    }
    let links = group
        .first()
        .and_then(|l| leading(l.trimmed()))
        .is_some_and(|l| l.class == Class::Related && l.rest.is_empty());
    let mut from = 0;
    for n in 1..=group.len() {
        let ends = match (group.get(n - 1), group.get(n)) {
            (Some(line), Some(next)) => links || parts(line, next, manner, from == n - 1),
            _ => true,
        };
        if ends {
            let lines = &group[from..n];
            let kind = lines.first().map_or(BlockKind::Paragraph, |l| {
                single(&BlockLine {
                    words: l.words.trim_start(),
                    ..l.clone()
                })
                .kind
            });
            out.extend(join(lines, kind));
            from = n;
        }
    }
}

fn join(lines: &[BlockLine<'_>], kind: BlockKind) -> Option<RawBlock> {
    let (first, last) = (lines.first()?, lines.last()?);
    Some(RawBlock::new(first.range.start..last.range.end, kind))
}

/// Whether a block ends between two lines that stand together. `opens`: `line` is the first of its block.
fn parts(line: &BlockLine<'_>, next: &BlockLine<'_>, manner: &Manner, opens: bool) -> bool {
    if line.quoted() || next.quoted() {
        return line.quoted() != next.quoted();
    }
    let (words, behind) = (line.trimmed(), next.trimmed());
    if list_mark(behind).is_some() {
        return true;
    }
    if is_byline(behind) || is_date_line(behind) || is_byline(words) || is_date_line(words) {
        return true;
    }
    if line.width() > WRAP_MAX || next.width() > WRAP_MAX && manner.width.is_none() {
        return true;
    }
    if next.indent() >= line.indent() + 2 {
        // A first line set in by some columns opens a paragraph; under a list mark it carries the item on.
        return !(opens && list_mark(words).is_some());
    }
    if behind.starts_with(char::is_lowercase) && !ends_as_sentence(words.trim_end_matches(',')) {
        return false;
    }
    match manner.width {
        Some(width) => {
            let first_word = behind.split_whitespace().next().unwrap_or_default();
            line.width() + 1 + first_word.chars().count() <= width
        }
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> Vec<(&str, BlockKind)> {
        blocks(text)
            .into_iter()
            .map(|r| (&text[r.range], r.kind))
            .collect()
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        assert_eq!(
            parted("One.\n\n \nTwo.\n"),
            [
                ("One.", BlockKind::Paragraph),
                ("Two.", BlockKind::Paragraph)
            ]
        );
        assert!(blocks("").is_empty() && blocks("\n \n").is_empty());
    }

    #[test]
    fn long_lines_are_paragraphs_of_their_own() {
        let long = "The council met in the old hall on Monday and voted, after hours of debate, to close the ferry pier for good this winter.";
        let text = format!("{long}\n{long}\n{long}\n");
        assert_eq!(parted(&text).len(), 3);
    }

    #[test]
    fn hard_wrapped_lines_are_joined_and_a_short_line_ends_the_paragraph() {
        let text = "The council met in the old hall on Monday and voted, after hours\nof debate, to close the ferry pier for good this winter. Nobody\nspoke against it.\nThe mayor left before the vote and her deputy, who has the ferry\nin his district, stayed away.\n";
        let got = parted(text);
        assert_eq!(got.len(), 2, "{got:?}");
        assert!(got[0].0.ends_with("against it."));
    }

    #[test]
    fn marks_make_list_items_and_quotes() {
        let text = "What it costs:\n- a pier, with\n  a roof\n- a boat\n\n> No comment,\n> she wrote.\n\n    Set in by four,\n    as letters are.\n\nEnd of it all.";
        let kinds: Vec<_> = parted(text).into_iter().map(|(_, k)| k).collect();
        use BlockKind::*;
        assert_eq!(
            kinds,
            [
                Paragraph, ListItem, ListItem, QuoteBlock, QuoteBlock, Paragraph
            ]
        );
    }

    #[test]
    fn headline_byline_and_date_without_blank_lines_are_parted() {
        let text = "Kell Bridge opens at last\nBy Jon Pell\n15 November 2026\n\nThe bridge opened.";
        assert_eq!(parted(text).len(), 4);
    }
}
