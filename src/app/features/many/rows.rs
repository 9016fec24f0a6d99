//! Marking rows: one by one, a range, all that the list shows.

use crate::app::input::action::Action;
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::Program;
use crate::app::state::bench::Bench;
use crate::app::state::mark_rows::is_markable;
use crate::app::state::tag::Tag;
use crate::app::state::working::{Working, Writing};
use crate::core::describe::counted;
use crate::core::rows::RowKey;
use crate::core::vocabulary::VerificationStatus;

/// Marks the row, or takes its mark away, and goes to the next.
pub fn one(state: &mut Writing<'_>, row: RowKey) -> Done {
    if !is_markable(&row) {
        let why = "A block without a row of its own cannot be marked.";
        return Err(Refusal::mild(why));
    }
    state.bench.toggle_row(row);
    state.bench.step_row(1);
    DONE
}

/// Marks all rows from the one that was marked last to this one.
pub fn up_to_here(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let first = state.bench.range_start();
    let first = first.and_then(|row| state.bench.index_of(row));
    let first = first.ok_or_else(|| Refusal::gone("The row marked last"))?;
    let here = state.bench.cursor_index();
    state.bench.mark_between(first, here);
    told(state)
}

/// Why there is no row from which a range goes, one sentence; none where there is one.
pub(in crate::app) fn no_first(bench: &Bench, program: &Program) -> Option<String> {
    bench.range_start().is_none().then(|| {
        let key = program.keymap.shown(Action::MarkRow);
        format!("No row was marked yet from which a range could go; {key} marks one.")
    })
}

/// Marks all rows that the list shows.
pub fn all_shown(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let last = state.bench.row_count().saturating_sub(1);
    state.bench.mark_between(0, last);
    told(state)
}

fn told(state: &mut Working<'_>) -> Done {
    let count = counted(state.bench.marked_rows.count(), "row");
    state.say(Level::Info, format!("{count} marked; Esc unmarks all."));
    DONE
}

/// Whether a tag can be set on many rows at once: how they stand in the work, and no finding that asks for a look at each.
pub(in crate::app) fn goes_for_many(tag: Tag) -> bool {
    match tag {
        Tag::Workflow(_) => true,
        Tag::Finding(v) | Tag::FindingNext(v) => match v {
            VerificationStatus::Unchecked
            | VerificationStatus::InProgress
            | VerificationStatus::NotCheckable => true,
            VerificationStatus::Accurate
            | VerificationStatus::PartlyAccurate
            | VerificationStatus::Misleading
            | VerificationStatus::Inaccurate
            | VerificationStatus::Disputed
            | VerificationStatus::Unverifiable => false,
        },
        Tag::Stance(_) | Tag::Certainty(_) | Tag::Rating(_) | Tag::Worth(_) | Tag::Type(_) => false,
    }
}

/// Refuses what goes one row at a time; `repeats` where repeating does it quickly.
pub(in crate::app) fn one_at_a_time(bench: &Bench, program: &Program, repeats: bool) -> Refusal {
    let count = bench.marked_rows.count();
    let are = match count {
        1 => "1 row is marked",
        _ => &format!("{count} rows are marked"),
    };
    let key = program.keymap.shown(Action::Repeat);
    let quick = match repeats && !key.is_empty() {
        true => format!("; {key} is quick"),
        false => String::new(),
    };
    Refusal::new(format!("One row at a time{quick}. {are}: Esc unmarks."))
}
