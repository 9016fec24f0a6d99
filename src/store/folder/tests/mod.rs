//! Tests of the store as a whole, in temporary folders.
#![allow(clippy::unwrap_used, clippy::panic)]

mod chained;
mod changed;
mod cuts;
mod damage;
mod evidence;
mod faults;
mod golden;
mod listing;
mod recovery;
mod round_trip;
mod tails;
mod upgrade;

use std::fs;
use std::path::Path;

use super::*;
use crate::core::birth::NewSession;
use crate::core::edit::{Change, Edit};
use crate::core::history::{Step, StepKind};
use crate::core::ids::{CheckerId, RecordId, StatementId, VersionId};
use crate::core::model::*;
use crate::core::place::Draft;
use crate::core::proposal::{
    Block, Proposals, ProposedAttribution, ProposedSource, ProposedStatement,
};
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::*;
use crate::store::*;
use uuid::Uuid;

const TEXT: &str = "Kell Bridge opens\n\nThe council approved 80 million, “its minutes” show 🌉.\n";

pub(super) fn time(n: u64) -> Time {
    Time::from_millisecond(1_700_000_000_000 + i64::try_from(n).unwrap()).unwrap()
}

fn checker() -> Checker {
    Checker {
        id: CheckerId::of("Ana Köhler"),
        name: "Ana Köhler".into(),
    }
}

fn proposals() -> Proposals {
    let said = Span::new(19, 73);
    Proposals {
        reader: "builtin-1".into(),
        blocks: vec![
            Block {
                span: Span::new(0, 17),
                kind: BlockKind::Headline,
                locator: "".into(),
            },
            Block {
                span: said,
                kind: BlockKind::Paragraph,
                locator: "line 3".into(),
            },
        ],
        statements: vec![ProposedStatement {
            spans: said.into(),
            block: 1,
            check_worthiness: CheckWorthiness::High,
            claim_type: ClaimType::Numerical,
            why: "an amount (\"80 million\")".into(),
        }]
        .into(),
        attributions: vec![ProposedAttribution {
            statement: 0,
            source: Span::new(53, 64).into(),
            cue: Span::new(66, 70).into(),
            content: vec![Span::new(19, 50), Span::new(50, 51)].into(),
            quotation_type: QuotationType::Indirect,
            stance: Stance::Asserts,
            certainty: Certainty::Certain,
            negated: false,
            via: None,
            about: Default::default(),
            source_record: Some(0),
            rule: "shows".into(),
            why: "\"show\"".into(),
        }]
        .into(),
        sources: vec![ProposedSource {
            name: "its minutes".into(),
            source_type: SourceType::Document,
            mentions: vec![Span::new(53, 64)],
            ..Default::default()
        }],
    }
}

/// The article version of every session here.
fn version() -> VersionId {
    VersionId::of_text(TEXT)
}

pub(super) fn create(library: &Library, name: &str) -> InFolder {
    let article = Article {
        title: "Kell Bridge opens".into(),
        language: "en".into(),
        ..Article::default()
    };
    library
        .create(
            &NewSession {
                name,
                id: Uuid::from_u128(7).into(),
                article: &article,
                text: &ArticleText::new(TEXT.into()),
                version: version(),
                original_sha256: &sha256(b"as it came"),
                origin: "/articles/kell.txt",
                left_out: "",
                proposals: &proposals(),
                checker: &checker(),
                now: time(0),
                step: Uuid::from_u128(1).into(),
            }
            .newborn(),
        )
        .unwrap()
}

/// The lines of `steps` in a journal that begins with `lines`.
fn lines_after(lines: &[u8], steps: &[Step]) -> Vec<Vec<u8>> {
    let mut tip = journal::Journal::scan(lines.to_vec()).tip();
    let mut made = Vec::new();
    for step in steps {
        tip.seq = step.seq - 1;
        let (line, after) = journal::line(&tip, step);
        made.push(line);
        tip = after;
    }
    made
}

/// The line of `step` in the journal `lines`.
fn line_after(lines: &[u8], step: &Step) -> Vec<u8> {
    lines_after(lines, std::slice::from_ref(step)).concat()
}

pub(super) fn step(seq: u64, edits: Vec<Edit>) -> Step {
    Step {
        seq,
        id: Uuid::from_u128(u128::from(seq)).into(),
        at: time(seq),
        by: checker().id,
        kind: StepKind::Do,
        of: None,
        edits,
    }
}

