//! The newsroom sheet as tables of text: one row a claim, with its evidence and its sources as two more tables.
//!
//! `csv` and `xlsx` write these tables; reading a sheet back goes by the same columns.

use crate::core::describe::counted;
use std::collections::BTreeMap;

use super::json::stands;
use super::{Job, Report};
use crate::core::ids::SourceId;
use crate::core::model::{Attribution, Claim, Contact, Evidence, Held, Source, Statement};
use crate::core::text::Span;
use crate::core::vocabulary::*;

/// What stands in a column.
#[derive(Clone, Copy, Debug)]
pub(super) enum ColumnKind {
    /// Any text.
    Text,
    /// A number that is not negative.
    Integer,
    /// A number from 1 to the limit.
    UpTo(u8),
    /// 64 lower-case hex digits.
    Sha256,
    /// An RFC 3339 moment.
    Moment,
    /// `true` or `false`.
    Bool,
    /// One of a closed vocabulary's words.
    Words(fn() -> Vec<&'static str>),
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub name: &'static str,
    pub kind: ColumnKind,
    pub about: &'static str,
}

/// A table of text: columns, and rows with a cell for each.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub name: &'static str,
    pub columns: &'static [Column],
    pub rows: Vec<Vec<String>>,
}

fn words<V: Vocabulary>() -> Vec<&'static str> {
    V::ALL.iter().map(|v| v.word()).collect()
}

macro_rules! columns {
    ($($name:literal $kind:expr, $about:literal;)+) => { &[$(Column { name: $name, kind: $kind, about: $about },)+] };
}

use ColumnKind::*;

/// The sheet's columns: those of a newsroom's sheet, and behind them what else a claim holds.
pub(super) const SHEET: &[Column] = columns! {
    "row_id" Text, "names the claim; leave it as it is";
    "article_id" Text, "the session and the article version";
    "line" Integer, "the line of the article where the passage starts, from 1";
    "char_start" Integer, "where the passage starts in the stored text, in Unicode scalar values";
    "char_end" Integer, "where it ends";
    "passage" Text, "the words in the article";
    "claim" Text, "the claim in words that stand alone";
    "claim_type" Words(words::<ClaimType>), "what kind of proposition it is";
    "attributed_to" Text, "who says so: name, role";
    "attribution_cue" Text, "the words that show it";
    "source_stance" Words(words::<Stance>), "that source's stance on the content";
    "source_certainty" Words(words::<Certainty>), "how sure it sounds";
    "source_name" Text, "the source of the first evidence item";
    "source_type" Words(words::<SourceType>), "what it is";
    "source_contact" Text, "always empty: contacts are never exported";
    "evidence_title" Text, "the first evidence item; all are in evidence.csv";
    "evidence_url" Text, "its address";
    "evidence_archive_url" Text, "an archived copy";
    "evidence_locator" Text, "where in the item";
    "evidence_sha256" Sha256, "the hash of the copy kept";
    "evidence_stance" Words(words::<EvidenceStance>), "what it says of the claim";
    "reliability" Words(words::<Reliability>), "Admiralty grade of its source";
    "credibility" UpTo(6), "Admiralty grade of the item for this claim";
    "verification_status" Words(words::<VerificationStatus>), "the checker's finding";
    "rating" UpTo(5), "1 False to 5 True";
    "proposed_change" Text, "what should stand instead";
    "change_status" Words(words::<ChangeState>), "what became of the change";
    "checker" Text, "who has checked it";
    "checked_at" Moment, "when it last changed, once checked";
    "second_checker" Text, "for the second reader";
    "signed_off_at" Moment, "for the second reader";
    "note" Text, "the checker's notes";
    "justification" Text, "why the finding is what it is";
    "change_reason" Text, "why the change";
    "change_must" Bool, "whether it must be made";
    "check_worthiness" Words(words::<CheckWorthiness>), "how much it is worth checking";
    "workflow_state" Words(words::<WorkflowState>), "where it stands in the house's workflow";
    "tags" Text, "the house's tags, joined by ` | `";
    "spans" Text, "where the passage has several pieces: start-end, joined by ` | `";
};

/// The columns of the evidence table: one row for each item held against a claim.
pub(super) const EVIDENCE: &[Column] = columns! {
    "row_id" Text, "the claim";
    "claim" Text, "the claim in words";
    "evidence_id" Text, "names the item";
    "source_name" Text, "where it comes from";
    "title" Text, "its title";
    "url" Text, "its address";
    "archived_url" Text, "an archived copy";
    "accessed_at" Text, "when it was looked at";
    "published_at" Text, "when it was published";
    "locator" Text, "where in the item";
    "excerpt" Text, "the words that matter";
    "evidence_stance" Words(words::<EvidenceStance>), "what it says of the claim";
    "reliability" Words(words::<Reliability>), "Admiralty grade of its source";
    "credibility" UpTo(6), "Admiralty grade of the item for this claim";
    "file_name" Text, "the copy kept";
    "file_sha256" Sha256, "its hash";
    "note" Text, "notes";
    "kind" Words(words::<EvidenceKind>), "what it is";
    "contact_who" Text, "who was asked";
    "contact_at" Text, "when";
    "contact_how" Text, "how";
    "contact_reached" Bool, "whether they could be reached";
    "calculation" Text, "a sum of the checker's own";
};

