//! Any keys at all: the session stays sound, and undo takes every step back.

use proptest::prelude::*;

use super::Script;
use crate::app::input::action::{ACTIONS, Action, ActionGroup, ActionInfo};
use crate::app::input::key::{Code, Key};
use crate::app::msg::{Effect, Msg};
use crate::core::edit::{Change, Edit};
use crate::core::history::Step;
use crate::core::model::{ClaimField, Session};
use crate::core::vocabulary::Decision;

/// Keys that the workbench, its lists, its forms and its marks know; those that do something come often.
fn key() -> impl Strategy<Value = Key> {
    let plain = |codes: &[Code]| {
        let keys: Vec<Key> = codes.iter().map(|c| Key::plain(*c)).collect();
        proptest::sample::select(keys)
    };
    let known: Vec<Key> = ACTIONS
        .iter()
        .filter(|i| !matches!(i.action, Action::Quit))
        .flat_map(|i| i.keys.iter().flatten().copied())
        .filter(|k| *k != Key::ctrl('c'))
        .collect();
    let inside = "dxtgn".chars().map(Key::ctrl).collect::<Vec<_>>();
    prop_oneof![
        4 => proptest::sample::select(known),
        2 => plain(&[Code::Enter, Code::Tab, Code::Down, Code::Up, Code::Esc]),
        2 => proptest::sample::select("jkmswabDdXepu;".chars().map(Key::char).collect::<Vec<_>>()),
        1 => proptest::sample::select(inside),
    ]
}

/// Keys that walk, search, filter and change how it all looks, and those that leave or confirm what they have opened.
fn looking() -> impl Strategy<Value = Key> {
    // These two offer every action there is.
    let offers = |i: &ActionInfo| matches!(i.action, Action::Palette | Action::Help);
    let ends = |i: &ActionInfo| matches!(i.action, Action::Suspend | Action::Cancel);
    let known: Vec<Key> = ACTIONS
        .iter()
        .filter(|i| {
            matches!(
                i.group,
                ActionGroup::Move | ActionGroup::Find | ActionGroup::Screen
            )
        })
        .filter(|i| !offers(i) && !ends(i))
        .flat_map(|i| i.keys.iter().flatten().copied())
        .collect();
    // The list of evidence makes what is typed in it and holds it here.
    let lists = "LM!".chars().map(Key::char).collect::<Vec<_>>();
    let leave = vec![Key::plain(Code::Esc), Key::plain(Code::Esc), Key::ctrl('d')];
    prop_oneof![
        5 => proptest::sample::select(known),
        1 => proptest::sample::select(lists),
        3 => proptest::sample::select(leave),
    ]
}

/// What must hold of every session, whatever was done to it.
fn assert_sound(s: &Script, pressed: &str) {
    let bench = s.state.bench.as_ref().unwrap();
    let session = bench.session();
    let known = |id: &_| session.sources.contains_key(id);
    for c in session.claims.values() {
        assert!(c.is_at_home(), "a claim without a statement: {pressed}");
        for at in &c.statements {
            let statement = &session.statements[at];
            assert_eq!(statement.decision, Decision::TakenUp, "{at}: {pressed}");
        }
        let voices: Vec<_> = session.attributions_of(c.id).collect();
        assert!(!voices.is_empty(), "a claim without a voice: {pressed}");
        for a in voices {
            assert!(
                c.statements.contains(&a.statement),
                "a voice stands elsewhere: {pressed}"
            );
            assert!(a.source.iter().chain(&a.via).chain(&a.about).all(known));
        }
    }
    for st in session.statements.values() {
        let claimed = session
            .claims
            .values()
            .any(|c| c.statements.contains(&st.id));
        assert_eq!(
            claimed,
            st.decision == Decision::TakenUp,
            "{}: {pressed}",
            st.id
        );
        assert_eq!(
            bench.check().text().exact(&st.anchor.spans),
            st.anchor.exact
        );
    }
    for a in session.attributions.values() {
        assert!(session.claims.contains_key(&a.claim));
    }
    for h in session.held.values() {
        assert!(
            session.claims.contains_key(&h.claim) && session.evidence.contains_key(&h.evidence)
        );
    }
    assert!(
        session
            .evidence
            .values()
            .all(|e| e.source.iter().all(known))
    );
    // The cursor is on a row that is there.
    assert!(bench.row_count() == 0 || bench.row_at(bench.cursor_index()).is_some());
}

