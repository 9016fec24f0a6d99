//! Import into this session.

/// Why nothing can be imported into an open session.
pub const NOT_YET: &str = "Reading annotations into an open session is not possible yet.";
