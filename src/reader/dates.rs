//! Dates as people and programs write them, read to ISO 8601: the one way to a date in everything that is read.
//!
//! A date is only what names a day that there is. Where the order of day and month cannot be told, there is none.

use any_ascii::any_ascii;
use jiff::civil::Date;

/// The longest text that is looked through for a date, in bytes.
const LONGEST: usize = 400;
/// The longest beginning of a text in which a date and what stands beside it are looked for, in bytes.
const BEGINNING: usize = 120;
/// Years that an article may be of.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2199;
/// Years of a date written as eight digits: others are numbers of another kind.
const COMPACT_YEARS: std::ops::RangeInclusive<i16> = 1980..=2099;

/// Beginnings of the names of months, without accents, in the languages that are read most; the longest that fits counts.
const MONTHS: [&str; 12] = [
    "jan ene gen sty led oca",
    "feb fev fevr lut uno sub",
    "mar maar maer mrz brez mart marc marz maart",
    "apr avr abr kwi dub nis",
    "may mai maj mag mei kve",
    "jun juin giu cze cerv haz",
    "jul juil lug lip cervenc tem",
    "aug aou ago sie srp avg",
    "sep set wrz zar eyl",
    "oct okt out ott paz rij eki",
    "nov lis kas listopad",
    "dec dez dic des gru pros ara",
];
/// Words that may stand beside a date without making it a sentence.
const BESIDE: &str = "a am at by cest cet clock date dated day de den del der e edt el em est et first gmt h il issued jour kl \
    last le m maj modified mis o of on p pdt pm posted pst publie published publicado pubblicato stand the um \
    uhr updated utc veroffentlicht vom z";

/// Beginnings of the days' names.
const DAYS: &str = "mon tue wed thu fri sat sun die mit don fre sam son mo di mi do fr sa so lun mar mer jeu ven dim mie jue \
    vie sab dom gio pon wto sro czw pia nie";

/// Ends of the days' names.
const DAY_ENDS: &str = "day tag dag woch abend di es ves ado ngo dy ek ok rek ota da ta la";

/// Which of two numbers comes first where a date is written with numbers alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NumberOrder {
    DayFirst,
    MonthFirst,
    Unknown,
}

impl NumberOrder {
    /// The order that is usual in a language, a BCP 47 tag.
    fn of(language: &str) -> Self {
        let tag = language.to_ascii_lowercase().replace('_', "-");
        match tag.split('-').next().unwrap_or_default() {
            "en" if ["en-us", "en-ph"].iter().any(|t| tag.starts_with(t)) => Self::MonthFirst,
            "en" if tag.len() > 2 => Self::DayFirst,
            "en" | "" => Self::Unknown,
            _ => Self::DayFirst,
        }
    }
}

/// The date that `words` are, in ISO 8601 and as precisely as they say it: a moment, a day, a month or a year. None where
/// they are anything else, or say more than a date and words beside it (`Published 4 May 2026, 05:36`).
pub fn iso(words: &str, language: &str) -> Option<String> {
    let words = words.trim();
    if words.len() > LONGEST || !has_digit(words) {
        return None;
    }
    let tokens = tokens(words);
    let order = NumberOrder::of(language);
    let found = (0..tokens.len()).find_map(|at| day_at(&tokens, at, order).map(|day| (at, day)));
    let Some((at, day)) = found else {
        return month_or_year(&tokens);
    };
    let rest = tokens[..at].iter().chain(&tokens[at + day.tokens..]);
    beside(rest).then_some(day.written)
}

/// The first day that `words` name, in ISO 8601, wherever it stands in them.
pub fn find(words: &str, language: &str) -> Option<String> {
    let words = words.get(..words.floor_char_boundary(LONGEST))?;
    if !has_digit(words) {
        return None;
    }
    let tokens = tokens(words);
    let order = NumberOrder::of(language);
    let mut days = (0..tokens.len()).filter_map(|at| day_at(&tokens, at, order));
    days.next().map(|day| day.written)
}

