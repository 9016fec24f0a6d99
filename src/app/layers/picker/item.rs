//! The lines of a list and what they stand for.

use crate::app::input::action::Action;
use crate::core::ids::*;

/// What a line of the list stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A source.
    Source(SourceId),
    /// An evidence item.
    Evidence(EvidenceId),
    /// What is held against the current claim.
    Held(HeldId),
    /// A claim.
    Claim(ClaimId),
    /// A session by its name.
    Session(String),
    /// An action.
    Action(Action),
    /// One of a few ways, by its number.
    Way(usize),
    /// Nothing: takes away what was set.
    Nothing,
    /// What was typed, to be made.
    New(String),
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct PickItem {
    /// What it stands for.
    pub pick: Pick,
    /// What it says, and what typing is matched against.
    pub label: String,
    /// More about it, dimmed; matched too.
    pub detail: String,
    /// What it holds besides; found by its words, and shown in the place of the detail where it is what was found.
    pub inside: Vec<String>,
    /// A short text at the right (a key, a count).
    pub right: String,
    /// Why it cannot be picked now; none where it can.
    pub disabled: Option<String>,
    /// The heading that it stands under; shown above its first line while nothing is typed. Empty for none.
    pub group: &'static str,
    /// Whether it is among those that are set, in a list that several are picked from.
    pub marked: bool,
}

impl PickItem {
    /// A line that says `label`.
    pub fn new(pick: Pick, label: impl Into<String>) -> Self {
        Self {
            pick,
            label: label.into(),
            detail: String::new(),
            inside: Vec::new(),
            right: String::new(),
            disabled: None,
            group: "",
            marked: false,
        }
    }
    /// Adds more about it.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
    /// Adds what it holds besides.
    pub fn inside(mut self, texts: Vec<String>) -> Self {
        self.inside = texts;
        self
    }
    /// Adds a short text at the right.
    pub fn right(mut self, right: impl Into<String>) -> Self {
        self.right = right.into();
        self
    }
    /// Says why it cannot be picked now; none where it can.
    pub fn disabled(mut self, why: Option<String>) -> Self {
        self.disabled = why;
        self
    }
    /// Puts it under a heading.
    pub fn group(mut self, heading: &'static str) -> Self {
        self.group = heading;
        self
    }
    /// Says whether it is among those that are set.
    pub fn marked(mut self, marked: bool) -> Self {
        self.marked = marked;
        self
    }
}
