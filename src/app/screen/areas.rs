//! Where everything stands on the screen: computed here once, used by the viewports, the mouse and the view alike.

use super::look::Look;
use crate::core::place::Pane;

/// A size in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Size {
    /// Whether there is room for the work; else one line says how much is needed, and no key acts on what is not shown.
    pub fn shows_work(self) -> bool {
        self.width >= SMALLEST.width && self.height >= SMALLEST.height
    }
}

/// A rectangle in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Area {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether the cell is inside.
    pub fn contains(self, x: u16, y: u16) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.width && y - self.y < self.height
    }

    /// `count` of its rows, after the first `skipped`.
    fn rows(self, skipped: u16, count: u16) -> Self {
        Self {
            y: self.y + skipped,
            height: count,
            ..self
        }
    }

    /// `count` of its columns, after the first `skipped`.
    fn columns(self, skipped: u16, count: u16) -> Self {
        Self {
            x: self.x + skipped,
            width: count,
            ..self
        }
    }
}

/// The smallest screen that the workbench draws on.
pub const SMALLEST: Size = Size {
    width: 60,
    height: 15,
};
/// Under this many columns the panes stand one above the other.
pub const STACK_UNDER: u16 = 100;
/// Columns left of the article's text: the bar of the current row and two glyphs.
pub const GUTTER: u16 = 3;
/// The article's text is no wider where the panes have their usual sizes: longer lines are hard to read.
const MEASURE: u16 = 80;
/// From so many rows on, progress and messages have a line of their own above the hints.
const TWO_LINES_FROM: u16 = 24;
/// A box is laid over the claims panel where that is so wide; else over the whole screen.
const DOCK_FROM: u16 = 50;

/// The areas of the workbench. An area that is not shown has no rows or no columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Areas {
    /// The title line.
    pub header: Area,
    /// The article with its gutter.
    pub article: Area,
    /// The line between the panes, upright where they stand side by side.
    pub divider: Area,
    /// The list of rows.
    pub list: Area,
    /// The line between list and detail, with the position.
    pub rule: Area,
    /// The current row in full.
    pub detail: Area,
    /// The line of progress and messages.
    pub status: Area,
    /// The line of the hints; where the screen is low they share the line of progress, and this one has no rows.
    pub hints: Area,
    /// Where boxes are laid: over list and detail, so that the words being judged stay in view.
    pub dock: Area,
}

impl Areas {
    /// The areas on a screen of `size`; `split` is the article's share of the width in percent, `zoom` lets the pane with
    /// the focus fill the screen.
    pub fn new(size: Size, split: u8, zoom: bool, focus: Pane) -> Self {
        let Size { width, height } = size;
        let screen = Area {
            x: 0,
            y: 0,
            width,
            height,
        };
        if !size.shows_work() {
            return Self {
                article: screen,
                ..Self::default()
            };
        }
        let hints = u16::from(height >= TWO_LINES_FROM);
        let mut a = Self {
            header: screen.rows(0, 1),
            status: screen.rows(height - 1 - hints, 1),
            hints: screen.rows(height - hints, hints),
            ..Self::default()
        };
        let body = screen.rows(1, height - 2 - hints);
        a.dock = match (zoom, focus) {
            (true, Pane::Article) => {
                a.article = body;
                body.rows(body.height / 2, body.height - body.height / 2)
            }
            (true, Pane::Claims) => {
                a.fill_panel(body);
                body
            }
            (false, _) => {
                let panel = a.part(body, split.clamp(20, 80));
                a.fill_panel(panel);
                match panel.width >= DOCK_FROM {
                    true => panel,
                    false => body,
                }
            }
        };
        a
    }

    /// Gives the article `split` percent of `body` and what comes after the divider to the claims panel. One above the
    /// other the article gets a good fifth less: the panel has more to show in the same rows.
    fn part(&mut self, body: Area, split: u8) -> Area {
        let Area { width, height, .. } = body;
        if width < STACK_UNDER {
            let share = (u32::from(height) * u32::from(split) * 81 / 10_000) as u16;
            let upper = share.clamp(3, height.saturating_sub(5).max(3));
            self.article = body.rows(0, upper);
            self.divider = body.rows(upper, 1);
            return body.rows(upper + 1, height.saturating_sub(upper + 1));
        }
        let mut left = (u32::from(width) * u32::from(split) / 100) as u16;
        if split == Look::SPLIT {
            left = left.min(MEASURE + GUTTER);
        }
        self.article = body.columns(0, left);
        self.divider = body.columns(left, 1);
        body.columns(left + 1, width - left - 1)
    }

    /// Parts the claims panel into list and detail.
    fn fill_panel(&mut self, panel: Area) {
        let height = panel.height;
        // The detail gets what the list can spare: at most half, at least five rows where there is room for both.
        let detail = (height / 2).min(14).max(height.min(9).saturating_sub(4));
        let list = height.saturating_sub(detail + 1);
        self.list = panel.rows(0, list);
        self.rule = panel.rows(list, height.saturating_sub(list).min(1));
        self.detail = panel.rows(list + 1, height.saturating_sub(list + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_stay_on_the_screen_and_apart() {
        for width in 0..200 {
            for height in 0..60 {
                for (zoom, focus) in [
                    (false, Pane::Claims),
                    (true, Pane::Claims),
                    (true, Pane::Article),
                ] {
                    let a = Areas::new(Size { width, height }, Look::SPLIT, zoom, focus);
                    let all = [
                        a.header, a.article, a.divider, a.list, a.rule, a.detail, a.status, a.hints,
                    ];
                    for (n, r) in all
                        .iter()
                        .enumerate()
                        .filter(|(_, r)| r.width > 0 && r.height > 0)
                    {
                        assert!(
                            r.x + r.width <= width && r.y + r.height <= height,
                            "{width}×{height}: {r:?}"
                        );
                        for o in all[n + 1..].iter().filter(|o| o.width > 0 && o.height > 0) {
                            let apart = r.x + r.width <= o.x
                                || o.x + o.width <= r.x
                                || r.y + r.height <= o.y
                                || o.y + o.height <= r.y;
                            assert!(apart, "{width}×{height}: {r:?} {o:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_usual_sizes_are_those_of_the_design() {
        let at =
            |width, height| Areas::new(Size { width, height }, Look::SPLIT, false, Pane::Claims);
        let low = at(80, 24);
        let heights = [
            low.header,
            low.article,
            low.divider,
            low.list,
            low.rule,
            low.detail,
        ];
        assert_eq!(heights.map(|a| a.height), [1, 9, 1, 5, 1, 5]);
        assert_eq!((low.status.y, low.hints.y, low.hints.height), (22, 23, 1));
        assert_eq!((low.dock.y, low.dock.height), (11, 11));
        let wide = at(120, 40);
        assert_eq!((wide.article.width, wide.list.width), (63, 56));
        let widest = at(200, 50);
        assert_eq!((widest.article.width, widest.list.width), (83, 116));
        let small = at(60, 15);
        assert_eq!(
            (small.article.height, small.list.height, small.detail.height),
            (5, 3, 3)
        );
        assert_eq!((small.status.y, small.hints.height), (14, 0));
    }
}
