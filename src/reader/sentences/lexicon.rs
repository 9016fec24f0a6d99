//! The words that decide whether a stop ends a sentence, per language.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an abbreviation is. See `lexicon/en/sentences.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    Title,
    Numbered,
    Month,
    Firm,
    Plain,
    Never,
}

/// Sets of words, one bit each.
#[derive(Clone, Copy, Debug, Default)]
struct Sets(u8);

const OPENER: u8 = 1;
const CLOCK: u8 = 2;
const BANG: u8 = 4;
const SPEECH: u8 = 8;
const BODY: u8 = 16;

/// One language's words.
#[derive(Debug, Default)]
pub(super) struct SentenceLexicon {
    abbreviations: HashMap<&'static str, Abbreviation>,
    words: HashMap<&'static str, Sets>,
    ordinals: bool,
}

impl SentenceLexicon {
    fn parse(source: &'static str) -> Self {
        let mut lexicon = Self::default();
        let mut class = "";
        for line in source.lines() {
            if line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                class = name;
                lexicon.ordinals |= class == "ordinals";
                continue;
            }
            for word in line.split_whitespace() {
                lexicon.add(class, word);
            }
        }
        lexicon
    }

    fn add(&mut self, class: &str, word: &'static str) {
        use Abbreviation::*;
        let abbreviation = match class {
            "title" => Title,
            "numbered" => Numbered,
            "month" => Month,
            "firm" => Firm,
            "plain" => Plain,
            "never" => Never,
            _ => {
                let bit = match class {
                    "opener" => OPENER,
                    "clock" => CLOCK,
                    "bang" => BANG,
                    "speech" => SPEECH,
                    "body" => BODY,
                    _ => 0,
                };
                self.words.entry(word).or_default().0 |= bit;
                return;
            }
        };
        self.abbreviations.insert(word, abbreviation);
    }

    /// What `word`, without its last stop, abbreviates.
    pub fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        lower(word, |w| self.abbreviations.get(w).copied())
    }
    fn has(&self, word: &str, bit: u8) -> bool {
        lower(word, |w| self.words.get(w).copied()).is_some_and(|s| s.0 & bit != 0)
    }
    /// Whether `word` opens sentences and is no name.
    pub fn opens(&self, word: &str) -> bool {
        self.has(word, OPENER)
    }
    /// Whether numbers with a stop are ordinals.
    pub fn has_ordinals(&self) -> bool {
        self.ordinals
    }
    /// Whether `word` stands behind a time of day.
    pub fn is_clock(&self, word: &str) -> bool {
        self.has(word, CLOCK) || self.abbreviation(word) == Some(Abbreviation::Month)
    }
    /// Whether `word` has a mark at its end that ends no sentence.
    pub fn has_bang(&self, word: &str) -> bool {
        self.has(word, BANG)
    }
    /// Whether `word` is a verb of saying.
    pub fn is_speech(&self, word: &str) -> bool {
        self.has(word, SPEECH)
    }
    /// Whether `word` is part of a name behind "U.S.".
    pub fn is_body(&self, word: &str) -> bool {
        self.has(word, BODY)
    }
}

/// Calls `f` with `word` in lower case, without an allocation for the short words that abbreviations are.
fn lower<T>(word: &str, f: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    let mut buffer = [0u8; 24];
    if word.is_ascii() && word.len() <= buffer.len() {
        let buffer = &mut buffer[..word.len()];
        buffer.copy_from_slice(word.as_bytes());
        buffer.make_ascii_lowercase();
        return std::str::from_utf8(buffer).ok().and_then(f);
    }
    (word.len() <= 48)
        .then(|| word.to_lowercase())
        .and_then(|w| f(&w))
}

/// The words of `language`, a primary subtag; none for most languages, where the segmenter decides alone.
pub(super) fn of(language: &str) -> Option<&'static SentenceLexicon> {
    static EN: LazyLock<SentenceLexicon> =
        LazyLock::new(|| SentenceLexicon::parse(include_str!("../lexicon/en/sentences.txt")));
    static DE: LazyLock<SentenceLexicon> =
        LazyLock::new(|| SentenceLexicon::parse(include_str!("../lexicon/de/sentences.txt")));
    static FR: LazyLock<SentenceLexicon> =
        LazyLock::new(|| SentenceLexicon::parse(include_str!("../lexicon/fr/sentences.txt")));
    static ES: LazyLock<SentenceLexicon> =
        LazyLock::new(|| SentenceLexicon::parse(include_str!("../lexicon/es/sentences.txt")));
    Some(match language {
        "en" => &EN,
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
    fn every_class_of_the_lexicons_is_known() {
        for source in [
            include_str!("../lexicon/en/sentences.txt"),
            include_str!("../lexicon/de/sentences.txt"),
            include_str!("../lexicon/fr/sentences.txt"),
            include_str!("../lexicon/es/sentences.txt"),
        ] {
            for class in source.lines().filter_map(|l| l.strip_prefix('[')) {
                assert!(
                    [
                        "title]",
                        "numbered]",
                        "month]",
                        "firm]",
                        "plain]",
                        "never]",
                        "opener]",
                        "clock]",
                        "bang]",
                        "speech]",
                        "body]",
                        "ordinals]"
                    ]
                    .contains(&class),
                    "{class}"
                );
            }
        }
        let en = of("en").expect("English has a lexicon");
        assert_eq!(en.abbreviation("Gen"), Some(Abbreviation::Title));
        assert_eq!(en.abbreviation("harbour"), None);
        assert!(
            en.opens("The") && !en.opens("Kell") && en.is_clock("Monday") && en.is_clock("Oct")
        );
        assert!(of("ja").is_none());
    }
}
