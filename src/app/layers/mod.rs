//! What can lie over the workbench: forms, lists, prompts, questions, texts.

pub mod choose;
pub mod confirm;
pub mod overlay;
pub mod picker;
pub mod prompt;
pub mod text_view;
pub mod textfield;
