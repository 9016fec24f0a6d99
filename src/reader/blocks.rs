//! The layout of a text: its blocks and what each of them is.
//!
//! Every format makes raw blocks, by its lines or by its markup; the roles that only words and place can tell
//! (headline, byline, caption, boilerplate) are given to all of them by the same rules.

mod front;
mod labels;
mod lines;
mod page;
mod parts;
mod phrases;
mod roles;
mod shape;
mod voices;

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::core::proposal::Block;
use crate::core::text::Span;
use crate::core::vocabulary::BlockKind;

pub(crate) use labels::{Labelled, post_head, turn_label};
pub(crate) use shape::{is_byline, list_mark, who_and_when};

/// A block before its role is known: a byte range of the stored text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawBlock {
    /// Bytes of the stored text.
    pub range: Range<usize>,
    /// What the markup says it is; a paragraph where it says nothing.
    pub kind: BlockKind,
    /// Where it came from.
    pub locator: Box<str>,
}

impl RawBlock {
    pub(crate) fn new(range: Range<usize>, kind: BlockKind) -> Self {
        Self {
            range,
            kind,
            locator: Box::default(),
        }
    }
}

/// The layout of a plain text. In time linear in its length.
pub fn plain(text: &str) -> Vec<Block> {
    finish(text, lines::blocks(text))
}

/// Bytes at the start of a block's words that are its mark and no words: of a list item `- `, `3. `; of a quotation `> `; of a
/// post `2/ `.
pub fn mark_len(words: &str, kind: BlockKind) -> usize {
    match kind {
        BlockKind::ListItem => list_mark(words).unwrap_or(0),
        BlockKind::QuoteBlock if words.starts_with('>') => {
            words.len() - words.trim_start_matches(['>', ' ']).len()
        }
        BlockKind::ThreadPost => post_mark(words),
        _ => 0,
    }
}

/// Bytes of a post's number in its thread: `2/ `, `2/7 `.
fn post_mark(words: &str) -> usize {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(words);
    match words[first..].strip_prefix('/') {
        Some(rest) if first > 0 && rest[digits(rest)..].starts_with(' ') => {
            first + 1 + digits(rest) + 1
        }
        _ => 0,
    }
}

/// Trims raw blocks, gives them their roles and turns them into blocks. They must be in order and disjoint.
pub(crate) fn finish(text: &str, mut raws: Vec<RawBlock>) -> Vec<Block> {
    raws.retain_mut(|raw| {
        raw.range = trim(text, raw.range.clone());
        !raw.range.is_empty()
    });
    roles::assign(text, &mut raws);
    let (mut at, mut scalars) = (0, 0);
    let mut count_to = |to: usize| {
        scalars += text.get(at..to).unwrap_or_default().chars().count() as u32;
        at = at.max(to);
        scalars
    };
    let blocks = raws.into_iter().map(|raw| Block {
        span: Span::new(count_to(raw.range.start), count_to(raw.range.end)),
        kind: raw.kind,
        locator: (*raw.locator).into(),
    });
    let mut blocks: Vec<Block> = blocks.collect();
    // They stand where the raw ones stood, who were larger.
    blocks.shrink_to_fit();
    blocks
}

/// `range` without the white space at its ends, but never inside a grapheme cluster (a space may carry an accent).
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let mut start = range.start + (part.len() - part.trim_start().len());
    let mut end = range.start + part.trim_end().len();
    if start >= end {
        return range.start..range.start;
    }
    while start > range.start && !is_border(text, start) {
        start = text.floor_char_boundary(start - 1);
    }
    while end < range.end && !is_border(text, end) {
        end = text.ceil_char_boundary(end + 1);
    }
    start..end
}

