//! What can be told from the looks of a block: a title, a byline, a date, a list mark, running text.

/// The longest line, in bytes, that can be a title.
const TITLE_MAX: usize = 200;

/// Bytes of the list mark that `line` starts with, its space included; none where there is no mark.
///
/// Marks are `-`, `*`, `+`, bullets, and numbers or single letters with a stop or a bracket: `3.`, `b)`, `(4)`.
pub(crate) fn list_mark(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let mark = match first {
        '-' | '*' | '+' | '•' | '‣' | '◦' | '▪' | '●' | '·' | '➤' | '►' => {
            first.len_utf8()
        }
        '0'..='9' | 'a'..='z' | 'A'..='Z' | '(' => numbered(line)?,
        _ => return None,
    };
    let rest = line.get(mark..)?;
    let space = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
    (space > 0 && space < rest.len()).then_some(mark + space)
}

fn numbered(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let open = usize::from(bytes.first() == Some(&b'('));
    let digits = bytes[open..]
        .iter()
        .take(4)
        .take_while(|b| b.is_ascii_digit())
        .count();
    let letters = usize::from(digits == 0 && bytes.get(open).is_some_and(u8::is_ascii_alphabetic));
    let len = match (digits, letters) {
        (1..=3, 0) => digits,
        (0, 1) => 1,
        _ => return None,
    };
    // "A. Brandt" is a name and "I) " too rare to matter: letters count with a bracket only.
    match bytes.get(open + len) {
        Some(b'.') if open == 0 && letters == 0 => Some(open + len + 1),
        Some(b')') => Some(open + len + 1),
        _ => None,
    }
}

/// Whether `s` ends as a sentence does; quotation marks, brackets and a note's mark (`[3]`) may follow the stop.
pub(super) fn ends_as_sentence(s: &str) -> bool {
    let note = s
        .strip_suffix(']')
        .map(|t| t.trim_end_matches(|c: char| c.is_ascii_digit()));
    let s = note.and_then(|t| t.strip_suffix('[')).unwrap_or(s);
    let end = s.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '」', '』']);
    let Some(last) = end.chars().next_back() else {
        return false;
    };
    matches!(
        last,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | ':' | ';' | ','
    )
}

/// Whether `s` looks like a title: one short line without a final stop. A question or a call may be one where it is short.
pub(super) fn is_title(s: &str) -> bool {
    if s.is_empty() || s.len() > TITLE_MAX || s.contains('\n') || !s.contains(char::is_alphabetic) {
        return false;
    }
    if s.split_whitespace().count() > 25 {
        return false;
    }
    !ends_as_sentence(s) || (s.ends_with(['?', '!']) && s.len() <= 100)
}

/// Whether `s` is running text beyond doubt: a sentence of some length, or several.
pub(super) fn is_running_text(s: &str) -> bool {
    ends_as_sentence(s) && (s.len() >= 80 || s.matches(['.', '。']).count() >= 2)
}

/// Words that stand beside names and dates in a byline or a date line.
const BESIDE: &[&str] = &[
    "a.m",
    "ago",
    "am",
    "an",
    "and",
    "at",
    "bst",
    "by",
    "cest",
    "cet",
    "correspondent",
    "de",
    "del",
    "der",
    "desk",
    "di",
    "du",
    "edt",
    "editor",
    "est",
    "et",
    "few",
    "first",
    "for",
    "gmt",
    "hour",
    "hours",
    "hrs",
    "in",
    "jst",
    "la",
    "last",
    "min",
    "minute",
    "minutes",
    "mins",
    "modified",
    "of",
    "on",
    "p.m",
    "par",
    "pm",
    "por",
    "posted",
    "published",
    "pst",
    "pdt",
    "read",
    "reporter",
    "reporters",
    "staff",
    "the",
    "und",
    "updated",
    "utc",
    "van",
    "von",
    "with",
    "writer",
    "y",
];

/// Whether `word`, in lower case, stands beside names and dates.
pub(super) fn beside(word: &str) -> bool {
    BESIDE.contains(&word)
}

/// Parts of people's names that are written small.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "van", "von", "zu",
];

