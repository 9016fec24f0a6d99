//! The status line: how far the check has come, then a message, what is under way, or the keys that help here.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::frame;
use super::hints;
use super::theme::Role;
use crate::app::input::action::Action;
use crate::app::screen::notices::{Level, Notice};
use crate::app::state::State;
use crate::app::state::bench::{Bench, Proposing};
use crate::app::state::under_way::{CopyingFile, LookingAtFile, ReadingArticle, SavingElsewhere};
use crate::core::vocabulary::*;

/// Cells of the progress bar.
const BAR: u16 = 10;
/// The columns that hints are to have before the counts are shown as signs, and before they are written out.
const KEYS: u16 = 20;
const HINTS: u16 = 48;

/// Draws the line.
pub fn draw(state: &State, bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    // What is being read concerns every key; only what went wrong comes before it.
    let notice = state.notices.current();
    let notice = notice.filter(|n| state.reading.is_none() || n.level == Level::Error);
    // A message is read in full, and a few keys are worth more than words behind the counts: what stands left gives way.
    let rooms = match (notice, under_way(state)) {
        (Some(n), _) => [c.width(&n.text).saturating_add(4); 2],
        (None, Some(words)) => [c.width(&words).saturating_add(4); 2],
        (None, None) => [KEYS, HINTS],
    };
    let x = progress(bench, area, rooms.map(|n| area.width.saturating_sub(n)), c);
    let x = if state.areas().rule.height == 0 && notice.is_none() {
        alone(bench, area, x, c)
    } else {
        x
    };
    let right = Rect {
        x: area.x + x,
        width: area.width.saturating_sub(x),
        ..area
    };
    match notice {
        Some(n) => message(state, n, right, c),
        None => {
            let x = busy(state, bench, right, c);
            hints::line(
                state,
                Rect {
                    x: right.x + x,
                    width: right.width.saturating_sub(x),
                    ..right
                },
                c,
            );
        }
    }
}

