//! The journal, `journal.jsonl`: the audit trail and the truth.
//!
//! Each line is a JSON object whose last member is its sum, `,"crc":"xxxxxxxx"}` and a line feed: CRC-32 (IEEE, eight
//! lower-case hex digits) of the line's bytes as they would be without that member, so of everything before the comma and
//! a closing brace. The first line is a header that names the format and its version; every other line is a step. A
//! later claimdesk that writes another version appends a header of its own before its first step: nothing is rewritten.
//!
//! What git or an editor puts around a line, a byte order mark before it and carriage returns after it, is no part of it:
//! no sum, no place and no comparison counts it.
//!
//! Each step names the line before it ([`crate::store::chain`]); header lines are not in the chain.
//!
//! A line with a wrong sum was not written as it is. A line with a right sum was; where it is not understood, a newer
//! claimdesk wrote it, and it is never cut off.

mod verify;

use crate::core::history::Step;
use crate::core::ids::StepId;
use crate::store::chain::{Last, LineHash, Tip};
use crate::store::disk::known::Known;
use crate::store::disk::v1::steps::StepForm;
use crate::store::disk::{
    BOM, Beginning, CURRENT, JOURNAL, Unreadable, beginning_of, read_step, seq_of, version_of,
};

/// `,"crc":"xxxxxxxx"}`
const SUM_LEN: usize = 18;
const SUM_STARTS: &[u8] = b",\"crc\":\"";

/// Closes the object in `line`, which lacks nothing but its sum, with the sum and a line feed.
fn seal(mut line: Vec<u8>) -> Vec<u8> {
    let sum = crc32fast::hash(&line);
    line.pop();
    line.extend_from_slice(SUM_STARTS);
    line.extend_from_slice(format!("{sum:08x}\"}}\n").as_bytes());
    line
}

/// The header line of the version that is written.
pub(crate) fn header() -> Vec<u8> {
    seal(format!("{{\"format\":\"{JOURNAL}\",\"version\":{CURRENT}}}").into_bytes())
}

/// The line of `step` in a journal that ends at `tip`, and where the journal ends with it.
pub(crate) fn line(tip: &Tip, step: &Step) -> (Vec<u8>, Tip) {
    let mut line = Vec::with_capacity(512);
    let form = StepForm::of(step, tip.seq + 1, tip.parents());
    serde_json::to_writer(&mut line, &form)
        .expect("memory takes everything, and every key of a form is a string");
    let object = line.strip_suffix(b"}").unwrap_or(&line);
    let tip = tip.after(step.id, object);
    (seal(line), tip)
}

/// A line without its line feed and without what git or an editor may have put around it.
pub(crate) fn bare(line: &[u8]) -> &[u8] {
    let mut line = line.strip_suffix(b"\n").unwrap_or(line);
    line = line.strip_prefix(BOM).unwrap_or(line);
    while let Some(shorter) = line.strip_suffix(b"\r") {
        line = shorter;
    }
    line
}

/// The two parts of a bare line that ends as a whole one does: its object but for the closing brace, and its sum.
fn sealed(line: &[u8]) -> Option<(&[u8], u32)> {
    let (body, sum) = line.split_at_checked(line.len().checked_sub(SUM_LEN)?)?;
    let digits = sum.strip_prefix(SUM_STARTS)?.strip_suffix(b"\"}")?;
    let sum = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    Some((body, sum))
}

/// The object in a bare line but for its closing brace, and the line's sum, if that is right.
pub(crate) fn body(line: &[u8]) -> Option<(&[u8], u32)> {
    let (body, sum) = sealed(line)?;
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(body);
    hasher.update(b"}");
    (hasher.finalize() == sum).then_some((body, sum))
}

/// What a run of lines holds, told by their sums: the same lines in the same order have the same content, whatever
/// stands around them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Content {
    lines: u64,
    /// Their length, each with one line feed and nothing else around it.
    bytes: u64,
    sums: u64,
}

