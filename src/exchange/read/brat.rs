//! Reads `brat`: the `.ann` with the `.txt` beside it.

use std::collections::HashMap;

use super::anchor::{MarkPlace, MarkWords, Placer};
use super::marks::{Meta, ReadLink, ReadMark, build, plain};
use super::{Imported, Incoming, ReadReport, limits};
use crate::core::handover::OffsetUnit;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Ids;
use crate::exchange::error::ExchangeError;
use crate::exchange::marks::LinkKind;

/// Reads the pair.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let (ann, txt) = if file.name.ends_with(".txt") {
        let ann = file
            .beside(".ann")
            .ok_or_else(|| file.error("brat", "its name", "the .ann file beside it is missing"))?;
        (
            limits::text(&ann.name, "brat", &ann.bytes)?,
            file.text("brat")?,
        )
    } else {
        let txt = file
            .beside(".txt")
            .ok_or_else(|| file.error("brat", "its name", "the .txt file beside it is missing"))?;
        (
            file.text("brat")?,
            limits::text(&txt.name, "brat", &txt.bytes)?,
        )
    };
    let text = ArticleText::new(txt.into());
    let mut report = ReadReport::default();
    let (marks, links) = {
        let mut reader = BratReader {
            file,
            placer: Placer::new(
                &text,
                Some(file.unit.unwrap_or(OffsetUnit::Codepoint)),
                &[],
                std::iter::empty(),
            ),
            marks: Vec::new(),
            links: Vec::new(),
            names: HashMap::new(),
            known: known(),
            report: &mut report,
        };
        if ann.len() > limits::ENTRIES
            && memchr::memchr_iter(b'\n', ann.as_bytes()).count() > limits::ENTRIES
        {
            return Err(limits::many(file.name, "brat", limits::ENTRIES, "lines"));
        }
        // A line that nothing ends is whole only in files that somebody wrote by hand.
        let last = ann.rsplit('\n').next().unwrap_or("");
        if !last.is_empty() && !reader.whole(last) {
            let n = ann.split('\n').count();
            let what = "it breaks off: the file is cut short";
            return Err(file.error("brat", format!("line {n}"), what));
        }
        let lines: Vec<&str> = ann.split('\n').map(|l| l.trim_end_matches('\r')).collect();
        // What refers to a mark may stand before it: marks first, then events, then the rest.
        for kinds in ["T", "E", "RAMN#*"] {
            for (n, line) in (1..).zip(&lines) {
                if line.starts_with(|c| kinds.contains(c)) {
                    reader.line(n, line)?;
                } else if !line.is_empty()
                    && !line.starts_with(['T', 'E', 'R', 'A', 'M', 'N', '#', '*'])
                {
                    return Err(file.error("brat", format!("line {n}"), "it is no annotation"));
                }
            }
        }
        (reader.marks, reader.links)
    };
    limits::records(file.name, "brat", marks.len(), "marks")?;
    Ok(build(
        file,
        ids,
        text,
        &Meta::default(),
        marks,
        &links,
        report,
    ))
}

struct BratReader<'a, 'r> {
    file: &'a Incoming<'a>,
    placer: Placer<'a>,
    marks: Vec<ReadMark>,
    links: Vec<ReadLink>,
    /// The mark behind each T and E.
    names: HashMap<String, usize>,
    known: HashMap<String, &'static str>,
    report: &'r mut ReadReport,
}