/// Whether a grapheme cluster starts at byte `at`. Only asked beside white space, where the answer needs one look.
fn is_border(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let plain = |b: Option<&u8>| b.is_none_or(|b| b.is_ascii() && *b != b'\r');
    if plain(bytes.get(at)) && (at == 0 || plain(bytes.get(at - 1))) {
        return true;
    }
    GraphemeCursor::new(at, text.len(), true)
        .is_boundary(text, 0)
        .unwrap_or(true)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::core::text::ArticleText;
    use BlockKind::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn kinds(text: &str) -> Vec<(String, BlockKind)> {
        let t = ArticleText::new(text.into());
        plain(text)
            .iter()
            .map(|b| (t.slice(b.span).to_string(), b.kind))
            .collect()
    }

    const BODY: &str = "The council approved 80 million for the bridge in March 2021, its minutes show, and later asked for more.";

    #[test]
    fn an_agency_story_is_laid_out() {
        let text = format!(
            "{BODY}\n\nPhoto taken on Nov. 3, 2026, shows the bridge at Kell. (Nordpress) ==Nordpress\n\n{BODY}\n\n\nRelated coverage:\n\nFerry fares to rise in Kell, company says\n\nG-4 ministers to meet over ferry dispute\n\nKell says it held key test for night ferry"
        );
        let got: Vec<_> = kinds(&text).into_iter().map(|(_, k)| k).collect();
        assert_eq!(
            got,
            [
                Paragraph,
                Caption,
                Paragraph,
                Boilerplate,
                Boilerplate,
                Boilerplate,
                Boilerplate
            ]
        );
    }

    #[test]
    fn a_newspaper_page_is_laid_out() {
        let text = format!(
            "Kell Bridge opens at last\nCost has doubled since 2021\nBy Jon Pell · 15 November 2026\n\nKELL — {BODY}\n\nThe opposition\n\n{BODY}\n\nREAD MORE: Ferry fares to rise\n\nSign up for our morning letter.\n\n{BODY}\n\n(Reporting by Jon Pell; editing by Mara Oduya)\n\n© 2026 Kell Post. All rights reserved."
        );
        let got: Vec<_> = kinds(&text).into_iter().map(|(_, k)| k).collect();
        assert_eq!(
            got,
            [
                Headline,
                Headline,
                Byline,
                Paragraph,
                Headline,
                Paragraph,
                Boilerplate,
                Boilerplate,
                Paragraph,
                Boilerplate,
                Boilerplate
            ]
        );
    }

    #[test]
    fn related_links_end_where_running_text_goes_on() {
        let text =
            format!("{BODY}\n\nSee also\n- Ferry fares to rise\n- Night ferry tested\n\n{BODY}");
        let got: Vec<_> = kinds(&text).into_iter().map(|(_, k)| k).collect();
        assert_eq!(
            got,
            [Paragraph, Boilerplate, Boilerplate, Boilerplate, Paragraph]
        );
    }

    #[test]
    fn sentences_that_only_begin_like_furniture_stay() {
        for words in [
            "Subscribe to the theory or not, the minister said, the ferry is late.",
            "Reuters reported the loss first.",
            "Share prices fell by a third on Monday.",
            "Related to the mayor by marriage, she stayed away from the vote.",
            "Reporting by the Kell Post found that the company had paid nothing.",
            "Pictures of the bridge were sent to the council.",
        ] {
            assert_eq!(
                kinds(&format!("{BODY}\n\n{words}\n\n{BODY}"))[1].1,
                Paragraph,
                "{words}"
            );
        }
    }

    #[test]
    fn captions_in_their_many_forms() {
        for words in [
            "FILE - The ferry at Kell, Nov. 3, 2026.",
            "(Photo: Kell Post)",
            "Pictured: Mara Oduya at the pier.",
            "Mara Oduya speaks at the pier on Monday. (AP Photo/Jon Pell)",
            "This photo provided by the Kell Post shows the pier.",
            "The pier at dawn [Photo: Kell Post]",
        ] {
            assert_eq!(
                kinds(&format!("{BODY}\n\n{words}\n\n{BODY}"))[1].1,
                Caption,
                "{words}"
            );
        }
    }

    #[test]
    fn one_line_alone_is_a_paragraph_and_marks_are_measured() {
        assert_eq!(
            kinds("Kell Bridge opens"),
            [("Kell Bridge opens".to_string(), Paragraph)]
        );
        assert_eq!(mark_len("- item", ListItem), 2);
        assert_eq!(mark_len("> said", QuoteBlock), 2);
        assert_eq!(mark_len("2/7 said", ThreadPost), 4);
        assert_eq!(mark_len("5/8", ThreadPost), 0);
        assert_eq!(mark_len("- item", Paragraph), 0);
    }

    proptest! {
        #[test]
        fn blocks_are_disjoint_cover_all_words_and_stand_on_grapheme_borders(
            s in "([A-Za-z>*.():= -]|\n|\t|é|日|🌊|🇯🇵|\u{301}|\u{200d}|\u{600}|\u{a0}|By |Related coverage:\n|Photo: |1\\. ){0,120}"
        ) {
            let t = ArticleText::new(s.clone());
            let borders: std::collections::HashSet<usize> =
                s.grapheme_indices(true).map(|(i, _)| i).chain([s.len()]).collect();
            let mut covered = vec![false; t.len() as usize];
            let mut last = 0;
            for b in plain(&s) {
                prop_assert!(b.span.start >= last && !b.span.is_empty());
                last = b.span.end;
                let bytes = t.bytes(b.span);
                prop_assert!(borders.contains(&bytes.start) && borders.contains(&bytes.end), "{:?}", b);
                covered[b.span.start as usize..b.span.end as usize].fill(true);
            }
            for (n, c) in s.chars().enumerate() {
                prop_assert!(covered[n] || c.is_whitespace(), "{:?} at {}", c, n);
            }
        }
    }
}
