//! What was made, changed and merged meanwhile by somebody else, example by example.

use super::*;
use crate::core::ops::merge_evidence;

/// A step of Ben's with these edits, on the state that both have.
fn of_ben(edits: Vec<Edit>) -> Step {
    let mut step = ben(&mut shared(), |tx| tag(tx, 0, "x"));
    step.edits = edits;
    step
}

#[test]
fn what_both_made_alike_stays_as_it_was_changed_here() {
    let mut desk = shared();
    ana(&mut desk, |tx| take_up(tx, Some("It opens.")));
    ana(&mut desk, |tx| {
        let made = Claim::on(claim(6), place(2), tx.stamp.clone());
        tx.create_claim(made);
    });
    let wording = |w: &str| ClaimField::Wording(Some(w.into()));
    ana(&mut desk, |tx| {
        tx.set_claim(&claim(5), wording("It opens on Monday."))
    });
    let theirs = ben(&mut shared(), |tx| take_up(tx, Some("It opens.")));
    assert_eq!(desk.receive(&theirs), vec![]);
    assert_sound(&desk);
    let now = &desk.check().session().claims[&claim(5)];
    assert_eq!(now.wording.as_deref(), Some("It opens on Monday."));
}

#[test]
fn what_both_made_names_the_source_that_stays() {
    let say = |tx: &mut Tx<'_>| {
        let mut voice = Attribution::on(id(39), claim(0), statement());
        voice.source = Some(source(1));
        tx.create_attribution(voice);
    };
    let mut desk = shared();
    ana(&mut desk, say);
    ana(&mut desk, |tx| {
        merge_sources(tx, source(1), source(0), |_| Answer::Both, &DEFAULT).unwrap();
    });
    assert_eq!(desk.receive(&ben(&mut shared(), say)), vec![]);
    assert_sound(&desk);
    let voice = &desk.check().session().attributions[&id(39)];
    assert_eq!(voice.source, Some(source(0)));
}

#[test]
fn of_two_that_are_gone_the_one_that_is_changed_comes_back() {
    let mut desk = shared();
    ana(&mut desk, |tx| {
        for n in [1, 2] {
            tx.remove_attribution(&id(30 + n));
            tx.remove_claim(&claim(n));
        }
    });
    let theirs = ben(&mut shared(), |tx| {
        tx.set_claim(&claim(1), ClaimField::Notes("ask".into()));
    });
    assert_eq!(desk.receive(&theirs).len(), 1);
    assert_sound(&desk);
    let claims = &desk.check().session().claims;
    assert_eq!(
        (claims[&claim(1)].id, &*claims[&claim(1)].notes),
        (claim(1), "ask")
    );
    assert!(!claims.contains_key(&claim(2)));
}

#[test]
fn a_set_that_was_changed_as_a_whole_is_brought_together_by_its_members() {
    let tags = |all: &[&str]| ClaimField::Tags(all.iter().map(|t| t.to_string()).collect());
    let mut desk = shared();
    ana(&mut desk, |tx| tx.set_claim(&claim(0), tags(&["a", "c"])));
    let whole = Edit::Claim(claim(0), Change::Set(tags(&["a"]), tags(&["b"])));
    assert_eq!(desk.receive(&of_ben(vec![whole])), vec![]);
    assert_sound(&desk);
    assert_eq!(desk.check().session().claims[&claim(0)].tags, ["b", "c"]);
}

#[test]
fn what_changes_nothing_and_who_changed_a_claim_are_no_edits_of_their_own() {
    let mut desk = shared();
    let title = ArticleField::Title("Kell".into());
    let updated = |n| {
        ClaimField::Updated(Stamp {
            at: Time::from_second(n).unwrap(),
            by: CheckerId::of("Cleo"),
        })
    };
    let step = of_ben(vec![
        Edit::Article(title.clone(), title),
        Edit::Claim(claim(0), Change::Set(updated(1), updated(2))),
    ]);
    assert_eq!(desk.receive(&step), vec![]);
    assert_sound(&desk);
    let taken_in = desk.history().steps().last().unwrap();
    let others = taken_in
        .edits
        .iter()
        .filter(|e| !matches!(e, Edit::Claim(_, Change::Set(_, ClaimField::Updated(_)))));
    assert_eq!(others.count(), 0, "{:?}", taken_in.edits);
}

