//! What is promised to two people who work on one session: in whatever order their steps arrive, nothing is lost.
#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::core::check::Check;
use crate::core::desk::{Desk, Unfit, Who};
use crate::core::history::{History, StepKind};
use crate::core::join::Answer;
use crate::core::labels::DEFAULT;
use crate::core::ops::{self, merge_claims, merge_sources};
use crate::core::proposal::{Proposals, ProposedStatement};
use crate::core::references::dangling;
use crate::core::set::Set;
use crate::core::testing::Dice;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Tx;
use crate::core::vocabulary::*;

fn id<I: From<Uuid>>(n: u128) -> I {
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + n).into()
}

fn statement() -> StatementId {
    place(0)
}

/// One of the three statements, in order of the text.
fn place(n: usize) -> StatementId {
    let (start, end) = [(0, 4), (5, 11), (12, 17)][n];
    StatementId::of(VersionId::numbered(1), &[Span::new(start, end)])
}

/// A session that two people have: three claims, each with a voice, three sources, an item held against the first claim.
/// The claims are at home at the first of three statements, and the last of them stands at the second too.
fn shared() -> Desk {
    let session = Session::new(id(1), "kell", Time::UNIX_EPOCH);
    let text = ArticleText::new("Kell Bridge opens.\n".into());
    let mut desk = Desk::new(
        Check::new(session, text, Proposals::default()),
        History::default(),
    );
    work(&mut desk, "Ana", 0, |tx| {
        for (n, exact) in ["Kell", "Bridge", "opens"].into_iter().enumerate() {
            let anchor = Anchor {
                version: VersionId::numbered(1),
                statement_id: Some(place(n)),
                exact: exact.into(),
                ..Anchor::default()
            };
            tx.create_statement(Statement {
                id: place(n),
                anchor,
                block: BlockKind::Paragraph,
                decision: Decision::TakenUp,
                reason: String::new(),
                origin: Origin::Checker,
                why: String::new(),
            });
        }
        for n in 0..3 {
            let mut source = Source::unnamed(id(20 + n));
            source.name = format!("Source {n}");
            tx.create_source(source);
            let claim = Claim::on(id(10 + n), statement(), tx.stamp.clone());
            tx.create_claim(claim);
            let mut voice = Attribution::on(id(30 + n), id(10 + n), statement());
            voice.source = Some(id(20 + n));
            tx.create_attribution(voice);
        }
        also_at(tx, 2, 1);
        let item = Evidence::empty(id(40));
        tx.create_evidence(item);
        tx.create_held(Held::against(id(50), id(10), id(40)));
    });
    work(&mut desk, "Ben", 0, |tx| {
        tx.set_article(ArticleField::Title("Kell".into()));
    });
    desk
}

