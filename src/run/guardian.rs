//! The guardian: a small process beside the workbench that gives the terminal back where the workbench cannot.
//!
//! A stack that overflows, an abort or a SIGKILL leaves a program no moment to do anything, and the terminal stays raw,
//! on the other screen, with the mouse taken. The guardian is this program once more. It sleeps on a pipe that ends with
//! the workbench, however that ends, and knows from what came through it whether the terminal is still taken.

use std::fmt::Write as _;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use nix::sys::signal::{SigSet, Signal};
use rustix::termios::{self, OptionalActions, SpecialCodeIndex, Termios};

use super::terminal;
use crate::work::program;

/// The only argument of the guardian.
pub const ARGUMENT: &str = "--guard-terminal";

/// What goes through the pipe, after the line with the terminal's modes.
const TAKEN: u8 = b'T';
const GIVEN_BACK: u8 = b'G';
const END: u8 = b'E';

/// The way to the guardian, where there is one.
static LINE: Mutex<Option<PipeWriter>> = Mutex::new(None);

fn send(bytes: &[u8]) {
    let mut line = LINE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pipe) = line.as_mut()
        && pipe.write_all(bytes).is_err()
    {
        // It is gone; the workbench does without.
        *line = None;
    }
}

/// Tells the guardian that the terminal is taken.
pub fn taken() {
    send(&[TAKEN]);
}

/// Tells the guardian that the terminal has been given back.
pub fn given_back() {
    send(&[GIVEN_BACK]);
}

/// The guardian, as the workbench sees it. Dropping it ends it, once the terminal has been given back.
pub struct Guardian {
    /// The thread that makes the process, until that is there.
    making: Option<JoinHandle<Option<Child>>>,
    process: Option<Child>,
}

impl Guardian {
    /// Starts the guardian of a terminal that is about to be taken and has these modes; none where that cannot be done,
    /// which takes nothing away but a safety.
    ///
    /// The process is made on a thread of its own, beside what comes before the first frame.
    pub fn start(before: &Termios) -> Option<Self> {
        let (theirs, ours) = io::pipe().ok()?;
        let making = std::thread::Builder::new()
            .name("guardian".into())
            .spawn(move || make(theirs))
            .ok()?;
        *LINE.lock().unwrap_or_else(PoisonError::into_inner) = Some(ours);
        send(written(before).as_bytes());
        Some(Self {
            making: Some(making),
            process: None,
        })
    }

    /// Waits until the process is there: from then on the terminal is safe.
    pub fn wait_until_there(&mut self) {
        if let Some(making) = self.making.take() {
            self.process = making.join().ok().flatten();
        }
    }
}

fn make(pipe: PipeReader) -> Option<Child> {
    Command::new(program().ok()?)
        .arg(ARGUMENT)
        .stdin(pipe)
        .stdout(Stdio::inherit())
        .stderr(Stdio::null())
        // It keeps no folder busy, and keys that the terminal makes signals of do not reach it.
        .current_dir("/")
        .process_group(0)
        .spawn()
        .ok()
}

impl Drop for Guardian {
    fn drop(&mut self) {
        send(&[END]);
        *LINE.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.wait_until_there();
        if let Some(process) = &mut self.process {
            let _ = process.wait();
        }
    }
}

/// The modes that raw mode changes, as one line.
fn written(modes: &Termios) -> String {
    let mut line = String::new();
    let codes = [SpecialCodeIndex::VMIN, SpecialCodeIndex::VTIME].map(|c| modes.special_codes[c]);
    let _ = writeln!(
        line,
        "{} {} {} {} {} {}",
        modes.input_modes.bits(),
        modes.output_modes.bits(),
        modes.control_modes.bits(),
        modes.local_modes.bits(),
        codes[0],
        codes[1],
    );
    line
}

/// Puts modes that [`written`] wrote into `modes`; false where the line is none of its own.
fn read(line: &str, modes: &mut Termios) -> bool {
    let numbers: Vec<u32> = line
        .split(' ')
        .map_while(|number| number.parse().ok())
        .collect();
    let [input, output, control, local, min, time] = numbers[..] else {
        return false;
    };
    modes.input_modes = termios::InputModes::from_bits_retain(input as _);
    modes.output_modes = termios::OutputModes::from_bits_retain(output as _);
    modes.control_modes = termios::ControlModes::from_bits_retain(control as _);
    modes.local_modes = termios::LocalModes::from_bits_retain(local as _);
    modes.special_codes[SpecialCodeIndex::VMIN] = min as u8;
    modes.special_codes[SpecialCodeIndex::VTIME] = time as u8;
    true
}

/// Is the guardian: waits for the end of the workbench, and gives the terminal on standard output back if that is due.
pub fn guard() {
    // It is in the background, where changing a terminal would stop it.
    let mut stops = SigSet::empty();
    stops.add(Signal::SIGTTOU);
    let _ = stops.thread_block();
    let mut said = Vec::new();
    let mut buffer = [0; 256];
    let mut pipe = io::stdin().lock();
    loop {
        match pipe.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => said.extend_from_slice(&buffer[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
        if said.ends_with(&[END]) {
            return;
        }
        // Of all the takings and givings back only the last one counts.
        if let Some(line) = said.iter().position(|b| *b == b'\n') {
            let last = said.len() - 1;
            if last > line + 1 {
                said.drain(line + 1..last);
            }
        }
    }
    let Some((line, [TAKEN])) = said
        .iter()
        .position(|b| *b == b'\n')
        .map(|n| said.split_at(n + 1))
    else {
        return;
    };
    // The modes first: whoever sees the screen come back can type.
    restore_modes(&String::from_utf8_lossy(line));
    let _ = terminal::write_giving_back(&mut io::stdout());
}

/// Sets the modes that were there before, unless somebody has changed them since: a shell does so as soon as it sees
/// that its program has died, and then knows better.
fn restore_modes(line: &str) -> Option<()> {
    let tty = io::stdout();
    let now = termios::tcgetattr(&tty).ok()?;
    let mut before = now.clone();
    if !read(line.trim_end(), &mut before) {
        return None;
    }
    let mut raw = before.clone();
    raw.make_raw();
    if written(&now) == written(&raw) {
        termios::tcsetattr(&tty, OptionalActions::Now, &before).ok()?;
    }
    Some(())
}
