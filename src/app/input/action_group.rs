//! Where the keys of an action work, and under which heading help lists it.

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyContext {
    /// Everywhere, even while text is typed.
    Global,
    /// The two panes.
    Workbench,
    /// While a passage is marked.
    Mark,
}

/// Under which heading help lists an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionGroup {
    /// Walking.
    Move,
    /// Deciding about statements.
    Decide,
    /// The tags of a claim.
    Tag,
    /// Evidence and sources.
    Evidence,
    /// Finding things.
    Find,
    /// The session as a whole.
    Session,
    /// How it looks.
    Screen,
    /// Marking a passage.
    Mark,
}

impl ActionGroup {
    /// All, in help's order.
    pub const ALL: &'static [Self] = &[
        Self::Move,
        Self::Decide,
        Self::Tag,
        Self::Evidence,
        Self::Find,
        Self::Session,
        Self::Screen,
        Self::Mark,
    ];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Walk",
            Self::Decide => "Decide",
            Self::Tag => "Tag",
            Self::Evidence => "Sources and evidence",
            Self::Find => "Find",
            Self::Session => "Session",
            Self::Screen => "Screen",
            Self::Mark => "While marking",
        }
    }
}
