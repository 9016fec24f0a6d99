//! Which role each block plays, from its words and its place: headline, byline, caption, boilerplate, running text.

use std::ops::Range;

use super::RawBlock;
use super::phrases::{Class, leading};
use super::shape::*;
use crate::core::vocabulary::BlockKind;

/// The longest block, in bytes, that a line of the page can be.
const FURNITURE_MAX: usize = 320;
/// The longest caption in bytes.
const CAPTION_MAX: usize = 900;
/// The longest heading inside an article in bytes.
const HEADING_MAX: usize = 80;
/// Blocks behind the start of the text among which headline and byline are looked for.
const FRONT: usize = 8;
/// Titles that a section of related links holds at most.
const RELATED_MAX: usize = 20;

/// Gives each block its kind, in place.
pub(super) fn assign(text: &str, raws: &mut [RawBlock]) {
    let words = |r: &RawBlock| text.get(r.range.clone()).unwrap_or_default();
    for raw in raws.iter_mut() {
        let kind = by_words(text.get(raw.range.clone()).unwrap_or_default(), raw.kind);
        raw.kind = kind.unwrap_or(raw.kind);
    }
    front(text, raws);
    let mut n = 0;
    while n < raws.len() {
        let block = words(&raws[n]);
        if opens_related(block)
            || raws[n].kind == BlockKind::Headline && n > 0 && heads_links(block)
        {
            let end = related_end(text, raws, n);
            if end == n + 1 && !opens_related(block) {
                // No links follow: it heads a part of the article.
                n += 1;
                continue;
            }
            for raw in &mut raws[n..end] {
                raw.kind = BlockKind::Boilerplate;
            }
            n = end;
        } else {
            if is_subhead(text, raws, n) {
                raws[n].kind = BlockKind::Headline;
            }
            n += 1;
        }
    }
}

/// The kind that a block's words alone show.
fn by_words(block: &str, kind: BlockKind) -> Option<BlockKind> {
    use BlockKind::{Boilerplate, Byline, Caption};
    if matches!(kind, Boilerplate | Caption | Byline) || block.len() > CAPTION_MAX {
        return None;
    }
    if is_rule(block) || is_link(block) {
        return Some(Boilerplate);
    }
    // A day or an hour alone says when the article was printed, wherever it stands.
    if is_clock(block) || kind == BlockKind::Paragraph && is_date_line(block) {
        return Some(Byline);
    }
    if ends_in_wire_credit(block) {
        return Some(Caption);
    }
    let bare = block.trim_start_matches(['(', '[', '*', '=', '—', '–', '-', ' ', '/']);
    let inner = bare.trim_end_matches([')', ']', '*', ' ', '/']);
    let bracketed = block.starts_with(['(', '[']) && block.ends_with([')', ']']);
    let found = leading(inner)?;
    let short = block.len() <= FURNITURE_MAX && !reports(block);
    match found.class {
        Class::Caption if kind != BlockKind::Headline => Some(Caption),
        Class::Furniture if short => Some(Boilerplate),
        Class::Rights if block.len() <= FURNITURE_MAX => Some(Boilerplate),
        Class::Signed if short && (bracketed || mostly_names(found.rest)) => Some(Boilerplate),
        Class::Credit => Some(Boilerplate),
        Class::Related if found.apart && !found.rest.is_empty() && is_title(found.rest) => {
            Some(Boilerplate)
        }
        _ => None,
    }
}

/// Whether somebody says something in `block`: then it is the article's own, whatever it begins with.
fn reports(block: &str) -> bool {
    [" said", " says", " told "]
        .iter()
        .any(|w| block.contains(w))
}

/// Whether `block` ends as an agency's picture caption does: `(Kyodo) ==Kyodo`, `(AP Photo/Jon Pell)`,
/// `(Photo by Mara Oduya/Kell Post)`, `[Photo: Kell Post]`.
fn ends_in_wire_credit(block: &str) -> bool {
    if let Some((before, agency)) = block.rsplit_once("==") {
        let agency = agency.trim();
        if !before.trim().is_empty()
            && !agency.is_empty()
            && agency.len() <= 24
            && agency.chars().all(|c| c.is_alphanumeric() || c == ' ')
        {
            return true;
        }
    }
    let Some(open) = block.rfind(['(', '[']) else {
        return false;
    };
    let credit = block[open + 1..].to_lowercase();
    credit.ends_with([')', ']'])
        && [
            "photo by ",
            "photo: ",
            "photo courtesy",
            "ap photo",
            "photograph by ",
            "picture: ",
            "image: ",
            "foto: ",
        ]
        .iter()
        .any(|p| credit.starts_with(p))
}

/// Whether `block` is the heading of a list of links and nothing more.
fn opens_related(block: &str) -> bool {
    block.len() <= HEADING_MAX
        && leading(block.trim_start_matches(['*', '#', ' ', '>']))
            .is_some_and(|l| l.class == Class::Related && l.rest.is_empty())
}

/// Whether `block`, a heading by its markup, is one of links: `More from Kell`.
fn heads_links(block: &str) -> bool {
    block.len() <= HEADING_MAX
        && leading(block)
            .is_some_and(|l| l.class == Class::Related && l.rest.split_whitespace().count() <= 4)
}

/// Where the related links that block `n` opens end: behind the last title-like block.
fn related_end(text: &str, raws: &[RawBlock], n: usize) -> usize {
    let links = raws[n + 1..]
        .iter()
        .take(RELATED_MAX)
        .take_while(|r| {
            let words = &text[r.range.clone()];
            let words = &words[list_mark(words).unwrap_or(0)..];
            r.kind == BlockKind::Boilerplate
                || r.kind == BlockKind::Caption
                || is_date_line(words)
                || is_title(words)
                || r.kind == BlockKind::ListItem && !is_running_text(words)
        })
        .count();
    n + 1 + links
}

/// Headline and byline: the first blocks, until running text begins.
fn front(text: &str, raws: &mut [RawBlock]) {
    let count = raws.len();
    let mut titles = 0;
    let mut seen = 0;
    for n in 0..count.min(FRONT + 4) {
        let words = &text[raws[n].range.clone()];
        match raws[n].kind {
            BlockKind::Paragraph if opens_related(words) => return,
            BlockKind::Paragraph if is_byline(words) || is_date_line(words) => {
                raws[n].kind = BlockKind::Byline;
            }
            BlockKind::Paragraph
                if titles < 2 && seen == titles && n + 1 < count && is_title(words) =>
            {
                raws[n].kind = BlockKind::Headline;
                titles += 1;
            }
            BlockKind::Paragraph if is_running_text(words) => return,
            BlockKind::Headline => titles += 1,
            BlockKind::Boilerplate | BlockKind::Caption | BlockKind::Byline => continue,
            _ => {}
        }
        seen += 1;
        if seen >= FRONT {
            return;
        }
    }
}

/// Whether block `n` is a heading between two pieces of running text.
fn is_subhead(text: &str, raws: &[RawBlock], n: usize) -> bool {
    let around = |m: Option<usize>| {
        m.and_then(|m| raws.get(m)).is_some_and(|r: &RawBlock| {
            r.kind == BlockKind::Paragraph && is_running_text(&text[r.range.clone()])
        })
    };
    let r: &RawBlock = &raws[n];
    let range: Range<usize> = r.range.clone();
    if r.kind != BlockKind::Paragraph || range.len() > HEADING_MAX {
        return false;
    }
    let words = &text[range];
    is_title(words)
        && words
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '?' | '"' | '”' | '\'' | '’'))
        && words.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'')
        })
        && around(n.checked_sub(1))
        && around(Some(n + 1))
}
