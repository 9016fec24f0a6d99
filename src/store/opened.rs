//! An open session: what it holds, how it is held, and what its opening found.

use std::fmt;
use std::sync::Arc;

use super::StoreError;
use super::name::SessionName;
use super::pen::{Blobs, Pen};
use crate::core::damage::Damage;
use crate::core::history::History;
use crate::core::model::Session;
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::summary::Holder;
use crate::core::text::ArticleText;

/// What an open session is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To work on it; read-only where that cannot be.
    Write,
    /// To write to it and nothing else: an error where that cannot be.
    MustWrite,
    /// To look at it: nothing is locked, repaired or written.
    Read,
}

/// Why a session is read-only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// It was asked for.
    Asked,
    /// Somebody has it open.
    Held(Option<Holder>),
    /// Its folder cannot be written; the system's words.
    NotWritable(String),
    /// It is damaged in a way that going on would make worse; what is wrong.
    Damaged(String),
    /// A newer claimdesk wrote to it; what is not known here.
    Newer(String),
}

impl fmt::Display for ReadOnly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked => f.write_str("opened read-only"),
            Self::Held(Some(holder)) => write!(f, "read-only: held by {holder}"),
            Self::Held(None) => f.write_str("read-only: held by another program"),
            Self::NotWritable(why) => write!(f, "read-only: the folder cannot be written ({why})"),
            Self::Damaged(what) => write!(f, "read-only: {what}"),
            Self::Newer(what) => write!(
                f,
                "read-only: written by a newer claimdesk ({what}); use a newer one to go on"
            ),
        }
    }
}

/// How an open session is held.
#[derive(Debug)]
pub enum HeldAs {
    /// Nobody else writes to it.
    Exclusive(Box<dyn Pen>),
    /// Others write to it as well: what they do comes through [`super::Shelf::watch`].
    Shared(Box<dyn Pen>),
    /// It can only be looked at; why.
    ReadOnly(ReadOnly),
}

impl HeldAs {
    /// The pen; none where it can only be looked at.
    pub fn pen(&mut self) -> Option<&mut (dyn Pen + 'static)> {
        match self {
            Self::Exclusive(pen) | Self::Shared(pen) => Some(&mut **pen),
            Self::ReadOnly(_) => None,
        }
    }

    /// The pen to keep, or why there is none.
    ///
    /// # Errors
    /// Why it can only be looked at.
    pub fn into_pen(self) -> Result<Box<dyn Pen>, ReadOnly> {
        match self {
            Self::Exclusive(pen) | Self::Shared(pen) => Ok(pen),
            Self::ReadOnly(why) => Err(why),
        }
    }
}

/// The steps of a session that was opened quickly, still to be read: at leisure and on any thread.
pub struct Earlier(Box<dyn FnOnce() -> Result<History, StoreError> + Send>);

impl Earlier {
    /// The steps that `load` reads.
    pub(crate) fn new(load: impl FnOnce() -> Result<History, StoreError> + Send + 'static) -> Self {
        Self(Box::new(load))
    }

    /// Reads every step that the session had when it was opened.
    ///
    /// # Errors
    /// When they cannot be read, or a newer claimdesk wrote one of them: nothing should be added to the session then.
    pub fn load(self) -> Result<History, StoreError> {
        (self.0)()
    }
}

impl fmt::Debug for Earlier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Earlier").finish_non_exhaustive()
    }
}

/// An open session as a store hands it out: with the pen and the blobs, which belong to other threads than those that
/// decide and draw. The workbench is told of it by a message of its own, which has none of these.
#[derive(Debug)]
pub struct Opened {
    /// Its name.
    pub name: SessionName,
    /// The state after the last step.
    pub session: Session,
    /// Every step; of a session that was opened quickly only those made since, until `earlier` has been read.
    pub history: History,
    /// The steps still to be read; none where `history` holds them all.
    pub earlier: Option<Earlier>,
    /// The way to its blobs.
    pub blobs: Arc<dyn Blobs>,
    /// The text of the current version; where that is damaged, what was found in its place.
    pub text: ArticleText,
    /// What the reader proposed for the current version; none where that is lost and must be made again.
    pub proposals: Option<Proposals>,
    /// Where the checker who opens it left it.
    pub place: Option<Place>,
    /// A form that they had open.
    pub draft: Option<Draft>,
    /// How it is held, with the pen.
    pub held: HeldAs,
    /// What was found and repaired, one sentence each.
    pub report: Vec<String>,
    /// What it may lack of what was once kept.
    pub damage: Damage,
}

/// What the opening of a session has found.
pub trait OpeningFound {
    /// What was found and repaired, one sentence each.
    fn report(&self) -> &[String];
    /// What may be missing of what was once kept.
    fn damage(&self) -> &Damage;
}

impl OpeningFound for Opened {
    fn report(&self) -> &[String] {
        &self.report
    }

    fn damage(&self) -> &Damage {
        &self.damage
    }
}

/// A session that was opened and whose findings nobody has heard yet: the only way to the session is to hear them.
#[derive(Debug)]
#[must_use = "a session is read only after what its opening found has been told"]
pub struct Unheard<O = Opened>(O);

impl<O: OpeningFound> Unheard<O> {
    pub(crate) fn new(opened: O) -> Self {
        Self(opened)
    }

    /// The same session in another form, still unheard.
    pub(crate) fn map<P: OpeningFound>(self, into: impl FnOnce(O) -> P) -> Unheard<P> {
        Unheard(into(self.0))
    }

    /// As [`Unheard::map`], where that may fail.
    pub(crate) fn try_map<P: OpeningFound>(
        self,
        into: impl FnOnce(O) -> Result<P, StoreError>,
    ) -> Result<Unheard<P>, StoreError> {
        into(self.0).map(Unheard)
    }

    /// Hands the session out, after `tell` has been given what was repaired or noted, one sentence each, and what is
    /// damaged.
    pub fn hear(self, tell: impl FnOnce(&[String], &Damage)) -> O {
        tell(self.0.report(), self.0.damage());
        self.0
    }
}
