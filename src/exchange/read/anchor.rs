//! Finding the words of a mark in the text: by its offsets where they cut out its quote, else by the quote.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;

use crate::core::handover::OffsetUnit;
use crate::core::text::{ArticleText, Span};
use crate::exchange::units::{Ruler, Slicer};

/// The words of a mark, and those around it where the file has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::exchange) struct MarkWords<'a> {
    pub exact: &'a str,
    pub prefix: &'a str,
    pub suffix: &'a str,
}

/// Where a mark's words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::exchange) enum MarkPlace {
    /// Where the offsets say.
    There(Span),
    /// Somewhere else: found by the quote.
    Moved(Span),
    /// Nowhere, or at several places that nothing tells apart.
    Nowhere,
}

/// How many quotes are searched for in one file: each search reads the whole text.
const SEARCHES: usize = 2_000;
/// How many places of one quote are weighed.
const PLACES: usize = 1_000;

/// Places marks on a text, in one unit.
#[derive(Debug)]
pub(in crate::exchange) struct Placer<'a> {
    ruler: Ruler<'a>,
    searches: usize,
}

impl<'a> Placer<'a> {
    /// A placer in the unit asked for, else in that of `candidates` in which most offsets cut out their quotes; the first
    /// where they do equally well.
    pub fn new<'q>(
        text: &'a ArticleText,
        asked: Option<OffsetUnit>,
        candidates: &[OffsetUnit],
        marks: impl Iterator<Item = (u32, u32, &'q str)> + Clone,
    ) -> Self {
        let fit = |unit: OffsetUnit| {
            let slicer = Slicer::new(text.as_str(), unit);
            let fits = marks
                .clone()
                .filter(|(s, e, q)| slicer.cut(*s, *e).as_deref() == Some(*q));
            fits.count()
        };
        let unit = asked.unwrap_or_else(|| {
            let mut best = (
                candidates.first().copied().unwrap_or(OffsetUnit::Codepoint),
                None,
            );
            if !text.as_str().is_ascii() {
                for unit in candidates {
                    let fits = fit(*unit);
                    if best.1.is_none_or(|b| fits > b) {
                        best = (*unit, Some(fits));
                    }
                }
            }
            best.0
        });
        Self {
            ruler: Ruler::new(text, unit),
            searches: 0,
        }
    }

    /// The span of two offsets, if they are borders in the text.
    pub fn span(&self, start: u32, end: u32) -> Option<Span> {
        self.ruler.span(start, end)
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> &'a str {
        self.ruler.text().slice(span)
    }

    /// Where the words of a mark stand.
    pub fn place(&mut self, start: u32, end: u32, quote: Option<MarkWords<'_>>) -> MarkPlace {
        let text = self.ruler.text();
        let span = self.ruler.span(start, end);
        match (span, quote) {
            (Some(span), None) if !span.is_empty() => MarkPlace::There(span),
            (Some(span), Some(q)) if text.slice(span) == q.exact && !span.is_empty() => {
                MarkPlace::There(span)
            }
            (_, None) => MarkPlace::Nowhere,
            (span, Some(q)) => {
                self.searches += 1;
                if self.searches > SEARCHES {
                    return MarkPlace::Nowhere;
                }
                find(text, q, span.map(|s| s.start)).map_or(MarkPlace::Nowhere, MarkPlace::Moved)
            }
        }
    }
}

/// Where quotes stand in a text: found for all of them at once, since a search for each would read the text each time.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Places<'q> {
    bytes: HashMap<&'q str, Vec<usize>>,
}

/// The quotes are searched for in batches of so many bytes, which bounds what the search keeps.
const BATCH: usize = 4 * 1024 * 1024;
/// How many places a batch may find in all: more come of a text and quotes that were made to have them.
const MATCHES: usize = 20_000_000;

impl<'q> Places<'q> {
    /// The places of all of `quotes` in `text`.
    pub fn new(text: &ArticleText, quotes: impl Iterator<Item = &'q str>) -> Self {
        let mut quotes: Vec<&str> = quotes.filter(|q| !q.is_empty()).collect();
        quotes.sort_unstable();
        quotes.dedup();
        let mut places = Self::default();
        let (mut batch, mut size) = (Vec::new(), 0);
        for quote in quotes {
            batch.push(quote);
            size += quote.len();
            if size >= BATCH {
                places.search(text.as_str(), &std::mem::take(&mut batch));
                size = 0;
            }
        }
        places.search(text.as_str(), &batch);
        places
    }

