//! HTML pages: the article without the page around it, and what the page says of itself.
//!
//! `dom_smoothie` (Mozilla's readability) finds the part that holds the article. What it keeps is walked block by block,
//! so that captions, quotations, lists and table rows keep what they are; the layout rules then find what is still no
//! part of the article.

mod about;
mod walk;

use std::time::Duration;

use dom_query::Document as Page;
use dom_smoothie::{Config, ParsePolicy, Readability};

use super::InputHint;
use super::build::DocumentBuilder;
use super::decode::{declared_in_page, declared_in_type, decode};
use super::draft::{DocumentDraft, one_line};
use super::error::ReadError;
use super::guard::{self, Lost, Stop};
use super::tags;
use super::watch::ReadWatch;
use crate::core::progress::{ProgressUnit, size};
use crate::core::vocabulary::BlockKind;
pub(super) use walk::walk;

/// No page with an article in it is larger than this; parsing takes memory for each tag.
const LARGEST: usize = 32 * 1024 * 1024;
/// The longest that reading may take.
const LIMIT: Duration = Duration::from_secs(30);
/// Elements nested deeper than this are no page that a person wrote, and cost a parser quadratic time.
const DEEPEST: usize = 1500;
/// Main text shorter than this share of the page's own paragraphs was not found rightly.
const LEAST_SHARE: usize = 4;

/// Reads a page.
///
/// # Errors
/// [`ReadError::TooLarge`], [`ReadError::TooSlow`], [`ReadError::Damaged`], [`ReadError::Cancelled`].
pub(super) fn read(
    bytes: Vec<u8>,
    hint: &InputHint,
    watch: &ReadWatch,
) -> Result<DocumentDraft, ReadError> {
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge {
            name: hint.said(),
            format: "HTML".into(),
            size: size(bytes.len() as u64),
            limit: size(LARGEST as u64),
        });
    }
    let declared = hint
        .content_type
        .as_deref()
        .and_then(declared_in_type)
        .map(String::from);
    let declared = declared.or_else(|| declared_in_page(&bytes));
    let decoded = decode(bytes, declared.as_deref());
    let text = decoded.text;
    // The page is taken apart in one go: how far that is cannot be said.
    watch.at(ProgressUnit::Bytes, text.len() as u64, None);
    let done = guard::run(LIMIT, watch, move |stop| {
        match tags::depth(&text, DEEPEST) {
            DEEPEST.. => flat(&text),
            _ => page(&text, stop),
        }
    });
    let name = hint.said();
    match done {
        Ok(mut draft) => {
            draft.notes.extend(decoded.notes);
            Ok(draft)
        }
        Err(Lost::Stopped) => Err(ReadError::Cancelled { name }),
        Err(Lost::Time) => Err(ReadError::TooSlow { name, limit: LIMIT }),
        Err(Lost::Panic) => Err(ReadError::Damaged {
            name,
            format: "HTML".into(),
            reason: "its structure is broken".into(),
        }),
    }
}

/// The article of the page with this source; whatever was found until then where `stop` is set.
fn page(source: &str, stop: &Stop) -> DocumentDraft {
    let page = Page::from(source);
    if stop.is_set() {
        return DocumentDraft::default();
    }
    let about = about::read(&page);
    walk::strip(&page);
    let whole = walk::paragraph_bytes(&page.root());
    let mut builder = DocumentBuilder::default();
    builder.open(BlockKind::Headline, "title");
    builder.words(&about.title);
    let byline = [
        about.byline.as_str(),
        about.published_at.as_deref().unwrap_or_default(),
    ];
    let byline = byline
        .iter()
        .filter(|b| !b.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" · ");
    builder.open(BlockKind::Byline, "byline");
    builder.words(&byline);
    builder.close();
    let said = builder.len();
    let main = main_part(page);
    if stop.is_set() {
        return DocumentDraft::default();
    }
    match main {
        Some(main) if walk::paragraph_bytes(&main.root()) * LEAST_SHARE >= whole => {
            walk(&mut builder, &main.root(), &about.title, None);
        }
        _ => {
            // Not found, or hardly anything of it: the page's whole body, without what is plainly navigation.
            let page = Page::from(source);
            walk::strip(&page);
            walk(&mut builder, &page.root(), &about.title, None);
        }
    }
    let empty = builder.len() == said;
    let mut draft = DocumentDraft::of(builder);
    if empty {
        draft.blocks.clear();
    }
    sign(&mut draft, &about.byline);
    draft.title = about.title;
    draft.byline = about.byline;
    draft.published_at = about.published_at;
    draft.url = about.url;
    draft.language = one_line(&about.language);
    draft
}

/// The words of a page that is too deeply nested to be parsed.
fn flat(source: &str) -> DocumentDraft {
    let mut builder = DocumentBuilder::default();
    for part in tags::without_tags(source).split("\n\n") {
        builder.open(BlockKind::Paragraph, "");
        builder.words(part);
    }
    let mut draft = DocumentDraft::of(builder);
    draft.notes.push("The page nests its elements too deeply to tell its article from the rest; all its words were kept.".into());
    draft
}

