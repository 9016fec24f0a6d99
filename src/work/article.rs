//! Getting an article: a file, an address or standard input. The one way in, for commands and workbench alike.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::{apart, pdftotext};
use crate::core::chapter::Chapter;
use crate::core::pdf_fallback::PdfFallback;
use crate::core::progress::ProgressUnit;
use crate::reader::Document;
use crate::reader::input::url::{self, Limits, is_url};
use crate::reader::input::{self, InputHint, ReadError, ReadWatch};
use crate::store::regular::{self, NotAFile, NotOpened};

/// The largest file that is taken into memory.
const LARGEST: u64 = 512 << 20;
/// Bytes between two looks at whether reading is to end.
const PIECE: usize = 4 << 20;

/// How articles are read, as the command line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HowToRead {
    /// The language, a BCP 47 tag; else it is detected.
    pub language: Option<String>,
    /// Which chapters of a book; see [`InputHint::chapter`].
    pub chapter: Option<String>,
    /// Whether addresses of private networks are fetched.
    pub allow_local: bool,
    /// Whether all of it is taken in; see [`InputHint::whole`].
    pub whole: bool,
    /// Whether `pdftotext` reads what the built-in reader cannot.
    pub pdf_fallback: PdfFallback,
}

/// An article's bytes as they came, with what is known of them.
pub struct RawArticle {
    bytes: Vec<u8>,
    hint: InputHint,
    pdf_fallback: PdfFallback,
}

impl RawArticle {
    /// Gets the bytes of `what`: an address, `-` for standard input (`stdin`, where it was read already), else a file.
    ///
    /// # Errors
    /// A [`ReadError`], one sentence that names `what`.
    pub fn get(
        what: &Path,
        stdin: Option<&Arc<Vec<u8>>>,
        reading: &HowToRead,
        watch: &ReadWatch,
    ) -> Result<Self, ReadError> {
        let name = what.to_string_lossy();
        let (bytes, found) = match stdin {
            Some(bytes) if name == "-" => (bytes.as_ref().clone(), InputHint::default()),
            _ if is_url(&name) => {
                let limits = Limits {
                    allow_local: reading.allow_local,
                    ..Limits::default()
                };
                url::fetch(&name, &limits, watch)?
            }
            _ => (bytes(what, watch)?, InputHint::default()),
        };
        let hint = InputHint {
            name: found
                .name
                .or_else(|| (name != "-").then(|| name.into_owned())),
            chapter: reading.chapter.clone(),
            language: reading.language.clone(),
            whole: reading.whole,
            ..found
        };
        Ok(Self {
            bytes,
            hint,
            pdf_fallback: reading.pdf_fallback,
        })
    }

    /// Whether it is a book, of which chapters can be chosen.
    pub fn is_book(&self) -> bool {
        input::is_book(&self.bytes, &self.hint)
    }

    /// The SHA-256 of the bytes, in hex.
    pub fn sha256(&self) -> String {
        input::sha256(&self.bytes)
    }

