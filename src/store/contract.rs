//! What every shelf and every pen promises, whatever keeps the sessions: one suite, run against each of them.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::evidence::{Here, TakeError};
use super::*;
use crate::core::birth::NewSession;
use crate::core::edit::{Change, Edit};
use crate::core::history::{Step, StepKind};
use crate::core::ids::{CheckerId, StatementId, VersionId};
use crate::core::link::StoreLink;
use crate::core::model::{Article, ArticleField, Checker, Claim, Time};
use crate::core::place::{Draft, Pane, Place};
use crate::core::proposal::Proposals;
use crate::core::text::{ArticleText, Span};

const TEXT: &str = "Kell Bridge opens.\n";

fn time(n: u64) -> Time {
    Time::from_millisecond(1_700_000_000_000 + i64::try_from(n).unwrap()).unwrap()
}

fn checker(name: &str) -> Checker {
    Checker {
        id: CheckerId::of(name),
        name: name.into(),
    }
}

/// Runs `check` against an empty shelf of each kind.
fn on_each(check: impl Fn(&str, Arc<dyn Shelf>)) {
    let dir = tempfile::tempdir().unwrap();
    check(
        "folder",
        Arc::new(Library::at(&dir.path().join("sessions"))),
    );
    check("memory", Arc::new(Memory::new()));
}

/// A new session of Ana's, whose title is `Kell 1`.
fn create(shelf: &dyn Shelf, wish: &str, at: u64) -> Opened {
    let text = ArticleText::new(TEXT.into());
    let article = Article {
        title: "Kell 1".into(),
        ..Article::default()
    };
    let new = NewSession {
        name: wish,
        id: Uuid::from_u128(7 + u128::from(at)).into(),
        article: &article,
        text: &text,
        version: VersionId::of_text(TEXT),
        original_sha256: &sha256(b"as it came"),
        origin: "/articles/kell.txt",
        left_out: "",
        proposals: &Proposals {
            reader: "builtin-1".into(),
            ..Proposals::default()
        },
        checker: &checker("Ana"),
        now: time(at),
        step: Uuid::from_u128(1).into(),
    };
    shelf.create(&new.newborn()).unwrap()
}

/// A step that changes the title to `Kell` and its number.
fn step(seq: u64) -> Step {
    let title = |n: u64| ArticleField::Title(format!("Kell {n}"));
    Step {
        seq,
        id: Uuid::from_u128(u128::from(seq)).into(),
        at: time(seq),
        by: CheckerId::of("Ana"),
        kind: StepKind::Do,
        of: None,
        edits: vec![Edit::Article(title(seq - 1), title(seq))],
    }
}

fn name(name: &str) -> SessionName {
    SessionName::new(name).unwrap()
}

fn try_open(
    shelf: &dyn Shelf,
    called: &str,
    mode: Mode,
    who: &str,
    history: bool,
) -> Result<Opened, StoreError> {
    let asking = OpenRequest {
        mode,
        history,
        checker: &checker(who),
        now: time(99),
    };
    let opened = shelf.open(&name(called), &asking)?;
    Ok(opened.hear(|report, damage| assert!(report.is_empty() && damage.is_empty())))
}

fn open(shelf: &dyn Shelf, mode: Mode, who: &str) -> Opened {
    try_open(shelf, "kell", mode, who, true).unwrap()
}

fn keep(opened: &mut Opened, step: &Step) {
    let accepted = opened.held.pen().unwrap().append(step).unwrap();
    assert_eq!(accepted, Accepted::At(step.seq));
    opened.session.apply(&step.edits, &step.stamp());
}

#[test]
fn a_session_is_made_and_comes_back_as_it_was_left() {
    on_each(|kind, shelf| {
        assert!(shelf.list().unwrap().is_empty() && shelf.latest().unwrap().is_none());
        let mut made = create(&*shelf, "Kell!", 0);
        assert_eq!(&*made.name, "kell", "{kind}");
        assert!(matches!(made.held, HeldAs::Exclusive(_)));
        keep(&mut made, &step(2));
        let left = made.session.clone();
        drop(made);
        let again = open(&*shelf, Mode::Write, "Ana");
        assert_eq!(again.session, left, "{kind}");
        assert_eq!(again.history.seq(), 2);
        assert_eq!(again.text.as_str(), TEXT);
        let version = left.current().unwrap();
        assert_eq!(again.blobs.text(version).unwrap().as_str(), TEXT);
        let proposals = again.blobs.proposals(version).unwrap();
        assert_eq!(proposals.unwrap().reader, "builtin-1", "{kind}");
    });
}

