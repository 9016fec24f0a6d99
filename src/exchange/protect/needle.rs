//! What is searched for: letters, where words meet in them, and by which rule a place with these letters counts.

use std::collections::HashSet;
use std::sync::Arc;

use super::decode::plain;
use super::fold::{Folded, LetterLook};
use super::words::{common, folded};

/// When a place with a needle's letters is one that names somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NeedleRule {
    /// A whole name of several words: parted as words, or joined where that is long enough to be no chance.
    Name,
    /// A whole name of nothing but common words: each with a capital.
    Proper,
    /// A part of four letters and more: as a word, inflected, and inside of words.
    Part,
    /// A shorter part: as a word.
    Short,
    /// A part that is an ordinary word too: with a capital; whatever the case in handles, addresses and notes.
    Ordinary,
    /// A part that is a word of grammar too: with a capital.
    Function,
    /// The beginning of a part that changes at its end: with an ending, as a word with a capital.
    Stem,
    /// An initial and a short surname: as a word of a handle, an address or a file's name.
    Handle,
    /// Initials: with full stops; in notes without them too.
    Initials,
    /// A role, an affiliation, or another description: as words.
    Phrase,
    /// One letter that is all that is known of a name.
    Letter,
    /// A name that is nothing but one common word: where it is written small, nobody can tell.
    Doubtful,
    /// An address or another way to reach somebody.
    Contact,
    /// Digits of a telephone number.
    Number,
    /// The whole name of somebody else: what stands in it is theirs.
    Other,
}

/// One needle.
#[derive(Clone, Debug)]
pub(super) struct Needle {
    /// Folded letters.
    pub letters: String,
    /// The bytes of `letters` before which a word begins.
    pub borders: Vec<usize>,
    /// When it counts.
    pub rule: NeedleRule,
    /// The initials of the person, which may stand before a part.
    pub initials: Arc<str>,
    /// Whether it is a given name, which others bear too.
    pub given: bool,
    /// Whether it is one common word, which must not be masked wherever it stands.
    pub common: bool,
}

/// Needles in the making; each once.
#[derive(Debug, Default)]
pub(super) struct Needles {
    pub all: Vec<Needle>,
    seen: HashSet<(String, NeedleRule)>,
    /// Those of the name that is being added.
    pub initials: Arc<str>,
}

impl Needles {
    /// Adds what is spelled by `words`, in every spelling of each.
    pub fn spell(&mut self, words: &[&str], rule: NeedleRule, given: bool) {
        let words: Vec<Vec<String>> = words.iter().map(|w| spellings(w)).collect();
        let most = words.iter().map(Vec::len).max().unwrap_or(0);
        for n in 0..most {
            let words = words.iter().filter_map(|w| w.get(n).or(w.first()));
            self.letters(&words.map(String::as_str).collect::<Vec<_>>(), rule, given);
        }
    }

    /// Adds folded words.
    pub fn letters(&mut self, words: &[&str], rule: NeedleRule, given: bool) {
        let mut letters = String::new();
        let mut borders = Vec::new();
        for w in words.iter().filter(|w| !w.is_empty()) {
            if !letters.is_empty() {
                borders.push(letters.len());
            }
            // A hyphen or an apostrophe inside of a word is a border too: O Brien, Garcia Nunez.
            for (n, piece) in w.split('-').filter(|p| !p.is_empty()).enumerate() {
                if n > 0 {
                    borders.push(letters.len());
                }
                letters.push_str(piece);
            }
        }
        if letters.is_empty() || !self.seen.insert((letters.clone(), rule)) {
            return;
        }
        let common = match rule {
            NeedleRule::Ordinary | NeedleRule::Function => true,
            NeedleRule::Phrase => borders.is_empty(),
            _ => false,
        };
        self.all.push(Needle {
            letters,
            borders,
            rule,
            initials: self.initials.clone(),
            given,
            common,
        });
    }
}

/// The folded spellings of a word, its halves parted by `-`; the plainest first.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut add = |w: String| {
        if !w.is_empty() && !all.contains(&w) {
            all.push(w);
        }
    };
    let by = |word: &str, look| {
        let halves = halves(word);
        let halves = halves.iter().map(|h| Folded::new(&plain(h), look).text);
        halves
            .filter(|h| !h.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    };
    let shape = by(word, LetterLook::Shape);
    add(shape.clone());
    add(by(word, LetterLook::Sound));
    // As it is written where the keys are missing: Müller, Mueller, Muller.
    add(by(&written_out(word), LetterLook::Shape));
    add(shape
        .replace("ae", "a")
        .replace("oe", "o")
        .replace("ue", "u"));
    add(shape.replace("aa", "a"));
    all
}

