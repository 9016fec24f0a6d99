//! Bytes of the terminal in, keys out. What is no key never becomes one: answers, reports and whatever is malformed are
//! swallowed, whole or in pieces, whenever they come.
//!
//! The states are those of the parser for DEC terminals (<https://vt100.net/emu/dec_ansi_parser>), read from the other
//! side of the line: there are keys of their own (Esc, Alt with a letter), pastes, and the pauses between bytes count.
//! The decoder has no clock and reads nothing; whoever reads tells it the time and how long it was quiet.

use std::time::{Duration, Instant};

use super::answers;
use super::paste::{self, Paste};
use super::sequences::{self, Csi};
use crate::app::input::key::{Code, Key};
use crate::app::input::mouse::Mouse;

/// How long nothing may follow an ESC before it is the key; the parts of a sequence come up to 50 ms apart.
const ESC: Duration = Duration::from_millis(70);
/// For how long after an ESC that was taken for the key the rest of its sequence is looked out for.
const LATE: Duration = Duration::from_secs(3);
/// How long a byte that may be such a rest waits for its next one, which comes in the same packet.
const LATE_HEAD: Duration = Duration::from_millis(30);
/// From so many bytes on that come together they are the rest of a string.
const LATE_STRING: usize = 4;
/// How long a sequence that has begun may pause; then it is given up, so that the keyboard never goes dead.
const SEQUENCE: Duration = Duration::from_secs(4);
/// How long a string may pause that does not begin as answers do and comes byte by byte: more likely Esc and a letter
/// came together, and somebody types.
const ODD_STRING: Duration = Duration::from_millis(250);
/// A string that goes on for so long is given up at a short pause: somebody is typing into it.
const LONG_STRING: Duration = Duration::from_secs(10);
/// That short pause.
const LONG_STRING_PAUSE: Duration = Duration::from_millis(500);
/// How much of a string is kept; answers are far shorter, and the rest is only swallowed.
const KEPT: usize = 256;

const BEL: u8 = 0x07;
const CAN: u8 = 0x18;
const SUB: u8 = 0x1a;
const ESCAPE: u8 = 0x1b;
const ST: u8 = 0x9c;

/// What the terminal said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// A text was pasted.
    Paste(String),
    /// A text was pasted that is too long to be taken.
    PasteTooLong,
    /// The answer to the question for the background.
    Background {
        /// Whether it is dark.
        dark: bool,
    },
    /// Where the cursor is.
    CursorAt {
        /// The row, from 1.
        row: u32,
        /// The column, from 1.
        column: u32,
    },
    /// The answer to the question what the terminal is, which every terminal gives: what was asked before it is
    /// answered, or never will be.
    Attributes,
}

/// What came before, where that changes what a byte means.
#[derive(Clone, Copy, Debug)]
enum After {
    Nothing,
    /// An ESC that was taken for the key then.
    Esc(Instant),
    /// A string that seemed to end with an ESC alone; its `\` may be late.
    OpenEnd(Instant),
}

#[derive(Debug)]
enum State {
    Ground(After),
    /// A character of several bytes.
    Character(Character),
    /// ESC came: the key, Alt with the next one, or a sequence.
    Escape,
    /// This byte begins a sequence if more follows at once, since its ESC may have come before; else it is a key.
    Late(u8),
    Csi(Csi),
    Ss3(Csi),
    /// A function key of the Linux console, whose letter is to come.
    LinuxFunction,
    /// The three bytes of an old mouse report, of which so many are to come.
    OldMouse(u8),
    String(StringSequence),
    Paste(Paste),
}

#[derive(Debug)]
struct Character {
    bytes: [u8; 4],
    have: usize,
    need: usize,
    alt: bool,
}

/// OSC, DCS, APC, PM or SOS.
#[derive(Debug)]
struct StringSequence {
    /// The byte after ESC that began it.
    kind: u8,
    body: Vec<u8>,
    /// How much of it came, kept or not.
    length: usize,
    /// An ESC came, which may begin the end.
    esc: bool,
    /// Bytes that are still to come of a character.
    rest: u8,
    began: Instant,
}

