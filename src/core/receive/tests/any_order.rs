//! Whatever several people do, and in whatever order it arrives.

use proptest::prelude::*;

use super::*;
use crate::core::edit::inverse;

/// Something that a checker may do, as the dice say.
fn anything(dice: &mut Dice, tx: &mut Tx<'_>) {
    let n = dice.roll(3) as u128;
    let texts = ["a", "b", "c"];
    match dice.roll(16) {
        0 => finding(tx, n, dice.value()),
        1 => tag(tx, n, texts[dice.roll(3)]),
        2 => {
            let tags = ClaimField::Tags(Default::default());
            tx.set_claim(&claim(n), tags);
        }
        3 => tx.set_claim(&claim(n), ClaimField::Notes(texts[dice.roll(3)].into())),
        4 => tx.set_source(&source(n), SourceField::Role(texts[dice.roll(3)].into())),
        5 => {
            let about = [source(n), source(dice.roll(3) as u128)];
            let there = about.iter().filter(|s| tx.session.sources.contains_key(s));
            let about = AttributionField::About(there.copied().collect());
            tx.set_attribution(&id(30), about);
        }
        6 => {
            let by = Some(source(n)).filter(|s| tx.session.sources.contains_key(s));
            tx.set_attribution(&id(30 + dice.roll(3) as u128), AttributionField::Source(by));
        }
        7 => {
            merge_sources(
                tx,
                source(n),
                source((n + 1) % 3),
                |_| Answer::Both,
                &DEFAULT,
            );
        }
        8 => {
            merge_claims(tx, claim(n), claim((n + 1) % 3), |_| Answer::Both, &DEFAULT);
        }
        9 => {
            if tx.session.claims.contains_key(&claim(n)) {
                let mut voice = Attribution::on(tx.id(), claim(n), statement());
                voice.source = tx.session.sources.keys().nth(dice.roll(3)).copied();
                tx.create_attribution(voice);
            }
        }
        10 => {
            let gone: Vec<_> = tx.session.attributions_of(claim(n)).map(|a| a.id).collect();
            gone.iter().for_each(|a| tx.remove_attribution(a));
            let held: Vec<_> = tx.session.held_against(claim(n)).map(|h| h.id).collect();
            held.iter().for_each(|h| tx.remove_held(h));
            tx.remove_claim(&claim(n));
        }
        11 => also_at(tx, n, dice.roll(3)),
        12 => leave(tx, n, dice.roll(3)),
        13 => move_home(tx, n, dice.roll(3)),
        14 => {
            if !tx.session.holds(RecordId::Claim(claim(5))) {
                take_up(tx, [None, Some("a"), Some("b")][dice.roll(3)]);
            }
        }
        _ => tx.set_article(ArticleField::Title(texts[dice.roll(3)].into())),
    }
}

/// Whether an edit of somebody else is seen in `s`: done, said already, brought together, or noted.
fn is_heard(edit: &Edit, step: StepId, s: &Session) -> bool {
    let noted = || s.conflicts.values().any(|c| c.step == step);
    match edit {
        Edit::Claim(id, Change::Set(_, ClaimField::Updated(_))) => {
            s.claims.contains_key(id) || noted()
        }
        Edit::Claim(id, Change::Set(_, to)) => match s.forwarded(RecordId::Claim(*id)) {
            RecordId::Claim(id) => s.claims.get(&id).is_some_and(|c| {
                let now = c.get(to.key());
                let text = |f: &ClaimField| match f {
                    ClaimField::Notes(t) | ClaimField::Justification(t) => Some(t.clone()),
                    _ => None,
                };
                let within = text(&now)
                    .zip(text(to))
                    .is_some_and(|(a, b)| a.contains(&b));
                now == *to || within || noted()
            }),
            _ => false,
        },
        Edit::Claim(id, Change::Add(members)) => match s.forwarded(RecordId::Claim(*id)) {
            RecordId::Claim(id) => s.claims.get(&id).is_some_and(|c| {
                let now = c.get(members.field().key());
                now.without(members.field()).as_ref() != Some(&now) || noted()
            }),
            _ => false,
        },
        Edit::Claim(id, Change::Create(made)) => s
            .claims
            .get(id)
            .is_some_and(|c| c.wording == made.wording || made.wording.is_none() || noted()),
        Edit::Source(id, Change::Set(_, to)) => match s.forwarded(RecordId::Source(*id)) {
            RecordId::Source(id) => s
                .sources
                .get(&id)
                .is_some_and(|x| x.get(to.key()) == *to || noted() || to.key() == SourceKey::Note),
            _ => false,
        },
        Edit::Attribution(id, Change::Create(_)) => s.attributions.contains_key(id),
        Edit::Article(_, to) => s.article.get(to.key()) == *to || noted(),
        _ => true,
    }
}

