//! EPUB: the chapters in reading order, all or some.

mod choose;
mod package;

use std::collections::HashMap;

use dom_query::Document as Page;

use super::InputHint;
use super::account::letters;
use super::build::DocumentBuilder;
use super::decode::{charset_of_page, decode};
use super::draft::DocumentDraft;
use super::error::ReadError;
use super::watch::ReadWatch;
use super::zipped::Zipped;
use super::{html, tags};
use crate::core::chapter::Chapter;
use crate::core::progress::ProgressUnit;
use crate::core::vocabulary::BlockKind;
use package::Package;

/// Elements nested deeper than this are no chapter; see the same limit of pages.
const DEEPEST: usize = 1500;

/// A chapter as it stands in the book.
struct Text {
    about: Chapter,
    source: String,
}

/// Reads a book, or the chapters that the hint asks for.
///
/// # Errors
/// [`ReadError::Damaged`], [`ReadError::Encrypted`], [`ReadError::Bomb`], [`ReadError::TooLarge`],
/// [`ReadError::NoChapter`], [`ReadError::ManyChapters`], [`ReadError::Cancelled`].
pub(super) fn read(
    bytes: Vec<u8>,
    hint: &InputHint,
    watch: &ReadWatch,
) -> Result<DocumentDraft, ReadError> {
    let (texts, package) = open(bytes, hint, watch)?;
    let chosen = match &hint.chapter {
        Some(asked) => {
            let about: Vec<&Chapter> = texts.iter().map(|t| &t.about).collect();
            choose::choose(asked, &about, &hint.said())?
        }
        None => (0..texts.len()).collect(),
    };
    let mut builder = DocumentBuilder::default();
    for (done, n) in (1..).zip(&chosen) {
        let Some(chapter) = texts.get(*n) else {
            continue;
        };
        watch.check(&hint.said())?;
        watch.at(ProgressUnit::Chapters, done, Some(chosen.len() as u64));
        let place = format!("chapter {}", n + 1);
        match tags::depth(&chapter.source, DEEPEST) {
            DEEPEST.. => {
                for part in tags::without_tags(&chapter.source).split("\n\n") {
                    builder.open(BlockKind::Paragraph, place.as_str());
                    builder.words(part);
                }
            }
            _ => {
                let page = Page::from(chapter.source.as_str());
                html::show_drawn(&page, || letters(&html::shown(&page.root())) as usize);
                let plan = html::Plan::without_menus(&page.root());
                html::walk(&mut builder, &page.root(), &plan, ("", false), Some(&place));
            }
        }
    }
    let mut draft = DocumentDraft::of(builder);
    draft.title = match chosen.as_slice() {
        [one] if texts.len() > 1 => texts[*one].about.title.clone(),
        _ => package.title,
    };
    draft.byline = package.creator;
    draft.published_at = package.date;
    draft.language = package.language;
    if texts.len() > 1 {
        draft.notes.push(match (chosen.as_slice(), texts.len()) {
            (all, n) if all.len() == n => format!("The whole book was read, {n} chapters."),
            ([one], n) => format!("Chapter {} of {n} was read.", one + 1),
            (some, n) => format!("{} of {n} chapters were read.", some.len()),
        });
    }
    Ok(draft)
}

/// A book's chapters in reading order, to choose from.
///
/// # Errors
/// As for reading the book.
pub(super) fn chapters(
    bytes: Vec<u8>,
    hint: &InputHint,
    watch: &ReadWatch,
) -> Result<Vec<Chapter>, ReadError> {
    let (texts, _) = open(bytes, hint, watch)?;
    Ok(texts.into_iter().map(|t| t.about).collect())
}

