//! The list of rows: one line per claim, and per statement that is not taken up.
//!
//! A row says what the article beside it does not: the finding, how much it is worth checking, who says it, how they
//! stand to it, what is claimed, and what hangs on it. The columns depend on the pane's width alone, so nothing jumps.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::labels::label;
use super::theme::Role;
use crate::app::input::action::Action;
use crate::app::state::State;
use crate::app::state::bench::{Bench, Proposing};
use crate::core::check::Check;
use crate::core::place::Pane;
use crate::core::row_face::{RowFace, RowFlag, RowFlags, RowSpeaker};
use crate::core::rows::RowKey;
use crate::core::short_names::WIDEST;
use crate::core::signs::Sign;
use crate::core::vocabulary::*;

/// The bar, the finding, a space or the mark, the worth, a space.
const LEAD: u16 = 5;
/// How many cells flags take, in a pane of usual width and in a wide one.
const FLAGS: [u16; 2] = [6, 12];
/// From so many columns on a pane is wide.
const WIDE: u16 = 90;

/// How wide the columns of a list of `width` cells are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Columns {
    /// Who speaks, with `+N`; the stance comes after it and a space.
    who: u16,
    /// At most so many for the flags.
    flags: u16,
}

impl Columns {
    fn of(width: u16) -> Self {
        let wide = width >= WIDE;
        Self {
            // A bit less than a third, and never so much that a name stands alone in an empty column.
            who: (width * 3 / 10 + 1)
                .clamp(10, if wide { 28 } else { 20 })
                .min(WIDEST),
            flags: FLAGS[usize::from(wide)],
        }
    }
}

/// Draws the list.
pub fn draw(state: &State, bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    if bench.row_count() == 0 {
        nothing(state, bench, area, c);
        return;
    }
    let columns = Columns::of(area.width);
    let here = bench.cursor_index();
    let focus = bench.pane == Pane::Claims;
    for y in 0..area.height {
        let i = bench.list_top + usize::from(y);
        let Some(key) = bench.row_at(i) else { break };
        let check = bench.check();
        let Some(face) = check.face(&key) else {
            continue;
        };
        let look = match (i == here, focus) {
            (true, true) => Some(c.selected()),
            (true, false) => Some(c.role(Role::Current)),
            (false, _) => None,
        };
        if look.is_some() && focus {
            c.line(area, y, (1, area.width), " ", c.selected());
        }
        let row = Row {
            key: &key,
            face: &face,
            marked: bench.marked_rows.holds(&key),
            look,
        };
        row.draw(check, label(state, face.block), columns, (area, y), c);
        if i == here {
            c.put(area, (0, y), c.glyphs.bar, c.role(Role::Bar));
        }
    }
    more(bench, area, c);
}

/// Says why there is no row.
fn nothing(state: &State, bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    let key = |action| state.keymap.shown(action);
    let text = if bench.filter.is_some() {
        format!(
            "No row passes the filter; {} shows all.",
            key(Action::FilterClear)
        )
    } else if bench.proposing != Proposing::Whole {
        "Reading …".to_string()
    } else {
        format!(
            "Nothing to check was found; {} marks a passage.",
            key(Action::Mark)
        )
    };
    c.text(area, (1, 0), &text, c.role(Role::Aside));
}

/// Marks at the left edge that rows stand above or below: the right edge belongs to the flags.
fn more(bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    let [above, below] = c.glyphs.more;
    let last = area.height - 1;
    let here = bench.cursor_index();
    let at = |y: u16| bench.list_top + usize::from(y);
    if bench.list_top > 0 && at(0) != here {
        c.put(area, (0, 0), above, c.role(Role::Border));
    }
    let rest = bench.list_top + usize::from(area.height) < bench.row_count();
    if rest && area.height > 1 && at(last) != here {
        c.put(area, (0, last), below, c.role(Role::Border));
    }
}

