//! The words that a mark begins or ends at.
//!
//! A word is what UAX #29 says, with the signs that belong to a number (`$26`, `12 %` without the space). Where words
//! are not parted by spaces (Chinese, Japanese, Thai and their neighbours) nobody can tell them without a dictionary:
//! there a piece ends where the script changes, at punctuation, and at every fourth character.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// How many characters a piece of a text without spaces has at most.
const PIECE: usize = 4;

/// Signs that belong to the word behind them.
const BEFORE: &str = "$€£¥₹₽₩₪₺¢#§№+±−≈~";
/// Signs that belong to the word before them.
const BEHIND: &str = "%‰°€$£¥₹₽₩₪₺¢";

/// A script that is written without spaces between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unspaced {
    Han,
    Hiragana,
    Katakana,
    Thai,
    Lao,
    Khmer,
    Burmese,
}

impl Unspaced {
    fn of(c: char) -> Option<Self> {
        Some(match c {
            '\u{2E80}'..='\u{2FDF}' | '々' | '〇' | '〡'..='〩' | '〸'..='〻' => Self::Han,
            '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => {
                Self::Han
            }
            '\u{20000}'..='\u{3FFFD}' => Self::Han,
            '\u{3041}'..='\u{309F}' => Self::Hiragana,
            '\u{30FB}' => return None,
            '\u{30A1}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}' => {
                Self::Katakana
            }
            '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' => Self::Thai,
            '\u{E81}'..='\u{ECE}' | '\u{EDC}'..='\u{EDF}' => Self::Lao,
            '\u{1780}'..='\u{17D3}' | '\u{17D7}' | '\u{17DC}' => Self::Khmer,
            '\u{1000}'..='\u{103F}' | '\u{1050}'..='\u{108F}' => Self::Burmese,
            _ => return None,
        })
    }
}

/// The words of `text`, byte ranges in order, disjoint.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // The piece under way: its script and how many characters it has.
    let mut piece: Option<(Unspaced, usize)> = None;
    for (at, segment) in text.split_word_bound_indices() {
        if segment.chars().next().and_then(Unspaced::of).is_some() {
            for (n, cluster) in segment.grapheme_indices(true) {
                let here = at + n..at + n + cluster.len();
                let script = cluster.chars().next().and_then(Unspaced::of);
                piece = match (script, piece, found.last_mut()) {
                    (None, ..) => None,
                    (Some(s), Some((same, so_far)), Some(last)) if s == same && so_far < PIECE => {
                        last.end = here.end;
                        Some((s, so_far + 1))
                    }
                    (Some(s), ..) => {
                        found.push(here);
                        Some((s, 1))
                    }
                };
            }
            continue;
        }
        piece = None;
        if is_word(segment) {
            let end = at + segment.len();
            let before = text[..at].chars().next_back();
            let behind = text[end..].chars().next();
            let sign = |c: Option<char>, signs: &str| c.filter(|c| signs.contains(*c));
            let free = found.last().map_or(0, |w| w.end);
            let start = sign(before, BEFORE).map_or(at, |c| at - c.len_utf8());
            let end = sign(behind, BEHIND).map_or(end, |c| end + c.len_utf8());
            found.push(start.max(free)..end);
        }
    }
    found
}

/// What the mouse means at byte `at` of `text`: the whole word there, else the one cluster, else nothing for white space.
pub fn word_at(text: &str, at: usize) -> Range<usize> {
    // A word is short: the windows around the place hold it whole, but for absurd ones.
    let from = text.floor_char_boundary(at.saturating_sub(256));
    let to = text.ceil_char_boundary(at.saturating_add(256).min(text.len()));
    let here = text[from..to]
        .split_word_bound_indices()
        .map(|(n, s)| (from + n, s))
        .find(|(n, s)| (*n..n + s.len()).contains(&at));
    match here {
        Some((n, s)) if !s.trim().is_empty() => n..n + s.len(),
        _ => at..at,
    }
}

/// Whether a segment between word borders is a word, and no space or punctuation.
pub fn is_word(segment: &str) -> bool {
    segment.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn words_are_whole_and_numbers_keep_their_signs() {
        assert_eq!(
            cut("“Don’t pay NZ $26 (12%),” e\u{301}tienne said - U.S. 5,000 €."),
            [
                "Don’t",
                "pay",
                "NZ",
                "$26",
                "12%",
                "e\u{301}tienne",
                "said",
                "U.S",
                "5,000"
            ]
        );
        assert_eq!(cut("5€+3"), ["5€", "+3"]);
        assert_eq!(cut("5$3"), ["5$", "3"]);
        assert_eq!(cut(" … – "), Vec::<&str>::new());
        assert_eq!(cut(""), Vec::<&str>::new());
    }

    #[test]
    fn texts_without_spaces_are_cut_at_scripts_punctuation_and_every_fourth_character() {
        assert_eq!(
            cut("橋の長さが千二百メートルだと述べた。第5回"),
            [
                "橋",
                "の",
                "長",
                "さが",
                "千二百",
                "メートル",
                "だと",
                "述",
                "べた",
                "第",
                "5",
                "回"
            ]
        );
        assert_eq!(cut("中华人民共和国"), ["中华人民", "共和国"]);
        assert_eq!(cut("สะพานนี้"), ["สะพา", "นนี้"]);
        assert_eq!(cut("東京・大阪"), ["東京", "大阪"]);
    }

    #[test]
    fn the_mouse_means_a_whole_word_or_one_sign_and_no_space() {
        let text = "One, two 橋の";
        let at = |n| &text[word_at(text, n)];
        assert_eq!((at(0), at(2), at(3), at(4)), ("One", "One", ",", ""));
        assert_eq!((at(6), at(9), at(text.len())), ("two", "橋", ""));
    }
}
