//! Runs a format's reader apart: a panic in it, or a file that takes for ever, is an error and nothing more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// The name of the threads on which readers that may panic run. A panic hook must stay silent on them: what went wrong
/// is told as an error.
pub const GUARDED_THREAD: &str = "article-reader";

/// Stack of a guarded thread: formats nest, and their readers recurse.
const STACK: usize = 32 * 1024 * 1024;

/// Tells guarded work that nobody waits for it any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Whether the work should end.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why guarded work gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// It panicked.
    Panic,
    /// It took longer than allowed. It ends by itself as soon as it looks at its [`Stop`].
    Time,
}

/// Runs `work` on a thread of its own, for at most `limit`.
pub(super) fn run<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce(&Stop) -> T + Send + 'static,
) -> Result<T, Lost> {
    let stop = Stop::default();
    let (send, receive) = mpsc::channel();
    let theirs = stop.clone();
    let thread = std::thread::Builder::new()
        .name(GUARDED_THREAD.into())
        .stack_size(STACK)
        .spawn(move || {
            // Nobody may be left to receive it.
            let _ = send.send(catch_unwind(AssertUnwindSafe(|| work(&theirs))));
        });
    if thread.is_err() {
        return Err(Lost::Panic);
    }
    match receive.recv_timeout(limit) {
        Ok(done) => done.map_err(|_| Lost::Panic),
        Err(mpsc::RecvTimeoutError::Timeout) => {
            stop.0.store(true, Ordering::Relaxed);
            Err(Lost::Time)
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(Lost::Panic),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;

    #[test]
    fn work_is_returned_and_a_panic_or_a_delay_is_an_error() {
        assert_eq!(run(Duration::from_secs(10), |_| 7), Ok(7));
        let lost: Result<(), Lost> = run(Duration::from_secs(10), |_| {
            std::panic::panic_any("expected by the test")
        });
        assert_eq!(lost, Err(Lost::Panic));
        let (send, receive) = mpsc::channel();
        let lost: Result<(), Lost> = run(Duration::from_millis(1), move |stop| {
            while !stop.is_set() {
                std::thread::yield_now();
            }
            let _ = send.send(());
        });
        assert_eq!(lost, Err(Lost::Time));
        assert_eq!(receive.recv(), Ok(()));
    }
}
