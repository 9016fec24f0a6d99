//! What reaches the main loop.

use std::sync::Arc;
use std::sync::mpsc::Receiver;

use crate::app::msg::Msg;
use crate::reader::input::ReadWatch;
use crate::store::{Blobs, Earlier, Kept, Pen, Remote, SessionName};

/// A session that was opened.
pub struct Open {
    /// What the state machine is told.
    pub msg: Msg,
    /// The pen, which goes to the keeper before anything else is written; none where nothing can be, or not yet.
    pub pen: Option<Box<dyn Pen>>,
    /// Steps still to be read; they are, once the session is on the screen.
    pub earlier: Option<Earlier>,
    /// What others do to the session; none where nobody else writes to it.
    pub remote: Option<Receiver<Remote>>,
}

/// Something that happened.
pub enum Event {
    /// A message as it stands.
    Msg(Msg),
    /// The last message of a job.
    Done(Msg),
    /// A file was looked at or copied; the number says which work that was.
    File(u64, Msg),
    /// The keeper has made the session, where its evidence copies go from now on.
    Made(SessionName, Option<Arc<dyn Blobs>>),
    /// What is kept of the session that is written to from now on, for a copy of it elsewhere.
    Kept(Option<Arc<dyn Kept>>),
    /// Others did something to the session with this number, counted as sessions are opened here.
    Remote(u64, Remote),
    /// The keeper has ended, and nothing is written any more.
    KeeperEnded,
    /// A job ended that nobody waits for any more.
    Ended,
    /// A session is open.
    Opened(Box<Open>),
    /// What opening something brings; where the watch is stopped nobody waits for it any more.
    Opening(ReadWatch, Box<Event>),
    /// The system sent this signal.
    Signal(i32),
    /// The system asks once more, by this signal, for the end of a program that has had time to leave.
    EndNow(i32),
}
