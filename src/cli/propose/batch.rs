//! `claimdesk propose --batch`: lines of texts in, a line of proposals for each out, in order.

use std::io::BufRead;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::article;
use super::super::failure::{Code, Failure};
use super::super::out::Out;
use super::pairs;
use crate::core::proposal::Proposals;
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::*;
use crate::reader::{blocks, language, sentences};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    id: Value,
    text: String,
    #[serde(default)]
    language: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    text: &'a str,
    sentences: Vec<[u32; 2]>,
    statements: Vec<Statement<'a>>,
    attributions: Vec<Attribution<'a>>,
    sources: Vec<Source<'a>>,
}

#[derive(Serialize)]
struct Statement<'a> {
    id: String,
    spans: Vec<[u32; 2]>,
    block: &'static str,
    check_worthiness: &'static str,
    claim_type: &'static str,
    why: &'a str,
}

#[derive(Serialize)]
struct Attribution<'a> {
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
    rule: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct Source<'a> {
    id: String,
    name: &'a str,
    #[serde(rename = "type")]
    source_type: &'static str,
    role: &'a str,
    affiliation: &'a str,
    mentions: Vec<[u32; 2]>,
}

#[derive(Serialize)]
struct Refusal {
    line: usize,
    error: String,
}

/// Answers every line of `file`, or of standard input.
///
/// A line that cannot be read is answered with an error in its place, so that answers and questions stay side by side.
pub fn run(file: Option<&Path>, out: &mut Out) -> anyhow::Result<Code> {
    let mut code = Code::Well;
    match file.filter(|f| f.as_os_str() != "-") {
        None => answer_all(std::io::stdin().lock(), out, &mut code)?,
        Some(path) => {
            let open = std::fs::File::open(path);
            let open = open.map_err(|e| {
                Failure::input(format!("{} could not be read: {e}.", path.display()))
            })?;
            answer_all(std::io::BufReader::new(open), out, &mut code)?;
        }
    }
    Ok(code)
}

fn answer_all(input: impl BufRead, out: &mut Out, code: &mut Code) -> anyhow::Result<()> {
    for (number, line) in (1..).zip(input.split(b'\n')) {
        let line =
            line.map_err(|e| Failure::input(format!("The input could not be read: {e}.")))?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Asked>(&line) {
            Ok(asked) => answer(&asked, out)?,
            Err(e) => {
                *code = Code::Input;
                eprintln!("claimdesk: line {number} is no question: {e}.");
                out.json_line(&Refusal {
                    line: number,
                    error: e.to_string(),
                })?;
            }
        }
        // Whoever asks line by line waits for each answer.
        out.flush()?;
    }
    Ok(())
}

fn answer(asked: &Asked, out: &mut Out) -> anyhow::Result<()> {
    let text = ArticleText::new(asked.text.clone());
    let tag = match asked.language.as_str() {
        "" => language::detect(&asked.text),
        tag => tag.to_string(),
    };
    let layout = blocks::plain(&asked.text);
    let proposals = article::propose(&text, &layout, &tag);
    let sentences = layout
        .iter()
        .flat_map(|block| {
            let within = text.bytes(block.span);
            let found = sentences::split(&asked.text[within.clone()], &tag);
            found
                .into_iter()
                .map(move |s| within.start + s.start..within.start + s.end)
        })
        .map(|bytes| text.span(bytes))
        .collect::<Vec<Span>>();
    out.json_line(&Answer {
        id: &asked.id,
        text: &asked.text,
        sentences: pairs(&sentences),
        statements: statements(&proposals),
        attributions: attributions(&proposals),
        sources: sources(&proposals),
    })
}

fn statements(proposals: &Proposals) -> Vec<Statement<'_>> {
    let one = |(n, s): (usize, _)| Statement {
        id: format!("s{n}"),
        block: super::kind(proposals, s).word(),
        spans: pairs(s.spans.as_slice()),
        check_worthiness: s.check_worthiness.word(),
        claim_type: s.claim_type.word(),
        why: &s.why,
    };
    proposals.statements.iter().enumerate().map(one).collect()
}

fn attributions(proposals: &Proposals) -> Vec<Attribution<'_>> {
    proposals
        .attributions
        .iter()
        .enumerate()
        .map(|(n, a)| Attribution {
            id: format!("a{n}"),
            statement: format!("s{}", a.statement),
            source: pairs(a.source.as_slice()),
            cue: pairs(a.cue.as_slice()),
            content: pairs(a.content.as_slice()),
            quotation_type: a.quotation_type.word(),
            stance: a.stance.word(),
            certainty: a.certainty.word(),
            negated: a.negated,
            via: a.via.map(|v| format!("a{v}")),
            about: pairs(a.about.as_slice()),
            source_record: a.source_record.map(|s| format!("v{s}")),
            rule: &a.rule,
            why: &a.why,
        })
        .collect()
}

fn sources(proposals: &Proposals) -> Vec<Source<'_>> {
    proposals
        .sources
        .iter()
        .enumerate()
        .map(|(n, s)| Source {
            id: format!("v{n}"),
            name: &s.name,
            source_type: s.source_type.word(),
            role: &s.role,
            affiliation: &s.affiliation,
            mentions: pairs(&s.mentions),
        })
        .collect()
}
