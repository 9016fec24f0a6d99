//! External proposers: the article as one JSON object out, proposals as one JSON object back.
//!
//! The answer has the shape of a line of the batch form. Nothing in it is trusted: spans are cut to the text and snapped
//! to grapheme borders, what overlaps or points nowhere is left out, unknown words become the vocabulary's default.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::json;

use crate::core::anchor::snap_span;
use crate::core::proposal::*;
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::*;

/// The article as an external proposer reads it: text, language and layout, offsets in scalar values.
pub fn question(text: &ArticleText, blocks: &[Block], language: &str) -> String {
    let blocks: Vec<_> = blocks
        .iter()
        .map(|b| json!({"start": b.span.start, "end": b.span.end, "block": b.kind.word()}))
        .collect();
    json!({"format": "claimdesk.article", "version": 1, "language": language, "text": text.as_str(), "blocks": blocks})
        .to_string()
}

/// The name under which the proposals of the proposer `name` are kept: letters, digits and a version, fit for a file's
/// name, and never the built-in reader's.
pub fn reader(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let parts = name.split(|c| !plain(c)).filter(|p| !p.is_empty());
    let mut name = parts.collect::<Vec<_>>().join("-");
    name.truncate(48);
    match name.trim_start_matches('.') {
        "" => "external-1".into(),
        "builtin" => "builtin-external-1".into(),
        name => format!("{name}-1"),
    }
}

/// A voice is quoted at most at so many removes.
const REMOVES: usize = 8;
/// A text of so many scalar values holds at most one statement a so many, and a few more.
const SCALARS: u32 = 2;

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    statements: Vec<StatementIn>,
    #[serde(default)]
    attributions: Vec<AttributionIn>,
    #[serde(default)]
    sources: Vec<SourceIn>,
}

#[derive(Deserialize)]
struct StatementIn {
    id: String,
    spans: Vec<(u32, u32)>,
    #[serde(default)]
    check_worthiness: String,
    #[serde(default)]
    claim_type: String,
    #[serde(default)]
    why: String,
}

#[derive(Deserialize)]
struct AttributionIn {
    id: String,
    statement: String,
    #[serde(default)]
    source: Vec<(u32, u32)>,
    #[serde(default)]
    cue: Vec<(u32, u32)>,
    #[serde(default)]
    content: Vec<(u32, u32)>,
    #[serde(default, rename = "type")]
    quotation_type: String,
    #[serde(default)]
    stance: String,
    #[serde(default)]
    certainty: String,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    via: Option<String>,
    #[serde(default)]
    about: Vec<(u32, u32)>,
    #[serde(default)]
    source_record: Option<String>,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    why: String,
}

#[derive(Deserialize)]
struct SourceIn {
    id: String,
    name: String,
    #[serde(default, rename = "type")]
    source_type: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    affiliation: String,
    #[serde(default)]
    mentions: Vec<(u32, u32)>,
}

/// Reads an external proposer's answer as the proposals of `reader`.
///
/// # Errors
/// One sentence with the place, where the answer is no such JSON object.
pub fn answer(
    json: &[u8],
    text: &ArticleText,
    blocks: &[Block],
    reader: &str,
) -> Result<Proposals, String> {
    let answer: Answer =
        serde_json::from_slice(json).map_err(|e| format!("the answer cannot be read: {e}"))?;
    let most = (text.len() / SCALARS) as usize + 16;
    for (what, n) in [
        ("statements", answer.statements.len()),
        ("attributions", answer.attributions.len()),
        ("sources", answer.sources.len()),
    ] {
        if n > most {
            return Err(format!("{n} {what} are more than the text can hold"));
        }
    }
    let mut statements: Vec<(String, ProposedStatement)> = answer
        .statements
        .into_iter()
        .filter_map(|s| {
            let spans: Spans = spans(text, &s.spans).into();
            let start = spans.hull()?.start;
            let statement = ProposedStatement {
                block: block_of(blocks, start),
                spans,
                check_worthiness: word(&s.check_worthiness),
                claim_type: word(&s.claim_type),
                why: s.why.into(),
            };
            Some((s.id, statement))
        })
        .collect();
    statements.sort_by_key(|(_, s)| s.spans.hull().map(|h| (h.start, h.end)));
    statements.dedup_by(|a, b| a.1.spans == b.1.spans);
    let statement_at: HashMap<&str, u32> = statements
        .iter()
        .zip(0..)
        .map(|((id, _), n)| (id.as_str(), n))
        .collect();
    let source_at: HashMap<&str, u32> = answer
        .sources
        .iter()
        .zip(0..)
        .map(|(s, n)| (s.id.as_str(), n))
        .collect();

    let found = answer.attributions.into_iter();
    let found = found.filter_map(|a| Some((*statement_at.get(a.statement.as_str())?, a)));
    let mut attributions = attributions(text, found.collect(), &source_at);
    break_circles(&mut attributions);
    let sources = answer
        .sources
        .iter()
        .map(|s| ProposedSource {
            name: s.name.as_str().into(),
            source_type: word(&s.source_type),
            role: s.role.as_str().into(),
            affiliation: s.affiliation.as_str().into(),
            mentions: spans(text, &s.mentions),
        })
        .collect();
    Ok(Proposals {
        reader: reader.into(),
        blocks: blocks.to_vec(),
        statements: statements.into_iter().map(|(_, s)| s).collect(),
        attributions: attributions.into(),
        sources,
    })
}

