//! What every reader does first: sizes and depths are bounded, and what is no text or no JSON is refused with its place.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use crate::exchange::error::ExchangeError;

/// The largest file that is read, in bytes: an export of tens of thousands of claims stays below it in every format.
pub(in crate::exchange) const SIZE: usize = 512 * 1024 * 1024;
/// The most entries that a file may hold (lists and objects of JSON, elements of XML, rows, lines), so that memory stays
/// bounded whatever the file is made of.
pub(in crate::exchange) const ENTRIES: usize = 4_000_000;
/// The most marks, rows or reviews that a file may hold, each of which can become a claim.
pub(in crate::exchange) const RECORDS: usize = 500_000;
/// The most values that a JSON file may hold of which a tree is made.
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

/// What is asked for of a JSON text, nested 128 deep at most; what is passed over may be deeper.
///
/// # Errors
///
/// [`ExchangeError::Input`] with line and column.
pub fn json<'a, T: Deserialize<'a>>(
    file: &str,
    format: &'static str,
    text: &'a str,
) -> Result<T, ExchangeError> {
    few(file, format, text, b"[{", ENTRIES, "lists and objects")?;
    parse(file, format, text)
}

/// A JSON text as one value, nested 128 deep at most.
///
/// # Errors
///
/// [`ExchangeError::Input`] with line and column.
pub fn tree(file: &str, format: &'static str, text: &str) -> Result<Value, ExchangeError> {
    few(file, format, text, b"[{,:", VALUES, "values")?;
    parse(file, format, text)
}

/// Whether a JSON text holds no more values than a tree is made of.
pub(in crate::exchange) fn fits(text: &str) -> bool {
    few("", "", text, b"[{,:", VALUES, "").is_ok()
}

fn parse<'a, T: Deserialize<'a>>(
    file: &str,
    format: &'static str,
    text: &'a str,
) -> Result<T, ExchangeError> {
    serde_json::from_str(text).map_err(|e| ExchangeError::Input {
        file: file.into(),
        format,
        place: json_place(&e),
        what: json_reason(&e),
    })
}

/// Refuses a JSON text in which more than `most` of `marks` stand outside of strings.
pub(in crate::exchange) fn few(
    file: &str,
    format: &'static str,
    text: &str,
    marks: &[u8],
    most: usize,
    what: &str,
) -> Result<(), ExchangeError> {
    let is = |b: &&u8| marks.contains(b);
    // Counting everywhere is faster, and nearly always enough.
    if text.len() <= most || text.as_bytes().iter().filter(is).count() <= most {
        return Ok(());
    }
    let (mut count, mut inside, mut escaped) = (0, false, false);
    for b in text.as_bytes() {
        if escaped {
            escaped = false;
        } else if *b == b'\\' && inside {
            escaped = true;
        } else if *b == b'"' {
            inside = !inside;
        } else if !inside && is(&b) {
            count += 1;
        }
    }
    if count <= most {
        return Ok(());
    }
    Err(many(file, format, most, what))
}

/// Refuses more records than are read.
pub(in crate::exchange) fn records(
    file: &str,
    format: &'static str,
    count: usize,
    what: &str,
) -> Result<(), ExchangeError> {
    if count > RECORDS {
        return Err(many(file, format, RECORDS, what));
    }
    Ok(())
}

/// The error of a file that holds more than `most` of something.
pub(in crate::exchange) fn many(
    file: &str,
    format: &'static str,
    most: usize,
    what: &str,
) -> ExchangeError {
    ExchangeError::Input {
        file: file.into(),
        format,
        place: "its size".into(),
        what: format!("it holds more than {most} {what}"),
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
