//! The current row in full, what decides first: the finding and its ground, the evidence, what was asked and noted; then
//! who says what, why it was proposed, and the rest. Nothing is printed that stands in the list or the article beside it.

mod claim;
mod proposal;

use std::borrow::Cow;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::labels::label;
use super::rich::Rich;
use super::theme::{Role, Theme};
use crate::app::input::action::Action;
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::core::ids::StatementId;
use crate::core::model::Stamp;
use crate::core::rows::RowKey;
use crate::core::signs::Sign;
use crate::core::text::Span;
use crate::core::vocabulary::*;

/// The label's column with the space after it.
const LABEL: u16 = 11;

/// A line of the detail: a label and the value.
struct DetailLine {
    label: Cow<'static, str>,
    value: Rich,
}

/// The lines being collected, with what they are made from.
struct Lines<'a> {
    state: &'a State,
    bench: &'a Bench,
    theme: Theme,
    glyphs: &'static super::glyphs::Glyphs,
    /// The rows of the pane: what has room is said in more words.
    height: u16,
    lines: Vec<DetailLine>,
}

/// From so many rows on the pane says more of each item.
const TALL: u16 = 9;

impl<'a> Lines<'a> {
    fn add(&mut self, label: impl Into<Cow<'static, str>>, value: Rich) {
        self.lines.push(DetailLine {
            label: label.into(),
            value,
        });
    }

    fn is_tall(&self) -> bool {
        self.height >= TALL
    }

    /// `value`, with the mark of what is only proposed before it where `proposed`.
    fn marked(&self, proposed: bool, value: Rich) -> Rich {
        match proposed {
            true => {
                Rich::of(self.glyphs.value(Sign::Proposed.entry()), self.plain()).followed(value)
            }
            false => value,
        }
    }

    /// A line under the one before, without a label of its own.
    fn under(&mut self, value: Rich) {
        self.add("", value);
    }

    /// A text of several lines; nothing where it is blank.
    fn text(&mut self, label: &'static str, text: &str) {
        let mut label = label;
        for line in text.lines().filter(|l| !l.trim().is_empty()).take(200) {
            self.add(label, Rich::of(line, self.role(Role::Text)));
            label = "";
        }
    }

    fn role(&self, role: Role) -> Style {
        self.theme.role(role)
    }

    fn aside(&self) -> Style {
        self.role(Role::Aside)
    }

    fn plain(&self) -> Style {
        self.role(Role::Text)
    }

    /// A value's glyph and label in the style of its meaning.
    fn value<V: Vocabulary>(&self, value: V) -> Rich {
        let entry = value.entry();
        let style = self.theme.meaning(entry.meaning);
        Rich::of(self.glyphs.value(entry), style).with(label(self.state, value), style)
    }

    /// Words of the article.
    fn words(&self, spans: &[Span]) -> String {
        self.bench.text().exact(spans)
    }

    /// Words in quotation marks.
    fn quoted(&self, words: &str) -> String {
        let (open, close) = if self.glyphs.ascii {
            ("\"", "\"")
        } else {
            ("“", "”")
        };
        let words = words
            .trim()
            .trim_matches(|c| matches!(c, '"' | '“' | '”' | '„'));
        format!("{open}{words}{close}")
    }

    /// A key and what it does, dimmed; nothing where the action has no key.
    fn hint(&self, value: Rich, action: Action, does: &str) -> Rich {
        let key = self.state.keymap.shown(action);
        if key.is_empty() {
            return value;
        }
        value
            .with(self.glyphs.dot, self.role(Role::Border))
            .with(&key, self.role(Role::Key))
            .with(does, self.aside())
    }

    /// Adds a voice: who says what, how sure they sound. Of several the lines are numbered, and the chosen one is marked.
    fn voice(&mut self, (n, of): (usize, usize), proposed: bool, value: Rich) {
        let chosen = of > 1 && n == self.bench.chosen_voice();
        let bar = if chosen { self.glyphs.bar } else { " " };
        let label: Cow<'static, str> = match (of, n) {
            (1, _) => "voice".into(),
            (_, 0) => format!("voice{bar}1/{of}").into(),
            (_, n) => format!("     {bar}{}/{of}", n + 1).into(),
        };
        let value = self.marked(proposed, value);
        self.add(label, value);
    }

    /// `denies that: passenger numbers had fallen · sounds certain`
    fn said(&self, line: &mut Rich, stance: Stance, certainty: Certainty, content: &str) {
        let style = self.theme.meaning(stance.entry().meaning);
        line.push(label(self.state, stance), style);
        if !content.trim().is_empty() {
            line.join(":", self.plain());
            line.push(content, self.plain());
        }
        if certainty != Certainty::Unspecified {
            line.push(self.glyphs.dot, self.role(Role::Border));
            line.push(label(self.state, certainty), self.plain());
        }
    }

    /// The finding, and what it rests on or lacks; where neither finding nor evidence is there, the evidence in the same
    /// line.
    fn unchecked(&mut self) {
        let finding = self.value(VerificationStatus::Unchecked);
        let line = finding
            .with(self.glyphs.dot, self.role(Role::Border))
            .with("evidence: none yet", self.plain());
        let line = self.hint(line, Action::Evidence, "adds some");
        self.add("finding", line);
    }

    /// Who did something and when: `by Ana Köhler at 10:12`.
    fn stamp(&self, stamp: &Stamp) -> String {
        let session = self.bench.session();
        format!(
            "by {} {}",
            session.checker_name(&stamp.by),
            self.state.local_time(stamp.at)
        )
    }
}

