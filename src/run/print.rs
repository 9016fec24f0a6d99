//! One frame printed instead of a terminal taken: for documents, tests and bug reports.

use std::io::Write;

use super::main_loop::MainLoop;
use crate::app::msg::Msg;
use crate::app::screen::areas::Size;
use crate::core::display::clean;
use crate::work::tell;

impl MainLoop {
    /// Presses the keys, waits until nothing is under way, prints the frame.
    pub(super) fn print(&mut self, size: Size) -> anyhow::Result<u8> {
        self.take(Msg::Resize(size));
        if let Some(what) = self.begin() {
            self.open(what);
        }
        loop {
            while let Ok(event) = self.inbox.try_recv() {
                self.event(event);
            }
            if !self.jobs.idle() {
                match self.inbox.recv() {
                    Ok(event) => self.event(event),
                    Err(_) => break,
                }
                continue;
            }
            if self.keys.is_empty() || self.ended.is_some() {
                break;
            }
            self.press_next();
        }
        if let Some((why, code)) = &self.failed {
            tell(format_args!("claimdesk: {}", clean(why)));
            return Ok(*code);
        }
        let area = ratatui::layout::Rect::new(0, 0, size.width, size.height);
        let mut buffer = ratatui::buffer::Buffer::empty(area);
        crate::view::draw(&self.state, area, &mut buffer);
        let mut out = std::io::stdout().lock();
        for line in lines(&buffer) {
            writeln!(out, "{line}")?;
        }
        Ok(0)
    }
}

/// The rows of a drawn frame as text, without the spaces at their ends.
fn lines(buffer: &ratatui::buffer::Buffer) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
    let area = buffer.area;
    (area.top()..area.bottom())
        .map(|y| {
            let mut line = String::new();
            let mut x = area.left();
            while x < area.right() {
                let symbol = buffer.cell((x, y)).map_or(" ", |c| c.symbol());
                line.push_str(symbol);
                x += (symbol.width() as u16).max(1);
            }
            line.truncate(line.trim_end().len());
            line
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_frame_keeps_wide_characters_whole() {
        let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 8, 2));
        buffer.set_string(0, 0, "日本 x", ratatui::style::Style::default());
        assert_eq!(lines(&buffer), vec!["日本 x".to_string(), String::new()]);
    }
}