/// The attributions `found`, each with its statement, in order of these; `source_at` says which source an id means.
fn attributions(
    text: &ArticleText,
    mut found: Vec<(u32, AttributionIn)>,
    source_at: &HashMap<&str, u32>,
) -> Vec<ProposedAttribution> {
    found.sort_by_key(|(n, _)| *n);
    let attribution_at: HashMap<String, u32> = found
        .iter()
        .zip(0..)
        .map(|((_, a), n)| (a.id.clone(), n))
        .collect();
    found
        .into_iter()
        .map(|(statement, a)| ProposedAttribution {
            statement,
            source: spans(text, &a.source).into(),
            cue: spans(text, &a.cue).into(),
            content: spans(text, &a.content).into(),
            quotation_type: word(&a.quotation_type),
            stance: word(&a.stance),
            certainty: word(&a.certainty),
            negated: a.negated,
            via: a.via.and_then(|v| attribution_at.get(&v).copied()),
            about: spans(text, &a.about).into(),
            source_record: a
                .source_record
                .and_then(|r| source_at.get(r.as_str()).copied()),
            rule: a.rule.into(),
            why: a.why.into(),
        })
        .collect()
}

/// Nobody is quoted by himself, at however many removes.
fn break_circles(attributions: &mut [ProposedAttribution]) {
    for n in 0..attributions.len() {
        let via = |n: u32| attributions.get(n as usize).and_then(|a| a.via);
        let mut at = via(n as u32);
        let mut steps = 0;
        while let Some(next) = at.filter(|next| *next as usize != n && steps < REMOVES) {
            at = via(next);
            steps += 1;
        }
        if at.is_some() {
            attributions[n].via = None;
        }
    }
}

fn word<V: Vocabulary>(word: &str) -> V {
    V::from_word(word).unwrap_or_default()
}

/// The spans that stand in the text, snapped, in order, without those that overlap an earlier one.
fn spans(text: &ArticleText, given: &[(u32, u32)]) -> Vec<Span> {
    let mut all: Vec<Span> = given
        .iter()
        .map(|(s, e)| Span::new(*s, (*e).min(text.len())))
        .filter(|s| !s.is_empty() && s.start < text.len())
        .map(|s| snap_span(text, s))
        .collect();
    all.sort();
    let mut kept: Vec<Span> = Vec::with_capacity(all.len());
    for s in all {
        if kept.last().is_none_or(|l| l.end <= s.start) {
            kept.push(s);
        }
    }
    kept
}

fn block_of(blocks: &[Block], at: u32) -> u32 {
    let n = blocks.partition_point(|b| b.span.end <= at);
    u32::try_from(n.min(blocks.len().saturating_sub(1))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text() -> (ArticleText, Vec<Block>) {
        let text = ArticleText::new("Ana Roe 🌊 said it rained. It did not.".into());
        let blocks = vec![Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Paragraph,
            locator: "".into(),
        }];
        (text, blocks)
    }

    #[test]
    fn an_answer_becomes_proposals_and_what_points_nowhere_is_left_out() {
        let (text, blocks) = text();
        let json = r#"{"statements":[{"id":"b","spans":[[26,37]]},{"id":"a","spans":[[0,25]],"check_worthiness":"high"},
            {"id":"c","spans":[[900,901]]}],
            "attributions":[{"id":"x","statement":"a","source":[[0,7]],"cue":[[10,14]],"content":[[15,24],[16,20]],
            "stance":"asserts","source_record":"s","via":"nobody"},{"id":"y","statement":"missing"}],
            "sources":[{"id":"s","name":"Ana Roe","type":"person"}]}"#;
        let p = answer(json.as_bytes(), &text, &blocks, "house-1").unwrap();
        assert_eq!(p.statements.len(), 2);
        assert_eq!(
            p.statements.get(0).unwrap().check_worthiness,
            CheckWorthiness::High
        );
        assert_eq!(p.attributions.len(), 1);
        let a = p.attributions.get(0).unwrap();
        assert_eq!(text.exact(&a.content), "it rained");
        assert_eq!(
            (a.stance, a.source_record, a.via),
            (Stance::Asserts, Some(0), None)
        );
    }

    #[test]
    fn circles_are_broken_and_floods_are_refused() {
        let (text, blocks) = text();
        let json = r#"{"statements":[{"id":"a","spans":[[0,25]]}],"attributions":[{"id":"x","statement":"a","via":"x"},
            {"id":"y","statement":"a","via":"z"},{"id":"z","statement":"a","via":"y"},{"id":"q","statement":"a","via":"x"}]}"#;
        let p = answer(json.as_bytes(), &text, &blocks, "house-1").unwrap();
        let via: Vec<_> = p.attributions.iter().map(|a| a.via).collect();
        assert_eq!(via, [None, None, Some(1), Some(0)]);
        let many = vec![r#"{"id":"a","spans":[[0,25]]}"#; 100].join(",");
        let why = answer(
            format!("{{\"statements\":[{many}]}}").as_bytes(),
            &text,
            &blocks,
            "house-1",
        )
        .unwrap_err();
        assert_eq!(why, "100 statements are more than the text can hold");
    }

    #[test]
    fn names_become_fit_for_files() {
        for (name, want) in [
            ("house", "house-1"),
            ("/usr/bin/my model", "usr-bin-my-model-1"),
            ("builtin", "builtin-external-1"),
            ("..", "external-1"),
            ("日本", "external-1"),
        ] {
            assert_eq!(reader(name), want);
        }
    }

    #[test]
    fn nonsense_is_an_error_with_its_place() {
        let (text, blocks) = text();
        let why = answer(b"{\"statements\": 3}", &text, &blocks, "house-1").unwrap_err();
        assert!(why.contains("line 1"), "{why}");
    }

    #[test]
    fn the_question_holds_text_and_layout() {
        let (text, blocks) = text();
        let q: serde_json::Value = serde_json::from_str(&question(&text, &blocks, "en")).unwrap();
        assert_eq!(q["blocks"][0]["end"], text.len());
        assert_eq!(q["text"], text.as_str());
    }
}
