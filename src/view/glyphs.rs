//! The glyphs that lines, bars and marks are drawn with, and their stand-ins for terminals and fonts without them.

use crate::core::vocabulary::Entry;

/// One set of glyphs; each takes one cell but for the ellipsis in ASCII.
#[derive(Debug)]
pub struct Glyphs {
    /// Whether this is the ASCII set.
    pub ascii: bool,
    /// The bar along the current row.
    pub bar: &'static str,
    /// A level line.
    pub line: &'static str,
    /// A level line above the pane with the focus.
    pub heavy: &'static str,
    /// An upright line.
    pub upright: &'static str,
    /// The corners of a box: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Where an upright line leaves a level one downward.
    pub tee_down: &'static str,
    /// Where a level line leaves an upright one to the right.
    pub tee_right: &'static str,
    /// The progress bar: done, under way, still to do.
    pub progress: [&'static str; 3],
    /// What stands for what is left out.
    pub ellipsis: &'static str,
    /// Between things of equal rank.
    pub dot: &'static str,
    /// More above, more below.
    pub more: [&'static str; 2],
    /// Around a value that left and right change.
    pub turn: [&'static str; 2],
    /// A flag that is not set, one that is.
    pub flag: [&'static str; 2],
    /// What is wrong with a field.
    pub wrong: &'static str,
}

static UNICODE: Glyphs = Glyphs {
    ascii: false,
    bar: "▌",
    line: "─",
    heavy: "━",
    upright: "│",
    corners: ["╭", "╮", "╰", "╯"],
    tee_down: "┬",
    tee_right: "├",
    progress: ["▰", "▰", "▱"],
    ellipsis: "…",
    dot: "·",
    more: ["▴", "▾"],
    turn: ["‹", "›"],
    flag: ["□", "■"],
    wrong: "✗",
};

static ASCII: Glyphs = Glyphs {
    ascii: true,
    bar: ">",
    line: "-",
    heavy: "=",
    upright: "|",
    corners: ["+", "+", "+", "+"],
    tee_down: "+",
    tee_right: "+",
    progress: ["#", "=", "."],
    ellipsis: "...",
    dot: "-",
    more: ["^", "v"],
    turn: ["<", ">"],
    flag: ["-", "x"],
    wrong: "!",
};

impl Glyphs {
    /// The set in use.
    pub fn of(ascii: bool) -> &'static Self {
        if ascii { &ASCII } else { &UNICODE }
    }

    /// The glyph of a vocabulary's value.
    pub fn value(&self, entry: &Entry) -> &'static str {
        entry.sign(self.ascii)
    }

    /// A stand-in for a character of the program's own texts and of labels; none where it is shown as it is.
    pub fn stand_in(&self, shown: &str) -> Option<&'static str> {
        if !self.ascii {
            return None;
        }
        Some(match shown {
            "·" | "–" | "—" => "-",
            "…" => "...",
            "“" | "”" | "„" | "«" | "»" => "\"",
            "‘" | "’" => "'",
            "×" => "x",
            "→" => ">",
            "←" => "<",
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ascii_set_is_ascii() {
        let g = Glyphs::of(true);
        let all = [
            g.bar,
            g.line,
            g.heavy,
            g.upright,
            g.tee_down,
            g.tee_right,
            g.ellipsis,
            g.dot,
            g.wrong,
        ];
        let lists = g
            .corners
            .iter()
            .chain(&g.progress)
            .chain(&g.more)
            .chain(&g.turn)
            .chain(&g.flag);
        for glyph in all.iter().chain(lists) {
            assert!(glyph.is_ascii(), "{glyph}");
        }
        for c in ["·", "…", "“", "’"] {
            assert!(g.stand_in(c).is_some_and(str::is_ascii));
            assert_eq!(Glyphs::of(false).stand_in(c), None);
        }
    }
}
