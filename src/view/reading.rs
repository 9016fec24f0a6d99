//! An article being read, where nothing else is on the screen.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::status;
use super::theme::Role;
use crate::app::state::State;
use crate::app::state::under_way::ReadingArticle;
use crate::core::vocabulary::Meaning;

/// Draws what is read, how far that is, and how to stop it.
pub fn draw(state: &State, reading: &ReadingArticle, screen: Rect, c: &mut Canvas<'_>) {
    let width = screen.width.saturating_sub(8).min(64);
    let top = screen.height.saturating_sub(8) / 3;
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + top,
        width,
        height: screen.height.saturating_sub(top + 1),
    };
    c.text(area, (0, 0), "claimdesk", c.role(Role::Title));
    let x = c.text(area, (0, 2), "reading", c.role(Role::Aside)) + 1;
    let room = area.width.saturating_sub(x);
    c.cut(area, (x, 2), room, &reading.name(), c.role(Role::Text));
    if let Some(share) = reading.progress.and_then(|p| p.percent()) {
        let done = width * u16::from(share) / 100;
        let [full, _, empty] = c.glyphs.progress;
        c.line(area, 3, (0, done), full, c.meaning(Meaning::Active));
        c.line(area, 3, (done, width), empty, c.role(Role::Border));
    }
    let words = match reading.words() {
        words if words.is_empty() => c.glyphs.ellipsis.to_string(),
        words => words,
    };
    c.cut(area, (0, 4), area.width, &words, c.role(Role::Text));
    let x = c.text(area, (0, 6), "Esc", c.role(Role::Key)) + 1;
    c.text(
        area,
        (x, 6),
        "cancels; nothing is made then",
        c.role(Role::Aside),
    );
    status::bare(state, screen, c);
}
