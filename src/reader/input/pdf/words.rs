//! Words that a line's end cut, made whole again.

use std::collections::HashSet;

use super::lines::PageText;

/// The marks that a cut word ends with, but for the soft hyphen.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// Whether a line's end cuts a word: it ends with a hyphen that stands right behind a letter or digit.
pub(super) fn is_cut(text: &str) -> bool {
    text.ends_with('\u{ad}') || cut_word(text).is_some()
}

/// The part of a cut word before its last hyphen.
fn cut_word(text: &str) -> Option<&str> {
    let before = text.strip_suffix(HYPHENS)?;
    let first = before.rsplit(|c: char| !(c.is_alphanumeric() || HYPHENS.contains(&c)));
    first
        .into_iter()
        .next()
        .filter(|w| w.ends_with(char::is_alphanumeric))
}

/// Appends a line's words, with the word that the line's end cut made whole.
pub(super) fn join(text: &mut String, next: &str, words: &DocumentWords) {
    if text.ends_with('\u{ad}') {
        text.pop();
        text.push_str(next);
        return;
    }
    if let Some(first) = cut_word(text) {
        let second: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
        match words.cut(first, &second) {
            Cut::InOne => drop(text.pop()),
            Cut::AtHyphen => {}
            Cut::Not => text.push(' '),
        }
    } else if !(is_unspaced(text.chars().next_back()) && is_unspaced(next.chars().next())) {
        text.push(' ');
    }
    text.push_str(next);
}

/// Whether it is of a script that is written without spaces.
pub(super) fn is_unspaced(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        let korean = matches!(c, '\u{3130}'..='\u{318f}' | '\u{ffa0}'..='\u{ffdc}');
        let wide = matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{ffef}');
        wide && !korean
    })
}

/// What a hyphen at a line's end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// It was put there where the line ends, and goes: "gov-", "ernment".
    InOne,
    /// It belongs to the word: "well-", "known".
    AtHyphen,
    /// It stands for a part that follows later: "short-", "and long-term".
    Not,
}

/// After these a hyphen stands for a part that follows later.
const AND: [&str; 5] = ["and", "or", "und", "oder", "sowie"];
/// Words after which English puts a hyphen, whatever follows but for an ending.
const BEFORE_HYPHEN: [&str; 19] = [
    "eight", "eighty", "fifty", "five", "forty", "four", "half", "ninety", "self", "seven",
    "seventy", "six", "sixty", "thirty", "three", "twenty", "two", "vice", "well",
];
/// Endings of words that begin like these: "wellness", "fourteen", "selfish".
const ENDINGS: [&str; 12] = [
    "een", "fold", "ington", "ish", "less", "ness", "some", "teen", "teenth", "tieth", "ty", "y",
];
/// Words before which English and French put a hyphen, unless they are a prefix's.
const AFTER_HYPHEN: [&str; 20] = [
    "based", "called", "century", "delà", "elect", "friendly", "fifths", "known", "linked", "même",
    "mêmes", "owned", "quarters", "sized", "speaking", "term", "third", "thirds", "vous", "être",
];
/// Words that begin others, which are written in one, though both parts are words: "over-", "look"; "statt-", "finden".
const BEGINNINGS: [&str; 69] = [
    "after", "back", "be", "bereit", "birth", "book", "contra", "contre", "de", "dis", "down",
    "durch", "entgegen", "entre", "ever", "every", "fest", "fire", "fore", "fort", "frei",
    "further", "gegen", "grand", "hand", "head", "heraus", "here", "hinaus", "hinter", "hinzu",
    "home", "house", "inter", "land", "life", "mid", "mis", "more", "never", "news", "nieder",
    "other", "outre", "over", "pre", "rail", "re", "road", "side", "sobre", "some", "statt",
    "teil", "there", "time", "trans", "über", "un", "under", "unter", "voll", "water", "weiter",
    "wieder", "where", "with", "work", "zusammen",
];
/// The fewest letters of each part where both are words of the document.
const BOTH: usize = 4;

/// The words of a document: they tell whether a hyphen at a line's end belongs to the word. Lower case.
#[derive(Debug, Default)]
pub(super) struct DocumentWords {
    /// Words without a hyphen.
    whole: HashSet<String>,
    /// Those that do not begin with a capital somewhere.
    small: HashSet<String>,
    /// Neighbouring parts of words with hyphens: of "two-year-old", "two-year" and "year-old".
    compound: HashSet<String>,
}

impl DocumentWords {
    /// The words of these pages, but for those that a line's end cuts.
    pub fn of(pages: &[PageText]) -> Self {
        let mut words = Self::default();
        let mut cut = false;
        let own = pages
            .iter()
            .flat_map(|page| &page.lines)
            .map(|line| line.text.as_str());
        let other = pages.iter().filter_map(|page| page.elsewhere.as_deref());
        for line in own.chain(other.flat_map(str::lines)) {
            // The rest of a word is none, nor is its beginning.
            let mut parts = line.split_whitespace().skip(usize::from(cut)).peekable();
            cut = is_cut(line);
            while let Some(word) = parts.next() {
                if !cut || parts.peek().is_some() {
                    words.add(word);
                }
            }
        }
        words
    }

