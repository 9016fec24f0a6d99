//! What is shown where the screen is too small to work on.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::layout::SMALLEST;

/// Says which size is needed.
pub fn draw(area: Rect, c: &mut Canvas<'_>) {
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
}
