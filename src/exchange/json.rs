//! `json`: the annotated JSON, one self-contained object with every name resolved.
//!
//! Two levels are laid out one entry a line, so that a claim is a line.

mod check;

use std::borrow::Cow;
use std::collections::HashSet;

use super::layout::json_bytes;
use super::shape::{self as out, Pair};
use super::words::{Id, Moment, VocabularyWord};
use super::{ExchangeError, Export, Job, Report};
use crate::core::ids::SourceId;
use crate::core::model::{self, Session};
use crate::core::text::Span;
use crate::core::vocabulary::*;

/// Claims are the entries of the second level.
const LEVELS: usize = 2;

/// Writes the annotated JSON.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a statement's words are not those of its offsets in the written text.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let document = document(job);
    check::words(&document)?;
    let mut report = Report::default();
    for c in job.order.claims() {
        report.wrote(c.id);
    }
    if job.session.sources.values().any(|s| !s.contact.is_empty()) {
        report
            .remarks
            .push("contacts of sources are never exported".into());
    }
    let bytes = json_bytes("json", &document, LEVELS)?;
    Ok(job.single(".json", bytes, report))
}

/// The session as the annotated JSON holds it.
pub fn document<'a>(job: &'a Job<'_>) -> out::Document<'a> {
    let statements = statements(job);
    let progress = progress(job.session, &statements);
    out::Document {
        format: out::FORMAT.into(),
        version: out::VERSION,
        generator: job.generator.into(),
        exported_at: Moment(job.exported_at),
        session: out::Session {
            id: Id(job.session.id.0),
            name: s(&job.session.name),
            created_at: Moment(job.session.created_at),
            updated_at: Moment(job.session.updated_at),
            checkers: job
                .session
                .checkers
                .iter()
                .map(|c| out::Checker {
                    id: s(&c.id.0),
                    name: s(&c.name),
                })
                .collect(),
        },
        article: article(job),
        sources: job.session.sources.values().map(source).collect(),
        evidence: job
            .session
            .evidence
            .values()
            .map(|e| evidence(job.session, e))
            .collect(),
        claims: job.claims().map(|c| claim(job, c)).collect(),
        statements,
        progress,
    }
}

fn s(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn some(text: &str) -> Option<Cow<'_, str>> {
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

fn opt(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(Cow::Borrowed)
}

fn pairs(spans: &[Span]) -> Vec<Pair> {
    spans.iter().map(|s| [s.start, s.end]).collect()
}

fn ends(spans: &[Span]) -> (u32, u32) {
    match (spans.first(), spans.last()) {
        (Some(a), Some(b)) => (a.start, b.end),
        _ => (0, 0),
    }
}

fn words<'a>(job: &Job<'a>, spans: &[Span]) -> Cow<'a, str> {
    match spans {
        [] => Cow::Borrowed(""),
        [one] => Cow::Borrowed(job.text.slice(*one)),
        _ => Cow::Owned(job.text.exact(spans)),
    }
}

fn article<'a>(job: &'a Job<'_>) -> out::Article<'a> {
    let a = &job.session.article;
    let current = job.session.current();
    out::Article {
        title: s(&a.title),
        byline: s(&a.byline),
        url: opt(&a.url),
        published_at: opt(&a.published_at),
        language: s(&a.language),
        version: job.session.number(),
        text: s(job.text.as_str()),
        text_sha256: job.session.text_sha256(job.session.version()).into(),
        original_sha256: current.and_then(|v| some(&v.original_sha256)),
        redacted: job.redacted,
        blocks: job
            .proposals
            .iter()
            .flat_map(|p| &p.blocks)
            .map(|b| out::Block {
                start: b.span.start,
                end: b.span.end,
                kind: VocabularyWord(b.kind),
                locator: s(&b.locator),
            })
            .collect(),
        versions: job
            .session
            .numbered()
            .map(|(number, v)| out::ArticleVersion {
                number,
                // A version of which only the number may leave has no hash here.
                text_sha256: (v.id.number_alone().is_none()).then(|| v.id.to_string().into()),
                original_sha256: some(&v.original_sha256),
                origin: s(file_name(&v.origin)),
                added_at: Moment(v.added_at),
                reader: s(&v.reader),
                left_out: some(&v.left_out),
            })
            .collect(),
    }
}