#[test]
fn who_opens_a_session_that_is_held_can_only_look_at_it() {
    on_each(|kind, shelf| {
        let made = create(&*shelf, "kell", 0);
        let second = open(&*shelf, Mode::Write, "Ben");
        let Err(ReadOnly::Held(Some(holder))) = second.held.into_pen() else {
            panic!("{kind}: it is held")
        };
        assert_eq!(holder.name, "Ana");
        let must = try_open(&*shelf, "kell", Mode::MustWrite, "Ben", true);
        assert!(matches!(must, Err(StoreError::Held { .. })), "{kind}");
        let listed = shelf.list().unwrap();
        assert_eq!(listed[0].holder.as_ref().unwrap().name, "Ana");
        drop(made);
        assert!(shelf.list().unwrap()[0].holder.is_none(), "{kind}");
        let mut third = open(&*shelf, Mode::MustWrite, "Ben");
        assert!(third.held.pen().is_some());
        let mut looking = open(&*shelf, Mode::Read, "Cora");
        assert!(looking.held.pen().is_none());
        assert!(shelf.watch(&name("kell"), 1).unwrap().is_none(), "{kind}");
        assert!(shelf.watch_list().unwrap().is_none(), "{kind}");
    });
}

#[test]
fn who_waits_for_a_session_hears_when_its_holder_has_gone() {
    on_each(|kind, shelf| {
        let made = create(&*shelf, "kell", 0);
        let heard = shelf.watch_holder(&name("kell")).unwrap();
        assert!(heard.try_recv().is_err(), "{kind}: it is held");
        drop(made);
        assert_eq!(heard.recv().unwrap(), Remote::Free, "{kind}");
        assert!(heard.recv().is_err(), "{kind}: once");
        let free = shelf.watch_holder(&name("kell")).unwrap();
        assert_eq!(free.recv().unwrap(), Remote::Free, "{kind}: at once");
        assert!(open(&*shelf, Mode::MustWrite, "Ben").held.pen().is_some());
        assert!(shelf.watch_holder(&name("none")).is_err(), "{kind}");
    });
}

#[test]
fn a_step_is_known_by_its_id_and_comes_in_order() {
    on_each(|kind, shelf| {
        let mut made = create(&*shelf, "kell", 0);
        for seq in 2..5 {
            keep(&mut made, &step(seq));
        }
        let pen = made.held.pen().unwrap();
        // The last one, an earlier one, and one whose number is not known to whoever hands it in.
        for (seq, claimed) in [(4, 4), (2, 2), (3, 4)] {
            let again = Step {
                seq: claimed,
                ..step(seq)
            };
            assert_eq!(pen.append(&again).unwrap(), Accepted::At(seq), "{kind}");
        }
        for seq in [3, 6] {
            let other = Step {
                id: Uuid::from_u128(77).into(),
                ..step(seq)
            };
            let refused = pen.append(&other).unwrap_err();
            assert!(matches!(refused, StoreError::OutOfOrder { last: 4, .. }));
        }
        let numbers = |steps: Vec<Step>| steps.iter().map(|s| s.seq).collect::<Vec<_>>();
        assert_eq!(numbers(pen.since(0).unwrap()), [1, 2, 3, 4], "{kind}");
        assert_eq!(numbers(pen.since(2).unwrap()), [3, 4]);
        assert_eq!(pen.since(3).unwrap(), [step(4)]);
        assert!(pen.since(4).unwrap().is_empty());
        assert_eq!(pen.seq(), 4);
        pen.look().unwrap();
    });
}

#[test]
fn a_checkpoint_is_written_by_another_thread_while_steps_are_kept() {
    on_each(|kind, shelf| {
        let mut made = create(&*shelf, "kell", 0);
        let session = made.session.clone();
        let pen = made.held.pen().unwrap();
        let plan = pen.plan_checkpoint(1).unwrap().unwrap();
        let written = std::thread::spawn(move || plan.write(&session, &|| true).unwrap());
        assert_eq!(pen.append(&step(2)).unwrap(), Accepted::At(2));
        pen.put_checkpoint(written.join().unwrap()).unwrap();
        let e = pen.plan_checkpoint(1).unwrap_err();
        assert!(matches!(e, StoreError::OutOfOrder { last: 2, got: 1 }));
        let plan = pen.plan_checkpoint(2).unwrap().unwrap();
        let given_up = plan.write(&made.session, &|| false);
        assert!(given_up.is_err(), "{kind}");
        drop(made);
        let quick = try_open(&*shelf, "kell", Mode::Read, "Ana", false).unwrap();
        assert_eq!(quick.session.article.title, "Kell 2", "{kind}");
        assert_eq!(quick.history.seq(), 2);
        let earlier = quick.earlier.unwrap().load().unwrap();
        assert_eq!(quick.history.follow(earlier).steps().len(), 2, "{kind}");
    });
}