/// The glyph of a row's finding, and how it looks.
fn finding(key: &RowKey, face: &RowFace<'_>, c: &Canvas<'_>) -> (&'static str, Style) {
    let entry = match (key, face.decision) {
        (RowKey::Block(_), _) => Sign::Block.entry(),
        (_, Decision::TakenUp) => face.status.entry(),
        (_, d @ (Decision::Dismissed | Decision::Undecided)) => d.entry(),
    };
    (c.value(entry), c.meaning(entry.meaning))
}

/// A row to be drawn.
struct Row<'a> {
    key: &'a RowKey,
    face: &'a RowFace<'a>,
    /// Whether it is marked, for what is done to many rows at once.
    marked: bool,
    /// The one look of the current row; elsewhere each column has its own.
    look: Option<Style>,
}

impl Row<'_> {
    fn on(&self, style: Style) -> Style {
        self.look.unwrap_or(style)
    }

    /// Draws the row; `kind` is what its block is called.
    fn draw(
        &self,
        check: &Check,
        kind: &str,
        columns: Columns,
        (area, y): (Rect, u16),
        c: &mut Canvas<'_>,
    ) {
        let text = self.on(c.role(Role::Text));
        let (glyph, style) = finding(self.key, self.face, c);
        c.put(area, (1, y), glyph, self.on(style));
        // Not in the column of the bar, which would hide it on the current row.
        if self.marked {
            let marked = Sign::Marked.entry();
            let style = self.on(c.meaning(marked.meaning));
            c.put(area, (2, y), c.value(marked), style);
        }
        if self.face.is_open() && self.face.worth != CheckWorthiness::Routine {
            let worth = self.face.worth.entry();
            c.put(
                area,
                (3, y),
                c.value(worth),
                self.on(c.meaning(worth.meaning)),
            );
        }
        let mut x = LEAD;
        match (&self.face.speaker, self.key) {
            (Some(speaker), _) => self.who(check, speaker, columns.who, (area, x, y), c),
            (None, RowKey::Block(_)) => {
                c.cut(area, (x, y), columns.who, kind, text);
            }
            (None, _) => {}
        }
        x += columns.who + 1;
        if !matches!(self.face.stance, Stance::Asserts | Stance::None) {
            let stance = self.face.stance.entry();
            let style = self.on(c.meaning(stance.meaning));
            c.put(area, (x, y), c.value(stance), style);
        }
        x += 2;
        let flags = Flags::of(&self.face.flags, columns.flags, c);
        let end = area.width.saturating_sub(flags.width);
        let gap = u16::from(flags.width > 0);
        let room = end.saturating_sub(x + gap);
        c.cut(area, (x, y), room, &self.face.content, text);
        for (x, piece, style) in &flags.pieces {
            c.text(area, (end + x, y), piece, self.on(*style));
        }
    }

    /// Draws who speaks, and how many speak besides.
    fn who(
        &self,
        check: &Check,
        speaker: &RowSpeaker<'_>,
        width: u16,
        (area, x, y): (Rect, u16, u16),
        c: &mut Canvas<'_>,
    ) {
        let style = self.on(c.role(Role::Text));
        let more = match self.face.others {
            0 => String::new(),
            n => format!("{}{n}", c.value(Sign::More.entry())),
        };
        let room = width.saturating_sub(match more.len() {
            0 => 0,
            n => n as u16 + 1,
        });
        let end = match speaker {
            RowSpeaker::Named { name, protected } => {
                let mut x = x;
                if *protected {
                    x = c.text(area, (x, y), c.value(Sign::Protected.entry()), style);
                }
                let room = room.saturating_sub(u16::from(*protected));
                let shown = check.short_names().fitted(*name, room, c.glyphs.ellipsis);
                c.cut(area, (x, y), room, shown, style)
            }
            RowSpeaker::Words(words) => c.cut(area, (x, y), room, words, style),
            RowSpeaker::Article(name) => c.cut(area, (x, y), room, name, style),
            RowSpeaker::Nobody => c.cut(area, (x, y), room, "not named", style),
        };
        if !more.is_empty() {
            c.text(area, (end + 1, y), &more, style);
        }
    }
}

