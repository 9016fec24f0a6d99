//! Parts of a page that a heading opens: related links, comments, paid messages, small print, what a company says about
//! itself.

use super::RawBlock;
use super::phrases::{Class, leading};
use super::shape::{is_date_line, is_running_text, is_title, list_mark, mostly_names, words};
use crate::core::vocabulary::BlockKind;

/// The longest heading in bytes.
pub(super) const HEADING_MAX: usize = 80;
/// Titles that a section of related links holds at most.
const RELATED_MAX: usize = 20;
/// Blocks between two marks of comments (`Like`, `Reply`) at most.
const COMMENT_MAX: usize = 12;
/// Blocks of small print behind its heading at most.
const LEGAL_MAX: usize = 6;
/// Blocks at the end of a text among which what an author is may be told.
const BIO: usize = 10;

/// Words under a comment, one of which must be among them.
const COMMENT_MARKS: &[&str] = &[
    "antworten",
    "downvote",
    "flag",
    "melden",
    "reply",
    "report",
    "responder",
    "répondre",
    "upvote",
];
/// Words beside them.
const BESIDE_MARKS: &[&str] = &[
    "gefällt", "like", "likes", "me", "gusta", "j'aime", "share", "teilen", "replies", "comment",
    "abuse", "mir",
];

/// What an author is, in the sentence that says so at the end.
const CALLINGS: &[&str] = &[
    " is a freelance",
    " is an award-winning",
    "correspondent",
    "reporter",
    "journalist",
    "columnist",
    "staff writer",
    "editor",
    "is the author of",
    "is a writer",
    "covers ",
    "writes about",
    "contributed to this",
];

