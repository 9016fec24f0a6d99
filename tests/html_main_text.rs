//! The main text of news-like pages, with and without navigation, comments, paywalls, live blogs: a floor that may only
//! rise. `tests/witness/trafilatura.py` scores trafilatura on the same pages.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic)]

use std::collections::HashMap;
use std::path::Path;

use claimdesk::core::vocabulary::BlockKind;
use claimdesk::reader::Document;
use claimdesk::reader::input::{InputHint, read};

fn words(text: &str) -> HashMap<String, i64> {
    let mut words = HashMap::new();
    for word in text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
    {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

fn f1(got: &str, want: &str) -> f64 {
    let (got, want) = (words(got), words(want));
    let both: i64 = got
        .iter()
        .map(|(w, n)| n.min(want.get(w).unwrap_or(&0)))
        .sum();
    let (all, wanted): (i64, i64) = (got.values().sum(), want.values().sum());
    2.0 * both as f64 / (all + wanted) as f64
}

/// The article's own words: no headline of the page, byline or boilerplate.
fn main_text(d: &Document) -> String {
    d.blocks
        .iter()
        .filter(|b| {
            !matches!(b.kind, BlockKind::Boilerplate | BlockKind::Byline) && &*b.locator != "title"
        })
        .map(|b| d.text.slice(b.span))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The pages of a folder of `tests`, each with its score.
fn scores(folder: &str, text: fn(&Document) -> String) -> Vec<(String, f64)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut pages: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "html"))
        .collect();
    pages.sort();
    let score = |page: &Path| {
        let want = std::fs::read_to_string(page.with_extension("txt")).unwrap();
        let hint = InputHint {
            name: Some(page.display().to_string()),
            ..InputHint::default()
        };
        let d = read(std::fs::read(page).unwrap(), &hint).unwrap();
        f1(&text(&d), &want)
    };
    let name = |page: &Path| page.file_stem().unwrap().to_string_lossy().into_owned();
    pages.iter().map(|p| (name(p), score(p))).collect()
}

#[test]
fn main_text_of_ten_pages() {
    let scores = scores("tests/pages", main_text);
    for (page, score) in &scores {
        println!("{page:10} {score:.4}");
    }
    let mean = scores.iter().map(|s| s.1).sum::<f64>() / scores.len() as f64;
    println!("mean       {mean:.4}");
    assert_eq!(scores.len(), 10);
    assert!(
        mean >= 0.985 && scores.iter().all(|s| s.1 >= 0.95),
        "{mean} {scores:?}"
    );
}

/// All words that are kept of the article but its title.
fn words_kept(d: &Document) -> String {
    d.blocks
        .iter()
        .filter(|b| b.kind != BlockKind::Boilerplate && &*b.locator != "title")
        .map(|b| d.text.slice(b.span))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Each page shows one way in which pages hide their article from a reader: a wrapper with a telling name, a form, an id
/// made of a heading's words, paragraphs that are links. The article is read word for word.
#[test]
fn every_kind_of_page_gives_its_article_word_for_word() {
    let scores = scores("tests/pages/kinds", words_kept);
    assert!(scores.len() >= 31);
    let short: Vec<_> = scores.iter().filter(|s| s.1 < 1.0).collect();
    assert!(short.is_empty(), "{short:?}");
}
