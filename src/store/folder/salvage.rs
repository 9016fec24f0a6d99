//! Every line of a damaged journal that can still be read, and what becomes of each: the chain of steps from the first
//! on, steps after a gap in it, and lines of another copy.
//!
//! Where a line stands counts for nothing but its number: lines that were swapped, doubled or pushed apart by rubbish
//! make the whole chain again. A line that the others contradict is told and never applied.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::conflict::Marker;
use super::journal::{self, bare, body};
use crate::core::history::Step;
use crate::core::ids::StepId;
use crate::store::chain::{ChainFault, Last, LineHash, Link, Tip, between};
use crate::store::disk::known::Known;
use crate::store::disk::{CURRENT, JOURNAL, Unreadable, beginning_of, read_step, version_of};

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
    /// A step in a line that the other lines, or the checkpoint, do not know as it is.
    Contradicted(u64),
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
    link: Link,
}

impl Found {
    fn last(&self) -> Last {
        Last {
            step: self.step.id,
            hash: self.link.hash,
        }
    }
}

/// What is known where a line is read, which of two sides of a conflict does not learn from the other.
struct Sides {
    /// The side of a conflict that is read.
    side: Option<Marker>,
    /// What was known where the conflict began.
    before: Known,
    /// What the lines that are not of another copy told.
    ours: Known,
    /// What those of the other copy told, after what was known before.
    theirs: Known,
}

impl Sides {
    fn new(known: Known) -> Self {
        Self {
            side: None,
            before: Known::default(),
            ours: known,
            theirs: Known::default(),
        }
    }

    /// Passes `marker`.
    fn pass(&mut self, marker: Marker) {
        match marker {
            Marker::Ours => self.before = self.ours.clone(),
            Marker::Base | Marker::Theirs => self.theirs = self.before.clone(),
            Marker::End => {}
        }
        self.side = (marker != Marker::End).then_some(marker);
    }

    /// Whether the lines here are of another copy.
    fn theirs(&self) -> bool {
        matches!(self.side, Some(Marker::Base | Marker::Theirs))
    }

    /// What is known here.
    fn here(&mut self) -> &mut Known {
        match self.theirs() {
            true => &mut self.theirs,
            false => &mut self.ours,
        }
    }
}

/// A journal taken apart.
#[derive(Debug, Default)]
pub(crate) struct Salvaged {
    bytes: Vec<u8>,
    /// Every line.
    pub lines: Vec<Line>,
    /// The chain, from step 1 on without a gap.
    pub chain: Vec<Step>,
    /// The last line of the chain.
    pub tip: Tip,
    /// The steps after the first gap, by their numbers.
    pub behind: Vec<Step>,
    headers: Vec<Option<usize>>,
    places: Vec<usize>,
}

