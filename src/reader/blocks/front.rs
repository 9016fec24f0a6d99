//! The front of an article: which line is its headline, and who wrote it when.
//!
//! A pasted page has much before its headline: the site's name, a menu, a cookie wall. The headline is the line that the
//! author and the date, or else the text, come next to, and no name of a site, a section or a person.

use memchr::memmem;

use super::RawBlock;
use super::parts::opens_related;
use super::shape::{
    is_byline, is_date_line, is_running_text, is_title, joins_names, mostly_names, words,
};
use crate::core::vocabulary::BlockKind;

/// Blocks of the article's own among which headline and byline are looked for.
const FRONT: usize = 16;
/// Blocks of any kind among which they are.
const LOOK: usize = 80;
/// Blocks behind a headline among which its date is looked for.
const NEAR: usize = 6;
/// Bytes in which a name that stands above the headline is looked for again; less than what a first screen holds.
const AGAIN: usize = 64 * 1024;

/// Names of sections and kinds of articles, as they stand above a headline.
const SECTIONS: &[&str] = &[
    "analysis",
    "breaking",
    "breaking news",
    "business",
    "comment",
    "culture",
    "economy",
    "editorial",
    "exclusive",
    "explainer",
    "fact check",
    "feature",
    "home",
    "interview",
    "investigation",
    "live",
    "local",
    "local news",
    "magazine",
    "news",
    "opinion",
    "politics",
    "profile",
    "science",
    "special report",
    "sport",
    "sports",
    "technology",
    "top story",
    "world",
    "world news",
    "analyse",
    "kommentar",
    "kultur",
    "lokales",
    "meinung",
    "nachrichten",
    "politik",
    "wirtschaft",
    "actualité",
    "économie",
    "politique",
    "société",
    "monde",
    "cultura",
    "economía",
    "mundo",
    "noticias",
    "opinión",
    "política",
    "sociedad",
];

/// What people are who write articles.
const WRITERS: &[&str] = &[
    "columnist",
    "contributor",
    "correspondent",
    "editor",
    "freelance",
    "freelancer",
    "journalist",
    "photographer",
    "reporter",
    "reporters",
    "staff",
    "writer",
    "autor",
    "autorin",
    "journalistin",
    "korrespondent",
    "korrespondentin",
    "redakteur",
    "redakteurin",
    "reporterin",
    "correspondant",
    "correspondante",
    "journaliste",
    "redactor",
    "redactora",
    "periodista",
    "corresponsal",
];

/// Gives headline and byline their kinds, in the blocks before running text begins.
pub(super) fn find(text: &str, raws: &mut [RawBlock]) {
    let front = Front::read(text, raws);
    if let Some(title) = front.title(text, raws) {
        for n in &front.lines {
            let words = &text[raws[*n].range.clone()];
            if *n < title && (is_name_line(words) || is_section(words)) {
                raws[*n].kind = BlockKind::Boilerplate;
            }
        }
        raws[title].kind = BlockKind::Headline;
        let deck = title + 1;
        if front.lines.contains(&deck) && !signs(text, raws, deck) {
            raws[deck].kind = BlockKind::Headline;
        }
        for n in front.lines.iter().filter(|n| **n > title) {
            if raws[*n].kind == BlockKind::Paragraph && signs(text, raws, *n) {
                raws[*n].kind = BlockKind::Byline;
            }
        }
    }
}

/// The lines before the text begins.
struct Front {
    /// Blocks that look like titles, in order.
    lines: Vec<usize>,
    /// Whether markup says what the headline is.
    told: bool,
}

impl Front {
    fn read(text: &str, raws: &mut [RawBlock]) -> Self {
        let count = raws.len();
        let mut front = Self {
            lines: Vec::new(),
            told: false,
        };
        let (mut own, mut body) = (0, false);
        for n in 0..count.min(LOOK) {
            let words = &text[raws[n].range.clone()];
            match raws[n].kind {
                BlockKind::Boilerplate | BlockKind::Caption | BlockKind::Byline => continue,
                BlockKind::Headline => front.told = true,
                BlockKind::Paragraph if opens_related(words) => break,
                BlockKind::Paragraph if is_byline(words) || is_date_line(words) => {
                    raws[n].kind = BlockKind::Byline;
                }
                BlockKind::Paragraph if !body && n + 1 < count && is_title(words) => {
                    front.lines.push(n);
                }
                BlockKind::Paragraph if is_running_text(words) => break,
                _ => body = true,
            }
            own += 1;
            if own >= FRONT {
                break;
            }
        }
        front
    }

