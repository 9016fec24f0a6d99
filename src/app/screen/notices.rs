//! What the program has to say: one message on the status line, the last 200 in a list, errors until they are seen.
//!
//! No message hides a graver one that came with it, and an error stays until Esc. Everything else stays until the next
//! step, or until something newer is said: nothing on the screen moves just because a key was pressed.

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

/// What later messages may settle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Whether the work is saved.
    Saving,
}

/// A message that waits to be seen.
#[derive(Clone, Debug)]
struct Waiting {
    notice: Notice,
    topic: Option<Topic>,
    /// How many keys had been pressed when it came.
    turn: u64,
}

/// The messages so far.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    all: Vec<Notice>,
    /// Those that were not cleared yet, oldest first.
    waiting: Vec<Waiting>,
    turn: u64,
}

impl Notices {
    /// Adds a message and shows it.
    pub fn add(&mut self, at: Time, level: Level, text: impl Into<String>) {
        self.add_about(None, at, level, text);
    }

    /// Adds a message that settles those before it on the same topic, errors too, and shows it.
    pub fn add_about(
        &mut self,
        topic: Option<Topic>,
        at: Time,
        level: Level,
        text: impl Into<String>,
    ) {
        let notice = Notice {
            at,
            level,
            text: text.into(),
        };
        if self.all.len() == KEPT {
            self.all.remove(0);
        }
        self.all.push(notice.clone());
        // What came before a key was pressed gives way; an error does not.
        let turn = self.turn;
        self.waiting
            .retain(|w| w.notice.level == Level::Error || w.turn == turn);
        self.waiting.retain(|w| w.notice.text != notice.text);
        self.waiting.retain(|w| topic.is_none() || w.topic != topic);
        let waiting = Waiting {
            notice,
            topic,
            turn,
        };
        self.waiting.push(waiting);
    }

    /// The message on the status line: of what the last key brought the gravest, so that no key is answered with silence;
    /// else the gravest that waits. Of equally grave ones the newest.
    pub fn current(&self) -> Option<&Notice> {
        let of = |w: &&Waiting| (w.turn == self.turn, w.notice.level);
        self.waiting.iter().max_by_key(of).map(|w| &w.notice)
    }

    /// How many messages wait to be seen.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// A key was pressed: what is said from now on is newer than what stands there.
    pub fn key_pressed(&mut self) {
        self.turn += 1;
    }

    /// Esc was pressed, or the mouse: what is shown has been seen, errors too. Whether there was anything.
    pub fn seen(&mut self) -> bool {
        let Some(current) = self.current().cloned() else {
            return false;
        };
        match current.level {
            Level::Error => self.waiting.retain(|w| w.notice != current),
            Level::Info | Level::Warning => {
                self.waiting.retain(|w| w.notice.level == Level::Error);
            }
        }
        true
    }

    /// The session changed: only errors stay.
    pub fn step_made(&mut self) {
        self.waiting.retain(|w| w.notice.level == Level::Error);
    }

    /// Every message kept, oldest first.
    pub fn all(&self) -> &[Notice] {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(notices: &mut Notices, level: Level, text: &str) {
        let at = "2026-11-16T10:12:00Z"
            .parse()
            .unwrap_or_else(|_| unreachable!());
        notices.add(at, level, text);
    }

    fn shown(notices: &Notices) -> (&str, usize) {
        let current = notices.current().map_or("", |n| n.text.as_str());
        (current, notices.waiting())
    }

    #[test]
    fn a_welcome_hides_neither_an_error_nor_a_warning() {
        let mut n = Notices::default();
        said(&mut n, Level::Error, "bad configuration");
        said(&mut n, Level::Warning, "your own copy");
        said(&mut n, Level::Info, "you left row 1");
        assert_eq!(shown(&n), ("bad configuration", 3));
        n.key_pressed();
        assert_eq!(shown(&n), ("bad configuration", 3), "nothing moves");
        n.seen();
        assert_eq!(shown(&n), ("your own copy", 2));
        n.key_pressed();
        said(&mut n, Level::Info, "Row 5: accurate");
        assert_eq!(shown(&n), ("Row 5: accurate", 1));
        assert!(n.seen() && !n.seen());
        assert_eq!(n.all().len(), 4);
    }

    #[test]
    fn an_error_stays_until_it_is_seen_and_the_rest_until_the_next_step() {
        let mut n = Notices::default();
        said(&mut n, Level::Error, "not saved");
        n.key_pressed();
        said(&mut n, Level::Info, "Row 1: taken up");
        assert_eq!(shown(&n), ("Row 1: taken up", 2), "a key is answered");
        n.step_made();
        assert_eq!(shown(&n), ("not saved", 1));
        said(&mut n, Level::Error, "not saved");
        assert_eq!(shown(&n), ("not saved", 1), "said twice it is shown once");
        n.seen();
        said(&mut n, Level::Warning, "nothing there");
        n.step_made();
        assert_eq!(shown(&n), ("", 0));
    }
}
