//! Making steps: every change of a session goes through here, is applied at once and asked to be written.

use super::Program;
use super::bench::Bench;
use super::working::{Working, Writing};
use crate::app::msg::Effect;
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::core::describe::step_name;
use crate::core::desk::plan::{Overtaken, StepPlan};
use crate::core::desk::{Again, Outcome, Unfit};
use crate::core::history::Step;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::ops;
use crate::core::proposal::Proposals;
use crate::core::rows::RowKey;
use crate::core::text::ArticleText;
use crate::core::tx::Tx;

impl Writing<'_> {
    /// Makes a step of what `work` does; `work` may name the row that the cursor is to be on afterwards.
    ///
    /// Where `work` changes nothing there is no step, and neither a new session nor a new checker.
    pub fn step(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>, &ArticleText, &Proposals) -> Option<RowKey>,
    ) -> Stepped {
        let Working { bench, program } = &mut **self;
        let outcome = bench.desk.step(&mut program.who(), work);
        self.stepped(outcome)
    }

    /// Makes a step that was worked out on another thread.
    ///
    /// # Errors
    /// [`Overtaken`] where the session has gone on since; nothing is made then.
    pub(in crate::app) fn make(&mut self, plan: StepPlan) -> Result<Stepped, Overtaken> {
        let Working { bench, program } = &mut **self;
        let outcome = bench.desk.make(&mut program.who(), plan)?;
        Ok(self.stepped(outcome))
    }

    /// Asks for what came of a step to be written, and shows it.
    fn stepped(&mut self, outcome: Outcome) -> Stepped {
        if !outcome.changed() {
            return Stepped::Unchanged;
        }
        self.notices.step_made();
        let effects = self.kept(outcome.steps);
        self.settle(outcome.follow);
        Stepped::Changed(effects)
    }

    /// Makes a step on the claim under the cursor; a row that is not taken up yet is taken up first, in the same step.
    pub fn tag(&mut self, work: impl FnOnce(&mut Tx<'_>, ClaimId)) -> Stepped {
        let target = self.bench.cursor().clone();
        self.step(move |tx, text, proposals| {
            let claim = claim_of(tx, text, proposals, &target)?;
            work(tx, claim);
            Some(RowKey::Claim(claim))
        })
    }

    /// As [`Writing::tag`] on any row; the cursor stays on its own.
    pub(in crate::app) fn tag_row(
        &mut self,
        target: &RowKey,
        work: impl FnOnce(&mut Tx<'_>, ClaimId),
    ) -> Stepped {
        self.step(|tx, text, proposals| {
            let claim = claim_of(tx, text, proposals, target)?;
            work(tx, claim);
            None
        })
    }

    /// Makes a step on the chosen attribution of the claim under the cursor, as [`Writing::tag`] does; one is made if there
    /// is none.
    pub fn tag_attribution(&mut self, work: impl FnOnce(&mut Tx<'_>, AttributionId)) -> Stepped {
        let chosen = self.bench.chosen_voice();
        self.tag(|tx, claim| {
            let chosen = tx.session.attributions_of(claim).nth(chosen);
            let id = match chosen.map(|a| a.id) {
                Some(id) => id,
                None => {
                    let home = tx.session.claims.get(&claim).map(|c| c.home.clone());
                    let Some(statement) = home else {
                        return;
                    };
                    let a = Attribution::on(tx.id(), claim, statement);
                    let id = a.id;
                    tx.create_attribution(a);
                    id
                }
            };
            work(tx, id);
        })
    }

    /// Makes a session that is not on the disk yet, for what is to stand in its folder before it is changed.
    pub(in crate::app) fn make_session(&mut self) -> Vec<Effect> {
        let Working { bench, program } = &mut **self;
        if bench.on_disk {
            return Vec::new();
        }
        let steps = bench.desk.begin(&mut program.who()).steps;
        self.kept(steps)
    }

    /// Asks for steps to be written.
    fn kept(&mut self, steps: Vec<Step>) -> Vec<Effect> {
        let bench = &mut *self.bench;
        bench.saved.checkpointed &= steps.is_empty();
        let mut effects = Vec::new();
        for step in steps {
            if bench.on_disk {
                effects.push(Effect::Append(step));
                continue;
            }
            bench.on_disk = true;
            let check = bench.desk.check();
            effects.push(Effect::Create {
                name: check.session().name.clone(),
                step,
                text: check.text().clone(),
                proposals: check.proposals().clone(),
            });
            if bench.proposing == super::bench::Proposing::Whole {
                effects.push(Effect::KeepProposals(check.proposals().clone()));
            }
        }
        effects
    }

    /// After a step: rows anew, and the cursor where the step belongs.
    fn settle(&mut self, follow: Option<RowKey>) {
        let bench = &mut *self.bench;
        bench.follow_reader();
        let at = bench.cursor_start();
        let statement = bench.statement_at_cursor();
        let (row, voice) = (bench.cursor().clone(), bench.voice);
        let whole = row_of_whole_block(bench);
        let keep = follow.clone().or(whole).unwrap_or_else(|| row.clone());
        bench.rows_changed(Some(&keep));
        let there = follow.is_some_and(|f| bench.go_to(f)) || bench.go_to(keep);
        if !there {
            match statement.clone().and_then(|s| bench.row_of_statement(&s)) {
                Some(row) => {
                    bench.rows_changed(Some(&row));
                    bench.go_to(row);
                }
                None => bench.go_near(at),
            }
        }
        let taken_up = || {
            let was_claim = matches!(row, RowKey::Claim(_));
            !was_claim && bench.statement_at_cursor() == statement
        };
        if *bench.cursor() == row || taken_up() {
            bench.voice = voice;
        }
    }

    /// Takes one's own last step back, or makes the last one again that was taken back.
    pub(in crate::app) fn undo_redo(&mut self, again: Again) -> Done {
        let Working { bench, program } = &mut **self;
        let name = bench.desk.next(again, &program.me.id);
        let name = name.map_or_else(String::new, |s| {
            step_name(&s.edits, bench.session(), &program.config.labels)
        });
        let made = match again {
            Again::Undo => bench.desk.undo(&mut program.who()),
            Again::Redo => bench.desk.redo(&mut program.who()),
        };
        let refused = match made {
            Ok(outcome) => {
                self.notices.step_made();
                // What was finished last may be what was taken back.
                self.bench.last_finished = None;
                self.bench.marked_rows.clear();
                let effects = self.kept(outcome.steps);
                self.settle(outcome.follow);
                let done = match again {
                    Again::Undo => "Undone",
                    Again::Redo => "Made again",
                };
                self.say(Level::Info, format!("{done}: {name}"));
                return Ok(effects);
            }
            Err(refused) => refused,
        };
        let (step, by) = match refused {
            Unfit::Nothing => return Err(Refusal::mild(nothing_to(again))),
            Unfit::InTheWay { step, by } => (step, by),
        };
        let who = by.map_or("a step".into(), |by| {
            let name = self.bench.session().checker_name(&by);
            format!("step {} of {name}", step.unwrap_or(0))
        });
        let verb = match again {
            Again::Undo => "undone",
            Again::Redo => "made again",
        };
        Err(Refusal::new(format!(
            "Not {verb}: {who} is in the way of “{name}”."
        )))
    }
}

/// Why nothing can be taken back or made again, one sentence; none where something can.
pub(in crate::app) fn not_again(bench: &Bench, program: &Program, again: Again) -> Option<String> {
    if !bench.history().is_whole() {
        return Some("The earlier steps are still being read; try again in a moment.".into());
    }
    let next = bench.desk.next(again, &program.me.id);
    next.is_none().then(|| nothing_to(again).into())
}

/// What is said where there is no step of one's own to take back or to make again.
fn nothing_to(again: Again) -> &'static str {
    match again {
        Again::Undo => "There is nothing to undo.",
        Again::Redo => "There is nothing to redo.",
    }
}

/// What came of asking for a step.
#[must_use = "whoever asks for a step says what came of it"]
pub enum Stepped {
    /// The session changed; these effects keep the step.
    Changed(Vec<Effect>),
    /// There was nothing to change; the session is as it was.
    Unchanged,
}

impl Stepped {
    /// Whether the session changed.
    pub fn is_changed(&self) -> bool {
        matches!(self, Self::Changed(_))
    }

    /// Says what came of it, with `done` after a change; returns what is to be done to keep the step.
    pub fn told(self, state: &mut Working<'_>, done: impl FnOnce(&mut Working<'_>)) -> Vec<Effect> {
        match self {
            Self::Changed(effects) => {
                done(state);
                effects
            }
            Self::Unchanged => {
                state.say(Level::Info, UNCHANGED);
                Vec::new()
            }
        }
    }

    /// As [`Stepped::told`], where a change shows on the screen and needs no word.
    pub fn shown(self, state: &mut Working<'_>) -> Vec<Effect> {
        self.told(state, |_| {})
    }
}

