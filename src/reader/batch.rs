//! Proposals for programs: one JSON object a line.
//!
//! The batch form reads `{"id","text","language"?}` and answers with sentences, statements, attributions and sources of
//! exactly that text, which is never normalised. All offsets count Unicode scalar values and are half-open.

use serde::{Deserialize, Serialize};

use super::{blocks, language, propose, sentences};
use crate::core::proposal::{Block, Proposals};
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::Vocabulary;

#[derive(Deserialize)]
struct Question {
    id: serde_json::Value,
    text: String,
    #[serde(default, alias = "lang")]
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

/// Answers one line of the batch form with one line, without a line end. Members of the line that are not of the form are
/// left alone, so that annotated corpora can be handed in as they are.
///
/// # Errors
/// When the line is no JSON object with `id` and `text`; the message says where it breaks.
pub fn answer(line: &[u8]) -> Result<String, serde_json::Error> {
    let q: Question = serde_json::from_slice(line)?;
    let text = ArticleText::new(q.text);
    let blocks = blocks::plain(text.as_str());
    let tag = q
        .language
        .filter(|l| !l.is_empty())
        .unwrap_or_else(|| language::guess(text.as_str()).tag);
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

fn pairs(spans: &[Span]) -> Vec<[u32; 2]> {
    spans.iter().copied().map(pair).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TEXT: &str = "“The pier leaks,” said Mara Oduya.\n\nThe council denied that it leaks.";

    #[test]
    fn one_line_in_one_line_out_with_the_text_as_it_came() {
        let line = serde_json::json!({"id": 7, "text": TEXT, "genre": "news"}).to_string();
        let out: serde_json::Value =
            serde_json::from_str(&answer(line.as_bytes()).unwrap()).unwrap();
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
            assert!(answer(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
