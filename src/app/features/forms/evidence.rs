//! The form of an evidence item, and of how it is held against a claim.

use super::save::form;
use super::valid;
use crate::app::features::holding::{let_go, title_of};
use crate::app::features::who::{Somebody, names};
use crate::app::input::key::Key;
use crate::app::layers::field::{Problems, Values};
use crate::app::msg::Effect;
use crate::app::refusal::{Done, Refusal};
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Form, FormField, Overlay};
use crate::app::state::working::{Working, Writing};
use crate::core::ids::*;
use crate::core::model::{Evidence, EvidenceField as E, Held, HeldField as H};
use crate::core::ops;
use crate::core::vocabulary::*;

/// The form's name in drafts.
pub const NAME: &str = "evidence";

/// Opens the form of an item, with the fields of how it is held where `held` says so.
pub fn open(state: &mut Working<'_>, id: EvidenceId, held: Option<HeldId>) -> Done {
    let form = build(state.bench, id, held).ok_or_else(|| Refusal::gone("The item"))?;
    state.open(Overlay::Form(form))
}

/// Opens the form of the `n`th item held against the current claim; `then` happens when it is gone.
pub fn open_nth(
    state: &mut Working<'_>,
    n: usize,
    then: impl Fn(&mut State) -> Done + Send + Sync + 'static,
) -> Done {
    let bench = &*state.bench;
    let claim = bench.claim_at_cursor();
    let nth = claim.and_then(|c| bench.check().held(c).nth(n));
    let form = nth.and_then(|(h, e)| build(bench, e.id, Some(h.id)));
    let form = form.ok_or_else(|| Refusal::gone("The item"))?;
    state.open(Overlay::Form(form.then(then)))
}

/// Opens the form of an item that is still to be made, filled as `item` is.
pub fn open_new(state: &mut Working<'_>, item: Evidence) -> Done {
    let fields = item_fields(state.bench, &item);
    let form = form(NAME, "New evidence item", "", fields, save).saving_unchanged();
    state.open(Overlay::Form(form))
}

fn build(bench: &Bench, id: EvidenceId, held: Option<HeldId>) -> Option<Form> {
    let session = bench.session();
    let item = session.evidence.get(&id)?;
    let title = format!("Evidence: {}", crate::core::display::clean(title_of(item)));
    let Some(held) = held.and_then(|h| session.held.get(&h)) else {
        let record = format!("evidence {id}");
        return Some(form(NAME, title, record, item_fields(bench, item), save));
    };
    let mut fields = held_fields(held);
    fields.extend(item_fields(bench, item));
    let held = held.id;
    let opened = form(NAME, title, format!("held {held}"), fields, save);
    Some(
        opened.on(Key::ctrl('x'), "drops it from this claim", move |s| {
            Ok(let_go(&mut s.writing()?, held))
        }),
    )
}

fn held_fields(h: &Held) -> Vec<FormField> {
    vec![
        FormField::choice(
            "evidence_stance",
            "says",
            h.evidence_stance,
            "what the item says of this claim",
        ),
        FormField::line("locator", "where", &h.locator, "page, table, timecode"),
        FormField::lines("excerpt", "excerpt", &h.excerpt, "the words that matter"),
        FormField::choice(
            "credibility",
            "credibility",
            h.credibility,
            "of the item for this claim",
        ),
    ]
}

fn item_fields(bench: &Bench, e: &Evidence) -> Vec<FormField> {
    let source = e.source.map_or("", |s| bench.check().source_name(s));
    let file = match &e.file {
        Some(f) => format!("{}, {} bytes, {}", f.name, f.bytes, f.media_type),
        None => "none; a path typed in the list of evidence copies one in".into(),
    };
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    const DATE: &str = "2026-11-15, 2026-11 or 2026";
    vec![
        FormField::line("title", "title", &e.title, "what it is called"),
        FormField::line("source", "from", source, "a name, known or new").offering(names(bench)),
        FormField::line("url", "address", &text(&e.url), "http:// or https://"),
        FormField::line(
            "archived_url",
            "archived at",
            &text(&e.archived_url),
            "the address of a kept copy",
        ),
        FormField::line("accessed_at", "looked at", &text(&e.accessed_at), DATE),
        FormField::line("published_at", "published", &text(&e.published_at), DATE),
        FormField::note("file", file),
        FormField::lines(
            "note",
            "note",
            &e.note,
            "about the item, for every claim that it serves",
        ),
    ]
}

fn save(state: &mut Writing<'_>, record: &str, values: &Values) -> Result<Vec<Effect>, Problems> {
    let mut problems = Problems::new();
    let (kind, id) = record.split_once(' ').unwrap_or(("", ""));
    let session = state.bench.session();
    let held: Option<HeldId> = id.parse().ok().filter(|_| kind == "held");
    let item = match held {
        Some(h) => session.held.get(&h).map(|h| h.evidence),
        None => id.parse().ok(),
    };
    let there = item.and_then(|i| session.evidence.get(&i));
    if there.is_none() && !record.is_empty() {
        problems.push(("title", "This item is no longer there.".into()));
    }
    let file = there.is_some_and(|e| e.file.is_some());
    if values.text("title").is_empty() && values.text("url").is_empty() && !file {
        problems.push(("title", "An item needs a title or an address.".into()));
    }
    valid::url(values, "url", &mut problems);
    valid::url(values, "archived_url", &mut problems);
    valid::date(values, "accessed_at", &mut problems);
    valid::date(values, "published_at", &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let source = Somebody::named(state.bench, values.text("source"));
    let done = state.step(move |tx, _, _| {
        let id = item.unwrap_or_else(|| ops::new_evidence(tx, |_| {}));
        let source = source.source(tx);
        let fields = [
            E::Title(values.text("title").into()),
            E::Source(source),
            E::Url(values.option("url")),
            E::ArchivedUrl(values.option("archived_url")),
            E::AccessedAt(values.option("accessed_at")),
            E::PublishedAt(values.option("published_at")),
            E::Note(values.text("note").into()),
        ];
        // A new item has every value that the form has.
        let set = |name: &str| item.is_none() || values.changed(name);
        for f in fields.into_iter().filter(|f| set(f.key().word())) {
            tx.set_evidence(&id, f);
        }
        if let Some(held) = held {
            let stance: EvidenceStance = values.choice("evidence_stance");
            let fields = [
                H::EvidenceStance(stance),
                H::Locator(values.text("locator").into()),
                H::Excerpt(values.text("excerpt").into()),
                H::Credibility(values.choice("credibility")),
            ];
            for f in fields.into_iter().filter(|f| set(f.key().word())) {
                tx.set_held(&held, f);
            }
        }
        None
    });
    Ok(done.shown(state))
}