/// A step of `name`, whose ids begin with `series`.
fn work(desk: &mut Desk, name: &str, series: u128, act: impl FnOnce(&mut Tx<'_>)) -> Option<Step> {
    let checker = Checker {
        id: CheckerId::of(name),
        name: name.into(),
    };
    let seq = desk.history().seq();
    let mut n = (series << 40) | (u128::from(seq) << 20);
    let mut ids = || {
        n += 1;
        id(n | 1 << 60)
    };
    let mut who = Who {
        checker: &checker,
        at: Time::from_second(1_800_000_000 + i64::try_from(seq).unwrap()).unwrap(),
        ids: &mut ids,
    };
    let outcome = desk.step(&mut who, |tx, _, _| {
        act(tx);
        None
    });
    outcome.steps.last().cloned()
}

fn ana(desk: &mut Desk, act: impl FnOnce(&mut Tx<'_>)) -> Step {
    work(desk, "Ana", 1, act).unwrap()
}

fn ben(desk: &mut Desk, act: impl FnOnce(&mut Tx<'_>)) -> Step {
    work(desk, "Ben", 2, act).unwrap()
}

/// Both copies after each has received what the other did, with the conflicts that each has noted.
fn exchanged(a: impl FnOnce(&mut Tx<'_>), b: impl FnOnce(&mut Tx<'_>)) -> [(Session, usize); 2] {
    let (mut first, mut second) = (shared(), shared());
    let (of_ana, of_ben) = (ana(&mut first, a), ben(&mut second, b));
    let noted = [first.receive(&of_ben), second.receive(&of_ana)];
    for desk in [&first, &second] {
        assert_sound(desk);
    }
    let [one, two] = noted.map(|n| n.len());
    [(state(&first), one), (state(&second), two)]
}

/// The records of a session, without who was here in which order and when it changed last.
fn state(desk: &Desk) -> Session {
    let mut s = desk.check().session().clone();
    s.updated_at = s.created_at;
    s.checkers.sort_by(|a, b| a.id.cmp(&b.id));
    s
}

/// The state is what the steps tell, and every record that is named is there.
fn assert_sound(desk: &Desk) {
    let mut told = Session::new(id(1), "kell", Time::UNIX_EPOCH);
    for step in desk.history().steps() {
        let stamp = step.stamp();
        assert_eq!(told.apply(&step.edits, &stamp), vec![], "step {}", step.seq);
    }
    assert_eq!(&told, desk.check().session());
    assert_eq!(missing(&told), vec![]);
    assert_eq!(dangling(&told), vec![], "each claim stands at its home");
    assert!(!told.forwards.keys().any(|id| told.holds(*id)));
}

fn claim(n: u128) -> ClaimId {
    id(10 + n)
}

fn source(n: u128) -> SourceId {
    id(20 + n)
}

fn tag(tx: &mut Tx<'_>, n: u128, tag: &str) {
    let Some(claim_now) = tx.session.claims.get(&claim(n)) else {
        return;
    };
    let mut tags = claim_now.tags.clone();
    tags.insert(tag.into());
    tx.set_claim(&claim(n), ClaimField::Tags(tags));
}

/// Lets a claim stand at one more statement.
fn also_at(tx: &mut Tx<'_>, n: u128, at: usize) {
    if let Some(claim_now) = tx.session.claims.get(&claim(n)) {
        let mut places = claim_now.statements.clone();
        places.insert(place(at));
        tx.set_claim(&claim(n), ClaimField::Statements(places));
    }
}

/// Lets a claim stand no longer at a statement.
fn leave(tx: &mut Tx<'_>, n: u128, at: usize) {
    if let Some(claim_now) = tx.session.claims.get(&claim(n)) {
        let mut places = claim_now.statements.clone();
        places.remove(&place(at));
        tx.set_claim(&claim(n), ClaimField::Statements(places));
    }
}

/// Moves the home of a claim.
fn move_home(tx: &mut Tx<'_>, n: u128, to: usize) {
    tx.set_claim(&claim(n), ClaimField::Home(place(to)));
}

fn finding(tx: &mut Tx<'_>, n: u128, finding: VerificationStatus) {
    tx.set_claim(&claim(n), ClaimField::VerificationStatus(finding));
}

#[test]
fn tags_of_both_stay() {
    let [(a, x), (b, y)] = exchanged(|tx| tag(tx, 0, "money"), |tx| tag(tx, 0, "ferry"));
    assert_eq!((x, y), (0, 0));
    assert_eq!(a, b);
    assert_eq!(a.claims[&claim(0)].tags, ["ferry", "money"]);
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

/// Takes up what has a derived id, which two people share.
fn take_up(tx: &mut Tx<'_>, wording: Option<&str>) {
    let mut made = Claim::on(claim(5), place(1), tx.stamp.clone());
    made.wording = wording.map(String::from);
    made.tags.insert("council".into());
    tx.create_claim(made);
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
    for s in [a, b] {
        let now = &s.claims[&claim(5)];
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

/// Adds the version with this text, `minutes` after the session was made, and goes on with it.
fn add_version(tx: &mut Tx<'_>, text: &str, minutes: i64) -> VersionId {
    let id = VersionId::of_text(text);
    tx.create_version(Version {
        id,
        original_sha256: String::new(),
        origin: text.into(),
        added_at: Time::from_second(minutes * 60).unwrap(),
        reader: "builtin-1".into(),
    });
    tx.set_article(ArticleField::Current(Some(id)));
    id
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

#[test]
fn a_version_that_both_add_is_one() {
    let add = |tx: &mut Tx<'_>| {
        add_version(tx, "of both", 1);
    };
    let [(a, noted), (b, too)] = exchanged(add, add);
    assert_eq!((noted, too), (0, 0));
    assert_eq!((a.versions.len(), &a.versions), (1, &b.versions));
}

type Act = Box<dyn Fn(&mut Tx<'_>)>;

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
        for step in &of_ben {
            first.receive(step);
            assert_sound(&first);
        }
        let last = of_ben.last();
        if let Some(last) = last.filter(|_| of_ben.len() == 1) {
            for edit in &last.edits {
                prop_assert!(is_heard(edit, last.id, first.check().session()), "{edit:?}");
            }
        }
        for step in &of_ana {
            second.receive(step);
            assert_sound(&second);
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
    fn steps_that_commute_come_to_one_state_in_any_order(seed in any::<u64>(), turn in 0usize..24) {
        let mut dice = Dice(seed);
        // Each about another field, or another member of a set.
        let status = VerificationStatus::ALL[1 + dice.roll(4)];
        let acts: [Act; 4] = [
            Box::new(move |tx| finding(tx, 0, status)),
            Box::new(|tx| tag(tx, 0, "a")),
            Box::new(|tx| tag(tx, 0, "b")),
            Box::new(|tx| tx.set_source(&source(0), SourceField::Role("clerk".into()))),
        ];
        let names = ["Ana", "Ben", "Cleo", "Dov"];
        let steps: Vec<Vec<Step>> = acts.iter().zip(names).enumerate().map(|(n, (act, name))| {
            let mut desk = shared();
            let known = desk.history().seq();
            work(&mut desk, name, n as u128 + 3, |tx| act(tx));
            desk.history().steps().iter().filter(|s| s.seq > known).cloned().collect()
        }).collect();
        let received = |order: &[usize]| {
            let mut desk = shared();
            for n in order {
                for step in &steps[*n] {
                    assert_eq!(desk.receive(step), vec![]);
                }
            }
            assert_sound(&desk);
            state(&desk)
        };
        let mut order = vec![0, 1, 2, 3];
        let mut rest = turn;
        for n in (1..4).rev() {
            order.swap(n, rest % (n + 1));
            rest /= n + 1;
        }
        prop_assert_eq!(received(&[0, 1, 2, 3]), received(&order));
    }
}
