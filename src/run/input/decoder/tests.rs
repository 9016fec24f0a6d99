#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::app::input::mouse::MouseKind;

/// What one line of a table says: keys by their names, the rest in words.
fn named(heard: &[Heard]) -> Vec<String> {
    let name = |h: &Heard| match h {
        Heard::Key(key) => key.to_string(),
        Heard::Mouse(m) => format!("{:?} {},{}", m.kind, m.x, m.y),
        Heard::Paste(text) => format!("paste {text:?}"),
        Heard::PasteTooLong => "too long".into(),
        Heard::Background { dark } => format!("dark {dark}"),
        Heard::CursorAt { row, column } => format!("cursor {row},{column}"),
        Heard::Attributes => "attributes".into(),
    };
    heard.iter().map(name).collect()
}

/// A terminal that says things at times, in milliseconds from the start, and a reader as the input thread is.
struct Line {
    decoder: Decoder,
    start: Instant,
    at: u64,
    heard: Vec<Heard>,
}

impl Line {
    fn new() -> Self {
        Self {
            decoder: Decoder::default(),
            start: Instant::now(),
            at: 0,
            heard: Vec::new(),
        }
    }

    fn now(&self) -> Instant {
        self.start + Duration::from_millis(self.at)
    }

    fn say(mut self, bytes: impl AsRef<[u8]>) -> Self {
        let now = self.now();
        self.decoder.take(bytes.as_ref(), now, &mut self.heard);
        self
    }

    fn wait(mut self, milliseconds: u64) -> Self {
        self.at += milliseconds;
        while let Some(due) = self.decoder.due()
            && due <= self.now()
        {
            self.decoder.silence(due, &mut self.heard);
        }
        self
    }

    fn heard(&self) -> String {
        named(&self.heard).join(" ")
    }
}

fn whole(bytes: impl AsRef<[u8]>) -> String {
    Line::new().say(bytes).heard()
}

