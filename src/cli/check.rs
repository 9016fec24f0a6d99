//! `claimdesk check`: whether sessions are sound, and what the house rules find.

use std::collections::HashSet;

use serde::Serialize;

use super::args::CheckArgs;
use super::context::CommandContext;
use super::failure::EndCode;
use super::out::Out;
use super::session;
use crate::app::input::keymap::Keymap;
use crate::app::input::remedy;
use crate::core::describe::counted;
use crate::core::display::clean;
use crate::core::problems::{self, About, Remedy, Severity, hint_in_words};
use crate::store::{SessionName, StoreError};

#[derive(Serialize)]
struct Found {
    session: String,
    severity: &'static str,
    rule: &'static str,
    claim_id: Option<String>,
    statement_id: Option<String>,
    source_id: Option<String>,
    evidence_id: Option<String>,
    words: String,
    message: String,
    hint: String,
}

/// Runs the command.
pub fn run(args: &CheckArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    let mut found = Vec::new();
    let mut names = HashSet::new();
    let keymap = context.keymap();
    for name in args.names.iter().filter(|n| names.insert(*n)) {
        let sound = integrity(name, context, &mut found)?;
        let looked = match session::look_into(name, context) {
            Ok(looked) => looked,
            // What keeps it from being opened was found above.
            Err(_) if !sound => continue,
            Err(e) => return Err(e),
        };
        // What the files' check says more closely is not said twice.
        let problems = problems::find(&looked.check, &context.config.labels)
            .into_iter()
            .filter(|p| sound || !problems::is_integrity(p.rule));
        found.extend(problems.map(|p| {
            let mut f = Found {
                session: name.clone(),
                severity: p.severity.word(),
                rule: p.rule,
                claim_id: None,
                statement_id: None,
                source_id: None,
                evidence_id: None,
                words: p.words,
                message: p.message,
                hint: hint_in_words(p.hint, |remedy| how(&keymap, remedy)),
            };
            match p.about {
                About::Session | About::Block(_) => {}
                About::Claim(id) => f.claim_id = Some(id.to_string()),
                About::Statement(id) => f.statement_id = Some(id.to_string()),
                About::Source(id) => f.source_id = Some(id.to_string()),
                About::Evidence(id) => f.evidence_id = Some(id.to_string()),
            }
            f
        }));
    }
    if args.json {
        out.json(&found)?;
    } else {
        text(&found, out)?;
    }
    let counts = |f: &Found| args.strict || f.severity == Severity::Error.word();
    Ok(match found.iter().any(counts) {
        true => EndCode::Problems,
        false => EndCode::Well,
    })
}

/// How a remedy is done: with a key of the workbench, or an option of a command.
fn how(keymap: &Keymap, remedy: Remedy) -> Option<String> {
    match remedy {
        Remedy::Mask => Some("export --redact".into()),
        remedy => remedy::key(keymap, remedy),
    }
}

fn text(found: &[Found], out: &mut Out) -> anyhow::Result<()> {
    for f in found {
        let words = match f.words.is_empty() || f.words == f.session {
            true => String::new(),
            false => format!(" “{}”", clean(&f.words)),
        };
        out.line(format!(
            "{}: {} [{}]{words}: {}{}{}",
            clean(&f.session),
            f.severity,
            f.rule,
            clean(&f.message),
            if f.hint.is_empty() { "" } else { " " },
            f.hint
        ))?;
    }
    let errors = found.iter().filter(|f| f.severity == "error").count();
    out.line(format!(
        "{}, {}",
        counted(errors, "error"),
        counted(found.len() - errors, "warning")
    ))
}

/// What is wrong with the session's files, and whether they let it be opened all the same.
fn integrity(name: &str, context: &CommandContext, found: &mut Vec<Found>) -> anyhow::Result<bool> {
    let shelf = context.shelf()?;
    let findings = match shelf.care() {
        Ok(care) => care.check(&SessionName::new(name)?)?,
        // Whatever keeps the sessions there looks after them itself.
        Err(StoreError::NoFiles { .. }) => Vec::new(),
        Err(e) => return Err(e.into()),
    };
    let sound = findings.iter().all(|f| f.severity != Severity::Error);
    found.extend(findings.into_iter().map(|f| Found {
        session: name.to_string(),
        severity: f.severity.word(),
        rule: "integrity",
        claim_id: None,
        statement_id: None,
        source_id: None,
        evidence_id: None,
        words: f.place,
        message: f.message,
        hint: String::new(),
    }));
    Ok(sound)
}