impl BratReader<'_, '_> {
    fn line(&mut self, n: usize, line: &str) -> Result<(), ExchangeError> {
        let fail = |what: &str| self.file.error("brat", format!("line {n}"), what);
        let mut columns = line.splitn(3, '\t');
        let name = columns.next().unwrap_or("");
        let body = columns.next().ok_or_else(|| fail("it has no tab"))?;
        let tail = columns.next().unwrap_or("");
        match name.as_bytes().first() {
            Some(b'T') => {
                let (label, spans) = words(body).map_err(fail)?;
                let spans = self.place(&spans, tail);
                self.names.insert(name.into(), self.marks.len());
                self.marks.push(ReadMark {
                    label: label.into(),
                    spans,
                    ..ReadMark::default()
                });
            }
            Some(b'E') => self.event(name, body),
            Some(b'R') => self.relation(body, line),
            Some(b'A' | b'M') => {
                let mut words = body.splitn(3, ' ');
                let (field, target, value) = (
                    words.next().unwrap_or(""),
                    words.next().unwrap_or(""),
                    words.next(),
                );
                self.field(target, field, value.unwrap_or(""), line);
            }
            Some(b'N') => {
                let mut words = body.split(' ');
                let (_, target, entry) = (
                    words.next(),
                    words.next().unwrap_or(""),
                    words.next().unwrap_or(""),
                );
                match entry.strip_prefix("claimdesk:") {
                    Some(id) => {
                        self.field(target, "source_id", id, line);
                        self.field(target, "source_name", tail, line);
                    }
                    None => self.field(target, "reference", entry, line),
                }
            }
            Some(b'#') => self.note(body.split(' ').nth(1).unwrap_or(""), tail, line),
            _ => self.report.remarks.push(format!(
                "line {n} is left out: {}",
                crate::exchange::report::first_words(line)
            )),
        }
        Ok(())
    }

    /// A link between two marks.
    fn relation(&mut self, body: &str, line: &str) {
        let mut words = body.split_whitespace();
        let kind = words.next().unwrap_or("");
        let mut end = || {
            words
                .next()
                .and_then(|w| w.split_once(':'))
                .and_then(|(_, t)| self.names.get(t))
                .copied()
        };
        match (end(), end()) {
            (Some(from), Some(to)) => self.links.push(ReadLink {
                from,
                to,
                kind: kind.into(),
            }),
            _ => self.report.lose(line, "it links marks that are not there"),
        }
    }

    /// A note on a mark: our fields, or somebody's words.
    fn note(&mut self, target: &str, tail: &str, line: &str) {
        match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(tail) {
            Ok(fields) => {
                for (key, value) in &fields {
                    match value.as_str() {
                        Some(text) => self.field(target, key, text, line),
                        None if key == "spans" => self.spans(target, value),
                        None => self.report.lose(line, "a field of it is no text"),
                    }
                }
            }
            Err(_) => self.field(target, "notes", tail, line),
        }
    }

    /// Whether a line without an end can be all of it: it has its columns, its offsets cut out its words, its JSON is any.
    fn whole(&self, line: &str) -> bool {
        let mut columns = line.splitn(3, '\t');
        let (name, body, tail) = (columns.next(), columns.next(), columns.next());
        match (name.and_then(|n| n.chars().next()), body, tail) {
            (Some('T'), Some(body), Some(words)) => {
                let ends = body.split_once(' ').map_or("", |(_, ends)| ends);
                let cut = ends.split(';').map(|e| {
                    let (start, end) = e.trim().split_once(' ')?;
                    let span = self.placer.span(start.parse().ok()?, end.parse().ok()?)?;
                    Some(self.placer.words(span))
                });
                cut.collect::<Option<Vec<_>>>()
                    .is_some_and(|all| all.join(" ") == words)
            }
            (Some('#'), Some(_), Some(tail)) => {
                let json = || serde_json::from_str::<serde::de::IgnoredAny>(tail).is_ok();
                !tail.starts_with('{') || json()
            }
            (Some('E' | 'R' | 'A' | 'M' | '*'), Some(_), _) => true,
            (Some('N'), Some(_), Some(_)) => true,
            _ => false,
        }
    }

