//! A table of text with named columns, and errors that name line and column.

use std::collections::HashMap;

use csv::StringRecord;

use super::limits;
use crate::core::vocabulary::Vocabulary;
use crate::exchange::csv::unguard;
use crate::exchange::error::ExchangeError;
use crate::exchange::words::list;

const NAME: &str = "csv";

/// A table: its rows by the names of its columns.
pub(super) struct TableRows {
    file: String,
    pub columns: HashMap<String, usize>,
    rows: Vec<(u64, StringRecord)>,
}

/// One row.
pub(super) struct TableRow<'a> {
    table: &'a TableRows,
    line: u64,
    cells: &'a StringRecord,
}

impl TableRows {
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, ExchangeError> {
        let text = limits::text(name, NAME, bytes)?;
        let fail = |place: String, what: String| ExchangeError::Input {
            file: name.into(),
            format: NAME,
            place,
            what,
        };
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(delimiter(text))
            .from_reader(text.as_bytes());
        let broken = |e: csv::Error| {
            let line = e.position().map_or(1, csv::Position::line);
            fail(format!("line {line}"), e.to_string())
        };
        let head = reader.headers().map_err(broken)?.clone();
        let columns: HashMap<String, usize> = head
            .iter()
            .enumerate()
            .map(|(n, h)| (h.trim().to_string(), n))
            .collect();
        let mut rows = Vec::new();
        for row in reader.records() {
            let row = row.map_err(broken)?;
            let line = row.position().map_or(0, csv::Position::line);
            if row.len() > head.len() {
                return Err(fail(
                    format!("line {line}"),
                    format!("it has {} cells, the head {}", row.len(), head.len()),
                ));
            }
            if row.iter().any(|c| !c.trim().is_empty()) {
                rows.push((line, row));
            }
            limits::records(name, NAME, rows.len(), "rows")?;
        }
        // Programs end the last line too, and close what they quote.
        let ended = text.ends_with(['\n', '\r']) && text.matches('"').count().is_multiple_of(2);
        if let Some((line, row)) = rows
            .last()
            .filter(|(_, row)| !ended && row.len() < head.len())
        {
            return Err(fail(
                format!("line {line}"),
                format!(
                    "it breaks off: the file is cut short, and the row has {} of {} cells",
                    row.len(),
                    head.len()
                ),
            ));
        }
        Ok(Self {
            file: name.into(),
            columns,
            rows,
        })
    }

    pub fn iter(&self) -> impl Iterator<Item = TableRow<'_>> {
        self.rows.iter().map(|(line, cells)| TableRow {
            table: self,
            line: *line,
            cells,
        })
    }
}

/// What parts the cells: spreadsheets write a semicolon where their country's numbers have a comma in them.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or("").as_bytes();
    let count = |of: u8| head.iter().filter(|b| **b == of).count();
    // Of as many, the comma: the last of the greatest is taken.
    let all = [b'\t', b';', b','];
    all.into_iter().max_by_key(|d| count(*d)).unwrap_or(b',')
}

impl TableRow<'_> {
    pub fn cell(&self, column: &str) -> &str {
        self.table
            .columns
            .get(column)
            .and_then(|n| self.cells.get(*n))
            .map_or("", unguard)
    }

    pub fn some(&self, column: &str) -> Option<String> {
        Some(self.cell(column).to_string()).filter(|t| !t.is_empty())
    }

    pub fn fail(&self, column: &str, what: String) -> ExchangeError {
        ExchangeError::Input {
            file: self.table.file.clone(),
            format: NAME,
            place: format!("line {}, column {column}", self.line),
            what,
        }
    }

    /// A vocabulary value; the default where the cell is empty.
    pub fn word<V: Vocabulary>(&self, column: &str) -> Result<V, ExchangeError> {
        match self.cell(column).trim() {
            "" => Ok(V::default()),
            word => V::from_word(word)
                .ok_or_else(|| self.fail(column, format!("`{word}` is not {}", list::<V>()))),
        }
    }

    pub fn number<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, ExchangeError> {
        match self.cell(column).trim() {
            "" => Ok(None),
            n => n
                .parse()
                .map(Some)
                .map_err(|_| self.fail(column, format!("`{n}` is no number that fits"))),
        }
    }
}
