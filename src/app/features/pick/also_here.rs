//! Tying a row to an existing claim.

use std::collections::HashSet;

use crate::app::features::joining;
use crate::app::features::joining::Asking;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Confirm, Overlay, Picker};
use crate::app::state::working::{Working, Writing};
use crate::core::describe::counted;
use crate::core::display::{clean, truncate};
use crate::core::ids::ClaimId;
use crate::core::join::Field;
use crate::core::model::{ClaimField, ClaimKey};
use crate::core::ops::{self, Tied};
use crate::core::rows::RowKey;
use crate::core::values::{InWords, Words};

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
        return ask(state, from, claim, (at, number));
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

/// Asks whether the row's own claim and the one picked are to be one, with all that each says and what would go.
fn ask(state: &mut Writing<'_>, from: ClaimId, into: ClaimId, at: (u32, usize)) -> Done {
    let details = vec![
        format!("This row: {}", in_full(state, from)),
        format!("The other: {}", in_full(state, into)),
        goes(state, from, into),
    ];
    let question = "This row has a claim of its own. Make one claim of both?";
    let ask = Confirm::new(question, 'l', "leave both as they are")
        .about(details)
        .answer(
            'j',
            "one claim, at both places",
            Box::new(move |s| join(&mut s.writing()?, from, into, at)),
        )
        .without_enter();
    state.open(Overlay::Confirm(ask))
}

/// Everything that a claim says, its voices and its evidence, on one line.
fn in_full(state: &Working<'_>, claim: ClaimId) -> String {
    let check = state.bench.check();
    let labels = &state.config.labels;
    let words = Words {
        session: check.session(),
        labels,
    };
    let Some(record) = check.session().claims.get(&claim) else {
        return String::new();
    };
    let mut parts = vec![format!("“{}”", check.session().claim_text(record))];
    let fields = ClaimKey::ALL.iter().filter(|k| !APART.contains(k));
    let fields = fields.map(|k| record.get(*k)).filter(|f| !f.is_blank());
    parts.extend(fields.map(|f| format!("{}: {}", f.label(), f.words(&words))));
    for a in check.attributions(claim) {
        let name = a.source.map_or("nobody named", |s| check.source_name(s));
        parts.push(format!("{name} {}", labels.of(a.stance)));
    }
    for (held, item) in check.held(claim) {
        let stance = labels.of(held.evidence_stance);
        parts.push(format!("evidence: {} ({stance})", item.called()));
    }
    clean(&parts.join(" · "))
}

/// What is told by a claim's words, or is none of what it says.
const APART: [ClaimKey; 6] = [
    ClaimKey::Home,
    ClaimKey::Statements,
    ClaimKey::Wording,
    ClaimKey::Proposed,
    ClaimKey::Created,
    ClaimKey::Updated,
];

/// What would go, and what would come over, if claim `from` were joined into `into`.
fn goes(state: &Working<'_>, from: ClaimId, into: ClaimId) -> String {
    let check = state.bench.check();
    let (voices, held) = (check.attributions(from).count(), check.held(from).count());
    let mut over = vec![counted(voices, "voice")];
    if held > 0 {
        over.push(counted(held, "held item"));
    }
    let asked = ops::claims_joined(check.session(), from, into).asked;
    let differ: Vec<&str> = asked
        .iter()
        .filter_map(|q| q.kept.first())
        .map(|f| f.label())
        .collect();
    let differ = match differ.is_empty() {
        true => String::new(),
        false => format!(
            " They differ in {}: which goes is asked next.",
            differ.join(" and ")
        ),
    };
    let over = over.join(" and ");
    format!("What goes: this row's claim, as one of its own.{differ} The other gets its {over}.")
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