    /// Where the fragments stand: by their offsets where they cut out the words, else by the words.
    fn place(&mut self, ends: &[(u32, u32)], words: &str) -> Vec<Span> {
        let spans: Option<Vec<Span>> = ends.iter().map(|(s, e)| self.placer.span(*s, *e)).collect();
        let cut = spans.as_ref().map(|all| {
            all.iter()
                .map(|s| self.placer.words(*s))
                .collect::<Vec<_>>()
                .join(" ")
        });
        if let Some(spans) = spans.filter(|_| words.is_empty() || cut.as_deref() == Some(words)) {
            return spans;
        }
        let quote = MarkWords {
            exact: words,
            ..MarkWords::default()
        };
        let start = ends.first().map_or(0, |e| e.0);
        match self.placer.place(start, u32::MAX, Some(quote)) {
            MarkPlace::There(span) => vec![span],
            MarkPlace::Moved(span) => {
                self.report.moved(words);
                vec![span]
            }
            MarkPlace::Nowhere => {
                self.report.lose(
                    words,
                    "its offsets do not cut out its words, and they stand nowhere else",
                );
                Vec::new()
            }
        }
    }

    fn event(&mut self, name: &str, body: &str) {
        let mut words = body.split_whitespace();
        let trigger = words
            .next()
            .and_then(|w| w.split_once(':'))
            .and_then(|(_, t)| self.names.get(t))
            .copied();
        let Some(from) = trigger else {
            return self.report.lose(body, "its trigger is not there");
        };
        self.names.insert(name.into(), from);
        for word in words {
            let Some((role, target)) = word.split_once(':') else {
                continue;
            };
            let kind = match plain(role).as_str() {
                "claim" => LinkKind::Of.word(),
                "source" => LinkKind::SaidBy.word(),
                "content" => LinkKind::HasContent.word(),
                _ => role,
            };
            if let Some(to) = self.names.get(target) {
                self.links.push(ReadLink {
                    from,
                    to: *to,
                    kind: kind.into(),
                });
            }
        }
    }

    fn field(&mut self, target: &str, name: &str, value: &str, line: &str) {
        match self.names.get(target).and_then(|n| self.marks.get_mut(*n)) {
            Some(mark) => {
                let name = self.known.get(&plain(name)).copied().unwrap_or(name);
                mark.fields.insert(name.into(), value.into());
            }
            None => self
                .report
                .lose(line, "it is about a mark that is not there"),
        }
    }

    /// The spans as they were before line breaks cut them.
    fn spans(&mut self, target: &str, value: &serde_json::Value) {
        let number = |v: &serde_json::Value| v.as_u64().and_then(|n| u32::try_from(n).ok());
        let spans: Option<Vec<Span>> = value.as_array().and_then(|all| {
            all.iter()
                .map(|p| self.placer.span(number(&p[0])?, number(&p[1])?))
                .collect()
        });
        let mark = self.names.get(target).and_then(|n| self.marks.get_mut(*n));
        if let (Some(spans), Some(mark)) = (spans, mark) {
            mark.spans = spans;
        }
    }
}

/// Our fields by their names without case and separators: `VerificationStatus` is `verification_status`, and other names
/// stay as they are.
fn known() -> HashMap<String, &'static str> {
    let labels = crate::exchange::marks::Label::ALL.iter();
    let fields = labels.flat_map(|l| l.fields());
    fields.map(|f| (plain(f.name), f.name)).collect()
}

/// Where the pieces of an annotation begin and end.
type Ends = Vec<(u32, u32)>;

/// The label and the offsets of a text-bound annotation.
fn words(body: &str) -> Result<(&str, Ends), &'static str> {
    let (label, ends) = body.split_once(' ').ok_or("it has no offsets")?;
    let spans: Option<Ends> = ends
        .split(';')
        .map(|e| {
            let (s, e) = e.trim().split_once(' ')?;
            Some((s.parse().ok()?, e.trim().parse().ok()?))
        })
        .collect();
    Ok((label, spans.ok_or("its offsets are no pairs of numbers")?))
}
