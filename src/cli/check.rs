//! `claimdesk check`: whether sessions are sound, and what the house rules find.

use std::collections::HashSet;

use serde::Serialize;

use super::args::Check;
use super::context::Context;
use super::failure::Code;
use super::out::Out;
use super::session::{self, Looked};
use crate::core::display::clean;
use crate::core::problems::{self, About, Severity};
use crate::store;

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
    hint: &'static str,
}

/// Runs the command.
pub fn run(args: &Check, context: &Context, out: &mut Out) -> anyhow::Result<Code> {
    let mut found = Vec::new();
    let mut names = HashSet::new();
    for name in args.names.iter().filter(|n| names.insert(*n)) {
        let looked = session::look(name, context)?;
        integrity(name, &looked, &mut found);
        found.extend(problems::find(&looked.check).into_iter().map(|p| {
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
                hint: p.hint,
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
        true => Code::Problems,
        false => Code::Well,
    })
}

fn text(found: &[Found], out: &mut Out) -> anyhow::Result<()> {
    for f in found {
        let words = match f.words.is_empty() || f.words == f.session {
            true => String::new(),
            false => format!(" “{}”", clean(&f.words)),
        };
        out.line(format!(
            "{}: {} [{}]{words}: {} {}",
            clean(&f.session),
            f.severity,
            f.rule,
            clean(&f.message),
            f.hint
        ))?;
    }
    let errors = found.iter().filter(|f| f.severity == "error").count();
    out.line(format!(
        "{errors} error{}, {} warning{}",
        plural(errors),
        found.len() - errors,
        plural(found.len() - errors)
    ))
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// The session's files: what opening found, and whether every evidence copy is there and what it was.
fn integrity(name: &str, looked: &Looked, found: &mut Vec<Found>) {
    let mut add = |severity: Severity, rule, words: &str, message: String, hint| {
        found.push(Found {
            session: name.to_string(),
            severity: severity.word(),
            rule,
            claim_id: None,
            statement_id: None,
            source_id: None,
            evidence_id: None,
            words: clean(words),
            message,
            hint,
        });
    };
    if let Some(what) = &looked.damaged {
        add(
            Severity::Error,
            "damaged",
            "",
            format!("The session is damaged: {what}."),
            "Restore it from a backup, or go on with what an export can still save.",
        );
    }
    for sentence in &looked.report {
        add(
            Severity::Warning,
            "repaired",
            "",
            sentence.clone(),
            "Nothing has to be done.",
        );
    }
    for e in looked.check.session.evidence.values() {
        let Some(file) = &e.file else { continue };
        let bytes = store::file_path(&looked.folder, file).and_then(|p| std::fs::read(p).ok());
        let message = match bytes {
            None => "The copy is missing.",
            Some(bytes) if store::sha256(&bytes) != file.sha256 => "The copy was changed.",
            Some(_) => continue,
        };
        add(
            Severity::Error,
            "evidence-copy",
            &file.name,
            message.into(),
            "Add the file again.",
        );
    }
}
