//! Addresses to open.

use crate::app::layers::picker::{Pick, PickItem};
use crate::app::msg::Effect;
use crate::app::refusal::{Done, Refusal};
use crate::app::state::Program;
use crate::app::state::laid::{Overlay, Picker};

/// Lists the addresses of a row, each with what it is the address of.
pub fn open(state: &mut Program, links: Vec<(String, String)>) -> Done {
    let items = links
        .iter()
        .enumerate()
        .map(|(n, (what, url))| {
            let what = if what.is_empty() { url } else { what };
            PickItem::new(Pick::Way(n), what).detail(url)
        })
        .collect();
    let picker = Picker::new("Open", items, move |_, pick| match pick {
        Pick::Way(n) => match links.get(n) {
            Some((_, url)) => Ok(vec![Effect::OpenLink(url.clone())]),
            None => Err(Refusal::no_such_line()),
        },
        _ => Err(Refusal::no_such_line()),
    });
    state.open(Overlay::Picker(picker.verb("opens it")))
}
