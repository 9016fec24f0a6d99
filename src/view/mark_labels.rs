//! The labels of a mark, over the first two cells of their words.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::screen::areas::GUTTER;
use crate::app::state::bench::Bench;
use crate::app::state::marking::Marking;
use crate::core::display::cells;

/// Draws the labels over the article in `area`, its gutter included. The text stays where it is.
pub fn draw(bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    let labels = bench.mark_labels();
    if labels.is_empty() {
        return;
    }
    let typed = bench.marking.as_ref().and_then(Marking::typed_label);
    let typed = typed.flatten().is_some();
    let letter = c.role(Role::Badge).bold();
    let known = if typed { known(c) } else { letter };
    let text = bench.text();
    let columns = Rect {
        x: area.x.saturating_add(GUTTER),
        width: area.width.saturating_sub(GUTTER),
        ..area
    };
    let mut labels = labels.into_iter().peekable();
    for ((_, bytes), y) in bench.article.visible(text).iter().zip(0..area.height) {
        let words = text.as_str().get(bytes.clone()).unwrap_or("");
        let mut x = 0;
        for cell in cells(words, Default::default()).measured(bench.article.ambiguous) {
            let at = bytes.start + cell.bytes.start;
            if let Some(label) = labels.next_if(|l| l.word.start == at) {
                for (n, style) in [(0, known), (1, letter)] {
                    let shown = label.letters[n].to_string();
                    c.put(columns, (x + n as u16, y), &shown, style);
                }
            }
            x += u16::from(cell.width);
        }
    }
}

/// The letter of a label that has been typed.
fn known(c: &Canvas<'_>) -> Style {
    c.role(Role::Text).bold().underlined()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use ratatui::style::Modifier;

    use crate::app::screen::look::ThemeName;
    use crate::app::state::State;
    use crate::view::fixture::*;
    use crate::view::tests::{dump, frame};

    /// The rows of the article pane, and the same with the cells blank that are no label's.
    fn rows(state: &State) -> (Vec<String>, Vec<String>) {
        let (buf, _) = frame(state);
        let area = state.areas().article;
        let row = |y: u16, only_labels: bool| {
            let mut shown = String::new();
            let mut x = area.x;
            while x < area.x + area.width {
                let cell = &buf[(x, y)];
                let label = cell.modifier.contains(Modifier::BOLD | Modifier::REVERSED);
                let wide = crate::core::display::width(cell.symbol()).max(1) as u16;
                match only_labels && !label {
                    true => shown.push_str(&" ".repeat(usize::from(wide))),
                    false => shown.push_str(cell.symbol()),
                }
                x += wide;
            }
            shown.trim_end().to_string()
        };
        let ys = area.y..area.y + area.height;
        let all = |only| ys.clone().map(|y| row(y, only)).collect();
        (all(false), all(true))
    }

    /// The first row in which `words` stand with the words' other cells as they are.
    fn row_with(rows: &[String], end: &str) -> usize {
        rows.iter().position(|r| r.contains(end)).unwrap()
    }

    #[test]
    fn labels_lie_on_the_first_two_cells_and_shift_nothing() {
        for (width, height) in [(60, 15), (80, 24), (120, 40)] {
            for theme in [ThemeName::Mono, ThemeName::Dark, ThemeName::Light] {
                let mut state = fresh(width, height);
                state.look.theme = theme;
                press(&mut state, "j");
                let (before, none) = rows(&state);
                assert!(none.iter().all(|r| !r.contains("as")), "{none:?}");
                press(&mut state, "m");
                let (after, labels) = rows(&state);
                let n = row_with(&before, "The council approved 80 million");
                let found = &labels[n];
                assert!(found.contains(" as      ad       af ag"), "{found}");
                let at = before[n].find("The").unwrap();
                assert_eq!(
                    after[n][at..at + 27],
                    *"aae asuncil adproved af agl",
                    "{width}"
                );
                assert_eq!(before[n].len(), after[n].len());
            }
        }
    }

    #[test]
    fn an_ideograph_is_as_wide_as_a_label_and_a_word_of_one_cell_has_none() {
        let mut state = fresh(120, 40);
        press(&mut state, "j j j j j m");
        let (after, _) = rows(&state);
        let n = row_with(&after, "田太郎");
        // 山田太郎は橋の長さが千二百メートルだと述べた。
        let want = "aa田太郎asadafagahがaj二百akートルalとsassた。 sde sfowd";
        assert!(after[n].contains(want), "{}", after[n]);
    }

    #[test]
    fn what_has_been_typed_of_a_label_is_shown() {
        let mut state = fresh(80, 24);
        state.look.theme = ThemeName::Mono;
        press(&mut state, "j j m a");
        let typed = dump(&state);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("mark_labels_80x24_mono_typed", typed);
        });
        press(&mut state, "s");
        assert!(dump(&state).contains("two letters: end"));
    }
}