/// Whether `words` begin with a day, or with what stands beside one.
pub fn begins(words: &str, language: &str) -> bool {
    let start = words
        .get(..words.floor_char_boundary(BEGINNING))
        .unwrap_or_default();
    if !has_digit(start) {
        return false;
    }
    let tokens = tokens(start);
    let order = NumberOrder::of(language);
    let starts = (0..tokens.len()).find(|at| day_at(&tokens, *at, order).is_some());
    starts.is_some_and(|at| beside(tokens[..at].iter()))
}

/// Whether there is a digit, without which there is no date.
fn has_digit(words: &str) -> bool {
    words.bytes().any(|b| b.is_ascii_digit())
}

/// The day that a page's address names in its path: `/2026/05/04/`, `/2026-05-04-`.
pub fn in_address(address: &str) -> Option<String> {
    let path = address.split("://").nth(1)?.split_once('/')?.1;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let year_of = |part: &str| {
        let year = part.parse().ok().filter(|y| COMPACT_YEARS.contains(y));
        year.filter(|_| part.len() == 4)
    };
    let two_digits = |part: &str| part.parse().ok().filter(|_| part.len() == 2);
    let in_parts = parts.windows(3).find_map(|three| {
        let [first, month, last] = three else {
            return None;
        };
        let month = two_digits(month)?;
        match year_of(first) {
            Some(year) => written(year, month, two_digits(last)?),
            // Which of two numbers is the day can be told only where it is none of a month.
            None => written(
                year_of(last)?,
                month,
                two_digits(first).filter(|day| *day > 12)?,
            ),
        }
    });
    in_parts.or_else(|| {
        let digits = |part: &&&str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit());
        parts.iter().filter(digits).find_map(|day| {
            let (month, day_of_it) = (two_digits(&day[4..6])?, two_digits(&day[6..])?);
            written(year_of(&day[..4])?, month, day_of_it)
        })
    })
}

/// A piece of a text: a number, a word, or a mark.
#[derive(Debug)]
struct Token {
    /// Digits, letters without accents in lower case, or one mark.
    text: String,
    number: Option<u64>,
    /// Whether white space stands before it.
    spaced: bool,
}

impl Token {
    fn is(&self, mark: &str) -> bool {
        self.text == mark
    }

    /// The number, where it has as many digits.
    fn digits(&self, lengths: std::ops::RangeInclusive<usize>) -> Option<u64> {
        self.number.filter(|_| lengths.contains(&self.text.len()))
    }

    fn month(&self) -> Option<i8> {
        if self.number.is_some() || self.text.len() > 12 {
            return None;
        }
        let names = (1..).zip(MONTHS).flat_map(|(n, names)| {
            let names = names.split(' ').filter(|m| self.text.starts_with(m));
            names.map(move |m| (m.len(), n))
        });
        names.max().map(|(_, n)| n)
    }
}

