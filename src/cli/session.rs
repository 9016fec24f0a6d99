//! A session opened to be looked at, with its text and its proposals.

use super::context::{CommandContext, say_notes};
use super::failure::Failure;
use crate::work::open::{Looked, looked_at};

/// Opens the session called `name` without touching it, and says on standard error what is wrong with it.
pub fn look(name: &str, context: &CommandContext) -> anyhow::Result<Looked> {
    Ok(looked_at(context.look(name)?))
}

/// Opens the session called `name` as [`look`] does, for a command that tells what is wrong with it in its own way.
pub fn look_into(name: &str, context: &CommandContext) -> anyhow::Result<Looked> {
    Ok(looked_at(context.look_into(name, |_| {})?))
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
        true => Ok(looked_at(opened)),
        false => Err(Failure::problems(format!(
            "{}, or export what there is with --damaged.",
            opened.damage.in_an_export(name)
        ))),
    }
}
