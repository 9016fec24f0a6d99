//! Messages (MIME): a mail, or a page saved as one file (MHTML).

use mail_parser::{Message, MessageParser, PartType};

use super::account::{Omission, OmissionPlace};
use super::draft::{DocumentDraft, one_line};
use super::error::ReadError;
use super::watch::ReadWatch;
use super::{InputHint, html, plain};
use crate::core::describe::counted;

/// Lines that only a message begins with.
const SURE: &[&str] = &[
    "mime-version:",
    "message-id:",
    "received:",
    "return-path:",
    "delivered-to:",
];
/// Lines that messages begin with, and other texts too.
const USUAL: &[&str] = &["from:", "to:", "subject:", "date:", "content-type:"];

/// Whether `head`, the beginning of a text, is that of a message.
pub(super) fn is(head: &str, extension: &str) -> bool {
    let named = matches!(extension, "eml" | "mht" | "mhtml");
    let (mut sure, mut usual) = (0, 0);
    for line in head.lines().take(200) {
        if line.is_empty() || line.starts_with([' ', '\t']) {
            match line.is_empty() {
                true => break,
                false => continue,
            }
        }
        let Some((name, _)) = line.split_once(':') else {
            // A mailbox begins its messages with a line of its own.
            if line.starts_with("From ") {
                continue;
            }
            return false;
        };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic()) {
            return false;
        }
        let name = format!("{}:", name.to_ascii_lowercase());
        sure += usize::from(SURE.contains(&name.as_str()));
        usual += usize::from(USUAL.contains(&name.as_str()));
    }
    usual >= 2 && (sure >= 1 || named)
}

/// Reads a message: its page, where it has one, else its text.
///
/// # Errors
/// As for reading a page; [`ReadError::Damaged`] where it cannot be taken apart.
pub(super) fn read(
    bytes: Vec<u8>,
    hint: &InputHint,
    watch: &ReadWatch,
) -> Result<DocumentDraft, ReadError> {
    let Some(message) = MessageParser::default().parse(&bytes) else {
        return Err(ReadError::Damaged {
            name: hint.said(),
            format: "mail".into(),
            reason: "it has no parts".into(),
        });
    };
    let saved = message.header_raw("Snapshot-Content-Location");
    let address = saved.map(one_line);
    let mut page = None;
    let mut texts = Vec::new();
    for part in &message.parts {
        match &part.body {
            PartType::Html(source) if page.is_none() => page = Some(source),
            PartType::Text(words) => texts.push(words),
            _ => {}
        }
    }
    let inner = InputHint {
        content_type: Some("text/html; charset=utf-8".into()),
        name: address.clone().or_else(|| hint.name.clone()),
        ..hint.clone()
    };
    let mut draft = match page {
        Some(source) => html::read(source.as_bytes().to_vec(), &inner, watch)?,
        None => {
            let words: Vec<&str> = texts.iter().map(|t| t.trim()).collect();
            let plain_hint = InputHint {
                content_type: None,
                ..inner
            };
            plain::read(words.join("\n\n").into_bytes(), &plain_hint)
        }
    };
    if page.is_some() && saved.is_none() {
        // The same in another form, for programs that show no pages.
        for words in &texts {
            let (why, place) = (Omission::Repeated, OmissionPlace::Around);
            draft.account.leave_out(why, place, true, words);
        }
    }
    draft.verbatim = false;
    head(&mut draft, &message, address);
    Ok(draft)
}

/// Fills in what the message's head says.
fn head(draft: &mut DocumentDraft, message: &Message<'_>, address: Option<String>) {
    if address.is_none() {
        let subject = message.subject().map(one_line);
        draft.title = subject
            .filter(|s| !s.is_empty())
            .unwrap_or(std::mem::take(&mut draft.title));
        let from = message.from().and_then(|from| from.first());
        let name = from.and_then(|a| a.name.as_deref()).map(one_line);
        if draft.byline.is_empty() {
            draft.byline = name.unwrap_or_default();
        }
        let attached = message.attachment_count();
        if attached > 0 {
            let were = if attached == 1 { "was" } else { "were" };
            let note = format!("{} {were} left out.", counted(attached, "attachment"));
            draft.notes.push(note);
        }
    }
    let sent = message.date().map(|d| d.to_rfc3339());
    draft.published_at = draft.published_at.take().or(sent);
    draft.url = draft.url.take().or(address);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const WORDS: &str = "The harbour board of Norvik approved 42 million crowns for the new quay on Tuesday, its minutes show, three months after the first vote failed.";

    fn read_as(source: &str, name: &str) -> DocumentDraft {
        let hint = InputHint {
            name: Some(name.into()),
            ..InputHint::default()
        };
        read(source.as_bytes().to_vec(), &hint, &ReadWatch::default()).unwrap()
    }

    #[test]
    fn a_mail_is_its_words_and_its_head_is_told_apart() {
        let source = "From: Ada Holm <a@norvik.example>\nTo: b@norvik.example\nSubject: =?utf-8?q?Quay_f=C3=BCr_Norvik?=\nDate: Mon, 4 May 2026 05:36:00 +0200\n\
             MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nThe harbour board of Norvik approved =\n42 million crowns f=C3=BCr the quay.\n";
        assert!(is(source, ""));
        let draft = read_as(source, "quay.eml");
        assert_eq!(
            draft.text.trim(),
            "The harbour board of Norvik approved 42 million crowns für the quay."
        );
        assert_eq!(draft.title, "Quay für Norvik");
        assert_eq!(draft.byline, "Ada Holm");
        assert_eq!(
            draft.published_at.as_deref(),
            Some("2026-05-04T05:36:00+02:00")
        );
    }

    #[test]
    fn a_page_in_a_mail_is_read_as_one_and_its_text_is_not_read_twice() {
        let source = format!(
            "From: Ada <a@norvik.example>\nSubject: Quay\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=B\n\n\
             --B\nContent-Type: text/plain\n\n{WORDS}\n--B\nContent-Type: text/html\n\n<html><body><p>{WORDS}</p></body></html>\n--B--\n"
        );
        let draft = read_as(&source, "quay.eml");
        assert_eq!(draft.text.matches("The harbour board").count(), 1);
        assert!(draft.account.left_out_as(Omission::Repeated) > 100);
    }

    #[test]
    fn a_page_saved_as_one_file_is_that_page() {
        let source = format!(
            "From: <Saved by Blink>\nSnapshot-Content-Location: https://norvik.example/q\nSubject: Quay\nMIME-Version: 1.0\n\
             Content-Type: multipart/related;\n\ttype=\"text/html\";\n\tboundary=\"----B\"\n\n------B\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\
             Content-Location: https://norvik.example/q\n\n<html><body><article><h1>Quay approved</h1>=\n<p>{WORDS}</p></article></body></html>\n------B--\n"
        );
        assert!(is(&source, "mhtml"));
        let draft = read_as(&source, "q.mhtml");
        assert_eq!(draft.text, format!("Quay approved\n\n{WORDS}\n"));
        assert_eq!(draft.title, "Quay approved");
        assert_eq!(draft.url.as_deref(), Some("https://norvik.example/q"));
    }

    #[test]
    fn a_text_that_only_begins_like_a_message_is_none() {
        for text in [
            "Subject: the quay\nIt is late.",
            "To: all\nFrom: the board\n\nThe quay is late.",
            "The board: it met.",
            "",
        ] {
            assert!(!is(text, "txt"), "{text}");
        }
    }
}
