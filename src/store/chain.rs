//! The chain of the steps in a journal: each line names the hash of the line before it, so that a line that was changed,
//! removed, swapped or inserted later is found although its own sum is right.
//!
//! Hashes identify lines, never steps: a step is identified by its id and nothing else. A chain without a witness outside
//! of the folder shows only that the lines belong together: whoever rewrites a line and all lines after it, with the
//! checkpoint, makes another whole chain.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::core::hash::{HexDigits, read_hex};
use crate::core::ids::StepId;

/// The SHA-256 of a line, over the bytes that its sum covers: its object without the sum, and nothing that stands around
/// it. Written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LineHash([u8; 32]);

impl LineHash {
    /// That of the line whose object, without sum and closing brace, is `body`.
    pub(crate) fn of(body: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(body);
        hash.update(b"}");
        Self(hash.finalize().into())
    }

    /// How it is written.
    pub(crate) fn digits(&self) -> HexDigits<32> {
        HexDigits::of(&self.0)
    }

    /// The hash that `text` writes.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        read_hex(text).map(Self)
    }
}

impl fmt::Display for LineHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.digits().as_str())
    }
}

impl fmt::Debug for LineHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LineHash({self})")
    }
}

/// The lines that a line goes on from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parents {
    /// The line before it; none of the first step.
    pub before: Option<LineHash>,
    /// Of a join: the last line of the other copy, which need not be in this journal.
    pub other: Option<LineHash>,
}

/// A line that a checkpoint names: its step, and the line itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Last {
    /// The step's id.
    pub step: StepId,
    /// The line's hash.
    pub hash: LineHash,
}

/// Where a journal ends: what its next line goes on from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tip {
    /// The number of the last step; 0 before the first.
    pub seq: u64,
    /// The line of that step.
    pub last: Option<Last>,
}

impl Tip {
    /// The parents of the line after it.
    pub(crate) fn parents(&self) -> Parents {
        Parents {
            before: self.last.map(|l| l.hash),
            other: None,
        }
    }

    /// The end of the journal with one line more, that of step `step`, whose object without its closing brace is `body`.
    pub(crate) fn after(&self, step: StepId, body: &[u8]) -> Self {
        let hash = LineHash::of(body);
        Self {
            seq: self.seq + 1,
            last: Some(Last { step, hash }),
        }
    }
}

/// What is known of one line of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The line's hash.
    pub hash: LineHash,
    /// What it names; none of a line from before there was a chain.
    pub parents: Option<Parents>,
}

/// What is wrong between two lines of a chain that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    /// The later names another line than the earlier.
    Other,
    /// The later names no line although the earlier is of the chain.
    None,
    /// The first line of all names one before it.
    First,
}

/// What is wrong where line `next` follows `before`; none of the first line.
pub(crate) fn between(before: Option<&Link>, next: &Link) -> Option<Break> {
    match (before, next.parents) {
        (Some(before), Some(parents)) => {
            (parents.before != Some(before.hash)).then_some(Break::Other)
        }
        (None, Some(parents)) => parents.before.map(|_| Break::First),
        (Some(before), None) => before.parents.map(|_| Break::None),
        (None, None) => None,
    }
}

/// Which of two lines that do not follow each other is not to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChainFault {
    /// The earlier.
    Before,
    /// The later.
    Next,
}

impl Break {
    /// Which of the two lines is not to be believed, where `named` tells whether any line or the checkpoint names the
    /// earlier one as it is. A line that something names is right; of one that nothing names, though lines come after it,
    /// nobody knows who wrote it.
    pub(crate) fn fault(self, named: bool) -> ChainFault {
        match self {
            Self::Other if !named => ChainFault::Before,
            Self::Other | Self::None | Self::First => ChainFault::Next,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_hash_is_read_as_it_is_written_and_nothing_else_is_one() {
        let hash = LineHash::of(b"{\"seq\":1");
        let text = hash.to_string();
        assert_eq!(text.len(), 64);
        assert_eq!(LineHash::parse(text.as_bytes()), Some(hash));
        for wrong in [
            &text[1..],
            &format!("{text}0"),
            &text.replacen(|c: char| c.is_ascii_digit(), "g", 1),
            "",
        ] {
            assert_eq!(LineHash::parse(wrong.as_bytes()), None, "{wrong}");
        }
        let upper = format!("{}A", &text[1..]);
        assert_eq!(LineHash::parse(upper.as_bytes()), None);
    }

    #[test]
    fn the_hash_covers_what_the_sum_covers() {
        // The SHA-256 of `{"a":1}`.
        assert_eq!(
            LineHash::of(b"{\"a\":1").to_string(),
            "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
        );
    }

    #[test]
    fn lines_that_do_not_follow_each_other_are_told_apart() {
        let hash = |n: u8| LineHash([n; 32]);
        let link = |n, parents: Option<Option<u8>>| Link {
            hash: hash(n),
            parents: parents.map(|p| Parents {
                before: p.map(hash),
                other: None,
            }),
        };
        let first = link(1, Some(None));
        assert_eq!(between(None, &first), None);
        assert_eq!(between(None, &link(1, None)), None, "from before the chain");
        assert_eq!(
            between(None, &link(1, Some(Some(7)))),
            Some(Break::First),
            "lines before it are gone"
        );
        assert_eq!(between(Some(&first), &link(2, Some(Some(1)))), None);
        assert_eq!(
            between(Some(&first), &link(2, Some(Some(9)))),
            Some(Break::Other)
        );
        assert_eq!(
            between(Some(&first), &link(2, Some(None))),
            Some(Break::Other)
        );
        assert_eq!(between(Some(&first), &link(2, None)), Some(Break::None));
        let old = link(1, None);
        assert_eq!(between(Some(&old), &link(2, None)), None);
        assert_eq!(
            between(Some(&old), &link(2, Some(Some(1)))),
            None,
            "the first of the chain goes on from one from before"
        );
        assert_eq!(Break::Other.fault(false), ChainFault::Before);
        assert_eq!(Break::Other.fault(true), ChainFault::Next);
        assert_eq!(Break::None.fault(false), ChainFault::Next);
        assert_eq!(Break::First.fault(false), ChainFault::Next);
    }
}
