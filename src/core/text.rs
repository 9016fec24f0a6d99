//! The stored text and its units.
//!
//! Two units exist and never mix. A [`Span`] counts **Unicode scalar values**: the unit of the model, of every file and
//! of every export that does not ask for another. A byte range (`std::ops::Range<usize>`) counts UTF-8 bytes of the same
//! text: the unit of slicing, searching, wrapping and drawing. [`ArticleText`] turns one into the other in constant time
//! but for one short scan.

use std::ops::Range;
use std::sync::Arc;

/// A half-open range of the stored text, counted in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first scalar value inside.
    pub start: u32,
    /// The first scalar value behind it.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in scalar values; an end before the start makes it empty.
    pub fn new(start: u32, end: u32) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }
    /// How many scalar values it holds.
    pub fn len(self) -> u32 {
        self.end - self.start
    }
    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
    /// Whether the two share at least one scalar value.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// How many scalar values the two share.
    pub fn shared(self, other: Span) -> u32 {
        let end = self.end.min(other.end);
        end.saturating_sub(self.start.max(other.start))
    }
    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Every `STRIDE` bytes the index notes how many scalar values came before.
const STRIDE: usize = 64;
/// A paragraph longer than this many bytes is shown as several lines, so that one row's work stays bounded.
const LINE_CAP: usize = 16 * 1024;

/// The stored text of one article version with its indexes: scalar values and lines.
///
/// Immutable and cheap to clone. The text is a stored text (see [`super::stored`]).
#[derive(Clone, Debug)]
pub struct ArticleText(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    text: String,
    /// Scalar values before byte `i * STRIDE`; empty where the text is ASCII, since then the units agree.
    scalars: Vec<u32>,
    len: u32,
    /// Byte offsets at which lines start.
    lines: Vec<u32>,
}

impl Default for ArticleText {
    fn default() -> Self {
        Self::new(String::new())
    }
}

impl ArticleText {
    /// Indexes `text`. Texts over 4 GiB are not supported; the reader refuses them long before.
    pub fn new(text: String) -> Self {
        let (scalars, len) = index_scalars(&text);
        let lines = index_lines(&text);
        Self(Arc::new(Inner {
            text,
            scalars,
            len,
            lines,
        }))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// The whole text's length in scalar values.
    pub fn len(&self) -> u32 {
        self.0.len
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.text.is_empty()
    }

    /// The byte offset of scalar value `at`; the text's end where `at` is beyond it.
    pub fn byte(&self, at: u32) -> usize {
        let i = &*self.0;
        if i.scalars.is_empty() || at >= i.len {
            return if at >= i.len {
                i.text.len()
            } else {
                at as usize
            };
        }
        let chunk = i.scalars.partition_point(|&n| n <= at) - 1;
        let mut left = at - i.scalars[chunk];
        let bytes = i.text.as_bytes();
        let mut b = chunk * STRIDE;
        // Eight bytes at a time, up to those in which the scalar value starts.
        while let Some(word) = bytes.get(b..b + 8).and_then(|w| w.try_into().ok()) {
            let starts = starts(word);
            if starts > left {
                break;
            }
            left -= starts;
            b += 8;
        }
        b = next_boundary(bytes, b);
        while left > 0 {
            b = next_boundary(bytes, b + 1);
            left -= 1;
        }
        b
    }

    /// The scalar offset of byte `at`, which is moved forward to a character border if it is inside one.
    pub fn scalar(&self, at: usize) -> u32 {
        let i = &*self.0;
        if at >= i.text.len() {
            return i.len;
        }
        if i.scalars.is_empty() {
            return at as u32;
        }
        let chunk = at / STRIDE;
        let bytes = i.text.as_bytes();
        let from = chunk * STRIDE;
        i.scalars[chunk] + bytes[from..at].iter().filter(|b| is_start(**b)).count() as u32
    }

    /// The byte range of `span`.
    pub fn bytes(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start);
        start..self.byte(span.end).max(start)
    }

