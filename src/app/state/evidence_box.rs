//! What is typed in a box for evidence, as far as it is understood: which kind was chosen, and what is known of the file.

use crate::app::msg::SeenFile;
use crate::core::vocabulary::EvidenceKind;

/// What is known of what is typed in a box for evidence.
#[derive(Clone, Debug, Default)]
pub struct EvidenceBox {
    /// What is typed.
    pub text: String,
    /// The kind that was chosen; none while the one that is guessed stands.
    pub kind: Option<EvidenceKind>,
    /// What is being looked for.
    pub(in crate::app) looking: Option<PathsLookedAt>,
    /// What was found, and for which paths.
    pub(in crate::app) seen: Option<(Vec<String>, Result<SeenFile, String>)>,
    /// The path that is being completed.
    pub(in crate::app) completing: Option<PathCompleting>,
    /// What the path that is typed may go on with, where that is several.
    pub(in crate::app) names: Vec<String>,
}

/// Paths that are looked at while one types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathsLookedAt {
    /// The number of the work.
    pub(in crate::app) id: u64,
    pub(in crate::app) paths: Vec<String>,
}

/// A path that is being completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathCompleting {
    /// The number of the work.
    pub(in crate::app) id: u64,
    /// What was typed.
    pub(in crate::app) text: String,
    /// The path that it means.
    pub(in crate::app) path: String,
}
