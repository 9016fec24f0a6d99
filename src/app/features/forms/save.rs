//! Saving a form: its values become one step, and the form goes; where they do not do, it stays and shows what is wrong.

use crate::app::layers::field::{Problems, Values};
use crate::app::layers::form::Submitted;
use crate::app::msg::Effect;
use crate::app::refusal::{DONE, Done};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Form, FormField, Overlay};
use crate::app::state::steps::UNCHANGED;
use crate::app::state::working::Writing;
use crate::app::state::{Program, State};

/// A form that `save` saves: it is handed the key of the record and the values, and makes the step or says what is wrong.
pub(super) fn form(
    name: &'static str,
    title: impl Into<String>,
    record: impl Into<String>,
    fields: Vec<FormField>,
    save: impl Fn(&mut Writing<'_>, &str, &Values) -> Result<Vec<Effect>, Problems>
    + Send
    + Sync
    + 'static,
) -> Form {
    Form::new(
        name,
        title,
        record,
        fields,
        move |state: &mut State, form| submit(state, &form, &save),
    )
}

fn submit(
    state: &mut State,
    form: &Submitted<State>,
    save: impl Fn(&mut Writing<'_>, &str, &Values) -> Result<Vec<Effect>, Problems>,
) -> Done {
    let mut writing = state.writing()?;
    let saved = match form.is_worth_saving {
        true => save(&mut writing, &form.record, &form.values),
        false => {
            writing.say(Level::Info, UNCHANGED);
            Ok(vec![Effect::DropDraft])
        }
    };
    match saved {
        Ok(effects) => {
            close_form(state);
            form.go_on(state, effects)
        }
        // The form stays and says itself what is wrong.
        Err(problems) => {
            show_problems(state, problems);
            DONE
        }
    }
}

/// Takes the form on top away, after it was saved.
fn close_form(state: &mut Program) {
    let form = |o: &Overlay| matches!(o, Overlay::Form(_));
    if let Some(n) = state.overlays.iter().rposition(form) {
        state.overlays.remove(n);
    }
}

/// Shows in the form on top what is wrong with its values.
fn show_problems(state: &mut Program, problems: Problems) {
    if let Some(Overlay::Form(f)) = state.overlays.last_mut() {
        f.show_problems(problems);
    }
}
