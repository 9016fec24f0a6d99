//! Pages and lines that run another way than from left to right: turned pages, stamps at the margin, leftward scripts.

use hayro_interpret::kurbo::{Point, Vec2};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lines::{DirectedLine, GAP, PageText, RunOfWords};
use crate::reader::input::draft::one_line;

/// The share of a page's width or height at its edges where stamps stand.
const MARGIN: f64 = 0.1;
/// The most characters of the stamps of one page, as a share of its text, and the most of them: charts have many labels.
const STAMPS: (f64, usize) = (0.2, 4);

/// A quarter turn: 0 runs right, 1 down, 2 left, 3 up.
type Quarter = usize;

fn quarter(along: Vec2) -> Quarter {
    let quarters = along.y.atan2(along.x) / std::f64::consts::FRAC_PI_2;
    (quarters.round() as i64).rem_euclid(4) as usize
}

/// Whether it runs across the page, as a watermark does.
fn is_slanted(along: Vec2) -> bool {
    along.x.abs().min(along.y.abs()) > 0.26
}

/// Turns a page so that most of its text runs from left to right. What runs another way at its margin is a stamp;
/// elsewhere it follows the text.
pub(super) fn upright(lines: Vec<DirectedLine>, size: (f64, f64)) -> PageText {
    let mut letters = [0_usize; 4];
    for line in &lines {
        letters[quarter(line.along)] += line.text.len();
    }
    let all: usize = letters.iter().sum();
    // Where two are equal the first one wins: text that runs right.
    let main = (0..4).rev().max_by_key(|q| letters[*q]).unwrap_or(0);
    let odd = |line: &DirectedLine| {
        (quarter(line.along) != main && at_margin(line.from, size)) || is_slanted(line.along)
    };
    let odd_ones = || lines.iter().filter(|l| odd(l));
    let stamped: usize = odd_ones().map(|l| l.text.len()).sum();
    let stamps = (stamped as f64) < STAMPS.0 * all as f64 && odd_ones().count() <= STAMPS.1;
    let mut page = PageText {
        height: height(main, size),
        ..PageText::default()
    };
    let mut others: [Vec<RunOfWords>; 4] = Default::default();
    for line in lines {
        if stamps && odd(&line) {
            page.stamps.push(one_line(&line.text.replace(GAP, " ")));
            continue;
        }
        let own = quarter(line.along);
        let from = turned(line.from, own, size);
        let run = RunOfWords {
            left: from.x,
            right: from.x + line.length,
            y: from.y,
            size: line.size,
            text: line.text,
            gaps: line
                .gaps
                .iter()
                .map(|(end, next)| (from.x + end, from.x + next))
                .collect(),
            row: false,
        };
        let into = match own == main {
            true => &mut page.lines,
            false => &mut others[own],
        };
        match line.added {
            true => insert(into, run),
            false => into.push(run),
        }
    }
    for other in others {
        // A new column to the layout: it begins further up.
        page.lines.extend(other);
    }
    page
}

/// Puts what was added to a page where it stands: at the end of what is left of it on its line, else before what is
/// below.
fn insert(lines: &mut Vec<RunOfWords>, run: RunOfWords) {
    let beside = |l: &RunOfWords| {
        (l.y - run.y).abs() < 0.6 * l.size.max(run.size) && l.left < run.left + 1.0
    };
    let left = lines
        .iter_mut()
        .filter(|l| beside(l))
        .max_by(|a, b| a.left.total_cmp(&b.left));
    if let Some(line) = left {
        line.text.push(' ');
        line.text.push_str(&run.text.replace(GAP, " "));
        line.right = line.right.max(run.right);
        return;
    }
    let at = lines.iter().position(|l| l.y > run.y);
    lines.insert(at.unwrap_or(lines.len()), run);
}

fn at_margin(at: Point, (width, height): (f64, f64)) -> bool {
    let near = |at: f64, of: f64| at < MARGIN * of || at > (1.0 - MARGIN) * of;
    near(at.x, width) || near(at.y, height)
}

/// A point of the page as whoever turns the page sees it.
fn turned(at: Point, quarter: Quarter, (width, height): (f64, f64)) -> Point {
    match quarter {
        1 => Point::new(at.y, width - at.x),
        2 => Point::new(width - at.x, height - at.y),
        3 => Point::new(height - at.y, at.x),
        _ => at,
    }
}

