//! The form of a claim, and of a row that is not decided yet: saving takes that up, with the values of the form.

use super::save::form;
use super::{attribution, change, evidence};
use crate::app::features::texts::tag_list;
use crate::app::features::{pick, voices};
use crate::app::layers::field::{Problems, Values};
use crate::app::msg::Effect;
use crate::app::refusal::{Done, Refusal};
use crate::app::state::Program;
use crate::app::state::State;
use crate::app::state::laid::{FormField, Overlay};
use crate::app::state::row_words::{go_to_words, row_words};
use crate::app::state::telling::tell;
use crate::app::state::working::{Working, Writing};
use crate::core::display::clean;
use crate::core::ids::{ClaimId, StatementId, VersionId};
use crate::core::model::{Claim, ClaimField as F, Stamp};
use crate::core::rows::RowKey;
use crate::core::vocabulary::*;

/// The form's name in drafts.
pub const NAME: &str = "claim";

/// Opens the form of the current row with the focus on its `focus`th field.
pub fn open(state: &mut Working<'_>, focus: usize) -> Done {
    let current = current(state);
    let (claim, words, record) = current.ok_or_else(|| Refusal::gone("The row"))?;
    let taken_up = state.bench.claim_at_cursor().is_some();
    let wording = match claim.wording.as_deref().filter(|w| !w.trim().is_empty()) {
        Some(w) => w.to_string(),
        None => words.clone(),
    };
    let mut fields = fields(state, &claim, &wording);
    leads(state, &mut fields);
    fields.push(FormField::note("words", clean(&words)));
    let title = match taken_up {
        true => "Claim",
        false => "Take up as a claim",
    };
    let mut opened = form(NAME, title, record, fields, save).focused_at(focus);
    if !taken_up {
        opened = opened.saving_unchanged();
    }
    state.open(Overlay::Form(opened))
}

/// Opens the form again, with the focus on its `focus`th field.
fn open_at(focus: usize) -> impl Fn(&mut State) -> Done + Send + Sync + 'static {
    move |s| open(&mut s.working()?, focus)
}

/// The claim of the current row, of a row that is not taken up as taking it up would make it; the words of its
/// statement; the row for drafts.
fn current(state: &Working<'_>) -> Option<(Claim, String, String)> {
    let bench = &*state.bench;
    let record = row_words(bench)?;
    if let Some(id) = bench.claim_at_cursor() {
        let claim = bench.session().claims.get(&id)?;
        let statement = &claim.home;
        let words = &bench.session().statements.get(statement)?.anchor.exact;
        return Some((claim.clone(), words.clone(), record));
    }
    let stamp = Stamp {
        at: state.now,
        by: state.me.id.clone(),
    };
    let nowhere = (
        ClaimId(uuid::Uuid::nil()),
        StatementId::of(VersionId::NONE, &[]),
    );
    let mut claim = Claim::on(nowhere.0, nowhere.1, stamp);
    let words = match bench.cursor() {
        RowKey::Block(n) => {
            let block = bench.check().proposals().blocks.get(*n as usize)?;
            bench.check().text().slice(block.span).to_string()
        }
        row => bench.check().view(row)?.text.into_owned(),
    };
    if let RowKey::Proposal(n) = bench.cursor() {
        let proposed = bench.check().proposals().statements.get(*n as usize)?;
        claim.check_worthiness = proposed.check_worthiness;
        claim.claim_type = proposed.claim_type;
    }
    Some((claim, words, record))
}

fn fields(state: &Program, c: &Claim, wording: &str) -> Vec<FormField> {
    // Every field of a claim is a field of its form, or leads to a form of its own, or is none of the checker's to set.
    let Claim {
        id: _,
        home: _,
        statements: _, // `a` ties a row to a claim
        wording: _,    // shown with the words of the statement where there is none
        check_worthiness,
        claim_type,
        verification_status,
        rating,
        justification,
        workflow_state,
        tags,
        notes,
        change: _, // a form of its own
        proposed: _,
        created: _,
        updated: _,
    } = c;
    vec![
        FormField::choice(
            "verification_status",
            "finding",
            *verification_status,
            "the checker's own",
        ),
        FormField::lines(
            "wording",
            "wording",
            wording,
            "who, what, when, where: it has to stand alone; empty means the exact words",
        ),
        FormField::lines(
            "justification",
            "justification",
            justification,
            "why the finding is what it is",
        ),
        FormField::rating("rating", "rating", *rating),
        FormField::choice(
            "check_worthiness",
            "worth",
            *check_worthiness,
            "how much it is worth checking",
        ),
        FormField::choice(
            "claim_type",
            "type",
            *claim_type,
            "what kind of proposition it is",
        ),
        FormField::choice(
            "workflow_state",
            "workflow",
            *workflow_state,
            "where it stands in the house",
        ),
        FormField::line("tags", "tags", &tags.join(", "), "parted by commas")
            .offering(state.config.tags.clone())
            .parted(','),
        FormField::lines(
            "notes",
            "note",
            notes,
            "the checker's own; never in the editor's page",
        ),
    ]
}

