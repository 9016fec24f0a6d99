//! Running heads and page numbers, found because they come again on other pages.

use std::collections::HashMap;

use super::lines::{GAP, PageText};
use crate::reader::input::account::letters;
use crate::reader::input::draft::one_line;

/// The share of a page's height at its top and bottom where running heads stand.
const MARGIN: f64 = 0.12;
/// The most lines of a head.
const LINES: usize = 3;
/// The text is so many of its letters' sizes apart from a head in the same size.
const APART: f64 = 1.7;

/// Heads that are a larger share of a document's letters are no heads: slides and forms say much in few words.
const SHARE: f64 = 0.15;

/// What was taken out.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// One of each head as it stood.
    pub words: Vec<String>,
    /// Whether there were page numbers alone.
    pub numbers: bool,
    /// All lines as they stood.
    pub lines: Vec<String>,
}

impl Heads {
    /// The sentence that tells of them; none where nothing was taken out.
    pub fn said(&self) -> Option<String> {
        let Some(first) = self.words.first() else {
            return self
                .numbers
                .then(|| "Page numbers were left out.".to_string());
        };
        let first = first.replace(GAP, " ");
        let more = match self.words.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        Some(format!(
            "Running heads and page numbers were left out (\"{first}\"{more})."
        ))
    }
}

/// Takes out the lines at the pages' tops and bottoms that come again on other pages, and page numbers. Gives one of
/// each as it stood. `body` is the size in which the text is set: a line of the text may come again, too.
pub(super) fn take(pages: &mut [PageText], body: f64) -> Heads {
    if pages.len() < 2 {
        return Heads::default();
    }
    let mut seen: HashMap<(bool, String), (usize, String)> = HashMap::new();
    for page in pages.iter() {
        for top in [true, false] {
            for n in margin(page, top) {
                let text = &page.lines[n].text;
                let entry = seen
                    .entry((top, pattern(text)))
                    .or_insert((0, one_line(text)));
                entry.0 += 1;
            }
        }
    }
    let enough = (pages.len() / 3).max(2);
    let is_head = |top: bool, text: &str| {
        let pattern = pattern(text);
        let number = pattern.chars().all(|c| !c.is_alphabetic())
            && pattern.contains('#')
            && pattern.len() <= 9;
        number
            || seen
                .get(&(top, pattern))
                .is_some_and(|(count, _)| *count >= enough)
    };
    let doomed: Vec<Vec<usize>> = pages
        .iter()
        .map(|page| doomed(page, body, is_head))
        .collect();
    let mut heads = Heads::default();
    if share(pages, &doomed) > SHARE {
        return heads;
    }
    for (page, doomed) in pages.iter_mut().zip(doomed) {
        for &n in &doomed {
            let key = pattern(&page.lines[n].text);
            heads.lines.push(page.lines[n].text.replace(GAP, " "));
            heads.numbers |= !key.contains(char::is_alphabetic);
            if key.contains(char::is_alphabetic) && !heads.words.iter().any(|t| pattern(t) == key) {
                heads.words.push(one_line(&page.lines[n].text));
            }
        }
        let mut n = 0;
        page.lines.retain(|_| {
            n += 1;
            !doomed.contains(&(n - 1))
        });
    }
    heads
}

/// The lines of a page that are heads, by their numbers.
fn doomed(page: &PageText, body: f64, is_head: impl Fn(bool, &str) -> bool) -> Vec<usize> {
    let mut doomed = Vec::new();
    for top in [true, false] {
        let mut lines = margin(page, top);
        let heads = lines
            .iter()
            .take_while(|n| is_head(top, &page.lines[**n].text));
        lines.truncate(heads.count());
        while lines
            .last()
            .is_some_and(|n| !stands_apart(page, *n, top, body))
        {
            lines.pop();
        }
        doomed.extend(lines);
    }
    doomed
}

