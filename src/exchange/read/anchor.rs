//! Finding the words of a mark in the text: by its offsets where they cut out its quote, else by the quote.

use crate::core::text::{ArticleText, Span};
use crate::exchange::units::{Ruler, Slicer, Unit};

/// The words of a mark, and those around it where the file has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::exchange) struct Quote {
    pub exact: String,
    pub prefix: String,
    pub suffix: String,
}

/// Where a mark's words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::exchange) enum Found {
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
        asked: Option<Unit>,
        candidates: &[Unit],
        marks: impl Iterator<Item = (u32, u32, &'q str)> + Clone,
    ) -> Self {
        let fit = |unit: Unit| {
            let slicer = Slicer::new(text.as_str(), unit);
            let fits = marks
                .clone()
                .filter(|(s, e, q)| slicer.cut(*s, *e).as_deref() == Some(*q));
            fits.count()
        };
        let unit = asked.unwrap_or_else(|| {
            let mut best = (candidates.first().copied().unwrap_or(Unit::Codepoint), None);
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
    pub fn place(&mut self, start: u32, end: u32, quote: Option<&Quote>) -> Found {
        let text = self.ruler.text();
        let span = self.ruler.span(start, end);
        match (span, quote) {
            (Some(span), None) if !span.is_empty() => Found::There(span),
            (Some(span), Some(q)) if text.slice(span) == q.exact && !span.is_empty() => {
                Found::There(span)
            }
            (_, None) => Found::Nowhere,
            (span, Some(q)) => {
                self.searches += 1;
                if self.searches > SEARCHES {
                    return Found::Nowhere;
                }
                find(text, q, span.map(|s| s.start)).map_or(Found::Nowhere, Found::Moved)
            }
        }
    }
}

/// The place of the quote: the one with the most of its surroundings, then the nearest to `near`. None where there is no
/// place, or several that nothing tells apart.
pub(in crate::exchange) fn find(
    text: &ArticleText,
    quote: &Quote,
    near: Option<u32>,
) -> Option<Span> {
    if quote.exact.is_empty() {
        return None;
    }
    let all = text.as_str();
    let mut best: Option<((usize, i64), Span)> = None;
    let mut tied = false;
    for at in memchr::memmem::find_iter(all.as_bytes(), quote.exact.as_bytes()).take(PLACES) {
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

    fn quote(exact: &str, prefix: &str, suffix: &str) -> Quote {
        Quote {
            exact: exact.into(),
            prefix: prefix.into(),
            suffix: suffix.into(),
        }
    }

    #[test]
    fn the_unit_is_the_one_in_which_offsets_cut_out_their_quotes() {
        let t = ArticleText::new("🌊 one two one".into());
        for (start, unit) in [(2, Unit::Codepoint), (3, Unit::Utf16), (5, Unit::Byte)] {
            let marks = [(start, start + 3, "one")];
            let p = Placer::new(
                &t,
                None,
                &[Unit::Codepoint, Unit::Utf16, Unit::Byte],
                marks.iter().copied(),
            );
            assert_eq!(p.ruler.unit(), unit);
        }
    }

    #[test]
    fn words_are_found_again_by_their_surroundings_and_never_guessed() {
        let t = ArticleText::new("🌊 one two one three one".into());
        let mut p = Placer::new(&t, Some(Unit::Codepoint), &[], std::iter::empty());
        assert_eq!(
            p.place(2, 5, Some(&quote("one", "", ""))),
            Found::There(Span::new(2, 5))
        );
        assert_eq!(
            p.place(11, 14, Some(&quote("one", "", ""))),
            Found::Moved(Span::new(10, 13))
        );
        assert_eq!(
            p.place(90, 93, Some(&quote("one", "three ", ""))),
            Found::Moved(Span::new(20, 23))
        );
        assert_eq!(p.place(90, 93, Some(&quote("one", "", ""))), Found::Nowhere);
        assert_eq!(p.place(0, 1, Some(&quote("four", "", ""))), Found::Nowhere);
        assert_eq!(p.place(5, 5, None), Found::Nowhere);
    }
}