impl StringSequence {
    /// Whether it begins as answers do.
    fn is_likely(&self) -> bool {
        match (self.kind, self.body.first()) {
            (b']', Some(first)) => matches!(first, b'0'..=b'9' | b'l' | b'L' | b'I'),
            (b'P', Some(first)) => first.is_ascii_digit() || b">!$+=?".contains(first),
            _ => true,
        }
    }
}

/// Turns bytes into keys and the rest of what a terminal says.
#[derive(Debug)]
pub struct Decoder {
    state: State,
    /// When the last byte came.
    last: Option<Instant>,
    /// Whether it came alone, as bytes do that are typed.
    alone: bool,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            state: State::Ground(After::Nothing),
            last: None,
            alone: false,
        }
    }
}

impl Decoder {
    /// Takes bytes that came at `now`.
    pub fn take(&mut self, bytes: &[u8], now: Instant, out: &mut Vec<Heard>) {
        self.last = Some(now);
        self.alone = bytes.len() == 1;
        let mut rest = bytes;
        while let Some((&byte, after)) = rest.split_first() {
            if let State::Paste(paste) = &mut self.state {
                let (used, whole) = paste.take(rest);
                rest = &rest[used..];
                if whole {
                    self.end_paste(out);
                }
                continue;
            }
            let all = rest;
            rest = after;
            let state = std::mem::replace(&mut self.state, State::Ground(After::Nothing));
            self.state = match state {
                State::Ground(After::Esc(at)) if is_late_string(all, at, now) => {
                    introduced(byte, now).unwrap_or(State::Ground(After::Nothing))
                }
                state => step(state, byte, now, out),
            };
        }
    }

    /// When silence until then means something; none where it does not.
    pub fn due(&self) -> Option<Instant> {
        let patience = match &self.state {
            State::Ground(_) | State::Character(_) => return None,
            State::Escape => ESC,
            State::Late(_) => LATE_HEAD,
            State::Csi(csi) if csi.rxvt_shift().is_some() => ESC,
            State::Csi(_) | State::Ss3(_) | State::LinuxFunction | State::OldMouse(_) => SEQUENCE,
            State::String(s) if s.esc => ESC,
            State::String(s) if self.alone && !s.is_likely() => ODD_STRING,
            State::String(s) => match self.last {
                Some(last) if last.duration_since(s.began) > LONG_STRING => LONG_STRING_PAUSE,
                _ => SEQUENCE,
            },
            State::Paste(_) => paste::PATIENCE,
        };
        self.last.map(|last| last + patience)
    }

    /// Takes note that nothing came until [`Decoder::due`], which is over at `now`.
    pub fn silence(&mut self, now: Instant, out: &mut Vec<Heard>) {
        let mut after = After::Nothing;
        match &self.state {
            State::Ground(_) | State::Character(_) => return,
            State::Paste(_) => return self.end_paste(out),
            State::Escape => {
                out.push(Heard::Key(Key::plain(Code::Esc)));
                after = After::Esc(now);
            }
            State::Late(head) => out.push(Heard::Key(Key::char(char::from(*head)))),
            State::Csi(csi) => out.extend(csi.rxvt_shift().map(Heard::Key)),
            State::String(s) if s.esc => after = After::OpenEnd(now),
            State::String(_) | State::Ss3(_) | State::LinuxFunction | State::OldMouse(_) => {}
        }
        self.state = State::Ground(after);
    }

    fn end_paste(&mut self, out: &mut Vec<Heard>) {
        let state = std::mem::replace(&mut self.state, State::Ground(After::Nothing));
        if let State::Paste(paste) = state {
            out.push(paste.text().map_or(Heard::PasteTooLong, Heard::Paste));
        }
    }
}

