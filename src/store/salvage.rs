//! Every line of a damaged journal that can still be read, and what becomes of each: the chain of steps from the first
//! on, steps after a gap in it, and lines of another copy.
//!
//! Where a line stands counts for nothing but its number: lines that were swapped, doubled or pushed apart by rubbish
//! make the whole chain again.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::conflict::Marker;
use super::disk::{CURRENT, JOURNAL, Unreadable, read_step, version_of};
use super::journal::{self, bare, body};
use crate::core::history::Step;
use crate::core::ids::StepId;

/// What a line of a journal is to a repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It names the format.
    Header,
    /// A step of the chain: it is kept as it is.
    Kept(u64),
    /// A step after a gap in the chain.
    Behind(u64),
    /// A step of another copy, whose place in the chain is taken.
    Other(u64),
    /// A line that is there already.
    Repeated,
    /// A conflict marker of git's.
    Marker,
    /// It says nothing any more; why.
    Unreadable(&'static str),
}

/// One line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// 1 for the first.
    pub number: usize,
    /// What becomes of it.
    pub fate: Fate,
    /// Its bytes in the file.
    bytes: Range<usize>,
}

/// A step that was read, with the lines that it needs in a journal.
#[derive(Clone, Debug)]
struct Found {
    line: usize,
    /// The header that holds for it, an index into the lines; none where that cannot be read.
    header: Option<usize>,
    /// Whether it is of the other side of a conflict.
    theirs: bool,
    step: Step,
}

/// A journal taken apart.
#[derive(Debug, Default)]
pub(crate) struct Salvaged {
    bytes: Vec<u8>,
    /// Every line.
    pub lines: Vec<Line>,
    /// The chain, from step 1 on without a gap.
    pub chain: Vec<Step>,
    /// The steps after the first gap, by their numbers.
    pub behind: Vec<Step>,
    headers: Vec<Option<usize>>,
    places: Vec<usize>,
}

impl Salvaged {
    /// Takes the journal in `bytes` apart.
    ///
    /// # Errors
    /// Where a newer claimdesk has written to it: what it means is not known here.
    pub(crate) fn of(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let mut all = Self {
            bytes,
            ..Self::default()
        };
        let found = all.read()?;
        all.sort(found);
        Ok(all)
    }

    /// The lines of the chain byte for byte, headers included: what a repaired journal begins with.
    pub(crate) fn kept(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.bytes.len());
        let mut header = None;
        for (place, of) in self.places.iter().zip(&self.headers) {
            if header != Some(of) {
                match of.and_then(|n| self.lines.get(n)) {
                    Some(line) => self.put(line, &mut out),
                    None => out.extend(journal::header()),
                }
                header = Some(of);
            }
            if let Some(line) = self.lines.get(*place) {
                self.put(line, &mut out);
            }
        }
        if header.is_none() {
            out.extend(journal::header());
        }
        out
    }

    fn put(&self, line: &Line, out: &mut Vec<u8>) {
        out.extend_from_slice(self.bytes.get(line.bytes.clone()).unwrap_or_default());
        if !out.ends_with(b"\n") {
            out.push(b'\n');
        }
    }

    /// Reads every line; what is a step is handed back, once each.
    fn read(&mut self) -> Result<Vec<Found>, Unreadable> {
        let mut found: Vec<Found> = Vec::new();
        let mut seen: HashSet<StepId> = HashSet::new();
        let mut header = None;
        let mut version = CURRENT;
        let mut side = None;
        let mut start = 0;
        for raw in self.bytes.split_inclusive(|b| *b == b'\n') {
            let number = self.lines.len() + 1;
            let bytes = start..start + raw.len();
            start = bytes.end;
            let text = bare(raw);
            let fate = if let Some(marker) = Marker::of(text) {
                side = (marker != Marker::End).then_some(marker);
                Fate::Marker
            } else if let Some((body, _)) = body(text) {
                if body.starts_with(b"{\"format\":") {
                    match version_of(text, JOURNAL)? {
                        n if n > CURRENT => return Err(Unreadable::Newer(n)),
                        n => version = n,
                    }
                    header = Some(self.lines.len());
                    Fate::Header
                } else {
                    let step = read_step(version, &[body, b"}"].concat())?;
                    let seq = step.seq;
                    if !seen.insert(step.id) {
                        Fate::Repeated
                    } else {
                        found.push(Found {
                            line: self.lines.len(),
                            header,
                            theirs: matches!(side, Some(Marker::Base | Marker::Theirs)),
                            step,
                        });
                        // Whether it is one of the chain is seen when all are known.
                        Fate::Behind(seq)
                    }
                }
            } else {
                Fate::Unreadable(rubbish(text))
            };
            self.lines.push(Line {
                number,
                fate,
                bytes,
            });
        }
        Ok(found)
    }

    /// Tells the steps of the chain from those after a gap and those of another copy.
    fn sort(&mut self, found: Vec<Found>) {
        let mut ours: BTreeMap<u64, Found> = BTreeMap::new();
        // The last step of another copy: those that go on from it are of that copy as well.
        let mut other = None;
        for f in found {
            let seq = f.step.seq;
            if f.theirs || ours.contains_key(&seq) || other == seq.checked_sub(1) {
                other = Some(seq);
                self.decide(f.line, Fate::Other(seq));
            } else {
                other = None;
                ours.insert(seq, f);
            }
        }
        for (seq, f) in ours {
            if seq == self.chain.len() as u64 + 1 {
                self.decide(f.line, Fate::Kept(seq));
                self.headers.push(f.header);
                self.places.push(f.line);
                self.chain.push(f.step);
            } else {
                self.behind.push(f.step);
            }
        }
    }

    fn decide(&mut self, line: usize, fate: Fate) {
        if let Some(line) = self.lines.get_mut(line) {
            line.fate = fate;
        }
    }
}

/// What a line is that is no line of a journal.
fn rubbish(text: &[u8]) -> &'static str {
    if text.trim_ascii().is_empty() {
        "it is empty"
    } else if text.iter().all(|b| *b == 0) {
        "it holds NULs only"
    } else if text.starts_with(b"{") && text.ends_with(b"}") {
        "its sum is wrong"
    } else {
        "it is not whole"
    }
}
