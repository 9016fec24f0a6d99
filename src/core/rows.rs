//! The rows of the claims panel: one per claim, and one per statement that is not taken up, in order of the text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::check::Check;
use super::facts::Search;
use super::ids::*;
use super::join::Record;
use super::model::*;
use super::proposal::Proposals;
use super::text::Span;
use super::vocabulary::*;

/// What a row stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RowKey {
    /// A claim, at the first of its statements.
    Claim(ClaimId),
    /// A statement that the session holds without a claim: dismissed, or a mark whose claims were withdrawn.
    Statement(StatementId),
    /// A statement that the reader proposed and nobody has decided about: an index into the proposals.
    Proposal(u32),
    /// A block that holds no row of its own, while the cursor rests on it: an index into the blocks.
    Block(u32),
}

/// A row with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// From the first to the last scalar value of its statement.
    pub hull: Span,
    /// What it stands for.
    pub key: RowKey,
    /// Whether it is still to be done: undecided, or a claim that is unchecked or in progress.
    pub open: bool,
}

/// How far the check has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Progress {
    /// All statements: proposed, marked, decided.
    pub statements: usize,
    /// Statements not decided.
    pub undecided: usize,
    /// Statements taken up.
    pub taken_up: usize,
    /// Statements dismissed.
    pub dismissed: usize,
    /// Claims.
    pub claims: usize,
    /// Undecided statements, and claims that are unchecked or in progress.
    pub open: usize,
    /// Claims with a finding.
    pub checked: usize,
    /// Claims whose workflow state is `waiting`.
    pub waiting: usize,
    /// Claims by verification status, in the vocabulary's order.
    pub by_status: [usize; VerificationStatus::ALL.len()],
}

/// All rows, unfiltered, and the progress that they show.
///
/// They are in order of the text; claims on the same words by id: those taken up, then those made by hand in order of
/// creation. Nearly all rows of a long article are proposals, of which only their numbers are kept.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    list: Vec<Slot>,
    /// The rows of what the session holds, which slots point to.
    recorded: Vec<ListRow>,
    /// The counts.
    pub progress: Progress,
    /// Where the session's statements stand, span by span in order of the text, each with the row that shows it.
    marks: Vec<(Span, RowKey)>,
    /// The longest span of `marks`, in scalar values.
    longest: u32,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// A proposal, by its number.
    Proposal(u32),
    /// What the session holds, an index into the recorded rows.
    Recorded(u32),
}

/// Builds the rows; a proposal that a statement of the session stands on has none of its own.
pub(super) fn build_rows(session: &Session, proposals: &Proposals) -> Rows {
    let version = session.version();
    let mut progress = Progress::default();
    let mut recorded: Vec<ListRow> =
        Vec::with_capacity(session.claims.len() + session.statements.len());
    let mut decided: HashSet<&[Span]> = HashSet::with_capacity(session.statements.len());
    for s in session.statements.values() {
        if s.anchor.article_version == version && !s.anchor.orphaned {
            decided.insert(s.anchor.spans.as_slice());
        }
        progress.statements += 1;
        match s.decision {
            Decision::TakenUp => progress.taken_up += 1,
            Decision::Dismissed => progress.dismissed += 1,
            Decision::Undecided => progress.undecided += 1,
        }
        if s.decision != Decision::TakenUp {
            let open = s.decision == Decision::Undecided;
            progress.open += usize::from(open);
            recorded.push(ListRow {
                hull: hull(&s.anchor.spans),
                key: RowKey::Statement(s.id.clone()),
                open,
            });
        }
    }
    for c in session.claims.values() {
        progress.claims += 1;
        progress.by_status[c.verification_status as usize] += 1;
        progress.waiting += usize::from(c.workflow_state == WorkflowState::Waiting);
        let open = c.verification_status.is_open();
        if open {
            progress.open += 1
        } else {
            progress.checked += 1
        }
        recorded.push(ListRow {
            hull: claim_hull(session, c),
            key: RowKey::Claim(c.id),
            open,
        });
    }
    let (marks, longest) = marks(session, version);
    recorded.sort_by_key(|r| (r.hull.start, std::cmp::Reverse(r.hull.end)));

    let mut list = Vec::with_capacity(recorded.len() + proposals.statements.len());
    let mut others = recorded.iter().zip(0..).peekable();
    for (n, p) in proposals.statements.iter().enumerate() {
        if decided.contains(p.spans) {
            continue;
        }
        let hull = hull(p.spans);
        while let Some((_, other)) = others.next_if(|(r, _)| {
            (r.hull.start, std::cmp::Reverse(r.hull.end))
                <= (hull.start, std::cmp::Reverse(hull.end))
        }) {
            list.push(Slot::Recorded(other));
        }
        progress.statements += 1;
        progress.undecided += 1;
        progress.open += 1;
        list.push(Slot::Proposal(n as u32));
    }
    list.extend(others.map(|(_, n)| Slot::Recorded(n)));
    Rows {
        list,
        recorded,
        progress,
        marks,
        longest,
    }
}

