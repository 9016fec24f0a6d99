//! The numbers that a document's paragraphs get automatically.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::reader::input::zipped::attribute;

/// Levels that a list has at most (ISO 29500-1, 17.9.6).
const LEVELS: usize = 9;

/// Which list a paragraph belongs to, and at which level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct InList {
    pub list: Option<String>,
    pub level: Option<usize>,
}

impl InList {
    /// What is not said here is as in `base`.
    pub fn or(self, base: &Self) -> Self {
        Self {
            list: self.list.or_else(|| base.list.clone()),
            level: self.level.or(base.level),
        }
    }
}

/// How a level counts.
#[derive(Clone, Debug)]
struct Level {
    format: String,
    /// What is written: `%1.%2)`.
    text: String,
    start: u32,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            format: "decimal".into(),
            text: String::new(),
            start: 1,
        }
    }
}

/// The document's lists, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct ListNumbers {
    shapes: HashMap<String, Vec<Level>>,
    /// The shape of each list.
    lists: HashMap<String, String>,
    /// Where a list's own levels begin.
    starts: HashMap<(String, usize), u32>,
    /// The numbers given last, of each shape's levels: lists of one shape count on together.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists that began with a number of their own.
    begun: HashSet<String>,
}

impl ListNumbers {
    /// Reads `numbering.xml`; what is broken in it is passed over.
    pub fn read(xml: &[u8]) -> Self {
        let mut numbers = Self::default();
        let mut reader = Reader::from_reader(xml);
        let mut buffer = Vec::new();
        let (mut shape, mut list, mut level) = (String::new(), String::new(), 0);
        loop {
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(e) | Event::Empty(e)) => match e.local_name().as_ref() {
                    "abstractNum" => {
                        shape = attribute(&e, "abstractNumId").unwrap_or_default();
                        list.clear();
                    }
                    "num" => list = attribute(&e, "numId").unwrap_or_default(),
                    "lvl" | "lvlOverride" => level = level_of(&e),
                    "abstractNumId" if !list.is_empty() => {
                        let of = attribute(&e, "val").unwrap_or_default();
                        numbers.lists.insert(list.clone(), of);
                    }
                    "startOverride" => {
                        let start = number(&e).unwrap_or(1);
                        numbers.starts.insert((list.clone(), level), start);
                    }
                    name if list.is_empty() => numbers.set(&shape, level, name, &e),
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
            buffer.clear();
        }
        numbers
    }

    fn set(&mut self, shape: &str, level: usize, name: &str, e: &BytesStart<'_>) {
        if !matches!(name, "start" | "numFmt" | "lvlText") {
            return;
        }
        let levels = self
            .shapes
            .entry(shape.to_string())
            .or_insert_with(|| vec![Level::default(); LEVELS]);
        let Some(level) = levels.get_mut(level) else {
            return;
        };
        match name {
            "start" => level.start = number(e).unwrap_or(1),
            "numFmt" => level.format = attribute(e, "val").unwrap_or_default(),
            _ => level.text = attribute(e, "val").unwrap_or_default(),
        }
    }

    /// The number of the next paragraph of a list, as it is written before the words; empty where a paragraph has none
    /// or only a bullet.
    pub fn next(&mut self, at: &InList) -> String {
        let Some(list) = at.list.as_ref().filter(|list| *list != "0") else {
            return String::new();
        };
        let level = at.level.unwrap_or(0).min(LEVELS - 1);
        let Some(shape) = self.lists.get(list) else {
            return String::new();
        };
        let Some(levels) = self.shapes.get(shape) else {
            return String::new();
        };
        let counts = self.counts.entry(shape.clone()).or_default();
        let own = |level: usize| self.starts.get(&(list.clone(), level)).copied();
        if (0..LEVELS).any(|l| own(l).is_some()) && self.begun.insert(list.clone()) {
            *counts = [None; LEVELS];
        }
        let first = |l: usize| own(l).unwrap_or(levels[l].start);
        counts[level] = Some(counts[level].map_or_else(|| first(level), |n| n.saturating_add(1)));
        for deeper in &mut counts[level + 1..] {
            *deeper = None;
        }
        let this = &levels[level];
        if matches!(this.format.as_str(), "bullet" | "none") {
            return String::new();
        }
        let mut out = String::new();
        let mut rest = this.text.as_str();
        while let Some(at) = rest.find('%') {
            out.push_str(&rest[..at]);
            let mut after = rest[at + 1..].chars();
            match after
                .next()
                .and_then(|c| c.to_digit(10))
                .map(|n| n as usize)
            {
                Some(n) if (1..=LEVELS).contains(&n) => {
                    let count = counts[n - 1].unwrap_or_else(|| first(n - 1));
                    out.push_str(&written(count, &levels[n - 1].format));
                    rest = after.as_str();
                }
                _ => {
                    out.push('%');
                    rest = &rest[at + 1..];
                }
            }
        }
        out.push_str(rest);
        out
    }
}

fn level_of(e: &BytesStart<'_>) -> usize {
    let level = attribute(e, "ilvl").and_then(|l| l.parse().ok());
    level.unwrap_or(0)
}

fn number(e: &BytesStart<'_>) -> Option<u32> {
    attribute(e, "val")?.parse().ok()
}

/// A number in a format. What is rarer is written in figures.
fn written(n: u32, format: &str) -> String {
    let small = |s: String| s.to_lowercase();
    match format {
        "lowerLetter" => small(letters(n)),
        "upperLetter" => letters(n),
        "lowerRoman" => small(roman(n)),
        "upperRoman" => roman(n),
        "decimalZero" => format!("{n:02}"),
        _ => n.to_string(),
    }
}

/// A, B, … Z, AA, BB.
fn letters(n: u32) -> String {
    let Some(n) = n.checked_sub(1) else {
        return String::new();
    };
    let letter = char::from(b'A' + (n % 26) as u8);
    std::iter::repeat_n(letter, (n / 26 % 26 + 1) as usize).collect()
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n > 5000 {
        return n.to_string();
    }
    let mut left = n;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<w:numbering><w:abstractNum w:abstractNumId='7'>\
        <w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='%1.%2)'/></w:lvl>\
        <w:lvl w:ilvl='2'><w:numFmt w:val='bullet'/><w:lvlText w:val='·'/></w:lvl></w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
        <w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='9'/></w:lvlOverride></w:num>\
        </w:numbering>";

    #[test]
    fn paragraphs_are_counted_by_list_and_level() {
        let mut numbers = ListNumbers::read(XML.as_bytes());
        let mut next = |list: &str, level| {
            numbers.next(&InList {
                list: Some(list.into()),
                level: Some(level),
            })
        };
        let got = [
            ("1", 0),
            ("1", 1),
            ("1", 1),
            ("1", 2),
            ("1", 0),
            ("1", 1),
            ("2", 0),
            ("2", 0),
        ]
        .map(|(list, level)| next(list, level));
        assert_eq!(got, ["3.", "3.i)", "3.ii)", "", "4.", "4.i)", "9.", "10."]);
        assert_eq!(next("0", 0), "");
        assert_eq!(next("8", 0), "");
    }

    #[test]
    fn numbers_are_written_in_their_format() {
        for (n, format, want) in [
            (28, "upperLetter", "BB"),
            (3, "lowerLetter", "c"),
            (1994, "upperRoman", "MCMXCIV"),
            (4, "decimalZero", "04"),
            (4, "chicago", "4"),
        ] {
            assert_eq!(written(n, format), want);
        }
    }
}
