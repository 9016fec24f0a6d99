//! A line of text in several styles that wraps.

use std::ops::Range;

use ratatui::style::Style;

/// A style from a byte of a text up to another.
pub type Run = (Range<usize>, Style);

/// Of a text longer than this many characters only so many are shown where it is not the article itself.
const SHOWN: usize = 4000;

/// A text in several styles, without line feeds.
#[derive(Clone, Debug, Default)]
pub struct Rich {
    text: String,
    runs: Vec<Run>,
}

impl Rich {
    /// A text in one style.
    pub fn of(text: &str, style: Style) -> Self {
        Self::default().with(text, style)
    }

    /// Adds `text`; a run of white space in it becomes one space, and none at its ends is kept.
    pub fn with(mut self, text: &str, style: Style) -> Self {
        self.push(text, style);
        self
    }

    /// See [`Rich::with`]. A space parts it from what stands before.
    pub fn push(&mut self, text: &str, style: Style) {
        if !self.text.is_empty() && !text.trim().is_empty() {
            self.text.push(' ');
        }
        self.join(text, style);
    }

    /// Adds `text` right behind what stands before.
    pub fn join(&mut self, text: &str, style: Style) {
        let start = self.text.len();
        let end = text.char_indices().nth(SHOWN).map(|(at, _)| at);
        let mut blank = true;
        for c in text[..end.unwrap_or(text.len())].chars() {
            if c.is_whitespace() && c != '\u{A0}' {
                if !blank {
                    self.text.push(' ');
                }
                blank = true;
            } else {
                self.text.push(c);
                blank = false;
            }
        }
        if blank && self.text.len() > start {
            self.text.pop();
        }
        if end.is_some() {
            self.text.push('…');
        }
        self.runs.push((start..self.text.len(), style));
    }

    /// This text, a space, and `rest` with its own styles.
    pub fn followed(mut self, rest: Self) -> Self {
        if !self.text.is_empty() && !rest.text.is_empty() {
            self.text.push(' ');
        }
        let from = self.text.len();
        self.text.push_str(&rest.text);
        let moved = rest.runs.into_iter();
        self.runs
            .extend(moved.map(|(r, style)| (r.start + from..r.end + from, style)));
        self
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Which bytes have which style.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_parted_by_one_space_and_keep_their_styles() {
        let r = Rich::of("  one\n\n two ", Style::new().bold())
            .with("three", Style::new())
            .with(" ", Style::new());
        assert_eq!(r.text(), "one two three");
        let styled: Vec<_> = r.runs().iter().map(|(b, _)| &r.text()[b.clone()]).collect();
        assert_eq!(styled, ["one two", "three", ""]);
        assert!(Rich::of(&"x".repeat(9000), Style::new()).text().len() < 5000);
    }
}