/// Keys in every spelling, the mouse and pastes.
const KEYS: &[(&str, &str)] = &[
    ("j", "j"),
    ("V", "V"),
    ("é日🙂", "é 日 🙂"),
    (" \r\t\x7f", "Space Enter Tab Backspace"),
    (
        "\x00\x01\x03\x08\n\x1a",
        "Ctrl-Space Ctrl-a Ctrl-c Ctrl-h Ctrl-j Ctrl-z",
    ),
    ("\x1c\x1d\x1e\x1f", "Ctrl-4 Ctrl-5 Ctrl-6 Ctrl-7"),
    (
        "\x1bj\x1bJ\x1bé\x1b\r\x1b\x7f\x1b\x18",
        "Alt-j Alt-J Alt-é Alt-Enter Alt-Backspace Ctrl-Alt-x",
    ),
    (
        "\x1b[A\x1b[B\x1b[C\x1b[D\x1b[F\x1b[H",
        "Up Down Right Left End Home",
    ),
    (
        "\x1bOA\x1bOB\x1bOC\x1bOD\x1bOF\x1bOH\x1bOM",
        "Up Down Right Left End Home Enter",
    ),
    (
        "\x1b[1~\x1b[2~\x1b[3~\x1b[4~\x1b[5~\x1b[6~\x1b[7~\x1b[8~",
        "Home Ins Del End PgUp PgDn Home End",
    ),
    (
        "\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[P\x1b[R\x1b[15~\x1b[17~",
        "F1 F2 F3 F4 F1 F3 F5 F6",
    ),
    (
        "\x1b[18~\x1b[19~\x1b[20~\x1b[21~\x1b[23~\x1b[24~",
        "F7 F8 F9 F10 F11 F12",
    ),
    // The Linux console, rxvt.
    ("\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E", "F1 F2 F3 F4 F5"),
    (
        "\x1b[11~\x1b[14~\x1b[5^\x1b[5@",
        "F1 F4 Ctrl-PgUp Ctrl-Shift-PgUp",
    ),
    (
        "\x1b[a\x1b[d\x1bOa\x1bOd",
        "Shift-Up Shift-Left Ctrl-Up Ctrl-Left",
    ),
    ("\x1b[5$\x1b[3$\x1b[A", "Shift-PgUp Shift-Del Up"),
    (
        "\x1b[1;5C\x1b[1;2A\x1b[1;3D\x1b[1;8B",
        "Ctrl-Right Shift-Up Alt-Left Ctrl-Alt-Shift-Down",
    ),
    (
        "\x1b[3;5~\x1b[15;2~\x1b[1;5P\x1bO5A\x1bO1;5P",
        "Ctrl-Del Shift-F5 Ctrl-F1 Ctrl-Up Ctrl-F1",
    ),
    ("\x1b[Z\x1b[1;2Z", "Shift-Tab Shift-Tab"),
    // Keys by number: kitty and xterm's other keys.
    ("\x1b[97u\x1b[97;5u\x1b[97;2u\x1b[97:65;2u", "a Ctrl-a A A"),
    (
        "\x1b[27u\x1b[13;2u\x1b[9;2u\x1b[127;3u",
        "Esc Shift-Enter Shift-Tab Alt-Backspace",
    ),
    (
        "\x1b[97;1:1u\x1b[97;1:2u\x1b[57414u\x1b[57399u",
        "a a Enter 0",
    ),
    ("\x1b[27;5;114~\x1b[27;2;9~", "Ctrl-r Shift-Tab"),
    // Let go, held with Super, Shift alone: no keys.
    ("\x1b[97;1:3u\x1b[1;1:3A\x1b[97;9u\x1b[57441;2u", ""),
    (
        "\x1b[<0;1;1M\x1b[<0;12;3m\x1b[<32;200;50M\x1b[<64;5;5M\x1b[<65;5;5M",
        "Press 0,0 Release 11,2 Drag 199,49 WheelUp 4,4 WheelDown 4,4",
    ),
    (
        "\x1b[<4;2;2M\x1b[<2;2;2M\x1b[<35;2;2M\x1b[<66;2;2M\x1b[<0;0;0M",
        "Press 1,1",
    ),
    ("\x1b[200~two\rlines\x1b[201~j", "paste \"two\\rlines\" j"),
    ("\x1b[200~\x1b[201~", "paste \"\""),
    (
        "\x1b[200~\x1b[A\x1b]11;rgb:0/0/0\x07q\x1b[201\x1b[201~",
        "paste \"\\u{1b}[A\\u{1b}]11;rgb:0/0/0\\u{7}q\\u{1b}[201\"",
    ),
];

/// Answers, reports and what nobody should have sent: no key is in any of them.
const NO_KEYS: &[&[u8]] = &[
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    b"\x1b]11;rgb:fdfd/f6f6/e3e3\x07",
    b"\x1b]10;rgb:abcd/dbca/bbbb\x1b\\",
    b"\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    b"\x1b]52;c;YWJjZGJ2\x1b\\",
    b"\x1b]lbad title\x1b\\",
    b"\x1b]99;i=1:p=?;\x1b\\",
    "\x1b]2;a title with é and ✜ and b\x1b\\".as_bytes(),
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP>|XTerm(370)\x1b\\",
    b"\x1bP!|00000000\x1b\\",
    b"\x1bP1+r544e=787465726d\x1b\\",
    b"\x1bPd b a V\x07d\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^d b a private message\x1b\\",
    b"\x1bXd b a start of string\x1b\\",
    b"\x1b[?64;1;2;6;22c",
    b"\x1b[>0;276;0c",
    b"\x1b[=0c",
    b"\x1b[0n",
    b"\x1b[24;80R",
    b"\x1b[1;5R",
    b"\x1b[?1;1;1R",
    b"\x1b[?2026;2$y",
    b"\x1b[4;2$y",
    b"\x1b[5$y",
    b"\x1b[?0u",
    b"\x1b[?997;1n",
    b"\x1b[8;40;120t",
    b"\x1b[4;600;800t",
    b"\x1b[I\x1b[O",
    b"\x1b[M !!",
    b"\x1b[M\x20jd",
    b"\x1b[32;10;10M",
    b"\x1b[201~",
    b"\x1b[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23;24;25;26d",
    b"\x1b[1\r2\x7fb",
    "\x1b[1éb".as_bytes(),
    b"\x1b[!p\x1b[ q",
    b"\x1b[1;31",
    b"\x1b[12\x18",
    b"\x1b]11;rgb\x1a",
    b"\x1b]11;rgb\n:b\x1bd:d\x1b\\",
    b"\x1b\\",
    b"\x9b?64;1;2c",
    b"\x9d11;rgb:bbbb/bbbb/bbbb\x9c",
    b"\x90>|d\x9c",
    "\u{9d}11;rgb:bbbb/bbbb/bbbb\u{7}".as_bytes(),
    b"\xff\xfe\xc0\xaf\xed\xa0\x80\xf4\xbf\xbf\xbf\xe3\x81",
];

