//! Numbers and dates in a sentence, told apart.

use std::ops::Range;

/// The first amount and the first date of a sentence, bytes of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    pub amount: Option<Range<usize>>,
    pub date: Option<Range<usize>>,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT: [&str; 13] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "Jun.", "Jul.", "Aug.", "Sept.", "Sep.", "Oct.", "Nov.",
    "Dec.", "Janv.",
];

/// Finds the first amount and the first date.
pub(super) fn read(sentence: &str) -> Numbers {
    let bytes = sentence.as_bytes();
    let mut found = Numbers::default();
    let mut at = 0;
    while let Some(start) = bytes[at..]
        .iter()
        .position(u8::is_ascii_digit)
        .map(|n| at + n)
    {
        let end = number_end(bytes, start);
        at = end;
        // A number that is part of a name or of a code: "G7", "F-16", "COVID-19".
        let before = &sentence[..start];
        if before.ends_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '/')
            || before.ends_with('-')
                && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_alphabetic())
        {
            continue;
        }
        match date(sentence, start..end) {
            Some(range) => {
                at = at.max(range.end);
                found.date = found.date.or(Some(range));
            }
            None if is_ordinal(&sentence[end..]) => {}
            None => {
                found.amount = found
                    .amount
                    .or_else(|| Some(with_signs(sentence, start..end)))
            }
        }
        if found.amount.is_some() && found.date.is_some() {
            break;
        }
    }
    found
}

/// The end of the number that starts at `start`: digits, and separators between them.
fn number_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < bytes.len()
        && (bytes[end].is_ascii_digit()
            || matches!(bytes[end], b',' | b'.' | b':')
                && bytes.get(end + 1).is_some_and(u8::is_ascii_digit))
    {
        end += 1;
    }
    end
}

/// The number with the currency sign before it and the percent sign behind it.
fn with_signs(sentence: &str, number: Range<usize>) -> Range<usize> {
    let before = sentence[..number.start].trim_end_matches(['$', '€', '£', '¥', '+', '-']);
    let behind = &sentence[number.end..];
    let sign = ["%", " %", "°C", "°F", "m", "bn", "k"]
        .iter()
        .find(|s| behind.starts_with(**s) && !behind[s.len()..].starts_with(char::is_alphanumeric));
    before.len()..number.end + sign.map_or(0, |s| s.len())
}

fn is_ordinal(behind: &str) -> bool {
    ["st", "nd", "rd", "th"]
        .iter()
        .filter_map(|o| behind.strip_prefix(o))
        .any(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The date that the number is part of: a year alone, a day beside its month, a time of day.
fn date(sentence: &str, number: Range<usize>) -> Option<Range<usize>> {
    let digits = &sentence[number.clone()];
    let before = sentence[..number.start].trim_end_matches([' ', ',']);
    let behind = &sentence[number.end..];
    let month = MONTHS.iter().chain(&SHORT).find(|m| before.ends_with(**m));
    if let Some(month) = month.filter(|_| digits.len() <= 4) {
        let end = match behind.strip_prefix(", ") {
            Some(year) if is_year(&year[..year.floor_char_boundary(4)]) => number.end + 6,
            _ => number.end,
        };
        return Some(before.len() - month.len()..end);
    }
    if digits.len() <= 2
        && let Some(month) = behind
            .strip_prefix(' ')
            .and_then(|b| MONTHS.iter().find(|m| b.starts_with(**m)))
    {
        let mut end = number.end + 1 + month.len();
        let year = sentence[end..].trim_start_matches([' ', ',']);
        if is_year(&year[..year.floor_char_boundary(4)]) {
            end = sentence.len() - year.len() + 4;
        }
        return Some(number.start..end);
    }
    if is_year(digits) && !behind.starts_with(['%', '€']) && !before.ends_with(['$', '€', '£'])
    {
        return Some(number);
    }
    let clock = digits.contains(':')
        || [" a.m", " p.m", " am ", " pm ", "am ", "pm "]
            .iter()
            .any(|c| behind.starts_with(c));
    clock.then_some(number)
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits.starts_with("19") || digits.starts_with("20") || digits.starts_with("18"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_dates_are_told_apart() {
        for (sentence, amount, when) in [
            ("It cost $4.2bn in 2021.", Some("$4.2bn"), Some("2021")),
            (
                "On Oct. 26, 2022, 50,000 came.",
                Some("50,000"),
                Some("Oct. 26, 2022"),
            ),
            (
                "On 15 November 2026 it opened.",
                None,
                Some("15 November 2026"),
            ),
            ("At 10:30 a.m. it rose 5 %.", Some("5 %"), Some("10:30")),
            ("G-7 ministers and F16 jets on the 3rd day.", None, None),
            ("Nearly 1,900 people came.", Some("1,900"), None),
            ("In May 2021 prices fell.", None, Some("May 2021")),
            ("", None, None),
            ("9", Some("9"), None),
        ] {
            let got = read(sentence);
            assert_eq!(got.amount.map(|r| &sentence[r]), amount, "{sentence}");
            assert_eq!(got.date.map(|r| &sentence[r]), when, "{sentence}");
        }
    }
}
