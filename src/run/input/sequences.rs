//! What the sequences of keys and of the mouse mean, in the spellings of xterm, rxvt, the Linux console and kitty.

use super::decoder::Heard;
use crate::app::input::key::{Code, Key};
use crate::app::input::mouse::{Mouse, MouseKind};

/// How much of a sequence is kept; one that is longer means nothing.
const KEPT: usize = 64;

/// The parameters of a sequence.
#[derive(Debug, Default)]
pub struct Csi {
    raw: Vec<u8>,
    /// It holds what no sequence holds, or too much.
    broken: bool,
}

/// The keys with a modifier, and whether one that the program does not know is held (Super, Hyper).
#[derive(Clone, Copy, Default)]
struct Modifiers {
    ctrl: bool,
    alt: bool,
    shift: bool,
}

impl Modifiers {
    /// Reads a parameter such as `5` or `5:1`; none where the key was let go, or a modifier is held that no key of ours
    /// has.
    fn read(parameter: Option<&[u8]>) -> Option<Self> {
        let parameter = parameter.unwrap_or_default();
        let mut parts = parameter.split(|b| *b == b':');
        let bits = match parts.next().unwrap_or_default() {
            b"" => 0,
            digits => number(digits)?.checked_sub(1)?,
        };
        let let_go = parts.next() == Some(b"3");
        (!let_go && bits & (8 | 16) == 0).then_some(Self {
            shift: bits & 1 != 0,
            alt: bits & (2 | 32) != 0,
            ctrl: bits & 4 != 0,
        })
    }

    fn key(self, code: Code) -> Key {
        Key {
            code,
            ctrl: self.ctrl,
            alt: self.alt,
            shift: self.shift,
        }
    }

    /// A key that types `c`, or `shifted` with Shift.
    fn char(self, c: char, shifted: Option<char>) -> Key {
        let c = match shifted {
            _ if self.ctrl => c.to_ascii_lowercase(),
            Some(shifted) if self.shift => shifted,
            _ if self.shift => c.to_uppercase().next().unwrap_or(c),
            _ => c,
        };
        Key {
            shift: false,
            ..self.key(Code::Char(c))
        }
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

impl Csi {
    /// Takes a byte that is not the last one.
    pub fn push(&mut self, byte: u8) {
        match byte {
            // Controls within a sequence mean nothing to a keyboard.
            0x00..=0x1f | 0x7f => {}
            b' '..=b'?' if self.raw.len() < KEPT => self.raw.push(byte),
            _ => self.broken = true,
        }
    }

    /// Whether nothing came yet.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty() && !self.broken
    }

    /// Whether this, ended by `~`, begins a paste.
    pub fn begins_paste(&self) -> bool {
        self.raw == b"200" && !self.broken
    }

    /// The key that rxvt writes for Shift with it, where this is one. Its end is a byte that in other sequences comes
    /// before the last one, so it is a key only if nothing follows.
    pub fn rxvt_shift(&self) -> Option<Key> {
        let digits = self.raw.strip_suffix(b"$").filter(|_| !self.broken)?;
        let code = numbered(number(digits)?)?;
        Some(Key {
            shift: true,
            ..Key::plain(code)
        })
    }

    /// What the sequence means that ends with `last`; none where it is a report, or nothing that is known.
    pub fn meaning(&self, last: u8) -> Option<Heard> {
        if self.broken {
            return None;
        }
        match (self.raw.first(), last) {
            (Some(b'<'), b'M' | b'm') => mouse(&self.raw[1..], last == b'M').map(Heard::Mouse),
            (Some(b'?'), b'c') => Some(Heard::Attributes),
            // Reports of terminals are private, or have bytes of the row of the space.
            (Some(b'<'..=b'?'), _) => None,
            _ if self.raw.iter().any(|b| matches!(b, b' '..=b'/')) => None,
            (Some(_), b'R') => cursor_at(&self.raw),
            _ => self.key(last).map(Heard::Key),
        }
    }

    fn key(&self, last: u8) -> Option<Key> {
        let mut parameters = self.raw.split(|b| *b == b';');
        let first = parameters.next().unwrap_or_default();
        let second = parameters.next();
        let third = parameters.next();
        match last {
            b'u' if parameters.next().is_none() => return coded(first, Modifiers::read(second)?),
            b'~' if first == b"27" => return coded(third?, Modifiers::read(second)?),
            _ if third.is_some() => return None,
            _ => {}
        }
        let modifiers = Modifiers::read(second)?;
        let alone = matches!(first, b"" | b"1");
        Some(match last {
            b'A'..=b'D' | b'F' | b'H' | b'P' | b'Q' | b'S' if alone => {
                modifiers.key(lettered(last)?)
            }
            // With numbers it is the report of where the cursor is.
            b'R' if self.raw.is_empty() => Key::plain(Code::F(3)),
            b'Z' if alone => Key {
                shift: true,
                ..modifiers.key(Code::Tab)
            },
            b'a'..=b'd' if self.raw.is_empty() => Key {
                shift: true,
                ..Key::plain(lettered(last.to_ascii_uppercase())?)
            },
            b'~' => modifiers.key(numbered(number(first)?)?),
            b'^' | b'@' if second.is_none() => Key {
                ctrl: true,
                shift: last == b'@',
                ..Key::plain(numbered(number(first)?)?)
            },
            _ => return None,
        })
    }

    /// The key that SS3 and `last` are, if it is one; a modifier may come before.
    pub fn as_ss3(&self, last: u8) -> Option<Key> {
        if self.broken {
            return None;
        }
        if let (b'a'..=b'd', true) = (last, self.raw.is_empty()) {
            return Some(Key {
                ctrl: true,
                ..Key::plain(lettered(last.to_ascii_uppercase())?)
            });
        }
        let modifiers = self.raw.rsplit(|b| *b == b';').next();
        let code = match last {
            b'M' => Code::Enter,
            b'R' => Code::F(3),
            _ => lettered(last)?,
        };
        Some(Modifiers::read(modifiers)?.key(code))
    }
}

/// The key of one byte; with `alt` an ESC came before it.
pub fn one_byte(byte: u8, alt: bool) -> Key {
    let ctrl = |c: u8| Key::ctrl(char::from(c));
    let key = match byte {
        0x00 => ctrl(b' '),
        b'\t' => Key::plain(Code::Tab),
        b'\r' => Key::plain(Code::Enter),
        0x1b => Key::plain(Code::Esc),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        // Ctrl with \ ] ^ _, which terminals also write for Ctrl with these digits.
        0x1c..=0x1f => ctrl(byte - 0x1c + b'4'),
        0x7f => Key::plain(Code::Backspace),
        _ => Key::char(char::from(byte)),
    };
    Key { alt, ..key }
}

/// The function key of the Linux console with this letter.
pub fn linux_function(letter: u8) -> Option<Key> {
    matches!(letter, b'A'..=b'E').then(|| Key::plain(Code::F(letter - b'A' + 1)))
}

fn lettered(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P' => Code::F(1),
        b'Q' => Code::F(2),
        b'S' => Code::F(4),
        _ => return None,
    })
}

