//! What the screen shows, whatever is on it: its areas, how it looks, the article's lines in view, the messages.

pub mod areas;
pub mod look;
pub mod notices;
pub mod viewport;