/// Whether a step brings the session or a checker into being.
fn is_beginning(step: &Step) -> bool {
    step.edits
        .iter()
        .any(|e| matches!(e, Edit::Session(_) | Edit::Checker(_)))
}

/// Whether a step holds an edit of the person's own: more than bringing a session or a checker into being, and more than
/// who changed a claim last.
fn is_own(step: &Step) -> bool {
    step.edits.iter().any(|e| {
        let follows = matches!(e, Edit::Session(_) | Edit::Checker(_))
            || matches!(e, Edit::Claim(_, Change::Set(ClaimField::Updated(_), _)));
        !follows
    })
}

/// Whether two states differ in more than who changed what last, and when.
fn differ(a: &Session, b: &Session) -> bool {
    let plain = |s: &Session| {
        let mut s = s.clone();
        s.updated_at = s.created_at;
        s.claims
            .values_mut()
            .for_each(|c| c.updated = c.created.clone());
        s
    };
    plain(a) != plain(b)
}

/// Leaves every layer and takes every step back: each checker their own, the last to come first.
fn undo_everything(s: &mut Script) {
    for _ in 0..12 {
        s.keys("Esc");
    }
    let checkers = s.state.bench.as_ref().unwrap().session().checkers.clone();
    for checker in checkers.into_iter().rev() {
        s.state.me = checker;
        let mut before = usize::MAX;
        while s.steps() != before {
            before = s.steps();
            s.keys("u");
        }
        assert_eq!(s.said(), "There is nothing to undo.");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whoever_only_looks_makes_nothing(keys in prop::collection::vec(looking(), 1..90)) {
        let mut s = Script::new();
        let fresh = s.state.bench.as_ref().unwrap().session().clone();
        let pressed = crate::app::input::key::spelled(&keys);
        for key in keys {
            s.msg(Msg::Key(key));
        }
        prop_assert_eq!(s.steps(), 0, "{}", pressed);
        prop_assert_eq!(s.state.bench.as_ref().unwrap().session(), &fresh);
        let writes = |e: &Effect| matches!(e, Effect::Create { .. } | Effect::Append(_) | Effect::AppendInstead(_));
        prop_assert!(!s.asked.iter().any(writes), "{pressed}");
    }

    #[test]
    fn the_session_stays_sound_and_every_step_is_undone(keys in prop::collection::vec(key(), 1..90)) {
        let mut s = Script::new();
        let fresh = s.state.bench.as_ref().unwrap().session().clone();
        let pressed = crate::app::input::key::spelled(&keys);
        let half = keys.len() / 2;
        for (n, key) in keys.into_iter().enumerate() {
            if n == half {
                s.works("Ben");
            }
            s.msg(Msg::Key(key));
            assert_sound(&s, &pressed);
        }
        let history = s.state.bench.as_ref().unwrap().history().steps().to_vec();
        // Replaying the steps on the fresh session leads to the same one.
        let mut replayed = Session::new(fresh.id, fresh.name.clone(), fresh.created_at);
        for (n, step) in history.iter().enumerate() {
            let stamp = step.stamp();
            let before = replayed.clone();
            prop_assert_eq!(replayed.apply(&step.edits, &stamp), vec![]);
            if is_beginning(step) {
                // Nothing but what somebody does brings a session or a checker into being.
                prop_assert!(history.get(n + 1).is_some_and(|next| next.by == step.by && !is_beginning(next)), "{pressed}");
            } else {
                prop_assert!(is_own(step), "step {n} holds nothing of anybody's own: {pressed}");
                prop_assert!(differ(&before, &replayed), "step {n} changes nothing: {pressed}");
            }
        }
        let session = s.state.bench.as_ref().unwrap().session();
        prop_assert_eq!(&replayed.claims, &session.claims);
        prop_assert_eq!(&replayed.attributions, &session.attributions);
        prop_assert_eq!(&replayed.statements, &session.statements);
        undo_everything(&mut s);
        let session = s.state.bench.as_ref().unwrap().session();
        prop_assert_eq!(&session.claims, &fresh.claims);
        prop_assert_eq!(&session.statements, &fresh.statements);
        prop_assert_eq!(&session.attributions, &fresh.attributions);
        prop_assert_eq!(&session.sources, &fresh.sources);
        prop_assert_eq!(&session.evidence, &fresh.evidence);
        prop_assert_eq!(&session.held, &fresh.held);
    }
}
