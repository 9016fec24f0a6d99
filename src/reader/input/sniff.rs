//! Which format bytes are in: by what they hold, then by name and declared type.

use super::decode::is_binary;
use super::{InputHint, mail, subtitles};

/// What an article's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InputFormat {
    Plain,
    Markdown,
    Html,
    Pdf,
    Docx,
    Epub,
    Mail,
    Subtitles,
    /// A known binary format that holds no article: what it is.
    Binary(&'static str),
    /// A document format that is not read: what it is, and what to save it as.
    Foreign(&'static str, &'static str),
}

/// The starts of binary files.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\0asm", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or film file"),
    (b"fLaC", "a sound file"),
    (b"SQLite format 3", "a database"),
    (b"\x1aE\xdf\xa3", "a film"),
];

/// The format of `bytes`.
pub(super) fn format(bytes: &[u8], hint: &InputHint) -> InputFormat {
    let extension = hint.extension();
    let declared = hint.media_type();
    if let Some(what) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        // Two letters of text may be a magic number; a program has more in it.
        if what.0.len() > 3 || is_binary(bytes) {
            return InputFormat::Binary(what.1);
        }
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return InputFormat::Binary("a film, sound or image file");
    }
    if bytes.starts_with(b"{\\rtf") {
        return InputFormat::Foreign("an RTF document", "DOCX or plain text");
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return ole(bytes);
    }
    if is_pdf(bytes) {
        return InputFormat::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(bytes, &extension);
    }
    if is_binary(bytes) {
        return InputFormat::Binary("a binary file");
    }
    if looks_like_html(bytes) {
        return InputFormat::Html;
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).replace("\r\n", "\n");
    if mail::is(&start, &extension) {
        return InputFormat::Mail;
    }
    if subtitles::are(&start) {
        return InputFormat::Subtitles;
    }
    match (declared.as_str(), extension.as_str()) {
        ("text/markdown" | "text/x-markdown", _) | (_, "md" | "markdown" | "mdown" | "mkd") => {
            InputFormat::Markdown
        }
        ("text/html" | "application/xhtml+xml", _) | (_, "html" | "htm" | "xhtml")
            if has_tags(bytes) =>
        {
            InputFormat::Html
        }
        _ if looks_like_markdown(bytes) => InputFormat::Markdown,
        _ => InputFormat::Plain,
    }
}

/// A PDF may have something before its first line, the lines of a log or what old computers knew of a file: programs look
/// for that line among the file's first bytes. Prose that only speaks of such a line has none of a PDF's parts.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    bytes.starts_with(b"%PDF-")
        || memchr::memmem::find(head, b"%PDF-").is_some_and(|at| {
            head[..at].iter().all(u8::is_ascii_whitespace)
                || head[..at].starts_with(b"\xef\xbb\xbf")
                || matches!(head[..at], [.., b'\n' | b'\r' | 0])
                    && memchr::memmem::find(&bytes[at..], b" obj").is_some()
                    && memchr::memmem::find(&bytes[at..], b"startxref").is_some()
        })
}

/// An OLE container: an old Office document, or a new one with a password.
fn ole(bytes: &[u8]) -> InputFormat {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if memchr::memmem::find(bytes, &name).is_some() {
        return InputFormat::Docx;
    }
    InputFormat::Foreign("an old Office document", "DOCX")
}

/// A ZIP container, by the names of its first members: those stand in clear near the start or the end.
fn zip(bytes: &[u8], extension: &str) -> InputFormat {
    let near = |needle: &[u8]| {
        let head = &bytes[..bytes.len().min(64 * 1024)];
        let tail = &bytes[bytes.len().saturating_sub(256 * 1024)..];
        memchr::memmem::find(head, needle).is_some() || memchr::memmem::find(tail, needle).is_some()
    };
    if near(b"application/epub+zip") || near(b"META-INF/container.xml") {
        InputFormat::Epub
    } else if near(b"word/document") {
        InputFormat::Docx
    } else if near(b"xl/workbook") {
        InputFormat::Foreign("a spreadsheet", "plain text")
    } else if near(b"ppt/presentation") {
        InputFormat::Foreign("a presentation", "PDF")
    } else if near(b"application/vnd.oasis.opendocument") {
        InputFormat::Foreign("an OpenDocument file", "DOCX")
    } else {
        match extension {
            "docx" | "docm" => InputFormat::Docx,
            "epub" => InputFormat::Epub,
            _ => InputFormat::Binary("a ZIP archive"),
        }
    }
}

/// Bytes at the start of a file by which its format is told.
const HEAD: usize = 16 * 1024;
/// Bytes of code that may stand before a page.
const LONGEST_CODE: usize = 512 * 1024;

fn head(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] => rest
            .iter()
            .take(8192)
            .filter(|b| **b != 0)
            .copied()
            .collect(),
        _ => bytes[..bytes.len().min(HEAD)].to_vec(),
    };
    String::from_utf8_lossy(&text).to_ascii_lowercase()
}

