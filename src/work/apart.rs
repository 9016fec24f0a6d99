//! Reading an article in a process of its own, which is this program again: a file that makes a parser use up its stack,
//! its memory or its time ends that process, and here becomes an error in one sentence.

mod limits;

use std::io::{BufReader, Read};
use std::process::{Child, ChildStderr, Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::program::program;
use super::tell;
use crate::core::progress::size;
use crate::reader::input::wire::{self, Given};
use crate::reader::input::{GUARDED_THREAD, InputHint, ReadError, ReadWatch};

/// The only argument of a program that was started to read. It belongs to no command line and is listed nowhere.
pub const ARGUMENT: &str = "--read-apart";

/// The longest that reading may take; most formats' readers have a shorter limit of their own.
const LIMIT: Duration = Duration::from_secs(60);
/// Stack of the thread that reads.
const STACK: usize = 32 << 20;
/// How often it is looked whether the reading is to end.
const LOOK: Duration = Duration::from_millis(20);
/// How much of what the process complains is kept, in bytes.
const COMPLAINT: u64 = 64 << 10;

/// What is to be read.
#[derive(Clone, Copy)]
pub struct FileToRead<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What their format is called.
    pub format: &'static str,
    /// What else is known of it.
    pub hint: &'a InputHint,
}

/// Reads `file` in a process of its own, until `watch` stops it.
///
/// # Errors
/// That of the reading. [`ReadError::Damaged`], [`ReadError::TooMuch`] or [`ReadError::TooSlow`] where the file ended the
/// process; [`ReadError::NotStarted`] where there could be none.
pub fn read<T: Given + Send>(file: FileToRead<'_>, watch: &ReadWatch) -> Result<T, ReadError> {
    let program = program().map_err(|e| not_started(file, &e))?;
    let mut command = Command::new(program);
    command.arg(ARGUMENT).env("RUST_BACKTRACE", "0");
    run(command, LIMIT, file, watch)
}

fn not_started(file: FileToRead<'_>, error: &std::io::Error) -> ReadError {
    ReadError::NotStarted {
        name: file.hint.said(),
        reason: error.to_string(),
    }
}

/// A process that ends with its owner.
struct Running(Child);

