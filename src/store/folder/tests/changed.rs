//! The journal is ours, or we stop: what sync clients, git, other machines and careless hands do while it is open.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::*;
use crate::store::folder::files::Disk;

/// A session of two steps, open for writing.
fn working() -> (tempfile::TempDir, Library, InFolder) {
    let (dir, library) = library();
    let mut made = create(&library, "kell");
    keep(&mut made, claim_step(2));
    (dir, library, made)
}

fn journal_of(opened: &InFolder) -> PathBuf {
    opened.folder.join("journal.jsonl")
}

/// Puts another file with these bytes in the place of the one at `path`, as a sync client does.
fn replace(path: &Path, bytes: &[u8]) {
    let other = path.with_extension("sync");
    fs::write(&other, bytes).unwrap();
    fs::rename(&other, path).unwrap();
}

fn crlf(bytes: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).unwrap();
    text.replace('\n', "\r\n").into_bytes()
}

/// Closes the session, opens it again and says the number of its last step.
fn last_step(library: &Library, opened: InFolder) -> u64 {
    let session = opened.session.clone();
    drop(opened);
    let again = open(library, "kell", Mode::MustWrite);
    assert_eq!(again.session, session);
    assert_eq!(again.report, Vec::<String>::new());
    again.history.seq()
}

/// What another program makes of a journal's bytes.
type Way = fn(&[u8]) -> Vec<u8>;

#[test]
fn the_same_lines_in_another_file_are_gone_on_with() {
    let ways: [Way; 4] = [
        <[u8]>::to_vec,
        crlf,
        |b| [b"\xef\xbb\xbf", b].concat(),
        |b| b.trim_ascii_end().to_vec(),
    ];
    for way in ways {
        let (_dir, library, mut made) = working();
        let path = journal_of(&made);
        let bytes = way(&fs::read(&path).unwrap());
        replace(&path, &bytes);
        keep(&mut made, claim_step(3));
        keep(&mut made, claim_step(4));
        assert!(fs::read(&path).unwrap().starts_with(&bytes));
        made.writer
            .as_mut()
            .unwrap()
            .checkpoint(&made.session, 4)
            .unwrap();
        assert_eq!(last_step(&library, made), 4);
    }
}

/// What another program does to the journal at a path.
type Harm = fn(&Path);

/// What other programs do to an open journal, and what is found.
fn harms() -> Vec<(Harm, JournalChange)> {
    fn first_lines(path: &Path) -> Vec<u8> {
        let bytes = fs::read(path).unwrap();
        let end = bytes[..bytes.len() - 1]
            .iter()
            .rposition(|b| *b == b'\n')
            .unwrap();
        bytes[..=end].to_vec()
    }
    fn add(path: &Path, bytes: &[u8]) {
        let mut file = File::options().append(true).open(path).unwrap();
        file.write_all(bytes).unwrap();
    }
    fn other(path: &Path) -> Vec<u8> {
        let mut bytes = fs::read(path).unwrap();
        let n = bytes.len();
        bytes[n - 30] ^= 1;
        bytes
    }
    vec![
        (|p| fs::remove_file(p).unwrap(), JournalChange::Gone),
        (
            |p| {
                fs::remove_file(p).unwrap();
                fs::create_dir(p).unwrap();
            },
            JournalChange::NoFile,
        ),
        // An older state comes back: by another file, and in the same one.
        (|p| replace(p, &first_lines(p)), JournalChange::Shorter),
        (
            |p| fs::write(p, first_lines(p)).unwrap(),
            JournalChange::Shorter,
        ),
        (|p| fs::write(p, b"").unwrap(), JournalChange::Shorter),
        // Another machine appended a step of its own, half of one, and something else.
        (
            |p| add(p, &line_after(&fs::read(p).unwrap(), &step(3, vec![]))),
            JournalChange::Longer,
        ),
        (
            |p| add(p, &line_after(&fs::read(p).unwrap(), &claim_step(3))[..40]),
            JournalChange::Longer,
        ),
        (|p| add(p, b"\n"), JournalChange::Longer),
        // Other bytes of the same length: in another file, and in the same one.
        (|p| replace(p, &other(p)), JournalChange::Other),
        (|p| fs::write(p, other(p)).unwrap(), JournalChange::Other),
    ]
}