fn is_key(heard: &Heard) -> bool {
    matches!(heard, Heard::Key(_) | Heard::Mouse(_) | Heard::Paste(_))
}

#[test]
fn keys_are_known_in_every_spelling() {
    for (bytes, want) in KEYS {
        assert_eq!(whole(bytes), *want, "{bytes:?}");
    }
}

#[test]
fn answers_and_rubbish_are_no_keys_and_the_next_key_acts() {
    for bytes in NO_KEYS {
        let line = Line::new().say(bytes).wait(5_000);
        let shown = bytes.escape_ascii();
        assert!(!line.heard.iter().any(is_key), "{shown}: {}", line.heard());
        let line = line.say("j");
        assert_eq!(named(&line.heard).last().unwrap(), "j", "{shown}");
    }
}

#[test]
fn a_sequence_may_be_split_anywhere_by_fifty_milliseconds() {
    let keys = KEYS.iter().map(|(bytes, _)| bytes.as_bytes());
    for bytes in keys.chain(NO_KEYS.iter().copied()) {
        let want = Line::new().say(bytes).wait(60_000).heard();
        for at in 0..bytes.len() {
            let (head, tail) = bytes.split_at(at);
            let line = Line::new().say(head).wait(50).say(tail).wait(60_000);
            assert_eq!(line.heard(), want, "{}", bytes.escape_ascii());
        }
        let each = bytes
            .iter()
            .fold(Line::new(), |line, b| line.say([*b]).wait(50));
        assert_eq!(each.wait(60_000).heard(), want, "{}", bytes.escape_ascii());
    }
}

#[test]
fn an_answer_in_two_pieces_seconds_apart_is_still_no_key_but_esc() {
    for bytes in NO_KEYS {
        for at in 1..bytes.len() {
            for wait in [60, 100, 150, 300, 700, 1_500, 2_500] {
                let (head, tail) = bytes.split_at(at);
                let line = Line::new().say(head).wait(wait).say(tail).wait(60_000);
                let mut keys = line.heard.iter().filter(|h| is_key(h));
                // What cannot be told from keys: a cut character, rxvt's Shift-PgUp (whose last byte is one of the
                // middle for others), a sequence that only terminals take, and a string that holds an ESC, with which
                // another terminal ends its strings.
                let odd: [&[u8]; 4] = [b"\xff", b"\x1b[5$y", b"\x1b[!", b"\x1b]11;rgb\n"];
                let told = !odd.iter().any(|odd| bytes.starts_with(odd)) && tail != b"\\";
                assert!(
                    !told || keys.all(|h| *h == Heard::Key(Key::plain(Code::Esc))),
                    "{} after {wait} ms: {}",
                    bytes.escape_ascii(),
                    line.heard()
                );
            }
        }
    }
}

