//! The export dialog and the import dialog, as layers: their rows, what is told below them, their keys.

pub mod dialog_row;
pub mod export_dialog;
pub mod import_dialog;
pub mod panel;