/// Draws the detail of the row that the cursor is on.
pub fn draw(state: &State, bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    let mut lines = Lines {
        state,
        bench,
        theme: c.theme,
        glyphs: c.glyphs,
        height: area.height,
        lines: Vec::new(),
    };
    match bench.cursor() {
        RowKey::Claim(id) => claim::lines(&mut lines, *id),
        RowKey::Statement(id) => statement(&mut lines, id),
        RowKey::Proposal(n) => proposal::lines(&mut lines, *n),
        RowKey::Block(n) => block(&mut lines, *n),
    }
    let end = paint(&lines.lines, bench.detail_scroll, area, c);
    bench.detail_end.set(end);
}

/// A statement without a claim: dismissed, or a mark whose claims were withdrawn.
fn statement(lines: &mut Lines<'_>, id: &StatementId) {
    let Some(s) = lines.bench.session().statements.get(id) else {
        return;
    };
    let state = lines.value(s.decision);
    let (back, action) = match s.decision {
        Decision::Dismissed => ("takes it back", Action::Dismiss),
        _ => ("takes it up", Action::TakeUp),
    };
    let line = lines.hint(state, action, back);
    lines.add("decision", line);
    if s.decision == Decision::Dismissed {
        if s.reason.trim().is_empty() {
            let none = Rich::of("none given", lines.aside());
            let line = lines.hint(none, Action::Justification, "says why");
            lines.add("reason", line);
        } else {
            lines.text("reason", &s.reason);
        }
    }
    if s.anchor.orphaned {
        let style = lines.theme.meaning(Meaning::Warning);
        lines.under(Rich::of("These words are no longer in the article.", style));
    }
    if !s.why.is_empty() {
        let why = Rich::of(&s.why, lines.aside());
        lines.add("why", why);
    }
}

/// A block that holds no row: a caption, a headline, boilerplate.
fn block(lines: &mut Lines<'_>, n: u32) {
    let Some(block) = lines.bench.check().proposals().blocks.get(n as usize) else {
        return;
    };
    let mut kind = lines.value(block.kind);
    if !block.locator.is_empty() {
        kind.push(&block.locator, lines.aside());
    }
    lines.add("block", kind);
    let rows = lines.bench.check().marks_in(block.span);
    if rows.is_empty() {
        let line = Rich::of("not looked at", lines.plain());
        let line = lines.hint(line, Action::TakeUp, "takes it up");
        let line = lines.hint(line, Action::Dismiss, "nothing to check");
        lines.add("decision", line);
    } else {
        let line = Rich::of("its rows do not pass the filter", lines.plain());
        let line = lines.hint(line, Action::FilterClear, "shows all");
        lines.add("decision", line);
    }
}

/// How many rows each line gets of `height`: one at least, and what is left goes to the first ones that need more, so that
/// what decides stays in view.
fn allotted(wanted: &[usize], height: usize) -> Vec<usize> {
    let mut left = height.saturating_sub(wanted.len());
    let rows = wanted.iter().map(|w| {
        let more = w.saturating_sub(1).min(left);
        left -= more;
        1 + more
    });
    rows.collect()
}

/// Draws the lines from the `scroll`th row on; where that is beyond the end, the last rows. Unscrolled, long lines are cut
/// where not all rows fit; whoever scrolls reads them in full. Returns how far there is something to scroll to.
fn paint(lines: &[DetailLine], scroll: u16, area: Rect, c: &mut Canvas<'_>) -> u16 {
    let indent = LABEL.min(area.width / 3);
    let width = area.width.saturating_sub(indent + 1).max(1);
    let wrapped: Vec<_> = lines.iter().map(|l| c.rows(&l.value, width)).collect();
    let wanted: Vec<usize> = wrapped.iter().map(Vec::len).collect();
    let all: usize = wanted.iter().sum();
    let height = usize::from(area.height);
    let top = usize::from(scroll).min(all.saturating_sub(height));
    let rows = match top {
        0 => allotted(&wanted, height),
        _ => wanted,
    };
    let values = Rect {
        x: area.x + indent.min(area.width),
        width: area.width.saturating_sub(indent),
        ..area
    };
    let lines = lines.iter().zip(&wrapped).zip(rows);
    let rows = lines.flat_map(|((line, rows), shown)| {
        (0..shown).map(move |n| (line, rows, n, n + 1 == shown && shown < rows.len()))
    });
    for ((line, rows, n, cut), y) in rows.skip(top).zip(0..area.height) {
        if n == 0 {
            let room = indent.saturating_sub(2);
            // Spaces at its beginning count: numbers stand one below the other.
            let blank = line.label.len() - line.label.trim_start().len();
            let at = (1 + blank as u16, y);
            c.cut(
                area,
                at,
                room.saturating_sub(blank as u16),
                &line.label,
                c.role(Role::Label),
            );
        }
        match rows.get(n) {
            Some(row) if cut => c.rich_cut(values, (0, y), width, (&line.value, row.bytes.start)),
            Some(row) => c.rich(values, (0, y), &line.value, row),
            None => {}
        }
    }
    let x = area.width - 1;
    if top > 0 {
        c.put(area, (x, 0), c.glyphs.more[0], c.role(Role::Border));
    }
    if top + height < all {
        let y = area.height - 1;
        c.put(area, (x, y), c.glyphs.more[1], c.role(Role::Border));
    }
    u16::try_from(all.saturating_sub(height)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_first_gets_the_rows_that_are_left() {
        for (wanted, height, want) in [
            (&[1, 1, 1][..], 5, &[1, 1, 1][..]),
            (&[3, 2, 2], 5, &[3, 1, 1]),
            (&[3, 2, 2], 6, &[3, 2, 1]),
            (&[9, 9], 1, &[1, 1]),
            (&[], 4, &[]),
        ] {
            assert_eq!(allotted(wanted, height), want);
        }
    }
}
