//! What a crash or a careless hand leaves is repaired or reported, never skipped.

use super::*;
use crate::store::disk::known::Known;
use crate::store::folder::journal::Journal;

fn closed(steps: u64) -> (tempfile::TempDir, Library, std::path::PathBuf, Session) {
    let (dir, library) = library();
    let mut made = create(&library, "kell");
    for seq in 2..=steps {
        keep(&mut made, claim_step(seq));
    }
    let (folder, session) = (made.folder.clone(), made.session.clone());
    (dir, library, folder, session)
}

#[test]
fn a_tail_torn_at_any_byte_is_set_aside_and_every_whole_line_kept() {
    let (_dir, library, folder, _) = closed(3);
    let path = folder.join("journal.jsonl");
    let whole = fs::read(&path).unwrap();
    let last = whole[..whole.len() - 1]
        .iter()
        .rposition(|b| *b == b'\n')
        .unwrap()
        + 1;
    for cut in last..whole.len() {
        let mut read = Journal::scan(whole[..cut].to_vec());
        let steps = read.steps_behind(0, Known::default());
        let kept = 2 + usize::from(cut == whole.len() - 1);
        assert_eq!(
            (steps.len(), read.torn.is_some()),
            (kept, cut > last && kept == 2)
        );
        // The whole of it costs many syncs; the borders and some between will do.
        if cut > last + 2 && cut + 30 < whole.len() && cut % 61 != 0 {
            continue;
        }
        fs::write(&path, &whole[..cut]).unwrap();
        let looked = open(&library, "kell", Mode::Read);
        assert_eq!(
            fs::read(&path).unwrap().len(),
            cut,
            "looking repairs nothing"
        );
        let opened = open(&library, "kell", Mode::Write);
        let set_aside = folder.join("journal.damaged-1");
        let journal = fs::read(&path).unwrap();
        assert_eq!(looked.session, opened.session);
        if cut == last {
            assert_eq!((opened.history.seq(), opened.report.len()), (2, 0));
        } else if cut == whole.len() - 1 {
            assert_eq!(opened.history.seq(), 3, "only the line feed was missing");
            assert_eq!(journal, whole);
        } else {
            assert_eq!(opened.history.seq(), 2);
            assert_eq!(journal, whole[..last]);
            assert_eq!(fs::read(&set_aside).unwrap(), whole[last..cut]);
            assert!(
                opened.report[0].contains("journal.damaged-1"),
                "{:?}",
                opened.report
            );
            fs::remove_file(&set_aside).unwrap();
        }
        assert_eq!(opened.read_only, None);
    }
}

#[test]
fn a_quick_opening_reads_the_earlier_steps_later() {
    let (_dir, library) = library();
    let mut made = create(&library, "kell");
    keep(&mut made, claim_step(2));
    made.writer
        .as_mut()
        .unwrap()
        .checkpoint(&made.session, 2)
        .unwrap();
    keep(&mut made, claim_step(3));
    drop(made);
    let mut quick = library
        .open_quickly("kell", Mode::Write, "Ben", time(9))
        .unwrap()
        .hear(|_, _| {});
    assert_eq!((quick.history.seq(), quick.history.steps().len()), (3, 0));
    keep(&mut quick, claim_step(4));
    let earlier = quick.earlier.take().unwrap().load().unwrap();
    let history = std::mem::take(&mut quick.history).follow(earlier);
    let session = quick.session.clone();
    drop(quick);
    let whole = open(&library, "kell", Mode::Read);
    assert_eq!(history.steps(), whole.history.steps());
    assert_eq!(whole.session, session);
}

#[test]
fn work_goes_on_behind_a_repaired_tail() {
    let (_dir, library, folder, _) = closed(2);
    let path = folder.join("journal.jsonl");
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend([0; 700]);
    fs::write(&path, bytes).unwrap();
    let mut opened = open(&library, "kell", Mode::Write);
    assert_eq!(opened.report.len(), 1, "{:?}", opened.report);
    keep(&mut opened, claim_step(3));
    let session = opened.session.clone();
    drop(opened);
    let again = open(&library, "kell", Mode::Write);
    assert_eq!(again.report, Vec::<String>::new());
    assert_eq!(again.session, session);
}

