//! One text asked for: a line (search, filter, a locator) or several (justification, note, wording).

use std::sync::Arc;

use super::reply::Reply;
use super::textfield::TextField;
use crate::app::input::key::{Code, Key};
use crate::app::refusal::Done;
use crate::core::model::Time;
use crate::core::place::Draft;

/// What happens with the text.
pub type Accept<S> = Arc<dyn Fn(&mut S, String) -> Done + Send + Sync>;

/// What happens while one types.
pub type Changed<S> = fn(&mut S, String) -> Done;

/// A text being asked for.
pub struct Prompt<S> {
    /// Its name in drafts.
    pub name: &'static str,
    /// What is asked for.
    pub title: String,
    /// The row that it is about, as in a place; empty where it is about none.
    pub record: String,
    /// One line of help below the field; empty for none.
    pub hint: String,
    /// Whether leaving was asked for once although the text was changed: Esc again leaves.
    pub leaving: bool,
    field: TextField,
    initial: String,
    accept: Accept<S>,
    /// Called after every change, for what is shown while typing (a search).
    changed: Option<Changed<S>>,
    /// Called when the prompt is left without saving.
    cancel: Option<fn(&mut S) -> Done>,
}

impl<S: 'static> Prompt<S> {
    /// Asks for a line.
    pub fn line(
        name: &'static str,
        title: impl Into<String>,
        text: &str,
        accept: impl Fn(&mut S, String) -> Done + Send + Sync + 'static,
    ) -> Self {
        Self {
            name,
            title: title.into(),
            record: String::new(),
            hint: String::new(),
            leaving: false,
            field: TextField::line(text),
            initial: text.to_string(),
            accept: Arc::new(accept),
            changed: None,
            cancel: None,
        }
    }

    /// Asks for a text of several lines: Enter begins a new line, Ctrl-d saves.
    pub fn text(
        name: &'static str,
        title: impl Into<String>,
        text: &str,
        accept: impl Fn(&mut S, String) -> Done + Send + Sync + 'static,
    ) -> Self {
        Self {
            field: TextField::lines(text),
            initial: text.to_string(),
            ..Self::line(name, title, "", accept)
        }
    }

    /// Adds a line of help.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Calls `changed` after every change, and `cancel` when it is left without saving.
    pub fn live(mut self, changed: Changed<S>, cancel: fn(&mut S) -> Done) -> Self {
        self.changed = Some(changed);
        self.cancel = Some(cancel);
        self
    }

    /// The field.
    pub fn field(&self) -> &TextField {
        &self.field
    }

    /// The field, for the editor.
    pub fn text_field(&mut self) -> &mut TextField {
        &mut self.field
    }

    /// Takes a key: Enter saves a line, Ctrl-d any text, Esc leaves.
    pub fn key(&mut self, key: Key) -> Reply<S> {
        let saves =
            key == Key::ctrl('d') || (key.code == Code::Enter && !self.field.is_multiline());
        if saves {
            let (accept, text) = (self.accept.clone(), self.field.text());
            return Reply::then(move |s| accept(s, text));
        }
        if key == Key::plain(Code::Esc) {
            if self.field.is_multiline() && self.is_changed() && !self.leaving {
                self.leaving = true;
                return Reply::Stay;
            }
            return match self.cancel {
                Some(cancel) => Reply::then(cancel),
                None => Reply::Close,
            };
        }
        self.leaving = false;
        if !self.field.key(key) {
            return Reply::Ignored;
        }
        self.after_change()
    }

    /// Whether the field holds something else than when the prompt was opened.
    pub fn is_changed(&self) -> bool {
        self.field.text() != self.initial
    }

    /// Puts a draft's text into the field.
    pub fn restore(&mut self, draft: &Draft) {
        if let Some((_, text)) = draft.fields.iter().find(|(n, _)| n == "text") {
            self.field.set(text);
        }
    }

    fn after_change(&self) -> Reply<S> {
        match self.changed {
            Some(changed) => {
                let text = self.field.text();
                Reply::also(move |s| changed(s, text))
            }
            None => Reply::Stay,
        }
    }

    /// What is to happen after a paste.
    pub fn pasted(&self) -> Reply<S> {
        self.after_change()
    }

    /// What a draft keeps of the text; none for a line, or where nothing is changed.
    pub fn draft(&self, kept_at: Time) -> Option<Draft> {
        (self.field.is_multiline() && self.is_changed()).then(|| Draft {
            form: self.name.into(),
            record: self.record.clone(),
            fields: vec![("text".into(), self.field.text())],
            kept_at,
        })
    }

    /// Says which row the text is about, for drafts.
    pub fn about(mut self, record: impl Into<String>) -> Self {
        self.record = record.into();
        self
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
    }
}
