//! Characters of other people's texts that act: on a terminal, on the order of what is read. None of them leaves the
//! program as it is.
//!
//! Where a format can write a character without it acting, as JSON and XML can, the value stays exactly what it is. Where
//! it cannot, another character takes its place, as long as it in every unit, so that offsets stand.

use std::borrow::Cow;
use std::fmt::Write;

use super::stored::stored;

/// Whether `c` is a control character other than the two of which texts are made, tab and line feed.
pub fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n')
}

/// Whether `c` turns the direction of the text around it.
pub fn is_direction(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether `c` is never seen, and holds nothing together either, as joiners do in many scripts.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{180E}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    )
}

/// JSON text in which control characters and characters that turn the direction are written as escapes. It says exactly
/// what it said: such characters stand only in strings.
pub fn json(json: &str) -> Cow<'_, str> {
    let acts = |c: char| {
        // A carriage return in a string is an escape already.
        is_control(c) && c != '\r' || is_direction(c) || matches!(c, '\u{2028}' | '\u{2029}')
    };
    written(json, acts, |c, out| {
        let mut units = [0; 2];
        for unit in c.encode_utf16(&mut units) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    })
}

/// XML text in which the control characters that XML allows are written as references.
pub fn xml(xml: &str) -> Cow<'_, str> {
    let acts = |c: char| is_control(c) && c != '\r';
    written(xml, acts, |c, out| {
        let _ = write!(out, "&#x{:X};", u32::from(c));
    })
}

/// The text with `?` or `·` in the place of each control character, which is as long in every unit, and how many there
/// were. Line ends of two characters stay.
pub fn replaced(text: &str) -> (Cow<'_, str>, usize) {
    let mut count = 0;
    let mut rest = text;
    let mut out = String::new();
    while let Some(at) = first(rest, is_control) {
        let mut after = rest[at..].chars();
        let c = after.next().unwrap_or_default();
        out.push_str(&rest[..at]);
        rest = after.as_str();
        if c == '\r' && rest.starts_with('\n') {
            out.push(c);
            continue;
        }
        count += 1;
        out.push(if c.is_ascii() { '?' } else { '·' });
    }
    match count {
        0 => (text.into(), 0),
        _ => (Cow::Owned(out + rest), count),
    }
}

/// The text without anything in it that acts or hides where it is put in: control characters, escape sequences,
/// characters that turn the direction, characters that are never seen.
pub fn harmless(text: &str) -> String {
    let text = stored(text).map_or(Cow::Borrowed(text), |s| s.text.into());
    let mut flag = false;
    text.chars()
        .filter(|&c| {
            // The flags of countries without a code of their own are spelled in tags.
            flag = c == '\u{1F3F4}' || flag && matches!(c, '\u{E0020}'..='\u{E007F}');
            flag || !(is_control(c) || is_direction(c) || is_hidden(c))
        })
        .collect()
}

/// Whether there is surely nothing in `bytes`, which are UTF-8, that acts in any format.
pub fn none_in(bytes: &[u8]) -> bool {
    first_byte(bytes).is_none()
}

/// The byte at which the first character of `text` stands that acts. Only a few bytes begin one, and only after these is a
/// character looked at: a large export has next to none.
fn first(text: &str, acts: impl Fn(char) -> bool) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + first_byte(text.as_bytes().get(from..)?)?;
        // These bytes are never inside of a character.
        let c = text.get(at..)?.chars().next()?;
        if acts(c) {
            return Some(at);
        }
        from = at + c.len_utf8();
    }
}

/// Whether a character that acts may begin with the byte `a`, after which come `b` and `c`. Quotation marks and dashes begin
/// with the same byte as marks of direction do.
fn begins(a: u8, b: u8, c: u8) -> bool {
    let control = (a < b' ') & (a != b'\t') & (a != b'\n') & !((a == b'\r') & (b == b'\n'));
    // U+0080 to U+009F, and U+061C.
    let two = (a == 0xc2) & (b < 0xa0) | (a == 0xd8) & (b == 0x9c);
    // U+200E and U+200F, U+2028 to U+202E, U+2066 to U+2069.
    let spaces = (b == 0x80) & ((c == 0x8e) | (c == 0x8f) | (0xa8..=0xae).contains(&c));
    let three = (a == 0xe2) & (spaces | (b == 0x81) & (0xa6..=0xa9).contains(&c));
    control | (a == 0x7f) | two | three
}

/// Whether a character that acts may begin with the byte `a`, whatever comes after it; without branches, so that a run is
/// looked at in one go. Most runs of a text hold no such byte.
fn may_begin(a: u8) -> bool {
    let control = (a < b' ') & (a != b'\t') & (a != b'\n');
    control | (a == 0x7f) | (a == 0xc2) | (a == 0xd8) | (a == 0xe2)
}

