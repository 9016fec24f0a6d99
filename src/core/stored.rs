//! The stored text: what every text of an article is made into, once, before anything counts in it.
//!
//! | in the text | in the stored text |
//! |---|---|
//! | CR LF, CR, vertical tab, form feed, next line, line and paragraph separator | a line feed |
//! | a byte order mark at the start | nothing |
//! | the escape sequence of a terminal, as it comes with text that was copied from one | nothing, whole |
//! | a character and the backspace that takes it back | nothing |
//! | a separator of files, groups, records, units | a space |
//! | any other control character but tab and line feed | nothing |
//! | a soft hyphen, a zero-width space | nothing |

use memchr::memchr_iter;

use super::describe::counted;

/// A text made into a stored text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// The stored text.
    pub text: String,
    /// The scalar values of the text that it was made of which are not in it, in order; all others are, each as one.
    pub gone: Vec<u32>,
    /// What a reader should know of that.
    pub left_out: LeftOut,
}

/// What was left out of a stored text, beyond what only says where a line or the text begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Control characters.
    pub controls: usize,
    /// Escape sequences.
    pub sequences: usize,
    /// Soft hyphens.
    pub soft_hyphens: usize,
    /// Zero-width spaces.
    pub zero_width_spaces: usize,
}

impl LeftOut {
    /// A sentence for each kind.
    pub fn notes(&self) -> Vec<String> {
        let kinds = [
            (self.controls, "control character"),
            (self.sequences, "escape sequence"),
            (self.soft_hyphens, "soft hyphen"),
            (self.zero_width_spaces, "zero-width space"),
        ];
        kinds
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, kind)| {
                let were = if *n == 1 { "was" } else { "were" };
                format!("{} {were} left out.", counted(*n, kind))
            })
            .collect()
    }
}

impl std::ops::AddAssign for LeftOut {
    fn add_assign(&mut self, other: Self) {
        self.controls += other.controls;
        self.sequences += other.sequences;
        self.soft_hyphens += other.soft_hyphens;
        self.zero_width_spaces += other.zero_width_spaces;
    }
}

impl Stored {
    /// Where scalar value `at` of the text that it was made of stands; where it is gone, what came after it.
    pub fn place(&self, at: u32) -> u32 {
        at - self.gone.partition_point(|gone| *gone < at) as u32
    }
}

/// The stored text of `text`; none where that is `text` itself.
pub fn stored(text: &str) -> Option<Stored> {
    let mut finder = Finder::new(text);
    let mut at = match text.starts_with(MARK) {
        true => Some(0),
        false => finder.from(0),
    };
    at?;
    let mut maker = Maker {
        text,
        scalar: 0,
        made: Stored {
            text: String::with_capacity(text.len()),
            ..Stored::default()
        },
    };
    let mut from = 0;
    while let Some(special) = at {
        maker.copy(&text[from..special]);
        from = maker.special(special);
        at = finder.from(from);
    }
    maker.copy(&text[from..]);
    Some(maker.made)
}

/// The byte order mark.
const MARK: char = '\u{feff}';

/// Finds what no stored text holds, kind by kind: a kind that comes seldom is not looked for again and again.
struct Finder<'a> {
    bytes: &'a [u8],
    /// Where the next of each kind stands: a byte alone, a character of two bytes, one of three.
    next: [Option<usize>; 3],
}

impl<'a> Finder<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        Self {
            bytes,
            next: FIND.map(|find| find(bytes, 0)),
        }
    }

    /// The first byte from `from` on of what no stored text holds.
    fn from(&mut self, from: usize) -> Option<usize> {
        for (next, find) in self.next.iter_mut().zip(FIND) {
            if next.is_some_and(|at| at < from) {
                *next = find(self.bytes, from);
            }
        }
        self.next.into_iter().flatten().min()
    }
}

/// The first byte of one kind, from a byte on.
type Find = fn(&[u8], usize) -> Option<usize>;

/// How each kind is found.
const FIND: [Find; 3] = [alone, of_two, of_three];

fn alone(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let is_in = |chunk: &[u8]| chunk.iter().fold(false, |any, b| any | is_special(*b));
    let start = from + CHUNK * rest.chunks(CHUNK).position(is_in)?;
    let found = bytes[start..].iter().position(|b| is_special(*b))?;
    Some(start + found)
}

