//! The head line and the lines between the panes.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::rect;
use super::theme::Role;
use crate::app::screen::areas::Areas;
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::app::state::under_way::CopyingFile;
use crate::core::describe::counted;
use crate::core::link::StoreLink;
use crate::core::place::Pane;

/// How safe the work is, in words; whether it is not.
fn saved(state: &State, bench: &Bench) -> (String, Role) {
    let saved = &bench.saved;
    if saved.error.is_some() || saved.late {
        let since = bench.waiting_since();
        let since = since.map(|t| state.on_the_clock(t, " since %H:%M"));
        return (
            format!(" NOT SAVED{} ", since.unwrap_or_default()),
            Role::Alarm,
        );
    }
    let text = if !bench.identified {
        "reading".into()
    } else if bench.history().seq() == 0 && !bench.on_disk {
        "not saved yet: nothing decided".into()
    } else if !bench.is_safe() {
        "saving".into()
    } else if saved.link == StoreLink::Down {
        match bench.history().seq().saturating_sub(saved.seq) {
            0 => "offline".into(),
            n => format!("offline, {} kept here", counted(n as usize, "step")),
        }
    } else {
        let at = saved.at.or(bench.history().steps().last().map(|s| s.at));
        at.map_or("saved".into(), |t| state.on_the_clock(t, "saved %H:%M"))
    };
    (text, Role::Aside)
}

/// The first letters of a name's words, two at most.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().next());
    let (first, last) = (words.next(), words.next_back());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// Draws the head line: the session and the article's title on the left, what is safe and who works on the right.
pub fn header(state: &State, bench: &Bench, areas: &Areas, area: Rect, c: &mut Canvas<'_>) {
    let row = rect(areas.header, area);
    if row.is_empty() {
        return;
    }
    rule(bench, areas, row, c);

    let who = if row.width >= 100 {
        state.me.name.clone()
    } else {
        initials(&state.me.name)
    };
    let (safe, role) = saved(state, bench);
    let read_only = bench.read_only.is_some();
    let badge = if read_only { "read-only" } else { "" };
    let copying = state
        .taking
        .last()
        .map(CopyingFile::share)
        .unwrap_or_default();
    let mut right = row.width;
    // From the right: the checker, what is safe, what is copied, the badge; each with a space around it.
    for (text, role) in [
        (who.as_str(), Role::Text),
        (if read_only { "" } else { &safe }, role),
        (&copying, Role::Aside),
        (badge, Role::Badge),
    ] {
        let width = c.width(text);
        if width == 0 || width + 2 > right {
            continue;
        }
        right -= width + 2;
        let style = c.role(role);
        c.line(row, 0, (right, right + width + 2), " ", c.role(Role::Text));
        c.text(row, (right + 1, 0), text, style);
    }

    let room = right.saturating_sub(3);
    let name = bench.session().name.as_str();
    let title = bench.session().article.title.as_str();
    let (lead, rest) = if name.is_empty() {
        (title, "")
    } else {
        (name, title)
    };
    let name_room = if rest.is_empty() { room } else { room.min(32) };
    let mut x = c.cut(row, (1, 0), name_room, lead, c.role(Role::Title));
    if !rest.is_empty() && rest != lead && x + 12 < room {
        c.put(row, (x, 0), " ", c.role(Role::Text));
        c.put(row, (x + 1, 0), c.glyphs.dot, c.role(Role::Border));
        c.put(row, (x + 2, 0), " ", c.role(Role::Text));
        x = c.cut(row, (x + 3, 0), room - x - 3, rest, c.role(Role::Text));
    }
    if x > 1 {
        c.put(row, (0, 0), " ", c.role(Role::Text));
        c.put(row, (x, 0), " ", c.role(Role::Text));
    }
}

/// The line of the head, heavy above the pane with the focus.
fn rule(bench: &Bench, areas: &Areas, row: Rect, c: &mut Canvas<'_>) {
    let split = match areas.divider {
        d if d.height > 1 => d.x,
        // Stacked or zoomed: the article, or what fills the screen, is below the head.
        _ => row.width,
    };
    let left = bench.pane == Pane::Article || areas.article.height == 0;
    segment(c, row, (0, split), left);
    if split < row.width {
        segment(c, row, (split + 1, row.width), !left);
        c.put(row, (split, 0), c.glyphs.tee_down, c.role(Role::Border));
    }
}

fn segment(c: &mut Canvas<'_>, row: Rect, columns: (u16, u16), focus: bool) {
    let (glyph, role) = if focus {
        (c.glyphs.heavy, Role::Focus)
    } else {
        (c.glyphs.line, Role::Border)
    };
    c.line(row, 0, columns, glyph, c.role(role));
}

/// Draws the line between the panes, and the one between list and detail with the position and the filter.
pub fn dividers(bench: &Bench, areas: &Areas, area: Rect, c: &mut Canvas<'_>) {
    let divider = rect(areas.divider, area);
    let border = c.role(Role::Border);
    let upright = areas.divider.width == 1;
    if upright {
        for y in 0..divider.height {
            c.put(divider, (0, y), c.glyphs.upright, border);
        }
    } else {
        segment(c, divider, (0, divider.width), bench.pane == Pane::Claims);
    }
    let row = rect(areas.rule, area);
    if row.is_empty() {
        return;
    }
    c.line(row, 0, (0, row.width), c.glyphs.line, border);
    if upright && !divider.is_empty() {
        let y = row.y.saturating_sub(divider.y);
        c.put(divider, (0, y), c.glyphs.tee_right, border);
    }
    let mut x = 1;
    let position = position(bench);
    x = framed(c, row, x, &position, Role::Text);
    if let Some((filter, _)) = &bench.filter {
        x = framed(c, row, x + 1, &format!("filter: {filter}"), Role::Badge);
    }
    if let Some(search) = &bench.search {
        framed(c, row, x + 1, &hits(search), Role::Text);
    }
}

fn framed(c: &mut Canvas<'_>, row: Rect, x: u16, text: &str, role: Role) -> u16 {
    let room = row.width.saturating_sub(x + 3);
    if room < 4 {
        return x;
    }
    let end = c.cut(row, (x + 1, 0), room, text, c.role(role));
    c.put(row, (x, 0), " ", c.role(Role::Text));
    c.put(row, (end, 0), " ", c.role(Role::Text));
    end + 1
}

/// Which row the cursor is on, and how many there are.
pub fn position(bench: &Bench) -> String {
    match bench.row_count() {
        0 => "no rows".into(),
        n => format!("{} of {n}", bench.cursor_index() + 1),
    }
}

/// The search with its count.
pub fn hits(search: &crate::app::state::bench::ArticleSearch) -> String {
    match search.count {
        Some((_, 0)) => format!("/{} no hit", search.text),
        Some((0, n)) => format!("/{} {n} hits", search.text),
        Some((nth, n)) => format!("/{} {nth} of {n}", search.text),
        None => format!("/{}", search.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_two_letters_at_most() {
        for (name, want) in [
            ("Ana Köhler", "AK"),
            ("ana", "A"),
            ("", ""),
            ("Ana Maria de Köhler", "AK"),
            ("ßen öl", "SSÖ"),
        ] {
            assert_eq!(initials(name), want);
        }
    }
}
