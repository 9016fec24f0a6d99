//! Hears what a page draws: which letters stand where.

use hayro_interpret::font::{Glyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};

use super::fonts::{self, Fonts};
use super::glyph_letters::is_private;
use super::guessed::Guesses;
use super::lines::{Drawn, LineMaker, PageText};
use super::strings;
use crate::reader::input::guard::Stop;

/// Characters of one page that are read at most.
const MOST: usize = 400_000;
/// Units of a font to the em.
const EM: f64 = 1000.0;

/// What a page's interpreter is left with when the reading is to end; no failure of the file.
#[derive(Debug)]
pub(super) struct Ended;

/// Collects what a page draws.
pub(super) struct Letters<'a> {
    lines: LineMaker,
    read: usize,
    /// The marked content around what is drawn now; with its words, where it has words of its own.
    marked: Vec<Option<ActualText>>,
    /// Where the run before began and how many glyphs it had: text that is filled and stroked comes twice.
    filled: Option<(Point, usize)>,
    fonts: &'a Fonts<'a>,
    guesses: &'a mut Guesses,
    stop: &'a Stop,
}

/// What a glyph says.
enum Said {
    Words(String),
    /// It draws nothing.
    Blank,
    Unknown,
}

/// Words that stand for whatever is drawn in a marked part.
struct ActualText {
    words: String,
    said: bool,
}

impl<'a> Letters<'a> {
    /// Collects from the page `number` of this size on `sheet`.
    pub fn new(
        number: u32,
        size: (f64, f64),
        sheet: Rect,
        fonts: &'a Fonts<'a>,
        guesses: &'a mut Guesses,
        stop: &'a Stop,
    ) -> Self {
        Self {
            lines: LineMaker::new(number, size, sheet),
            read: 0,
            marked: Vec::new(),
            filled: None,
            fonts,
            guesses,
            stop,
        }
    }

    /// The lines so far.
    pub fn finish(self) -> PageText {
        self.lines.finish()
    }

    /// From here on what is drawn was added to the page: a form's values, remarks.
    pub fn added(&mut self) {
        self.lines.added();
    }

    /// Draws words at a place, as if the page did.
    pub fn write(&mut self, words: &str, at: Point, size: f64) {
        self.lines.end_of_line();
        self.lines.place(Drawn {
            words,
            at,
            along: Vec2::new(1.0, 0.0),
            size,
            advance: 0.5 * size * words.chars().count() as f64,
        });
        self.lines.end_of_line();
    }

    /// What a glyph says: by the document, by its font, or else by what is usual.
    fn said(&mut self, glyph: &Glyph<'_>) -> Said {
        let told = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(words)) => words,
            None if glyph.char_code() == 32 => " ".into(),
            None => String::new(),
        };
        let sign = |c| match glyph {
            Glyph::Outline(outline) => fonts::sign(outline, c),
            Glyph::Type3(_) => None,
        };
        let known = |c| known(c).or_else(|| sign(c));
        let words: String = told.chars().filter_map(known).collect();
        if !words.is_empty() {
            return Said::Words(words);
        }
        if let Some(words) = self.fonts.letters(glyph) {
            return Said::Words(words);
        }
        if self.fonts.draws_nothing(glyph) {
            return Said::Blank;
        }
        match Fonts::guess(glyph) {
            Some((font, letter)) => Said::Words(self.guesses.mark(&font, letter).to_string()),
            None => Said::Unknown,
        }
    }

    fn take(&mut self, said: Said, drawn: Drawn<'_>) {
        match self.marked.iter_mut().flatten().next() {
            Some(own) => {
                let words = match std::mem::replace(&mut own.said, true) {
                    true => String::new(),
                    false => own.words.clone(),
                };
                self.lines.place(Drawn {
                    words: &words,
                    ..drawn
                });
            }
            None => match said {
                Said::Words(words) => self.lines.place(Drawn {
                    words: &words,
                    ..drawn
                }),
                // The next glyph stands off by itself.
                Said::Blank => {}
                Said::Unknown => self.lines.unread(),
            },
        }
    }
}

/// A character that says something. Fonts of signs use codes of their own, some of which everybody knows.
fn known(c: char) -> Option<char> {
    Some(match c {
        '\u{f0b7}' => '•',
        '\u{f0a7}' => '▪',
        '\u{f0a8}' => '☐',
        '\u{f0fe}' => '☒',
        '\u{f0fc}' => '✓',
        '\u{f0d8}' => '‣',
        '\u{f0e0}' => '→',
        '\u{f02d}' => '-',
        '\u{f020}' => ' ',
        // Old digits and small capitals had places there.
        '\u{f730}'..='\u{f739}' | '\u{f761}'..='\u{f77a}' => {
            char::from_u32(u32::from(c) - 0xF700).filter(char::is_ascii)?
        }
        '\t' | '\n' | '\r' => ' ',
        c if is_private(c) => return None,
        c => c,
    })
}

/// A run that is set so much wider than its font says may be dots and gaps in the main.
const WIDE: f64 = 1.05;

