//! The terminal and the workbench: what it answers and when, what comes in bursts, who else takes it, how it goes away.

use std::os::unix::fs::PermissionsExt;

use crate::harbour::{home, session, steps};
use crate::tty::Tty;

/// With colours the terminal is asked for its background.
const COLOR: &[(&str, &str)] = &[("NO_COLOR", "")];
const QUESTION: &str = "\x1b]11;?\x07";

/// What a terminal may answer, each as it would be typed: the letters are commands.
const ANSWERS: &[&[u8]] = &[
    b"\x1b]11;rgb:bbbb/dddd/aaaa\x1b\\",
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    b"\x1b]52;c;ZGJhVmE=\x1b\\",
    b"\x1bP>|XTerm(370)\x1b\\",
    b"\x1bPd b a\x1b\\",
    b"\x1b_Gi=31;d b\x1b\\",
    b"\x1b^d b a\x1b\\",
    b"\x1b[?2026;2$y",
    b"\x1b[24;80R",
    b"\x1b[?64;1;2;22c",
];

#[test]
fn answers_of_the_terminal_are_no_keys_on_a_fresh_and_on_a_resumed_session() {
    let (home, path) = home();
    let mut t = Tty::with(home.path(), &[&path], COLOR);
    t.written(QUESTION).opened();
    for answer in ANSWERS {
        t.write(answer);
    }
    // The next key acts, so all before it has been taken.
    t.press("G").wait("the last row", last_row);
    assert_eq!(steps(home.path()), 0);
    t.press("d").closed(1).saved().press("q");
    assert_eq!(t.end(), 0);
    let before = steps(home.path());

    let mut t = Tty::with(home.path(), &["resume"], COLOR);
    t.written(QUESTION).closed(1);
    for answer in ANSWERS {
        // In two pieces, each in a packet of its own.
        let (head, tail) = answer.split_at(answer.len() / 2);
        t.write(head).write(tail);
    }
    t.press("gG").wait("the last row", last_row).press("q");
    assert_eq!(t.end(), 0);
    assert_eq!(steps(home.path()), before);
}

#[test]
fn the_theme_follows_the_background_whenever_the_answer_comes() {
    let (home, path) = home();
    let mut t = Tty::with(home.path(), &[&path], COLOR);
    t.written(QUESTION).opened();
    // A key first: what is pressed before the answer acts at once.
    t.press("j").wait_for("2 of");
    let seen = t.written.len();
    t.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    let light = |written: &[u8]| {
        let new = &written[seen..];
        new.windows(BLUE_ON_LIGHT.len()).any(|w| w == BLUE_ON_LIGHT)
    };
    t.until("the light theme", |t| light(&t.written)).press("q");
    assert_eq!(t.end(), 0);
}

/// A colour that only the light theme has.
const BLUE_ON_LIGHT: &[u8] = b"38;5;4;";

#[test]
fn after_a_burst_the_next_key_acts_at_once() {
    for length in [1_025, 5_000, 100_000] {
        let (home, path) = home();
        let mut t = Tty::start(home.path(), &[&path]);
        t.opened();
        t.write("jk".repeat(length / 2).as_bytes());
        // Were a byte left over, it would come with this key, and not before.
        t.press("G").wait("the last row", last_row).press("q");
        assert_eq!(t.end(), 0, "{length}");
    }
}

/// Whether the cursor is on the last row, by the line that says "4 of 4".
fn last_row(screen: &str) -> bool {
    screen.lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = |w: &[&str]| w[1] == "of" && w[0] == w[2] && w[0].parse::<u32>().is_ok();
        words.windows(3).any(at)
    })
}

/// Gives the terminal another size and waits until the program has taken note, which it does by clearing the screen.
fn resized(t: &mut Tty) {
    let before = t.written.len();
    t.resize(110, 38).until("the new size", |t| {
        let clear = b"\x1b[2J";
        t.written[before..].windows(clear.len()).any(|w| w == clear)
    });
}

/// Whether the program has asked where the cursor is after its one question at the start, whose answer the input thread
/// hears: whoever else waits for an answer takes the keys among which it comes.
fn asks_again_for_the_cursor(written: &[u8]) -> bool {
    written.windows(4).filter(|w| w == b"\x1b[6n").count() > 1
}

