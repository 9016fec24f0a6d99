//! The line above the hints: how far the check has come, then a message or what is under way.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::frame;
use super::theme::Role;
use crate::app::features::hints;
use crate::app::input::action::Action;
use crate::app::screen::notices::{Level, Notice};
use crate::app::state::State;
use crate::app::state::bench::{Bench, Proposing};
use crate::app::state::under_way::{CopyingFile, LookingAtFile, ReadingArticle, SavingElsewhere};
use crate::core::unseen::unseen_in_words;
use crate::core::vocabulary::*;

/// Cells of the progress bar.
const BAR: u16 = 10;
/// At least so many cells are kept for a message before it is cut.
const MESSAGE: u16 = 24;

/// Draws the line. On a low screen the hints share it; they keep their part, and progress and message share the rest.
pub fn draw(state: &State, bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    let hints = hints::area(state);
    let shared = hints.y == area.y && hints.height > 0;
    let area = match shared {
        true => Rect {
            width: hints.x.saturating_sub(area.x),
            ..area
        },
        false => area,
    };
    let area = marked(bench, area, c);
    // What is being read concerns every key; only what went wrong comes before it.
    let notice = state.notices.current();
    let notice = notice.filter(|n| state.reading.is_none() || n.level == Level::Error);
    let needs = match (notice, under_way(state, bench)) {
        // On a shared line the message takes the place of the progress.
        (Some(_), _) if shared => area.width,
        (Some(n), _) => {
            let words = c.width(&n.text) + 4 + tail(state).map_or(0, |t| c.width(&t) + 2);
            words.max(MESSAGE)
        }
        (None, Some(_)) if shared => area.width,
        (None, Some(words)) => c.width(&words) + 4,
        (None, None) => 0,
    };
    // The fewest words of progress are kept beside a message, however long that is.
    let words = in_words(bench);
    let [.., fewest] = &words;
    let least = if shared { 0 } else { c.width(fewest) + 3 };
    let room = area.width.saturating_sub(needs).max(least.min(area.width));
    let x = progress(bench, &words, (area, room), c);
    let x = match state.areas().rule.height == 0 && notice.is_none() {
        true => alone(bench, area, x, c),
        false => x,
    };
    let right = Rect {
        x: area.x + x,
        width: area.width.saturating_sub(x),
        ..area
    };
    match notice {
        Some(n) => message(state, n, right, c),
        None => busy(state, bench, right, c),
    }
}

/// Draws how many rows are marked, which no message hides because keys mean something else then; returns the rest of the line.
fn marked(bench: &Bench, area: Rect, c: &mut Canvas<'_>) -> Rect {
    let count = bench.marked_rows.count();
    if count == 0 {
        return area;
    }
    let words = format!("{count} marked");
    let x = c.text(area, (1, 0), &words, c.role(Role::Badge)) + 1;
    Rect {
        x: area.x + x,
        width: area.width.saturating_sub(x),
        ..area
    }
}

/// How much of the work is closed, in words: the longest that `room` cells hold comes first.
fn in_words(bench: &Bench) -> [String; 4] {
    let p = &bench.check().rows().progress;
    let (closed, all) = (
        p.checked + p.dismissed,
        p.claims + p.undecided + p.dismissed,
    );
    let no_ground = bench.check().without_ground();
    let (mut long, mut short) = (String::new(), String::new());
    if no_ground > 0 {
        long = format!(" · {no_ground} without ground");
        short = format!(" · {no_ground} no ground");
    }
    // Only where nothing is open is it worth looking for what has no row.
    if p.open == 0 && bench.proposing == Proposing::Whole {
        let unseen = unseen_in_words(bench.check().unseen());
        if !unseen.is_empty() {
            long.push_str(&format!(" · {unseen}"));
            short.push_str(&format!(" · {} unseen", bench.check().unseen().len()));
        }
    }
    [
        format!("{closed} of {all} closed (checked or dismissed){long}"),
        format!("{closed}/{all} closed{long}"),
        format!("{closed}/{all} closed{short}"),
        format!("{closed}/{all}"),
    ]
}

