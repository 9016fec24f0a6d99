//! Which role each block plays, from its words and its place: headline, byline, caption, boilerplate, running text.

use std::ops::Range;

use super::page::is_page_line;
use super::parts::HEADING_MAX;
use super::phrases::{Class, leading};
use super::shape::*;
use super::{RawBlock, front, parts, voices};
use crate::core::vocabulary::BlockKind;

/// The longest block, in bytes, that a line of the page can be.
const FURNITURE_MAX: usize = 320;
/// The longest correction in bytes.
const CORRECTION_MAX: usize = 900;
/// The longest label that stands over a caption in bytes.
const LABEL_MAX: usize = 24;
/// The longest caption in bytes.
const CAPTION_MAX: usize = 900;

/// Gives each block its kind, in place.
pub(super) fn assign(text: &str, raws: &mut [RawBlock]) {
    for raw in raws.iter_mut() {
        let kind = by_words(text.get(raw.range.clone()).unwrap_or_default(), raw.kind);
        raw.kind = kind.unwrap_or(raw.kind);
    }
    captioned(text, raws);
    voices::heads(text, raws);
    voices::conversation(text, raws);
    front::find(text, raws);
    parts::assign(text, raws);
    for n in 0..raws.len() {
        if is_subhead(text, raws, n) {
            raws[n].kind = BlockKind::Headline;
        }
    }
    voices::posts(text, raws);
    voices::live(text, raws);
}

/// Words that only name what follows (`Image caption,`) make the block behind them a caption.
fn captioned(text: &str, raws: &mut [RawBlock]) {
    for n in 1..raws.len() {
        let label = text[raws[n - 1].range.clone()].trim_end_matches([',', ':']);
        let named = raws[n - 1].kind == BlockKind::Caption
            && label.len() <= LABEL_MAX
            && leading(label).is_some_and(|l| l.class == Class::Caption && l.rest.is_empty());
        if named && raws[n].kind == BlockKind::Paragraph && raws[n].range.len() <= CAPTION_MAX {
            raws[n].kind = BlockKind::Caption;
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
    if kind == BlockKind::Paragraph && !is_clock(block) && !is_byline(block) && is_page_line(block)
    {
        return Some(Boilerplate);
    }
    if is_correction(block) {
        return Some(BlockKind::Correction);
    }
    // A day or an hour alone says when the article was printed, wherever it stands.
    // In some languages a day's number has a stop, as the number of a list has: "4. Mai 2026".
    let numbered = kind == BlockKind::ListItem
        && list_mark(block).is_some()
        && block.starts_with(|c: char| c.is_ascii_digit());
    let may_date = kind == BlockKind::Paragraph || numbered;
    if is_clock(block) || may_date && is_date_line(block) {
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
        Class::Sponsor if short && mostly_names(found.rest) => Some(Boilerplate),
        Class::Related if found.apart && !found.rest.is_empty() && is_title(found.rest) => {
            Some(Boilerplate)
        }
        _ => None,
    }
}

/// Whether `block` takes back a part of an earlier version of the article, or clears it up: `Correction: …`,
/// `(This May 5 story has been corrected to say …)`, `Editor's note: This article was amended on …`.
fn is_correction(block: &str) -> bool {
    if block.len() > CORRECTION_MAX {
        return false;
    }
    let inner = block.trim_matches(['(', ')', '[', ']', '*', '_', ' ', '—', '–', '-']);
    let Some(found) = leading(inner).filter(|l| l.class == Class::Correction) else {
        return amends(inner);
    };
    let behind = inner[inner.len() - found.rest.len()..].trim_start_matches([',', ' ']);
    let head = inner.split([':', '.', '–', '—']).next().unwrap_or_default();
    let label = inner[..inner.len() - found.rest.len()].to_lowercase();
    match () {
        // What is only noted by the editors may be anything.
        () if label.contains("note") || label.contains("anmerkung") => amends(behind),
        () if ["earlier", "previous", "früher", "précédente", "anterior"]
            .iter()
            .any(|w| label.contains(w)) =>
        {
            true
        }
        () if label.starts_with("corrects") => block.starts_with(['(', '[']),
        () if found.apart => true,
        // "Correction, May 7: …"
        () => head.len() < inner.len() && head.len() <= 60 && head.contains(','),
    }
}

/// How a sentence about this very article begins.
const THIS: &[&str] = &[
    "this ",
    "an earlier ",
    "a previous ",
    "dieser ",
    "diese ",
    "in einer früheren ",
    "cet ",
    "cette ",
    "este ",
    "esta ",
];
/// What it calls the article.
const ARTICLE: &[&str] = &[
    "article",
    "story",
    "report",
    "post",
    "piece",
    "version",
    "headline",
    "artikel",
    "fassung",
    "beitrag",
    "artículo",
    "noticia",
    "nota",
];
/// Parts of words for what was done to it.
const CHANGED: &[&str] = &[
    "amended",
    "correct",
    "misstated",
    "misidentified",
    "misspelled",
    "incorrectly",
    "clarif",
    "wrongly",
    "in error",
    "korrigiert",
    "berichtigt",
    "geändert",
    "falsch",
    "corrigé",
    "modifié",
    "erron",
    "corregid",
    "modificad",
];

/// Whether `words` begin with this very article and say that it was changed.
fn amends(words: &str) -> bool {
    // Every paragraph is asked: most say by their first letters that they do not.
    let first = words.as_bytes().get(..2).unwrap_or_default();
    let may = |this: &&str| {
        let begins = this.as_bytes().get(..2);
        begins.is_some_and(|b| b.eq_ignore_ascii_case(first))
    };
    if !THIS.iter().any(may) {
        return false;
    }
    let head: Vec<&str> = words.split_whitespace().take(6).collect();
    let head = head.join(" ").to_lowercase();
    if !THIS.iter().any(|t| head.starts_with(t)) || !ARTICLE.iter().any(|a| head.contains(a)) {
        return false;
    }
    let words = words.to_lowercase();
    CHANGED.iter().any(|c| words.contains(c))
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
    // Every paragraph is asked: most have no such sign.
    let marked = memchr::memchr(b'=', block.as_bytes()).is_some();
    if let Some((before, agency)) = marked.then(|| block.rsplit_once("==")).flatten() {
        let agency = agency.trim();
        if !before.trim().is_empty()
            && !agency.is_empty()
            && agency.len() <= 24
            && agency.chars().all(|c| c.is_alphanumeric() || c == ' ')
        {
            return true;
        }
    }
    if !block.ends_with([')', ']']) {
        return false;
    }
    let Some(open) = memchr::memrchr2(b'(', b'[', block.as_bytes()) else {
        return false;
    };
    let credit = block[open + 1..].to_lowercase();
    [
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
