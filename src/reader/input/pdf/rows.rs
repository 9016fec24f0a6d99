//! Rows of tables: words that stand side by side in columns are read row by row, with their cells apart.

use super::lines::{GAP, PageText, RunOfWords};

/// Words of a table's cell on the average, at most; the lines of columns of running text have more.
const WORDS: f64 = 5.0;
/// The most lines between which a table's rows lie apart.
const APART: f64 = 3.5;

/// Part of a line that may be a table's cell.
#[derive(Clone, Debug)]
struct Cell {
    left: f64,
    right: f64,
    text: String,
}

/// What stands on one base line.
#[derive(Debug)]
struct Row {
    y: f64,
    size: f64,
    cells: Vec<Cell>,
    /// The lines that it is made of, by their numbers.
    lines: Vec<usize>,
}

/// Puts the rows of tables together, each to one line that is marked as such, and takes the marks of gaps out of all
/// other lines.
pub(super) fn join(page: &mut PageText) {
    let rows = rows(&page.lines);
    let mut tables: Vec<std::ops::Range<usize>> = Vec::new();
    let mut n = 0;
    while n < rows.len() {
        let end = table_end(&rows, n);
        match is_table(&rows[n..end]) {
            true => {
                tables.push(n..end);
                n = end;
            }
            false => n += 1,
        }
    }
    let mut table_of: Vec<Option<usize>> = vec![None; page.lines.len()];
    for (number, table) in tables.iter().enumerate() {
        for line in rows[table.clone()].iter().flat_map(|row| &row.lines) {
            table_of[*line] = Some(number);
        }
    }
    let mut out = Vec::with_capacity(page.lines.len());
    let mut written = vec![false; tables.len()];
    for (line, table) in std::mem::take(&mut page.lines).into_iter().zip(table_of) {
        match table {
            None => out.push(RunOfWords {
                text: line.text.replace(GAP, " "),
                ..line
            }),
            Some(n) if !std::mem::replace(&mut written[n], true) => {
                out.extend(rows[tables[n].clone()].iter().map(Row::line));
            }
            Some(_) => {}
        }
    }
    page.lines = out;
}

impl Row {
    fn line(&self) -> RunOfWords {
        let cells: Vec<&str> = self.cells.iter().map(|c| c.text.as_str()).collect();
        RunOfWords {
            left: self.cells.first().map_or(0.0, |c| c.left),
            right: self.cells.last().map_or(0.0, |c| c.right),
            y: self.y,
            size: self.size,
            text: cells.join(" | "),
            row: true,
            gaps: Vec::new(),
        }
    }

    /// Whether it can be a table's row by itself: short cells that are drawn one after the other, or figures.
    fn is_tabular(&self) -> bool {
        let count = self.cells.len() as f64;
        let words = |c: &Cell| c.text.split_whitespace().count();
        let figures = |c: &&Cell| words(c) <= 2 && c.text.contains(|d: char| d.is_ascii_digit());
        let drawn_on = self.lines.windows(2).all(|two| two[1] == two[0] + 1);
        let all: usize = self.cells.iter().map(words).sum();
        self.cells.len() > 1
            && all as f64 <= WORDS * count
            && (drawn_on || 2 * self.cells.iter().filter(figures).count() >= self.cells.len())
    }

    /// How many of its cells stand as cells of `other` do: by their left edges, their right ones or their middles.
    fn aligned(&self, other: &Self) -> usize {
        let near = 0.5 * self.size.max(other.size);
        let by = |edge: fn(&Cell) -> f64| {
            let stands = |c: &&Cell| other.cells.iter().any(|o| (edge(o) - edge(c)).abs() < near);
            self.cells.iter().filter(stands).count()
        };
        by(|c| c.left)
            .max(by(|c| c.right))
            .max(by(|c| (c.left + c.right) / 2.0))
    }
}

/// The lines of a page in rows from its top, each from left to right.
fn rows(lines: &[RunOfWords]) -> Vec<Row> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| lines[*a].y.total_cmp(&lines[*b].y));
    let mut rows: Vec<Row> = Vec::new();
    for n in order {
        let line = &lines[n];
        let same = |row: &&mut Row| (line.y - row.y).abs() < 0.35 * line.size.min(row.size);
        match rows.last_mut().filter(|row| same(row)) {
            Some(row) => {
                row.cells.extend(cells(line));
                row.lines.push(n);
                row.size = row.size.max(line.size);
            }
            None => rows.push(Row {
                y: line.y,
                size: line.size,
                cells: cells(line),
                lines: vec![n],
            }),
        }
    }
    for row in &mut rows {
        row.cells.sort_by(|a, b| a.left.total_cmp(&b.left));
        row.lines.sort_unstable();
    }
    rows
}

