//! What may stand at the end of a journal, or around its lines, and what does not: the first opening is right.

use super::*;
use crate::store::disk::known::Known;
use crate::store::folder::journal::Journal;

/// A session of three steps whose checkpoint holds the first `checkpointed`, closed.
fn closed(checkpointed: u64) -> (tempfile::TempDir, Library, std::path::PathBuf, Session) {
    let (dir, library) = library();
    let mut made = create(&library, "kell");
    for seq in 2..=3 {
        keep(&mut made, claim_step(seq));
        if seq == checkpointed {
            made.writer
                .as_mut()
                .unwrap()
                .checkpoint(&made.session, seq)
                .unwrap();
        }
    }
    let (folder, session) = (made.folder.clone(), made.session.clone());
    (dir, library, folder, session)
}

fn quickly(library: &Library) -> InFolder {
    library
        .open_quickly("kell", Mode::Write, "Ben", time(99))
        .unwrap()
        .hear(|_, _| {})
}

/// Opens the session quickly, as the workbench does, with all its steps; it has to be writable.
fn resumed(library: &Library) -> InFolder {
    let mut opened = quickly(library);
    assert_eq!(opened.read_only, None);
    if let Some(earlier) = opened.earlier.take() {
        opened.history = std::mem::take(&mut opened.history).follow(earlier.load().unwrap());
    }
    opened
}

/// What a crash, a power cut or a careless program leaves after the last line, and the file's name.
fn tails(journal: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let last = journal
        .split_inclusive(|b| *b == b'\n')
        .next_back()
        .unwrap();
    let old = journal.split_inclusive(|b| *b == b'\n').nth(1).unwrap();
    vec![
        ("half a line", b"{\"seq\":4,\"id\":\"01a".to_vec()),
        ("one NUL", vec![0]),
        ("a block of NULs", vec![0; 4096]),
        ("NULs and a line feed", b"\0\0\0\n".to_vec()),
        ("70 KB of x", vec![b'x'; 70_000]),
        ("the last line doubled", last.to_vec()),
        ("part of an old line", old[40..old.len() - 30].to_vec()),
        ("the end of an old line", old[40..].to_vec()),
        ("several bad lines", b"\0\0\n{\"seq\":4,\n\0".to_vec()),
        ("all of it doubled", journal.to_vec()),
    ]
}

#[test]
fn the_first_opening_after_any_bad_last_line_is_writable_and_calm() {
    for checkpointed in [1, 2, 3] {
        let (_dir, library, folder, session) = closed(checkpointed);
        let path = folder.join("journal.jsonl");
        let whole = fs::read(&path).unwrap();
        for (what, tail) in tails(&whole) {
            fs::write(&path, [&*whole, &tail].concat()).unwrap();
            let mut opened = resumed(&library);
            assert_eq!(opened.session, session, "{what}");
            assert_eq!(opened.history.steps().len(), 3, "{what}");
            assert_eq!(opened.report.len(), 1, "{what}: {:?}", opened.report);
            let calm = opened.report[0].contains("was set aside in journal.damaged-1");
            assert!(calm, "{what}: {}", opened.report[0]);
            keep(&mut opened, claim_step(4));
            drop(opened);
            let again = resumed(&library);
            assert_eq!(again.report, Vec::<String>::new(), "{what}");
            assert_eq!(again.history.seq(), 4, "{what}");
            let kept = fs::read(folder.join("journal.damaged-1")).unwrap();
            assert!(tail.ends_with(&kept) && !kept.is_empty(), "{what}");
            fs::remove_file(folder.join("journal.damaged-1")).unwrap();
            fs::write(&path, &whole).unwrap();
        }
    }
}

