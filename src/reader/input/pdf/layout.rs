//! From a document's lines to its blocks: running heads out, words at line ends whole again, lines to paragraphs.

use std::collections::{HashMap, HashSet};

use super::glyphs::{Line, PageText};
use crate::core::vocabulary::BlockKind;
use crate::reader::blocks::list_mark;
use crate::reader::input::build::Builder;
use crate::reader::input::draft::{Draft, one_line};

/// A heading is set so much larger than the text.
const HEADING: f64 = 1.15;
/// The longest heading in bytes.
const HEADING_MAX: usize = 240;
/// The share of a page's height at its top and bottom where running heads stand.
const MARGIN: f64 = 0.12;

/// Lays the pages out.
pub(super) fn draft(mut pages: Vec<PageText>) -> Draft {
    let heads = take_running_heads(&mut pages);
    let words = Words::of(&pages);
    let body = body_size(&pages);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for page in &pages {
        let columns = Columns::of(page, body);
        for (n, line) in page.lines.iter().enumerate() {
            let before = n.checked_sub(1).and_then(|n| page.lines.get(n));
            match paragraphs.last_mut() {
                Some(open) if open.goes_on(line, before, &columns) => open.add(line, &words),
                _ => paragraphs.push(Paragraph::of(line, page.number)),
            }
        }
    }
    let mut builder = Builder::default();
    let mut title: (f64, String) = (0.0, String::new());
    for p in &paragraphs {
        let heading = p.size >= body * HEADING && p.text.len() <= HEADING_MAX;
        let kind = match () {
            () if heading => BlockKind::Headline,
            () if list_mark(&p.text).is_some() => BlockKind::ListItem,
            () => BlockKind::Paragraph,
        };
        if heading
            && p.page == paragraphs[0].page
            && p.size > title.0 * 1.01
            && p.text.chars().filter(|c| c.is_alphabetic()).count() > 3
        {
            title = (p.size, one_line(&p.text));
        }
        builder.open(kind, format!("p. {}", p.page));
        builder.words(&p.text);
    }
    let mut draft = Draft::of(builder);
    draft.title = title.1;
    if let Some(first) = heads.first() {
        let more = match heads.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        draft.notes.push(format!(
            "Running heads and page numbers were left out (\"{first}\"{more})."
        ));
    }
    draft
}

/// Lines that join to one block.
struct Paragraph {
    page: u32,
    size: f64,
    last: Line,
    /// The leading between its last two lines; none while it has one.
    leading: Option<f64>,
    text: String,
}

impl Paragraph {
    fn of(line: &Line, page: u32) -> Self {
        Self {
            page,
            size: line.size,
            last: line.clone(),
            leading: None,
            text: line.text.clone(),
        }
    }

    /// Whether `line`, drawn after `before` on its page, belongs to this paragraph.
    fn goes_on(&self, line: &Line, before: Option<&Line>, columns: &Columns) -> bool {
        if (line.size - self.size).abs() > 0.08 * self.size.max(line.size) {
            return false;
        }
        let ended = self
            .text
            .ends_with(['.', '!', '?', ':', '"', '”', '»', '。', '！', '？']);
        let small = line.text.starts_with(char::is_lowercase);
        let down = line.y - self.last.y;
        let same_column = before.is_some()
            && down > 0.0
            && line.left < self.last.right
            && self.last.left < line.right;
        if !same_column {
            // A new column or page: only a sentence that is cut goes on there.
            let next = before.is_none() || down < 0.0;
            let right = columns.right_of(&self.last);
            let full = self.last.right >= right - 0.08 * (right - self.last.left).max(0.0);
            return next && !ended && (small || full || self.text.ends_with('-'));
        }
        if list_mark(&line.text).is_some() {
            return false;
        }
        let usual = self.leading.or(columns.leading).unwrap_or(1.2 * self.size);
        if down > 1.3 * usual.max(1.0 * self.size) {
            return false;
        }
        // A first line set in opens a paragraph; a line that ends early closes one.
        if line.left > self.last.left + 0.8 * self.size && ended {
            return false;
        }
        let right = columns.right_of(&self.last);
        let early = self.last.right < right - 0.12 * (right - self.last.left).max(0.0);
        !(early && (ended || !small && self.text.len() < 60))
    }

