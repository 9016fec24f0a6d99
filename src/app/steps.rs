//! Making steps: every change of a session goes through here, is applied at once and asked to be written.

use super::bench::Saved;
use super::msg::Effect;
use super::notices::Level;
use super::state::State;
use crate::core::check::Check;
use crate::core::edit::{Birth, Edit};
use crate::core::history::{Step, StepKind};
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::ops;
use crate::core::proposal::Proposals;
use crate::core::rows::RowKey;
use crate::core::text::ArticleText;
use crate::core::tx::Tx;

impl State {
    /// Why the session cannot be changed now, one sentence; none where it can.
    pub fn locked(&self) -> Option<String> {
        let Some(bench) = &self.bench else {
            return Some("No session is open.".into());
        };
        if let Some(why) = &bench.read_only {
            return Some(format!("This session is read-only: {why}"));
        }
        (!bench.identified)
            .then(|| "The article is still being read; try again in a moment.".into())
    }

    /// Makes a step of what `work` does; `work` may name the row that the cursor is to be on afterwards.
    ///
    /// Nothing happens where the session cannot be changed, or where `work` changes nothing.
    pub fn step(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>, &ArticleText, &Proposals) -> Option<RowKey>,
    ) -> Vec<Effect> {
        if let Some(why) = self.locked() {
            self.say(Level::Warning, why);
            return Vec::new();
        }
        let mut effects = self.begin_session();
        let Some((bench, ids, stamp)) = self.for_step() else {
            return effects;
        };
        let (follow, edits) = bench.check.edit(stamp, ids, work);
        if !edits.is_empty() {
            effects.extend(self.record(StepKind::Do, None, edits));
            self.settle(follow);
        }
        effects
    }

    /// Makes a step on the claim under the cursor; a row that is not taken up yet is taken up first, in the same step.
    pub fn tag(&mut self, work: impl FnOnce(&mut Tx<'_>, ClaimId)) -> Vec<Effect> {
        let Some(bench) = &self.bench else {
            return Vec::new();
        };
        let target = bench.cursor().clone();
        self.step(move |tx, text, proposals| {
            let claim = claim_of(tx, text, proposals, &target)?;
            work(tx, claim);
            Some(RowKey::Claim(claim))
        })
    }

    /// Makes a step on the first attribution of the claim under the cursor, as [`State::tag`] does; one is made if there
    /// is none.
    pub fn tag_attribution(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>, AttributionId),
    ) -> Vec<Effect> {
        self.tag(|tx, claim| {
            let first = tx.session.attributions_of(claim).next().map(|a| a.id);
            let id = match first {
                Some(id) => id,
                None => {
                    let Some(statement) = tx
                        .session
                        .claims
                        .get(&claim)
                        .and_then(|c| c.statements.first())
                        .cloned()
                    else {
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

    /// The step that brings a new session into being, where it is not on the disk yet.
    pub(super) fn begin_session(&mut self) -> Vec<Effect> {
        let me = self.me.clone();
        let Some(bench) = &self.bench else {
            return Vec::new();
        };
        let mut edits = Vec::new();
        if bench.history.seq() == 0 {
            // A session comes into being with its first step, whenever the article was opened.
            let (now, reader) = (self.now, bench.check.proposals.reader.clone());
            let Some(bench) = &mut self.bench else {
                return Vec::new();
            };
            bench.check.session.created_at = now;
            for v in &mut bench.check.session.article.versions {
                v.added_at = now;
                if !reader.is_empty() {
                    v.reader.clone_from(&reader);
                }
            }
            let s = bench.session();
            edits.push(Edit::Session(Birth {
                id: s.id,
                name: s.name.clone(),
                created_at: s.created_at,
            }));
            edits.push(Edit::Checker(me.clone()));
            let empty = Article::default();
            for key in ArticleKey::ALL {
                let (from, to) = (empty.get(*key), s.article.get(*key));
                if from != to {
                    edits.push(Edit::Article(from, to));
                }
            }
        } else if !bench.session().checkers.iter().any(|c| c.id == me.id) {
            edits.push(Edit::Checker(me));
        }
        if edits.is_empty() {
            return Vec::new();
        }
        if let Some(bench) = &mut self.bench
            && let Some(Edit::Checker(c)) = edits
                .iter()
                .find(|e| matches!(e, Edit::Checker(_)))
                .cloned()
        {
            bench.check.session.checkers.push(c);
        }
        self.record(StepKind::Do, None, edits)
    }

    /// Keeps a step that is applied already, and asks for it to be written.
    fn record(&mut self, kind: StepKind, of: Option<StepId>, edits: Vec<Edit>) -> Vec<Effect> {
        let id = StepId(self.new_id());
        let (at, by) = (self.now, self.me.id.clone());
        let Some(bench) = &mut self.bench else {
            return Vec::new();
        };
        let step = Step {
            seq: bench.history.seq() + 1,
            id,
            at,
            by,
            kind,
            of,
            edits,
        };
        bench.history.push(step.clone());
        bench.saved = Saved {
            checkpointed: false,
            ..bench.saved.clone()
        };
        if bench.on_disk {
            return vec![Effect::Append(step)];
        }
        bench.on_disk = true;
        let mut effects = vec![Effect::Create {
            session: Box::new(bench.check.session.clone()),
            step,
            text: bench.check.text.clone(),
            proposals: bench.check.proposals.clone(),
        }];
        if bench.proposing == super::bench::Proposing::Whole {
            effects.push(Effect::KeepProposals(bench.check.proposals.clone()));
        }
        effects
    }

    /// After a step: rows anew, and the cursor where the step belongs.
    pub(super) fn settle(&mut self, follow: Option<RowKey>) {
        let Some(bench) = &mut self.bench else { return };
        bench.follow_reader();
        let at = bench.cursor_start();
        let statement = bench.statement_at_cursor();
        let keep = follow.clone().unwrap_or_else(|| bench.cursor().clone());
        bench.rows_changed(Some(&keep));
        let there = follow.is_some_and(|f| bench.go_to(f)) || bench.go_to(keep);
        if !there {
            match statement.and_then(|s| bench.row_of_statement(&s)) {
                Some(row) => {
                    bench.rows_changed(Some(&row));
                    bench.go_to(row);
                }
                None => bench.go_near(at),
            }
        }
    }

    /// Takes the last step back, or makes the last undone one again; asks first where it was another checker's.
    pub(super) fn undo_redo(&mut self, undo: bool, asked: bool) -> Vec<Effect> {
        if let Some(why) = self.locked() {
            self.say(Level::Warning, why);
            return Vec::new();
        }
        let me = self.me.id.clone();
        let Some(bench) = &self.bench else {
            return Vec::new();
        };
        let step = if undo {
            bench.history.next_undo()
        } else {
            bench.history.next_redo()
        };
        let Some(step) = step else {
            self.say(
                Level::Info,
                if undo {
                    "There is nothing to undo."
                } else {
                    "There is nothing to redo."
                },
            );
            return Vec::new();
        };
        let name = crate::core::describe::step_name(&step.edits, bench.session());
        if step.by != me && !asked {
            let who = bench.session().checker_name(&step.by).to_string();
            let verb = if undo { "Undo" } else { "Redo" };
            let question = format!("The step “{name}” was made by {who}. {verb} it?");
            let then = Box::new(move |s: &mut Self| s.undo_redo(undo, true));
            return self.open(super::overlay::Overlay::Confirm(
                super::confirm::Confirm::new(question, 'n', "no, leave it")
                    .answer('y', "yes", then),
            ));
        }
        let mut effects = self.begin_session();
        let Some(bench) = &mut self.bench else {
            return effects;
        };
        let edits = if undo {
            bench.history.undo_edits()
        } else {
            bench.history.redo_edits()
        };
        let Some((of, edits)) = edits else {
            return effects;
        };
        let stamp = Stamp {
            at: self.now,
            by: me,
        };
        let follow = touched_row(&edits, &bench.check);
        bench.check.session.apply(&edits, &stamp);
        bench.check.refresh();
        effects.extend(self.record(
            if undo { StepKind::Undo } else { StepKind::Redo },
            Some(of),
            edits,
        ));
        let follow = follow.or_else(|| {
            self.bench
                .as_ref()
                .and_then(|b| touched_row(&b.history.steps().last()?.edits, &b.check))
        });
        self.settle(follow);
        self.say(
            Level::Info,
            format!("{}: {name}", if undo { "Undone" } else { "Made again" }),
        );
        effects
    }
}

/// The claim that a row stands for, taken up now if it was not.
pub(super) fn claim_of(
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

/// The row of the claim or statement that edits are about, if it is there now.
fn touched_row(edits: &[Edit], check: &Check) -> Option<RowKey> {
    let claims = &check.session.claims;
    edits.iter().find_map(|e| match e {
        Edit::Claim(c, _) => claims.contains_key(c).then_some(RowKey::Claim(*c)),
        Edit::Attribution(a, _) => check
            .session
            .attributions
            .get(a)
            .map(|a| RowKey::Claim(a.claim)),
        Edit::Held(h, _) => check.session.held.get(h).map(|h| RowKey::Claim(h.claim)),
        _ => None,
    })
}
