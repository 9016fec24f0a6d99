//! Proposals for programs: one JSON object a line, and for people: one line a proposal.
//!
//! The batch form reads `{"id","text","language"?}` and answers with sentences, statements, attributions and sources of
//! exactly that text, which is never normalised. All offsets count Unicode scalar values and are half-open.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::{blocks, language, propose, sentences};
use crate::core::proposal::{Block, Proposals, ProposedAttribution, Spans};
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::Vocabulary;

#[derive(Deserialize)]
struct Question {
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    language: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    id: serde_json::Value,
    text: String,
    sentences: Vec<[u32; 2]>,
    statements: Vec<StatementLine>,
    attributions: Vec<AttributionLine>,
    sources: Vec<SourceLine>,
}

/// A statement as programs get it.
#[derive(Serialize)]
struct StatementLine {
    id: String,
    spans: Vec<[u32; 2]>,
    block: &'static str,
    check_worthiness: &'static str,
    claim_type: &'static str,
    why: String,
}

/// An attribution as programs get it.
#[derive(Serialize)]
struct AttributionLine {
    id: String,
    statement: String,
    source: Vec<[u32; 2]>,
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
    #[serde(rename = "type")]
    quotation_type: &'static str,
    stance: &'static str,
    certainty: &'static str,
    negated: bool,
    via: Option<String>,
    about: Vec<[u32; 2]>,
    source_record: Option<String>,
    rule: String,
    why: String,
}

/// A source record as programs get it.
#[derive(Serialize)]
struct SourceLine {
    id: String,
    name: String,
    #[serde(rename = "type")]
    source_type: &'static str,
    role: String,
    affiliation: String,
    mentions: Vec<[u32; 2]>,
}

/// Answers one line of the batch form with one line, without a line end.
///
/// # Errors
/// When the line is no JSON object with `id` and `text`; the message says where it breaks.
pub fn answer(line: &str) -> Result<String, serde_json::Error> {
    let q: Question = serde_json::from_str(line)?;
    let text = ArticleText::new(q.text);
    let blocks = blocks::plain(text.as_str());
    let tag = q
        .language
        .filter(|l| !l.is_empty())
        .unwrap_or_else(|| language::detect(text.as_str()));
    let n = blocks.len();
    let p = propose(&text, &blocks, &tag, 0..n, true, &|| false);
    let sentences = sentences::split(text.as_str(), &tag)
        .into_iter()
        .map(|r| pair(text.span(r)))
        .collect();
    let answer = Answer {
        id: q.id,
        text: text.as_str().to_owned(),
        sentences,
        statements: statements(&p, &blocks),
        attributions: attributions(&p),
        sources: sources(&p),
    };
    serde_json::to_string(&answer)
}

/// Proposals as JSON lines: every statement with its attributions in it, then every source; each line names its `kind`.
pub fn jsonl(p: &Proposals) -> String {
    #[derive(Serialize)]
    struct Line<T: Serialize> {
        kind: &'static str,
        #[serde(flatten)]
        value: T,
    }
    let mut out = String::new();
    let mut push = |line: Result<String, serde_json::Error>| {
        // Records of strings and numbers always become JSON.
        if let Ok(line) = line {
            out.push_str(&line);
            out.push('\n');
        }
    };
    for value in statements(p, &p.blocks) {
        push(serde_json::to_string(&Line {
            kind: "statement",
            value,
        }));
    }
    for value in attributions(p) {
        push(serde_json::to_string(&Line {
            kind: "attribution",
            value,
        }));
    }
    for value in sources(p) {
        push(serde_json::to_string(&Line {
            kind: "source",
            value,
        }));
    }
    out
}

/// Proposals as text for people: a statement a line with its attributions below; with `explain` each with its reason.
pub fn plain(text: &ArticleText, p: &Proposals, explain: bool) -> String {
    let mut out = String::new();
    for (n, s) in p.statements.iter().enumerate() {
        let words = one_line(&text.exact(s.spans.as_slice()));
        let _ = writeln!(
            out,
            "{:>4}  {:<7}  {words}",
            n + 1,
            s.check_worthiness.word()
        );
        if explain && !s.why.is_empty() {
            let _ = writeln!(out, "      worth    {}: {}", s.claim_type.word(), s.why);
        }
        for (_, a) in p.attributions_of(n as u32) {
            let _ = writeln!(out, "      {}", attribution_line(text, p, a));
            if explain {
                let _ = writeln!(out, "               {}: {}", a.rule, one_line(&a.why));
            }
        }
    }
    if !p.sources.is_empty() {
        out.push_str("\nsources\n");
    }
    for s in &p.sources {
        let _ = write!(out, "      {} ({}", s.name, s.source_type.word());
        for part in [&s.role, &s.affiliation] {
            if !part.is_empty() {
                let _ = write!(out, ", {part}");
            }
        }
        let _ = writeln!(
            out,
            "), {} mention{}",
            s.mentions.len(),
            if s.mentions.len() == 1 { "" } else { "s" }
        );
    }
    out
}

