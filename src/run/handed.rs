//! Files of others, read by a child of the program and handed over through a pipe.
//!
//! Looking at a file, opening it or reading on may wait in the kernel for ever: a share whose server is gone, a stick
//! that sleeps. Neither a thread nor a signal ends such a wait, and a process with such a thread cannot end. So a child
//! does it, of which the program can let go at any time.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::store::evidence::{FileFacts, Here, Original, TakeError};

/// The program called with this argument, `look` or `read`, and a path is such a child.
pub const ARGUMENT: &str = "--hand-over";
/// No word of a child is longer.
const LONGEST: u64 = 64 << 10;
/// How many bytes are handed over at a time.
const PIECE: usize = 128 << 10;

/// What is wanted of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WantOfFile {
    /// What it is.
    Look,
    /// Its bytes.
    Read,
    /// What stands in its folder under names that begin as its own does.
    Names,
}

impl WantOfFile {
    fn word(self) -> &'static str {
        match self {
            Self::Look => "look",
            Self::Read => "read",
            Self::Names => "names",
        }
    }
}

/// What a child says, a line each; the bytes of the file stand between two of them.
#[derive(Serialize, Deserialize)]
enum Word {
    /// What the file is.
    About(FileFacts),
    /// The names that begin so, those of folders with a slash behind them.
    Names(Vec<String>),
    /// There is none.
    Missing,
    /// Why it cannot be had, one sentence.
    Refused(String),
    /// It could not be read on; what the system says.
    Broken(String),
}

/// Whether a file is still wanted, and the child that reads it.
#[derive(Debug, Default)]
pub struct Task {
    given_up: AtomicBool,
    child: Mutex<Option<Child>>,
}

impl Task {
    /// Whether it is still wanted.
    pub fn is_wanted(&self) -> bool {
        !self.given_up.load(Ordering::SeqCst)
    }

    /// Gives it up, whatever the child waits for.
    pub fn give_up(&self) {
        self.given_up.store(true, Ordering::SeqCst);
        self.end_child();
    }

    fn begin(&self, mut command: Command) -> io::Result<ChildStdout> {
        let mut child = command.spawn()?;
        let from = child.stdout.take();
        *self.child.lock().unwrap_or_else(PoisonError::into_inner) = Some(child);
        if !self.is_wanted() {
            self.end_child();
        }
        from.ok_or_else(|| io::ErrorKind::BrokenPipe.into())
    }

    /// Ends the child, if it has not ended by itself. One that waits in the kernel ends when that lets it.
    fn end_child(&self) {
        let child = self
            .child
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(mut child) = child else { return };
        let _ = child.kill();
        if !matches!(child.try_wait(), Ok(Some(_))) {
            // Somebody has to take note of its end.
            let _ = std::thread::Builder::new()
                .name("end of a child".into())
                .spawn(move || child.wait());
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.end_child();
    }
}

/// Lets a child look at a file.
///
/// # Errors
/// What it says.
pub fn look(program: &Path, path: &Path, task: &Task) -> Result<FileFacts, TakeError> {
    Handed::begin(program, WantOfFile::Look, path, task).map(|h| h.about)
}

/// Lets a child open a file and hand it over.
///
/// # Errors
/// What it says.
pub fn open(program: &Path, path: &Path, task: &Task) -> Result<Handed, TakeError> {
    Handed::begin(program, WantOfFile::Read, path, task)
}

/// Lets a child list what stands in the folder of `path` under names that begin as its last part does.
///
/// # Errors
/// What it says.
pub fn names(program: &Path, path: &Path, task: &Task) -> Result<Vec<String>, TakeError> {
    let (mut from, failed) = begin(program, WantOfFile::Names, path, task)?;
    match word(&mut from).map_err(&failed)? {
        Word::Names(names) => Ok(names),
        Word::Missing => Err(TakeError::Missing(path.to_owned())),
        Word::Refused(why) => Err(TakeError::Said(why)),
        Word::About(_) | Word::Broken(_) => Err(failed(io::ErrorKind::InvalidData.into())),
    }
}

/// Starts a child that is to do something with the file at `path`; answers with what it says, and with what it means that
/// nothing comes of it.
fn begin<'a>(
    program: &Path,
    want: WantOfFile,
    path: &'a Path,
    task: &'a Task,
) -> Result<(BufReader<ChildStdout>, impl Fn(io::Error) -> TakeError + 'a), TakeError> {
    let failed = |e: io::Error| match task.is_wanted() {
        true => TakeError::of(path, e),
        false => TakeError::GivenUp(path.to_owned()),
    };
    let mut command = Command::new(program);
    command
        .args([ARGUMENT, want.word()])
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let from = task.begin(command).map_err(failed)?;
    Ok((BufReader::with_capacity(PIECE, from), failed))
}