/// Whether `word` is a part of a person's name that is written small.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether `word` is written small within names or between two of them.
pub(super) fn joins_names(word: &str) -> bool {
    is_particle(word) || ["and", "et", "of", "the", "und", "y"].contains(&word)
}

const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär",
    "mai", "okt", "dez", "avr", "juin", "juil", "aoû", "déc", "fév", "ene", "abr", "ago", "dic",
];

const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The words of a line without punctuation, lower-cased.
pub(super) fn words(s: &str) -> impl Iterator<Item = String> {
    s.split(|c: char| {
        c.is_whitespace() || matches!(c, '/' | '|' | '·' | '•' | ',' | ':' | '(' | ')')
    })
    .map(|w| {
        w.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    })
    .filter(|w| !w.is_empty())
}

fn begins(word: &str, stems: &[&str], most: usize) -> bool {
    word.chars().count() <= most && stems.iter().any(|s| word.starts_with(s))
}

pub(super) fn is_date_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 12
        || begins(word, MONTHS, 10)
        || begins(word, DAYS, 9)
}

/// Whether `s` is a date alone, as stands under a headline: `15 November 2026`, `Updated: Nov. 15, 2026, 10:12 GMT`.
pub(super) fn is_date_line(s: &str) -> bool {
    if s.len() > 100 || !s.contains(|c: char| c.is_ascii_digit()) || s.contains('\n') {
        return false;
    }
    // A sentence's stop; "Nov." and "a.m." have one of their own.
    if s.ends_with('.')
        && !s.ends_with(".m.")
        && !words(s).last().is_some_and(|w| begins(&w, MONTHS, 4))
    {
        return false;
    }
    let (mut dates, mut others) = (0, 0);
    for w in words(s) {
        if is_date_word(&w) {
            dates += 1;
        } else if !BESIDE.contains(&w.as_str()) {
            others += 1;
        }
    }
    others == 0 && (2..=9).contains(&dates)
        || others == 0 && dates == 1 && s.matches(['-', '/', '.']).count() >= 2
}

/// Whether `s` is a time of day alone, as stands over the entries of a live report: `09:12`, `10.40 a.m.`.
pub(super) fn is_clock(s: &str) -> bool {
    let rest = s.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let digits = &s[..s.len() - rest.len()];
    (4..=8).contains(&digits.len())
        && digits.contains([':', '.'])
        && digits
            .bytes()
            .next_back()
            .is_some_and(|b| b.is_ascii_digit())
        && ["", "am", "pm", "a.m.", "p.m.", "h", "uhr", "gmt", "cet"]
            .contains(&rest.trim().to_lowercase().as_str())
}

/// Whether `s` says who wrote the article: `By Jon Pell`, `By Mara Oduya, Kell Post · 15 November 2026`.
pub(crate) fn is_byline(s: &str) -> bool {
    if s.len() > 200 || s.contains('\n') {
        return false;
    }
    let Some((first, rest)) = s.split_once([' ', ':']) else {
        return false;
    };
    let names = match first {
        "By" | "BY" | "by" | "Von" | "VON" | "Par" | "PAR" | "Por" | "POR" | "Text" | "Words"
        | "Author" | "Authors" => rest.trim_start(),
        "Written" | "Reported" | "Story" | "Posted" => {
            match rest.trim_start().strip_prefix("by ") {
                Some(names) => names,
                None => return false,
            }
        }
        _ => return false,
    };
    starts_upper(names) && mostly_names(names) && !names.ends_with(['!', '?', ':', ';', ','])
}

fn starts_upper(s: &str) -> bool {
    s.chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic())
}

/// Whether nearly all words of `s` are capitalised, numbers, or stand beside names and dates.
pub(super) fn mostly_names(s: &str) -> bool {
    let (mut names, mut others) = (0usize, 0usize);
    for w in s.split_whitespace() {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric());
        if w.is_empty() {
            continue;
        }
        if starts_upper(w) || w.starts_with(|c: char| c.is_ascii_digit()) {
            names += 1;
        } else if !BESIDE.contains(&w.to_lowercase().as_str()) {
            others += 1;
        }
    }
    names > 0 && others * 5 <= names
}