/// Every span of every statement of this version with its row: of a claim that stands in several places, at each.
fn marks(session: &Session, version: u32) -> (Vec<(Span, RowKey)>, u32) {
    let mut row_of: HashMap<&StatementId, RowKey> =
        HashMap::with_capacity(session.statements.len());
    // A claim that is at home at a statement comes before those that stand there too.
    let homes = session
        .claims
        .values()
        .filter_map(|c| Some((c.statements.first()?, c)));
    let too = session
        .claims
        .values()
        .flat_map(|c| c.statements.iter().skip(1).map(move |s| (s, c)));
    for (s, c) in homes.chain(too) {
        row_of.entry(s).or_insert(RowKey::Claim(c.id));
    }
    let mut marks = Vec::with_capacity(session.statements.len());
    for s in session
        .statements
        .values()
        .filter(|s| s.anchor.article_version == version && !s.anchor.orphaned)
    {
        let key = row_of
            .get(&s.id)
            .cloned()
            .unwrap_or_else(|| RowKey::Statement(s.id.clone()));
        marks.extend(s.anchor.spans.iter().map(|span| (*span, key.clone())));
    }
    marks.sort_by_key(|(s, _)| (s.start, std::cmp::Reverse(s.end)));
    let longest = marks.iter().map(|(s, _)| s.len()).max().unwrap_or(0);
    (marks, longest)
}

/// Where a claim stands: at the first of its statements.
fn claim_hull(session: &Session, c: &Claim) -> Span {
    let at = c.statements.first().and_then(|s| session.statements.get(s));
    at.map_or(Span::default(), |s| hull(&s.anchor.spans))
}

fn hull(spans: &[Span]) -> Span {
    match (spans.first(), spans.last()) {
        (Some(a), Some(b)) => Span::new(a.start, b.end),
        _ => Span::default(),
    }
}

