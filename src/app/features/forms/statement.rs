//! The form of a dismissed statement: why there is nothing to check.

use super::save::form;
use crate::app::features::decide;
use crate::app::layers::field::{Problems, Values};
use crate::app::msg::Effect;
use crate::app::refusal::{Done, Refusal};
use crate::app::state::laid::{FormField, Overlay};
use crate::app::state::row_words::{go_to_words, row_words};
use crate::app::state::telling::tell;
use crate::app::state::working::Writing;
use crate::core::model::StatementField;
use crate::core::rows::RowKey;

/// The form's name in drafts.
pub const NAME: &str = "statement";

/// Opens the form of the current row's statement.
pub fn open(state: &mut Writing<'_>) -> Done {
    let bench = &*state.bench;
    let found = match bench.cursor() {
        RowKey::Statement(id) => bench.session().statements.get(id).zip(row_words(bench)),
        _ => None,
    };
    let (s, record) = found.ok_or_else(|| Refusal::gone("The dismissal"))?;
    let mut fields = vec![
        FormField::note("words", crate::core::display::clean(&s.anchor.exact)),
        FormField::lines(
            "reason",
            "reason",
            &s.reason,
            "why there is nothing to check",
        ),
        FormField::go(
            "open again",
            "takes the dismissal back",
            "Enter makes the row undecided again",
            |s| open_again(&mut s.writing()?),
        ),
    ];
    if !s.why.is_empty() {
        fields.insert(
            1,
            FormField::note("proposed", crate::core::display::clean(&s.why)),
        );
    }
    let form = form(NAME, "Dismissed: nothing to check", record, fields, save);
    state.open(Overlay::Form(form.focused("reason")))
}

fn open_again(state: &mut Writing<'_>) -> Done {
    let row = state.bench.cursor().clone();
    decide::dismiss(state, row)
}

fn save(state: &mut Writing<'_>, record: &str, values: &Values) -> Result<Vec<Effect>, Problems> {
    let there = go_to_words(state.bench, record);
    let (true, RowKey::Statement(id)) = (there, state.bench.cursor().clone()) else {
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
        tell(state, "reason of the dismissal");
    }))
}