#[test]
fn a_bad_line_in_the_middle_opens_read_only_and_names_the_line() {
    let (_dir, library, folder, _) = closed(5);
    let path = folder.join("journal.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let flipped = lines[3].replace("unchecked", "uncheckee");
    let mut gap = lines.clone();
    gap.remove(3);
    let damaged = [
        [&lines[..3], &[flipped.as_str()], &lines[4..]].concat(),
        gap,
        [&lines[..3], &["not JSON"], &lines[4..]].concat(),
        [&lines[..3], &[""], &lines[4..]].concat(),
    ];
    for lines in damaged {
        let text = lines.join("\n") + "\n";
        fs::write(&path, &text).unwrap();
        let opened = open(&library, "kell", Mode::Write);
        assert!(
            matches!(&opened.read_only, Some(ReadOnly::Damaged(_))),
            "{:?}",
            opened.read_only
        );
        assert!(
            opened.damage.faults()[0].what.contains("ine 4 "),
            "{:?}",
            opened.damage
        );
        assert_eq!(opened.history.seq(), 2, "nothing behind the line is taken");
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            text,
            "nothing is touched"
        );
        let must = library
            .open("kell", Mode::MustWrite, "Ben", time(1))
            .unwrap_err();
        assert!(matches!(must, StoreError::NeedsRepair { .. }), "{must}");
        let found = check_integrity(&folder).unwrap();
        assert_eq!(found[0].place, "journal.jsonl:4");
    }
}

