//! Subtitles (SubRip, WebVTT): what is said, without the numbers and times that say when it is shown.

use super::InputHint;
use super::account::{Omission, OmissionPlace};
use super::build::DocumentBuilder;
use super::decode::{declared_in_type, decode};
use super::draft::DocumentDraft;
use super::tags;
use crate::core::vocabulary::BlockKind;

/// What parts the times at which a subtitle comes and goes.
const ARROW: &str = "-->";
/// Words that a paragraph has at most before the next sentence begins another.
const LONG: usize = 90;

/// Whether `head`, the beginning of a text, is that of subtitles.
pub(super) fn are(head: &str) -> bool {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if let Some(rest) = head.strip_prefix("WEBVTT") {
        return rest.is_empty() || rest.starts_with(char::is_whitespace);
    }
    let mut lines = head.lines().map(str::trim);
    let number = lines.next().is_some_and(is_number);
    number && lines.next().is_some_and(|line| starts_at(line).is_some())
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.len() <= 6 && line.bytes().all(|b| b.is_ascii_digit())
}

/// When a subtitle comes, where `line` says so: `00:00:01,000 --> 00:00:04,000`.
fn starts_at(line: &str) -> Option<&str> {
    let (start, end) = line.split_once(ARROW)?;
    let is_time = |t: &str| {
        t.contains(':')
            && t.chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ':' | ',' | '.'))
    };
    let end = end.split_whitespace().next().unwrap_or_default();
    let start = start.trim();
    (is_time(start) && is_time(end)).then(|| start.split([',', '.']).next().unwrap_or(start))
}

/// Reads subtitles: sentences go on from one to the next; a paragraph ends where another person speaks or where it is
/// long enough. Its locator is when its first words are shown.
pub(super) fn read(bytes: Vec<u8>, hint: &InputHint) -> DocumentDraft {
    let declared = hint.content_type.as_deref().and_then(declared_in_type);
    let decoded = decode(bytes, declared);
    let mut builder = DocumentBuilder::default();
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    for cue in text.trim_start_matches('\u{feff}').split("\n\n") {
        add(&mut builder, cue);
    }
    let mut draft = DocumentDraft::of(builder);
    draft.notes.extend(decoded.notes);
    draft
}

fn add(builder: &mut DocumentBuilder, cue: &str) {
    let lines: Vec<&str> = cue
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let time = lines.iter().position(|line| starts_at(line).is_some());
    let Some(time) = time else {
        // Notes, styles, regions and the head of a WebVTT file.
        builder.leave_out(Omission::Metadata, OmissionPlace::Around, true, cue);
        return;
    };
    let start = starts_at(lines[time]).unwrap_or_default();
    for line in &lines[..=time] {
        builder.leave_out(Omission::Metadata, OmissionPlace::Around, true, line);
    }
    for line in &lines[time + 1..] {
        let (speaker, words) = voice(line);
        let words = plain(words);
        let turn = ['-', '–', '—']
            .iter()
            .find_map(|dash| words.strip_prefix(*dash));
        let turn =
            turn.filter(|rest| rest.starts_with(|c: char| c.is_whitespace() || c.is_uppercase()));
        let another = turn.is_some() || words.starts_with(">>") || speaker.is_some();
        let said = builder.open_words();
        let long = said.split_whitespace().count() > LONG && said.ends_with(['.', '!', '?', '…']);
        if another || long || !builder.is_open() {
            builder.open(BlockKind::Paragraph, start);
        }
        if let Some(speaker) = speaker {
            builder.words(speaker);
            builder.put(": ");
        }
        builder.put(" ");
        builder.words(turn.unwrap_or(&words).trim_start_matches('>').trim());
    }
}

/// The speaker that WebVTT names (`<v Ada Holm>`), and the words.
fn voice(line: &str) -> (Option<&str>, &str) {
    let named = line
        .strip_prefix("<v")
        .and_then(|rest| rest.split_once('>'))
        .and_then(|(names, words)| Some((names.split_once(' ')?.1.trim(), words)));
    match named {
        Some((name, words)) if !name.is_empty() => (Some(name), words),
        _ => (None, line),
    }
}

/// Words without the marks of how and where they are shown: `<i>`, `{\an8}`.
fn plain(words: &str) -> String {
    let mut words = tags::without_tags(words);
    while let Some(start) = words.find("{\\") {
        let end = words[start..]
            .find('}')
            .map_or(words.len(), |n| start + n + 1);
        words.replace_range(start..end, "");
    }
    words.trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: &str) -> (String, Vec<String>) {
        let draft = read(source.as_bytes().to_vec(), &InputHint::default());
        let places = draft.blocks.iter().map(|b| b.locator.to_string()).collect();
        (draft.text, places)
    }

    #[test]
    fn sentences_go_on_and_numbers_and_times_are_no_words() {
        let source = "1\r\n00:00:01,000 --> 00:00:04,000\r\nThe harbour board approved\r\n\r\n2\r\n00:00:04,000 --> 00:00:07,500 X1:1\r\n\
                      <i>42 million</i> crowns.\r\n\r\n3\r\n00:00:08,000 --> 00:00:09,000\r\n{\\an8}- Who pays?\r\n- The city does.\r\n";
        assert!(are(source));
        let (text, places) = said(source);
        assert_eq!(
            text,
            "The harbour board approved 42 million crowns.\n\nWho pays?\n\nThe city does.\n"
        );
        assert_eq!(places, ["00:00:01", "00:00:08", "00:00:08"]);
    }

    #[test]
    fn a_webvtt_file_names_who_speaks() {
        let source = "WEBVTT\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:04.000\n<v Ada Holm>We have waited nine years.</v>\n";
        assert!(are(source));
        assert_eq!(said(source).0, "Ada Holm: We have waited nine years.\n");
    }

    #[test]
    fn other_texts_are_no_subtitles() {
        for text in [
            "1\nThe board met.",
            "The board --> met",
            "WEBVTTS",
            "12",
            "",
        ] {
            assert!(!are(text), "{text}");
        }
    }
}
