//! How much room a long article and its proposals take, on the disk and in memory, as a multiple of its text.
//!
//! One test in a binary of its own, because it counts what the whole process holds.
#![allow(clippy::unwrap_used, clippy::panic)]

use claimdesk::core::birth::NewSession;
use claimdesk::core::check::Check;
use claimdesk::core::ids::{CheckerId, VersionId};
use claimdesk::core::model::{Article, Checker, Time};
use claimdesk::core::text::ArticleText;
use claimdesk::reader::{blocks, propose};
use claimdesk::store::{Library, Mode, sha256};
use peak_alloc::PeakAlloc;
use uuid::Uuid;

#[global_allocator]
static HELD: PeakAlloc = PeakAlloc;

const BYTES: usize = 1_000_000;

/// Made-up news, a sentence of about a hundred bytes after the other, each with a voice. Names and figures differ
/// from sentence to sentence, so that the reasons of the proposals do too.
fn article() -> String {
    let who = [
        "The mayor",
        "Officials in the region",
        "Mara Oduya, who leads the opposition,",
        "The union",
        "A spokeswoman for the port, Ada Finch,",
        "Two people familiar with the audit",
    ];
    let said = [
        "said",
        "denied",
        "announced",
        "warned",
        "told reporters",
        "made it clear",
    ];
    let what = [
        "that {} people had applied for the grant",
        "that spending had fallen to {} million since 2019",
        "that no decision had been taken",
        "that the piles were rotten in {} places",
    ];
    let mut text = String::from("Harbour budget doubles\n\n");
    let mut n = 7_usize;
    while text.len() < BYTES {
        for _ in 0..5 {
            n = n
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let pick = |shift: usize, of: usize| (n >> shift) % of;
            let what = what[pick(45, 4)].replace("{}", &pick(20, 997).to_string());
            let (who, said) = (who[pick(33, 6)], said[pick(39, 6)]);
            text.push_str(&match pick(51, 3) {
                0 => format!("“There is nothing to add to what was said in March,” {who} {said}. "),
                1 => format!(
                    "{who} {said} {what}, during a debate that lasted until the early morning. "
                ),
                _ => format!(
                    "In the harbour {who} {said} {what}, according to the minutes of the board. "
                ),
            });
        }
        text.push_str("\n\n");
    }
    text
}

fn time() -> Time {
    Time::from_millisecond(1_790_000_000_000).unwrap()
}

/// Makes a session of `text` with everything that the reader proposes; how many statements and attributions those are.
fn create(library: &Library, text: &ArticleText) -> (usize, usize) {
    let layout = blocks::plain(text.as_str());
    let proposals = propose(text, &layout, "en", 0..layout.len(), true, &|| false);
    let hash = sha256(text.as_str().as_bytes());
    let new = NewSession {
        name: "long",
        id: Uuid::from_u128(7).into(),
        article: &Article::default(),
        text,
        version: VersionId::of_text(text.as_str()),
        original_sha256: &hash,
        origin: "-",
        left_out: "",
        proposals: &proposals,
        checker: &Checker {
            id: CheckerId::of("Ana"),
            name: "Ana".into(),
        },
        now: time(),
        step: Uuid::from_u128(1).into(),
    };
    library.create(&new.newborn()).unwrap();
    (proposals.statements.len(), proposals.attributions.len())
}

/// On the disk the proposals of a long article took five to nine times the room of its text, and in memory the program
/// took up to ten times.
#[test]
fn a_long_article_takes_little_room() {
    let dir = tempfile::tempdir().unwrap();
    let library = Library::at(dir.path());
    let text = ArticleText::new(article());
    let length = text.as_str().len();
    let (statements, attributions) = create(&library, &text);
    drop(text);
    // As many as there are where every sentence quotes somebody.
    assert!(
        statements > length / 120 && attributions > length / 120,
        "{statements} {attributions}"
    );
    let percent = |bytes: usize| bytes / (length / 100);

    let folder = dir.path().join("long/proposals");
    let files = std::fs::read_dir(folder).unwrap();
    let on_disk: u64 = files.map(|f| f.unwrap().metadata().unwrap().len()).sum();
    let on_disk = percent(usize::try_from(on_disk).unwrap());

    let before = HELD.current_usage();
    HELD.reset_peak_usage();
    let opened = library.open_quickly("long", Mode::Read, "Ana", time());
    let opened = opened
        .unwrap()
        .hear(|report, damage| assert!(report.is_empty(), "{damage:?}"));
    let proposals = opened.proposals.unwrap();
    let check = Check::new(opened.session, opened.text, proposals);
    let held = percent(HELD.current_usage() - before);
    let at_most = percent(HELD.peak_usage() - before);
    assert_eq!(check.row_count(), statements);

    // Of an article of 10 MB at most 30 MB; and with it, its proposals and their rows the program holds at most 40 MB, of
    // which some 15 are its own.
    assert!(on_disk <= 300, "{on_disk} % of the text on the disk");
    assert!(held <= 240, "{held} % of the text in memory");
    assert!(
        at_most <= 250,
        "{at_most} % of the text in memory while opening"
    );
}
