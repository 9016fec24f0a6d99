//! What reaches the main loop.

use std::path::PathBuf;

use crate::app::msg::Msg;
use crate::reader::input::ReadWatch;
use crate::store::evidence::Intake;
use crate::store::{Earlier, Kept, Writer};

/// Something that happened.
pub enum Event {
    /// A message as it stands.
    Msg(Msg),
    /// The last message of a job.
    Done(Msg),
    /// A file was looked at or copied; the number says which work that was.
    File(u64, Msg),
    /// The keeper has made the session's folder, where its evidence copies go from now on.
    Made(String, Option<Intake>),
    /// What is kept of the session that is written to from now on, for a copy of it elsewhere.
    Kept(Option<Kept>),
    /// The keeper has ended, and nothing is written any more.
    KeeperEnded,
    /// A job ended that nobody waits for any more.
    Ended,
    /// A session is open; the writer goes to the keeper before anything else is written.
    /// Steps that the checkpoint holds may still have to be read; they are, once the session is on the screen.
    Opened(Box<Msg>, Option<Writer>, Option<PathBuf>, Option<Earlier>),
    /// What opening something brings; where the watch is stopped nobody waits for it any more.
    Opening(ReadWatch, Box<Event>),
    /// The system sent this signal.
    Signal(i32),
    /// The system asks once more, by this signal, for the end of a program that has had time to leave.
    EndNow(i32),
}
