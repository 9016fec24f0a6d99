//! While the screen is too small for the work nothing acts on it but leaving, suspending and drawing again.

use super::Script;
use crate::app::input::key::Key;
use crate::app::input::mouse::{Mouse, MouseKind};
use crate::app::msg::{Effect, Msg};
use crate::app::screen::areas::Size;

const SMALL: Size = Size {
    width: 59,
    height: 24,
};
const LARGE: Size = Size {
    width: 80,
    height: 24,
};

/// What is there of the work: the steps, the row, what is open, the keys that wait.
fn all(s: &Script) -> (u64, String, String, usize) {
    let bench = s.state.bench.as_ref().unwrap();
    let row = format!("{:?}", bench.cursor());
    let layers = s.state.overlays.len();
    let top = if layers > 0 { s.top() } else { String::new() };
    (bench.history().seq(), row, top, s.state.pending.len())
}

#[test]
fn blind_keys_pastes_and_clicks_do_nothing() {
    // What was typed blind in the trials, every letter, and with a form, a list and a text field open.
    for open in ["", "Enter", "s", "c half", ":"] {
        let mut s = Script::new();
        s.keys("j j").keys(open);
        s.msg(Msg::Resize(SMALL));
        let before = all(&s);
        let asked = s.asked.len();
        s.keys("d j Space v i Enter Esc Tab Ctrl-d Ctrl-e a b s x X D y");
        for c in ('a'..='z').chain('A'..='Z').filter(|c| *c != 'q') {
            s.msg(Msg::Key(Key::char(c)));
        }
        s.msg(Msg::Paste("Dora Kent".into()));
        for kind in [MouseKind::Press, MouseKind::Release, MouseKind::WheelDown] {
            s.msg(Msg::Mouse(Mouse { kind, x: 3, y: 3 }));
        }
        s.msg(Msg::Resize(LARGE));
        assert_eq!(all(&s), before, "{open}");
        assert_eq!(s.asked.len(), asked, "{open}: {:?}", s.asked);
    }
}

#[test]
fn quit_suspend_and_draw_again_work_whatever_is_open() {
    for open in ["", "c half", ":", "v"] {
        let mut s = Script::new();
        s.keys("Space").keys(open);
        s.msg(Msg::Resize(SMALL));
        let asked = s.asked.len();
        s.keys("Ctrl-l Ctrl-z");
        assert!(
            matches!(s.asked[asked..], [Effect::Redraw, Effect::Suspend]),
            "{open}: {:?}",
            &s.asked[asked..]
        );
        s.keys("q");
        let left = s.state.leaving || s.asked.iter().any(|e| matches!(e, Effect::Quit));
        assert!(left, "{open}: {:?}", s.asked);
        let dropped = s.asked.iter().any(|e| matches!(e, Effect::DropDraft));
        assert!(!dropped, "{open}: the draft is gone");
    }
}

#[test]
fn ctrl_c_leaves_when_pressed_twice_and_closes_nothing() {
    let mut s = Script::new();
    s.keys("c half");
    s.msg(Msg::Resize(SMALL));
    let before = all(&s);
    s.keys("Ctrl-c");
    assert_eq!(all(&s), before);
    s.keys("Ctrl-c");
    assert!(s.asked.iter().any(|e| matches!(e, Effect::Quit)));
}

#[test]
fn a_sequence_does_not_go_on_from_one_side_to_the_other() {
    let mut s = Script::new();
    s.keys("Space v");
    s.msg(Msg::Resize(SMALL)).msg(Msg::Resize(LARGE));
    assert_eq!(s.state.pending, []);
    s.msg(Msg::Resize(SMALL));
    s.keys("v");
    s.msg(Msg::Resize(LARGE));
    assert_eq!(s.state.pending, []);
}