#[test]
fn esc_alone_is_the_key_after_a_wait() {
    let line = Line::new().say("\x1b").wait(60);
    assert_eq!(line.heard(), "");
    assert_eq!(line.wait(20).heard(), "Esc");
    assert_eq!(Line::new().say("\x1b\x1b").wait(80).heard(), "Esc Esc");
    assert_eq!(whole("\x1b\x1b[A"), "Esc Up");
    assert_eq!(whole("\x1b\x1b]11;rgb:0/0/0\x07"), "Esc dark true");
    let slow = Line::new().say("\x1b").wait(200).say("q").heard();
    assert_eq!(slow, "Esc q");
}

#[test]
fn brackets_after_esc_are_keys_unless_a_sequence_follows_at_once() {
    let esc = |rest: &str| Line::new().say("\x1b").wait(500).say(rest);
    assert_eq!(esc("]").wait(40).heard(), "Esc ]");
    assert_eq!(esc("[").wait(40).say("j").heard(), "Esc [ j");
    assert_eq!(esc("[[j").heard(), "Esc [ [ j");
    assert_eq!(esc("]j").heard(), "Esc ] j");
    assert_eq!(esc("[B").heard(), "Esc Down");
    assert_eq!(esc("]11;rgb:b/b/b\x1b\\").heard(), "Esc dark false");
    let later = Line::new().say("\x1b").wait(4_000).say("[B");
    assert_eq!(later.heard(), "Esc [ B");
}

#[test]
fn an_unfinished_sequence_never_keeps_the_keyboard() {
    let begun: [&[u8]; 12] = [
        b"\x1b[",
        b"\x1b[1;",
        b"\x1bO",
        b"\x1b[[",
        b"\x1b[M!",
        b"\x1b]",
        b"\x1b]11;rgb:1e",
        b"\x1bP1$r",
        b"\x1b_G",
        b"\x1b^x",
        b"\x1bX",
        b"\xe3\x81",
    ];
    for bytes in begun {
        let line = Line::new().say(bytes).wait(4_100).say("j");
        assert_eq!(line.heard(), "j", "{}", bytes.escape_ascii());
    }
    // Esc ends a string at once, and is no key of the workbench then.
    let line = Line::new()
        .say("\x1b]11;abc")
        .wait(300)
        .say("\x1b")
        .wait(100);
    assert_eq!(line.say("j").heard(), "j");
    // An answer whose end lacks its last byte, as old rxvt writes it.
    let line = Line::new().say("\x1b]11;rgb:0/0/0\x1b").wait(100).say("j");
    assert_eq!(line.heard(), "j");
    // Somebody types into what only looks like the beginning of a string: a short pause is enough.
    let typed = ["j", "j", "k"]
        .iter()
        .fold(Line::new().say("\x1b]").wait(80), |line, key| {
            line.say(key).wait(120)
        });
    assert_eq!(typed.wait(200).say("j").heard(), "j");
    // Or for long into one that looks like an answer.
    let typed = (0..200).fold(Line::new().say("\x1b]11;"), |line, _| {
        line.say("x").wait(100)
    });
    assert_eq!(typed.wait(500).say("j").heard(), "j");
}

#[test]
fn a_string_of_any_length_is_swallowed_and_takes_no_room() {
    let mut line = Line::new().say("\x1b]52;c;");
    for _ in 0..64 {
        line = line.say(vec![b'd'; 1 << 16]);
    }
    let State::String(s) = &line.decoder.state else {
        panic!("{:?}", line.decoder.state)
    };
    assert!(s.body.capacity() <= 2 * KEPT);
    assert_eq!(line.say("\x1b\\j").heard(), "j");
}

#[test]
fn a_paste_that_never_ends_is_a_paste_at_last() {
    let line = Line::new()
        .say("\x1b[200~dVa")
        .wait(20_000)
        .say("q")
        .wait(29_000);
    assert_eq!(line.heard(), "");
    let line = line.wait(2_000).say("j\x1b[201~");
    assert_eq!(line.heard(), "paste \"dVaq\" j");
}

