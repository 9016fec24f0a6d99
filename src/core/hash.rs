//! Hashes as they are written everywhere.

use sha2::{Digest, Sha256};

const DIGITS: &[u8; 16] = b"0123456789abcdef";
/// What is in the place of the value of a byte that is no digit.
const NO_DIGIT: u8 = 0xff;
/// The value of each byte as a lower-case hex digit.
const VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut n = 0;
    while n < DIGITS.len() {
        values[DIGITS[n] as usize] = n as u8;
        n += 1;
    }
    values
};

/// Bytes as lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|b| pair(*b))
        .map(char::from)
        .collect()
}

/// The lower-case hex digits of `N` bytes, in a place of their own.
#[derive(Clone, Copy)]
pub struct HexDigits<const N: usize>([[u8; 2]; N]);

impl<const N: usize> HexDigits<N> {
    /// Those of `bytes`.
    pub fn of(bytes: &[u8; N]) -> Self {
        let mut digits = [[0; 2]; N];
        for (digits, byte) in digits.iter_mut().zip(bytes) {
            *digits = pair(*byte);
        }
        Self(digits)
    }

    /// The digits, two a byte.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.0.as_flattened()).unwrap_or_default()
    }
}

/// Reads lower-case hex digits, two a byte and no more; none where `text` is anything else.
pub fn read_hex<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    let (pairs, []) = text.as_chunks::<2>() else {
        return None;
    };
    if pairs.len() != N {
        return None;
    }
    // Looked at once at the end: a branch for each digit would take longer than the digits.
    let mut wrong = 0;
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        let (high, low) = (value(*high), value(*low));
        wrong |= (high | low) & 0xf0;
        *byte = high << 4 | low & 0x0f;
    }
    (wrong == 0).then_some(bytes)
}

/// The two digits of `byte`.
fn pair(byte: u8) -> [u8; 2] {
    [byte >> 4, byte & 0x0f].map(|n| DIGITS.get(usize::from(n)).copied().unwrap_or(b'0'))
}

fn value(digit: u8) -> u8 {
    VALUES.get(usize::from(digit)).copied().unwrap_or(NO_DIGIT)
}

/// The SHA-256 of `bytes`, 64 lower-case hex digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_they_are_written_and_nothing_else_is() {
        let bytes: [u8; 256] = std::array::from_fn(|n| n as u8);
        let text = hex(&bytes);
        assert_eq!(text.get(..8), Some("00010203"));
        assert_eq!(text.get(504..), Some("fcfdfeff"));
        assert_eq!(read_hex(text.as_bytes()), Some(bytes));
        assert_eq!(HexDigits::of(&bytes).as_str(), text);
        // Whatever stands in the place of one digit.
        for at in [0, 1, 6, 7] {
            for other in 0..=u8::MAX {
                let mut text = *b"5f2d0c9a";
                text[at] = other;
                let is_one = matches!(other, b'0'..=b'9' | b'a'..=b'f');
                assert_eq!(read_hex::<4>(&text).is_some(), is_one, "{other}");
            }
        }
        assert_eq!(read_hex(b""), Some([]));
        for wrong in [&b"5f2d0c9"[..], b"5f2d0c", b"5f2d0c9a0", b"5f2d0c9a00"] {
            assert_eq!(read_hex::<4>(wrong), None);
        }
    }
}