#[test]
fn nothing_is_written_over_lines_that_are_not_ours() {
    for (n, (harm, expected)) in harms().into_iter().enumerate() {
        let (_dir, library, mut made) = working();
        let path = journal_of(&made);
        let ours = fs::read(&path).unwrap();
        let step = claim_step(3);
        // In-place changes of the same length show in the file's time, which some systems count coarsely.
        let old = std::time::SystemTime::UNIX_EPOCH;
        harm(&path);
        if path.is_file() {
            let file = File::options().append(true).open(&path).unwrap();
            file.set_modified(old).unwrap();
        }
        let theirs = files(&made.folder);
        let writer = made.writer.as_mut().unwrap();
        for _ in 0..2 {
            let tried = [
                writer.append(&step).unwrap_err(),
                writer.checkpoint(&made.session, 2).unwrap_err(),
                writer
                    .save_draft(&checker().id, Some(&draft()))
                    .unwrap_err(),
            ];
            for e in tried {
                let StoreError::Changed { how, .. } = &e else {
                    panic!("harm {n}: {e}");
                };
                assert_eq!((how, e.exit_code()), (&expected, 4), "harm {n}");
            }
            assert_eq!(files(&made.folder), theirs, "harm {n}: nothing is touched");
        }
        // Put back as it was, it is ours again, and the step is kept.
        if path.is_dir() {
            fs::remove_dir(&path).unwrap();
        }
        replace(&path, &ours);
        keep(&mut made, step);
        assert_eq!(last_step(&library, made), 3, "harm {n}");
    }
}

/// A disk on which something happens at the moment of the next sync.
#[derive(Debug, Default)]
struct Meanwhile(Mutex<Option<(PathBuf, Vec<u8>)>>);

impl Disk for Meanwhile {
    fn sync_data(&self, file: &File) -> io::Result<()> {
        if let Some((path, bytes)) = self.0.lock().unwrap().take() {
            replace(&path, &bytes);
        }
        file.sync_data()
    }
}

#[test]
fn a_file_replaced_while_a_step_is_written_holds_it_or_it_is_not_saved() {
    let (_dir, first) = library();
    let mut made = create(&first, "kell");
    keep(&mut made, claim_step(2));
    let kept = fs::read(journal_of(&made)).unwrap();
    let line = line_after(&kept, &claim_step(3));
    let other = line_after(&kept, &step(3, vec![]));
    let half = line[..line.len() / 2].to_vec();
    for (more, kept) in [
        (vec![], true),
        (line.clone(), true),
        (crlf(&line), true),
        (half, true),
        (other, false),
    ] {
        let (_dir, mut library) = library();
        let disk = Arc::new(Meanwhile::default());
        library.disk = disk.clone();
        let mut made = create(&library, "kell");
        keep(&mut made, claim_step(2));
        let path = journal_of(&made);
        let theirs = [fs::read(&path).unwrap(), more].concat();
        *disk.0.lock().unwrap() = Some((path.clone(), theirs.clone()));
        match kept {
            true => {
                keep(&mut made, claim_step(3));
                keep(&mut made, claim_step(4));
                assert_eq!(last_step(&library, made), 4);
            }
            false => {
                let writer = made.writer.as_mut().unwrap();
                let e = writer.append(&claim_step(3)).unwrap_err();
                assert!(matches!(e, StoreError::Changed { .. }), "{e}");
                assert_eq!(fs::read(&path).unwrap(), theirs);
                assert_eq!(writer.seq(), 2);
            }
        }
    }
}

