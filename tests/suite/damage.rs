//! Damaged sessions as a script meets them: every command says what is wrong, nothing partial is handed over in silence,
//! and `repair` makes a session that can be worked on again.

use std::path::PathBuf;

use claimdesk::core::edit::{Change, Edit};
use claimdesk::core::history::{Step, StepKind};
use claimdesk::core::ids::{CheckerId, StatementId};
use claimdesk::core::model::{Anchor, Claim, Stamp, Statement, Time};
use claimdesk::core::text::Span;
use claimdesk::core::vocabulary::{BlockKind, Decision, Origin};
use claimdesk::store::{Library, Mode};
use serde_json::Value;
use uuid::Uuid;

use crate::program::Desk;

fn sessions(desk: &Desk) -> PathBuf {
    desk.path("home").join("sessions")
}

/// A session of 15 claims, one a step.
fn fifteen_claims(desk: &Desk) -> PathBuf {
    desk.session("kell");
    let at = Time::from_second(1_795_000_000).unwrap();
    let opened = Library::at(&sessions(desk)).open("kell", Mode::MustWrite, "Ana", at);
    let mut opened = opened.unwrap().hear(|_, _| {});
    let spans = vec![Span::new(0, 4)];
    let statement = Statement {
        id: StatementId::of(opened.session.version(), &spans),
        anchor: Anchor {
            version: opened.session.version(),
            statement_id: Some(StatementId::of(opened.session.version(), &spans)),
            exact: opened.text.exact(&spans),
            spans,
            ..Anchor::default()
        },
        block: BlockKind::Headline,
        decision: Decision::TakenUp,
        reason: String::new(),
        origin: Origin::Checker,
        why: String::new(),
    };
    let stamp = Stamp {
        at,
        by: CheckerId::of("Ana"),
    };
    for seq in 2..=16u64 {
        let id = Uuid::from_u128(u128::from(seq)).into();
        let claim = Claim::on(id, statement.id.clone(), stamp.clone());
        let mut edits = vec![Edit::Claim(id, Change::Create(Box::new(claim)))];
        if seq == 2 {
            let new = Change::Create(Box::new(statement.clone()));
            edits.insert(0, Edit::Statement(statement.id.clone(), new));
        }
        let step = Step {
            seq,
            id: Uuid::from_u128(1000 + u128::from(seq)).into(),
            at,
            by: stamp.by.clone(),
            kind: StepKind::Do,
            of: None,
            edits,
        };
        opened.writer.as_mut().unwrap().append(&step).unwrap();
    }
    opened.folder
}

/// Flips a bit in line 9, and takes the checkpoint away.
fn damaged(desk: &Desk) -> PathBuf {
    let folder = fifteen_claims(desk);
    let path = folder.join("journal.jsonl");
    let mut bytes = std::fs::read(&path).unwrap();
    let line = bytes
        .split(|b| *b == b'\n')
        .take(8)
        .map(|l| l.len() + 1)
        .sum::<usize>();
    bytes[line + 40] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    std::fs::remove_file(folder.join("session.json")).unwrap();
    folder
}

