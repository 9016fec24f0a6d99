//! One page: what it draws, and whether it holds text at all.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream};
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
        letters.added();
        interpret_page(page, &mut context, &mut letters);
        added::write(page, to_page, &mut letters, &mut remarks);
    }));
    let text = letters.finish();
    let empty = text.lines.is_empty() && text.stamps.is_empty();
    PageRead {
        lost: empty
            && (text.unread > 0 || says(TypedIter::new(&content), page.resources(), LEVELS)),
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

/// Whether operators show text, themselves or in a drawing that they use.
fn says(mut operators: TypedIter<'_>, resources: &Resources<'_>, levels: usize) -> bool {
    while let Some(operator) = operators.next() {
        match operator {
            TypedInstruction::ShowText(t) if !is_blank(t.0.as_bytes()) => return true,
            TypedInstruction::NextLineAndShowText(t) if !is_blank(t.0.as_bytes()) => return true,
            TypedInstruction::ShowTextWithParameters(t) if !is_blank(t.2.as_bytes()) => {
                return true;
            }
            TypedInstruction::ShowTexts(t) if !t.0.data().is_empty() => return true,
            TypedInstruction::XObject(name) if levels > 0 => {
                let Some(drawing) = resources.get_x_object(name.0) else {
                    continue;
                };
                let form = drawing.dict().get::<Name<'_>>(b"Subtype");
                if form.is_none_or(|kind| kind.as_ref() != b"Form") {
                    continue;
                }
                let own = drawing.dict().get::<Dict<'_>>(b"Resources");
                let own = own.map_or_else(|| resources.clone(), Resources::new);
                let inner = drawing.decoded_data().unwrap_or_default();
                if says(TypedIter::new(&inner), &own, levels - 1) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

fn is_blank(codes: &[u8]) -> bool {
    codes.iter().all(|c| matches!(c, b' ' | 0))
}
