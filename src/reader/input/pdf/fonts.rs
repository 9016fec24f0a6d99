//! Signs of fonts of signs, which have codes of their own and the font's name to tell them by.

use hayro_interpret::font::Glyph;

use crate::reader::input::symbols;

/// A sign of the private area, by the name of its font.
pub(super) fn sign(glyph: &Glyph<'_>, code: char) -> Option<char> {
    let Glyph::Outline(outline) = glyph else {
        return None;
    };
    let name = outline.font_data()?.postscript_name?.to_ascii_lowercase();
    let font = ["symbol", "wingdings"]
        .into_iter()
        .find(|f| name.starts_with(f))?;
    symbols::sign_of(font, u32::from(code))
}
