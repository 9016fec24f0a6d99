//! `claimdesk import`: a file of another tool, or of our own, as a session or into one.

use super::args::ImportArgs;
use super::context::CommandContext;
use super::failure::{EndCode, Failure};
use super::out::Out;
use crate::core::describe::counted;
use crate::core::desk::Who;
use crate::core::display::clean;
use crate::core::handover::OffsetUnit;
use crate::exchange::read::{ReadReport, Stays};
use crate::exchange::watch::ExchangeWatch;
use crate::work::import::{FileToImport, HowToImport, into_opened};
use crate::work::tell;

/// Runs the command.
pub fn run(args: &ImportArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    if let Some(name) = &args.name {
        context.refuse_taken(name)?;
    }
    let watch = ExchangeWatch::default();
    let file = FileToImport::get(&args.file, args.format.as_deref(), watch)?;
    let how = HowToImport {
        unit: args.offset_unit.as_deref().map(unit).transpose()?,
        theirs: args.theirs,
    };
    let mut who = Who {
        checker: &context.checker,
        at: context.now(),
        ids: &mut || context.id(),
    };
    let (name, report) = match &args.into {
        // A sample is never written to: what is read goes into the user's own copy of it, as is said here.
        Some(session) => into_opened(file, context.open_to_write(session)?, how, &mut who)?,
        None => file.new_session(&*context.shelf()?, args.name.as_deref(), how.unit, &mut who)?,
    };
    out.line(&name)?;
    for line in lines(&report) {
        tell(format_args!("{}", clean(&line)));
    }
    let whole = report.lost.is_empty() && report.differing.is_empty();
    Ok(if args.strict && !whole {
        EndCode::Problems
    } else {
        EndCode::Well
    })
}

fn unit(word: &str) -> anyhow::Result<OffsetUnit> {
    OffsetUnit::from_word(word).ok_or_else(|| {
        Failure::usage(format!(
            "There is no unit called {word:?}; there are codepoint, utf16 and byte."
        ))
    })
}

/// What says one thing in the session and another in the file, and which of the two stays.
fn differing(report: &ReadReport) -> Vec<String> {
    let mut lines = Vec::new();
    for (which, stays) in [
        (
            Stays::Ours,
            "the session's stays; --theirs takes the file's",
        ),
        (Stays::Theirs, "the file's is taken"),
        (
            Stays::OursAlways,
            "the session's stays, since other records depend on it",
        ),
    ] {
        let these = report.differing.iter().filter(|d| d.stays == which);
        let these: Vec<String> = these.map(|d| format!("differs: {d}")).collect();
        if !these.is_empty() {
            let verb = if these.len() == 1 {
                "differs"
            } else {
                "differ"
            };
            lines.push(format!("{} {verb}: {stays}", counted(these.len(), "field")));
            lines.extend(these);
        }
    }
    lines
}

fn lines(report: &ReadReport) -> Vec<String> {
    let mut lines = vec![format!(
        "{} read, {} found elsewhere, {} lost",
        counted(report.claims, "claim"),
        counted(report.moved.len(), "span"),
        report.lost.len()
    )];
    for (fate, notes) in [("moved", &report.moved), ("lost", &report.lost)] {
        lines.extend(
            notes
                .iter()
                .map(|n| format!("{fate}: {}: {}", n.words, n.reason)),
        );
    }
    lines.extend(differing(report));
    lines.extend(report.remarks.iter().map(|r| format!("note: {r}")));
    lines
}
