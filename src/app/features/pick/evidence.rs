//! Holding evidence against a claim: one of the session's items, or a new one made of an address, a file or a title.

use crate::app::features::holding::{What, hold_on, new_item};
use crate::app::features::{taking, typed};
use crate::app::input::key::{Code, Key};
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::state::Program;
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Choose, Overlay, Picker, Prompt};
use crate::app::state::row_words::row_words;
use crate::app::state::telling::tell;
use crate::app::state::under_way::Wish;
use crate::app::state::working::{Working, Writing};
use crate::core::check::Check;
use crate::core::ids::*;
use crate::core::model::{Evidence, Held};
use crate::core::rows::RowKey;
use crate::core::vocabulary::*;

/// Lists the items to hold.
pub fn open(state: &mut Writing<'_>, _row: RowKey) -> Done {
    lay_list(state, "");
    DONE
}

/// Lists the items to hold, with this typed already.
pub(in crate::app) fn lay_list(state: &mut Working<'_>, typed: &str) {
    let lines = lines(state.bench, state.program);
    let picker = Picker::new("Evidence", lines, |s, pick| {
        hold(&mut s.writing()?, pick, None)
    })
    .creating(create_word, |t| typed::address(t).is_some() || is_path(t))
    .empty("no item yet: type an address, a path or a title")
    .verb("holds it")
    .extra(
        Key::plain(Code::Tab),
        "asks for the locator first",
        |s, pick| {
            let held = held_now(s.working()?.bench, &pick);
            let locator = held.map(|h| h.locator).unwrap_or_default();
            let prompt = Prompt::line("locator", "Where in the item", &locator, move |s, text| {
                let locator = Some(text.trim().to_string());
                hold(&mut s.writing()?, pick.clone(), locator)
            });
            s.open(Overlay::Prompt(prompt.hint(
                "page, table, timecode · Enter goes on to the evidence stance",
            )))
        },
    )
    .typing(typed);
    state.lay(Overlay::Picker(picker));
}

pub(super) fn create_word(text: &str) -> &'static str {
    if typed::address(text).is_some() {
        "new item at this address"
    } else if is_path(text) {
        "copies this file in"
    } else {
        "new item with this title"
    }
}

/// Whether `text` can only mean a file.
pub(super) fn is_path(text: &str) -> bool {
    typed::address(text).is_none() && !typed::paths(text).is_empty()
}

/// The items, those used last first, with what they say of the current claim.
pub(super) fn lines(bench: &Bench, program: &Program) -> Vec<PickItem> {
    let check = bench.check();
    let claim = bench.claim_at_cursor();
    let mut order = bench.recent_evidence.clone();
    order.extend(check.session().evidence.keys().rev());
    let mut seen = std::collections::HashSet::new();
    order.retain(|e| seen.insert(*e));
    order
        .iter()
        .filter_map(|id| check.session().evidence.get(id))
        .map(|e| line(check, e, claim, program))
        .collect()
}

fn line(check: &Check, e: &Evidence, claim: Option<ClaimId>, program: &Program) -> PickItem {
    let mut detail = Vec::new();
    let held = claim.and_then(|c| check.held(c).find(|(_, item)| item.id == e.id));
    if let Some((h, _)) = held {
        detail.push(format!(
            "here: {}",
            program.config.labels.of(h.evidence_stance)
        ));
    }
    if let Some(s) = e.source {
        detail.push(format!("from {}", check.source_name(s)));
    }
    if let Some(f) = &e.file {
        detail.push(format!("file {}", f.name));
    }
    detail.extend(e.url.clone());
    let right = match check.index().uses(e.id) {
        0 => String::new(),
        n => format!("{n}×"),
    };
    PickItem::new(Pick::Evidence(e.id), e.called())
        .detail(detail.join(" · "))
        .right(right)
}

/// How the item picked is held against the current claim.
pub(super) fn held_now(bench: &Bench, pick: &Pick) -> Option<Held> {
    let claim = bench.claim_at_cursor()?;
    let mut held = bench.check().held(claim);
    held.find(|(h, _)| *pick == Pick::Evidence(h.evidence))
        .map(|(h, _)| h.clone())
}

/// What was picked or typed; an address that an item has already is that item.
fn what(state: &Working<'_>, pick: Pick) -> Result<What, Refusal> {
    match pick {
        Pick::Evidence(id) => Ok(What::Item(id)),
        Pick::New(text) => {
            let new = new_item(state, text);
            let mut items = state.bench.session().evidence.values();
            let known = items.find(|e| e.url.is_some() && e.url == new.url);
            Ok(known.map_or_else(|| What::New(Box::new(new)), |e| What::Item(e.id)))
        }
        _ => Err(Refusal::no_such_line()),
    }
}

/// Asks for the evidence stance, then holds the item against the current row.
pub(super) fn hold(state: &mut Writing<'_>, pick: Pick, locator: Option<String>) -> Done {
    if let Pick::New(text) = &pick
        && is_path(text)
    {
        let row = row_words(state.bench).ok_or_else(|| Refusal::gone("The row"))?;
        let paths = typed::paths(text);
        return taking::look(state, text.clone(), paths, Wish::Hold { row, locator });
    }
    let held = held_now(state.bench, &pick);
    let preset = held.map_or(EvidenceStance::Neutral, |h| h.evidence_stance);
    let what = what(state, pick)?;
    let title = match &what {
        What::Item(id) => {
            let item = state.bench.session().evidence.get(id);
            item.map(|e| e.called().to_string()).unwrap_or_default()
        }
        What::New(e) => e.called().to_string(),
    };
    let title = crate::core::display::clean(&title);
    let choose = Choose::value(
        format!("What “{title}” says of the claim"),
        preset,
        move |s, stance| {
            let s = &mut s.writing()?;
            let row = s.bench.cursor().clone();
            Ok(hold_on(s, &row, what, (locator, stance), tell))
        },
    );
    state.open(Overlay::Choose(choose))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_an_address_a_file_or_a_title() {
        for (text, word) in [
            ("https://kell.example/minutes", "new item at this address"),
            ("example.org/page", "new item at this address"),
            ("'/some/my pic.png'", "copies this file in"),
            ("file:///some/my%20pic.png", "copies this file in"),
            ("-rf", "new item with this title"),
            ("/tmp/minutes", "copies this file in"),
            ("~/minutes.pdf", "copies this file in"),
            ("minutes.pdf", "copies this file in"),
            ("C:\\minutes.pdf", "copies this file in"),
            ("Council minutes", "new item with this title"),
            ("Council minutes, p. 4", "new item with this title"),
            ("interview no. 12", "new item with this title"),
            ("v1.2", "new item with this title"),
            ("Council minutes.pdf", "new item with this title"),
        ] {
            assert_eq!(create_word(text), word, "{text}");
        }
    }
}
