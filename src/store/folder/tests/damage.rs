//! Every kind of damage, with a checkpoint that holds everything, one that holds the beginning, and none: the opening
//! says what is wrong and hands over what there is, nothing is partial in silence, and a repair makes a session that can
//! be worked on again.

use super::*;
use crate::core::problems::Severity;

const STEPS: u64 = 16;

/// Which checkpoint there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Witness {
    /// One that holds every step.
    Whole,
    /// One that holds the first steps.
    Early,
    /// None.
    None,
}

pub(super) const WITNESSES: [Witness; 3] = [Witness::Whole, Witness::Early, Witness::None];

/// A closed session of 15 claims; its state after the last step.
pub(super) fn session(
    witness: Witness,
) -> (tempfile::TempDir, Library, std::path::PathBuf, Session) {
    let (dir, library) = library();
    let mut made = create(&library, "kell");
    // The statement that the claims are on.
    for seq in 2..=STEPS {
        let mut step = claim_step(seq);
        if seq == 2 {
            step.edits.insert(0, statement());
        }
        keep(&mut made, step);
        if seq == 4 && witness == Witness::Early || seq == STEPS && witness == Witness::Whole {
            let writer = made.writer.as_mut().unwrap();
            writer.checkpoint(&made.session, seq).unwrap();
        }
    }
    let (folder, session) = (made.folder.clone(), made.session.clone());
    drop(made);
    if witness == Witness::None {
        fs::remove_file(folder.join("session.json")).unwrap();
    }
    (dir, library, folder, session)
}

fn statement() -> Edit {
    let spans = vec![Span::new(19, 73)];
    let text = ArticleText::new(TEXT.into());
    let id = StatementId::of(version(), &spans);
    let record = Statement {
        id: id.clone(),
        anchor: Anchor {
            version: version(),
            statement_id: Some(id.clone()),
            exact: text.exact(&spans),
            spans,
            ..Anchor::default()
        },
        block: BlockKind::Paragraph,
        decision: Decision::TakenUp,
        reason: String::new(),
        origin: Origin::Proposal,
        why: String::new(),
    };
    Edit::Statement(id, Change::Create(Box::new(record)))
}

/// A way to damage the session in a folder.
struct Kind {
    name: &'static str,
    /// How many claims are left with a whole checkpoint, an early one, and none.
    claims: [usize; 3],
    damage: fn(&Path),
}