/// The cells that a line may be.
fn cells(line: &RunOfWords) -> Vec<Cell> {
    let mut left = line.left;
    let ends = line.gaps.iter().map(|(end, _)| *end).chain([line.right]);
    let next = line.gaps.iter().map(|(_, next)| *next).chain([0.0]);
    let places = ends.zip(next);
    let mut cells = Vec::with_capacity(line.gaps.len() + 1);
    for (words, (right, next)) in line.text.split(GAP).zip(places) {
        if !words.trim().is_empty() {
            cells.push(Cell {
                left,
                right,
                text: words.trim().to_string(),
            });
        }
        left = next;
    }
    cells
}

/// Where the table ends that may begin with row `n`. A cell's second line may stand between its rows.
fn table_end(rows: &[Row], n: usize) -> usize {
    if !rows[n].is_tabular() {
        return n;
    }
    let (mut last, mut end) = (n, n + 1);
    for at in n + 1..rows.len() {
        let (above, row) = (&rows[last], &rows[at]);
        if row.y - rows[at - 1].y > APART * row.size.max(above.size) {
            break;
        }
        let enough = above.cells.len().min(row.cells.len()).div_ceil(2).max(2);
        if row.is_tabular() && row.aligned(above) >= enough {
            (last, end) = (at, at + 1);
        } else if !(row.cells.len() == 1 && row.aligned(above) == 1 && at - last < 3) {
            break;
        }
    }
    end
}

/// Whether so many rows with so many cells are a table.
fn is_table(rows: &[Row]) -> bool {
    let tabular: Vec<usize> = rows
        .iter()
        .map(|row| row.cells.len())
        .filter(|n| *n > 1)
        .collect();
    match tabular.len() {
        0 | 1 => false,
        2 => tabular.iter().all(|n| *n > 2),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(f64, f64, &str)]) -> PageText {
        let line = |(left, y, text): &(f64, f64, &str)| RunOfWords {
            left: *left,
            right: left + 5.0 * text.len() as f64,
            y: *y,
            size: 10.0,
            text: text.to_string(),
            ..RunOfWords::default()
        };
        PageText {
            lines: lines.iter().map(line).collect(),
            ..PageText::default()
        }
    }

    fn read(mut page: PageText) -> Vec<(String, bool)> {
        join(&mut page);
        page.lines.into_iter().map(|l| (l.text, l.row)).collect()
    }

    #[test]
    fn cells_that_are_drawn_row_by_row_or_column_by_column_are_rows() {
        let by_rows: [(f64, f64, &str); 6] = [
            (50.0, 100.0, "Kell"),
            (200.0, 100.0, "1,230"),
            (300.0, 100.0, "12 May"),
            (50.0, 112.0, "Norvik"),
            (200.0, 112.0, "1,117"),
            (300.0, 112.0, "13 May"),
        ];
        let mut by_columns = by_rows;
        by_columns.sort_by(|a, b| a.0.total_cmp(&b.0));
        for lines in [by_rows, by_columns] {
            let want = [
                ("Kell | 1,230 | 12 May", true),
                ("Norvik | 1,117 | 13 May", true),
            ];
            let want: Vec<_> = want.iter().map(|(t, r)| (t.to_string(), *r)).collect();
            assert_eq!(read(page(&lines)), want);
        }
    }

    #[test]
    fn columns_of_running_text_are_no_table() {
        let lines = [
            (50.0, 100.0, "The first column tells of"),
            (50.0, 112.0, "the bridge and goes on"),
            (50.0, 124.0, "to tell of the ferry."),
            (300.0, 100.0, "The second one is about"),
            (300.0, 112.0, "the mayor who closed it"),
            (300.0, 124.0, "for good in 2021 or so."),
        ];
        assert!(read(page(&lines)).iter().all(|(_, row)| !row));
    }

    #[test]
    fn a_gap_inside_a_line_parts_cells_in_a_table_only() {
        let lines = [
            (50.0, 100.0, "Kell"),
            (50.0, 112.0, "Norvik"),
            (50.0, 124.0, "Sund"),
        ];
        let mut page = page(&lines);
        for line in &mut page.lines {
            line.text.push(GAP);
            line.text.push_str("12");
            line.gaps = vec![(line.right, 120.0)];
            line.right = 130.0;
        }
        let mut alone = PageText::default();
        alone.lines.push(page.lines[0].clone());
        assert_eq!(read(page)[1], ("Norvik | 12".to_string(), true));
        assert_eq!(read(alone), [("Kell 12".to_string(), false)]);
    }
}
