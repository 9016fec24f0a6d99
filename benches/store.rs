//! Sessions on disk: how fast they load, replay, save and list, each as a ratio to the plain operation under it.
//!
//! `cargo bench --bench store`. Everything is measured in alternation within one run; the figure is the median.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use claimdesk::core::birth::NewSession;
use claimdesk::core::edit::{Change, Edit};
use claimdesk::core::history::{Step, StepKind};
use claimdesk::core::ids::{CheckerId, StatementId, VersionId};
use claimdesk::core::model::*;
use claimdesk::core::proposal::Proposals;
use claimdesk::core::text::{ArticleText, Span};
use claimdesk::core::vocabulary::*;
use claimdesk::store::{InFolder, Library, Mode, Pen, sha256};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const CLAIMS: u64 = 10_000;

fn main() {
    let dir = tempfile::tempdir().unwrap();
    let library = Library::at(dir.path());
    let big = fill(&library, "big", CLAIMS);
    let small = fill(&library, "small", 10);
    loading(&library, &big.folder);
    saving(big, small);
    listing(dir.path());
}

fn time(n: u64) -> Time {
    Time::from_millisecond(1_790_000_000_000 + n as i64).unwrap()
}

/// A number of its own for each name: sessions of one id would be taken for copies of each other.
fn number_of(name: &str) -> u128 {
    u128::from_str_radix(&sha256(name.as_bytes())[..32], 16).unwrap()
}

/// The article of every session.
const TEXT: &str = "Kell Bridge opens at last.\n";

fn version() -> VersionId {
    VersionId::of_text(TEXT)
}

/// A session with so many claims, its checkpoint written.
fn fill(library: &Library, name: &str, claims: u64) -> InFolder {
    let text = TEXT;
    let checker = Checker {
        id: CheckerId::of("Ana"),
        name: "Ana".into(),
    };
    let mut opened = library
        .create(
            &NewSession {
                name,
                id: Uuid::from_u128(number_of(name)).into(),
                article: &Article::default(),
                text: &ArticleText::new(text.into()),
                version: version(),
                original_sha256: &sha256(text.as_bytes()),
                origin: "-",
                left_out: "",
                proposals: &Proposals {
                    reader: "builtin-1".into(),
                    ..Proposals::default()
                },
                checker: &checker,
                now: time(0),
                step: Uuid::from_u128(1).into(),
            }
            .newborn(),
        )
        .unwrap();
    for n in 0..claims {
        let step = take_up(n, opened.history.seq() + 1);
        opened.writer.as_mut().unwrap().append(&step).unwrap();
        let stamp = Stamp {
            at: step.at,
            by: step.by.clone(),
        };
        opened.session.apply(&step.edits, &stamp);
        opened.history.push(step);
    }
    let seq = opened.history.seq();
    opened
        .writer
        .as_mut()
        .unwrap()
        .checkpoint(&opened.session, seq)
        .unwrap();
    opened
}

fn take_up(n: u64, seq: u64) -> Step {
    let id = |kind: u128| {
        Uuid::from_u128((0x0198_0000_0000_7000_8000 << 48) | (kind << 40) | u128::from(n))
    };
    let start = n as u32 * 150;
    let span = Span::new(start, start + 122);
    let statement = StatementId::of(version(), &[span]);
    let stamp = Stamp {
        at: time(seq),
        by: CheckerId::of("Ana"),
    };
    let words = format!(
        "Claim {n}: the council said in “March” that the bridge would cost 80 million, twice what it had signed off."
    );
    let anchor = Anchor {
        version: version(),
        statement_id: Some(statement.clone()),
        spans: vec![span],
        exact: words.clone(),
        prefix: "thirty-two characters before it ".into(),
        suffix: " and thirty-two characters after".into(),
        orphaned: false,
    };
    let record = Statement {
        id: statement.clone(),
        anchor,
        block: BlockKind::Paragraph,
        decision: Decision::TakenUp,
        reason: String::new(),
        origin: Origin::Proposal,
        why: "an amount (\"80 million\")".into(),
    };
    let claim = Claim {
        wording: Some(words),
        verification_status: VerificationStatus::Accurate,
        justification:
            "The minutes of the March meeting say so on page 4, and the mayor confirms it.".into(),
        notes: "Rang the clerk; waiting for the second invoice.".into(),
        tags: vec!["numbers".into(), "council".into()].into(),
        ..Claim::on(id(1).into(), statement.clone(), stamp)
    };
    let attribution = Attribution {
        source: Some(claimdesk::core::ids::SourceId::ARTICLE),
        cue: vec![Span::new(start + 19, start + 23)],
        content: vec![Span::new(start + 30, start + 100)],
        stance: Stance::Asserts,
        certainty: Certainty::Certain,
        quotation_type: QuotationType::Indirect,
        ..Attribution::on(id(2).into(), claim.id, statement.clone())
    };
    Step {
        seq,
        id: id(3).into(),
        at: time(seq),
        by: CheckerId::of("Ana"),
        kind: StepKind::Do,
        of: None,
        edits: vec![
            Edit::Statement(statement, Change::Create(Box::new(record))),
            Edit::Claim(claim.id, Change::Create(Box::new(claim))),
            Edit::Attribution(attribution.id, Change::Create(Box::new(attribution))),
        ],
    }
}