impl Content {
    fn push(&mut self, bare: &[u8], sum: u32) {
        /// The multiplier of FNV-1a.
        const PRIME: u64 = 0x0100_0000_01b3;
        self.lines += 1;
        self.bytes += bare.len() as u64 + 1;
        self.sums = (self.sums ^ u64::from(sum)).wrapping_mul(PRIME);
    }

    /// The content with `lines` after it, which are whole and as [`line()`] and [`header()`] make them.
    pub(crate) fn and(mut self, lines: &[u8]) -> Self {
        for line in lines.split_inclusive(|b| *b == b'\n') {
            let bare = bare(line);
            self.push(bare, sealed(bare).map_or(0, |(_, sum)| sum));
        }
        self
    }

    /// The length of the lines, each with one line feed and nothing else around it.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// The byte after the lines at the beginning of `bytes` that have this content; none where other lines are there.
pub(crate) fn end_of_content(bytes: &[u8], content: &Content) -> Option<usize> {
    let mut found = Content::default();
    let mut at = 0;
    while found.lines < content.lines {
        let line = next_line(bytes, at)?;
        at += line.len();
        let line = bare(line);
        found.push(line, body(line)?.1);
    }
    (found == *content).then_some(at)
}

/// Whether two lines say the same, whatever stands around them.
pub(crate) fn same_line(a: &[u8], b: &[u8]) -> bool {
    bare(a) == bare(b)
}

/// How far a journal on the disk is kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extent {
    /// The length of that part.
    pub len: u64,
    /// What stands in it.
    pub content: Content,
    /// Whether its last line lacks its line feed.
    pub unfinished: bool,
    /// What may stand after it and may be cut off.
    pub left: Vec<u8>,
}

impl Extent {
    /// That of `lines`, which are whole.
    pub(crate) fn of(lines: &[u8]) -> Self {
        Self {
            len: lines.len() as u64,
            content: Content::default().and(lines),
            ..Self::default()
        }
    }
}

/// What is wrong with one line of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadLine {
    /// 1 for the first.
    pub number: usize,
    /// The byte at which it starts.
    pub at: usize,
    /// What is wrong.
    pub why: Unreadable,
}

/// What a crash, or a program that knows nothing of journals, can leave after the last step: nothing that was kept is in
/// it, or in one case one step that cannot be read any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Torn {
    /// The beginning of a line, or what never was one.
    Unfinished,
    /// A line that was whole once.
    Changed,
    /// Lines that stand in the sound part already.
    Repeated,
}

/// One sound line that holds a step.
#[derive(Clone, Copy, Debug)]
struct StepLine {
    number: usize,
    start: usize,
    /// The byte after it, its line feed included.
    end: usize,
    /// Where it ends if nothing but line feeds stands around it and the lines before.
    plain_end: u64,
    version: u32,
}

/// The sound lines of a journal; the line of step `n` is the one at `n - 1`.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    bytes: Vec<u8>,
    steps: Vec<StepLine>,
}

impl Lines {
    fn text(&self, line: &StepLine) -> &[u8] {
        self.bytes.get(line.start..line.end).unwrap_or_default()
    }

    /// How `line` begins, and its object without its closing brace; none where that is not understood.
    fn beginning(&self, line: &StepLine) -> Option<(Beginning<'_>, &[u8])> {
        let (body, _) = sealed(bare(self.text(line)))?;
        Some((beginning_of(line.version, body)?, body))
    }

    /// The step and the hash of `line`.
    fn last(&self, line: &StepLine) -> Option<Last> {
        let (begins, body) = self.beginning(line)?;
        let id = std::str::from_utf8(begins.id).ok()?.parse().ok()?;
        Some(Last {
            step: StepId(id),
            hash: LineHash::of(body),
        })
    }

    /// Reads the steps after step `seq`, up to the first that is not understood although its sum is right; `known` is what
    /// is known after step `seq`.
    pub(crate) fn steps_behind(&self, seq: u64, mut known: Known) -> (Vec<Step>, Option<BadLine>) {
        let from = usize::try_from(seq)
            .unwrap_or(usize::MAX)
            .min(self.steps.len());
        let mut steps = Vec::with_capacity(self.steps.len() - from);
        for line in self.steps.iter().skip(from) {
            match read_step(line.version, bare(self.text(line)), &mut known) {
                Ok(step) => steps.push(step),
                Err(why) => {
                    let (number, at) = (line.number, line.start);
                    return (steps, Some(BadLine { number, at, why }));
                }
            }
        }
        (steps, None)
    }
}

