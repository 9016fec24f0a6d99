//! Verifying that the lines of a journal are one chain.

use std::collections::HashSet;

use super::{BadLine, Journal, Lines, StepLine};
use crate::store::chain::{Break, ChainFault, LineHash, Link, between};
use crate::store::disk::Unreadable;

impl Lines {
    /// The hash of `line` and what it names; none where it is not understood.
    fn link(&self, line: &StepLine) -> Option<Link> {
        let (begins, body) = self.beginning(line)?;
        Some(Link {
            hash: LineHash::of(body),
            parents: begins.parents,
        })
    }

    /// Whether any line names `hash` as one that it goes on from.
    fn names(&self, hash: LineHash) -> bool {
        let named = |l: &StepLine| {
            let parents = self.beginning(l).and_then(|(b, _)| b.parents);
            parents.is_some_and(|p| [p.before, p.other].contains(&Some(hash)))
        };
        self.steps.iter().any(named)
    }
}

impl Journal {
    /// Verifies that every line after that of step `seq` names the line before it; the line of step `seq` itself is known
    /// to be right. The first line that is not to be believed becomes the bad one, and the sound part ends before it.
    ///
    /// `witness` are the lines that another file names.
    pub(crate) fn verify(&mut self, seq: u64, witness: &HashSet<LineHash>) {
        let first = usize::try_from(seq).unwrap_or(usize::MAX);
        let lines = &self.lines;
        let mut before = match seq {
            0 => None,
            _ => match self.line_of(seq).and_then(|l| lines.link(l)) {
                Some(link) => Some(link),
                None => return,
            },
        };
        let mut found = None;
        for (n, line) in lines.steps.iter().enumerate().skip(first) {
            let Some(link) = lines.link(line) else {
                // What it names is of a kind that is not known here.
                found = Some((n, Unreadable::Foreign("it names other lines".into())));
                break;
            };
            if let Some(broken) = between(before.as_ref(), &link) {
                let earlier = before.filter(|_| n > first).map(|l| l.hash);
                let named = earlier.is_none_or(|h| witness.contains(&h) || lines.names(h));
                let fault = broken.fault(named);
                let at = match fault {
                    ChainFault::Before => n.saturating_sub(1),
                    ChainFault::Next => n,
                };
                let other = lines.steps.get(n.saturating_sub(1)).map_or(0, |l| l.number);
                let why = why(broken, fault, line.number, other);
                found = Some((at, Unreadable::Damaged(why)));
                break;
            }
            before = Some(link);
        }
        if let Some((n, why)) = found {
            self.cut_at(n, why);
        }
    }

    /// Makes the line of step `seq` the bad one: it is not the one that another file names.
    pub(crate) fn disbelieve(&mut self, seq: u64, why: &str) {
        if let Some(n) = seq.checked_sub(1).and_then(|n| usize::try_from(n).ok()) {
            self.cut_at(n, Unreadable::Damaged(why.into()));
        }
    }

    /// Makes the line at place `n` among the steps the first bad one.
    fn cut_at(&mut self, n: usize, why: Unreadable) {
        if let Some(line) = self.lines.steps.get(n) {
            let bad = BadLine {
                number: line.number,
                at: line.start,
                why,
            };
            self.end_before(bad);
        }
    }
}

/// What is wrong with the line at `fault`, of line `next` and the line `before` it.
fn why(broken: Break, fault: ChainFault, next: usize, before: usize) -> String {
    match (broken, fault) {
        (Break::Other, ChainFault::Before) => format!(
            "it is not the line that line {next} goes on from: it was changed, or lines were removed or added after it"
        ),
        (Break::Other, ChainFault::Next) => format!(
            "it does not go on from line {before}, which is right: it was changed, or lines were removed or added before it"
        ),
        (Break::None, _) => format!("it names no line before it, although line {before} does"),
        (Break::First, _) => "it goes on from a line that is not there".into(),
    }
}
