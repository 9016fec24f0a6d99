//! The form of one voice of a claim: who says it, with which stance, in which words.

use super::save::form;
use crate::app::features::decide;
use crate::app::features::who::{Somebody, names};
use crate::app::input::action::Action;
use crate::app::input::key::Key;
use crate::app::layers::field::{Problems, Values};
use crate::app::msg::Effect;
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Form, FormField, Overlay};
use crate::app::state::marking::Purpose;
use crate::app::state::telling::tell;
use crate::app::state::working::{Working, Writing};
use crate::core::check::Check;
use crate::core::ids::*;
use crate::core::model::{Attribution, AttributionField as F};
use crate::core::ops;
use crate::core::rows::RowKey;

/// The form's name in drafts.
pub const NAME: &str = "attribution";

/// What parts several sources in one field.
const SEPARATOR: char = ';';

/// Opens the form of the `n`th voice of the current claim, counted from 0; `then` happens when it is gone.
pub fn open_nth(
    state: &mut Working<'_>,
    n: usize,
    then: impl Fn(&mut State) -> Done + Send + Sync + 'static,
) -> Done {
    let claim = state.bench.claim_at_cursor();
    let nth = claim.and_then(|c| state.bench.check().attributions(c).nth(n));
    let id = nth
        .map(|a| a.id)
        .ok_or_else(|| Refusal::gone("The voice"))?;
    let form = build(state.bench, id)?.then(then);
    state.open(Overlay::Form(form))
}

/// Opens the form of a voice.
pub fn open(state: &mut Working<'_>, id: AttributionId) -> Done {
    let form = build(state.bench, id)?;
    state.open(Overlay::Form(form))
}

fn build(bench: &Bench, id: AttributionId) -> Result<Form, Refusal> {
    let check = bench.check();
    let a = check.session().attributions.get(&id);
    let a = a.ok_or_else(|| Refusal::gone("The voice"))?;
    let names = names(bench);
    let form = form(
        NAME,
        "Who says it",
        format!("attribution {id}"),
        fields(check, a, names),
        save,
    )
    .on(Key::ctrl('x'), "removes this voice", move |s| {
        remove(&mut s.writing()?, id)
    });
    Ok(form)
}

fn fields(check: &Check, a: &Attribution, names: Vec<String>) -> Vec<FormField> {
    let name = |s: Option<SourceId>| s.map_or("", |s| check.source_name(s)).to_string();
    let about: Vec<String> = a.about.iter().map(|s| name(Some(*s))).collect();
    let about = about.join("; ");
    let words = |spans| crate::core::display::clean(&check.text().exact(spans));
    let again =
        |purpose: Purpose| move |s: &mut State| mark_anew(&mut s.working()?, purpose.clone());
    let id = a.id;
    const ANEW: &str = "Enter marks the words anew in the article";
    vec![
        FormField::line(
            "source",
            "said by",
            &name(a.source),
            "a name, known or new; empty: nobody named",
        )
        .offering(names.clone()),
        FormField::choice(
            "stance",
            "stance",
            a.stance,
            "the source's, never the checker's",
        ),
        FormField::choice(
            "certainty",
            "certainty",
            a.certainty,
            "how sure the source sounds",
        ),
        FormField::choice(
            "quotation_type",
            "quoted",
            a.quotation_type,
            "how the words are given",
        ),
        FormField::line(
            "via",
            "via",
            &name(a.via),
            "who quoted the source; empty: nobody",
        )
        .offering(names.clone()),
        FormField::line(
            "about",
            "about",
            &about,
            "whom it names; several are parted by ;",
        )
        .offering(names)
        .parted(SEPARATOR),
        FormField::go(
            "words",
            words(&a.content),
            ANEW,
            again(Purpose::Content(id)),
        ),
        FormField::go("shown by", words(&a.cue), ANEW, again(Purpose::Cue(id))),
        FormField::go(
            "named as",
            words(&a.source_span),
            ANEW,
            again(Purpose::SourceWords(id)),
        ),
    ]
}

fn mark_anew(state: &mut Working<'_>, purpose: Purpose) -> Done {
    let take = state.keymap.shown(Action::MarkTakeUp);
    let said = format!(
        "Mark the words: two letters say where they start, two where they end; {take} takes them."
    );
    state.say(Level::Info, said);
    decide::mark(state, purpose)
}

fn save(state: &mut Writing<'_>, record: &str, values: &Values) -> Result<Vec<Effect>, Problems> {
    let id = record
        .strip_prefix("attribution ")
        .and_then(|r| r.parse().ok());
    let voices = &state.bench.session().attributions;
    let Some(id) = id.filter(|id| voices.contains_key(id)) else {
        return Err(vec![("source", "This voice is no longer there.".into())]);
    };
    let source = Somebody::named(state.bench, values.text("source"));
    let via = Somebody::named(state.bench, values.text("via"));
    let about: Vec<Somebody> = values
        .parts("about", SEPARATOR)
        .iter()
        .map(|n| Somebody::named(state.bench, n))
        .collect();
    let (stance, certainty) = (values.choice("stance"), values.choice("certainty"));
    let quoted = values.choice("quotation_type");
    let done = state.step(move |tx, _, _| {
        let mut ids: Vec<SourceId> = Vec::new();
        for who in about {
            ids.extend(who.source(tx).filter(|id| !ids.contains(id)));
        }
        let fields = [
            F::Source(source.source(tx)),
            F::Stance(stance),
            F::Certainty(certainty),
            F::QuotationType(quoted),
            F::Via(via.source(tx)),
            F::About(ids.into()),
        ];
        let changed = |f: &F| values.changed(f.key().word());
        for f in fields.into_iter().filter(changed) {
            // What was not changed stays what the reader proposed.
            let now = tx.session.attributions.get(&id).map(|a| a.get(f.key()));
            if now.as_ref() != Some(&f) {
                tx.set_attribution(&id, f);
            }
        }
        let claim = tx.session.attributions.get(&id)?.claim;
        Some(RowKey::Claim(claim))
    });
    Ok(done.shown(state))
}

fn remove(state: &mut Writing<'_>, id: AttributionId) -> Done {
    let check = state.bench.check();
    let voice = check.session().attributions.get(&id);
    let claim = voice.ok_or_else(|| Refusal::gone("The voice"))?.claim;
    let done = state.step(move |tx, _, _| {
        ops::drop_voice(tx, id);
        Some(RowKey::Claim(claim))
    });
    Ok(done.told(state, |state| {
        tell(state, "a voice removed");
    }))
}
