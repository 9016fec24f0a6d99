//! The chain of the lines: what names what, and every way to tamper with a journal whose sums are made right again.

use super::damage::*;
use super::*;

/// What stands in the list of parents of a line.
fn parents(line: &[u8]) -> Vec<String> {
    let line: serde_json::Value = serde_json::from_slice(line).unwrap();
    let all = line["parents"].as_array().unwrap().iter();
    all.map(|p| p.as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_line_names_the_line_before_it_and_the_checkpoint_the_last() {
    let (_dir, _library, folder, _) = session(Witness::Whole);
    let lines = lines(&folder);
    assert!(lines[1].starts_with(b"{\"v\":1,\"seq\":1,\"id\":\"00000000-"));
    assert_eq!(
        parents(&lines[1]),
        Vec::<String>::new(),
        "the header is none"
    );
    for pair in lines[1..].windows(2) {
        assert_eq!(parents(&pair[1]), [hash_of(&pair[0])]);
    }
    let checkpoint = fs::read(folder.join("session.json")).unwrap();
    let checkpoint: serde_json::Value = serde_json::from_slice(&checkpoint).unwrap();
    let last = lines.last().unwrap();
    let step: serde_json::Value = serde_json::from_slice(last).unwrap();
    assert_eq!(checkpoint["journal_hash"], hash_of(last));
    assert_eq!(checkpoint["journal_step"], step["id"]);
}

#[test]
fn a_session_from_before_the_chain_is_gone_on_with() {
    let dir = tempfile::tempdir().unwrap();
    let library = Library::at(dir.path());
    let folder = dir.path().join("kell");
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/session-v1");
    sample::copy_session(&files::real_disk(), &golden, &folder).unwrap();
    let last = lines(&folder).last().unwrap().clone();
    let mut opened = open(&library, "kell", Mode::MustWrite);
    let seq = opened.history.seq() + 1;
    keep(&mut opened, claim_step(seq));
    drop(opened);
    assert_eq!(parents(lines(&folder).last().unwrap()), [hash_of(&last)]);
    assert_eq!(errors(&folder), []);
    // The old lines are in the chain now: one of them cannot be changed any more.
    let mut all = lines(&folder);
    let n = all.len() - 2;
    all[n] = resealed(&all[n], "ana-köhler", "ana-kohler");
    put(&folder, &all);
    assert_eq!(errors(&folder)[0].place, format!("journal.jsonl:{}", n + 1));
}

/// Gives the steps from line `from` on, an index, the numbers of their places.
fn renumber(lines: &mut [Vec<u8>], from: usize) {
    for (n, line) in lines.iter_mut().enumerate().skip(from) {
        let text = String::from_utf8(line.clone()).unwrap();
        let (_, rest) = text.split_once("\"seq\":").unwrap();
        let (old, _) = rest.split_once(',').unwrap();
        *line = resealed(line, &format!("\"seq\":{old},"), &format!("\"seq\":{n},"));
    }
}

/// A way to tamper with the lines, every sum of which is made right.
struct Forgery {
    name: &'static str,
    /// The line that is told, 1 for the first.
    told: usize,
    /// How many claims are lost at most: every line that is given another number is another line.
    lost: usize,
    forge: fn(&mut Vec<Vec<u8>>),
}

/// Line 10 is step 9, which makes claim 8.
const FORGERIES: &[Forgery] = &[
    Forgery {
        name: "a line is changed",
        told: 10,
        lost: 1,
        forge: |l| l[9] = resealed(&l[9], "\"unchecked\"", "\"accurate\""),
    },
    Forgery {
        name: "a line is removed",
        told: 9,
        lost: 9,
        forge: |l| {
            l.remove(9);
            renumber(l, 9);
        },
    },
    Forgery {
        name: "two lines are swapped",
        told: 10,
        lost: 8,
        forge: |l| {
            l.swap(9, 10);
            renumber(l, 9);
        },
    },
    Forgery {
        name: "a line is put in between",
        told: 10,
        lost: 8,
        forge: |l| {
            let step = Step {
                seq: 9,
                ..claim_step(900)
            };
            let line = resealed(
                &line_after(&l[..9].concat(), &step),
                "unchecked",
                "accurate",
            );
            l.insert(9, line);
            renumber(l, 10);
        },
    },
    Forgery {
        name: "a line names another one",
        told: 9,
        lost: 2,
        forge: |l| {
            let (named, other) = (hash_of(&l[8]), hash_of(&l[7]));
            l[9] = resealed(&l[9], &named, &other);
            l[9] = resealed(&l[9], "\"unchecked\"", "\"accurate\"");
        },
    },
    Forgery {
        name: "a line names none",
        told: 10,
        lost: 1,
        forge: |l| {
            let named = format!("\"parents\":[\"{}\"],", hash_of(&l[8]));
            l[9] = resealed(&l[9], &named, "");
            l[9] = resealed(&l[9], "\"unchecked\"", "\"accurate\"");
        },
    },
    Forgery {
        name: "the first line is removed",
        told: 2,
        lost: 15,
        forge: |l| {
            l.remove(1);
            renumber(l, 1);
        },
    },
];

#[test]
fn a_forged_line_is_found_located_and_never_applied() {
    for witness in WITNESSES {
        let (_made, _, sound, whole) = session(witness);
        for forgery in FORGERIES {
            let at = format!("{}, {witness:?}", forgery.name);
            let (_dir, library) = library();
            let folder = library.dir().join("kell");
            copy(&sound, &folder);
            let mut all = lines(&folder);
            (forgery.forge)(&mut all);
            put(&folder, &all);
            let found = errors(&folder);
            let born = forgery.told > 2 || witness == Witness::Whole;
            if born {
                let place = format!("journal.jsonl:{}", forgery.told);
                assert!(found.iter().any(|f| f.place == place), "{at}: {found:#?}");
            } else {
                assert!(!found.is_empty(), "{at}");
            }
            // With a checkpoint after it the opening has no need to look; without, it does.
            if witness != Witness::Whole && born {
                let opened = open(&library, "kell", Mode::Write);
                assert!(
                    matches!(opened.read_only, Some(ReadOnly::Damaged(_))),
                    "{at}"
                );
                let forged = |c: &Claim| c.verification_status == VerificationStatus::Accurate;
                assert!(!opened.session.claims.values().any(forged), "{at}");
            }
            let me = ben();
            let done = library.repair("kell", &repairer(&me, false)).unwrap();
            assert_eq!(errors(&folder), [], "{at}");
            let again = open(&library, "kell", Mode::MustWrite);
            for (id, claim) in &again.session.claims {
                assert_eq!(Some(claim), whole.claims.get(id), "{at}");
            }
            let lost = whole.claims.len() - again.session.claims.len();
            assert!(lost <= forgery.lost, "{at}: {lost} {:#?}", done.missing);
            assert_eq!(lost > 0, witness != Witness::Whole, "{at}: {lost}");
            assert!(
                lost == 0 || !done.missing.is_empty(),
                "{at}: what is missing is said"
            );
        }
    }
}

#[test]
fn the_last_line_is_known_by_the_checkpoint() {
    let (_dir, library, folder, _) = session(Witness::Whole);
    let mut all = lines(&folder);
    let last = all.pop().unwrap();
    // Of the same length, so that nothing but the hash tells.
    all.push(resealed(&last, "\"unchecked\"", "\"accurate\" "));
    put(&folder, &all);
    let opened = open(&library, "kell", Mode::Write);
    assert!(matches!(opened.read_only, Some(ReadOnly::Damaged(_))));
    let damage = opened.damage.to_string();
    assert!(
        damage.contains("not the line that session.json names"),
        "{damage}"
    );
    assert_eq!(opened.session.claims.len(), 15, "the checkpoint has it");
    let marked = library.list().unwrap();
    assert!(!marked[0].damage.is_empty(), "a list tells it too");
}

#[test]
fn a_join_names_the_other_copy_and_nothing_else_does() {
    let (_dir, library, folder, _) = session(Witness::Early);
    let all = lines(&folder);
    let other = "ab".repeat(32);
    let two = |kind: &str| {
        let line = line_after(&all.concat(), &step(17, vec![]));
        let line = resealed(&line, "\"]", &format!("\",\"{other}\"]"));
        resealed(&line, "\"kind\":\"do\"", &format!("\"kind\":\"{kind}\""))
    };
    put(&folder, &[all.clone(), vec![two("join")]].concat());
    let opened = open(&library, "kell", Mode::MustWrite);
    let last = opened.history.steps().last().unwrap();
    assert_eq!((last.seq, last.kind), (17, StepKind::Join));
    assert_eq!(errors(&folder), []);
    drop(opened);
    for wrong in [
        two("do"),
        resealed(&two("join"), &other, "xyz"),
        resealed(&two("join"), "\"]", &format!("\",\"{other}\"]")),
        resealed(&two("join"), "\"v\":1", "\"v\":2"),
    ] {
        put(&folder, &[all.clone(), vec![wrong.clone()]].concat());
        let opened = open(&library, "kell", Mode::Write);
        assert!(
            matches!(opened.read_only, Some(ReadOnly::Newer(_))),
            "{} {:?}",
            String::from_utf8_lossy(&wrong),
            opened.read_only
        );
    }
}

#[test]
fn a_doubled_last_step_is_known_by_its_id() {
    let (_dir, library, folder, whole) = session(Witness::Early);
    let all = lines(&folder);
    // Written again after itself, under the next number.
    let again = Step {
        id: Uuid::from_u128(16).into(),
        seq: 17,
        ..claim_step(16)
    };
    let again = line_after(&all.concat(), &again);
    put(&folder, &[all.clone(), vec![again.clone()]].concat());
    let opened = open(&library, "kell", Mode::MustWrite);
    assert_eq!(opened.session.claims, whole.claims);
    assert!(
        opened.report[0].contains("there twice"),
        "{:?}",
        opened.report
    );
    assert_eq!(lines(&folder), all, "it was set aside");
    drop(opened);
    // The same id with other edits is no repetition: nothing is cut.
    let other = resealed(&again, "unchecked", "accurate");
    put(&folder, &[all, vec![other]].concat());
    let found = errors(&folder);
    assert!(
        found.iter().any(|f| f.message.contains("same id")),
        "{found:?}"
    );
}