/// The columns of the source list.
pub(super) const SOURCES: &[Column] = columns! {
    "source_id" Text, "names the source";
    "name" Text, "its name";
    "source_type" Words(words::<SourceType>), "what it is";
    "role" Text, "its role";
    "affiliation" Text, "what it belongs to";
    "url" Text, "its address";
    "reliability" Words(words::<Reliability>), "Admiralty grade";
    "note" Text, "notes";
    "rows" Text, "the claims that it is heard on, joined by ` | `";
    "evidence_rows" Text, "the claims that its evidence is for or against";
};

/// What joins the entries of a list in a cell.
pub(super) const JOIN: &str = " | ";

/// The three tables of a session.
pub(super) fn tables(job: &Job<'_>, report: &mut Report) -> [Table; 3] {
    let mut rows = Vec::with_capacity(job.session.claims.len());
    let mut evidence = Vec::new();
    let mut heard: BTreeMap<SourceId, [Vec<String>; 2]> = BTreeMap::new();
    for c in job.claims() {
        report.wrote(c.id);
        let id = c.id.to_string();
        let attributions = job.order.attributions_of(c.id);
        let held = job.order.held_against(c.id);
        for s in attributions.iter().filter_map(|a| a.source) {
            heard.entry(s).or_default()[0].push(id.clone());
        }
        for h in held {
            let Some(e) = job.session.evidence.get(&h.evidence) else {
                continue;
            };
            if let Some(s) = e.source {
                heard.entry(s).or_default()[1].push(id.clone());
            }
            evidence.push(evidence_row(job, c, h, e));
        }
        rows.push(claim_row(
            job,
            c,
            attributions.first().copied(),
            held.first().copied(),
        ));
        if attributions.len() > 1 {
            report.flatten(
                job.session,
                c,
                "a row has one attribution: the first is written",
            );
        }
        if c.statements.len() > 1 {
            report.flatten(
                job.session,
                c,
                "a row has one passage: the first is written",
            );
        }
    }
    without_a_claim(job, report);
    let sources = job
        .session
        .sources
        .values()
        .filter(|s| s.id != SourceId::ARTICLE)
        .map(|s| {
            let [said, held] = heard.remove(&s.id).unwrap_or_default();
            source_row(s, &said, &held)
        });
    [
        Table {
            name: "sheet",
            columns: SHEET,
            rows,
        },
        Table {
            name: "evidence",
            columns: EVIDENCE,
            rows: evidence,
        },
        Table {
            name: "sources",
            columns: SOURCES,
            rows: sources.collect(),
        },
    ]
}

/// Says how many statements have no row.
fn without_a_claim(job: &Job<'_>, report: &mut Report) {
    let dismissed = job.session.statements.len().saturating_sub(
        job.order
            .statements()
            .iter()
            .filter(|s| s.decision == Decision::TakenUp)
            .count(),
    );
    if dismissed > 0 {
        report.leave_out(
            format!("{} without a claim", counted(dismissed, "statement")),
            "a row is a claim",
        );
    }
}

/// `Mara Oduya, leader of the opposition`.
pub(super) fn attributed_to(s: &Source) -> String {
    match s.role.trim() {
        "" => s.name.clone(),
        role => format!("{}, {role}", s.name),
    }
}

fn claim_row(job: &Job<'_>, c: &Claim, a: Option<&Attribution>, h: Option<&Held>) -> Vec<String> {
    let mut row = passage_cells(job, c, a);
    row.extend(evidence_cells(job, h));
    row.extend(finding_cells(job, c));
    row
}

/// What stands in the article, who says it and how.
fn passage_cells(job: &Job<'_>, c: &Claim, a: Option<&Attribution>) -> Vec<String> {
    let session = job.session;
    let (statement, standing) = first_statement(job, c);
    let spans: &[Span] = standing.map_or(&[], |s| &s.anchor.spans);
    let speaker = a
        .and_then(|a| a.source)
        .and_then(|id| session.sources.get(&id));
    let cue = a
        .filter(|_| standing.is_some())
        .map(|a| job.text.exact(&a.cue));
    vec![
        c.id.to_string(),
        format!("{}-v{}", session.name, session.number()),
        spans.first().map_or_else(String::new, |s| {
            (job.text.line_of(job.text.byte(s.start)) + 1).to_string()
        }),
        spans
            .first()
            .map_or_else(String::new, |s| s.start.to_string()),
        spans.last().map_or_else(String::new, |s| s.end.to_string()),
        passage(statement),
        session.claim_text(c).into(),
        c.claim_type.word().into(),
        speaker.map(attributed_to).unwrap_or_default(),
        cue.unwrap_or_default(),
        a.map_or("", |a| a.stance.word()).into(),
        a.map_or("", |a| a.certainty.word()).into(),
    ]
}

