//! The form of a source.

use super::save;
use super::valid;
use crate::app::features::who::Somebody;
use crate::app::layers::field::{Problems, Values};
use crate::app::msg::Effect;
use crate::app::refusal::{Done, Refusal};
use crate::app::state::Program;
use crate::app::state::laid::{Form, FormField, Overlay};
use crate::app::state::working::{Working, Writing};
use crate::core::fold::{folded, spaced};
use crate::core::ids::SourceId;
use crate::core::model::{Source, SourceField as F};
use crate::core::ops;
use crate::core::vocabulary::SourceType;

/// The form's name in drafts.
pub const NAME: &str = "source";

/// Opens the form of a source.
pub fn open(state: &mut Working<'_>, id: SourceId) -> Done {
    let record = state.bench.session().sources.get(&id);
    let s = record.ok_or_else(|| Refusal::gone("The source"))?;
    let title = format!("Source: {}", s.name);
    let form = form(s, title, format!("source {id}"));
    state.open(Overlay::Form(form))
}

/// Opens the form of a source that is still to be made.
pub fn open_new(state: &mut Program, name: &str) -> Done {
    let empty = Source::unnamed(SourceId::ARTICLE);
    let mut form = form(&empty, "New source".into(), String::new()).saving_unchanged();
    if let Some(f) = form.fields.iter_mut().find(|f| f.name == "name") {
        f.set(name);
    }
    state.open(Overlay::Form(form))
}

/// Opens the form of a source that is only proposed, filled as `record` would be made.
pub fn open_proposed(state: &mut Program, record: &Source) -> Done {
    let title = format!("Source: {} (proposed)", record.name);
    let form = form(record, title, format!("proposed {}", record.name));
    state.open(Overlay::Form(form.saving_unchanged()))
}

fn form(s: &Source, title: String, record: String) -> Form {
    let url = s.url.as_deref().unwrap_or("");
    let fields = vec![
        FormField::line("name", "name", &s.name, "as the article should know it"),
        FormField::choice(
            "type",
            "type",
            s.source_type,
            "what kind of voice or record it is",
        ),
        FormField::line("role", "role", &s.role, "“head of the harbour office”"),
        FormField::line(
            "affiliation",
            "belongs to",
            &s.affiliation,
            "an organisation, a party, a paper",
        ),
        FormField::line("url", "address", url, "http:// or https://"),
        FormField::lines(
            "contact",
            "contact",
            &s.contact,
            "how to reach it; never exported",
        ),
        FormField::choice(
            "reliability",
            "reliability",
            s.reliability,
            "of the source as such, whatever it says here",
        ),
        FormField::flag(
            "protect_identity",
            "protect",
            s.protect_identity,
            "exports do not name it",
        ),
        FormField::line(
            "also_called",
            "also called",
            &s.also_called.join("; "),
            "other and former names, parted by semicolons",
        ),
        FormField::line(
            "independence_group",
            "group",
            &s.independence_group,
            "sources of one group do not corroborate one another",
        ),
        FormField::lines("note", "note", &s.note, "about the source"),
    ];
    save::form(NAME, title, record, fields, save)
}

fn save(state: &mut Writing<'_>, record: &str, values: &Values) -> Result<Vec<Effect>, Problems> {
    let id: Option<SourceId> = record.strip_prefix("source ").and_then(|r| r.parse().ok());
    let mut problems = Problems::new();
    valid::present(values, "name", "The name", &mut problems);
    valid::url(values, "url", &mut problems);
    let name = spaced(values.text("name"));
    let built_in = id == Some(SourceId::ARTICLE);
    if (values.choice::<SourceType>("type") == SourceType::Article) != built_in {
        let why = match built_in {
            true => "The article's own voice keeps its type.",
            false => "Only the built-in source is the article's own voice.",
        };
        problems.push(("type", why.into()));
    }
    if built_in && values.flag("protect_identity") {
        problems.push((
            "protect_identity",
            "The article's own voice has no identity to protect.".into(),
        ));
    }
    let key = folded(&name);
    let mut all = state.bench.session().sources.values();
    let taken = all.any(|s| Some(s.id) != id && folded(&s.name) == key);
    if taken && !key.is_empty() {
        problems.push((
            "name",
            format!("“{name}” is there already; the list of sources merges two (Ctrl-g)."),
        ));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let fields = fields(values);
    let proposed = record.strip_prefix("proposed ");
    let proposed = proposed.map(|name| Somebody::named(state.bench, name));
    let done = state.step(move |tx, _, _| {
        let new = id.is_none();
        // One that was proposed is made as whoever takes it up makes it, whatever it is called from then on.
        let id = id.or_else(|| proposed?.source(tx));
        let id = id.unwrap_or_else(|| ops::source_named(tx, &name, |_| {}));
        // A new source has every value that the form has.
        let set = |name: &str| new || values.changed(name);
        for f in fields.into_iter().filter(|f| set(f.key().word())) {
            tx.set_source(&id, f);
        }
        if set("name") {
            ops::rename_source(tx, id, &name);
        }
        None
    });
    Ok(done.shown(state))
}

/// The fields besides the name.
fn fields(v: &Values) -> Vec<F> {
    let names = v.text("also_called").split(';').map(spaced);
    vec![
        F::AlsoCalled(names.filter(|n| !n.is_empty()).collect()),
        F::Type(v.choice("type")),
        F::Role(v.text("role").into()),
        F::Affiliation(v.text("affiliation").into()),
        F::Url(v.option("url")),
        F::Contact(v.text("contact").into()),
        F::Reliability(v.choice("reliability")),
        F::Note(v.text("note").into()),
        F::ProtectIdentity(v.flag("protect_identity")),
        F::IndependenceGroup(v.text("independence_group").into()),
    ]
}