#[test]
fn a_damaged_or_missing_checkpoint_is_rebuilt() {
    let (_dir, library, folder, session) = closed(4);
    let path = folder.join("session.json");
    let good = fs::read(&path).unwrap();
    let mut elsewhere = unsummed(&String::from_utf8(good.clone()).unwrap());
    elsewhere = elsewhere.replace("\"journal_bytes\":", "\"journal_bytes\":1");
    let half = &good[..good.len() / 2];
    for (n, damaged) in [half, b"", b"{}", b"\xff\xfe", elsewhere.as_bytes()]
        .into_iter()
        .enumerate()
    {
        fs::write(&path, damaged).unwrap();
        assert!(!check_integrity(&folder).unwrap().is_empty());
        let looked = open(&library, "kell", Mode::Read);
        assert_eq!(looked.session, session);
        assert_eq!(fs::read(&path).unwrap(), damaged);
        let opened = open(&library, "kell", Mode::Write);
        assert_eq!(opened.session, session);
        assert_eq!(opened.report.len(), 1, "{:?}", opened.report);
        let kept = folder.join(format!("session.json.damaged-{}", n + 1));
        assert_eq!(fs::read(kept).unwrap(), damaged);
        drop(opened);
        assert_eq!(
            open(&library, "kell", Mode::Write).report,
            Vec::<String>::new()
        );
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(open(&library, "kell", Mode::Write).session, session);
    assert!(path.exists());
}

#[test]
fn a_bit_flipped_anywhere_in_a_checkpoint_is_found_out() {
    let (_dir, library, folder, session) = closed(3);
    let path = folder.join("session.json");
    let good = fs::read(&path).unwrap();
    for at in (0..good.len())
        .step_by(7)
        .chain(good.len() - 30..good.len() - 1)
    {
        let mut flipped = good.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(disk::read_checkpoint(&flipped).is_err(), "byte {at}");
    }
    // Git's line ends and a byte order mark are no damage.
    let windows = String::from_utf8(good.clone())
        .unwrap()
        .replace('\n', "\r\n");
    let read = disk::read_checkpoint(windows.as_bytes()).unwrap();
    assert!(read.summed && read.session.id == session.id);
    let old = unsummed(&String::from_utf8(good).unwrap());
    assert!(!disk::read_checkpoint(old.as_bytes()).unwrap().summed);
    // A flipped version is no newer one.
    let newer = old.replace("\"version\":1", "\"version\":3");
    assert!(matches!(
        disk::read_checkpoint(newer.as_bytes()),
        Err(disk::Unreadable::Newer(3))
    ));
    fs::write(
        &path,
        fs::read_to_string(&path)
            .unwrap()
            .replace("\"version\":1", "\"version\":3"),
    )
    .unwrap();
    let opened = open(&library, "kell", Mode::Write);
    assert_eq!(
        (opened.session, opened.damage),
        (session, Damage::default())
    );
}

#[test]
fn a_journal_that_lost_lines_is_not_written_over() {
    let (_dir, library) = library();
    let mut made = create(&library, "kell");
    keep(&mut made, claim_step(2));
    keep(&mut made, claim_step(3));
    made.writer
        .as_mut()
        .unwrap()
        .checkpoint(&made.session, 3)
        .unwrap();
    let (folder, session) = (made.folder.clone(), made.session.clone());
    drop(made);
    let path = folder.join("journal.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    fs::write(&path, lines[..3].join("\n") + "\n").unwrap();
    let opened = open(&library, "kell", Mode::Write);
    assert_eq!(
        opened.session, session,
        "the checkpoint is the better witness"
    );
    assert!(matches!(&opened.read_only, Some(ReadOnly::Damaged(_))));
    fs::remove_file(&path).unwrap();
    let opened = open(&library, "kell", Mode::Write);
    assert_eq!(opened.session, session);
    assert!(opened.writer.is_none());
    assert!(!path.exists());
}

#[test]
fn a_newer_version_is_refused_and_left_untouched() {
    let (_dir, library, folder, _) = closed(2);
    let path = folder.join("session.json");
    let newer = unsummed(&fs::read_to_string(&path).unwrap());
    let newer = newer.replace("\"version\":1", "\"version\":2");
    fs::write(&path, &newer).unwrap();
    let before = files(&folder);
    for mode in [Mode::Write, Mode::Read] {
        let e = library.open("kell", mode, "Ben", time(1)).unwrap_err();
        assert!(matches!(e, StoreError::Newer { version: 2, .. }), "{e}");
        assert_eq!(e.exit_code(), 3);
    }
    assert!(
        library.list().unwrap()[0]
            .problem
            .as_ref()
            .unwrap()
            .contains("version 2")
    );
    assert_eq!(files(&folder), before);
}

#[test]
fn an_older_version_is_migrated_with_its_first_step_and_its_checkpoint_kept() {
    let (_dir, _, folder, session) = closed(2);
    let before = files(&folder);
    let old = fs::read(folder.join("session.json")).unwrap();
    let journal = fs::read(folder.join("journal.jsonl")).unwrap();
    let mut writer = writer::Writer::begin(writer::Start {
        folder: folder.clone(),
        disk: files::real_disk(),
        kept: Journal::scan(journal.clone()).extent().unwrap(),
        tip: Journal::scan(journal.clone()).tip(),
        older: Some(0),
        lock: None,
    })
    .unwrap();
    writer.checkpoint(&session, 2).unwrap();
    assert_eq!(
        files(&folder),
        before,
        "nothing is migrated by looking at it"
    );
    writer.append(&claim_step(3)).unwrap();
    writer.append(&claim_step(4)).unwrap();
    assert_eq!(fs::read(folder.join("session.json.v0")).unwrap(), old);
    let now = fs::read(folder.join("journal.jsonl")).unwrap();
    assert!(now.starts_with(&journal), "the journal is never rewritten");
    let mut read = Journal::scan(now);
    let steps = read.steps_behind(0, Known::default());
    assert_eq!((read.bad, steps.len(), read.version), (None, 4, 1));
}

#[test]
fn leftovers_of_a_killed_checkpoint_are_swept() {
    let (_dir, library, folder, session) = closed(2);
    fs::write(folder.join(".claimdesk-a1b2c3"), "half a checkp").unwrap();
    assert_eq!(open(&library, "kell", Mode::Write).session, session);
    assert!(!folder.join(".claimdesk-a1b2c3").exists());
}

#[test]
fn a_changed_text_is_found_out() {
    let (_dir, library, folder, session) = closed(1);
    let version = session.current().unwrap().clone();
    let path = folder.join("articles").join(format!("{}.txt", version.id));
    fs::write(&path, TEXT.replace("80", "90")).unwrap();
    let opened = open(&library, "kell", Mode::Write);
    assert!(matches!(
        opened.texts.load(&version),
        Err(StoreError::Damaged { .. })
    ));
    assert_eq!(check_integrity(&folder).unwrap().len(), 1);
}

#[test]
fn lost_or_damaged_proposals_are_told_and_the_session_opens() {
    let (_dir, library, folder, _) = closed(1);
    let path = fs::read_dir(folder.join("proposals"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let whole = fs::read_to_string(&path).unwrap();
    let cut = whole.lines().take(3).collect::<Vec<_>>().join("\n");
    fs::write(&path, cut).unwrap();
    let opened = open(&library, "kell", Mode::Write);
    assert_eq!((opened.proposals, opened.report.len()), (None, 1));
    drop(opened.writer);
    let first = "{\"attributions\":[[0,";
    assert!(whole.contains(first), "{whole}");
    fs::write(&path, whole.replace(first, "{\"attributions\":[[9,")).unwrap();
    assert_eq!(open(&library, "kell", Mode::Write).report.len(), 1);
}

#[test]
fn what_dangles_is_found() {
    let (_dir, library) = library();
    let mut made = create(&library, "kell");
    keep(&mut made, claim_step(2));
    let claim = *made.session.claims.keys().next().unwrap();
    let nowhere = Uuid::from_u128(99);
    let held = Held::against(Uuid::from_u128(5).into(), nowhere.into(), nowhere.into());
    let mut voice = Attribution::on(
        Uuid::from_u128(6).into(),
        claim,
        StatementId::of(version(), &[]),
    );
    voice.via = Some(nowhere.into());
    let mut item = Evidence::empty(Uuid::from_u128(8).into());
    item.file = Some(EvidenceFile {
        sha256: sha256(b"gone"),
        bytes: 4,
        media_type: "text/plain".into(),
        name: "gone.txt".into(),
    });
    let mut last = step(
        3,
        vec![
            Edit::Held(held.id, Change::Create(Box::new(held))),
            Edit::Attribution(voice.id, Change::Create(Box::new(voice))),
            Edit::Evidence(item.id, Change::Create(Box::new(item))),
        ],
    );
    last.kind = StepKind::Redo;
    last.of = Some(nowhere.into());
    keep(&mut made, last);
    made.writer
        .as_mut()
        .unwrap()
        .checkpoint(&made.session, 3)
        .unwrap();
    let found = check_integrity(&made.folder).unwrap();
    let places: Vec<_> = found
        .iter()
        .map(|f| f.place.split(' ').next().unwrap())
        .collect();
    let expected = [
        "step",
        "claim",
        "attribution",
        "attribution",
        "held",
        "held",
        "evidence",
    ];
    assert_eq!(places, expected, "{found:#?}");
}

#[test]
fn a_session_in_order_has_no_findings() {
    let (_dir, library) = library();
    let made = create(&library, "kell");
    assert_eq!(check_integrity(&made.folder).unwrap(), vec![]);
    assert!(matches!(
        check_integrity(library.dir()),
        Err(StoreError::NotFound(_))
    ));
}

#[test]
#[cfg(unix)]
fn a_checkpoint_keeps_mode_and_symbolic_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (dir, library) = library();
    let mut made = create(&library, "kell");
    let path = made.folder.join("session.json");
    let real = dir.path().join("elsewhere.json");
    fs::rename(&path, &real).unwrap();
    symlink(&real, &path).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    keep(&mut made, claim_step(2));
    made.writer
        .as_mut()
        .unwrap()
        .checkpoint(&made.session, 2)
        .unwrap();
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    assert_eq!(
        fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert!(
        fs::read_to_string(&real)
            .unwrap()
            .contains("\"journal_seq\":2")
    );
}