    fn add(&mut self, line: &Line, words: &Words) {
        if line.y > self.last.y {
            self.leading = Some(line.y - self.last.y);
        }
        join(&mut self.text, &line.text, words);
        self.last = line.clone();
    }
}

/// Appends a line's words, with the word that the line's end cut made whole.
fn join(text: &mut String, next: &str, words: &Words) {
    if text.ends_with('\u{ad}') {
        text.pop();
        text.push_str(next);
        return;
    }
    let cut = text.strip_suffix(['-', '\u{2010}']).map(|t| {
        t.rsplit(|c: char| !(c.is_alphanumeric() || c == '-'))
            .next()
            .unwrap_or_default()
            .to_string()
    });
    if let Some(first) = cut.filter(|w| w.chars().next_back().is_some_and(char::is_alphanumeric)) {
        let second: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
        if second.is_empty() {
            text.push(' ');
        } else if words.keeps_hyphen(&first, &second) {
            // "well-" and "known" stay "well-known".
        } else {
            let end = text.trim_end_matches(['-', '\u{2010}']).len();
            text.truncate(end);
        }
        text.push_str(next);
        return;
    }
    let cjk = |c: Option<char>| {
        c.is_some_and(|c| {
            ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{f900}'..='\u{ffef}').contains(&c)
        })
    };
    if !(cjk(text.chars().next_back()) && cjk(next.chars().next())) {
        text.push(' ');
    }
    text.push_str(next);
}

/// The words of a document: they tell whether a hyphen at a line's end belongs to the word.
struct Words {
    whole: HashSet<String>,
    compound: HashSet<String>,
}

impl Words {
    fn of(pages: &[PageText]) -> Self {
        let mut words = Self {
            whole: HashSet::new(),
            compound: HashSet::new(),
        };
        for word in pages
            .iter()
            .flat_map(|p| &p.lines)
            .flat_map(|l| l.text.split_whitespace())
        {
            let word = word
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            match word.contains('-') {
                true => words.compound.insert(word),
                false => words.whole.insert(word),
            };
        }
        words
    }

    fn keeps_hyphen(&self, first: &str, second: &str) -> bool {
        let (first_small, second_small) = (first.to_lowercase(), second.to_lowercase());
        if self
            .compound
            .contains(&format!("{first_small}-{second_small}"))
        {
            return true;
        }
        if self.whole.contains(&format!("{first_small}{second_small}")) {
            return false;
        }
        !second.starts_with(char::is_lowercase) || first.ends_with(|c: char| c.is_ascii_digit())
    }
}

/// The size in which most letters are set.
fn body_size(pages: &[PageText]) -> f64 {
    let mut letters: HashMap<u32, usize> = HashMap::new();
    for line in pages.iter().flat_map(|p| &p.lines) {
        *letters.entry((line.size * 4.0) as u32).or_default() += line.text.len();
    }
    let most = letters.into_iter().max_by_key(|(size, n)| (*n, *size));
    most.map_or(10.0, |(size, _)| f64::from(size) / 4.0)
}

/// Where a page's columns end, and how far its lines are apart.
struct Columns {
    /// By the left edge in steps of some points: the right edge.
    right: HashMap<i64, f64>,
    leading: Option<f64>,
}

/// Points that left edges of one column may differ by.
const EDGE: f64 = 24.0;

impl Columns {
    fn of(page: &PageText, body: f64) -> Self {
        let mut right: HashMap<i64, f64> = HashMap::new();
        let mut leadings = Vec::new();
        for (n, line) in page.lines.iter().enumerate() {
            let edge = right.entry(step(line.left)).or_insert(line.right);
            *edge = edge.max(line.right);
            if let Some(next) = page.lines.get(n + 1) {
                let down = next.y - line.y;
                if down > 0.5 * body && down < 3.0 * body {
                    leadings.push(down);
                }
            }
        }
        leadings.sort_by(f64::total_cmp);
        Self {
            right,
            leading: leadings.get(leadings.len() / 2).copied(),
        }
    }

