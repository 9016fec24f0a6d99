//! A session opened to be looked at, with its text and its proposals.

use super::article;
use super::context::Context;
use crate::core::check::Check;
use crate::core::history::History;
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::reader;
use crate::store::{Opened, ReadOnly};

/// A session as the commands look at it.
pub struct Looked {
    /// The session with everything that follows from it.
    pub check: Check,
    /// Every step.
    pub history: History,
    /// What was found wrong, one sentence each.
    pub report: Vec<String>,
}

/// Opens the session called `name` without touching it.
pub fn look(name: &str, context: &Context) -> anyhow::Result<Looked> {
    let opened = context.look(name)?;
    let Opened {
        session,
        history,
        texts,
        proposals,
        read_only,
        report,
        ..
    } = opened;
    let mut report = report;
    if let Some(ReadOnly::Damaged(what)) = read_only {
        report.push(format!("The session is damaged: {what}."));
    }
    let text = match session.article.versions.last() {
        Some(version) => texts.load(version)?,
        None => ArticleText::default(),
    };
    let proposals = proposals.unwrap_or_else(|| anew(&text, &session.article.language));
    Ok(Looked {
        check: Check::new(session, text, proposals),
        history,
        report,
    })
}

/// What the present reader proposes for a text whose proposals are lost.
fn anew(text: &ArticleText, language: &str) -> Proposals {
    let blocks = reader::blocks::plain(text.as_str());
    article::propose(text, &blocks, language)
}
