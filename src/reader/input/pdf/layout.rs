//! From a document's lines to its blocks: running heads out, words at line ends whole again, lines to paragraphs.

use std::collections::HashMap;

use super::columns;
use super::elsewhere;
use super::heads;
use super::lines::{PageText, RunOfWords};
use super::rows;
use super::words::{DocumentWords, is_cut, join};
use crate::core::vocabulary::BlockKind;
use crate::reader::blocks::list_mark;
use crate::reader::input::account::{Omission, OmissionPlace};
use crate::reader::input::build::DocumentBuilder;
use crate::reader::input::draft::{DocumentDraft, one_line};

/// A heading is set so much larger than the text.
const HEADING: f64 = 1.15;
/// The longest heading in bytes.
const HEADING_MAX: usize = 240;
/// Words of one line are at most so many of their letters' sizes apart, where a column is narrow and set full.
const SPREAD: f64 = 9.0;

/// Lays the pages out.
pub(super) fn draft(mut pages: Vec<PageText>) -> DocumentDraft {
    let body = body_size(&pages);
    let heads = heads::take(&mut pages, body);
    for page in &mut pages {
        columns::join(page);
        rows::join(page);
        mend(page);
    }
    let words = DocumentWords::of(&pages);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for page in &pages {
        if let Some(text) = &page.elsewhere {
            let theirs = elsewhere::paragraphs(text, &words).into_iter();
            paragraphs.extend(theirs.map(|text| Paragraph::read_elsewhere(text, page.number)));
            continue;
        }
        let columns = Columns::of(page, body);
        for (n, line) in page.lines.iter().enumerate() {
            let before = n.checked_sub(1).and_then(|n| page.lines.get(n));
            match paragraphs.last_mut() {
                Some(open) if open.goes_on(line, before, &columns) => open.add(line, &words),
                _ => paragraphs.push(Paragraph::of(line, page.number)),
            }
        }
    }
    let mut builder = DocumentBuilder::default();
    let mut title: (f64, String) = (0.0, String::new());
    for p in &paragraphs {
        let heading = p.size >= body * HEADING && p.text.len() <= HEADING_MAX;
        let kind = match () {
            () if p.last.row => BlockKind::ListItem,
            () if heading => BlockKind::Headline,
            () if list_mark(&p.text).is_some() => BlockKind::ListItem,
            () => BlockKind::Paragraph,
        };
        if heading
            && !p.last.row
            && p.page == paragraphs[0].page
            && p.size > title.0 * 1.01
            && p.text.chars().filter(|c| c.is_alphabetic()).count() > 3
        {
            title = (p.size, one_line(&p.text));
        }
        builder.open(kind, format!("p. {}", p.page));
        builder.words(&p.text);
    }
    let mut draft = DocumentDraft::of(builder);
    draft.title = title.1;
    draft.notes.extend(heads.said());
    let stamps = pages.iter().flat_map(|page| &page.stamps);
    for words in heads.lines.iter().chain(stamps) {
        let (why, place) = (Omission::RunningHeads, OmissionPlace::Around);
        draft.account.leave_out(why, place, true, words);
    }
    let unread: usize = pages.iter().map(|page| page.unread).sum();
    draft.account.unreadable(unread as u64);
    let unshown: usize = pages.iter().map(|page| page.unshown).sum();
    draft.account.unshown(unshown as u64);
    for words in pages.iter().flat_map(|page| &page.outside) {
        let (why, place) = (Omission::Hidden, OmissionPlace::Around);
        draft.account.leave_out(why, place, true, words);
    }
    draft
}