/// A file that a child hands over.
#[derive(Debug)]
pub struct Handed<R = BufReader<ChildStdout>> {
    from: R,
    about: FileFacts,
    /// What is still to come of the piece under way.
    left: usize,
    /// What the file was at its end.
    at_end: Option<FileFacts>,
}

impl Handed {
    fn begin(
        program: &Path,
        want: WantOfFile,
        path: &Path,
        task: &Task,
    ) -> Result<Self, TakeError> {
        let (from, failed) = begin(program, want, path, task)?;
        Self::from(from, path, failed)
    }
}

impl<R: BufRead> Handed<R> {
    /// What comes from a child that reads the file at `path`; `failed` says what it means that nothing does.
    fn from(
        mut from: R,
        path: &Path,
        failed: impl Fn(io::Error) -> TakeError,
    ) -> Result<Self, TakeError> {
        match word(&mut from).map_err(&failed)? {
            Word::About(about) => Ok(Self {
                from,
                about,
                left: 0,
                at_end: None,
            }),
            Word::Missing => Err(TakeError::Missing(path.to_owned())),
            Word::Refused(why) => Err(TakeError::Said(why)),
            Word::Broken(why) => Err(failed(io::Error::other(why))),
            Word::Names(_) => Err(failed(io::ErrorKind::InvalidData.into())),
        }
    }
}

impl<R: BufRead> Original for Handed<R> {
    fn about(&self) -> FileFacts {
        self.about
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at_end.is_some() {
            return Ok(0);
        }
        if self.left == 0 {
            let mut length = [0; 4];
            self.from.read_exact(&mut length)?;
            self.left = u32::from_be_bytes(length) as usize;
        }
        if self.left == 0 {
            return match word(&mut self.from)? {
                Word::About(about) => {
                    self.at_end = Some(about);
                    Ok(0)
                }
                Word::Broken(why) | Word::Refused(why) => Err(io::Error::other(why)),
                Word::Missing => Err(io::ErrorKind::NotFound.into()),
                Word::Names(_) => Err(io::ErrorKind::InvalidData.into()),
            };
        }
        let most = self.left.min(buffer.len());
        let n = self.from.read(buffer.get_mut(..most).unwrap_or_default())?;
        if n == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= n;
        Ok(n)
    }

    fn about_now(&mut self) -> io::Result<FileFacts> {
        self.at_end
            .ok_or_else(|| io::Error::other("it was not read to its end"))
    }
}

fn word(from: &mut impl BufRead) -> io::Result<Word> {
    let mut line = Vec::new();
    from.take(LONGEST).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    serde_json::from_slice(&line).map_err(io::Error::other)
}

