//! Said by, via, about: who is meant is picked from the session's sources and those that the reader found, or typed.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::app::features::voices::Voice;
use crate::app::features::who::Somebody;
use crate::app::features::{forms, voices};
use crate::app::input::key::{Code, Key};
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::refusal::{Done, Refusal};
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Choose, Overlay, Picker};
use crate::app::state::telling::tell;
use crate::app::state::working::{Working, Writing};
use crate::core::fold::folded;
use crate::core::ids::*;
use crate::core::labels::Labels;
use crate::core::model::{AttributionField, Session, Source, Time};
use crate::core::proposal::{ProposedSource, SpansView};
use crate::core::rows::RowKey;
use crate::core::vocabulary::*;

/// Sets who says it.
pub fn said_by(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let voice = voices::chosen(state.bench);
    let items = with_nobody(items(state, voice), "nobody named");
    let title = voices::titled(state.bench, "Said by");
    let picker = Picker::new(title, items, move |s, pick| {
        says(&mut s.writing()?, voice, pick)
    })
    .creating(|_| "new source", |_| false)
    .verb("sets it")
    .extra(
        Key::plain(Code::Tab),
        "sets it, opens its form",
        move |s, p| says_and_opens(&mut s.writing()?, voice, p),
    )
    .extra(Key::ctrl('t'), "adds it as a further voice", |s, p| {
        another(&mut s.writing()?, p)
    });
    state.open(Overlay::Picker(picker))
}

/// Asks whom to add as a further voice of the current row's claim.
pub fn further_voice(state: &mut Working<'_>) -> Done {
    let voice = Voice::Another(Stance::None);
    let items = with_nobody(items(state, voice), "nobody named");
    let picker = Picker::new("A further voice", items, |s, p| {
        another(&mut s.writing()?, p)
    })
    .creating(|_| "new source", |_| false)
    .verb("asks for its stance");
    state.open(Overlay::Picker(picker))
}

/// Sets who quoted the source.
pub fn via(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let voice = voices::chosen(state.bench);
    let nobody = "nobody: the article has it from the source";
    let items = with_nobody(others(state, voice), nobody);
    let title = voices::titled(state.bench, "Via: who quoted the source");
    let picker = Picker::new(title, items, move |s, pick| {
        let s = &mut s.writing()?;
        let who = Somebody::of(s.bench, pick)?;
        let name = who.name(s.bench);
        let done = voices::set(s, voice, move |tx, a| {
            let via = who.source(tx);
            tx.set_attribution(&a, AttributionField::Via(via));
        });
        Ok(done.told(s, |s| tell(s, &format!("via {name}"))))
    });
    state.open(Overlay::Picker(
        picker.creating(|_| "new source", |_| false).verb("sets it"),
    ))
}

/// Sets whom an accusation names: several, or nobody.
pub fn about(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let voice = voices::chosen(state.bench);
    let set = about_now(state.bench, voice);
    let mut items = with_nobody(others(state, voice), "nobody");
    for i in &mut items {
        i.marked = set.contains(&i.pick);
    }
    items.sort_by_key(|i| !i.marked);
    let title = voices::titled(state.bench, "About: whom it names");
    let picker = Picker::new(title, items, |_, _| Err(Refusal::no_such_line()))
        .creating(|_| "new source", |_| false)
        .verb("sets it")
        .several(move |s, picks| {
            let s = &mut s.writing()?;
            let picked = picks.into_iter().map(|p| Somebody::of(s.bench, p));
            let who: Vec<Somebody> = picked.collect::<Result<_, _>>()?;
            let names: Vec<String> = who.iter().map(|w| w.name(s.bench)).collect();
            let what = match names.is_empty() {
                true => "about nobody".to_string(),
                false => format!("about {}", names.join(", ")),
            };
            let done = voices::set(s, voice, move |tx, a| {
                let about = who.into_iter().filter_map(|w| w.source(tx)).collect();
                tx.set_attribution(&a, AttributionField::About(about));
            });
            Ok(done.told(s, |s| tell(s, &what)))
        });
    state.open(Overlay::Picker(picker))
}

