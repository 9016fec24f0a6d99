//! `claimdesk repair`: a writable session of the best state of a damaged one.

use serde::Serialize;

use super::args::RepairArgs;
use super::context::CommandContext;
use super::failure::EndCode;
use super::out::Out;
use crate::core::describe::counted;
use crate::core::diff::repair_name;
use crate::core::display::clean;
use crate::store::{Damage, Repaired, Repairer, SessionName};

#[derive(Serialize)]
struct Told<'a> {
    session: &'a str,
    dry_run: bool,
    damage: Vec<Fault>,
    steps_kept: u64,
    state_of_session_json: Option<u64>,
    steps_applied: &'a [u64],
    step: Option<StepTold>,
    claims: Option<usize>,
    lines: &'a [String],
    missing: &'a [String],
    old_files: &'a [String],
    left: Vec<Fault>,
}

#[derive(Serialize)]
struct Fault {
    place: String,
    message: String,
}

#[derive(Serialize)]
struct StepTold {
    seq: u64,
    id: String,
    at: String,
    edits: usize,
    what: String,
}

/// Runs the command.
pub fn run(args: &RepairArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    let repairer = Repairer {
        checker: &context.checker,
        now: context.now(),
        step: context.id(),
        session: context.id(),
        dry_run: args.dry_run,
    };
    let shelf = context.shelf()?;
    let name = SessionName::new(&args.name)?;
    let done = shelf.care()?.repair(&name, &repairer)?;
    match args.json {
        true => out.json(&told(args, &done))?,
        false => text(args, &done, out)?,
    }
    Ok(match done.left.is_empty() {
        true => EndCode::Well,
        false => EndCode::Problems,
    })
}

fn text(args: &RepairArgs, done: &Repaired, out: &mut Out) -> anyhow::Result<()> {
    let name = clean(&args.name);
    if done.damage.is_empty() {
        return out.line(format!("{name}: There is nothing to repair."));
    }
    let mut say = |lead: &str, sentence: &str| out.line(format!("{lead:<9}{}", clean(sentence)));
    for fault in done.damage.faults() {
        say("damaged", &fault.sentence())?;
    }
    for line in &done.lines {
        say("line", line)?;
    }
    for missing in &done.missing {
        say("missing", missing)?;
    }
    for fault in done.left.faults() {
        say("remains", &fault.sentence())?;
    }
    if let Some(step) = &done.step {
        let as_they_were = counted(usize::try_from(done.kept).unwrap_or(usize::MAX), "step");
        let (stay, was) = match args.dry_run {
            true => ("would stay", "would be"),
            false if done.kept == 1 => ("stays", "was"),
            false => ("stay", "was"),
        };
        let claims = done.session.as_ref().map_or(0, |s| s.claims.len());
        let sentence = format!(
            "{as_they_were} {stay}, step {} {was} added ({}); the session holds {}.",
            step.seq,
            repair_name(&step.edits),
            counted(claims, "claim")
        );
        say("repaired", &sentence)?;
    }
    if !done.before.is_empty() {
        say(
            "kept",
            &format!("The old files are {}.", done.before.join(", ")),
        )?;
    }
    if args.dry_run {
        say("dry run", "Nothing was changed.")?;
    }
    Ok(())
}

fn told<'a>(args: &'a RepairArgs, done: &'a Repaired) -> Told<'a> {
    Told {
        session: &args.name,
        dry_run: args.dry_run,
        damage: faults(&done.damage),
        steps_kept: done.kept,
        state_of_session_json: done.from_checkpoint,
        steps_applied: &done.applied,
        step: done.step.as_ref().map(|s| StepTold {
            seq: s.seq,
            id: s.id.to_string(),
            at: format!("{:.3}", s.at),
            edits: s.edits.len(),
            what: repair_name(&s.edits),
        }),
        claims: done.session.as_ref().map(|s| s.claims.len()),
        lines: &done.lines,
        missing: &done.missing,
        old_files: &done.before,
        left: faults(&done.left),
    }
}

fn faults(damage: &Damage) -> Vec<Fault> {
    let faults = damage.faults().iter();
    faults
        .map(|f| Fault {
            place: f.place.clone(),
            message: f.sentence(),
        })
        .collect()
}
