//! How things look: a style for every meaning and for every part of the screen.
//!
//! Foreground and background stay the terminal's own, so that every colour scheme works; colours are names of the 16 ANSI
//! colours, never black, white or grey, which vanish on one background or the other. Four groups of findings have one
//! each, and nothing else has it: blue is right, yellow needs changing, bold red is wrong, magenta cannot be said. The
//! common kinds of colour blindness keep blue, yellow and red apart; the glyph tells the findings of a group apart.
//! Words that are to be read are never dim: only lines, marks and what stands for the left-out are.

use ratatui::style::{Color, Style};

use crate::app::screen::look::{Look, ThemeName};
use crate::core::vocabulary::Meaning;

/// What a part of the screen is, where it carries no meaning of a vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Plain text.
    Text,
    /// What explains; it is read, so it does not fade.
    Aside,
    /// Lines between panes and around boxes, marks of what is left out: nothing that is read.
    Border,
    /// The line of the pane with the focus.
    Focus,
    /// Titles and names that lead.
    Title,
    /// What stands in front of a value: "said by".
    Label,
    /// The current row where the keys go to.
    Selected,
    /// The current row where they do not, and the current words of the article.
    Current,
    /// The bar along the current row.
    Bar,
    /// Words of the article that are still to be checked.
    Open,
    /// The words of the current row.
    CurrentWords,
    /// There, what names the source.
    SourceWords,
    /// There, what shows that somebody says it.
    Cue,
    /// There, what is said.
    Content,
    /// Words being marked.
    Marked,
    /// The end of the mark that moves.
    MarkEnd,
    /// The hit that the search is on.
    Hit,
    /// The other hits.
    OtherHit,
    /// A stand-in for a character that must not reach the terminal.
    StandIn,
    /// The name of a key.
    Key,
    /// A word that must be seen: read-only, a filter that hides rows.
    Badge,
    /// Work that is not safe.
    Alarm,
    /// A field that one types into, without the focus.
    Field,
    /// The cell of the text cursor.
    Cursor,
    /// Characters that what was typed matched.
    Matched,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Palette {
    Dark,
    Light,
    Mono,
}

/// The styles in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme(Palette);

impl Theme {
    /// The theme that `look` asks for: without colours where none may be used.
    pub fn of(look: &Look) -> Self {
        Self(match (look.color, look.theme) {
            (false, _) | (_, ThemeName::Mono) => Palette::Mono,
            (true, ThemeName::Dark) => Palette::Dark,
            (true, ThemeName::Light) => Palette::Light,
            (true, ThemeName::Auto) if look.dark_background => Palette::Dark,
            (true, ThemeName::Auto) => Palette::Light,
        })
    }

    fn color(self, dark: Color, light: Color) -> Style {
        match self.0 {
            Palette::Dark => Style::new().fg(dark),
            Palette::Light => Style::new().fg(light),
            Palette::Mono => Style::new(),
        }
    }

    /// The style of what a value means.
    pub fn meaning(self, meaning: Meaning) -> Style {
        match meaning {
            Meaning::Good => self.color(Color::LightBlue, Color::Blue),
            Meaning::Bad => self.color(Color::LightRed, Color::Red).bold(),
            Meaning::Mixed => self.color(Color::LightYellow, Color::Yellow),
            Meaning::Unsettled => self.color(Color::LightMagenta, Color::Magenta),
            Meaning::Warning | Meaning::Active => Style::new().bold(),
            Meaning::Open | Meaning::Plain | Meaning::Muted => Style::new(),
        }
    }

    /// The style of a part of the screen.
    pub fn role(self, role: Role) -> Style {
        let plain = Style::new();
        match role {
            Role::Text | Role::Aside | Role::Label => plain,
            Role::Border => plain.dim(),
            Role::Focus | Role::Bar => self.color(Color::LightBlue, Color::Blue).bold(),
            Role::Title | Role::Key | Role::Open => plain.bold(),
            // On the current row the three are told apart without colours too: bold, underlined, both.
            Role::CurrentWords => plain.not_bold(),
            Role::SourceWords => self.color(Color::LightCyan, Color::Cyan).bold(),
            Role::Cue => self
                .color(Color::LightCyan, Color::Cyan)
                .bold()
                .underlined(),
            Role::Content => match self.0 {
                Palette::Mono => plain.underlined(),
                Palette::Dark | Palette::Light => plain.bold().underlined(),
            },
            Role::Selected => plain.reversed(),
            Role::Current => plain.bold(),
            Role::Marked => self.color(Color::LightBlue, Color::Blue).reversed(),
            Role::MarkEnd => plain.reversed().bold().underlined(),
            Role::Hit => plain.reversed().bold(),
            Role::OtherHit => match self.0 {
                Palette::Mono => plain.bold().underlined(),
                _ => self.color(Color::LightMagenta, Color::Magenta).reversed(),
            },
            Role::StandIn => plain.reversed(),
            Role::Badge => plain.reversed(),
            Role::Alarm => self.color(Color::LightRed, Color::Red).bold().reversed(),
            Role::Field => plain,
            Role::Cursor => plain.reversed(),
            Role::Matched => self
                .color(Color::LightBlue, Color::Blue)
                .bold()
                .underlined(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEANINGS: [Meaning; 9] = [
        Meaning::Good,
        Meaning::Bad,
        Meaning::Mixed,
        Meaning::Unsettled,
        Meaning::Warning,
        Meaning::Active,
        Meaning::Open,
        Meaning::Muted,
        Meaning::Plain,
    ];

    fn theme(theme: ThemeName, color: bool, dark_background: bool) -> Theme {
        Theme::of(&Look {
            theme,
            color,
            dark_background,
            ..Look::default()
        })
    }

    #[test]
    fn colours_are_used_only_where_they_may_be() {
        for t in [
            theme(ThemeName::Mono, true, true),
            theme(ThemeName::Dark, false, true),
            theme(ThemeName::Light, false, false),
        ] {
            for m in MEANINGS {
                assert_eq!((t.meaning(m).fg, t.meaning(m).bg), (None, None));
            }
            assert_eq!(t.role(Role::Alarm).fg, None);
        }
        assert_eq!(
            theme(ThemeName::Auto, true, false),
            theme(ThemeName::Light, true, true)
        );
    }

    #[test]
    fn no_theme_uses_a_colour_that_vanishes_on_some_background() {
        for t in [
            theme(ThemeName::Dark, true, true),
            theme(ThemeName::Light, true, true),
        ] {
            for style in MEANINGS.map(|m| t.meaning(m)) {
                assert_eq!(style.bg, None);
                assert!(!matches!(
                    style.fg,
                    Some(
                        Color::Black
                            | Color::White
                            | Color::Gray
                            | Color::DarkGray
                            | Color::Rgb(..)
                            | Color::Indexed(_)
                    )
                ));
            }
            assert_ne!(t.meaning(Meaning::Good).fg, t.meaning(Meaning::Bad).fg);
        }
    }
}
