//! Standard output of the commands: buffered, and forgiving of a reader that has seen enough.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use serde::Serialize;

use super::failure::Failure;
use crate::core::controls::json;
use crate::core::display::{clean_lines, truncate, width};

/// Standard output.
pub struct Out(BufWriter<Stdout>);

impl Out {
    /// Standard output, buffered.
    pub fn new() -> Self {
        Self(BufWriter::new(io::stdout()))
    }

    /// Writes a line for people, so that nothing in it acts, wherever it comes from.
    pub fn line(&mut self, line: impl AsRef<str>) -> anyhow::Result<()> {
        self.0.write_all(clean_lines(line.as_ref()).as_bytes())?;
        Ok(self.0.write_all(b"\n")?)
    }

    /// Writes bytes as they are: what the program makes of itself.
    pub fn bytes(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        Ok(self.0.write_all(bytes)?)
    }

    /// Writes an export: as it is into a file or a pipe, where it is data; on a terminal so that nothing in it acts.
    ///
    /// # Errors
    /// What is no text is not written to a terminal.
    pub fn export(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        if !io::stdout().is_terminal() {
            return Ok(self.0.write_all(bytes)?);
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(Failure::usage(
                "this format is no text for a terminal; name a file with --output.",
            ));
        };
        Ok(self.0.write_all(clean_lines(text).as_bytes())?)
    }

    /// Writes a value as indented JSON.
    pub fn json(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        self.json_text(&serde_json::to_string_pretty(value)?)
    }

    /// Writes a value as one line of JSON.
    pub fn json_line(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        self.json_text(&serde_json::to_string(value)?)
    }

    /// Writes JSON text and a line end: what would act in its strings as escapes, so that it says the same.
    pub fn json_text(&mut self, text: &str) -> anyhow::Result<()> {
        self.0.write_all(json(text).as_bytes())?;
        Ok(self.0.write_all(b"\n")?)
    }

    /// Writes rows as a table: columns as wide as their widest cell, which is at most `widest`; the last one is free.
    pub fn table(&mut self, rows: &[Vec<String>], widest: usize) -> anyhow::Result<()> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|c| {
                let cells = rows.iter().filter_map(|r| r.get(c));
                cells.map(|s| width(s)).max().unwrap_or(0).min(widest)
            })
            .collect();
        for row in rows {
            let mut line = String::new();
            for (c, (cell, room)) in row.iter().zip(&widths).enumerate() {
                if c + 1 == row.len() {
                    line.push_str(cell);
                    break;
                }
                let cell = truncate(cell, *room);
                line.push_str(&cell);
                line.extend(std::iter::repeat_n(' ', room - width(&cell) + 2));
            }
            self.line(line.trim_end())?;
        }
        Ok(())
    }

    /// Hands on what was written so far.
    pub fn flush(&mut self) -> anyhow::Result<()> {
        Ok(self.0.flush()?)
    }

    /// Hands on everything.
    pub fn finish(mut self) -> anyhow::Result<()> {
        self.flush()
    }
}

/// Whether an error only says that the reader of a pipe has gone.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
