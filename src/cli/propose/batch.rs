//! `claimdesk propose --batch`: lines of texts in, a line of proposals for each out, in order.

use std::io::BufRead;
use std::path::Path;

use serde::Serialize;

use super::super::failure::{EndCode, Failure};
use super::super::out::Out;
use crate::core::display::clean;
use crate::reader::batch;
use crate::work::{article, tell};

#[derive(Serialize)]
struct Refusal {
    line: usize,
    error: String,
}

/// Answers every line of `file`, or of standard input.
///
/// A line that cannot be read is answered with an error in its place, so that answers and questions stay side by side.
pub fn run(file: Option<&Path>, out: &mut Out) -> anyhow::Result<EndCode> {
    let mut code = EndCode::Well;
    match file.filter(|f| f.as_os_str() != "-") {
        None => answer_all(std::io::stdin().lock(), out, &mut code)?,
        Some(path) => {
            let (open, _) = article::open(path)?;
            answer_all(std::io::BufReader::new(open), out, &mut code)?;
        }
    }
    Ok(code)
}

fn answer_all(input: impl BufRead, out: &mut Out, code: &mut EndCode) -> anyhow::Result<()> {
    for (number, line) in (1..).zip(input.split(b'\n')) {
        let line =
            line.map_err(|e| Failure::input(format!("The input could not be read: {e}.")))?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match batch::answer(&line) {
            Ok(answer) => out.json_text(&answer)?,
            Err(e) => {
                *code = EndCode::Input;
                let e = clean(&e.to_string());
                tell(format_args!(
                    "claimdesk: line {number} is no question: {e}."
                ));
                out.json_line(&Refusal {
                    line: number,
                    error: e,
                })?;
            }
        }
        // Whoever asks line by line waits for each answer.
        out.flush()?;
    }
    Ok(())
}
