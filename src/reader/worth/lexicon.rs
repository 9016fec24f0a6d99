//! The signs of `lexicon/*/worth-signs.txt`, found in one pass over a sentence.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// What a phrase is a sign of. See `lexicon/en/worth-signs.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Compare,
    Change,
    Superlative,
    Cause,
    Law,
    Accuse,
    Forecast,
    Opinion,
    Position,
    Define,
    Media,
    Own,
    Amount,
    Unit,
    When,
    Question,
}

/// How many signs there are.
pub(super) const SIGNS: usize = 16;

const NAMES: [(&str, Sign); SIGNS] = [
    ("compare", Sign::Compare),
    ("change", Sign::Change),
    ("superlative", Sign::Superlative),
    ("cause", Sign::Cause),
    ("law", Sign::Law),
    ("accuse", Sign::Accuse),
    ("forecast", Sign::Forecast),
    ("opinion", Sign::Opinion),
    ("position", Sign::Position),
    ("define", Sign::Define),
    ("media", Sign::Media),
    ("self", Sign::Own),
    ("amount", Sign::Amount),
    ("unit", Sign::Unit),
    ("when", Sign::When),
    ("question", Sign::Question),
];

/// One language's signs.
pub(super) struct WorthLexicon {
    search: AhoCorasick,
    /// Of each phrase: its sign, and whether the word may go on.
    entries: Vec<(Sign, bool)>,
}

/// Class and phrase of each line.
fn phrases(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut class = "";
    source.lines().filter_map(move |line| {
        let line = line.trim_end();
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            class = name;
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((class, line))
    })
}

fn sign(class: &str) -> Option<Sign> {
    NAMES
        .iter()
        .find(|(name, _)| *name == class)
        .map(|(_, sign)| *sign)
}

impl WorthLexicon {
    fn parse(source: &str) -> Self {
        let (mut words, mut entries) = (Vec::new(), Vec::new());
        for (class, phrase) in phrases(source) {
            // A class that does not exist is found by the test.
            let Some(sign) = sign(class) else { continue };
            let stem = phrase.strip_suffix('*');
            words.push(stem.unwrap_or(phrase));
            entries.push((sign, stem.is_some()));
        }
        let search = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words)
            .expect("a few hundred short phrases fit every limit of the automaton");
        Self { search, entries }
    }

    /// Calls `each` with every sign in `sentence` and its bytes, whole words only, in order.
    pub fn find(&self, sentence: &str, mut each: impl FnMut(Sign, Range<usize>)) {
        let bytes = sentence.as_bytes();
        let mut at = 0;
        while let Some(found) = self
            .search
            .find(aho_corasick::Input::new(sentence).range(at..))
        {
            let Some(&(sign, stem)) = self.entries.get(found.pattern().as_usize()) else {
                return;
            };
            let (start, mut end) = (found.start(), found.end());
            if start > 0 && is_word(bytes[start - 1]) {
                at = next_word(bytes, start);
                continue;
            }
            let behind = bytes[end..].iter().take_while(|b| is_word(**b)).count();
            if behind > 0 && !stem {
                at = next_word(bytes, start);
                continue;
            }
            end += behind;
            each(sign, start..end);
            at = end;
        }
    }
}

/// Letters, digits and all bytes of characters beyond ASCII.
fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80
}

/// Where the search goes on when what starts at `at` was no whole word: behind the word.
fn next_word(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() && (is_word(bytes[end])) {
        end += 1;
    }
    end
}

/// The signs of `language`, a primary subtag; English where it has none of its own, since numbers and names count alike.
pub(super) fn of(language: &str) -> Option<&'static WorthLexicon> {
    static EN: LazyLock<WorthLexicon> =
        LazyLock::new(|| WorthLexicon::parse(include_str!("../lexicon/en/worth-signs.txt")));
    static DE: LazyLock<WorthLexicon> =
        LazyLock::new(|| WorthLexicon::parse(include_str!("../lexicon/de/worth-signs.txt")));
    static FR: LazyLock<WorthLexicon> =
        LazyLock::new(|| WorthLexicon::parse(include_str!("../lexicon/fr/worth-signs.txt")));
    static ES: LazyLock<WorthLexicon> =
        LazyLock::new(|| WorthLexicon::parse(include_str!("../lexicon/es/worth-signs.txt")));
    Some(match language {
        "en" | "" => &EN,
        "de" => &DE,
        "fr" => &FR,
        "es" => &ES,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_known_and_no_phrase_stands_twice_in_one() {
        for source in [
            include_str!("../lexicon/en/worth-signs.txt"),
            include_str!("../lexicon/de/worth-signs.txt"),
            include_str!("../lexicon/fr/worth-signs.txt"),
            include_str!("../lexicon/es/worth-signs.txt"),
        ] {
            let mut seen = std::collections::HashSet::new();
            for (class, phrase) in phrases(source) {
                assert!(sign(class).is_some(), "[{class}]");
                assert!(seen.insert(phrase), "{phrase} stands twice");
                assert_eq!(phrase, phrase.to_lowercase());
            }
            assert!(seen.len() > 60);
        }
    }

    #[test]
    fn phrases_are_whole_words_and_the_longest_wins() {
        let mut found = Vec::new();
        let s = "More than half the outlaws accused Mayfair of waiting; it may be.";
        of("en")
            .expect("English has signs")
            .find(s, |sign, r| found.push((sign, &s[r])));
        assert_eq!(
            found,
            [
                (Sign::Compare, "More than"),
                (Sign::Amount, "half the"),
                (Sign::Law, "outlaws"),
                (Sign::Accuse, "accused"),
                (Sign::Forecast, "may"),
            ]
        );
        assert!(of("ja").is_none());
    }
}
