//! A text that is being pasted: everything up to its end mark, whatever is in it.

use std::time::Duration;

/// How long a paste may pause. It is long, since after it the rest of the text would be taken for keys.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// The longest text that is taken.
pub const LIMIT: usize = 64 * 1024 * 1024;
/// What the terminal writes after the text.
const END: &[u8] = b"\x1b[201~";

/// A paste under way.
#[derive(Debug, Default)]
pub struct Paste {
    text: Vec<u8>,
    /// How many bytes of the end mark came last.
    matched: usize,
    too_long: bool,
}

impl Paste {
    /// Takes bytes; says how many of them belong to the paste, and whether it has ended.
    pub fn take(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while at < bytes.len() {
            if self.matched == 0 {
                let run = memchr::memchr(END[0], &bytes[at..]).unwrap_or(bytes.len() - at);
                self.keep(&bytes[at..at + run]);
                at += run;
                if at == bytes.len() {
                    break;
                }
                self.matched = 1;
                at += 1;
            } else if bytes[at] == END[self.matched] {
                self.matched += 1;
                at += 1;
                if self.matched == END.len() {
                    self.matched = 0;
                    return (at, true);
                }
            } else {
                // It was no end mark; only the first byte of one can begin it again, and that is looked at next.
                self.keep(&END[..self.matched]);
                self.matched = 0;
            }
        }
        (at, false)
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.too_long || self.text.len() + bytes.len() > LIMIT {
            self.too_long = true;
            self.text = Vec::new();
        } else {
            self.text.extend_from_slice(bytes);
        }
    }

    /// The text; none where it was too long.
    pub fn text(self) -> Option<String> {
        if self.too_long {
            return None;
        }
        Some(match String::from_utf8(self.text) {
            Ok(text) => text,
            Err(e) => String::from_utf8_lossy(e.as_bytes()).into_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_over_the_limit_is_swallowed_to_its_end_and_takes_no_room() {
        let mut paste = Paste::default();
        let part = vec![b'x'; LIMIT / 4];
        for _ in 0..5 {
            assert_eq!(paste.take(&part), (part.len(), false));
        }
        assert_eq!(paste.text.capacity(), 0);
        assert_eq!(paste.take(b"y\x1b[201~j"), (7, true));
        assert_eq!(paste.text(), None);
    }

    #[test]
    fn what_only_looks_like_the_end_is_text() {
        let mut paste = Paste::default();
        let text = b"a\x1b\x1b[20\x1b[201\x1b[201~";
        assert_eq!(paste.take(text), (text.len(), true));
        assert_eq!(paste.text().as_deref(), Some("a\x1b\x1b[20\x1b[201"));
    }
}