#[test]
fn who_changed_a_merged_claim_last_changed_the_one_that_stays() {
    let merge = |tx: &mut Tx<'_>| {
        merge_claims(tx, claim(1), claim(0), |_| Answer::Both, &DEFAULT).unwrap();
    };
    let [(a, noted), _] = exchanged(merge, |tx| tag(tx, 1, "ferry"));
    assert_eq!(noted, 0);
    let now = &a.claims[&claim(0)];
    assert_eq!(
        (&now.tags[..], &now.updated.by),
        (&["ferry".to_string()][..], &CheckerId::of("Ben"))
    );
}

#[test]
fn what_hangs_on_a_record_that_they_merged_hangs_on_the_one_that_stays() {
    let say = |tx: &mut Tx<'_>| {
        tx.create_attribution(Attribution::on(id(39), claim(1), statement()));
    };
    let merge = |tx: &mut Tx<'_>| {
        merge_claims(tx, claim(1), claim(0), |_| Answer::Both, &DEFAULT).unwrap();
    };
    for (s, noted) in exchanged(say, merge) {
        assert_eq!((noted, s.attributions[&id(39)].claim), (0, claim(0)));
    }
    // The same of an item that both have.
    let item: EvidenceId = id(41);
    let mut first = shared();
    ana(&mut first, |tx| tx.create_evidence(Evidence::empty(item)));
    let mut second = first.clone();
    let hold = ana(&mut first, |tx| {
        tx.create_held(Held::against(id(51), claim(1), item))
    });
    let merge = ben(&mut second, |tx| {
        merge_evidence(tx, item, id(40), |_| Answer::Both, &DEFAULT).unwrap();
    });
    for (desk, step) in [(&mut first, &merge), (&mut second, &hold)] {
        assert_eq!(desk.receive(step), vec![]);
        assert_sound(desk);
        assert_eq!(desk.check().session().held[&id(51)].evidence, id(40));
    }
    // Who makes it again means it from then on.
    ana(&mut first, |tx| tx.create_evidence(Evidence::empty(item)));
    assert_sound(&first);
    assert_eq!(first.check().session().meant(item), item);
    assert!(first.check().session().forwards.is_empty());
}

#[test]
fn where_a_merged_record_stays_nothing_is_forwarded() {
    let change = |tx: &mut Tx<'_>| tx.set_source(&source(1), SourceField::Role("clerk".into()));
    let merge = |tx: &mut Tx<'_>| {
        merge_sources(tx, source(1), source(0), |_| Answer::Both, &DEFAULT).unwrap();
    };
    let [(a, noted), _] = exchanged(change, merge);
    assert_eq!((noted, a.sources.contains_key(&source(1))), (1, true));
    assert!(a.forwards.is_empty());
    let change = |tx: &mut Tx<'_>| tx.set_evidence(&id(40), EvidenceField::Note("p. 4".into()));
    let merge = |tx: &mut Tx<'_>| {
        tx.create_evidence(Evidence::empty(id(41)));
        merge_evidence(tx, id(40), id(41), |_| Answer::Both, &DEFAULT).unwrap();
    };
    let [(a, noted), _] = exchanged(change, merge);
    assert_eq!((noted, a.evidence.contains_key(&id(40))), (1, true));
    assert!(a.forwards.is_empty());
}

/// Of a value that nobody is asked about each of them has one, in whatever order the three arrive.
#[test]
fn a_version_that_three_add_came_when_the_first_of_them_added_it() {
    let steps: Vec<Vec<Step>> = [("Cleo", 3i64), ("Ana", 1), ("Ben", 2)]
        .into_iter()
        .map(|(name, minutes)| {
            let mut desk = shared();
            let known = desk.history().seq();
            work(
                &mut desk,
                name,
                u128::from(minutes.unsigned_abs()) + 4,
                |tx| {
                    add_version(tx, "of all", minutes);
                },
            )
            .unwrap();
            let steps = desk.history().steps().iter();
            steps.filter(|s| s.seq > known).cloned().collect()
        })
        .collect();
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let mut desk = shared();
        for step in order.iter().flat_map(|n: &usize| &steps[*n]) {
            assert_eq!(desk.receive(step), vec![]);
        }
        assert_sound(&desk);
        let versions = &desk.check().session().versions;
        let came: Vec<Time> = versions.values().map(|v| v.added_at).collect();
        assert_eq!(
            came,
            [Time::from_second(60).unwrap()],
            "{order:?}: Ana is the first"
        );
    }
}

