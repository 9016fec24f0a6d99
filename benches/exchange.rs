//! Every format of the hand-over with 10,000 claims: how long writing and reading back take, as multiples of writing the
//! annotated JSON's bytes with plain `serde_json::to_writer`, and how that grows to 20,000 claims.
//!
//! `cargo bench --bench exchange`, with the names of formats behind `--` for those alone. Reading is what an import does
//! before it touches a disk: the file is read and merged into an empty session. Each figure is the best of five runs,
//! the plain write measured between them.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use claimdesk::core::anchor::anchor;
use claimdesk::core::handover::ExportOptions;
use claimdesk::core::ids::*;
use claimdesk::core::model::*;
use claimdesk::core::proposal::{Block, Proposals, ProposedStatement, Spans};
use claimdesk::core::text::{ArticleText, Span};
use claimdesk::core::tx::Tx;
use claimdesk::core::veil::Veil;
use claimdesk::core::vocabulary::*;
use claimdesk::exchange::read::{Incoming, Whose, merge};
use claimdesk::exchange::shape::Document;
use claimdesk::exchange::{FORMATS, File, Format, Handover, export, format};
use uuid::Uuid;

const CLAIMS: usize = 10_000;
const ROUNDS: usize = 5;

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    let (small, large) = (Work::new(CLAIMS), Work::new(2 * CLAIMS));
    let json = small.files("json").remove(0).bytes;
    let document: Document<'_> = serde_json::from_slice(&json).unwrap();
    let plain = || {
        let mut out = Vec::with_capacity(64 * 1024);
        serde_json::to_writer(&mut out, &document).unwrap();
        black_box(out);
    };
    println!(
        "{CLAIMS} claims, an article of {} KB, {:.1} MB of JSON: plain write {:.1} ms",
        small.text.as_str().len() / 1000,
        json.len() as f64 / 1e6,
        milliseconds((0..ROUNDS).map(|_| timed(&plain)).min().unwrap()),
    );
    println!(
        "{:14} {:>9} {:>7} {:>8} {:>7} {:>9} {:>7} {:>7}",
        "format", "write ms", "x plain", "MB", "growth", "read ms", "x plain", "growth"
    );
    for format in FORMATS {
        if wanted.is_empty() || wanted.iter().any(|w| w == format.info.name) {
            measure(format, &small, &large, &plain);
        }
    }
}

fn measure(format: &Format, small: &Work, large: &Work, plain: &dyn Fn()) {
    let files = small.files(format.info.name);
    let many = large.files(format.info.name);
    let size: usize = files.iter().map(|f| f.bytes.len()).sum();
    let write = |work: &Work| drop(black_box(work.files(format.info.name)));
    let [raw, short, long] = best([plain, &|| write(small), &|| write(large)]);
    print!(
        "{:14} {:9.1} {:7.2} {:8.1} {:7.2}",
        format.info.name,
        milliseconds(short),
        ratio(short, raw),
        size as f64 / 1e6,
        ratio(long, short),
    );
    if format.read.is_some() {
        let read = |work: &Work, files: &[File]| work.back(format, files);
        let [raw, short, long] = best([plain, &|| read(small, &files), &|| read(large, &many)]);
        print!(
            " {:9.1} {:7.2} {:7.2}",
            milliseconds(short),
            ratio(short, raw),
            ratio(long, short),
        );
    }
    println!();
}

/// The best time of each task, the tasks taken in turn.
fn best<const N: usize>(tasks: [&dyn Fn(); N]) -> [Duration; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..ROUNDS {
        for (task, best) in tasks.iter().zip(&mut best) {
            *best = timed(task).min(*best);
        }
    }
    best
}

fn timed(task: &dyn Fn()) -> Duration {
    let start = Instant::now();
    task();
    start.elapsed()
}

