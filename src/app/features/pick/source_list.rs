//! The list of the text's sources, those that are only proposed too: edit, merge, protect, remove.

use super::sources::{item, proposed_item, uses};
use crate::app::features::joining::Asking;
use crate::app::features::who::Somebody;
use crate::app::features::{forms, joining};
use crate::app::input::key::Key;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::Program;
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Overlay, Picker};
use crate::app::state::working::{Working, Writing};
use crate::core::display::clean;
use crate::core::fold::folded;
use crate::core::ids::SourceId;
use crate::core::join::Answer;
use crate::core::model::{Source, SourceField};
use crate::core::ops;

/// Lists the sources: those of the session, then those that are only proposed.
pub fn open(state: &mut Working<'_>) -> Done {
    let now = lines(state.bench, state.program);
    let picker = Picker::new("Sources", now, |s, pick| match pick {
        Pick::Source(id) => forms::source::open(&mut s.working()?, id),
        Pick::New(name) => {
            let working = s.working()?;
            match Listed::of(working.bench, &Pick::New(name.clone())) {
                Ok(proposed) => forms::source::open_proposed(working.program, &proposed.record),
                Err(_) => forms::source::open_new(working.program, &name),
            }
        }
        _ => Err(Refusal::no_such_line()),
    })
    .creating(|_| "new source", |_| false)
    .verb("edits")
    .following(|s| s.bench.as_ref().map_or(Vec::new(), |b| lines(b, s)))
    .extra_staying(Key::ctrl('g'), "merges it into another", |s, pick| {
        merge(&mut s.writing()?, pick)
    })
    .extra_staying(Key::ctrl('t'), "protects it, or not", |s, pick| {
        protect(&mut s.writing()?, pick)
    })
    .extra_staying(Key::ctrl('x'), "removes it if unused", |s, pick| {
        remove(&mut s.writing()?, pick)
    });
    state.open(Overlay::Picker(picker))
}

/// The sources, those named most often first, then those that nobody has taken up yet, in order of the text.
fn lines(bench: &Bench, program: &Program) -> Vec<PickItem> {
    let (session, labels) = (bench.session(), &program.config.labels);
    let uses = uses(session);
    let mut sources: Vec<&Source> = session.sources.values().collect();
    sources.sort_by_key(|s| {
        let n = uses.get(&s.id).copied().unwrap_or(0);
        (std::cmp::Reverse(n), folded(&s.name), s.id)
    });
    let known = sources.into_iter().map(|s| item(s, &uses, labels));
    let proposed = bench.check().proposed_sources().into_iter();
    let proposed = proposed.map(|s| proposed_item(s, labels));
    known.chain(proposed).collect()
}

/// A line of the list: a source of the session, or one that is only proposed and has no record yet.
#[derive(Clone)]
struct Listed {
    /// The record as it is, or as it would be made.
    record: Source,
    /// Who that is.
    who: Somebody,
}

impl Listed {
    fn of(bench: &Bench, pick: &Pick) -> Result<Self, Refusal> {
        match pick {
            Pick::Source(id) => {
                let record = bench.session().sources.get(id).cloned();
                let record = record.ok_or_else(|| Refusal::gone("The source"))?;
                let who = Somebody::Known(*id);
                Ok(Self { record, who })
            }
            Pick::New(name) => {
                let key = folded(name);
                let mut proposed = bench.check().proposed_sources().into_iter();
                let found = proposed.find(|s| folded(&s.name) == key);
                let found = found.ok_or_else(|| {
                    Refusal::mild("There is no such source yet; Enter makes it one.")
                })?;
                let record = Source {
                    source_type: found.source_type,
                    name: found.name.to_string(),
                    role: found.role.to_string(),
                    affiliation: found.affiliation.to_string(),
                    ..Source::unnamed(SourceId(uuid::Uuid::nil()))
                };
                let who = Somebody::named(bench, name);
                Ok(Self { record, who })
            }
            _ => Err(Refusal::no_such_line()),
        }
    }

    fn is_proposed(&self) -> bool {
        !matches!(self.who, Somebody::Known(_))
    }

    fn is_article(&self) -> bool {
        self.record.id == SourceId::ARTICLE
    }
}

