//! How well a line of a list fits what is typed: whole words before beginnings of words, those before parts of words, and
//! letters that lie about last.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Matcher, Utf32Str};

use super::item::PickItem;
use crate::core::fold;

/// How well a line fits; the greatest fits best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(Fit, u32);

/// Where the words are found, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Only their letters are in the label, in order.
    Scattered,
    /// In what the line holds besides.
    Inside(Words),
    /// In the whole line.
    Line(Words),
    /// In the label alone.
    Label(Words),
    /// It is called by its key or its number.
    Named,
}

/// How words are found in a text, the worst first: of several words the worst counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Words {
    Part,
    Beginning,
    Whole,
}

/// How a line fits.
pub(super) struct Match {
    pub(super) rank: Rank,
    /// The characters of its label that match.
    pub(super) at: Vec<u32>,
    /// Which of the texts that it holds besides was found.
    pub(super) inside: Option<usize>,
}

impl Match {
    pub(super) fn of(rank: Rank) -> Self {
        Self::in_label(rank, Vec::new())
    }

    fn in_label(rank: Rank, at: Vec<u32>) -> Self {
        let inside = None;
        Self { rank, at, inside }
    }
}

impl Rank {
    /// The rank of a line that is called by its key or its number; the greater `score` comes first.
    pub(super) fn named(score: u32) -> Self {
        Self(Fit::Named, score)
    }

    /// Whether the line holds the words themselves.
    pub(super) fn holds_words(self) -> bool {
        self.0 > Fit::Scattered
    }
}

/// What is typed, ready to be looked for.
pub(super) struct TypedWords {
    scattered: Pattern,
    /// In lower case.
    words: Vec<Vec<char>>,
}

impl TypedWords {
    pub(super) fn new(typed: &str) -> Self {
        // The matcher compares a letter of each cluster; in the composed form that letter has its accents.
        let typed = fold::composed(typed);
        let (case, accents) = (CaseMatching::Smart, Normalization::Smart);
        let lower = typed.to_lowercase();
        Self {
            scattered: Pattern::parse(&typed, case, accents),
            words: lower.split_whitespace().map(letters).collect(),
        }
    }

    /// How `item` fits; none where it does not.
    pub(super) fn find_in(&self, item: &PickItem, matcher: &mut Matcher) -> Option<Match> {
        let label = fold::composed(&item.label);
        if let Some((words, score, at)) = self.words_in(&label) {
            return Some(Match::in_label(Rank(Fit::Label(words), score), at));
        }
        let line = format!("{} {} {}", item.label, item.detail, item.group);
        if let Some((words, score, _)) = self.words_in(&fold::composed(&line)) {
            return Some(Match::of(Rank(Fit::Line(words), score)));
        }
        let inside = item.inside.iter().enumerate().filter_map(|(n, text)| {
            let (words, score, _) = self.words_in(&fold::composed(text))?;
            Some((Rank(Fit::Inside(words), score), Reverse(n)))
        });
        if let Some((rank, Reverse(n))) = inside.max() {
            return Some(Match {
                inside: Some(n),
                ..Match::of(rank)
            });
        }
        let (mut buffer, mut at) = (Vec::new(), Vec::new());
        let label = Utf32Str::new(&label, &mut buffer);
        let score = self.scattered.indices(label, matcher, &mut at)?;
        Some(Match::in_label(Rank(Fit::Scattered, score), in_order(at)))
    }

    /// How the words are found in `text`, with a score and the characters that match; none where one is missing.
    fn words_in(&self, text: &str) -> Option<(Words, u32, Vec<u32>)> {
        let text = letters(text);
        let (mut worst, mut starts, mut all) = (Words::Whole, 0u32, Vec::new());
        for word in &self.words {
            let (words, start) = best_place(&text, word)?;
            worst = worst.min(words);
            let end = u32::try_from(start + word.len()).ok()?;
            let start = u32::try_from(start).ok()?;
            starts = starts.saturating_add(start);
            all.extend(start..end);
        }
        Some((worst, u32::MAX - starts, in_order(all)))
    }
}

/// A letter for each cluster of `text`, as the matcher counts them.
fn letters(text: &str) -> Vec<char> {
    let mut buffer = Vec::new();
    Utf32Str::new(text, &mut buffer).chars().collect()
}

/// Where `word` is found best in `text`, the first of such places.
fn best_place(text: &[char], word: &[char]) -> Option<(Words, usize)> {
    let in_a_word = |at: Option<usize>| {
        let c = at.and_then(|at| text.get(at));
        c.is_some_and(|c| c.is_alphanumeric())
    };
    let is_here = |part: &[char]| part.iter().zip(word).all(|(c, w)| fold::fits(*c, *w));
    let places = text.windows(word.len()).enumerate();
    let places = places.filter(|(_, part)| is_here(part)).map(|(at, _)| {
        let (before, behind) = (at.checked_sub(1), Some(at + word.len()));
        let words = match (in_a_word(before), in_a_word(behind)) {
            (true, _) => Words::Part,
            (false, true) => Words::Beginning,
            (false, false) => Words::Whole,
        };
        (words, Reverse(at))
    });
    places.max().map(|(words, Reverse(at))| (words, at))
}

fn in_order(mut at: Vec<u32>) -> Vec<u32> {
    at.sort_unstable();
    at.dedup();
    at
}
