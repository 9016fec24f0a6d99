//! HTML pages: the article without the page around it, and what the page says of itself.
//!
//! The page is measured, the part that holds the article is found in a copy of it (`choose`), and the page itself is walked
//! block by block (`walk`), so that captions, quotations, lists and table rows keep their place and what they are. Every
//! letter of the page is kept or left out for a reason. The layout rules then find what is still no part of the article.

mod about;
mod choose;
mod data;
mod drawn;
mod elements;
mod formula;
mod inline;
mod measure;
mod names;
mod plan;
mod walk;

use std::time::Duration;

use dom_query::Document as Page;

use super::InputHint;
use super::account::letters;
use super::build::DocumentBuilder;
use super::decode::{charset_of_page, decode};
use super::draft::{DocumentDraft, one_line};
use super::error::ReadError;
use super::guard::{self, Lost, Stop};
use super::tags;
use super::watch::ReadWatch;
use crate::core::progress::{ProgressUnit, size};
use crate::core::vocabulary::BlockKind;
pub(super) use drawn::show_drawn;
pub(super) use elements::shown;
use measure::Sizes;
pub(super) use plan::Plan;
pub(super) use walk::walk;

/// No page with an article in it is larger than this; parsing takes memory for each tag.
const LARGEST: usize = 32 * 1024 * 1024;
/// The longest that reading may take.
const LIMIT: Duration = Duration::from_secs(30);
/// Bytes in elements that are not shown which may be an article.
const CONCEALED: usize = 400;
/// A page that holds so many times what it shows does not show its article.
const MORE: usize = 3;
/// Elements nested deeper than this are no page that a person wrote, and cost a parser quadratic time.
const DEEPEST: usize = 1500;

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
    let (charset, note) = charset_of_page(&bytes, hint.content_type.as_deref());
    let mut decoded = decode(bytes, charset.as_deref());
    decoded.notes.extend(note);
    let text = match is_xml(&decoded.text, hint) {
        true => tags::closed(&decoded.text).into_owned(),
        false => decoded.text,
    };
    // The page is taken apart in one go: how far that is cannot be said.
    watch.at(ProgressUnit::Bytes, text.len() as u64, None);
    let given = hint.clone();
    let done = guard::run(LIMIT, watch, move |stop| {
        match tags::depth(&text, DEEPEST) {
            DEEPEST.. => flat(&text),
            _ => page(&text, &given, stop),
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

/// Whether a page is XML, in which an element may close itself.
fn is_xml(source: &str, hint: &InputHint) -> bool {
    hint.media_type() == "application/xhtml+xml"
        || hint.extension() == "xhtml"
        || source.trim_start().starts_with("<?xml")
}

/// The page with this source, measured; what it shows only to those who run no scripts, or with the help of a script, is
/// its own where that is nearly all of it.
fn parsed(source: &str) -> (Page, Sizes) {
    let mut page = Page::from(source);
    let mut sizes = Sizes::of(&page.root());
    if let Some(opened) = tags::opened(source, &["template"], CONCEALED) {
        let without = Page::from(opened);
        let more = Sizes::of(&without.root());
        if more.prose() > 3 * sizes.prose() {
            (page, sizes) = (without, more);
        }
    }
    if elements::show_without_scripts(&page, 3 * sizes.prose() + CONCEALED)
        || show_drawn(&page, || 3 * sizes.prose() + CONCEALED)
    {
        sizes = Sizes::of(&page.root());
    }
    (page, sizes)
}

/// The article of the page with this source; whatever was found until then where `stop` is set.
fn page(source: &str, hint: &InputHint, stop: &Stop) -> DocumentDraft {
    let (page, sizes) = parsed(source);
    if stop.is_set() {
        return DocumentDraft::default();
    }
    let mut about = about::read(&page, &sizes, hint.name.as_deref());
    let mut plan = match hint.whole {
        true => Plan::whole(),
        false => choose::choose(&page, &sizes, about.heading, stop),
    };
    if stop.is_set() {
        return DocumentDraft::default();
    }
    let titles = match about.is_article || hint.whole {
        true => None,
        false => plan.take_index(&page, &sizes),
    };
    let shows = plan.prose(&sizes);
    let held = held(&page, about.body.as_deref(), shows);
    if held.is_some() {
        plan.keep_nothing();
    }
    let mut builder = DocumentBuilder::default();
    let titled = plan.place_title(&page, &sizes, about.heading);
    plan.place_byline(&page, &sizes, &about.byline);
    if !titled {
        builder.open(BlockKind::Headline, "title");
        builder.put(&about.title);
        builder.close();
    }
    let said = builder.len();
    walk(
        &mut builder,
        &page.root(),
        &plan,
        (&about.title, !titled),
        None,
    );
    let mut from_data = None;
    if held.is_some() || builder.len() == said {
        let before = builder.len();
        let body = held.or(about.body.take());
        for part in body.unwrap_or_else(|| data::long_texts(&page)).split('\n') {
            builder.open(BlockKind::Paragraph, "data");
            builder.words(part);
        }
        builder.close();
        let note = match shows {
            0 => "The page shows no text of its own; its words were taken from its data.",
            _ => "The page shows only a part of its text; its words were taken from its data.",
        };
        from_data = (builder.len() > before).then(|| note.to_string());
    }
    let empty = builder.len() == said;
    let mut draft = DocumentDraft::of(builder);
    draft.notes.extend(from_data);
    draft.notes.extend(
        titles.map(|n| {
            format!("The page is no article but an index of others: it lists {n} titles.")
        }),
    );
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

/// The article's words as the page's data hold them, where they are much more than the running text that it shows: a page
/// that shows a beginning only, or that a program draws from its data. `body` is what the data call the article's.
fn held(page: &Page, body: Option<&str>, shows: usize) -> Option<String> {
    let is_more = |words: &String| letters(words) as usize > (MORE * shows).max(CONCEALED);
    let body = body.map(String::from).filter(is_more);
    body.or_else(|| {
        let texts = (shows < CONCEALED).then(|| data::long_texts(page));
        texts.filter(is_more)
    })
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
        let note = draft.account.note().map(|n| (n.sentence, n.is_warning));
        let told = "About 3 % of the letters were left out: the page around the article 2 %, navigation under 1 %.";
        assert_eq!(note, Some((told.to_string(), false)));
    }

    #[test]
    fn an_index_says_that_it_is_one_and_lists_its_titles() {
        let cards: String = (1..=9)
            .map(|n| format!("<div class=card><h3><a href='/{n}'>Ferry number {n} is late again</a></h3><p>Passengers waited at the pier of Kell for hours, the harbour office said on Monday.</p></div>"))
            .collect();
        let source =
            format!("<html><head><title>Kell Post</title></head><body>{cards}</body></html>");
        let (draft, got) = blocks(&source);
        let note = "The page is no article but an index of others: it lists 9 titles.";
        assert!(draft.notes.iter().any(|n| n == note), "{:?}", draft.notes);
        let titles = got
            .iter()
            .filter(|(words, _)| words.starts_with("Ferry number"));
        assert_eq!(titles.count(), 9);
    }

    #[test]
    fn no_machine_text_stands_among_the_articles_words() {
        let source = format!(
            "<html><head><title>Bridge opens | Kell Post</title><meta property='article:published_time' content='2026-05-04T05:36:09+01:00'></head>\
             <body><article><h1>Bridge opens</h1><p>{LONG}</p><p>{LONG}</p></article></body></html>"
        );
        let (draft, got) = blocks(&source);
        assert_eq!(draft.byline, "");
        let at = draft.published_at.as_deref();
        assert_eq!(at, Some("2026-05-04T05:36:09+01:00"));
        assert_eq!(got.len(), 3, "{got:?}");
        assert!(!draft.text.contains("2026"));
    }

    #[test]
    fn what_stood_between_kept_paragraphs_and_is_not_kept_is_a_warning() {
        let source = format!(
            "<html><body><article><h1>Bridge opens</h1><p>{LONG}</p><p>{LONG}</p><div><aside><div><p class=x>{LONG}</p></div></aside></div>\
             <p>{LONG}</p><p>{LONG}</p></article></body></html>"
        );
        let (draft, got) = blocks(&source);
        assert_eq!(got.len(), 5, "{got:?}");
        assert!(draft.account.note().is_some_and(|n| n.is_warning));
    }

    #[test]
    fn a_page_without_an_article_gives_its_body() {
        let (_, got) =
            blocks("<html><body><div>Closed.</div><div>Come back tomorrow.</div></body></html>");
        assert_eq!(got.len(), 2);
    }

    #[test]
    fn a_page_that_shows_a_beginning_only_is_read_from_its_data() {
        let body = format!("{LONG} ").repeat(9);
        let data = format!(
            "{{\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\",\"articleBody\":\"{body}\"}}"
        );
        let teaser = format!("<h1>Bridge opens</h1><p class=byline>By Jon Pell</p><p>{LONG}</p>");
        let props = serde_json::json!({ "text": format!("<p>{body}</p>") }).to_string();
        for source in [
            format!("<body>{teaser}<script type='application/ld+json'>{data}</script>"),
            format!("<body><p>Your browser is old.</p><div data-props='{props}'></div>"),
        ] {
            let (draft, got) = blocks(&source);
            let kept = got.iter().filter(|(words, _)| words.contains(LONG));
            assert_eq!(kept.count(), 1, "{got:?}");
            let mut notes = draft.notes.iter();
            let told = notes.any(|n| n.contains("taken from its data"));
            assert!(told, "{:?}", draft.notes);
        }
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

    /// Letters of a page that a reader could be shown.
    fn letters_of(source: &str) -> u64 {
        let page = Page::from(source);
        let mut all = 0;
        let mut stack = vec![page.root()];
        while let Some(node) = stack.pop() {
            if node.is_text() {
                all += letters(&node.text());
            }
            let name = node.node_name().unwrap_or_default();
            if !matches!(&*name, "script" | "style" | "head" | "template") {
                stack.extend(node.children_it(false));
            }
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_letter_is_kept_or_left_out_for_a_reason(
            s in "(<p>|</p>|<div class=comments>|<div class=widget>|<div hidden>|</div>|<nav>|</nav>|<table>|<tr>|<td>|<li>|<br>|<h1>|</h1>|<a href=x>|</a>\
                |<figure>|<figcaption>|<blockquote>|<footer>|<pre>|</pre>|<s>|</s>|<sup>|</sup>|<ruby>|<rt>|</ruby>|<button>|</button>|<form>|<script>|</script>\
                |The council said on Monday that the pier is shut for the winter and the boat with it\\.|[a-z]{1,9}|3|\\.|\n| |é|東){0,60}"
        ) {
            let draft = page(&s, &InputHint::default(), &Stop::default());
            prop_assert_eq!(draft.account.kept() + draft.account.left_out(), letters_of(&s));
            let whole = InputHint { whole: true, ..InputHint::default() };
            let whole = page(&s, &whole, &Stop::default());
            prop_assert!(whole.account.kept() >= draft.account.kept());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_page_makes_it_panic(s in "(<p>|</p>|<div class=article>|</div>|<table>|<tr>|<td>|<li>|<br>|<h1>|<a href=x>|</a>|<figure>|<figcaption>|<blockquote>|<pre>|<!--|-->|<script>|&amp;|[a-z]{1,9}|\\.|\n| |é|<|>){0,60}") {
            let draft = page(&s, &InputHint::default(), &Stop::default());
            let text = crate::core::text::ArticleText::new(draft.text.clone());
            let mut last = 0;
            for b in &draft.blocks {
                prop_assert!(b.span.start >= last && b.span.end <= text.len() && !b.span.is_empty());
                last = b.span.end;
            }
        }
    }
}
