//! A proposed change of the text.

use super::save::form;
use crate::app::input::key::Key;
use crate::app::layers::field::{Problems, Values};
use crate::app::msg::Effect;
use crate::app::refusal::{Done, Refusal};
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Form, FormField, Overlay};
use crate::app::state::row_words::{go_to_words, row_words};
use crate::app::state::telling::tell;
use crate::app::state::working::{Working, Writing};
use crate::core::model::{ClaimField, TextChange};
use crate::core::rows::RowKey;

/// The form's name in drafts.
pub const NAME: &str = "change";

/// Opens the form: the replacement begins with the exact words.
pub fn open(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let form = build(state.bench).ok_or_else(|| Refusal::gone("The row"))?;
    state.open(Overlay::Form(form))
}

/// Opens the form; `then` happens when it is gone.
pub fn open_before(
    state: &mut Working<'_>,
    then: impl Fn(&mut State) -> Done + Send + Sync + 'static,
) -> Done {
    let form = build(state.bench).ok_or_else(|| Refusal::gone("The row"))?;
    state.open(Overlay::Form(form.then(then)))
}

fn build(bench: &Bench) -> Option<Form> {
    let record = row_words(bench)?;
    let exact = exact_words(bench)?;
    let claim = bench.claim_at_cursor();
    let there = claim.and_then(|c| bench.session().claims.get(&c)?.change.clone());
    let is_there = there.is_some();
    let change = there.unwrap_or_else(|| TextChange {
        replacement: exact.clone(),
        ..TextChange::default()
    });
    let fields = vec![
        FormField::note("words", crate::core::display::clean(&exact)),
        FormField::lines(
            "replacement",
            "replacement",
            &change.replacement,
            "what should stand there; empty cuts the words",
        ),
        FormField::lines("reason", "reason", &change.reason, "why, for the editor"),
        FormField::flag(
            "must",
            "must",
            change.must,
            "whether it must be made, or could be",
        ),
        FormField::choice("state", "state", change.state, "what became of it"),
    ];
    let mut built = form(NAME, "Change of the text", record, fields, save);
    if is_there {
        built = built.on(Key::ctrl('x'), "takes the proposal away", |s| {
            Ok(remove(&mut s.writing()?))
        });
    } else {
        // The words as they are propose nothing, which saving says.
        built = built.saving_unchanged();
    }
    Some(built)
}

/// The article's words at the current row.
fn exact_words(bench: &Bench) -> Option<String> {
    let check = bench.check();
    let spans = match bench.cursor() {
        RowKey::Proposal(n) => check
            .proposals()
            .statements
            .get(*n as usize)?
            .spans
            .to_vec(),
        RowKey::Block(n) => vec![check.proposals().blocks.get(*n as usize)?.span],
        RowKey::Claim(_) | RowKey::Statement(_) => {
            let id = bench.statement_at_cursor()?;
            return Some(check.session().statements.get(&id)?.anchor.exact.clone());
        }
    };
    Some(check.text().exact(&spans))
}

fn save(state: &mut Writing<'_>, record: &str, values: &Values) -> Result<Vec<Effect>, Problems> {
    if !go_to_words(state.bench, record) {
        return Err(vec![("replacement", "The row is no longer there.".into())]);
    }
    let claim = state.bench.claim_at_cursor();
    let claim = claim.and_then(|c| state.bench.session().claims.get(&c));
    let now = claim.and_then(|c| c.change.clone());
    // What was not changed here stays as it is by now.
    let stays = |name: &str| now.as_ref().filter(|_| !values.changed(name));
    let text = |name: &str, now: fn(&TextChange) -> &String| match stays(name) {
        Some(change) => now(change).clone(),
        None => values.text(name).into(),
    };
    let change = TextChange {
        replacement: text("replacement", |c| &c.replacement),
        reason: text("reason", |c| &c.reason),
        must: stays("must").map_or_else(|| values.flag("must"), |c| c.must),
        state: stays("state").map_or_else(|| values.choice("state"), |c| c.state),
    };
    if exact_words(state.bench).as_deref().map(str::trim) == Some(&change.replacement) {
        let why = "These are the words that stand there; write what should stand instead.";
        return Err(vec![("replacement", why.into())]);
    }
    let what = match change.must {
        true => "a change that must be made",
        false => "a change that could be made",
    };
    let done = state.tag(|tx, c| tx.set_claim(&c, ClaimField::Change(Some(change))));
    Ok(done.told(state, |state| {
        tell(state, what);
    }))
}

fn remove(state: &mut Writing<'_>) -> Vec<Effect> {
    let done = state.tag(|tx, c| tx.set_claim(&c, ClaimField::Change(None)));
    done.told(state, |state| {
        tell(state, "no change is proposed any more");
    })
}
