//! `claimdesk lint`: checks a ClaimReview, AVeriTeC or FEVER file, ours or another's.

use super::args::Lint;
use super::article;
use super::failure::Code;
use super::out::Out;
use crate::core::display::clean;
use crate::exchange::lint;

/// Runs the command.
pub fn run(args: &Lint, out: &mut Out) -> anyhow::Result<Code> {
    let bytes = article::bytes(&args.file)?;
    let name = args.file.display().to_string();
    let findings = lint::lint(&name, &bytes)?;
    for problem in &findings.problems {
        out.line(clean(&format!(
            "{name}: {}: {}",
            problem.place, problem.what
        )))?;
    }
    let n = findings.problems.len();
    out.line(format!(
        "{}, {} entries, {n} problem{}",
        findings.format,
        findings.entries,
        if n == 1 { "" } else { "s" }
    ))?;
    Ok(if n == 0 { Code::Well } else { Code::Problems })
}