/// The first byte with which a character that acts may begin.
fn first_byte(bytes: &[u8]) -> Option<usize> {
    const RUN: usize = 64;
    let after = |n: usize| bytes.get(n).copied().unwrap_or_default();
    for (n, run) in bytes.chunks(RUN).enumerate() {
        if !run.iter().fold(false, |any, a| any | may_begin(*a)) {
            continue;
        }
        let from = n * RUN;
        // Most of those that hold one of these bytes hold a quotation mark: they are looked at in one go, too.
        if let Some((second, third)) = bytes.get(from + 1..).zip(bytes.get(from + 2..))
            && third.len() >= run.len()
        {
            let all = run.iter().zip(second).zip(third);
            if !all.fold(false, |any, ((a, b), c)| any | begins(*a, *b, *c)) {
                continue;
            }
        }
        let mut all = from..from + run.len();
        if let Some(at) = all.find(|n| begins(after(*n), after(n + 1), after(n + 2))) {
            return Some(at);
        }
    }
    None
}

fn written(
    text: &str,
    acts: impl Fn(char) -> bool,
    write: impl Fn(char, &mut String),
) -> Cow<'_, str> {
    let Some(first) = first(text, &acts) else {
        return text.into();
    };
    let mut out = String::with_capacity(text.len() + 64);
    out.push_str(&text[..first]);
    for c in text[first..].chars() {
        match acts(c) {
            true => write(c, &mut out),
            false => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_character_that_acts_is_found_by_its_first_byte() {
        let acts =
            |c: char| is_control(c) || is_direction(c) || matches!(c, '\u{2028}' | '\u{2029}');
        for c in '\0'..=char::MAX {
            let text = format!("é“{c}");
            assert_eq!(first(&text, acts), acts(c).then_some(5), "{c:?}");
        }
        // Wherever in a run of bytes, and after others that look alike.
        for n in 0..200 {
            let text = format!("{}\u{9b}b", "a".repeat(n));
            assert_eq!(first(&text, acts), Some(n));
            assert_eq!(first(&text[..n], acts), None);
            let text = format!("{}\u{202e}“", "“é".repeat(n));
            assert_eq!(first(&text, acts), Some(5 * n));
        }
    }

    #[test]
    fn json_says_what_it_said_and_holds_nothing_that_acts() {
        let value = "a\u{9b}b\u{202e}c\u{7f}d\u{61c}e\u{2028}f\x1bg\r\n\th „so“ 港 \u{1F3F4}";
        let plain = serde_json::to_string(value).unwrap();
        let escaped = json(&plain);
        assert_eq!(
            escaped,
            r#""a\u009bb\u202ec\u007fd\u061ce\u2028f\u001bg\r\n\th „so“ 港 🏴""#
        );
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), value);
        assert!(matches!(json("{\n \"a\": 1}"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_takes_the_place_of_a_control_is_as_long_in_every_unit() {
        let text = "a\x1bb\u{9b}c\u{7f}\r\nd\re";
        let (other, count) = replaced(text);
        assert_eq!((other.as_ref(), count), ("a?b·c?\r\nd?e", 4));
        assert_eq!(other.len(), text.len());
        assert_eq!(other.encode_utf16().count(), text.encode_utf16().count());
        assert_eq!(other.chars().count(), text.chars().count());
        assert_eq!(replaced("a\tb\nc\r\n"), ("a\tb\nc\r\n".into(), 0));
        assert_eq!(xml("a\u{9b}\tb"), "a&#x9B;\tb");
    }

    #[test]
    fn what_is_copied_neither_acts_nor_hides() {
        for (text, is) in [
            (
                "By Tess \x1b]52;c;AAAA\x07 and \x1b[201~rm\r\n",
                "By Tess  and rm\n",
            ),
            ("a\u{202e}b\u{2066}c\u{200f}d\u{61c}e", "abcde"),
            ("a\u{feff}b\u{2060}c\u{ad}d\u{E0041}e", "abcde"),
            // Joiners hold together what they stand in.
            (
                "👩\u{200d}🔬 می\u{200c}خواهم",
                "👩\u{200d}🔬 می\u{200c}خواهم",
            ),
            (
                "🏴\u{E0067}\u{E0062}\u{E007F}!",
                "🏴\u{E0067}\u{E0062}\u{E007F}!",
            ),
            ("tab\tand line\n", "tab\tand line\n"),
        ] {
            assert_eq!(harmless(text), is, "{text:?}");
        }
    }
}
