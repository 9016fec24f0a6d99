//! The workbench without a terminal: first frame, key to frame, opening, searching and a change, at 10 KB, 1 MB and
//! 10 MB and with 10,000 claims; each beside the plain operation under it.
//!
//! `cargo bench --bench workbench`. Figures are medians of runs in alternation; read the ratios, not the milliseconds.
//! `cargo bench --bench workbench -- frame` measures only the rows whose names hold one of the words.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use claimdesk::app::config::Config;
use claimdesk::app::dispatch::update::update;
use claimdesk::app::input::key::{Key, script};
use claimdesk::app::msg::{Msg, OpenedSession};
use claimdesk::app::screen::areas::Size;
use claimdesk::app::state::State;
use claimdesk::core::check::Check;
use claimdesk::core::damage::Damage;
use claimdesk::core::history::History;
use claimdesk::core::model::*;
use claimdesk::core::ops;
use claimdesk::core::proposal::Proposals;
use claimdesk::core::tx::Tx;
use claimdesk::reader::Document;
use claimdesk::reader::input::{self, InputHint};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

const AREA: Rect = Rect {
    x: 0,
    y: 0,
    width: 120,
    height: 40,
};

fn main() {
    println!(
        "{:<34} {:>10} {:>10} {:>10} {:>12}",
        "median, ms", "10 KB", "1 MB", "10 MB", "10k claims"
    );
    let texts: Vec<Vec<u8>> = [10_000, 1_000_000, 10_000_000].map(article).into();
    row(
        "lines and scalars alone",
        texts.iter().map(|t| {
            let text = String::from_utf8(t.clone()).unwrap();
            median(5, || {
                black_box(claimdesk::core::text::ArticleText::new(text.clone()));
            })
        }),
    );
    row(
        "first screen of the first 256 KiB",
        texts.iter().map(|t| {
            let head = &t[..t.len().min(input::FIRST_SCREEN)];
            median(9, || {
                black_box(input::first_screen(head, &InputHint::default()));
            })
        }),
    );
    row(
        "read, hash, lay out",
        texts.iter().map(|t| {
            median(5, || {
                black_box(input::read(t.clone(), &InputHint::default()).unwrap());
            })
        }),
    );
    let documents: Vec<Document> = texts
        .iter()
        .map(|t| input::read(t.clone(), &InputHint::default()).unwrap())
        .collect();
    row(
        "propose for all of it",
        documents.iter().map(|d| {
            median(3, || {
                black_box(propose(d));
            })
        }),
    );
    let mut states: Vec<State> = documents.iter().map(|d| state(d, 0)).collect();
    states.push(state(&documents[1], 10_000));
    row(
        "first frame",
        states.iter().map(|s| {
            median(9, || {
                let mut buffer = Buffer::empty(AREA);
                claimdesk::view::draw(s, AREA, &mut buffer);
                black_box(buffer);
            })
        }),
    );
    for (name, keys) in [
        ("j, to the frame", "j k"),
        ("PgDn, to the frame", "PgDn PgUp"),
        ("End and Home", "G g"),
        ("next open row", "] ["),
    ] {
        let keys = script(keys).unwrap();
        row(name, states.iter_mut().map(|s| key_to_frame(s, &keys)));
    }
    row(
        "search for the last word",
        states.iter_mut().map(|s| {
            let keys = script("/ zebrafish Enter Esc g").unwrap();
            let mut times: Vec<f64> = (0..5).map(|_| elapsed(|| press(s, &keys))).collect();
            middle(&mut times)
        }),
    );
    row(
        "take up and undo",
        states.iter_mut().map(|s| {
            let keys = script("] Space u").unwrap();
            let mut times: Vec<f64> = (0..5).map(|_| elapsed(|| press(s, &keys))).collect();
            middle(&mut times) / 2.0
        }),
    );
}

/// Measures and prints a row, if it is wanted.
fn row(name: &str, figures: impl Iterator<Item = f64>) {
    let words = std::env::args().skip(1).filter(|a| !a.starts_with('-'));
    let wanted: Vec<String> = words.collect();
    if !wanted.is_empty() && !wanted.iter().any(|word| name.contains(&**word)) {
        return;
    }
    let figures: Vec<String> = figures.map(|f| format!("{f:>10.3}")).collect();
    println!("{name:<34} {}", figures.join(" "));
}

