//! What reaches the main loop.

use std::path::PathBuf;

use crate::app::msg::Msg;
use crate::store::Writer;

/// Something that happened.
pub enum Event {
    /// A message as it stands.
    Msg(Msg),
    /// The last message of a job.
    Done(Msg),
    /// A session is open; the writer goes to the keeper before anything else is written.
    Opened(Box<Msg>, Option<Writer>, Option<PathBuf>),
    /// The system sent this signal.
    Signal(i32),
}