#[test]
fn a_last_step_that_cannot_be_read_is_not_called_unfinished() {
    let (_dir, library, folder, _) = closed(1);
    let path = folder.join("journal.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    let at = text.rfind("unchecked").unwrap();
    let flipped = text[at..].replace("unchecked", "uncheckee");
    fs::write(&path, text[..at].to_owned() + &flipped).unwrap();
    let opened = resumed(&library);
    assert_eq!(opened.history.seq(), 2);
    assert!(
        opened.report[0].starts_with("The last step cannot be read"),
        "{:?}",
        opened.report
    );
}

#[test]
fn steps_after_a_bad_line_are_never_cut() {
    let (_dir, library, folder, _) = closed(1);
    let path = folder.join("journal.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    let bad = |line: &str| line.replace("unchecked", "uncheckee");
    let fourth = String::from_utf8(line_after(whole.as_bytes(), &claim_step(4))).unwrap();
    for tail in [
        // Two steps that were whole once.
        format!("{}{}{}{}", lines[0], lines[1], bad(lines[2]), bad(lines[3])),
        // A bad line, then a good one.
        format!("{whole}junk\n{fourth}"),
        // A line that is there already, then a new one.
        format!("{whole}{}{fourth}", lines[3]),
    ] {
        fs::write(&path, &tail).unwrap();
        let opened = quickly(&library);
        assert!(
            matches!(opened.read_only, Some(ReadOnly::Damaged(_))),
            "{:?}",
            opened.read_only
        );
        drop(opened);
        assert_eq!(fs::read_to_string(&path).unwrap(), tail);
    }
}

#[test]
fn a_line_of_a_newer_claimdesk_is_never_cut() {
    let changes = [
        ("\"unchecked\"", "\"exaggerated\""),
        ("\"kind\":\"do\"", "\"kind\":\"vote\""),
        ("\"edits\":", "\"mood\":\"good\",\"edits\":"),
        ("{\"claim\":", "{\"verdict\":"),
        ("\"seq\":", "\"number\":"),
    ];
    for (from, to) in changes {
        for (steps_after, checkpointed) in [(0, 1), (0, 2), (1, 1), (1, 2), (0, 3), (1, 3)] {
            let (_dir, library, folder, _) = closed(checkpointed);
            let path = folder.join("journal.jsonl");
            let n = fs::read_to_string(&path).unwrap().lines().count() - 1 - steps_after;
            rewrite(&folder, n, from, to);
            let before = files(&folder);
            let opened = open(&library, "kell", Mode::Write);
            let Some(ReadOnly::Newer(what)) = &opened.read_only else {
                panic!("{to}: {:?}", opened.read_only);
            };
            assert!(what.starts_with(&format!("line {}", n + 1)), "{what}");
            assert!(opened.writer.is_none());
            drop(opened);
            let damage = open(&library, "kell", Mode::Read).damage.to_string();
            assert!(damage.contains("by a newer claimdesk"), "{damage}");
            let unread = match steps_after {
                0 => "); it was not read",
                _ => "); it and the line after it were not read",
            };
            assert!(damage.contains(unread), "{damage}");
            let must = library.open("kell", Mode::MustWrite, "Ben", time(1));
            let must = must.unwrap_err();
            assert!(matches!(must, StoreError::Foreign { .. }), "{must}");
            assert_eq!(must.exit_code(), 3);
            let found = check_integrity(&folder).unwrap();
            assert!(
                found[0].message.contains("by a newer claimdesk"),
                "{found:?}"
            );
            assert_eq!(files(&folder), before, "nothing is touched");
            // The workbench's way: what the checkpoint holds is read later, and says so then.
            let mut quick = quickly(&library);
            match quick.earlier.take().filter(|_| quick.read_only.is_none()) {
                None => assert!(matches!(quick.read_only, Some(ReadOnly::Newer(_)))),
                Some(earlier) => {
                    let e = earlier.load().unwrap_err();
                    assert!(e.to_string().contains("newer claimdesk"), "{e}");
                }
            }
            drop(quick);
            assert_eq!(files(&folder), before, "nothing is touched");
        }
    }
}

/// What becomes of a file's text.
type Disguise = fn(&str) -> String;

/// What git or an editor makes of a file's line ends.
fn disguises() -> Vec<(&'static str, Disguise)> {
    vec![
        ("CR LF", |t| t.replace('\n', "\r\n")),
        ("a byte order mark", |t| format!("\u{feff}{t}")),
        ("both", |t| format!("\u{feff}{}", t.replace('\n', "\r\n"))),
        ("CR LF twice", |t| t.replace('\n', "\r\r\n")),
        ("CR LF in some lines", |t| {
            let (a, b) = t.split_at(t.find('\n').unwrap());
            a.replace('\n', "\r\n") + &b.replacen('\n', "\r\n", 1)
        }),
    ]
}

fn disguise(path: &Path, how: Disguise) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, how(&text)).unwrap();
}

