//! What of a step is kept when it is brought in: who changed what last, and each thing that does not go together.

use super::*;

/// A step of `name` at `seconds` after all steps of [`work`].
fn later(desk: &mut Desk, name: &str, seconds: i64, act: impl FnOnce(&mut Tx<'_>)) -> Step {
    let checker = Checker {
        id: CheckerId::of(name),
        name: name.into(),
    };
    let mut n = (u128::from(name.as_bytes()[0]) << 8) + (u128::from(desk.history().seq()) << 20);
    let mut ids = || {
        n += 1;
        id(n | 1 << 61)
    };
    let mut who = Who {
        checker: &checker,
        at: Time::from_second(1_900_000_000 + seconds).unwrap(),
        ids: &mut ids,
    };
    let outcome = desk.step(&mut who, |tx, _, _| {
        act(tx);
        None
    });
    outcome.steps.last().cloned().unwrap()
}

fn say(tx: &mut Tx<'_>) {
    let mut voice = Attribution::on(id(39), claim(0), statement());
    voice.source = Some(source(1));
    tx.create_attribution(voice);
}

fn stamped(desk: &Desk) -> Vec<&Edit> {
    let edits = desk.history().steps().last().unwrap().edits.iter();
    edits
        .filter(|e| matches!(e, Edit::Claim(_, Change::Set(_, ClaimField::Updated(_)))))
        .collect()
}

#[test]
fn a_step_that_arrives_where_it_was_made_is_what_it_was() {
    for act in [
        |tx: &mut Tx<'_>| tag(tx, 0, "money"),
        |tx: &mut Tx<'_>| tx.set_attribution(&id(30), AttributionField::Claim(claim(1))),
        |tx: &mut Tx<'_>| tx.remove_attribution(&id(30)),
        |tx: &mut Tx<'_>| take_up(tx, None),
    ] {
        let (mut here, mut there) = (shared(), shared());
        let step = ben(&mut there, act);
        assert_eq!(here.receive(&step), vec![]);
        assert_eq!(state(&here), state(&there));
        assert_eq!(here.history().steps().last(), Some(&step));
    }
}

#[test]
fn who_changed_what_was_removed_here_changed_its_claim_last() {
    let mut desk = shared();
    ana(&mut desk, |tx| tx.remove_attribution(&id(30)));
    let stance = AttributionField::Stance(Stance::Denies);
    let theirs = ben(&mut shared(), |tx| tx.set_attribution(&id(30), stance));
    assert_eq!(desk.receive(&theirs).len(), 1);
    assert_sound(&desk);
    let now = &desk.check().session().claims[&claim(0)];
    assert_eq!(now.updated.by, CheckerId::of("Ben"));
}

#[test]
fn a_source_that_was_merged_here_and_then_exchanged_stays_exchanged() {
    let mut desk = shared();
    ana(&mut desk, say);
    ana(&mut desk, |tx| {
        merge_sources(tx, source(1), source(0), |_| Answer::Both, &DEFAULT).unwrap();
    });
    let other = AttributionField::Source(Some(source(2)));
    ana(&mut desk, |tx| tx.set_attribution(&id(39), other));
    assert_eq!(desk.receive(&ben(&mut shared(), say)), vec![]);
    assert_sound(&desk);
    let voice = &desk.check().session().attributions[&id(39)];
    assert_eq!(voice.source, Some(source(2)));
}

#[test]
fn who_changed_a_claim_last_that_both_made_is_told_once() {
    let mut desk = shared();
    ben(&mut desk, |tx| take_up(tx, None));
    let theirs = ana(&mut shared(), |tx| take_up(tx, None));
    assert_eq!(desk.receive(&theirs), vec![]);
    assert_sound(&desk);
    let now = &desk.check().session().claims[&claim(5)];
    let by = |stamp: &Stamp| stamp.by.clone();
    let both = (by(&now.created), by(&now.updated));
    assert_eq!(both, (CheckerId::of("Ana"), CheckerId::of("Ben")));
    assert_eq!(stamped(&desk).len(), 1, "what the making of theirs stamped");
}

#[test]
fn each_field_in_which_two_made_a_record_differently_is_noted() {
    let made = |wording: &str, finding: VerificationStatus| {
        let wording = wording.to_string();
        move |tx: &mut Tx<'_>| {
            let mut made = Claim::on(claim(5), place(1), tx.stamp.clone());
            made.wording = Some(wording);
            made.verification_status = finding;
            tx.create_claim(made);
        }
    };
    let [(a, x), (b, y)] = exchanged(
        made("It opens.", VerificationStatus::Accurate),
        made("It closes.", VerificationStatus::Inaccurate),
    );
    assert_eq!((x, y), (2, 2));
    for (s, wording) in [(a, "It closes."), (b, "It opens.")] {
        let theirs = s.conflicts.values().filter_map(|c| match &*c.theirs {
            Edit::Claim(_, Change::Set(_, ClaimField::Wording(w))) => w.clone(),
            _ => None,
        });
        assert_eq!(theirs.collect::<Vec<_>>(), [wording]);
    }
}