fn step(state: State, byte: u8, now: Instant, out: &mut Vec<Heard>) -> State {
    match state {
        State::Ground(after) => ground(after, byte, now, out),
        State::Character(character) => character_goes_on(character, byte, now, out),
        State::Escape => escape(byte, now, out),
        State::Late(head) => late(head, byte, now, out),
        State::Csi(csi) => csi_goes_on(csi, byte, out),
        State::Ss3(mut ss3) => match byte {
            ESCAPE => State::Escape,
            CAN | SUB | 0x40..=0x7e => {
                out.extend(ss3.as_ss3(byte).map(Heard::Key));
                State::Ground(After::Nothing)
            }
            _ => {
                ss3.push(byte);
                State::Ss3(ss3)
            }
        },
        State::LinuxFunction => match byte {
            ESCAPE => State::Escape,
            _ => {
                out.extend(sequences::linux_function(byte).map(Heard::Key));
                State::Ground(After::Nothing)
            }
        },
        State::OldMouse(left) => match (byte, left) {
            (ESCAPE, _) => State::Escape,
            (_, 0 | 1) => State::Ground(After::Nothing),
            (_, left) => State::OldMouse(left - 1),
        },
        State::String(string) => string_goes_on(string, byte, now, out),
        // Pastes are taken in runs, not byte by byte.
        State::Paste(paste) => State::Paste(paste),
    }
}

fn ground(after: After, byte: u8, now: Instant, out: &mut Vec<Heard>) -> State {
    match after {
        After::OpenEnd(at) if byte == b'\\' && now.duration_since(at) < LATE => {
            State::Ground(After::Nothing)
        }
        After::Esc(at) if b"[]P_^O".contains(&byte) && now.duration_since(at) < LATE => {
            State::Late(byte)
        }
        _ => plain(byte, false, now, out),
    }
}

/// A byte outside of any sequence; with `alt` an ESC came just before.
fn plain(byte: u8, alt: bool, now: Instant, out: &mut Vec<Heard>) -> State {
    let need = match byte {
        ESCAPE => return State::Escape,
        0x00..=0x7f => {
            out.push(Heard::Key(sequences::one_byte(byte, alt)));
            return State::Ground(After::Nothing);
        }
        0x80..=0x9f => return control(byte, now),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return State::Ground(After::Nothing),
    };
    State::Character(Character {
        bytes: [byte, 0, 0, 0],
        have: 1,
        need,
        alt,
    })
}

/// A control of the upper half (C1): the short form of ESC and a byte.
fn control(byte: u8, now: Instant) -> State {
    introduced(byte - 0x40, now).unwrap_or(State::Ground(After::Nothing))
}

fn character_goes_on(mut c: Character, byte: u8, now: Instant, out: &mut Vec<Heard>) -> State {
    if !matches!(byte, 0x80..=0xbf) {
        // The character was cut; what is left of it is dropped.
        return plain(byte, false, now, out);
    }
    c.bytes[c.have] = byte;
    c.have += 1;
    if c.have < c.need {
        return State::Character(c);
    }
    let whole = std::str::from_utf8(&c.bytes[..c.need]).ok();
    match whole.and_then(|s| s.chars().next()) {
        Some(c1 @ '\u{80}'..='\u{9f}') => return control(c1 as u8, now),
        Some(character) => out.push(Heard::Key(Key {
            alt: c.alt,
            ..Key::char(character)
        })),
        None => {}
    }
    State::Ground(After::Nothing)
}

/// What begins with ESC and this byte, if that is a sequence.
fn introduced(byte: u8, now: Instant) -> Option<State> {
    Some(match byte {
        b'[' => State::Csi(Csi::default()),
        b'O' => State::Ss3(Csi::default()),
        b']' | b'P' | b'_' | b'^' | b'X' => State::String(StringSequence {
            kind: byte,
            body: Vec::new(),
            length: 0,
            esc: false,
            rest: 0,
            began: now,
        }),
        _ => return None,
    })
}

