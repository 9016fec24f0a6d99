//! EPUB: the chapters in reading order, all or one.

mod package;

use dom_query::Document as Page;

use super::Hint;
use super::build::Builder;
use super::decode::{declared_in_page, decode};
use super::draft::Draft;
use super::error::ReadError;
use super::zipped::Zipped;
use super::{html, tags};
use crate::core::vocabulary::BlockKind;
use package::Package;

/// Elements nested deeper than this are no chapter; see the same limit of pages.
const DEEPEST: usize = 1500;

/// Reads a book, or the chapter that the hint asks for.
///
/// # Errors
/// [`ReadError::Damaged`], [`ReadError::Encrypted`], [`ReadError::Bomb`], [`ReadError::TooLarge`],
/// [`ReadError::NoChapter`].
pub(super) fn read(bytes: Vec<u8>, hint: &Hint) -> Result<Draft, ReadError> {
    let (chapters, package) = open(bytes, hint)?;
    let mut builder = Builder::default();
    let wanted = match &hint.chapter {
        Some(chapter) => Some(choose(chapter, &chapters, hint)?),
        None => None,
    };
    for (n, chapter) in chapters.iter().enumerate() {
        if wanted.is_some_and(|w| w != n) {
            continue;
        }
        let place = format!("chapter {}", n + 1);
        match tags::depth(&chapter.source, DEEPEST) {
            DEEPEST.. => {
                for part in tags::without_tags(&chapter.source).split("\n\n") {
                    builder.open(BlockKind::Paragraph, place.as_str());
                    builder.words(part);
                }
            }
            _ => html::walk(
                &mut builder,
                &Page::from(chapter.source.as_str()).root(),
                "",
                Some(&place),
            ),
        }
    }
    let mut draft = Draft::of(builder);
    draft.title = match wanted.and_then(|w| chapters.get(w)) {
        Some(chapter) => chapter.title.clone(),
        None => package.title,
    };
    draft.byline = package.creator;
    draft.published_at = package.date;
    draft.language = package.language;
    if wanted.is_none() && chapters.len() > 1 {
        draft.notes.push(format!(
            "The whole book was read, {} chapters.",
            chapters.len()
        ));
    }
    Ok(draft)
}

/// The titles of a book's chapters in reading order, to choose one from.
///
/// # Errors
/// As for reading the book.
pub(super) fn titles(bytes: Vec<u8>, hint: &Hint) -> Result<Vec<String>, ReadError> {
    Ok(open(bytes, hint)?.0.into_iter().map(|c| c.title).collect())
}

struct Chapter {
    title: String,
    source: String,
}

fn open(bytes: Vec<u8>, hint: &Hint) -> Result<(Vec<Chapter>, Package), ReadError> {
    let mut zip = Zipped::open(bytes, hint, "EPUB")?;
    let container = zip.required("META-INF/container.xml")?;
    let Some(root) = package::root_file(&container) else {
        return Err(zip.damaged("its container names no book".into()));
    };
    let source = zip.required(&root)?;
    let package = Package::read(&source, &root).map_err(|e| zip.damaged(e))?;
    if let Some(encryption) = zip.member("META-INF/encryption.xml")?
        && package
            .spine
            .iter()
            .any(|path| package::locks(&encryption, path))
    {
        return Err(ReadError::Encrypted { name: hint.said() });
    }
    let mut chapters = Vec::new();
    for path in &package.spine {
        // A chapter that is missing is told by the book's own order: numbers stay those of the spine's present files.
        let Some(bytes) = zip.member(path)? else {
            continue;
        };
        let declared = declared_in_page(&bytes);
        let source = decode(bytes, declared.as_deref()).text;
        let words = tags::without_tags(&source);
        if words.trim().is_empty() {
            continue;
        }
        chapters.push(Chapter {
            title: title(&source),
            source,
        });
    }
    Ok((chapters, package))
}

/// A chapter's first heading, else its title.
fn title(source: &str) -> String {
    for name in ["h1", "h2", "h3", "title"] {
        let Some((_, behind)) = source.split_once(&format!("<{name}")) else {
            continue;
        };
        let inside = behind.split_once('>').map_or("", |(_, b)| b);
        let inside = inside
            .split_once(&format!("</{name}"))
            .map_or("", |(i, _)| i);
        let words = super::draft::one_line(&tags::without_tags(inside));
        if !words.is_empty() {
            return words;
        }
    }
    String::new()
}

