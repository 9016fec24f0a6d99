//! From the bytes of a file to a [`Document`]: charset, format, layout, and what the file says of itself.
//!
//! One file per format. A format's reader hands over a draft; hashes, language and the last fields are added here, the
//! same for all. Nothing here reads files; [`url`] alone reads the network.

pub mod account;
mod build;
mod decode;
mod docx;
mod draft;
mod epub;
mod error;
mod guard;
#[cfg(test)]
mod hostile;
mod html;
mod mail;
mod markdown;
mod pdf;
mod plain;
mod signs;
mod sniff;
mod subtitles;
mod symbols;
mod tags;
pub mod url;
mod watch;
pub mod wire;
mod zipped;

use serde::{Deserialize, Serialize};

use super::language::{self, LanguageGuess};
use super::{Document, blocks, dates};
use crate::core::chapter::Chapter;
use crate::core::stored::stored;
use crate::core::text::ArticleText;
use draft::DocumentDraft;
pub use error::ReadError;
pub use guard::GUARDED_THREAD;
use sniff::InputFormat;
pub use watch::ReadWatch;

/// Bytes that [`first_screen`] lays out at most.
pub const FIRST_SCREEN: usize = 256 * 1024;

/// What is known of an article besides its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputHint {
    /// The file's name or the page's address; for messages, and for the format where the content does not tell.
    pub name: Option<String>,
    /// The content type that a server declared.
    pub content_type: Option<String>,
    /// Which chapters of a book: numbers from 1 (`2`, `1,3-5`), or words of a title; all of them where none is named.
    pub chapter: Option<String>,
    /// The language, a BCP 47 tag, if the checker gave it.
    pub language: Option<String>,
    /// Whether all of it is taken in, what is plainly none of the article's too.
    pub whole: bool,
    /// Of a PDF, what another program has read of it: it stands in for pages whose letters the file does not tell.
    pub elsewhere: Option<ReadElsewhere>,
}

/// A PDF's text as another program reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadElsewhere {
    /// What the program is called.
    pub by: String,
    /// The pages, parted by form feeds, with their lines as they stand on the page.
    pub text: String,
}

impl InputHint {
    /// The name for messages.
    pub fn said(&self) -> String {
        self.name.clone().unwrap_or_else(|| "standard input".into())
    }

    /// The name's extension in lower case.
    fn extension(&self) -> String {
        let name = self.name.as_deref().unwrap_or_default();
        let name = name.split(['?', '#']).next().unwrap_or_default();
        let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
        file.rsplit_once('.')
            .map_or(String::new(), |(_, e)| e.to_ascii_lowercase())
    }

    /// The declared content type without its parameters, in lower case.
    fn media_type(&self) -> String {
        let declared = self.content_type.as_deref().unwrap_or_default();
        declared
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }
}

/// Reads an article. The format follows from the content, the name and the declared type, in this order.
///
/// # Errors
/// A [`ReadError`] that says what to do next. Time and memory are bounded by the input's size whatever it holds.
pub fn read(bytes: Vec<u8>, hint: &InputHint) -> Result<Document, ReadError> {
    read_watched(bytes, hint, &ReadWatch::default())
}

