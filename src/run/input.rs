//! The input thread: the terminal's bytes, decoded. It sleeps in one call until there is something, and can be paused
//! while an editor or the shell has the terminal.

mod answers;
mod decoder;
mod paste;
mod sequences;

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::SIGHUP;

use super::events::Event;
use crate::app::msg::Msg;
use crate::app::screen::notices::Level;
use decoder::{Decoder, Heard};

pub use answers::{ATTRIBUTES, BACKGROUND, WIDTH, can_be_asked};

/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;
/// How long the terminal has to answer before somebody else may read what it says.
const ROUND: Duration = Duration::from_millis(400);
/// How long the thread has to stop reading; it does at once.
const STOP: Duration = Duration::from_millis(500);

/// The running input thread.
pub struct Input {
    wake: PipeWriter,
    gate: Arc<Gate>,
}

#[derive(Default)]
struct Gate {
    state: Mutex<Shared>,
    changed: Condvar,
}

#[derive(Default)]
struct Shared {
    pause: Pause,
    /// When the terminal was asked something that it has not answered yet.
    asked: Option<Instant>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Pause {
    #[default]
    Running,
    Asked,
    Paused,
}

impl Input {
    /// Starts reading the terminal.
    pub fn start(events: Sender<Event>) -> io::Result<Self> {
        let (reader, wake) = io::pipe()?;
        let gate = Arc::new(Gate::default());
        let theirs = gate.clone();
        std::thread::Builder::new()
            .name("input".into())
            .spawn(move || {
                // However the reading ends, nobody hears a key any more: the program saves and leaves.
                let _left = Leave(events.clone());
                read_all(&events, reader, &theirs);
            })?;
        Ok(Self { wake, gate })
    }

    /// Takes note that the terminal is being asked something.
    pub fn asked(&self) {
        if let Ok(mut state) = self.gate.state.lock() {
            state.asked = Some(Instant::now());
        }
    }

    /// Stops reading, and returns once nothing is read any more. What the terminal has still to answer is waited for a
    /// moment, since whoever reads next would take it for keys.
    pub fn pause(&mut self) {
        let Ok(mut state) = self.gate.state.lock() else {
            return;
        };
        if let Some(asked) = state.asked {
            let left = ROUND.saturating_sub(asked.elapsed());
            let waited = self
                .gate
                .changed
                .wait_timeout_while(state, left, |s| s.asked.is_some());
            let Ok((answered, _)) = waited else { return };
            state = answered;
        }
        state.pause = Pause::Asked;
        if self.wake.write_all(b"p").is_err() {
            state.pause = Pause::Running;
            return;
        }
        // The thread answers at once; should it be gone, nobody waits for it for ever.
        let _ = self
            .gate
            .changed
            .wait_timeout_while(state, STOP, |s| s.pause == Pause::Asked);
    }

    /// Reads again.
    pub fn resume(&self) {
        if let Ok(mut state) = self.gate.state.lock() {
            state.pause = Pause::Running;
            self.gate.changed.notify_all();
        }
    }
}

/// Makes the program leave as it does when its terminal is closed.
struct Leave(Sender<Event>);

impl Drop for Leave {
    fn drop(&mut self) {
        // Where the program has left already nobody is there to be told.
        let _ = self.0.send(Event::Signal(SIGHUP));
    }
}

impl Gate {
    /// Waits as long as it is closed, where that was asked for; false where nobody can open it any more.
    fn pass(&self) -> bool {
        let Ok(mut state) = self.state.lock() else {
            return false;
        };
        if state.pause == Pause::Asked {
            state.pause = Pause::Paused;
            self.changed.notify_all();
        }
        self.changed
            .wait_while(state, |s| s.pause == Pause::Paused)
            .is_ok()
    }

    /// Whether the terminal was asked something just now that it has not answered yet.
    fn is_in_time(&self) -> bool {
        let asked = self.state.lock().ok().and_then(|s| s.asked);
        asked.is_some_and(|at| at.elapsed() <= ROUND)
    }