/// The chapter that was asked for: a number from 1, or words of a title, whatever their case.
fn choose(asked: &str, chapters: &[Chapter], hint: &Hint) -> Result<usize, ReadError> {
    let asked = asked.trim();
    let by_number = asked
        .parse::<usize>()
        .ok()
        .and_then(|n| n.checked_sub(1))
        .filter(|n| *n < chapters.len());
    let small = asked.to_lowercase();
    let by_title = || {
        chapters
            .iter()
            .position(|c| !small.is_empty() && c.title.to_lowercase().contains(&small))
    };
    by_number
        .or_else(by_title)
        .ok_or_else(|| ReadError::NoChapter {
            name: hint.said(),
            chapter: asked.to_string(),
            known: match chapters.len() {
                0 => "none".to_string(),
                n => {
                    let some: Vec<&str> = chapters
                        .iter()
                        .map(|c| c.title.as_str())
                        .filter(|t| !t.is_empty())
                        .take(5)
                        .collect();
                    format!("1 to {n} ({})", some.join(", "))
                }
            },
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::core::text::ArticleText;
    use crate::reader::input::zipped::tests::zipped;

    const CONTAINER: &str =
        "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>";
    const BOOK: &str = "<package xmlns:dc='dc'><metadata><dc:title>Piers &amp; Boats</dc:title><dc:creator>Mara Oduya</dc:creator>\
        <dc:language>en</dc:language><dc:date>2026</dc:date></metadata><manifest><item id='n' href='nav.xhtml' properties='nav'/>\
        <item id='a' href='text/one%20a.xhtml'/><item id='b' href='text/two.xhtml'/></manifest>\
        <spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/></spine></package>";

    fn book(more: &[(&str, &str)]) -> Vec<u8> {
        let mut members = vec![
            ("META-INF/container.xml", CONTAINER),
            ("OPS/book.opf", BOOK),
            ("OPS/nav.xhtml", "<html><body><nav>1 2</nav></body></html>"),
            (
                "OPS/text/one a.xhtml",
                "<html><head><title>x</title></head><body><h1 id='c1'>The Pier</h1><p>It is shut.</p></body></html>",
            ),
            (
                "OPS/text/two.xhtml",
                "<html><body><h2>The Boat</h2><p>It sank.</p><blockquote>Never.</blockquote></body></html>",
            ),
        ];
        members.extend(more);
        zipped(&members)
    }

    fn asked(chapter: Option<&str>) -> Hint {
        Hint {
            name: Some("piers.epub".into()),
            chapter: chapter.map(String::from),
            ..Hint::default()
        }
    }

    #[test]
    fn the_book_is_read_in_order_and_a_chapter_alone() {
        let draft = read(book(&[]), &asked(None)).unwrap();
        assert_eq!(
            (
                draft.title.as_str(),
                draft.byline.as_str(),
                draft.language.as_str()
            ),
            ("Piers & Boats", "Mara Oduya", "en")
        );
        assert_eq!(
            draft.text,
            "The Pier\n\nIt is shut.\n\nThe Boat\n\nIt sank.\n\nNever.\n"
        );
        let places: Vec<_> = draft.blocks.iter().map(|b| b.locator.to_string()).collect();
        assert_eq!(
            places,
            [
                "chapter 1, #c1",
                "chapter 1, p 1",
                "chapter 2, h 1",
                "chapter 2, p 1",
                "chapter 2, blockquote 1"
            ]
        );
        for chapter in ["2", "boat"] {
            let draft = read(book(&[]), &asked(Some(chapter))).unwrap();
            assert_eq!(
                (draft.title.as_str(), draft.text.as_str()),
                ("The Boat", "The Boat\n\nIt sank.\n\nNever.\n")
            );
            assert_eq!(
                ArticleText::new(draft.text.clone()).slice(draft.blocks[0].span),
                "The Boat"
            );
        }
        assert_eq!(
            titles(book(&[]), &asked(None)).unwrap(),
            ["The Pier", "The Boat"]
        );
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let said = |bytes, chapter| read(bytes, &asked(chapter)).err().unwrap().to_string();
        assert_eq!(
            said(book(&[]), Some("9")),
            "piers.epub has no chapter \"9\": choose one of 1 to 2 (The Pier, The Boat)"
        );
        let locked = "<encryption><EncryptedData><CipherReference URI='OPS/text/two.xhtml'/></EncryptedData></encryption>";
        assert!(
            said(book(&[("META-INF/encryption.xml", locked)]), None)
                .starts_with("piers.epub is encrypted")
        );
        let fonts = "<encryption><EncryptedData><CipherReference URI='OPS/font.otf'/></EncryptedData></encryption>";
        assert!(read(book(&[("META-INF/encryption.xml", fonts)]), &asked(None)).is_ok());
        assert!(
            said(zipped(&[("mimetype", "application/epub+zip")]), None)
                .contains("it has no META-INF/container.xml")
        );
        assert!(
            said(zipped(&[("META-INF/container.xml", "<container/>")]), None)
                .contains("names no book")
        );
    }
}