pub(super) fn lines(folder: &Path) -> Vec<Vec<u8>> {
    let bytes = fs::read(folder.join("journal.jsonl")).unwrap();
    bytes
        .split_inclusive(|b| *b == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

pub(super) fn put(folder: &Path, lines: &[Vec<u8>]) {
    fs::write(folder.join("journal.jsonl"), lines.concat()).unwrap();
}

/// Flips a bit of line `n`, 1 for the first.
fn flip(folder: &Path, n: usize) {
    let mut lines = lines(folder);
    let line = &mut lines[n - 1];
    let middle = line.len() / 2;
    line[middle] ^= 4;
    put(folder, &lines);
}

/// Steps of another checker's copy, which go on from the `common` lines.
pub(super) fn theirs(common: &[Vec<u8>], seqs: &[u64]) -> Vec<Vec<u8>> {
    let of = |seq: &u64| Step {
        seq: *seq,
        ..claim_step(seq + 100)
    };
    let steps: Vec<Step> = seqs.iter().map(of).collect();
    lines_after(&common.concat(), &steps)
}

fn text_path(folder: &Path) -> std::path::PathBuf {
    let mut all = fs::read_dir(folder.join("articles")).unwrap();
    all.next().unwrap().unwrap().path()
}

/// Line 1 is the header, line n + 1 is step n, which makes claim n - 1.
const KINDS: [Kind; 17] = [
    Kind {
        name: "a bit flipped in the middle",
        claims: [15, 14, 14],
        damage: |f| flip(f, 9),
    },
    Kind {
        name: "a bit flipped in the header",
        claims: [15, 15, 15],
        damage: |f| flip(f, 1),
    },
    Kind {
        // Without a checkpoint the claims have nothing to be on: the statement came with the second step.
        name: "a bit flipped in the first two steps",
        claims: [15, 15, 0],
        damage: |f| {
            flip(f, 2);
            flip(f, 3);
        },
    },
    Kind {
        name: "two lines lost in the middle",
        claims: [15, 13, 13],
        damage: |f| {
            let mut l = lines(f);
            l.drain(8..10);
            put(f, &l);
        },
    },
    Kind {
        name: "two lines swapped",
        claims: [15, 15, 15],
        damage: |f| {
            let mut l = lines(f);
            l.swap(8, 9);
            put(f, &l);
        },
    },
    Kind {
        name: "NULs in the middle",
        claims: [15, 15, 15],
        damage: |f| {
            let mut l = lines(f);
            l.insert(8, vec![0; 300]);
            l[8].push(b'\n');
            put(f, &l);
        },
    },
    Kind {
        name: "NULs over a line",
        claims: [15, 14, 14],
        damage: |f| {
            let mut l = lines(f);
            let n = l[8].len();
            l[8] = vec![0; n - 1];
            l[8].push(b'\n');
            put(f, &l);
        },
    },
    Kind {
        name: "a line twice in the middle",
        claims: [15, 15, 15],
        damage: |f| {
            let mut l = lines(f);
            l.insert(9, l[8].clone());
            put(f, &l);
        },
    },
    Kind {
        name: "a journal shorter than its checkpoint",
        claims: [15, 15, 15],
        damage: |f| {
            if !f.join("session.json").exists() {
                // Without a witness a shorter journal is a younger session: spoil the middle instead.
                let mut l = lines(f);
                l.insert(5, b"rubbish\n".to_vec());
                return put(f, &l);
            }
            let known = fs::read_to_string(f.join("session.json")).unwrap();
            match known.contains("\"journal_seq\":16") {
                true => put(f, &lines(f)[..10]),
                false => flip_and_back(f),
            }
        },
    },
    Kind {
        name: "an empty journal",
        claims: [15, 3, 0],
        damage: |f| fs::write(f.join("journal.jsonl"), "").unwrap(),
    },
    Kind {
        name: "no journal",
        claims: [15, 3, 0],
        damage: |f| fs::remove_file(f.join("journal.jsonl")).unwrap(),
    },
    Kind {
        name: "git's conflict markers",
        claims: [15, 15, 15],
        damage: |f| {
            let mut l = lines(f);
            l.insert(15, b"<<<<<<< HEAD\n".to_vec());
            l.push(b"=======\n".to_vec());
            l.extend(theirs(&l[..15], &[15, 16, 17]));
            l.push(b">>>>>>> ana\n".to_vec());
            put(f, &l);
        },
    },
    Kind {
        name: "two copies after one another, as git's union merges",
        claims: [15, 15, 15],
        damage: |f| {
            let mut l = lines(f);
            l.extend(theirs(&l[..15], &[15, 16, 17]));
            put(f, &l);
        },
    },
    Kind {
        name: "a step that does not fit",
        claims: [15, 15, 15],
        damage: |f| {
            let mut l = lines(f);
            let mut misfit = claim_step(2);
            misfit.seq = 17;
            misfit.id = Uuid::from_u128(17).into();
            l.push(line_after(&l.concat(), &misfit));
            put(f, &l);
        },
    },
    Kind {
        name: "a checkpoint of another state",
        claims: [15, 15, 15],
        damage: |f| {
            let path = f.join("session.json");
            let Ok(text) = fs::read_to_string(&path) else {
                return flip_and_back(f);
            };
            let text = unsummed(&text).replace("Kell Bridge opens", "Kell Bridge closes");
            fs::write(
                &path,
                text.replace("\"journal_bytes\":", "\"journal_bytes\":9"),
            )
            .unwrap();
        },
    },
    Kind {
        name: "journal and checkpoint damaged",
        claims: [14, 14, 14],
        damage: |f| {
            flip(f, 9);
            let path = f.join("session.json");
            if let Ok(bytes) = fs::read(&path) {
                fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
            }
        },
    },
    Kind {
        name: "an article that was changed, with a copy of it beside it",
        claims: [15, 15, 15],
        damage: |f| {
            let path = text_path(f);
            let copy = path.with_file_name("the text (Ana's conflicted copy).txt");
            fs::copy(&path, copy).unwrap();
            fs::write(&path, TEXT.replace("80", "90")).unwrap();
        },
    },
];

/// Rubbish between two lines, which loses nothing.
fn flip_and_back(folder: &Path) {
    let mut l = lines(folder);
    l.insert(5, b"rubbish\n".to_vec());
    put(folder, &l);
}

pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(fs::copy(&path, &target).unwrap()),
        }
    }
}