/// A step that takes claim `seq` up.
pub(super) fn claim_step(seq: u64) -> Step {
    let id = Uuid::from_u128(1000 + u128::from(seq)).into();
    let stamp = Stamp {
        at: time(seq),
        by: checker().id,
    };
    let claim = Claim::on(id, StatementId::of(version(), &[Span::new(19, 73)]), stamp);
    step(seq, vec![Edit::Claim(id, Change::Create(Box::new(claim)))])
}

/// For work that nobody gives up.
pub(super) fn all_is_wanted() -> Told {
    std::sync::Arc::new(|_, _| true)
}

pub(super) fn draft() -> Draft {
    Draft {
        form: "note".into(),
        record: "claim 1".into(),
        fields: Vec::new(),
        kept_at: time(3),
    }
}

pub(super) fn keep(opened: &mut InFolder, step: Step) {
    opened.writer.as_mut().unwrap().append(&step).unwrap();
    let stamp = step.stamp();
    assert_eq!(opened.session.apply(&step.edits, &stamp), vec![]);
    opened.history.push(step);
}

pub(super) fn open(library: &Library, name: &str, mode: Mode) -> InFolder {
    library
        .open(name, mode, "Ben", time(99))
        .unwrap()
        .hear(|_, _| {})
}

pub(super) fn library() -> (tempfile::TempDir, Library) {
    let dir = tempfile::tempdir().unwrap();
    let library = Library::at(&dir.path().join("sessions"));
    (dir, library)
}

/// A checkpoint as it was before it named its sum, so that a test can change it.
pub(super) fn unsummed(checkpoint: &str) -> String {
    let at = checkpoint.rfind(",\n\"crc\":").unwrap();
    format!("{}\n}}\n", &checkpoint[..at])
}

/// A line with other words in it and a right sum.
pub(super) fn resealed(line: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = std::str::from_utf8(line).unwrap();
    let (body, _) = text.rsplit_once(",\"crc\":").unwrap();
    assert!(body.contains(from), "{body}");
    let changed = body.replacen(from, to, 1) + "}";
    let sum = crc32fast::hash(changed.as_bytes());
    let body = changed.strip_suffix('}').unwrap();
    format!("{body},\"crc\":\"{sum:08x}\"}}\n").into_bytes()
}

fn hash_of(line: &[u8]) -> String {
    let (body, _) = journal::body(journal::bare(line)).unwrap();
    chain::LineHash::of(body).to_string()
}

/// Changes line `n`, an index, as if it had been written so: the lines after it and the checkpoint go on from it.
pub(super) fn rewrite(folder: &Path, n: usize, from: &str, to: &str) {
    let path = folder.join("journal.jsonl");
    let whole = fs::read(&path).unwrap();
    let mut lines: Vec<Vec<u8>> = whole
        .split_inclusive(|b| *b == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    let mut old = hash_of(&lines[n]);
    lines[n] = resealed(&lines[n], from, to);
    let path_of_checkpoint = folder.join("session.json");
    let mut checkpoint = unsummed(&fs::read_to_string(&path_of_checkpoint).unwrap());
    for k in n..lines.len() {
        let new = hash_of(&lines[k]);
        checkpoint = checkpoint.replace(&old, &new);
        if let Some(next) = lines.get_mut(k + 1) {
            let before = hash_of(next);
            *next = resealed(next, &old, &new);
            old = before;
        }
    }
    fs::write(&path, lines.concat()).unwrap();
    let length = format!("\"journal_bytes\":{}", lines.concat().len());
    let was = format!("\"journal_bytes\":{}", whole.len());
    fs::write(&path_of_checkpoint, checkpoint.replace(&was, &length)).unwrap();
}

/// Every file of a session with its bytes, but for the lock.
pub(super) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            all.extend(
                files(&path)
                    .into_iter()
                    .map(|(n, b)| (format!("{name}/{n}"), b)),
            );
        } else if name != "session.lock" {
            all.push((name, fs::read(&path).unwrap()));
        }
    }
    all.sort();
    all
}

#[test]
fn a_session_comes_back_as_it_was_left() {
    let (_dir, library) = library();
    let mut made = create(&library, "Kell Bridge!");
    assert_eq!(made.name, "kell-bridge");
    keep(&mut made, claim_step(2));
    made.writer
        .as_mut()
        .unwrap()
        .checkpoint(&made.session, 2)
        .unwrap();
    keep(&mut made, claim_step(3));
    let (session, steps) = (made.session.clone(), made.history.steps().to_vec());
    drop(made);
    let again = open(&library, "kell-bridge", Mode::Write);
    assert_eq!(again.report, Vec::<String>::new());
    assert_eq!(again.session, session);
    assert_eq!(again.history.steps(), steps);
    assert_eq!(again.proposals, Some(proposals()));
    let text = again.texts.load(again.session.current().unwrap()).unwrap();
    assert_eq!(text.as_str(), TEXT);
    assert_eq!(again.writer.unwrap().seq(), 3);
}

