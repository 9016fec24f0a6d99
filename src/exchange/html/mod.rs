//! `html`: a self-contained report. The article with its statements marked by finding and notes in the margin, every claim
//! with what it rests on, the sources, a small chart. Nothing is fetched and no script is needed or allowed.
//!
//! Untrusted text is escaped by the template; characters that act on a terminal or turn the direction of writing are
//! written out; only web addresses become links.

mod article;

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;

use super::mapping::is_web;
use super::{ExchangeError, Export, Job, Report, json};
use crate::core::calculation;
use crate::core::controls::is_direction;
use crate::core::ids::SourceId;
use crate::core::model::{Attribution, Claim, EvidenceFile};
use crate::core::values::contact;
use crate::core::vocabulary::*;

const TEMPLATE: &str = include_str!("report.html");
const STYLE: &str = include_str!("report.css");

/// Writes the report.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where the template does not render, or the words of the article do not come out whole.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    for c in job.claims() {
        report.wrote(c.id);
    }
    if job.session.claims.values().any(|c| !c.notes.is_empty()) {
        report.remarks.push("internal notes are left out".into());
    }
    let internal = |e: minijinja::Error| ExchangeError::Internal {
        format: "html",
        what: format!("the template ({e})"),
    };
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .map_err(internal)?;
    environment.set_syntax(syntax);
    environment
        .add_template("report.html", TEMPLATE)
        .map_err(internal)?;
    let page = page(job)?;
    let template = environment.get_template("report.html").map_err(internal)?;
    let html = template.render(Serde(&page)).map_err(internal)?;
    Ok(job.single(".html", html.into_bytes(), report))
}

#[derive(Debug, Serialize)]
struct Page {
    style: &'static str,
    language: String,
    title: String,
    byline: String,
    url: Option<Link>,
    published_at: String,
    session: String,
    version: u32,
    checkers: String,
    date: String,
    generator: String,
    redacted: bool,
    progress: Progress,
    bars: Vec<Bar>,
    blocks: Vec<article::NotedBlock>,
    claims: Vec<ClaimView>,
    sources: Vec<SourceView>,
}

#[derive(Debug, Serialize)]
struct Progress {
    statements: usize,
    taken_up: usize,
    dismissed: usize,
    undecided: usize,
    claims: usize,
    checked: usize,
    open: usize,
}

/// A piece of the chart: how many claims have one finding, and where its bar stands, of 1000.
#[derive(Debug, Serialize)]
struct Bar {
    label: &'static str,
    glyph: &'static str,
    meaning: &'static str,
    count: usize,
    x: usize,
    width: usize,
}

