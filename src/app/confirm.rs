//! A question with a few answers, each on its letter. Enter and Esc give the harmless one.

use super::key::{Code, Key};
use super::overlay::{Reply, Then};

/// An answer.
pub struct Answer {
    /// Its letter.
    pub key: char,
    /// What it says.
    pub label: String,
    then: Option<Then>,
}

/// A question.
pub struct Confirm {
    /// The question, one or a few sentences.
    pub question: String,
    /// The answers; the last one is harmless, and is what Esc gives.
    pub answers: Vec<Answer>,
}

impl Confirm {
    /// Asks `question` with the harmless answer `label` on `key`.
    pub fn new(question: impl Into<String>, key: char, label: impl Into<String>) -> Self {
        Self {
            question: question.into(),
            answers: vec![Answer {
                key,
                label: label.into(),
                then: None,
            }],
        }
    }

    /// Adds an answer that does something, before the harmless one.
    pub fn answer(mut self, key: char, label: impl Into<String>, then: Then) -> Self {
        let at = self.answers.len() - 1;
        self.answers.insert(
            at,
            Answer {
                key,
                label: label.into(),
                then: Some(then),
            },
        );
        self
    }

    /// Makes the harmless answer do something too, where doing nothing would lead nowhere.
    pub fn otherwise(mut self, then: Then) -> Self {
        if let Some(last) = self.answers.last_mut() {
            last.then = Some(then);
        }
        self
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Reply {
        if matches!(key.code, Code::Esc | Code::Enter) {
            let last = self.answers.last_mut().and_then(|a| a.then.take());
            return last.map_or(Reply::Close, Reply::Then);
        }
        let typed = key.typed().map(|c| c.to_ascii_lowercase());
        match self.answers.iter_mut().find(|a| Some(a.key) == typed) {
            Some(a) => a.then.take().map_or(Reply::Close, Reply::Then),
            None => Reply::Stay,
        }
    }
}
