//! The configuration: one TOML file, every setting optional. A bad entry is reported and the rest is kept.

use super::action::Action;
use super::key::Key;
use super::state::{Look, ThemeName};

/// The settings.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The theme; none means: auto.
    pub theme: Option<ThemeName>,
    /// ASCII instead of glyphs.
    pub ascii: bool,
    /// Whether the mouse is taken; none means: yes.
    pub mouse: Option<bool>,
    /// The article's share of the width, in percent.
    pub split: Option<u8>,
    /// Key sequences for actions, instead of the defaults.
    pub keys: Vec<(Action, Vec<Vec<Key>>)>,
    /// Labels for the words of vocabularies, by `vocabulary.word`.
    pub labels: Vec<(String, String)>,
    /// The house's tags, offered where tags are edited.
    pub tags: Vec<String>,
}

impl Config {
    /// How things are shown at the start.
    pub fn look(&self) -> Look {
        Look {
            theme: self.theme.unwrap_or_default(),
            ascii: self.ascii,
            mouse: self.mouse.unwrap_or(true),
            split: self.split.map_or(Look::SPLIT, |s| s.clamp(20, 80)),
            ..Look::default()
        }
    }
}
