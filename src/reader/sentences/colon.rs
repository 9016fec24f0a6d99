//! Ends of sentences that no stop shows.

use super::marks::face_len;

/// An end that a colon shows: a face behind a space (`fine :) Now`), or the time of a mail's head
/// (`Jon Pell 10/08/2026 08:52 AM The pier`), which stands alone. `at` is the colon's byte; gives one or two ends.
pub(super) fn judge(
    text: &str,
    from: usize,
    at: usize,
    to: usize,
) -> Option<(Option<usize>, usize)> {
    let limit = text.floor_char_boundary(to.min(at + 24));
    let behind = &text[at..limit];
    if at > from && text.as_bytes()[at - 1] == b' ' {
        let face = at + face_len(behind, true)?;
        let next = text[face..to].trim_start();
        return (next.starts_with(char::is_uppercase) && text[face..to].starts_with(' '))
            .then_some((None, face));
    }
    let bytes = behind.as_bytes();
    let digits = |s: &[u8], n: usize| s.get(..n).is_some_and(|s| s.iter().all(u8::is_ascii_digit));
    if !digits(bytes.get(1..)?, 2) {
        return None;
    }
    let seconds = if bytes.get(3) == Some(&b':') && digits(bytes.get(4..)?, 2) {
        3
    } else {
        0
    };
    let half = bytes.get(3 + seconds..6 + seconds)?;
    let whole = !bytes
        .get(6 + seconds)
        .is_some_and(u8::is_ascii_alphanumeric);
    if !whole || half != b" AM" && half != b" PM" {
        return None;
    }
    let before = text.get(text.floor_char_boundary(at.saturating_sub(14).max(from))..at)?;
    let date = before.get(
        before
            .rfind(|c: char| !(c.is_ascii_digit() || c == '/' || c == ' '))
            .map_or(0, |n| n + 1)..,
    )?;
    if date.matches('/').count() != 2 {
        return None;
    }
    let start = at - date.trim_start().len();
    let name = text[from..start].trim_end();
    let alone = !name.is_empty()
        && !name.ends_with(" on")
        && !name.ends_with(" at")
        && name.ends_with(|c: char| c.is_alphabetic() || c == '>');
    Some((alone.then_some(from + name.len()), at + 6 + seconds))
}