#[test]
fn what_arrives_and_does_not_fit_is_brought_in_and_rows_follow() {
    let mut desk = shared();
    let kept = desk.history().seq();
    let title = |t: &str| ArticleField::Title(t.into());
    let mut step = of_ben(vec![Edit::Article(title("Another"), title("Opens"))]);
    step.seq = kept + 1;
    let arrival = desk.arrive(std::slice::from_ref(&step), kept);
    assert_eq!(arrival.conflicts.len(), 1);
    assert_eq!(desk.history().steps().last().map(|s| s.id), Some(step.id));
    assert_sound(&desk);
    // What was noted is settled: that is no conflict.
    let noted = arrival.conflicts[0];
    let record = Box::new(desk.check().session().conflicts[&noted].clone());
    let mut settled = ana(&mut shared(), |tx| tag(tx, 0, "x"));
    settled.edits = vec![Edit::Conflict(noted, Change::Remove(record))];
    assert_eq!(desk.receive(&settled), vec![]);
    assert!(desk.check().session().conflicts.is_empty());
    // A claim of theirs has its row at once.
    let rows = |desk: &Desk| desk.check().rows().recorded.len();
    for arrives in [true, false] {
        let (mut desk, mut theirs) = (shared(), shared());
        let (kept, before) = (desk.history().seq(), rows(&desk));
        let step = ben(&mut theirs, |tx| take_up(tx, None));
        match arrives {
            true => drop(desk.arrive(&[step], kept)),
            false => drop(desk.receive(&step)),
        }
        assert_eq!(rows(&desk), before + 1);
    }
}

#[test]
fn who_joined_in_a_step_that_is_not_kept_joins_after_what_arrives() {
    let mut desk = shared();
    let kept = desk.history().seq();
    work(&mut desk, "Cleo", 3, |tx| tag(tx, 0, "money")).unwrap();
    let theirs = ben(&mut shared(), |tx| tag(tx, 1, "ferry"));
    let arrival = desk.arrive(&[theirs], kept);
    assert_sound(&desk);
    let joins = |s: &Step| s.edits.iter().any(|e| matches!(e, Edit::Checker(_)));
    assert_eq!(
        arrival.again.iter().map(joins).collect::<Vec<_>>(),
        [true, false]
    );
}

/// Moves the borders of the first statement, at which all claims are at home.
fn move_borders(tx: &mut Tx<'_>, start: u32, end: u32) {
    let text = ArticleText::new("Kell Bridge opens.\n".into());
    let spans = [Span::new(start, end)];
    ops::move_borders(tx, &text, &Proposals::default(), &statement(), &spans).unwrap();
}

#[test]
fn what_somebody_did_to_a_mark_whose_borders_were_moved_meanwhile_is_there() {
    let voice = |tx: &mut Tx<'_>| {
        finding(tx, 0, VerificationStatus::Accurate);
        let mut voice = Attribution::on(id(60), claim(1), statement());
        voice.source = Some(source(0));
        tx.create_attribution(voice);
    };
    let [(a, _), (b, _)] = exchanged(|tx| move_borders(tx, 0, 11), voice);
    for s in [&a, &b] {
        assert_eq!(
            s.claims[&claim(0)].verification_status,
            VerificationStatus::Accurate
        );
        assert!(s.attributions.contains_key(&id(60)));
        for n in 0..3 {
            let home = &s.claims[&claim(n)].home;
            assert_eq!(s.statements[home].anchor.exact, "Kell Bridge");
        }
    }
    assert_eq!(a.claims, b.claims);
}

#[test]
fn borders_that_both_moved_are_asked_about() {
    let [(a, x), (b, y)] = exchanged(|tx| move_borders(tx, 0, 11), |tx| move_borders(tx, 5, 17));
    assert!(x > 0 && y > 0, "{x} {y}");
    let words = |s: &Session| s.statements[&s.claims[&claim(0)].home].anchor.exact.clone();
    assert_eq!(
        (words(&a), words(&b)),
        ("Kell Bridge".into(), "Bridge opens".into())
    );
}