/// Adds the lines that lead on: to the voices, to what is held, to the proposed change.
fn leads(state: &Working<'_>, fields: &mut Vec<FormField>) {
    let bench = &*state.bench;
    const SAVES: &str = "Enter saves this form and opens it";
    for (n, v) in voices::of_row(bench).into_iter().enumerate() {
        let text = clean(&format!("{} {}", v.name, state.config.labels.of(v.stance)));
        let at = fields.len();
        fields.push(FormField::go("said by", text, SAVES, move |s| {
            attribution::open_nth(&mut s.working()?, n, open_at(at))
        }));
    }
    fields.push(FormField::go("said by", "+ a further voice", SAVES, |s| {
        pick::sources::further_voice(&mut s.working()?)
    }));
    let claim = bench.claim_at_cursor();
    let held = claim.into_iter().flat_map(|c| bench.check().held(c));
    for (n, (h, e)) in held.enumerate() {
        let title = e.called();
        let text = clean(&format!(
            "{title} {}",
            state.config.labels.of(h.evidence_stance)
        ));
        let at = fields.len();
        fields.push(FormField::go("evidence", text, SAVES, move |s| {
            evidence::open_nth(&mut s.working()?, n, open_at(at))
        }));
    }
    fields.push(FormField::go("evidence", "+ hold an item", SAVES, |s| {
        Ok(pick::evidence::lay_list(&mut s.working()?, ""))
    }));
    let record = claim.and_then(|c| bench.session().claims.get(&c));
    let text = match record.and_then(|c| c.change.as_ref()) {
        Some(t) if t.replacement.is_empty() => "cut the words".to_string(),
        Some(t) => clean(&t.replacement),
        None => "+ propose one".into(),
    };
    let at = fields.len();
    fields.push(FormField::go("change", text, SAVES, move |s| {
        change::open_before(&mut s.working()?, open_at(at))
    }));
}

fn save(state: &mut Writing<'_>, record: &str, v: &Values) -> Result<Vec<Effect>, Problems> {
    let there = go_to_words(state.bench, record);
    let Some((before, words, _)) = current(state).filter(|_| there) else {
        return Err(vec![("wording", "The row is no longer there.".into())]);
    };
    let taken_up = state.bench.claim_at_cursor().is_some();
    let wording = v.option("wording").filter(|w| *w != words.trim());
    let notes = v.all.iter().find(|(n, _)| *n == "notes");
    let notes = notes.map_or("", |(_, t)| t.trim_end());
    let fields = [
        F::Wording(wording),
        F::CheckWorthiness(v.choice("check_worthiness")),
        F::ClaimType(v.choice("claim_type")),
        F::VerificationStatus(v.choice("verification_status")),
        F::Rating(v.rating("rating")),
        F::Justification(v.text("justification").into()),
        F::WorkflowState(v.choice("workflow_state")),
        F::Tags(tag_list(v.text("tags")).into()),
        F::Notes(notes.into()),
    ];
    // What was not changed stays what the reader proposed.
    let changed: Vec<F> = fields
        .into_iter()
        .filter(|f| v.changed(f.key().word()) && before.get(f.key()) != *f)
        .collect();
    let finding: VerificationStatus = v.choice("verification_status");
    let done = state.tag(move |tx, c| {
        for f in changed {
            tx.set_claim(&c, f);
        }
    });
    Ok(done.told(state, |state| {
        let finding = state.config.labels.of(finding).to_string();
        let what = match taken_up {
            true => format!("saved, {finding}"),
            false => format!("taken up, {finding}"),
        };
        tell(state, &what);
    }))
}
