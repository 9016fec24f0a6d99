//! Programs of others: started without a shell, given a question, heard within their time.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::core::display::{clean, truncate};

/// How often a running program is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// The longest answer that is taken, in bytes.
const ANSWER: u64 = 64 << 20;
/// How much of what it says on standard error is read, in bytes.
const COMPLAINT: u64 = 64 << 10;
/// How much of that is shown, in columns.
const SHOWN: usize = 120;

/// A program that is asked something.
#[derive(Clone, Copy, Debug)]
pub(super) struct OutsideProgram<'a> {
    /// What a sentence calls it.
    pub who: &'a str,
    /// The program and its arguments.
    pub command: &'a [String],
    /// How long it may take.
    pub limit: Duration,
}

impl OutsideProgram<'_> {
    /// Gives it `question` and takes its answer. It is ended when its time is over or `stopped` says so.
    ///
    /// # Errors
    /// A sentence that names it.
    pub fn run(&self, question: Vec<u8>, stopped: &dyn Fn() -> bool) -> Result<Vec<u8>, String> {
        let who = self.who;
        let Some((program, arguments)) = self.command.split_first() else {
            return Err(format!("{who} has no command."));
        };
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        {
            // What it starts itself ends with it.
            use std::os::unix::process::CommandExt;
            command.process_group(0);
        }
        let mut child = command
            .spawn()
            .map_err(|e| format!("{who} could not be started ({e})."))?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that does not read all of it may still answer.
            std::thread::spawn(move || stdin.write_all(&question));
        }
        let answer = reading(child.stdout.take(), ANSWER);
        let complaint = reading(child.stderr.take(), COMPLAINT);
        let until = Instant::now() + self.limit;
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if Instant::now() < until && !stopped() => std::thread::sleep(LOOK),
                _ => {
                    end(&mut child);
                    let seconds = self.limit.as_millis().div_ceil(1000);
                    return Err(format!("{who} took longer than {seconds} s and was ended."));
                }
            }
        };
        // Something that it left behind may hold its output open.
        let left = || until.saturating_duration_since(Instant::now()).max(LOOK);
        let too_long = || {
            let limit = ANSWER >> 20;
            format!("The answer of {who} is longer than {limit} MB.")
        };
        if !status.success() {
            // Nobody reads on after the limit, which ends most programs with an error.
            if answer.try_recv().is_ok_and(|a| a.len() as u64 > ANSWER) {
                return Err(too_long());
            }
            let said = complaint.recv_timeout(left()).unwrap_or_default();
            let said = String::from_utf8_lossy(&said);
            let last = said.lines().rev().find(|l| !l.trim().is_empty());
            let last = last.map(|l| format!(": {}", truncate(&clean(l.trim()), SHOWN)));
            return Err(format!(
                "{who} ended with {status}{}.",
                last.unwrap_or_default().trim_end_matches('.')
            ));
        }
        match answer.recv_timeout(left()) {
            Ok(answer) if answer.len() as u64 > ANSWER => Err(too_long()),
            Ok(answer) => Ok(answer),
            Err(_) => {
                end(&mut child);
                Err(format!("The answer of {who} did not come to its end."))
            }
        }
    }
}

/// Reads on a thread of its own, and one byte more than `limit` at most.
fn reading(source: Option<impl Read + Send + 'static>, limit: u64) -> Receiver<Vec<u8>> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let Some(source) = source else { return };
        let mut source = source.take(limit + 1);
        if source.read_to_end(&mut bytes).is_ok() {
            // Nobody may wait for it any more. It is sent before the pipe is closed, which the writer would notice.
            let _ = send.send(bytes);
        }
    });
    receive
}

/// Ends the program and all that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}