fn escape(byte: u8, now: Instant, out: &mut Vec<Heard>) -> State {
    if let Some(state) = introduced(byte, now) {
        return state;
    }
    match byte {
        // The end of a string that nobody knows of any more.
        b'\\' => State::Ground(After::Nothing),
        ESCAPE | 0x80..=0xc1 | 0xf5..=0xff => {
            out.push(Heard::Key(Key::plain(Code::Esc)));
            plain(byte, false, now, out)
        }
        _ => plain(byte, true, now, out),
    }
}

/// Whether bytes that came together after an ESC was taken for the key are the rest of a string that it began: nobody
/// types so many at once.
fn is_late_string(bytes: &[u8], esc: Instant, now: Instant) -> bool {
    let begins = bytes.first().is_some_and(|b| b"]P_^X".contains(b));
    begins && bytes.len() >= LATE_STRING && now.duration_since(esc) < LATE
}

/// The byte after one that may have begun a sequence.
fn late(head: u8, byte: u8, now: Instant, out: &mut Vec<Heard>) -> State {
    let goes_on = match head {
        b'[' => byte.is_ascii_digit() || b"<=>?ABCDFHIMOZ".contains(&byte),
        b']' => byte.is_ascii_digit(),
        b'P' => byte.is_ascii_digit() || b">!$+".contains(&byte),
        b'O' => matches!(byte, b'A'..=b'D' | b'F' | b'H' | b'P'..=b'S'),
        _ => matches!(byte, b' '..=b'~'),
    };
    match introduced(head, now).filter(|_| goes_on) {
        Some(state) => step(state, byte, now, out),
        None => {
            out.push(Heard::Key(Key::char(char::from(head))));
            plain(byte, false, now, out)
        }
    }
}

fn csi_goes_on(mut csi: Csi, byte: u8, out: &mut Vec<Heard>) -> State {
    match byte {
        ESCAPE => {
            out.extend(csi.rxvt_shift().map(Heard::Key));
            State::Escape
        }
        CAN | SUB => State::Ground(After::Nothing),
        b'[' if csi.is_empty() => State::LinuxFunction,
        b'M' if csi.is_empty() => State::OldMouse(3),
        b'~' if csi.begins_paste() => State::Paste(Paste::default()),
        0x40..=0x7e => {
            out.extend(csi.meaning(byte));
            State::Ground(After::Nothing)
        }
        _ => {
            csi.push(byte);
            State::Csi(csi)
        }
    }
}

fn string_goes_on(mut s: StringSequence, byte: u8, now: Instant, out: &mut Vec<Heard>) -> State {
    if s.esc {
        match byte {
            b'\\' => return end_string(&s, out),
            // The string was cut, and the next sequence has begun.
            _ if let Some(next) = introduced(byte, now) => return next,
            ESCAPE => return State::String(s),
            // ESC and a letter within a string are no key of anybody; its own end is still to come.
            _ => s.esc = false,
        }
    }
    match byte {
        ESCAPE => {
            s.esc = true;
            return State::String(s);
        }
        CAN | SUB => return State::Ground(After::Nothing),
        BEL if s.kind == b']' => return end_string(&s, out),
        ST if s.rest == 0 => return end_string(&s, out),
        0x80..=0xbf => s.rest = s.rest.saturating_sub(1),
        0xc2..=0xdf => s.rest = 1,
        0xe0..=0xef => s.rest = 2,
        0xf0..=0xf4 => s.rest = 3,
        _ => s.rest = 0,
    }
    s.length += 1;
    if s.body.len() < KEPT {
        s.body.push(byte);
    }
    State::String(s)
}

fn end_string(s: &StringSequence, out: &mut Vec<Heard>) -> State {
    if s.kind == b']' && s.length <= KEPT {
        out.extend(answers::background(&s.body).map(|dark| Heard::Background { dark }));
    }
    State::Ground(After::Nothing)
}

#[cfg(test)]
mod tests;
