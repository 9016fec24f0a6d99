//! Puts letters at their places together to lines, whichever way they run.

use hayro_interpret::kurbo::{Point, Rect, Vec2};
use unicode_normalization::char::is_combining_mark;

use super::again::DrawnGlyphs;
use super::fates::GlyphFates;
use super::{raised, sheet, turned};

/// A page's lines in the order in which the page draws them.
#[derive(Debug, Default)]
pub(super) struct PageText {
    pub number: u32,
    /// Height in points, as most of the text is read.
    pub height: f64,
    pub lines: Vec<RunOfWords>,
    /// Characters whose font does not say which they are.
    pub unread: usize,
    /// Words at the margin that run another way than the text, which are no part of it.
    pub stamps: Vec<String>,
    /// Words that nobody sees: beyond the sheet's edges, too small.
    pub outside: Vec<String>,
    /// Letters about which the page says that they are not to be shown, or that it shows in no font.
    pub unshown: usize,
    /// What became of its glyphs.
    pub fates: GlyphFates,
    /// Its text where another program has read it; then nothing else is known of it.
    pub elsewhere: Option<String>,
}

/// A run of words on one base line. Points, from the page's top left corner.
#[derive(Clone, Debug, Default)]
pub(super) struct RunOfWords {
    pub left: f64,
    pub right: f64,
    pub y: f64,
    /// The size of its letters.
    pub size: f64,
    pub text: String,
    /// Where its wide gaps begin and end, each marked with a [`GAP`].
    pub gaps: Vec<(f64, f64)>,
    /// Whether it is a row of a table, with all its cells.
    pub row: bool,
}

/// Stands for a gap that may part the cells of a table while a page is not read whole. No font's letters have this code.
pub(super) const GAP: char = '\u{e003}';
/// A gap of so many of its letters' sizes may part cells.
const WIDE: f64 = 1.2;
/// A gap of so many parts words: in a run that has spaces of its own, and in one that has none.
const PARTS: (f64, f64) = (0.15, 0.11);

/// What a glyph says, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn<'a> {
    pub words: &'a str,
    /// Where its base line begins: points from the page's top left corner.
    pub at: Point,
    /// The way that its line runs, of length one.
    pub along: Vec2,
    pub size: f64,
    /// How far the next glyph is away.
    pub advance: f64,
}

/// A line with the way that it runs.
#[derive(Debug)]
pub(super) struct DirectedLine {
    pub from: Point,
    pub along: Vec2,
    pub length: f64,
    pub size: f64,
    pub text: String,
    /// Its wide gaps, along the line from where it begins.
    pub gaps: Vec<(f64, f64)>,
    /// Whether it was added to the page: a form's value, a remark.
    pub added: bool,
}

/// Makes lines of glyphs.
#[derive(Debug, Default)]
pub(super) struct LineMaker {
    number: u32,
    size: (f64, f64),
    /// The whole sheet, in the page's points.
    sheet: Rect,
    lines: Vec<DirectedLine>,
    open: Option<OpenLine>,
    /// An accent that stands alone so far.
    accent: Option<Accent>,
    added: bool,
    drawn: DrawnGlyphs,
    /// Whether the run that is drawn now has spaces of its own.
    has_spaces: bool,
}

/// A line that may go on. Its places are counted along it and across it (upwards) from where it begins.
#[derive(Debug)]
struct OpenLine {
    from: Point,
    along: Vec2,
    left: f64,
    right: f64,
    size: f64,
    /// Where the base line of its largest letters lies.
    base: f64,
    text: String,
    /// Where letters of another size or height begin.
    parts: Vec<raised::LinePart>,
    /// Glyphs of leftward scripts that stand right of the one before, less those that stand left of it.
    rightward: i64,
    gaps: Vec<(f64, f64)>,
}

/// An accent with a place of its own, as TeX draws it.
#[derive(Debug)]
struct Accent {
    /// The combining character.
    mark: char,
    /// A letter that begins left of this stands under it.
    right: f64,
    size: f64,
}

