//! Every version of every file ever released, and the dispatch on the version that a file names.
//!
//! Disk types are separate from the model, with words of their own. A released version is never changed: a change of shape is a new module
//! `vN` beside the others, `CURRENT` raised, and one more arm in each `match` below.

pub(crate) mod known;
pub(crate) mod v1;

use std::fmt;
use std::io::{self, BufRead};

use serde::Deserialize;
use serde::de::{Deserializer as _, Error, IgnoredAny, MapAccess, Visitor};

use super::chain::Last;
use crate::core::history::Step;
use crate::core::model::Session;
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use known::{Known, Unresolved};
use v1::form::Form;
pub(crate) use v1::steps::Beginning;

/// The format of `session.json`.
pub(crate) const SESSION: &str = "claimdesk.session";
/// The format of `journal.jsonl`.
pub(crate) const JOURNAL: &str = "claimdesk.journal";
/// The format of `proposals/*.jsonl`.
pub(crate) const PROPOSALS: &str = "claimdesk.proposals";
/// The format of `place.json`.
pub(crate) const PLACE: &str = "claimdesk.place";
/// The format of `draft.json`.
pub(crate) const DRAFT: &str = "claimdesk.draft";
/// The format of `session.lock`.
pub(crate) const LOCK: &str = "claimdesk.lock";

/// U+FEFF, with which some editors begin a file.
pub(crate) const BOM: &[u8] = b"\xef\xbb\xbf";

/// The version that is written.
pub(crate) const CURRENT: u32 = 1;

/// The newest version that was ever released; 0 before the first release. Up to it no shape may change any more: a test
/// compares the committed schemas. A version that is not released may only grow, and a missing member is blank.
pub const RELEASED: u32 = 0;

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// A newer claimdesk wrote it, in a version of its own.
    Newer(u32),
    /// It was written as it is, and holds something that this claimdesk does not know: a newer one wrote it.
    Foreign(String),
    /// It is not what it should be.
    Damaged(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => write!(f, "it has the unknown version {version}"),
            Self::Foreign(what) => write!(f, "a newer claimdesk wrote it: {what}"),
            Self::Damaged(what) => f.write_str(what),
        }
    }
}

impl From<String> for Unreadable {
    fn from(what: String) -> Self {
        Self::Damaged(what)
    }
}

impl From<Unresolved> for Unreadable {
    fn from(why: Unresolved) -> Self {
        Self::Damaged(why.to_string())
    }
}

/// Why a file could not be read to its end, piece by piece.
#[derive(Debug)]
pub(crate) enum Unread {
    /// The disk did not give it.
    Disk(io::Error),
    /// What it gave is not to be read.
    Unreadable(Unreadable),
}

impl From<io::Error> for Unread {
    fn from(e: io::Error) -> Self {
        Self::Disk(e)
    }
}

impl<E: Into<Unreadable>> From<E> for Unread {
    fn from(what: E) -> Self {
        Self::Unreadable(what.into())
    }
}

/// What a checkpoint says.
#[derive(Debug)]
pub(crate) struct Checkpoint {
    /// The version that the file was written in.
    pub version: u32,
    /// The state after step `seq`.
    pub session: Session,
    /// The last step that it knows of.
    pub seq: u64,
    /// That step and its line; none in a file from before there was a chain.
    pub last: Option<Last>,
    /// The length of the journal up to that step's line, in bytes.
    pub bytes: u64,
    /// The counts in its head.
    pub counts: v1::session::SummaryForm,
    /// Whether it names its sum.
    pub summed: bool,
}

/// Reads a checkpoint of any version, whose sum, where it has one, must be right.
pub(crate) fn read_checkpoint(bytes: &[u8]) -> Result<Checkpoint, Unreadable> {
    // Summing up a large one takes no time of its own.
    const LARGE: usize = 256 * 1024;
    let sum = || v1::session::sum_is_right(bytes);
    let (read, right) = match bytes.len() > LARGE {
        false => (parse_checkpoint(bytes), sum()),
        true => std::thread::scope(|scope| {
            let right = scope.spawn(sum);
            let read = parse_checkpoint(bytes);
            (read, right.join().unwrap_or(Some(false)))
        }),
    };
    // A changed bit may well be read, as another word or another version.
    let wrong = || Err(Unreadable::Damaged("its sum is wrong".into()));
    match (right, read) {
        (Some(false), _) => wrong(),
        (None, Ok(c)) if c.summed => wrong(),
        (_, read) => read,
    }
}

