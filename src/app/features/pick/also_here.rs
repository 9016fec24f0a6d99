//! Tying a row to an existing claim.

use std::collections::HashSet;

use crate::app::features::joining;
use crate::app::features::joining::Asking;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Overlay, Picker};
use crate::app::state::working::{Working, Writing};
use crate::core::display::{clean, truncate};
use crate::core::ids::ClaimId;
use crate::core::model::ClaimField;
use crate::core::ops::{self, Tied};
use crate::core::rows::RowKey;

/// Lists the claims to tie the row to, those nearest in words first.
pub fn open(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let items = lines(state);
    if items.is_empty() {
        return Err(Refusal::mild(
            "There is no other claim yet that this row could say again.",
        ));
    }
    let title = "Also here: which claim does this say again?";
    let picker = Picker::new(title, items, |s, pick| match pick {
        Pick::Claim(claim) => tie(&mut s.writing()?, claim),
        _ => Err(Refusal::no_such_line()),
    });
    state.open(Overlay::Picker(picker.verb("ties this row to it")))
}

fn lines(state: &Working<'_>) -> Vec<PickItem> {
    let bench = &*state.bench;
    let here = match bench.cursor() {
        RowKey::Block(n) => bench
            .check()
            .proposals()
            .blocks
            .get(*n as usize)
            .map(|b| words(bench.check().text().slice(b.span))),
        row => bench.check().view(row).map(|v| words(&v.text)),
    }
    .unwrap_or_default();
    let own = bench.claim_at_cursor();
    let mut claims: Vec<(usize, PickItem)> = bench
        .session()
        .claims
        .values()
        .filter(|c| Some(c.id) != own)
        .map(|c| {
            let text = bench.session().claim_text(c);
            let there = words(text);
            let shared = here.intersection(&there).count();
            // Dice's coefficient in thousandths: how many of both texts' words are the same.
            let near = 2000 * shared / (here.len() + there.len()).max(1);
            let voice = bench.check().attributions(c.id).next();
            let name = voice
                .and_then(|a| a.source)
                .map_or("", |s| bench.check().source_name(s));
            let status = state.config.labels.of(c.verification_status);
            let item = PickItem::new(Pick::Claim(c.id), clean(text))
                .detail(clean(name))
                .right(status);
            (near, item)
        })
        .collect();
    claims.sort_by_key(|(near, _)| std::cmp::Reverse(*near));
    claims.into_iter().map(|(_, item)| item).collect()
}

/// The words of a text in lower case; short ones say little and are left out.
fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 2 || w.chars().any(|c| c.is_ascii_digit()))
        .map(str::to_lowercase)
        .collect()
}

/// Ties the current row to a claim; the cursor stays where the row was, so that the work goes on there.
fn tie(state: &mut Writing<'_>, claim: ClaimId) -> Done {
    let bench = &*state.bench;
    let (at, number) = (bench.cursor_start(), bench.cursor_index() + 1);
    let text = bench.session().claims.get(&claim);
    let text = text
        .map(|c| clean(bench.session().claim_text(c)))
        .unwrap_or_default();
    let row = bench.cursor().clone();
    if let RowKey::Claim(from) = row {
        return join(state, from, claim, (at, number));
    }
    let done = state.step(move |tx, t, p| {
        tie_row(tx, t, p, &row, claim);
        None
    });
    Ok(done.told(state, |state| {
        state.bench.go_near(at);
        let words = truncate(&text, 40);
        state.say(Level::Info, format!("Row {number}: says again · {words}"));
    }))
}

fn tie_row(
    tx: &mut crate::core::tx::Tx<'_>,
    text: &crate::core::text::ArticleText,
    proposals: &crate::core::proposal::Proposals,
    row: &RowKey,
    claim: ClaimId,
) -> Option<()> {
    match row {
        RowKey::Proposal(n) => {
            ops::tie(tx, text, proposals, Tied::Proposal(*n), claim)?;
        }
        RowKey::Statement(id) => {
            let spans = tx.session.statements.get(id)?.anchor.spans.clone();
            ops::tie(tx, text, proposals, Tied::Words(&spans), claim)?;
        }
        RowKey::Block(n) => {
            let span = proposals.blocks.get(*n as usize)?.span;
            ops::tie(tx, text, proposals, Tied::Words(&[span]), claim)?;
        }
        // Two claims are joined, which may have to be asked about.
        RowKey::Claim(_) => {}
    }
    Some(())
}

/// Makes one claim of the row's and the one picked; asks where they differ. The cursor stays where the row was.
fn join(state: &mut Writing<'_>, from: ClaimId, into: ClaimId, (at, number): (u32, usize)) -> Done {
    let session = state.bench.session();
    let text = session.claims.get(&into);
    let text = clean(text.map_or("", |c| session.claim_text(c)));
    // A quotation has its own marks.
    let bare = text.trim_matches(|c| "“”\"„«»".contains(c));
    let words = truncate(bare, 40).into_owned();
    let asking = Asking {
        questions: ops::claims_joined(session, from, into).asked,
        gone: "this row".into(),
        kept: "the other claim".into(),
        blank: |f| match f {
            ClaimField::Wording(_) => "the exact words",
            ClaimField::VerificationStatus(_) => "none",
            _ => "",
        },
    };
    asking.ask(state, move |s, answers| {
        let labels = s.config.labels.clone();
        let mut merged = None;
        let done = s.step(|tx, _, _| {
            merged = ops::merge_claims(tx, from, into, |q| answers.to(q), &labels);
            None
        });
        Ok(done.told(s, |s| {
            s.bench.go_near(at);
            let what = merged.as_ref().map(joining::done).unwrap_or_default();
            let said = format!("Row {number} is one claim now with “{words}”{what}");
            s.say(Level::Info, said);
        }))
    })
}