fn numbered(n: u32) -> Option<Code> {
    Some(match n {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(n as u8 - 10),
        17..=21 => Code::F(n as u8 - 11),
        23..=26 => Code::F(n as u8 - 12),
        28 | 29 => Code::F(n as u8 - 13),
        31..=34 => Code::F(n as u8 - 14),
        _ => return None,
    })
}

/// A key by the number of its character: `97`, or `97:65` with what it types with Shift.
fn coded(parameter: &[u8], modifiers: Modifiers) -> Option<Key> {
    let mut parts = parameter.split(|b| *b == b':').map(number);
    let code = parts.next()??;
    let shifted = parts.next().flatten().and_then(char::from_u32);
    let named = match code {
        8 | 127 => Code::Backspace,
        9 => Code::Tab,
        13 | 57414 => Code::Enter,
        27 => Code::Esc,
        57417 => Code::Left,
        57418 => Code::Right,
        57419 => Code::Up,
        57420 => Code::Down,
        57421 => Code::PageUp,
        57422 => Code::PageDown,
        57423 => Code::Home,
        57424 => Code::End,
        57425 => Code::Insert,
        57426 => Code::Delete,
        _ => {
            let c = match code {
                // The keypad types what is on it.
                57399..=57408 => char::from_digit(code - 57399, 10)?,
                57409..=57413 => char::from(b"./*-+"[code as usize - 57409]),
                // The other keys with numbers of this range (modifiers, media keys) are none of ours.
                0xe000..=0xf8ff => return None,
                _ => char::from_u32(code).filter(|c| !c.is_control())?,
            };
            return Some(modifiers.char(c, shifted.filter(|c| !c.is_control())));
        }
    };
    Some(modifiers.key(named))
}

/// Where the cursor is said to be: row and column.
fn cursor_at(raw: &[u8]) -> Option<Heard> {
    let mut numbers = raw.split(|b| *b == b';').map(number);
    let (row, column) = (numbers.next()??, numbers.next()??);
    numbers
        .next()
        .is_none()
        .then_some(Heard::CursorAt { row, column })
}

/// The mouse in the SGR form: button, column, row; `down` where it ends as a press does.
fn mouse(raw: &[u8], down: bool) -> Option<Mouse> {
    let mut numbers = raw.split(|b| *b == b';').map(number);
    let (button, x, y) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if numbers.next().is_some() {
        return None;
    }
    // Shift, Alt and Ctrl mean nothing here.
    let kind = match (button & !(4 | 8 | 16), down) {
        (0, true) => MouseKind::Press,
        (0, false) => MouseKind::Release,
        (32, true) => MouseKind::Drag,
        (64, true) => MouseKind::WheelUp,
        (65, true) => MouseKind::WheelDown,
        _ => return None,
    };
    let cell = |n: u32| u16::try_from(n.checked_sub(1)?).ok();
    Some(Mouse {
        kind,
        x: cell(x)?,
        y: cell(y)?,
    })
}