#[test]
fn line_ends_and_marks_of_git_and_editors_are_no_damage() {
    for (what, how) in disguises() {
        for checkpointed in [1, 2, 3] {
            let (_dir, library, folder, session) = closed(checkpointed);
            disguise(&folder.join("journal.jsonl"), how);
            disguise(&folder.join("session.json"), how);
            for kind in ["articles", "proposals"] {
                let mut entries = fs::read_dir(folder.join(kind)).unwrap();
                if what != "CR LF twice" {
                    disguise(&entries.next().unwrap().unwrap().path(), how);
                }
            }
            let before = files(&folder);
            let mut opened = resumed(&library);
            assert_eq!(opened.report, Vec::<String>::new(), "{what}");
            assert_eq!(opened.session, session);
            assert_eq!(opened.text.as_str(), TEXT);
            assert_eq!(opened.proposals, Some(proposals()));
            assert_eq!(check_integrity(&folder).unwrap().len(), 2, "{what}");
            assert_eq!(library.list().unwrap()[0].problem, None);
            assert_eq!(library.list().unwrap()[0].statements, 1);
            assert_eq!(files(&folder), before, "{what}: nothing is rewritten");
            keep(&mut opened, claim_step(4));
            drop(opened);
            let mut again = resumed(&library);
            let writer = again.writer.as_mut().unwrap();
            writer.checkpoint(&again.session, 4).unwrap();
            keep(&mut again, claim_step(5));
            let session = again.session.clone();
            drop(again);
            // Back to what was written, as git does on another machine.
            disguise(&folder.join("journal.jsonl"), |t| {
                t.replace(['\r', '\u{feff}'], "")
            });
            let back = resumed(&library);
            assert_eq!((back.session, back.report), (session, vec![]), "{what}");
            let mut plain = Journal::scan(fs::read(folder.join("journal.jsonl")).unwrap());
            assert_eq!(plain.steps_behind(0, Known::default()).len(), 5);
        }
    }
}

#[test]
fn a_torn_tail_after_carriage_returns_is_set_aside() {
    let (_dir, library, folder, session) = closed(2);
    let path = folder.join("journal.jsonl");
    disguise(&path, |t| t.replace('\n', "\r\n"));
    let whole = fs::read(&path).unwrap();
    fs::write(&path, [&*whole, b"{\"seq\":4"].concat()).unwrap();
    let opened = resumed(&library);
    assert_eq!((opened.session.clone(), opened.report.len()), (session, 1));
    assert_eq!(fs::read(&path).unwrap(), whole);
}

#[test]
fn a_last_line_without_its_end_is_ended_whatever_stands_around_it() {
    for end in ["", "\r"] {
        let (_dir, library, folder, _) = closed(2);
        let path = folder.join("journal.jsonl");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.trim_end().to_owned() + end).unwrap();
        let mut opened = resumed(&library);
        keep(&mut opened, claim_step(4));
        drop(opened);
        assert_eq!(resumed(&library).history.seq(), 4);
    }
}

#[test]
fn an_article_text_of_other_words_opens_for_reading() {
    let (_dir, library, folder, session) = closed(2);
    let path = fs::read_dir(folder.join("articles"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let other: [&[u8]; 4] = [
        b"Kell Bridge opens\n\nNothing else.\n",
        b"",
        b"\xff\xfe\x00",
        TEXT.trim_end().as_bytes(),
    ];
    for bytes in other {
        fs::write(&path, bytes).unwrap();
        let opened = quickly(&library);
        assert_eq!(opened.session, session);
        let Some(ReadOnly::Damaged(why)) = &opened.read_only else {
            panic!("{:?}", opened.read_only);
        };
        assert!(why.contains("another program changed"), "{why}");
        let must = library.open("kell", Mode::MustWrite, "Ben", time(1));
        assert!(must.is_err());
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    fs::remove_file(&path).unwrap();
    let opened = quickly(&library);
    assert!(matches!(opened.read_only, Some(ReadOnly::Damaged(_))));
    assert_eq!(opened.text.as_str(), "");
}
