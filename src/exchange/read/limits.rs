//! What every reader does first: sizes and depths are bounded, and what is no text or no JSON is refused with its place.

use std::borrow::Cow;

use serde_json::Value;

use crate::exchange::error::ExchangeError;

/// The largest file that is read, in bytes.
const SIZE: usize = 64 * 1024 * 1024;
/// The most values that a JSON file may hold, so that its tree stays bounded whatever it is made of.
const VALUES: usize = 8_000_000;

/// The file's text: UTF-8 with or without a byte order mark.
///
/// # Errors
///
/// [`ExchangeError::Input`] where the file is too large or is not UTF-8; the place is a line and column.
pub fn text<'a>(
    file: &str,
    format: &'static str,
    bytes: &'a [u8],
) -> Result<&'a str, ExchangeError> {
    let refuse = |place: String, what: String| ExchangeError::Input {
        file: file.into(),
        format,
        place,
        what,
    };
    if bytes.len() > SIZE {
        return Err(refuse(
            "its size".into(),
            format!(
                "it has {} MiB; {} are read at most",
                bytes.len() >> 20,
                SIZE >> 20
            ),
        ));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|e| {
        let good = bytes.get(..e.valid_up_to()).unwrap_or(&[]);
        refuse(place(good), "it is not UTF-8; convert it first".into())
    })
}

/// `line 3, column 14` of the byte behind `before`.
pub(in crate::exchange) fn place(before: &[u8]) -> String {
    let line = before.iter().filter(|b| **b == b'\n').count() + 1;
    let from = before
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |n| n + 1);
    let column = String::from_utf8_lossy(before.get(from..).unwrap_or(&[]))
        .chars()
        .count()
        + 1;
    format!("line {line}, column {column}")
}

/// The text as one JSON value, nested 128 deep at most.
///
/// # Errors
///
/// [`ExchangeError::Input`] with line and column.
pub fn json(file: &str, format: &'static str, text: &str) -> Result<Value, ExchangeError> {
    let refuse = |place: String, what: String| ExchangeError::Input {
        file: file.into(),
        format,
        place,
        what,
    };
    few_values(text)
        .map_err(|n| refuse("its size".into(), format!("it holds more than {n} values")))?;
    serde_json::from_str(text).map_err(|e| refuse(json_place(&e), json_reason(&e)))
}

/// Whether the text cannot hold more JSON values than are read; the limit otherwise.
pub(in crate::exchange) fn few_values(text: &str) -> Result<(), usize> {
    let opening = |b: &u8| matches!(b, b',' | b'[' | b'{' | b':');
    if text.as_bytes().iter().filter(|b| opening(b)).count() > VALUES {
        Err(VALUES)
    } else {
        Ok(())
    }
}

/// Where a JSON error is.
pub(in crate::exchange) fn json_place(e: &serde_json::Error) -> String {
    format!("line {}, column {}", e.line(), e.column())
}

/// What a JSON error is, without its place.
pub(in crate::exchange) fn json_reason(e: &serde_json::Error) -> String {
    if e.is_eof() {
        return "it breaks off: the file is cut short".into();
    }
    let all = e.to_string();
    all.split(" at line ").next().unwrap_or(&all).to_string()
}

/// The content of every `application/ld+json` script of a page, in order.
pub(in crate::exchange) fn json_ld_scripts(page: &str) -> Vec<Cow<'_, str>> {
    // Offsets into the lower-case copy are those of the page: only ASCII changes.
    let lower = page.to_ascii_lowercase();
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(open) = lower
        .get(from..)
        .and_then(|t| t.find("<script"))
        .map(|n| n + from)
    {
        let Some(body) = lower
            .get(open..)
            .and_then(|t| t.find('>'))
            .map(|n| open + n + 1)
        else {
            break;
        };
        let end = lower
            .get(body..)
            .and_then(|t| t.find("</script"))
            .map_or(page.len(), |n| body + n);
        if lower
            .get(open..body)
            .is_some_and(|tag| tag.contains("application/ld+json"))
        {
            all.push(Cow::Borrowed(page.get(body..end).unwrap_or("")));
        }
        from = end.max(body);
    }
    all
}
