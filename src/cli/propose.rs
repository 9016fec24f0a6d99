//! `claimdesk propose`: what the reader proposes for an article, or for many texts at once.

mod batch;

use serde::Serialize;

use super::args::{ProposeArgs, ProposeFormat};
use super::article::{self, Got};
use super::context::CommandContext;
use super::failure::EndCode;
use super::out::Out;
use super::protection;
use crate::core::display::clean;
use crate::core::ids::VersionId;
use crate::core::model::Source;
use crate::core::proposal::{AttributionView, Proposals, ProposedVoice};
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::*;
use crate::store::{Find, SessionName};
use crate::work::tell;

#[derive(Serialize)]
struct ProposalLine<'a> {
    id: Option<String>,
    start: u32,
    end: u32,
    spans: Vec<[u32; 2]>,
    exact: String,
    block: &'static str,
    check_worthiness: &'static str,
    claim_type: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
    /// The external proposer that proposed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposer: Option<&'a str>,
    attributions: Vec<Said<'a>>,
}

#[derive(Serialize)]
struct Said<'a> {
    source: Option<String>,
    cue: String,
    content: String,
    quotation_type: &'static str,
    stance: &'static str,
    certainty: &'static str,
    negated: bool,
    rule: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
}

/// Runs the command.
pub fn run(args: &ProposeArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    if args.batch {
        return batch::run(args.article.as_deref(), out);
    }
    let Some(file) = &args.article else {
        return Ok(EndCode::Usage); // clap asks for one.
    };
    let got = article::get(file, &args.reading, &context.config)?;
    got.tell_notes();
    if args.left_out {
        left_out(&got, out)?;
        if got.document.account.left_out() == 0 {
            tell("note: Nothing was left out.");
        }
        return Ok(EndCode::Well);
    }
    // Sessions that cannot be reached are no matter of the article.
    if let Ok(shelf) = context.shelf() {
        let names = shelf.find(Find::Hash(&got.document.text_sha256));
        let names: Vec<SessionName> = names.unwrap_or_default();
        let protects = |name: &&SessionName| shelf.protects(name).unwrap_or(true);
        protection::note(names.iter().filter(protects).map(|name| &**name));
    }
    let proposals = got.proposals(context.config.proposer.as_ref())?;
    match args.format {
        ProposeFormat::Text => text(args.explain, &got, &proposals, out)?,
        ProposeFormat::Jsonl => jsonl(args.explain, &got.document.text, &proposals, out)?,
    }
    Ok(EndCode::Well)
}

/// What was left out of the article, in the order of the source, each part under its reason.
fn left_out(got: &Got, out: &mut Out) -> anyhow::Result<()> {
    let mut last = None;
    for (why, words) in got.document.account.parts() {
        if last.replace(why) != Some(why) {
            out.line(format!("[{}]", why.label()))?;
        }
        let lines = words.lines().map(str::trim).filter(|l| !l.is_empty());
        for line in lines {
            out.line(format!("  {}", clean(line)))?;
        }
    }
    Ok(())
}

fn text(explain: bool, got: &Got, proposals: &Proposals, out: &mut Out) -> anyhow::Result<()> {
    let text = &got.document.text;
    let by = proposals
        .proposer()
        .map(|name| format!("{}: ", clean(name)));
    let by = by.unwrap_or_default();
    out.line(format!(
        "{}: {} statements, {} attributions, {} sources in {} blocks; language {}{}",
        clean(&got.name),
        proposals.statements.len(),
        proposals.attributions.len(),
        proposals.sources.len(),
        proposals.blocks.len(),
        match got.document.language.as_str() {
            "" => "not known",
            tag => tag,
        },
        match proposals.proposer() {
            Some(name) => format!("; proposed by {}", clean(name)),
            None => String::new(),
        }
    ))?;
    for (n, s) in (0..).zip(proposals.statements.iter()) {
        out.line("")?;
        out.line(format!(
            "{} [{}, {}, {}]",
            clean(&text.exact(&s.spans)),
            proposals.block_of(n).label(),
            s.check_worthiness.label(),
            s.claim_type.label()
        ))?;
        if explain && !s.why.is_empty() {
            out.line(format!("    because: {by}{}", clean(s.why)))?;
        }
        for (_, a) in proposals.attributions_of(n) {
            let who = source(&a, text, proposals).unwrap_or_else(|| "somebody".into());
            let content = text.exact(&a.content);
            out.line(format!(
                "  {} {}: {}",
                clean(&who),
                a.stance.label(),
                clean(&content)
            ))?;
            if explain {
                out.line(format!(
                    "    because: {by}{} ({}, {}, {})",
                    clean(a.why),
                    clean(a.rule),
                    a.quotation_type.label(),
                    a.certainty.label()
                ))?;
            }
        }
    }
    Ok(())
}

fn jsonl(
    explain: bool,
    text: &ArticleText,
    proposals: &Proposals,
    out: &mut Out,
) -> anyhow::Result<()> {
    let version = VersionId::of_text(text.as_str());
    let why = |why| if explain { why } else { "" };
    for (n, s) in (0..).zip(proposals.statements.iter()) {
        let hull = s.hull().unwrap_or_default();
        let attributions = proposals.attributions_of(n).map(|(_, a)| Said {
            source: source(&a, text, proposals),
            cue: text.exact(&a.cue),
            content: text.exact(&a.content),
            quotation_type: a.quotation_type.word(),
            stance: a.stance.word(),
            certainty: a.certainty.word(),
            negated: a.negated,
            rule: a.rule,
            why: why(a.why),
        });
        out.json_line(&ProposalLine {
            id: proposals.statement_id(version, n).map(|id| id.to_string()),
            start: hull.start,
            end: hull.end,
            spans: pairs(&s.spans),
            exact: text.exact(&s.spans),
            block: proposals.block_of(n).word(),
            check_worthiness: s.check_worthiness.word(),
            claim_type: s.claim_type.word(),
            why: why(s.why),
            proposer: proposals.proposer(),
            attributions: attributions.collect(),
        })?;
    }
    Ok(())
}

/// The name of the one who speaks, else the words that stand there.
fn source(a: &AttributionView<'_>, text: &ArticleText, proposals: &Proposals) -> Option<String> {
    match proposals.voice_of(a) {
        ProposedVoice::Source(s) => Some(s.name.to_string()),
        ProposedVoice::Words(words) => Some(text.exact(&words)),
        ProposedVoice::Article => Some(Source::article().name),
        ProposedVoice::Unnamed => None,
    }
}

fn pairs(spans: &[Span]) -> Vec<[u32; 2]> {
    spans.iter().map(|s| [s.start, s.end]).collect()
}
