//! Version 1: the checkpoint, `session.json`. One record a line in a stable order, so that two checkpoints diff well.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::article::ArticleForm;
use super::claims::ClaimForm;
use super::edits::ConflictForm;
use super::form::{Form, Plain};
use super::records::*;
use super::steps::HashForm;
use super::values::*;
use crate::core::ids::{SessionId, StepId, VersionId};
use crate::core::model::Session;
use crate::core::vocabulary::{Decision, Origin, WorkflowState};
use crate::store::chain::{Last, Tip};
use crate::store::disk::known::{Known, Unresolved};
use crate::store::disk::{Checkpoint, SESSION, unmarked};

/// Counts that the session list shows, kept in the head so that a list need not read whole sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "summary")]
pub(crate) struct SummaryForm {
    /// Claims.
    pub claims: u32,
    /// Claims with a finding.
    pub checked: u32,
    /// Claims that wait for a source or the author.
    pub waiting: u32,
    /// Statements taken up.
    pub taken_up: u32,
    /// Statements dismissed.
    pub dismissed: u32,
    /// Statements that a checker marked in the current version, which no proposal counts.
    pub marked: u32,
}

impl SummaryForm {
    /// Counts `session`.
    pub(crate) fn of(session: &Session) -> Self {
        let version = session.version();
        let mut s = Self::default();
        for c in session.claims.values() {
            s.claims += 1;
            s.checked += u32::from(!c.verification_status.is_open());
            s.waiting += u32::from(c.workflow_state == WorkflowState::Waiting);
        }
        for st in session.statements.values() {
            s.taken_up += u32::from(st.decision == Decision::TakenUp);
            s.dismissed += u32::from(st.decision == Decision::Dismissed);
            let here = st.anchor.version == version;
            s.marked += u32::from(here && st.origin == Origin::Checker);
        }
        s
    }
}

/// The head of a checkpoint: everything before the records.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeadForm<'a> {
    pub(crate) format: Text<'a>,
    pub(crate) version: u32,
    pub(crate) id: Id<SessionId>,
    pub(crate) name: Text<'a>,
    pub(crate) created_at: When,
    pub(crate) updated_at: When,
    pub(crate) journal_seq: u64,
    #[serde(default)]
    pub(crate) journal_step: Option<Id<StepId>>,
    #[serde(default)]
    pub(crate) journal_hash: Option<HashForm>,
    pub(crate) journal_bytes: u64,
    pub(crate) summary: SummaryForm,
    pub(crate) checkers: Vec<CheckerForm<'a>>,
    pub(crate) article: ArticleForm<'a>,
}

/// A whole checkpoint.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "session")]
pub(crate) struct SessionForm<'a> {
    /// `claimdesk.session`.
    #[schemars(extend("const" = SESSION))]
    format: Text<'a>,
    /// 1.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// UUIDv7.
    id: Id<SessionId>,
    /// The name of the session's folder when it was written.
    name: Text<'a>,
    /// When the session was made.
    created_at: When,
    /// When its last step was made.
    updated_at: When,
    /// The last step that this file knows of; later lines of the journal are replayed.
    journal_seq: u64,
    /// That step's id; an older file has none.
    #[serde(default)]
    journal_step: Option<Id<StepId>>,
    /// The hash of that step's line; an older file has none.
    #[serde(default)]
    journal_hash: Option<HashForm>,
    /// The length of the journal up to that step's line, in bytes, with one line feed after each line.
    journal_bytes: u64,
    /// Counts for lists.
    summary: SummaryForm,
    /// The people who have worked on it, in order of appearance.
    checkers: Vec<CheckerForm<'a>>,
    /// The article.
    article: ArticleForm<'a>,
    /// Decided and marked statements, in order of their ids.
    statements: Vec<StatementForm<'a>>,
    /// Claims, in order of their ids; so are all lists that follow.
    claims: Vec<ClaimForm<'a>>,
    /// Attributions of all claims.
    attributions: Vec<AttributionForm<'a>>,
    /// Sources.
    sources: Vec<SourceForm<'a>>,
    /// Evidence items.
    evidence: Vec<EvidenceForm<'a>>,
    /// Which item is held against which claim.
    held: Vec<HeldForm<'a>>,
    /// Where merged records went; missing where none was.
    #[serde(default)]
    forwards: Vec<ForwardForm<'a>>,
    /// What two people's steps say differently; missing where nothing does.
    #[serde(default)]
    conflicts: Vec<ConflictForm<'a>>,
    /// CRC-32 (IEEE) of everything before this member, eight lower-case hex digits; an older file has none.
    #[serde(default)]
    #[schemars(extend("pattern" = "^[0-9a-f]{8}$"))]
    crc: Option<Text<'a>>,
}