fn open(
    bytes: Vec<u8>,
    hint: &InputHint,
    watch: &ReadWatch,
) -> Result<(Vec<Text>, Package), ReadError> {
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
    let mut names: HashMap<String, String> = HashMap::new();
    for path in &package.contents {
        // A table of contents that is broken or missing only costs its titles.
        let source = zip.member(path)?.unwrap_or_default();
        for (member, name) in package::contents(&source, path) {
            names.entry(member).or_insert(name);
        }
    }
    let mut texts = Vec::new();
    for path in &package.spine {
        watch.check(&hint.said())?;
        // A chapter that is missing is told by the book's own order: numbers stay those of the spine's present files.
        let Some(bytes) = zip.member(path)? else {
            continue;
        };
        let (declared, _) = charset_of_page(&bytes, None);
        let source = tags::closed(&decode(bytes, declared.as_deref()).text).into_owned();
        let body = source.find("<body").and_then(|at| source.get(at..));
        let words = tags::without_tags(body.unwrap_or(&source));
        let length = words
            .split_whitespace()
            .map(|w| w.chars().count() + 1)
            .sum::<usize>();
        if length == 0 {
            continue;
        }
        let title = heading(&source, &["h1", "h2", "h3"])
            .or_else(|| names.remove(path))
            .or_else(|| heading(&source, &["title"]));
        texts.push(Text {
            about: Chapter {
                title: title.unwrap_or_default(),
                length: length - 1,
            },
            source,
        });
    }
    Ok((texts, package))
}

/// The words of a chapter's first element of these names, the first name that has any.
fn heading(source: &str, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let (_, behind) = source.split_once(&format!("<{name}"))?;
        let (_, inside) = behind.split_once('>')?;
        let (inside, _) = inside.split_once(&format!("</{name}"))?;
        let words = super::draft::one_line(&tags::without_tags(inside));
        (!words.is_empty()).then_some(words)
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
        members.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        members.extend(more);
        zipped(&members)
    }

    /// As books of a fixed layout are made: each page is one drawing.
    #[test]
    fn a_page_that_is_drawn_is_read() {
        let drawn = "<html><body><svg><title>p. 2</title><text><tspan y='1'>It sank</tspan><tspan y='9'>in May.</tspan></text></svg></body></html>";
        let bytes = book(&[("OPS/text/two.xhtml", drawn)]);
        let draft = read(bytes, &asked(None), &ReadWatch::default()).unwrap();
        assert_eq!(draft.text, "The Pier\n\nIt is shut.\n\nIt sank in May.\n");
    }

    fn asked(chapter: Option<&str>) -> InputHint {
        InputHint {
            name: Some("piers.epub".into()),
            chapter: chapter.map(String::from),
            ..InputHint::default()
        }
    }

    #[test]
    fn the_book_is_read_in_order_and_a_chapter_alone() {
        let draft = read(book(&[]), &asked(None), &ReadWatch::default()).unwrap();
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
            let draft = read(book(&[]), &asked(Some(chapter)), &ReadWatch::default()).unwrap();
            assert_eq!(
                (draft.title.as_str(), draft.text.as_str()),
                ("The Boat", "The Boat\n\nIt sank.\n\nNever.\n")
            );
            assert_eq!(
                ArticleText::new(draft.text.clone()).slice(draft.blocks[0].span),
                "The Boat"
            );
        }
        let both = read(book(&[]), &asked(Some("1-2")), &ReadWatch::default()).unwrap();
        assert!(both.text.starts_with("The Pier") && both.text.contains("The Boat"));
        assert_eq!(both.title, "Piers & Boats");
        let listed = chapters(book(&[]), &asked(None), &ReadWatch::default()).unwrap();
        let listed: Vec<_> = listed
            .iter()
            .map(|c| (c.title.as_str(), c.length))
            .collect();
        assert_eq!(listed, [("The Pier", 20), ("The Boat", 24)]);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let said = |bytes, chapter| {
            read(bytes, &asked(chapter), &ReadWatch::default())
                .err()
                .unwrap()
                .to_string()
        };
        assert_eq!(
            said(book(&[]), Some("9")),
            "piers.epub has no chapter \"9\": choose one of 1 (The Pier), 2 (The Boat)"
        );
        let locked = "<encryption><EncryptedData><CipherReference URI='OPS/text/two.xhtml'/></EncryptedData></encryption>";
        assert!(
            said(book(&[("META-INF/encryption.xml", locked)]), None)
                .starts_with("piers.epub is encrypted")
        );
        let fonts = "<encryption><EncryptedData><CipherReference URI='OPS/font.otf'/></EncryptedData></encryption>";
        assert!(
            read(
                book(&[("META-INF/encryption.xml", fonts)]),
                &asked(None),
                &ReadWatch::default()
            )
            .is_ok()
        );
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
