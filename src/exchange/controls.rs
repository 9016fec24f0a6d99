//! The last step of every export: what would act where the file is shown is written so that it does not.

use std::borrow::Cow;

use super::{Export, File};
use crate::core::controls;

/// How a file can say what would act.
enum Says {
    /// In escapes, exactly.
    Json,
    /// In references, exactly.
    Xml,
    /// Not at all: something else stands in its place.
    Text,
    /// Its own way; the program that made it saw to that.
    Packed,
}

fn says(file: &File) -> Says {
    let extension = file.name.rsplit_once('.').map_or("", |(_, e)| e);
    match extension {
        "json" | "jsonl" | "jsonld" => Says::Json,
        "xml" | "xmi" => Says::Xml,
        _ if file.bytes.starts_with(b"PK") => Says::Packed,
        _ => Says::Text,
    }
}

/// Writes every control character of `export` so that it cannot act, and in JSON every character that turns the
/// direction of the text; offsets stand, and what is not exactly what it was is said in the report.
pub(super) fn tame(export: &mut Export) {
    let mut lost = 0;
    for file in &mut export.files {
        if none_in(&file.bytes) {
            continue;
        }
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            continue;
        };
        let tame = match says(file) {
            Says::Json => controls::json(text),
            Says::Xml => controls::xml(text),
            Says::Packed => continue,
            Says::Text => {
                let (text, count) = controls::replaced(text);
                lost += count;
                text
            }
        };
        if let Cow::Owned(tame) = tame {
            file.bytes = tame.into_bytes();
        }
    }
    export.report.tamed(lost);
}

/// Whether there is surely nothing in `bytes`, which are UTF-8, that acts. An export can be many times as long as the texts
/// in it: its parts are looked at side by side.
fn none_in(bytes: &[u8]) -> bool {
    const LEAST: usize = 512 * 1024;
    const SIDE_BY_SIDE: usize = 4;
    // What a byte begins is told by the two after it.
    const AFTER: usize = 2;
    let len = bytes.len().div_ceil(SIDE_BY_SIDE).max(LEAST);
    let mut parts = (0..bytes.len())
        .step_by(len)
        .filter_map(|from| bytes.get(from..bytes.len().min(from + len + AFTER)));
    let first = parts.next().unwrap_or_default();
    std::thread::scope(|scope| {
        let others: Vec<_> = parts
            .map(|part| scope.spawn(|| controls::none_in(part)))
            .collect();
        let here = controls::none_in(first);
        let others = others.into_iter().map(|o| o.join().unwrap_or(false));
        others.fold(here, |all, none| all && none)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_found_wherever_it_is_in_a_long_export() {
        let long = vec![b'a'; 600_000];
        assert!(none_in(&long) && none_in(b""));
        // Among others around the end of the first part.
        for at in (524_285..524_291).chain([0, 300_000, 599_999]) {
            let mut bytes = long.clone();
            bytes.splice(at..at, *b"\xe2\x80\xae");
            assert!(!none_in(&bytes), "{at}");
        }
    }
}