    fn add(&mut self, word: &str) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let small = word.to_lowercase();
        if small.contains(HYPHENS) {
            let parts: Vec<&str> = small.split(HYPHENS).collect();
            let pairs = parts.windows(2).map(|two| two.join("-"));
            self.compound.extend(pairs);
            return;
        }
        if word.starts_with(char::is_lowercase) {
            self.small.insert(small.clone());
        }
        self.whole.insert(small);
    }

    /// What the hyphen between `first`, at a line's end, and `second` is. Numbers, names and abbreviations are never
    /// joined; of other words the document's own come first.
    fn cut(&self, first: &str, second: &str) -> Cut {
        if second.is_empty() || AND.contains(&second) {
            return Cut::Not;
        }
        let mut parts = first.rsplit(HYPHENS);
        let last = parts.next().unwrap_or(first);
        let (one, two) = (last.to_lowercase(), second.to_lowercase());
        if self.compound.contains(&format!("{one}-{two}")) {
            return Cut::AtHyphen;
        }
        let letters = !last.ends_with(is_digit) && !second.starts_with(is_digit);
        let joined = letters && self.whole.contains(&format!("{one}{two}"));
        if joined && parts.next().is_none() {
            return Cut::InOne;
        }
        let abbreviated = last.chars().all(|c| c.is_uppercase() || is_digit(c));
        let keeps = !second.starts_with(char::is_lowercase)
            || last.ends_with(is_digit)
            || abbreviated
            || last.chars().count() == 1
            || first.contains(HYPHENS)
            || BEFORE_HYPHEN.contains(&one.as_str()) && !ENDINGS.contains(&second)
            || !BEGINNINGS.contains(&one.as_str()) && self.are_two(&one, second);
        match keeps {
            true => Cut::AtHyphen,
            false => Cut::InOne,
        }
    }

    /// Whether both are words, so that no one has to have cut them.
    fn are_two(&self, one: &str, second: &str) -> bool {
        let long = |word: &str| word.chars().count() >= BOTH;
        let both =
            long(one) && long(second) && self.whole.contains(one) && self.small.contains(second);
        both || AFTER_HYPHEN.contains(&second)
    }
}

fn is_digit(c: char) -> bool {
    c.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::input::pdf::lines::RunOfWords;

    fn words(lines: &[&str]) -> DocumentWords {
        let line = |text: &&str| RunOfWords {
            text: text.to_string(),
            ..RunOfWords::default()
        };
        DocumentWords::of(&[PageText {
            lines: lines.iter().map(line).collect(),
            ..PageText::default()
        }])
    }

    fn joined(text: &str, next: &str, words: &DocumentWords) -> String {
        let mut text = text.to_string();
        join(&mut text, next, words);
        text
    }

    #[test]
    fn words_cut_at_line_ends_become_whole() {
        let words = words(&[]);
        for (text, next, want) in [
            ("the har-", "bour of Kell", "the harbour of Kell"),
            ("the gov-", "ernment", "the government"),
            ("a well-", "known man", "a well-known man"),
            ("of well-", "ness", "of wellness"),
            ("four-", "teen boats", "fourteen boats"),
            ("the so-", "called plan", "the so-called plan"),
            ("a long-", "term plan", "a long-term plan"),
            ("the un-", "known man", "the unknown man"),
            ("soft\u{ad}", "ware", "software"),
            ("a dash -", "so", "a dash - so"),
            ("plain", "words", "plain words"),
            ("港の理", "事会", "港の理事会"),
            ("ㄱ", "ㄲ", "ㄱ ㄲ"),
        ] {
            assert_eq!(joined(text, next, &words), want);
        }
    }

    #[test]
    fn numbers_names_and_abbreviations_are_never_changed() {
        let words = words(&["COVID19 and 20212026 and KellNorvik"]);
        for (text, next, want) in [
            ("COVID-", "19 rose", "COVID-19 rose"),
            ("in 2021-", "2026 it", "in 2021-2026 it"),
            ("a 20-", "year plan", "a 20-year plan"),
            ("Anglo-", "Saxon", "Anglo-Saxon"),
            ("the EU-", "weite", "the EU-weite"),
            ("an e-", "mail", "an e-mail"),
            ("mother-in-", "law", "mother-in-law"),
        ] {
            assert_eq!(joined(text, next, &words), want);
        }
    }

    #[test]
    fn the_documents_own_words_tell_what_a_hyphen_is() {
        let words = words(&[
            "a harbour-wide rule, price and sensitive, Stadt and Rat, the two-year-old",
            "overlook, and over the look of it. A rele-",
            "vant one.",
        ]);
        for (text, next, want) in [
            ("a harbour-", "wide rule", "a harbour-wide rule"),
            ("a year-", "old boat", "a year-old boat"),
            ("most price-", "sensitive", "most price-sensitive"),
            ("der Stadt-", "rat", "der Stadtrat"),
            ("they over-", "look it", "they overlook it"),
            // What is cut elsewhere is no word.
            ("a rele-", "vant", "a relevant"),
        ] {
            assert_eq!(joined(text, next, &words), want);
        }
    }

    #[test]
    fn a_hyphen_that_stands_for_what_follows_joins_nothing() {
        let words = words(&[]);
        let long = joined("short-", "and long-term", &words);
        assert_eq!(long, "short- and long-term");
        assert_eq!(
            joined("die Vor-", "und Nachteile", &words),
            "die Vor- und Nachteile"
        );
        assert_eq!(
            joined("a well-", "(known) one", &words),
            "a well- (known) one"
        );
    }
}