#[test]
fn a_second_opener_reads_and_is_told_who_writes() {
    let (_dir, library) = library();
    let mut made = create(&library, "kell");
    let second = open(&library, "kell", Mode::Write);
    assert!(second.writer.is_none());
    let Some(ReadOnly::Held(Some(holder))) = &second.read_only else {
        panic!("{:?}", second.read_only)
    };
    assert_eq!(holder.name, "Ana Köhler");
    assert_eq!(holder.pid, std::process::id());
    let must = library
        .open("kell", Mode::MustWrite, "Ben", time(1))
        .unwrap_err();
    assert_eq!(must.exit_code(), 4);
    assert!(must.to_string().contains("Ana Köhler"), "{must}");
    assert_eq!(
        library.list().unwrap()[0].holder.as_ref().unwrap().name,
        "Ana Köhler"
    );
    keep(&mut made, claim_step(2));
    drop(made);
    assert_eq!(library.list().unwrap()[0].holder, None);
    let third = open(&library, "kell", Mode::MustWrite);
    assert_eq!(third.history.seq(), 2);
}

/// Every file and folder at and under `path` whose rights are not those of its owner alone.
#[cfg(unix)]
fn open_to_others(path: &Path) -> Vec<(std::path::PathBuf, u32)> {
    use std::os::unix::fs::PermissionsExt;
    let of = fs::metadata(path).unwrap();
    let (rights, own) = match of.is_dir() {
        true => (of.permissions().mode() & 0o777, 0o700),
        false => (of.permissions().mode() & 0o777, 0o600),
    };
    let mut found = Vec::from_iter((rights != own).then(|| (path.to_owned(), rights)));
    if of.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            found.extend(open_to_others(&entry.unwrap().path()));
        }
    }
    found
}

#[test]
#[cfg(unix)]
fn a_session_is_readable_by_its_owner_only_whatever_the_mask() {
    use rustix::fs::Mode as Mask;
    let (dir, library) = library();
    let before = rustix::process::umask(Mask::empty());
    let mut made = create(&library, "kell");
    keep(&mut made, claim_step(2));
    let writer = made.writer.as_mut().unwrap();
    writer.checkpoint(&made.session, 2).unwrap();
    writer.save_draft(&checker().id, Some(&draft())).unwrap();
    let folder = made.folder.clone();
    drop(made);
    let mut bytes = fs::read(folder.join("journal.jsonl")).unwrap();
    bytes.extend(b"torn");
    fs::write(folder.join("journal.jsonl"), bytes).unwrap();
    fs::write(folder.join("session.json"), "damaged").unwrap();
    drop(open(&library, "kell", Mode::Write));
    fs::write(folder.join(SAMPLE_MARK), "").unwrap();
    let copy = open(&library, "kell", Mode::Write).folder;
    rustix::process::umask(before);
    fs::remove_file(folder.join(SAMPLE_MARK)).unwrap();
    fs::remove_file(folder.join("session.json.damaged-1")).unwrap();
    assert_ne!(copy, folder);
    assert!(folder.join("journal.damaged-1").exists());
    assert_eq!(open_to_others(&dir.path().join("sessions")), vec![]);
}

#[test]
#[cfg(unix)]
fn a_copy_never_has_more_rights_than_its_file() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let disk = files::real_disk();
    for (n, (rights, copied)) in [(0o644, 0o600), (0o600, 0o600), (0o444, 0o400)]
        .into_iter()
        .enumerate()
    {
        let (from, to) = (dir.path().join("from"), dir.path().join(n.to_string()));
        fs::write(&from, "evidence").unwrap();
        fs::set_permissions(&from, fs::Permissions::from_mode(rights)).unwrap();
        files::copy_private(
            &*disk,
            &mut crate::store::evidence::Here::open(&from).unwrap(),
            &to,
        )
        .unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"evidence");
        assert_eq!(
            fs::metadata(&to).unwrap().permissions().mode() & 0o777,
            copied
        );
        fs::remove_file(&from).unwrap();
    }
}