fn of_two(bytes: &[u8], from: usize) -> Option<usize> {
    let is = |at: &usize| matches!(bytes[at + 1..], [0x80..=0x9F | 0xAD, ..]);
    let mut places = memchr_iter(0xC2, bytes.get(from..)?).map(|at| from + at);
    places.find(is)
}

fn of_three(bytes: &[u8], from: usize) -> Option<usize> {
    let is = |at: &usize| matches!(bytes[at + 1..], [0x80, 0x8B | 0xA8 | 0xA9, ..]);
    let mut places = memchr_iter(0xE2, bytes.get(from..)?).map(|at| from + at);
    places.find(is)
}

/// Bytes that are looked at together.
const CHUNK: usize = 256;

fn is_special(byte: u8) -> bool {
    (byte < 0x20) & (byte != b'\t') & (byte != b'\n') | (byte == 0x7F)
}

struct Maker<'a> {
    text: &'a str,
    /// Scalar values of the text that are done.
    scalar: u32,
    made: Stored,
}

impl Maker<'_> {
    fn copy(&mut self, words: &str) {
        self.made.text.push_str(words);
        self.scalar += words.chars().count() as u32;
    }

    fn put(&mut self, c: char) {
        self.made.text.push(c);
        self.scalar += 1;
    }

    fn drop(&mut self, characters: usize) {
        let end = self.scalar + characters as u32;
        self.made.gone.extend(self.scalar..end);
        self.scalar = end;
    }

    /// Deals with what stands at byte `at`, and says where it ends.
    fn special(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let c = rest.chars().next().unwrap_or_default();
        let end = at + c.len_utf8();
        let after = &self.text[end..];
        match c {
            MARK => self.drop(1),
            '\r' if after.starts_with('\n') => self.drop(1),
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.put('\n'),
            '\u{1c}'..='\u{1f}' => self.put(' '),
            '\u{ad}' => {
                self.made.left_out.soft_hyphens += 1;
                self.drop(1);
            }
            '\u{200b}' => {
                self.made.left_out.zero_width_spaces += 1;
                self.drop(1);
            }
            '\u{8}' => {
                self.made.left_out.controls += 1;
                self.take_back();
                self.drop(1);
            }
            c => match sequence(c, after) {
                Some(length) => {
                    self.made.left_out.sequences += 1;
                    self.drop(1 + after[..length].chars().count());
                    return end + length;
                }
                None => {
                    self.made.left_out.controls += 1;
                    self.drop(1);
                }
            },
        }
        end
    }

    /// Takes the character before a backspace back, as a printer strikes over it.
    fn take_back(&mut self) {
        let before = self.scalar.checked_sub(1);
        let there = before.filter(|n| self.made.gone.last() != Some(n));
        if let Some(n) = there
            && !self.made.text.ends_with('\n')
            && self.made.text.pop().is_some()
        {
            self.made.gone.push(n);
        }
    }
}

/// The longest string that a terminal is told; what is longer is no sequence but text after a stray character.
const STRING: usize = 4096;

/// How many bytes of `after` belong to the escape sequence that `c` begins (ECMA-48); none where it begins none.
fn sequence(c: char, after: &str) -> Option<usize> {
    let bytes = after.as_bytes();
    match c {
        '\u{9b}' => control(bytes, 1),
        '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => string(after),
        '\u{1b}' => match bytes.first()? {
            b'[' => Some(1 + control(&bytes[1..], 0)?),
            b']' | b'P' | b'X' | b'^' | b'_' => Some(1 + string(&after[1..])?),
            b'7' | b'8' | b'=' | b'>' => Some(1),
            // Another character set.
            b' '..=b'/' => {
                let end = bytes.iter().position(|b| !matches!(b, b' '..=b'/'))?;
                matches!(bytes[end], b'0'..=b'~').then_some(end + 1)
            }
            // A letter alone may be the word's that stands there.
            _ => None,
        },
        _ => None,
    }
}

/// A control sequence: parameters, of which there are `least`, then what is done with them.
fn control(bytes: &[u8], least: usize) -> Option<usize> {
    let parameters = bytes.iter().position(|b| !matches!(b, b'0'..=b'?'))?;
    let between = bytes[parameters..]
        .iter()
        .position(|b| !matches!(b, b' '..=b'/'))?;
    let end = parameters + between;
    (parameters >= least && matches!(bytes[end], b'@'..=b'~')).then_some(end + 1)
}

