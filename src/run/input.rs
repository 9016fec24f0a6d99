//! The input thread: keys, pastes and the mouse, and the signals of the system. It sleeps in one call until there is
//! something, and can be paused while an editor or the shell has the terminal.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use crossterm::event::{
    self as term, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use rustix::event::{PollFd, PollFlags, poll};

use super::events::Event;
use crate::app::key::{Code, Key};
use crate::app::layout::Size;
use crate::app::msg::{Mouse, MouseKind, Msg};

/// The running input thread.
pub struct Input {
    wake: PipeWriter,
    gate: Arc<Gate>,
}

#[derive(Default)]
struct Gate {
    state: Mutex<Pause>,
    changed: Condvar,
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
            .spawn(move || read_all(&events, reader, &theirs))?;
        Ok(Self { wake, gate })
    }

    /// Stops reading; returns once nothing is read any more.
    pub fn pause(&mut self) {
        let Ok(mut state) = self.gate.state.lock() else {
            return;
        };
        *state = Pause::Asked;
        if self.wake.write_all(b"p").is_err() {
            *state = Pause::Running;
            return;
        }
        // The thread answers at once; should it be gone, nobody waits for it for ever.
        let wait = Duration::from_millis(500);
        let _ = self
            .gate
            .changed
            .wait_timeout_while(state, wait, |s| *s == Pause::Asked);
    }

    /// Reads again.
    pub fn resume(&self) {
        if let Ok(mut state) = self.gate.state.lock() {
            *state = Pause::Running;
            self.gate.changed.notify_all();
        }
    }
}

fn read_all(events: &Sender<Event>, mut wake: PipeReader, gate: &Gate) {
    let tty = std::fs::File::open("/dev/tty").ok();
    let stdin = io::stdin();
    loop {
        // The terminal library reads standard input where that is a terminal, else the controlling terminal.
        let fd: BorrowedFd<'_> = match &tty {
            Some(tty) if !rustix::termios::isatty(&stdin) => tty.as_fd(),
            _ => stdin.as_fd(),
        };
        let mut fds = [
            PollFd::new(&fd, PollFlags::IN),
            PollFd::new(&wake, PollFlags::IN),
        ];
        match poll(&mut fds, None) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
        }
        if fds[1].revents().contains(PollFlags::IN) {
            let mut byte = [0];
            if wake.read(&mut byte).unwrap_or(0) == 0 {
                return;
            }
            let Ok(mut state) = gate.state.lock() else {
                return;
            };
            *state = Pause::Paused;
            gate.changed.notify_all();
            let Ok(_running) = gate.changed.wait_while(state, |s| *s == Pause::Paused) else {
                return;
            };
            continue;
        }
        if fds[0].revents().is_empty() {
            continue;
        }
        if !read_waiting(events) {
            let _ = events.send(Event::Signal(signal_hook::consts::SIGHUP));
            return;
        }
    }
}

/// Passes on all that waits; false where the terminal is gone.
fn read_waiting(events: &Sender<Event>) -> bool {
    loop {
        match term::poll(Duration::ZERO) {
            Ok(true) => match term::read() {
                Ok(event) => {
                    if let Some(msg) = message(event)
                        && events.send(Event::Msg(msg)).is_err()
                    {
                        return false;
                    }
                }
                Err(_) => return false,
            },
            Ok(false) => return true,
            Err(e) => return e.kind() == io::ErrorKind::Interrupted,
        }
    }
}

/// What a terminal event means to the program, if anything.
pub fn message(event: term::Event) -> Option<Msg> {
    match event {
        // Some terminals report releases too; presses and repeats are what counts.
        term::Event::Key(k) if k.kind != KeyEventKind::Release => {
            key(k.code, k.modifiers).map(Msg::Key)
        }
        term::Event::Paste(text) => Some(Msg::Paste(text)),
        term::Event::Resize(width, height) => Some(Msg::Resize(Size { width, height })),
        term::Event::Mouse(m) => {
            let kind = match m.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
                MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
                MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
                MouseEventKind::ScrollUp => MouseKind::WheelUp,
                MouseEventKind::ScrollDown => MouseKind::WheelDown,
                _ => return None,
            };
            Some(Msg::Mouse(Mouse {
                kind,
                x: m.column,
                y: m.row,
            }))
        }
        _ => None,
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    let ctrl = modifiers.contains(KeyModifiers::CONTROL);
    let alt = modifiers.contains(KeyModifiers::ALT);
    let shift = modifiers.contains(KeyModifiers::SHIFT);
    let code = match code {
        KeyCode::Char(c) => {
            let c = if ctrl { c.to_ascii_lowercase() } else { c };
            return Some(Key {
                code: Code::Char(c),
                ctrl,
                alt,
                shift: false,
            });
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::BackTab => {
            return Some(Key {
                code: Code::Tab,
                ctrl,
                alt,
                shift: true,
            });
        }
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl,
        alt,
        shift,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_out_as_they_are_spelled() {
        let spelled = |c, m| key(c, m).map(|k| k.to_string());
        assert_eq!(
            spelled(KeyCode::Char('R'), KeyModifiers::CONTROL).as_deref(),
            Some("Ctrl-r")
        );
        assert_eq!(
            spelled(KeyCode::Char('V'), KeyModifiers::SHIFT).as_deref(),
            Some("V")
        );
        assert_eq!(
            spelled(KeyCode::BackTab, KeyModifiers::SHIFT).as_deref(),
            Some("Shift-Tab")
        );
        assert_eq!(spelled(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }
}
