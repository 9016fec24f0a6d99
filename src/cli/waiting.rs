//! A command that waits for an article: how far it is on standard error, and Ctrl-C to end it.

use std::io::{IsTerminal, Write};
use std::panic::resume_unwind;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

use crate::core::display::{clean, truncate};
use crate::core::progress::Progress;
use crate::reader::input::{ReadError, ReadWatch};

/// What is done sooner than this needs no word.
const PATIENCE: Duration = Duration::from_millis(400);
/// How often the line is written anew.
const TICK: Duration = Duration::from_millis(100);
/// How often it is looked whether Ctrl-C was pressed.
const LOOK: Duration = Duration::from_millis(20);
/// Stack of the thread that reads, as that of a program's first thread.
const STACK: usize = 8 * 1024 * 1024;

/// Runs `work`, which reads `what`, on a thread of its own. Where standard error is a terminal it says how far that is;
/// the first Ctrl-C stops the watch, here and for all that comes after, and a second one ends the program.
///
/// # Errors
/// That of `work`; [`ReadError::Cancelled`] as soon as Ctrl-C is pressed, whatever the thread waits for.
pub fn waiting<T: Send + 'static>(
    what: &str,
    work: impl FnOnce(&ReadWatch) -> Result<T, ReadError> + Send + 'static,
) -> Result<T, ReadError> {
    let stop = Arc::new(AtomicBool::new(false));
    // Without the handlers Ctrl-C ends the program at once, which is no worse.
    let _ = flag::register_conditional_shutdown(SIGINT, 130, stop.clone());
    let _ = flag::register(SIGINT, stop.clone());
    let at: Arc<Mutex<Option<Progress>>> = Arc::default();
    let told = at.clone();
    let watch = ReadWatch::new(stop, move |progress| {
        *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
    });
    let (send, receive) = channel();
    let theirs = watch.clone();
    let thread = std::thread::Builder::new()
        .name("reading".into())
        .stack_size(STACK)
        .spawn(move || {
            // Nobody may be left to receive it.
            let _ = send.send(work(&theirs));
        })
        .map_err(|e| ReadError::of_file(what, &e))?;
    let mut line = WaitingLine::new(what);
    let result = loop {
        match receive.recv_timeout(LOOK) {
            Ok(result) => break result,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                // It ended without a word: a panic goes on here.
                thread.join().unwrap_or_else(|panic| resume_unwind(panic));
                break Err(ReadError::Cancelled { name: what.into() });
            }
        }
        if let Err(cancelled) = watch.check(what) {
            break Err(cancelled);
        }
        line.tick(*at.lock().unwrap_or_else(PoisonError::into_inner));
    };
    line.clear();
    result
}

/// The line on standard error.
struct WaitingLine {
    what: String,
    due: Instant,
    shown: bool,
    terminal: bool,
}

impl WaitingLine {
    fn new(what: &str) -> Self {
        Self {
            what: clean(what),
            due: Instant::now() + PATIENCE,
            shown: false,
            // The line is written over and over, which takes a terminal that can do so.
            terminal: std::io::stderr().is_terminal()
                && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
        }
    }

    fn tick(&mut self, progress: Option<Progress>) {
        if !self.terminal || Instant::now() < self.due {
            return;
        }
        self.due = Instant::now() + TICK;
        self.shown = true;
        let width = terminal_size::terminal_size_of(std::io::stderr()).map_or(80, |(w, _)| w.0);
        let said = said(&self.what, progress, usize::from(width).saturating_sub(1));
        // What cannot be said to a terminal that is gone concerns nobody.
        let _ = write!(std::io::stderr(), "\r{said}\x1b[K");
    }

    fn clear(&self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

/// `reading kell.pdf: page 3 of 210 · Ctrl-C ends it`, at most `width` columns wide.
fn said(what: &str, progress: Option<Progress>, width: usize) -> String {
    let behind = match progress {
        Some(p) => format!(": {} · Ctrl-C ends it", p.words()),
        None => " · Ctrl-C ends it".to_string(),
    };
    let room = width.saturating_sub("reading ".len() + behind.chars().count());
    format!("reading {}{behind}", truncate(what, room.max(8)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::progress::ProgressUnit;

    #[test]
    fn the_line_fits_the_terminal_and_keeps_the_progress() {
        let progress = Some(Progress {
            unit: ProgressUnit::Pages,
            done: 3,
            of: Some(210),
        });
        let line = said("a/very/long/path/to/kell.pdf", progress, 50);
        assert_eq!(line, "reading a/very/lo…: page 3 of 210 · Ctrl-C ends it");
        assert_eq!(said("kell", None, 50), "reading kell · Ctrl-C ends it");
    }
}
