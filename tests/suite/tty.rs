//! A pseudo-terminal with the built program in it: keys in, a screen out. Nothing here sleeps: it waits for bytes.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, native_pty_system};
use rustix::fs::OFlags;
use rustix::termios::{Action, LocalModes, tcflow, tcgetattr};

/// Long enough for the slowest machine; a test that fails waits it out, one that passes never does.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Tty {
    pub child: Box<dyn Child + Send + Sync>,
    /// None once the terminal is closed.
    ends: Option<(Box<dyn MasterPty + Send>, Box<dyn Write + Send>)>,
    /// Reads what the program writes, until it is told that the terminal is closed.
    reader: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
    bytes: Receiver<Vec<u8>>,
    pub screen: vt100::Parser,
    /// Everything that the program has written.
    pub written: Vec<u8>,
}

impl Tty {
    /// Starts claimdesk as [`Tty::start`] does, in an environment of these variables too; an empty value takes one away.
    pub fn with(home: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let program = env!("CARGO_BIN_EXE_claimdesk");
        Self::run(home, program, arguments, 120, 40, variables)
    }

    /// Starts claimdesk with `arguments`; sessions are kept in `home`.
    pub fn start(home: &Path, arguments: &[&str]) -> Self {
        Self::sized(home, arguments, 120, 40)
    }

    pub fn sized(home: &Path, arguments: &[&str], cols: u16, rows: u16) -> Self {
        let program = env!("CARGO_BIN_EXE_claimdesk");
        Self::run(home, program, arguments, cols, rows, &[])
    }

    /// Runs a shell script in the terminal.
    pub fn shell(home: &Path, script: &str) -> Self {
        Self::run(home, "bash", &["-c", script], 120, 40, &[])
    }

    /// Starts claimdesk in a terminal that takes nothing of what is written to it until [`Tty::let_go`].
    pub fn held(home: &Path, arguments: &[&str], cols: u16, rows: u16) -> Self {
        let program = env!("CARGO_BIN_EXE_claimdesk");
        let pair = terminal(cols, rows);
        flow(&*pair.master, Action::OOff);
        Self::run_in(pair, home, program, arguments, &[])
    }

    fn run(
        home: &Path,
        program: &str,
        arguments: &[&str],
        cols: u16,
        rows: u16,
        variables: &[(&str, &str)],
    ) -> Self {
        Self::run_in(terminal(cols, rows), home, program, arguments, variables)
    }

    fn run_in(
        pair: PtyPair,
        home: &Path,
        program: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let size = pair.master.get_size().unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for name in ["PATH", "SystemRoot"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.env("HOME", home);
        command.env("CLAIMDESK_HOME", home.join("data"));
        command.env("TERM", "xterm-256color");
        command.env("USER", "tester");
        command.env("LANG", "C.UTF-8");
        command.env("NO_COLOR", "1");
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, bytes) = channel();
        let closed = Arc::new(AtomicBool::new(false));
        let closing = closed.clone();
        let thread = std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(n) = reader.read(&mut buffer) {
                let over = n == 0 || closing.load(Ordering::SeqCst);
                if over || send.send(buffer[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self {
            child,
            ends: Some((pair.master, keys)),
            reader: Some((closed, thread)),
            bytes,
            screen: vt100::Parser::new(cells(size.rows), cells(size.cols), 0),
            written: Vec::new(),
        }
    }

    /// Writes bytes as a terminal does for keys.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.write(keys.as_bytes())
    }

    /// Writes any bytes as a terminal does.
    pub fn write(&mut self, bytes: &[u8]) -> &mut Self {
        let (_, keys) = self.ends.as_mut().unwrap();
        keys.write_all(bytes).unwrap();
        keys.flush().unwrap();
        self
    }

    /// Closes the terminal, as closing its window does.
    pub fn close(&mut self) {
        let (closed, thread) = self.reader.take().unwrap();
        closed.store(true, Ordering::SeqCst);
        let (master, keys) = self.ends.take().unwrap();
        // Its last words are a line feed and an end of file, which the workbench answers with a message; so the reader
        // wakes up and gives its end back too.
        drop(keys);
        thread.join().unwrap();
        drop(master);
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen satisfies `is`.
    pub fn wait(&mut self, what: &str, is: impl Fn(&str) -> bool) -> &mut Self {
        let until = Instant::now() + PATIENCE;
        loop {
            let text = self.text();
            if is(&text) {
                return self;
            }
            match self
                .bytes
                .recv_timeout(until.saturating_duration_since(Instant::now()))
            {
                Ok(bytes) => self.feed(&bytes),
                Err(_) => panic!("waited for {what} in vain; the screen is\n{text}"),
            }
        }
    }

    /// Waits until `is` holds of the terminal.
    pub fn until(&mut self, what: &str, is: impl Fn(&Self) -> bool) -> &mut Self {
        let until = Instant::now() + PATIENCE;
        while !is(self) {
            match self
                .bytes
                .recv_timeout(until.saturating_duration_since(Instant::now()))
            {
                Ok(bytes) => self.feed(&bytes),
                Err(_) => panic!("waited for {what} in vain; the screen is\n{}", self.text()),
            }
        }
        self
    }

    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait(text, |screen| screen.contains(text))
    }

    /// Waits until the header says that the last step is on the disk.
    pub fn saved(&mut self) -> &mut Self {
        self.wait("the session to be saved", |screen| {
            let header = screen.lines().next().unwrap_or_default();
            header
                .split("saved ")
                .nth(1)
                .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()))
        })
    }

