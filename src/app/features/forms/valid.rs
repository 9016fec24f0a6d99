//! What a form's texts must look like before they are saved.

use crate::app::features::typed;
use crate::app::layers::field::{Problems, Values};

/// Checks that a field holds nothing, or an address of the web.
pub(super) fn url(values: &Values, name: &'static str, problems: &mut Problems) {
    let text = values.text(name);
    if !text.is_empty() && !typed::is_url(text) {
        problems.push((
            name,
            "An address begins with http:// or https:// and has no spaces.".into(),
        ));
    }
}

/// Checks that a field holds nothing, or a moment: RFC 3339, a date, a month or a year.
pub(super) fn date(values: &Values, name: &'static str, problems: &mut Problems) {
    let text = values.text(name);
    if !text.is_empty() && !is_date(text) {
        problems.push((
            name,
            "A date is written 2026-11-15; 2026-11, 2026 and 2026-11-15T09:30:00Z do too.".into(),
        ));
    }
}

/// Whether `text` is a moment in RFC 3339, a date, a month or a year.
fn is_date(text: &str) -> bool {
    let day = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_string(),
    };
    let written = day
        .bytes()
        .enumerate()
        .all(|(i, b)| i >= 10 || (b == b'-') == matches!(i, 4 | 7));
    written
        && (day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok()
            || day.parse::<crate::core::model::Time>().is_ok())
}

/// Checks that a field is not blank; `what` says what it is, with its article.
pub(super) fn present(
    values: &Values,
    name: &'static str,
    what: &'static str,
    problems: &mut Problems,
) {
    if values.text(name).is_empty() {
        problems.push((name, format!("{what} must not be empty.")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_precise_as_known() {
        for (text, good) in [
            ("2026-11-15", true),
            ("2026-11", true),
            ("2026", true),
            ("2026-11-15T09:30:00Z", true),
            ("2026-11-15T09:30:00+01:00", true),
            ("2026-02-30", false),
            ("2026-13", false),
            ("15 November 2026", false),
            ("20261115", false),
            ("soon", false),
            ("+002026-1", false),
        ] {
            assert_eq!(is_date(text), good, "{text}");
        }
    }
}
