//! The first start, and what stands behind the list of sessions.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::status;
use super::theme::Role;
use crate::app::state::State;

/// Draws the first start: three keys, where work is kept, the sample one Enter away.
pub fn draw(state: &State, screen: Rect, c: &mut Canvas<'_>) {
    let width = screen.width.saturating_sub(8).min(64);
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + screen.height.saturating_sub(12) / 3,
        width,
        height: screen
            .height
            .saturating_sub(screen.height.saturating_sub(12) / 3 + 1),
    };
    c.text(area, (0, 0), "claimdesk", c.role(Role::Title));
    c.text(
        area,
        (0, 1),
        "check the facts of an article, statement by statement",
        c.role(Role::Aside),
    );
    let keys = [
        ("Enter", "try it on the sample article (a copy of it)"),
        ("o", "open an article of your own: a file or an address"),
        ("?", "every key"),
    ];
    for ((key, does), y) in keys.iter().zip(3..) {
        let x = c.text(area, (2, y), key, c.role(Role::Key));
        c.text(area, (x.max(7) + 2, y), does, c.role(Role::Text));
    }
    c.text(
        area,
        (0, 7),
        "Saved as you go, works offline.",
        c.role(Role::Text),
    );
    if !state.sessions_dir.is_empty() {
        let x = c.text(area, (0, 8), "Work is kept in", c.role(Role::Aside)) + 1;
        let room = area.width.saturating_sub(x);
        c.cut(area, (x, 8), room, &state.sessions_dir, c.role(Role::Text));
    }
    let x = c.text(area, (0, 9), "q", c.role(Role::Key)) + 1;
    c.text(area, (x, 9), "leaves.", c.role(Role::Aside));
    status::bare(state, screen, c);
}

/// Draws what stands behind the list of sessions.
pub fn behind_sessions(state: &State, screen: Rect, c: &mut Canvas<'_>) {
    c.text(screen, (1, 0), "claimdesk", c.role(Role::Title));
    status::bare(state, screen, c);
}
