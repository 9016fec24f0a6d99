//! The layers as they lie over this state: whatever they do, they do to [`State`].

use super::State;
use crate::app::layers;

/// What lies over the workbench.
pub type Overlay = layers::overlay::Overlay<State>;
/// What a layer answers to a key.
pub type Reply = layers::reply::Reply<State>;
/// A form.
pub type Form = layers::form::Form<State>;
/// A field of a form.
pub type FormField = layers::field::FormField<State>;
/// What a field is edited with.
pub type FormControl = layers::field::FormControl<State>;
/// A list to pick from.
pub type Picker = layers::picker::Picker<State>;
/// One text asked for.
pub type Prompt = layers::prompt::Prompt<State>;
/// One value of a vocabulary asked for.
pub type Choose = layers::choose::Choose<State>;
/// A question with a few answers.
pub type Confirm = layers::confirm::Confirm<State>;
/// A text to read.
pub type TextView = layers::text_view::TextView<State>;
/// The export dialog.
pub type ExportDialog = layers::exchange::export_dialog::ExportDialog<State>;
/// The import dialog.
pub type ImportDialog = layers::exchange::import_dialog::ImportDialog<State>;
