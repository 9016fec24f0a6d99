//! Reading in another process: how an article goes there, and what comes back over its pipes.
//!
//! There goes one line of JSON, which says what is asked and how many bytes follow, and the bytes. Back come lines of
//! JSON: how far the reading is, and last what it gave. Who starts the process, and with which limits, is not told here.

use std::io::{self, BufRead, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::{Document, InputHint, ReadError, ReadWatch};
use crate::core::chapter::Chapter;
use crate::core::progress::{Progress, ProgressUnit};
use crate::core::proposal::Block;
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::{BlockKind, Vocabulary};

/// The longest line of a request.
const ASKED: u64 = 1 << 20;
/// The longest line of an answer: more than any article that is read has in it.
const ANSWERED: u64 = 1 << 30;

/// What is asked of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wants {
    /// All of it, as by [`super::read_watched`].
    Document,
    /// The chapters of a book, as by [`super::chapters`].
    Chapters,
}

/// What a reading can give.
pub trait Given: Sized {
    /// How it is asked for.
    const WANTS: Wants;
    /// It, where a line of the answer holds it.
    fn of(line: WireLine) -> Option<Result<Self, ReadError>>;
}

impl Given for Document {
    const WANTS: Wants = Wants::Document;
    fn of(line: WireLine) -> Option<Result<Self, ReadError>> {
        match line {
            WireLine::Document(sent) => Some(Ok(sent.document()?)),
            WireLine::Failed(error) => Some(Err(error)),
            WireLine::At(..) | WireLine::Chapters(_) => None,
        }
    }
}

impl Given for Vec<Chapter> {
    const WANTS: Wants = Wants::Chapters;
    fn of(line: WireLine) -> Option<Result<Self, ReadError>> {
        match line {
            WireLine::Chapters(chapters) => {
                let chapters = chapters.into_iter();
                let told = chapters.map(|(title, length)| Chapter { title, length });
                Some(Ok(told.collect()))
            }
            WireLine::Failed(error) => Some(Err(error)),
            WireLine::At(..) | WireLine::Document(_) => None,
        }
    }
}

/// The first line of a request.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    wants: Wants,
    hint: InputHint,
    length: u64,
}

/// A line of an answer.
#[derive(Debug, Serialize, Deserialize)]
pub enum WireLine {
    /// How far reading is: what is counted, how much is done, how much there is.
    At(Counted, u64, Option<u64>),
    /// The article.
    Document(Box<Sent>),
    /// The chapters of a book: title and length.
    Chapters(Vec<(String, usize)>),
    /// Why there is neither.
    Failed(ReadError),
}

/// What readers count.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub enum Counted {
    /// Bytes that have come in.
    Bytes,
    /// Pages of a document.
    Pages,
    /// Chapters of a book.
    Chapters,
}

/// A [`Document`] on its way.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sent {
    text: String,
    /// Where each block stands, its kind's word, its locator.
    blocks: Vec<(u32, u32, String, Box<str>)>,
    title: String,
    byline: String,
    url: Option<String>,
    published_at: Option<String>,
    language: String,
    language_in_doubt: bool,
    original_sha256: String,
    text_sha256: String,
    notes: Vec<String>,
    lacks_letters: bool,
    account: Account,
}

impl Request {
    /// How many bytes the article has.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The name of the article, for messages.
    pub fn said(&self) -> String {
        self.hint.said()
    }
}

