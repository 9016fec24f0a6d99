//! The file and the archive link of an evidence item: added, or put in place of another one.

use super::{evidence_typed, taking, typed};
use crate::app::input::key::{Code, Key};
use crate::app::layers::picker::Pick;
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::Program;
use crate::app::state::laid::{Overlay, Picker, Prompt};
use crate::app::state::under_way::Wish;
use crate::app::state::working::{Working, Writing};
use crate::core::display::clean;
use crate::core::ids::EvidenceId;
use crate::core::model::{Evidence, EvidenceField};

fn item<'a>(state: &'a Working<'_>, id: EvidenceId) -> Result<&'a Evidence, Refusal> {
    let item = state.bench.session().evidence.get(&id);
    item.ok_or_else(|| Refusal::gone("The item"))
}

/// Asks for the path of the item's file, with `typed` typed already.
pub(in crate::app) fn ask_file(state: &mut Working<'_>, id: EvidenceId, typed: &str) -> Done {
    let item = item(state, id)?;
    let title = clean(item.called());
    let title = match &item.file {
        Some(f) => format!("File of “{title}” in place of {}", clean(&f.name)),
        None => format!("File of “{title}”"),
    };
    let mut effects = evidence_typed::fresh(state.program);
    let picker = Picker::new(title, Vec::new(), move |s, pick| match pick {
        Pick::New(text) => {
            let paths = match typed::paths(&text) {
                none if none.is_empty() => vec![text.clone()],
                paths => paths,
            };
            taking::look(&mut s.writing()?, text, paths, Wish::FileOf(id))
        }
        _ => Err(Refusal::no_such_line()),
    })
    .creating(|_| "copies this file in", |_| true)
    .empty("type or drop a path")
    .verb("copies it in")
    .extra_staying(Key::plain(Code::Tab), "completes the path", |s, _| {
        evidence_typed::complete(s)
    })
    .live(evidence_typed::changed, evidence_typed::told)
    .typing(typed);
    effects.extend(state.open(Overlay::Picker(picker))?);
    Ok(effects)
}

/// Asks for the address of an archived copy of the item.
pub(super) fn ask_archive(state: &mut Working<'_>, id: EvidenceId) -> Done {
    let now = item(state, id)?.archived_url.clone();
    asks_archive(state.program, id, &now.unwrap_or_default())
}

fn asks_archive(state: &mut Program, id: EvidenceId, typed: &str) -> Done {
    let prompt = Prompt::line("archive", "Archived at", typed, move |s, text| {
        let address = match text.trim() {
            "" => None,
            text => match typed::address(text) {
                Some(url) => Some(url),
                None => {
                    // What was typed is not lost.
                    asks_archive(s, id, text)?;
                    let why = "An archive link is an address of the web: web.archive.org/…";
                    return Err(Refusal::new(why));
                }
            },
        };
        set_archive(&mut s.writing()?, id, address)
    });
    state.open(Overlay::Prompt(
        prompt.hint("the address of a kept copy; empty takes it away"),
    ))
}

fn set_archive(state: &mut Writing<'_>, id: EvidenceId, address: Option<String>) -> Done {
    let title = clean(item(state, id)?.called());
    let said = match &address {
        Some(url) => format!("“{title}” is archived at {}", clean(url)),
        None => format!("“{title}” has no archive link now."),
    };
    let done = state.step(move |tx, _, _| {
        tx.set_evidence(&id, EvidenceField::ArchivedUrl(address));
        None
    });
    Ok(done.told(state, |s| s.say(Level::Info, said)))
}
