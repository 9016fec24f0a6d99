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

#[test]
fn main_text_of_ten_pages() {
    let mut scores = Vec::new();
    let mut pages: Vec<_> =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages"))
            .unwrap()
            .map(|e| e.unwrap().path())
            .filter(|p| p.extension().is_some_and(|e| e == "html"))
            .collect();
    pages.sort();
    for page in &pages {
        let want = std::fs::read_to_string(page.with_extension("txt")).unwrap();
        let hint = InputHint {
            name: Some(page.display().to_string()),
            ..InputHint::default()
        };
        let d = read(std::fs::read(page).unwrap(), &hint).unwrap();
        let score = f1(&main_text(&d), &want);
        println!(
            "{:10} {score:.4}",
            page.file_stem().unwrap().to_string_lossy()
        );
        scores.push(score);
    }
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    println!("mean       {mean:.4}");
    assert_eq!(scores.len(), 10);
    assert!(
        mean >= 0.985 && scores.iter().all(|s| *s >= 0.95),
        "{mean} {scores:?}"
    );
}
