//! Glyphs that a page draws again where they stand: to make them bold, or to give them a shadow.

use std::collections::HashMap;

use hayro_interpret::kurbo::Point;

use super::lines::Drawn;

/// The side of a cell in points.
const CELL: f64 = 2.0;
/// A glyph that is drawn again stands so close by, as a share of its size.
const CLOSE: f64 = 0.12;

/// The glyphs of a page so far, by the cells in which they stand.
#[derive(Debug, Default)]
pub(super) struct DrawnGlyphs {
    cells: HashMap<(char, i32, i32), Vec<Point>>,
}

impl DrawnGlyphs {
    /// Takes a glyph; whether the same one stands here already.
    pub fn is_again(&mut self, drawn: &Drawn<'_>) -> bool {
        let Some(first) = drawn.words.chars().find(|c| !c.is_whitespace()) else {
            return false;
        };
        let reach = CLOSE * drawn.size;
        // A letter of many times a cell's size is drawn once for all that it matters.
        let cells = |at: f64| cell(at - reach)..=cell(at + reach).min(cell(at - reach) + 16);
        for x in cells(drawn.at.x) {
            for y in cells(drawn.at.y) {
                let near = self.cells.get(&(first, x, y));
                let same = |other: &Point| (*other - drawn.at).hypot() < reach;
                if near.is_some_and(|all| all.iter().any(same)) {
                    return true;
                }
            }
        }
        let own = (first, cell(drawn.at.x), cell(drawn.at.y));
        self.cells.entry(own).or_default().push(drawn.at);
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