/// The flags of a row as they are drawn: where each begins, and how many cells they take.
struct Flags {
    pieces: Vec<(u16, String, Style)>,
    width: u16,
}

impl Flags {
    /// As many as `room` cells hold: with spaces between them where all fit so, else without, else the first and a mark.
    fn of(flags: &RowFlags, room: u16, c: &Canvas<'_>) -> Self {
        let groups = flags.groups();
        let groups = groups.iter().map(|g| g.iter().map(|f| piece(*f, c)));
        let groups: Vec<Vec<(String, Style)>> = groups.map(Iterator::collect).collect();
        let measure = |g: &[(String, Style)]| g.iter().map(|(t, _)| c.width(t)).sum::<u16>();
        let whole: u16 = groups.iter().map(|g| measure(g)).sum();
        let gap = u16::from(whole + groups.len().saturating_sub(1) as u16 <= room);
        let mut kept = Self {
            pieces: Vec::new(),
            width: 0,
        };
        for (n, group) in groups.iter().enumerate() {
            let last = n + 1 == groups.len();
            // What comes after this one may need a cell for the mark.
            let rest = u16::from(!last && whole > room);
            if gap == 0 && kept.width + measure(group) + rest > room {
                let mark = match c.glyphs.ascii {
                    true => c.value(Sign::More.entry()),
                    false => c.glyphs.ellipsis,
                };
                kept.pieces
                    .push((kept.width, mark.into(), c.role(Role::Text)));
                kept.width += 1;
                break;
            }
            for (text, style) in group {
                kept.pieces.push((kept.width, text.clone(), *style));
                kept.width += c.width(text);
            }
            kept.width += if last { 0 } else { gap };
        }
        kept
    }
}

/// A flag in letters, and how it looks.
fn piece(flag: RowFlag, c: &Canvas<'_>) -> (String, Style) {
    let (entry, count) = match flag {
        RowFlag::Sign(sign) => (sign.entry(), String::new()),
        RowFlag::Held(stance, n) => (stance.entry(), n.to_string()),
    };
    (
        format!("{}{count}", c.value(entry)),
        c.meaning(entry.meaning),
    )
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::app::screen::look::Look;

    fn shown(flags: RowFlags, room: u16, ascii: bool) -> String {
        let look = Look {
            ascii,
            ..Look::default()
        };
        let mut buf = Buffer::empty(Rect::new(0, 0, room, 1));
        let mut c = Canvas::new(&look, &mut buf);
        let flags = Flags::of(&flags, room, &c);
        assert!(flags.width <= room);
        for (x, text, style) in &flags.pieces {
            c.text(Rect::new(0, 0, room, 1), (*x, 0), text, *style);
        }
        let cells = buf.content.iter().map(|c| c.symbol());
        cells.collect::<String>().trim_end().to_string()
    }

    #[test]
    fn flags_come_in_a_fixed_order_and_never_take_more_than_their_room() {
        let evidence = |supports, refutes| {
            let mut all = [0; EvidenceStance::ALL.len()];
            all[EvidenceStance::Supports as usize] = supports;
            all[EvidenceStance::Refutes as usize] = refutes;
            all[EvidenceStance::Unrelated as usize] = 9;
            all
        };
        let held = RowFlags {
            evidence: evidence(1, 1),
            waiting: true,
            ..RowFlags::default()
        };
        let must = RowFlags {
            must_change: true,
            ..held
        };
        let all = RowFlags {
            conflict: true,
            reopened: true,
            note: true,
            ..must
        };
        for (flags, room, ascii, want) in [
            (RowFlags::default(), 6, false, ""),
            (held, 6, false, "↑1↓1 w"),
            (must, 6, false, "!↑1↓1w"),
            (all, 6, false, "≠!↻…"),
            (all, 12, false, "≠!↻↑1↓1wn"),
            (all, 14, false, "≠ ! ↻ ↑1↓1 w n"),
            (all, 6, true, "#!@+"),
            (must, 12, true, "! f1a1 w"),
        ] {
            assert_eq!(shown(flags, room, ascii), want);
        }
    }
}
