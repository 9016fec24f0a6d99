//! What was added to a page: the values of a form, free text; and remarks, which are counted.

use std::collections::BTreeSet;

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Rect, String as Words};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, Point};

use super::glyphs::Letters;
use super::strings;
use crate::reader::input::draft::one_line;

/// Flags of what is not seen (ISO 32000-1, 12.5.3): hidden, not viewed.
const UNSEEN: u32 = 1 << 1 | 1 << 5;
/// The size of letters where nobody says it.
const SIZE: f64 = 10.0;
/// How far a field's value may be kept above the field.
const LEVELS: usize = 8;

/// Remarks on the text, which are none of it.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    pub count: usize,
    pub by: BTreeSet<String>,
}

/// Writes the words of `page`'s additions that have no drawing of their own, and counts remarks. `to_page` leads to points
/// from the page's top left corner.
pub(super) fn write(
    page: &Page<'_>,
    to_page: Affine,
    letters: &mut Letters<'_>,
    remarks: &mut Remarks,
) {
    let Some(all) = page.raw().get::<Array<'_>>(b"Annots") else {
        return;
    };
    for part in all.iter::<Dict<'_>>() {
        let kind = part.get::<Name<'_>>(b"Subtype");
        let unseen = part.get::<u32>(b"F").unwrap_or(0) & UNSEEN != 0;
        let words = match kind.as_ref().map(AsRef::as_ref) {
            _ if unseen => None,
            Some(b"Widget") if !is_drawn(&part) => value(&part),
            Some(b"FreeText") if !is_drawn(&part) => text(&part, b"Contents"),
            Some(
                b"Text" | b"Highlight" | b"Underline" | b"Squiggly" | b"StrikeOut" | b"Caret"
                | b"Ink" | b"Square" | b"Circle" | b"Line" | b"Polygon" | b"PolyLine",
            ) => {
                if text(&part, b"Contents").is_some() {
                    remarks.count += 1;
                    remarks.by.extend(text(&part, b"T").map(|by| one_line(&by)));
                }
                None
            }
            _ => None,
        };
        if let Some((words, place)) = words.zip(part.get::<Rect>(b"Rect")) {
            put(to_page, letters, &words, &place);
        }
    }
}

/// Whether it has a drawing of its own, which the page's interpreter draws.
fn is_drawn(part: &Dict<'_>) -> bool {
    part.get::<Dict<'_>>(b"AP")
        .is_some_and(|ap| ap.contains_key(b"N"))
}

/// The words of a string that is not blank.
fn text(part: &Dict<'_>, key: &[u8]) -> Option<String> {
    let words = strings::text(part.get::<Words<'_>>(key)?.as_bytes());
    (!words.trim().is_empty()).then_some(words)
}

/// What somebody wrote or chose in a field.
fn value(field: &Dict<'_>) -> Option<String> {
    let mut at = Some(field.clone());
    let (mut kind, mut value) = (None, None);
    for _ in 0..LEVELS {
        let Some(field) = at else {
            break;
        };
        kind = kind.or_else(|| field.get::<Name<'_>>(b"FT").map(|n| n.as_ref().to_vec()));
        value = value.or_else(|| field.get::<Object<'_>>(b"V"));
        at = field.get::<Dict<'_>>(b"Parent");
    }
    let words = match (kind?.as_slice(), value?) {
        (b"Tx" | b"Ch", Object::String(words)) => strings::text(words.as_bytes()),
        (b"Ch", Object::Array(all)) => {
            let chosen = all.iter::<Words<'_>>();
            let chosen: Vec<String> = chosen.map(|w| strings::text(w.as_bytes())).collect();
            chosen.join(", ")
        }
        _ => return None,
    };
    (!words.trim().is_empty()).then_some(words)
}

fn put(to_page: Affine, letters: &mut Letters<'_>, words: &str, place: &Rect) {
    let corners = [
        to_page * Point::new(place.x0, place.y0),
        to_page * Point::new(place.x1, place.y1),
    ];
    let left = corners[0].x.min(corners[1].x);
    let top = corners[0].y.min(corners[1].y);
    let height = (corners[0].y - corners[1].y).abs();
    let lines: Vec<&str> = words
        .split(['\r', '\n'])
        .filter(|l| !l.trim().is_empty())
        .collect();
    let step = (height / lines.len().max(1) as f64).clamp(1.0, 1.2 * SIZE);
    // One line stands in the middle of its field, several begin at the top.
    let from = top + (height - step * lines.len() as f64).max(0.0) / 2.0;
    for (n, line) in lines.iter().enumerate() {
        let y = from + step * (n as f64 + 0.8);
        letters.write(&one_line(line), Point::new(left, y), step / 1.2);
    }
}
