//! Reads texts marked by hand, and writes them as JSON lines.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::core::text::Span;

/// One attribution as marked. Spans count scalar values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GoldMark {
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
    pub about: Vec<Span>,
    pub negative: bool,
    pub stance: &'static str,
    /// The index of the attribution whose content holds this one.
    pub via: Option<usize>,
}

impl Default for GoldMark {
    fn default() -> Self {
        Self {
            source: Vec::new(),
            cue: Vec::new(),
            content: Vec::new(),
            about: Vec::new(),
            negative: false,
            stance: "asserts",
            via: None,
        }
    }
}

/// One marked text.
pub(super) struct Doc {
    pub name: String,
    pub text: String,
    pub marks: Vec<GoldMark>,
}

/// Reads the marked-up form; the head of the file describes it.
pub(super) fn parse(file: &str) -> Vec<Doc> {
    let mut docs: Vec<Doc> = Vec::new();
    let mut marks: BTreeMap<u32, GoldMark> = BTreeMap::new();
    let mut flags: Vec<(u32, &str)> = Vec::new();
    for line in file.lines().filter(|l| !l.starts_with('#')).chain(["== "]) {
        if let Some(name) = line.strip_prefix("== ") {
            if let Some(d) = docs.last_mut() {
                d.text.truncate(d.text.trim_end().len());
                flag(&mut marks, &std::mem::take(&mut flags));
                d.marks = std::mem::take(&mut marks).into_values().collect();
            }
            docs.push(Doc {
                name: name.to_owned(),
                text: String::new(),
                marks: Vec::new(),
            });
            continue;
        }
        let Some(doc) = docs.last_mut() else { continue };
        if let Some(told) = line.strip_prefix("= ") {
            let (n, word) = told.split_once(' ').unwrap();
            flags.push((n.parse().unwrap(), word));
            continue;
        }
        if line.is_empty() && doc.text.is_empty() {
            continue;
        }
        let mut open: Vec<(char, u32, u32)> = Vec::new();
        let mut at = doc.text.chars().count() as u32;
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '[' => {
                    let (tag, tail) = rest.split_once(' ').unwrap();
                    open.push((tag.chars().next().unwrap(), tag[1..].parse().unwrap(), at));
                    rest = tail;
                }
                ']' => {
                    let (role, n, start) = open.pop().unwrap();
                    let mark = marks.entry(n).or_default();
                    let list = match role {
                        'S' => &mut mark.source,
                        'C' => &mut mark.cue,
                        'X' => &mut mark.content,
                        'A' => &mut mark.about,
                        _ => panic!("no role is called {role}"),
                    };
                    list.push(Span::new(start, at));
                }
                c => {
                    doc.text.push(c);
                    at += 1;
                }
            }
        }
        assert!(open.is_empty(), "{line}");
        doc.text.push('\n');
    }
    docs.pop();
    docs
}

/// Writes what the lines "= n …" say into the marks.
fn flag(marks: &mut BTreeMap<u32, GoldMark>, flags: &[(u32, &str)]) {
    let order: Vec<u32> = marks.keys().copied().collect();
    for (n, word) in flags {
        let mark = marks.get_mut(n).unwrap();
        mark.stance = match *word {
            "negative" => {
                mark.negative = true;
                continue;
            }
            "denies" => "denies",
            "questions" => "questions",
            "relays" => "relays",
            "retracts" => "retracts",
            "none" => "none",
            via => {
                let outer: u32 = via.strip_prefix("via ").unwrap().parse().unwrap();
                mark.via = order.iter().position(|o| *o == outer);
                continue;
            }
        };
    }
}

/// The marked texts in the form that attribution scorers read.
pub(super) fn jsonl(ids: &str, language: &str, docs: &[Doc]) -> String {
    let spans = |s: &[Span]| -> Vec<[u32; 2]> { s.iter().map(|s| [s.start, s.end]).collect() };
    let mut out = String::new();
    for d in docs {
        let text: Vec<char> = d.text.chars().collect();
        let attributions: Vec<_> = d
            .marks
            .iter()
            .enumerate()
            .map(|(n, m)| {
                serde_json::json!({"id": n, "source": spans(&m.source), "cue": spans(&m.cue), "content": spans(&m.content),
                    "about": spans(&m.about), "type": kind(&text, &m.content), "stance": m.stance, "via": m.via,
                    "polarity": if m.negative { "negative" } else { "positive" }})
            })
            .collect();
        let line = serde_json::json!({"id": format!("{ids}/{}", d.name), "language": language, "text": d.text, "attributions": attributions});
        writeln!(out, "{line}").unwrap();
    }
    out
}

/// How the content is given: nine tenths of its letters inside quotation marks are a direct quotation.
fn kind(text: &[char], content: &[Span]) -> &'static str {
    let (mut all, mut inside) = (0, 0);
    for s in content {
        let mut deep = false;
        for c in &text[s.start as usize..s.end as usize] {
            match c {
                '“' | '‘' | '«' | '„' => deep = true,
                '”' | '»' => deep = false,
                '"' => deep = !deep,
                c if c.is_alphanumeric() => {
                    all += 1;
                    inside += u32::from(deep);
                }
                _ => {}
            }
        }
    }
    match inside {
        0 => "indirect",
        n if n * 10 >= all * 9 => "direct",
        _ => "mixed",
    }
}