/// The first list after the head, as it stands in a file: nowhere else, since a line feed in a string is escaped.
pub(crate) const HEAD_ENDS: &[u8] = b",\n\"statements\":[";

/// Writes the checkpoint of `session`, which holds every step up to `tip`, at byte `bytes` of the journal.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(
    out: &mut impl Write,
    session: &Session,
    tip: &Tip,
    bytes: u64,
) -> io::Result<()> {
    let mut made = Pieces {
        out,
        sum: crc32fast::Hasher::new(),
        piece: Vec::with_capacity(PIECE + PIECE / 4),
    };
    let piece = &mut made.piece;
    write!(piece, "{{\"format\":\"{SESSION}\",\"version\":1")?;
    member(piece, "id", &Id::of(&session.id))?;
    member(piece, "name", &session.name)?;
    member(piece, "created_at", &When::of(&session.created_at))?;
    member(piece, "updated_at", &When::of(&session.updated_at))?;
    member(piece, "journal_seq", &tip.seq)?;
    if let Some(last) = &tip.last {
        member(piece, "journal_step", &Id::of(&last.step))?;
        member(piece, "journal_hash", &HashForm::of(&last.hash))?;
    }
    member(piece, "journal_bytes", &bytes)?;
    member(piece, "summary", &SummaryForm::of(session))?;
    made.list("checkers", session.checkers.iter(), CheckerForm::of)?;
    member(&mut made.piece, "article", &ArticleForm::of(session))?;
    let numbers: BTreeMap<VersionId, u32> = session.numbered().map(|(n, v)| (v.id, n)).collect();
    made.list("statements", session.statements.values(), |s| {
        let mut form = StatementForm::of(s);
        let number = numbers.get(&s.anchor.version).copied();
        form.anchor.article_version = number.or(form.anchor.article_version);
        form
    })?;
    made.list("claims", session.claims.values(), ClaimForm::of)?;
    made.list(
        "attributions",
        session.attributions.values(),
        AttributionForm::of,
    )?;
    made.list("sources", session.sources.values(), SourceForm::of)?;
    made.list("evidence", session.evidence.values(), EvidenceForm::of)?;
    made.list("held", session.held.values(), HeldForm::of)?;
    if !session.forwards.is_empty() {
        made.list("forwards", session.forwards.values(), ForwardForm::of)?;
    }
    if !session.conflicts.is_empty() {
        made.list("conflicts", session.conflicts.values(), ConflictForm::of)?;
    }
    made.pass_on()?;
    let sum = made.sum.finalize();
    made.out.write_all(SUM_STARTS)?;
    writeln!(made.out, "{sum:08x}\"\n}}")
}

/// What comes before the digits of the sum.
const SUM_STARTS: &[u8] = b",\n\"crc\":\"";

/// How much is summed up and written on at once: no less than a buffered writer holds, so that it copies nothing.
const PIECE: usize = 256 * 1024;

/// The file as it is made: records are written into memory, where a form's many small parts cost least, and whole pieces
/// are summed up and written on.
struct Pieces<'a, W> {
    out: &'a mut W,
    sum: crc32fast::Hasher,
    /// What waits to be summed up and written on.
    piece: Vec<u8>,
}

impl<W: Write> Pieces<'_, W> {
    /// Adds a list of records, one a line.
    fn list<R, F: Serialize>(
        &mut self,
        name: &str,
        records: impl Iterator<Item = R>,
        form: impl Fn(R) -> F,
    ) -> io::Result<()> {
        write!(self.piece, ",\n\"{name}\":[")?;
        for (n, record) in records.enumerate() {
            let before: &[u8] = if n == 0 { b"\n" } else { b",\n" };
            self.piece.extend_from_slice(before);
            put(&mut self.piece, &form(record))?;
            if self.piece.len() >= PIECE {
                self.pass_on()?;
            }
        }
        self.piece.extend_from_slice(b"\n]");
        Ok(())
    }

    fn pass_on(&mut self) -> io::Result<()> {
        self.sum.update(&self.piece);
        self.out.write_all(&self.piece)?;
        self.piece.clear();
        Ok(())
    }
}

