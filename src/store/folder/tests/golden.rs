//! Sessions as version 1 wrote them in each state that it had, which must open for ever.

use super::*;

/// A copy of the golden session called `name`, in a library of its own.
fn golden(name: &str) -> (tempfile::TempDir, Library) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let (dir, library) = library();
    let copy = library.dir().join("kell-bridge");
    sample::copy_session(&files::real_disk(), &golden.join(name), &copy).unwrap();
    (dir, library)
}

#[test]
fn a_released_session_opens_and_says_the_same() {
    let (_dir, library) = golden("session-v1");
    let opened = open(&library, "kell-bridge", Mode::Write);
    assert_eq!(opened.report, Vec::<String>::new());
    assert_eq!(check_integrity(&opened.folder).unwrap(), vec![]);
    let s = &opened.session;
    let claim = s.claims.values().next().unwrap();
    assert_eq!(claim.verification_status, VerificationStatus::Accurate);
    assert_eq!(s.claim_text(claim), "The council approved 80 million.");
    assert_eq!(claim.rating.map(Rating::number), Some(5));
    assert_eq!(
        s.held_against(claim.id).next().unwrap().credibility,
        Credibility::Two
    );
    assert_eq!(
        s.attributions_of(claim.id).next().unwrap().stance,
        Stance::Asserts
    );
    assert_eq!(opened.history.steps().len(), 6);
    assert!(
        opened.history.next_redo(&checker().id).is_some(),
        "the undo that was the last step can be made again"
    );
    assert_eq!(opened.place.unwrap().filter, "status:open");
    assert_eq!(opened.draft.unwrap().fields[0].1, "half a thought");
    assert_eq!(opened.proposals, Some(proposals()));
}

/// The same session, gone on with when lines had become a chain.
#[test]
fn a_session_with_a_chain_opens_and_says_the_same() {
    let (_dir, library) = golden("session-v1-chain");
    let opened = open(&library, "kell-bridge", Mode::Write);
    assert_eq!(opened.report, Vec::<String>::new());
    assert_eq!(check_integrity(&opened.folder).unwrap(), vec![]);
    let s = &opened.session;
    let claim = s.claims.values().next().unwrap();
    assert_eq!(claim.verification_status, VerificationStatus::Disputed);
    assert_eq!(claim.tags, ["budget"]);
    assert_eq!(claim.notes, "Two minutes differ.");
    assert_eq!(s.checkers.len(), 2);
    let source = s.sources.values().find(|x| x.name == "council minutes");
    assert_eq!(source.unwrap().role, "record keeper");
    assert_eq!(opened.history.steps().len(), 9);
}

/// The golden sessions, each of a state that the format had.
const GOLDEN: &[&str] = &[
    "session-v1",
    "session-v1-chain",
    "session-v1-numbered",
    "session-v1-people",
    "session-v1-places",
];