    fn search(&mut self, text: &str, batch: &[&'q str]) {
        // What the search cannot be built for is found nowhere, and so is listed.
        let Ok(search) = AhoCorasick::new(batch) else {
            return;
        };
        for found in search.find_overlapping_iter(text).take(MATCHES) {
            if let Some(quote) = batch.get(found.pattern().as_usize()) {
                let all = self.bytes.entry(quote).or_default();
                if all.len() < PLACES {
                    all.push(found.start());
                }
            }
        }
    }

    /// The place of a quote that was searched for: the one with the most of its surroundings, then the nearest to `near`.
    /// None where there is no place, or several that nothing tells apart.
    pub fn of(&self, text: &ArticleText, quote: MarkWords<'_>, near: Option<u32>) -> Option<Span> {
        let all = self.bytes.get(quote.exact)?;
        best(text, quote, near, all.iter().copied())
    }
}

/// The place of one quote, as [`Places::of`] says.
fn find(text: &ArticleText, quote: MarkWords<'_>, near: Option<u32>) -> Option<Span> {
    if quote.exact.is_empty() {
        return None;
    }
    let all = memchr::memmem::find_iter(text.as_str().as_bytes(), quote.exact.as_bytes());
    best(text, quote, near, all.take(PLACES))
}

fn best(
    text: &ArticleText,
    quote: MarkWords<'_>,
    near: Option<u32>,
    places: impl Iterator<Item = usize>,
) -> Option<Span> {
    let all = text.as_str();
    let mut best: Option<((usize, i64), Span)> = None;
    let mut tied = false;
    for at in places {
        let end = at + quote.exact.len();
        let before = all
            .get(..at)
            .unwrap_or("")
            .chars()
            .rev()
            .zip(quote.prefix.chars().rev())
            .take_while(|(a, b)| a == b);
        let behind = all
            .get(end..)
            .unwrap_or("")
            .chars()
            .zip(quote.suffix.chars())
            .take_while(|(a, b)| a == b);
        let span = text.span(at..end);
        let distance = near.map_or(0, |n| -i64::from(n.abs_diff(span.start)));
        let score = (before.count() + behind.count(), distance);
        match &best {
            Some((b, _)) if *b > score => {}
            Some((b, _)) if *b == score => tied = true,
            _ => {
                tied = false;
                best = Some((score, span));
            }
        }
    }
    best.filter(|_| !tied).map(|(_, span)| span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote<'a>(exact: &'a str, prefix: &'a str, suffix: &'a str) -> MarkWords<'a> {
        MarkWords {
            exact,
            prefix,
            suffix,
        }
    }

    #[test]
    fn the_unit_is_the_one_in_which_offsets_cut_out_their_quotes() {
        let t = ArticleText::new("🌊 one two one".into());
        for (start, unit) in [
            (2, OffsetUnit::Codepoint),
            (3, OffsetUnit::Utf16),
            (5, OffsetUnit::Byte),
        ] {
            let marks = [(start, start + 3, "one")];
            let p = Placer::new(
                &t,
                None,
                &[OffsetUnit::Codepoint, OffsetUnit::Utf16, OffsetUnit::Byte],
                marks.iter().copied(),
            );
            assert_eq!(p.ruler.unit(), unit);
        }
    }

    #[test]
    fn words_are_found_again_by_their_surroundings_and_never_guessed() {
        let t = ArticleText::new("🌊 one two one three one".into());
        let mut p = Placer::new(&t, Some(OffsetUnit::Codepoint), &[], std::iter::empty());
        assert_eq!(
            p.place(2, 5, Some(quote("one", "", ""))),
            MarkPlace::There(Span::new(2, 5))
        );
        assert_eq!(
            p.place(11, 14, Some(quote("one", "", ""))),
            MarkPlace::Moved(Span::new(10, 13))
        );
        assert_eq!(
            p.place(90, 93, Some(quote("one", "three ", ""))),
            MarkPlace::Moved(Span::new(20, 23))
        );
        assert_eq!(
            p.place(90, 93, Some(quote("one", "", ""))),
            MarkPlace::Nowhere
        );
        assert_eq!(
            p.place(0, 1, Some(quote("four", "", ""))),
            MarkPlace::Nowhere
        );
        assert_eq!(p.place(5, 5, None), MarkPlace::Nowhere);
    }

    #[test]
    fn many_quotes_are_found_as_each_is_found_alone() {
        let t = ArticleText::new("🌊 one two one three one two".into());
        let quotes = ["one", "two", "one two", "o", "", "four", "three one"];
        let places = Places::new(&t, quotes.into_iter());
        for exact in quotes {
            for (prefix, suffix) in [("", ""), ("three ", ""), ("", " three"), ("🌊 ", "")] {
                for near in [None, Some(2), Some(11)] {
                    let q = quote(exact, prefix, suffix);
                    assert_eq!(places.of(&t, q, near), find(&t, q, near), "{q:?} {near:?}");
                }
            }
        }
    }
}
