//! How far apart the glyphs of a run are set: text may be stretched, and letter-spaced.

use hayro_interpret::font::{Glyph, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, Vec2};

/// Units of a font to the em.
pub(super) const EM: f64 = 1000.0;
/// Pairs of letters that tell how far apart they are set, at least.
const PAIRS: usize = 3;
/// So close to the usual distance, as a share of their size, and so large a share of the pairs is letter-spacing.
const ALIKE: (f64, f64) = (0.04, 0.6);
/// Letters that are set further apart than this share of their size may be words. Figures are, letters may be.
const WORDS: f64 = 0.15;
/// No letters of one word are set further apart.
const WIDEST: f64 = 0.45;

/// How a run of glyphs is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spacing {
    /// By how much widths are multiplied; none where each glyph is as wide as it is drawn.
    stretch: Option<f64>,
    /// Points that are added to each width.
    more: f64,
}

impl Spacing {
    /// That of a run.
    pub fn of(glyphs: &[PositionedGlyph<'_>], to_page: Affine) -> Self {
        let place = |glyph: &PositionedGlyph<'_>| to_page * glyph.transform();
        let ratio = |place: Affine| along(place).hypot() / up(place).hypot();
        let first = glyphs.first().map_or(1.0, |glyph| ratio(place(glyph)));
        // A font that stands in for another is stretched glyph by glyph, to that one's widths.
        let alike = |glyph| (ratio(place(glyph)) - first).abs() < 0.005 * first;
        let stretch = match glyphs.iter().all(alike) {
            true => None,
            false => Some(usual_share(glyphs, to_page).unwrap_or(1.0).clamp(0.3, 2.0)),
        };
        let mut spacing = Self { stretch, more: 0.0 };
        let size = glyphs.first().map_or(0.0, |glyph| up(place(glyph)).hypot());
        let gaps = |counts: fn(char) -> bool| {
            let pairs = glyphs
                .windows(2)
                .filter(|two| two.iter().all(|glyph| shows(glyph, counts)));
            let gaps = pairs.map(|two| {
                let way = place(&two[1]).translation() - place(&two[0]).translation();
                way.hypot() - spacing.advance(&two[0], place(&two[0]))
            });
            usual_gap(gaps.collect(), size)
        };
        let more = gaps(char::is_alphanumeric).filter(|gap| *gap <= WORDS * size);
        let more = more.or_else(|| gaps(char::is_alphabetic)).unwrap_or(0.0);
        spacing.more = more;
        spacing
    }

    /// How far the next glyph is away from one at `place`, in points.
    pub fn advance(&self, glyph: &Glyph<'_>, place: Affine) -> f64 {
        let em = match self.stretch {
            Some(stretch) => up(place).hypot() * stretch,
            None => along(place).hypot(),
        };
        em * width(glyph) / EM + self.more
    }
}

/// The gap that most pairs have; none where they differ, or are few.
fn usual_gap(mut gaps: Vec<f64>, size: f64) -> Option<f64> {
    gaps.sort_by(f64::total_cmp);
    let usual = *gaps.get(gaps.len() / 2).filter(|_| gaps.len() >= PAIRS)?;
    let alike = gaps
        .iter()
        .filter(|gap| (**gap - usual).abs() < ALIKE.0 * size);
    let enough = alike.count() as f64 >= ALIKE.1 * gaps.len() as f64;
    (enough && usual.is_finite() && usual <= WIDEST * size).then_some(usual)
}

fn shows(glyph: &Glyph<'_>, counts: fn(char) -> bool) -> bool {
    match glyph.as_unicode() {
        Some(BfString::Char(c)) => counts(c),
        Some(BfString::String(words)) => words.chars().all(counts),
        None => true,
    }
}

/// The usual share of the distance between glyphs in what their font says; none where they are few.
fn usual_share(glyphs: &[PositionedGlyph<'_>], to_page: Affine) -> Option<f64> {
    let mut shares: Vec<f64> = Vec::with_capacity(glyphs.len());
    for pair in glyphs.windows(2) {
        let place = to_page * pair[0].transform();
        let next = to_page * pair[1].transform();
        let width = up(place).hypot() * width(&pair[0]) / EM;
        if width > 0.0 {
            shares.push((next.translation() - place.translation()).hypot() / width);
        }
    }
    shares.sort_by(f64::total_cmp);
    let usual = shares.get(shares.len() / 2).copied();
    usual.filter(|share| shares.len() >= PAIRS && share.is_finite())
}

/// A glyph's width as its font says it, in units of its em.
pub(super) fn width(glyph: &Glyph<'_>) -> f64 {
    let width = match glyph {
        Glyph::Outline(glyph) => glyph.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    };
    f64::from(width.unwrap_or(500.0)).abs()
}

/// The way up of a glyph, one em long.
pub(super) fn up(place: Affine) -> Vec2 {
    let [_, _, c, d, _, _] = place.as_coeffs();
    Vec2::new(c, d) * EM
}

/// The way to the right of a glyph, one em long.
pub(super) fn along(place: Affine) -> Vec2 {
    let [a, b, ..] = place.as_coeffs();
    Vec2::new(a, b) * EM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_gap_is_that_of_most_pairs() {
        assert_eq!(usual_gap(vec![2.0, 2.1, 5.0, 1.9, 2.0], 10.0), Some(2.0));
        assert_eq!(usual_gap(vec![0.0, 2.1, 5.0, 1.0, 3.0], 10.0), None);
        assert_eq!(usual_gap(vec![2.0, 2.0], 10.0), None);
        assert_eq!(usual_gap(vec![9.0; 4], 10.0), None);
    }
}
