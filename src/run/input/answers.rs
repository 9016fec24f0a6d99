//! What the terminal is asked, and what its answers mean.

use xterm_color::Color;

use crate::core::display::Ambiguous;

/// Writes a character of ambiguous width at the beginning of the second row, asks where the cursor is then, and wipes the
/// row: to be written before anything is on the screen. In the first row an answer could not be told from F3 with a
/// modifier.
pub const WIDTH: &[u8] = "\x1b[2;1H“\x1b[6n\x1b[2K".as_bytes();
/// Asks for the colour of the background. It ends with BEL, since some terminals end their answer as the question ends,
/// and do it wrong with ESC and `\`.
pub const BACKGROUND: &[u8] = b"\x1b]11;?\x07";
/// Asks what the terminal is. Every terminal answers that, so that with its answer the round is over.
pub const ATTRIBUTES: &[u8] = b"\x1b[c";

/// Whether a terminal of this name (`$TERM`) can be asked for its colours.
pub fn can_be_asked(term: Option<&str>) -> bool {
    match term {
        // GNU Screen passes the question on and the answers come back in any order, or twice; Eterm does not answer.
        None | Some("" | "dumb" | "screen" | "Eterm") => false,
        Some(name) => !name.starts_with("screen."),
    }
}

/// How many cells the terminal gives to characters of ambiguous width, by the row and column (from 1) where the cursor is
/// said to be after [`WIDTH`]; none where that is no answer to it.
pub fn ambiguous(row: u32, column: u32) -> Option<Ambiguous> {
    match (row, column) {
        (2, 2) => Some(Ambiguous::One),
        (2, 3) => Some(Ambiguous::Two),
        // A terminal of another encoding shows the bytes of the character.
        _ => None,
    }
}

/// Whether the background is dark, by the body of an OSC sequence that says its colour; none where it says something
/// else.
pub fn background(body: &[u8]) -> Option<bool> {
    // The parser cuts its text at bytes, and a character must not be cut.
    let color = body.strip_prefix(b"11;").filter(|c| c.is_ascii())?;
    let color = Color::parse(color).ok()?;
    Some(color.perceived_lightness() < 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_colour_is_dark_or_light_by_how_bright_it_looks() {
        for (body, dark) in [
            ("11;rgb:1e1e/1e1e/1e1e", Some(true)),
            ("11;rgb:0/0/0", Some(true)),
            ("11;rgb:fd/f6/e3", Some(false)),
            ("11;rgb:ffff/ffff/ffff", Some(false)),
            ("11;rgba:0000/0000/4444/cccc", Some(true)),
            ("11;#282c34", Some(true)),
            ("11;#fdf6e3", Some(false)),
            // Pure blue looks dark, pure yellow light, though half of their channels are equal.
            ("11;rgb:0000/0000/ffff", Some(true)),
            ("11;rgb:ffff/ffff/0000", Some(false)),
            ("10;rgb:ffff/ffff/ffff", None),
            ("11;?", None),
            ("11;rgb:12345/0/0", None),
            ("11;rgb:", None),
            ("11;#", None),
            ("11;#é9", None),
            ("", None),
        ] {
            assert_eq!(background(body.as_bytes()), dark, "{body}");
        }
    }

    #[test]
    fn the_width_is_told_by_where_the_cursor_is_in_the_second_row() {
        for (row, column, want) in [
            (2, 2, Some(Ambiguous::One)),
            (2, 3, Some(Ambiguous::Two)),
            (2, 4, None),
            (2, 1, None),
            (1, 2, None),
            (24, 3, None),
        ] {
            assert_eq!(ambiguous(row, column), want, "{row},{column}");
        }
    }

    #[test]
    fn terminals_that_answer_wrongly_are_not_asked() {
        for (term, asked) in [
            (Some("xterm-256color"), true),
            (Some("tmux-256color"), true),
            (Some("screen"), false),
            (Some("screen.xterm-256color"), false),
            (Some("screen-256color"), true),
            (Some("dumb"), false),
            (Some(""), false),
            (None, false),
        ] {
            assert_eq!(can_be_asked(term), asked, "{term:?}");
        }
    }
}