/// The share of all letters that stand in these lines.
fn share(pages: &[PageText], lines: &[Vec<usize>]) -> f64 {
    let of = |text: &str| letters(text) as f64;
    let all: f64 = pages
        .iter()
        .flat_map(|page| &page.lines)
        .map(|line| of(&line.text))
        .sum();
    let own: f64 = pages
        .iter()
        .zip(lines)
        .flat_map(|(page, lines)| lines.iter().map(|n| of(&page.lines[*n].text)))
        .sum();
    own / all.max(1.0)
}

/// The outermost lines at a page's top or bottom that stand in its margin, from outside inward.
fn margin(page: &PageText, top: bool) -> Vec<usize> {
    let edge = |n: &usize| match top {
        true => page.lines[*n].y,
        false => page.height - page.lines[*n].y,
    };
    let mut order: Vec<usize> = (0..page.lines.len()).collect();
    order.sort_by(|a, b| edge(a).total_cmp(&edge(b)));
    order.retain(|n| edge(n) < MARGIN * page.height);
    order.truncate(LINES);
    order
}

/// Whether line `n` is set off from the lines further inside: by its size, or by white space.
fn stands_apart(page: &PageText, n: usize, top: bool, body: f64) -> bool {
    let line = &page.lines[n];
    if (line.size - body).abs() > 0.04 * body {
        return true;
    }
    let gaps = page.lines.iter().map(|l| match top {
        true => l.y - line.y,
        false => line.y - l.y,
    });
    let next = gaps.filter(|g| *g > 0.5 * body).fold(f64::MAX, f64::min);
    next > APART * body
}

/// A line with its digits made alike: page 3's head is page 4's.
fn pattern(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c.is_ascii_digit() {
            true if out.ends_with('#') => {}
            true => out.push('#'),
            false => out.extend(c.to_lowercase()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::input::pdf::lines::RunOfWords;

    fn page(lines: &[(f64, f64, &str)]) -> PageText {
        let line = |(y, size, text): &(f64, f64, &str)| RunOfWords {
            y: *y,
            size: *size,
            text: text.to_string(),
            ..RunOfWords::default()
        };
        PageText {
            height: 842.0,
            lines: lines.iter().map(line).collect(),
            ..PageText::default()
        }
    }

    #[test]
    fn heads_go_and_a_line_of_the_text_that_comes_again_stays() {
        let more = "The board of Kell met on Monday. ".repeat(12);
        let own =
            ["One thing.", "Another matter.", "A third point."].map(|own| format!("{own} {more}"));
        let mut pages: Vec<PageText> = (1..4)
            .zip(&own)
            .map(|(n, own)| {
                page(&[
                    (40.0, 8.0, &format!("Kell Post - page {n}")),
                    (70.0, 11.0, "and so the council said."),
                    (83.0, 11.0, own.as_str()),
                    (780.0, 11.0, "A foot in the text's size"),
                    (740.0, 11.0, "and so the council said."),
                ])
            })
            .collect();
        let taken = take(&mut pages, 11.0);
        assert_eq!(
            taken.words,
            ["Kell Post - page 1", "A foot in the text's size"]
        );
        for (page, own) in pages.iter().zip(&own) {
            let left: Vec<_> = page.lines.iter().map(|l| l.text.as_str()).collect();
            let same = "and so the council said.";
            assert_eq!(left, [same, own.as_str(), same]);
        }
    }

    #[test]
    fn what_is_much_of_a_document_is_no_head() {
        let slide = |n: usize| {
            page(&[
                (40.0, 8.0, "Kell Harbour Board"),
                (400.0, 11.0, &format!("Quay {n} is shut")),
                (800.0, 8.0, &format!("page {n}")),
            ])
        };
        let mut pages: Vec<PageText> = (1..5).map(slide).collect();
        let taken = take(&mut pages, 11.0);
        assert!(taken.lines.is_empty());
        assert!(pages.iter().all(|page| page.lines.len() == 3));
    }

    #[test]
    fn patterns_forget_numbers() {
        assert_eq!(pattern("Kell Post - page 12"), "kell post - page #");
        assert_eq!(pattern(" 7 "), "#");
    }
}