/// Draws the bar and the counts in at most `room` columns, the fewest words always; returns the column after them.
fn progress(
    bench: &Bench,
    words: &[String; 4],
    (area, room): (Rect, u16),
    c: &mut Canvas<'_>,
) -> u16 {
    let p = &bench.check().rows().progress;
    let under_way = p.claims.saturating_sub(p.checked);
    let shares = [p.checked + p.dismissed, under_way, p.undecided];
    let with_bar = |w: &&String| 1 + BAR + 1 + c.width(w) + 2 <= room;
    if let Some(words) = words.iter().find(with_bar) {
        let x = bar(shares, area, c);
        return c.text(area, (x, 0), words, c.role(Role::Text)) + 2;
    }
    let without = |w: &&String| 1 + c.width(w) + 2 <= room;
    let [.., fewest] = words;
    let words = words.iter().find(without).unwrap_or(fewest);
    // Where a message takes the whole line there is none of it.
    match room == 0 {
        true => 0,
        false => c.text(area, (1, 0), words, c.role(Role::Text)) + 2,
    }
}

/// Draws the bar: done, under way, to do; returns the column behind it.
fn bar(shares: [usize; 3], area: Rect, c: &mut Canvas<'_>) -> u16 {
    let lengths = lengths(shares);
    let styles = [c.role(Role::Text), c.role(Role::Text), c.role(Role::Border)];
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

/// How many messages wait, with the key that lists them; none where there is only the one that is shown.
fn tail(state: &State) -> Option<String> {
    let key = state.keymap.shown(Action::Messages);
    let waiting = state.notices.waiting();
    (waiting > 1 && !key.is_empty()).then(|| format!("{waiting} {key}"))
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
    let key = state.keymap.shown(Action::Messages);
    let cut = c.width(&notice.text) > room && !key.is_empty() && state.overlays.is_empty();
    let tail = match (tail(state), cut) {
        (Some(tail), _) => Some(tail),
        (None, true) => Some(format!("{key} shows it all")),
        (None, false) => None,
    };
    if let Some(tail) = tail {
        let width = c.width(&tail);
        if room > width + 12 {
            let at = area.width - width - 1;
            c.text(area, (at, 0), &tail, c.role(Role::Aside));
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
            c.text(area, (end, 0), c.glyphs.ellipsis, c.role(Role::Border));
        }
        (None, None) => {}
    }
}

/// What is under way, and how far it is.
fn under_way(state: &State, bench: &Bench) -> Option<String> {
    let copying = || state.taking.last().map(CopyingFile::words);
    let elsewhere = state.elsewhere.as_ref().map(SavingElsewhere::words);
    let reading = || state.reading.as_ref().map(being_read);
    let words = elsewhere
        .or_else(reading)
        .or_else(|| state.looking.as_ref().map(LookingAtFile::words))
        .or_else(copying);
    let proposing = match (bench.identified, bench.proposing) {
        (true, Proposing::Nothing | Proposing::Part) => Some("proposing…".to_string()),
        _ => None,
    };
    words
        .or_else(|| state.busy.as_ref().map(|b| format!("{b}…")))
        .or(proposing)
}

/// What is read, how far, and how to stop it.
fn being_read(reading: &ReadingArticle) -> String {
    let mut parts = vec![format!("reading {}", reading.short_name())];
    parts.extend(Some(reading.words()).filter(|w| !w.is_empty()));
    parts.push("Esc cancels".into());
    parts.join(" · ")
}

/// Draws what is under way.
fn busy(state: &State, bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    if let Some(words) = under_way(state, bench) {
        let room = area.width.saturating_sub(2);
        c.cut(area, (1, 0), room, &words, c.meaning(Meaning::Active));
    }
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