/// The last part of a path, since the folders of the checker's machine concern nobody; a URL as it is.
fn file_name(origin: &str) -> &str {
    if origin.contains("://") {
        return origin;
    }
    origin.rsplit(['/', '\\']).next().unwrap_or(origin)
}

fn source(x: &model::Source) -> out::Source<'_> {
    out::Source {
        id: Id(x.id.0),
        r#type: VocabularyWord(x.source_type),
        name: s(&x.name),
        role: s(&x.role),
        affiliation: s(&x.affiliation),
        url: opt(&x.url),
        reliability: VocabularyWord(x.reliability),
        note: s(&x.note),
        protect_identity: x.protect_identity,
        independence_group: s(&x.independence_group),
        also_called: x.also_called.iter().map(|n| s(n)).collect(),
    }
}

fn source_ref(session: &Session, id: Option<SourceId>) -> Option<out::SourceRef<'_>> {
    let x = session.sources.get(&id?)?;
    Some(out::SourceRef {
        id: Id(x.id.0),
        name: s(&x.name),
        r#type: VocabularyWord(x.source_type),
        role: s(&x.role),
    })
}

fn evidence<'a>(session: &'a Session, e: &'a model::Evidence) -> out::Evidence<'a> {
    out::Evidence {
        id: Id(e.id.0),
        kind: VocabularyWord(e.kind),
        source: e
            .source
            .and_then(|id| session.sources.get(&id))
            .map(|x| out::SourceName {
                id: Id(x.id.0),
                name: s(&x.name),
            }),
        title: s(&e.title),
        url: opt(&e.url),
        archived_url: opt(&e.archived_url),
        accessed_at: opt(&e.accessed_at),
        published_at: opt(&e.published_at),
        contact: e.contact.as_ref().map(|c| out::Contact {
            who: s(&c.who),
            at: s(&c.at),
            how: s(&c.how),
            reached: c.reached,
        }),
        calculation: some(&e.calculation),
        file: e.file.as_ref().map(|f| out::EvidenceFile {
            sha256: some(&f.sha256),
            bytes: (!f.sha256.is_empty()).then_some(f.bytes),
            media_type: s(&f.media_type),
            name: s(&f.name),
        }),
        note: s(&e.note),
    }
}

fn anchor(x: &model::Statement) -> out::Anchor<'_> {
    let (start, end) = ends(&x.anchor.spans);
    out::Anchor {
        statement_id: Cow::Owned(x.id.to_string()),
        start,
        end,
        spans: pairs(&x.anchor.spans),
        exact: s(&x.anchor.exact),
        prefix: s(&x.anchor.prefix),
        suffix: s(&x.anchor.suffix),
    }
}

/// One claim with its attributions and what is held against it.
pub(super) fn claim<'a>(job: &'a Job<'_>, c: &'a model::Claim) -> out::Claim<'a> {
    let session = job.session;
    // Every field is written, or said here not to be.
    let model::Claim {
        id,
        home: _,
        statements: _,
        wording,
        check_worthiness,
        claim_type,
        verification_status,
        rating,
        justification,
        workflow_state,
        tags,
        notes,
        change,
        proposed,
        created,
        updated,
    } = c;
    let mut at = c
        .places()
        .filter_map(|at| session.statements.get(at))
        .map(anchor);
    let statement = at.next();
    let attributions = job.order.attributions_of(*id);
    let first = attributions.first();
    out::Claim {
        id: Id(id.0),
        text: s(session.claim_text(c)),
        wording: opt(wording),
        statement,
        also_at: at.collect(),
        source: source_ref(session, first.and_then(|a| a.source)),
        stance: VocabularyWord(first.map_or_else(Stance::default, |a| a.stance)),
        certainty: VocabularyWord(first.map_or_else(Certainty::default, |a| a.certainty)),
        quotation_type: VocabularyWord(
            first.map_or_else(QuotationType::default, |a| a.quotation_type),
        ),
        attributions: attributions.iter().map(|a| attribution(job, a)).collect(),
        check_worthiness: VocabularyWord(*check_worthiness),
        claim_type: VocabularyWord(*claim_type),
        verification_status: VocabularyWord(*verification_status),
        rating: rating.map(Rating::number),
        justification: s(justification),
        workflow_state: VocabularyWord(*workflow_state),
        tags: tags.iter().map(|t| s(t)).collect(),
        notes: s(notes),
        evidence: job
            .order
            .held_against(*id)
            .iter()
            .filter_map(|h| held(session, h))
            .collect(),
        change: change.as_ref().map(|x| out::Change {
            replacement: s(&x.replacement),
            reason: s(&x.reason),
            must: x.must,
            state: VocabularyWord(x.state),
        }),
        proposed: proposed.iter().map(|k| s(k.word())).collect(),
        history: out::History {
            created_at: Moment(created.at),
            created_by: s(&created.by.0),
            updated_at: Moment(updated.at),
            updated_by: s(&updated.by.0),
        },
    }
}