/// An address that is shown; `href` only where it is one on the web.
#[derive(Debug, Serialize)]
struct Link {
    text: String,
    href: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct ClaimView {
    number: usize,
    id: String,
    words: String,
    wording: String,
    glyph: &'static str,
    finding: &'static str,
    meaning: &'static str,
    rating: String,
    justification: String,
    worth: &'static str,
    kind: &'static str,
    workflow: &'static str,
    place: String,
    voices: Vec<Voice>,
    evidence: Vec<HtmlItem>,
    change: Option<ChangeView>,
    created: String,
    updated: String,
}

#[derive(Debug, Serialize)]
struct Voice {
    source: String,
    role: String,
    stance: &'static str,
    certainty: &'static str,
    quotation: &'static str,
    via: String,
    about: String,
    content: String,
}

#[derive(Debug, Serialize)]
struct HtmlItem {
    title: String,
    link: Option<Link>,
    archived: Option<Link>,
    kind: &'static str,
    from: String,
    asked: String,
    calculation: String,
    stance: &'static str,
    glyph: &'static str,
    grade: String,
    locator: String,
    excerpt: String,
    file: String,
}

#[derive(Debug, Serialize)]
struct ChangeView {
    replacement: String,
    reason: String,
    must: bool,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct SourceView {
    name: String,
    kind: &'static str,
    role: String,
    affiliation: String,
    link: Option<Link>,
    reliability: &'static str,
    claims: Vec<usize>,
}

/// The class that styles a meaning.
fn class(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Good => "good",
        Meaning::Bad => "bad",
        Meaning::Mixed => "mixed",
        Meaning::Unsettled => "unsettled",
        Meaning::Warning => "warning",
        Meaning::Active => "active",
        Meaning::Open => "open",
        Meaning::Muted => "muted",
        Meaning::Plain => "plain",
    }
}

/// The text with characters that would act, or turn the direction of writing, written out.
fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            c if is_direction(c) => out.push_str(&format!("[U+{:04X}]", c as u32)),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// The language as a page can name it; `und` for what is none.
fn language(tag: &str) -> &str {
    let letters = tag.split('-').next().unwrap_or("");
    let named = matches!(letters.len(), 2 | 3) && letters.bytes().all(|b| b.is_ascii_alphabetic());
    let rest = tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if named && rest { tag } else { "und" }
}

fn link(url: &str) -> Link {
    Link {
        text: safe(url),
        href: is_web(url).then(|| {
            url.trim()
                .chars()
                .filter(|c| !c.is_control() && !is_direction(*c))
                .collect()
        }),
    }
}

fn page(job: &Job<'_>) -> Result<Page, ExchangeError> {
    let s = job.session;
    let a = &s.article;
    let p = json::progress_of(job);
    let checkers: Vec<_> = s.checkers.iter().map(|c| safe(&c.name)).collect();
    let claims: Vec<ClaimView> = (1..)
        .zip(job.order.claims())
        .map(|(n, c)| claim(job, n, c))
        .collect();
    Ok(Page {
        style: STYLE,
        language: language(&a.language).into(),
        title: safe(if a.title.is_empty() {
            &s.name
        } else {
            &a.title
        }),
        byline: safe(&a.byline),
        url: a.url.as_deref().map(link),
        published_at: safe(a.published_at.as_deref().unwrap_or("")),
        session: safe(&s.name),
        version: s.number(),
        checkers: checkers.join(", "),
        date: job.exported_at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        generator: job.generator.into(),
        redacted: job.redacted,
        bars: bars(job),
        progress: Progress {
            statements: p.statements,
            taken_up: p.taken_up,
            dismissed: p.dismissed,
            undecided: p.undecided,
            claims: p.claims,
            checked: p.checked,
            open: p.open,
        },
        blocks: article::rows(job)?,
        claims,
        sources: sources(job),
    })
}

fn bars(job: &Job<'_>) -> Vec<Bar> {
    let total = job.session.claims.len().max(1);
    let mut before = 0;
    let mut bars = Vec::new();
    for v in VerificationStatus::ALL {
        let count = job
            .session
            .claims
            .values()
            .filter(|c| c.verification_status == *v)
            .count();
        if count > 0 {
            let x = before * 1000 / total;
            before += count;
            bars.push(Bar {
                label: v.label(),
                glyph: v.entry().glyph,
                meaning: class(v.entry().meaning),
                count,
                x,
                width: before * 1000 / total - x,
            });
        }
    }
    bars
}

fn claim(job: &Job<'_>, number: usize, c: &Claim) -> ClaimView {
    let s = job.session;
    let statement = s.statements.get(&c.home);
    let entry = c.verification_status.entry();
    let stamp = |x: &crate::core::model::Stamp| {
        format!(
            "{} by {}",
            x.at.strftime("%Y-%m-%d %H:%M UTC"),
            safe(s.checker_name(&x.by))
        )
    };
    let place = match statement {
        Some(x) if json::stands(job, x) => x.anchor.spans.first().map_or_else(String::new, |at| {
            format!("line {}", job.text.line_of(job.text.byte(at.start)) + 1)
        }),
        _ => "no longer in the article".into(),
    };
    ClaimView {
        number,
        id: c.id.to_string(),
        words: safe(statement.map_or("", |x| &x.anchor.exact)),
        wording: safe(c.wording.as_deref().unwrap_or("")),
        glyph: entry.glyph,
        finding: entry.label,
        meaning: class(entry.meaning),
        rating: c.rating.map_or_else(String::new, |r| {
            format!("{} of 5, {}", r.number(), r.label())
        }),
        justification: safe(&c.justification),
        worth: c.check_worthiness.label(),
        kind: c.claim_type.label(),
        workflow: c.workflow_state.label(),
        place,
        voices: job
            .order
            .attributions_of(c.id)
            .iter()
            .map(|a| voice(job, a))
            .collect(),
        evidence: evidence(job, c),
        change: c.change.as_ref().map(|x| ChangeView {
            replacement: safe(&x.replacement),
            reason: safe(&x.reason),
            must: x.must,
            state: x.state.label(),
        }),
        created: stamp(&c.created),
        updated: stamp(&c.updated),
    }
}

fn voice(job: &Job<'_>, a: &Attribution) -> Voice {
    let sources = &job.session.sources;
    let name = |id: SourceId| sources.get(&id).map_or_else(String::new, |x| safe(&x.name));
    let about: Vec<_> = a.about.iter().map(|id| name(*id)).collect();
    let standing = job
        .session
        .statements
        .get(&a.statement)
        .is_some_and(|x| json::stands(job, x));
    Voice {
        source: a.source.map_or_else(|| "nobody named".into(), name),
        role: a
            .source
            .and_then(|id| sources.get(&id))
            .map_or_else(String::new, |x| safe(&x.role)),
        stance: a.stance.label(),
        certainty: match a.certainty {
            Certainty::Unspecified => "",
            certainty => certainty.label(),
        },
        quotation: match a.quotation_type {
            QuotationType::None => "",
            quotation => quotation.label(),
        },
        via: a.via.map_or_else(String::new, name),
        about: about.join(", "),
        content: if standing {
            safe(&job.text.exact(&a.content))
        } else {
            String::new()
        },
    }
}

fn evidence(job: &Job<'_>, c: &Claim) -> Vec<HtmlItem> {
    let s = job.session;
    job.order
        .held_against(c.id)
        .iter()
        .filter_map(|h| Some((h, s.evidence.get(&h.evidence)?)))
        .map(|(h, e)| {
            let from = e.source.and_then(|id| s.sources.get(&id));
            let reliability = from.map_or_else(Reliability::default, |x| x.reliability);
            HtmlItem {
                title: match (e.called(), &e.url) {
                    // The link says it already.
                    (title, Some(url)) if url.ends_with(title) => String::new(),
                    (title, _) => safe(title),
                },
                link: e.url.as_deref().map(link),
                archived: e.archived_url.as_deref().map(link),
                kind: match e.kind {
                    EvidenceKind::Other => "",
                    kind => kind.label(),
                },
                from: from.map_or_else(String::new, |x| safe(&x.name)),
                asked: e
                    .contact
                    .as_ref()
                    .map_or_else(String::new, |c| safe(&contact(c))),
                calculation: match e.calculation.trim() {
                    "" => String::new(),
                    sum if sum == e.called() => calculation::verdict(sum),
                    sum => safe(&calculation::said(sum)),
                },
                stance: h.evidence_stance.label(),
                glyph: h.evidence_stance.entry().glyph,
                grade: format!("{}{}", reliability.word(), h.credibility.word()),
                locator: safe(&h.locator),
                excerpt: safe(&h.excerpt),
                file: e.file.as_ref().map_or_else(String::new, file),
            }
        })
        .collect()
}

/// A copy by its name, and by its hash where that may be known.
fn file(f: &EvidenceFile) -> String {
    match f.sha256.as_str() {
        "" => safe(&f.name),
        hash => format!(
            "{}, {} bytes, SHA-256 {}",
            safe(&f.name),
            f.bytes,
            safe(hash)
        ),
    }
}

fn sources(job: &Job<'_>) -> Vec<SourceView> {
    let mut heard: std::collections::BTreeMap<SourceId, Vec<usize>> =
        std::collections::BTreeMap::new();
    for (n, c) in (1..).zip(job.order.claims()) {
        for id in job
            .order
            .attributions_of(c.id)
            .iter()
            .filter_map(|a| a.source)
        {
            let all = heard.entry(id).or_default();
            if all.last() != Some(&n) {
                all.push(n);
            }
        }
    }
    job.session
        .sources
        .values()
        .map(|x| SourceView {
            name: safe(&x.name),
            kind: x.source_type.label(),
            role: safe(&x.role),
            affiliation: safe(&x.affiliation),
            link: x.url.as_deref().map(link),
            reliability: x.reliability.label(),
            claims: heard.remove(&x.id).unwrap_or_default(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