    fn right_of(&self, line: &Line) -> f64 {
        let step = step(line.left);
        [step - 1, step, step + 1]
            .iter()
            .filter_map(|s| self.right.get(s))
            .fold(line.right, |a, b| a.max(*b))
    }
}

fn step(left: f64) -> i64 {
    (left / EDGE) as i64
}

/// Takes out the lines at the pages' tops and bottoms that come again on other pages, and page numbers. Gives one of
/// each as it stood.
fn take_running_heads(pages: &mut [PageText]) -> Vec<String> {
    if pages.len() < 2 {
        return Vec::new();
    }
    let mut seen: HashMap<(bool, String), (usize, String)> = HashMap::new();
    for page in pages.iter() {
        for (n, top) in margins(page) {
            let text = &page.lines[n].text;
            let entry = seen
                .entry((top, pattern(text)))
                .or_insert((0, one_line(text)));
            entry.0 += 1;
        }
    }
    let enough = (pages.len() / 3).max(2);
    let mut taken: Vec<String> = Vec::new();
    for page in pages.iter_mut() {
        let doomed: Vec<usize> = margins(page)
            .into_iter()
            .filter(|(n, top)| {
                let pattern = pattern(&page.lines[*n].text);
                let number = pattern.chars().all(|c| !c.is_alphabetic())
                    && pattern.contains('#')
                    && pattern.len() <= 9;
                let again = seen
                    .get(&(*top, pattern))
                    .is_some_and(|(count, _)| *count >= enough);
                number || again
            })
            .map(|(n, _)| n)
            .collect();
        for &n in &doomed {
            let key = pattern(&page.lines[n].text);
            if key.contains(char::is_alphabetic) && !taken.iter().any(|t| pattern(t) == key) {
                taken.push(one_line(&page.lines[n].text));
            }
        }
        let mut n = 0;
        page.lines.retain(|_| {
            n += 1;
            !doomed.contains(&(n - 1))
        });
    }
    taken
}

/// The outermost two lines at a page's top and bottom that stand in its margins; whether each is at the top.
fn margins(page: &PageText) -> Vec<(usize, bool)> {
    let mut order: Vec<usize> = (0..page.lines.len()).collect();
    order.sort_by(|a, b| page.lines[*a].y.total_cmp(&page.lines[*b].y));
    let margin = MARGIN * page.height;
    let tops = order
        .iter()
        .take(3)
        .filter(|n| page.lines[**n].y < margin)
        .map(|n| (*n, true));
    let bottoms = order
        .iter()
        .rev()
        .take(3)
        .filter(|n| page.lines[**n].y > page.height - margin)
        .map(|n| (*n, false));
    let mut both: Vec<(usize, bool)> = tops.collect();
    for found in bottoms {
        if !both.iter().any(|b| b.0 == found.0) {
            both.push(found);
        }
    }
    both
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

    #[test]
    fn words_cut_at_line_ends_become_whole() {
        let page = PageText {
            lines: vec![Line {
                text: "a well-known harbour".into(),
                ..Line::default()
            }],
            ..PageText::default()
        };
        let words = Words::of(&[page]);
        for (text, next, want) in [
            ("the har-", "bour of Kell", "the harbour of Kell"),
            ("a well-", "known man", "a well-known man"),
            ("the gov-", "ernment", "the government"),
            ("COVID-", "19 rose", "COVID-19 rose"),
            ("Anglo-", "Saxon", "Anglo-Saxon"),
            ("soft\u{ad}", "ware", "software"),
            ("a dash -", "so", "a dash - so"),
            ("plain", "words", "plain words"),
            ("港の理", "事会", "港の理事会"),
        ] {
            let mut text = text.to_string();
            join(&mut text, next, &words);
            assert_eq!(text, want);
        }
    }

    #[test]
    fn patterns_forget_numbers() {
        assert_eq!(pattern("Kell Post - page 12"), "kell post - page #");
        assert_eq!(pattern(" 7 "), "#");
    }
}
