//! `claimdesk log`: the audit trail, one line a step.

use std::collections::HashMap;

use serde::Serialize;

use super::args::LogArgs;
use super::context::{CommandContext, minute};
use super::failure::EndCode;
use super::out::Out;
use super::protection;
use super::session;
use crate::core::describe::step_name;
use crate::core::diff::{join_name, repair_name};
use crate::core::display::clean;
use crate::core::history::{Step, StepKind};
use crate::core::ids::StepId;
use crate::core::labels::Labels;
use crate::core::model::Session;

#[derive(Serialize)]
struct Logged<'a> {
    seq: u64,
    id: String,
    at: String,
    by: &'a str,
    kind: &'static str,
    of: Option<String>,
    what: String,
}

/// Runs the command.
pub fn run(args: &LogArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    let looked = session::look(&args.name, context)?;
    let session = looked.check.session();
    protection::note(session.protects().then_some(args.name.as_str()));
    let steps = looked.history.steps();
    let names = names(steps, session, &context.config.labels);
    let mut rows = Vec::new();
    for step in steps {
        let name = |id: &StepId| {
            names
                .get(id)
                .map_or("a step that is not there", String::as_str)
        };
        let what = match (step.kind, &step.of) {
            (StepKind::Join, _) => join_name(&step.edits),
            (StepKind::Repair, _) => repair_name(&step.edits),
            (StepKind::Do, _) | (_, None) => name(&step.id).to_string(),
            (StepKind::Undo, Some(of)) => format!("undid: {}", name(of)),
            (StepKind::Redo, Some(of)) => format!("did again: {}", name(of)),
        };
        let by = session.checker_name(&step.by);
        if args.json {
            out.json_line(&Logged {
                seq: step.seq,
                id: step.id.to_string(),
                at: format!("{:.3}", step.at),
                by,
                kind: step.kind.word(),
                of: step.of.map(|s| s.to_string()),
                what,
            })?;
        } else {
            rows.push(vec![
                step.seq.to_string(),
                minute(step.at),
                clean(by),
                clean(&what),
            ]);
        }
    }
    out.table(&rows, 28)?;
    Ok(EndCode::Well)
}

/// What every step did, told by the names that held when it was made.
fn names(steps: &[Step], session: &Session, labels: &Labels) -> HashMap<StepId, String> {
    let mut then = Session::new(session.id, session.name.clone(), session.created_at);
    let mut names = HashMap::with_capacity(steps.len());
    for step in steps {
        let stamp = step.stamp();
        names.insert(step.id, step_name(&step.edits, &then, labels));
        then.apply(&step.edits, &stamp);
    }
    names
}