fn elapsed(work: impl FnOnce()) -> f64 {
    let from = Instant::now();
    work();
    from.elapsed().as_secs_f64() * 1000.0
}

fn middle(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn median(runs: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..runs).map(|_| elapsed(&mut work)).collect();
    middle(&mut times)
}

/// Made-up news of about so many bytes, with one rare word near its end.
fn article(bytes: usize) -> Vec<u8> {
    let who = [
        "The mayor",
        "Officials in the region",
        "A spokeswoman for the port",
        "The union",
        "Ivo Lam",
    ];
    let verb = ["said", "denied", "announced", "warned", "told reporters"];
    let what = [
        "that 41,200 people had applied",
        "that spending had fallen since 2019",
        "that no decision was taken",
        "that it was the largest dock in the country",
    ];
    let mut text = String::from("Harbour budget doubles\n\n");
    let mut n = 0_usize;
    while text.len() + 40 < bytes {
        for _ in 0..5 {
            n = n.wrapping_mul(6_364_136_223).wrapping_add(1_442_695_040);
            text.push_str(&format!(
                "{} {} {}. ",
                who[(n >> 5) % 5],
                verb[(n >> 9) % 5],
                what[(n >> 13) % 4]
            ));
        }
        text.push_str("\n\n");
    }
    text.push_str("The zebrafish study came last.\n");
    text.into_bytes()
}

fn propose(d: &Document) -> Proposals {
    claimdesk::reader::propose(&d.text, &d.blocks, "en", 0..d.blocks.len(), true, &|| false)
}

/// The workbench on a document, with so many statements taken up.
fn state(d: &Document, claims: u32) -> State {
    let at: Time = "2026-11-24T09:00:00Z".parse().unwrap();
    let mut n = 0_u128;
    let mut ids = move || {
        n += 1;
        Uuid::from_u128(n)
    };
    let mut session = Session::new(Uuid::from_u128(1 << 100).into(), "bench", at);
    let version = Version {
        id: d.version(),
        original_sha256: d.original_sha256.clone(),
        origin: "-".into(),
        left_out: d.left_out(),
        added_at: at,
        reader: claimdesk::reader::READER.into(),
    };
    session.begin_with(session.article.clone(), version);
    let proposals = propose(d);
    let stamp = Stamp {
        at,
        by: claimdesk::core::ids::CheckerId::of("Ana"),
    };
    let mut tx = Tx::new(&mut session, stamp, &mut ids);
    for n in 0..claims.min(proposals.statements.len() as u32) {
        ops::take_up(&mut tx, &d.text, &proposals, n);
    }
    drop(tx.finish());
    let check = Check::new(session, d.text.clone(), proposals);
    let mut state = State::new(at, "Ana", Config::default(), Box::new(Uuid::now_v7));
    update(
        &mut state,
        Msg::Resize(Size {
            width: AREA.width,
            height: AREA.height,
        }),
    );
    update(
        &mut state,
        Msg::Opened(Box::new(OpenedSession {
            session: check.session().clone(),
            history: History::default(),
            text: check.text().clone(),
            proposals: Some(Arc::clone(check.proposals())),
            blocks: Vec::new(),
            on_disk: true,
            place: None,
            draft: None,
            read_only: None,
            damage: Damage::default(),
            language_in_doubt: false,
            report: Vec::new(),
        })),
    );
    state
}

fn press(state: &mut State, keys: &[Key]) {
    for key in keys {
        black_box(update(state, Msg::Key(*key)));
    }
}

/// The time of one press with its frame.
fn key_to_frame(state: &mut State, keys: &[Key]) -> f64 {
    let mut times = Vec::new();
    for _ in 0..15 {
        for key in keys {
            times.push(elapsed(|| {
                press(state, std::slice::from_ref(key));
                let mut buffer = Buffer::empty(AREA);
                claimdesk::view::draw(state, AREA, &mut buffer);
                black_box(buffer);
            }));
        }
    }
    middle(&mut times)
}
