//! What the program has to say: one message on the status line, the last 200 in a list, errors until they are seen.

use crate::core::model::Time;

/// How grave a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It went as asked.
    Info,
    /// It went, but not quite as asked.
    Warning,
    /// It did not go.
    Error,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// When.
    pub at: Time,
    /// How grave.
    pub level: Level,
    /// One sentence.
    pub text: String,
}

const KEPT: usize = 200;

/// The messages so far.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    all: Vec<Notice>,
    shown: bool,
}

impl Notices {
    /// Adds a message and shows it.
    pub fn add(&mut self, at: Time, level: Level, text: impl Into<String>) {
        if self.all.len() == KEPT {
            self.all.remove(0);
        }
        self.all.push(Notice {
            at,
            level,
            text: text.into(),
        });
        self.shown = true;
    }

    /// The message on the status line.
    pub fn current(&self) -> Option<&Notice> {
        self.all.last().filter(|_| self.shown)
    }

    /// A key was pressed: what is shown goes; an error stays for one more key, so that it is seen.
    pub fn key_pressed(&mut self, seen: bool) {
        if seen || self.current().is_some_and(|n| n.level != Level::Error) {
            self.shown = false;
        }
    }

    /// Every message kept, oldest first.
    pub fn all(&self) -> &[Notice] {
        &self.all
    }
}