/// Runs the tasks in turn, `rounds` times, and answers each one's median in milliseconds.
fn medians(rounds: usize, tasks: &mut [&mut dyn FnMut()]) -> Vec<f64> {
    let mut times = vec![Vec::new(); tasks.len()];
    for _ in 0..rounds {
        for (task, times) in tasks.iter_mut().zip(&mut times) {
            let start = Instant::now();
            task();
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    times
        .iter_mut()
        .map(|t| {
            t.sort_by(f64::total_cmp);
            t[t.len() / 2]
        })
        .collect()
}

fn tell(goal: &str, what: &str, ratio: f64, need: &str, ms: f64, under: f64) {
    println!("goal {goal:3} {what:58} {ratio:6.2}  (need {need})   {ms:9.3} ms : {under:9.3} ms");
}

fn loading(library: &Library, folder: &Path) {
    let session = fs::read(folder.join("session.json")).unwrap();
    let journal = fs::read_to_string(folder.join("journal.jsonl")).unwrap();
    // Without the header and the birth, whose edits are of another shape.
    let array = format!(
        "[{}]",
        journal.lines().skip(2).collect::<Vec<_>>().join(",")
    );
    println!(
        "{CLAIMS} claims: session.json {} bytes, journal.jsonl {} bytes",
        session.len(),
        journal.len()
    );
    let quick = || {
        library
            .open_quickly("big", Mode::Read, "B", time(0))
            .unwrap()
            .hear(|_, _| {})
    };
    let mut earlier: Vec<_> = (0..15).map(|_| quick().earlier.unwrap()).collect();
    let m = medians(
        15,
        &mut [
            &mut || {
                drop(black_box(
                    serde_json::from_slice::<PlainSession>(&session).unwrap(),
                ))
            },
            &mut || drop(black_box(quick())),
            &mut || {
                drop(black_box(
                    library
                        .open("big", Mode::Read, "B", time(0))
                        .unwrap()
                        .hear(|_, _| {}),
                ))
            },
            &mut || {
                drop(black_box(
                    serde_json::from_slice::<Vec<PlainStep>>(array.as_bytes()).unwrap(),
                ))
            },
            &mut || drop(black_box(earlier.pop().unwrap().load().unwrap())),
        ],
    );
    tell(
        "16",
        "load, as a share of from_slice's speed",
        m[0] / m[1],
        ">= 0.6",
        m[1],
        m[0],
    );
    tell(
        "16",
        "load with the whole history, the same",
        m[0] / m[2],
        "-",
        m[2],
        m[0],
    );
    tell(
        "22",
        "replay ÷ from_slice of the same bytes",
        m[4] / m[3],
        "<= 2",
        m[4],
        m[3],
    );
}

fn saving(mut big: InFolder, mut small: InFolder) {
    let mut memory = Vec::with_capacity(64 << 20);
    let plain: PlainSession =
        serde_json::from_slice(&fs::read(big.folder.join("session.json")).unwrap()).unwrap();
    let seq = big.history.seq();
    let session = big.session.clone();
    let mut writer = big.writer.take().unwrap();
    let temp = big.folder.join("plain.tmp");
    let m = medians(
        15,
        &mut [
            &mut || {
                memory.clear();
                serde_json::to_writer(&mut memory, &plain).unwrap();
                black_box(&memory);
            },
            &mut || {
                let mut out = BufWriter::with_capacity(256 * 1024, File::create(&temp).unwrap());
                serde_json::to_writer(&mut out, &plain).unwrap();
                out.into_inner().unwrap().sync_data().unwrap();
                fs::rename(&temp, temp.with_extension("json")).unwrap();
            },
            &mut || writer.checkpoint(&session, seq).unwrap(),
        ],
    );
    let what = "checkpoint as a share of to_writer's speed, both synced";
    tell("21", what, m[1] / m[2], ">= 0.5", m[2], m[1]);
    tell(
        "21",
        "the same against memory, without any disk",
        m[0] / m[2],
        "-",
        m[2],
        m[0],
    );

    let mut other = small.writer.take().unwrap();
    let mut raw = File::create(small.folder.join("raw")).unwrap();
    // The line that the writer makes of such a step is as long as the last one of the journal.
    let journal = fs::read_to_string(big.folder.join("journal.jsonl")).unwrap();
    let line = format!("{}\n", journal.lines().last().unwrap());
    let (mut n, mut k) = (writer.seq(), other.seq());
    let m = medians(
        400,
        &mut [
            &mut || {
                raw.write_all(line.as_bytes()).unwrap();
                raw.sync_data().unwrap();
            },
            &mut || {
                n += 1;
                writer.append(&take_up(n, n)).unwrap();
            },
            &mut || {
                k += 1;
                other.append(&take_up(k, k)).unwrap();
            },
        ],
    );
    tell(
        "18",
        "append ÷ synced append of the same bytes",
        m[1] / m[0],
        "<= 2",
        m[1],
        m[0],
    );
    tell(
        "19",
        "append at 10,000 claims ÷ at 10",
        m[1] / m[2],
        "<= 1.5",
        m[1],
        m[2],
    );
}

fn listing(dir: &Path) {
    let many = dir.join("many");
    let library = Library::at(&many);
    for n in 0..300 {
        drop(fill(&library, &format!("session {n}"), 20));
    }
    let m = medians(9, &mut [&mut || drop(black_box(library.list().unwrap()))]);
    println!(
        "list of 300 sessions, each of which has to be read: {:.1} ms",
        m[0]
    );
    // As sessions are that were closed a while after they were written to.
    for n in 0..300 {
        let name = format!("session-{n}");
        let opened = library.open(&name, Mode::Write, "Ana", time(1)).unwrap();
        drop(opened.hear(|_, _| {}));
    }
    let m = medians(9, &mut [&mut || drop(black_box(library.list().unwrap()))]);
    println!("list of 300 sessions: {:.1} ms", m[0]);
}

#[derive(Serialize, Deserialize)]
struct PlainSession {
    format: String,
    version: u32,
    id: String,
    name: String,
    created_at: String,
    updated_at: String,
    journal_seq: u64,
    journal_bytes: u64,
    statements: Vec<PlainStatement>,
    claims: Vec<PlainClaim>,
    attributions: Vec<PlainAttribution>,
}

#[derive(Serialize, Deserialize)]
struct PlainStatement {
    id: String,
    anchor: PlainAnchor,
    block: String,
    decision: String,
    reason: String,
    origin: String,
    why: String,
}

#[derive(Serialize, Deserialize)]
struct PlainAnchor {
    article_version: Option<u32>,
    text_sha256: String,
    statement_id: Option<String>,
    spans: Vec<(u32, u32)>,
    exact: String,
    prefix: String,
    suffix: String,
    orphaned: bool,
}

#[derive(Serialize, Deserialize)]
struct PlainClaim {
    id: String,
    statements: Vec<String>,
    wording: Option<String>,
    check_worthiness: String,
    claim_type: String,
    verification_status: String,
    rating: Option<u8>,
    justification: String,
    workflow_state: String,
    tags: Vec<String>,
    notes: String,
    change: Option<String>,
    proposed: Vec<String>,
    created: PlainStamp,
    updated: PlainStamp,
}

#[derive(Serialize, Deserialize)]
struct PlainStamp {
    at: String,
    by: String,
}

#[derive(Serialize, Deserialize)]
struct PlainAttribution {
    id: String,
    claim: String,
    statement: String,
    source: Option<String>,
    source_span: Vec<(u32, u32)>,
    cue: Vec<(u32, u32)>,
    content: Vec<(u32, u32)>,
    stance: String,
    certainty: String,
    quotation_type: String,
    via: Option<String>,
    about: Vec<String>,
    proposed: Vec<String>,
}

#[allow(dead_code, reason = "read and dropped, as a measure")]
#[derive(Deserialize)]
struct PlainStep {
    seq: u64,
    id: String,
    at: String,
    by: String,
    kind: String,
    of: Option<String>,
    edits: Vec<PlainEdit>,
    crc: String,
}

#[allow(dead_code, reason = "read and dropped, as a measure")]
#[derive(Deserialize)]
struct PlainEdit {
    statement: Option<String>,
    claim: Option<String>,
    attribution: Option<String>,
    to: Option<PlainRecord>,
}

#[allow(dead_code, reason = "read and dropped, as a measure")]
#[derive(Deserialize)]
struct PlainRecord {
    id: Option<String>,
    anchor: Option<PlainAnchor>,
    statements: Option<Vec<String>>,
    wording: Option<String>,
    justification: Option<String>,
    notes: Option<String>,
    tags: Option<Vec<String>>,
    created: Option<PlainStamp>,
    updated: Option<PlainStamp>,
    claim: Option<String>,
    statement: Option<String>,
    source: Option<String>,
    stance: Option<String>,
    certainty: Option<String>,
    quotation_type: Option<String>,
}
