//! External proposers: a program that reads the article and answers with proposals, within its time.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::core::display::{clean, truncate};
use crate::core::proposal::{Block, Proposals};
use crate::core::proposer::Proposer;
use crate::core::text::ArticleText;
use crate::reader::external;

/// How often a running proposer is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// The longest answer that is taken, in bytes.
const ANSWER: u64 = 64 << 20;
/// How much of what it says on standard error is read, in bytes.
const COMPLAINT: u64 = 64 << 10;
/// How much of that is shown, in columns.
const SHOWN: usize = 120;

/// Asks an external proposer about the whole of `text`. It is ended when its time is over or `stopped` says so.
///
/// # Errors
/// A sentence that names it: it could not be started, took too long, failed, was not understood or proposed nothing; and that
/// the built-in proposals stand then.
pub fn ask(
    proposer: &Proposer,
    article: (&ArticleText, &[Block], &str),
    stopped: &dyn Fn() -> bool,
) -> Result<Proposals, String> {
    let limit = Duration::from_secs(proposer.timeout.max(1));
    let asked = ask_within(limit, proposer, article, stopped);
    asked.map_err(|why| format!("{why} The built-in proposals stand."))
}

fn ask_within(
    limit: Duration,
    proposer: &Proposer,
    (text, blocks, language): (&ArticleText, &[Block], &str),
    stopped: &dyn Fn() -> bool,
) -> Result<Proposals, String> {
    let name = clean(&proposer.name);
    let question = external::question(text, blocks, language);
    let json = run(limit, proposer, &name, question, stopped)?;
    let reader = external::reader(&proposer.name);
    let proposals = external::answer(&json, text, blocks, &reader)
        .map_err(|why| format!("The proposer “{name}” was not understood: {}.", clean(&why)))?;
    match proposals.statements.is_empty() {
        true => Err(format!("The proposer “{name}” proposed nothing.")),
        false => Ok(proposals),
    }
}

fn run(
    limit: Duration,
    proposer: &Proposer,
    name: &str,
    question: String,
    stopped: &dyn Fn() -> bool,
) -> Result<Vec<u8>, String> {
    let Some((program, arguments)) = proposer.command.split_first() else {
        return Err(format!("The proposer “{name}” has no command."));
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
        .map_err(|e| format!("The proposer “{name}” could not be started ({e})."))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that does not read all of it may still answer.
        std::thread::spawn(move || stdin.write_all(question.as_bytes()));
    }
    let answer = reading(child.stdout.take(), ANSWER);
    let complaint = reading(child.stderr.take(), COMPLAINT);
    let until = Instant::now() + limit;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < until && !stopped() => std::thread::sleep(LOOK),
            _ => {
                end(&mut child);
                return Err(format!(
                    "The proposer “{name}” took longer than {} s and was ended.",
                    proposer.timeout
                ));
            }
        }
    };
    // Something that it left behind may hold its output open.
    let left = || until.saturating_duration_since(Instant::now()).max(LOOK);
    let too_long = || {
        let limit = ANSWER >> 20;
        format!("The answer of the proposer “{name}” is longer than {limit} MB.")
    };
    if !status.success() {
        // Nobody reads on behind the limit, which ends most programs with an error.
        if answer.try_recv().is_ok_and(|a| a.len() as u64 > ANSWER) {
            return Err(too_long());
        }
        let said = complaint.recv_timeout(left()).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let last = said.lines().rev().find(|l| !l.trim().is_empty());
        let last = last.map(|l| format!(": {}", truncate(&clean(l.trim()), SHOWN)));
        return Err(format!(
            "The proposer “{name}” ended with {status}{}.",
            last.unwrap_or_default().trim_end_matches('.')
        ));
    }
    match answer.recv_timeout(left()) {
        Ok(answer) if answer.len() as u64 > ANSWER => Err(too_long()),
        Ok(answer) => Ok(answer),
        Err(_) => {
            end(&mut child);
            Err(format!(
                "The answer of the proposer “{name}” did not come to its end."
            ))
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

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::text::Span;
    use crate::core::vocabulary::BlockKind;

    fn asked(script: &str, limit: Duration) -> Result<Proposals, String> {
        let proposer = Proposer {
            name: "house".into(),
            command: ["sh", "-c", script].map(String::from).into(),
            timeout: 1,
        };
        let text = ArticleText::new("It rained. It did not.".into());
        let blocks = [Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Paragraph,
            locator: "".into(),
        }];
        ask_within(limit, &proposer, (&text, &blocks, "en"), &|| false)
    }

    const LONG: Duration = Duration::from_secs(60);

    const GOOD: &str = r#"echo '{"statements":[{"id":"a","spans":[[0,10]]}]}'"#;

    #[test]
    fn an_answer_is_kept_under_the_proposers_name() {
        let p = asked(&format!("cat >/dev/null; {GOOD}"), LONG).unwrap();
        assert_eq!((p.reader.as_str(), p.statements.len()), ("house-1", 1));
        assert_eq!(p.proposer(), Some("house"));
        // One that reads nothing may answer all the same.
        assert!(asked(GOOD, LONG).is_ok());
    }

    #[test]
    fn whatever_it_does_wrong_is_one_sentence() {
        for (script, says) in [
            ("exit 3", "The proposer “house” ended with exit status: 3."),
            (
                "echo one >&2; echo 'no model.' >&2; exit 1",
                "ended with exit status: 1: no model.",
            ),
            ("echo nonsense", "was not understood: "),
            ("echo '{}'", "proposed nothing."),
            ("sleep 1000", "took longer than 1 s and was ended."),
            // What it leaves behind holds its output open.
            ("sleep 1000 & echo '{'", "did not come to its end."),
            ("yes | head -c 70000000", "is longer than 64 MB."),
        ] {
            let limit = match script.contains("sleep") {
                true => Duration::from_millis(300),
                false => LONG,
            };
            let why = asked(script, limit).unwrap_err();
            assert!(why.contains(says), "{script}: {why}");
            assert!(!why.contains('\n') && why.len() < 300, "{why}");
        }
    }

    #[test]
    fn one_that_cannot_be_started_is_told() {
        let proposer = Proposer {
            name: "house".into(),
            command: vec!["/no/such/program".into()],
            timeout: 1,
        };
        let text = ArticleText::new("x".into());
        let why = ask(&proposer, (&text, &[], "en"), &|| false).unwrap_err();
        assert!(why.contains("could not be started"), "{why}");
    }
}
