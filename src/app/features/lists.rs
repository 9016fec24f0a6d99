//! Texts to read: the messages, the audit trail, what the house rules find.

use crate::app::input::remedy;
use crate::app::layers::text_view::TextLine;
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Overlay, TextView};
use crate::app::state::working::Working;
use crate::core::describe::step_name;
use crate::core::diff::{join_name, repair_name};
use crate::core::history::{Step, StepKind};
use crate::core::labels::Labels;
use crate::core::problems::{About, Severity, find as problems_of, hint_in_words};
use crate::core::rows::RowKey;
use crate::core::vocabulary::Meaning;

/// Lists the messages, the last one selected.
pub fn messages(state: &mut State) -> Done {
    let lines = state
        .notices
        .all()
        .iter()
        .map(|n| TextLine {
            lead: state.on_the_clock(n.at, "%H:%M:%S"),
            text: n.text.clone(),
            meaning: match n.level {
                Level::Info => Meaning::Plain,
                Level::Warning => Meaning::Warning,
                Level::Error => Meaning::Bad,
            },
            goes_to: None,
        })
        .collect();
    state.open(Overlay::TextView(TextView::new(
        "Messages",
        lines,
        "Nothing has been said yet.",
        true,
    )))
}

/// Lists every step: when, who, what.
pub fn audit_trail(state: &mut Working<'_>) -> Done {
    let bench = &*state.bench;
    let session = bench.session();
    let labels = &state.config.labels;
    let lines = bench
        .history()
        .steps()
        .iter()
        .map(|s| TextLine {
            lead: state.on_the_clock(s.at, "%Y-%m-%d %H:%M"),
            text: match s.kind {
                StepKind::Do => format!(
                    "{}: {}",
                    session.checker_name(&s.by),
                    step_name(&s.edits, session, labels)
                ),
                StepKind::Join => {
                    format!("{}: {}", session.checker_name(&s.by), join_name(&s.edits))
                }
                StepKind::Repair => {
                    format!("{}: {}", session.checker_name(&s.by), repair_name(&s.edits))
                }
                kind @ (StepKind::Undo | StepKind::Redo) => format!(
                    "{}: {} ({})",
                    session.checker_name(&s.by),
                    kind.word(),
                    undone_name(bench, s, labels)
                ),
            },
            meaning: if s.kind == StepKind::Do {
                Meaning::Plain
            } else {
                Meaning::Muted
            },
            goes_to: None,
        })
        .collect();
    state.open(Overlay::TextView(TextView::new(
        "Audit trail",
        lines,
        "No step has been made yet.",
        true,
    )))
}

fn undone_name(bench: &Bench, step: &Step, labels: &Labels) -> String {
    let meant = bench
        .history()
        .steps()
        .iter()
        .find(|s| Some(s.id) == step.of);
    meant.map_or_else(String::new, |s| {
        step_name(&s.edits, bench.session(), labels)
    })
}

/// Lists what the house rules find; Enter goes to the row.
pub fn problems(state: &mut Working<'_>) -> Done {
    let bench = &*state.bench;
    let labels = &state.config.labels;
    let hint = |hint| hint_in_words(hint, |remedy| remedy::key(&state.keymap, remedy));
    let lines = problems_of(bench.check(), labels)
        .into_iter()
        .map(|p| {
            let error = p.severity == Severity::Error;
            TextLine {
                lead: p.severity.word().into(),
                text: format!("{} {} {}", p.words, p.message, hint(p.hint))
                    .trim()
                    .to_string(),
                meaning: if error {
                    Meaning::Bad
                } else {
                    Meaning::Warning
                },
                goes_to: match p.about {
                    About::Claim(c) => Some(RowKey::Claim(c)),
                    About::Statement(s) => bench.row_of_statement(&s),
                    About::Block(n) => Some(RowKey::Block(n)),
                    About::Session | About::Source(_) | About::Evidence(_) => None,
                },
            }
        })
        .collect();
    state.open(Overlay::TextView(
        TextView::new("Problems", lines, "The house rules find nothing.", false).going(|s, row| {
            match s.working()?.bench.go_to(row) {
                true => DONE,
                false => Err(Refusal::gone("The row")),
            }
        }),
    ))
}
