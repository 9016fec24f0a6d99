//! What became of the glyphs of a page: each one that is shown comes to one of these, and none comes to nothing.

/// What became of a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GlyphFate {
    /// Its words went on to the page's lines.
    Kept,
    /// It stands where the same one stands already: bold letters, shadows.
    Again,
    /// The file has other words for what it draws.
    ToldOtherwise,
    /// White space, and what draws nothing.
    Blank,
    /// Nobody knows its letters.
    Unread,
    /// It is too small to be seen, or nowhere.
    Unseen,
}

impl GlyphFate {
    const ALL: [Self; 6] = [
        Self::Kept,
        Self::Again,
        Self::ToldOtherwise,
        Self::Blank,
        Self::Unread,
        Self::Unseen,
    ];
}

/// How many glyphs of a page came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct GlyphFates {
    counts: [usize; GlyphFate::ALL.len()],
}

impl GlyphFates {
    /// Counts a glyph.
    pub fn count(&mut self, fate: GlyphFate) {
        self.counts[fate as usize] += 1;
    }

    /// Glyphs that came to `fate`.
    pub fn of(&self, fate: GlyphFate) -> usize {
        self.counts[fate as usize]
    }

    /// All glyphs.
    pub fn all(&self) -> usize {
        self.counts.iter().sum()
    }
}
