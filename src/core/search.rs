//! Literal search in the article: smart case, in linear time, next and previous with wrap-around.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use memchr::memmem;
use regex::{Regex, RegexBuilder};

use super::fold::{carries_on, composed, spellings};

/// How far [`Pattern::previous`] goes back at a time, in bytes.
const STRETCH: usize = 64 * 1024;

/// What is searched for.
#[derive(Clone, Debug)]
pub struct Pattern(Matcher);

#[derive(Clone, Debug)]
enum Matcher {
    Exact(Box<memmem::Finder<'static>>),
    Folded(Regex),
}

/// A place where the pattern stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// In bytes of the text searched.
    pub bytes: Range<usize>,
    /// Whether the search went past the text's end (or start) to find it.
    pub wrapped: bool,
}

/// How often the pattern stands in the text, counted up to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    /// Which of them is the one asked about, 1 for the first; none where it is none, or beyond the limit.
    pub nth: Option<usize>,
    /// How many were counted.
    pub total: usize,
    /// Whether there are more.
    pub more: bool,
}

/// The byte at which `words` first stands in `text`, in whatever case, as [`Pattern::ignoring_case`] finds it. Where one
/// place is all that is asked for, making a pattern would take longer than finding it.
pub fn first_ignoring_case(text: &str, words: &str) -> Option<usize> {
    let plain = words.is_ascii() && !words.is_empty() && !words.contains(['\'', '"', '\n']);
    let search = plain.then(|| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build([words])
    });
    match search {
        Some(Ok(search)) => {
            let mut places = search.find_iter(text).map(|m| m.range());
            Some(places.find(|r| is_whole(text, r.end))?.start)
        }
        _ => {
            let pattern = Pattern::ignoring_case(words)?;
            let found = pattern.find_all(text).next();
            found.map(|at| at.start)
        }
    }
}

/// Whether the last letter before byte `end` is whole: no accent of its own follows.
fn is_whole(text: &str, end: usize) -> bool {
    let behind = text.as_bytes().get(end);
    behind.is_none_or(u8::is_ascii) || !text[end..].starts_with(carries_on)
}

impl Pattern {
    /// A pattern for `query`, one line: letter case counts only where the query has an upper-case letter. None for an
    /// empty query.
    ///
    /// A straight apostrophe or quotation mark finds the typographic ones too, which no keyboard has. Accents are found
    /// however they are written, and a letter is not found in one that has an accent.
    pub fn new(query: &str) -> Option<Self> {
        Self::build(query, !query.chars().any(char::is_uppercase))
    }

    /// A pattern for `query` that ignores letter case whatever the query looks like.
    pub fn ignoring_case(query: &str) -> Option<Self> {
        Self::build(query, true)
    }

    fn build(query: &str, ignore_case: bool) -> Option<Self> {
        // Searching goes line by line in places, so nothing behind a line end could be found anyway.
        let query = query.split('\n').next().filter(|q| !q.is_empty())?;
        let query = &*composed(query);
        let finder = || Box::new(memmem::Finder::new(query).into_owned());
        let exact = || Self(Matcher::Exact(finder()));
        let accents = |c: char| !c.is_ascii() && spellings(c).len() > 1;
        if !ignore_case && !query.contains(['\'', '"']) && !query.contains(accents) {
            return Some(exact());
        }
        let mut escaped = String::with_capacity(query.len() * 2);
        for c in query.chars() {
            match c {
                '\'' => escaped.push_str("['‘’‚‛]"),
                '"' => escaped.push_str("[\"“”„‟«»]"),
                c if accents(c) => {
                    let ways = spellings(c).join("|");
                    escaped.push_str(&format!("(?:{ways})"));
                }
                c => escaped.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
        let built = RegexBuilder::new(&escaped)
            .case_insensitive(ignore_case)
            .build();
        // Only a query too long to compile fails; it is then searched for as it is.
        Some(built.map_or_else(|_| exact(), |r| Self(Matcher::Folded(r))))
    }

    /// Whether the pattern stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.find_at(text, 0).is_some()
    }

    /// Every place where the pattern stands in `text`, in order, without overlaps; found as they are asked for.
    pub fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.find_from(text, 0)
    }

