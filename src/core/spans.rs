//! A few spans that belong together: the words of a statement, of a cue, of a name.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;

use super::text::Span;

/// The span from the first start to the last end of `spans`, which are in order; none where there are none.
pub fn hull(spans: &[Span]) -> Option<Span> {
    Some(Span::new(spans.first()?.start, spans.last()?.end))
}

/// What both hold. Each is in order and disjoint, and so is the result.
pub fn common(a: &[Span], b: &[Span]) -> Vec<Span> {
    let mut both: Vec<Span> = a
        .iter()
        .flat_map(|x| b.iter().map(|y| (x.start.max(y.start), x.end.min(y.end))))
        .filter(|(start, end)| start < end)
        .map(|(start, end)| Span::new(start, end))
        .collect();
    both.sort_unstable_by_key(|s| s.start);
    both
}

/// What either holds, in order and disjoint; spans that meet are one.
pub fn joined(a: &[Span], b: &[Span]) -> Vec<Span> {
    let mut all: Vec<Span> = a.iter().chain(b).copied().collect();
    all.sort_unstable_by_key(|s| s.start);
    let mut out: Vec<Span> = Vec::with_capacity(all.len());
    for span in all {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// A few spans in order; one span takes no allocation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub enum Spans {
    /// No span.
    #[default]
    None,
    /// One span.
    One(Span),
    /// Several spans, in order, disjoint.
    Many(Box<[Span]>),
}

impl Spans {
    /// The spans.
    pub fn as_slice(&self) -> &[Span] {
        match self {
            Self::None => &[],
            Self::One(s) => std::slice::from_ref(s),
            Self::Many(s) => s,
        }
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::None)
    }
    /// The span from the first start to the last end.
    pub fn hull(&self) -> Option<Span> {
        hull(self.as_slice())
    }
}

/// A few spans in order, read out of where they are kept.
#[derive(Clone, Copy)]
pub enum SpansView<'a> {
    /// One span, which is kept in another form.
    One(Span),
    /// Spans that are kept as they are.
    Kept(&'a [Span]),
}

impl Deref for SpansView<'_> {
    type Target = [Span];
    fn deref(&self) -> &[Span] {
        match self {
            Self::One(span) => std::slice::from_ref(span),
            Self::Kept(spans) => spans,
        }
    }
}

impl PartialEq for SpansView<'_> {
    /// Whether they are the same spans, however they are kept.
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
impl Eq for SpansView<'_> {}

impl fmt::Debug for SpansView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl From<Vec<Span>> for Spans {
    fn from(v: Vec<Span>) -> Self {
        match v.as_slice() {
            [] => Self::None,
            [one] => Self::One(*one),
            _ => Self::Many(v.into()),
        }
    }
}

impl From<Span> for Spans {
    fn from(s: Span) -> Self {
        Self::One(s)
    }
}

impl From<&[Span]> for Spans {
    fn from(all: &[Span]) -> Self {
        match all {
            [] => Self::None,
            [one] => Self::One(*one),
            _ => Self::Many(all.into()),
        }
    }
}

impl PartialOrd for Spans {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Spans {
    /// In the order of the text, whichever way they are kept.
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_slice().cmp(other.as_slice())
    }
}

impl fmt::Display for Spans {
    /// Writes `120-130,140-150`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write_to(&mut text);
        f.write_str(&text)
    }
}

impl Spans {
    /// Adds to `text` what [`fmt::Display`] writes. Without the formatter, which takes longer than the digits.
    pub(super) fn write_to(&self, text: &mut String) {
        let mut digits = itoa::Buffer::new();
        for (n, span) in self.as_slice().iter().enumerate() {
            if n > 0 {
                text.push(',');
            }
            text.push_str(digits.format(span.start));
            text.push('-');
            text.push_str(digits.format(span.end));
        }
    }

    /// Reads what [`fmt::Display`] writes; none where `text` is nothing of the kind.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::None);
        }
        // A checkpoint holds one a record: bytes are looked at once.
        let mut rest = text.as_bytes();
        let first = span(&mut rest)?;
        if rest.is_empty() {
            return Some(Self::One(first));
        }
        let mut all = vec![first];
        while let Some(more) = rest.strip_prefix(b",") {
            rest = more;
            all.push(span(&mut rest)?);
        }
        rest.is_empty().then(|| Self::from(all))
    }
}

/// Takes `120-130` off the beginning of `text`.
fn span(text: &mut &[u8]) -> Option<Span> {
    let start = number(text)?;
    *text = text.strip_prefix(b"-")?;
    let end = number(text)?;
    (start <= end).then(|| Span::new(start, end))
}

/// Takes the digits off the beginning of `text`: one number has one spelling.
fn number(text: &mut &[u8]) -> Option<u32> {
    let after = text.iter().position(|b| !b.is_ascii_digit());
    let end = after.unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    if digits.is_empty() || digits.len() > 1 && digits.starts_with(b"0") {
        return None;
    }
    *text = rest;
    digits.iter().try_fold(0_u32, |number, digit| {
        number.checked_mul(10)?.checked_add(u32::from(digit - b'0'))
    })
}

/// Reads a number that is digits alone.
pub(super) fn whole_number(text: &str) -> Option<u32> {
    let mut rest = text.as_bytes();
    number(&mut rest).filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_two_hold_in_common_and_together() {
        let spans = |all: &[(u32, u32)]| -> Vec<Span> {
            all.iter().map(|(a, b)| Span::new(*a, *b)).collect()
        };
        for (a, b, both, either) in [
            (&[(0, 9)][..], &[(3, 5)][..], &[(3, 5)][..], &[(0, 9)][..]),
            (&[(0, 3)], &[(3, 5)], &[], &[(0, 5)]),
            (&[(0, 3)], &[(4, 5)], &[], &[(0, 3), (4, 5)]),
            (
                &[(0, 4), (8, 12)],
                &[(2, 10), (11, 20)],
                &[(2, 4), (8, 10), (11, 12)],
                &[(0, 20)],
            ),
            (&[], &[(1, 2)], &[], &[(1, 2)]),
        ] {
            let (a, b) = (spans(a), spans(b));
            assert_eq!(common(&a, &b), spans(both), "{a:?} {b:?}");
            assert_eq!(common(&b, &a), spans(both), "{a:?} {b:?}");
            assert_eq!(joined(&a, &b), spans(either), "{a:?} {b:?}");
        }
    }

    proptest! {
    #[test]
        fn spans_are_read_as_they_are_written_and_sorted_as_their_numbers(
            a in prop::collection::vec((0u32..300, 0u32..300), 0..4),
            b in prop::collection::vec((0u32..300, 0u32..300), 0..4),
        ) {
            let list = |pairs: &[(u32, u32)]| -> Vec<Span> {
                pairs.iter().map(|(x, y)| Span::new(*x.min(y), *x.max(y))).collect()
            };
            let (a, b) = (list(&a), list(&b));
            let (x, y) = (Spans::from(a.clone()), Spans::from(b.as_slice()));
            prop_assert_eq!(Spans::parse(&x.to_string()), Some(x.clone()));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        }
    }

    #[test]
    fn what_is_no_list_of_spans_is_not_read_as_one() {
        for text in [
            "1",
            "1-",
            "-1",
            "3-1",
            "1-2,",
            ",1-2",
            "1-2;3-4",
            "+1-2",
            "01-2",
            "1-4294967296",
        ] {
            assert_eq!(Spans::parse(text), None, "{text}");
        }
        assert_eq!(Spans::parse("").unwrap(), Spans::None);
    }
}