/// As [`read`], while `watch` hears how far it is and can stop it.
///
/// # Errors
/// As [`read`], and [`ReadError::Cancelled`] where it was stopped.
pub fn read_watched(
    bytes: Vec<u8>,
    hint: &InputHint,
    watch: &ReadWatch,
) -> Result<Document, ReadError> {
    let name = hint.said();
    watch.check(&name)?;
    let original_sha256 = sha256(&bytes);
    let format = sniff::format(&bytes, hint);
    if hint.chapter.is_some() && format != InputFormat::Epub {
        return Err(ReadError::NoBook { name });
    }
    let draft = match format {
        InputFormat::Plain => plain::read(bytes, hint),
        InputFormat::Markdown => markdown::read(bytes, hint),
        InputFormat::Html => html::read(bytes, hint, watch)?,
        InputFormat::Pdf => pdf::read(bytes, hint, watch)?,
        InputFormat::Docx => docx::read(bytes, hint, watch)?,
        InputFormat::Epub => epub::read(bytes, hint, watch)?,
        InputFormat::Mail => mail::read(bytes, hint, watch)?,
        InputFormat::Subtitles => subtitles::read(bytes, hint),
        InputFormat::Binary(what) => {
            let what = what.into();
            return Err(ReadError::NotText { name, what });
        }
        InputFormat::Foreign(what, instead) => {
            return Err(ReadError::Unsupported {
                name,
                what: what.into(),
                instead: instead.into(),
            });
        }
    };
    watch.check(&name)?;
    if draft.blocks.is_empty() {
        return Err(ReadError::Empty { name });
    }
    Ok(finish(draft, hint, original_sha256))
}

/// SHA-256 of bytes as [`Document::original_sha256`] holds it.
pub use crate::core::hash::sha256;

/// The format of `bytes` where its parser may end the whole process, by its stack, its memory or its time, whatever is
/// done here: such a file is to be read in a process of its own (see [`wire`]). None where [`read`] can always be called.
pub fn parser_that_may_abort(bytes: &[u8], hint: &InputHint) -> Option<&'static str> {
    match sniff::format(bytes, hint) {
        InputFormat::Html => Some("HTML"),
        InputFormat::Pdf => Some("PDF"),
        InputFormat::Docx => Some("DOCX"),
        InputFormat::Epub => Some("EPUB"),
        InputFormat::Mail => Some("mail"),
        InputFormat::Plain
        | InputFormat::Markdown
        | InputFormat::Subtitles
        | InputFormat::Binary(_)
        | InputFormat::Foreign(..) => None,
    }
}

/// Whether `bytes` are a PDF, for which [`InputHint::elsewhere`] may stand in.
pub fn is_pdf(bytes: &[u8], hint: &InputHint) -> bool {
    sniff::format(bytes, hint) == InputFormat::Pdf
}

/// Whether `bytes` are a book, of which [`chapters`] tells the chapters.
pub fn is_book(bytes: &[u8], hint: &InputHint) -> bool {
    sniff::format(bytes, hint) == InputFormat::Epub
}

/// The chapters of a book in reading order, to choose [`InputHint::chapter`] from by their numbers.
///
/// # Errors
/// [`ReadError::NoBook`] where `bytes` are none, else as [`read_watched`].
pub fn chapters(
    bytes: Vec<u8>,
    hint: &InputHint,
    watch: &ReadWatch,
) -> Result<Vec<Chapter>, ReadError> {
    match is_book(&bytes, hint) {
        true => epub::chapters(bytes, hint, watch),
        false => Err(ReadError::NoBook { name: hint.said() }),
    }
}

