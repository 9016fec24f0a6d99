//! What a document's fonts say of glyphs whose letters the document itself does not tell.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use hayro_interpret::CacheKey;
use hayro_interpret::font::{Glyph, OutlineFontData, OutlineGlyph};
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Words};

use hayro_interpret::kurbo::Shape;
use rustc_hash::FxHashMap;

use super::glyph_letters::{GlyphLetters, mac_order};
use super::ink;
use crate::reader::input::symbols;

/// What is no larger, in thousandths of the em, is not seen.
const SPECK: f64 = 1.0;

/// The fonts of a document. What they tell is worked out where a glyph asks for it.
pub(super) struct Fonts<'p> {
    pdf: &'p Pdf,
    programs: RefCell<HashMap<u128, Rc<GlyphLetters>>>,
    collections: OnceCell<HashMap<String, Collection>>,
    /// Whether glyphs draw anything, by their keys.
    drawn: RefCell<FxHashMap<u128, bool>>,
}

/// The numbers that a font of many signs has for its glyphs, in a collection that everybody knows.
struct Collection {
    family: CidFamily,
    /// From codes to numbers; none where they are the same.
    encoding: Option<CMap>,
    /// From numbers to letters.
    letters: Option<CMap>,
}

impl<'p> Fonts<'p> {
    /// The fonts of `pdf`.
    pub fn of(pdf: &'p Pdf) -> Self {
        Self {
            pdf,
            programs: RefCell::default(),
            collections: OnceCell::new(),
            drawn: RefCell::default(),
        }
    }

    /// The letters that a glyph's font tells for certain.
    pub fn letters(&self, glyph: &Glyph<'_>) -> Option<String> {
        let Glyph::Outline(outline) = glyph else {
            return None;
        };
        let font = outline.font_data()?;
        self.collected(&font, glyph.char_code())
            .or_else(|| self.program(&font).of(outline.glyph_id().to_u32()))
    }

    /// Whether a glyph is white space, whatever its code: its font is in the file and draws nothing for it.
    pub fn draws_nothing(&self, glyph: &Glyph<'_>) -> bool {
        self.is_own(glyph) && !self.draws(glyph)
    }

    /// Whether a glyph's font is in the file. One that stands in for another is of another format.
    fn is_own(&self, glyph: &Glyph<'_>) -> bool {
        match glyph {
            Glyph::Outline(outline) => {
                let own = outline.font_data();
                own.is_some_and(|font| self.program(&font).is_read)
            }
            Glyph::Type3(_) => true,
        }
    }

    /// Whether a font of the file draws something for a glyph.
    pub fn shows(&self, glyph: &Glyph<'_>) -> bool {
        self.is_own(glyph) && self.draws(glyph)
    }

    /// Whether something is seen where a glyph stands.
    pub fn draws(&self, glyph: &Glyph<'_>) -> bool {
        let key = match glyph {
            Glyph::Outline(outline) => outline.identifier().cache_key(),
            Glyph::Type3(own) => own.cache_key(),
        };
        *self
            .drawn
            .borrow_mut()
            .entry(key)
            .or_insert_with(|| match glyph {
                Glyph::Outline(outline) => {
                    let all = outline.outline().bounding_box();
                    all.width().max(all.height()) > SPECK
                }
                Glyph::Type3(own) => ink::draws(own),
            })
    }

    /// The letter, in Mac Roman, that a glyph shows if its font keeps to what is usual, and the font's name.
    pub fn guess(glyph: &Glyph<'_>) -> Option<(String, u8)> {
        let code = glyph.char_code();
        let plain = || u8::try_from(code).ok().filter(u8::is_ascii_graphic);
        let Glyph::Outline(outline) = glyph else {
            return Some((String::new(), plain()?));
        };
        let id = outline.glyph_id().to_u32();
        let own = outline.font_data();
        // Composite fonts mostly number their glyphs and call them by these numbers.
        let guess = match &own {
            Some(_) if id == code || code > 255 => mac_order(code)?,
            _ => plain()?,
        };
        Some((
            own.and_then(|f| f.postscript_name).unwrap_or_default(),
            guess,
        ))
    }

