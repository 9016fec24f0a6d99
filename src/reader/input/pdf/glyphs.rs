//! Hears what a page draws: which letters stand where.

use hayro_interpret::font::{Glyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};

use super::fates::{GlyphFate, GlyphFates};
use super::fonts::{self, Fonts};
use super::glyph_letters::is_private;
use super::guessed::Guesses;
use super::lines::{Drawn, LineMaker, PageText};
use super::spacing::{EM, Spacing, along, up};
use super::strings;
use crate::reader::input::guard::Stop;

/// Characters of one page that are read at most.
const MOST: usize = 400_000;

/// What a page's interpreter is left with when the reading is to end; no failure of the file.
#[derive(Debug)]
pub(super) struct Ended;

/// Collects what a page draws.
pub(super) struct Letters<'a> {
    lines: LineMaker,
    /// The marked content around what is drawn now; with its words, where it has words of its own.
    marked: Vec<Option<ActualText>>,
    /// Where the run before began, and its codes: text that is filled and stroked comes twice.
    filled: Option<(Point, Vec<u32>)>,
    fates: GlyphFates,
    /// Runs of glyphs that came.
    runs: usize,
    /// Words that nobody can see, or that the file says are none.
    unseen: String,
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
            marked: Vec::new(),
            filled: None,
            fates: GlyphFates::default(),
            runs: 0,
            unseen: String::new(),
            fonts,
            guesses,
            stop,
        }
    }

    /// The lines so far.
    pub fn finish(self) -> PageText {
        let mut page = self.lines.finish();
        page.fates = self.fates;
        page.unread = self.fates.of(GlyphFate::Unread);
        page.outside
            .extend(Some(self.unseen).filter(|w| has_letters(w)));
        page
    }

    /// Runs of glyphs, and glyphs, that came so far.
    pub fn heard(&self) -> (usize, usize) {
        (self.runs, self.fates.all())
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

    /// What a glyph says: by the document, by its font, or else by what is usual. Where it is `drawn`, white space that
    /// shows something is none: some files hide their letters so.
    fn said(&mut self, glyph: &Glyph<'_>, drawn: bool) -> Said {
        let told = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(words)) => words,
            None => String::new(),
        };
        let sign = |c| match glyph {
            Glyph::Outline(outline) => fonts::sign(outline, c),
            Glyph::Type3(_) => None,
        };
        let known = |c| known(c).or_else(|| sign(c));
        let words: String = told.chars().filter_map(known).collect();
        let shows = |words: &str| words.chars().any(is_seen);
        let hides = |words: &str| drawn && !shows(words) && self.fonts.shows(glyph);
        if !words.is_empty() && !hides(&words) {
            return Said::Words(words);
        }
        // Shown, a soft hyphen is a hyphen.
        if words == "\u{ad}" {
            return Said::Words("-".into());
        }
        if let Some(words) = self.fonts.letters(glyph).filter(|w| !hides(w)) {
            return Said::Words(words);
        }
        if self.fonts.draws_nothing(glyph) {
            return Said::Blank;
        }
        if told.is_empty() && glyph.char_code() == 32 && !self.fonts.draws(glyph) {
            return Said::Words(" ".into());
        }
        match Fonts::guess(glyph) {
            Some((font, letter)) => Said::Words(self.guesses.mark(&font, letter).to_string()),
            None => Said::Unknown,
        }
    }

    /// Puts what a glyph says in its place.
    fn take(&mut self, said: Said, drawn: Drawn<'_>) -> GlyphFate {
        if let Some(own) = self.marked.iter_mut().flatten().next() {
            let words = match std::mem::replace(&mut own.said, true) {
                true => String::new(),
                false => own.words.clone(),
            };
            // No words at all may stand for a hyphen at a line's end, for bold letters, or for letters: those are told.
            if let Said::Words(words) = &said
                && !has_letters(&own.words)
                && !self.lines.holds(&Drawn { words, ..drawn })
            {
                self.unseen.push_str(words);
            }
            let words = words.as_str();
            self.lines.place(Drawn { words, ..drawn });
            return GlyphFate::ToldOtherwise;
        }
        match said {
            Said::Words(words) => {
                let is_new = self.lines.place(Drawn {
                    words: &words,
                    ..drawn
                });
                match is_new {
                    _ if words.trim().is_empty() => GlyphFate::Blank,
                    true => GlyphFate::Kept,
                    false => GlyphFate::Again,
                }
            }
            // The next glyph stands off by itself.
            Said::Blank => GlyphFate::Blank,
            Said::Unknown => GlyphFate::Unread,
        }
    }

    /// Counts a glyph that nobody can see.
    fn pass_over(&mut self, said: Said) -> GlyphFate {
        if let Said::Words(words) = said {
            self.unseen.push_str(&words);
        }
        GlyphFate::Unseen
    }

    fn glyph(
        &mut self,
        run: &GlyphRun<'_, '_>,
        glyph: &PositionedGlyph<'_>,
        how: &Setting,
    ) -> GlyphFate {
        let place = how.to_page * glyph.transform();
        let size = how.own_size.unwrap_or_else(|| up(place).hypot());
        let advance = match run.writing_mode() {
            WritingMode::Horizontal => how.spacing.advance(glyph, place),
            WritingMode::Vertical => size,
        };
        let along = way(place, run.writing_mode());
        let at = place.translation().to_point();
        let said = self.said(glyph, how.drawn);
        let finite = [at.x, at.y, size, advance, along.x, along.y];
        if !finite.iter().all(|n| n.is_finite()) || size <= SMALLEST {
            return self.pass_over(said);
        }
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
        self.take(said, drawn)
    }
}

/// How a run of glyphs is set.
struct Setting {
    to_page: Affine,
    spacing: Spacing,
    /// See [`letter_size`].
    own_size: Option<f64>,
    /// Whether it is drawn; text over a scan is not.
    drawn: bool,
}

/// Letters of fewer points are not seen.
const SMALLEST: f64 = 0.1;

fn has_letters(words: &str) -> bool {
    words.chars().any(char::is_alphanumeric)
}

/// Whether a character is seen where it is shown.
fn is_seen(c: char) -> bool {
    !(c.is_whitespace() || is_unseen_sign(c))
}

/// Soft hyphens, marks of direction and of width zero.
fn is_unseen_sign(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
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

/// The way that a glyph's line runs, one em long.
fn way(place: Affine, mode: WritingMode) -> Vec2 {
    match mode {
        WritingMode::Horizontal => along(place),
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
        let codes = || glyphs.iter().map(|glyph| glyph.char_code()).collect();
        let filled = self.filled.take();
        match mode {
            DrawMode::Stroke(_) if filled == Some((begin, codes())) => return,
            DrawMode::Fill(_) => self.filled = Some((begin, codes())),
            _ => {}
        }
        self.runs += 1;
        let is_space = |glyph: &PositionedGlyph<'_>| matches!(glyph.as_unicode(), Some(BfString::Char(c)) if c.is_whitespace());
        self.lines.begin_run(glyphs.iter().any(is_space));
        let how = Setting {
            to_page: props.transform,
            spacing: Spacing::of(glyphs, props.transform),
            own_size: letter_size(glyphs, props.transform),
            drawn: !matches!(mode, DrawMode::Invisible),
        };
        for glyph in glyphs {
            let read = self.fates.all() + 1;
            if read > MOST || read.is_multiple_of(1024) && self.stop.is_set() {
                // The interpreter knows no other way to end early; this is no panic that anybody hears of.
                std::panic::resume_unwind(Box::new(Ended));
            }
            let fate = self.glyph(run, glyph, &how);
            self.fates.count(fate);
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