fn says(state: &mut Writing<'_>, voice: Voice, pick: Pick) -> Done {
    let who = Somebody::of(state.bench, pick)?;
    let name = who.name(state.bench);
    let known: Vec<SourceId> = state.bench.session().sources.keys().copied().collect();
    let done = voices::set(state, voice, move |tx, a| {
        let source = who.source(tx);
        voices::set_source(tx, a, source, &known);
    });
    Ok(done.told(state, |s| tell(s, &format!("said by {name}"))))
}

fn says_and_opens(state: &mut Writing<'_>, voice: Voice, pick: Pick) -> Done {
    let mut effects = says(state, voice, pick)?;
    let source = state.bench.claim_at_cursor().and_then(|claim| {
        let mut all = state.bench.check().attributions(claim);
        match voice {
            Voice::Nth(n) => all.nth(n)?.source,
            // Made by hand and just now, so that its id is the last.
            Voice::Another(_) => all.max_by_key(|a| a.id)?.source,
        }
    });
    // Nobody has no form.
    if let Some(id) = source {
        effects.extend(forms::source::open(state, id)?);
    }
    Ok(effects)
}

/// Adds what was picked as a further voice: asks for its stance, then makes one step of both.
fn another(state: &mut Writing<'_>, pick: Pick) -> Done {
    let who = Somebody::of(state.bench, pick.clone())?;
    let title = format!("Stance of {}", who.name(state.bench));
    let choose = Choose::value(title, Stance::Asserts, move |s, stance| {
        says(&mut s.writing()?, Voice::Another(stance), pick)
    });
    state.open(Overlay::Choose(choose))
}

/// Everybody who may be meant, of no voice in particular.
pub(in crate::app::features) fn anybody(state: &Working<'_>) -> Vec<PickItem> {
    items(state, Voice::Another(Stance::None))
}

pub(in crate::app::features) fn with_nobody(
    mut items: Vec<PickItem>,
    label: &str,
) -> Vec<PickItem> {
    items.push(PickItem::new(Pick::Nothing, label));
    items
}

/// Everybody but the voice's own source first: for via and about.
fn others(state: &Working<'_>, voice: Voice) -> Vec<PickItem> {
    let mut items = items(state, voice);
    if !items.is_empty() {
        // The voice's own source stands first; here it is the least likely one.
        let own = items.remove(0);
        items.push(own);
    }
    items
}

