//! What is asked once for all marked rows: the item and what it says, who says it, the tags, the reason of a dismissal.

use super::all;
use super::work::Work;
use crate::app::features::evidence_typed;
use crate::app::features::holding::What;
use crate::app::features::pick::{evidence as items, sources};
use crate::app::features::texts::tag_list;
use crate::app::features::typed::{self, Meant};
use crate::app::features::who::Somebody;
use crate::app::input::action::Action;
use crate::app::input::key::Key;
use crate::app::layers::picker::Pick;
use crate::app::refusal::{Done, Refusal};
use crate::app::state::State;
use crate::app::state::laid::{Choose, Overlay, Picker, Prompt};
use crate::app::state::tag::Tag;
use crate::app::state::working::{Working, Writing};
use crate::core::describe::counted;
use crate::core::display::{clean, truncate};
use crate::core::vocabulary::*;

/// How many cells of a title or of a reason the box shows.
const WORDS: usize = 44;

/// How many rows are marked, in words.
fn marked(state: &Working<'_>) -> String {
    counted(state.bench.marked_rows.count(), "row")
}

fn short(words: &str) -> String {
    truncate(&clean(words), WORDS).into_owned()
}

/// Sets a finding or a workflow state on all.
pub fn tag(state: &mut Writing<'_>, tag: Tag) -> Done {
    let labels = &state.config.labels;
    let (work, what) = match tag {
        Tag::Finding(v) | Tag::FindingNext(v) => (Work::Finding(v), labels.of(v).to_string()),
        Tag::Workflow(v) => (Work::Workflow(v), labels.of(v).to_string()),
        Tag::Stance(_) | Tag::Certainty(_) | Tag::Rating(_) | Tag::Worth(_) | Tag::Type(_) => {
            return Err(super::rows::one_at_a_time(state.bench, state.program, true));
        }
    };
    all::ask(state, work, what)
}

/// Asks for the item and for what it says of the claims.
pub fn evidence(state: &mut Writing<'_>) -> Done {
    let lines = items::lines(state.bench, state.program, None);
    let effects = evidence_typed::fresh(state.program);
    let title = format!("Evidence for {}", marked(state));
    let picker = Picker::new(title, lines, |s, pick| stance(&mut s.writing()?, pick))
        .creating(items::create_word, items::is_meant_new)
        .empty("no item yet: type an address, a title or a calculation")
        .verb("asks what it says")
        .numbered(items::stances(|s, pick, stance| {
            let what = picked(s, pick)?;
            hold(s, what, stance)
        }))
        .live(evidence_typed::changed, evidence_typed::told)
        .extra_staying(Key::ctrl('k'), "next kind", |s, pick| {
            evidence_typed::next_kind(s, &pick)
        });
    state.lay(Overlay::Picker(picker));
    Ok(effects)
}

/// The item that was picked or typed; refused for a file, which is copied in for an item and not for rows.
fn picked(state: &mut Working<'_>, pick: Pick) -> Result<What, Refusal> {
    if let Pick::New(text) = &pick
        && let Meant::File(_) = typed::meant(text)
    {
        let list = state.keymap.shown(Action::EvidenceList);
        let why = format!("A file is made an item first, in the list of items ({list}).");
        return Err(Refusal::new(why));
    }
    items::what(state, pick)
}

fn stance(state: &mut Writing<'_>, pick: Pick) -> Done {
    let what = picked(state, pick)?;
    let effects = evidence_typed::fresh(state.program);
    let title = format!(
        "What “{}” says of {}",
        short(&what.called(state.bench)),
        marked(state)
    );
    let choose = Choose::value(title, EvidenceStance::default(), |s: &mut State, stance| {
        hold(&mut s.writing()?, what, stance)
    });
    state.lay(Overlay::Choose(choose));
    Ok(effects)
}

fn hold(state: &mut Writing<'_>, what: What, stance: EvidenceStance) -> Done {
    let title = short(&what.called(state.bench));
    let said = format!("“{title}” {}", state.config.labels.of(stance));
    all::ask(state, Work::Hold(what, stance), said)
}

/// Asks who says it.
pub fn said_by(state: &mut Writing<'_>) -> Done {
    let everybody = sources::with_nobody(sources::anybody(state), "nobody named");
    let title = format!("Said by, on {}", marked(state));
    let picker = Picker::new(title, everybody, |s, pick| {
        let state = &mut s.writing()?;
        let who = Somebody::of(state.bench, pick)?;
        let said = format!("said by {}", short(&who.name(state.bench)));
        all::ask(state, Work::SaidBy(who), said)
    });
    let picker = picker.creating(|_| "new source", |_| false);
    state.open(Overlay::Picker(picker.verb("sets it on all")))
}

/// Asks for tags to add.
pub fn tags(state: &mut Writing<'_>) -> Done {
    let title = format!("Tags to add to {}", marked(state));
    let prompt = Prompt::line("tags", title, "", |s, text| {
        let tags = tag_list(&text);
        if tags.is_empty() {
            return Err(Refusal::mild("No tag was typed: nothing was added."));
        }
        let said = format!("tagged {}", short(&tags.join(", ")));
        all::ask(&mut s.writing()?, Work::Tags(tags), said)
    });
    let hint = "parted by commas; the tags that are there stay";
    state.open(Overlay::Prompt(prompt.hint(hint)))
}

/// Asks for the reason of the dismissal, which many rows at once always have.
pub fn dismissal(state: &mut Writing<'_>) -> Done {
    all::leaves_some(state, &Work::Dismiss(String::new()))?;
    let title = format!("Why there is nothing to check in {}", marked(state));
    let prompt = Prompt::line("reason", title, "", |s, text| {
        let state = &mut s.writing()?;
        let reason = text.trim().to_string();
        if reason.is_empty() {
            dismissal(state)?;
            return Err(Refusal::new("Many rows are dismissed for a reason only."));
        }
        let said = format!("nothing to check ({})", short(&reason));
        all::ask(state, Work::Dismiss(reason), said)
    });
    state.open(Overlay::Prompt(prompt.hint("Enter goes on · Esc leaves")))
}
