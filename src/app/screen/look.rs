//! How things are shown.

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
}
