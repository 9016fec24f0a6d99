//! `claimdesk completions`: completions for a shell.

use super::args::Completions;
use super::failure::Code;
use super::out::Out;

/// Runs the command.
pub fn run(args: &Completions, out: &mut Out) -> anyhow::Result<Code> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "claimdesk", &mut script);
    out.bytes(&script)?;
    Ok(Code::Well)
}
