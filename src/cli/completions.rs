//! `claimdesk completions`: completions for a shell.

use super::args::CompletionsArgs;
use super::failure::EndCode;
use super::out::Out;

/// Runs the command.
pub fn run(args: &CompletionsArgs, out: &mut Out) -> anyhow::Result<EndCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "claimdesk", &mut script);
    out.bytes(&script)?;
    Ok(EndCode::Well)
}
