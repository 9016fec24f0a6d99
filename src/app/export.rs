//! The export dialog: format, target, protection, and what would be lost before the file is written.

use super::key::{Code, Key};
use super::msg::Effect;
use super::msg::{ExportReport, ExportRequest};
use super::overlay::Reply;
use super::state::State;

/// The export dialog.
pub struct ExportDialog {
    /// What would be written.
    pub request: ExportRequest,
    /// What the export would do, once worked out.
    pub report: Option<ExportReport>,
}

impl ExportDialog {
    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Reply {
        match key.code {
            Code::Esc => Reply::Close,
            _ => Reply::Ignored,
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, _text: &str) {}
}

/// Opens the dialog.
pub fn open(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}

/// Takes what an export would do.
pub fn previewed(state: &mut State, report: ExportReport) -> Vec<Effect> {
    let _ = (state, report);
    Vec::new()
}

/// Takes what an export has done.
pub fn exported(state: &mut State, result: Result<ExportReport, String>) -> Vec<Effect> {
    let _ = (state, result);
    Vec::new()
}