/// Does what the child is for: looks at the file at `path`, or hands it over, on standard output.
pub fn serve(want: &str, path: &Path) -> ExitCode {
    let want = match want {
        "read" => WantOfFile::Read,
        "names" => WantOfFile::Names,
        _ => WantOfFile::Look,
    };
    // Whoever started it may have gone; nobody is left to hear of that.
    match hand_over(want, path, &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn hand_over(want: WantOfFile, path: &Path, to: &mut impl Write) -> io::Result<()> {
    let opened = match want {
        WantOfFile::Look => return say(to, &Here::look(path).map_or_else(refusal, Word::About)),
        WantOfFile::Names => {
            let found = beginning_as(path).map_err(|e| TakeError::of(path, e));
            return say(to, &found.map_or_else(refusal, Word::Names));
        }
        WantOfFile::Read => Here::open(path),
    };
    let mut file = match opened {
        Ok(file) => file,
        Err(e) => return say(to, &refusal(e)),
    };
    say(to, &Word::About(file.about()))?;
    let mut buffer = vec![0; PIECE];
    let last = loop {
        match file.read(&mut buffer) {
            Ok(0) => break file.about_now(),
            Ok(n) => {
                to.write_all(&(n as u32).to_be_bytes())?;
                to.write_all(buffer.get(..n).unwrap_or_default())?;
                to.flush()?;
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => break Err(e),
        }
    };
    to.write_all(&[0; 4])?;
    say(
        to,
        &last.map_or_else(|e| Word::Broken(e.to_string()), Word::About),
    )
}

/// What stands in the folder of `path` under names that begin as its last part does, in order; hidden files only where
/// that begins with a dot. What does not fit into one word is left out.
fn beginning_as(path: &Path) -> io::Result<Vec<String>> {
    let whole = path.to_string_lossy();
    let (folder, begin) = match whole.rfind(std::path::is_separator) {
        Some(at) => (&whole[..=at], &whole[at + 1..]),
        None => (".", &*whole),
    };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // A name that is no text cannot be typed.
        let Ok(mut name) = entry.file_name().into_string() else {
            continue;
        };
        let hidden = name.starts_with('.') && !begin.starts_with('.');
        if hidden || !name.starts_with(begin) || name.contains(char::is_control) {
            continue;
        }
        if entry.path().is_dir() {
            name.push('/');
        }
        names.push(name);
    }
    names.sort();
    let mut room = LONGEST as usize / 4;
    names.retain(|name| {
        let fits = name.len() <= room;
        room = room.saturating_sub(name.len());
        fits
    });
    Ok(names)
}

fn refusal(error: TakeError) -> Word {
    match error {
        TakeError::Missing(_) => Word::Missing,
        other => Word::Refused(other.to_string()),
    }
}

fn say(to: &mut impl Write, word: &Word) -> io::Result<()> {
    serde_json::to_writer(&mut *to, word)?;
    to.write_all(b"\n")?;
    to.flush()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::store::{Blobs, FolderBlobs};

    /// What a child says of the file at `path`.
    fn said(want: WantOfFile, path: &Path) -> Vec<u8> {
        let mut said = Vec::new();
        hand_over(want, path, &mut said).unwrap();
        said
    }

    fn handed<'a>(said: &'a [u8], path: &Path) -> Result<Handed<&'a [u8]>, TakeError> {
        Handed::from(said, path, |e| TakeError::of(path, e))
    }

    #[test]
    fn what_is_handed_over_is_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("video.mp4");
        let bytes: Vec<u8> = (0..400_000u32).map(|n| n as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        let about = handed(&said(WantOfFile::Look, &path), &path)
            .unwrap()
            .about();
        let stream = said(WantOfFile::Read, &path);
        let mut original = handed(&stream, &path).unwrap();
        assert_eq!((about, about.bytes), (original.about(), 400_000));
        let blobs = FolderBlobs::of(dir.path());
        let file = blobs.take_in(&path, &mut original, &|_| true).unwrap();
        assert_eq!(
            file,
            blobs
                .take_in(&path, &mut Here::open(&path).unwrap(), &|_| true)
                .unwrap()
        );
    }

    #[test]
    fn a_child_that_ends_in_the_middle_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("video.mp4");
        std::fs::write(&path, [7; 400_000]).unwrap();
        let stream = said(WantOfFile::Read, &path);
        let blobs = FolderBlobs::of(dir.path());
        for end in [0, 10, 200, 200_000, stream.len() - 20, stream.len() - 2] {
            let taken = handed(&stream[..end], &path)
                .and_then(|mut o| blobs.take_in(&path, &mut o, &|_| true));
            assert!(
                matches!(taken, Err(TakeError::Unreadable { .. })),
                "{end}: {taken:?}"
            );
        }
        let files = std::fs::read_dir(dir.path().join("files")).unwrap();
        assert_eq!(files.count(), 0);
    }

    #[test]
    fn what_is_refused_is_refused_in_the_same_words() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("nothing.pdf");
        for path in [Path::new("/dev/zero"), dir.path(), &missing] {
            for want in [WantOfFile::Look, WantOfFile::Read] {
                let stream = said(want, path);
                let e = handed(&stream, path).unwrap_err();
                assert_eq!(e.to_string(), Here::look(path).unwrap_err().to_string());
            }
        }
        let e = handed(&said(WantOfFile::Look, &missing), &missing).unwrap_err();
        assert!(matches!(e, TakeError::Missing(_)));
    }

    #[test]
    fn names_that_begin_so_are_listed_and_folders_have_a_slash() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("minutes 2021")).unwrap();
        for name in ["minutes.pdf", "map.png", ".minutes.swp", "minutes\u{1b}"] {
            std::fs::write(dir.path().join(name), name).unwrap();
        }
        let names = |begin: &str| {
            let path = dir.path().join(begin);
            let stream = said(WantOfFile::Names, &path);
            match word(&mut stream.as_slice()).unwrap() {
                Word::Names(names) => names,
                _ => panic!("no names"),
            }
        };
        assert_eq!(names("min"), ["minutes 2021/", "minutes.pdf"]);
        assert_eq!(names("m").len(), 3);
        assert_eq!(names(""), ["map.png", "minutes 2021/", "minutes.pdf"]);
        assert_eq!(names(".m"), [".minutes.swp"]);
        assert_eq!(names("x"), [""; 0]);
        let missing = dir.path().join("nowhere/x");
        let stream = said(WantOfFile::Names, &missing);
        assert!(matches!(
            word(&mut stream.as_slice()).unwrap(),
            Word::Missing
        ));
    }
}
