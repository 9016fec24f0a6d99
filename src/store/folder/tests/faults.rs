//! A disk that is full, read-only or fails half-way: the work stays, is reported, and is kept once there is room.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::core::birth::NewSession;
use crate::store::folder::files::Disk;

/// A disk with so much room, which fails in the way given when it is used up.
#[derive(Debug)]
struct Small {
    room: AtomicU64,
    kind: io::ErrorKind,
    read_only: bool,
    /// Whether cutting fails as well.
    stuck: std::sync::atomic::AtomicBool,
}

impl Small {
    fn new(kind: io::ErrorKind) -> Arc<Self> {
        Arc::new(Self {
            room: AtomicU64::new(u64::MAX),
            kind,
            read_only: false,
            stuck: false.into(),
        })
    }
}

impl Disk for Small {
    fn open(&self, path: &Path, how: &OpenOptions) -> io::Result<File> {
        match self.read_only {
            true => Err(io::ErrorKind::ReadOnlyFilesystem.into()),
            false => how.open(path),
        }
    }
    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        let room = self.room.load(Ordering::SeqCst);
        let fits = usize::try_from(room).unwrap_or(usize::MAX).min(bytes.len());
        file.write_all(&bytes[..fits])?;
        if room != u64::MAX {
            self.room.store(room - fits as u64, Ordering::SeqCst);
        }
        match fits == bytes.len() {
            true => Ok(()),
            false => Err(self.kind.into()),
        }
    }
    fn truncate(&self, file: &File, len: u64) -> io::Result<()> {
        match self.stuck.load(Ordering::SeqCst) {
            true => Err(self.kind.into()),
            false => file.set_len(len),
        }
    }
}

#[test]
fn a_full_disk_is_reported_and_the_step_is_kept_once_there_is_room() {
    let (_dir, mut library) = library();
    let disk = Small::new(io::ErrorKind::StorageFull);
    library.disk = disk.clone();
    let mut made = create(&library, "kell");
    let path = made.folder.join("journal.jsonl");
    let before = fs::read(&path).unwrap();
    let step = claim_step(2);
    let writer = made.writer.as_mut().unwrap();
    for room in [0, 1, 40, 200] {
        for stuck in [false, true] {
            disk.room.store(room, Ordering::SeqCst);
            disk.stuck.store(stuck, Ordering::SeqCst);
            let e = writer.append(&step).unwrap_err();
            assert!(matches!(e, StoreError::Full { .. }), "{e}");
            assert_eq!(e.exit_code(), 4);
            if !stuck {
                assert_eq!(
                    fs::read(&path).unwrap(),
                    before,
                    "the failed line is cut back"
                );
            }
            assert!(writer.checkpoint(&made.session, 1).is_err());
        }
    }
    disk.room.store(u64::MAX, Ordering::SeqCst);
    disk.stuck.store(false, Ordering::SeqCst);
    keep(&mut made, step);
    keep(&mut made, claim_step(3));
    let session = made.session.clone();
    let folder = made.folder.clone();
    drop(made);
    let again = open(&library, "kell", Mode::Write);
    assert_eq!((again.session, again.history.seq()), (session, 3));
    assert_eq!(again.report, Vec::<String>::new());
    let left = fs::read_dir(folder).unwrap().flatten();
    let debris = left.filter(|e| e.file_name().to_string_lossy().starts_with(".claimdesk-"));
    assert_eq!(debris.count(), 0, "failed checkpoints leave nothing behind");
}

#[test]
fn a_crash_behind_a_failed_append_leaves_only_a_torn_tail() {
    let (_dir, mut library) = library();
    let disk = Small::new(io::ErrorKind::StorageFull);
    library.disk = disk.clone();
    let mut made = create(&library, "kell");
    disk.room.store(100, Ordering::SeqCst);
    disk.stuck.store(true, Ordering::SeqCst);
    assert!(
        made.writer
            .as_mut()
            .unwrap()
            .append(&claim_step(2))
            .is_err()
    );
    drop(made);
    disk.room.store(u64::MAX, Ordering::SeqCst);
    disk.stuck.store(false, Ordering::SeqCst);
    let mut again = open(&library, "kell", Mode::Write);
    assert_eq!(again.history.seq(), 1);
    assert_eq!(again.report.len(), 1, "{:?}", again.report);
    keep(&mut again, claim_step(2));
}

#[test]
fn a_read_only_folder_opens_to_be_read() {
    let (_dir, mut library) = library();
    let made = create(&library, "kell");
    let session = made.session.clone();
    drop(made);
    library.disk = Arc::new(Small {
        read_only: true,
        room: AtomicU64::new(0),
        kind: io::ErrorKind::ReadOnlyFilesystem,
        stuck: false.into(),
    });
    let opened = open(&library, "kell", Mode::Write);
    assert_eq!(opened.session, session);
    assert!(
        matches!(opened.read_only, Some(ReadOnly::NotWritable(_))),
        "{:?}",
        opened.read_only
    );
    let must = library
        .open("kell", Mode::MustWrite, "Ben", time(1))
        .unwrap_err();
    assert!(matches!(must, StoreError::NotWritable { .. }));
    assert_eq!(must.exit_code(), 4);
}

#[test]
fn a_step_out_of_order_is_refused() {
    let (_dir, library) = library();
    let mut made = create(&library, "kell");
    let writer = made.writer.as_mut().unwrap();
    for seq in [1, 3] {
        let step = Step {
            id: Uuid::from_u128(70).into(),
            ..claim_step(seq)
        };
        let e = writer.append(&step).unwrap_err();
        assert_eq!(e.exit_code(), 70, "{e}");
    }
    assert_eq!(
        writer.checkpoint(&made.session, 7).unwrap_err().exit_code(),
        70
    );
}

#[test]
fn a_session_that_cannot_be_made_leaves_nothing() {
    let (_dir, mut library) = library();
    library.disk = Arc::new(Small {
        read_only: true,
        room: AtomicU64::new(0),
        kind: io::ErrorKind::ReadOnlyFilesystem,
        stuck: false.into(),
    });
    fs::create_dir_all(library.dir()).unwrap();
    let article = Article::default();
    let made = library.create(
        &NewSession {
            name: "kell",
            id: Uuid::from_u128(7).into(),
            article: &article,
            text: &ArticleText::new(TEXT.into()),
            version: version(),
            original_sha256: &sha256(b""),
            origin: "-",
            left_out: "",
            proposals: &proposals(),
            checker: &checker(),
            now: time(0),
            step: Uuid::from_u128(1).into(),
        }
        .newborn(),
    );
    assert_eq!(made.unwrap_err().exit_code(), 4);
    assert_eq!(fs::read_dir(library.dir()).unwrap().count(), 0);
}

/// A file system that has no locks.
#[derive(Debug)]
struct NoLocks;

impl Disk for NoLocks {
    fn lock(&self, _: &File) -> Result<(), TryLockError> {
        Err(TryLockError::Error(io::ErrorKind::Unsupported.into()))
    }
}

#[test]
fn a_file_system_without_locks_warns_and_works() {
    let (_dir, mut library) = library();
    library.disk = Arc::new(NoLocks);
    drop(create(&library, "kell"));
    let mut opened = open(&library, "kell", Mode::MustWrite);
    assert!(opened.report[0].contains("no locks"), "{:?}", opened.report);
    keep(&mut opened, claim_step(2));
}

#[test]
fn a_writer_can_live_on_a_thread_of_its_own() {
    fn sent<T: Send + 'static>() {}
    sent::<Writer>();
    sent::<Earlier>();
    sent::<InFolder>();
}