fn tokens(words: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = words;
    let mut spaced = false;
    while let Some(first) = rest.chars().next() {
        let class = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let len = match class(first) {
            (false, false) => first.len_utf8(),
            kind => rest.find(|c| class(c) != kind).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(len);
        if first.is_whitespace() {
            spaced = true;
        } else {
            let number = word.parse().ok();
            let text = match (number, word.is_ascii()) {
                (Some(_), _) => word.to_string(),
                (None, true) => word.to_ascii_lowercase(),
                (None, false) if matches!(first, '年' | '月' | '日') => word.to_string(),
                (None, false) => any_ascii(word).to_lowercase(),
            };
            tokens.push(Token {
                text,
                number,
                spaced,
            });
            spaced = false;
        }
        rest = after;
    }
    tokens
}

/// A day found among tokens.
struct Day {
    written: String,
    /// How many tokens it takes up.
    tokens: usize,
}

/// The day that begins at a token.
fn day_at(tokens: &[Token], at: usize, order: NumberOrder) -> Option<Day> {
    let from = &tokens[at..];
    year_first(from)
        .or_else(|| numbers(from, order))
        .or_else(|| day_and_month(from))
        .or_else(|| month_and_day(from))
        .or_else(|| eight_digits(from))
}

/// `2026-05-04`, `2026/5/4`, `2026-05-04T05:36:09+01:00`, `2026年5月4日`.
fn year_first(t: &[Token]) -> Option<Day> {
    let [y, a, m, b, d, rest @ ..] = t else {
        return None;
    };
    let marks = a.text == b.text && matches!(a.text.as_str(), "-" | "/" | ".");
    let signs = a.is("年") && b.is("月");
    if !marks && !signs {
        return None;
    }
    let day = written(
        y.digits(4..=4)? as i16,
        m.digits(1..=2)? as i8,
        d.digits(1..=2)? as i8,
    )?;
    let ends = usize::from(signs && rest.first().is_some_and(|t| t.text.starts_with('日')));
    let (time, taken) = moment(rest).unwrap_or_default();
    Some(Day {
        written: day + &time,
        tokens: 5 + ends.max(taken),
    })
}

/// The time of day after a day, as RFC 3339 writes it, and how many tokens it takes up.
fn moment(t: &[Token]) -> Option<(String, usize)> {
    let mut at = usize::from(t.first()?.is("t"));
    if at == 0 && !t.first()?.spaced {
        return None;
    }
    let two = |at: usize, below: u64| t.get(at)?.digits(2..=2).filter(|n| *n < below);
    let mark = |at: usize, mark: &str| t.get(at).is_some_and(|t| t.is(mark));
    let (hour, minute) = (two(at, 24)?, two(at + 2, 60)?);
    if !mark(at + 1, ":") {
        return None;
    }
    at += 3;
    let mut second = 0;
    if mark(at, ":") {
        second = two(at + 1, 60)?;
        at += 2;
        if mark(at, ".") || mark(at, ",") {
            t.get(at + 1)?.number?;
            at += 2;
        }
    }
    let mut zone = String::new();
    if mark(at, "z") {
        zone.push('Z');
        at += 1;
    } else if let Some(sign) = t.get(at).filter(|t| t.is("+") || t.is("-")) {
        let hours_and_minutes = t.get(at + 1)?.digits(4..=4);
        let (hours, minutes, taken) = match hours_and_minutes {
            Some(both) => (both / 100, both % 100, 2),
            None if mark(at + 2, ":") => (two(at + 1, 24)?, two(at + 3, 60)?, 4),
            None => (two(at + 1, 24)?, 0, 2),
        };
        zone = format!("{}{hours:02}:{minutes:02}", sign.text);
        at += taken;
    }
    Some((format!("T{hour:02}:{minute:02}:{second:02}{zone}"), at))
}

/// `4.5.2026`, `04/05/2026`, `4-5-26`.
fn numbers(t: &[Token], order: NumberOrder) -> Option<Day> {
    let [one, a, two, b, year, rest @ ..] = t else {
        return None;
    };
    if a.text != b.text || !matches!(a.text.as_str(), "." | "/" | "-") {
        return None;
    }
    let (one, two) = (one.digits(1..=2)? as i8, two.digits(1..=2)? as i8);
    let year = match year.text.len() {
        4 => year.number? as i16,
        // Two digits and more of the same marks are an address or a version.
        2 if a.is(".") && rest.first().is_none_or(|t| !t.is(".") || t.spaced) => {
            2000 + year.number? as i16
        }
        _ => return None,
    };
    let order = match order {
        // Nobody writes the month first with stops.
        _ if a.is(".") || one > 12 => NumberOrder::DayFirst,
        _ if two > 12 => NumberOrder::MonthFirst,
        order => order,
    };
    let written = match order {
        NumberOrder::DayFirst => written(year, two, one),
        NumberOrder::MonthFirst => written(year, one, two),
        NumberOrder::Unknown if one == two => written(year, one, two),
        NumberOrder::Unknown => None,
    };
    Some(Day {
        written: written?,
        tokens: 5,
    })
}

/// `4 May 2026`, `4th of May, 2026`, `4. Mai 2026`, `4 de mayo de 2026`.
fn day_and_month(t: &[Token]) -> Option<Day> {
    let day = t.first()?.digits(1..=2)? as i8;
    let mut at = 1;
    let skip = |at: &mut usize, words: &[&str]| {
        if t.get(*at).is_some_and(|t| words.contains(&t.text.as_str())) {
            *at += 1;
        }
    };
    skip(&mut at, &["st", "nd", "rd", "th", "er", "o", "a", "."]);
    skip(&mut at, &["de", "of", "-", "/"]);
    let month = t.get(at)?.month()?;
    at += 1;
    skip(&mut at, &[".", "-", "/"]);
    skip(&mut at, &[","]);
    skip(&mut at, &["de", "del"]);
    let year = t.get(at)?.digits(4..=4)? as i16;
    Some(Day {
        written: written(year, month, day)?,
        tokens: at + 1,
    })
}

/// `May 4, 2026`, `Nov. 15th 2026`.
fn month_and_day(t: &[Token]) -> Option<Day> {
    let mut at = 1;
    at += usize::from(t.get(at)?.is("."));
    let day = t.get(at)?.digits(1..=2)? as i8;
    let month = t.first()?.month()?;
    at += 1;
    at += usize::from(["st", "nd", "rd", "th"].contains(&t.get(at)?.text.as_str()));
    at += usize::from(t.get(at)?.is(","));
    let year = t.get(at)?.digits(4..=4)? as i16;
    Some(Day {
        written: written(year, month, day)?,
        tokens: at + 1,
    })
}

/// `20260504`, `20260504T0536`.
fn eight_digits(t: &[Token]) -> Option<Day> {
    let first = t.first()?;
    let digits = first.text.as_str();
    first
        .number
        .filter(|_| digits.len() == 8 || digits.len() == 14)?;
    let year: i16 = digits[..4].parse().ok()?;
    let (month, day) = (digits[4..6].parse().ok()?, digits[6..8].parse().ok()?);
    if !COMPACT_YEARS.contains(&year) {
        return None;
    }
    let time = t.get(1).is_some_and(|t| t.is("t")) && t.get(2).is_some_and(|t| t.number.is_some());
    Some(Day {
        written: written(year, month, day)?,
        tokens: if time { 3 } else { 1 },
    })
}

/// `May 2026`, `2026-05`, `2026`, and nothing else.
fn month_or_year(tokens: &[Token]) -> Option<String> {
    let year = |t: &Token| {
        let year = t.digits(4..=4)? as i16;
        YEARS.contains(&year).then_some(year)
    };
    match tokens {
        [y] => Some(year(y)?.to_string()),
        [m, y] => Some(format!("{}-{:02}", year(y)?, m.month()?)),
        [y, dash, m] if dash.is("-") => {
            let month = m.digits(2..=2).filter(|m| (1..=12).contains(m))?;
            Some(format!("{}-{month:02}", year(y)?))
        }
        _ => None,
    }
}

fn written(year: i16, month: i8, day: i8) -> Option<String> {
    let date = Date::new(year, month, day).ok()?;
    YEARS.contains(&year).then(|| date.to_string())
}

/// Whether tokens are only what stands beside a date: a day's name, a time, marks.
fn beside<'a>(tokens: impl Iterator<Item = &'a Token>) -> bool {
    let mut numbers = 0;
    for t in tokens {
        if t.number.is_some() {
            numbers += 1;
            if t.text.len() > 4 || numbers > 5 {
                return false;
            }
            continue;
        }
        let word = t.text.chars().all(char::is_alphabetic);
        let day = DAYS.split(' ').any(|d| is_day_name(&t.text, d));
        if word && !day && !BESIDE.split(' ').any(|b| b == t.text) {
            return false;
        }
    }
    true
}