fn merge(state: &mut Writing<'_>, pick: Pick) -> Done {
    let from = Listed::of(state.bench, &pick)?;
    if from.is_article() {
        return Err(Refusal::new(
            "The article's own voice stays; merge the other one into it.",
        ));
    }
    let items = lines(state.bench, state.program)
        .into_iter()
        .filter(|i| i.pick != pick)
        .collect();
    let title = format!("Merge “{}” into", from.record.name);
    let picker = Picker::new(title, items, move |s, into| {
        let s = &mut s.writing()?;
        let target = Listed::of(s.bench, &into)?;
        merge_into(s, from.clone(), target)
    })
    .verb("merges");
    state.open(Overlay::Picker(picker))
}

/// Makes one source of two; asks where they differ.
fn merge_into(state: &mut Writing<'_>, from: Listed, target: Listed) -> Done {
    let (gone, kept) = (&from.record, &target.record);
    if target.is_article() && gone.protect_identity {
        let why = format!(
            "“{}” is protected, and the article's own voice is always named; take the protection off first.",
            gone.name
        );
        return Err(Refusal::new(why));
    }
    // What the reader proposed gives way to what somebody has, or is to have.
    let gives_way = from.is_proposed();
    let questions = match gives_way {
        true => Vec::new(),
        false => ops::sources_joined(kept, gone).asked,
    };
    let asking = Asking {
        questions,
        gone: format!("“{}”", clean(&gone.name)),
        kept: format!("“{}”", clean(&kept.name)),
        blank: |_| "",
    };
    let said = format!("{} is {} now", asking.gone, asking.kept);
    asking.ask(state, move |s, answers| {
        let labels = s.config.labels.clone();
        let mut merged = None;
        let (from, into) = (from.who.clone(), target.who.clone());
        let done = s.step(|tx, _, _| {
            // One that is only proposed is made first: whoever takes it up means the merged one from then on.
            let (from, into) = (from.source(tx)?, into.source(tx)?);
            let answer = |q: &_| match gives_way {
                true => Answer::Kept,
                false => answers.to(q),
            };
            merged = ops::merge_sources(tx, from, into, answer, &labels);
            None
        });
        Ok(done.told(s, |s| {
            let what = merged.as_ref().map(joining::done).unwrap_or_default();
            s.say(Level::Info, format!("{said}{what}; undo parts them again."));
        }))
    })
}

fn protect(state: &mut Writing<'_>, pick: Pick) -> Done {
    let listed = Listed::of(state.bench, &pick)?;
    if listed.is_article() {
        let why = "The article's own voice has no identity to protect.";
        return Err(Refusal::new(why));
    }
    let (source, who) = (listed.record, listed.who);
    let protect = !source.protect_identity;
    let done = state.step(|tx, _, _| {
        let id = who.source(tx)?;
        tx.set_source(&id, SourceField::ProtectIdentity(protect));
        None
    });
    Ok(done.told(state, |state| {
        let said = match protect {
            true => format!("“{}” is protected: exports do not name it.", source.name),
            false => format!("“{}” is no longer protected.", source.name),
        };
        state.say(Level::Info, said);
    }))
}

fn remove(state: &mut Writing<'_>, pick: Pick) -> Done {
    let Pick::Source(_) = pick else {
        let why = "It is only proposed; it becomes a source when it is taken up.";
        return Err(Refusal::mild(why));
    };
    let source = Listed::of(state.bench, &pick)?.record;
    let used = uses(state.bench.session()).get(&source.id).copied();
    if source.id == SourceId::ARTICLE || used.is_some() {
        let why = match used {
            _ if source.id == SourceId::ARTICLE => "The article's own voice stays.".to_string(),
            Some(1) => format!(
                "“{}” is used in one place; merge it into another instead.",
                source.name
            ),
            n => format!(
                "“{}” is used in {} places; merge it into another instead.",
                source.name,
                n.unwrap_or(0)
            ),
        };
        return Err(Refusal::new(why));
    }
    let done = state.step(|tx, _, _| {
        tx.remove_source(&source.id);
        None
    });
    Ok(done.told(state, |state| {
        state.say(
            Level::Info,
            format!("“{}” is removed; undo brings it back.", source.name),
        );
    }))
}