fn attribution_line(text: &ArticleText, p: &Proposals, a: &ProposedAttribution) -> String {
    let record = a.source_record.and_then(|r| p.sources.get(r as usize));
    let who = match record {
        Some(r) => r.name.to_string(),
        None if a.source.is_empty() => "(nobody named)".to_owned(),
        None => text.exact(a.source.as_slice()),
    };
    let mut line = format!(
        "{:<7}  {}: {}",
        a.stance.word(),
        one_line(&who),
        one_line(&text.exact(a.content.as_slice()))
    );
    if !a.about.is_empty() {
        let _ = write!(
            line,
            "  [about {}]",
            one_line(&text.exact(a.about.as_slice()))
        );
    }
    if let Some(v) = a.via.and_then(|v| p.attributions.get(v as usize)) {
        let name = v
            .source_record
            .and_then(|r| p.sources.get(r as usize))
            .map_or_else(|| text.exact(v.source.as_slice()), |r| r.name.to_string());
        let _ = write!(line, "  [via {}]", one_line(&name));
    }
    line
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn statements(p: &Proposals, blocks: &[Block]) -> Vec<StatementLine> {
    p.statements
        .iter()
        .enumerate()
        .map(|(n, s)| StatementLine {
            id: format!("s{}", n + 1),
            spans: pairs(&s.spans),
            block: blocks
                .get(s.block as usize)
                .map_or("paragraph", |b| b.kind.word()),
            check_worthiness: s.check_worthiness.word(),
            claim_type: s.claim_type.word(),
            why: s.why.to_string(),
        })
        .collect()
}

fn attributions(p: &Proposals) -> Vec<AttributionLine> {
    p.attributions
        .iter()
        .enumerate()
        .map(|(n, a)| AttributionLine {
            id: format!("a{}", n + 1),
            statement: format!("s{}", a.statement + 1),
            source: pairs(&a.source),
            cue: pairs(&a.cue),
            content: pairs(&a.content),
            quotation_type: a.quotation_type.word(),
            stance: a.stance.word(),
            certainty: a.certainty.word(),
            negated: a.negated,
            via: a.via.map(|v| format!("a{}", v + 1)),
            about: pairs(&a.about),
            source_record: a.source_record.map(|r| format!("p{}", r + 1)),
            rule: a.rule.to_string(),
            why: a.why.to_string(),
        })
        .collect()
}

fn sources(p: &Proposals) -> Vec<SourceLine> {
    p.sources
        .iter()
        .enumerate()
        .map(|(n, s)| SourceLine {
            id: format!("p{}", n + 1),
            name: s.name.to_string(),
            source_type: s.source_type.word(),
            role: s.role.to_string(),
            affiliation: s.affiliation.to_string(),
            mentions: s.mentions.iter().copied().map(pair).collect(),
        })
        .collect()
}

fn pair(s: Span) -> [u32; 2] {
    [s.start, s.end]
}

fn pairs(spans: &Spans) -> Vec<[u32; 2]> {
    spans.as_slice().iter().copied().map(pair).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TEXT: &str = "“The pier leaks,” said Mara Oduya.\n\nThe council denied that it leaks.";

    #[test]
    fn one_line_in_one_line_out_with_the_text_as_it_came() {
        let line = serde_json::json!({"id": 7, "text": TEXT}).to_string();
        let out: serde_json::Value = serde_json::from_str(&answer(&line).unwrap()).unwrap();
        assert_eq!(out["id"], 7);
        assert_eq!(out["text"], TEXT);
        assert_eq!(out["sentences"].as_array().unwrap().len(), 2);
        assert_eq!(out["attributions"][0]["type"], "direct");
        assert_eq!(out["attributions"][1]["stance"], "denies");
        assert_eq!(out["attributions"][1]["negated"], true);
        assert_eq!(out["attributions"][1]["statement"], "s2");
    }

    #[test]
    fn a_line_that_is_no_question_is_an_error() {
        for bad in ["", "{", "[]", "{\"id\":1}"] {
            assert!(answer(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn people_get_a_line_for_each_proposal_and_why() {
        let text = ArticleText::new(TEXT.to_owned());
        let blocks = blocks::plain(text.as_str());
        let p = propose(&text, &blocks, "en", 0..blocks.len(), true, &|| false);
        let out = plain(&text, &p, true);
        assert!(out.contains("denies   "), "{out}");
        assert!(out.contains("cue \"denied\""), "{out}");
        assert_eq!(
            jsonl(&p)
                .lines()
                .filter(|l| l.contains("\"kind\":\"attribution\""))
                .count(),
            2
        );
    }
}