    fn program(&self, font: &OutlineFontData) -> Rc<GlyphLetters> {
        let mut programs = self.programs.borrow_mut();
        let read = || Rc::new(GlyphLetters::read((*font.data).as_ref()));
        Rc::clone(programs.entry(font.cache_key).or_insert_with(read))
    }

    fn collected(&self, font: &OutlineFontData, code: u32) -> Option<String> {
        let all = self.collections.get_or_init(|| collections(self.pdf));
        let own = all.get(font.postscript_name.as_deref()?)?;
        let number = match &own.encoding {
            None => code,
            Some(encoding) => (1..=4).find_map(|len| encoding.lookup_cid_code(code, len))?,
        };
        match own.letters.as_ref()?.lookup_bf_string(number)? {
            BfString::Char(c) => Some(c.to_string()),
            BfString::String(words) => Some(words),
        }
    }
}

/// The collections of a document's fonts, by the fonts' names. A name that stands for two of them stands for none.
fn collections(pdf: &Pdf) -> HashMap<String, Collection> {
    let mut all: HashMap<String, Option<Collection>> = HashMap::new();
    for object in pdf.objects() {
        let Object::Dict(font) = object else {
            continue;
        };
        if font
            .get::<Name<'_>>(b"Subtype")
            .is_none_or(|kind| kind.as_ref() != b"Type0")
        {
            continue;
        }
        let Some((name, own)) = collection(&font) else {
            continue;
        };
        match all.get_mut(&name) {
            Some(other) if other.as_ref().is_some_and(|o| o.family != own.family) => *other = None,
            Some(_) => {}
            None => drop(all.insert(name, Some(own))),
        }
    }
    let known = |(name, own): (String, Option<Collection>)| Some((name, own?));
    all.into_iter().filter_map(known).collect()
}

fn collection(font: &Dict<'_>) -> Option<(String, Collection)> {
    let name = font.get::<Name<'_>>(b"BaseFont")?;
    let descendants = font.get::<Array<'_>>(b"DescendantFonts")?;
    let info = descendants
        .iter::<Dict<'_>>()
        .next()?
        .get::<Dict<'_>>(b"CIDSystemInfo")?;
    let text = |key: &[u8]| info.get::<Words<'_>>(key).map(|w| w.as_bytes().to_vec());
    let family = CidFamily::from_registry_ordering(&text(b"Registry")?, &text(b"Ordering")?);
    let letters = parsed(load_embedded(family.ucs2_cmap()?)?);
    let encoding = match font.get::<Name<'_>>(b"Encoding") {
        Some(name) if name.as_ref().starts_with(b"Identity") => None,
        Some(name) => Some(parsed(load_embedded(CMapName::from_bytes(name.as_ref()))?)?),
        None => {
            let own = font.get::<Stream<'_>>(b"Encoding")?;
            Some(parsed(&own.decoded_data().ok()?)?)
        }
    };
    let own = Collection {
        family,
        encoding,
        letters,
    };
    Some((without_prefix(name.as_str()).to_string(), own))
}

fn parsed(data: &[u8]) -> Option<CMap> {
    CMap::parse(data, load_embedded)
}

/// A font's name without the six letters that mark a part of it.
fn without_prefix(name: &str) -> &str {
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 => rest,
        _ => name,
    }
}

/// A sign of the private area, by the name of its font.
pub(super) fn sign(glyph: &OutlineGlyph, code: char) -> Option<char> {
    let name = glyph.font_data()?.postscript_name?.to_ascii_lowercase();
    let font = ["symbol", "wingdings"]
        .into_iter()
        .find(|f| name.starts_with(f))?;
    symbols::sign_of(font, u32::from(code))
}
