//! One value of a vocabulary asked for: its letter picks it, arrows and Enter too.

use super::reply::Reply;
use crate::app::input::key::{Code, Key};
use crate::app::refusal::{Done, Refusal};
use crate::core::vocabulary::{Entry, Vocabulary};

/// What happens with the value's word.
pub type Accept<S> = Box<dyn FnOnce(&mut S, &'static str) -> Done + Send>;

/// A further key of the question.
pub struct ChooseKey<S> {
    /// The letter, none of the values' own.
    pub key: char,
    /// What it does, for the hint line.
    pub label: &'static str,
    act: Box<dyn FnOnce(&mut S) -> Done + Send>,
}

/// A value being asked for.
pub struct Choose<S> {
    /// What is asked for.
    pub title: String,
    /// The vocabulary's name on disk, under which a house may rename labels.
    pub vocabulary: &'static str,
    /// The values.
    pub entries: Vec<&'static Entry>,
    /// Which one Enter picks.
    pub selected: usize,
    /// What Enter does, for the hint line.
    pub verb: &'static str,
    /// Further keys.
    pub keys: Vec<ChooseKey<S>>,
    accept: Option<Accept<S>>,
    /// What a value's letter as a capital does; none where capitals do nothing.
    capital: Option<Accept<S>>,
}

impl<S: 'static> Choose<S> {
    /// Asks for a value of `V`; `preset` is what Enter picks.
    pub fn value<V: Vocabulary>(
        title: impl Into<String>,
        preset: V,
        accept: impl FnOnce(&mut S, V) -> Done + Send + 'static,
    ) -> Self {
        Self {
            title: title.into(),
            vocabulary: V::NAME,
            entries: V::ALL.iter().map(|v| v.entry()).collect(),
            selected: V::ALL.iter().position(|v| *v == preset).unwrap_or(0),
            verb: "picks",
            keys: Vec::new(),
            accept: Some(by_word(accept)),
            capital: None,
        }
    }

    /// Lets a value's letter as a capital pick it in another way.
    pub fn capitals<V: Vocabulary>(
        mut self,
        accept: impl FnOnce(&mut S, V) -> Done + Send + 'static,
    ) -> Self {
        self.capital = Some(by_word(accept));
        self
    }

    /// Whether capitals pick too.
    pub fn takes_capitals(&self) -> bool {
        self.capital.is_some()
    }

    /// Says what Enter does, for the hint line.
    pub fn verb(mut self, verb: &'static str) -> Self {
        self.verb = verb;
        self
    }

    /// Adds a further key, which takes the question away.
    pub fn on(
        mut self,
        key: char,
        label: &'static str,
        act: impl FnOnce(&mut S) -> Done + Send + 'static,
    ) -> Self {
        let act = Box::new(act);
        self.keys.push(ChooseKey { key, label, act });
        self
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Reply<S> {
        match (key.code, key.typed()) {
            (Code::Esc, _) => return Reply::Close,
            (Code::Down, _) => self.selected = (self.selected + 1) % self.entries.len().max(1),
            (Code::Up, _) => {
                self.selected = self
                    .selected
                    .checked_sub(1)
                    .unwrap_or(self.entries.len().saturating_sub(1))
            }
            (Code::Enter, _) => return self.pick(self.selected),
            (_, Some(c)) => {
                if let Some(n) = self.entries.iter().position(|e| e.key == c) {
                    return self.pick(n);
                }
                let small = c.to_ascii_lowercase();
                let capital = self
                    .entries
                    .iter()
                    .position(|e| e.key == small && c != small);
                if let (Some(n), Some(accept)) = (capital, self.capital.take()) {
                    let word = self.entries[n].word;
                    return Reply::then(move |s| accept(s, word));
                }
                if let Some(n) = self.keys.iter().position(|k| k.key == c) {
                    return Reply::Then(self.keys.swap_remove(n).act);
                }
            }
            _ => return Reply::Ignored,
        }
        Reply::Stay
    }

    fn pick(&mut self, n: usize) -> Reply<S> {
        match (self.entries.get(n), self.accept.take()) {
            (Some(entry), Some(accept)) => {
                let word = entry.word;
                Reply::then(move |s| accept(s, word))
            }
            _ => Reply::Close,
        }
    }
}

/// What happens with a value, by its word.
fn by_word<S, V: Vocabulary>(accept: impl FnOnce(&mut S, V) -> Done + Send + 'static) -> Accept<S> {
    Box::new(move |s, word| match V::from_word(word) {
        Some(v) => accept(s, v),
        None => Err(Refusal::no_such_line()),
    })
}
