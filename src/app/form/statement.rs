//! The form of a dismissed statement: why there is nothing to check.

use super::{Field, Form, Problems, Values};
use crate::app::decide;
use crate::app::msg::Effect;
use crate::app::overlay::Overlay;
use crate::app::saving::{go_to_words, row_words};
use crate::app::state::State;
use crate::core::model::StatementField;
use crate::core::rows::RowKey;

/// The form's name in drafts.
pub const NAME: &str = "statement";

/// Opens the form of the current row's statement.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    let RowKey::Statement(id) = bench.cursor() else {
        return Vec::new();
    };
    let (Some(s), Some(record)) = (bench.session().statements.get(id), row_words(bench)) else {
        return Vec::new();
    };
    let mut fields = vec![
        Field::note("words", crate::core::display::clean(&s.anchor.exact)),
        Field::lines(
            "reason",
            "reason",
            &s.reason,
            "why there is nothing to check",
        ),
        Field::go(
            "open again",
            "takes the dismissal back",
            "Enter makes the row undecided again",
            decide::dismiss,
        ),
    ];
    if !s.why.is_empty() {
        fields.insert(
            1,
            Field::note("proposed", crate::core::display::clean(&s.why)),
        );
    }
    let form = Form::new(NAME, "Dismissed: nothing to check", record, fields, save);
    state.open(Overlay::Form(form.focused("reason")))
}

fn save(state: &mut State, record: &str, values: &Values) -> Result<Vec<Effect>, Problems> {
    let there = state.bench.as_mut().is_some_and(|b| go_to_words(b, record));
    let row = state.bench.as_ref().map(|b| b.cursor().clone());
    let (true, Some(RowKey::Statement(id))) = (there, row) else {
        return Err(vec![(
            "reason",
            "The statement is no longer dismissed.".into(),
        )]);
    };
    let done = state.step(move |tx, _, _| {
        tx.set_statement(&id, StatementField::Reason(values.text("reason").into()));
        None
    });
    Ok(done.told(state, |state| {
        decide::tell(state, "reason of the dismissal");
    }))
}
