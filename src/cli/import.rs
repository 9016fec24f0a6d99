//! `claimdesk import`: a file of another tool, or of our own, as a session or into one.

use uuid::Uuid;

use super::args::ImportArgs;
use super::article;
use super::context::CommandContext;
use super::failure::{EndCode, Failure};
use super::out::Out;
use crate::core::birth::NewSession;
use crate::core::check::Check;
use crate::core::describe::counted;
use crate::core::desk::{Desk, Who};
use crate::core::display::clean;
use crate::core::handover::OffsetUnit;
use crate::core::ids::VersionId;
use crate::core::suggest;
use crate::core::text::ArticleText;
use crate::core::veil::Veil;
use crate::exchange::formats::Read;
use crate::exchange::read::{self, Imported, Incoming, ReadReport, Stays, Whose, detect, merge};
use crate::exchange::{FORMATS, Format, format};
use crate::reader::blocks;
use crate::run;
use crate::store::{Accepted, Opened};
use crate::work::tell;

/// Runs the command.
pub fn run(args: &ImportArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    if let Some(name) = &args.name {
        context.refuse_taken(name)?;
    }
    let name = args.file.to_string_lossy();
    let known = args.format.as_deref().map(readable).transpose()?;
    let mut bytes = article::bytes(&args.file)?;
    let (format, reader) = match known {
        Some(known) => known,
        None => {
            let found = detect(&name, &bytes).ok_or_else(|| {
                Failure::usage(format!(
                    "Nothing in {name} says which format it has; give one with --format."
                ))
            })?;
            readable(found.info.name)?
        }
    };
    let mut beside = run::beside(format, &name);
    // A sample is never written to: what is read goes into the user's own copy of it, as is said here.
    let mut opened = match &args.into {
        Some(session) => Some(context.open_to_write(session)?),
        None => None,
    };
    if let Some(opened) = &opened
        && let Some(veil) = Veil::of_history(&opened.history)
    {
        read::lift(&opened.session, &veil, &mut bytes, &mut beside);
    }
    let incoming = Incoming {
        name: &name,
        bytes: &bytes,
        beside: &beside,
        unit: args.offset_unit.as_deref().map(unit).transpose()?,
        stamp: &context.stamp(),
        into: None,
    };
    let report = match &mut opened {
        Some(opened) => into(args, opened, reader, incoming, context, out)?,
        None => anew(args, reader, incoming, context, out)?,
    };
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

fn readable(name: &str) -> anyhow::Result<(&'static Format, Read)> {
    if let Some(found) = format(name)
        && let Some(read) = found.read
    {
        return Ok((found, read));
    }
    let names: Vec<&str> = FORMATS
        .iter()
        .filter(|f| f.read.is_some())
        .map(|f| f.info.name)
        .collect();
    let hint = match suggest::hint(name, names.iter().copied()) {
        none if none.is_empty() => format!(" There are {}.", names.join(", ")),
        hint => hint,
    };
    Err(Failure::usage(format!(
        "There is no format called {name:?} that can be read.{hint}"
    )))
}

fn unit(word: &str) -> anyhow::Result<OffsetUnit> {
    OffsetUnit::from_word(word).ok_or_else(|| {
        Failure::usage(format!(
            "There is no unit called {word:?}; there are codepoint, utf16 and byte."
        ))
    })
}

/// Reads into a session that is there: one step, which can be undone.
fn into(
    args: &ImportArgs,
    opened: &mut Opened,
    read: Read,
    incoming: Incoming<'_>,
    context: &CommandContext,
    out: &mut Out,
) -> anyhow::Result<ReadReport> {
    let text = opened.text.clone();
    let incoming = Incoming {
        into: Some((&opened.session, &text)),
        ..incoming
    };
    let imported = read(&incoming, &mut Uuid::now_v7)?;
    let whose = match args.theirs {
        true => Whose::Theirs,
        false => Whose::Ours,
    };
    let report = step(&imported, &text, whose, opened, context)?;
    out.line(&opened.name)?;
    Ok(report)
}

/// Makes a session of the file, which must carry its text.
fn anew(
    args: &ImportArgs,
    read: Read,
    incoming: Incoming<'_>,
    context: &CommandContext,
    out: &mut Out,
) -> anyhow::Result<ReadReport> {
    let imported = read(&incoming, &mut Uuid::now_v7)?;
    let Some(text) = &imported.text else {
        return Err(Failure::usage(format!(
            "{} carries no article text; name the session that it belongs to with --into.",
            incoming.name
        )));
    };
    let of_text = VersionId::of_text(text.as_str());
    let hash = of_text.to_string();
    let article = &imported.session.article;
    let version = imported.session.current();
    let layout = match imported.blocks.as_slice() {
        [] => blocks::plain(text.as_str()),
        known => known.to_vec(),
    };
    let origin = match args.file.canonicalize() {
        Ok(path) => path.to_string_lossy().into_owned(),
        Err(_) => incoming.name.to_string(),
    };
    let wish = args.name.as_deref().unwrap_or(&imported.session.name);
    let mut opened = context.shelf()?.create(
        &NewSession {
            name: wish,
            id: context.id(),
            article,
            text,
            version: of_text,
            original_sha256: version.map_or(&hash, |v| &v.original_sha256),
            origin: version.map_or(&origin, |v| &v.origin),
            proposals: &article::propose(text, &layout, &article.language),
            checker: &context.checker,
            now: context.now(),
            step: context.id(),
        }
        .newborn(),
    )?;
    let report = step(&imported, text, Whose::Ours, &mut opened, context)?;
    out.line(&opened.name)?;
    Ok(report)
}

/// What is said where somebody else made a step meanwhile.
const BEHIND: &str =
    "Somebody else changed the session meanwhile, so nothing was read into it; try again.";

/// Merges what was read into the open session, keeps that as one step, and writes the checkpoint.
fn step(
    imported: &Imported,
    text: &ArticleText,
    whose: Whose,
    opened: &mut Opened,
    context: &CommandContext,
) -> anyhow::Result<ReadReport> {
    let proposals = opened.proposals.clone().unwrap_or_default();
    let check = Check::new(opened.session.clone(), text.clone(), proposals);
    let mut desk = Desk::new(check, std::mem::take(&mut opened.history));
    let mut who = Who {
        checker: &context.checker,
        at: context.now(),
        ids: &mut || context.id(),
    };
    let mut report = ReadReport::default();
    let made = desk.step(&mut who, |tx, text, _| {
        report = merge(imported, text, whose, tx);
        None
    });
    if let Some(pen) = opened.held.pen().filter(|_| made.changed()) {
        let mut all = true;
        for step in &made.steps {
            match pen.append(step)? {
                Accepted::At(_) => {}
                Accepted::Here => all = false,
                Accepted::Behind(_) => return Err(Failure::not_writable(BEHIND)),
            }
        }
        if all {
            pen.checkpoint(desk.check().session(), pen.seq())?;
        }
    }
    opened.session = desk.check().session().clone();
    opened.history = desk.history().clone();
    Ok(report)
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