/// What a sound line says.
enum Line {
    /// The lines from here on are of this version.
    Header(u32),
    /// The next step.
    Step,
}

/// A journal whose sums and numbers have been verified, so that it is known where every step stands and that none is
/// missing. Reading the steps themselves is a second thing, and often not needed.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    /// The lines before the first bad one, and the bytes of all.
    lines: Lines,
    /// What stands in the sound part.
    content: Content,
    /// The length of the part that is sound.
    pub sound: usize,
    /// Whether the last sound line only lacks its line feed.
    pub unfinished: bool,
    /// The version that the last header names; 0 where there is none.
    pub version: u32,
    /// The first bad line.
    pub bad: Option<BadLine>,
    /// What the bad line and all after it are, where they may be set aside.
    pub torn: Option<Torn>,
}

impl Journal {
    /// Verifies every line.
    pub(crate) fn scan(bytes: Vec<u8>) -> Self {
        let mut journal = Self {
            lines: Lines {
                bytes,
                steps: Vec::new(),
            },
            ..Self::default()
        };
        let mut at = 0;
        let mut number = 0;
        while let Some(line) = next_line(&journal.lines.bytes, at) {
            number += 1;
            let (start, end) = (at, at + line.len());
            let text = bare(line);
            let read = body(text)
                .ok_or_else(|| Unreadable::Damaged("its sum is wrong".into()))
                .and_then(|(body, sum)| Ok((journal.read(text, body)?, sum)));
            match read {
                Ok((read, sum)) => {
                    journal.unfinished = !line.ends_with(b"\n");
                    journal.content.push(text, sum);
                    match read {
                        Line::Header(version) => journal.version = version,
                        Line::Step => journal.lines.steps.push(StepLine {
                            number,
                            start,
                            end,
                            plain_end: journal.content.bytes,
                            version: journal.version,
                        }),
                    }
                }
                Err(why) => {
                    journal.bad = Some(BadLine { number, at, why });
                    journal.torn = journal.torn_at(at);
                    break;
                }
            }
            at = end;
            journal.sound = at;
        }
        journal
    }

    /// What a bare line says whose sum is right and whose object is `body` and a closing brace.
    fn read(&self, line: &[u8], body: &[u8]) -> Result<Line, Unreadable> {
        if body.starts_with(b"{\"format\":") {
            return match version_of(line, JOURNAL) {
                Ok(0) => Err(Unreadable::Foreign("it names no version".into())),
                Ok(n) if n > CURRENT => Err(Unreadable::Newer(n)),
                Ok(n) => Ok(Line::Header(n)),
                Err(e) => Err(Unreadable::Foreign(e.to_string())),
            };
        }
        let damaged = |what: String| Err(Unreadable::Damaged(what));
        if self.version == 0 {
            return damaged("no line before it names the format".into());
        }
        let expected = self.seq() + 1;
        match seq_of(self.version, body) {
            Some(_) if self.is_last_again(body) => {
                damaged(format!("it is step {} once more", self.seq()))
            }
            Some(seq) if seq == expected => Ok(Line::Step),
            Some(seq) if self.is_step(seq, line) => damaged(format!("it is step {seq} once more")),
            Some(seq) => damaged(format!("it is step {seq} where step {expected} should be")),
            None => Err(Unreadable::Foreign("it is no step".into())),
        }
    }

    /// Whether the bare `line` is that of step `seq` in the sound part.
    fn is_step(&self, seq: u64, line: &[u8]) -> bool {
        self.line_of(seq)
            .is_some_and(|l| bare(self.lines.text(l)) == line)
    }

