//! What can lie over the workbench: forms, lists, prompts, questions. Each is a layer that takes keys and replies.

use super::choose::Choose;
use super::confirm::Confirm;
use super::picker::Picker;
use super::prompt::Prompt;
use super::text_view::TextView;
use crate::app::features::exchange::export::ExportDialog;
use crate::app::features::exchange::import::ImportDialog;
use crate::app::features::form::Form;
use crate::app::input::key::Key;
use crate::app::msg::Mouse;
use crate::app::refusal::Done;
use crate::app::state::State;

/// What is to happen to the state once a layer has answered.
pub type Then = Box<dyn FnOnce(&mut State) -> Done + Send>;

/// What a layer answers to a key.
pub enum Reply {
    /// Nothing of the layer's: the key may mean something elsewhere.
    Ignored,
    /// It was taken; the layer stays.
    Stay,
    /// The layer goes.
    Close,
    /// The layer goes, then this happens.
    Then(Then),
    /// This happens, and the layer stays.
    Also(Then),
}

impl Reply {
    /// The layer goes, then `work` happens.
    pub fn then(work: impl FnOnce(&mut State) -> Done + Send + 'static) -> Self {
        Self::Then(Box::new(work))
    }
    /// `work` happens, and the layer stays.
    pub fn also(work: impl FnOnce(&mut State) -> Done + Send + 'static) -> Self {
        Self::Also(Box::new(work))
    }
}

/// A layer.
pub enum Overlay {
    /// A form of a record: several fields.
    Form(Form),
    /// A list to pick from, filtered as one types.
    Picker(Picker),
    /// One text: a line or several.
    Prompt(Prompt),
    /// One value of a vocabulary.
    Choose(Choose),
    /// A question: yes or no, or a few answers.
    Confirm(Confirm),
    /// The export dialog.
    Export(ExportDialog),
    /// The import dialog.
    Import(ImportDialog),
    /// A text to read: messages, the audit trail, problems.
    TextView(TextView),
}

impl Overlay {
    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Reply {
        match self {
            Self::Form(l) => l.key(key),
            Self::Picker(l) => l.key(key),
            Self::Prompt(l) => l.key(key),
            Self::Choose(l) => l.key(key),
            Self::Confirm(l) => l.key(key),
            Self::Export(l) => l.key(key),
            Self::Import(l) => l.key(key),
            Self::TextView(l) => l.key(key),
        }
    }

    /// Takes pasted text: never a key, so that a paste can neither submit nor act.
    pub fn paste(&mut self, text: &str) {
        match self {
            Self::Form(l) => l.paste(text),
            Self::Picker(l) => l.paste(text),
            Self::Prompt(l) => l.paste(text),
            Self::Export(l) => l.paste(text),
            Self::Import(l) => l.paste(text),
            Self::Choose(_) | Self::Confirm(_) | Self::TextView(_) => {}
        }
    }

    /// Takes a wheel or a click, in cells of the screen.
    pub fn mouse(&mut self, mouse: Mouse) -> Reply {
        match self {
            Self::Picker(l) => l.mouse(mouse),
            Self::TextView(l) => l.mouse(mouse),
            _ => Reply::Stay,
        }
    }

    /// The text field that the editor would take, if the layer has one in focus.
    pub fn text_field(&mut self) -> Option<&mut super::textfield::TextField> {
        match self {
            Self::Form(l) => l.text_field(),
            Self::Prompt(l) => Some(l.text_field()),
            _ => None,
        }
    }
}
