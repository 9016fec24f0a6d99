//! Holding evidence against a claim: one of the session's items, or a new one made of an address, a file or a title.

use std::sync::Arc;

use crate::app::features::holding::{What, hold_on, new_item};
use crate::app::features::stance::{self, StanceAsked};
use crate::app::features::typed::{self, Meant};
use crate::app::features::{evidence_typed, item_file, taking};
use crate::app::input::key::{Code, Key};
use crate::app::layers::picker::{NumberLetter, Pick, PickItem};
use crate::app::msg::Effect;
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Overlay, Picker};
use crate::app::state::row_words::row_words;
use crate::app::state::telling::tell;
use crate::app::state::under_way::{HeldDetails, Wish};
use crate::app::state::working::{Working, Writing};
use crate::app::state::{Program, State};
use crate::core::calculation;
use crate::core::check::Check;
use crate::core::ids::*;
use crate::core::model::{Evidence, Held};
use crate::core::rows::RowKey;
use crate::core::vocabulary::*;

/// Lists the items to hold.
pub fn open(state: &mut Writing<'_>, _row: RowKey) -> Done {
    Ok(lay_list(state, ""))
}

/// Asks again where there was no such file, with what was typed.
pub(in crate::app) fn ask_again(state: &mut Working<'_>, wish: &Wish, typed: &str) -> Done {
    match wish {
        Wish::Hold { .. } => Ok(lay_list(state, typed)),
        Wish::FileOf(id) => item_file::ask_file(state, *id, typed),
        Wish::Item => DONE,
    }
}

/// Lists the items to hold, with this typed already.
pub(in crate::app) fn lay_list(state: &mut Working<'_>, typed: &str) -> Vec<Effect> {
    let claim = state.bench.claim_at_cursor();
    let lines = lines(state.bench, state.program, claim);
    let effects = evidence_typed::fresh(state.program);
    let picker = Picker::new("Evidence", lines, |s, pick| {
        hold(&mut s.writing()?, pick, First::Stance)
    })
    .creating(create_word, is_meant_new)
    .empty("no item yet: type an address, a path, a title or a calculation")
    .verb("asks what it says")
    .numbered(stances(|s, pick, stance| {
        hold(s, pick, First::Holding(stance))
    }))
    .live(evidence_typed::changed, evidence_typed::told)
    .extra_staying(Key::plain(Code::Tab), "completes the path", |s, _| {
        evidence_typed::complete(s)
    })
    .only_while(evidence_typed::is_path)
    .extra(
        Key::plain(Code::Tab),
        "asks for the locator first",
        |s, pick| hold(&mut s.writing()?, pick, First::Locator),
    )
    .extra_staying(Key::ctrl('k'), "next kind", |s, pick| {
        evidence_typed::next_kind(s, &pick)
    })
    .typing(typed);
    state.lay(Overlay::Picker(picker));
    effects
}

/// The letters that `hold` the item whose number is typed with their stance.
pub(in crate::app::features) fn stances(
    hold: fn(&mut Writing<'_>, Pick, EvidenceStance) -> Done,
) -> Vec<NumberLetter<State>> {
    let letter = |stance: &EvidenceStance| {
        let (stance, entry) = (*stance, stance.entry());
        NumberLetter {
            key: entry.key,
            label: entry.label,
            accept: Arc::new(move |s: &mut State, pick| hold(&mut s.writing()?, pick, stance)),
        }
    };
    EvidenceStance::ALL.iter().map(letter).collect()
}

pub(in crate::app::features) fn create_word(text: &str) -> &'static str {
    match typed::meant(text) {
        Meant::Address(_) => "new item at this address",
        Meant::File(_) => "copies this file in",
        Meant::Calculation(_) => "new calculation",
        Meant::Title(_) | Meant::Nothing => "new item with this title",
    }
}

/// Whether `text` can only mean a new item.
pub(in crate::app::features) fn is_meant_new(text: &str) -> bool {
    match typed::meant(text) {
        Meant::Address(_) | Meant::File(_) | Meant::Calculation(_) => true,
        Meant::Title(_) | Meant::Nothing => false,
    }
}

/// The items, those used last first, with what they say of `claim`.
pub(in crate::app::features) fn lines(
    bench: &Bench,
    program: &Program,
    claim: Option<ClaimId>,
) -> Vec<PickItem> {
    let check = bench.check();
    let order = bench.numbered_evidence();
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
    if e.kind != EvidenceKind::Other {
        detail.push(program.config.labels.of(e.kind).to_string());
    }
    if let Some(s) = e.source {
        detail.push(format!("from {}", check.source_name(s)));
    }
    if let Some(f) = &e.file {
        detail.push(format!("file {}", f.name));
    }
    detail.extend(e.url.clone());
    if !e.calculation.is_empty() {
        detail.push(calculation::verdict(&e.calculation));
    }
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
pub(in crate::app::features) fn what(state: &Working<'_>, pick: Pick) -> Result<What, Refusal> {
    match pick {
        Pick::Evidence(id) => Ok(What::Item(id)),
        Pick::New(text) => {
            let new = new_item(state, &text);
            let mut items = state.bench.session().evidence.values();
            let known = items.find(|e| e.url.is_some() && e.url == new.url);
            Ok(known.map_or_else(|| What::New(Box::new(new)), |e| What::Item(e.id)))
        }
        _ => Err(Refusal::no_such_line()),
    }
}

/// What comes first of what is asked about an item.
pub(super) enum First {
    /// What it says of the claim.
    Stance,
    /// Where in it; the stance comes after that.
    Locator,
    /// The words that matter.
    Excerpt,
    /// How credible it is.
    Credibility,
    /// Nothing is to be asked of it: the stance is told.
    Holding(EvidenceStance),
}

/// Asks for the evidence stance, then holds the item against the current row.
pub(super) fn hold(state: &mut Writing<'_>, pick: Pick, first: First) -> Done {
    if let Pick::New(text) = &pick
        && let Meant::File(paths) = typed::meant(text)
    {
        let row = row_words(state.bench).ok_or_else(|| Refusal::gone("The row"))?;
        let details = HeldDetails::default();
        return taking::look(state, text.clone(), paths, Wish::Hold { row, details });
    }
    let held = held_now(state.bench, &pick);
    let what = what(state, pick)?;
    let title = what.called(state.bench);
    let mut effects = evidence_typed::fresh(state.program);
    let asked = StanceAsked {
        title,
        held,
        details: HeldDetails::default(),
        then: Arc::new(move |s, details, stance| {
            let row = s.bench.cursor().clone();
            Ok(hold_on(s, &row, what.clone(), (details, stance), tell))
        }),
    };
    effects.extend(match first {
        First::Stance => stance::ask(state.program, asked),
        First::Locator => stance::ask_locator(state.program, asked),
        First::Excerpt => stance::ask_excerpt(state.program, asked),
        First::Credibility => stance::ask_credibility(state.program, asked),
        First::Holding(stance) => stance::told(state, asked, stance),
    }?);
    Ok(effects)
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
            ("40 + 40 = 90", "new calculation"),
            ("Council minutes, p. 4", "new item with this title"),
            ("interview no. 12", "new item with this title"),
            ("v1.2", "new item with this title"),
            ("Council minutes.pdf", "new item with this title"),
        ] {
            assert_eq!(create_word(text), word, "{text}");
        }
    }
}
