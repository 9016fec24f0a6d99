//! The units in which other tools count offsets, and the check that a span comes out of the written text as it went in.

use crate::core::handover::OffsetUnit;
use crate::core::text::{ArticleText, Span};
use crate::exchange::error::ExchangeError;

/// How many of `unit` the character `c` takes.
fn taken(unit: OffsetUnit, c: char) -> u32 {
    match unit {
        OffsetUnit::Codepoint => 1,
        OffsetUnit::Utf16 => c.len_utf16() as u32,
        OffsetUnit::Byte => c.len_utf8() as u32,
    }
}

/// Turns offsets in scalar values into offsets in another unit of the same text, and back.
#[derive(Debug)]
pub struct Ruler<'a> {
    text: &'a ArticleText,
    unit: OffsetUnit,
    /// The scalar offsets of the characters that take more than one unit, and the surplus up to and including each.
    wide: Vec<(u32, u32)>,
}

impl<'a> Ruler<'a> {
    /// A ruler for `text` in `unit`; one scan of the text.
    pub fn new(text: &'a ArticleText, unit: OffsetUnit) -> Self {
        let mut wide = Vec::new();
        if unit != OffsetUnit::Codepoint && !text.as_str().is_ascii() {
            let mut surplus = 0;
            for (n, c) in text.as_str().chars().enumerate() {
                let more = taken(unit, c) - 1;
                if more > 0 {
                    surplus += more;
                    wide.push((n as u32, surplus));
                }
            }
        }
        Self { text, unit, wide }
    }

    /// The unit.
    pub fn unit(&self) -> OffsetUnit {
        self.unit
    }

    /// The text.
    pub fn text(&self) -> &'a ArticleText {
        self.text
    }

    /// Whether the unit's offsets differ from scalar values anywhere in the text.
    pub fn differs(&self) -> bool {
        !self.wide.is_empty()
    }

    /// Scalar offset `at` in the unit.
    pub fn out(&self, at: u32) -> u32 {
        let before = self.wide.partition_point(|(n, _)| *n < at);
        let surplus = before
            .checked_sub(1)
            .and_then(|i| self.wide.get(i))
            .map_or(0, |w| w.1);
        at + surplus
    }

    /// The span's ends in the unit.
    pub fn ends(&self, span: Span) -> (u32, u32) {
        (self.out(span.start), self.out(span.end))
    }

    /// The scalar offset of `at` in the unit; none where it is beyond the text or inside a character.
    pub fn back(&self, at: u32) -> Option<u32> {
        // The surplus grows with the offset, so the answer is found by bisection over the wide characters.
        let before = self.wide.partition_point(|(n, s)| n + s < at);
        let surplus = before
            .checked_sub(1)
            .and_then(|i| self.wide.get(i))
            .map_or(0, |w| w.1);
        let scalar = at.checked_sub(surplus)?;
        (scalar <= self.text.len() && self.out(scalar) == at).then_some(scalar)
    }

    /// The span of two offsets in the unit; none where one of them is no border of a character or they are in disorder.
    pub fn span(&self, start: u32, end: u32) -> Option<Span> {
        let (s, e) = (self.back(start)?, self.back(end)?);
        (s <= e).then(|| Span::new(s, e))
    }
}

/// Cuts spans out of a text as it stands in a written file, in the target's unit, the way the target's reader will.
///
/// It shares no code with [`Ruler`]: exporters check with it what they have written.
#[derive(Debug)]
pub struct Slicer {
    units: Vec<u16>,
    points: Vec<char>,
    bytes: Vec<u8>,
    unit: OffsetUnit,
}

impl Slicer {
    /// A slicer of `text` in `unit`.
    pub fn new(text: &str, unit: OffsetUnit) -> Self {
        Self {
            units: if unit == OffsetUnit::Utf16 {
                text.encode_utf16().collect()
            } else {
                Vec::new()
            },
            points: if unit == OffsetUnit::Codepoint {
                text.chars().collect()
            } else {
                Vec::new()
            },
            bytes: if unit == OffsetUnit::Byte {
                text.as_bytes().to_vec()
            } else {
                Vec::new()
            },
            unit,
        }
    }

    /// What stands between `start` and `end`; none where they cut a character or lie beyond the text.
    pub fn cut(&self, start: u32, end: u32) -> Option<String> {
        let range = start as usize..end as usize;
        match self.unit {
            OffsetUnit::Codepoint => self.points.get(range).map(|c| c.iter().collect()),
            OffsetUnit::Utf16 => self
                .units
                .get(range)
                .and_then(|u| String::from_utf16(u).ok()),
            OffsetUnit::Byte => self
                .bytes
                .get(range)
                .and_then(|b| String::from_utf8(b.to_vec()).ok()),
        }
    }

    /// Fails unless `start..end` cuts out exactly `words`.
    ///
    /// # Errors
    ///
    /// [`ExchangeError::Internal`], naming `what`.
    pub fn expect(
        &self,
        format: &'static str,
        what: &str,
        (start, end): (u32, u32),
        words: &str,
    ) -> Result<(), ExchangeError> {
        let range = start as usize..end as usize;
        let same = match self.unit {
            OffsetUnit::Codepoint => {
                let cut = self.points.get(range);
                cut.is_some_and(|c| c.iter().copied().eq(words.chars()))
            }
            OffsetUnit::Utf16 => {
                let cut = self.units.get(range);
                cut.is_some_and(|c| c.iter().copied().eq(words.encode_utf16()))
            }
            OffsetUnit::Byte => self.bytes.get(range) == Some(words.as_bytes()),
        };
        if same {
            return Ok(());
        }
        Err(ExchangeError::Internal {
            format,
            what: format!("{what} at {start}–{end}"),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_emoji_before_the_span_shifts_it_in_every_unit_but_one() {
        let t = ArticleText::new("Mayor Ada Brandt 🌊 said flood costs fell 40% in 2024.\n".into());
        let span = Span::new(24, 52);
        for (unit, ends) in [
            (OffsetUnit::Codepoint, (24, 52)),
            (OffsetUnit::Utf16, (25, 53)),
            (OffsetUnit::Byte, (27, 55)),
        ] {
            let r = Ruler::new(&t, unit);
            assert_eq!(r.ends(span), ends);
            assert_eq!(r.span(ends.0, ends.1), Some(span));
            let s = Slicer::new(t.as_str(), unit);
            assert_eq!(
                s.cut(ends.0, ends.1).as_deref(),
                Some("flood costs fell 40% in 2024")
            );
            assert!(
                s.expect(
                    "x",
                    "x",
                    (ends.0 + 1, ends.1),
                    "flood costs fell 40% in 2024"
                )
                .is_err()
            );
        }
        assert_eq!(
            Ruler::new(&t, OffsetUnit::Utf16).back(18),
            None,
            "inside the surrogate pair"
        );
    }

    proptest! {
        #[test]
        fn every_offset_goes_out_and_comes_back(s in "([a-z \n]|é|日|🌊|\u{301}|👩‍🚀){0,80}") {
            let t = ArticleText::new(s);
            for unit in OffsetUnit::ALL {
                let r = Ruler::new(&t, *unit);
                let slicer = Slicer::new(t.as_str(), *unit);
                for at in 0..=t.len() {
                    prop_assert_eq!(r.back(r.out(at)), Some(at));
                    prop_assert_eq!(slicer.cut(0, r.out(at)).unwrap(), t.slice(Span::new(0, at)));
                }
                prop_assert_eq!(r.back(r.out(t.len()) + 1), None);
            }
        }
    }
}
