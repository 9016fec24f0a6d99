//! The configuration: one TOML file, every setting optional. A bad entry is reported and the rest is kept.

pub mod parse;
pub mod settings;

use super::input::action::Action;
use super::input::key::Key;
use super::input::layout::KeyLayout;
use super::screen::look::{Look, ThemeName};
use crate::core::display::Ambiguous;
use crate::core::labels::Labels;
use crate::core::pdf_fallback::PdfFallback;
use crate::core::proposer::Proposer;

/// The settings.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The theme; none means: auto.
    pub theme: Option<ThemeName>,
    /// ASCII instead of glyphs; none means: as the locale is.
    pub ascii: Option<bool>,
    /// How many cells the terminal gives to characters of ambiguous width; none means: it is asked.
    pub ambiguous: Option<Ambiguous>,
    /// Whether the mouse is taken; none means: yes.
    pub mouse: Option<bool>,
    /// The article's share of the width, in percent.
    pub split: Option<u8>,
    /// Key sequences for actions, instead of the defaults.
    pub keys: Vec<(Action, Vec<Vec<Key>>)>,
    /// The keyboard, where its letters are not those of the default keys.
    pub layout: Option<&'static KeyLayout>,
    /// What the house calls the values of vocabularies and the publication ratings.
    pub labels: Labels,
    /// The house's tags, offered where tags are edited.
    pub tags: Vec<String>,
    /// Whose steps these are, where the command line does not say.
    pub checker: Option<String>,
    /// The editor for long texts, with its arguments, instead of `$VISUAL` and `$EDITOR`.
    pub editor: Option<Vec<String>>,
    /// How words are copied.
    pub clipboard: Clipboard,
    /// Whether `pdftotext` reads what the built-in reader cannot.
    pub pdf_fallback: PdfFallback,
    /// A program that proposes instead of the built-in reader.
    pub proposer: Option<Proposer>,
}

/// How words are copied to the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Clipboard {
    /// By the terminal's own sequence (OSC 52), which also works over SSH.
    #[default]
    Terminal,
    /// Not at all.
    Off,
    /// By a program that reads them on standard input.
    Command(Vec<String>),
}

impl Config {
    /// How things are shown at the start.
    pub fn look(&self) -> Look {
        Look {
            theme: self.theme.unwrap_or_default(),
            ascii: self.ascii.unwrap_or(false),
            ambiguous: self.ambiguous.unwrap_or_default(),
            mouse: self.mouse.unwrap_or(true),
            split: self.split.map_or(Look::SPLIT, |s| s.clamp(20, 80)),
            ..Look::default()
        }
    }
}
