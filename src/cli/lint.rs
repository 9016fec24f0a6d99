//! `claimdesk lint`: checks a ClaimReview, AVeriTeC or FEVER file, ours or another's.

use super::args::LintArgs;
use super::failure::EndCode;
use super::out::Out;
use crate::core::describe::counted;
use crate::core::display::clean;
use crate::exchange::lint;
use crate::reader::input::ReadWatch;
use crate::work::article;

/// Runs the command.
pub fn run(args: &LintArgs, out: &mut Out) -> anyhow::Result<EndCode> {
    let bytes = article::bytes(&args.file, &ReadWatch::default())?;
    let name = args.file.display().to_string();
    let findings = lint::lint(&name, &bytes)?;
    for problem in &findings.problems {
        let lead = if problem.advice { "advice: " } else { "" };
        let said = format!("{name}: {}: {lead}{}", problem.place, problem.what);
        out.line(clean(&said))?;
    }
    let entries = match findings.entries {
        1 => "1 entry".to_string(),
        n => format!("{n} entries"),
    };
    let n = findings.problems.iter().filter(|p| !p.advice).count();
    out.line(format!(
        "{}, {entries}, {}",
        findings.format,
        counted(n, "problem")
    ))?;
    Ok(if n == 0 {
        EndCode::Well
    } else {
        EndCode::Problems
    })
}