#[test]
fn after_the_editor_and_a_resize_the_first_key_acts() {
    let (home, path) = home();
    let mut t = Tty::with(home.path(), &[&path], &[("EDITOR", "true")]);
    t.opened().press("c").wait_for("Ctrl-d");
    let before = t.written.len();
    t.press("\x05").until("the screen is taken again", |t| {
        let again = b"\x1b[?1049h";
        t.written[before..].windows(again.len()).any(|w| w == again)
    });
    assert!(!asks_again_for_the_cursor(&t.written));
    t.press("\x1b")
        .wait("the form is closed", |s| !s.contains("Ctrl-d"));
    resized(&mut t);
    t.press("G").wait("the last row", last_row).press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn after_ctrl_z_and_a_resize_the_first_key_acts() {
    let (home, path) = home();
    let program = env!("CARGO_BIN_EXE_claimdesk");
    let script = format!("set -m; '{program}' '{path}'; echo STOPPED; fg >/dev/null; echo ENDED");
    let mut t = Tty::shell(home.path(), &script);
    t.opened().press("\x1a").written("STOPPED");
    t.wait("it is drawn again", |s| s.contains("Ivo Lam"));
    resized(&mut t);
    t.press("G").wait("the last row", last_row).press("q");
    t.written("ENDED");
    t.end();
    assert!(!asks_again_for_the_cursor(&t.written));
}

#[test]
fn a_size_that_the_terminal_gets_before_signals_are_heard_is_not_missed() {
    let home = tempfile::tempdir().unwrap();
    // The program has asked for the size when it takes the terminal, and waits there for its first words to be taken.
    // Nothing tells it of another size after that; in the one that it knows no key acts but those that leave.
    let mut t = Tty::held(home.path(), &["resume"], 59, 14);
    t.raw().resize(120, 40).let_go();
    t.wait_for("the sample").press("?").wait_for("Walk");
    t.press("\x1b").press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn closing_the_terminal_saves_and_ends_as_usual() {
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened().press("Va").closed(1);
    t.close();
    // 128 and the number of SIGHUP, and not of the SIGABRT of words that nobody could hear.
    assert_eq!(t.end(), 129);
    let checkpoint = session(home.path()).join("session.json");
    let checkpoint = std::fs::read_to_string(checkpoint).unwrap();
    assert!(checkpoint.contains("\"accurate\""), "{checkpoint}");
}

#[test]
fn a_program_that_dies_in_any_way_leaves_a_usable_terminal() {
    for signal in ["ABRT", "KILL"] {
        let (home, path) = home();
        let program = env!("CARGO_BIN_EXE_claimdesk");
        // The shell says what the modes are after it, and how it ended.
        let script =
            format!("stty -a; '{program}' '{path}'; echo ENDED $?; head -n 1 >/dev/null; stty -a");
        let mut t = Tty::shell(home.path(), &script);
        t.opened();
        let children = format!("pkill -{signal} -P {}", t.child.process_id().unwrap());
        let killed = std::process::Command::new("sh")
            .args(["-c", &children])
            .status();
        assert!(killed.unwrap().success());
        t.written("ENDED 1")
            .until("the terminal is restored", Tty::is_restored);
        // Return ends a line in a terminal that is not raw.
        t.press("\r");
        t.end();
        let said = String::from_utf8_lossy(&t.written).into_owned();
        let modes = said
            .split("speed")
            .map(|m| m.split("\x1b").next().unwrap_or(m));
        let modes: Vec<&str> = modes.skip(1).collect();
        assert_eq!(modes.len(), 2, "{said}");
        assert_eq!(modes[0].trim_end(), modes[1].trim_end(), "{signal}");
    }
}

#[test]
fn a_small_terminal_takes_no_key_but_to_leave() {
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened().resize(59, 24).wait_for("needs 60×15");
    t.press("djVa ").press("\x03").wait_for("Ctrl-c once more");
    t.press("q");
    assert_eq!(t.end(), 0);
    assert_eq!(steps(home.path()), 0);
}

#[test]
fn a_dumb_terminal_gets_a_sentence_and_a_locale_without_utf8_gets_ascii() {
    let (home, path) = home();
    let mut t = Tty::with(home.path(), &[&path], &[("TERM", "dumb")]);
    assert_eq!(t.end(), 2);
    let said = String::from_utf8_lossy(&t.written).into_owned();
    assert!(
        said.contains("TERM says") && !said.contains('\x1b'),
        "{said:?}"
    );

    let mut t = Tty::with(home.path(), &[&path], &[("LC_ALL", "C")]);
    t.opened().press("q");
    assert_eq!(t.end(), 0);
    assert!(t.written.is_ascii());
}

#[test]
fn a_second_signal_ends_a_program_that_is_blocked_and_one_that_leaves() {
    let (home, path) = home();
    // An editor that never ends, and for which everything waits.
    let editor = home.path().join("editor");
    std::fs::write(&editor, "#!/bin/sh\necho EDITING\nexec cat\n").unwrap();
    std::fs::set_permissions(&editor, PermissionsExt::from_mode(0o700)).unwrap();
    let editor = editor.to_str().unwrap();
    let mut t = Tty::with(home.path(), &[&path], &[("EDITOR", editor)]);
    t.opened().press("Va").closed(1).saved();
    t.press("c").wait_for("Ctrl-d");
    t.press("\x05").written("EDITING");
    assert_eq!(t.end_by("TERM"), 143);
    assert!(t.is_restored());
    let mut t = Tty::start(home.path(), &["resume"]);
    t.closed(1).press("q");
    assert_eq!(t.end_by("TERM") % 143, 0);
    assert!(t.is_restored());
    let mut t = Tty::start(home.path(), &["resume"]);
    t.closed(1).press("q");
    assert_eq!(t.end(), 0);
}