fn height(quarter: Quarter, (width, height): (f64, f64)) -> f64 {
    match quarter % 2 {
        0 => height,
        _ => width,
    }
}

/// Whether it holds a letter of a script that is written leftward.
pub(super) fn is_leftward(words: &str) -> bool {
    words.chars().any(is_leftward_letter)
}

fn is_leftward_letter(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && !c.is_numeric()
}

/// The words of a line in the order in which they are said. Most programs draw leftward letters rightward (`rightward`),
/// the last one first, and a mark before its letter; letters in the shapes of a place in a word become letters again.
pub(super) fn logical(text: &str, rightward: bool) -> String {
    if !is_leftward(text) {
        return text.to_string();
    }
    if !rightward {
        return text.nfkc().collect();
    }
    let letters: Vec<char> = text.chars().collect();
    let leftward = letters.iter().filter(|c| is_leftward_letter(**c)).count();
    let others = letters.iter().filter(|c| c.is_alphabetic()).count();
    let whole = 2 * leftward >= others.min(letters.len());
    // The line as a whole runs left, with rightward parts in it; or the other way round.
    let (mut out, runs_back): (Vec<char>, fn(char) -> bool) = match whole {
        true => (letters.into_iter().rev().collect(), runs_right),
        false => (letters, is_leftward_letter),
    };
    let ends_it: fn(char) -> bool = match whole {
        true => is_leftward_letter,
        false => runs_right,
    };
    let mut at = 0;
    while at < out.len() {
        if !runs_back(out[at]) {
            at += 1;
            continue;
        }
        let reach = out[at..].iter().take_while(|c| !ends_it(**c)).count();
        let last = out[at..at + reach].iter().rposition(|c| runs_back(*c));
        let end = at + last.unwrap_or(0) + 1;
        out[at..end].reverse();
        at = end;
    }
    // Only now: the letters of a ligature come out in the order in which they are said.
    out.into_iter().nfkc().collect()
}

/// Whether it is part of a word or number that is written rightward.
fn runs_right(c: char) -> bool {
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_leftward_letter(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: (f64, f64), along: (f64, f64), text: &str) -> DirectedLine {
        DirectedLine {
            from: at.into(),
            along: along.into(),
            length: 100.0,
            size: 10.0,
            text: text.into(),
            gaps: Vec::new(),
            added: false,
        }
    }

    const PAGE: (f64, f64) = (600.0, 800.0);
    const UP: (f64, f64) = (0.0, -1.0);
    const RIGHT: (f64, f64) = (1.0, 0.0);

    #[test]
    fn a_page_whose_text_runs_upwards_is_turned() {
        let lines = vec![
            line((100.0, 700.0), UP, "The pier is shut."),
            line((112.0, 700.0), UP, "So is the bridge."),
        ];
        let page = upright(lines, PAGE);
        assert_eq!(page.height, 600.0);
        let at: Vec<_> = page.lines.iter().map(|l| (l.left, l.y)).collect();
        assert_eq!(at, [(100.0, 100.0), (100.0, 112.0)]);
    }

    #[test]
    fn a_stamp_at_the_margin_is_told_and_a_turned_table_is_read() {
        let text = "The council of Kell approved the bridge. ".repeat(8);
        let lines = vec![
            line((20.0, 700.0), UP, "arXiv:1"),
            line((100.0, 100.0), RIGHT, &text),
            line((300.0, 700.0), UP, "Year 2021"),
            line((200.0, 700.0), (0.7, -0.7), "DRAFT"),
        ];
        let page = upright(lines, PAGE);
        assert_eq!(page.stamps, ["arXiv:1", "DRAFT"]);
        let words: Vec<_> = page.lines.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(words, [&text, "Year 2021"]);
    }

    #[test]
    fn leftward_words_that_were_drawn_rightward_are_turned() {
        let said = "שלום 2021 עולם";
        let drawn = "םלוע 2021 םולש";
        assert_eq!(logical(drawn, true), said);
        assert_eq!(logical(said, false), said);
        assert_eq!(
            logical("The word םלוע is here.", true),
            "The word עולם is here."
        );
        assert_eq!(logical("plain", true), "plain");
        // A ligature's letters, and a mark with its letter, in the order in which they are said.
        assert_eq!(logical("طوط\u{fccb}ا", true), "الخطوط");
        assert_eq!(logical("ةد\u{651}ي\u{651}سلا", true), "السّيّدة");
    }
}
