//! Finding out which format a file has, by its name and by its first bytes.

use crate::exchange::formats::{self, Format};

/// How much of a file is looked at.
const HEAD: usize = 64 << 10;

/// The format that the file called `name` seems to have; none where nothing says so.
pub fn detect(name: &str, bytes: &[u8]) -> Option<&'static Format> {
    let lower = name.to_lowercase();
    let ends = |ending: &str| lower.ends_with(ending);
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes));
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let has = |words: &str| head.contains(words);
    let found = if ends(".ann") {
        "brat"
    } else if ends(".csv") {
        "csv"
    } else if head.starts_with('<') {
        match head.contains("http://www.omg.org/XMI") || ends(".xmi") {
            true => "xmi",
            false if has("ld+json") || ends(".html") || ends(".htm") => "claimreview",
            false => return None,
        }
    } else if !head.starts_with(['{', '[']) {
        return None;
    } else if has("\"claimdesk.export\"") {
        "json"
    } else if has("\"%TYPES\"") || has("\"%FEATURE_STRUCTURES\"") {
        "cas-json"
    } else if has("ClaimReview") {
        "claimreview"
    } else if has("ns/anno.jsonld") || has("TextQuoteSelector") || has("TextPositionSelector") {
        "webannotation"
    } else if head.starts_with('[') && has("\"claim\"") && has("\"questions\"") {
        "averitec"
    } else if has("\"data\"") && (has("\"annotations\"") || has("\"predictions\"")) {
        "label-studio"
    } else if head.starts_with('{') && has("\"text\"") && (has("\"label\"") || has("\"entities\""))
    {
        "doccano"
    } else {
        return None;
    };
    formats::format(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn every_format_that_is_read_is_known_from_what_is_written() {
        let f = Fixture::rich();
        for format in formats::FORMATS.iter().filter(|f| f.read.is_some()) {
            for file in f.export(format.info.name).files {
                let beside = format.beside(&file.name).len() < format.beside.len();
                let main = format.beside.is_empty() || !beside && !file.name.ends_with(".txt");
                let found = detect(&file.name, &file.bytes).map(|f| f.info.name);
                let config = [
                    "label-config.xml",
                    "TypeSystem.xml",
                    "annotation.conf",
                    "schema.json",
                ];
                if config.contains(&&*file.name) {
                    assert_eq!(found, None, "{}", file.name);
                } else if main {
                    assert_eq!(found, Some(format.info.name), "{}", file.name);
                }
            }
        }
    }

    #[test]
    fn files_of_others_are_known_by_what_they_hold() {
        for (name, head, want) in [
            (
                "x.json",
                "[{\"@context\": \"https://schema.org\", \"@type\": \"ClaimReview\"",
                "claimreview",
            ),
            (
                "page.HTML",
                "<!doctype html><title>x</title>",
                "claimreview",
            ),
            (
                "dev.json",
                "[{\"claim\": \"x\", \"label\": \"Refuted\", \"questions\": []",
                "averitec",
            ),
            (
                "tasks.json",
                "[{\"id\": 1, \"data\": {\"text\": \"x\"}, \"annotations\": []",
                "label-studio",
            ),
            (
                "all.jsonl",
                "\u{feff}{\"id\": 3, \"text\": \"x\", \"label\": [[0, 1, \"A\"]]}",
                "doccano",
            ),
            (
                "a.json",
                "[{\"target\": {\"selector\": [{\"type\": \"TextQuoteSelector\"",
                "webannotation",
            ),
            (
                "x.xml",
                "<?xml version=\"1.0\"?><xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"",
                "xmi",
            ),
        ] {
            assert_eq!(
                detect(name, head.as_bytes()).map(|f| f.info.name),
                Some(want),
                "{name}"
            );
        }
        for (name, head) in [
            ("x.txt", "Some words."),
            ("x.json", "{}"),
            ("x.xml", "<a/>"),
            ("x", ""),
        ] {
            assert!(detect(name, head.as_bytes()).is_none(), "{name}");
        }
    }
}