    /// The chapters of a book.
    ///
    /// # Errors
    /// As [`input::chapters`], and as [`apart::read`].
    pub fn chapters(&self, watch: &ReadWatch) -> Result<Vec<Chapter>, ReadError> {
        match self.to_be_read_apart() {
            Some(file) => apart::read(file, watch),
            None => input::chapters(self.bytes.clone(), &self.hint, watch),
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// As [`input::read_watched`], and as [`apart::read`].
    pub fn read(self, watch: &ReadWatch) -> Result<Document, ReadError> {
        let Some(file) = self.to_be_read_apart() else {
            return input::read_watched(self.bytes, &self.hint, watch);
        };
        let read = apart::read(file, watch);
        if !input::is_pdf(&self.bytes, &self.hint) {
            return read;
        }
        let pdf = (self.bytes.as_slice(), &self.hint);
        let again = |hint: &InputHint| apart::read(apart::FileToRead { hint, ..file }, watch);
        pdftotext::filled(read, pdf, self.pdf_fallback, watch, &again)
    }

    /// It, where its format's parser may end the process that it runs in.
    fn to_be_read_apart(&self) -> Option<apart::FileToRead<'_>> {
        Some(apart::FileToRead {
            bytes: &self.bytes,
            format: input::parser_that_may_abort(&self.bytes, &self.hint)?,
            hint: &self.hint,
        })
    }
}

/// All of a file, or of standard input where it is called `-`.
///
/// # Errors
/// A [`ReadError`] that names the file; [`ReadError::TooLarge`] where it is larger than any article.
pub fn bytes(file: &Path, watch: &ReadWatch) -> Result<Vec<u8>, ReadError> {
    bytes_up_to(file, LARGEST, &mut |done, of| told(watch, done, of))
}

/// Tells `watch` how much has come; whether the rest is still wanted.
fn told(watch: &ReadWatch, done: u64, of: Option<u64>) -> bool {
    if done > 0 {
        watch.at(ProgressUnit::Bytes, done, of);
    }
    !watch.is_stopped()
}

/// Hears how many bytes have come, and of how many, where that is known; says whether the rest is still wanted.
pub type BytesRead<'a> = dyn FnMut(u64, Option<u64>) -> bool + 'a;

/// As [`bytes`], where the file may have `largest` bytes.
///
/// # Errors
/// A [`ReadError`] that names the file; [`ReadError::Cancelled`] where it is no longer wanted.
pub fn bytes_up_to(
    file: &Path,
    largest: u64,
    told: &mut BytesRead<'_>,
) -> Result<Vec<u8>, ReadError> {
    let stdin = file.as_os_str() == "-";
    let name = match stdin {
        true => "standard input".into(),
        false => file.to_string_lossy().into_owned(),
    };
    let (source, of): (Box<dyn Read>, _) = match stdin {
        true => (Box::new(std::io::stdin()), None),
        false => {
            let (file, about) = open(file)?;
            (Box::new(file), Some(about.len()))
        }
    };
    take(source, (of, largest), &name, told)
}

/// Opens a file that was named to be read; what is none is refused.
///
/// # Errors
/// A [`ReadError`] that names the file.
pub fn open(file: &Path) -> Result<(File, Metadata), ReadError> {
    let name = || file.to_string_lossy().into_owned();
    regular::open(file).map_err(|e| match e {
        NotOpened::Io(e) => ReadError::of_file(name(), &e),
        NotOpened::NotAFile(NotAFile::Folder) => ReadError::Folder { name: name() },
        NotOpened::NotAFile(other) => ReadError::NotAFile {
            name: name(),
            what: other.what().into(),
        },
    })
}

/// Reads `source` to its end, piece by piece; `of` is its length, where that is known.
fn take(
    source: impl Read,
    (of, largest): (Option<u64>, u64),
    name: &str,
    told: &mut BytesRead<'_>,
) -> Result<Vec<u8>, ReadError> {
    let large = |size: u64| ReadError::TooLarge {
        name: name.into(),
        format: "an article".into(),
        size: crate::core::progress::size(size),
        limit: crate::core::progress::size(largest),
    };
    if let Some(size) = of.filter(|n| *n > largest) {
        return Err(large(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(of.unwrap_or(0)).unwrap_or(0));
    let mut source = source.take(largest + 1);
    loop {
        if !told(bytes.len() as u64, of) {
            return Err(ReadError::Cancelled { name: name.into() });
        }
        let n = (&mut source)
            .take(PIECE as u64)
            .read_to_end(&mut bytes)
            .map_err(|e| ReadError::of_file(name, &e))?;
        let done = bytes.len() as u64;
        if done > largest {
            return Err(large(done));
        }
        if n == 0 {
            return Ok(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn files_that_cannot_be_had_are_told_in_one_sentence() {
        let dir = tempfile::tempdir().unwrap();
        let said = |path: &Path| bytes(path, &ReadWatch::default()).unwrap_err();
        let missing = dir.path().join("kell.txt");
        assert_eq!(
            said(&missing),
            ReadError::Missing {
                name: missing.to_string_lossy().into_owned()
            }
        );
        assert!(matches!(said(dir.path()), ReadError::Folder { .. }));
        let large = dir.path().join("large");
        File::create(&large).unwrap().set_len(LARGEST + 1).unwrap();
        let large = said(&large).to_string();
        assert!(
            large.contains("is too large to be read as an article (536 MB"),
            "{large}"
        );
    }

    #[test]
    fn an_endless_stream_ends_at_the_limit_or_when_it_is_stopped() {
        let watch = ReadWatch::default();
        let theirs = watch.clone();
        let watched = ReadWatch::new(Arc::default(), move |p| {
            assert_eq!(p.of, None);
            theirs.stop();
        });
        let stopping = Stopping(watched.clone(), watch);
        let e = take(stopping, (None, LARGEST), "pipe", &mut |done, of| {
            told(&watched, done, of)
        });
        let e = e.unwrap_err();
        assert_eq!(
            e,
            ReadError::Cancelled {
                name: "pipe".into()
            }
        );
    }

    /// Endless bytes; once the second watch is stopped, so is the first.
    struct Stopping(ReadWatch, ReadWatch);

    impl Read for Stopping {
        fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
            if self.1.is_stopped() {
                self.0.stop();
            }
            buf.fill(b'x');
            Ok(buf.len())
        }
    }
}
