//! `claimdesk new`: makes a session and prints its name, without a screen.

use super::args::NewArgs;
use super::article;
use super::context::CommandContext;
use super::failure::EndCode;
use super::out::Out;
use crate::core::desk::Who;
use crate::core::display::clean;
use crate::store::Find;
use crate::work::{make, tell};

/// Runs the command.
pub fn run(args: &NewArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    if let Some(name) = &args.name {
        context.refuse_taken(name)?;
    }
    let shelf = context.shelf()?;
    let got = article::get(&args.article, &args.reading, &context.config)?;
    let document = &got.document;
    for other in shelf.find(Find::Hash(&document.text_sha256))? {
        tell(format_args!(
            "note: the session {} is on the same text",
            clean(&other)
        ));
    }
    got.tell_notes();
    let wish = args.name.clone();
    let part = args.reading.chapter.is_some();
    let wish = wish.unwrap_or_else(|| make::name_for(document, &got.name, part));
    let proposals = got.proposals(context.config.proposer.as_ref())?;
    let mut who = Who {
        checker: &context.checker,
        at: context.now(),
        ids: &mut || context.id(),
    };
    let read = (document, got.name.as_str());
    let opened = make::keep(&*shelf, read, &wish, &proposals, &mut who)?;
    out.line(&opened.name)?;
    Ok(EndCode::Well)
}