fn member(piece: &mut Vec<u8>, name: &str, value: &impl Serialize) -> io::Result<()> {
    write!(piece, ",\n\"{name}\":")?;
    put(piece, value)
}

fn put(piece: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(piece, value).map_err(io::Error::from)
}

/// Whether the sum of a checkpoint is right; none where it has none. Line ends and a byte order mark that git or an editor
/// has brought in count for nothing: in a string a carriage return is escaped.
pub(crate) fn sum_is_right(bytes: &[u8]) -> Option<bool> {
    let bytes = unmarked(bytes);
    let at = memchr::memmem::rfind(bytes, b"\"crc\":\"")?;
    let (summed, sum) = bytes.split_at_checked(at)?;
    // Deep inside of the file it is a word of the check's own.
    let digits = sum.get(7..15).filter(|_| sum.len() < 24)?;
    let summed = summed.trim_ascii_end().strip_suffix(b",")?;
    let mut hasher = crc32fast::Hasher::new();
    let mut from = 0;
    for end in memchr::memchr_iter(b'\r', summed).chain([summed.len()]) {
        hasher.update(summed.get(from..end).unwrap_or_default());
        from = end + 1;
    }
    Some(digits == format!("{:08x}", hasher.finalize()).as_bytes())
}

/// Reads a whole checkpoint.
///
/// # Errors
/// What is wrong with it, with line and column.
pub(crate) fn read(bytes: &[u8]) -> Result<Checkpoint, String> {
    let form: SessionForm<'_> = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    if form.format != SESSION || form.version != 1 {
        return Err(format!(
            "{} {} is not {SESSION} 1",
            form.format, form.version
        ));
    }
    let (seq, bytes, counts) = (form.journal_seq, form.journal_bytes, form.summary);
    let (step, hash, summed) = (form.journal_step, form.journal_hash, form.crc.is_some());
    Ok(Checkpoint {
        version: 1,
        session: form.into_session().map_err(|e| e.to_string())?,
        seq,
        last: last(step, hash),
        bytes,
        counts,
        summed,
    })
}

impl SessionForm<'_> {
    /// The session, whose article says which versions the records are about.
    fn into_session(self) -> Result<Session, Unresolved> {
        let mut known = Known::default();
        let (article, versions) = self.article.into_article(&mut known)?;
        let known = &known;
        Ok(Session {
            id: self.id.into_value(),
            name: self.name.into_value(),
            created_at: self.created_at.into_value(),
            updated_at: self.updated_at.into_value(),
            checkers: self.checkers.into_model(known)?,
            article,
            versions,
            statements: by_id(self.statements, known, |r| r.id.clone())?,
            claims: by_id(self.claims, known, |r| r.id)?,
            attributions: by_id(self.attributions, known, |r| r.id)?,
            sources: by_id(self.sources, known, |r| r.id)?,
            evidence: by_id(self.evidence, known, |r| r.id)?,
            held: by_id(self.held, known, |r| r.id)?,
            forwards: by_id(self.forwards, known, |r| r.id)?,
            conflicts: by_id(self.conflicts, known, |r| r.id)?,
        })
    }
}

/// The line that a checkpoint names.
pub(crate) fn last(step: Option<Id<StepId>>, hash: Option<HashForm>) -> Option<Last> {
    Some(Last {
        step: step?.into_value(),
        hash: hash?.into_value(),
    })
}

fn by_id<'a, F: Form<'a>, I: Ord>(
    forms: Vec<F>,
    known: &Known,
    id: impl Fn(&F::Model) -> I,
) -> Result<BTreeMap<I, F::Model>, Unresolved> {
    let n = forms.len();
    let records = forms.into_iter().map(|form| {
        let record = form.into_model(known)?;
        Ok((id(&record), record))
    });
    let map: BTreeMap<I, F::Model> = records.collect::<Result<_, Unresolved>>()?;
    match map.len() == n {
        true => Ok(map),
        false => Err("two records have the same id".into()),
    }
}
