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
        if controls::none_in(&file.bytes) {
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
