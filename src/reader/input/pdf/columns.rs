//! Text that is written downwards, letter by letter: each column is one line.

use super::lines::{PageText, RunOfWords};
use super::words::is_unspaced;

/// Fewer letters below each other may be a list, where nothing else is written so.
const FEWEST: usize = 4;

/// Puts letters of scripts that are written downwards, each drawn below the one before it, together to columns, on pages
/// that have long ones.
pub(super) fn join(page: &mut PageText) {
    let mut columns: Vec<Vec<RunOfWords>> = Vec::with_capacity(page.lines.len());
    for line in std::mem::take(&mut page.lines) {
        match columns.last_mut() {
            Some(open) if open.last().is_some_and(|last| goes_on(last, &line)) => open.push(line),
            _ => columns.push(vec![line]),
        }
    }
    let has_columns = columns.iter().any(|column| column.len() >= FEWEST);
    for column in columns {
        match has_columns {
            true => page.lines.extend(joined(column)),
            false => page.lines.extend(column),
        }
    }
}

/// One line of the letters of a column.
fn joined(column: Vec<RunOfWords>) -> Option<RunOfWords> {
    let text = column.iter().map(|line| line.text.as_str()).collect();
    let right = column
        .iter()
        .map(|line| line.right)
        .fold(f64::MIN, f64::max);
    let alone = column.len() == 1;
    let first = column.into_iter().next()?;
    Some(match alone {
        true => first,
        false => RunOfWords {
            text,
            right,
            ..first
        },
    })
}

/// Whether it is one letter, or mark, of Chinese or Japanese.
fn is_letter(line: &RunOfWords) -> bool {
    let mut letters = line.text.chars();
    let first = letters.next();
    letters.next().is_none() && is_unspaced(first)
}

fn goes_on(last: &RunOfWords, line: &RunOfWords) -> bool {
    let size = last.size.max(line.size);
    let middle = |line: &RunOfWords| (line.left + line.right) / 2.0;
    let down = line.y - last.y;
    is_letter(last)
        && is_letter(line)
        && (middle(line) - middle(last)).abs() < 0.6 * size
        && down > 0.3 * size
        && down < 1.8 * size
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(words: &str, step: f64) -> PageText {
        let line = |(n, c): (usize, char)| RunOfWords {
            left: 100.0,
            right: 110.0,
            y: 100.0 + step * n as f64,
            size: 10.0,
            text: c.into(),
            ..RunOfWords::default()
        };
        PageText {
            lines: words.chars().enumerate().map(line).collect(),
            ..PageText::default()
        }
    }

    #[test]
    fn letters_below_each_other_are_a_column() {
        let read = |words, step| {
            let mut page = letters(words, step);
            join(&mut page);
            page.lines
                .into_iter()
                .map(|line| line.text)
                .collect::<Vec<_>>()
        };
        assert_eq!(read("港の理事会", 10.5), ["港の理事会"]);
        assert_eq!(read("港の理", 10.5).len(), 3);
        assert_eq!(read("港の理事会", 30.0).len(), 5);
        assert_eq!(read("abcde", 10.5).len(), 5);
        assert_eq!(read("ㄱㄴㄷㄹㅁ", 10.5).len(), 5);
    }
}
