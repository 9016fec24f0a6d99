//! Taking evidence in: only files, whole or not at all, with no more rights than they had.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::SystemTime;

use super::*;
use crate::store::evidence::{FileFacts, Here, Original, TakeError};

/// A session, and a folder with files to take in.
struct Desk {
    dir: tempfile::TempDir,
    made: InFolder,
}

impl Desk {
    fn new() -> Self {
        let (dir, library) = library();
        let made = create(&library, "kell");
        Self { dir, made }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn intake(&self) -> std::sync::Arc<dyn Blobs> {
        self.made.writer.as_ref().unwrap().blobs()
    }

    fn take(&self, path: &Path) -> Result<EvidenceFile, TakeError> {
        self.intake()
            .take_in(path, &mut Here::open(path)?, &|_| true)
    }

    /// The names of what stands among the copies.
    fn copies(&self) -> Vec<String> {
        let Ok(files) = fs::read_dir(self.made.folder.join("files")) else {
            return Vec::new();
        };
        let name = |e: io::Result<fs::DirEntry>| e.unwrap().file_name().into_string().unwrap();
        files.map(name).collect()
    }
}

#[test]
fn evidence_copies_stand_under_their_hash() {
    let desk = Desk::new();
    let bytes = [b"%PDF-1.7 ".as_slice(), &[7; 300_000]].concat();
    let path = desk.put("Minutes.PDF", &bytes);
    let file = desk.take(&path).unwrap();
    assert_eq!(file.sha256, sha256(&bytes));
    assert_eq!(
        (file.bytes, &*file.media_type, &*file.name),
        (300_009, "application/pdf", "Minutes.PDF")
    );
    assert_eq!(desk.take(&path).unwrap(), file);
    assert_eq!(desk.copies(), [format!("{}.pdf", file.sha256)]);
    let kept = file_path(&desk.made.folder, &file).unwrap();
    assert_eq!(fs::read(&kept).unwrap(), bytes);
    fs::write(&kept, "cut off").unwrap();
    assert_eq!(desk.take(&path).unwrap(), file);
    assert_eq!(
        fs::read(&kept).unwrap(),
        bytes,
        "a copy that is none is made again"
    );
}

#[test]
fn what_is_no_file_is_named_and_nothing_is_kept() {
    let desk = Desk::new();
    let at = |name: &str| desk.dir.path().join(name);
    let fifo = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, at("pipe"), fifo, 0o600.into(), 0).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    for (path, what) in [
        (at("pipe"), "a pipe"),
        (at("socket"), "a socket"),
        (at(""), "a folder"),
        ("/dev/zero".into(), "a device"),
    ] {
        let said = format!(
            "{} is {what}, not a file; only files are kept as evidence.",
            path.display()
        );
        assert_eq!(desk.take(&path).unwrap_err().to_string(), said);
        assert_eq!(Here::look(&path).unwrap_err().to_string(), said);
    }
    let missing = Here::look(&at("nothing.pdf")).unwrap_err();
    assert!(matches!(missing, TakeError::Missing(_)));
    assert_eq!(desk.copies(), Vec::<String>::new());
}

#[test]
fn a_copy_of_evidence_never_has_more_rights_than_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    for (n, (rights, copied)) in [
        (0o644, 0o600),
        (0o600, 0o600),
        (0o755, 0o600),
        (0o440, 0o400),
    ]
    .into_iter()
    .enumerate()
    {
        let path = desk.put("file", &[n as u8]);
        fs::set_permissions(&path, fs::Permissions::from_mode(rights)).unwrap();
        let file = desk.take(&path).unwrap();
        let kept = fs::metadata(file_path(&desk.made.folder, &file).unwrap()).unwrap();
        assert_eq!(kept.permissions().mode() & 0o777, copied, "{rights:o}");
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_copy_that_is_given_up_leaves_nothing() {
    let desk = Desk::new();
    let path = desk.put("video.mp4", &[7; 1_000_000]);
    let heard = RefCell::new(Vec::new());
    let wanted = |bytes| {
        heard.borrow_mut().push(bytes);
        bytes < 500_000
    };
    let given_up = desk
        .intake()
        .take_in(&path, &mut Here::open(&path).unwrap(), &wanted);
    assert!(
        matches!(given_up, Err(TakeError::GivenUp(_))),
        "{given_up:?}"
    );
    let heard = heard.into_inner();
    assert!(heard.is_sorted() && heard.len() > 3, "{heard:?}");
    assert_eq!(desk.copies(), Vec::<String>::new());
}

/// A file to which something happens after its first piece.
struct Meanwhile<F> {
    file: Here,
    then: F,
    done: Cell<bool>,
}

impl<F: Fn()> Original for Meanwhile<F> {
    fn about(&self) -> FileFacts {
        self.file.about()
    }
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        if !self.done.replace(true) {
            (self.then)();
        }
        Ok(n)
    }
    fn about_now(&mut self) -> io::Result<FileFacts> {
        self.file.about_now()
    }
}

#[test]
fn a_file_that_changes_while_it_is_copied_is_not_kept() {
    let desk = Desk::new();
    let path = desk.put("minutes.txt", &[b'a'; 400_000]);
    let open = || fs::OpenOptions::new().write(true).open(&path).unwrap();
    let later = SystemTime::now() + std::time::Duration::from_secs(5);
    let changes: [&dyn Fn(); 3] = [
        &|| open().set_len(200_000).unwrap(),
        &|| {
            let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
            file.write_all(&[b'b'; 300_000]).unwrap();
        },
        &|| {
            let mut file = open();
            file.write_all(b"b").unwrap();
            file.set_modified(later).unwrap();
        },
    ];
    for change in changes {
        fs::write(&path, [b'a'; 400_000]).unwrap();
        let mut original = Meanwhile {
            file: Here::open(&path).unwrap(),
            then: change,
            done: false.into(),
        };
        let e = desk.intake().take_in(&path, &mut original, &|_| true);
        assert!(matches!(e, Err(TakeError::Changed(_))), "{e:?}");
        assert_eq!(desk.copies(), Vec::<String>::new());
    }
    // A file of the system that says it is empty, and is not.
    let e = desk.take(Path::new("/proc/self/status"));
    assert!(matches!(e, Err(TakeError::Changed(_))), "{e:?}");
}

#[test]
fn a_file_that_does_not_fit_is_refused_before_it_is_copied() {
    let desk = Desk::new();
    let path = desk.put("video.mp4", b"");
    // Nothing of it is on the disk: the file is one hole.
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    let large = 4_400_000_000_000;
    if file.set_len(large).is_err() {
        // This file system has no files of that size.
        return;
    }
    let about = Here::look(&path).unwrap();
    let e = fits(desk.intake().room(), &path, &about).unwrap_err();
    assert!(
        e.to_string()
            .contains("video.mp4 is 4.4 TB, and there is room for"),
        "{e}"
    );
    let e = desk.take(&path).unwrap_err();
    assert!(matches!(e, TakeError::NoRoom { .. }), "{e}");
    assert_eq!(desk.copies(), Vec::<String>::new());
}

#[test]
fn what_a_crash_leaves_of_a_copy_is_swept_at_the_next_opening() {
    let Desk { dir, made } = Desk::new();
    let files = made.folder.join("files");
    drop(made);
    fs::create_dir_all(&files).unwrap();
    fs::write(files.join(".claimdesk-Ab3"), [7; 1000]).unwrap();
    let sessions = Library::at(&dir.path().join("sessions"));
    drop(open(&sessions, "kell", Mode::Write));
    assert_eq!(fs::read_dir(files).unwrap().count(), 0);
}
