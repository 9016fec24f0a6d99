//! Whether a glyph that the page draws itself shows anything.

use hayro_interpret::color::{AlphaColor, Color};
use hayro_interpret::font::{GlyphRun, Type3Glyph};
use hayro_interpret::kurbo::{Affine, BezPath};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

/// Whether `glyph` draws lines, pictures or letters.
pub(super) fn draws(glyph: &Type3Glyph<'_>) -> bool {
    let mut ink = Ink(false);
    let black = Paint::Color(Color::from_rgba(AlphaColor::BLACK));
    glyph.interpret(&mut ink, Affine::IDENTITY, Affine::IDENTITY, &black);
    ink.0
}

struct Ink(bool);

impl<'a> Device<'a> for Ink {
    fn draw_path(&mut self, path: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.0 |= !path.is_empty();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.0 |= !run.glyphs().is_empty();
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.0 = true;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