/// Whether `later`, of the same step, says something else of what `edit` is about.
fn overrides(later: &Edit, edit: &Edit) -> bool {
    match (later, edit) {
        (Edit::Claim(a, x), Edit::Claim(b, y)) => a == b && x.meets(y),
        (Edit::Source(a, x), Edit::Source(b, y)) => a == b && x.meets(y),
        (Edit::Attribution(a, x), Edit::Attribution(b, y)) => a == b && x.meets(y),
        (Edit::Article(_, x), Edit::Article(_, y)) => x.key() == y.key(),
        _ => false,
    }
}

/// The records of a session without who changed its claims last, which is no edit's work.
fn unstamped(mut session: Session) -> Session {
    session.updated_at = Time::UNIX_EPOCH;
    session.checkers.clear();
    for c in session.claims.values_mut() {
        c.updated = c.created.clone();
    }
    session
}

type Act = Box<dyn Fn(&mut Tx<'_>)>;

/// What any four people may do at once and nobody is asked about: each is about another field or another member of a set,
/// or it is what somebody else does too.
fn commuting(status: VerificationStatus) -> Vec<Act> {
    let version = |minutes| -> Act {
        Box::new(move |tx| {
            add_version(tx, "of both", minutes);
        })
    };
    let taken = |tag: &'static str| -> Act {
        Box::new(move |tx| {
            take_up(tx, None);
            self::tag(tx, 5, tag);
        })
    };
    vec![
        Box::new(move |tx| finding(tx, 0, status)),
        Box::new(|tx| tag(tx, 0, "a")),
        Box::new(|tx| tag(tx, 0, "b")),
        Box::new(|tx| tx.set_source(&source(0), SourceField::Role("clerk".into()))),
        Box::new(|tx| also_at(tx, 0, 1)),
        Box::new(|tx| also_at(tx, 0, 2)),
        Box::new(|tx| move_home(tx, 2, 1)),
        Box::new(|tx| tx.set_claim(&claim(1), ClaimField::Notes("ask".into()))),
        Box::new(|tx| {
            let mut voice = Attribution::on(tx.id(), claim(1), statement());
            voice.about.insert(source(2));
            tx.create_attribution(voice);
        }),
        Box::new(|tx| tx.set_article(ArticleField::Title("Opens".into()))),
        Box::new(|tx| {
            tx.remove_held(&id(50));
            tx.remove_evidence(&id(40));
        }),
        Box::new(|tx| {
            merge_sources(tx, source(2), source(1), |_| Answer::Both, &DEFAULT);
        }),
        version(1),
        version(2),
        version(3),
        taken("council"),
        taken("money"),
        taken("ferry"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_not_kept_yet_comes_after_what_arrives(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let (mut first, mut second, mut third) = (shared(), shared(), shared());
        let kept = first.history().seq();
        let mut of_ana = Vec::new();
        let mut of_ben = Vec::new();
        for _ in 0..=dice.roll(4) {
            of_ana.extend(work(&mut first, "Ana", 1, |tx| anything(&mut dice, tx)));
            of_ben.extend(work(&mut second, "Ben", 2, |tx| anything(&mut dice, tx)));
        }
        let arrival = first.arrive(&of_ben, kept);
        assert_sound(&first);
        prop_assert!(!arrival.gap);
        prop_assert_eq!(&arrival.theirs, &of_ben, "they stay as the store has kept them");
        let ids = |steps: &[Step]| steps.iter().map(|s| s.id).collect::<Vec<_>>();
        if !of_ben.is_empty() {
            prop_assert_eq!(ids(&arrival.again), ids(&of_ana));
            let last = kept + of_ben.len() as u64;
            prop_assert_eq!(third.arrive(&of_ben, kept).again, vec![]);
            third.arrive(&arrival.again, last);
            second.arrive(&arrival.again, last);
            let everybody = first.check().session();
            prop_assert_eq!(everybody, third.check().session());
            prop_assert_eq!(everybody, second.check().session());
            prop_assert_eq!(first.history().steps(), second.history().steps());
        }
        let before = first.check().session().clone();
        let again = first.arrive(&of_ben, kept);
        prop_assert!(again.theirs.is_empty() && again.again.is_empty());
        prop_assert_eq!(&before, first.check().session());
    }

    #[test]
    fn whatever_two_people_do_nothing_of_either_is_lost(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let (mut first, mut second) = (shared(), shared());
        let mut of_ana = Vec::new();
        let mut of_ben = Vec::new();
        for _ in 0..=dice.roll(4) {
            of_ana.extend(work(&mut first, "Ana", 1, |tx| anything(&mut dice, tx)));
            of_ben.extend(work(&mut second, "Ben", 2, |tx| anything(&mut dice, tx)));
        }
        for (desk, theirs) in [(&mut first, &of_ben), (&mut second, &of_ana)] {
            for step in theirs {
                let before = desk.check().session().clone();
                desk.receive(step);
                assert_sound(desk);
                let after = desk.check().session();
                for (n, edit) in step.edits.iter().enumerate() {
                    let later = step.edits.iter().skip(n + 1);
                    let heard = later.clone().any(|l| overrides(l, edit)) || is_heard(edit, step.id, after);
                    prop_assert!(heard, "{edit:?} of {:?}", step.edits);
                }
                // As it was taken in, it leads back to the state before.
                let taken_in = desk.history().steps().last().unwrap();
                let mut back = after.clone();
                prop_assert_eq!(back.apply(&inverse(&taken_in.edits), &taken_in.stamp()), vec![]);
                prop_assert_eq!(unstamped(back), unstamped(before));
            }
        }
        let before = first.check().session().clone();
        of_ben.iter().for_each(|s| { first.receive(s); });
        prop_assert_eq!(&before, first.check().session());
    }

    /// What a version's number is to one of them says nothing to the other.
    #[test]
    fn a_statement_taken_up_under_another_number_is_the_same_one(
        start in 0u32..12, length in 1u32..6, before in any::<bool>(),
    ) {
        let spans = [Span::new(start, start + length)];
        let proposed = ProposedStatement {
            spans: spans[0].into(),
            block: 0,
            check_worthiness: CheckWorthiness::High,
            claim_type: ClaimType::Other,
            why: "".into(),
        };
        let proposals = Proposals {
            statements: vec![proposed].into(),
            ..Proposals::default()
        };
        let text = ArticleText::new("Kell Bridge opens.\n".into());
        let both = |desk: &mut Desk| {
            work(desk, "Ana", 0, |tx| { add_version(tx, text.as_str(), 10); });
        };
        let (mut first, mut second) = (shared(), shared());
        both(&mut first);
        both(&mut second);
        let current = first.check().session().version();
        // To Ben the text is the second version, or the first of two.
        let other = ben(&mut second, |tx| {
            add_version(tx, "another", if before { 5 } else { 15 });
            tx.set_article(ArticleField::Current(Some(current)));
        });
        prop_assert_eq!(second.check().session().number(), if before { 2 } else { 1 });
        let take = |tx: &mut Tx<'_>| drop(ops::take_up(tx, &text, &proposals, 0));
        let (of_ana, of_ben) = (ana(&mut first, take), ben(&mut second, take));
        for step in [&other, &of_ben] {
            prop_assert_eq!(first.receive(step), vec![]);
            assert_sound(&first);
        }
        prop_assert_eq!(second.receive(&of_ana), vec![]);
        assert_sound(&second);
        let (a, b) = (first.check().session(), second.check().session());
        prop_assert_eq!(&a.statements, &b.statements);
        prop_assert!(a.statements.contains_key(&StatementId::of(current, &spans)));
        prop_assert!(a.claims.keys().eq(b.claims.keys()));
        prop_assert_eq!(a.claims.len(), shared().check().session().claims.len() + 1);
        prop_assert!(a.attributions.keys().eq(b.attributions.keys()));
    }

    #[test]
    fn steps_that_commute_come_to_one_state_in_any_order(
        seed in any::<u64>(), order in Just([0usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let mut dice = Dice(seed);
        let mut acts = commuting(VerificationStatus::ALL[1 + dice.roll(4)]);
        let names = ["Ana", "Ben", "Cleo", "Dov"];
        // Each by somebody else, on the state that all had.
        let steps: Vec<Vec<Step>> = names.iter().enumerate().map(|(n, name)| {
            let act = acts.swap_remove(dice.roll(acts.len()));
            let mut desk = shared();
            let known = desk.history().seq();
            work(&mut desk, name, n as u128 + 3, |tx| act(tx)).unwrap();
            desk.history().steps().iter().filter(|s| s.seq > known).cloned().collect()
        }).collect();
        let received = |order: &[usize]| {
            let mut desk = shared();
            for step in order.iter().flat_map(|n| &steps[*n]) {
                assert_eq!(desk.receive(step), vec![]);
            }
            assert_sound(&desk);
            state(&desk)
        };
        prop_assert_eq!(received(&[0, 1, 2, 3]), received(&order));
    }
}
