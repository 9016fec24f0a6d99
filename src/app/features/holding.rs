//! Evidence items made, held against a claim, and let go of.

use super::typed::{self, Meant};
use crate::app::msg::Effect;
use crate::app::screen::notices::Level;
use crate::app::state::Program;
use crate::app::state::bench::Bench;
use crate::app::state::under_way::HeldDetails;
use crate::app::state::working::{Working, Writing};
use crate::core::ids::*;
use crate::core::model::{Evidence, HeldField};
use crate::core::ops;
use crate::core::rows::RowKey;
use crate::core::tx::Tx;
use crate::core::vocabulary::*;

/// What is to be held.
#[derive(Clone, Debug)]
pub enum What {
    /// An item of the session.
    Item(EvidenceId),
    /// An item that is still to be made.
    New(Box<Evidence>),
}

impl What {
    /// What it is called.
    pub(super) fn called(&self, bench: &Bench) -> String {
        match self {
            Self::Item(id) => {
                let item = bench.session().evidence.get(id);
                item.map(|e| e.called().to_string()).unwrap_or_default()
            }
            Self::New(item) => item.called().to_string(),
        }
    }

    /// The item, made if it is new.
    pub(super) fn item(self, tx: &mut Tx<'_>) -> EvidenceId {
        match self {
            Self::Item(id) => id,
            Self::New(item) => ops::new_evidence(tx, |e| *e = Evidence { id: e.id, ..*item }),
        }
    }
}

/// The item that is made of what was typed: at that address, with that title, or that calculation.
pub(super) fn new_item(state: &Program, text: &str) -> Evidence {
    let meant = typed::meant(text);
    let mut item = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
    item.kind = state.evidence_box.kind_of(&meant);
    match meant {
        Meant::Address(url) => at_address(state, url, &mut item),
        Meant::Calculation(sum) => item.calculation = sum,
        Meant::Title(title) => item.title = title,
        Meant::File(_) | Meant::Nothing => item.title = text.trim().to_string(),
    }
    item
}

/// An item at an address, looked at today, called by host and path until somebody names it.
fn at_address(state: &Program, url: String, item: &mut Evidence) {
    let bare = url.split_once("://").map_or(&*url, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let path = bare.split(['?', '#']).next().unwrap_or(bare);
    item.title = typed::decoded(path.trim_end_matches('/'));
    item.url = Some(url);
    item.accessed_at = Some(today(state));
}

/// The date of the message under way.
pub fn today(state: &Program) -> String {
    state.on_the_clock(state.now, "%Y-%m-%d")
}

/// Makes the step: the row taken up if need be, the item made if it is new, and the two held together. `told` says so.
pub fn hold_on(
    state: &mut Writing<'_>,
    row: &RowKey,
    what: What,
    (details, stance): (HeldDetails, EvidenceStance),
    told: impl FnOnce(&mut Working<'_>, &str),
) -> Vec<Effect> {
    let mut used = None;
    let done = state.tag_row(row, |tx, claim| {
        let id = what.item(tx);
        let held = ops::hold(tx, claim, id);
        tx.set_held(&held, HeldField::EvidenceStance(stance));
        for field in details.fields() {
            tx.set_held(&held, field);
        }
        used = Some(id);
    });
    let Some(id) = used else {
        return done.shown(state);
    };
    let bench = &mut *state.bench;
    used_now(bench, id);
    let item = bench.session().evidence.get(&id);
    let title = item.map(|e| e.called().to_string()).unwrap_or_default();
    let title = crate::core::display::clean(&title);
    let stance = state.config.labels.of(stance).to_string();
    done.told(state, |state| told(state, &format!("“{title}” {stance}")))
}

/// Lists an item first from now on.
pub(super) fn used_now(bench: &mut Bench, id: EvidenceId) {
    bench.recent_evidence.retain(|e| *e != id);
    bench.recent_evidence.insert(0, id);
}

/// Makes an item that is held against nothing yet.
pub fn made(state: &mut Writing<'_>, item: Evidence) -> Vec<Effect> {
    let title = crate::core::display::clean(item.called());
    let done = state.step(|tx, _, _| {
        ops::new_evidence(tx, |e| *e = Evidence { id: e.id, ..item });
        None
    });
    done.told(state, |state| {
        state.say(Level::Info, format!("“{title}” is an evidence item now."));
    })
}

/// Lets go of a held item and says so.
pub fn let_go(state: &mut Writing<'_>, held: HeldId) -> Vec<Effect> {
    let done = state.step(move |tx, _, _| {
        ops::drop_held(tx, held);
        None
    });
    done.told(state, |state| {
        state.say(
            Level::Info,
            "The item is no evidence of this claim any more; undo brings it back.",
        );
    })
}