fn parse_checkpoint(bytes: &[u8]) -> Result<Checkpoint, Unreadable> {
    let bytes = unmarked(bytes);
    match version_of(bytes, SESSION)? {
        1 => Ok(v1::session::read(bytes)?),
        n => Err(unknown(n)),
    }
}

/// Reads one step of a journal, a line with or without its sum, of a part that names `version`, where `known` is what the
/// lines before it told; it learns what this one tells. The line is as it was written: what is not understood in it is of
/// a newer claimdesk.
pub(crate) fn read_step(version: u32, line: &[u8], known: &mut Known) -> Result<Step, Unreadable> {
    match version {
        1 => v1::steps::read(line, known).map_err(|e| Unreadable::Foreign(e.to_string())),
        n => Err(unknown(n)),
    }
}

/// The number of the step in a line of a part that names `version`, without reading the rest of it.
pub(crate) fn seq_of(version: u32, line: &[u8]) -> Option<u64> {
    match version {
        1 => v1::steps::seq(line),
        _ => None,
    }
}

/// The beginning of a line of a part that names `version`; none where it does not begin as a step does.
pub(crate) fn beginning_of(version: u32, line: &[u8]) -> Option<Beginning<'_>> {
    match version {
        1 => v1::steps::beginning(line),
        _ => None,
    }
}

/// Reads proposals of any version, with the hash of their text.
pub(crate) fn read_proposals(input: &mut impl BufRead) -> Result<(Proposals, String), Unread> {
    let mut head = Vec::new();
    input.read_until(b'\n', &mut head)?;
    match version_of(&head, PROPOSALS)? {
        1 => v1::proposals::read(unmarked(&head), input),
        n => Err(unknown(n).into()),
    }
}

/// Reads a place of any version, in a session of which `known` is known.
pub(crate) fn read_place(bytes: &[u8], known: &Known) -> Result<Place, Unreadable> {
    match version_of(bytes, PLACE)? {
        1 => Ok(parse::<v1::aside::PlaceForm<'_>>(bytes)?.into_model(known)?),
        n => Err(unknown(n)),
    }
}

/// Reads a draft of any version, in a session of which `known` is known.
pub(crate) fn read_draft(bytes: &[u8], known: &Known) -> Result<Draft, Unreadable> {
    match version_of(bytes, DRAFT)? {
        1 => Ok(parse::<v1::aside::DraftForm<'_>>(bytes)?.into_model(known)?),
        n => Err(unknown(n)),
    }
}

fn parse<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, Unreadable> {
    serde_json::from_slice(unmarked(bytes)).map_err(|e| Unreadable::Damaged(e.to_string()))
}

/// A file without the byte order mark that an editor may have put in front of it.
pub(crate) fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BOM).unwrap_or(bytes)
}

fn unknown(version: u32) -> Unreadable {
    match version > CURRENT {
        true => Unreadable::Newer(version),
        false => Unreadable::Damaged(format!("there is no version {version}")),
    }
}

/// The version that the JSON object at the start of `bytes` names; reads no further than it must.
pub(crate) fn version_of(bytes: &[u8], format: &str) -> Result<u32, Unreadable> {
    let mut found = Named::default();
    let mut json = serde_json::Deserializer::from_slice(unmarked(bytes));
    // The visitor stops at once when it knows both, which the reader of the whole object takes for an error.
    let end = json.deserialize_map(NameVisitor(&mut found));
    match (found.format, found.version, end) {
        (Some(f), Some(version), _) if f == format => Ok(version),
        (Some(f), Some(_), _) => Err(Unreadable::Damaged(format!("{f} is not {format}"))),
        (.., Err(e)) => Err(Unreadable::Damaged(e.to_string())),
        _ => Err(Unreadable::Damaged("it names no format and version".into())),
    }
}

#[derive(Default)]
struct Named {
    format: Option<String>,
    version: Option<u32>,
}

struct NameVisitor<'a>(&'a mut Named);

impl<'de> Visitor<'de> for NameVisitor<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object that names its format and version")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match &*key {
                "format" => self.0.format = Some(map.next_value()?),
                "version" => self.0.version = Some(map.next_value()?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
            if self.0.format.is_some() && self.0.version.is_some() {
                return Err(A::Error::custom("enough"));
            }
        }
        Ok(())
    }
}