/// The combining character of an accent with a place of its own.
fn combining(c: char) -> Option<char> {
    Some(match c {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

/// The letter with an accent, where there is such a letter.
fn composed(mark: char, letter: char) -> Option<char> {
    let letter = match letter {
        'ı' => 'i',
        'ȷ' => 'j',
        c => c,
    };
    unicode_normalization::char::compose(letter, mark)
}

impl OpenLine {
    fn new(drawn: &Drawn<'_>) -> Self {
        Self {
            from: drawn.at,
            along: drawn.along,
            left: 0.0,
            right: 0.0,
            size: drawn.size,
            base: 0.0,
            text: String::new(),
            parts: Vec::new(),
            rightward: 0,
            gaps: Vec::new(),
        }
    }

    /// Where a point lies: along the line and across it.
    fn place(&self, at: Point) -> Vec2 {
        let way = at - self.from;
        Vec2::new(way.dot(self.along), way.cross(self.along))
    }

    /// Whether a glyph at `place` goes on with this line.
    fn holds(&self, drawn: &Drawn<'_>, place: Vec2) -> bool {
        let reach = drawn.size.max(self.size);
        let same_line =
            (place.y - self.base).abs() < 0.5 * reach && drawn.along.dot(self.along) > 0.97;
        let after = place.x > self.right - 0.6 * reach && place.x < self.right + 3.0 * reach;
        same_line && (after || self.goes_leftward(drawn, place, reach))
    }

    /// Whether a glyph of a script that is written leftward stands left of the line so far.
    fn goes_leftward(&self, drawn: &Drawn<'_>, place: Vec2, reach: f64) -> bool {
        let gap = self.left - (place.x + drawn.advance);
        turned::is_leftward(drawn.words) && gap > -0.6 * reach && gap < 3.0 * reach
    }

    /// Parts words, or cells, where there is a gap before a glyph of this size at `left`; one of `least` sizes parts words.
    fn part(&mut self, gap: f64, size: f64, left: f64, least: f64) {
        if self.text.trim_end_matches(GAP).is_empty() {
            return;
        }
        if gap > WIDE * size.max(self.size) {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.text.push(GAP);
            self.gaps.push((self.right, left));
        } else if gap > least * size && !self.text.ends_with([' ', GAP]) {
            self.text.push(' ');
        }
    }
}

impl LineMaker {
    /// Makes the lines of the page `number` of this size on `sheet`.
    pub fn new(number: u32, size: (f64, f64), sheet: Rect) -> Self {
        Self {
            number,
            size,
            sheet,
            ..Self::default()
        }
    }

    /// From here on what is drawn was added to the page.
    pub fn added(&mut self) {
        self.end_of_line();
        self.added = true;
    }

    /// Whether a glyph stands there already.
    pub fn holds(&self, drawn: &Drawn<'_>) -> bool {
        self.drawn.holds(drawn)
    }

    /// Begins a run of glyphs; it may have spaces of its own.
    pub fn begin_run(&mut self, has_spaces: bool) {
        self.has_spaces = has_spaces;
    }

    pub fn finish(mut self) -> PageText {
        self.end_of_line();
        let outside = sheet::take_outside(&mut self.lines, self.sheet);
        let mut page = turned::upright(self.lines, self.size);
        page.outside = outside;
        page.number = self.number;
        raised::resolve(&mut page);
        page
    }

    pub fn end_of_line(&mut self) {
        let Some(line) = self.open.take() else {
            return;
        };
        let (text, gaps) = match turned::is_leftward(&line.text) {
            true => {
                let plain = line.text.replace(GAP, " ");
                (
                    turned::logical(plain.trim_end(), line.rightward > 0),
                    vec![],
                )
            }
            false => {
                let text = line.text.trim_end();
                (
                    raised::marked(text, &line.parts, line.size, line.base),
                    line.gaps,
                )
            }
        };
        if !text.trim().is_empty() {
            let up = Vec2::new(line.along.y, -line.along.x);
            self.lines.push(DirectedLine {
                from: line.from + line.along * line.left + up * line.base,
                along: line.along,
                length: line.right - line.left,
                size: line.size,
                text,
                gaps: gaps
                    .into_iter()
                    .map(|(end, next)| (end - line.left, next - line.left))
                    .collect(),
                added: self.added,
            });
        }
    }

    /// Takes a glyph; whether it does not stand there already.
    pub fn place(&mut self, drawn: Drawn<'_>) -> bool {
        let words = self.drawn.not_there(&drawn);
        let is_again = words.is_empty() && !drawn.words.is_empty();
        let drawn = Drawn { words, ..drawn };
        let goes_on = |line: &OpenLine| line.holds(&drawn, line.place(drawn.at));
        if !self.open.as_ref().is_some_and(goes_on) {
            // What is drawn again and white space elsewhere do not end a line, nor begin one.
            if words.trim().is_empty() {
                return !is_again;
            }
            self.end_of_line();
        }
        let line = self.open.get_or_insert_with(|| OpenLine::new(&drawn));
        let place = line.place(drawn.at);
        if words.is_empty() {
            line.right = line.right.max(place.x + drawn.advance);
            return !is_again;
        }
        let leftward = !line.text.is_empty()
            && place.x < line.left
            && line.goes_leftward(&drawn, place, line.size.max(drawn.size));
        if turned::is_leftward(drawn.words) && !line.text.is_empty() {
            line.rightward += if leftward { -1 } else { 1 };
        }
        let gap = match leftward {
            true => line.left - (place.x + drawn.advance),
            false => place.x - line.right,
        };
        let least = match self.has_spaces {
            true => PARTS.0,
            false => PARTS.1,
        };
        // A mark above or below a letter stands where there is room for it.
        if !words.starts_with(is_combining_mark) {
            line.part(gap, drawn.size, place.x, least);
        }
        raised::LinePart::begin(&mut line.parts, line.text.len(), drawn.size, place.y);
        let accent = self
            .accent
            .take()
            .filter(|a| place.x < a.right && drawn.size > 0.5 * a.size);
        push(&mut line.text, drawn.words, accent.as_ref());
        let mark = drawn.words.chars().next().and_then(combining);
        self.accent = mark.map(|mark| Accent {
            mark,
            right: place.x + 0.8 * drawn.advance,
            size: drawn.size,
        });
        line.left = line.left.min(place.x);
        line.right = line.right.max(place.x + drawn.advance);
        // A raised figure or a dropped letter does not set the line's size.
        if drawn.size > line.size {
            (line.size, line.base) = (drawn.size, place.y);
        }
        true
    }
}

/// Appends a glyph's words, with an accent that was drawn before its letter.
fn push(text: &mut String, words: &str, accent: Option<&Accent>) {
    for c in words.chars() {
        if let Some(whole) = accent.and_then(|a| composed(a.mark, c)) {
            text.pop();
            text.push(whole);
            continue;
        }
        match c {
            '\u{a0}' | '\t' | '\n' | '\r' => text.push(' '),
            'ﬀ' => text.push_str("ff"),
            'ﬁ' => text.push_str("fi"),
            'ﬂ' => text.push_str("fl"),
            'ﬃ' => text.push_str("ffi"),
            'ﬄ' => text.push_str("ffl"),
            'ﬅ' | 'ﬆ' => text.push_str("st"),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
}