    /// Whether `body`, a line's object without its closing brace, is the last step of the sound part once more, whatever
    /// number it has and whatever line it goes on from.
    fn is_last_again(&self, body: &[u8]) -> bool {
        /// Lines that do not end alike are told apart by that: most do not.
        const END: usize = 48;
        let last = self.lines.steps.last();
        let last = last.and_then(|l| Some((l, sealed(bare(self.lines.text(l)))?.0)));
        let alike = |text: &&[u8]| text.last_chunk::<END>() == body.last_chunk::<END>();
        let last = last.filter(|(_, text)| alike(text));
        let last = last.and_then(|(l, text)| beginning_of(l.version, text));
        let again = last.zip(beginning_of(self.version, body));
        again.is_some_and(|(a, b)| a.id == b.id && a.step == b.step)
    }

    /// What stands from byte `at` on, where the first bad line starts: none where a step may be in it, so that it must
    /// stay where it is.
    fn torn_at(&self, mut at: usize) -> Option<Torn> {
        let mut torn = Torn::Repeated;
        while let Some(line) = next_line(&self.lines.bytes, at) {
            at += line.len();
            let line = bare(line);
            let was_whole = sealed(line).filter(|_| line.starts_with(b"{"));
            torn = match (body(line), was_whole) {
                (Some((body, _)), _) => {
                    let seq = seq_of(self.version, body)?;
                    let there = self.is_step(seq, line) || self.is_last_again(body);
                    there.then_some(torn)?
                }
                // One append is one line: of two that were whole, one was kept.
                (None, Some(_)) => (torn != Torn::Changed).then_some(Torn::Changed)?,
                (None, None) if torn == Torn::Changed => torn,
                (None, None) => Torn::Unfinished,
            };
        }
        Some(torn)
    }

    fn line_of(&self, seq: u64) -> Option<&StepLine> {
        let n = usize::try_from(seq).ok()?.checked_sub(1)?;
        self.lines.steps.get(n)
    }

    /// The number of the last sound step.
    pub(crate) fn seq(&self) -> u64 {
        self.lines.steps.len() as u64
    }

    /// The step and the hash of the line of step `seq`; none where there is no such line.
    pub(crate) fn last(&self, seq: u64) -> Option<Last> {
        self.line_of(seq).and_then(|l| self.lines.last(l))
    }

    /// Where the sound part ends.
    pub(crate) fn tip(&self) -> Tip {
        let seq = self.seq();
        Tip {
            seq,
            last: self.last(seq),
        }
    }

    /// How far it is sound, where all that stands after that may be set aside.
    pub(crate) fn extent(&self) -> Option<Extent> {
        let sound = self.bad.is_none() || self.torn.is_some();
        sound.then(|| Extent {
            len: self.sound as u64,
            content: self.content,
            unfinished: self.unfinished,
            left: self.unsound().to_vec(),
        })
    }

    /// The byte after the line of step `seq`, not counting what git or an editor has put around lines.
    pub(crate) fn end_of(&self, seq: u64) -> Option<u64> {
        self.line_of(seq).map(|l| l.plain_end)
    }

    /// The bytes of the bad line and of all after it.
    pub(crate) fn unsound(&self) -> &[u8] {
        self.lines.bytes.get(self.sound..).unwrap_or_default()
    }

    /// Reads the steps after step `seq`, after which `known` is known.
    ///
    /// A line that is not understood although its sum is right becomes the first bad line, and the steps end there.
    pub(crate) fn steps_behind(&mut self, seq: u64, known: Known) -> Vec<Step> {
        let (steps, bad) = self.lines.steps_behind(seq, known);
        if let Some(bad) = bad {
            self.end_before(bad);
        }
        steps
    }

    /// Ends the sound part before `bad`, a line with a right sum, which must stay where it is.
    fn end_before(&mut self, bad: BadLine) {
        self.lines.steps.retain(|l| l.start < bad.at);
        self.sound = bad.at;
        self.unfinished = false;
        self.torn = None;
        self.bad = Some(bad);
    }

    /// The sound lines, to be read later: whatever stands after them.
    pub(crate) fn into_lines(self) -> Lines {
        self.lines
    }
}

/// The line that starts at byte `at`, with its line feed if it has one; none at the end.
fn next_line(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let rest = bytes.get(at..).filter(|r| !r.is_empty())?;
    let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1);
    rest.get(..end)
}
