//! What exporting and importing do alike with the dialog that is open.

use crate::app::layers::exchange::panel::{Panel, PanelText};
use crate::app::msg::Effect;
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::app::state::laid::Overlay;
use crate::core::handover::ExchangeWork;
use crate::core::handover::snapshot::Snapshot;

/// The panel of the dialog that is open, if one is.
fn panel(state: &mut State) -> Option<&mut Panel> {
    state.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Export(d) => Some(&mut d.panel),
        Overlay::Import(d) => Some(&mut d.panel),
        _ => None,
    })
}

/// Takes how far the work is.
pub fn progressed(state: &mut State, work: ExchangeWork) -> Vec<Effect> {
    if let Some(p) = panel(state) {
        p.progress(work);
    }
    Vec::new()
}

/// Nothing came of it: says why, as an error unless its end was asked for.
pub(super) fn failed(state: &mut State, why: String) -> Vec<Effect> {
    let mut level = Level::Error;
    if let Some(p) = panel(state) {
        if p.is_stopping() {
            level = Level::Info;
        }
        p.tell(PanelText::Failed(why.clone()));
    }
    state.say(level, why);
    Vec::new()
}

/// The session as it stands, for an export or an import to look at.
pub(super) fn snapshot(panel: &mut Panel, bench: &Bench) -> Snapshot {
    let (seq, proposals) = (bench.history().seq(), bench.check().proposals());
    panel.snapshot(seq, proposals, || bench.snapshot())
}
