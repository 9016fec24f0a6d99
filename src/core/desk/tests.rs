//! What the maker of steps promises, on any history and on examples.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use uuid::Uuid;

use super::plan::{Overtaken, StepPlan};
use super::*;
use crate::core::edit::inverse;
use crate::core::handover::snapshot::Snapshot;
use crate::core::history::History;
use crate::core::testing::histories;

fn checker(name: &str) -> Checker {
    Checker {
        id: CheckerId::of(name),
        name: name.into(),
    }
}

fn now(n: i64) -> Time {
    Time::from_millisecond(1_800_000_000_000 + n).unwrap()
}

/// Runs `work` as `name`, at a later moment than all before.
fn by<R>(desk: &mut Desk, name: &str, work: impl FnOnce(&mut Desk, &mut Who<'_>) -> R) -> R {
    let checker = checker(name);
    let seq = desk.history().seq();
    let mut n = u128::from(seq) << 32;
    let mut ids = || {
        n += 1;
        Uuid::from_u128(0x9999_0000_0000_7000_8000_0000_0000_0000 + n)
    };
    let mut who = Who {
        checker: &checker,
        at: now(i64::try_from(seq).unwrap()),
        ids: &mut ids,
    };
    work(desk, &mut who)
}

fn title(desk: &mut Desk, name: &str, title: &str) -> Outcome {
    by(desk, name, |desk, who| {
        desk.step(who, |tx, _, _| {
            tx.set_article(ArticleField::Title(title.into()));
            None
        })
    })
}

fn undo(desk: &mut Desk, name: &str) -> Result<Outcome, Unfit> {
    by(desk, name, |desk, who| desk.undo(who))
}

fn fresh() -> Desk {
    let session = Session::new(Uuid::from_u128(7).into(), "kell", Time::UNIX_EPOCH);
    let text = ArticleText::new("Kell Bridge opens.\n".into());
    Desk::new(
        Check::new(session, text, Proposals::default()),
        History::default(),
    )
}

/// The session of a desk without what says who changed it last.
fn state(desk: &Desk) -> Session {
    let mut s = desk.check().session().clone();
    s.updated_at = s.created_at;
    for claim in s.claims.values_mut() {
        claim.updated = claim.created.clone();
    }
    s
}

#[test]
fn work_that_changes_nothing_makes_neither_a_step_nor_a_session_nor_a_checker() {
    let mut desk = fresh();
    let before = desk.check().session().clone();
    let outcome = title(&mut desk, "Ana", "");
    assert_eq!((outcome.changed(), desk.history().seq()), (false, 0));
    assert_eq!(*desk.check().session(), before);

    title(&mut desk, "Ana", "Opens");
    let before = desk.check().session().clone();
    assert!(!title(&mut desk, "Ben", "Opens").changed());
    assert_eq!(*desk.check().session(), before);
}

#[test]
fn a_session_is_born_with_its_first_step_and_a_checker_joins_with_theirs() {
    let mut desk = fresh();
    let steps = |o: Outcome| {
        o.steps
            .iter()
            .map(|s| (s.seq, s.edits.len()))
            .collect::<Vec<_>>()
    };
    assert_eq!(steps(title(&mut desk, "Ana", "Opens")), [(1, 2), (2, 1)]);
    assert_eq!(steps(title(&mut desk, "Ana", "Opens today")), [(3, 1)]);
    assert_eq!(steps(title(&mut desk, "Ben", "Opened")), [(4, 1), (5, 1)]);
    let names: Vec<_> = desk
        .check()
        .session()
        .checkers
        .iter()
        .map(|c| &*c.name)
        .collect();
    assert_eq!(names, ["Ana", "Ben"]);
}

#[test]
fn only_ones_own_new_step_clears_what_one_can_redo() {
    let mut desk = fresh();
    title(&mut desk, "Ana", "Opens");
    undo(&mut desk, "Ana").unwrap();
    by(&mut desk, "Ben", |desk, who| {
        desk.step(who, |tx, _, _| {
            tx.set_article(ArticleField::Byline("Ben".into()));
            None
        })
    });
    by(&mut desk, "Ana", |desk, who| desk.redo(who)).unwrap();
    assert_eq!(desk.check().session().article.title, "Opens");
    undo(&mut desk, "Ana").unwrap();
    by(&mut desk, "Ana", |desk, who| {
        desk.step(who, |tx, _, _| {
            tx.set_article(ArticleField::Language("en".into()));
            None
        })
    });
    let redone = by(&mut desk, "Ana", |desk, who| desk.redo(who));
    assert_eq!(redone, Err(Unfit::Nothing));
}

#[test]
fn a_value_that_another_has_changed_is_in_the_way_until_they_take_it_back() {
    let mut desk = fresh();
    title(&mut desk, "Ana", "Opens");
    title(&mut desk, "Ben", "Opened");
    let before = desk.check().session().clone();
    let blocked = Unfit::InTheWay {
        step: Some(4),
        by: Some(CheckerId::of("Ben")),
    };
    assert_eq!(undo(&mut desk, "Ana"), Err(blocked));
    assert_eq!(*desk.check().session(), before);
    undo(&mut desk, "Ben").unwrap();
    undo(&mut desk, "Ana").unwrap();
    assert_eq!(desk.check().session().article.title, "");
}

#[test]
fn a_record_that_another_points_to_is_not_undone() {
    let mut desk = fresh();
    let source = by(&mut desk, "Ana", |desk, who| {
        let mut made = None;
        desk.step(who, |tx, _, _| {
            let source = Source::unnamed(tx.id());
            made = Some(source.id);
            tx.create_source(source);
            None
        });
        made.unwrap()
    });
    by(&mut desk, "Ben", |desk, who| {
        desk.step(who, |tx, _, _| {
            let mut item = Evidence::empty(tx.id());
            item.source = Some(source);
            tx.create_evidence(item);
            None
        })
    });
    let before = desk.check().session().clone();
    let blocked = Unfit::InTheWay {
        step: Some(4),
        by: Some(CheckerId::of("Ben")),
    };
    assert_eq!(undo(&mut desk, "Ana"), Err(blocked));
    assert_eq!(*desk.check().session(), before);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn undo_gives_the_state_before_or_changes_nothing(played in histories(24)) {
        let text = ArticleText::new("x\n".into());
        let check = Check::new(played.session, text, Proposals::default());
        let mut desk = Desk::new(check, played.history);
        let (whole, before) = (desk.check().session().clone(), state(&desk));
        match undo(&mut desk, "Ana") {
            Err(Unfit::Nothing) => prop_assert_eq!(state(&desk), before),
            // Nothing, not even who changed what last.
            Err(Unfit::InTheWay { .. }) => prop_assert_eq!(desk.check().session(), &whole),
            Ok(outcome) => {
                prop_assert_eq!(outcome.steps.len(), 1);
                by(&mut desk, "Ana", |desk, who| desk.redo(who)).unwrap();
                prop_assert_eq!(state(&desk), before);
            }
        }
    }
}

fn planned(desk: &Desk, title: &str) -> StepPlan {
    let check = desk.check();
    let on = Snapshot::new(
        check.session().clone(),
        check.text().clone(),
        check.proposals().clone(),
        desk.history(),
    );
    let stamp = Stamp {
        at: now(0),
        by: CheckerId::of("Ana"),
    };
    let ((), session, plan) = StepPlan::work_out(&on, &stamp, &mut Uuid::nil, |tx, _, _| {
        tx.set_article(ArticleField::Title(title.into()));
    });
    assert_eq!(session.article.title, title);
    plan
}

#[test]
fn a_planned_step_is_made_as_one_that_is_worked_out_at_the_desk() {
    let mut desk = fresh();
    title(&mut desk, "Ana", "Opens");
    let mut other = desk.clone();
    let plan = planned(&desk, "Opens at last");
    assert_eq!(plan.changes(), 1);
    let made = by(&mut desk, "Ana", |desk, who| desk.make(who, plan)).unwrap();
    assert_eq!(made, title(&mut other, "Ana", "Opens at last"));
    assert_eq!(desk.check().session(), other.check().session());
    undo(&mut desk, "Ana").unwrap();
    assert_eq!(desk.check().session().article.title, "Opens");
}

#[test]
fn a_planned_step_is_not_made_once_the_session_has_gone_on() {
    let mut desk = fresh();
    title(&mut desk, "Ana", "Opens");
    let plan = planned(&desk, "Opens at last");
    title(&mut desk, "Ben", "Opens soon");
    let before = desk.check().session().clone();
    let made = by(&mut desk, "Ana", |desk, who| desk.make(who, plan));
    assert_eq!(made, Err(Overtaken));
    assert_eq!(*desk.check().session(), before);
}

#[test]
fn a_plan_that_changes_nothing_brings_neither_a_step_nor_a_checker() {
    let mut desk = fresh();
    title(&mut desk, "Ana", "Opens");
    let plan = planned(&desk, "Opens");
    let made = by(&mut desk, "Ben", |desk, who| desk.make(who, plan)).unwrap();
    assert_eq!((made.changed(), desk.history().seq()), (false, 2));
    assert_eq!(desk.check().session().checkers.len(), 1);
}

#[test]
fn a_beginning_alone_leaves_the_session_as_its_step_tells() {
    let mut desk = fresh();
    let made = by(&mut desk, "Ana", |desk, who| desk.begin(who));
    let told = |steps: &[Step]| {
        let mut session = Session::new(Uuid::nil().into(), "", Time::UNIX_EPOCH);
        for step in steps {
            assert_eq!(session.apply(&step.edits, &step.stamp()), vec![]);
        }
        session
    };
    assert_eq!(*desk.check().session(), told(&made.steps));
    // So does a checker who joins and then changes nothing: there is no step, and nothing has changed.
    let before = desk.check().session().clone();
    assert!(!title(&mut desk, "Ben", "").changed());
    assert_eq!(*desk.check().session(), before);
}

/// A session that was opened some time before its first step, by the reader `builtin-1`.
fn opened() -> Desk {
    let mut session = Session::new(Uuid::from_u128(7).into(), "kell", Time::UNIX_EPOCH);
    let version = Version {
        id: VersionId::of_text("Kell Bridge opens.\n"),
        original_sha256: String::new(),
        origin: "-".into(),
        left_out: String::new(),
        added_at: Time::UNIX_EPOCH,
        reader: String::new(),
    };
    session.begin_with(Article::default(), version);
    let text = ArticleText::new("Kell Bridge opens.\n".into());
    let proposals = Proposals {
        reader: "builtin-1".into(),
        ..Proposals::default()
    };
    Desk::new(Check::new(session, text, proposals), History::default())
}

#[test]
fn a_session_begins_when_its_first_step_is_made_and_names_the_reader_of_then() {
    let mut desk = opened();
    let before = desk.check().session().clone();
    assert!(!title(&mut desk, "Ana", "").changed());
    assert_eq!(
        *desk.check().session(),
        before,
        "nothing of a beginning stays"
    );
    title(&mut desk, "Ana", "Opens");
    let session = desk.check().session();
    let version = session.versions.values().next().unwrap();
    assert_eq!((session.created_at, version.added_at), (now(0), now(0)));
    assert_eq!(version.reader, "builtin-1");
    let told = desk.history().steps().iter().find_map(|s| {
        s.edits.iter().find_map(|e| match e {
            Edit::Version(_, c) => c.created().cloned(),
            _ => None,
        })
    });
    assert_eq!(told.as_ref(), Some(version));
}

#[test]
fn earlier_steps_are_put_before_those_that_are_known() {
    let mut desk = fresh();
    title(&mut desk, "Ana", "Opens");
    title(&mut desk, "Ana", "Opened");
    let all = desk.history().steps().to_vec();
    let mut late = History::behind(2);
    late.push(all[2].clone());
    let mut late = Desk::new(desk.check().clone(), late);
    late.prepend(History::fold(all[..2].iter().cloned()));
    assert_eq!(late.history().steps(), all);
    undo(&mut late, "Ana").unwrap();
    assert_eq!(late.check().session().article.title, "Opens");
}

#[test]
fn who_repairs_joins_and_the_step_is_no_older_than_the_best_state() {
    let mut desk = fresh();
    title(&mut desk, "Ana", "Opens");
    let best = desk.check().session().clone();
    let mut past = Session::new(best.id, "kell", best.created_at);
    let ben = checker("Ben");
    let mut who = Who {
        checker: &ben,
        at: Time::UNIX_EPOCH,
        ids: &mut Uuid::nil,
    };
    let step = mended(&mut past, best.clone(), 4, &mut who);
    assert_eq!(
        (step.seq, step.at, step.kind),
        (5, best.updated_at, StepKind::Repair)
    );
    let names: Vec<&str> = past.checkers.iter().map(|c| &*c.name).collect();
    assert_eq!(names, ["Ana", "Ben"]);
    assert_eq!(
        (past.article, past.updated_at),
        (best.article, best.updated_at)
    );
}

#[test]
fn only_a_later_step_about_the_same_is_in_the_way() {
    let mut desk = fresh();
    let byline = |desk: &mut Desk, name: &str, to: &str| {
        by(desk, name, |desk, who| {
            desk.step(who, |tx, _, _| {
                tx.set_article(ArticleField::Byline(to.into()));
                None
            })
        });
    };
    title(&mut desk, "Ben", "Soon");
    title(&mut desk, "Ana", "Opens");
    title(&mut desk, "Cleo", "Opened");
    // Neither the byline, nor what came before, nor what is not there any more.
    byline(&mut desk, "Dov", "D.");
    let refused = undo(&mut desk, "Ana").unwrap_err();
    let by = Some(CheckerId::of("Cleo"));
    assert!(
        matches!(&refused, Unfit::InTheWay { by: found, .. } if *found == by),
        "{refused:?}"
    );
}

/// The session that `steps` tell, from its birth on.
fn told<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Session {
    let mut told = Session::new(Uuid::nil().into(), "", Time::UNIX_EPOCH);
    for step in steps {
        assert_eq!(told.apply(&step.edits, &step.stamp()), vec![]);
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Inverted, it gives all but who is here: steps keep naming them, so nobody is taken away or called otherwise by an
    /// edit. Steps that are taken off the end, as if they had never been, take that back too.
    #[test]
    fn any_step_inverted_or_taken_off_gives_the_state_before(played in histories(24)) {
        let mut desk = fresh();
        desk.check = Check::new(played.session, ArticleText::new("x\n".into()), Proposals::default());
        desk.history = played.history;
        while let [_, .., last] = desk.history().steps() {
            let last = last.clone();
            let steps = desk.history().steps();
            let before = told(&steps[..steps.len() - 1]);
            let mut inverted = desk.check().session().clone();
            let checkers = inverted.checkers.clone();
            prop_assert_eq!(inverted.apply(&inverse(&last.edits), &last.stamp()), vec![]);
            let unstamped = |s: &Session| {
                let mut s = s.clone();
                s.updated_at = s.created_at;
                s.claims.values_mut().for_each(|c| c.updated = c.created.clone());
                s
            };
            let but_for_them = Session { checkers, ..before.clone() };
            prop_assert_eq!(unstamped(&inverted), unstamped(&but_for_them));
            prop_assert_eq!(desk.lift(last.seq), vec![last]);
            let updated_at = desk.check().session().updated_at;
            prop_assert_eq!(desk.check().session(), &Session { updated_at, ..before });
        }
    }
}

fn claim(n: u128) -> ClaimId {
    Uuid::from_u128(n).into()
}

fn make(tx: &mut Tx<'_>, n: u128) {
    let at = tx.session.statements.keys().next().unwrap().clone();
    tx.create_claim(Claim::on(claim(n), at, tx.stamp.clone()));
}

fn note(tx: &mut Tx<'_>, n: u128, note: &str) {
    tx.set_claim(&claim(n), ClaimField::Notes(note.into()));
}

fn ana(desk: &mut Desk, work: impl FnOnce(&mut Tx<'_>)) -> Outcome {
    by(desk, "Ana", |desk, who| {
        desk.step(who, |tx, _, _| {
            work(tx);
            None
        })
    })
}

#[test]
fn the_cursor_follows_the_claim_that_comes_back_else_the_one_that_was_changed() {
    let mut desk = fresh();
    ana(&mut desk, |tx| {
        let version = tx.session.version();
        let id = StatementId::of(version, &[]);
        tx.create_statement(Statement {
            anchor: Anchor {
                version,
                statement_id: Some(id.clone()),
                ..Anchor::default()
            },
            id,
            block: Default::default(),
            decision: Default::default(),
            reason: String::new(),
            origin: Default::default(),
            why: String::new(),
        });
        make(tx, 1);
        make(tx, 2);
    });
    let follow = |outcome: Outcome| outcome.follow;
    let row = |n| Some(RowKey::Claim(claim(n)));
    ana(&mut desk, |tx| {
        tx.remove_claim(&claim(2));
        note(tx, 1, "a");
    });
    let undone = undo(&mut desk, "Ana").unwrap();
    assert_eq!(follow(undone), row(2), "it comes back");
    ana(&mut desk, |tx| {
        note(tx, 1, "b");
        make(tx, 4);
        tx.remove_claim(&claim(4));
    });
    let undone = undo(&mut desk, "Ana").unwrap();
    assert_eq!(follow(undone), row(1), "the other one was never there");
    ana(&mut desk, |tx| make(tx, 3));
    let undone = undo(&mut desk, "Ana").unwrap();
    assert_eq!(follow(undone), row(3), "where it was");
    let redone = by(&mut desk, "Ana", |desk, who| desk.redo(who)).unwrap();
    assert_eq!(follow(redone), row(3));
}

#[test]
fn a_step_that_led_to_what_is_undone_is_not_in_the_way() {
    let mut desk = fresh();
    title(&mut desk, "Ana", "Opens");
    title(&mut desk, "Ana", "Opened");
    undo(&mut desk, "Ana").unwrap();
    by(&mut desk, "Ana", |desk, who| desk.redo(who)).unwrap();
    // A value that no step here tells of.
    desk.check.session_mut().article.title = "Closed".into();
    let unknown = Unfit::InTheWay {
        step: None,
        by: None,
    };
    assert_eq!(undo(&mut desk, "Ana"), Err(unknown));
}