/// Puts together what the page draws apart: the words of a line in a narrow column, and a list's marks and items.
fn mend(page: &mut PageText) {
    let columns = Columns::of(page, 0.0);
    let mut whole: Vec<RunOfWords> = Vec::with_capacity(page.lines.len());
    for line in std::mem::take(&mut page.lines) {
        match whole.last_mut() {
            Some(last) if !last.row && !line.row && columns.holds(last, &line) => {
                last.text.push(' ');
                last.text.push_str(&line.text);
                last.right = line.right;
            }
            _ => whole.push(line),
        }
    }
    let is_mark =
        |l: &RunOfWords| matches!(l.text.as_str(), "•" | "◦" | "▪" | "‣" | "●" | "○" | "■");
    let marks: Vec<RunOfWords> = whole.iter().filter(|l| is_mark(l)).cloned().collect();
    for mark in marks {
        let beside = |l: &RunOfWords| {
            (l.y - mark.y).abs() < 0.4 * l.size
                && l.left > mark.left
                && l.left < mark.left + 4.0 * l.size
        };
        let item = whole.iter().position(|l| !is_mark(l) && beside(l));
        let own = whole
            .iter()
            .position(|l| is_mark(l) && l.y == mark.y && l.left == mark.left);
        if let (Some(item), Some(own)) = (item, own) {
            whole[item].text.insert_str(0, &format!("{} ", mark.text));
            whole.remove(own);
        }
    }
    page.lines = whole;
}

/// Lines that join to one block.
struct Paragraph {
    page: u32,
    size: f64,
    last: RunOfWords,
    /// The leading between its last two lines; none while it has one.
    leading: Option<f64>,
    text: String,
    /// Whether nothing goes on with it.
    is_closed: bool,
}

impl Paragraph {
    /// A paragraph of a page that another program has read.
    fn read_elsewhere(text: String, page: u32) -> Self {
        Self {
            page,
            size: 0.0,
            last: RunOfWords::default(),
            leading: None,
            text,
            is_closed: true,
        }
    }

    fn of(line: &RunOfWords, page: u32) -> Self {
        Self {
            page,
            size: line.size,
            last: line.clone(),
            leading: None,
            text: line.text.clone(),
            is_closed: false,
        }
    }

    /// Whether `line`, drawn after `before` on its page, belongs to this paragraph.
    fn goes_on(&self, line: &RunOfWords, before: Option<&RunOfWords>, columns: &Columns) -> bool {
        if line.row
            || self.last.row
            || self.is_closed
            || (line.size - self.size).abs() > 0.08 * self.size.max(line.size)
        {
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
            return next && !ended && (small || full || is_cut(&self.text));
        }
        let usual = self.leading.or(columns.leading).unwrap_or(1.2 * self.size);
        if down > 1.3 * usual.max(1.0 * self.size) {
            return false;
        }
        // What follows a hyphen is the rest of a word, whatever it looks like: a number, a name.
        if is_cut(&self.text) {
            return true;
        }
        if list_mark(&line.text).is_some() {
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

    fn add(&mut self, line: &RunOfWords, words: &DocumentWords) {
        if line.y > self.last.y {
            self.leading = Some(line.y - self.last.y);
        }
        join(&mut self.text, &line.text, words);
        self.last = line.clone();
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
    /// By the left edge in steps of some points, and the letters' size: the right edge.
    right: HashMap<(i64, i64), f64>,
    leading: Option<f64>,
}

/// Points that left edges of one column may differ by.
const EDGE: f64 = 24.0;

impl Columns {
    fn of(page: &PageText, body: f64) -> Self {
        let mut right: HashMap<(i64, i64), f64> = HashMap::new();
        let mut leadings = Vec::new();
        for (n, line) in page.lines.iter().enumerate() {
            let edge = right.entry(place(line)).or_insert(line.right);
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

    /// The right edge of the column that `line` stands in. A heading over several columns is of another size.
    fn right_of(&self, line: &RunOfWords) -> f64 {
        let (step, size) = place(line);
        let around = |n: i64| [n - 1, n, n + 1];
        around(step)
            .into_iter()
            .flat_map(|step| around(size).map(|size| (step, size)))
            .filter_map(|place| self.right.get(&place))
            .fold(line.right, |a, b| a.max(*b))
    }

    /// Whether `next`, drawn after `line`, stands behind it on the same line of the same column.
    fn holds(&self, line: &RunOfWords, next: &RunOfWords) -> bool {
        let size = line.size.max(next.size);
        let gap = next.left - line.right;
        (next.y - line.y).abs() < 0.1 * size
            && (next.size - line.size).abs() < 0.04 * size
            && gap > 0.0
            && gap < SPREAD * size
            && next.right <= self.right_of(line) + 0.5 * size
    }
}

/// Where a line begins and in which size it is set, in steps.
fn place(line: &RunOfWords) -> (i64, i64) {
    ((line.left / EDGE) as i64, (line.size * 2.0) as i64)
}