/// Copies the folder `from` with all that is in it to `to`.
fn copy_folder(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn a_folder_that_is_moved_away_is_not_made_again_and_one_that_is_replaced_is_locked() {
    let (dir, library, mut made) = working();
    let away = dir.path().join("away");
    fs::rename(&made.folder, &away).unwrap();
    let writer = made.writer.as_mut().unwrap();
    let e = writer.append(&claim_step(3)).unwrap_err();
    assert!(
        matches!(
            &e,
            StoreError::Changed {
                how: JournalChange::Gone,
                ..
            }
        ),
        "{e}"
    );
    let text = ArticleText::new("New draft.\n".into());
    let hash = sha256(text.as_str().as_bytes());
    assert!(writer.add_text(&text, &hash).is_err());
    assert!(writer.add_proposals(&proposals(), &hash).is_err());
    let scan = dir.path().join("scan.pdf");
    fs::write(&scan, "%PDF-").unwrap();
    let mut original = crate::store::evidence::Here::open(&scan).unwrap();
    let taken = writer.blobs().take_in(&scan, &mut original, &|_| true);
    assert!(taken.is_err());
    assert!(!made.folder.exists());

    copy_folder(&away, &made.folder);
    keep(&mut made, claim_step(3));
    let second = open(&library, "kell", Mode::Write);
    assert!(
        matches!(second.read_only, Some(ReadOnly::Held(_))),
        "locked"
    );
    assert_eq!(last_step(&library, made), 3);
}

#[test]
fn a_replaced_folder_that_somebody_else_has_open_is_left_to_them() {
    let (dir, library, mut made) = working();
    let away = dir.path().join("away");
    fs::rename(&made.folder, &away).unwrap();
    copy_folder(&away, &made.folder);
    let theirs = open(&library, "kell", Mode::MustWrite);
    let writer = made.writer.as_mut().unwrap();
    let e = writer.append(&claim_step(3)).unwrap_err();
    assert!(
        matches!(&e, StoreError::Changed { how: JournalChange::Taken(by), .. } if by.contains("Ben")),
        "{e}"
    );
    drop(theirs);
    keep(&mut made, claim_step(3));
}

/// All of `opened` but its steps before number `from`, saved in the folder `dir`.
fn rescued(opened: &InFolder, from: usize, dir: &Path) -> Result<PathBuf, StoreError> {
    save_elsewhere(
        dir,
        &Everything {
            session: Box::new(opened.session.clone()),
            steps: opened.history.steps()[from..].to_vec(),
            text: ArticleText::new(TEXT.into()),
            proposals: opened.proposals.clone().map(Arc::new),
            place: None,
            checker: checker().id,
            kept: opened.writer.as_ref().and_then(Pen::kept),
        },
        all_is_wanted(),
    )
}

#[test]
fn a_rescue_copy_holds_the_kept_lines_byte_for_byte_and_the_rest_from_memory() {
    for (way, from) in [(0, 0), (1, 0), (2, 0), (0, 2), (1, 2)] {
        let (dir, _library, mut made) = working();
        let path = journal_of(&made);
        // A line as no claimdesk of today writes it is copied as it is all the same.
        let kept = crlf(&fs::read(&path).unwrap());
        replace(&path, &kept);
        made.writer
            .as_mut()
            .unwrap()
            .save_draft(&checker().id, Some(&draft()))
            .unwrap();
        match way {
            0 => fs::remove_file(&path).unwrap(),
            1 => replace(&path, b"something else\n"),
            _ => fs::write(&path, "something else\n").unwrap(),
        }
        let lost = claim_step(3);
        assert!(made.writer.as_mut().unwrap().append(&lost).is_err());
        let stamp = Stamp {
            at: lost.at,
            by: lost.by.clone(),
        };
        made.session.apply(&lost.edits, &stamp);
        made.history.push(lost.clone());
        let there = rescued(&made, from, &dir.path().join("stick")).unwrap();
        let bytes = fs::read(there.join("journal.jsonl")).unwrap();
        if way < 2 {
            assert_eq!(bytes, [kept.clone(), line_after(&kept, &lost)].concat());
        }
        let again = open(
            &Library::at(&dir.path().join("stick")),
            "kell",
            Mode::MustWrite,
        );
        assert_eq!(again.session, made.session);
        assert_eq!(again.history.steps(), made.history.steps());
        assert_eq!(again.report, Vec::<String>::new());
        assert_eq!(open_to_others(&dir.path().join("stick")), vec![]);
    }
}

#[test]
fn a_rescue_copy_without_the_first_steps_is_not_made() {
    let (dir, _library, mut made) = working();
    fs::write(journal_of(&made), "something else\n").unwrap();
    let e = rescued(&made, 1, &dir.path().join("stick")).unwrap_err();
    assert!(e.to_string().contains("steps 1 to 1"), "{e}");
    assert!(
        made.writer
            .as_mut()
            .unwrap()
            .append(&claim_step(3))
            .is_err()
    );
    assert_eq!(fs::read_dir(dir.path().join("stick")).unwrap().count(), 0);
}

#[test]
#[cfg(unix)]
fn a_pipe_in_the_journals_place_stops_nothing_but_the_saving() {
    let (_dir, _library, mut made) = working();
    let path = journal_of(&made);
    fs::remove_file(&path).unwrap();
    let how = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    let fifo = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, &path, fifo, how, 0).unwrap();
    let e = made.writer.as_mut().unwrap().append(&claim_step(3));
    assert!(matches!(
        e,
        Err(StoreError::Changed {
            how: JournalChange::NoFile,
            ..
        })
    ));
}