fn attribution<'a>(job: &'a Job<'_>, a: &'a model::Attribution) -> out::Attribution<'a> {
    // Spans of a statement whose words are gone count in a text that is not in the file.
    let here = job
        .session
        .statements
        .get(&a.statement)
        .is_some_and(|x| stands(job, x));
    let text = |spans: &[Span]| {
        if here {
            words(job, spans)
        } else {
            Cow::Borrowed("")
        }
    };
    out::Attribution {
        id: Id(a.id.0),
        statement_id: Cow::Owned(a.statement.to_string()),
        source: source_ref(job.session, a.source),
        source_span: pairs(&a.source_span),
        source_text: text(&a.source_span),
        cue: pairs(&a.cue),
        cue_text: text(&a.cue),
        content: pairs(&a.content),
        content_text: text(&a.content),
        stance: VocabularyWord(a.stance),
        certainty: VocabularyWord(a.certainty),
        quotation_type: VocabularyWord(a.quotation_type),
        via: source_ref(job.session, a.via),
        about: a
            .about
            .iter()
            .filter_map(|id| source_ref(job.session, Some(*id)))
            .collect(),
        proposed: a.proposed.iter().map(|k| s(k.word())).collect(),
    }
}

fn held<'a>(session: &'a Session, h: &'a model::Held) -> Option<out::Held<'a>> {
    let e = session.evidence.get(&h.evidence)?;
    Some(out::Held {
        id: Id(e.id.0),
        held_id: Id(h.id.0),
        title: s(&e.title),
        url: opt(&e.url),
        evidence_stance: VocabularyWord(h.evidence_stance),
        locator: s(&h.locator),
        excerpt: s(&h.excerpt),
        credibility: h.credibility.number(),
    })
}

/// Whether the statement's spans count in the text that is written.
pub(super) fn stands(job: &Job<'_>, x: &model::Statement) -> bool {
    job.session.stands(x)
}

/// Decided statements and marks, and the proposals that nobody has decided about, in order of the text.
fn statements<'a>(job: &'a Job<'_>) -> Vec<out::Statement<'a>> {
    let version = job.session.version();
    let number = job.session.number();
    let recorded = job.order.statements();
    let mut taken: HashSet<&[Span]> = HashSet::with_capacity(recorded.len());
    let mut all: Vec<_> = recorded
        .iter()
        .map(|x| {
            if stands(job, x) {
                taken.insert(&x.anchor.spans);
            }
            let (start, end) = ends(&x.anchor.spans);
            out::Statement {
                id: Cow::Owned(x.id.to_string()),
                start,
                end,
                spans: pairs(&x.anchor.spans),
                exact: s(&x.anchor.exact),
                article_version: job.session.number_of(x.anchor.version),
                orphaned: x.anchor.orphaned,
                block: VocabularyWord(x.block),
                decision: VocabularyWord(x.decision),
                reason: s(&x.reason),
                origin: VocabularyWord(x.origin),
                why: s(&x.why),
            }
        })
        .collect();
    if let Some(p) = job.proposals {
        for (n, x) in p.statements.iter().enumerate() {
            let spans = &*x.spans;
            let Some(id) = p
                .statement_id(version, n as u32)
                .filter(|_| !taken.contains(spans))
            else {
                continue;
            };
            let (start, end) = ends(spans);
            all.push(out::Statement {
                id: Cow::Owned(id.to_string()),
                start,
                end,
                spans: pairs(spans),
                exact: words(job, spans),
                article_version: number,
                orphaned: false,
                block: VocabularyWord(
                    p.blocks
                        .get(x.block as usize)
                        .map_or_else(BlockKind::default, |b| b.kind),
                ),
                decision: VocabularyWord(Decision::Undecided),
                reason: Cow::Borrowed(""),
                origin: VocabularyWord(Origin::Proposal),
                why: s(x.why),
            });
        }
        all.sort_by_key(|x| (x.orphaned, x.start, x.end));
    }
    all
}