/// Whether the text starts as a page does: a doctype or one of the outer tags, comments allowed before it.
fn looks_like_html(bytes: &[u8]) -> bool {
    let head = head(bytes);
    let mut start = head.trim_start_matches('\u{feff}').trim_start();
    while let Some(comment) = start.strip_prefix("<!--") {
        start = comment
            .split_once("-->")
            .map_or("", |(_, behind)| behind)
            .trim_start();
    }
    if let Some(xml) = start.strip_prefix("<?xml") {
        start = xml
            .split_once("?>")
            .map_or("", |(_, behind)| behind)
            .trim_start();
    }
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<meta ",
        "<title",
    ]
    .iter()
    .any(|tag| start.starts_with(tag))
        || is_code(start) && is_page_after_code(bytes)
}

/// Whether a text starts as code and styles do that a server put before its page.
fn is_code(start: &str) -> bool {
    let code = ["<script", "<style", "<link ", "<noscript"];
    code.iter().any(|tag| start.starts_with(tag))
}

/// Whether a page begins after the code and styles that a server put before it, however long those are.
fn is_page_after_code(bytes: &[u8]) -> bool {
    let bytes = &bytes[..bytes.len().min(LONGEST_CODE)];
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let tags = ["<!doctype html", "<html", "<head", "<body"];
        tags.iter().any(|tag| {
            let start = bytes.get(at..at + tag.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
        })
    })
}

fn has_tags(bytes: &[u8]) -> bool {
    let head = head(bytes);
    [
        "<p", "<div", "<h1", "<br", "<article", "<body", "<span", "<a ",
    ]
    .iter()
    .any(|tag| head.contains(tag))
}

/// Whether a text without a telling name is Markdown: front matter, or headings together with other marks.
fn looks_like_markdown(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16 * 1024)]);
    if head.starts_with("---\n") && head.contains("\n---\n") && head.contains("\ntitle:") {
        return true;
    }
    let (mut headings, mut marks) = (0, 0);
    for line in head.lines() {
        let hashes = line.len() - line.trim_start_matches('#').len();
        headings += usize::from((1..=6).contains(&hashes) && line[hashes..].starts_with(' '));
        marks += usize::from(line.contains("](http") || line.contains("](/"));
        marks += usize::from(line.matches("**").count() >= 2 || line.starts_with("```"));
    }
    headings >= 3 || headings >= 1 && marks >= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(bytes: &[u8], name: &str) -> InputFormat {
        format(
            bytes,
            &InputHint {
                name: Some(name.into()),
                ..InputHint::default()
            },
        )
    }

    #[test]
    fn a_page_may_begin_after_any_length_of_code() {
        let style = format!("<style>{}</style>", "p { margin: 0 }\n".repeat(2000));
        let page = format!("{style}<!DOCTYPE html><p>The pier is shut.");
        assert_eq!(sniffed(page.as_bytes(), "kell"), InputFormat::Html);
    }

    #[test]
    fn content_decides_before_the_name() {
        use InputFormat::*;
        for (bytes, name, want) in [
            (&b"%PDF-1.7\n"[..], "kell.txt", Pdf),
            (b"\x00\x04kell\0\0%PDF-1.1\n1 0 obj\nstartxref", "kell", Pdf),
            (b"<!DOCTYPE html><p>x", "kell.txt", Html),
            (b"\xef\xbb\xbf<html><p>x", "kell", Html),
            (b"<?xml version='1.0'?><html xmlns='x'>", "kell", Html),
            (b"<!-- saved --><html>", "kell.pdf", Html),
            (b"<style>p{}</style><!DOCTYPE html><p>x", "kell", Html),
            (b"<script>x</script> is how code begins", "kell", Plain),
            (
                b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
                "kell.txt",
                Binary("a PNG image"),
            ),
            (
                b"{\\rtf1 x}",
                "kell.doc",
                Foreign("an RTF document", "DOCX or plain text"),
            ),
            (b"PK\x03\x04..word/document.xml..", "kell.zip", Docx),
            (b"PK\x03\x04..mimetypeapplication/epub+zip", "kell", Epub),
            (b"PK\x03\x04..a.txt", "kell.zip", Binary("a ZIP archive")),
            (b"The pier is closed.", "kell.md", Markdown),
            (b"The pier is closed.", "kell.pdf", Plain),
            (b"The pier is closed.", "kell.html", Plain),
            (b"<p>The pier is closed.", "kell.html", Html),
            (
                b"# Kell\n\nThe **pier** is **closed**.",
                "kell.txt",
                Markdown,
            ),
            (b"# Kell\n\nThe pier is closed.", "kell.txt", Plain),
            (b"---\ntitle: Kell\n---\nThe pier.", "kell", Markdown),
            (b"MZ is a short word, GIF8 is none.", "kell", Plain),
            (b"", "kell", Plain),
        ] {
            assert_eq!(
                sniffed(bytes, name),
                want,
                "{name}: {}",
                bytes.escape_ascii()
            );
        }
    }
}
