//! What the screen looks like: frames as text with a map of their styles, every size, every layer.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::draw;
use super::fixture::*;
use crate::app::state::State;

/// A frame on its own.
pub fn frame(state: &State) -> (Buffer, Option<(u16, u16)>) {
    let area = Rect::new(0, 0, state.size.width, state.size.height);
    let mut buf = Buffer::empty(area);
    let cursor = draw(state, area, &mut buf);
    (buf, cursor)
}

/// The text of a frame, then the same with a letter for the style of each cell, then what the letters mean.
#[allow(dead_code)]
pub fn dump(state: &State) -> String {
    let (buf, cursor) = frame(state);
    let mut letters: BTreeMap<String, char> = BTreeMap::new();
    let mut text = String::new();
    let mut map = String::new();
    for y in 0..buf.area.height {
        let (mut words, mut styles) = (String::new(), String::new());
        let mut x = 0;
        while x < buf.area.width {
            let cell = &buf[(x, y)];
            words.push_str(cell.symbol());
            let width = crate::core::display::width(cell.symbol()).max(1) as u16;
            let style = described(cell.fg, cell.bg, cell.modifier);
            let next = char::from(b'a' + letters.len() as u8);
            let letter = if style.is_empty() {
                ' '
            } else {
                *letters.entry(style).or_insert(next)
            };
            styles.extend(std::iter::repeat_n(letter, usize::from(width)));
            x += width;
        }
        text.push_str(words.trim_end());
        text.push('\n');
        map.push_str(styles.trim_end());
        map.push('\n');
    }
    let mut legend: Vec<_> = letters
        .into_iter()
        .map(|(s, l)| format!("{l} {s}"))
        .collect();
    legend.sort();
    let cursor = cursor.map_or(String::new(), |(x, y)| format!("\ncursor {x},{y}"));
    format!("{text}\n{map}\n{}{cursor}\n", legend.join("\n"))
}

fn described(fg: Color, bg: Color, modifier: Modifier) -> String {
    let mut parts = Vec::new();
    for (color, name) in [(fg, ""), (bg, "on ")] {
        if color != Color::Reset {
            parts.push(format!("{name}{color}"));
        }
    }
    for (flag, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ] {
        if modifier.contains(flag) {
            parts.push(name.to_string());
        }
    }
    parts.join(" ")
}

#[test]
fn every_size_is_drawn() {
    for keys in ["", "v", "/ t h e", "m w w", "c \"a note\""] {
        let mut state = working(80, 24);
        press(&mut state, keys);
        for width in (1..=200).step_by(9) {
            for height in (1..=60).step_by(7) {
                resize(&mut state, width, height);
                let (buf, _) = frame(&state);
                assert!(buf.content.iter().any(|c| c.symbol() != " "));
            }
        }
    }
}
