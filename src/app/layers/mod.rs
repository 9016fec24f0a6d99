//! What can lie over the workbench: forms, lists, prompts, questions, texts.

pub mod choose;
pub mod confirm;
pub mod exchange;
pub mod field;
pub mod form;
pub mod overlay;
pub mod picker;
pub mod prompt;
pub mod reply;
pub mod text_view;
pub mod textfield;