#[test]
fn an_export_of_a_damaged_session_hands_over_nothing_in_silence() {
    let desk = Desk::new();
    damaged(&desk);
    let said =
        "Line 9 of the journal is damaged (its sum is wrong); the 8 lines after it were not read.";
    for (format, to) in [("json", "-"), ("csv", "sheet"), ("markdown", "page.md")] {
        let ran = desk.run(&["export", "kell", "-f", format, "-o", to]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{format}");
        assert!(!desk.path(to).exists(), "{format}");
        let last = ran.err.lines().last().unwrap();
        for says in [
            "line 9 of the journal is damaged",
            "claimdesk repair kell",
            "--damaged",
        ] {
            assert!(last.contains(says), "{}", ran.err);
        }
    }
    let all = desk.run(&["export", "kell", "-f", "json", "--damaged"]);
    let json: Value = serde_json::from_str(&all.out).unwrap();
    assert_eq!((all.code, json["claims"].as_array().unwrap().len()), (0, 6));
    assert!(all.err.contains(said), "{}", all.err);
    for command in ["show", "log"] {
        let ran = desk.run(&[command, "kell"]);
        assert_eq!(ran.code, 0);
        assert!(ran.err.contains(said), "{command}: {}", ran.err);
    }
    let checked = desk.run(&["check", "kell"]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains(said), "{}", checked.out);
    let list = desk.well(&["list"]);
    assert!(list.contains("[damaged: line 9 of the journal"), "{list}");
    let list: Value = serde_json::from_str(&desk.well(&["list", "--json"])).unwrap();
    assert!(list[0]["damage"].as_str().unwrap().contains("line 9"));
    desk.put("claims.json", all.out);
    let into = desk.run(&["import", "claims.json", "--into", "kell"]);
    assert_eq!(into.code, 4, "{}", into.err);
    assert!(into.err.contains("claimdesk repair kell"), "{}", into.err);
    let frame = desk.well(&["resume", "kell", "--print", "100x30"]);
    assert!(
        frame.contains("Damaged; run `claimdesk repair kell`"),
        "{frame}"
    );
}

#[test]
fn a_damaged_session_is_repaired_and_says_what_is_missing() {
    let desk = Desk::new();
    let folder = damaged(&desk);
    let before = std::fs::read(folder.join("journal.jsonl")).unwrap();
    let dry = desk.well(&["repair", "kell", "--dry-run"]);
    assert!(dry.contains("Nothing was changed.") && !folder.join("session.json").exists());
    let repaired = desk.well(&["--as", "Ben", "repair", "kell"]);
    for says in [
        "damaged  Line 9 of the journal is damaged",
        "line     Line 9 cannot be read: its sum is wrong.",
        "missing  Step 8 is lost.",
        "7 steps stay, step 8 was added",
        "the session holds 14 claims.",
        "journal.before-repair-1.jsonl",
    ] {
        assert!(repaired.contains(says), "{says}\n{repaired}");
    }
    let kept = std::fs::read(folder.join("journal.before-repair-1.jsonl")).unwrap();
    assert_eq!(kept, before);
    let export = desk.run(&["export", "kell", "-f", "json"]);
    let json: Value = serde_json::from_str(&export.out).unwrap();
    assert_eq!(
        (export.code, json["claims"].as_array().unwrap().len()),
        (0, 14)
    );
    // What a claim says of who changed it last is not the repairer's.
    assert!(
        !json["claims"].to_string().contains("Ben"),
        "{}",
        json["claims"]
    );
    let log = desk.well(&["log", "kell"]);
    assert!(log.contains("Ben  repaired: 8 claims came back\n"), "{log}");
    let check = desk.well(&["check", "kell"]);
    assert!(!check.contains("error ["), "{check}");
    assert_eq!(
        desk.well(&["repair", "kell"]),
        "kell: There is nothing to repair.\n"
    );
    let again = desk.well(&["repair", "kell", "--json"]);
    let again: Value = serde_json::from_str(&again).unwrap();
    assert_eq!(
        (&again["step"], &again["damage"]),
        (&Value::Null, &Value::Array(vec![]))
    );
}

#[test]
fn a_folder_of_sessions_that_cannot_be_read_is_an_error_and_not_an_empty_desk() {
    let desk = Desk::new();
    desk.put("file", "no folder");
    #[cfg(unix)]
    std::os::unix::fs::symlink(desk.path("nowhere"), desk.path("link")).unwrap();
    let places: &[&str] = if cfg!(unix) {
        &["file", "link"]
    } else {
        &["file"]
    };
    desk.put("a.txt", "The bridge cost 80 million.\n");
    for place in places {
        for command in [
            &["list"][..],
            &["list", "--json"],
            &["show", "kell"],
            &["new", "a.txt"],
        ] {
            let ran = desk.run(&[&["--sessions", place], command].concat());
            assert_eq!(
                (ran.code, ran.out.as_str()),
                (4, ""),
                "{place} {command:?}: {}",
                ran.err
            );
            assert!(ran.err.contains("The folder of sessions"), "{}", ran.err);
        }
        for begin in [&[][..], &["resume"], &["resume", "kell"], &["a.txt"]] {
            let frame = ["--sessions", place, "--print", "80x24"];
            let ran = desk.run(&[begin, &frame[..]].concat());
            assert_eq!(ran.code, 4, "{place} {begin:?}: {}{}", ran.err, ran.out);
            assert!(ran.err.contains("cannot be read"), "{}", ran.err);
        }
    }
    assert_eq!(desk.run(&["--sessions", "not-made-yet", "list"]).code, 0);
}

#[test]
fn copies_of_sync_programs_and_two_folders_of_one_session_are_named() {
    let desk = Desk::new();
    let folder = fifteen_claims(&desk);
    let copy = "journal (Ana's conflicted copy 2026-11-26).jsonl";
    std::fs::copy(folder.join("journal.jsonl"), folder.join(copy)).unwrap();
    std::fs::write(folder.join("notes.txt"), "mine").unwrap();
    let shown = desk.run(&["show", "kell"]);
    assert_eq!(shown.code, 0);
    assert!(
        shown.err.contains(copy) && !shown.err.contains("notes.txt"),
        "{}",
        shown.err
    );
    let check = desk.well(&["check", "kell"]);
    for says in [
        copy,
        "Every step in it is in this journal too.",
        "“notes.txt” is no file of a session",
    ] {
        assert!(check.contains(says), "{says}\n{check}");
    }
    let other = sessions(&desk).join("kell-2");
    std::fs::create_dir(&other).unwrap();
    std::fs::copy(folder.join("journal.jsonl"), other.join("journal.jsonl")).unwrap();
    let list = desk.well(&["list"]);
    assert!(
        list.contains("[the same session as kell-2]")
            && list.contains("[the same session as kell]"),
        "{list}"
    );
    let shown = desk.run(&["show", "kell"]);
    assert!(
        shown.err.contains("The same session is in kell-2 too"),
        "{}",
        shown.err
    );
}

#[test]
fn a_new_session_tells_git_what_to_leave_alone() {
    let desk = Desk::new();
    desk.session("kell");
    let folder = sessions(&desk).join("kell");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert!(read(".gitattributes").starts_with("* -text\n"));
    let ignored = read(".gitignore");
    assert!(
        ["session.lock", "place*.json", "draft*.json"]
            .iter()
            .all(|n| ignored.lines().any(|l| l == *n))
    );
    let check = desk.well(&["check", "kell"]);
    assert!(!check.contains("integrity"), "{check}");
}

/// What is broken is listed as broken, and what is left of a session is not hidden.
#[test]
fn no_broken_session_is_hidden() {
    let desk = Desk::new();
    let folder = fifteen_claims(&desk);
    for file in ["journal.jsonl", "session.json"] {
        std::fs::remove_file(folder.join(file)).unwrap();
    }
    let list = desk.well(&["list"]);
    assert!(
        list.contains("kell") && list.contains("claimdesk repair kell"),
        "{list}"
    );
    let repaired = desk.well(&["repair", "kell"]);
    assert!(
        repaired.contains("The step that made the session is lost"),
        "{repaired}"
    );
    assert_eq!(desk.run(&["show", "kell"]).code, 0);
}
