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
    glyphs: Vec<Standing>,
    /// The last glyph in each cell, by its first character.
    cells: FxHashMap<(char, i32, i32), u32>,
}

/// A glyph that stands on the page.
#[derive(Debug)]
struct Standing {
    at: Point,
    /// Its words where they are more than one character.
    words: Option<Box<str>>,
    /// The one before it in its cell.
    before: Option<u32>,
}

impl DrawnGlyphs {
    /// Takes a glyph and gives those of its words that do not stand there already.
    pub fn not_there<'w>(&mut self, drawn: &Drawn<'w>) -> &'w str {
        let words = drawn.words.trim();
        let there = self.there(drawn);
        if there < words.len()
            && let Some(first) = words.chars().next()
        {
            let own = (first, cell(drawn.at.x), cell(drawn.at.y));
            let number = self.glyphs.len() as u32;
            let before = self.cells.insert(own, number);
            self.glyphs.push(Standing {
                at: drawn.at,
                words: (words.len() > first.len_utf8()).then(|| words.into()),
                before,
            });
        }
        match there {
            0 => drawn.words,
            there => &words[there..],
        }
    }

    /// Whether all words of a glyph stand there. White space stands nowhere.
    pub fn holds(&self, drawn: &Drawn<'_>) -> bool {
        let there = self.there(drawn);
        there > 0 && there == drawn.words.trim().len()
    }

    /// How many bytes of a glyph's words, without white space around them, stand there.
    fn there(&self, drawn: &Drawn<'_>) -> usize {
        let words = drawn.words.trim();
        let Some(first) = words.chars().next() else {
            return 0;
        };
        let reach = CLOSE * drawn.size;
        let cells = |at: f64| {
            let from = cell(at - reach);
            from..=cell(at + reach).min(from.saturating_add(MOST))
        };
        let mut there = 0;
        for x in cells(drawn.at.x) {
            for y in cells(drawn.at.y) {
                there = there.max(self.standing(words, (first, x, y), drawn.at, reach));
            }
        }
        there
    }

    /// Bytes of `words` that stand there.
    fn standing(&self, words: &str, cell: (char, i32, i32), at: Point, reach: f64) -> usize {
        let mut there = 0;
        let mut next = self.cells.get(&cell).copied();
        while let Some(other) = next.and_then(|n| self.glyphs.get(n as usize)) {
            if (other.at - at).hypot() < reach {
                let same = match &other.words {
                    Some(all) if all.starts_with(words) => words.len(),
                    Some(all) if words.starts_with(&**all) => all.len(),
                    _ => cell.0.len_utf8(),
                };
                there = there.max(same);
            }
            next = other.before;
        }
        there
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
        assert_eq!(glyphs.not_there(&drawn("l", 10.0, 50.0)), "l");
        assert_eq!(glyphs.not_there(&drawn("l", 9.5, 50.4)), "");
        assert_eq!(glyphs.not_there(&drawn("l", 12.2, 50.0)), "l");
        assert_eq!(glyphs.not_there(&drawn("i", 10.0, 50.0)), "i");
        assert_eq!(glyphs.not_there(&drawn(" ", 10.0, 50.0)), " ");
        assert_eq!(glyphs.not_there(&drawn(" ", 10.0, 50.0)), " ");
    }

    #[test]
    fn of_a_glyph_with_several_letters_those_are_left_that_do_not_stand_there() {
        let drawn = |words| Drawn {
            words,
            at: Point::new(10.0, 50.0),
            along: Vec2::new(1.0, 0.0),
            size: 10.0,
            advance: 5.0,
        };
        let mut glyphs = DrawnGlyphs::default();
        assert_eq!(glyphs.not_there(&drawn("i")), "i");
        assert_eq!(glyphs.not_there(&drawn("ier")), "er");
        assert_eq!(glyphs.not_there(&drawn("ie")), "");
        assert_eq!(glyphs.not_there(&drawn("iera")), "a");
    }
}