fn golden_folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// What an opened session says, a line each, with nothing in it that a later form of the files may say otherwise.
fn summary(opened: &InFolder) -> String {
    use std::fmt::Write as _;
    let s = &opened.session;
    let words = |id: &StatementId| {
        let statement = s.statements.get(id);
        statement
            .map_or("?", |s| s.anchor.exact.as_str())
            .to_owned()
    };
    let mut out = String::new();
    let mut line = |text: String| writeln!(out, "{text}").unwrap();
    line(format!("{} · {}", s.article.title, s.article.language));
    for c in &s.checkers {
        line(format!("checker {}", c.name));
    }
    for x in s.statements.values() {
        line(format!("{} “{}”", x.decision.word(), x.anchor.exact));
    }
    for c in s.claims.values() {
        let finding = c.verification_status.word();
        line(format!(
            "claim “{}”: {finding}, tags {:?}, notes {:?}",
            s.claim_text(c),
            &c.tags[..],
            c.notes
        ));
        line(format!("  at home at “{}”", words(&c.home)));
        c.also_at()
            .for_each(|at| line(format!("  also at “{}”", words(at))));
        for a in s.attributions_of(c.id) {
            let source = a.source.and_then(|id| s.sources.get(&id));
            let name = source.map_or("nobody", |x| &x.name);
            line(format!(
                "  {name} {} at “{}”",
                a.stance.word(),
                words(&a.statement)
            ));
        }
        for h in s.held_against(c.id) {
            let item = s.evidence.get(&h.evidence);
            let (title, file) = item.map_or(("?", false), |e| (&*e.title, e.file.is_some()));
            line(format!(
                "  {title} {}, a copy of it: {file}",
                h.evidence_stance.word()
            ));
        }
    }
    for x in s.sources.values() {
        line(format!(
            "source {}, role {:?}, also called {:?}",
            x.name,
            x.role,
            &x.also_called[..]
        ));
    }
    line(format!("{} forwardings", s.forwards.len()));
    for c in s.conflicts.values() {
        line(format!("conflict noted of {}", s.checker_name(&c.made.by)));
    }
    for step in opened.history.steps() {
        line(format!(
            "step {} of {}: {:?}",
            step.seq,
            s.checker_name(&step.by),
            step.kind,
        ));
    }
    for c in &s.checkers {
        let (undo, redo) = (
            opened.history.next_undo(&c.id),
            opened.history.next_redo(&c.id),
        );
        line(format!(
            "{}: next undo {:?}, next redo {:?}",
            c.name,
            undo.map(|s| s.seq),
            redo.map(|s| s.seq)
        ));
    }
    if let Some(place) = &opened.place {
        line(format!(
            "left with the filter {:?}, on a row: {}",
            place.filter,
            place.row.is_some()
        ));
    }
    if let Some(draft) = &opened.draft {
        line(format!(
            "draft of the form {}: {:?}",
            draft.form, draft.fields
        ));
    }
    if let Some(p) = &opened.proposals {
        line(format!(
            "{} proposed statements, {} voices",
            p.statements.len(),
            p.attributions.len()
        ));
    }
    out
}

#[test]
fn every_golden_session_opens_and_says_the_same() {
    let there = fs::read_dir(golden_folder()).unwrap().flatten();
    let mut there: Vec<String> = there
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    there.sort();
    assert_eq!(there, GOLDEN);
    for name in GOLDEN {
        let (_dir, library) = golden(name);
        let opened = open(&library, "kell-bridge", Mode::Write);
        assert_eq!(opened.report, Vec::<String>::new(), "{name}");
        let wrong = check_integrity(&opened.folder).unwrap();
        let wrong: Vec<_> = wrong
            .iter()
            .filter(|f| !f.place.contains("before-repair"))
            .collect();
        assert_eq!(wrong, Vec::<&Finding>::new(), "{name}");
        let says = summary(&opened);
        let path = golden_folder().join(format!("{name}.txt"));
        if std::env::var_os("CLAIMDESK_WRITE_GOLDEN").is_some() {
            fs::write(&path, &says).unwrap();
        }
        assert_eq!(
            says,
            fs::read_to_string(&path).unwrap_or_default(),
            "{name}"
        );
        // The journal alone says it too.
        drop(opened);
        fs::remove_file(library.dir().join("kell-bridge/session.json")).unwrap();
        let again = open(&library, "kell-bridge", Mode::Read);
        assert_eq!(summary(&again), says, "{name}");
    }
}

/// Makes `session-v1-people` where it is not there: two people, a merged source, sets by their members, a home that was
/// moved, undo and redo, a conflict, a join and a repair.
#[test]
fn a_golden_session_of_two_people_can_be_made_again() {
    let (_dir, library) = library();
    made_by_two(&library);
    let folder = library.dir().join("kell-bridge");
    let wrong = check_integrity(&folder).unwrap();
    assert_eq!(wrong.len(), 2, "what the repair has set aside: {wrong:?}");
    let opened = open(&library, "kell-bridge", Mode::Read);
    assert_eq!(opened.session.conflicts.len(), 1);
    assert_eq!(opened.session.forwards.len(), 1);
    let kinds = opened.history.steps().iter().map(|s| s.kind);
    for kind in [
        StepKind::Undo,
        StepKind::Redo,
        StepKind::Join,
        StepKind::Repair,
    ] {
        assert!(kinds.clone().any(|k| k == kind), "{kind:?}");
    }
    let kept = golden_folder().join("session-v1-people");
    if std::env::var_os("CLAIMDESK_WRITE_GOLDEN").is_some() && !kept.exists() {
        sample::copy_session(&files::real_disk(), &folder, &kept).unwrap();
    }
}

