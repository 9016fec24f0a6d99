//! Other programs: the editor, the clipboard, the browser.

use std::io::{ErrorKind, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::app::config::Clipboard;
use crate::core::controls::harmless;

/// The program that edits texts: `$VISUAL`, else `$EDITOR`; `vi` where neither is set.
fn editor() -> String {
    let set = |name| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    set("VISUAL")
        .or_else(|| set("EDITOR"))
        .unwrap_or_else(|| "vi".into())
}

/// Edits a text in the user's editor (`configured`, else that of the environment), which has the terminal meanwhile; an
/// error is one sentence.
pub fn edit(text: &str, configured: Option<&[String]>) -> Result<String, String> {
    let io = |e: std::io::Error| {
        format!("The text could not be handed to the editor ({e}); nothing was changed.")
    };
    let mut file = tempfile::Builder::new()
        .prefix("claimdesk-")
        .suffix(".txt")
        .tempfile()
        .map_err(io)?;
    file.write_all(text.as_bytes()).map_err(io)?;
    file.flush().map_err(io)?;
    let path = file.path().to_owned();
    let (program, status) = match configured {
        Some([program, arguments @ ..]) => {
            let status = Command::new(program).args(arguments).arg(&path).status();
            (program.clone(), status)
        }
        _ => {
            // The variable may hold arguments, as in `code --wait`; a shell reads them as the user wrote them.
            let program = editor();
            let script = format!("{program} \"$1\"");
            let status = Command::new("sh")
                .args(["-c", &script, "editor"])
                .arg(&path)
                .status();
            (program, status)
        }
    };
    match status {
        Ok(s) if s.success() => std::fs::read_to_string(&path).map_err(io),
        Ok(s) => Err(format!(
            "The editor “{program}” ended with {s}; nothing was changed."
        )),
        Err(e) => Err(format!(
            "The editor “{program}” could not be started ({e}); set VISUAL or EDITOR."
        )),
    }
}

/// How a text came to the clipboard.
pub enum Copied {
    /// A program of the system took it.
    By(String),
    /// This escape sequence is to be written to the terminal, which then takes it.
    Sequence(Vec<u8>),
}

/// The longest text that goes through the terminal: many cut or refuse longer ones.
const SEQUENCE_LIMIT: usize = 74_994;

/// Brings a text to the clipboard: by a program of the system where the session is local, else through the terminal.
/// What would act where it is put in, as in a shell, is left out.
pub fn copy(text: &str, how: &Clipboard) -> Result<Copied, String> {
    let text = &harmless(text);
    match how {
        Clipboard::Off => return Err("Copying is off in the configuration.".into()),
        Clipboard::Command(command) => {
            let Some((program, arguments)) = command.split_first() else {
                return Err("The clipboard command of the configuration is empty.".into());
            };
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            return match pipe(program, &arguments, text) {
                true => Ok(Copied::By(program.clone())),
                false => Err(format!(
                    "“{program}” did not take the text; nothing was copied."
                )),
            };
        }
        Clipboard::Terminal => {}
    }
    let remote =
        std::env::var_os("SSH_CONNECTION").is_some() || std::env::var_os("SSH_TTY").is_some();
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let mut programs: Vec<(&'static str, &[&str])> = Vec::new();
    if set("TMUX") {
        programs.push(("tmux", &["load-buffer", "-w", "-"]));
    }
    if !remote {
        if set("WAYLAND_DISPLAY") {
            programs.push(("wl-copy", &[]));
        }
        if set("DISPLAY") {
            programs.push(("xclip", &["-selection", "clipboard"]));
            programs.push(("xsel", &["--clipboard", "--input"]));
        }
        if cfg!(target_os = "macos") {
            programs.push(("pbcopy", &[]));
        }
    }
    for (program, arguments) in programs {
        if pipe(program, arguments, text) {
            return Ok(Copied::By(program.into()));
        }
    }
    if text.len() > SEQUENCE_LIMIT {
        return Err(
            "The text is too long for the terminal's clipboard; nothing was copied.".into(),
        );
    }
    let mut sequence = Vec::new();
    crossterm::queue!(
        sequence,
        crossterm::clipboard::CopyToClipboard::to_clipboard_from(text)
    )
    .map_err(|e| e.to_string())?;
    Ok(Copied::Sequence(sequence))
}

fn pipe(program: &str, arguments: &[&str], text: &str) -> bool {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    let written = child
        .stdin
        .take()
        .is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
    written && child.wait().is_ok_and(|s| s.success())
}

/// How long a program that opens addresses is watched: one that has not failed by then shows the address.
const FAILS_WITHIN: Duration = Duration::from_secs(3);

/// Opens an address in the browser, and gives the program that did so; only web addresses, since others could start
/// anything. An error names what was tried. It takes as long as the program does, at most a few seconds each.
pub fn open_link(url: &str) -> Result<String, String> {
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return Err("it is no web address".into());
    }
    opened_by(open::commands(url), FAILS_WITHIN)
}

/// The first of these programs that does not fail; else what was tried.
fn opened_by(commands: Vec<Command>, fails_within: Duration) -> Result<String, String> {
    let mut failed = Vec::new();
    for mut command in commands {
        let program = command.get_program().to_string_lossy().into_owned();
        let started = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match started.map(|child| end_of(child, fails_within)) {
            Ok(Some(status)) if !status.success() => {
                failed.push(format!("“{program}” ended with {status}"));
            }
            Ok(_) => return Ok(program),
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => failed.push(format!("“{program}” could not be started ({e})")),
        }
    }
    Err(match failed.is_empty() {
        true => "there is no program here that opens addresses".into(),
        false => failed.join(", "),
    })
}

/// How `child` ended; none where it still runs after `patience`. It is waited for all the same, so that nothing is left
/// of it.
fn end_of(mut child: Child, patience: Duration) -> Option<ExitStatus> {
    let (tell, told) = channel();
    std::thread::spawn(move || tell.send(child.wait()));
    told.recv_timeout(patience).ok()?.ok()
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn what_is_copied_cannot_act_where_it_is_put_in() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copied");
        let script = format!("cat > '{}'", file.display());
        let how = Clipboard::Command(["sh", "-c", &script].map(String::from).into());
        let text = "By Tess \x1b]52;c;AAAA\x07\x1b[201~\u{9b}31m\u{202e}pier\u{2069}\n";
        assert!(copy(text, &how).is_ok());
        assert_eq!(std::fs::read_to_string(file).unwrap(), "By Tess pier\n");
    }

    #[test]
    fn the_first_program_that_does_not_fail_opens_an_address() {
        let shell = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            command
        };
        let missing = || Command::new("no-such-opener");
        let patient = Duration::from_secs(60);
        let opened = opened_by(vec![missing(), shell("exit 3"), shell("exit 0")], patient);
        assert_eq!(opened.as_deref(), Ok("sh"));
        let failed = opened_by(vec![missing(), shell("exit 3")], patient).unwrap_err();
        assert!(
            failed.contains("“sh” ended with") && failed.contains('3'),
            "{failed}"
        );
        let none = opened_by(vec![missing()], patient).unwrap_err();
        assert!(none.contains("no program here"), "{none}");
        // A browser that was not running goes on running.
        let runs = opened_by(vec![shell("exec cat > /dev/null")], Duration::ZERO);
        assert_eq!(runs.as_deref(), Ok("sh"));
        assert!(open_link("file:///etc/hosts").is_err());
    }
}
