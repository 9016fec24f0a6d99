//! Words for whoever sits at the terminal, on standard error.

use std::fmt::Display;
use std::io::Write;

/// Says a line on standard error. Where nobody can hear it any more, as after a closed terminal or pipe, it is lost: to
/// say something is never a reason to fail.
pub fn tell(line: impl Display) {
    let line = format!("{line}\n");
    let _ = std::io::stderr().write_all(line.as_bytes());
}
