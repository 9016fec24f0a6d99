//! How a list is put together.

use std::sync::Arc;

use super::{Accept, Create, Extra, NumberLetter, Pick, PickItem, Picker, Typing};
use crate::app::input::key::Key;
use crate::app::layers::textfield::TextField;
use crate::app::refusal::Done;

impl<S: 'static> Picker<S> {
    /// What was typed can be made; `word` says what it becomes.
    ///
    /// Where `meant` says so, the text can only be meant to be made, and the line that makes it is the first choice.
    pub fn creating(mut self, word: fn(&str) -> &'static str, meant: fn(&str) -> bool) -> Self {
        self.create = Some(Create { word, meant });
        self
    }

    /// Begins with this typed.
    pub fn typing(mut self, text: &str) -> Self {
        self.field = TextField::line(text);
        self.filter();
        self
    }

    /// Says what Enter does, for the hint line.
    pub fn verb(mut self, verb: &'static str) -> Self {
        self.verb = verb;
        self
    }

    /// Lets Esc take away what is typed before it closes the list.
    pub fn clearing(mut self) -> Self {
        self.clears = true;
        self
    }

    /// Lies over the whole screen: it is not about the current row.
    pub fn over_all(mut self) -> Self {
        self.over_all = true;
        self
    }

    /// Adds a further key that closes the list.
    pub fn extra(
        self,
        key: Key,
        label: &'static str,
        accept: impl Fn(&mut S, Pick) -> Done + Send + Sync + 'static,
    ) -> Self {
        self.with_key(key, label, false, Arc::new(accept))
    }

    /// Adds a further key that leaves the list open.
    pub fn extra_staying(
        self,
        key: Key,
        label: &'static str,
        accept: impl Fn(&mut S, Pick) -> Done + Send + Sync + 'static,
    ) -> Self {
        self.with_key(key, label, true, Arc::new(accept))
    }

    fn with_key(mut self, key: Key, label: &'static str, stays: bool, accept: Accept<S>) -> Self {
        self.extras.push(Extra {
            key,
            label,
            stays,
            accept,
            applies: |_| true,
        });
        self
    }

    /// The key that was added last acts only while `applies` says so of what is typed.
    pub fn only_while(mut self, applies: fn(&str) -> bool) -> Self {
        if let Some(extra) = self.extras.last_mut() {
            extra.applies = applies;
        }
        self
    }

    /// Gives the lines numbers, in their order: one that is typed picks its line, and a letter of `letters` right behind
    /// it acts on that.
    pub fn numbered(mut self, letters: Vec<NumberLetter<S>>) -> Self {
        self.letters = Some(letters);
        self
    }

    /// Calls `live` after every change of what is typed, and shows below it what `told` says.
    pub fn live(mut self, live: Typing<S>, told: fn(&S) -> String) -> Self {
        (self.live, self.told) = (Some(live), Some(told));
        self
    }

    /// Looks for what is typed in the texts at the right (keys) before all else.
    pub fn keys_first(mut self) -> Self {
        self.keys_first = true;
        self
    }

    /// The list stays open when a line is picked, and its lines follow the session.
    pub fn following(
        mut self,
        reload: impl Fn(&S) -> Vec<PickItem> + Send + Sync + 'static,
    ) -> Self {
        self.stays = true;
        self.reload = Some(Arc::new(reload));
        self
    }

    /// Lets several lines be marked with Tab; Enter hands all marked ones over, or, where nothing was marked or unmarked
    /// by hand, adds the selected line to them (or takes it out).
    pub fn several(
        mut self,
        accept: impl Fn(&mut S, Vec<Pick>) -> Done + Send + Sync + 'static,
    ) -> Self {
        self.accept_all = Some(Arc::new(accept));
        self
    }

    /// What happens when the list is left without a choice.
    pub fn closing(mut self, close: impl Fn(&mut S, Pick) -> Done + Send + Sync + 'static) -> Self {
        self.close = Some(Arc::new(close));
        self
    }

    /// Says what is shown where there is no line.
    pub fn empty(mut self, text: impl Into<String>) -> Self {
        self.empty = text.into();
        self
    }

    /// Puts the cursor on the line that stands for `pick`, if it is there.
    pub fn preselect(mut self, pick: &Pick) -> Self {
        if let Some(n) = self
            .matches
            .iter()
            .position(|(i, _)| self.items[*i].pick == *pick)
        {
            self.selected = n;
        }
        self
    }
}
