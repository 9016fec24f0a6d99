//! One page: what it draws, and whether it holds text at all.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream, String as Words};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent, TransformExt, interpret,
    interpret_page,
};

use super::added::{self, Remarks};
use super::fonts::Fonts;
use super::glyphs::Letters;
use super::guessed::Guesses;
use super::lines::PageText;
use crate::reader::input::guard::Stop;

/// Drawings inside of drawings are followed so far.
const LEVELS: usize = 4;

/// What became of a page.
pub(super) struct PageRead {
    pub text: PageText,
    pub remarks: Remarks,
    /// Whether the page's interpreter broke.
    pub broken: bool,
    /// Whether the page holds text of which nothing could be read.
    pub lost: bool,
}

/// Reads a page. What was read before it breaks is kept.
pub(super) fn read<'a>(
    page: &Page<'a>,
    number: u32,
    cache: &InterpreterCache<'a>,
    fonts: &Fonts<'_>,
    guesses: &mut Guesses,
    stop: &Stop,
) -> PageRead {
    let (to_page, size) = points(page);
    let all = page.media_box();
    // What is cut off for the binding is on the sheet all the same, and many files cut off too much.
    let sheet = to_page.transform_rect_bbox(Rect::new(all.x0, all.y0, all.x1, all.y1));
    let sheet = sheet.union(Rect::new(0.0, 0.0, size.0, size.1));
    let mut letters = Letters::new(number, size, sheet, fonts, guesses, stop);
    let mut remarks = Remarks::default();
    let content = content(page);
    let shown = Shown::by(TypedIter::new(&content), page.resources(), LEVELS);
    let mut heard = (0, 0);
    let whole = catch_unwind(AssertUnwindSafe(|| {
        let settings = InterpreterSettings {
            render_content: RenderContent::ANNOTATIONS,
            ..InterpreterSettings::default()
        };
        let mut context = Context::new(
            to_page,
            Rect::new(0.0, 0.0, size.0, size.1),
            cache,
            page.xref(),
            settings,
        );
        let operations = TypedIter::new(&content);
        interpret(operations, page.resources(), &mut context, &mut letters);
        heard = letters.heard();
        letters.added();
        interpret_page(page, &mut context, &mut letters);
        added::write(page, to_page, &mut letters, &mut remarks);
    }));
    let mut text = letters.finish();
    if whole.is_ok() && shown.runs > heard.0 {
        text.unshown = shown.codes.saturating_sub(heard.1);
    }
    let empty = text.lines.is_empty() && text.stamps.is_empty();
    PageRead {
        lost: empty && (text.unread > 0 || shown.says),
        broken: whole.is_err(),
        text,
        remarks,
    }
}

/// From the page's own units to points from its top left corner; and its size in points.
fn points(page: &Page<'_>) -> (Affine, (f64, f64)) {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let fit = fit(width.max(height));
    let to_page = Affine::scale(fit) * page.initial_transform(true).to_kurbo();
    (to_page, (width * fit, height * fit))
}

/// How much a page is magnified whose longer side is `long`: one that counts in inches or in itself has tiny letters.
fn fit(long: f64) -> f64 {
    match long < 100.0 {
        true => 842.0 / long.max(0.001),
        false => 1.0,
    }
}

/// The page's operators. They are not kept with the page, as the library would.
fn content(page: &Page<'_>) -> Vec<u8> {
    let decoded = |stream: &Stream<'_>| stream.decoded_data().map(|d| d.into_owned());
    if let Some(stream) = page.raw().get::<Stream<'_>>(b"Contents") {
        return decoded(&stream).unwrap_or_default();
    }
    let mut all = Vec::new();
    for stream in page
        .raw()
        .get::<Array<'_>>(b"Contents")
        .iter()
        .flat_map(|parts| parts.iter::<Stream<'_>>())
    {
        all.extend(decoded(&stream).unwrap_or_default());
        all.push(b'\n');
    }
    all
}

/// What operators show as text, themselves or in a drawing that they use.
#[derive(Debug, Default)]
struct Shown {
    /// Pieces of text, each shown by one operator.
    runs: usize,
    /// About how many codes they have.
    codes: usize,
    /// Whether there is more than white space in them.
    says: bool,
}

impl Shown {
    fn by(operators: TypedIter<'_>, resources: &Resources<'_>, levels: usize) -> Self {
        let mut all = Self::default();
        all.add_all(operators, resources, levels);
        all
    }

    fn add_all(&mut self, mut operators: TypedIter<'_>, resources: &Resources<'_>, levels: usize) {
        // Bytes of a code: composite fonts mostly have two.
        let mut width = 1;
        while let Some(operator) = operators.next() {
            match operator {
                TypedInstruction::TextFont(font) => {
                    let font = resources.fonts.get::<Dict<'_>>(font.0.as_ref());
                    let kind = font.and_then(|font| font.get::<Name<'_>>(b"Subtype"));
                    width = 1 + usize::from(kind.is_some_and(|kind| kind.as_ref() == b"Type0"));
                }
                TypedInstruction::ShowText(t) => self.add(&[t.0.as_bytes()], width),
                TypedInstruction::NextLineAndShowText(t) => self.add(&[t.0.as_bytes()], width),
                TypedInstruction::ShowTextWithParameters(t) => self.add(&[t.2.as_bytes()], width),
                TypedInstruction::ShowTexts(t) => {
                    let parts: Vec<Words<'_>> = t.0.iter::<Words<'_>>().collect();
                    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
                    self.add(&parts, width);
                }
                TypedInstruction::XObject(name) if levels > 0 => {
                    self.add_drawing(resources, name.0, levels);
                }
                _ => {}
            }
        }
    }

    fn add_drawing(&mut self, resources: &Resources<'_>, name: &Name<'_>, levels: usize) {
        let Some(drawing) = resources.get_x_object(name) else {
            return;
        };
        let form = drawing.dict().get::<Name<'_>>(b"Subtype");
        if form.is_none_or(|kind| kind.as_ref() != b"Form") {
            return;
        }
        let own = drawing.dict().get::<Dict<'_>>(b"Resources");
        let own = own.map_or_else(|| resources.clone(), Resources::new);
        let inner = drawing.decoded_data().unwrap_or_default();
        self.add_all(TypedIter::new(&inner), &own, levels - 1);
    }

    fn add(&mut self, parts: &[&[u8]], width: usize) {
        let bytes: usize = parts.iter().map(|part| part.len()).sum();
        self.runs += usize::from(bytes > 0);
        self.codes += bytes / width;
        self.says |= parts.iter().any(|part| !is_blank(part));
    }
}

fn is_blank(codes: &[u8]) -> bool {
    codes.iter().all(|c| matches!(c, b' ' | 0))
}
