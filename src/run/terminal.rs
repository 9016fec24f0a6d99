//! The terminal: taken over, drawn on, and given back as it was whatever happens.
//!
//! There is one way back, [`restore`], and it can be called any number of times from anywhere: from the guard, from the
//! panic hook, before suspending, before an editor runs, on a signal. Where the program cannot even do that, its guardian
//! does.

use std::io::{self, BufWriter, Stdout, Write};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::guardian::{self, Guardian};
use crate::app::screen::areas::Size;
use crate::app::state::State;

static TAKEN: AtomicBool = AtomicBool::new(false);

// Buttons, drags and the wheel in the SGR encoding; not every motion, which would wake the program for nothing.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// One frame is written at once; the largest takes some 100 KB.
const BUFFER: usize = 256 * 1024;

/// The screen while the program has it. Dropping it gives the terminal back.
pub struct TerminalScreen {
    // Its own drop would say on standard error that the cursor cannot be shown where the terminal is gone, and panic
    // where that is gone too. The way back is `restore`.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
    // It ends when the terminal has been given back.
    _guardian: Option<Guardian>,
}

impl TerminalScreen {
    /// Takes the terminal over, which the guardian gives back where the program cannot.
    pub fn take(mut guardian: Option<Guardian>, mouse: bool) -> io::Result<Self> {
        if let Some(guardian) = &mut guardian {
            guardian.wait_until_there();
        }
        take_modes(mouse)?;
        let terminal = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(
            BUFFER,
            io::stdout(),
        )));
        terminal
            .map(|terminal| Self {
                terminal: ManuallyDrop::new(terminal),
                _guardian: guardian,
            })
            .inspect_err(|_| restore())
    }

    /// Draws the state, as one synchronized update in one write; returns the size of the screen that it was drawn on.
    pub fn draw(&mut self, state: &State) -> io::Result<Size> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let drawn = self.terminal.draw(|frame| {
            let area = frame.area();
            if let Some(at) = crate::view::draw(state, area, frame.buffer_mut()) {
                frame.set_cursor_position(at);
            }
        })?;
        let size = Size {
            width: drawn.area.width,
            height: drawn.area.height,
        };
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Ok(size)
    }

    /// Forgets what the terminal shows, so that the next frame is drawn whole.
    pub fn forget(&mut self) -> io::Result<()> {
        // Not `clear`, which first asks the terminal where the cursor is, and reads keys while it waits for the answer.
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub fn mouse(&mut self, on: bool) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())?;
        Write::flush(out)
    }

    /// Writes an escape sequence of the terminal (the clipboard's).
    pub fn write(&mut self, sequence: &[u8]) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(sequence)?;
        Write::flush(out)
    }

    /// Takes the terminal over again after [`restore`].
    pub fn take_again(&mut self, mouse: bool) -> io::Result<()> {
        take_modes(mouse)?;
        self.forget()
    }
}

impl Drop for TerminalScreen {
    fn drop(&mut self) {
        restore();
    }
}

fn take_modes(mouse: bool) -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    guardian::taken();
    enable_raw_mode()?;
    let mut out = io::stdout();
    execute!(
        out,
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::Hide
    )?;
    if mouse {
        out.write_all(MOUSE_ON.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

/// Starts the guardian of the terminal, which is about to be taken.
pub fn guardian() -> Option<Guardian> {
    let modes = rustix::termios::tcgetattr(io::stdout()).ok()?;
    Guardian::start(&modes)
}

/// Gives the terminal back as it was; does nothing where it has not been taken.
pub fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // A terminal that is gone cannot be restored, and there is nobody left to tell.
    let _ = write_giving_back(&mut io::stdout());
    let _ = disable_raw_mode();
    guardian::given_back();
}

/// Writes what undoes all that the program writes to a terminal on taking it.
pub fn write_giving_back(out: &mut impl Write) -> io::Result<()> {
    out.write_all(MOUSE_OFF.as_bytes())?;
    execute!(
        out,
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    )
}

/// Makes a panic of the main thread give the terminal back before it is told as any other; one of another thread is
/// quiet, because its job tells the main thread what happened.
pub fn install_panic_hook() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() == Some("main") {
            restore();
            tell(info);
        }
    }));
}

/// The terminal's size.
pub fn size() -> Size {
    match crossterm::terminal::size() {
        Ok((width, height)) => Size { width, height },
        Err(_) => Size {
            width: 80,
            height: 24,
        },
    }
}
