//! Addresses to open.

use crate::app::layers::picker::{Pick, PickItem};
use crate::app::msg::Effect;
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Overlay, Picker};
use crate::app::state::{Program, State};
use crate::core::display::clean;

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

/// Says what became of an address that was to be opened; one that was not is copied instead.
pub fn opened(state: &mut State, url: String, result: Result<String, String>) -> Vec<Effect> {
    match result {
        Ok(program) => {
            state.say(
                Level::Info,
                format!("{} was opened with {program}.", clean(&url)),
            );
            Vec::new()
        }
        Err(why) => {
            let url_shown = clean(&url);
            let said = format!("{url_shown} was not opened: {why}. The address is copied instead.");
            state.say(Level::Error, said);
            vec![Effect::Copy(url)]
        }
    }
}
