//! The form of an evidence item, and of how it is held against a claim.

use super::save::form;
use super::valid;
use crate::app::features::holding::let_go;
use crate::app::features::item_file;
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
use crate::core::model::{Contact, Evidence, EvidenceField as E, Held, HeldField as H};
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
    let title = format!("Evidence: {}", crate::core::display::clean(item.called()));
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
        None => "none".into(),
    };
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    const DATE: &str = "2026-11-15, 2026-11 or 2026";
    let mut fields = vec![
        FormField::line("title", "title", &e.title, "what it is called"),
        FormField::choice("kind", "kind", e.kind, ""),
        FormField::line(
            "calculation",
            "calculation",
            &e.calculation,
            "10,000 + 40,000 = 50,000; what it comes to is shown, never changed",
        )
        .where_shown(is_worked_out),
    ];
    fields.extend(contact_fields(e.contact.as_ref()));
    fields.extend(vec![
        FormField::line("source", "from", source, "a name, known or new").offering(names(bench)),
        FormField::line("url", "address", &text(&e.url), "http:// or https://"),
        FormField::line(
            "archived_url",
            "archived at",
            &text(&e.archived_url),
            "the address of a kept copy",
        ),
        FormField::line("accessed_at", "looked at", &text(&e.accessed_at), DATE)
            .where_shown(|fields| is_published(fields) || holds(fields, "accessed_at")),
        FormField::line("published_at", "published", &text(&e.published_at), DATE)
            .where_shown(|fields| is_published(fields) || holds(fields, "published_at")),
        file_field(e, file),
        FormField::lines(
            "note",
            "note",
            &e.note,
            "about the item, for every claim that it serves",
        ),
    ]);
    fields
}

/// The line of the item's file; an item that is still to be made has none yet.
fn file_field(e: &Evidence, file: String) -> FormField {
    let id = e.id;
    match id.0.is_nil() {
        true => FormField::note("file", "none; to be added once the item is there"),
        false => FormField::go(
            "file",
            file,
            "adds a file, or puts another one in its place; the old one is kept",
            move |s| item_file::ask_file(&mut *s.writing()?, id, ""),
        ),
    }
}

/// The fields of how somebody was asked.
fn contact_fields(contact: Option<&Contact>) -> Vec<FormField> {
    // Whoever notes a new contact has mostly reached somebody.
    let new = Contact {
        reached: true,
        ..Contact::default()
    };
    let c = contact.unwrap_or(&new);
    let field = |name, label, text: &str, hint| {
        FormField::line(name, label, text, hint).where_shown(is_asked)
    };
    vec![
        field("contact.who", "asked", &c.who, "who was asked, by name"),
        field("contact.at", "when", &c.at, "2026-11-15, or in words"),
        field(
            "contact.how",
            "how",
            &c.how,
            "by telephone, by mail, face to face",
        ),
        FormField::flag(
            "contact.reached",
            "reached",
            c.reached,
            "whether they could be reached; an attempt is worth noting too",
        )
        .where_shown(is_asked),
    ]
}

/// The kind that a form says.
fn kind_in(fields: &[FormField]) -> EvidenceKind {
    let field = fields.iter().find(|f| f.name == "kind");
    let word = field.map(FormField::value).unwrap_or_default();
    EvidenceKind::from_word(&word).unwrap_or_default()
}

/// Whether a text of a form holds something.
fn holds(fields: &[FormField], name: &str) -> bool {
    let mut named = fields.iter().filter(|f| f.name == name);
    named.any(|f| !f.value().trim().is_empty())
}

fn is_worked_out(fields: &[FormField]) -> bool {
    kind_in(fields) == EvidenceKind::Calculation || holds(fields, "calculation")
}

fn is_asked(fields: &[FormField]) -> bool {
    let texts = ["contact.who", "contact.at", "contact.how"];
    match kind_in(fields) {
        EvidenceKind::InterviewOrCall | EvidenceKind::Message => true,
        _ => texts.iter().any(|name| holds(fields, name)),
    }
}

/// Whether an item of the kind was published at some time, and looked at another time.
fn is_published(fields: &[FormField]) -> bool {
    match kind_in(fields) {
        EvidenceKind::WebPage
        | EvidenceKind::DocumentOrLaw
        | EvidenceKind::Dataset
        | EvidenceKind::PictureOrRecording
        | EvidenceKind::ReferenceWork
        | EvidenceKind::OwnStory
        | EvidenceKind::Other => true,
        EvidenceKind::InterviewOrCall
        | EvidenceKind::Message
        | EvidenceKind::OnAuthor
        | EvidenceKind::Calculation => false,
    }
}

/// How somebody was asked, as the form says; none where it says nothing of it.
fn contact_in(values: &Values) -> Option<Contact> {
    let text = |name| values.text(name).to_string();
    let contact = Contact {
        who: text("contact.who"),
        at: text("contact.at"),
        how: text("contact.how"),
        reached: values.flag("contact.reached"),
    };
    let told = [&contact.who, &contact.at, &contact.how];
    let said = told.iter().any(|t| !t.is_empty()) || !contact.reached;
    said.then_some(contact)
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
    let names = ["title", "url", "calculation", "contact.who"];
    if names.iter().all(|name| values.text(name).is_empty()) && !file {
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
            E::Kind(values.choice("kind")),
            E::Calculation(values.text("calculation").into()),
            E::Source(source),
            E::Url(values.option("url")),
            E::ArchivedUrl(values.option("archived_url")),
            E::AccessedAt(values.option("accessed_at")),
            E::PublishedAt(values.option("published_at")),
            E::Note(values.text("note").into()),
        ];
        // A new item has every value that the form has.
        let set = |name: &str| item.is_none() || values.changed(name);
        let parts = [
            "contact.who",
            "contact.at",
            "contact.how",
            "contact.reached",
        ];
        if parts.iter().any(|part| set(part)) {
            tx.set_evidence(&id, E::Contact(contact_in(values)));
        }
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
