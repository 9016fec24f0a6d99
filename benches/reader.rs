//! The reader, stage by stage, in MB a second of made-up English news, and how its time grows with the text.
//!
//! `cargo bench --bench reader`. Each figure is the best of three runs in alternation.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::hint::black_box;
use std::time::Instant;

use claimdesk::core::text::ArticleText;
use claimdesk::reader::input::{self, InputHint};
use claimdesk::reader::{blocks, propose, sentences, worth};

fn main() {
    let (ten, twenty) = (article(10_000_000), article(20_000_000));
    let text = ArticleText::new(ten.clone());
    let layout = blocks::plain(&ten);
    let parts = sentences::split(&ten, "en");
    let mb = ten.len() as f64 / 1e6;
    let stages: [(&str, &dyn Fn()); 6] = [
        ("read, hash, lay out", &|| {
            black_box(input::read(ten.clone().into_bytes(), &InputHint::default()).unwrap());
        }),
        ("layout", &|| {
            black_box(blocks::plain(&ten));
        }),
        ("sentences", &|| {
            black_box(sentences::split(&ten, "en"));
        }),
        ("check-worthiness", &|| {
            for part in &parts {
                black_box(worth::judge(&ten[part.clone()], "en"));
            }
        }),
        ("first pass", &|| {
            black_box(propose(
                &text,
                &layout,
                "en",
                0..layout.len(),
                false,
                &|| false,
            ));
        }),
        ("both passes", &|| {
            black_box(propose(
                &text,
                &layout,
                "en",
                0..layout.len(),
                true,
                &|| false,
            ));
        }),
    ];
    let mut best = [f64::MAX; 6];
    for _ in 0..3 {
        for (n, (_, stage)) in stages.iter().enumerate() {
            best[n] = best[n].min(seconds(stage));
        }
    }
    for ((name, _), time) in stages.iter().zip(best) {
        println!("{name:<22} {:>8.1} MB/s", mb / time);
    }
    let long = ArticleText::new(twenty.clone());
    let long_layout = blocks::plain(&twenty);
    let twice = (0..3)
        .map(|_| {
            seconds(&|| {
                black_box(propose(
                    &long,
                    &long_layout,
                    "en",
                    0..long_layout.len(),
                    true,
                    &|| false,
                ));
            })
        })
        .fold(f64::MAX, f64::min);
    println!("{:<22} {:>8.2}", "20 MB ÷ 10 MB", twice / best[5]);
}

fn seconds(work: &dyn Fn()) -> f64 {
    let from = Instant::now();
    work();
    from.elapsed().as_secs_f64()
}

/// Made-up news with reported speech in several shapes.
fn article(bytes: usize) -> String {
    let who = [
        "The mayor",
        "Officials in the region",
        "A spokeswoman for the port, Ada Finch,",
        "The union",
        "Researchers at the university",
    ];
    let verb = ["said", "denied", "announced", "warned", "told reporters"];
    let what = [
        "that 41,200 people had applied for the grant",
        "that spending had fallen to 12 million since 2019",
        "that no decision had been taken",
        "that it was the largest dock in the country",
    ];
    let tail = [
        "in a statement on Monday",
        "according to documents seen by this newspaper",
        "“and we stand by every word of it,” she added",
        "the first such rise in 12 years",
    ];
    let mut text = String::with_capacity(bytes + 1000);
    text.push_str("Harbour budget doubles\n\n");
    let mut n = 7_usize;
    while text.len() < bytes {
        for _ in 0..5 {
            n = n
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let pick = |shift: usize, of: usize| (n >> shift) % of;
            text.push_str(&format!(
                "{} {} {}, {}. ",
                who[pick(33, 5)],
                verb[pick(39, 5)],
                what[pick(45, 4)],
                tail[pick(51, 4)]
            ));
        }
        text.push_str("\n\n");
    }
    text
}
