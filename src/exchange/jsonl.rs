//! `jsonl`: a claim a line, in the shape of the annotated JSON, each with its session and article.

use crate::core::describe::counted;
use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::words::Id;
use super::{ExchangeError, Export, Job, Report, json, shape};

/// One line: a claim with what it is about.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonLine<'a> {
    /// The session.
    session: SessionRef<'a>,
    /// The article.
    article: ArticleRef<'a>,
    /// The claim.
    #[serde(flatten)]
    claim: shape::Claim<'a>,
}

/// The session that a line comes from.
#[derive(Debug, Serialize, JsonSchema, Clone)]
struct SessionRef<'a> {
    /// Names it for good.
    id: Id,
    /// Its name.
    name: Cow<'a, str>,
}

/// The article that a line comes from.
#[derive(Debug, Serialize, JsonSchema, Clone)]
struct ArticleRef<'a> {
    /// The title.
    title: Cow<'a, str>,
    /// Its address.
    url: Option<Cow<'a, str>>,
    /// The number of the version.
    version: u32,
    /// SHA-256 of the text that offsets count in.
    text_sha256: Cow<'a, str>,
}

/// Writes a line for each claim, in order of the article.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a value cannot be written as JSON.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let a = &job.session.article;
    let session = SessionRef {
        id: Id(job.session.id.0),
        name: job.session.name.as_str().into(),
    };
    let article = ArticleRef {
        title: a.title.as_str().into(),
        url: a.url.as_deref().map(Cow::Borrowed),
        version: job.session.number(),
        text_sha256: job.session.text_sha256(job.session.version()).into(),
    };
    let mut bytes = Vec::new();
    let mut report = Report::default();
    for c in job.claims() {
        let line = JsonLine {
            session: session.clone(),
            article: article.clone(),
            claim: json::claim(job, c),
        };
        serde_json::to_writer(&mut bytes, &line).map_err(|e| ExchangeError::Internal {
            format: "jsonl",
            what: e.to_string(),
        })?;
        bytes.push(b'\n');
        report.wrote(c.id);
    }
    let others = job.session.statements.len()
        - job
            .order
            .statements()
            .iter()
            .filter(|s| job.order.claims_on(&s.id).next().is_some())
            .count();
    if others > 0 {
        report.leave_out(
            format!("{} without a claim", counted(others, "statement")),
            "a line is a claim; the json format has every statement",
        );
    }
    Ok(job.single(".jsonl", bytes, report))
}