impl Salvaged {
    /// Takes the journal in `bytes` apart, one line of which the checkpoint may name; `known` is what is known of the
    /// session without it.
    ///
    /// # Errors
    /// Where a newer claimdesk has written to it: what it means is not known here.
    pub(crate) fn of(
        bytes: Vec<u8>,
        named: Option<Last>,
        known: Known,
    ) -> Result<Self, Unreadable> {
        let mut all = Self {
            bytes,
            ..Self::default()
        };
        let found = all.read(known)?;
        all.sort(found, named);
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

    /// Reads every line; what is a step is handed back, the same line once.
    fn read(&mut self, known: Known) -> Result<Vec<Found>, Unreadable> {
        let mut found: Vec<Found> = Vec::new();
        let mut seen: HashSet<LineHash> = HashSet::new();
        let mut header = None;
        let mut version = CURRENT;
        let mut known = Sides::new(known);
        let mut start = 0;
        for raw in self.bytes.split_inclusive(|b| *b == b'\n') {
            let number = self.lines.len() + 1;
            let bytes = start..start + raw.len();
            start = bytes.end;
            let text = bare(raw);
            let fate = if let Some(marker) = Marker::of(text) {
                known.pass(marker);
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
                    let step = read_step(version, &[body, b"}"].concat(), known.here())?;
                    let seq = step.seq;
                    let link = Link {
                        hash: LineHash::of(body),
                        parents: beginning_of(version, body).and_then(|b| b.parents),
                    };
                    if !seen.insert(link.hash) {
                        Fate::Repeated
                    } else {
                        found.push(Found {
                            line: self.lines.len(),
                            header,
                            theirs: known.theirs(),
                            step,
                            link,
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

    /// Tells the steps of the chain from those after a gap, those of another copy and those that are not to be believed.
    fn sort(&mut self, found: Vec<Found>, named: Option<Last>) {
        let parents = found.iter().filter_map(|f| f.link.parents);
        let parents = parents.flat_map(|p| [p.before, p.other]).flatten();
        let known: HashSet<LineHash> = parents.chain(named.map(|l| l.hash)).collect();
        let found = self.one_of_each(found, &known);
        let ours = self.ours(found, &known);
        let doubted = doubted(&ours, named, &known);
        for (seq, f) in ours {
            if doubted.contains(&f.line) {
                self.decide(f.line, Fate::Contradicted(seq));
            } else if seq == self.chain.len() as u64 + 1 {
                self.decide(f.line, Fate::Kept(seq));
                self.headers.push(f.header);
                self.places.push(f.line);
                self.tip = Tip {
                    seq,
                    last: Some(f.last()),
                };
                self.chain.push(f.step);
            } else {
                self.behind.push(f.step);
            }
        }
    }

    /// Of several lines of one step keeps the one that is `known` to others, else the first.
    fn one_of_each(&mut self, found: Vec<Found>, known: &HashSet<LineHash>) -> Vec<Found> {
        let mut kept: Vec<Found> = Vec::with_capacity(found.len());
        let mut places: HashMap<StepId, usize> = HashMap::with_capacity(found.len());
        for mut f in found {
            let Some(there) = places.get(&f.step.id).and_then(|n| kept.get_mut(*n)) else {
                places.insert(f.step.id, kept.len());
                kept.push(f);
                continue;
            };
            if known.contains(&f.link.hash) && !known.contains(&there.link.hash) {
                std::mem::swap(there, &mut f);
            }
            let seq = f.step.seq;
            f.step.seq = there.step.seq;
            let fate = match f.step == there.step {
                true => Fate::Repeated,
                false => Fate::Contradicted(seq),
            };
            self.decide(f.line, fate);
        }
        kept
    }

    /// The steps that are not of another copy, by their numbers.
    fn ours(&mut self, found: Vec<Found>, known: &HashSet<LineHash>) -> BTreeMap<u64, Found> {
        let mut ours: BTreeMap<u64, Found> = BTreeMap::new();
        // The last step of another copy: those that go on from it are of that copy as well.
        let mut other = None;
        for mut f in found {
            let seq = f.step.seq;
            let before = seq.checked_sub(1).and_then(|b| ours.get(&b));
            let before = before.map(|b| b.link.hash);
            let follows = f.link.parents.is_some_and(|p| p.before == before);
            let better = |there: &Found| {
                let known = |f: &Found| known.contains(&f.link.hash);
                follows && !f.theirs && known(&f) && !known(there)
            };
            // Other lines go on from this one, and none from the one that came first.
            if let Some(there) = ours.get_mut(&seq).filter(|t| better(t)) {
                std::mem::swap(there, &mut f);
                self.decide(f.line, Fate::Other(seq));
                other = None;
            } else if f.theirs || ours.contains_key(&seq) || other == seq.checked_sub(1) {
                other = Some(seq);
                self.decide(f.line, Fate::Other(seq));
            } else {
                other = None;
                ours.insert(seq, f);
            }
        }
        ours
    }

    fn decide(&mut self, line: usize, fate: Fate) {
        if let Some(line) = self.lines.get_mut(line) {
            line.fate = fate;
        }
    }
}

/// The lines that are not to be believed: the checkpoint, which names one line, or the lines around them contradict them.
fn doubted(
    ours: &BTreeMap<u64, Found>,
    named: Option<Last>,
    known: &HashSet<LineHash>,
) -> HashSet<usize> {
    let mut doubted = HashSet::new();
    let mut before: Option<(u64, &Found)> = None;
    for (&seq, f) in ours {
        if named.is_some_and(|n| n.step == f.step.id && n.hash != f.link.hash) {
            doubted.insert(f.line);
        }
        let earlier = before.filter(|(b, e)| b + 1 == seq && !doubted.contains(&e.line));
        let broken = match earlier {
            Some((_, e)) => between(Some(&e.link), &f.link),
            None if seq == 1 => between(None, &f.link),
            // What stood before it is gone, or not to be believed.
            None => None,
        };
        let named = earlier.is_none_or(|(_, e)| known.contains(&e.link.hash));
        let fault = broken.map(|b| b.fault(named));
        match (fault, earlier) {
            (Some(ChainFault::Before), Some((_, e))) => doubted.insert(e.line),
            (Some(_), _) => doubted.insert(f.line),
            (None, _) => false,
        };
        before = Some((seq, f));
    }
    doubted
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