/// The session of two people, in the library's folder.
fn made_by_two(library: &Library) {
    use crate::core::check::Check;
    use crate::core::desk::{Desk, Outcome, Who};
    use crate::core::join::Answer;
    use crate::core::ops;
    use crate::core::tx::Tx;

    let mut opened = create(library, "kell-bridge");
    let text = ArticleText::new(TEXT.into());
    let check = Check::new(opened.session.clone(), text, proposals());
    let mut desk = Desk::new(check, std::mem::take(&mut opened.history));
    let ben = Checker {
        id: CheckerId::of("Ben"),
        name: "Ben".into(),
    };
    let (mut at, mut next) = (10, 0x0180_0000_0000_7000_8000_0000_0000_0000);
    let mut act =
        |desk: &mut Desk, by: &Checker, work: &dyn Fn(&mut Desk, &mut Who<'_>) -> Outcome| {
            at += 1;
            let mut ids = || {
                next += 1;
                Uuid::from_u128(next)
            };
            let mut who = Who {
                checker: by,
                at: time(at),
                ids: &mut ids,
            };
            let made = work(desk, &mut who);
            for step in made.steps {
                opened.writer.as_mut().unwrap().append(&step).unwrap();
            }
        };
    fn step(
        work: impl Fn(&mut Tx<'_>, &ArticleText, &Proposals),
    ) -> impl Fn(&mut Desk, &mut Who<'_>) -> Outcome {
        move |desk, who| {
            desk.step(who, |tx, text, proposals| {
                work(tx, text, proposals);
                None
            })
        }
    }
    let ana = checker();
    let only = |tx: &Tx<'_>| *tx.session.claims.keys().next().unwrap();
    act(
        &mut desk,
        &ana,
        &step(|tx, text, p| {
            ops::take_up(tx, text, p, 0).unwrap();
        }),
    );
    act(
        &mut desk,
        &ana,
        &step(|tx, text, p| {
            let claim = only(tx);
            let headline = [Span::new(0, 17)];
            let also = ops::tie(tx, text, p, ops::Tied::Words(&headline), claim).unwrap();
            tx.set_claim(&claim, ClaimField::Home(also));
            tx.set_claim(
                &claim,
                ClaimField::Tags(vec!["money".into(), "ferry".into()].into()),
            );
        }),
    );
    act(
        &mut desk,
        &ben,
        &step(|tx, _, _| {
            let claim = only(tx);
            tx.set_claim(
                &claim,
                ClaimField::Tags(vec!["money".into(), "council".into()].into()),
            );
        }),
    );
    act(
        &mut desk,
        &ben,
        &step(|tx, _, _| {
            let gone: crate::core::ids::SourceId = tx.id();
            tx.create_source(Source {
                name: "the minutes".into(),
                ..Source::unnamed(gone)
            });
        }),
    );
    act(
        &mut desk,
        &ben,
        &step(|tx, _, _| {
            let find = |name: &str| {
                tx.session
                    .sources
                    .values()
                    .find(|s| s.name == name)
                    .unwrap()
                    .id
            };
            let (from, into) = (find("the minutes"), find("its minutes"));
            ops::merge_sources(
                tx,
                from,
                into,
                |_| Answer::Both,
                &crate::core::labels::DEFAULT,
            )
            .unwrap();
        }),
    );
    act(
        &mut desk,
        &ana,
        &step(|tx, _, _| {
            let claim = only(tx);
            tx.set_claim(
                &claim,
                ClaimField::VerificationStatus(VerificationStatus::Accurate),
            );
        }),
    );
    act(&mut desk, &ana, &|desk, who| desk.undo(who).unwrap());
    act(&mut desk, &ana, &|desk, who| desk.redo(who).unwrap());
    // Another copy of the session found otherwise: its step is taken in as a join.
    let claim = *desk.check().session().claims.keys().next().unwrap();
    let found = |v| ClaimField::VerificationStatus(v);
    let theirs = Change::Set(
        found(VerificationStatus::Unchecked),
        found(VerificationStatus::Disputed),
    );
    desk.receive(&Step {
        seq: 0,
        id: Uuid::from_u128(0x77).into(),
        at: time(40),
        by: ben.id.clone(),
        kind: StepKind::Join,
        of: None,
        edits: vec![Edit::Claim(claim, theirs)],
    });
    act(&mut desk, &ben, &|desk, _| Outcome {
        steps: desk.history().steps().last().cloned().into_iter().collect(),
        follow: None,
    });
    act(
        &mut desk,
        &ana,
        &step(|tx, _, _| {
            let claim = only(tx);
            tx.set_claim(&claim, ClaimField::Notes("Two minutes differ.".into()));
        }),
    );
    // The last line is lost, and the checkpoint knows what it said.
    let seq = desk.history().seq();
    opened
        .writer
        .as_mut()
        .unwrap()
        .checkpoint(desk.check().session(), seq)
        .unwrap();
    let folder = opened.folder.clone();
    drop(opened);
    let path = folder.join("journal.jsonl");
    let journal = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<&str> = journal.lines().collect();
    lines.pop();
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    let ids = [Uuid::from_u128(0x78), Uuid::from_u128(0x79)];
    let by = Repairer {
        checker: &ana,
        now: time(60),
        step: ids[0].into(),
        session: ids[1].into(),
        dry_run: false,
    };
    let done = library.repair("kell-bridge", &by).unwrap();
    assert!(done.step.is_some());
}

/// The same session on two versions of its text, as it was when versions were one list and ids and anchors named them by
/// their numbers: a mark whose claim was withdrawn on the first, a claim on the second.
#[test]
fn a_session_whose_versions_were_a_numbered_list_opens_and_says_the_same() {
    let (_dir, library) = golden("session-v1-numbered");
    let opened = open(&library, "kell-bridge", Mode::Write);
    assert_eq!(opened.report, Vec::<String>::new());
    assert_eq!(check_integrity(&opened.folder).unwrap(), vec![]);
    let s = &opened.session;
    let first = version();
    let second = VersionId::of_text(opened.text.as_str());
    let numbers: Vec<_> = s.numbered().map(|(n, v)| (n, v.id)).collect();
    assert_eq!(numbers, [(1, first), (2, second)]);
    assert_eq!((s.version(), s.number()), (second, 2));
    let mark = &s.statements[&StatementId::of(first, &[Span::new(0, 17)])];
    assert_eq!(
        (mark.decision, mark.origin, mark.anchor.version),
        (Decision::Undecided, Origin::Checker, first)
    );
    let taken = StatementId::of(second, &[Span::new(51, 105)]);
    assert!(s.stands(&s.statements[&taken]));
    let claims: Vec<_> = s.claims.values().map(|c| c.statements.to_vec()).collect();
    let old = StatementId::of(first, &[Span::new(19, 73)]);
    assert_eq!(claims, [vec![old], vec![taken]]);
    let place = opened.place.clone().unwrap();
    assert_eq!(place.version, second);
    assert_eq!(place.row.as_deref(), Some("statement 2:51-105"));
    assert_eq!(opened.draft.clone().unwrap().record, "statement 1:0-17");
    // The step that brought the second version in can be taken back, but for what stands in it.
    let steps = opened.history.steps();
    let brought = steps.iter().find(|step| step.seq == 12).unwrap();
    let kinds: Vec<_> = brought.edits.iter().map(Edit::inverse).collect();
    assert!(
        matches!(
            &kinds[..],
            [
                Some(Edit::Version(id, Change::Remove(_))),
                Some(Edit::Article(ArticleField::Current(from), ArticleField::Current(to))),
            ] if *id == second && (*from, *to) == (Some(second), Some(first))
        ),
        "{kinds:?}"
    );

    // The journal alone tells the same, and so does a checkpoint of today.
    let session = opened.session.clone();
    drop(opened);
    let folder = library.dir().join("kell-bridge");
    fs::remove_file(folder.join("session.json")).unwrap();
    let told = open(&library, "kell-bridge", Mode::Write);
    assert_eq!(told.session, session);
    let mut writer = told.writer.unwrap();
    writer.checkpoint(&told.session, 13).unwrap();
    drop(writer);
    let checkpoint = fs::read_to_string(folder.join("session.json")).unwrap();
    assert!(checkpoint.contains(&format!("\"current_version\":\"{second}\"")));
    assert!(checkpoint.contains(&format!(
        "\"article_version\":2,\"text_sha256\":\"{second}\""
    )));
    assert_eq!(open(&library, "kell-bridge", Mode::Write).session, session);
}
