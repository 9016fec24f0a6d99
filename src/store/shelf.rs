//! The shelf: where sessions are kept. Whoever wants a session asks the shelf for it by its name; where and how it is kept
//! only the shelf knows.

use std::fmt;
use std::sync::mpsc::Receiver;

use super::care::Care;
use super::name::SessionName;
use super::opened::{Mode, Opened, Unheard};
use super::pen::Remote;
use super::{Spot, StoreError};
use crate::core::birth::Newborn;
use crate::core::model::{Checker, Time};
use crate::core::summary::Summary;

/// Who opens a session, and what for.
#[derive(Clone, Copy, Debug)]
pub struct OpenRequest<'a> {
    /// What it is wanted for.
    pub mode: Mode,
    /// Whether every step is wanted at once; else [`Opened::earlier`] reads those that the checkpoint holds.
    pub history: bool,
    /// Who opens it: whose place and draft are wanted, and who is named to others that find it held.
    pub checker: &'a Checker,
    /// Now, in whole milliseconds.
    pub now: Time,
}

/// What a session is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find<'a> {
    /// The hash of a stored text of its article, or of the bytes that one was read from.
    Hash(&'a str),
    /// Where its article was read from: a path, made absolute, or a URL.
    Origin(&'a str),
}

/// Where sessions are kept. Any thread may ask, and each question may fail: a store that cannot be reached is never taken
/// for an empty one.
pub trait Shelf: fmt::Debug + Send + Sync {
    /// Where it is, in words.
    fn spot(&self) -> Spot;

    /// Every session with what a list shows of it, by name: one that is damaged or cannot be read is told as such.
    ///
    /// # Errors
    /// When it is not known which sessions there are.
    fn list(&self) -> Result<Vec<Summary>, StoreError>;

    /// The session that was worked on last; none where there is no session.
    ///
    /// # Errors
    /// As those of [`Shelf::list`].
    fn latest(&self) -> Result<Option<SessionName>, StoreError>;

    /// The sessions that `what` leads to; the one worked on last comes first.
    ///
    /// # Errors
    /// As those of [`Shelf::list`].
    fn find(&self, what: Find<'_>) -> Result<Vec<SessionName>, StoreError>;

    /// What the claims of the session called `name` say, in no order.
    ///
    /// # Errors
    /// When it is not there, or cannot be read.
    fn claims(&self, name: &SessionName) -> Result<Vec<String>, StoreError>;

    /// Whether there is a session of that name.
    ///
    /// # Errors
    /// When that is not known.
    fn has(&self, name: &SessionName) -> Result<bool, StoreError>;

    /// A name like `wish` that no session has. Whoever makes a session is given such a one by the making itself.
    ///
    /// # Errors
    /// When it is not known which names are taken.
    fn free_name(&self, wish: &str) -> Result<SessionName, StoreError>;

    /// Whether the session holds a source that must not be named: so one that cannot be read is taken to, and one that is
    /// not there is not.
    ///
    /// # Errors
    /// When that is not known.
    fn protects(&self, name: &SessionName) -> Result<bool, StoreError>;

    /// How large a file may be that a session to be made here could hold; none where nobody knows.
    fn room(&self) -> Option<u64>;

    /// Makes a session, whole and with its first step, and opens it to be written to.
    ///
    /// # Errors
    /// When it cannot be made; nothing is left of it then.
    fn create(&self, new: &Newborn<'_>) -> Result<Opened, StoreError>;

    /// Gives the session called `name` the name `to`.
    ///
    /// # Errors
    /// When it is not there, is held or is a sample, when another one is called `to`, or when it cannot be written.
    fn rename(&self, name: &SessionName, to: &SessionName) -> Result<(), StoreError>;

    /// Takes the session called `name` off the shelf, and gives the place where it is kept until somebody removes it there.
    ///
    /// # Errors
    /// When it is not there, is held or is a sample, or when it cannot be written.
    fn discard(&self, name: &SessionName) -> Result<Spot, StoreError>;

    /// Opens the session called `name`.
    ///
    /// # Errors
    /// When it is not there, was written by a newer claimdesk, or is damaged beyond what its steps can tell; with
    /// [`Mode::MustWrite`] also when it cannot be written.
    fn open(&self, name: &SessionName, asking: &OpenRequest<'_>) -> Result<Unheard, StoreError>;

    /// What others do to the session called `name` after step `after`, as it comes; none where nobody else writes to it as
    /// long as it is held. The receiver is disconnected when the store has nothing more to tell.
    ///
    /// # Errors
    /// When the session is not there, or the store cannot be reached.
    fn watch(&self, name: &SessionName, after: u64)
    -> Result<Option<Receiver<Remote>>, StoreError>;

    /// Says once, by [`Remote::Free`], that nobody holds the session called `name` any more, be it at once. The receiver is
    /// disconnected without it where the store cannot tell.
    ///
    /// # Errors
    /// When the session is not there, or the store cannot be reached.
    fn watch_holder(&self, name: &SessionName) -> Result<Receiver<Remote>, StoreError>;

    /// Says, whenever that is so, that [`Shelf::list`] may have another answer now; none where the store is told nothing of
    /// what others do, as a folder is not. The receiver is disconnected when the store has nothing more to tell.
    ///
    /// # Errors
    /// When the store cannot be reached.
    fn watch_list(&self) -> Result<Option<Receiver<()>>, StoreError>;

    /// What looks after the files of the sessions.
    ///
    /// # Errors
    /// Where the sessions have no files of their own.
    fn care(&self) -> Result<&dyn Care, StoreError> {
        Err(StoreError::NoFiles { at: self.spot() })
    }
}
