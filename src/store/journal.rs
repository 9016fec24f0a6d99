//! The journal, `journal.jsonl`: the audit trail and the truth.
//!
//! Each line is a JSON object whose last member is its sum, `,"crc":"xxxxxxxx"}` and a line feed: CRC-32 (IEEE, eight
//! lower-case hex digits) of the line's bytes as they would be without that member, so of everything before the comma and
//! a closing brace. The first line is a header that names the format and its version; every other line is a step. A
//! later claimdesk that writes another version appends a header of its own before its first step: nothing is rewritten.

use super::disk::v1::edits::StepForm;
use super::disk::v1::values::Form;
use super::disk::{CURRENT, JOURNAL, Unreadable, read_step, version_of};
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

/// The object in `line` (without its line feed) as it was before it was sealed, put in `out`; whether the sum is right.
fn unseal(line: &[u8], out: &mut Vec<u8>) -> bool {
    let Some((body, sum)) = line.split_at_checked(line.len().wrapping_sub(SUM_LEN)) else {
        return false;
    };
    let Some(digits) = sum
        .strip_prefix(SUM_STARTS)
        .and_then(|s| s.strip_suffix(b"\"}"))
    else {
        return false;
    };
    let written = std::str::from_utf8(digits).ok();
    out.clear();
    out.extend_from_slice(body);
    out.push(b'}');
    written.and_then(|w| u32::from_str_radix(w, 16).ok()) == Some(crc32fast::hash(out))
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

/// What a journal says.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    /// The steps before the first bad line.
    pub steps: Vec<Step>,
    /// The byte behind each of these steps' lines.
    pub ends: Vec<usize>,
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

/// Reads a whole journal.
pub(crate) fn read(bytes: &[u8]) -> Journal {
    let mut journal = Journal::default();
    let mut object = Vec::new();
    let mut at = 0;
    let mut number = 0;
    while at < bytes.len() {
        number += 1;
        let feed = memchr::memchr(b'\n', &bytes[at..]).map(|n| at + n);
        let end = feed.unwrap_or(bytes.len());
        match journal.take(&bytes[at..end], &mut object) {
            Ok(()) => {
                at = feed.map_or(end, |f| f + 1);
                if journal.steps.len() > journal.ends.len() {
                    journal.ends.push(at);
                }
                journal.sound = at;
                journal.unfinished = feed.is_none();
            }
            Err(why) => {
                journal.bad = Some(BadLine { number, at, why });
                journal.torn = feed.is_none_or(|f| f + 1 == bytes.len());
                break;
            }
        }
    }
    journal
}

impl Journal {
    /// Takes one line (without its line feed).
    fn take(&mut self, line: &[u8], object: &mut Vec<u8>) -> Result<(), Unreadable> {
        if !unseal(line, object) {
            return Err(Unreadable::Damaged("its sum is wrong".into()));
        }
        if object.starts_with(b"{\"format\":") {
            let version = version_of(object, JOURNAL)?;
            if version == 0 || version > CURRENT {
                return Err(Unreadable::Newer(version));
            }
            self.version = version;
            return Ok(());
        }
        let step = read_step(self.version, object)?;
        let expected = self.seq() + 1;
        if step.seq != expected {
            return Err(Unreadable::Damaged(format!(
                "it is step {} where step {expected} should stand",
                step.seq
            )));
        }
        self.steps.push(step);
        Ok(())
    }

    /// The number of the last sound step.
    pub(crate) fn seq(&self) -> u64 {
        self.steps.last().map_or(0, |s| s.seq)
    }
}
