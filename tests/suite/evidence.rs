//! Evidence that is no file, is large, or comes from a disk that does not answer: steps go on being saved, and leaving
//! waits for nothing.

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::harbour::{home, session, steps};
use crate::tty::Tty;

/// More than is copied before a test stops it, and more than is copied without a question.
const LARGE: u64 = 800_000_000;

/// What stands among the evidence copies.
fn copies(home: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(session(home).join("files")) else {
        return Vec::new();
    };
    let name =
        |e: std::io::Result<std::fs::DirEntry>| e.unwrap().file_name().into_string().unwrap();
    files.map(name).collect()
}

#[test]
fn a_pipe_and_a_device_are_refused_and_the_first_evidence_may_be_a_file() {
    let (home, path) = home();
    let pipe = home.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    std::fs::write(home.path().join("minutes.txt"), "The wall was inspected.").unwrap();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened();
    // What was typed is there again, to be put right.
    t.press("e./pipe\r").wait_for("pipe is a pipe, not a file");
    t.press("\x15/dev/zero\r")
        .wait_for("/dev/zero is a device, not a file");
    t.press("\x15~/minutes.txt\rs\r")
        .wait_for("“minutes.txt” supports")
        .saved();
    t.press("jVa").closed(1).saved().press("q");
    assert_eq!(t.end(), 0);
    assert_eq!(copies(home.path()).len(), 1);
    let saved = steps(home.path());
    let mut t = Tty::start(home.path(), &["resume"]);
    t.closed(1).press("g").wait_for("minutes.txt").press("q");
    assert_eq!(t.end(), 0);
    assert_eq!(steps(home.path()), saved);
}

/// The children of a process that hand a file over.
fn readers(parent: u32) -> Vec<u32> {
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = all.filter_map(|e| e.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| {
        let read = |what: &str| std::fs::read_to_string(format!("/proc/{pid}/{what}")).ok();
        let of = read("stat").and_then(|s| {
            s.rsplit_once(')')?
                .1
                .split_whitespace()
                .nth(1)?
                .parse()
                .ok()
        });
        of == Some(parent) && read("cmdline").is_some_and(|c| c.contains("--hand-over\0read"))
    })
    .collect()
}

/// Opens the article and has a large file copied, whose reader then never reads on: as a disk that does not answer.
fn hanging(home: &Path, path: &str) -> (Tty, u32) {
    let video = home.join("video.mp4");
    File::create(&video).unwrap().set_len(LARGE).unwrap();
    let mut t = Tty::start(home, &[path]);
    t.opened().press("e./video.mp4\r");
    t.wait_for("“video.mp4” is 800 MB").press("ys\r");
    let program = t.child.process_id().unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    let reader = loop {
        if let [reader] = readers(program)[..] {
            break reader;
        }
        assert!(
            Instant::now() < until,
            "nobody reads; the screen is\n{}",
            t.text()
        );
        std::thread::yield_now();
    };
    let stopped = Command::new("kill")
        .args(["-STOP", &reader.to_string()])
        .status();
    assert!(stopped.unwrap().success());
    t.wait_for("copying video.mp4").wait_for("Esc cancels");
    (t, reader)
}

fn is_gone(reader: u32) -> bool {
    let until = Instant::now() + Duration::from_secs(60);
    while Path::new(&format!("/proc/{reader}")).exists() {
        if Instant::now() > until {
            return false;
        }
        std::thread::yield_now();
    }
    true
}

#[test]
#[cfg(target_os = "linux")]
fn steps_are_saved_and_q_leaves_while_a_copy_hangs_which_is_offered_again() {
    let (home, path) = home();
    let (mut t, reader) = hanging(home.path(), &path);
    t.press("Va").closed(1).saved();
    t.press("Va").closed(2).saved();
    let saved = steps(home.path());
    t.press("q");
    assert_eq!(t.end(), 0);
    t.written("video.mp4 was given up; resuming the session offers it again.");
    assert!(t.is_restored() && is_gone(reader));
    assert_eq!(steps(home.path()), saved);

    let mut t = Tty::start(home.path(), &["resume"]);
    t.wait_for("Copying video.mp4 was not finished").closed(2);
    assert_eq!(copies(home.path()), Vec::<String>::new(), "parts are swept");
    File::options()
        .write(true)
        .open(home.path().join("video.mp4"))
        .unwrap()
        .set_len(1000)
        .unwrap();
    t.press("y")
        .wait_for("“video.mp4” supports")
        .saved()
        .press("q");
    assert_eq!(t.end(), 0);
    assert_eq!(copies(home.path()).len(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn signals_end_the_program_while_a_copy_hangs_and_every_step_is_kept() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let (home, path) = home();
        let (mut t, reader) = hanging(home.path(), &path);
        t.press("Va").closed(1).saved();
        let saved = steps(home.path());
        t.press("Va").closed(2);
        t.signal(signal);
        assert_eq!(t.end(), code, "{signal}");
        assert!(t.is_restored() && is_gone(reader), "{signal}");
        assert!(steps(home.path()) > saved, "{signal}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn esc_gives_up_a_copy_that_hangs_and_another_file_is_taken() {
    let (home, path) = home();
    let (mut t, reader) = hanging(home.path(), &path);
    t.press("\x1b")
        .wait_for("video.mp4 was given up; nothing was added");
    assert!(is_gone(reader));
    std::fs::write(home.path().join("minutes.txt"), "The wall was inspected.").unwrap();
    t.press("e./minutes.txt\rs\r")
        .wait_for("“minutes.txt” supports")
        .saved()
        .press("q");
    assert_eq!(t.end(), 0);
    assert_eq!(copies(home.path()).len(), 1);
}
