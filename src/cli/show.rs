//! `claimdesk show`: a session as text or for programs.

use serde::Serialize;

use super::args::ShowArgs;
use super::context::{CommandContext, minute};
use super::failure::EndCode;
use super::out::Out;
use super::protection;
use super::session;
use crate::core::check::Check;
use crate::core::display::clean;
use crate::core::filter::Filter;
use crate::core::row_view::RowView;
use crate::core::rows::{CheckProgress, ListRow, RowKey};
use crate::core::vocabulary::*;
use crate::work::tell;

#[derive(Serialize)]
struct Shown<'a> {
    name: &'a str,
    title: &'a str,
    byline: &'a str,
    url: Option<&'a str>,
    published_at: Option<&'a str>,
    language: &'a str,
    version: u32,
    checkers: Vec<&'a str>,
    created_at: String,
    updated_at: String,
    progress: Counts,
    rows: Vec<ShownRow<'a>>,
}

#[derive(Serialize)]
struct Counts {
    statements: usize,
    undecided: usize,
    taken_up: usize,
    dismissed: usize,
    claims: usize,
    open: usize,
    checked: usize,
    waiting: usize,
}

#[derive(Serialize)]
struct ShownRow<'a> {
    start: u32,
    end: u32,
    claim_id: Option<String>,
    statement_id: Option<String>,
    decision: &'static str,
    verification_status: &'static str,
    said_by: Vec<String>,
    stance: &'static str,
    check_worthiness: &'static str,
    claim_type: &'static str,
    text: &'a str,
}

/// Runs the command.
pub fn run(args: &ShowArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    let looked = session::look(&args.name, context)?;
    let check = &looked.check;
    protection::note(check.session().protects().then_some(args.name.as_str()));
    let (filter, odd) = Filter::parse(&args.filter);
    for problem in odd {
        tell(format_args!("note: {}", clean(&problem.message)));
    }
    let rows: Vec<(ListRow, RowView<'_>)> = check
        .each_row()
        .filter_map(|row| {
            let view = check.view(&row.key)?;
            Some((row, view))
        })
        .filter(|(row, view)| filter.matches(view, || check.words_of(&row.key)))
        .collect();
    if args.json {
        out.json(&shown(check, &rows))?;
    } else {
        text(check, &rows, out)?;
    }
    Ok(EndCode::Well)
}

fn text(check: &Check, rows: &[(ListRow, RowView<'_>)], out: &mut Out) -> anyhow::Result<()> {
    let s = check.session();
    let title = match s.article.title.is_empty() {
        true => &s.name,
        false => &s.article.title,
    };
    out.line(clean(title))?;
    for line in [&s.article.byline, s.article.url.as_deref().unwrap_or("")] {
        if !line.is_empty() {
            out.line(clean(line))?;
        }
    }
    out.line(format!(
        "session {}, article version {}, changed {}",
        clean(&s.name),
        s.number(),
        minute(s.updated_at)
    ))?;
    let p = check.rows().progress;
    out.line(format!(
        "{} checked, {} claims, {} open, {} dismissed, {} statements",
        p.checked, p.claims, p.open, p.dismissed, p.statements
    ))?;
    out.line("")?;
    let lines: Vec<Vec<String>> = rows.iter().map(|(_, view)| line(view)).collect();
    out.table(&lines, 28)
}

/// A row of the panel as text: glyph and finding, who says it, how, and the words.
fn line(view: &RowView<'_>) -> Vec<String> {
    let entry = match view.decision {
        Decision::TakenUp => view.status.entry(),
        other => other.entry(),
    };
    let who: Vec<String> = view.said_by.iter().map(|s| clean(s)).collect();
    let stance = match view.stance {
        Stance::None => "",
        stance => stance.label(),
    };
    vec![
        format!("{} {}", entry.glyph, entry.label),
        who.join(", "),
        stance.to_string(),
        clean(&view.text),
    ]
}

fn shown<'a>(check: &'a Check, rows: &'a [(ListRow, RowView<'a>)]) -> Shown<'a> {
    let s = check.session();
    let a = &s.article;
    Shown {
        name: &s.name,
        title: &a.title,
        byline: &a.byline,
        url: a.url.as_deref(),
        published_at: a.published_at.as_deref(),
        language: &a.language,
        version: s.number(),
        checkers: s.checkers.iter().map(|c| c.name.as_str()).collect(),
        created_at: format!("{:.3}", s.created_at),
        updated_at: format!("{:.3}", s.updated_at),
        progress: counts(&check.rows().progress),
        rows: rows
            .iter()
            .map(|(row, view)| shown_row(check, row, view))
            .collect(),
    }
}

fn counts(p: &CheckProgress) -> Counts {
    Counts {
        statements: p.statements,
        undecided: p.undecided,
        taken_up: p.taken_up,
        dismissed: p.dismissed,
        claims: p.claims,
        open: p.open,
        checked: p.checked,
        waiting: p.waiting,
    }
}

fn shown_row<'a>(check: &Check, row: &ListRow, view: &'a RowView<'a>) -> ShownRow<'a> {
    let (claim, statement) = match &row.key {
        RowKey::Claim(id) => {
            let at = check.session().claims.get(id);
            (Some(id.to_string()), at.map(|c| c.home.clone()))
        }
        RowKey::Statement(id) => (None, Some(id.clone())),
        RowKey::Proposal(n) => (
            None,
            check
                .proposals()
                .statement_id(check.session().version(), *n),
        ),
        RowKey::Block(_) => (None, None),
    };
    ShownRow {
        start: row.hull.start,
        end: row.hull.end,
        claim_id: claim,
        statement_id: statement.map(|s| s.to_string()),
        decision: view.decision.word(),
        verification_status: view.status.word(),
        said_by: view.said_by.iter().map(ToString::to_string).collect(),
        stance: view.stance.word(),
        check_worthiness: view.worth.word(),
        claim_type: view.claim_type.word(),
        text: &view.text,
    }
}
