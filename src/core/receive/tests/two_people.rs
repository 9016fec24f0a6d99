//! Two people at one record, example by example.

use super::*;

#[test]
fn tags_of_both_stay() {
    let [(a, x), (b, y)] = exchanged(|tx| tag(tx, 0, "money"), |tx| tag(tx, 0, "ferry"));
    assert_eq!((x, y), (0, 0));
    assert_eq!(a, b);
    assert_eq!(a.claims[&claim(0)].tags, ["ferry", "money"]);
    // Both at one moment: the name says whose change is the last one, wherever it arrived last.
    assert_eq!(a.claims[&claim(0)].updated.by, CheckerId::of("Ben"));
    let [(a, _), (b, _)] = exchanged(|tx| tag(tx, 0, "money"), |tx| tag(tx, 0, "money"));
    assert_eq!(a, b);
}

#[test]
fn places_of_both_stay_and_the_home_is_the_one_that_it_was_moved_to() {
    let [(a, x), (b, y)] = exchanged(
        |tx| {
            also_at(tx, 0, 1);
            move_home(tx, 0, 1);
        },
        |tx| also_at(tx, 0, 2),
    );
    assert_eq!((x, y), (0, 0));
    assert_eq!(a.claims, b.claims);
    let now = &a.claims[&claim(0)];
    assert_eq!(now.statements, [place(0), place(1), place(2)]);
    assert_eq!(now.home, place(1));
}

#[test]
fn a_home_that_both_moved_is_asked_about() {
    let [(a, x), (b, y)] = exchanged(|tx| move_home(tx, 0, 1), |tx| move_home(tx, 0, 2));
    assert_eq!((x, y), (1, 1));
    assert_eq!(a.claims[&claim(0)].home, place(1));
    assert_eq!(b.claims[&claim(0)].home, place(2));
    let all = [place(0), place(1), place(2)];
    assert!([a, b].iter().all(|s| s.claims[&claim(0)].statements == all));
}

#[test]
fn a_claim_stays_where_the_other_one_moved_its_home() {
    let [(a, x), (b, y)] = exchanged(|tx| move_home(tx, 2, 1), |tx| leave(tx, 2, 1));
    assert_eq!((x, y), (0, 0));
    assert_eq!(a.claims, b.claims);
    assert_eq!(a.claims[&claim(2)].home, place(1));
    assert_eq!(a.claims[&claim(2)].statements, [place(0), place(1)]);
}

#[test]
fn what_leaves_its_home_is_at_home_at_the_first_of_its_other_places() {
    let mut desk = shared();
    ana(&mut desk, |tx| leave(tx, 2, 0));
    let now = &desk.check().session().claims[&claim(2)];
    assert_eq!(
        (&now.home, &now.statements),
        (&place(1), &Set::one(place(1)))
    );
    // The last place is kept: a claim stands somewhere.
    assert_eq!(work(&mut desk, "Ana", 1, |tx| leave(tx, 2, 1)), None);
    assert_sound(&desk);
}

#[test]
fn standing_also_at_is_not_undone_where_somebody_moved_the_home_there() {
    let mut desk = shared();
    ana(&mut desk, |tx| also_at(tx, 0, 2));
    ben(&mut desk, |tx| move_home(tx, 0, 2));
    let before = desk.check().session().clone();
    let checker = Checker {
        id: CheckerId::of("Ana"),
        name: "Ana".into(),
    };
    let mut who = Who {
        checker: &checker,
        at: Time::from_second(1_900_000_000).unwrap(),
        ids: &mut || id(99),
    };
    let refused = desk.undo(&mut who).unwrap_err();
    let by = Some(CheckerId::of("Ben"));
    assert!(
        matches!(&refused, Unfit::InTheWay { by: found, .. } if *found == by),
        "{refused:?}"
    );
    assert_eq!(desk.check().session(), &before);
}

#[test]
fn what_both_took_up_is_one_claim_with_the_work_of_both() {
    let [(a, x), (b, y)] = exchanged(
        |tx| {
            take_up(tx, None);
            finding(tx, 5, VerificationStatus::Accurate);
            tag(tx, 5, "money");
        },
        |tx| {
            take_up(tx, None);
            let tags = ClaimField::Tags(Set::one("ferry".into()));
            tx.set_claim(&claim(5), tags);
        },
    );
    assert_eq!((x, y), (0, 0));
    assert_eq!(a.claims, b.claims);
    for s in [a, b] {
        let now = &s.claims[&claim(5)];
        assert_eq!(now.created.by, CheckerId::of("Ana"));
        assert_eq!(now.verification_status, VerificationStatus::Accurate);
        assert_eq!(now.tags, ["ferry", "money"]);
    }
    // Made in other words, it is asked about.
    let [(a, x), (b, y)] = exchanged(
        |tx| take_up(tx, Some("It opens.")),
        |tx| take_up(tx, Some("It closes.")),
    );
    assert_eq!((x, y), (1, 1));
    assert_ne!(a.claims[&claim(5)].wording, b.claims[&claim(5)].wording);
}

