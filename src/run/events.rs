//! What reaches the main loop.

use std::path::PathBuf;

use crate::app::msg::Msg;
use crate::reader::input::Watch;
use crate::store::{Earlier, Writer};

/// Something that happened.
pub enum Event {
    /// A message as it stands.
    Msg(Msg),
    /// The last message of a job.
    Done(Msg),
    /// A job ended that nobody waits for any more.
    Ended,
    /// A session is open; the writer goes to the keeper before anything else is written.
    /// Steps that the checkpoint holds may still have to be read; they are, once the session is on the screen.
    Opened(Box<Msg>, Option<Writer>, Option<PathBuf>, Option<Earlier>),
    /// What opening something brings; where the watch is stopped nobody waits for it any more.
    Opening(Watch, Box<Event>),
    /// The system sent this signal.
    Signal(i32),
}
