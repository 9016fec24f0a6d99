//! A question.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::popup;
use super::rich::Rich;
use super::theme::Role;
use crate::app::confirm::Confirm;

/// Draws the question with its answers, one a line, the harmless one last.
pub fn draw(confirm: &Confirm, screen: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let width = screen.width.min(72);
    let question = Rich::of(&confirm.question, c.role(Role::Title));
    let rows = question.rows(width.saturating_sub(6));
    let answers = confirm.answers.len() as u16;
    let height = rows.len() as u16 + answers + 5;
    let inner = popup::centred(screen, (width, height), "", &[], c);
    // The answers keep their rows where the question is too long for the box.
    let room = inner.height.saturating_sub(answers + 1).max(1);
    let pad = u16::from(inner.height >= height.saturating_sub(2));
    let shown = room.min(rows.len() as u16 + pad);
    for (row, y) in rows.iter().zip(pad..shown) {
        c.rich(inner, (2, y), &question, row);
    }
    for (answer, y) in confirm.answers.iter().zip(shown + pad..inner.height) {
        let mut key = [0; 4];
        c.put(
            inner,
            (3, y),
            answer.key.encode_utf8(&mut key),
            c.role(Role::Key),
        );
        let last = confirm
            .answers
            .last()
            .is_some_and(|a| std::ptr::eq(a, answer));
        let x = c.text(inner, (6, y), &answer.label, c.role(Role::Text));
        if last {
            c.text(inner, (x + 2, y), "(Enter, Esc)", c.role(Role::Dim));
        }
    }
    None
}