fn written_out(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::new();
    for c in word.nfc() {
        match c {
            'ä' | 'Ä' | 'æ' | 'Æ' => out.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            'å' | 'Å' => out.push_str("aa"),
            c => out.push(c),
        }
    }
    out
}

/// The halves of a word that is joined by hyphens or apostrophes.
pub(super) fn halves(word: &str) -> Vec<&str> {
    word.split(|c: char| !c.is_alphanumeric() && !is_mark(c))
        .filter(|h| !h.is_empty())
        .collect()
}

/// Whether the character belongs to the letter before it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// Adds what a description is known by: a role, an affiliation, a source that has no name.
pub(super) fn describe(needles: &mut Needles, text: &str) {
    for piece in text.split([',', ';', '/', '(', ')', '|']) {
        let words: Vec<&str> = piece.split_whitespace().collect();
        let from = words
            .iter()
            .take_while(|w| common(&folded(w)).function())
            .count();
        let words = &words[from.min(words.len())..];
        let first = words
            .first()
            .is_some_and(|w| w.chars().count() > 1 || words.len() > 1);
        if !first {
            continue;
        }
        needles.spell(words, NeedleRule::Phrase, false);
        let chunks: Vec<Vec<&str>> = words
            .split(|w| common(&folded(w)).joins())
            .map(|c| {
                c.iter()
                    .copied()
                    .filter(|w| !common(&folded(w)).function())
                    .collect()
            })
            .filter(|c: &Vec<&str>| !c.is_empty())
            .collect();
        let proper = |c: &[&str]| c.iter().all(|w| w.starts_with(char::is_uppercase));
        for chunk in chunks
            .iter()
            .filter(|c| c.len() > 1 || (proper(c) && chunks.len() > 1))
        {
            needles.spell(chunk, NeedleRule::Phrase, false);
        }
        // "Leader of the opposition", "opposition leader".
        if let [a, b] = chunks.as_slice() {
            let turned: Vec<&str> = b.iter().chain(a).copied().collect();
            needles.spell(&turned, NeedleRule::Phrase, false);
        }
    }
}

/// Adds what an organisation, a document or a paper is known by: its name, most of its name, its letters.
pub(super) fn organisation(needles: &mut Needles, name: &str) {
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|w| !folded(w).is_empty())
        .collect();
    let from = words
        .iter()
        .take_while(|w| common(&folded(w)).function())
        .count();
    let words = &words[from.min(words.len())..];
    needles.spell(words, NeedleRule::Phrase, false);
    for length in 2..words.len() {
        for run in words.windows(length) {
            let ends = [run.first(), run.last()];
            if !ends
                .into_iter()
                .flatten()
                .any(|w| common(&folded(w)).function())
            {
                needles.spell(run, NeedleRule::Proper, false);
            }
        }
    }
    let capitals = words.iter().filter(|w| w.starts_with(char::is_uppercase));
    let letters: Vec<String> = capitals
        .filter_map(|w| w.chars().next())
        .map(|c| folded(&c.to_string()))
        .collect();
    if letters.len() > 2 {
        needles.letters(
            &letters.iter().map(String::as_str).collect::<Vec<_>>(),
            NeedleRule::Initials,
            false,
        );
    }
}

/// Adds the ways to reach somebody that stand in `contact`.
pub(super) fn contact(needles: &mut Needles, contact: &str) {
    for piece in contact.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')) {
        let bare = piece
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_start_matches("www.");
        let address =
            bare.contains('@') || bare.contains('/') || bare.trim_matches('.').contains('.');
        if address {
            let words = folded_words(bare);
            let length: usize = words.iter().map(String::len).sum();
            if length >= 6 {
                needles.letters(
                    &words.iter().map(String::as_str).collect::<Vec<_>>(),
                    NeedleRule::Contact,
                    false,
                );
            }
            if let Some((local, _)) = bare.split_once('@').filter(|(l, _)| folded(l).len() >= 4) {
                let words = folded_words(local);
                needles.letters(
                    &words.iter().map(String::as_str).collect::<Vec<_>>(),
                    NeedleRule::Handle,
                    false,
                );
            }
        }
    }
    let digits = |text: &str| Folded::new(&plain(text), LetterLook::Digits).text;
    for line in contact.split([',', ';', '\n']) {
        let number = digits(line);
        // The country and the zero before the town are said or not.
        let tail: String = number
            .chars()
            .rev()
            .take(7)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        if tail.len() >= 6 {
            let each: Vec<String> = tail.chars().map(String::from).collect();
            needles.letters(
                &each.iter().map(String::as_str).collect::<Vec<_>>(),
                NeedleRule::Number,
                false,
            );
        }
    }
}

fn folded_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.map(folded).filter(|w| !w.is_empty()).collect()
}