/// How far apart glyphs of a run are, as a share of what their font says: the text may be stretched, and letter-spaced.
/// Where they are far apart, letters alone tell it: dots that lead to a page's number are set wide.
fn spread(glyphs: &[PositionedGlyph<'_>], to_page: Affine) -> f64 {
    if glyphs.len() < 4 {
        return 1.0;
    }
    let all = usual_share(glyphs, to_page, |_| true);
    let of_letters = all.filter(|share| *share > WIDE);
    let of_letters = of_letters.and_then(|_| usual_share(glyphs, to_page, is_letter));
    of_letters.or(all).unwrap_or(1.0).clamp(0.3, 2.0)
}

fn is_letter(glyph: &Glyph<'_>) -> bool {
    match glyph.as_unicode() {
        Some(BfString::Char(c)) => c.is_alphanumeric(),
        _ => true,
    }
}

/// The usual share among pairs of glyphs that `counts` takes; none where they are few.
fn usual_share(
    glyphs: &[PositionedGlyph<'_>],
    to_page: Affine,
    counts: impl Fn(&Glyph<'_>) -> bool,
) -> Option<f64> {
    let mut shares: Vec<f64> = Vec::with_capacity(glyphs.len());
    for pair in glyphs.windows(2) {
        let place = to_page * pair[0].transform();
        let next = to_page * pair[1].transform();
        let width = up(place).hypot() * width(&pair[0]) / EM;
        if width > 0.0 && counts(&pair[0]) && counts(&pair[1]) {
            shares.push((next.translation() - place.translation()).hypot() / width);
        }
    }
    shares.sort_by(f64::total_cmp);
    let usual = shares.get(shares.len() / 2).copied();
    usual.filter(|share| shares.len() >= 3 && share.is_finite())
}

fn width(glyph: &Glyph<'_>) -> f64 {
    let width = match glyph {
        Glyph::Outline(glyph) => glyph.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    };
    f64::from(width.unwrap_or(500.0)).abs()
}

/// The way up of a glyph, one em long.
fn up(place: Affine) -> Vec2 {
    let [_, _, c, d, _, _] = place.as_coeffs();
    Vec2::new(c, d) * EM
}

/// The way that a glyph's line runs, one em long.
fn along(place: Affine, mode: WritingMode) -> Vec2 {
    let [a, b, _, _, _, _] = place.as_coeffs();
    match mode {
        WritingMode::Horizontal => Vec2::new(a, b) * EM,
        WritingMode::Vertical => -up(place),
    }
}

/// The size of a run's letters. A font that is drawn by the page may have letters of any size on its em.
fn letter_size(glyphs: &[PositionedGlyph<'_>], to_page: Affine) -> Option<f64> {
    let mut widths = Vec::new();
    for glyph in glyphs {
        let Glyph::Type3(own) = &**glyph else {
            return None;
        };
        let place = to_page * glyph.transform();
        widths.extend(
            own.advance_width()
                .filter(|w| *w > 0.0)
                .map(|w| f64::from(w) / EM * up(place).hypot()),
        );
    }
    widths.sort_by(f64::total_cmp);
    let usual = *widths.get(widths.len() / 2)?;
    let em = up(to_page * glyphs.first()?.transform()).hypot();
    (usual > 0.9 * em || usual < 0.2 * em).then_some(usual / 0.5)
}

impl<'a> Device<'a> for Letters<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let glyphs = run.glyphs();
        let Some(first) = glyphs.first() else {
            return;
        };
        let begin = (props.transform * first.transform())
            .translation()
            .to_point();
        let this = (begin, glyphs.len());
        let filled = self.filled.take();
        match mode {
            DrawMode::Stroke(_) if filled == Some(this) => return,
            DrawMode::Fill(_) => self.filled = Some(this),
            _ => {}
        }
        let spread = spread(glyphs, props.transform);
        let own_size = letter_size(glyphs, props.transform);
        for glyph in glyphs {
            self.read += 1;
            if self.read > MOST || self.read.is_multiple_of(1024) && self.stop.is_set() {
                // The interpreter knows no other way to end early; this is no panic that anybody hears of.
                std::panic::resume_unwind(Box::new(Ended));
            }
            let place = props.transform * glyph.transform();
            let size = own_size.unwrap_or_else(|| up(place).hypot());
            let advance = match run.writing_mode() {
                WritingMode::Horizontal => width(glyph) / EM * up(place).hypot() * spread,
                WritingMode::Vertical => size,
            };
            let along = along(place, run.writing_mode());
            let at = place.translation().to_point();
            let finite = [at.x, at.y, size, advance, along.x, along.y];
            if finite.iter().all(|n| n.is_finite()) && size > 0.1 {
                let drawn = Drawn {
                    words: "",
                    at,
                    along: match along.hypot() > 0.0 {
                        true => along.normalize(),
                        false => Vec2::new(1.0, 0.0),
                    },
                    size,
                    advance,
                };
                let said = self.said(glyph);
                self.take(said, drawn);
            }
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let own = properties.and_then(|p| p.get::<PdfString<'_>>(b"ActualText"));
        self.marked.push(own.map(|words| ActualText {
            words: strings::text(words.as_bytes()),
            said: false,
        }));
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