#[test]
fn evidence_is_kept_under_its_hash_by_any_thread() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("minutes.pdf");
    std::fs::write(&path, "%PDF-minutes").unwrap();
    on_each(|kind, shelf| {
        let made = create(&*shelf, "kell", 0);
        let HeldAs::Exclusive(pen) = made.held else {
            panic!("{kind}")
        };
        let blobs = pen.blobs();
        let take = |wanted: bool| {
            let mut original = Here::open(&path).unwrap();
            blobs.take_in(&path, &mut original, &|_| wanted)
        };
        assert!(matches!(take(false), Err(TakeError::GivenUp(_))), "{kind}");
        let file = std::thread::scope(|s| s.spawn(|| take(true).unwrap()).join().unwrap());
        assert_eq!(file.sha256, sha256(b"%PDF-minutes"));
        assert_eq!(
            (file.bytes, file.media_type.as_str()),
            (12, "application/pdf")
        );
        assert_eq!(take(true).unwrap(), file, "{kind}: the same once more");
        let mut copy = blobs.file(&file).unwrap();
        let mut bytes = [0; 64];
        let n = copy.read(&mut bytes).unwrap();
        assert_eq!(&bytes[..n], b"%PDF-minutes");
        let other = crate::core::model::EvidenceFile {
            sha256: "0".repeat(64),
            ..file
        };
        assert!(matches!(blobs.file(&other), Err(TakeError::Missing(_))));
        if let Some(room) = blobs.room() {
            assert!(fits(Some(room), Path::new("x"), &copy.about()).is_ok());
        }
    });
}

#[test]
fn texts_and_proposals_of_other_versions_are_kept() {
    on_each(|kind, shelf| {
        let mut made = create(&*shelf, "kell", 0);
        let text = "Kell Bridge opens late.\n";
        let hash = sha256(text.as_bytes());
        let pen = made.held.pen().unwrap();
        pen.add_text(&ArticleText::new(text.into()), &hash).unwrap();
        let proposals = Proposals {
            reader: "theirs".into(),
            ..Proposals::default()
        };
        pen.add_proposals(&proposals, &hash).unwrap();
        let mut version = made.session.current().unwrap().clone();
        let missing = made.blobs.proposals(&version).map(|p| p.map(|p| p.reader));
        assert_eq!(missing.unwrap().as_deref(), Some("builtin-1"));
        version.id = hash.parse().unwrap();
        version.reader = "theirs".into();
        assert_eq!(made.blobs.text(&version).unwrap().as_str(), text, "{kind}");
        assert_eq!(made.blobs.proposals(&version).unwrap(), Some(proposals));
        version.id = VersionId::NONE;
        assert!(made.blobs.text(&version).is_err(), "{kind}");
        assert_eq!(made.blobs.proposals(&version).unwrap(), None);
    });
}

#[test]
fn sessions_are_found_and_listed() {
    on_each(|kind, shelf| {
        drop(create(&*shelf, "kell", 5));
        drop(create(&*shelf, "kell", 9));
        drop(create(&*shelf, "abbey", 1));
        let names =
            |found: Vec<SessionName>| found.iter().map(SessionName::to_string).collect::<Vec<_>>();
        let hash = sha256(TEXT.as_bytes());
        let original = sha256(b"as it came");
        for what in [
            Find::Hash(&hash),
            Find::Hash(&original),
            Find::Origin("/articles/kell.txt"),
        ] {
            let found = names(shelf.find(what).unwrap());
            assert_eq!(found, ["kell-2", "kell", "abbey"], "{kind}: {what:?}");
        }
        assert!(shelf.find(Find::Origin("elsewhere")).unwrap().is_empty());
        assert_eq!(shelf.latest().unwrap(), Some(name("kell-2")));
        let listed: Vec<String> = shelf.list().unwrap().into_iter().map(|s| s.name).collect();
        assert_eq!(listed, ["abbey", "kell", "kell-2"], "{kind}");
        assert!(shelf.has(&name("kell")).unwrap() && !shelf.has(&name("none")).unwrap());
        assert_eq!(&*shelf.free_name("Kell").unwrap(), "kell-3");
        assert!(!shelf.protects(&name("kell")).unwrap());
        let none = try_open(&*shelf, "none", Mode::Read, "Ana", true);
        assert!(matches!(none, Err(StoreError::NotFound(_))), "{kind}");
    });
}

