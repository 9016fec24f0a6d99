//! The signals of the system, as events.

use std::io;
use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::events::Event;

/// Starts to pass signals on.
pub fn start(events: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGWINCH])?;
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in &mut signals {
                if events.send(Event::Signal(signal)).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

/// Stops the program as the shell's Ctrl-z does; returns when the shell wakes it.
pub fn stop() {
    // The default action of the signal, so that the shell sees a stopped job.
    let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
}
