//! The current row in full.

mod claim;
mod proposal;

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
use crate::core::text::Span;
use crate::core::vocabulary::*;

/// The label's column with the space behind it.
const LABEL: u16 = 10;
/// The column of the mark of what is only proposed.
const MARK: u16 = 2;

/// A line of the detail: a label, whether the value is only proposed, the value.
struct DetailLine {
    label: &'static str,
    proposed: bool,
    value: Rich,
}

/// The lines being collected, with what they are made from.
struct Lines<'a> {
    state: &'a State,
    bench: &'a Bench,
    theme: Theme,
    glyphs: &'static super::glyphs::Glyphs,
    lines: Vec<DetailLine>,
}

impl<'a> Lines<'a> {
    fn add(&mut self, label: &'static str, proposed: bool, mut value: Rich) {
        // What nobody has taken up yet steps back as a whole.
        if proposed && matches!(self.bench.cursor(), RowKey::Proposal(_)) {
            value.restyle(self.role(Role::Proposal));
        }
        self.lines.push(DetailLine {
            label,
            proposed,
            value,
        });
    }

    /// A line under the one before, without a label of its own.
    fn under(&mut self, value: Rich) {
        self.add("", false, value);
    }

    /// A text of several lines; nothing where it is blank.
    fn text(&mut self, label: &'static str, text: &str) {
        let mut label = label;
        for line in text.lines().filter(|l| !l.trim().is_empty()).take(200) {
            self.add(label, false, Rich::of(line, self.role(Role::Text)));
            label = "";
        }
    }

    fn role(&self, role: Role) -> Style {
        self.theme.role(role)
    }

    fn dim(&self) -> Style {
        self.role(Role::Dim)
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
            .with(self.glyphs.dot, self.dim())
            .with(&key, self.role(Role::Key))
            .with(does, self.dim())
    }

    /// How sure the source sounds and the words that show the attribution.
    fn certainty(&mut self, certainty: Certainty, proposed: bool, cue: &[Span]) {
        let mut line = Rich::default();
        if certainty != Certainty::Unspecified {
            line.push(label(self.state, certainty), self.plain());
        }
        if !cue.is_empty() {
            if !line.text().is_empty() {
                line.push(self.glyphs.dot, self.dim());
            }
            line.push("because:", self.dim());
            line.push(&self.quoted(&self.words(cue)), self.plain());
        }
        if !line.text().is_empty() {
            self.add("", proposed && certainty != Certainty::Unspecified, line);
        }
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

    /// The statement's words, with what is known of its place.
    fn statement(&mut self, id: &StatementId) {
        let Some(s) = self.bench.session().statements.get(id) else {
            return;
        };
        if s.anchor.orphaned {
            let style = self.theme.meaning(Meaning::Warning);
            self.under(Rich::of("These words are no longer in the article.", style));
        }
        let words = Rich::of(&s.anchor.exact, self.plain());
        self.add("words", false, words);
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
        lines: Vec::new(),
    };
    match bench.cursor() {
        RowKey::Claim(id) => claim::lines(&mut lines, *id),
        RowKey::Statement(id) => statement(&mut lines, id),
        RowKey::Proposal(n) => proposal::lines(&mut lines, *n),
        RowKey::Block(n) => block(&mut lines, *n),
    }
    paint(&lines.lines, bench.detail_scroll, area, c);
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
    lines.add("decision", false, line);
    if s.decision == Decision::Dismissed {
        if s.reason.trim().is_empty() {
            let none = Rich::of("none given", lines.dim());
            let line = lines.hint(none, Action::Justification, "says why");
            lines.add("reason", false, line);
        } else {
            lines.text("reason", &s.reason);
        }
    }
    lines.statement(id);
    if !s.why.is_empty() {
        let why = Rich::of(&s.why, lines.dim());
        lines.add("proposed", false, why);
    }
}

/// A block that holds no row: a caption, a headline, boilerplate.
fn block(lines: &mut Lines<'_>, n: u32) {
    let Some(block) = lines.bench.check().proposals().blocks.get(n as usize) else {
        return;
    };
    let mut kind = lines.value(block.kind);
    if !block.locator.is_empty() {
        kind.push(&block.locator, lines.dim());
    }
    lines.add("block", false, kind);
    let rows = lines.bench.check().marks_in(block.span);
    if rows.is_empty() {
        let line = Rich::of("not looked at", lines.plain());
        let line = lines.hint(line, Action::TakeUp, "takes it up");
        let line = lines.hint(line, Action::Dismiss, "nothing to check");
        lines.add("decision", false, line);
    } else {
        let line = Rich::of("its rows do not pass the filter", lines.plain());
        let line = lines.hint(line, Action::FilterClear, "shows all");
        lines.add("decision", false, line);
    }
    let words = Rich::of(lines.bench.text().slice(block.span), lines.plain());
    lines.add("words", false, words);
}

/// Draws the lines from the `scroll`th row on; where that is beyond the end, the last rows.
fn paint(lines: &[DetailLine], scroll: u16, area: Rect, c: &mut Canvas<'_>) {
    let indent = LABEL.min(area.width / 3) + MARK;
    let width = area.width.saturating_sub(indent + 1).max(1);
    let wrapped: Vec<_> = lines.iter().map(|l| l.value.rows(width)).collect();
    let all: usize = wrapped.iter().map(Vec::len).sum();
    let top = usize::from(scroll).min(all.saturating_sub(usize::from(area.height)));
    let values = Rect {
        x: area.x + indent.min(area.width),
        width: area.width.saturating_sub(indent),
        ..area
    };
    let mut n = 0;
    for (line, rows) in lines.iter().zip(&wrapped) {
        for (i, row) in rows.iter().enumerate() {
            let y = match usize::checked_sub(n, top) {
                Some(y) if y < usize::from(area.height) => y as u16,
                Some(_) => break,
                None => {
                    n += 1;
                    continue;
                }
            };
            n += 1;
            if i == 0 {
                let room = indent.saturating_sub(MARK + 1);
                c.cut(area, (1, y), room, line.label, c.role(Role::Label));
                if line.proposed {
                    c.put(area, (indent - MARK, y), "~", c.role(Role::Proposal));
                }
            }
            c.rich(values, (0, y), &line.value, row);
        }
    }
    let x = area.width - 1;
    if top > 0 {
        c.put(area, (x, 0), c.glyphs.more[0], c.role(Role::Dim));
    }
    if top + usize::from(area.height) < all {
        c.put(
            area,
            (x, area.height - 1),
            c.glyphs.more[1],
            c.role(Role::Dim),
        );
    }
}