#[test]
fn what_was_merged_here_and_is_taken_up_there_is_a_claim_of_its_own_again() {
    let mut desk = shared();
    ana(&mut desk, |tx| take_up(tx, None));
    ana(&mut desk, |tx| {
        merge_claims(tx, claim(5), claim(0), |_| Answer::Both, &DEFAULT).unwrap();
    });
    let of_ben = ben(&mut shared(), |tx| take_up(tx, None));
    assert_eq!(desk.receive(&of_ben), vec![]);
    assert_sound(&desk);
    let session = desk.check().session();
    assert_eq!(session.meant(claim(5)), claim(5));
    assert!(session.claims.contains_key(&claim(5)));
}

#[test]
fn what_both_took_up_stands_where_both_let_it_stand() {
    let made = |home: usize, also: &'static [usize], tag: &'static str| {
        move |tx: &mut Tx<'_>| {
            let mut made = Claim::on(claim(5), place(home), tx.stamp.clone());
            for n in also {
                made.statements.insert(place(*n));
            }
            made.tags.insert(tag.into());
            made.proposed
                .insert([ClaimKey::ClaimType, ClaimKey::Wording][home - 1]);
            tx.create_claim(made);
        }
    };
    let [(a, x), (b, y)] = exchanged(made(1, &[], "money"), made(2, &[0], "ferry"));
    assert_eq!((x, y), (0, 0));
    assert_eq!(a.claims, b.claims);
    let now = &a.claims[&claim(5)];
    assert_eq!(now.tags, ["ferry", "money"]);
    assert_eq!(now.statements, [place(0), place(1), place(2)]);
    // What nobody is asked about is told by Ana, who was the first.
    assert_eq!(now.home, place(1));
    assert_eq!(now.proposed, [ClaimKey::ClaimType]);
    // A home that was moved by hand stays there.
    let mut desk = shared();
    ben(&mut desk, made(2, &[0], "ferry"));
    ben(&mut desk, |tx| move_home(tx, 5, 0));
    desk.receive(&ana(&mut shared(), made(1, &[], "money")));
    assert_sound(&desk);
    assert_eq!(desk.check().session().claims[&claim(5)].home, place(0));
}

#[test]
fn steps_from_before_what_is_known_are_no_news() {
    let whole = shared();
    let seq = whole.history().seq();
    let mut late = Desk::new(whole.check().clone(), History::behind(seq));
    let arrival = late.arrive(whole.history().steps(), seq);
    assert_eq!((arrival.theirs, arrival.gap), (vec![], false));
    assert_eq!(late.check().session(), whole.check().session());
}

#[test]
fn somebody_who_is_known_here_does_not_join_once_more() {
    let mut desk = shared();
    let mut other = shared();
    for title in ["Kell", "Bridge"] {
        let act = |tx: &mut Tx<'_>| tx.set_article(ArticleField::Byline(title.into()));
        let known = other.history().seq();
        work(&mut other, "Cleo", 3, act).unwrap();
        let steps = other.history().steps().iter();
        let new: Vec<Step> = steps.filter(|s| s.seq > known).cloned().collect();
        new.iter().for_each(|s| drop(desk.receive(s)));
    }
    // She joins on another copy too, in a step of its own.
    let mut third = shared();
    work(&mut third, "Cleo", 4, |tx| tag(tx, 0, "ferry")).unwrap();
    for step in third.history().steps().iter().rev().take(2).rev() {
        desk.receive(step);
    }
    let joins = |s: &&Step| {
        s.edits
            .iter()
            .any(|e| matches!(e, Edit::Checker(c) if c.name == "Cleo"))
    };
    assert_eq!(desk.history().steps().iter().filter(joins).count(), 1);
    assert_sound(&desk);
}

