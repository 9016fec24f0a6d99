//! A question with a few answers, each on its letter. Esc gives the harmless one. So does Enter, unless an answer must be
//! meant, or what was asked for is only told once more.

use super::reply::{Reply, Then};
use crate::app::input::key::{Code, Key};
use crate::core::wrap::wrap;

/// The cells that a line of the details has on the narrowest screen.
const NARROW: u16 = 54;

/// An answer.
pub struct ConfirmAnswer<S> {
    /// Its letter.
    pub key: char,
    /// What it says.
    pub label: String,
    then: Option<Then<S>>,
}

/// A question.
pub struct Confirm<S> {
    /// The question, one or a few sentences.
    pub question: String,
    /// What it is about, a paragraph each, below the question.
    pub details: Vec<String>,
    /// How many rows of what is asked are above the box, where it is too low for all of them.
    pub scroll: u16,
    /// The answers; the last one is harmless, and is what Esc gives.
    pub answers: Vec<ConfirmAnswer<S>>,
    /// What Enter gives.
    pub enter: EnterGives,
}

/// Which answer Enter gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnterGives {
    /// The harmless one.
    Harmless,
    /// The first one.
    First,
    /// None.
    Nothing,
}

impl<S> Confirm<S> {
    /// Asks `question` with the harmless answer `label` on `key`.
    pub fn new(question: impl Into<String>, key: char, label: impl Into<String>) -> Self {
        Self {
            question: question.into(),
            details: Vec::new(),
            scroll: 0,
            answers: vec![ConfirmAnswer {
                key,
                label: label.into(),
                then: None,
            }],
            enter: EnterGives::Harmless,
        }
    }

    /// Lets Enter give no answer, where neither is to be given by habit.
    pub fn without_enter(mut self) -> Self {
        self.enter = EnterGives::Nothing;
        self
    }

    /// Lets Enter give the first answer, where what was asked for is only told once more and can be undone.
    pub fn enter_does_it(mut self) -> Self {
        self.enter = EnterGives::First;
        self
    }

    /// Shows `details` below the question, a paragraph each.
    pub fn about(mut self, details: Vec<String>) -> Self {
        self.details = details;
        self
    }

    /// Adds an answer that does something, before the harmless one.
    pub fn answer(mut self, key: char, label: impl Into<String>, then: Then<S>) -> Self {
        let at = self.answers.len() - 1;
        self.answers.insert(
            at,
            ConfirmAnswer {
                key,
                label: label.into(),
                then: Some(then),
            },
        );
        self
    }

    /// Makes the harmless answer do something too, where doing nothing would lead nowhere.
    pub fn otherwise(mut self, then: Then<S>) -> Self {
        if let Some(last) = self.answers.last_mut() {
            last.then = Some(then);
        }
        self
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Reply<S> {
        let given = match (key.code, self.enter) {
            (Code::Esc, _) | (Code::Enter, EnterGives::Harmless) => self.answers.last_mut(),
            (Code::Enter, EnterGives::First) => self.answers.first_mut(),
            _ => None,
        };
        if let Some(given) = given {
            return given.then.take().map_or(Reply::Close, Reply::Then);
        }
        let page = 5;
        match key.code {
            Code::Down => return self.scrolled(1),
            Code::PageDown => return self.scrolled(page),
            Code::Up => return self.scrolled(-1),
            Code::PageUp => return self.scrolled(-page),
            _ => {}
        }
        let typed = key.typed().map(|c| c.to_ascii_lowercase());
        match self.answers.iter_mut().find(|a| Some(a.key) == typed) {
            Some(a) => a.then.take().map_or(Reply::Close, Reply::Then),
            None => Reply::Stay,
        }
    }

    /// Scrolls what is asked; not past its last row on the narrowest screen.
    fn scrolled(&mut self, by: i16) -> Reply<S> {
        let texts = std::iter::once(&self.question).chain(&self.details);
        let rows: usize = texts.map(|t| wrap(t, NARROW).len() + 1).sum();
        let last = u16::try_from(rows).unwrap_or(u16::MAX);
        self.scroll = self.scroll.saturating_add_signed(by).min(last);
        Reply::Stay
    }
}