/// What a row shows, filters by and is listed as; borrowed from the check.
#[derive(Clone, Debug)]
pub struct RowView<'a> {
    /// What has been decided about the statement.
    pub decision: Decision,
    /// The checker's finding; `unchecked` where there is no claim.
    pub status: VerificationStatus,
    /// The kind of block.
    pub block: BlockKind,
    /// Who says it: the sources of the attributions, in order.
    pub said_by: Vec<Cow<'a, str>>,
    /// The stance of the first attribution.
    pub stance: Stance,
    /// The certainty of the first attribution.
    pub certainty: Certainty,
    /// How much it is worth checking.
    pub worth: CheckWorthiness,
    /// What kind of proposition it is.
    pub claim_type: ClaimType,
    /// The house's tags.
    pub tags: &'a [String],
    /// The publication rating.
    pub rating: Option<Rating>,
    /// Where the claim stands in the workflow.
    pub workflow: WorkflowState,
    /// What is held against the claim: stance and title (or address).
    pub evidence: Vec<(EvidenceStance, &'a str)>,
    /// Whether a change of the text is proposed; true where it must be made.
    pub change: Option<bool>,
    /// The wording, else the exact words.
    pub text: Cow<'a, str>,
    /// The checker's notes and the justification (of a dismissal: its reason).
    pub notes: [&'a str; 2],
    /// What else a plain word may find: see [`Search::Words`].
    pub words: Vec<&'a str>,
    /// Who changed it last; none for what nobody has touched.
    pub by: Option<&'a str>,
    /// Whether all of it is still only proposed by the reader.
    pub proposed: bool,
}

impl Check {
    /// What stands in `range` (scalar values): each span with its row, the session's statements first, then what is only
    /// proposed; each in order of the text.
    pub fn marks_in(&self, range: Span) -> Vec<(Span, RowKey)> {
        let rows = self.rows();
        let from = rows
            .marks
            .partition_point(|(s, _)| s.start < range.start.saturating_sub(rows.longest));
        let recorded = rows.marks[from..]
            .iter()
            .take_while(|(s, _)| s.start < range.end);
        let mut out: Vec<_> = recorded
            .filter(|(s, _)| s.overlaps(range))
            .cloned()
            .collect();
        let at = self.first_row_from(range.start);
        // A proposal is a sentence or little more: the few rows before the range reach every one that goes into it.
        for slot in rows.list[at.saturating_sub(16)..]
            .iter()
            .take_while(|slot| self.hull_of(slot).start < range.end)
        {
            if let Slot::Proposal(n) = *slot
                && let Some(s) = self.proposals().statements.get(n as usize)
            {
                let spans = s.spans.iter().filter(|s| s.overlaps(range));
                out.extend(spans.map(|s| (*s, RowKey::Proposal(n))));
            }
        }
        out
    }

    fn hull_of(&self, slot: &Slot) -> Span {
        match *slot {
            Slot::Recorded(n) => self.rows().recorded[n as usize].hull,
            Slot::Proposal(n) => {
                let s = self.proposals().statements.get(n as usize);
                s.map_or(Span::default(), |s| hull(s.spans))
            }
        }
    }

    fn row_in(&self, slot: &Slot) -> ListRow {
        match *slot {
            Slot::Recorded(n) => self.rows().recorded[n as usize].clone(),
            Slot::Proposal(n) => ListRow {
                hull: self.hull_of(slot),
                key: RowKey::Proposal(n),
                open: true,
            },
        }
    }

    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        self.rows().list.len()
    }

    /// ListRow `n` of all.
    pub fn row(&self, n: usize) -> Option<ListRow> {
        let slot = self.rows().list.get(n)?;
        Some(self.row_in(slot))
    }

    /// All rows in order of the text.
    pub fn each_row(&self) -> impl ExactSizeIterator<Item = ListRow> {
        self.rows().list.iter().map(|slot| self.row_in(slot))
    }

    /// The first row that starts at scalar value `at` or after it.
    pub fn first_row_from(&self, at: u32) -> usize {
        let list = &self.rows().list;
        list.partition_point(|slot| self.hull_of(slot).start < at)
    }

    /// Where the row `key` stands among all; none where it is no row of its own.
    pub fn position(&self, key: &RowKey) -> Option<usize> {
        let start = match key {
            RowKey::Claim(id) => claim_hull(self.session(), self.session().claims.get(id)?).start,
            RowKey::Statement(id) => hull(&self.session().statements.get(id)?.anchor.spans).start,
            RowKey::Proposal(n) => {
                let s = self.proposals().statements.get(*n as usize)?;
                hull(s.spans).start
            }
            RowKey::Block(_) => return None,
        };
        let from = self.first_row_from(start);
        let here = self.rows().list[from..].iter();
        here.take_while(|slot| self.hull_of(slot).start == start)
            .position(|slot| match *slot {
                Slot::Proposal(n) => *key == RowKey::Proposal(n),
                Slot::Recorded(n) => *key == self.rows().recorded[n as usize].key,
            })
            .map(|n| from + n)
    }

    /// What the row `key` shows; none where it stands for nothing that is there.
    pub fn view(&self, key: &RowKey) -> Option<RowView<'_>> {
        match key {
            RowKey::Claim(id) => self.view_claim(self.session().claims.get(id)?),
            RowKey::Statement(id) => self.view_statement(self.session().statements.get(id)?),
            RowKey::Proposal(n) => self.view_proposal(*n),
            RowKey::Block(n) => {
                let block = self.proposals().blocks.get(*n as usize)?;
                Some(RowView {
                    block: block.kind,
                    text: Cow::Borrowed(self.text().slice(block.span)),
                    ..RowView::blank()
                })
            }
        }
    }

    fn view_claim<'a>(&'a self, c: &'a Claim) -> Option<RowView<'a>> {
        let statement = c
            .statements
            .first()
            .and_then(|s| self.session().statements.get(s));
        let first = self.attributions(c.id).next();
        Some(RowView {
            decision: Decision::TakenUp,
            status: c.verification_status,
            block: statement.map_or_else(BlockKind::default, |s| s.block),
            said_by: self
                .attributions(c.id)
                .filter_map(|a| a.source)
                .map(|s| Cow::Borrowed(self.source_name(s)))
                .collect(),
            stance: first.map_or(Stance::None, |a| a.stance),
            certainty: first.map_or(Certainty::Unspecified, |a| a.certainty),
            worth: c.check_worthiness,
            claim_type: c.claim_type,
            tags: &c.tags,
            rating: c.rating,
            workflow: c.workflow_state,
            evidence: self
                .held(c.id)
                .map(|(h, e)| (h.evidence_stance, e.title.as_str()))
                .collect(),
            change: c.change.as_ref().map(|ch| ch.must),
            text: Cow::Borrowed(self.session().claim_text(c)),
            notes: [&c.notes, &c.justification],
            words: self.words_of(c),
            by: Some(self.session().checker_name(&c.updated.by)),
            proposed: false,
        })
    }

    /// What a plain word may find of a claim, of the statements where it stands and of the sources that speak for it.
    fn words_of<'a>(&'a self, c: &'a Claim) -> Vec<&'a str> {
        let statements = c.statements.iter();
        let statements = statements.filter_map(|s| self.session().statements.get(s));
        let sources = self.attributions(c.id).filter_map(|a| a.source);
        let sources = sources.filter_map(|s| self.session().sources.get(&s));
        found_by_words(c)
            .chain(statements.flat_map(found_by_words))
            .chain(sources.flat_map(found_by_words))
            .collect()
    }

    fn view_statement<'a>(&'a self, s: &'a Statement) -> Option<RowView<'a>> {
        Some(RowView {
            decision: s.decision,
            block: s.block,
            text: Cow::Borrowed(&s.anchor.exact),
            notes: ["", &s.reason],
            words: found_by_words(s).collect(),
            proposed: false,
            ..RowView::blank()
        })
    }

    fn view_proposal(&self, n: u32) -> Option<RowView<'_>> {
        let s = self.proposals().statements.get(n as usize)?;
        let mut attributions = self
            .proposals()
            .attributions_of(n)
            .map(|(_, a)| a)
            .peekable();
        let first = attributions.peek().copied();
        let (stance, certainty) = first.map_or((Stance::Asserts, Certainty::Unspecified), |a| {
            (a.stance, a.certainty)
        });
        let mut said_by: Vec<_> = attributions
            .filter_map(|a| self.proposed_source_name(a.source_record, a.source))
            .collect();
        if first.is_none() {
            said_by.push(Cow::Borrowed(self.source_name(SourceId::ARTICLE)));
        }
        let text = match s.spans {
            [one] => Cow::Borrowed(self.text().slice(*one)),
            many => Cow::Owned(self.text().exact(many)),
        };
        Some(RowView {
            block: self
                .proposals()
                .blocks
                .get(s.block as usize)
                .map_or_else(BlockKind::default, |b| b.kind),
            said_by,
            stance,
            certainty,
            worth: s.check_worthiness,
            claim_type: s.claim_type,
            text,
            ..RowView::blank()
        })
    }
}

/// The texts of a record that a plain word may find.
fn found_by_words<R: Record>(record: &R) -> impl Iterator<Item = &str> {
    let mut found = Vec::new();
    record.texts(&mut |key, text| {
        if R::facts(key).search == Search::Words && !text.is_empty() {
            found.push(text);
        }
    });
    found.into_iter()
}

impl RowView<'_> {
    /// A row about which nothing is known.
    pub(super) fn blank() -> Self {
        Self {
            decision: Decision::Undecided,
            status: VerificationStatus::Unchecked,
            block: BlockKind::Paragraph,
            said_by: Vec::new(),
            stance: Stance::None,
            certainty: Certainty::Unspecified,
            worth: CheckWorthiness::Routine,
            claim_type: ClaimType::Other,
            tags: &[],
            rating: None,
            workflow: WorkflowState::Todo,
            evidence: Vec::new(),
            change: None,
            text: Cow::Borrowed(""),
            notes: ["", ""],
            words: Vec::new(),
            by: None,
            proposed: true,
        }
    }
}