#[test]
fn the_background_is_heard_late_and_in_pieces() {
    let line = Line::new()
        .say("jk\x1b]11;rgb:ffff/")
        .wait(2_500)
        .say("ffff/ffff\x1b");
    let line = line.wait(2_500).say("\\j");
    // The end is the only piece that may not be that late: the colour is not heard then, and nothing acts.
    assert_eq!(line.heard(), "j k j");
    let line = Line::new()
        .say("\x1b]11;rgb:ffff/")
        .wait(2_500)
        .say("ffff/ffff\x1b\\\x1b[?62c");
    assert_eq!(line.heard(), "dark false attributes");
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let keys: Vec<&[u8]> = KEYS.iter().map(|(bytes, _)| bytes.as_bytes()).collect();
    let all: Vec<&'static [u8]> = keys.into_iter().chain(NO_KEYS.iter().copied()).collect();
    let some = prop_oneof![
        4 => proptest::sample::select(all).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 0..8),
        1 => proptest::collection::vec(proptest::sample::select(b"\x1b[]PO_^X\\\x07\x18~;?$M<01".to_vec()), 0..8),
    ];
    proptest::collection::vec(some, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    /// However the bytes are cut up, they mean the same.
    #[test]
    fn any_split_of_the_bytes_means_the_same(bytes in pieces(), cuts in proptest::collection::vec(0..64usize, 0..12)) {
        let want = whole(&bytes);
        let mut line = Line::new();
        let mut rest = bytes.as_slice();
        for cut in cuts {
            let (head, tail) = rest.split_at(cut.min(rest.len()));
            line = line.say(head);
            rest = tail;
        }
        prop_assert_eq!(line.say(rest).heard(), want);
    }

    /// Strings of any content are swallowed to their end.
    #[test]
    fn no_string_of_a_terminal_is_a_key(
        kind in proptest::sample::select(b"]P_^X".to_vec()),
        body in "[ -~é日\n\t]{0,80}",
        end in proptest::sample::select(vec!["\x1b\\", "\u{9c}"]),
        cut in 0..100usize,
        wait in 0..50u64,
    ) {
        let mut bytes = vec![0x1b, kind];
        bytes.extend(body.as_bytes());
        // The short form of the end is one byte.
        bytes.extend(if end.len() == 2 && end.starts_with('\x1b') { end.as_bytes() } else { &[0x9c] });
        let (head, tail) = bytes.split_at(cut.min(bytes.len()));
        let line = Line::new().say(head).wait(wait).say(tail).wait(5_000);
        prop_assert!(!line.heard.iter().any(is_key), "{}", line.heard());
        let line = line.say("j");
        prop_assert_eq!(line.heard.last(), Some(&Heard::Key(Key::char('j'))));
    }

    /// Whatever came, after a while of silence the keyboard is there.
    #[test]
    fn after_any_bytes_and_silence_a_key_acts(bytes in pieces()) {
        let line = Line::new().say(bytes).wait(60_000).say("j");
        prop_assert_eq!(line.heard.last(), Some(&Heard::Key(Key::char('j'))));
    }
}

#[test]
fn a_mouse_report_says_where() {
    let heard = Line::new().say("\x1b[<0;10;5M").heard;
    let Some(Heard::Mouse(m)) = heard.first() else {
        panic!("{heard:?}")
    };
    assert_eq!((m.kind, m.x, m.y), (MouseKind::Press, 9, 4));
}

#[test]
fn where_the_cursor_is_said_to_be_is_heard_in_one_piece_or_several_and_never_a_key() {
    for (said, want) in [
        (&["\x1b[2;3R"][..], "cursor 2,3"),
        (&["j\x1b[2;", "2Rk"], "j cursor 2,2 k"),
        (&["\x1b", "[2;3", "R\x1b[?62c"], "cursor 2,3 attributes"),
        (&["\u{9b}24;80R"], "cursor 24,80"),
        (&["\x1b[R"], "F3"),
        (&["\x1b[2;3;4R"], ""),
        (&["\x1b[2R"], ""),
        (&["\x1b[2;R"], ""),
        (&["\x1b[99999999999;2R"], ""),
    ] {
        let line = said.iter().fold(Line::new(), |line, s| line.say(s));
        assert_eq!(line.heard(), want, "{said:?}");
    }
}
