//! A question.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::popup;
use super::rich::Rich;
use super::theme::Role;
use crate::app::layers::confirm::EnterGives;
use crate::app::state::laid::Confirm;

/// Draws the question with what it is about, and its answers, one a line, the harmless one last. Returns the cell where it
/// begins.
pub fn draw(confirm: &Confirm, screen: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let width = screen.width.min(72);
    let question = Rich::of(&confirm.question, c.role(Role::Title));
    let details = confirm
        .details
        .iter()
        .map(|d| Rich::of(d, c.role(Role::Text)));
    let texts: Vec<Rich> = std::iter::once(question).chain(details).collect();
    // The paragraphs row by row, with an empty row before each but the first.
    let mut rows = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        if n > 0 {
            rows.push(None);
        }
        let wrapped = c.rows(text, width.saturating_sub(6));
        rows.extend(wrapped.into_iter().map(|row| Some((text, row))));
    }
    let answers = confirm.answers.len() as u16;
    let all = rows.len() as u16;
    let height = all + answers + 5;
    let inner = popup::centred(screen, (width, height), "", &[], c);
    // The answers keep their rows where the question is too long for the box.
    let room = inner.height.saturating_sub(answers + 1).max(1);
    let pad = u16::from(inner.height >= height.saturating_sub(2));
    let shown = room.min(all + pad);
    let top = confirm.scroll.min(all.saturating_sub(shown - pad));
    for (row, y) in rows.iter().skip(usize::from(top)).zip(pad..shown) {
        if let Some((text, row)) = row {
            c.rich(inner, (2, y), text, row);
        }
    }
    if all + pad > shown {
        let seen = top + shown - pad;
        let more = format!("{} of {all} rows · Up Down PageUp PageDown", seen.min(all));
        c.text(inner, (2, shown), &more, c.role(Role::Aside));
    }
    for (answer, y) in confirm.answers.iter().zip(shown + pad.max(1)..inner.height) {
        let mut key = [0; 4];
        c.put(
            inner,
            (3, y),
            answer.key.encode_utf8(&mut key),
            c.role(Role::Key),
        );
        let is = |a: Option<&_>| a.is_some_and(|a| std::ptr::eq(a, answer));
        let (first, last) = (is(confirm.answers.first()), is(confirm.answers.last()));
        let x = c.text(inner, (6, y), &answer.label, c.role(Role::Text));
        if last {
            let keys = match confirm.enter {
                EnterGives::Harmless => "(Enter, Esc)",
                EnterGives::First | EnterGives::Nothing => "(Esc)",
            };
            c.text(inner, (x + 2, y), keys, c.role(Role::Aside));
        } else if confirm.enter == EnterGives::First && first {
            c.text(inner, (x + 2, y), "(Enter)", c.role(Role::Aside));
        }
    }
    Some((inner.x + 2, inner.y + pad))
}