fn about_now(bench: &Bench, voice: Voice) -> Vec<Pick> {
    let check = bench.check();
    let Voice::Nth(nth) = voice else {
        return Vec::new();
    };
    match bench.cursor() {
        RowKey::Claim(c) => check
            .attributions(*c)
            .nth(nth)
            .map(|a| a.about.iter().map(|s| Pick::Source(*s)).collect())
            .unwrap_or_default(),
        RowKey::Proposal(n) => {
            let about = check.proposals().attributions_of(*n).nth(nth);
            let spans = about.map_or(SpansView::Kept(&[]), |(_, a)| a.about);
            let names = check.proposals().sources.iter();
            names
                .filter(|s| spans.iter().any(|at| s.mentions.contains(at)))
                .map(|s| check.corrected(Cow::Borrowed(&s.name)))
                .map(|name| pick_named(check.session().sources.values(), &name))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn pick_named<'a>(mut sources: impl Iterator<Item = &'a Source>, name: &str) -> Pick {
    let key = folded(name);
    match sources.find(|s| folded(&s.name) == key) {
        Some(s) => Pick::Source(s.id),
        None => Pick::New(name.to_string()),
    }
}

/// Who may be meant: the voice's own (proposed) source first, the article, the session's sources with those used last
/// first, then whom else the reader found.
fn items(state: &Working<'_>, voice: Voice) -> Vec<PickItem> {
    let (bench, labels) = (&*state.bench, &state.config.labels);
    let session = bench.session();
    let uses = uses(session);
    let mut order: Vec<SourceId> = Vec::new();
    let own = own_source(bench, voice);
    if let Some(Pick::Source(id)) = &own {
        order.push(*id);
    }
    order.push(SourceId::ARTICLE);
    order.extend(used_last(session));
    order.extend(session.sources.keys().rev());
    let mut seen = HashSet::new();
    order.retain(|id| seen.insert(*id));
    let known = order
        .iter()
        .filter_map(|id| session.sources.get(id))
        .map(|s| item(s, &uses, labels));
    let proposed = bench.check().proposed_sources().into_iter();
    let proposed = proposed.map(|s| proposed_item(s, labels));
    let mut items: Vec<PickItem> = known.chain(proposed).collect();
    if let Some(Pick::New(name)) = own {
        let at = items.iter().position(|i| i.pick == Pick::New(name.clone()));
        let item = match at {
            Some(at) => items.remove(at),
            None => PickItem::new(Pick::New(name.clone()), name).detail("~ as the article has it"),
        };
        items.insert(0, item);
    }
    items
}

/// The sources that speak for claims, those of the claims that changed last first.
///
/// An id does not tell when: those of what was taken up are in order of the text.
fn used_last(session: &Session) -> Vec<SourceId> {
    let mut last: HashMap<SourceId, (Time, AttributionId)> = HashMap::new();
    for a in session.attributions.values() {
        if let (Some(source), Some(claim)) = (a.source, session.claims.get(&a.claim)) {
            let this = (claim.updated.at, a.id);
            let known = last.entry(source).or_insert(this);
            *known = this.max(*known);
        }
    }
    let mut order: Vec<SourceId> = last.keys().copied().collect();
    order.sort_by_key(|s| std::cmp::Reverse(last.get(s).copied()));
    order
}

/// The source that the voice has, or that was proposed for it.
fn own_source(bench: &Bench, voice: Voice) -> Option<Pick> {
    let Voice::Nth(nth) = voice else { return None };
    match bench.cursor() {
        RowKey::Claim(c) => {
            let own = bench.check().attributions(*c).nth(nth)?.source?;
            Some(Pick::Source(own))
        }
        RowKey::Proposal(n) => {
            let (_, a) = bench.check().proposals().attributions_of(*n).nth(nth)?;
            let name = bench.check().proposed_source_name(&a)?;
            Some(pick_named(bench.session().sources.values(), &name))
        }
        _ => None,
    }
}

/// The line of a source that nobody has taken up yet.
pub(super) fn proposed_item(source: &ProposedSource, labels: &Labels) -> PickItem {
    let detail = detail(
        &source.role,
        &source.affiliation,
        source.source_type,
        labels,
    );
    let name = &*source.name;
    PickItem::new(Pick::New(name.to_string()), name).detail(format!("~ {detail}"))
}

/// The line of a source.
pub(super) fn item(source: &Source, uses: &HashMap<SourceId, usize>, labels: &Labels) -> PickItem {
    let mut detail = detail(
        &source.role,
        &source.affiliation,
        source.source_type,
        labels,
    );
    if source.protect_identity {
        detail.push_str(" · protected");
    }
    let name = if source.name.is_empty() {
        "unnamed"
    } else {
        &source.name
    };
    let right = match uses.get(&source.id) {
        Some(n) => format!("{n}×"),
        None => String::new(),
    };
    PickItem::new(Pick::Source(source.id), name)
        .detail(detail)
        .right(right)
}

fn detail(role: &str, affiliation: &str, source_type: SourceType, labels: &Labels) -> String {
    let kind = match source_type {
        SourceType::Unknown => "",
        t => labels.of(t),
    };
    let parts = [role, affiliation, kind];
    let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    parts.join(" · ")
}

/// In how many places each source is named: as a voice, as via, as about, and of evidence.
pub(super) fn uses(session: &Session) -> HashMap<SourceId, usize> {
    let mut uses: HashMap<SourceId, usize> = HashMap::new();
    for a in session.attributions.values() {
        for id in a.source.iter().chain(&a.via).chain(&a.about) {
            *uses.entry(*id).or_default() += 1;
        }
    }
    for id in session.evidence.values().filter_map(|e| e.source) {
        *uses.entry(id).or_default() += 1;
    }
    uses
}
