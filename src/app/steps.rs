//! Making steps: every change of a session goes through here, is applied at once and asked to be written.

use super::bench::{Bench, Saved};
use super::msg::Effect;
use super::notices::Level;
use super::state::State;
use crate::core::check::Check;
use crate::core::edit::{Birth, Change, Edit};
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
    /// Where `work` changes nothing there is no step, and neither a new session nor a new checker.
    pub fn step(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>, &ArticleText, &Proposals) -> Option<RowKey>,
    ) -> Stepped {
        if let Some(why) = self.locked() {
            return Stepped::Refused(why);
        }
        let beginning = self.begin_session();
        let Some((bench, ids, stamp)) = self.for_step() else {
            return Stepped::Unchanged;
        };
        let (follow, edits) = bench.check.edit(stamp, ids, work);
        if edits.is_empty() {
            beginning.take_back(bench);
            return Stepped::Unchanged;
        }
        let mut effects = self.began(beginning);
        effects.extend(self.record(StepKind::Do, None, edits));
        self.settle(follow);
        Stepped::Changed(effects)
    }

    /// Makes a step on the claim under the cursor; a row that is not taken up yet is taken up first, in the same step.
    pub fn tag(&mut self, work: impl FnOnce(&mut Tx<'_>, ClaimId)) -> Stepped {
        let Some(bench) = &self.bench else {
            return Stepped::Unchanged;
        };
        let target = bench.cursor().clone();
        self.step(move |tx, text, proposals| {
            let claim = claim_of(tx, text, proposals, &target)?;
            work(tx, claim);
            Some(RowKey::Claim(claim))
        })
    }

    /// As [`State::tag`] on any row; the cursor stays on its own.
    pub(super) fn tag_row(
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

    /// Makes a step on the first attribution of the claim under the cursor, as [`State::tag`] does; one is made if there
    /// is none.
    pub fn tag_attribution(&mut self, work: impl FnOnce(&mut Tx<'_>, AttributionId)) -> Stepped {
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

    /// Brings a new session, or a checker who is new to it, into being in memory.
    ///
    /// Comes before the work of a step, whose edits follow it in the journal. [`State::began`] makes a step of it once the
    /// work has changed something; [`Beginning::take_back`] forgets it.
    fn begin_session(&mut self) -> Beginning {
        let (now, me) = (self.now, self.me.clone());
        let Some(bench) = &mut self.bench else {
            return Beginning::default();
        };
        let reader = bench.check.proposals.reader.clone();
        let new = bench.history.seq() == 0;
        let session = &mut bench.check.session;
        let before = Before {
            created_at: session.created_at,
            versions: session.article.versions.clone(),
            checkers: session.checkers.len(),
        };
        let mut edits = Vec::new();
        if new {
            // A session comes into being with its first step, whenever the article was opened.
            session.created_at = now;
            for v in &mut session.article.versions {
                v.added_at = now;
                if !reader.is_empty() {
                    v.reader.clone_from(&reader);
                }
            }
            edits.push(Edit::Session(Birth {
                id: session.id,
                name: session.name.clone(),
                created_at: session.created_at,
            }));
            edits.push(Edit::Checker(me.clone()));
            let empty = Article::default();
            for key in ArticleKey::ALL {
                let (from, to) = (empty.get(*key), session.article.get(*key));
                if from != to {
                    edits.push(Edit::Article(from, to));
                }
            }
            session.checkers.push(me);
        } else if session.checkers.iter().all(|c| c.id != me.id) {
            edits.push(Edit::Checker(me.clone()));
            session.checkers.push(me);
        }
        Beginning {
            edits,
            before: Some(before),
        }
    }

    /// Makes a session that is not on the disk yet, for what is to stand in its folder before it is changed.
    pub(super) fn make_session(&mut self) -> Vec<Effect> {
        match &self.bench {
            Some(b) if !b.on_disk => {
                let beginning = self.begin_session();
                self.began(beginning)
            }
            _ => Vec::new(),
        }
    }

    /// Makes a step of what [`State::begin_session`] did, if that was anything.
    fn began(&mut self, beginning: Beginning) -> Vec<Effect> {
        match beginning.edits.is_empty() {
            true => Vec::new(),
            false => self.record(StepKind::Do, None, beginning.edits),
        }
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
        let edits = if undo {
            bench.history.undo_edits()
        } else {
            bench.history.redo_edits()
        };
        let Some((of, edits)) = edits else {
            return Vec::new();
        };
        let beginning = self.begin_session();
        let mut effects = self.began(beginning);
        let Some(bench) = &mut self.bench else {
            return effects;
        };
        let stamp = Stamp {
            at: self.now,
            by: me,
        };
        let before = touched_row(&edits, &bench.check);
        bench.check.session.apply(&edits, &stamp);
        bench.check.refresh();
        let follow = restored_row(&edits, &bench.check).or(before);
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

/// What came of asking for a step.
#[must_use = "whoever asks for a step says what came of it"]
pub enum Stepped {
    /// The session changed; these effects keep the step.
    Changed(Vec<Effect>),
    /// There was nothing to change; the session is as it was.
    Unchanged,
    /// The session cannot be changed now; the sentence says why.
    Refused(String),
}

impl Stepped {
    /// Whether the session changed.
    pub fn is_changed(&self) -> bool {
        matches!(self, Self::Changed(_))
    }

    /// Says what came of it, with `done` after a change; returns what is to be done to keep the step.
    pub fn told(self, state: &mut State, done: impl FnOnce(&mut State)) -> Vec<Effect> {
        match self {
            Self::Changed(effects) => {
                done(state);
                effects
            }
            Self::Unchanged => {
                state.say(Level::Info, UNCHANGED);
                Vec::new()
            }
            Self::Refused(why) => {
                state.say(Level::Warning, why);
                Vec::new()
            }
        }
    }

    /// As [`Stepped::told`], where a change shows on the screen and needs no word.
    pub fn shown(self, state: &mut State) -> Vec<Effect> {
        self.told(state, |_| {})
    }
}

/// What is said where something was confirmed that changes nothing.
pub(super) const UNCHANGED: &str = "Nothing was changed.";

/// What begins with a step: the session where it is new, the checker where they are.
#[derive(Default)]
struct Beginning {
    edits: Vec<Edit>,
    before: Option<Before>,
}

/// The session's members that a beginning changes, as they were.
struct Before {
    created_at: Time,
    versions: Vec<ArticleVersion>,
    checkers: usize,
}

impl Beginning {
    /// Forgets it: the work of the step changed nothing.
    fn take_back(self, bench: &mut Bench) {
        if let Some(before) = self.before {
            let session = &mut bench.check.session;
            session.created_at = before.created_at;
            session.article.versions = before.versions;
            session.checkers.truncate(before.checkers);
        }
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

/// The row of the claim that edits brought back, if there is one.
fn restored_row(edits: &[Edit], check: &Check) -> Option<RowKey> {
    edits.iter().find_map(|e| match e {
        Edit::Claim(c, Change::Create(_)) if check.session.claims.contains_key(c) => {
            Some(RowKey::Claim(*c))
        }
        _ => None,
    })
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