pub(super) fn repairer(checker: &Checker, dry_run: bool) -> Repairer<'_> {
    Repairer {
        checker,
        now: time(200),
        step: Uuid::from_u128(0xabc).into(),
        session: Uuid::from_u128(0xdef).into(),
        dry_run,
    }
}

pub(super) fn ben() -> Checker {
    Checker {
        id: CheckerId::of("Ben"),
        name: "Ben".into(),
    }
}

pub(super) fn errors(folder: &Path) -> Vec<Finding> {
    let mut found = check_integrity(folder).unwrap();
    found.retain(|f| f.severity == Severity::Error);
    found
}

#[test]
fn every_kind_of_damage_is_said_and_mended() {
    for (n, witness) in WITNESSES.into_iter().enumerate() {
        // Making it once and copying it saves many syncs.
        let (_made, _, sound, whole) = session(witness);
        for kind in KINDS {
            let at = format!("{}, {witness:?}", kind.name);
            let (_dir, library) = library();
            let folder = library.dir().join("kell");
            copy(&sound, &folder);
            let before = fs::read(folder.join("journal.jsonl")).unwrap();
            (kind.damage)(&folder);
            let damaged = files(&folder);
            assert!(!errors(&folder).is_empty(), "{at}");
            let summary = &library.list().unwrap()[0];
            assert!(
                !summary.damage.is_empty() || summary.problem.is_some(),
                "{at}"
            );
            match library.open("kell", Mode::Write, "Ben", time(99)) {
                Ok(opened) => {
                    let opened = opened.hear(|_, damage| assert!(!damage.is_empty(), "{at}"));
                    assert!(opened.writer.is_none(), "{at}");
                    assert!(
                        matches!(opened.read_only, Some(ReadOnly::Damaged(_))),
                        "{at}"
                    );
                }
                Err(e) => assert!(matches!(e, StoreError::Unopenable { .. }), "{at}: {e}"),
            }
            let must = library
                .open("kell", Mode::MustWrite, "Ben", time(99))
                .unwrap_err();
            assert!(
                must.to_string().contains("claimdesk repair kell"),
                "{at}: {must}"
            );
            let me = ben();
            let dry = library.repair("kell", &repairer(&me, true)).unwrap();
            assert_eq!(files(&folder), damaged, "{at}: a dry run changes nothing");
            let done = library.repair("kell", &repairer(&me, false)).unwrap();
            assert_eq!(
                (&dry.missing, &dry.lines),
                (&done.missing, &done.lines),
                "{at}"
            );
            assert!(done.left.is_empty() && !done.damage.is_empty(), "{at}");

            assert_eq!(errors(&folder), [], "{at}");
            let mut again = open(&library, "kell", Mode::Write);
            assert_eq!(again.damage, Damage::default(), "{at}");
            // Of a session whose journal was sound all the time, the checkpoint is rebuilt as ever.
            let quiet = done.step.is_none() || again.report.is_empty();
            assert!(quiet, "{at}: {:?}", again.report);
            assert_eq!(
                again.session.claims.len(),
                kind.claims[n],
                "{at}: {:#?}",
                done.missing
            );
            let lost = kind.claims[n] < whole.claims.len();
            assert!(
                !lost || !done.missing.is_empty(),
                "{at}: what is missing is said"
            );
            for (id, claim) in &again.session.claims {
                assert_eq!(Some(claim), whole.claims.get(id), "{at}");
            }
            // The lines that are kept are the ones that were there.
            let now = fs::read(folder.join("journal.jsonl")).unwrap();
            for line in now.split_inclusive(|b| *b == b'\n') {
                let old = before.windows(line.len()).any(|w| w == line);
                let made = String::from_utf8_lossy(line);
                let ours = ["\"kind\":\"repair\"", "claimdesk.journal"]
                    .iter()
                    .any(|w| made.contains(w));
                assert!(old || ours || kind.name.contains("not fit"), "{at}: {made}");
            }
            // Whatever was there before is kept.
            let kept: Vec<Vec<u8>> = files(&folder).into_iter().map(|(_, bytes)| bytes).collect();
            assert!(
                damaged.iter().all(|(_, bytes)| kept.contains(bytes)),
                "{at}"
            );

            let mut step = claim_step(500);
            step.seq = again.writer.as_ref().unwrap().seq() + 1;
            keep(&mut again, step);
            let session = again.session.clone();
            drop(again);
            assert_eq!(open(&library, "kell", Mode::Read).session, session, "{at}");
            let mended = files(&folder);
            let twice = library.repair("kell", &repairer(&me, false)).unwrap();
            assert!(twice.damage.is_empty() && twice.step.is_none(), "{at}");
            assert_eq!(
                files(&folder),
                mended,
                "{at}: a second repair changes nothing"
            );
            // The journal alone tells the repaired session.
            fs::remove_file(folder.join("session.json")).unwrap();
            let alone = open(&library, "kell", Mode::Read);
            assert_eq!(
                (alone.session, alone.damage),
                (session, Damage::default()),
                "{at}"
            );
        }
    }
}