    /// Waits until the workbench shows how far the check has come.
    pub fn opened(&mut self) -> &mut Self {
        self.wait("how much is closed", |screen| {
            counts(screen).next().is_some()
        })
    }

    /// Waits until so many rows are closed: claims with a finding, and dismissed statements.
    pub fn closed(&mut self, n: usize) -> &mut Self {
        self.wait(&format!("{n} closed"), |screen| {
            counts(screen).any(|(closed, _)| closed == n)
        })
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.written.extend_from_slice(bytes);
    }

    /// Waits until these bytes have been written, whatever the screen shows of them.
    pub fn written(&mut self, what: &str) -> &mut Self {
        let until = Instant::now() + PATIENCE;
        while !self
            .written
            .windows(what.len())
            .any(|w| w == what.as_bytes())
        {
            match self
                .bytes
                .recv_timeout(until.saturating_duration_since(Instant::now()))
            {
                Ok(bytes) => self.feed(&bytes),
                Err(_) => panic!("{what} was never written; the screen is\n{}", self.text()),
            }
        }
        self
    }

    pub fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        let (master, _) = self.ends.as_ref().unwrap();
        master
            .resize(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(cols));
        self
    }

    /// Waits until the program has taken the terminal, which it does by making it raw.
    pub fn raw(&mut self) -> &mut Self {
        let until = Instant::now() + PATIENCE;
        let line = line(self.master());
        while tcgetattr(&line)
            .unwrap()
            .local_modes
            .contains(LocalModes::ICANON)
        {
            assert!(Instant::now() < until, "the terminal is never taken");
            // No byte tells of it; it is looked at again after each, or soon.
            if let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(5)) {
                self.feed(&bytes);
            }
        }
        self
    }

    /// Lets what is written through again.
    pub fn let_go(&mut self) -> &mut Self {
        flow(self.master(), Action::OOn);
        self
    }

    fn master(&self) -> &dyn MasterPty {
        &*self.ends.as_ref().unwrap().0
    }

    /// Waits for the end and returns the exit code.
    pub fn end(&mut self) -> u32 {
        self.end_while(|_| ())
    }

    /// Sends the signal of this name again and again until the program ends; returns its exit code.
    pub fn end_by(&mut self, name: &str) -> u32 {
        self.end_while(|t| t.signal(name))
    }

    fn end_while(&mut self, each: impl Fn(&Self)) -> u32 {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            each(self);
            assert!(
                Instant::now() < until,
                "the program does not end; the screen is\n{}",
                self.text()
            );
            // Bytes come until it ends; whether it has is looked at after each.
            if let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(20)) {
                self.feed(&bytes);
            }
        };
        while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_secs(5)) {
            self.feed(&bytes);
        }
        status.exit_code()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(
            std::process::Command::new("kill")
                .args([&format!("-{name}"), &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Whether the program gave the terminal back: the alternate screen left, the cursor shown, the modes off.
    pub fn is_restored(&self) -> bool {
        let screen = self.screen.screen();
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn terminal(cols: u16, rows: u16) -> PtyPair {
    let size = PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    };
    native_pty_system().openpty(size).unwrap()
}

/// The end of the terminal that the program has.
fn line(master: &dyn MasterPty) -> File {
    let mut options = File::options();
    let options = options.read(true).write(true);
    // It must not become the terminal of the tests.
    let options = options.custom_flags(OFlags::NOCTTY.bits().cast_signed());
    options.open(master.tty_name().unwrap()).unwrap()
}

fn flow(master: &dyn MasterPty, action: Action) {
    tcflow(line(master), action).unwrap();
}

fn cells(n: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(n).unwrap()
}

/// What the last two lines of a screen say of progress: so many of so many, as `3/16` or `3 of 16 closed`.
fn counts(screen: &str) -> impl Iterator<Item = (usize, usize)> {
    let lines: Vec<&str> = screen.trim_end().lines().collect();
    let last = lines.iter().rev().take(2);
    let words: Vec<String> = last
        .flat_map(|l| {
            l.replace(" of ", "/")
                .split(' ')
                .map(String::from)
                .collect::<Vec<_>>()
        })
        .collect();
    words.into_iter().filter_map(|w| {
        let (closed, all) = w.split_once('/')?;
        Some((closed.parse().ok()?, all.parse().ok()?))
    })
}