    /// The span of the byte range `bytes`.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        Span::new(self.scalar(bytes.start), self.scalar(bytes.end))
    }

    /// The words of `span`; what lies beyond the text is left out.
    pub fn slice(&self, span: Span) -> &str {
        &self.0.text[self.bytes(span)]
    }

    /// The words of `spans` in order, joined by ` … ` where they are apart.
    pub fn exact(&self, spans: &[Span]) -> String {
        spans
            .iter()
            .map(|s| self.slice(*s))
            .collect::<Vec<_>>()
            .join(" … ")
    }

    /// How many lines the text has: its paragraphs' lines, over-long ones cut at white space.
    pub fn line_count(&self) -> usize {
        self.0.lines.len()
    }

    /// The byte range of line `n` without its line feed; empty beyond the last line.
    pub fn line(&self, n: usize) -> Range<usize> {
        let i = &*self.0;
        let Some(&start) = i.lines.get(n) else {
            return i.text.len()..i.text.len();
        };
        let start = start as usize;
        let mut end = i.lines.get(n + 1).map_or(i.text.len(), |e| *e as usize);
        if end > start && i.text.as_bytes()[end - 1] == b'\n' {
            end -= 1;
        }
        start..end
    }

    /// The line that holds byte `at`.
    pub fn line_of(&self, at: usize) -> usize {
        self.0
            .lines
            .partition_point(|&s| s as usize <= at)
            .saturating_sub(1)
    }
}

fn is_start(b: u8) -> bool {
    (b & 0xC0) != 0x80
}

/// How many of the bytes start a scalar value: all but those whose two highest bits are 10.
fn starts(bytes: [u8; 8]) -> u32 {
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_ne_bytes(bytes);
    8 - ((word >> 7) & !(word >> 6) & LOWEST).count_ones()
}

fn next_boundary(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && !is_start(bytes[at]) {
        at += 1;
    }
    at
}

fn index_scalars(text: &str) -> (Vec<u32>, u32) {
    if text.is_ascii() {
        return (Vec::new(), text.len() as u32);
    }
    let mut n = 0;
    let mut index = Vec::with_capacity(text.len() / STRIDE + 1);
    for chunk in text.as_bytes().chunks(STRIDE) {
        index.push(n);
        n += chunk.iter().map(|b| u32::from(is_start(*b))).sum::<u32>();
    }
    (index, n)
}

fn index_lines(text: &str) -> Vec<u32> {
    let mut lines = vec![0];
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        cut_long_line(text, start, end, &mut lines);
        start = end + 1;
        if start < text.len() {
            lines.push(start as u32);
        }
    }
    lines
}

/// Adds line starts inside `start..end` so that no line is longer than the cap, at white space where there is some.
fn cut_long_line(text: &str, mut start: usize, end: usize, lines: &mut Vec<u32>) {
    while end - start > LINE_CAP {
        let window = &text.as_bytes()[start..start + LINE_CAP];
        let cut = match memchr::memrchr(b' ', window) {
            Some(space) if space > LINE_CAP / 2 => start + space + 1,
            _ => text.floor_char_boundary(start + LINE_CAP),
        };
        lines.push(cut as u32);
        start = cut;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn units_agree_on_mixed_text() {
        let t = ArticleText::new(
            "Mayor Ada Brandt 🌊 said flood costs fell 40% in 2024.\nCritics dispute the figure.\n"
                .into(),
        );
        assert_eq!(t.len(), 82);
        assert_eq!(t.slice(Span::new(24, 52)), "flood costs fell 40% in 2024");
        assert_eq!(t.bytes(Span::new(24, 52)), 27..55);
        assert_eq!(t.span(27..55), Span::new(24, 52));
        assert_eq!(t.line_count(), 2);
        assert_eq!(&t.as_str()[t.line(1)], "Critics dispute the figure.");
    }

    #[test]
    fn one_endless_line_is_cut_into_bounded_ones() {
        let t = ArticleText::new("word ".repeat(20_000));
        assert!(t.line_count() > 5);
        let whole: String = (0..t.line_count())
            .map(|n| &t.as_str()[t.line(n)])
            .collect();
        assert_eq!(whole, t.as_str());
    }

    proptest! {
        #[test]
        fn every_border_survives_the_round_trip(s in "([a-z \n]|é|日|🌊|\u{301}){0,1600}") {
            let t = ArticleText::new(s.clone());
            prop_assert_eq!(t.len() as usize, s.chars().count());
            for (n, (b, _)) in s.char_indices().enumerate() {
                prop_assert_eq!(t.byte(n as u32), b);
                prop_assert_eq!(t.scalar(b), n as u32);
            }
            prop_assert_eq!(t.byte(t.len() + 5), s.len());
        }
    }
}