#[test]
fn how_many_lines_were_not_read_is_said_in_words_that_fit_the_number() {
    let (_dir, library, folder, _) = session(Witness::None);
    assert_eq!(lines(&folder).len(), 17);
    // The later line first: whoever only reads stops at the first that is bad.
    for (line, says) in [
        (16, "; the line after it was not read"),
        (15, "; the 2 lines after it were not read"),
    ] {
        flip(&folder, line);
        let damage = open(&library, "kell", Mode::Read).damage.to_string();
        assert!(damage.contains(says), "{damage}");
    }
}

#[test]
fn a_last_step_that_was_changed_is_damage_to_whoever_only_reads() {
    let (_dir, library, folder, _) = session(Witness::None);
    flip(&folder, 17);
    let read = open(&library, "kell", Mode::Read);
    assert!(
        read.damage
            .to_string()
            .contains("the last step of the journal"),
        "{}",
        read.damage
    );
    assert!(!library.list().unwrap()[0].damage.is_empty());
    let me = ben();
    let done = library.repair("kell", &repairer(&me, false)).unwrap();
    assert_eq!(done.kept, 15);
    let again = open(&library, "kell", Mode::Read);
    assert_eq!(
        (again.session.claims.len(), again.damage),
        (14, Damage::default())
    );
}

#[test]
fn what_a_newer_claimdesk_wrote_is_neither_repaired_nor_called_damaged() {
    let (_dir, library, folder, _) = session(Witness::Early);
    let path = folder.join("journal.jsonl");
    let mut lines = lines(&folder);
    let known = String::from_utf8(lines[5].clone()).unwrap();
    let body = known.split(",\"crc\"").next().unwrap();
    let body = body.replace("\"kind\":\"do\"", "\"kind\":\"dream\"");
    let sum = crc32fast::hash(format!("{body}}}").as_bytes());
    lines[5] = format!("{body},\"crc\":\"{sum:08x}\"}}\n").into_bytes();
    put(&folder, &lines);
    let before = fs::read(&path).unwrap();
    let read = open(&library, "kell", Mode::Read);
    assert_eq!(read.damage.word(), "written by a newer claimdesk");
    assert_eq!(read.damage.remedy("kell"), "use a newer claimdesk");
    let me = ben();
    let e = library.repair("kell", &repairer(&me, false)).unwrap_err();
    assert!(matches!(e, StoreError::Foreign { .. }), "{e}");
    assert_eq!(fs::read(&path).unwrap(), before);
}
