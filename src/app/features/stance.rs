//! What is asked of an item that becomes evidence here: what it says of the claim, where in it, in which words, how
//! credible; and then the finding, which no evidence implies.

use std::sync::Arc;

use super::tags;
use crate::app::refusal::{DONE, Done};
use crate::app::state::laid::{Choose, Overlay, Prompt};
use crate::app::state::tag::Tag;
use crate::app::state::telling::tell;
use crate::app::state::under_way::HeldDetails;
use crate::app::state::working::Writing;
use crate::app::state::{Program, State};
use crate::core::display::{clean, truncate};
use crate::core::model::{Held, HeldField};
use crate::core::vocabulary::*;

/// What happens with the stance.
type WithStance = dyn Fn(&mut Writing<'_>, HeldDetails, EvidenceStance) -> Done + Send + Sync;

/// An item whose stance is asked.
#[derive(Clone)]
pub(super) struct StanceAsked {
    /// What it is called.
    pub title: String,
    /// How it is held against the current claim already.
    pub held: Option<Held>,
    /// What is said of it besides the stance.
    pub details: HeldDetails,
    /// Holds it.
    pub then: Arc<WithStance>,
}

/// How many cells of a title or of words the questions show.
const WORDS: usize = 44;

/// Asks what an item says of the claim; then for the finding.
pub(super) fn ask(state: &mut Program, asked: StanceAsked) -> Done {
    let title = truncate(&clean(&asked.title), WORDS).into_owned();
    let mut title = format!("What “{title}” says of the claim");
    for said in asked.details.words() {
        title.push_str(&format!(" · {}", truncate(&clean(&said), 20)));
    }
    let preset = asked.held.as_ref().map(|h| h.evidence_stance);
    let held = asked.clone();
    let choose = Choose::value(
        title,
        preset.unwrap_or_default(),
        move |s: &mut State, stance| told(&mut s.writing()?, held, stance),
    );
    let (place, words, grade) = (asked.clone(), asked.clone(), asked);
    let choose = choose
        .on('l', "where in it", move |s| ask_locator(s, place))
        .on('x', "excerpt", move |s| ask_excerpt(s, words))
        .on('c', "credibility", move |s| ask_credibility(s, grade));
    state.open(Overlay::Choose(choose))
}

/// The stance is told: holds the item, and asks for the finding.
pub(super) fn told(state: &mut Writing<'_>, asked: StanceAsked, stance: EvidenceStance) -> Done {
    let mut effects = (asked.then)(state, asked.details, stance)?;
    let done = ask_finding(state);
    effects.extend(state.said(done));
    Ok(effects)
}

/// Asks where in the item.
pub(super) fn ask_locator(state: &mut Program, asked: StanceAsked) -> Done {
    let now = asked.held.as_ref().map(|h| h.locator.clone());
    let now = asked.details.locator.clone().or(now).unwrap_or_default();
    let prompt = Prompt::line("locator", "Where in the item", &now, move |s, text| {
        let mut asked = asked.clone();
        asked.details.locator = Some(text.trim().to_string());
        detailed(s, asked)
    });
    state.open(Overlay::Prompt(prompt.hint("page, table, timecode")))
}

/// Asks for the words that matter.
pub(super) fn ask_excerpt(state: &mut Program, asked: StanceAsked) -> Done {
    let now = asked.held.as_ref().map(|h| h.excerpt.clone());
    let now = asked.details.excerpt.clone().or(now).unwrap_or_default();
    let prompt = Prompt::text("excerpt", "The words that matter", &now, move |s, text| {
        let mut asked = asked.clone();
        asked.details.excerpt = Some(text.trim().to_string());
        detailed(s, asked)
    });
    state.open(Overlay::Prompt(prompt))
}

/// Asks how credible the item is for this claim.
pub(super) fn ask_credibility(state: &mut Program, asked: StanceAsked) -> Done {
    let now = asked.held.as_ref().map(|h| h.credibility);
    let now = asked.details.credibility.or(now).unwrap_or_default();
    let choose = Choose::value("Credibility for this claim", now, move |s, grade| {
        let mut asked = asked;
        asked.details.credibility = Some(grade);
        detailed(s, asked)
    });
    state.open(Overlay::Choose(choose))
}

/// What was said goes with an item that is held already; with another one it waits for its stance.
fn detailed(state: &mut State, asked: StanceAsked) -> Done {
    let Some(held) = asked.held.as_ref().map(|h| h.id) else {
        return ask(state, asked);
    };
    let state = &mut state.writing()?;
    let said = asked.details.words().join(" · ");
    let fields: Vec<HeldField> = asked.details.fields().collect();
    let done = state.step(move |tx, _, _| {
        for field in fields {
            tx.set_held(&held, field);
        }
        None
    });
    let title = clean(&asked.title);
    Ok(done.told(state, |s| tell(s, &format!("“{title}”: {}", clean(&said)))))
}

/// Asks for the finding on the current row; Enter leaves it as it is, and so does Esc.
fn ask_finding(state: &mut Writing<'_>) -> Done {
    let bench = &*state.bench;
    let Some(view) = bench.check().view(bench.cursor()) else {
        return DONE;
    };
    let (now, words) = (view.status, clean(&view.text));
    let title = format!("What you find: {}", truncate(&words, WORDS));
    let choose = Choose::value(title, now, move |s: &mut State, finding| {
        if finding == now {
            return DONE;
        }
        tags::set(&mut s.writing()?, Tag::Finding(finding))
    });
    let choose = choose
        .verb("leaves it as it is")
        .capitals(|s, finding| tags::set(&mut s.writing()?, Tag::FindingNext(finding)));
    state.open(Overlay::Choose(choose))
}
