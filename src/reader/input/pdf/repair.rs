//! What is rewritten so that `pdf-extract` understands it. Fonts: it knows one of the two ways to list widths, whole
//! default widths, and no encoding by Unicode. Pages: it asks the parts above one for what the page itself does not say,
//! without an end where they lead back to it.

use std::collections::HashSet;

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

/// The most widths that one font may list.
const WIDTHS: usize = 70_000;

/// Rewrites the fonts of `pdf`. What is broken stays as it is.
pub(super) fn fonts(pdf: &mut Document) {
    let ids: Vec<ObjectId> = pdf.objects.keys().copied().collect();
    for id in ids {
        let Some(Object::Dictionary(font)) = pdf.objects.get(&id) else {
            continue;
        };
        match font.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"CIDFontType0" | b"CIDFontType2") => {
                let widths = widths(pdf, font);
                let default = font.get(b"DW").ok().and_then(|w| number(pdf, w));
                set(pdf, id, |font| {
                    font.set("DW", default.map_or(1000, |w| w.round() as i64));
                    if let Some(widths) = widths {
                        font.set("W", Object::Array(widths));
                    }
                });
            }
            Ok(b"Type0") if is_unicode(font) => {
                let map = (!font.has(b"ToUnicode")).then(|| {
                    pdf.add_object(Stream::new(Dictionary::new(), SAME.as_bytes().to_vec()))
                });
                set(pdf, id, |font| {
                    font.set("Encoding", Object::Name(b"Identity-H".to_vec()));
                    if let Some(map) = map {
                        font.set("ToUnicode", Object::Reference(map));
                    }
                });
            }
            _ => {}
        }
    }
}

/// Cuts the way from a page to the parts above it where it leads in a circle.
pub(super) fn parents(pdf: &mut Document, pages: &[ObjectId]) {
    let parent = |pdf: &Document, id: ObjectId| {
        let part = pdf.get_dictionary(id).ok()?;
        part.get(b"Parent").and_then(Object::as_reference).ok()
    };
    // Those from which the way up is known to end.
    let mut sound = HashSet::new();
    for &page in pages {
        let mut way = HashSet::new();
        let mut at = page;
        while !sound.contains(&at) && way.insert(at) {
            match parent(pdf, at) {
                Some(above) if way.contains(&above) => {
                    set(pdf, at, |part| {
                        part.remove(b"Parent");
                    });
                }
                Some(above) => at = above,
                None => {}
            }
        }
        sound.extend(way);
    }
}

fn set(pdf: &mut Document, id: ObjectId, change: impl FnOnce(&mut Dictionary)) {
    if let Some(Object::Dictionary(font)) = pdf.objects.get_mut(&id) {
        change(font);
    }
}

/// The map of an encoding whose codes are UTF-16 (ISO 32000-1, 9.10.3).
const SAME: &str = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
    1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
    1 beginbfrange <0000> <FFFF> <0000> endbfrange\n\
    endcmap end end\n";

/// Whether the font's codes are Unicode (ISO 32000-1, table 118): `UniGB-UCS2-H`, `UniJIS-UTF16-V`.
fn is_unicode(font: &Dictionary) -> bool {
    let name = font.get(b"Encoding").and_then(Object::as_name);
    let name = String::from_utf8_lossy(name.unwrap_or_default());
    name.starts_with("Uni") && (name.contains("-UCS2-") || name.contains("-UTF16-"))
}

/// A CID font's widths, all in the way that lists them one by one (ISO 32000-1, 9.7.4.3): `c [w1 w2 …]`, not `first last w`.
fn widths(pdf: &Document, font: &Dictionary) -> Option<Vec<Object>> {
    let list = resolved(pdf, font.get(b"W").ok()?)?.as_array().ok()?;
    let (mut out, mut rest, mut count) = (Vec::new(), list.as_slice(), 0);
    while let [first, second, behind @ ..] = rest {
        let first = number(pdf, first)?;
        let (these, left) = match (resolved(pdf, second)?, behind) {
            (Object::Array(all), left) => {
                let all: Option<Vec<f64>> = all.iter().map(|w| number(pdf, w)).collect();
                (all?, left)
            }
            (last, [width, left @ ..]) => {
                let (last, width) = (number(pdf, last)?, number(pdf, width)?);
                let n = (last - first).clamp(-1.0, WIDTHS as f64) as i64 + 1;
                (vec![width; usize::try_from(n).ok()?], left)
            }
            _ => return None,
        };
        count += these.len();
        if count > WIDTHS {
            return None;
        }
        out.push(Object::Integer(first as i64));
        out.push(Object::Array(
            these.into_iter().map(|w| Object::Real(w as f32)).collect(),
        ));
        rest = left;
    }
    Some(out)
}

/// What a reference leads to, if it leads anywhere.
fn resolved<'a>(pdf: &'a Document, object: &'a Object) -> Option<&'a Object> {
    pdf.dereference(object).ok().map(|(_, object)| object)
}

fn number(pdf: &Document, object: &Object) -> Option<f64> {
    match resolved(pdf, object)? {
        Object::Integer(n) => Some(*n as f64),
        Object::Real(n) => Some(f64::from(*n)),
        _ => None,
    }
}
