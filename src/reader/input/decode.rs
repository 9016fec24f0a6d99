//! From bytes to text: the charset, and what the stored text never holds.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;

use crate::core::stored::{LeftOut, stored};

/// How many bytes the charset detector looks at.
const SAMPLE: usize = 1024 * 1024;
/// How many bytes of a page may stand before the tag that declares its charset: archives put code of their own first.
const DECLARED: usize = 16 * 1024;

/// A text and what was said, guessed or lost on the way.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    /// The text, not yet normalised.
    pub text: String,
    /// One sentence for each thing that the checker should know.
    pub notes: Vec<String>,
    /// Whether the text is the bytes as they came.
    pub verbatim: bool,
}

/// Decodes `bytes`: byte order mark, else `declared` (the HTTP header's charset, or the page's own), else UTF-8 if they
/// are that, else the detector's guess. Never fails; what cannot be decoded becomes U+FFFD and is counted in the notes.
pub(super) fn decode(mut bytes: Vec<u8>, declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding != UTF_8 {
            return with(encoding, &bytes[mark..], false);
        }
        bytes.drain(..mark);
        let verbatim = false;
        return match String::from_utf8(bytes) {
            Ok(text) => Decoded {
                text,
                verbatim,
                ..Decoded::default()
            },
            Err(error) => with(UTF_8, error.as_bytes(), false),
        };
    }
    if let Some(encoding) = declared.and_then(|d| Encoding::for_label(d.trim().as_bytes()))
        && encoding != UTF_8
    {
        return with(encoding, &bytes, false);
    }
    if let Some(encoding) = bare_utf16(&bytes) {
        return with(encoding, &bytes, true);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded {
            text,
            notes: Vec::new(),
            verbatim: true,
        },
        Err(error) => {
            let bytes = error.into_bytes();
            let said_utf8 =
                declared.is_some_and(|d| Encoding::for_label(d.trim().as_bytes()).is_some());
            if said_utf8 || nearly_utf8(&bytes) {
                return with(UTF_8, &bytes, false);
            }
            let mut detector =
                chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
            detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
            with(
                detector.guess(None, chardetng::Utf8Detection::Deny),
                &bytes,
                true,
            )
        }
    }
}

fn with(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let mut notes = Vec::new();
    if guessed {
        notes.push(format!(
            "The file does not say its charset; it was read as {}.",
            encoding.name()
        ));
    }
    if had_errors {
        let lost = text.matches('\u{fffd}').count();
        notes.push(format!(
            "{lost} {} could not be read as {} and {} shown as \u{fffd}.",
            if lost == 1 { "character" } else { "characters" },
            encoding.name(),
            if lost == 1 { "is" } else { "are" },
        ));
    }
    Decoded {
        text: text.into_owned(),
        notes,
        verbatim: false,
    }
}

/// Whether bytes with errors are UTF-8 all the same: many sequences that only UTF-8 makes, and few broken ones.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes[..bytes.len().min(SAMPLE)].utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 10 * bad
}

/// UTF-16 without a mark: Western text has a NUL in every other byte.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 8 || bytes.len() % 2 == 1 {
        return None;
    }
    let nul = |odd: usize| {
        sample
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd, half) = (nul(0), nul(1), sample.len() / 2);
    match (even * 10 / half, odd * 10 / half) {
        (0, 7..) if even == 0 => Some(UTF_16LE),
        (7.., 0) if odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The stored text of `text`, what was left out of it, and whether it is `text` itself, which then is not copied.
pub(super) fn normalise(text: String) -> (String, LeftOut, bool) {
    match stored(&text) {
        None => (text, LeftOut::default(), true),
        Some(made) => (made.text, made.left_out, false),
    }
}

/// The charset of a page: what the server declared, else UTF-8 where the bytes are that beyond doubt, else what the page
/// itself declares. A note says where that is not what the page declares.
pub(super) fn charset_of_page(
    bytes: &[u8],
    content_type: Option<&str>,
) -> (Option<String>, Option<String>) {
    if let Some(declared) = content_type.and_then(declared_in_type) {
        return (Some(declared.into()), None);
    }
    let declared = declared_in_page(bytes);
    let other = declared
        .as_deref()
        .filter(|d| Encoding::for_label(d.as_bytes()).is_some_and(|e| e != UTF_8));
    match other {
        Some(said) if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() => {
            let note = format!(
                "The page says that its charset is {said}; it was read as the UTF-8 that it is."
            );
            (None, Some(note))
        }
        _ => (declared, None),
    }
}

/// The charset that an HTML page or an XML file declares in its first bytes: in a tag about itself, for a script that
/// another site gives may be in another charset.
pub(super) fn declared_in_page(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED)]).to_ascii_lowercase();
    let tags = head.split('<').skip(1);
    let about_itself = tags.filter(|tag| tag.starts_with("meta") || tag.starts_with("?xml"));
    about_itself
        .filter_map(|tag| tag.split('>').next())
        .find_map(declared_in_tag)
}

/// The charset that a tag, in lower case, names.
fn declared_in_tag(tag: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = ["charset", "encoding"]
        .iter()
        .filter_map(|key| tag[from..].find(key).map(|n| from + n + key.len()))
        .min()
    {
        let value = tag[at..].trim_start();
        if let Some(value) = value.strip_prefix('=') {
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))
                .unwrap_or(value.len());
            if Encoding::for_label(&value.as_bytes()[..end]).is_some() {
                return Some(value[..end].to_string());
            }
        }
        from = at;
    }
    None
}

