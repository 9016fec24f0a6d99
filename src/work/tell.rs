//! Words for whoever sits at the terminal, on standard error.

use std::fmt::Display;
use std::io::Write;

use crate::core::display::clean_lines;

/// Says a sentence, or several lines, on standard error; nothing in it acts on the terminal. Where nobody can hear it any
/// more, as after a closed terminal or pipe, it is lost: to say something is never a reason to fail.
pub fn tell(said: impl Display) {
    let said = clean_lines(&said.to_string());
    let _ = std::io::stderr().write_all(format!("{said}\n").as_bytes());
}