/// The claim's home, and the same where its words stand in the article.
fn first_statement<'a>(
    job: &'a Job<'_>,
    c: &Claim,
) -> (Option<&'a Statement>, Option<&'a Statement>) {
    let statement = job.session.statements.get(&c.home);
    (statement, statement.filter(|s| stands(job, s)))
}

/// The item held against the claim, and where it comes from.
fn evidence_cells(job: &Job<'_>, h: Option<&Held>) -> [String; 11] {
    let session = job.session;
    let item = h.and_then(|h| session.evidence.get(&h.evidence));
    let from = item
        .and_then(|e| e.source)
        .and_then(|id| session.sources.get(&id));
    let text = |t: Option<&String>| t.cloned().unwrap_or_default();
    [
        from.map_or_else(String::new, |s| s.name.clone()),
        from.map_or("", |s| s.source_type.word()).into(),
        String::new(),
        item.map_or_else(String::new, |e| e.title.clone()),
        text(item.and_then(|e| e.url.as_ref())),
        text(item.and_then(|e| e.archived_url.as_ref())),
        h.map_or_else(String::new, |h| h.locator.clone()),
        text(item.and_then(|e| e.file.as_ref()).map(|f| &f.sha256)),
        h.map_or("", |h| h.evidence_stance.word()).into(),
        h.map_or("", |_| {
            from.map_or_else(Reliability::default, |s| s.reliability)
                .word()
        })
        .into(),
        h.map_or("", |h| h.credibility.word()).into(),
    ]
}

/// The finding, the change of the text and what the desk keeps.
fn finding_cells(job: &Job<'_>, c: &Claim) -> Vec<String> {
    let checked = !c.verification_status.is_open();
    let (_, standing) = first_statement(job, c);
    let spans: &[Span] = standing.map_or(&[], |s| &s.anchor.spans);
    vec![
        c.verification_status.word().into(),
        c.rating
            .map_or_else(String::new, |r| r.number().to_string()),
        c.change
            .as_ref()
            .map_or_else(String::new, |x| x.replacement.clone()),
        c.change.as_ref().map_or("", |x| x.state.word()).into(),
        if checked {
            job.session.checker_name(&c.updated.by).into()
        } else {
            String::new()
        },
        if checked {
            format!("{:.3}", c.updated.at)
        } else {
            String::new()
        },
        String::new(),
        String::new(),
        c.notes.clone(),
        c.justification.clone(),
        c.change
            .as_ref()
            .map_or_else(String::new, |x| x.reason.clone()),
        c.change
            .as_ref()
            .map_or_else(String::new, |x| x.must.to_string()),
        c.check_worthiness.word().into(),
        c.workflow_state.word().into(),
        c.tags.join(JOIN),
        if spans.len() > 1 {
            spans_cell(spans)
        } else {
            String::new()
        },
    ]
}

fn passage(statement: Option<&Statement>) -> String {
    statement.map_or_else(String::new, |s| s.anchor.exact.clone())
}

fn spans_cell(spans: &[Span]) -> String {
    let all: Vec<_> = spans
        .iter()
        .map(|s| format!("{}-{}", s.start, s.end))
        .collect();
    all.join(JOIN)
}

/// The spans written in a cell by [`spans_cell`].
pub(super) fn parse_spans(cell: &str) -> Option<Vec<Span>> {
    cell.split('|')
        .map(|s| {
            let (a, b) = s.trim().split_once('-')?;
            Some(Span::new(a.parse().ok()?, b.parse().ok()?))
        })
        .collect()
}

fn evidence_row(job: &Job<'_>, c: &Claim, h: &Held, e: &Evidence) -> Vec<String> {
    let from = e.source.and_then(|id| job.session.sources.get(&id));
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let asked = |part: fn(&Contact) -> String| e.contact.as_ref().map(part).unwrap_or_default();
    vec![
        c.id.to_string(),
        job.session.claim_text(c).into(),
        e.id.to_string(),
        from.map_or_else(String::new, |s| s.name.clone()),
        e.title.clone(),
        text(&e.url),
        text(&e.archived_url),
        text(&e.accessed_at),
        text(&e.published_at),
        h.locator.clone(),
        h.excerpt.clone(),
        h.evidence_stance.word().into(),
        from.map_or_else(Reliability::default, |s| s.reliability)
            .word()
            .into(),
        h.credibility.word().into(),
        e.file.as_ref().map_or_else(String::new, |f| f.name.clone()),
        e.file
            .as_ref()
            .map_or_else(String::new, |f| f.sha256.clone()),
        e.note.clone(),
        e.kind.word().into(),
        asked(|c| c.who.clone()),
        asked(|c| c.at.clone()),
        asked(|c| c.how.clone()),
        asked(|c| c.reached.to_string()),
        e.calculation.clone(),
    ]
}

fn source_row(s: &Source, said: &[String], held: &[String]) -> Vec<String> {
    vec![
        s.id.to_string(),
        s.name.clone(),
        s.source_type.word().into(),
        s.role.clone(),
        s.affiliation.clone(),
        s.url.clone().unwrap_or_default(),
        s.reliability.word().into(),
        s.note.clone(),
        said.join(JOIN),
        held.join(JOIN),
    ]
}