/// Draws the bar and the counts, as signs in `room` columns or in words in `wide` ones; returns the column behind them.
fn progress(bench: &Bench, area: Rect, [room, wide]: [u16; 2], c: &mut Canvas<'_>) -> u16 {
    let p = &bench.check().rows().progress;
    let under_way = p.claims.saturating_sub(p.checked);
    let counts: [(usize, &str, &'static Entry); 4] = [
        (p.checked, "checked", VerificationStatus::Accurate.entry()),
        (under_way, "taken up", Decision::TakenUp.entry()),
        (p.undecided, "undecided", Decision::Undecided.entry()),
        (p.dismissed, "dismissed", Decision::Dismissed.entry()),
    ];
    let words: Vec<String> = counts.iter().map(|(n, w, _)| format!("{n} {w}")).collect();
    let signs: Vec<String> = counts
        .iter()
        .map(|(n, _, e)| format!("{}{n}", c.value(e)))
        .collect();
    if room < BAR + 4 {
        return 0;
    }
    let shares = [p.checked + p.dismissed, under_way, p.undecided];
    let mut x = bar(shares, area, c);
    let total = |texts: &[String]| texts.iter().map(|t| c.width(t) + 2).sum::<u16>();
    let (long, short) = (total(&words), total(&signs));
    let (texts, gap) = if x + long + 2 <= wide {
        (words, 2)
    } else if x + short <= room {
        (signs, 1)
    } else {
        return x + 1;
    };
    for (text, (n, _, _)) in texts.iter().zip(counts) {
        let role = if n == 0 { Role::Dim } else { Role::Text };
        x = c.text(area, (x, 0), text, c.role(role)) + gap;
    }
    x + 2 - gap
}

/// Draws the bar: done, under way, to do; returns the column behind it.
fn bar(shares: [usize; 3], area: Rect, c: &mut Canvas<'_>) -> u16 {
    let lengths = lengths(shares);
    let styles = [
        c.meaning(Meaning::Good),
        c.role(Role::Text),
        c.role(Role::Dim),
    ];
    let mut x = 1;
    for ((length, glyph), style) in lengths.iter().zip(c.glyphs.progress).zip(styles) {
        c.line(area, 0, (x, x + length), glyph, style);
        x += length;
    }
    x + 1
}

/// How many of the bar's cells each share gets: at least one where there is anything, all only where there is nothing else.
fn lengths(shares: [usize; 3]) -> [u16; 3] {
    let all: usize = shares.iter().sum();
    if all == 0 {
        return [0, 0, BAR];
    }
    let part = |n: usize| {
        let cells = (n as u128 * u128::from(BAR) / all as u128) as u16;
        let least = u16::from(n > 0);
        let most = if n == all { BAR } else { BAR - 1 };
        cells.clamp(least, most)
    };
    let done = part(shares[0]);
    let left = BAR - done;
    let under_way = part(shares[1]).min(left.saturating_sub(u16::from(shares[2] > 0)));
    [done, under_way, left - under_way]
}

/// Position, filter and search, where the line that else holds them is not on the screen.
fn alone(bench: &Bench, area: Rect, x: u16, c: &mut Canvas<'_>) -> u16 {
    let mut x = c.text(area, (x, 0), &frame::position(bench), c.role(Role::Text)) + 2;
    if let Some((filter, _)) = &bench.filter {
        x = c.cut(
            area,
            (x, 0),
            30,
            &format!("filter: {filter}"),
            c.role(Role::Badge),
        ) + 2;
    }
    if let Some(search) = &bench.search {
        x = c.cut(area, (x, 0), 24, &frame::hits(search), c.role(Role::Text)) + 2;
    }
    x
}

/// Draws a message; one that is too long says where it can be read.
fn message(state: &State, notice: &Notice, area: Rect, c: &mut Canvas<'_>) {
    let style: Style = match notice.level {
        Level::Info => c.role(Role::Text),
        Level::Warning => c.meaning(Meaning::Warning),
        Level::Error => c.meaning(Meaning::Bad),
    };
    let lead = match notice.level {
        Level::Info => "",
        Level::Warning => "!",
        Level::Error => c.glyphs.wrong,
    };
    let mut x = 1;
    if !lead.is_empty() {
        x = c.text(area, (x, 0), lead, style) + 1;
    }
    let mut room = area.width.saturating_sub(x + 1);
    if c.width(&notice.text) > room {
        let key = state.keymap.shown(Action::Messages);
        let tail = format!("{key} shows it all");
        let width = c.width(&tail);
        if !key.is_empty() && room > width + 20 && state.overlays.is_empty() {
            c.text(area, (area.width - width - 1, 0), &tail, c.role(Role::Dim));
            room -= width + 2;
        }
    }
    c.cut(area, (x, 0), room, &notice.text, style);
}

/// Draws the line where no session is open: a message, else what is under way.
pub fn bare(state: &State, screen: Rect, c: &mut Canvas<'_>) {
    let area = Rect {
        y: screen.bottom().saturating_sub(1),
        height: screen.height.min(1),
        ..screen
    };
    match (state.notices.current(), &state.busy) {
        (Some(n), _) => message(state, n, area, c),
        (None, Some(words)) => {
            let room = area.width.saturating_sub(4);
            let end = c.cut(area, (1, 0), room, words, c.meaning(Meaning::Active));
            c.text(area, (end, 0), c.glyphs.ellipsis, c.role(Role::Dim));
        }
        (None, None) => {}
    }
}

/// What is under way that Esc stops, and how far it is.
fn under_way(state: &State) -> Option<String> {
    let copying = || state.taking.last().map(CopyingFile::words);
    let elsewhere = state.elsewhere.as_ref().map(SavingElsewhere::words);
    let reading = || state.reading.as_ref().map(being_read);
    elsewhere
        .or_else(reading)
        .or_else(|| state.looking.as_ref().map(LookingAtFile::words))
        .or_else(copying)
}

/// What is read, how far, and how to stop it.
fn being_read(reading: &ReadingArticle) -> String {
    let mut parts = vec![format!("reading {}", reading.short_name())];
    parts.extend(Some(reading.words()).filter(|w| !w.is_empty()));
    parts.push("Esc cancels".into());
    parts.join(" · ")
}

/// Draws what is under way; returns the column behind it.
fn busy(state: &State, bench: &Bench, area: Rect, c: &mut Canvas<'_>) -> u16 {
    if let Some(words) = under_way(state) {
        let style = c.meaning(Meaning::Active);
        return c.cut(area, (0, 0), area.width, &words, style) + 2;
    }
    let words = match (&state.busy, bench.identified, bench.proposing) {
        (Some(words), _, _) => words.as_str(),
        (None, true, Proposing::Nothing | Proposing::Part) => "proposing",
        _ => return 0,
    };
    let end = c.cut(
        area,
        (0, 0),
        area.width / 2,
        words,
        c.meaning(Meaning::Active),
    );
    c.text(area, (end, 0), c.glyphs.ellipsis, c.role(Role::Dim)) + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_full_only_when_all_is_done_and_shows_every_share() {
        for (shares, want) in [
            ([0, 0, 0], [0, 0, 10]),
            ([1, 0, 1000], [1, 0, 9]),
            ([999, 0, 1], [9, 0, 1]),
            ([5, 0, 0], [10, 0, 0]),
            ([0, 3, 0], [0, 10, 0]),
            ([2, 3, 5], [2, 3, 5]),
            ([999, 1, 1], [9, 0, 1]),
            ([usize::MAX / 4, 1, 1], [9, 0, 1]),
        ] {
            assert_eq!(lengths(shares), want, "{shares:?}");
        }
    }
}
