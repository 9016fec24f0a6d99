//! `claimdesk list`: the sessions, as text or for programs.

use serde::Serialize;

use super::args::ListArgs;
use super::context::{CommandContext, minute};
use super::failure::EndCode;
use super::out::Out;
use super::protection;
use crate::core::display::clean;
use crate::store::{SessionName, Summary};
use crate::work::tell;

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    title: &'a str,
    version: u32,
    statements: u32,
    taken_up: u32,
    dismissed: u32,
    claims: u32,
    checked: u32,
    waiting: u32,
    updated_at: Option<String>,
    held_by: Option<&'a str>,
    sample: bool,
    copy_in: Option<&'a str>,
    read_only: bool,
    same_session: Vec<&'a str>,
    damage: Option<String>,
    checkpoint: Option<&'a str>,
    problem: Option<&'a str>,
}

/// Runs the command.
pub fn run(args: &ListArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    let shelf = context.shelf()?;
    let sessions = shelf.list()?;
    if args.json {
        let listed: Vec<Listed<'_>> = sessions.iter().map(listed).collect();
        out.json(&listed)?;
        let protects = |name: &&str| {
            let name = SessionName::new(name);
            name.and_then(|name| shelf.protects(&name)).unwrap_or(true)
        };
        protection::note(sessions.iter().map(|s| s.name.as_str()).filter(protects));
        return Ok(EndCode::Well);
    }
    if sessions.is_empty() {
        tell(format_args!(
            "There is no session in {} yet; `claimdesk new ARTICLE` makes one.",
            shelf.spot()
        ));
        return Ok(EndCode::Well);
    }
    let head = ["NAME", "VERSION", "CLOSED", "WAITING", "CHANGED", "TITLE"];
    let mut rows = vec![head.map(String::from).to_vec()];
    rows.extend(sessions.iter().map(row));
    out.table(&rows, 32)?;
    Ok(EndCode::Well)
}

fn listed(s: &Summary) -> Listed<'_> {
    Listed {
        name: &s.name,
        title: &s.title,
        version: s.version,
        statements: s.statements,
        taken_up: s.taken_up,
        dismissed: s.dismissed,
        claims: s.claims,
        checked: s.checked,
        waiting: s.waiting,
        updated_at: s.updated_at.map(|t| format!("{t:.3}")),
        held_by: s.holder.as_ref().map(|h| h.name.as_str()),
        sample: s.sample,
        copy_in: s.copy_in.as_deref(),
        read_only: s.read_only,
        same_session: s.twins.names().collect(),
        damage: (!s.damage.is_empty()).then(|| s.damage.to_string()),
        checkpoint: s.rebuilt.as_deref(),
        problem: s.problem.as_deref(),
    }
}

fn row(s: &Summary) -> Vec<String> {
    let mut about = clean(&s.title);
    if let Some(h) = &s.holder {
        about = format!("{about} [held by {}]", clean(&h.name));
    }
    if s.sample {
        about = format!("{about} [sample]");
    }
    for mark in s.marks(true) {
        about = format!("{about} [{}]", clean(&mark));
    }
    if let Some(problem) = &s.problem {
        about = format!("{about} [{}]", clean(problem));
    }
    let (closed, all) = s.closed();
    vec![
        clean(&s.name),
        s.version.to_string(),
        format!("{closed} of {all}"),
        s.waiting.to_string(),
        s.updated_at.map_or_else(|| "?".into(), minute),
        about.trim_start().to_string(),
    ]
}