    fn answered(&self) {
        if let Ok(mut state) = self.state.lock() {
            state.asked = None;
            self.changed.notify_all();
        }
    }
}

/// Reads until the terminal is gone or nobody listens.
///
/// The terminal is asked whether it has something each time, and read once where it has: what is left over makes it say
/// so again. So no byte can wait for another one to come, and nothing is read that was written for somebody else.
fn read_all(events: &Sender<Event>, mut wake: PipeReader, gate: &Gate) {
    let tty = std::fs::File::open("/dev/tty").ok();
    let stdin = io::stdin();
    // The article may be on standard input; keys then come from the controlling terminal.
    let terminal: BorrowedFd<'_> = match &tty {
        Some(tty) if !rustix::termios::isatty(&stdin) => tty.as_fd(),
        _ => stdin.as_fd(),
    };
    let mut buffer = vec![0; CHUNK];
    let mut decoder = Decoder::default();
    let mut heard = Vec::new();
    loop {
        let timeout = decoder
            .due()
            .map(|at| timespec(at.saturating_duration_since(Instant::now())));
        let mut fds = [
            PollFd::new(&terminal, PollFlags::IN),
            PollFd::new(&wake, PollFlags::IN),
        ];
        match poll(&mut fds, timeout.as_ref()) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
        }
        let [terminal_says, woken] = fds.map(|fd| !fd.revents().is_empty());
        if woken {
            if wake.read(&mut [0]).unwrap_or(0) == 0 || !gate.pass() {
                return;
            }
            continue;
        }
        let now = Instant::now();
        if terminal_says {
            match rustix::io::read(terminal, &mut buffer) {
                Ok(0) => return,
                Ok(n) => decoder.take(&buffer[..n], now, &mut heard),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => continue,
                Err(_) => return,
            }
        } else if decoder.due().is_some_and(|due| due <= now) {
            decoder.silence(now, &mut heard);
        }
        for heard in heard.drain(..) {
            if !pass_on(heard, events, gate) {
                return;
            }
        }
    }
}

/// Rounded up to the millisecond, so that the time is over when the call returns.
fn timespec(wait: Duration) -> Timespec {
    let wait = wait + Duration::from_millis(1);
    Timespec {
        tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(wait.subsec_nanos()),
    }
}

/// Passes on what the terminal said; false where nobody listens any more.
fn pass_on(heard: Heard, events: &Sender<Event>, gate: &Gate) -> bool {
    let msg = match heard {
        Heard::Key(key) => Msg::Key(key),
        Heard::Mouse(mouse) => Msg::Mouse(mouse),
        Heard::Paste(text) => Msg::Paste(text),
        Heard::PasteTooLong => {
            let limit = paste::LIMIT / 1024 / 1024;
            let why = format!(
                "The pasted text is over {limit} MiB, nothing of it was taken; open it as a file instead."
            );
            Msg::Notice(Level::Warning, why)
        }
        Heard::Background { dark } => Msg::Background { dark },
        // A late answer changes nothing: somebody is reading by then.
        Heard::CursorAt { row, column } => match answers::ambiguous(row, column) {
            Some(ambiguous) if gate.is_in_time() => Msg::Ambiguous(ambiguous),
            _ => return true,
        },
        Heard::Attributes => {
            gate.answered();
            return true;
        }
    };
    events.send(Event::Msg(msg)).is_ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn a_width_that_is_told_late_changes_nothing() {
        let wide = Heard::CursorAt { row: 2, column: 3 };
        let elsewhere = Heard::CursorAt { row: 9, column: 3 };
        let now = Instant::now();
        let late = now.checked_sub(2 * ROUND);
        for (heard, asked, told) in [
            (wide.clone(), Some(now), true),
            (elsewhere, Some(now), false),
            (wide.clone(), late, false),
            (wide, None, false),
        ] {
            let (events, inbox) = channel();
            let gate = Gate::default();
            gate.state.lock().unwrap().asked = asked;
            assert!(pass_on(heard, &events, &gate));
            let got = inbox.try_recv();
            assert_eq!(matches!(got, Ok(Event::Msg(Msg::Ambiguous(_)))), told);
            assert_eq!(got.is_ok(), told);
        }
    }
}
