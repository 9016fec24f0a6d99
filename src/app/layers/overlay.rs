//! What can lie over the workbench: forms, lists, prompts, questions. Each is a layer that takes keys and replies.

use super::choose::Choose;
use super::confirm::Confirm;
use super::exchange::export_dialog::ExportDialog;
use super::exchange::import_dialog::ImportDialog;
use super::form::Form;
use super::picker::Picker;
use super::prompt::Prompt;
use super::reply::{Host, Reply};
use super::text_view::TextView;
use super::textfield::TextField;
use crate::app::input::key::Key;
use crate::app::input::mouse::Mouse;

/// A layer.
pub enum Overlay<S> {
    /// A form of a record: several fields.
    Form(Form<S>),
    /// A list to pick from, filtered as one types.
    Picker(Picker<S>),
    /// One text: a line or several.
    Prompt(Prompt<S>),
    /// One value of a vocabulary.
    Choose(Choose<S>),
    /// A question: yes or no, or a few answers.
    Confirm(Confirm<S>),
    /// The export dialog.
    Export(ExportDialog<S>),
    /// The import dialog.
    Import(ImportDialog<S>),
    /// A text to read: messages, the audit trail, problems.
    TextView(TextView<S>),
}

impl<S: Host + 'static> Overlay<S> {
    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Reply<S> {
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
    pub fn mouse(&mut self, mouse: Mouse) -> Reply<S> {
        match self {
            Self::Picker(l) => l.mouse(mouse),
            Self::TextView(l) => l.mouse(mouse),
            _ => Reply::Stay,
        }
    }

    /// The text field that the editor would take, if the layer has one in focus.
    pub fn text_field(&mut self) -> Option<&mut TextField> {
        match self {
            Self::Form(l) => l.text_field(),
            Self::Prompt(l) => Some(l.text_field()),
            _ => None,
        }
    }

    /// Whether a letter that is pressed now is one of a text, and no answer.
    pub fn takes_text(&mut self) -> bool {
        match self {
            Self::Choose(_) | Self::Confirm(_) | Self::TextView(_) => false,
            Self::Form(l) => l.text_field().is_some(),
            Self::Picker(_) | Self::Prompt(_) | Self::Export(_) | Self::Import(_) => true,
        }
    }
}