impl Running {
    /// Waits until it has ended by itself, or ends it at `until`.
    fn wait(&mut self, until: Instant) -> Option<ExitStatus> {
        loop {
            match self.0.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < until => std::thread::sleep(LOOK),
                _ => return None,
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already, and then there is nothing to do.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn run<T: Given + Send>(
    mut command: Command,
    limit: Duration,
    file: FileToRead<'_>,
    watch: &ReadWatch,
) -> Result<T, ReadError> {
    let started = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = Running(started.map_err(|e| not_started(file, &e))?);
    let pipes = (child.0.stdin.take(), child.0.stdout.take());
    let (Some(mut to), Some(from)) = pipes else {
        return Err(not_started(file, &std::io::ErrorKind::BrokenPipe.into()));
    };
    let complaint = child.0.stderr.take();
    std::thread::scope(|scope| {
        let (answered, answer) = channel();
        let (done, until_done) = channel::<()>();
        scope.spawn(move || {
            // A process that does not take all of it says why, or its end does.
            let _ = wire::ask::<T>(&mut to, file.bytes, file.hint);
            // It reads on until the pipe is closed, and takes that as our end.
            let _ = until_done.recv();
        });
        scope.spawn(move || answered.send(wire::answer(BufReader::new(from), watch)));
        let complaint = scope.spawn(move || complaint.map(complained).unwrap_or_default());
        // Whatever happens from here on, the process is ended before the threads are waited for.
        let mut child = child;
        let until = Instant::now() + limit;
        let given = loop {
            match answer.recv_timeout(LOOK) {
                Ok(given) => break given,
                Err(RecvTimeoutError::Disconnected) => break None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            watch.check(&file.hint.said())?;
            if Instant::now() >= until {
                return Err(too_slow(file, limit));
            }
        };
        if let Some(given) = given {
            return given;
        }
        let status = child.wait(until);
        drop((child, done));
        let complaint = complaint.join().unwrap_or_default();
        Err(ended(file, limit, status, &complaint))
    })
}

/// What the process says on standard error; the rest beyond [`COMPLAINT`] is read and forgotten.
fn complained(mut from: ChildStderr) -> String {
    let mut bytes = Vec::new();
    let _ = (&mut from).take(COMPLAINT).read_to_end(&mut bytes);
    let _ = std::io::copy(&mut from, &mut std::io::sink());
    String::from_utf8_lossy(&bytes).into_owned()
}

fn too_slow(file: FileToRead<'_>, limit: Duration) -> ReadError {
    ReadError::TooSlow {
        name: file.hint.said(),
        limit,
    }
}

/// Why a process ended without an answer: told by the signal, else by the words of Rust's runtime.
fn ended(
    file: FileToRead<'_>,
    limit: Duration,
    status: Option<ExitStatus>,
    complaint: &str,
) -> ReadError {
    let name = file.hint.said();
    let damaged = |reason: &str| ReadError::Damaged {
        name: name.clone(),
        format: file.format.into(),
        reason: reason.into(),
    };
    let killed = status.and_then(limits::signal);
    if status.is_none() || killed == Some(limits::OUT_OF_TIME) {
        return too_slow(file, limit);
    }
    if complaint.contains("memory allocation of") || killed == Some(limits::OUT_OF_MEMORY) {
        return ReadError::TooMuch {
            limit: size(limits::memory(file.bytes.len() as u64)),
            name,
        };
    }
    match complaint.contains("has overflowed its stack") {
        true => damaged("its parts hold each other without end"),
        false => damaged("its structure is broken"),
    }
}

/// What a program does that was started with [`ARGUMENT`]: it reads what standard input holds and answers on standard
/// output.
pub fn serve() -> ExitCode {
    limits::shut_in();
    let mut from = BufReader::new(std::io::stdin());
    let Ok(request) = wire::request(&mut from) else {
        tell(format_args!(
            "claimdesk: {ARGUMENT} is what claimdesk starts itself with; it is of no use elsewhere."
        ));
        return ExitCode::from(2);
    };
    limits::hold_memory(request.length(), LIMIT);
    let Ok(bytes) = wire::article(&mut from, &request) else {
        return ExitCode::FAILURE;
    };
    let alone = std::thread::Builder::new().spawn(move || {
        // Nothing more comes: this ends when the one who asked is gone, and then nobody waits for an answer.
        let _ = from.read(&mut [0]);
        std::process::exit(1);
    });
    let reading = std::thread::Builder::new()
        .name(GUARDED_THREAD.into())
        .stack_size(STACK)
        .spawn(move || wire::serve(request, bytes, std::io::stdout()));
    match (alone, reading.map(|thread| thread.join())) {
        (Ok(_), Ok(Ok(Ok(())))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::reader::Document;

    fn told(script: &str, limit: Duration, watch: &ReadWatch) -> ReadError {
        let hint = InputHint {
            name: Some("kell.pdf".into()),
            ..InputHint::default()
        };
        // More than a pipe holds: one that reads nothing must not hold us up.
        let bytes = vec![b' '; 1 << 20];
        let file = FileToRead {
            bytes: &bytes,
            format: "PDF",
            hint: &hint,
        };
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run::<Document>(command, limit, file, watch).unwrap_err()
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn however_the_process_ends_it_is_one_sentence() {
        for (script, says) in [
            (
                "echo \"thread 'x' has overflowed its stack\" >&2; kill -ABRT $$",
                "kell.pdf is not a whole PDF file (its parts hold each other without end)",
            ),
            (
                "echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$",
                "kell.pdf needs more than 1.0 GB of memory",
            ),
            ("kill -KILL $$", "kell.pdf needs more than 1.0 GB of memory"),
            ("kill -XCPU $$", "kell.pdf was not read within 60 seconds"),
            (
                "kill -SEGV $$",
                "kell.pdf is not a whole PDF file (its structure is broken)",
            ),
            ("exit 0", "kell.pdf is not a whole PDF file"),
            (
                "head -c 1000 >/dev/null; exit 1",
                "kell.pdf is not a whole PDF file",
            ),
            ("echo nonsense", "kell.pdf is not a whole PDF file"),
            (
                "yes | head -c 1000000 >&2; exit 1",
                "kell.pdf is not a whole PDF file",
            ),
        ] {
            let e = told(script, LONG, &ReadWatch::default()).to_string();
            assert!(e.starts_with(says), "{script}: {e}");
            assert!(!e.contains('\n'), "{e}");
        }
    }

    #[test]
    fn a_process_that_goes_on_is_ended_in_time_or_when_nobody_waits() {
        let e = told("exec sleep 1000", Duration::ZERO, &ReadWatch::default());
        assert!(matches!(e, ReadError::TooSlow { .. }), "{e}");
        let watch = ReadWatch::default();
        watch.stop();
        let e = told("exec sleep 1000", LONG, &watch);
        assert!(matches!(e, ReadError::Cancelled { .. }), "{e}");
    }

    #[test]
    fn a_program_that_cannot_be_started_is_told() {
        let hint = InputHint::default();
        let file = FileToRead {
            bytes: b"",
            format: "PDF",
            hint: &hint,
        };
        let command = Command::new("/no/such/program");
        let e = run::<Document>(command, LONG, file, &ReadWatch::default()).unwrap_err();
        let e = e.to_string();
        assert!(
            e.starts_with("standard input could not be read, since claimdesk could not start"),
            "{e}"
        );
    }
}