#[test]
fn a_field_that_both_set_keeps_the_value_here_and_notes_the_other() {
    use VerificationStatus::{Accurate, Disputed};
    let both = exchanged(|tx| finding(tx, 0, Accurate), |tx| finding(tx, 0, Disputed));
    for ((s, noted), (here, there)) in both
        .iter()
        .zip([(Accurate, Disputed), (Disputed, Accurate)])
    {
        assert_eq!((*noted, s.conflicts.len()), (1, 1));
        assert_eq!(s.claims[&claim(0)].verification_status, here);
        let conflict = s.conflicts.values().next().unwrap();
        let Edit::Claim(id, Change::Set(_, to)) = &*conflict.theirs else {
            panic!("{conflict:?}");
        };
        assert_eq!(
            (*id, to),
            (claim(0), &ClaimField::VerificationStatus(there))
        );
    }
    // Both say the same: there is nothing to ask.
    let [(a, x), (b, y)] = exchanged(|tx| finding(tx, 0, Accurate), |tx| finding(tx, 0, Accurate));
    assert_eq!((x, y), (0, 0));
    assert_eq!(a, b);
}

#[test]
fn notes_of_both_are_kept_one_after_the_other() {
    let note = |text: &'static str| {
        move |tx: &mut Tx<'_>| tx.set_claim(&claim(0), ClaimField::Notes(text.into()))
    };
    let [(a, x), (b, y)] = exchanged(note("ask the port"), note("page 4"));
    assert_eq!((x, y), (0, 0));
    assert_eq!(a.claims[&claim(0)].notes, "ask the port\n\npage 4");
    assert_eq!(b.claims[&claim(0)].notes, "page 4\n\nask the port");
}

#[test]
fn what_one_removes_and_the_other_changes_stays_in_either_order() {
    use VerificationStatus::Accurate;
    let withdraw = |tx: &mut Tx<'_>| {
        tx.remove_attribution(&id(31));
        tx.remove_claim(&claim(1));
    };
    let [(a, x), (b, y)] = exchanged(withdraw, |tx| finding(tx, 1, Accurate));
    assert_eq!((x, y), (1, 1));
    for s in [&a, &b] {
        assert_eq!(s.claims[&claim(1)].verification_status, Accurate);
    }
    let [a, b] = [&a, &b].map(|s| s.conflicts.keys().copied().collect::<Vec<_>>());
    assert_eq!(a, b, "it is the same conflict on both sides");
}

#[test]
fn what_is_about_a_merged_record_goes_to_the_one_that_stays() {
    let merge = |tx: &mut Tx<'_>| {
        merge_sources(tx, source(1), source(0), |_| Answer::Both, &DEFAULT).unwrap();
    };
    let name_it = |tx: &mut Tx<'_>| {
        tx.set_attribution(&id(32), AttributionField::Source(Some(source(1))));
        tx.set_source(&source(1), SourceField::Role("clerk".into()));
    };
    let [(a, x), (b, _)] = exchanged(merge, name_it);
    assert_eq!(x, 0);
    assert_eq!(a.attributions[&id(32)].source, Some(source(0)));
    assert_eq!(a.sources[&source(0)].role, "clerk");
    assert_eq!(
        a.forwarded(RecordId::Source(source(1))),
        RecordId::Source(source(0))
    );
    // On the other side the source has changed since: it stays, and somebody is asked.
    assert!(b.sources.contains_key(&source(1)) && !b.conflicts.is_empty());
}

#[test]
fn what_names_a_record_that_was_merged_meanwhile_names_the_one_that_stays() {
    let merge = |tx: &mut Tx<'_>| {
        merge_sources(tx, source(1), source(0), |_| Answer::Both, &DEFAULT).unwrap();
    };
    let say = |tx: &mut Tx<'_>| {
        let mut voice = Attribution::on(id(39), claim(0), statement());
        voice.source = Some(source(1));
        voice.about.insert(source(1));
        tx.create_attribution(voice);
    };
    for (s, noted) in exchanged(merge, say) {
        assert_eq!(noted, 0);
        let voice = &s.attributions[&id(39)];
        assert_eq!(voice.source, Some(source(0)));
        assert_eq!(voice.about, [source(0)]);
        assert!(!s.sources.contains_key(&source(1)), "it does not come back");
    }
}

#[test]
fn names_that_both_gave_are_asked_about_whatever_rule_a_merge_has() {
    let name = |name: &'static str| {
        move |tx: &mut Tx<'_>| tx.set_source(&source(0), SourceField::Name(name.into()))
    };
    for (s, noted) in exchanged(name("R. Falk"), name("Rina Falk")) {
        assert_eq!((noted, s.conflicts.len()), (1, 1));
    }
    // A mark that either sets is set.
    let protect = |tx: &mut Tx<'_>| tx.set_source(&source(0), SourceField::ProtectIdentity(true));
    for (s, noted) in exchanged(protect, protect) {
        assert!(s.sources[&source(0)].protect_identity && noted == 0);
    }
}