/// Writes a request.
///
/// # Errors
/// Where nobody takes it.
pub fn ask<T: Given>(to: &mut impl Write, bytes: &[u8], hint: &InputHint) -> io::Result<()> {
    let request = Request {
        wants: T::WANTS,
        hint: hint.clone(),
        length: bytes.len() as u64,
    };
    let mut line = serde_json::to_vec(&request)?;
    line.push(b'\n');
    to.write_all(&line)?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads the first line of a request.
///
/// # Errors
/// Where it is none.
pub fn request(from: &mut impl BufRead) -> io::Result<Request> {
    let line = line(from, ASKED)?;
    Ok(serde_json::from_slice(&line)?)
}

/// Reads the bytes of a request.
///
/// # Errors
/// Where there are fewer than it says.
pub fn article(from: &mut impl BufRead, request: &Request) -> io::Result<Vec<u8>> {
    let length = usize::try_from(request.length).map_err(io::Error::other)?;
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads the article that was asked about, and answers.
///
/// # Errors
/// Where nobody takes the answer.
pub fn serve(request: Request, bytes: Vec<u8>, to: impl Write + Send + 'static) -> io::Result<()> {
    let to = Arc::new(Mutex::new(to));
    let tell = {
        let to = to.clone();
        move |at: Progress| {
            let counted = match at.unit {
                ProgressUnit::Bytes => Counted::Bytes,
                ProgressUnit::Pages => Counted::Pages,
                ProgressUnit::Chapters => Counted::Chapters,
                ProgressUnit::Claims => return,
            };
            // Nobody may be left to hear of it.
            let _ = say(&to, &WireLine::At(counted, at.done, at.of));
        }
    };
    let watch = ReadWatch::new(Arc::default(), tell);
    let line = match request.wants {
        Wants::Document => match super::read_watched(bytes, &request.hint, &watch) {
            Ok(document) => WireLine::Document(Box::new(Sent::of(document))),
            Err(error) => WireLine::Failed(error),
        },
        Wants::Chapters => match super::chapters(bytes, &request.hint, &watch) {
            Ok(chapters) => {
                let chapters = chapters.into_iter().map(|c| (c.title, c.length));
                WireLine::Chapters(chapters.collect())
            }
            Err(error) => WireLine::Failed(error),
        },
    };
    say(&to, &line)
}

fn say(to: &Mutex<impl Write>, line: &WireLine) -> io::Result<()> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    let mut to = to.lock().unwrap_or_else(PoisonError::into_inner);
    to.write_all(&bytes)?;
    to.flush()
}

/// Reads the answer, while `watch` hears how far it is; none where it ends before it is whole, or is no answer.
pub fn answer<T: Given>(mut from: impl BufRead, watch: &ReadWatch) -> Option<Result<T, ReadError>> {
    loop {
        let line = line(&mut from, ANSWERED).ok()?;
        match serde_json::from_slice(&line).ok()? {
            WireLine::At(counted, done, of) => {
                let unit = match counted {
                    Counted::Bytes => ProgressUnit::Bytes,
                    Counted::Pages => ProgressUnit::Pages,
                    Counted::Chapters => ProgressUnit::Chapters,
                };
                watch.tell(Progress { unit, done, of });
            }
            last => return T::of(last),
        }
    }
}

/// A whole line without its end, at most `most` bytes of it.
fn line(from: &mut impl BufRead, most: u64) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    from.take(most).read_until(b'\n', &mut line)?;
    match line.pop() {
        Some(b'\n') => Ok(line),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

impl Sent {
    fn of(d: Document) -> Self {
        let blocks = d.blocks.into_iter();
        Self {
            text: d.text.as_str().to_string(),
            blocks: blocks
                .map(|b| {
                    (
                        b.span.start,
                        b.span.end,
                        b.kind.word().into(),
                        b.locator.as_str().into(),
                    )
                })
                .collect(),
            title: d.title,
            byline: d.byline,
            url: d.url,
            published_at: d.published_at,
            language: d.language,
            language_in_doubt: d.language_in_doubt,
            original_sha256: d.original_sha256,
            text_sha256: d.text_sha256,
            notes: d.notes,
            lacks_letters: d.lacks_letters,
            account: d.account,
        }
    }

    /// The document, where its blocks stand in its text.
    fn document(self) -> Option<Document> {
        let text = ArticleText::new(self.text);
        let mut last = 0;
        let block = |(start, end, kind, locator): (u32, u32, String, Box<str>)| {
            let kind = BlockKind::from_word(&kind)?;
            let sound = last <= start && start < end && end <= text.len();
            last = end;
            sound.then_some(Block {
                span: Span::new(start, end),
                kind,
                locator: (*locator).into(),
            })
        };
        let blocks = self.blocks.into_iter().map(block).collect::<Option<_>>()?;
        Some(Document {
            text,
            blocks,
            title: self.title,
            byline: self.byline,
            url: self.url,
            published_at: self.published_at,
            language: self.language,
            language_in_doubt: self.language_in_doubt,
            original_sha256: self.original_sha256,
            text_sha256: self.text_sha256,
            notes: self.notes,
            lacks_letters: self.lacks_letters,
            account: self.account,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::reader::input::read;

    /// What a test can look at after it was written.
    #[derive(Clone, Default)]
    struct Pipe(Arc<Mutex<Vec<u8>>>);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn there_and_back<T: Given>(bytes: &[u8], hint: &InputHint) -> (Vec<u8>, Vec<Progress>) {
        let mut asked = Vec::new();
        ask::<T>(&mut asked, bytes, hint).unwrap();
        let mut from = asked.as_slice();
        let asked = request(&mut from).unwrap();
        assert_eq!(asked.length(), bytes.len() as u64);
        let bytes = article(&mut from, &asked).unwrap();
        let pipe = Pipe::default();
        serve(asked, bytes, pipe.clone()).unwrap();
        let heard: Arc<Mutex<Vec<Progress>>> = Arc::default();
        let told = heard.clone();
        let watch = ReadWatch::new(Arc::default(), move |p| told.lock().unwrap().push(p));
        let answered = pipe.0.lock().unwrap().clone();
        answer::<T>(answered.as_slice(), &watch).unwrap().ok();
        let heard = heard.lock().unwrap().clone();
        (answered, heard)
    }

    const PAGE: &str = "<!doctype html><html lang='en'><body><h1>The pier</h1><p>The pier is closed, the council “said”.</p></body></html>";

    #[test]
    fn what_comes_back_is_what_is_read_here() {
        let hint = InputHint {
            name: Some("kell.html".into()),
            ..InputHint::default()
        };
        let (answered, heard) = there_and_back::<Document>(PAGE.as_bytes(), &hint);
        let there = answer::<Document>(answered.as_slice(), &ReadWatch::default());
        let there = there.unwrap().unwrap();
        let here = read(PAGE.into(), &hint).unwrap();
        assert_eq!(there.text.as_str(), here.text.as_str());
        assert_eq!(there.blocks, here.blocks);
        assert_eq!(there.title, here.title);
        assert_eq!(there.text_sha256, here.text_sha256);
        assert_eq!(there.original_sha256, here.original_sha256);
        assert_eq!(there.notes, here.notes);
        assert_eq!(there.account, here.account);
        assert_eq!(heard.len(), 1);
    }

    #[test]
    fn an_error_comes_back_as_it_is() {
        let hint = InputHint {
            name: Some("kell.pdf".into()),
            ..InputHint::default()
        };
        let (answered, _) = there_and_back::<Document>(b"%PDF-1.5\nnothing", &hint);
        let there = answer::<Document>(answered.as_slice(), &ReadWatch::default()).unwrap();
        let here = read(b"%PDF-1.5\nnothing".to_vec(), &hint);
        assert_eq!(there.unwrap_err(), here.unwrap_err());
        let (answered, _) = there_and_back::<Vec<Chapter>>(PAGE.as_bytes(), &hint);
        let there = answer::<Vec<Chapter>>(answered.as_slice(), &ReadWatch::default()).unwrap();
        assert!(matches!(there, Err(ReadError::NoBook { .. })));
    }

    #[test]
    fn half_an_answer_or_a_false_one_is_none() {
        let (answered, _) = there_and_back::<Document>(PAGE.as_bytes(), &InputHint::default());
        let none = |line: &[u8]| answer::<Document>(line, &ReadWatch::default()).is_none();
        // A whole answer to another question is none either.
        assert!(answer::<Vec<Chapter>>(answered.as_slice(), &ReadWatch::default()).is_none());
        let half = &answered[..answered.len() - 1];
        assert!(none(half));
        let outside = String::from_utf8(answered)
            .unwrap()
            .replace("[[0,", "[[900,");
        assert!(outside.contains("[[900,"));
        assert!(none(outside.as_bytes()));
        assert!(none(b"nonsense\n"));
        assert!(request(&mut &b"nonsense\n"[..]).is_err());
    }
}