    /// The block that is the headline; none where markup names one, or no line can be it.
    fn title(&self, text: &str, raws: &[RawBlock]) -> Option<usize> {
        if self.told {
            return None;
        }
        let best = self
            .groups()
            .max_by_key(|g| (self.score(text, raws, g), usize::MAX - g[0]))?;
        let above = |n: &usize| {
            let words = &text[raws[*n].range.clone()];
            is_section(words) || is_name_line(words) && stands_again(text, words)
        };
        best.iter().find(|n| !above(n)).or(best.first()).copied()
    }

    /// Lines that stand together, nothing of the page between them.
    fn groups(&self) -> impl Iterator<Item = &[usize]> {
        self.lines.chunk_by(|a, b| a + 1 == *b)
    }

    /// How likely the headline is among the lines `group`.
    fn score(&self, text: &str, raws: &[RawBlock], group: &[usize]) -> usize {
        // A headline may be all in capitals, or have each word with one, as names have.
        let says = |n: &&usize| {
            let words = &text[raws[**n].range.clone()];
            let named = is_name_line(words)
                && (words.split_whitespace().count() < 3 || stands_again(text, words));
            !named
                && !signs(text, raws, **n)
                && !is_section(words)
                && (words.contains(' ') || !words.is_ascii())
        };
        let Some(first) = group.iter().find(says) else {
            return 0;
        };
        let behind = group.last().map_or(0, |n| n + 1);
        let dated = (behind..raws.len())
            .take(NEAR)
            .find(|m| raws[*m].kind != BlockKind::Boilerplate && !signs(text, raws, *m))
            .is_some_and(|m| raws[m].kind == BlockKind::Byline);
        let words = text[raws[*first].range.clone()].split_whitespace().count();
        2 + usize::from(dated) * 2 + usize::from(words >= 4)
    }
}

/// Whether block `n` says who wrote the article: it names an office, or a person right before the date.
fn signs(text: &str, raws: &[RawBlock], n: usize) -> bool {
    let block = &text[raws[n].range.clone()];
    let is_office = |w: &str| WRITERS.contains(&w);
    let office = |s: &str| {
        let few = s.split_whitespace().count() <= 6;
        few && words(s).any(|w| is_office(&w))
            && (words(s).last().is_some_and(|w| is_office(&w)) || is_name_line(s))
    };
    if office(block) {
        return true;
    }
    let behind = raws[n + 1..].iter().take(4);
    is_name_line(&without_brackets(block))
        && behind
            .filter(|r| r.kind != BlockKind::Boilerplate)
            .take(1)
            .any(|r| r.kind == BlockKind::Byline || office(&text[r.range.clone()]))
}

/// Whether `s` is nothing but names: `Norvik Post`, `Ada Holm and Ben Lysa`.
fn is_name_line(s: &str) -> bool {
    let count = s.split_whitespace().count();
    (1..=7).contains(&count)
        && !s.contains(|c: char| c.is_ascii_digit())
        && !s.ends_with(['?', '!'])
        && s.split_whitespace().all(|w| {
            let w = w.trim_matches(|c: char| !c.is_alphanumeric());
            w.is_empty() || w.starts_with(char::is_uppercase) || joins_names(w)
        })
        && mostly_names(s)
        && count <= 4 + 4 * usize::from(s.contains(" and ") || s.contains(','))
}

fn is_section(s: &str) -> bool {
    s.len() <= 24 && SECTIONS.contains(&s.to_lowercase().as_str())
}

/// Whether a name that may be a site's stands a second time in the text.
fn stands_again(text: &str, name: &str) -> bool {
    let near = &text.as_bytes()[..text.floor_char_boundary(AGAIN)];
    memmem::find_iter(near, name.as_bytes()).take(2).count() == 2
}

/// `Ada Holm (now) and Ben Lysa (earlier)` without what stands in brackets.
fn without_brackets(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut depth = 0usize;
    for c in s.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
