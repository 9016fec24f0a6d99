//! Runs a format's reader apart: a panic in it, or a file that takes for ever, is an error and nothing more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::watch::ReadWatch;

/// The name of the threads on which readers that may panic run. A panic hook must stay silent on them: what went wrong
/// is told as an error.
pub const GUARDED_THREAD: &str = "article-reader";

/// Stack of a guarded thread: formats nest, and their readers recurse.
const STACK: usize = 32 * 1024 * 1024;

/// How often it is looked whether the work was stopped.
const LOOK: Duration = Duration::from_millis(20);

/// Tells guarded work that nobody waits for it any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Stop {
    late: Arc<AtomicBool>,
    watch: ReadWatch,
}

impl Stop {
    /// Whether the work should end.
    pub fn is_set(&self) -> bool {
        self.late.load(Ordering::Relaxed) || self.watch.is_stopped()
    }
}

/// Why guarded work gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// It panicked.
    Panic,
    /// It took longer than allowed. It ends by itself as soon as it looks at its [`Stop`].
    Time,
    /// It was stopped. It ends by itself as soon as it looks at its [`Stop`].
    Stopped,
}

/// Runs `work` on a thread of its own, for at most `limit` and until `watch` stops it.
pub(super) fn run<T: Send + 'static>(
    limit: Duration,
    watch: &ReadWatch,
    work: impl FnOnce(&Stop) -> T + Send + 'static,
) -> Result<T, Lost> {
    let stop = Stop {
        watch: watch.clone(),
        ..Stop::default()
    };
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
    let until = Instant::now() + limit;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        match receive.recv_timeout(left.min(LOOK)) {
            // What was stopped ends early, with half of what it is for.
            Ok(_) if watch.is_stopped() => return Err(Lost::Stopped),
            Ok(done) => return done.map_err(|_| Lost::Panic),
            Err(mpsc::RecvTimeoutError::Disconnected) => return Err(Lost::Panic),
            Err(mpsc::RecvTimeoutError::Timeout) if watch.is_stopped() => {
                return Err(Lost::Stopped);
            }
            Err(mpsc::RecvTimeoutError::Timeout) if left <= LOOK => {
                stop.late.store(true, Ordering::Relaxed);
                return Err(Lost::Time);
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;

    fn until_stopped(ended: mpsc::Sender<()>) -> impl FnOnce(&Stop) {
        move |stop| {
            while !stop.is_set() {
                std::thread::yield_now();
            }
            let _ = ended.send(());
        }
    }

    #[test]
    fn work_is_returned_and_a_panic_or_a_delay_is_an_error() {
        assert_eq!(
            run(Duration::from_secs(10), &ReadWatch::default(), |_| 7),
            Ok(7)
        );
        let lost: Result<(), Lost> = run(Duration::from_secs(10), &ReadWatch::default(), |_| {
            std::panic::panic_any("expected by the test")
        });
        assert_eq!(lost, Err(Lost::Panic));
        let (send, receive) = mpsc::channel();
        let lost: Result<(), Lost> = run(
            Duration::from_millis(1),
            &ReadWatch::default(),
            until_stopped(send.clone()),
        );
        assert_eq!(lost, Err(Lost::Time));
        assert_eq!(receive.recv(), Ok(()));
        let watch = ReadWatch::default();
        watch.stop();
        let lost = run(Duration::from_secs(600), &watch, until_stopped(send));
        assert_eq!(lost, Err(Lost::Stopped));
        assert_eq!(receive.recv(), Ok(()));
    }
}