fn milliseconds(t: Duration) -> f64 {
    t.as_secs_f64() * 1e3
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// A session with its text and what the reader proposes for it.
struct Work {
    session: Session,
    text: ArticleText,
    proposals: Proposals,
    stamp: Stamp,
}

const PEOPLE: [(&str, &str); 8] = [
    ("Mara Oduya", "leader of the opposition"),
    ("Jon Pell", "mayor"),
    ("Zoë Ångström", "auditor"),
    ("林 美子", "engineer"),
    ("Ferdinand Kell", "historian"),
    ("Rosa Iturbe", "union secretary"),
    ("Tom Birch", "ferry operator"),
    ("Ines Duarte", "minister of transport"),
];
const VERBS: [&str; 4] = ["said", "denied", "confirmed", "warned"];
const MATTERS: [&str; 5] = [
    "the bridge had cost the city {} crowns more than the council signed off in March",
    "traffic over the bridge fell by {} vehicles a day after the “toll” was raised",
    "the repair of the northern pier would take {} days, not the week that was promised",
    "no fewer than {} residents had written to the city since the opening 🌊",
    "the audit of the accounts found {} invoices that nobody had signed",
];

impl Work {
    /// A long article, three of four of whose sentences are claims: attributed, most of them with evidence, many with
    /// words of the checker's.
    fn new(claims: usize) -> Self {
        let at: Time = "2026-11-16T10:12:00Z".parse().unwrap();
        let stamp = Stamp {
            at,
            by: CheckerId::of("Ana Köhler"),
        };
        let mut text = String::from("Kell Bridge in numbers\n");
        let mut lines = Vec::new();
        for n in 0..claims * 4 / 3 {
            let ((name, role), verb) = (PEOPLE[n % 8], VERBS[n % 4]);
            let matter = MATTERS[n % 5].replace("{}", &(n * 7).to_string());
            let _ = writeln!(text, "{name}, the {role}, {verb} on day {n} that {matter}.");
            lines.push((name, verb, matter));
        }
        let text = ArticleText::new(text);
        let mut work = Self {
            session: Session::new(SessionId(Uuid::from_u128(1)), "kell-bridge", at),
            proposals: proposals(&text),
            text,
            stamp,
        };
        work.describe();
        let mut ids = 0x0190_0000_0000_7000_8000_0000_0000_0000;
        let mut id = || {
            ids += 1;
            Uuid::from_u128(ids)
        };
        let sources: Vec<SourceId> = PEOPLE.iter().map(|p| work.source(id(), *p)).collect();
        let evidence: Vec<EvidenceId> = (0..200).map(|n| work.evidence(id(), n)).collect();
        for (n, (name, verb, matter)) in lines.iter().enumerate().filter(|(n, _)| n % 4 != 3) {
            let span = work.text.span(work.text.line(n + 1));
            let words = work.text.slice(span).to_string();
            let statement = work.statement(span);
            let claim = work.claim(id(), n, &statement, matter);
            let of = |part: &str| {
                let byte = words.find(part).unwrap();
                let start = span.start + words[..byte].chars().count() as u32;
                vec![Span::new(start, start + part.chars().count() as u32)]
            };
            let attribution = Attribution {
                source: Some(sources[n % 8]),
                source_span: of(name),
                cue: of(verb),
                content: of(matter),
                stance: if *verb == "denied" {
                    Stance::Denies
                } else {
                    Stance::Asserts
                },
                certainty: Certainty::Certain,
                quotation_type: QuotationType::Indirect,
                about: vec![sources[(n + 3) % 8]].into(),
                ..Attribution::on(AttributionId(id()), claim, statement)
            };
            work.session
                .attributions
                .insert(attribution.id, attribution);
            for item in evidence.iter().skip(n % 190).take(n % 3) {
                let held = Held {
                    locator: format!("p. {n}"),
                    excerpt: "The final cost was 99.2 million, of which 12 were not foreseen."
                        .into(),
                    evidence_stance: EvidenceStance::Refutes,
                    ..Held::against(HeldId(id()), claim, *item)
                };
                work.session.held.insert(held.id, held);
            }
        }
        work
    }

    fn describe(&mut self) {
        let session = &mut self.session;
        session.checkers.push(Checker {
            id: self.stamp.by.clone(),
            name: "Ana Köhler".into(),
        });
        session.article.title = "Kell Bridge in numbers".into();
        session.article.language = "en".into();
        session.article.url = Some("https://news.example.org/kell".into());
        let version = Version {
            id: VersionId::of_text(self.text.as_str()),
            original_sha256: "ab".repeat(32),
            origin: "kell.txt".into(),
            left_out: String::new(),
            added_at: self.stamp.at,
            reader: "builtin-1".into(),
        };
        session.begin_with(session.article.clone(), version);
    }

    fn source(&mut self, id: Uuid, (name, role): (&str, &str)) -> SourceId {
        let id = SourceId(id);
        let source = Source {
            name: name.into(),
            role: role.into(),
            source_type: SourceType::Person,
            ..Source::unnamed(id)
        };
        self.session.sources.insert(id, source);
        id
    }

    fn evidence(&mut self, id: Uuid, n: usize) -> EvidenceId {
        let id = EvidenceId(id);
        let item = Evidence {
            title: format!("Account {n} of the Kell Bridge"),
            url: Some(format!("https://audit.example.net/kell/{n}")),
            accessed_at: Some("2026-11-16".into()),
            ..Evidence::empty(id)
        };
        self.session.evidence.insert(id, item);
        id
    }

    fn statement(&mut self, span: Span) -> StatementId {
        let id = StatementId::of(self.session.version(), &[span]);
        let record = Statement {
            id: id.clone(),
            anchor: anchor(&self.text, self.session.version(), &[span]),
            block: BlockKind::Paragraph,
            decision: Decision::TakenUp,
            reason: String::new(),
            origin: Origin::Proposal,
            why: "a number".into(),
        };
        self.session.statements.insert(id.clone(), record);
        id
    }

    fn claim(&mut self, id: Uuid, n: usize, on: &StatementId, matter: &str) -> ClaimId {
        let id = ClaimId(id);
        let mut claim = Claim::on(id, on.clone(), self.stamp.clone());
        claim.wording = Some(format!("It is so that {matter}."));
        claim.verification_status = VerificationStatus::ALL[n % 9];
        claim.claim_type = ClaimType::Numerical;
        claim.rating = Rating::new((n % 6) as u8);
        claim.justification =
            "The audit puts the overrun at 24 percent, and its table 2 says where it comes from."
                .into();
        claim.notes = "Rang the clerk; waiting for the second invoice.".into();
        claim.tags = vec!["budget".into(), "council".into()].into();
        if n.is_multiple_of(10) {
            claim.change = Some(TextChange {
                replacement: "add: the audit puts the overrun at 24 percent".into(),
                reason: "The figure is wrong.".into(),
                must: true,
                state: ChangeState::Proposed,
            });
        }
        self.session.claims.insert(id, claim);
        id
    }

    fn files(&self, name: &str) -> Vec<File> {
        let handover = Handover {
            session: &self.session,
            text: &self.text,
            proposals: Some(&self.proposals),
            exported_at: self.stamp.at,
            generator: "claimdesk bench",
            options: &ExportOptions::default(),
            former: &Default::default(),
            veil: &Veil::fresh(&mut Uuid::now_v7),
        };
        export(format(name).unwrap(), &handover).unwrap().files
    }

    /// Reads the files and merges them into an empty session; the sheet, which is no article, into its own.
    fn back(&self, format: &Format, files: &[File]) {
        let main = files
            .iter()
            .find(|f| f.name.ends_with(format.info.extension))
            .unwrap();
        let own = format.info.name == "csv";
        let incoming = Incoming {
            name: &main.name,
            bytes: &main.bytes,
            beside: files,
            unit: None,
            stamp: &self.stamp,
            into: own.then_some((&self.session, &self.text)),
        };
        let mut next = 0;
        let mut ids = move || {
            next += 1;
            Uuid::from_u128(next)
        };
        let came = format.read.unwrap()(&incoming, &mut ids).unwrap();
        assert_eq!(came.report.lost, []);
        let text = came.text.as_ref().unwrap();
        let mut session = if own {
            self.session.clone()
        } else {
            let mut empty = Session::new(SessionId(Uuid::from_u128(1)), "back", self.stamp.at);
            empty.versions.clone_from(&self.session.versions);
            empty.article.current = self.session.article.current;
            empty
        };
        let mut tx = Tx::new(&mut session, self.stamp.clone(), &mut ids);
        black_box(merge(&came, text, Whose::Ours, &mut tx));
        black_box(tx.finish());
        assert!(session.claims.len() >= came.session.claims.len());
    }
}

/// A block and a proposed statement a line.
fn proposals(text: &ArticleText) -> Proposals {
    let spans = || (0..text.line_count()).map(|n| text.span(text.line(n)));
    Proposals {
        reader: "builtin-1".into(),
        blocks: spans()
            .enumerate()
            .map(|(n, span)| Block {
                span,
                kind: if n == 0 {
                    BlockKind::Headline
                } else {
                    BlockKind::Paragraph
                },
                locator: "".into(),
            })
            .collect(),
        statements: spans()
            .enumerate()
            .filter(|(_, span)| !span.is_empty())
            .map(|(n, span)| ProposedStatement {
                spans: Spans::One(span),
                block: n as u32,
                check_worthiness: CheckWorthiness::Routine,
                claim_type: ClaimType::Other,
                why: "".into(),
            })
            .collect(),
        ..Proposals::default()
    }
}