/// The charset of a content type: `utf-8` of `text/html; charset=utf-8`.
pub(super) fn declared_in_type(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches(['"', '\'']))
    })
}

/// Whether `bytes` are those of a binary file: NUL or other control characters beyond what a damaged text has.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() || bare_utf16(bytes).is_some() {
        return false;
    }
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    if memchr(0, sample).is_none() && sample.iter().take(64).all(|b| *b >= 0x20 || *b == b'\n') {
        return control(sample) * 20 > sample.len();
    }
    let nul = sample.iter().filter(|b| **b == 0).count();
    nul * 100 > sample.len() || control(sample) * 20 > sample.len()
}

fn control(sample: &[u8]) -> usize {
    sample
        .iter()
        .filter(|b| matches!(b, 1..=8 | 11 | 14..=26 | 28..=31 | 127))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], declared: Option<&str>) -> String {
        decode(bytes.to_vec(), declared).text
    }

    #[test]
    fn the_order_is_mark_header_utf8_guess() {
        assert_eq!(read(b"\xef\xbb\xbfK\xc3\xa9ll", None), "Kéll");
        assert_eq!(read(b"\xff\xfeK\0\xe9\0", Some("utf-8")), "Ké");
        assert_eq!(read(b"K\xe9ll", Some("iso-8859-1")), "Kéll");
        assert_eq!(read("Kéll".as_bytes(), None), "Kéll");
        assert_eq!(read("Kéll".as_bytes(), Some("nonsense")), "Kéll");
        let utf16: Vec<u8> = "The ferry pier"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&utf16, None), "The ferry pier");
    }

    #[test]
    fn a_script_from_elsewhere_says_nothing_of_the_pages_charset() {
        let page = b"<script src=x charset=\"utf-8\"></script><meta http-equiv=a content=\"text/html; charset=gb2312\"/>";
        assert_eq!(declared_in_page(page).as_deref(), Some("gb2312"));
        let xml = b"<?xml version='1.0' encoding='ISO-8859-2'?><a>";
        assert_eq!(declared_in_page(xml).as_deref(), Some("iso-8859-2"));
        assert_eq!(declared_in_page(b"<p>charset=gb2312</p>"), None);
    }

    #[test]
    fn charsets_are_guessed_from_a_sentence() {
        for (label, text) in [
            (
                "windows-1252",
                "Le café de la gare a été fermé hier après-midi, déclare le préfet.",
            ),
            (
                "windows-1251",
                "Паром отменён до понедельника, заявил представитель порта.",
            ),
            (
                "shift_jis",
                "港の理事会は火曜日、古い桟橋を閉鎖することを決めた。",
            ),
            (
                "euc-jp",
                "港の理事会は火曜日、古い桟橋を閉鎖することを決めた。",
            ),
            (
                "gb18030",
                "港口委员会星期二决定关闭旧码头，市长没有出席会议。",
            ),
            ("big5", "港口委員會星期二決定關閉舊碼頭，市長沒有出席會議。"),
            (
                "euc-kr",
                "항구 위원회는 화요일 오래된 부두를 폐쇄하기로 결정했다.",
            ),
            (
                "iso-8859-2",
                "Rada přístavu se v úterý rozhodla uzavřít staré molo.",
            ),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).expect("a known label");
            let (bytes, _, _) = encoding.encode(text);
            let got = decode(bytes.into_owned(), None);
            assert_eq!(got.text, text, "{label}");
            assert!(got.notes[0].contains("does not say its charset"), "{label}");
        }
    }

    #[test]
    fn a_few_broken_bytes_leave_it_utf8_and_are_counted() {
        let mut bytes = "Größe über äußerst schöne Flüße, sagte Jürgen Müßig"
            .repeat(3)
            .into_bytes();
        bytes.push(0xff);
        let got = decode(bytes, None);
        assert!(got.text.ends_with('\u{fffd}') && got.text.contains("Größe"));
        assert_eq!(
            got.notes,
            ["1 character could not be read as UTF-8 and is shown as \u{fffd}."]
        );
    }

    #[test]
    fn pages_and_types_declare_charsets() {
        for (page, want) in [
            ("<meta charset=\"Shift_JIS\">", Some("shift_jis")),
            (
                "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>",
                Some("windows-1251"),
            ),
            (
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>",
                Some("iso-8859-1"),
            ),
            ("<p>the charset = none of them", None),
            ("", None),
        ] {
            assert_eq!(declared_in_page(page.as_bytes()).as_deref(), want, "{page}");
        }
        assert_eq!(
            declared_in_type("text/html; Charset=\"UTF-8\""),
            Some("UTF-8")
        );
        assert_eq!(declared_in_type("text/html"), None);
    }

    #[test]
    fn binary_is_told_from_text() {
        assert!(is_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0"));
        assert!(!is_binary("Nothing but words.\n".as_bytes()));
        assert!(!is_binary("One stray \0 in a text of some length is no reason to refuse it, as it were, at all; and more follows here to be sure.".as_bytes()));
        assert!(!is_binary(b""));
        assert!(!is_binary(b"\x1b[31mred\x1b[0m words"));
    }
}