/// Whether `word` is the name of a day that begins with `start`, or `start` itself.
fn is_day_name(word: &str, start: &str) -> bool {
    let ends = || DAY_ENDS.split(' ').any(|end| word.ends_with(end));
    word == start || start.len() > 2 && word.starts_with(start) && word.len() <= 12 && ends()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_their_many_forms() {
        for (words, language, want) in [
            ("2026-05-04", "", Some("2026-05-04")),
            (
                "2026-05-04T05:36:09+01:00",
                "",
                Some("2026-05-04T05:36:09+01:00"),
            ),
            ("2026-05-04T05:36:09.123Z", "", Some("2026-05-04T05:36:09Z")),
            ("2026-05-04 05:36", "", Some("2026-05-04T05:36:00")),
            (
                "2026-05-04T05:36:09+0100",
                "",
                Some("2026-05-04T05:36:09+01:00"),
            ),
            ("2026/5/4", "", Some("2026-05-04")),
            ("20260504", "", Some("2026-05-04")),
            ("20260504T053600Z", "", Some("2026-05-04")),
            ("4.5.2026", "", Some("2026-05-04")),
            ("04. 05. 2026", "de", Some("2026-05-04")),
            ("04.05.26, 10:12 Uhr", "de", Some("2026-05-04")),
            ("4/5/2026", "en-GB", Some("2026-05-04")),
            ("5/4/2026", "en-US", Some("2026-05-04")),
            ("4/5/2026", "en", None),
            ("4/25/2026", "en", Some("2026-04-25")),
            ("15 November 2026", "en", Some("2026-11-15")),
            ("Nov. 15, 2026", "en", Some("2026-11-15")),
            ("Published 4 May 2026, 05:36", "en", Some("2026-05-04")),
            (
                "Updated: Monday, May 4th, 2026 10:12 a.m. GMT",
                "en",
                Some("2026-05-04"),
            ),
            ("Mon, 04 May 2026 05:36:00 +0200", "", Some("2026-05-04")),
            ("4. März 2026", "de", Some("2026-03-04")),
            ("6 de mayo de 2022 05:30", "es", Some("2022-05-06")),
            ("Publié le 1er août 2026 à 10h12", "fr", Some("2026-08-01")),
            ("15 listopada 2026", "pl", Some("2026-11-15")),
            ("2026年5月4日", "ja", Some("2026-05-04")),
            ("May 2026", "en", Some("2026-05")),
            ("2026", "", Some("2026")),
        ] {
            assert_eq!(iso(words, language).as_deref(), want, "{words}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for words in [
            "321,046",
            "168 0 0",
            "15 – 30 Min",
            "9,2 / 10",
            "57:33",
            "1651035600",
            "05:42",
            "00:00:01,000 --> 00:00:04,000",
            "31.02.2026",
            "80 million",
            "14.32",
            "",
            "On 4 May 2026 the council closed the pier",
        ] {
            assert_eq!(iso(words, "en"), None, "{words}");
        }
    }

    #[test]
    fn a_date_is_found_among_words_and_in_an_address() {
        let found = find("By Ada Holm, Norvik Post · 4 May 2026, 10:12", "en");
        assert_eq!(found.as_deref(), Some("2026-05-04"));
        assert_eq!(find("Nobody knows when.", "en"), None);
        let path = in_address("https://norvik.example/news/2026/05/04/quay.html");
        assert_eq!(path.as_deref(), Some("2026-05-04"));
        let dashes = in_address("https://norvik.example/2026-05-04-quay");
        assert_eq!(dashes.as_deref(), Some("2026-05-04"));
        let day_first = in_address("https://norvik.example/meldungen/29-10-2026");
        assert_eq!(day_first.as_deref(), Some("2026-10-29"));
        let run_together = in_address("https://norvik.example/html/20260504/k1001.html");
        assert_eq!(run_together.as_deref(), Some("2026-05-04"));
        for none in ["2026/13/04/", "04-05-2026", "k1001/20261341", "1234567/8"] {
            let address = format!("https://norvik.example/{none}");
            assert_eq!(in_address(&address), None, "{none}");
        }
        assert_eq!(in_address("https://norvik.example/"), None);
    }
}