/// After steps of others: rows as they are now, with the cursor and the view where they were, as far as that row is there.
pub(in crate::app) fn settle_in_place(bench: &mut Bench) {
    bench.follow_reader();
    let at = bench.cursor_start();
    let statement = bench.statement_at_cursor();
    let keep = bench.cursor().clone();
    bench.rows_changed(Some(&keep));
    if bench.has(&keep) {
        return;
    }
    // What was proposed was taken up, or what was taken up is a proposal again.
    match statement.and_then(|s| bench.row_of_statement(&s)) {
        Some(row) => {
            bench.rows_changed(Some(&row));
            bench.go_to(row);
        }
        None => bench.go_near(at),
    }
}

/// The row of the block under the cursor, where the whole of it has become a statement: what is done next is done to that.
fn row_of_whole_block(bench: &Bench) -> Option<RowKey> {
    let RowKey::Block(n) = bench.cursor() else {
        return None;
    };
    let span = bench.check().proposals().blocks.get(*n as usize)?.span;
    let statement = bench.session().statement_at(&[span])?;
    bench.row_of_statement(&statement.id)
}

/// What is said where something was confirmed that changes nothing.
pub(in crate::app) const UNCHANGED: &str = "Nothing was changed.";

/// The claim that a row stands for, taken up now if it was not.
pub(in crate::app) fn claim_of(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    proposals: &Proposals,
    row: &RowKey,
) -> Option<ClaimId> {
    match row {
        RowKey::Claim(c) => Some(*c),
        RowKey::Proposal(n) => ops::take_up(tx, text, proposals, *n).map(|t| t.claim),
        RowKey::Statement(id) => {
            let spans = tx.session.statements.get(id)?.anchor.spans.clone();
            ops::mark(tx, text, proposals, &spans).map(|t| t.claim)
        }
        RowKey::Block(n) => {
            let span = proposals.blocks.get(*n as usize)?.span;
            ops::mark(tx, text, proposals, &[span]).map(|t| t.claim)
        }
    }
}
