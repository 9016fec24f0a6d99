//! The sheet that a page is drawn on: what is drawn beyond it is seen by nobody.

use hayro_interpret::kurbo::{Rect, Vec2};

use super::lines::{DirectedLine, GAP};
use crate::reader::input::draft::one_line;

/// Takes out the lines that stand beyond the edges of `sheet`, unless all do, and gives their words.
pub(super) fn take_outside(lines: &mut Vec<DirectedLine>, sheet: Rect) -> Vec<String> {
    if lines.iter().all(|line| is_outside(line, sheet)) {
        return Vec::new();
    }
    let outside = lines.extract_if(.., |line| is_outside(line, sheet));
    let words = |line: DirectedLine| one_line(&line.text.replace(GAP, " "));
    outside.map(words).collect()
}

fn is_outside(line: &DirectedLine, sheet: Rect) -> bool {
    // Letters stand above their base line, and most of a letter has to be seen.
    let up = Vec2::new(line.along.y, -line.along.x) * (0.4 * line.size);
    let from = line.from + up;
    let end = from + line.along * line.length;
    from.x.max(end.x) < sheet.x0
        || from.x.min(end.x) > sheet.x1
        || from.y.max(end.y) < sheet.y0
        || from.y.min(end.y) > sheet.y1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<DirectedLine> {
        let line = |x: f64, y: f64, text: &str| DirectedLine {
            from: (x, y).into(),
            along: Vec2::new(1.0, 0.0),
            length: 100.0,
            size: 10.0,
            text: text.into(),
            gaps: Vec::new(),
            added: false,
        };
        vec![
            line(100.0, 100.0, "The pier is shut."),
            line(100.0, 830.0, "So is the bridge."),
            line(620.0, 100.0, "And the quay."),
            line(-120.0, 700.0, "The mole, too."),
            line(550.0, 300.0, "It runs over the edge."),
        ]
    }

    #[test]
    fn what_stands_beyond_the_sheet_is_taken_out() {
        let sheet = Rect::new(0.0, 0.0, 600.0, 800.0);
        let mut all = lines();
        let outside = take_outside(&mut all, sheet);
        let want = ["So is the bridge.", "And the quay.", "The mole, too."];
        assert_eq!(outside, want);
        let left: Vec<_> = all.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(left, ["The pier is shut.", "It runs over the edge."]);
    }

    #[test]
    fn where_all_stands_beyond_the_sheet_it_stays() {
        let mut all = lines();
        assert!(take_outside(&mut all, Rect::new(0.0, 0.0, 9.0, 9.0)).is_empty());
        assert_eq!(all.len(), 5);
    }
}
