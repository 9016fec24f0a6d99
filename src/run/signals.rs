//! The signals of the system, as events.

use std::io;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use super::events::Event;
use super::terminal;

/// A signal to end counts as a second one only after so long: where a window closes, the kernel and the shell both send
/// one, and a service manager may repeat its own.
const SECOND: Duration = Duration::from_millis(500);
/// How long the program has after a second signal to end by itself.
const LAST: Duration = Duration::from_secs(2);
/// How long the terminal may take to be given back when the program ends at once.
const GIVE_BACK: Duration = Duration::from_millis(300);

/// Since when the program has been leaving.
#[derive(Clone, Default)]
pub struct Leaving(Arc<Mutex<Option<Instant>>>);

impl Leaving {
    /// Takes note that the program leaves now; if it cannot, the next signal ends it.
    pub fn begin(&self) {
        self.asked(Instant::now());
    }

    /// Takes note that the program is asked to end; whether it has been for a while, and has not.
    fn asked(&self, now: Instant) -> bool {
        let mut since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = *since.get_or_insert(now);
        now.saturating_duration_since(since) >= SECOND
    }
}

/// Starts to pass signals on. After a second one that asks for the end the program has a moment to end by itself; where
/// leaving is blocked somewhere (a disk that hangs), it is ended.
pub fn start(events: Sender<Event>) -> io::Result<Leaving> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGWINCH])?;
    let leaving = Leaving::default();
    let theirs = leaving.clone();
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in &mut signals {
                let ends = !matches!(signal, SIGTSTP | SIGWINCH);
                let again = ends && theirs.asked(Instant::now());
                let event = match again {
                    true => Event::EndNow(signal),
                    false => Event::Signal(signal),
                };
                // Whether or not somebody listens: the next signal may have to end what is blocked.
                let _ = events.send(event);
                if again {
                    // The main thread waits no longer now, and may still keep a copy of what is not saved.
                    std::thread::sleep(LAST);
                    end_at_once(signal);
                }
            }
        })?;
    Ok(leaving)
}

/// Ends the program whatever its threads wait for.
fn end_at_once(signal: i32) -> ! {
    let (done, given_back) = channel();
    // The terminal may be what everybody waits for; then the guardian is left to deal with it.
    let _ = std::thread::Builder::new().spawn(move || {
        terminal::restore();
        let _ = done.send(());
    });
    let _ = given_back.recv_timeout(GIVE_BACK);
    low_level::exit(128 + signal)
}

/// Stops the program as the shell's Ctrl-z does; returns when the shell wakes it.
pub fn stop() {
    // The default action of the signal, so that the shell sees a stopped job.
    let _ = low_level::emulate_default_handler(SIGTSTP);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_signal_ends_what_does_not_end_and_two_of_a_closing_window_do_not() {
        let start = Instant::now();
        let after = |milliseconds| start + Duration::from_millis(milliseconds);
        let leaving = Leaving::default();
        assert!(!leaving.asked(start));
        assert!(!leaving.asked(after(20)));
        assert!(leaving.asked(after(600)));
        // Leaving by a key counts as the first.
        let leaving = Leaving::default();
        leaving.begin();
        assert!(!leaving.asked(after(0)));
        assert!(leaving.asked(Instant::now() + SECOND));
    }
}
