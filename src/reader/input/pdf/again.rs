//! Glyphs that a page draws again where they stand: to make them bold, or to give them a shadow.

use hayro_interpret::kurbo::Point;
use rustc_hash::FxHashMap;

use super::lines::Drawn;

/// The side of a cell in points.
const CELL: f64 = 8.0;
/// A glyph that is drawn again stands so close by, as a share of its size.
const CLOSE: f64 = 0.12;
/// The most cells that are looked at each way: letters as large as that are drawn once for all that it matters.
const MOST: i32 = 4;

/// The glyphs of a page so far.
#[derive(Debug, Default)]
pub(super) struct DrawnGlyphs {
    /// Where each stands, and the one before it in its cell.
    glyphs: Vec<(Point, Option<u32>)>,
    /// The last glyph in each cell, by its character.
    cells: FxHashMap<(char, i32, i32), u32>,
}

impl DrawnGlyphs {
    /// Takes a glyph; whether the same one stands here already.
    pub fn is_again(&mut self, drawn: &Drawn<'_>) -> bool {
        let Some(first) = drawn.words.chars().find(|c| !c.is_whitespace()) else {
            return false;
        };
        let reach = CLOSE * drawn.size;
        let cells = |at: f64| {
            let from = cell(at - reach);
            from..=cell(at + reach).min(from.saturating_add(MOST))
        };
        for x in cells(drawn.at.x) {
            for y in cells(drawn.at.y) {
                if self.stands_in((first, x, y), drawn.at, reach) {
                    return true;
                }
            }
        }
        let own = (first, cell(drawn.at.x), cell(drawn.at.y));
        let number = self.glyphs.len() as u32;
        let before = self.cells.insert(own, number);
        self.glyphs.push((drawn.at, before));
        false
    }

    fn stands_in(&self, cell: (char, i32, i32), at: Point, reach: f64) -> bool {
        let mut next = self.cells.get(&cell).copied();
        while let Some((other, before)) = next.and_then(|n| self.glyphs.get(n as usize)) {
            if (*other - at).hypot() < reach {
                return true;
            }
            next = *before;
        }
        false
    }
}

fn cell(at: f64) -> i32 {
    (at / CELL).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_interpret::kurbo::Vec2;

    #[test]
    fn a_glyph_in_the_same_place_is_drawn_again_and_one_beside_it_is_not() {
        let drawn = |words, x, y| Drawn {
            words,
            at: Point::new(x, y),
            along: Vec2::new(1.0, 0.0),
            size: 10.0,
            advance: 5.0,
        };
        let mut glyphs = DrawnGlyphs::default();
        assert!(!glyphs.is_again(&drawn("l", 10.0, 50.0)));
        assert!(glyphs.is_again(&drawn("l", 9.5, 50.4)));
        assert!(!glyphs.is_again(&drawn("l", 12.2, 50.0)));
        assert!(!glyphs.is_again(&drawn("i", 10.0, 50.0)));
        assert!(!glyphs.is_again(&drawn(" ", 10.0, 50.0)));
        assert!(!glyphs.is_again(&drawn(" ", 10.0, 50.0)));
    }
}