/// A string for the terminal, with what ends it, on the same line.
fn string(after: &str) -> Option<usize> {
    let end = after.find(['\u{7}', '\u{9c}', '\u{1b}', '\n'])?;
    if end > STRING {
        return None;
    }
    match &after.as_bytes()[end..] {
        [b'\x07', ..] => Some(end + 1),
        [0xC2, 0x9C, ..] => Some(end + 2),
        [b'\x1b', b'\\', ..] => Some(end + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_kind_of_character_goes_where_the_table_says() {
        let left = |controls, sequences, soft_hyphens| LeftOut {
            controls,
            sequences,
            soft_hyphens,
            zero_width_spaces: 0,
        };
        for (text, is, out) in [
            ("a\r\nb\rc\nd", "a\nb\nc\nd", left(0, 0, 0)),
            ("\r\r\n\r", "\n\n\n", left(0, 0, 0)),
            ("\u{feff}a\0b\0", "ab", left(2, 0, 0)),
            (
                "a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f",
                "a\nb\nc\nd\ne\nf",
                left(0, 0, 0),
            ),
            ("a\u{1f}b\u{1c}c", "a b c", left(0, 0, 0)),
            (
                "\x1b[1;31mred\x1b[0m, \x1b[mplain\x1b[K",
                "red, plain",
                left(0, 4, 0),
            ),
            ("\u{9b}31mred", "red", left(0, 1, 0)),
            // What a badly read closing mark leaves is no sequence.
            ("\u{9b}word", "word", left(1, 0, 0)),
            (
                "\x1b]8;;https://x.example\x1b\\a link\x1b]8;;\x07!",
                "a link!",
                left(0, 2, 0),
            ),
            ("\x1b]0;never ended", "]0;never ended", left(1, 0, 0)),
            ("\x1b]0;no\nend\x07", "]0;no\nend", left(2, 0, 0)),
            ("\x1b(Bset \x1b7 \x1b", "set  ", left(1, 2, 0)),
            ("\x1bThe pier", "The pier", left(1, 0, 0)),
            ("\x1b[12", "[12", left(1, 0, 0)),
            ("N\u{8}NA\u{8}AME _\u{8}it", "NAME it", left(3, 0, 0)),
            ("\u{8}\u{8}a\n\u{8}b", "a\nb", left(3, 0, 0)),
            ("co\u{ad}op\u{7f}er\u{80}ate", "cooperate", left(2, 0, 1)),
        ] {
            let made = stored(text).unwrap();
            assert_eq!((made.text.as_str(), made.left_out), (is, out), "{text:?}");
        }
        for text in [
            "",
            "a\tb\nc",
            "Brücke „so“ — 港\u{a0}\u{200d}",
            "a\u{feff}b",
            "a\u{200c}b",
        ] {
            assert_eq!(stored(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_was_left_out_is_told() {
        let made = stored("a\0b\u{7}c\x1b[0m\u{ad} zero\u{200b}width").unwrap();
        assert_eq!(made.text, "abc zerowidth");
        assert_eq!(
            made.left_out.notes(),
            [
                "2 control characters were left out.",
                "1 escape sequence was left out.",
                "1 soft hyphen was left out.",
                "1 zero-width space was left out."
            ]
        );
    }

    proptest! {
        #[test]
        fn the_stored_text_holds_none_of_it_and_every_place_is_found_again(
            parts in proptest::collection::vec(
                prop_oneof![
                    "[a-z é港]{0,4}".boxed(),
                    "[\\x00-\\x1f\\x7f\u{80}-\u{9f}\u{ad}\u{200b}\u{2028}\u{feff}]{1,2}".boxed(),
                    Just("\x1b[0;1m".to_string()).boxed(),
                    Just("\x1b]0;t\x07".to_string()).boxed(),
                    Just("\r\n".to_string()).boxed(),
                ],
                0..20,
            )
        ) {
            let text = parts.concat();
            let Some(made) = stored(&text) else { return Ok(()) };
            prop_assert!(!made.text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n')));
            let gone = made.text.contains(['\u{ad}', '\u{200b}', '\u{2028}']);
            prop_assert!(!gone);
            prop_assert!(made.gone.is_sorted_by(|a, b| a < b));
            let chars: Vec<char> = made.text.chars().collect();
            prop_assert_eq!(chars.len() + made.gone.len(), text.chars().count());
            for (n, c) in (0..).zip(text.chars()) {
                if made.gone.binary_search(&n).is_err() {
                    let there = chars[made.place(n) as usize];
                    prop_assert!(there == c || matches!(there, '\n' | ' '));
                }
            }
        }
    }
}