/// Whether `block` is the heading of a list of links and nothing more.
pub(super) fn opens_related(block: &str) -> bool {
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

/// Gives the blocks of such parts their kinds. Those that words alone show have theirs.
pub(super) fn assign(text: &str, raws: &mut [RawBlock]) {
    let mut n = 0;
    while n < raws.len() {
        let block = &text[raws[n].range.clone()];
        let class = leading(block)
            .filter(|l| l.rest.is_empty())
            .map(|l| l.class);
        let (end, kind) = if opens_related(block)
            || raws[n].kind == BlockKind::Headline
                && n > 0
                && heads_links(block)
                // Where no links follow it heads a part of the article.
                && related_end(text, raws, n) > n + 1
        {
            (related_end(text, raws, n), BlockKind::Boilerplate)
        } else if class == Some(Class::Legal) {
            (
                paragraphs_end(text, raws, n, LEGAL_MAX),
                BlockKind::Boilerplate,
            )
        } else if leading(block).is_some_and(|l| l.class == Class::Sponsor)
            && block.len() <= HEADING_MAX
        {
            (paragraphs_end(text, raws, n, 1), BlockKind::Boilerplate)
        } else if class == Some(Class::Correction) {
            (paragraphs_end(text, raws, n, 2), BlockKind::Correction)
        } else if let Some(end) = comments_end(text, raws, n) {
            (end, BlockKind::Boilerplate)
        } else if is_about(text, raws, n) {
            raws[n].kind = BlockKind::Headline;
            n += 1;
            let end = paragraphs_end(text, raws, n - 1, LEGAL_MAX);
            (end, BlockKind::SelfDescription)
        } else {
            (n, BlockKind::Boilerplate)
        };
        for raw in &mut raws[n..end] {
            raw.kind = kind;
        }
        n = end.max(n + 1);
    }
    bios(text, raws);
    tail(text, raws);
}

/// Where the related links that block `n` opens end: behind the last title-like block.
fn related_end(text: &str, raws: &[RawBlock], n: usize) -> usize {
    let links = raws[n + 1..]
        .iter()
        .take(RELATED_MAX)
        .take_while(|r| {
            let words = &text[r.range.clone()];
            let words = &words[list_mark(words).unwrap_or(0)..];
            let linked = matches!(r.kind, BlockKind::Boilerplate | BlockKind::Caption)
                || is_date_line(words)
                || is_title(words)
                || r.kind == BlockKind::ListItem && !is_running_text(words);
            linked && !heads_comments(text, r)
        })
        .count();
    n + 1 + links
}

/// Where the paragraphs behind heading `n` end: at the next heading or line of the page, after `most` of them.
fn paragraphs_end(text: &str, raws: &[RawBlock], n: usize, most: usize) -> usize {
    let paragraphs = raws[n + 1..]
        .iter()
        .take(most)
        .take_while(|r| r.kind == BlockKind::Paragraph && !is_title(&text[r.range.clone()]))
        .count();
    n + 1 + paragraphs
}

/// Where the readers' comments end that block `n` opens: behind the last of the marks under them. None where it opens none.
fn comments_end(text: &str, raws: &[RawBlock], n: usize) -> Option<usize> {
    if !heads_comments(text, &raws[n]) || !raws[..n].iter().any(|r| is_content(text, r)) {
        return None;
    }
    let mut end = None;
    for (m, raw) in raws.iter().enumerate().skip(n + 1) {
        if m > end.unwrap_or(n + 1) + COMMENT_MAX {
            break;
        }
        if raw.kind == BlockKind::Boilerplate && is_comment_mark(&text[raw.range.clone()]) {
            end = Some(m + 1);
        }
    }
    end
}

/// `Comments (143)`: a line of the page over what readers say.
fn heads_comments(text: &str, raw: &RawBlock) -> bool {
    raw.kind == BlockKind::Boilerplate
        && raw.range.len() <= HEADING_MAX
        && words(&text[raw.range.clone()]).any(|w| {
            ["comment", "kommentar", "comentario"]
                .iter()
                .any(|c| w.starts_with(c))
        })
}

/// `Like (12) Reply`, `Reply`, `Report`.
fn is_comment_mark(s: &str) -> bool {
    s.len() <= 60
        && words(s).any(|w| COMMENT_MARKS.contains(&w.as_str()))
        && words(s).all(|w| {
            COMMENT_MARKS.contains(&w.as_str())
                || BESIDE_MARKS.contains(&w.as_str())
                || w.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Whether block `n` is a heading over what somebody says about itself: `About Nordkai`.
fn is_about(text: &str, raws: &[RawBlock], n: usize) -> bool {
    let block = &text[raws[n].range.clone()];
    let Some(name) = [
        "About ",
        "ABOUT ",
        "Über ",
        "À propos de ",
        "À propos d'",
        "Acerca de ",
        "Sobre ",
    ]
    .iter()
    .find_map(|a| block.strip_prefix(a)) else {
        return false;
    };
    let heading = matches!(raws[n].kind, BlockKind::Paragraph | BlockKind::Headline);
    let follows = raws
        .get(n + 1)
        .is_some_and(|r| r.kind == BlockKind::Paragraph && !is_title(&text[r.range.clone()]));
    heading
        && n > 0
        && block.len() <= HEADING_MAX
        && is_title(block)
        && mostly_names(name)
        && follows
        && raws[..n].iter().any(|r| is_content(text, r))
}

fn is_content(text: &str, raw: &RawBlock) -> bool {
    raw.kind == BlockKind::Paragraph && is_running_text(&text[raw.range.clone()])
}

/// `Ada Holm is a harbour correspondent for the Norvik Post.`: what is said of the author at the end.
fn bios(text: &str, raws: &mut [RawBlock]) {
    let from = raws.len().saturating_sub(BIO);
    let named = |block: &str| {
        let name = [" is ", " covers ", " was "]
            .iter()
            .find_map(|verb| Some(block.split_once(verb)?.0));
        let head = &block[..block.floor_char_boundary(160)];
        name.is_some_and(|name| {
            (2..=4).contains(&name.split_whitespace().count())
                && name
                    .split_whitespace()
                    .all(|w| w.starts_with(char::is_uppercase))
        }) && CALLINGS.iter().any(|c| head.contains(c))
    };
    for n in from.max(1)..raws.len() {
        let last = raws[n + 1..].iter().all(|r| !is_content(text, r));
        if raws[n].kind == BlockKind::Paragraph && last && named(&text[raws[n].range.clone()]) {
            raws[n].kind = BlockKind::SelfDescription;
        }
    }
}

/// Names and addresses among the last lines of a page are the sender's.
fn tail(text: &str, raws: &mut [RawBlock]) {
    let sent = |r: &RawBlock| {
        let words = &text[r.range.clone()];
        matches!(r.kind, BlockKind::Boilerplate | BlockKind::Byline)
            || r.kind == BlockKind::Paragraph
                && words.len() <= HEADING_MAX
                && is_title(words)
                && mostly_names(words)
    };
    let from = raws
        .iter()
        .rposition(|r| !sent(r))
        .map_or(raws.len(), |n| n + 1);
    let first = raws[from..]
        .iter()
        .position(|r| r.kind == BlockKind::Boilerplate);
    for raw in raws[from..].iter_mut().skip(first.unwrap_or(usize::MAX)) {
        if raw.kind == BlockKind::Paragraph {
            raw.kind = BlockKind::Boilerplate;
        }
    }
}