    fn find_from<'a>(
        &'a self,
        text: &'a str,
        mut at: usize,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        std::iter::from_fn(move || {
            let found = self.find_at(text, at)?;
            at = found.end;
            Some(found)
        })
    }

    fn find_at(&self, text: &str, mut at: usize) -> Option<Range<usize>> {
        loop {
            let found = self.letters_at(text, at)?;
            if is_whole(text, found.end) {
                return Some(found);
            }
            at = text.ceil_char_boundary(found.start + 1);
        }
    }

    /// The first place at byte `at` or behind it, also one whose last letter has an accent behind it.
    fn letters_at(&self, text: &str, at: usize) -> Option<Range<usize>> {
        if at > text.len() {
            return None;
        }
        match &self.0 {
            Matcher::Exact(finder) => {
                let start = at + finder.find(&text.as_bytes()[at..])?;
                Some(start..start + finder.needle().len())
            }
            Matcher::Folded(regex) => regex.find_at(text, at).map(|m| m.range()),
        }
    }

    /// The first place that starts at byte `from` or behind it, else the first of all.
    pub fn next(&self, text: &str, from: usize) -> Option<Hit> {
        let from = text.ceil_char_boundary(from);
        if let Some(bytes) = self.find_at(text, from) {
            return Some(Hit {
                bytes,
                wrapped: false,
            });
        }
        let bytes = self.find_at(text, 0)?;
        Some(Hit {
            bytes,
            wrapped: true,
        })
    }

    /// The last place that starts before byte `before`, else the last of all.
    pub fn previous(&self, text: &str, before: usize) -> Option<Hit> {
        if let Some(bytes) = self.last_before(text, before) {
            return Some(Hit {
                bytes,
                wrapped: false,
            });
        }
        let bytes = self.last_before(text, text.len())?;
        Some(Hit {
            bytes,
            wrapped: true,
        })
    }

    /// Goes back over stretches that start with a line, since no place crosses a line's end.
    fn last_before(&self, text: &str, before: usize) -> Option<Range<usize>> {
        let mut end = text.floor_char_boundary(before);
        while end > 0 {
            let back = &text.as_bytes()[..end.saturating_sub(STRETCH)];
            let start = memchr::memrchr(b'\n', back).map_or(0, |feed| feed + 1);
            let last = self
                .find_from(text, start)
                .take_while(|r| r.start < end)
                .last();
            if last.is_some() {
                return last;
            }
            end = start;
        }
        None
    }

    /// Counts the places up to `limit`, and says which one starts at byte `at`.
    pub fn tally(&self, text: &str, at: usize, limit: usize) -> Tally {
        let mut tally = Tally::default();
        for found in self.find_all(text) {
            if tally.total == limit {
                tally.more = true;
                break;
            }
            tally.total += 1;
            if found.start == at {
                tally.nth = Some(tally.total);
            }
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn found<'a>(query: &str, text: &'a str) -> Vec<&'a str> {
        let pattern = Pattern::new(query).unwrap();
        pattern.find_all(text).map(|r| &text[r]).collect()
    }

    #[test]
    fn case_counts_only_when_the_query_has_upper_case() {
        let text = "Kell kell KELL “Kell’s” ÉTÉ été";
        assert_eq!(found("kell", text).len(), 4);
        assert_eq!(found("Kell", text).len(), 2);
        assert_eq!(found("été", text), ["ÉTÉ", "été"]);
        assert_eq!(found("kell's\"", text), ["Kell’s”"]);
        assert_eq!(found("a.c", "abc a.c"), ["a.c"]);
        assert_eq!(found("aa", "aaaaa").len(), 2);
        assert!(Pattern::new("").is_none());
        assert!(Pattern::ignoring_case("KELL").unwrap().is_in("the kell"));
    }

    #[test]
    fn next_and_previous_go_round() {
        let text = "one two\none two\none";
        let p = Pattern::new("one").unwrap();
        let hit = |start: usize, wrapped| Hit {
            bytes: start..start + 3,
            wrapped,
        };
        assert_eq!(p.next(text, 0), Some(hit(0, false)));
        assert_eq!(p.next(text, 1), Some(hit(8, false)));
        assert_eq!(p.next(text, 17), Some(hit(0, true)));
        assert_eq!(p.previous(text, 8), Some(hit(0, false)));
        assert_eq!(p.previous(text, 0), Some(hit(16, true)));
        assert_eq!(p.previous(text, 999), Some(hit(16, false)));
        assert_eq!(Pattern::new("three").unwrap().next(text, 3), None);
        assert_eq!(Pattern::new("three").unwrap().previous(text, 3), None);
    }

    #[test]
    fn counting_stops_at_the_limit() {
        let text = "a b a b a";
        let p = Pattern::new("a").unwrap();
        let all = Tally {
            nth: Some(2),
            total: 3,
            more: false,
        };
        assert_eq!(p.tally(text, 4, 10), all);
        let some = Tally {
            nth: None,
            total: 2,
            more: true,
        };
        assert_eq!(p.tally(text, 8, 2), some);
    }

    #[test]
    fn accents_are_found_however_they_are_written() {
        let text = "Jos\u{e9}, Jose\u{301} and Jose";
        for query in ["jos\u{e9}", "Jos\u{e9}", "jose\u{301}", "Jose\u{301}"] {
            assert_eq!(found(query, text), ["Jos\u{e9}", "Jose\u{301}"], "{query}");
        }
        assert_eq!(found("Jose", text), ["Jose"]);
        assert_eq!(first_ignoring_case(text, "jose"), Some(text.len() - 4));
        assert_eq!(found("❤", "❤\u{fe0f}"), ["❤"]);
    }

    proptest! {
        #[test]
        fn previous_agrees_with_the_list_of_all(text in "[abé\n]{0,80}", query in "[abé]{1,2}", at in 0usize..90) {
            let p = Pattern::new(&query).unwrap();
            let all: Vec<_> = p.find_all(&text).collect();
            let at = text.floor_char_boundary(at);
            let want = all.iter().rev().find(|r| r.start < at).or(all.last()).cloned();
            prop_assert_eq!(p.previous(&text, at).map(|h| h.bytes), want);
            prop_assert_eq!(p.next(&text, at).is_none(), all.is_empty());
        }

        #[test]
        fn a_stretch_border_hides_nothing(lines in 1usize..4, tail in 0usize..4) {
            let text = format!("{}needle\n{}", "x".repeat(9).repeat(lines * 9000), "y\n".repeat(tail * 40_000));
            let p = Pattern::new("needle").unwrap();
            prop_assert!(p.previous(&text, text.len()).is_some_and(|h| &text[h.bytes] == "needle"));
        }
    }

    #[test]
    fn words_are_first_found_where_a_pattern_finds_them() {
        let text = "The DOCK of “O’Neil”, the dock: Ærø, ærø, the O'Neil dock";
        for words in [
            "dock",
            "Dock",
            "o'neil",
            "\"O'Neil\"",
            "ÆRØ",
            "quay",
            "",
            "the\ndock",
        ] {
            let pattern = Pattern::ignoring_case(words);
            let found = pattern.and_then(|p| p.find_all(text).next().map(|at| at.start));
            assert_eq!(first_ignoring_case(text, words), found, "{words}");
        }
        assert_eq!(first_ignoring_case(text, "THE dock"), Some(0));
    }
}