#[test]
fn a_session_is_renamed_or_taken_off_unless_somebody_holds_it() {
    on_each(|kind, shelf| {
        let made = create(&*shelf, "kell", 0);
        drop(create(&*shelf, "abbey", 1));
        let (kell, abbey) = (name("kell"), name("abbey"));
        let held = shelf.rename(&kell, &name("bridge")).unwrap_err();
        assert!(matches!(held, StoreError::Held { .. }), "{kind}: {held}");
        assert!(matches!(shelf.discard(&kell), Err(StoreError::Held { .. })));
        let left = made.session.clone();
        drop(made);
        let taken = shelf.rename(&kell, &abbey).unwrap_err();
        assert!(matches!(taken, StoreError::Taken(_)), "{kind}: {taken}");
        shelf.rename(&kell, &name("Kell Bridge")).unwrap();
        assert!(!shelf.has(&kell).unwrap(), "{kind}");
        let again = try_open(&*shelf, "Kell Bridge", Mode::MustWrite, "Ana", true).unwrap();
        assert_eq!(again.session.name, "Kell Bridge", "{kind}");
        assert_eq!(again.session.id, left.id);
        drop(again);
        // A second one of a name finds the first in the trash.
        let first = shelf.discard(&abbey).unwrap();
        drop(create(&*shelf, "abbey", 2));
        let second = shelf.discard(&abbey).unwrap();
        assert!(first.to_string().contains("abbey") && second.to_string().contains("abbey"));
        assert!(!shelf.has(&abbey).unwrap() && shelf.latest().unwrap().is_some());
        let listed: Vec<String> = shelf.list().unwrap().into_iter().map(|s| s.name).collect();
        assert_eq!(listed, ["Kell Bridge"], "{kind}");
        for gone in [shelf.rename(&abbey, &kell), shelf.discard(&abbey).map(drop)] {
            assert!(matches!(gone, Err(StoreError::NotFound(_))), "{kind}");
        }
    });
}

#[test]
fn what_the_claims_of_a_session_say_is_told() {
    on_each(|kind, shelf| {
        let mut made = create(&*shelf, "kell", 0);
        assert_eq!(shelf.claims(&made.name).unwrap(), Vec::<String>::new());
        let id = Uuid::from_u128(50).into();
        let statement = StatementId::of(VersionId::of_text(TEXT), &[Span::new(0, 11)]);
        let stamp = step(2).stamp();
        let claim = Claim {
            wording: Some("The bridge opens.".into()),
            ..Claim::on(id, statement, stamp)
        };
        let step = Step {
            edits: vec![Edit::Claim(id, Change::Create(Box::new(claim)))],
            ..step(2)
        };
        keep(&mut made, &step);
        // It is held: who looks sees it all the same.
        assert_eq!(
            shelf.claims(&made.name).unwrap(),
            ["The bridge opens."],
            "{kind}"
        );
        assert!(shelf.claims(&name("none")).is_err(), "{kind}");
    });
}

#[test]
fn two_checkers_resume_where_each_of_them_left() {
    on_each(|kind, shelf| {
        drop(create(&*shelf, "kell", 0));
        let place = |row: &str| Place {
            row: Some(row.into()),
            version: VersionId::of_text(TEXT),
            scroll: 0,
            list_scroll: 0,
            pane: Pane::Claims,
            filter: String::new(),
            split: None,
            zoom: false,
            left_at: time(5),
        };
        let draft = Draft {
            form: "note".into(),
            record: "claim 1".into(),
            fields: vec![("note".into(), "half".into())],
            kept_at: time(5),
        };
        for (who, row) in [("Ana", "claim 1"), ("Ben", "claim 2")] {
            let mut opened = open(&*shelf, Mode::Write, who);
            let (id, pen) = (CheckerId::of(who), opened.held.pen().unwrap());
            pen.save_place(&id, &place(row)).unwrap();
            if who == "Ana" {
                pen.save_draft(&id, Some(&draft)).unwrap();
            }
        }
        let ben = open(&*shelf, Mode::Write, "Ben");
        assert_eq!(ben.place, Some(place("claim 2")), "{kind}");
        assert_eq!(ben.draft, None, "{kind}: it is Ana's");
        drop(ben);
        let mut ana = open(&*shelf, Mode::Write, "Ana");
        assert_eq!(
            (ana.place, ana.draft),
            (Some(place("claim 1")), Some(draft))
        );
        let pen = ana.held.pen().unwrap();
        // There may be none to forget.
        for _ in 0..2 {
            pen.save_draft(&CheckerId::of("Ana"), None).unwrap();
        }
        let ana = open(&*shelf, Mode::Read, "Ana");
        assert_eq!((ana.place, ana.draft), (Some(place("claim 1")), None));
        assert_eq!(open(&*shelf, Mode::Read, "Cora").place, None, "{kind}");
    });
}

