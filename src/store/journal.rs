//! The journal, `journal.jsonl`: the audit trail and the truth.
//!
//! Each line is a JSON object whose last member is its sum, `,"crc":"xxxxxxxx"}` and a line feed: CRC-32 (IEEE, eight
//! lower-case hex digits) of the line's bytes as they would be without that member, so of everything before the comma and
//! a closing brace. The first line is a header that names the format and its version; every other line is a step. A
//! later claimdesk that writes another version appends a header of its own before its first step: nothing is rewritten.

use super::disk::v1::edits::StepForm;
use super::disk::v1::values::Form;
use super::disk::{CURRENT, JOURNAL, Unreadable, read_step, seq_of, version_of};
use crate::core::history::Step;

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

/// The line of `step`.
pub(crate) fn line(step: &Step) -> Vec<u8> {
    let mut line = Vec::with_capacity(512);
    serde_json::to_writer(&mut line, &StepForm::of(step))
        .expect("memory takes everything, and every key of a form is a string");
    seal(line)
}

/// The object in `line` (without its line feed) but for its closing brace, if the line's sum is right.
fn body(line: &[u8]) -> Option<&[u8]> {
    let (body, sum) = line.split_at_checked(line.len().checked_sub(SUM_LEN)?)?;
    let digits = sum.strip_prefix(SUM_STARTS)?.strip_suffix(b"\"}")?;
    let written = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(body);
    hasher.update(b"}");
    (hasher.finalize() == written).then_some(body)
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

/// One sound line that holds a step.
#[derive(Clone, Copy, Debug)]
struct StepLine {
    number: usize,
    start: usize,
    /// The byte behind it, its line feed included.
    end: usize,
    version: u32,
}

/// A journal whose sums and numbers have been verified, so that it is known where every step stands and that none is
/// missing. Reading the steps themselves is a second thing, and often not needed.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    bytes: Vec<u8>,
    /// The lines before the first bad one; the line of step `n` is the one at `n - 1`.
    lines: Vec<StepLine>,
    /// The length of the part that is sound.
    pub sound: usize,
    /// Whether the last sound line only lacks its line feed.
    pub unfinished: bool,
    /// The version that the last header names; 0 where there is none.
    pub version: u32,
    /// The first bad line.
    pub bad: Option<BadLine>,
    /// Whether nothing follows the bad line: what a crash in the middle of an append leaves.
    pub torn: bool,
}

impl Journal {
    /// Verifies every line.
    pub(crate) fn scan(bytes: Vec<u8>) -> Self {
        let mut journal = Self::default();
        let mut at = 0;
        let mut number = 0;
        while let Some(rest) = bytes.get(at..).filter(|r| !r.is_empty()) {
            number += 1;
            let feed = memchr::memchr(b'\n', rest);
            let line = rest.get(..feed.unwrap_or(rest.len())).unwrap_or_default();
            let end = at + line.len() + usize::from(feed.is_some());
            if let Err(why) = journal.take(line, number, at, end) {
                journal.torn = end == bytes.len();
                journal.bad = Some(BadLine { number, at, why });
                break;
            }
            at = end;
            journal.sound = at;
            journal.unfinished = feed.is_none();
        }
        journal.bytes = bytes;
        journal
    }

    /// Takes one line (without its line feed), which starts at byte `start`; the next one starts at `end`.
    fn take(
        &mut self,
        line: &[u8],
        number: usize,
        start: usize,
        end: usize,
    ) -> Result<(), Unreadable> {
        let damaged = |what: String| Err(Unreadable::Damaged(what));
        let Some(body) = body(line) else {
            return damaged("its sum is wrong".into());
        };
        if body.starts_with(b"{\"format\":") {
            return match version_of(line, JOURNAL)? {
                0 => damaged("it names no version".into()),
                n if n > CURRENT => Err(Unreadable::Newer(n)),
                n => {
                    self.version = n;
                    Ok(())
                }
            };
        }
        let expected = self.seq() + 1;
        match seq_of(self.version, body) {
            Some(seq) if seq == expected => {}
            Some(seq) => {
                return damaged(format!(
                    "it is step {seq} where step {expected} should stand"
                ));
            }
            None => return damaged("it is no step".into()),
        }
        let version = self.version;
        self.lines.push(StepLine {
            number,
            start,
            end,
            version,
        });
        Ok(())
    }

    /// The number of the last sound step.
    pub(crate) fn seq(&self) -> u64 {
        self.lines.len() as u64
    }

    /// The byte behind the line of step `seq`.
    pub(crate) fn end_of(&self, seq: u64) -> Option<usize> {
        let n = usize::try_from(seq).ok()?.checked_sub(1)?;
        self.lines.get(n).map(|l| l.end)
    }

    /// The bytes of the bad line and of all behind it.
    pub(crate) fn unsound(&self) -> &[u8] {
        self.bytes.get(self.sound..).unwrap_or_default()
    }

    /// Reads the steps behind step `seq`.
    ///
    /// A line that cannot be read although its sum is right becomes the first bad line, and the steps end there.
    pub(crate) fn steps_behind(&mut self, seq: u64) -> Vec<Step> {
        let from = usize::try_from(seq)
            .unwrap_or(usize::MAX)
            .min(self.lines.len());
        let mut steps = Vec::with_capacity(self.lines.len() - from);
        let mut object = Vec::new();
        let mut bad = None;
        for (n, line) in self.lines.iter().enumerate().skip(from) {
            let text = self
                .bytes
                .get(line.start..line.end)
                .unwrap_or_default()
                .trim_ascii_end();
            object.clear();
            object.extend_from_slice(body(text).unwrap_or_default());
            object.push(b'}');
            match read_step(line.version, &object) {
                Ok(step) => steps.push(step),
                Err(why) => {
                    bad = Some((n, why));
                    break;
                }
            }
        }
        if let Some((n, why)) = bad {
            self.cut(n, why);
        }
        steps
    }

    /// Takes the line at `n` and all behind it for unsound.
    fn cut(&mut self, n: usize, why: Unreadable) {
        let Some(line) = self.lines.get(n).copied() else {
            return;
        };
        self.lines.truncate(n);
        self.sound = line.start;
        self.unfinished = false;
        self.torn = line.end == self.bytes.len();
        self.bad = Some(BadLine {
            number: line.number,
            at: line.start,
            why,
        });
    }
}
