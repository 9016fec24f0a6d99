//! The built workbench in a pseudo-terminal: opened, worked in, killed, resumed.

use crate::harbour::{home, journal, session};
use crate::tty::Tty;

#[test]
fn a_finding_is_saved_the_place_is_kept_and_both_are_there_after_a_restart() {
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened().wait_for("Ivo Lam");
    t.press("jVa").closed(1).saved();
    t.press("sNora Vale\r").wait_for("Nora Vale");
    t.press("q");
    assert_eq!(t.end(), 0);
    assert!(t.is_restored());

    let mut t = Tty::start(home.path(), &["resume"]);
    t.wait_for("You left row").closed(1).wait_for("Nora Vale");
    t.press("u").wait("the source is taken back", |s| {
        !s.contains("Nora Vale") || s.contains("Undone")
    });
    t.press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn the_same_text_resumes_its_session() {
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened().press("d").closed(1).saved().press("q");
    assert_eq!(t.end(), 0);
    let copy = home.path().join("other name.txt");
    std::fs::copy(&path, &copy).unwrap();
    let mut t = Tty::start(home.path(), &[copy.to_str().unwrap()]);
    t.closed(1).press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn viewing_creates_nothing() {
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened()
        .press("jjk?")
        .wait_for("Walk")
        .press("\x1b")
        .press("q");
    assert_eq!(t.end(), 0);
    assert!(!home.path().join("data").exists());
}

#[test]
fn a_second_workbench_is_read_only_and_says_who_holds_the_session() {
    let (home, path) = home();
    let mut first = Tty::start(home.path(), &[&path, "--as", "Ana"]);
    first.opened().press(" ").saved();
    let mut second = Tty::start(home.path(), &[&path, "--as", "Bo"]);
    second.wait_for("held by Ana");
    second.press("Va").wait_for("read-only");
    second.press("q");
    assert_eq!(second.end(), 0);
    first.press("q");
    assert_eq!(first.end(), 0);
}

#[test]
fn a_second_workbench_takes_the_session_over_when_its_holder_has_gone() {
    for leave in ["quits", "is killed"] {
        let (home, path) = home();
        let mut first = Tty::start(home.path(), &[&path, "--as", "Ana"]);
        first.opened().press(" ").saved();
        let mut second = Tty::start(home.path(), &[&path, "--as", "Bo"]);
        second.wait_for("held by Ana");
        second.press("K").wait_for("read-only: held by Ana");
        // What the holder does until then is read when it is taken over.
        first.press("Va").closed(1).saved();
        match leave {
            "quits" => _ = first.press("q"),
            _ => first.signal("KILL"),
        }
        first.end();
        second.wait_for("K takes this session over");
        second.press("K").wait_for("You hold this session now");
        second.closed(1).press("jVa").closed(2).saved();
        second.press("q");
        assert_eq!(second.end(), 0, "{leave}");
    }
}

#[test]
fn signals_save_and_give_the_terminal_back() {
    for (name, code) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let (home, path) = home();
        let mut t = Tty::start(home.path(), &[&path]);
        t.opened().press("Va").closed(1);
        t.signal(name);
        assert_eq!(t.end(), code, "{name}");
        assert!(t.is_restored(), "{name}");
        let mut t = Tty::start(home.path(), &["resume"]);
        t.closed(1).press("q");
        assert_eq!(t.end(), 0);
    }
}

#[test]
fn what_was_shown_as_saved_survives_a_kill() {
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened().press("Va").closed(1).saved();
    t.signal("KILL");
    t.end();
    let mut t = Tty::start(home.path(), &["resume"]);
    t.closed(1).press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn resizing_to_nothing_and_back_keeps_going() {
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened();
    for (cols, rows) in [(1, 1), (59, 15), (60, 15), (80, 24), (200, 50)] {
        t.resize(cols, rows);
    }
    t.opened().wait_for("Ivo Lam").press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn a_paste_neither_acts_nor_submits() {
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened();
    t.press("\x1b[200~q\rVa\x1b[201~").wait_for("Pasted text");
    t.press("s").wait_for("Said by");
    t.press("\x1b[200~Dora\rKent\x1b[201~")
        .wait_for("Dora Kent");
    t.press("\x1b")
        .wait("the list is gone", |s| !s.contains("Dora Kent"));
    t.press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn the_article_comes_from_standard_input_while_keys_come_from_the_terminal() {
    let (home, path) = home();
    let program = env!("CARGO_BIN_EXE_claimdesk");
    let script = format!("cat '{path}' | '{program}' -");
    let mut t = Tty::shell(home.path(), &script);
    t.opened().press("Va").closed(1).saved().press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn ctrl_z_stops_and_fg_draws_again() {
    let (home, path) = home();
    let program = env!("CARGO_BIN_EXE_claimdesk");
    // An interactive shell does the job control, as at a desk.
    let script = format!("set -m; '{program}' '{path}'; echo STOPPED; fg >/dev/null; echo ENDED");
    let mut t = Tty::shell(home.path(), &script);
    t.opened().press("\x1a").written("STOPPED");
    t.wait("it is drawn again", |s| s.contains("Ivo Lam"));
    t.press("q");
    t.end();
    t.written("ENDED");
    assert!(t.is_restored());
}

#[test]
fn a_journal_that_another_program_changed_stops_the_saving_loudly_and_the_work_is_saved_elsewhere()
{
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened().press("Va").closed(1).saved();
    std::fs::remove_file(journal(home.path())).unwrap();
    t.press("Va").wait_for("NOT SAVED");
    t.wait_for("nother program changed");
    assert!(!journal(home.path()).exists());
    t.press("q").wait_for("save elsewhere");
    t.press("e").wait_for("in this folder");
    t.press("stick\r");
    assert_eq!(t.end(), 0);
    assert!(!journal(home.path()).exists());
    let mut t = Tty::start(home.path(), &["--sessions", "stick", "resume"]);
    t.closed(2).press("u").closed(1).press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn leaving_looks_whether_what_was_saved_is_still_there() {
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened().press("Va").closed(1).saved();
    let kept = std::fs::read(journal(home.path())).unwrap();
    std::fs::write(journal(home.path()), "").unwrap();
    t.press("q").wait_for("save elsewhere").press("s");
    std::fs::write(journal(home.path()), kept).unwrap();
    t.press("q").wait_for("try again").press("r");
    assert_eq!(t.end(), 0);
    let mut t = Tty::start(home.path(), &["resume"]);
    t.closed(1).press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn a_signal_while_nothing_can_be_saved_leaves_a_rescue_copy_and_says_where() {
    for name in ["TERM", "HUP", "INT"] {
        let (home, path) = home();
        let mut t = Tty::start(home.path(), &[&path]);
        t.opened().press("Va").closed(1).saved();
        std::fs::remove_dir_all(session(home.path())).unwrap();
        t.press("Va").wait_for("NOT SAVED");
        t.signal(name);
        assert_eq!(t.end(), 4, "{name}");
        assert!(t.is_restored(), "{name}");
        let said = String::from_utf8_lossy(&t.written).replace("\r\n", "");
        let (_, open) = said.split_once("open it with: claimdesk ").unwrap();
        let arguments: Vec<&str> = open.split_whitespace().take(4).collect();
        assert_eq!((arguments[0], arguments[2]), ("--sessions", "resume"));
        let mut t = Tty::start(home.path(), &arguments);
        t.closed(2).press("q");
        assert_eq!(t.end(), 0);
    }
}

#[test]
fn after_a_crash_the_first_opening_is_writable_and_says_calmly_what_was_set_aside() {
    use std::io::Write as _;
    let (home, path) = home();
    let mut t = Tty::start(home.path(), &[&path]);
    t.opened().press("Va").closed(1).saved();
    t.press("q");
    assert_eq!(t.end(), 0);
    let mut file = std::fs::File::options()
        .append(true)
        .open(journal(home.path()))
        .unwrap();
    file.write_all(b"{\"seq\":3,\"id\":\"01a").unwrap();
    drop(file);
    let mut t = Tty::start(home.path(), &["resume"]);
    t.wait_for("One unfinished step was set aside");
    t.press("Va").closed(2).saved();
    assert!(!t.text().contains("read-only"), "{}", t.text());
    t.press("q");
    assert_eq!(t.end(), 0);
}