/// How far the check has come.
pub(super) fn progress_of(job: &Job<'_>) -> out::Progress<'static> {
    progress(job.session, &statements(job))
}

fn progress(session: &Session, statements: &[out::Statement<'_>]) -> out::Progress<'static> {
    let count = |d: Decision| statements.iter().filter(|x| x.decision.0 == d).count();
    let mut by_status = [0; VerificationStatus::ALL.len()];
    for c in session.claims.values() {
        if let Some(n) = by_status.get_mut(c.verification_status as usize) {
            *n += 1;
        }
    }
    let undecided = count(Decision::Undecided);
    let open = session
        .claims
        .values()
        .filter(|c| c.verification_status.is_open())
        .count();
    out::Progress {
        statements: statements.len(),
        undecided,
        taken_up: count(Decision::TakenUp),
        dismissed: count(Decision::Dismissed),
        claims: session.claims.len(),
        open: undecided + open,
        checked: session.claims.len() - open,
        by_status: out::ByStatus(
            VerificationStatus::ALL
                .iter()
                .zip(by_status)
                .map(|(v, n)| (v.word().into(), n))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::core::check::Check;
    use crate::core::handover::{ExportOptions, Protected};
    use crate::exchange::fixture::Fixture;
    use serde_json::Value;

    fn parsed(f: &Fixture) -> Value {
        serde_json::from_str(&f.text_of("json", 0)).unwrap()
    }

    #[test]
    fn every_file_written_meets_the_schema() {
        let schema = jsonschema::draft202012::new(&out::schema()).unwrap();
        for f in [Fixture::rich(), Fixture::empty(""), Fixture::empty("🌊\n")] {
            let errors: Vec<_> = schema
                .iter_errors(&parsed(&f))
                .map(|e| e.to_string())
                .collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
        let mut wrong = parsed(&Fixture::rich());
        wrong["claims"][0]["verification_status"] = "right".into();
        assert!(!schema.is_valid(&wrong));
    }

    #[test]
    fn the_query_of_the_manual_finds_names_stances_and_findings() {
        let v = parsed(&Fixture::rich());
        let rows: Vec<_> = v["claims"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| {
                format!(
                    "{} | {} | {}",
                    c["source"]["name"].as_str().unwrap(),
                    c["stance"].as_str().unwrap(),
                    c["verification_status"].as_str().unwrap()
                )
            })
            .collect();
        insta::assert_snapshot!(rows.join("\n"), @r#"
Kell City Council | asserts | accurate
Mara Oduya | asserts | inaccurate
the article | asserts | partly_accurate
Kell Ferry Operators | denies | unverifiable
Officials | asserts | unchecked
"#);
    }

    #[test]
    fn offsets_count_scalar_values_of_the_text_in_the_file() {
        let v = parsed(&Fixture::rich());
        let text: Vec<char> = v["article"]["text"].as_str().unwrap().chars().collect();
        let cut = |s: &Value| -> String {
            let n = |i: usize| s[i].as_u64().unwrap() as usize;
            text[n(0)..n(1)].iter().collect()
        };
        let statements = v["statements"].as_array().unwrap();
        assert_eq!(statements.len(), 7);
        for s in statements {
            let cuts: Vec<_> = s["spans"].as_array().unwrap().iter().map(cut).collect();
            assert_eq!(cuts.join(" … "), s["exact"].as_str().unwrap());
        }
        let said = &v["claims"][1]["attributions"][0];
        assert_eq!(cut(&said["cue"][0]), "said");
        assert_eq!(said["source_text"], "Mara Oduya");
    }

    #[test]
    fn progress_is_what_the_panel_shows() {
        let f = Fixture::rich();
        let v = parsed(&f);
        let check = Check::new(f.session, f.text, f.proposals);
        let p = check.rows().progress;
        for (name, n) in [
            ("statements", p.statements),
            ("undecided", p.undecided),
            ("taken_up", p.taken_up),
            ("dismissed", p.dismissed),
            ("claims", p.claims),
            ("open", p.open),
            ("checked", p.checked),
        ] {
            assert_eq!(v["progress"][name], n, "{name}");
        }
        assert_eq!(
            v["progress"]["open"], 2,
            "one undecided statement and one unchecked claim"
        );
        for (status, n) in VerificationStatus::ALL.iter().zip(p.by_status) {
            assert_eq!(v["progress"]["by_status"][status.word()], n);
        }
    }

    #[test]
    fn an_entry_stands_on_a_line_and_the_same_session_gives_the_same_bytes() {
        let f = Fixture::rich();
        let text = f.text_of("json", 0);
        assert_eq!(text, f.text_of("json", 0));
        assert_eq!(
            text.lines()
                .filter(|l| l.starts_with("    {\"id\":") && l.contains("\"also_at\""))
                .count(),
            5
        );
        assert!(text.starts_with("{\n  \"format\": \"claimdesk.export\",\n  \"version\": 1,\n"));
        assert!(text.ends_with("\n}\n"));
    }

    #[test]
    fn a_statement_whose_words_are_not_there_is_a_fault() {
        let mut f = Fixture::rich();
        f.session
            .statements
            .values_mut()
            .next()
            .unwrap()
            .anchor
            .exact = "other words".into();
        assert!(matches!(
            f.try_export("json", &ExportOptions::default()),
            Err(ExchangeError::Internal { .. })
        ));
    }

    fn protected() -> Fixture {
        let mut f = Fixture::rich();
        let mara = f
            .session
            .sources
            .values_mut()
            .find(|s| s.name == "Mara Oduya")
            .unwrap();
        mara.protect_identity = true;
        mara.contact = "mara@oduya.example, 555".into();
        let item = f.session.evidence.values_mut().next().unwrap();
        item.file.as_mut().unwrap().name = "call-with-oduya.mp3".into();
        f
    }

    #[test]
    fn a_protected_source_is_refused_masked_or_named_as_asked() {
        let f = protected();
        let Err(ExchangeError::Protected { places }) =
            f.try_export("json", &ExportOptions::default())
        else {
            panic!("must be refused");
        };
        let places: Vec<_> = places
            .iter()
            .map(|p| format!("{}: {}", p.at.split(" 0190").next().unwrap(), p.words))
            .collect();
        insta::assert_snapshot!(places.join("\n"), @r#"
line 4 of the article: Mara Oduya
the file name of evidence: oduya
"#);

        let with = |protected| ExportOptions {
            protected,
            ..ExportOptions::default()
        };
        for name in crate::exchange::FORMATS.iter().map(|x| x.info.name) {
            let Ok(export) = f.try_export(name, &with(Protected::Redact)) else {
                continue;
            };
            for file in export.files.iter().filter(|x| !x.name.ends_with("xlsx")) {
                let text = String::from_utf8(file.bytes.clone())
                    .unwrap()
                    .to_lowercase();
                assert!(!text.contains("oduya") && !text.contains("mara"), "{name}");
            }
        }
        let redacted = f.try_export("json", &with(Protected::Redact)).unwrap();
        let v: Value = serde_json::from_slice(&redacted.files[0].bytes).unwrap();
        let text = v["article"]["text"].as_str().unwrap();
        assert_eq!(
            text.chars().count(),
            f.text.len() as usize,
            "every offset stands"
        );
        assert!(text.contains("said ██████████, who leads"));
        assert_eq!(v["claims"][1]["source"]["name"], "Protected source 1");
        assert_eq!(v["article"]["original_sha256"], Value::Null);

        let named = f.try_export("json", &with(Protected::Include)).unwrap();
        assert!(
            String::from_utf8(named.files[0].bytes.clone())
                .unwrap()
                .contains("Mara Oduya")
        );
    }
}
