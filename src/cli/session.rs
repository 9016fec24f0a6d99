//! A session opened to be looked at, with its text and its proposals.

use super::article;
use super::context::{CommandContext, say_notes};
use super::failure::Failure;
use crate::core::check::Check;
use crate::core::history::History;
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::reader;
use crate::store::Opened;

/// A session as the commands look at it.
pub struct Looked {
    /// The session with everything that follows from it.
    pub check: Check,
    /// Every step.
    pub history: History,
}

/// Opens the session called `name` without touching it, and says on standard error what is wrong with it.
pub fn look(name: &str, context: &CommandContext) -> anyhow::Result<Looked> {
    Ok(looked(context.look(name)?))
}

/// Opens the session called `name` as [`look`] does, for a command that tells what is wrong with it in its own way.
pub fn look_into(name: &str, context: &CommandContext) -> anyhow::Result<Looked> {
    Ok(looked(context.look_into(name, |_| {})?))
}

/// Opens the session called `name` to hand it over: a damaged one only if that is wanted all the same.
pub fn look_to_hand_over(
    name: &str,
    damaged: bool,
    context: &CommandContext,
) -> anyhow::Result<Looked> {
    let opened = match damaged {
        true => context.look(name)?,
        // The error tells the damage.
        false => context.look_into(name, say_notes)?,
    };
    match damaged || opened.damage.is_empty() {
        true => Ok(looked(opened)),
        false => Err(Failure::problems(format!(
            "The session {name:?} is {}, so an export would lack work: {}; {}, or export what there is with --damaged.",
            opened.damage.word(),
            opened.damage,
            opened.damage.remedy(name)
        ))),
    }
}

fn looked(opened: Opened) -> Looked {
    let (session, text) = (opened.session, opened.text);
    let proposals = opened.proposals;
    let proposals = proposals.unwrap_or_else(|| anew(&text, &session.article.language));
    Looked {
        check: Check::new(session, text, proposals),
        history: opened.history,
    }
}

/// What the present reader proposes for a text whose proposals are lost.
fn anew(text: &ArticleText, language: &str) -> Proposals {
    let blocks = reader::blocks::plain(text.as_str());
    article::propose(text, &blocks, language)
}