#[test]
fn a_removed_record_that_is_named_again_comes_back() {
    let drop_item = |tx: &mut Tx<'_>| {
        tx.remove_held(&id(50));
        tx.remove_evidence(&id(40));
    };
    let hold = |tx: &mut Tx<'_>| tx.create_held(Held::against(id(51), claim(1), id(40)));
    for (s, noted) in exchanged(drop_item, hold) {
        assert_eq!(noted, 0);
        assert!(s.evidence.contains_key(&id(40)));
        assert!(s.held.contains_key(&id(51)) && !s.held.contains_key(&id(50)));
    }
}

#[test]
fn a_step_that_is_there_changes_nothing_and_undo_leaves_theirs_alone() {
    let mut desk = shared();
    let of_ben = ben(&mut shared(), |tx| tag(tx, 0, "ferry"));
    ana(&mut desk, |tx| tag(tx, 0, "money"));
    desk.receive(&of_ben);
    let before = desk.check().session().clone();
    assert_eq!(desk.receive(&of_ben), vec![]);
    assert_eq!(*desk.check().session(), before);
    let checker = Checker {
        id: CheckerId::of("Ana"),
        name: "Ana".into(),
    };
    let mut who = Who {
        checker: &checker,
        at: Time::from_second(1_900_000_000).unwrap(),
        ids: &mut || id(99),
    };
    desk.undo(&mut who).unwrap();
    assert_eq!(desk.check().session().claims[&claim(0)].tags, ["ferry"]);
    assert_eq!(desk.history().steps().last().unwrap().kind, StepKind::Undo);
}

#[test]
fn of_two_versions_that_two_people_add_both_stay_and_somebody_says_which_is_current() {
    let [a, b] = exchanged(
        |tx| {
            add_version(tx, "of Ana", 1);
        },
        |tx| {
            add_version(tx, "of Ben", 2);
        },
    );
    for ((s, noted), current) in [(&a, "of Ana"), (&b, "of Ben")] {
        assert_eq!(*noted, 1, "which is current");
        let origins: Vec<_> = s.numbered().map(|(n, v)| (n, &*v.origin)).collect();
        assert_eq!(origins, [(1, "of Ana"), (2, "of Ben")]);
        assert_eq!(s.version(), VersionId::of_text(current));
    }
}

/// Of the kind: what nobody is asked about was exchanged by two people, so that each had what the other one had before.
#[test]
fn a_version_that_both_add_is_one_and_came_when_the_first_of_them_added_it() {
    for (of_ana, of_ben) in [(1, 1), (1, 2), (2, 1)] {
        let [(a, noted), (b, too)] = exchanged(
            |tx| {
                add_version(tx, "of both", of_ana);
            },
            |tx| {
                add_version(tx, "of both", of_ben);
            },
        );
        assert_eq!((noted, too), (0, 0));
        assert_eq!(a.versions, b.versions);
        let came: Vec<Time> = a.versions.values().map(|v| v.added_at).collect();
        assert_eq!(
            came,
            [Time::from_second(of_ana * 60).unwrap()],
            "Ana's step is the first"
        );
    }
}

#[test]
fn what_each_merged_the_other_way_round_is_one_with_all_of_both() {
    let merge = |tx: &mut Tx<'_>, from, into| {
        merge_claims(tx, claim(from), claim(into), |_| Answer::Both, &DEFAULT).unwrap();
    };
    // Only the third claim stands at the second statement; the first takes that over here, and is gone there.
    let both = exchanged(|tx| merge(tx, 0, 2), |tx| merge(tx, 2, 0));
    for ((now, conflicts), stays) in both.into_iter().zip([2, 0]) {
        assert_eq!(conflicts, 0);
        let one = &now.claims[&claim(stays)];
        assert_eq!(one.statements, [place(0), place(1)]);
        assert_eq!(now.claims.len(), 2);
        assert_eq!(now.attributions_of(one.id).count(), 2);
        assert_eq!(now.held_against(one.id).count(), 1);
        assert_eq!(now.forwards.len(), 1);
        assert_eq!([0, 2].map(|n| now.meant(claim(n))), [one.id; 2]);
    }
    let merge = |tx: &mut Tx<'_>, from, into| {
        merge_sources(tx, source(from), source(into), |_| Answer::Both, &DEFAULT).unwrap();
    };
    let both = exchanged(
        |tx| merge(tx, 0, 1),
        |tx| {
            tx.set_source(&source(1), SourceField::Role("clerk".into()));
            merge(tx, 1, 0);
        },
    );
    for ((now, _), stays) in both.into_iter().zip([1, 0]) {
        let one = &now.sources[&source(stays)];
        assert_eq!(one.role, "clerk");
        assert!(one.also_called.contains(&format!("Source {}", 1 - stays)));
        let said = now.attributions.values();
        assert_eq!(said.filter(|a| a.source == Some(one.id)).count(), 2);
    }
}
