//! EPUB: the chapters in reading order, all or some.

mod choose;
mod package;

use std::collections::HashMap;

use dom_query::Document as Page;

use super::InputHint;
use super::account::{Omission, OmissionPlace, letters};
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
use package::{Package, SpineItem};

/// Elements nested deeper than this are no chapter; see the same limit of pages.
const DEEPEST: usize = 1500;

/// A chapter as it stands in the book.
struct Text {
    about: Chapter,
    source: String,
}

/// A book, taken apart.
struct Book {
    package: Package,
    texts: Vec<Text>,
    /// The words of what has a place among the chapters and is none of them, and why.
    asides: Vec<(Omission, String)>,
    /// How many chapters it names and does not hold.
    missing: usize,
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
    let Book {
        package,
        texts,
        asides,
        missing,
    } = open(bytes, hint, watch)?;
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
                let plan = html::Plan::of_book(&page.root(), hint.whole);
                html::walk(&mut builder, &page.root(), &plan, ("", false), Some(&place));
            }
        }
    }
    if hint.chapter.is_none() {
        for (why, words) in &asides {
            builder.leave_out(*why, OmissionPlace::Around, true, words);
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
    if missing > 0 {
        draft.notes.push(format!(
            "Chapters that the book names are missing in its file: {missing}."
        ));
    }
    if package.pictures > 0 {
        draft.notes.push(format!(
            "Pages of the book that are pictures were not read: {}.",
            package.pictures
        ));
    }
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
    let book = open(bytes, hint, watch)?;
    Ok(book.texts.into_iter().map(|t| t.about).collect())
}

fn open(bytes: Vec<u8>, hint: &InputHint, watch: &ReadWatch) -> Result<Book, ReadError> {
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
            .any(|item| package::locks(&encryption, &item.path))
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
    let (mut texts, mut asides, mut missing) = (Vec::new(), Vec::new(), 0);
    for SpineItem { path, aside } in &package.spine {
        watch.check(&hint.said())?;
        // Numbers stay those of the spine's present files.
        let Some(bytes) = zip.member(path)? else {
            missing += usize::from(aside.is_none());
            continue;
        };
        let (declared, _) = charset_of_page(&bytes, None);
        let source = tags::closed(&decode(bytes, declared.as_deref()).text).into_owned();
        let body = source.find("<body").and_then(|at| source.get(at..));
        let words = tags::without_tags(body.unwrap_or(&source));
        if let Some(why) = aside.filter(|_| !hint.whole) {
            asides.push((why, words));
            continue;
        }
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
    Ok(Book {
        package,
        texts,
        asides,
        missing,
    })
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

    /// What a device would play or draw has words in its place for those that cannot.
    #[test]
    fn what_stands_in_for_a_quiz_is_read() {
        let quiz = "<html><body><p>It sank.</p><object data='q.xml'><h2>Quiz</h2><ol><li>When?</li></ol></object>\
            <video src='x'><track/><p>The pier, filmed.</p></video></body></html>";
        let bytes = book(&[("OPS/text/two.xhtml", quiz)]);
        let draft = read(bytes, &asked(Some("2")), &ReadWatch::default()).unwrap();
        let want = "It sank.\n\nQuiz\n\nWhen?\n\nThe pier, filmed.\n";
        assert_eq!(draft.text, want);
    }

    #[test]
    fn pages_that_are_no_chapters_are_told() {
        let package = "<package><manifest><item id='n' href='nav.xhtml' properties='nav'/><item id='a' href='text/two.xhtml'/>\
            <item id='p' href='p.png' media-type='image/png'/><item id='q' href='q.png' media-type='image/png' fallback='r'/>\
            <item id='r' href='r.xhtml'/><item id='g' href='gone.xhtml'/><item id='k' href='key.xhtml'/></manifest><spine>\
            <itemref idref='n'/><itemref idref='p'/><itemref idref='q'/><itemref idref='a'/><itemref idref='g'/>\
            <itemref idref='k' linear='no'/></spine></package>";
        let members = [
            ("OPS/book.opf", package),
            ("OPS/p.png", "\u{89}PNG <d9\"\u{d9}"),
            ("OPS/r.xhtml", "<html><body><p>A map.</p></body></html>"),
            ("OPS/key.xhtml", "<html><body><p>Key: one</p></body></html>"),
        ];
        let draft = read(book(&members), &asked(None), &ReadWatch::default()).unwrap();
        assert_eq!(draft.text, "A map.\n\nThe Boat\n\nIt sank.\n\nNever.\n");
        let counted = [Omission::Navigation, Omission::Surroundings];
        assert_eq!(counted.map(|why| draft.account.left_out_as(why)), [2, 6]);
        let told = draft.notes.join(" ");
        assert!(told.contains("are missing in its file: 1."), "{told}");
        assert!(told.contains("pictures were not read: 1."), "{told}");
        let whole = InputHint {
            whole: true,
            ..asked(None)
        };
        let draft = read(book(&members), &whole, &ReadWatch::default()).unwrap();
        assert!(
            draft.text.ends_with("Never.\n\nKey: one\n"),
            "{}",
            draft.text
        );
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
