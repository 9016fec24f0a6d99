//! Addresses to open.

use crate::app::msg::Effect;
use crate::app::overlay::Overlay;
use crate::app::picker::{Item, Pick, Picker};
use crate::app::state::State;

/// Lists the addresses of a row, each with what it is the address of.
pub fn open(state: &mut State, links: Vec<(String, String)>) -> Vec<Effect> {
    let items = links
        .iter()
        .enumerate()
        .map(|(n, (what, url))| {
            let what = if what.is_empty() { url } else { what };
            Item::new(Pick::Way(n), what).detail(url)
        })
        .collect();
    let picker = Picker::new("Open", items, move |_, pick| match pick {
        Pick::Way(n) => links
            .get(n)
            .map(|(_, url)| Effect::OpenLink(url.clone()))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    });
    state.open(Overlay::Picker(picker.verb("opens it")))
}
