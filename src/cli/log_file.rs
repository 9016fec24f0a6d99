//! The log file of `--log`: what happened, never the words of an article or a session.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use super::failure::Failure;
use crate::core::model::Time;

/// A log file, or none.
#[derive(Debug)]
pub struct LogFile(Option<File>);

impl LogFile {
    /// Opens `path` to append to it; nothing is logged without one.
    pub fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else {
            return Ok(Self(None));
        };
        let file = OpenOptions::new().create(true).append(true).open(path);
        let file = file.map_err(|e| {
            Failure::not_writable(format!(
                "The log {} could not be opened: {e}.",
                path.display()
            ))
        })?;
        Ok(Self(Some(file)))
    }

    /// Adds a line. A log that cannot be written is no reason to stop.
    pub fn say(&self, at: Time, what: &str) {
        if let Some(mut file) = self.0.as_ref() {
            let _ = file.write_all(format!("{at:.3} {what}\n").as_bytes());
        }
    }
}
