//! Whatever a session holds comes back from disk as it was, and every file meets its schema.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::Value;

use super::*;
use crate::core::place::{Draft, Pane, Place};
use crate::core::testing::{Played, histories};
use crate::store::chain::{Last, LineHash, Tip};
use crate::store::disk::known::Known;
use crate::store::disk::{self, v1};
use crate::store::folder::journal::{self, Journal};

fn checkpoint_bytes(session: &Session, seq: u64, journal_bytes: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let tip = Tip {
        seq,
        last: Some(Last {
            step: Uuid::from_u128(u128::from(seq)).into(),
            hash: LineHash::of(b"{"),
        }),
    };
    v1::session::write(&mut bytes, session, &tip, journal_bytes).unwrap();
    bytes
}

fn journal_of(played: &Played) -> Vec<u8> {
    let lines = lines_after(b"", played.history.steps());
    [journal::header(), lines.concat()].concat()
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::validator_for(schema).unwrap()
}

fn assert_meets(validator: &jsonschema::Validator, text: &[u8]) {
    let value: Value = serde_json::from_slice(text).unwrap();
    let wrong: Vec<String> = validator
        .iter_errors(&value)
        .map(|e| format!("{} {e}", e.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}\n{value}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn steps_and_checkpoints_come_back_as_they_were(played in histories(40)) {
        let bytes = journal_of(&played);
        let len = bytes.len();
        let mut read = Journal::scan(bytes);
        let steps = read.steps_behind(0, Known::default());
        prop_assert_eq!(&read.bad, &None);
        prop_assert_eq!(steps.as_slice(), played.history.steps());
        prop_assert_eq!(read.sound, len);

        let checkpoint = checkpoint_bytes(&played.session, played.history.seq(), len as u64);
        let read = disk::read_checkpoint(&checkpoint).unwrap();
        prop_assert_eq!(&read.session, &played.session);
        prop_assert_eq!(read.seq, played.history.seq());
        // Written again, it is the same: the order is stable.
        prop_assert_eq!(checkpoint_bytes(&read.session, read.seq, read.bytes), checkpoint);
    }

    #[test]
    fn the_journal_alone_makes_the_session(played in histories(40)) {
        let mut session = crate::store::folder::load::unborn();
        let mut damage = Damage::default();
        let steps = Journal::scan(journal_of(&played)).steps_behind(0, Known::default());
        crate::store::folder::load::replay(&mut session, &steps, 0, &mut damage);
        prop_assert_eq!(damage, Damage::default());
        prop_assert_eq!(session, played.session);
    }
}

#[test]
fn every_file_meets_its_schema() {
    let session = validator(&schema::session());
    let lines = validator(&schema::journal());
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..6 {
        let played = histories(60).new_tree(&mut runner).unwrap().current();
        assert_meets(&session, &checkpoint_bytes(&played.session, 1, 1));
        for line in journal_of(&played)
            .split(|b| *b == b'\n')
            .filter(|l| !l.is_empty())
        {
            assert_meets(&lines, line);
        }
    }
    let mut bytes = Vec::new();
    v1::proposals::write(&mut bytes, &proposals(), &sha256(b"")).unwrap();
    let proposals = validator(&schema::proposals());
    for line in bytes.split(|b| *b == b'\n').filter(|l| !l.is_empty()) {
        assert_meets(&proposals, line);
    }
}

#[test]
fn the_schemas_refuse_what_is_not_written() {
    let session = validator(&schema::session());
    let lines = validator(&schema::journal());
    let played = Played::born();
    let text = checkpoint_bytes(&played.session, 1, 1);
    let mut value: Value = serde_json::from_slice(&text).unwrap();
    value["shoe_size"] = 44.into();
    assert!(!session.is_valid(&value));
    assert!(matches!(
        disk::read_checkpoint(value.to_string().as_bytes()),
        Err(disk::Unreadable::Damaged(_))
    ));
    let line = line_after(b"", &claim_step(2));
    let good: Value = serde_json::from_slice(&line).unwrap();
    assert!(lines.is_valid(&good));
    for (path, value) in [
        ("/seq", Value::from("2")),
        ("/kind", "repeat".into()),
        ("/edits/0/to/verification_status", "true".into()),
        ("/edits/0/claim", "7".into()),
        ("/crc", "xyz".into()),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(path).unwrap() = value;
        assert!(!lines.is_valid(&bad), "{path}");
    }
}

#[test]
fn edits_are_written_as_the_format_says() {
    let id = Uuid::from_u128(5).into();
    let set = Edit::Claim(
        id,
        Change::Set(
            ClaimField::VerificationStatus(VerificationStatus::Unchecked),
            ClaimField::VerificationStatus(VerificationStatus::Accurate),
        ),
    );
    let title = Edit::Article(
        ArticleField::Title("".into()),
        ArticleField::Title("Kell".into()),
    );
    let line = String::from_utf8(line_after(b"", &step(2, vec![set, title]))).unwrap();
    let (object, sum) = line.split_at(line.len() - 19);
    assert_eq!(
        object,
        r#"{"v":1,"seq":2,"id":"00000000-0000-0000-0000-000000000002","parents":[],"at":"2023-11-14T22:13:20.002Z","by":"ana-köhler","kind":"do","of":null,"edits":[{"claim":"00000000-0000-0000-0000-000000000005","field":"verification_status","from":"unchecked","to":"accurate"},{"article":true,"field":"title","from":"","to":"Kell"}]"#
    );
    let crc = crc32fast::hash(format!("{object}}}").as_bytes());
    assert_eq!(sum, format!(",\"crc\":\"{crc:08x}\"}}\n"));
}

#[test]
fn sets_change_by_their_members_and_whole_ones_are_read() {
    let id = Uuid::from_u128(5).into();
    let tags = |all: &[&str]| ClaimField::Tags(all.iter().map(|t| (*t).to_string()).collect());
    let edits: Vec<Edit> = Change::between(tags(&["a", "b"]), tags(&["d", "b", "c"]))
        .into_iter()
        .map(|change| Edit::Claim(id, change))
        .collect();
    let line = line_after(b"", &step(2, edits.clone()));
    let text = std::str::from_utf8(&line).unwrap();
    let claim = r#"{"claim":"00000000-0000-0000-0000-000000000005","field":"tags","#;
    assert!(
        text.contains(&format!(
            r#""edits":[{claim}"drop":["a"]}},{claim}"add":["c","d"]}}]"#
        )),
        "{text}"
    );
    let back = disk::read_step(1, &object_of(&line), &mut Known::default()).unwrap();
    assert_eq!(back.edits, edits);
    let whole = resealed(&line, r#""drop":["a"]"#, r#""from":["b","a"],"to":["b"]"#);
    let back = disk::read_step(1, &object_of(&whole), &mut Known::default()).unwrap();
    let set = Change::Set(tags(&["a", "b"]), tags(&["b"]));
    assert_eq!(back.edits[0], Edit::Claim(id, set), "in any order");
    for wrong in [
        r#""add":[]"#,
        r#""drop":["a"],"add":["c"]"#,
        r#""from":["a"]"#,
    ] {
        let bad = resealed(&line, r#""drop":["a"]"#, wrong);
        assert!(
            disk::read_step(1, &object_of(&bad), &mut Known::default()).is_err(),
            "{wrong}"
        );
    }
    let notes = resealed(&line, r#""tags","drop":["a"]"#, r#""notes","add":"a""#);
    assert!(disk::read_step(1, &object_of(&notes), &mut Known::default()).is_err());
}

#[test]
fn forwardings_and_conflicts_come_back_as_they_were() {
    let mut session = Played::born().session;
    let stamp = Stamp {
        at: time(3),
        by: CheckerId::of("Ben"),
    };
    let claim = |n: u128| RecordId::Claim(Uuid::from_u128(n).into());
    let forward = Forward {
        id: claim(5),
        into: claim(6),
    };
    let title = |t: &str| ArticleField::Title(t.into());
    let conflict = Conflict {
        id: Uuid::from_u128(9).into(),
        theirs: Box::new(Edit::Article(title("a"), title("b"))),
        step: Uuid::from_u128(4).into(),
        made: stamp.clone(),
    };
    let edits = vec![
        Edit::Forward(forward.id, Change::Create(Box::new(forward))),
        Edit::Conflict(conflict.id, Change::Create(Box::new(conflict))),
    ];
    assert_eq!(session.apply(&edits, &stamp), vec![]);
    let checkpoint = checkpoint_bytes(&session, 1, 1);
    assert_eq!(disk::read_checkpoint(&checkpoint).unwrap().session, session);
    assert_meets(&validator(&schema::session()), &checkpoint);
    let line = line_after(b"", &step(2, edits.clone()));
    let back = disk::read_step(1, &object_of(&line), &mut Known::default()).unwrap();
    assert_eq!(back.edits, edits);
    assert_meets(&validator(&schema::journal()), &line);
    let text = std::str::from_utf8(&line).unwrap();
    for part in [
        r#"{"forward":"claim:00000000-0000-0000-0000-000000000005","from":null,"#,
        r#""theirs":{"article":true,"field":"title","from":"a","to":"b"}"#,
    ] {
        assert!(text.contains(part), "{text}");
    }
}

/// The object of a line without its sum.
fn object_of(line: &[u8]) -> Vec<u8> {
    let (body, _) = journal::body(journal::bare(line)).unwrap();
    [body, b"}"].concat()
}

#[test]
fn times_are_written_as_rfc_3339_in_milliseconds() {
    for (text, written) in [
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
        ("2026-11-24T04:39:08.0429Z", "2026-11-24T04:39:08.042Z"),
        ("1912-02-29T23:59:59.999Z", "1912-02-29T23:59:59.999Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
        ("-000001-12-31T00:00:00.5Z", "-000001-12-31T00:00:00.500Z"),
        ("9999-12-30T00:00:00.1Z", "9999-12-30T00:00:00.100Z"),
    ] {
        let time: Time = text.parse().unwrap();
        let json = serde_json::to_string(&v1::values::When(time)).unwrap();
        assert_eq!(json, format!("\"{written}\""));
    }
}

/// The usual form of a time is read by a shorter way.
#[test]
fn times_are_read_as_rfc_3339_in_whatever_form() {
    for (text, read) in [
        ("2026-11-24T04:39:08.042Z", Some("2026-11-24T04:39:08.042Z")),
        ("1912-02-29T23:59:59.999Z", Some("1912-02-29T23:59:59.999Z")),
        ("0001-01-01T00:00:00.000Z", Some("0001-01-01T00:00:00Z")),
        ("2026-11-24T04:39:08Z", Some("2026-11-24T04:39:08Z")),
        ("2026-11-24T05:39:08+01:00", Some("2026-11-24T04:39:08Z")),
        ("2026-11-24T05:39:08.5+0100", Some("2026-11-24T04:39:08.5Z")),
        ("2016-12-31T23:59:60.000Z", Some("2016-12-31T23:59:59Z")),
        ("2026-02-29T04:39:08.042Z", None),
        ("2026-11-24T24:39:08.042Z", None),
        ("2026-1--24T04:39:08.042Z", None),
        ("2026-11-24T04:39:08.04 Z", None),
        ("2026-11-24T04:39:08.0422", None),
    ] {
        let when = serde_json::from_str::<v1::values::When>(&format!("\"{text}\""));
        let read: Option<Time> = read.map(|t| t.parse().unwrap());
        assert_eq!(when.ok().map(|w| w.0), read, "{text}");
    }
}

#[test]
fn a_step_whose_members_are_in_another_order_or_too_many_is_not_read() {
    let line = r#"{"seq":1,"id":"01a21d8e-f13f-726b-8985-a7bbaa9e4e86","at":"2026-11-27T10:00:00.000Z","by":"ana","kind":"do","of":null,"edits":[]}"#;
    let read = |line: &str| disk::read_step(1, line.as_bytes(), &mut Known::default());
    assert!(read(line).is_ok());
    assert!(read(&line.replace(r#""of":null,"#, "")).is_ok());
    assert!(read(&line.replace("[]}", r#"[],"crc":"00000000"}"#)).is_ok());
    for (from, to, why) in [
        ("\"of\":null,", "\"of\":null,\"of\":null,", "Of"),
        ("\"kind\":\"do\",", "", "`kind`"),
        ("\"edits\":[]", "\"mood\":1,\"edits\":[]", "`mood`"),
        ("\"edits\":[]", "\"of\":null", "Of"),
        (",\"edits\":[]", "", "`edits`"),
        (
            "\"by\":\"ana\",\"kind\":\"do\"",
            "\"kind\":\"do\",\"by\":\"ana\"",
            "`by`",
        ),
        ("[]}", "[]}x", "trailing"),
    ] {
        let bad = line.replace(from, to);
        let told = read(&bad).unwrap_err().to_string();
        assert!(told.contains(why), "{bad}: {told}");
    }
}

#[test]
fn place_and_draft_come_back() {
    let (_dir, library) = library();
    let mut made = create(&library, "kell");
    let folder = made.folder.clone();
    let place = Place {
        row: Some("statement 1:19-66".into()),
        version: version(),
        scroll: 19,
        list_scroll: 4,
        pane: Pane::Article,
        filter: "status:open kirby".into(),
        split: Some(61),
        zoom: true,
        left_at: time(5),
    };
    let draft = Draft {
        form: "evidence".into(),
        record: "claim".into(),
        fields: vec![
            ("title".into(), "Minutes\nof \"March\"".into()),
            ("url".into(), String::new()),
        ],
        kept_at: time(6),
    };
    let writer = made.writer.as_mut().unwrap();
    writer.save_place(&checker().id, &place).unwrap();
    writer.save_draft(&checker().id, Some(&draft)).unwrap();
    assert_meets(
        &validator(&schema::place()),
        &fs::read(folder.join(layout::place_file(&checker().id))).unwrap(),
    );
    assert_meets(
        &validator(&schema::draft()),
        &fs::read(folder.join(layout::draft_file(&checker().id))).unwrap(),
    );
    assert_meets(
        &validator(&schema::lock()),
        &fs::read(folder.join("session.lock")).unwrap(),
    );
    drop(made);
    let open_by = |who: &str, mode| {
        let opened = library.open("kell", mode, who, time(99)).unwrap();
        opened.hear(|_, _| {})
    };
    let ben = open_by("Ben", Mode::Read);
    assert_eq!((ben.place, ben.draft), (None, None), "they are Ana's");
    let mut again = open_by("Ana Köhler", Mode::Write);
    assert_eq!(again.place, Some(place));
    assert_eq!(again.draft, Some(draft));
    again
        .writer
        .as_mut()
        .unwrap()
        .save_draft(&checker().id, None)
        .unwrap();
    again
        .writer
        .as_mut()
        .unwrap()
        .save_draft(&checker().id, None)
        .unwrap();
    drop(again);
    assert_eq!(open_by("Ana Köhler", Mode::Read).draft, None);
}

#[test]
fn place_and_draft_from_before_they_had_an_owner_are_everybodys_first() {
    let (_dir, library) = library();
    let mut made = create(&library, "kell");
    let (ana, ben) = (checker().id, CheckerId::of("Ben"));
    let writer = made.writer.as_mut().unwrap();
    writer.save_draft(&ana, Some(&draft())).unwrap();
    let folder = &made.folder;
    fs::rename(
        folder.join(layout::draft_file(&ana)),
        folder.join(layout::DRAFT_FILE),
    )
    .unwrap();
    let opened_by = |who: &str| {
        let opened = library.open("kell", Mode::Read, who, time(9)).unwrap();
        opened.hear(|_, _| {}).draft
    };
    assert_eq!(opened_by("Ana Köhler"), Some(draft()));
    assert_eq!(opened_by("Ben"), Some(draft()));
    // Whoever was offered it has dealt with it by the next one.
    let later = Draft {
        record: "claim 2".into(),
        ..draft()
    };
    let writer = made.writer.as_mut().unwrap();
    writer.save_draft(&ben, Some(&later)).unwrap();
    assert_eq!(opened_by("Ben"), Some(later));
    assert_eq!(opened_by("Ana Köhler"), None);
    assert_eq!(strays::strays(&made.folder), vec![]);
}

#[test]
fn a_list_is_read_from_heads_and_counts_what_is_there() {
    let (_dir, library) = library();
    let mut made = create(&library, "kell");
    keep(&mut made, claim_step(2));
    let behind = library.list().unwrap();
    made.writer
        .as_mut()
        .unwrap()
        .checkpoint(&made.session, 2)
        .unwrap();
    drop(made);
    create(&library, "kell");
    let list = library.list().unwrap();
    assert_eq!(
        behind[0].claims, 1,
        "a checkpoint that lags is not believed"
    );
    let names: Vec<_> = list
        .iter()
        .map(|s| (&*s.name, s.statements, s.claims, s.checked))
        .collect();
    assert_eq!(names, [("kell", 1, 1, 0), ("kell-2", 1, 0, 0)]);
    assert_eq!(list[0].title, "Kell Bridge opens");
    assert_eq!(list[0].updated_at, Some(time(2)));
    assert_eq!(library.latest().unwrap().as_deref(), Some("kell"));
    for hash in [sha256(TEXT.as_bytes()), sha256(b"as it came")] {
        assert_eq!(library.find_by_hash(&hash).unwrap(), ["kell", "kell-2"]);
    }
    assert_eq!(
        library.find_by_origin("/articles/kell.txt").unwrap().len(),
        2
    );
    assert_eq!(
        library.find_by_hash(&sha256(b"another")).unwrap(),
        Vec::<String>::new()
    );
    for name in ["", "..", "a/b", ".hidden", "c:d"] {
        assert!(
            matches!(library.folder(name), Err(StoreError::BadName(_))),
            "{name}"
        );
    }
    assert_eq!(library.folder("none").unwrap_err().exit_code(), 3);
    assert_eq!(library.free_name("  Über “Kell”: 3rd  "), "über-kell-3rd");
    assert_eq!(library.free_name("…"), "article");
}

#[test]
fn a_sample_is_opened_as_one_copy_and_never_changed() {
    let dir = tempfile::tempdir().unwrap();
    let paths = |sessions: &str| Paths {
        sessions: dir.path().join(sessions),
        own_sessions: dir.path().join("own"),
        ..Paths::find(None, None)
    };
    let samples = Library::new(&paths("samples"));
    let made = create(&samples, "kell");
    let folder = made.folder.clone();
    drop(made);
    fs::write(folder.join(SAMPLE_MARK), "").unwrap();
    let before = files(&folder);
    assert_eq!(open(&samples, "kell", Mode::Read).folder, folder);
    assert!(samples.list().unwrap()[0].sample);
    // Something else of the user's has the name.
    fs::create_dir_all(dir.path().join("own/kell")).unwrap();
    let mut first = open(&samples, "kell", Mode::Write);
    assert_eq!(first.folder, dir.path().join("own/kell-2"));
    assert_eq!((&*first.name, &*first.session.name), ("kell", "kell"));
    assert!(first.report[0].contains("own copy"), "{:?}", first.report);
    keep(&mut first, claim_step(2));
    drop(first);
    let second = open(&samples, "kell", Mode::Write);
    assert_eq!(second.history.seq(), 2, "the same copy again");
    assert_eq!(second.report, Vec::<String>::new());
    assert_eq!(files(&folder), before);
}

#[test]
fn the_name_of_a_sample_means_its_copy_once_there_is_one() {
    let dir = tempfile::tempdir().unwrap();
    let samples = Library::new(&Paths {
        sessions: dir.path().join("samples"),
        own_sessions: dir.path().join("own"),
        ..Paths::find(None, None)
    });
    let folder = create(&samples, "kell").folder;
    fs::write(folder.join(SAMPLE_MARK), "").unwrap();
    let mut copy = open(&samples, "kell", Mode::Write);
    keep(&mut copy, claim_step(2));
    let own = copy.folder.clone();
    drop(copy);
    let read = open(&samples, "kell", Mode::Read);
    assert_eq!((read.history.seq(), &read.folder), (2, &own));
    assert!(read.report[0].contains("is a sample; this is your own copy"));
    assert_eq!(samples.folder("kell").unwrap(), own);
    let listed = samples.list().unwrap();
    let kell = &listed[0];
    assert_eq!((listed.len(), &*kell.name, kell.sample), (1, "kell", false));
    assert_eq!(kell.updated_at, Some(time(2)));
    assert_eq!(kell.copy_in.as_deref(), own.to_str());
    assert!(kell.marks(true)[0].contains("your own copy of the sample, in "));
    assert_eq!(samples.latest().unwrap().as_deref(), Some("kell"));
}

#[test]
fn what_is_deleted_is_kept_whole_in_the_trash_and_can_be_moved_back() {
    let (dir, library) = library();
    let made = create(&library, "kell");
    let folder = made.folder.clone();
    drop(made);
    let name = SessionName::new("kell").unwrap();
    let spot = Shelf::discard(&library, &name).unwrap();
    let trash = dir.path().join("sessions/.trash/kell");
    assert_eq!(spot, Spot::from(&trash));
    assert_eq!(library.list().unwrap(), vec![]);
    fs::rename(&trash, &folder).unwrap();
    assert_eq!(open(&library, "kell", Mode::MustWrite).history.seq(), 1);
    fs::write(folder.join(SAMPLE_MARK), "").unwrap();
    let refused = Shelf::discard(&library, &name).unwrap_err().to_string();
    assert!(refused.contains("a sample is never changed"), "{refused}");
}

#[test]
fn everything_in_memory_can_be_saved_elsewhere() {
    let (dir, library) = library();
    let mut made = create(&library, "kell");
    keep(&mut made, claim_step(2));
    let kept = made.writer.as_ref().and_then(Pen::kept);
    let all = Everything {
        session: Box::new(made.session.clone()),
        steps: made.history.steps().to_vec(),
        text: ArticleText::new(TEXT.into()),
        proposals: made.proposals.clone().map(Arc::new),
        place: None,
        checker: checker().id,
        kept,
    };
    let other = dir.path().join("stick");
    let folder = save_elsewhere(&other, &all, all_is_wanted()).unwrap();
    assert_eq!(
        check_integrity(&folder).unwrap().len(),
        1,
        "the claim's statement was never there"
    );
    let again = open(&Library::at(&other), "kell", Mode::Write);
    assert_eq!(again.session, made.session);
    assert_eq!(again.report, Vec::<String>::new());
}

#[test]
fn what_is_given_up_while_it_is_saved_elsewhere_leaves_nothing_there() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};
    let (dir, library) = library();
    let mut made = create(&library, "kell");
    keep(&mut made, claim_step(2));
    let original = dir.path().join("minutes.pdf");
    fs::write(&original, vec![7; 100_000]).unwrap();
    let mut here = crate::store::evidence::Here::open(&original).unwrap();
    let intake = made.writer.as_ref().unwrap().blobs();
    let mut item = Evidence::empty(Uuid::from_u128(8).into());
    item.file = Some(intake.take_in(&original, &mut here, &|_| true).unwrap());
    let edit = Edit::Evidence(item.id, Change::Create(Box::new(item)));
    keep(&mut made, step(3, vec![edit]));
    let kept = made.writer.as_ref().and_then(Pen::kept);
    let all = Everything {
        session: Box::new(made.session.clone()),
        steps: made.history.steps().to_vec(),
        text: ArticleText::new(TEXT.into()),
        proposals: made.proposals.clone().map(Arc::new),
        place: None,
        checker: checker().id,
        kept,
    };
    let other = dir.path().join("stick");
    let mut looks = 0;
    let saved = loop {
        let (left, last) = (AtomicU64::new(looks), Arc::new(AtomicU64::new(0)));
        let heard = last.clone();
        let told: Told = Arc::new(move |done, of| {
            assert!(done <= of && heard.swap(done, Ordering::SeqCst) <= done);
            left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1))
                .is_ok()
        });
        match save_elsewhere(&other, &all, told) {
            Ok(folder) => {
                assert!(last.load(Ordering::SeqCst) > 100_000);
                break folder;
            }
            Err(e) => assert!(matches!(e, StoreError::GivenUp { .. }), "{e}"),
        }
        let there = fs::read_dir(&other).map_or(0, Iterator::count);
        assert_eq!(there, 0, "after {looks} looks");
        looks += 1;
    };
    assert!(looks > 20, "it can be given up at any time: {looks}");
    assert_eq!(
        open(&Library::at(&other), "kell", Mode::Read).session,
        made.session
    );
    assert!(
        file_path(
            &saved,
            made.session
                .evidence
                .values()
                .next()
                .unwrap()
                .file
                .as_ref()
                .unwrap()
        )
        .unwrap()
        .exists()
    );
}

#[test]
fn a_session_whose_proposals_are_still_to_come_can_be_saved_elsewhere() {
    let (dir, library) = library();
    let made = create(&library, "kell");
    let kept = made.writer.as_ref().and_then(Pen::kept);
    let all = Everything {
        session: Box::new(made.session.clone()),
        steps: made.history.steps().to_vec(),
        text: ArticleText::new(TEXT.into()),
        proposals: Some(Arc::default()),
        place: None,
        checker: checker().id,
        kept,
    };
    let other = dir.path().join("stick");
    save_elsewhere(&other, &all, all_is_wanted()).unwrap();
    let again = open(&Library::at(&other), "kell", Mode::Write);
    // Those that were kept are taken along.
    assert_eq!(
        (again.session, again.proposals),
        (made.session, made.proposals)
    );
}