/// Lines that only say who wrote the article are bylines, whatever the page made of them.
fn sign(draft: &mut DocumentDraft, byline: &str) {
    if byline.len() < 4 {
        return;
    }
    let mut at = 0;
    let mut chars = draft
        .text
        .char_indices()
        .map(|(n, _)| n)
        .chain([draft.text.len()]);
    for block in draft.blocks.iter_mut().take(8) {
        let mut byte = |scalar: u32| {
            let found = chars
                .nth((scalar - at) as usize)
                .unwrap_or(draft.text.len());
            at = scalar + 1;
            found
        };
        let start = byte(block.span.start);
        let end = match block.span.len() {
            0 => start,
            _ => byte(block.span.end),
        };
        let words = &draft.text[start..end];
        let short = words.len() <= byline.len() + 60 && !words.ends_with(['.', '!', '?', '”', '"']);
        if short && words.contains(byline) && &*block.locator != "title" {
            block.kind = BlockKind::Byline;
        }
    }
}

/// The part of the page that holds the article.
fn main_part(page: Page) -> Option<Page> {
    let config = Config {
        disable_json_ld: true,
        keep_classes: true,
        // A short report is an article, too.
        char_threshold: 200,
        ..Config::default()
    };
    let mut readability = Readability::with_document(page, None, Some(config)).ok()?;
    let article = readability.parse_with_policy(ParsePolicy::Strict).ok()?;
    Some(Page::fragment(article.content))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    fn blocks(source: &str) -> (DocumentDraft, Vec<(String, BlockKind)>) {
        let draft = read(
            source.as_bytes().to_vec(),
            &InputHint::default(),
            &ReadWatch::default(),
        )
        .unwrap();
        let text = crate::core::text::ArticleText::new(draft.text.clone());
        let blocks = draft
            .blocks
            .iter()
            .map(|b| (text.slice(b.span).to_string(), b.kind))
            .collect();
        (draft, blocks)
    }

    const LONG: &str = "The council of Kell approved 80 million for the bridge in March 2021, its minutes show, and later asked for more than it had been given.";

    #[test]
    fn a_page_is_read_without_its_frame() {
        use BlockKind::*;
        let source = format!(
            "<html lang=en><head><title>Bridge opens | Kell Post</title><meta name=author content='Jon Pell'></head><body>\
             <nav><a href=/>Home</a></nav><article><header><h1>Bridge opens</h1><p>It was late.</p><p>By Jon Pell · 3 May 2026</p></header>\
             <p>{LONG}</p><p>{LONG}</p><blockquote class='social-embed'><p>Never again.</p></blockquote><p>{LONG}</p>\
             <p><a href=x>READ MORE: Fares to rise</a></p></article><footer>© Kell Post</footer></body></html>"
        );
        let (draft, got) = blocks(&source);
        assert_eq!(
            (
                draft.title.as_str(),
                draft.byline.as_str(),
                draft.language.as_str()
            ),
            ("Bridge opens", "Jon Pell", "en")
        );
        let kinds: Vec<_> = got.iter().map(|(_, k)| *k).collect();
        assert_eq!(
            kinds,
            [
                Headline,
                Byline,
                Paragraph,
                Byline,
                Paragraph,
                Paragraph,
                QuoteBlock,
                Paragraph,
                Boilerplate
            ],
            "{got:?}"
        );
    }

    #[test]
    fn a_page_without_an_article_gives_its_body() {
        let (_, got) =
            blocks("<html><body><div>Closed.</div><div>Come back tomorrow.</div></body></html>");
        assert_eq!(got.len(), 2);
    }

    #[test]
    fn a_page_without_words_is_empty_even_with_a_title() {
        let (draft, got) = blocks(
            "<html><head><title>Kell Post</title></head><body><script>go()</script></body></html>",
        );
        assert!(got.is_empty() && draft.title == "Kell Post");
    }

    #[test]
    fn a_bottomless_page_is_read_flat_and_said_to_be() {
        let source = format!(
            "<html>{}<p>The pier is shut.<p>So is the bridge.",
            "<div>".repeat(100_000)
        );
        let (draft, got) = blocks(&source);
        assert_eq!(got.len(), 2);
        assert!(draft.notes[0].contains("too deeply"));
    }

    #[test]
    fn a_huge_page_is_refused() {
        let bytes = b"<html>"
            .iter()
            .copied()
            .chain(std::iter::repeat_n(b' ', LARGEST))
            .collect();
        let e = read(bytes, &InputHint::default(), &ReadWatch::default()).unwrap_err();
        assert!(
            e.to_string()
                .contains("too large to be read as HTML (33 MB, at most 33 MB)"),
            "{e}"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_page_makes_it_panic(s in "(<p>|</p>|<div class=article>|</div>|<table>|<tr>|<td>|<li>|<br>|<h1>|<a href=x>|</a>|<figure>|<figcaption>|<blockquote>|<pre>|<!--|-->|<script>|&amp;|[a-z]{1,9}|\\.|\n| |é|<|>){0,60}") {
            let draft = page(&s, &Stop::default());
            let text = crate::core::text::ArticleText::new(draft.text.clone());
            let mut last = 0;
            for b in &draft.blocks {
                prop_assert!(b.span.start >= last && b.span.end <= text.len() && !b.span.is_empty());
                last = b.span.end;
            }
        }
    }
}
