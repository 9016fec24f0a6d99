//! Where a checker left a session, and what stood in an open form: kept beside the session, never part of its history.

use super::ids::VersionId;
use super::model::Time;

/// One of the workbench's two panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Pane {
    /// The article on the left.
    Article,
    /// The claims panel on the right.
    #[default]
    Claims,
}

/// Where the checker was when the session was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The key of the current row; none where there was no row.
    pub row: Option<String>,
    /// The article version that `scroll` counts in.
    pub version: VersionId,
    /// The first scalar value shown in the article pane.
    pub scroll: u32,
    /// The first row shown in the claims panel.
    pub list_scroll: u32,
    /// Which pane had the focus.
    pub pane: Pane,
    /// The filter as it was typed; empty where none was set.
    pub filter: String,
    /// The article pane's share of the width, in percent; none where it was never moved.
    pub split: Option<u8>,
    /// Whether the pane with the focus filled the screen.
    pub zoom: bool,
    /// When the session was left.
    pub left_at: Time,
}

/// What stood in a form that was open and not yet saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which form, by its name in the action table.
    pub form: String,
    /// The key of the record or the row that it was about.
    pub record: String,
    /// Every field's name and text, in the form's order.
    pub fields: Vec<(String, String)>,
    /// When it was last kept.
    pub kept_at: Time,
}