#[test]
fn only_what_is_kept_in_files_is_checked_and_repaired() {
    on_each(|kind, shelf| {
        drop(create(&*shelf, "kell", 0));
        match shelf.care() {
            Ok(care) => assert_eq!(care.check(&name("kell")).unwrap(), vec![], "{kind}"),
            Err(e) => {
                assert_eq!(kind, "memory");
                assert_eq!(e.exit_code(), 2);
                assert!(e.to_string().contains("no files of their own"), "{e}");
            }
        }
    });
}

#[test]
fn an_address_of_a_shared_store_is_refused_in_one_place() {
    let paths = Paths::find(Some(Path::new("postgres://desk/claims")), None);
    let e = shelf(&paths).unwrap_err();
    assert_eq!(
        e.to_string(),
        "postgres://desk/claims is a shared store, which is not built in yet; name a folder with --sessions."
    );
    assert_eq!(e.exit_code(), 2);
}

/// A session on a shared shelf with two steps.
fn shared() -> (Memory, Opened) {
    let shelf = Memory::shared();
    let mut made = create(&shelf, "kell", 0);
    assert!(matches!(made.held, HeldAs::Shared(_)));
    keep(&mut made, &step(2));
    (shelf, made)
}

#[test]
fn on_a_shared_shelf_steps_of_others_come_first_or_are_heard() {
    let (shelf, mut made) = shared();
    let heard = shelf.watch(&made.name, 1).unwrap().unwrap();
    assert_eq!(heard.try_recv().unwrap(), Remote::Steps(vec![step(2)]));
    let theirs = Step {
        by: CheckerId::of("Ben"),
        id: Uuid::from_u128(33).into(),
        ..step(3)
    };
    shelf.step_of_others(&made.name, theirs.clone()).unwrap();
    assert_eq!(
        heard.try_recv().unwrap(),
        Remote::Steps(vec![theirs.clone()])
    );
    let pen = made.held.pen().unwrap();
    let behind = Accepted::Behind(vec![theirs]);
    assert_eq!(pen.append(&step(3)).unwrap(), behind, "nothing is written");
    let after = Step { seq: 4, ..step(3) };
    assert_eq!(pen.append(&after).unwrap(), Accepted::At(4));
    assert_eq!(pen.append(&after).unwrap(), Accepted::At(4), "once");
    assert_eq!(shelf.steps(&made.name).unwrap().len(), 4);
    // Ben writes at the same time.
    let mut ben = open(&shelf, Mode::Write, "Ben");
    assert_eq!(ben.held.pen().unwrap().seq(), 4);
}

#[test]
fn whoever_watches_the_list_hears_of_what_is_made_and_of_what_is_worked_on() {
    let (shelf, mut made) = shared();
    let told = shelf.watch_list().unwrap().unwrap();
    assert!(told.try_recv().is_err(), "nothing has changed yet");
    keep(&mut made, &step(3));
    assert_eq!(told.try_recv(), Ok(()));
    shelf.step_of_others(&made.name, step(4)).unwrap();
    assert_eq!(told.try_recv(), Ok(()));
    create(&shelf, "ferry", 9);
    assert_eq!(told.try_recv(), Ok(()));
    assert!(told.try_recv().is_err(), "each once");
}

#[test]
fn while_the_link_is_down_steps_are_kept_here_and_handed_in_again() {
    let (shelf, mut made) = shared();
    let heard = shelf.watch(&made.name, 2).unwrap().unwrap();
    shelf.link(StoreLink::Down);
    assert_eq!(heard.try_recv().unwrap(), Remote::Link(StoreLink::Down));
    let pen = made.held.pen().unwrap();
    for seq in [3, 4, 3] {
        assert_eq!(pen.append(&step(seq)).unwrap(), Accepted::Here);
    }
    shelf.link(StoreLink::Up);
    assert_eq!(pen.append(&step(5)).unwrap(), Accepted::Here, "after those");
    assert_eq!(pen.seq(), 2);
    for seq in 3..6 {
        assert_eq!(pen.append(&step(seq)).unwrap(), Accepted::At(seq));
    }
    shelf.fail(1);
    assert!(pen.append(&step(6)).is_err());
    assert_eq!(pen.append(&step(6)).unwrap(), Accepted::At(6));
}