#[test]
fn what_a_step_noted_before_does_not_hide_what_does_not_go_together_now() {
    let mut desk = shared();
    let kept = desk.history().seq();
    let title = |t: &str| ArticleField::Title(t.into());
    // The first edit is done already where it is brought in, so the others move up by one.
    ana(&mut desk, |tx| {
        tag(tx, 0, "money");
        tx.set_article(title("Opens"));
        finding(tx, 1, VerificationStatus::Accurate);
    });
    let mut store = shared();
    let first = ben(&mut store, |tx| {
        tag(tx, 0, "money");
        tx.set_article(title("Opened"));
    });
    let noted = desk.arrive(std::slice::from_ref(&first), kept).conflicts;
    assert_eq!(noted.len(), 1);
    let second = ben(&mut store, |tx| {
        finding(tx, 1, VerificationStatus::Inaccurate)
    });
    let noted = desk.arrive(&[second], kept + 1).conflicts;
    assert_eq!(noted.len(), 2, "the title of before, and the finding");
    assert_sound(&desk);
    assert_eq!(desk.check().session().conflicts.len(), 2);
}

#[test]
fn a_removed_record_that_is_named_and_then_changed_comes_back_without_a_question() {
    let mut desk = shared();
    ana(&mut desk, |tx| {
        tx.set_attribution(&id(32), AttributionField::Source(None));
        tx.remove_source(&source(2));
    });
    let theirs = ben(&mut shared(), |tx| {
        tx.set_attribution(&id(30), AttributionField::Source(Some(source(2))));
        tx.set_source(&source(2), SourceField::Role("clerk".into()));
    });
    assert_eq!(desk.receive(&theirs), vec![]);
    assert_sound(&desk);
    let s = desk.check().session();
    assert_eq!(s.attributions[&id(30)].source, Some(source(2)));
    assert_eq!(s.sources[&source(2)].role, "clerk");
}

/// The clock of whoever made the step that is not kept yet is slow.
#[test]
fn whose_change_of_a_claim_is_the_last_is_known_after_steps_were_taken_back() {
    let moved = |tx: &mut Tx<'_>| {
        tx.set_attribution(&id(30), AttributionField::Claim(claim(1)));
        tag(tx, 2, "money");
    };
    let mut desk = shared();
    let [early, late] = [1, 9].map(|at| {
        later(&mut desk, "Ben", at, |tx| {
            tag(tx, 0, &format!("ferry {at}"));
            tag(tx, 2, &format!("ferry {at}"));
        })
    });
    let kept = desk.history().seq();
    assert_eq!((early.seq, late.seq), (kept - 1, kept));
    let mut there = desk.clone();
    later(&mut desk, "Ana", 5, moved);
    let theirs = later(&mut there, "Ben", 10, |tx| {
        tx.set_article(ArticleField::Byline("Ben".into()));
    });
    let arrival = desk.arrive(&[theirs], kept);
    assert_eq!((arrival.again.len(), arrival.conflicts), (1, vec![]));
    assert_sound(&desk);
    let claims = &desk.check().session().claims;
    for n in [0, 2] {
        assert_eq!(claims[&claim(n)].updated, late.stamp(), "claim {n}");
    }
}

#[test]
fn who_moved_a_voice_away_from_a_claim_has_changed_that_claim_too() {
    let mut desk = shared();
    let moved = later(&mut desk, "Ben", 9, |tx| {
        tx.set_attribution(&id(30), AttributionField::Claim(claim(1)));
    });
    let mut there = desk.clone();
    later(&mut desk, "Ana", 5, |tx| tag(tx, 0, "money"));
    let theirs = later(&mut there, "Ben", 10, |tx| {
        tx.set_article(ArticleField::Byline("Ben".into()));
    });
    let arrival = desk.arrive(&[theirs], moved.seq);
    assert_eq!(arrival.again.len(), 1);
    assert_sound(&desk);
    let now = &desk.check().session().claims[&claim(0)];
    assert_eq!(now.updated, moved.stamp());
}

#[test]
fn who_is_called_otherwise_in_a_step_that_is_not_kept_is_called_so_after_what_arrives() {
    let mut desk = shared();
    let kept = desk.history().seq();
    let ben_ali = Checker {
        id: CheckerId::of("Ben"),
        name: "Ben Ali".into(),
    };
    ana(&mut desk, |tx| tx.push(Edit::Checker(ben_ali.clone())));
    let theirs = ben(&mut shared(), |tx| tag(tx, 1, "ferry"));
    let arrival = desk.arrive(&[theirs], kept);
    assert_sound(&desk);
    assert!(desk.check().session().checkers.contains(&ben_ali));
    assert_eq!(arrival.again[0].edits, [Edit::Checker(ben_ali)]);
}
