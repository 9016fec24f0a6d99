//! The parts of which a kept proposal is made: spans and numbers in as little room as they nearly always need, and what is
//! too long or too far off for that.

use crate::core::text::Span;

/// Where the spans of one field are kept.
#[derive(Clone, Copy)]
pub(super) enum SpansKept {
    /// There is none.
    Nowhere,
    /// In the record.
    Here,
    /// In the list of those that are apart: the record says at which place.
    Apart,
}

/// The spans of fields that have several, or one that is long or far off; one field after the other.
#[derive(Clone, Default)]
pub(super) struct SpansApart {
    spans: Vec<Span>,
    /// Where those of each field end.
    ends: Vec<u32>,
}

impl SpansApart {
    /// Keeps `spans`, and says at which place.
    pub(super) fn keep(&mut self, spans: &[Span]) -> u32 {
        let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.spans.extend_from_slice(spans);
        self.ends.push(at(self.spans.len()));
        at(self.ends.len() - 1)
    }

    /// The spans at place `n`.
    pub(super) fn get(&self, n: u32) -> &[Span] {
        let n = n as usize;
        let start = n.checked_sub(1).and_then(|n| self.ends.get(n));
        let start = start.map_or(0, |s| *s as usize);
        let end = self.ends.get(n).map_or(start, |e| *e as usize);
        self.spans.get(start..end).unwrap_or_default()
    }

    pub(super) fn fit(&mut self) {
        self.spans.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// How many attributions further on the one that quotes it stands, as a rule less than none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted(i8);

impl Quoted {
    /// None does.
    pub(super) const NOT: Self = Self(0);
    /// What is rare says it, and whom the attribution is about.
    pub(super) const RARE: Self = Self(i8::MIN);

    /// That attribution `via` quotes attribution `n`, if it stands near enough.
    pub(super) fn near(n: usize, via: Option<u32>) -> Option<Self> {
        let Some(via) = via else {
            return Some(Self::NOT);
        };
        let away = i64::from(via) - i64::try_from(n).ok()?;
        let away = Self(i8::try_from(away).ok()?);
        (away != Self::NOT && away != Self::RARE).then_some(away)
    }

    pub(super) fn via(self, n: usize) -> Option<u32> {
        let via = n.checked_add_signed(self.0.into())?;
        u32::try_from(via).ok().filter(|_| self != Self::NOT)
    }
}

/// Where a span stands, seen from where the first of its attribution's spans starts: how far off, and how long it is. Of
/// spans that are apart, the two halves of their place there.
#[derive(Clone, Copy, Default)]
pub(super) struct NearSpan(u16, u16);

impl NearSpan {
    /// The place of `span`, if that is near enough to `at` and short enough.
    pub(super) fn near(at: u32, span: Span) -> Option<Self> {
        let from = span.start.checked_sub(at)?;
        Some(Self(from.try_into().ok()?, span.len().try_into().ok()?))
    }

    pub(super) fn span(self, at: u32) -> Span {
        let start = at.saturating_add(self.0.into());
        Span::new(start, start.saturating_add(self.1.into()))
    }

    pub(super) fn apart(n: u32) -> Self {
        Self((n >> 16) as u16, n as u16)
    }

    pub(super) fn number(self) -> u32 {
        u32::from(self.0) << 16 | u32::from(self.1)
    }
}

/// An index, or none, in the room of one. The last number that there is counts no list.
#[derive(Clone, Copy)]
pub(super) struct Maybe(u32);

impl From<Option<u32>> for Maybe {
    fn from(index: Option<u32>) -> Self {
        Self(index.unwrap_or(u32::MAX))
    }
}

impl From<Maybe> for Option<u32> {
    fn from(index: Maybe) -> Self {
        (index.0 != u32::MAX).then_some(index.0)
    }
}
