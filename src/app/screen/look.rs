//! How things are shown.

use crate::core::display::Ambiguous;
use crate::core::vocabulary::Entry;

/// Which theme is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum ThemeName {
    /// Dark or light, as the terminal's background is.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// Without colours.
    Mono,
}

/// How things are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The theme chosen.
    pub theme: ThemeName,
    /// Whether the terminal's background is dark, as far as known.
    pub dark_background: bool,
    /// ASCII instead of glyphs.
    pub ascii: bool,
    /// How many cells the terminal gives to characters of ambiguous width.
    pub ambiguous: Ambiguous,
    /// Whether colours may be used at all (`NO_COLOR`, `--no-color`).
    pub color: bool,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// The article's share of the width, in percent.
    pub split: u8,
    /// Whether the pane with the focus fills the screen.
    pub zoom: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: ThemeName::Auto,
            dark_background: true,
            ascii: false,
            ambiguous: Ambiguous::One,
            color: true,
            mouse: true,
            split: Self::SPLIT,
            zoom: false,
        }
    }
}

impl Look {
    /// The usual share of the article pane.
    pub const SPLIT: u8 = 53;

    /// Whether the program's own signs are ASCII: wanted, or because the glyphs, most of which are of ambiguous width, would
    /// take two cells.
    pub fn draws_ascii(&self) -> bool {
        self.ascii || self.ambiguous == Ambiguous::Two
    }

    /// The sign of a value, of the set that is drawn.
    pub fn sign(&self, entry: &Entry) -> &'static str {
        entry.sign(self.draws_ascii())
    }
}