/// Parts a byline: who, and when, each empty where it is not told.
pub(crate) fn who_and_when(s: &str) -> (&str, &str) {
    let s = s.trim();
    if is_clock(s) {
        return ("", "");
    }
    if is_date_line(s) {
        return ("", s);
    }
    for (at, c) in s.char_indices() {
        if matches!(c, '·' | '|' | '•' | '—' | '–' | '\n')
            || (c == ',' || c == '-') && s[at..].len() > 5
        {
            let (who, when) = (&s[..at], s[at + c.len_utf8()..].trim());
            if is_date_line(when) {
                return (without_by(who.trim()), when);
            }
        }
    }
    (without_by(s), "")
}

fn without_by(s: &str) -> &str {
    match s.split_once([' ', ':']) {
        Some((first, rest))
            if ["by", "von", "par", "por", "author"].contains(&first.to_lowercase().as_str()) =>
        {
            rest.trim_start()
        }
        _ => s,
    }
}

/// Whether `s` is a rule or an end mark: `* * *`, `---`, `###`, `-30-`, `ENDS`.
pub(super) fn is_rule(s: &str) -> bool {
    if s.len() > 80 {
        return false;
    }
    let s = s.trim();
    matches!(
        s,
        "-30-" | "- 30 -" | "ENDS" | "(ENDS)" | "(END)" | "END" | "[ENDS]" | "XXX"
    ) || !s.is_empty()
        && s.chars().all(|c| {
            c.is_whitespace()
                || matches!(
                    c,
                    '*' | '-' | '_' | '#' | '=' | '~' | '—' | '–' | '•' | '·' | '.' | '…' | '⁂'
                )
        })
}

/// Whether `s` is a link and nothing else.
pub(super) fn is_link(s: &str) -> bool {
    (s.starts_with("http://") || s.starts_with("https://") || s.starts_with("www."))
        && !s.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_marks_are_measured_with_their_space() {
        for (line, want) in [
            ("- one", Some(2)),
            ("•  two", Some(5)),
            ("12. twelve", Some(4)),
            ("(3) three", Some(4)),
            ("b) bee", Some(3)),
            ("2024. That year", None),
            ("A. Brandt said", None),
            ("-5 degrees", None),
            ("- ", None),
            ("", None),
            ("— No, she said", None),
        ] {
            assert_eq!(list_mark(line), want, "{line}");
        }
    }

    #[test]
    fn titles_dates_and_bylines_are_told_apart() {
        assert!(is_title("Kell Bridge opens at last"));
        assert!(is_title("Can the ferry be saved?"));
        assert!(!is_title("The bridge opened on Monday."));
        assert!(is_date_line("15 November 2026"));
        assert!(is_date_line("Updated: Nov. 15, 2026, 10:12 a.m. GMT"));
        assert!(is_date_line("2026-11-15"));
        assert!(!is_date_line("15 November 2026 was a bad day"));
        assert!(!is_date_line("80 million") && !is_date_line("[2] Minutes of March."));
        assert!(
            is_clock("09:12")
                && is_clock("10:40 a.m.")
                && !is_clock("3.5")
                && !is_clock("09:12 it fell")
        );
        assert!(is_byline("By Jon Pell"));
        assert!(is_byline(
            "By Jon Pell and Mara Oduya, Kell Post · 15 November 2026"
        ));
        assert!(!is_byline(
            "By Monday the water had reached the first houses of the town"
        ));
        assert!(!is_byline("Bytes and bits"));
        assert_eq!(
            who_and_when("By Jon Pell · 15 November 2026"),
            ("Jon Pell", "15 November 2026")
        );
        assert_eq!(
            who_and_when("By Jon Pell, Nov. 15, 2026"),
            ("Jon Pell", "Nov. 15, 2026")
        );
        assert_eq!(who_and_when("Mara Oduya"), ("Mara Oduya", ""));
        assert_eq!(who_and_when("3 May 2026"), ("", "3 May 2026"));
    }

    #[test]
    fn rules_and_links_are_no_text() {
        assert!(is_rule("* * *") && is_rule("-30-") && is_rule("ENDS"));
        assert!(!is_rule("") && !is_rule("- a"));
        assert!(is_link("https://kell.example/ferry") && !is_link("https://kell.example says no"));
    }
}
