//! What is shown where the screen is too small to work on.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::screen::areas::SMALLEST;
use crate::app::state::State;
use crate::app::state::laid::Overlay;

/// Says which size is needed, and on a line below what the keys that still act have led to.
pub fn draw(state: &State, area: Rect, c: &mut Canvas<'_>) {
    let needed = format!("{}×{}", SMALLEST.width, SMALLEST.height);
    let long = format!(
        "claimdesk needs {needed}; this is {}×{}.",
        area.width, area.height
    );
    let text = if c.width(&long) <= area.width {
        long
    } else {
        format!("needs {needed}")
    };
    c.text(area, (0, 0), &text, c.role(Role::Text));
    let below = if state.cancelled {
        "Ctrl-c once more saves and leaves."
    } else if matches!(state.overlays.last(), Some(Overlay::Confirm(_))) {
        "A question is waiting."
    } else {
        return;
    };
    if area.height > 1 {
        c.cut(area, (0, 1), area.width, below, c.role(Role::Text));
    }
}