/// The start of a plain text, laid out at once so that it can be drawn before the rest is read.
///
/// `prefix` is the file's first bytes, of which up to [`FIRST_SCREEN`] are used, cut at a line's end or at least at a
/// character's. None where it is not plainly a UTF-8 text: then [`read`] must see the whole. Blocks are those that [`read`] finds,
/// but for the last few, which the cut may have changed; there are no hashes.
pub fn first_screen(prefix: &[u8], hint: &InputHint) -> Option<Document> {
    if sniff::format(prefix, hint) != InputFormat::Plain {
        return None;
    }
    let cut = prefix.len() > FIRST_SCREEN;
    let bytes = &prefix[..prefix.len().min(FIRST_SCREEN)];
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // An incomplete last character is the cut's doing; a broken one is another charset's.
        Err(e) if e.error_len().is_none() => std::str::from_utf8(&bytes[..e.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    let end = match memchr::memrchr(b'\n', text.as_bytes()) {
        Some(line) if cut && line > text.len() / 2 => line + 1,
        _ => text.len(),
    };
    let (text, ..) = decode::normalise(text[..end].to_string());
    let mut draft = DocumentDraft {
        blocks: blocks::plain(&text),
        text,
        ..DocumentDraft::default()
    };
    if draft.blocks.is_empty() {
        return None;
    }
    draft.fill_from_blocks();
    Some(document(draft, hint))
}

/// Adds what is told by the blocks, the hashes and the language.
fn finish(mut draft: DocumentDraft, hint: &InputHint, original_sha256: String) -> Document {
    draft.fill_from_blocks();
    // The stored text of a clean plain file is the file: it is not hashed twice.
    let text_sha256 = match draft.verbatim {
        true => original_sha256.clone(),
        false => sha256(draft.text.as_bytes()),
    };
    Document {
        original_sha256,
        text_sha256,
        ..document(draft, hint)
    }
}

fn document(draft: DocumentDraft, hint: &InputHint) -> Document {
    let LanguageGuess {
        tag: language,
        doubtful,
    } = match (&hint.language, draft.language.is_empty()) {
        (Some(given), _) => LanguageGuess::sure(given),
        (None, false) => LanguageGuess::sure(&draft.language),
        (None, true) => language::guess(&draft.text),
    };
    let url = draft.url.or_else(|| {
        let name = hint.name.as_deref().unwrap_or_default();
        (name.starts_with("http://") || name.starts_with("https://")).then(|| name.to_string())
    });
    Document {
        text: ArticleText::new(draft.text),
        blocks: draft.blocks,
        title: label(&draft.title),
        byline: label(&draft.byline),
        url: url.map(|url| label(&url)),
        published_at: draft
            .published_at
            .and_then(|when| dates::iso(&when, &language)),
        language,
        language_in_doubt: doubtful,
        original_sha256: String::new(),
        text_sha256: String::new(),
        notes: draft.notes,
        lacks_letters: draft.lacks_letters,
        account: draft.account,
    }
}

/// What a file says of itself, on one line and without what no stored text holds.
fn label(words: &str) -> String {
    match stored(words) {
        None => words.into(),
        Some(made) => draft::one_line(&made.text),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::core::vocabulary::BlockKind;
    use proptest::prelude::*;

    fn named(name: &str) -> InputHint {
        InputHint {
            name: Some(name.into()),
            ..InputHint::default()
        }
    }

    const ARTICLE: &str = "Kell Bridge opens at last\r\nBy Jon Pell · 15 November 2026\r\n\r\nThe council approved 80 million for the bridge in March 2021, its minutes show.\r\n";

    #[test]
    fn a_language_that_the_words_leave_open_is_told_and_one_that_is_given_is_not() {
        let names = "Ana Conceição Magalhães, João Guimarães, Inês Simões, António Brandão, Vitória Gonçalves";
        let mut hint = named("names.txt");
        let d = read(names.into(), &hint).unwrap();
        assert!(d.language_in_doubt && d.language.is_empty());
        hint.language = Some("pt".into());
        let d = read(names.into(), &hint).unwrap();
        assert!(!d.language_in_doubt && d.language == "pt");
        let d = read(ARTICLE.into(), &named("kell.txt")).unwrap();
        assert!(!d.language_in_doubt && d.language == "en");
    }

    #[test]
    fn a_plain_file_is_read_with_its_title_byline_date_and_hashes() {
        let d = read(ARTICLE.into(), &named("kell.txt")).unwrap();
        assert!(!d.text.as_str().contains('\r'));
        assert_eq!(d.title, "Kell Bridge opens at last");
        assert_eq!(d.byline, "Jon Pell");
        assert_eq!(d.published_at.as_deref(), Some("2026-11-15"));
        assert_eq!(d.language, "en");
        assert_eq!(d.original_sha256, sha256(ARTICLE.as_bytes()));
        assert_eq!(d.text_sha256, sha256(d.text.as_str().as_bytes()));
        assert_ne!(d.original_sha256, d.text_sha256);
        assert_eq!(
            sha256(b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn a_mark_and_nul_are_not_stored_and_nul_is_said() {
        let d = read(
            "\u{feff}The pier\0 is closed for good this winter, the council said.".into(),
            &named("k"),
        )
        .unwrap();
        assert_eq!(
            d.text.as_str(),
            "The pier is closed for good this winter, the council said."
        );
        assert_eq!(d.notes, ["1 control character was left out."]);
        assert_eq!(d.text_sha256, sha256(d.text.as_str().as_bytes()));
    }

    #[test]
    fn a_clean_file_is_hashed_once_and_utf16_of_the_same_length_twice() {
        let d = read("港の理事会は火曜日。".into(), &named("k")).unwrap();
        assert_eq!(d.original_sha256, d.text_sha256);
        let utf16 = b"\xff\xfe\x2f\x6e\x2f\x6e".to_vec();
        let d = read(utf16.clone(), &named("k")).unwrap();
        assert_eq!((d.text.as_str().len(), utf16.len()), (6, 6));
        assert_eq!(d.text_sha256, sha256(d.text.as_str().as_bytes()));
    }

    #[test]
    fn what_is_no_article_is_refused_in_words() {
        for (bytes, said) in [
            (&b" \n\t "[..], "kell.x holds no text"),
            (b"", "kell.x holds no text"),
            (
                b"\x89PNG\r\n\x1a\n\0\0",
                "kell.x is a PNG image, not a text",
            ),
            (
                b"\0\x01\0\0\0\xff\xfe\x01",
                "kell.x is a binary file, not a text",
            ),
            (b"{\\rtf1 hello}", "kell.x is an RTF document"),
        ] {
            let e = read(bytes.to_vec(), &named("kell.x")).unwrap_err();
            assert!(e.to_string().starts_with(said), "{e}");
        }
    }

    #[test]
    fn the_first_screen_is_the_start_of_what_is_read() {
        let whole = "The council met — again — on Monday and voted to close the ferry pier.\n\n"
            .repeat(9000);
        let first = first_screen(whole.as_bytes(), &named("k.txt")).unwrap();
        let all = read(whole.clone().into(), &named("k.txt")).unwrap();
        assert!(
            first.text.as_str().len() <= FIRST_SCREEN
                && first.text.as_str().len() > FIRST_SCREEN - 200
        );
        assert!(whole.starts_with(first.text.as_str()));
        assert_eq!(first.blocks[..], all.blocks[..first.blocks.len()]);
        let short = first_screen("Die Brücke".as_bytes(), &named("k")).unwrap();
        assert_eq!(short.text.as_str(), "Die Brücke");
        assert!(first_screen("Br\u{fc}cke".as_bytes().split_at(3).0, &named("k")).is_some());
        assert!(first_screen(b"Br\xfccke am See", &named("k")).is_none());
        assert!(first_screen(b"<!doctype html><p>x", &named("k")).is_none());
        assert!(first_screen(b"  \n", &named("k")).is_none());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_and_blocks_cover_all_words(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in "[a-z]\\.(txt|md)") {
            if let Ok(d) = read(bytes, &named(&name)) {
                let text = d.text.as_str();
                prop_assert!(!text.chars().any(crate::core::controls::is_control));
                let mut last = 0;
                for b in &d.blocks {
                    prop_assert!(b.span.start >= last && b.span.end <= d.text.len());
                    let gap: String = text.chars().skip(last as usize).take((b.span.start - last) as usize).collect();
                    prop_assert!(gap.trim().is_empty(), "{:?}", gap);
                    last = b.span.end;
                }
                prop_assert!(text.chars().skip(last as usize).all(char::is_whitespace));
                prop_assert!(d.blocks.iter().any(|b| b.kind != BlockKind::Byline || !b.span.is_empty()));
            }
        }
    }
}
